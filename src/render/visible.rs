//! Makes characters visible that a terminal would obey or hide: controls, escapes, direction marks.
//!
//! What a report or a file name holds must not move the cursor, set a title or turn the direction of a line.

use std::borrow::Cow;

/// `text` with every control, format and line-breaking character replaced by a visible form: ␛, `<U+202E>`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        push_visible(&mut shown, char);
    }
    Cow::Owned(shown)
}

/// Appends the visible form of `char`.
pub(super) fn push_visible(shown: &mut String, char: char) {
    match char {
        '\t' => shown.push(' '),
        '\n' => shown.push('↵'),
        '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(char))),
        '\u{7f}' => shown.push('␡'),
        char if is_hidden(char) => shown.push_str(&format!("<U+{:04X}>", u32::from(char))),
        char => shown.push(char),
    }
}

/// Whether a terminal would obey the character or show nothing of it. Marks that combine with the character before
/// them and selectors of a glyph's form are shown as part of it.
pub(super) const fn is_hidden(char: char) -> bool {
    matches!(
        char,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0001}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_a_terminal_would_obey() {
        assert_eq!(visible("报告\u{1b}[2J\u{7}\u{9b}31m"), "报告␛[2J␇<U+009B>31m");
        assert_eq!(visible("甲\u{202e}乙\u{200b}\r\n"), "甲<U+202E>乙<U+200B>␍↵");
    }

    #[test]
    fn leaves_text_alone() {
        let text = "〔2024〕３号　𠮷葛\u{e0100}“①”";
        assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
    }
}
