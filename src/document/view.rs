//! The text as patterns see it, and the way back: [`View`].
//!
//! Letters, digits and % are folded to half width, punctuation to full width, blanks and quotation marks are
//! dropped. The table is our own: compatibility forms that mean something (①, ㈠, ﹞) stay as they are.

use crate::text::{Span, slice};

/// A folded text with a map back to the text that it was made of.
#[derive(Debug, Clone, Default)]
pub struct View {
    text: String,
    /// For each byte of the view, where the character that it came from starts in the document's text.
    starts: Vec<u32>,
}

impl View {
    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The folded text under `span` of the view.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        slice(&self.text, span)
    }

    /// The stretch of the document's text from which `span` of the view was made, blanks at its ends left out.
    #[must_use]
    pub fn to_text(&self, text: &str, span: Span) -> Span {
        let start = self.start_of(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        let last = self.start_of(span.end - 1);
        let end = text.ceil_char_boundary((last + 1).min(text.len()));
        Span::new(start, end.max(start))
    }

    /// The first byte of the view that was made of byte `at` of the text or of what follows it.
    #[must_use]
    pub fn from_text(&self, at: usize) -> usize {
        self.starts.partition_point(|start| (*start as usize) < at)
    }

    /// Where the next character will stand.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Appends `span` of `text`, folded, without `markup`, which is sorted.
    pub(super) fn push(&mut self, text: &str, span: Span, markup: &[Span]) {
        let source = slice(text, span);
        let mut markup = markup.iter().skip_while(|mark| mark.end <= span.start).peekable();
        let mut before = None;
        for (offset, char) in source.char_indices() {
            let at = span.start + offset;
            while markup.next_if(|mark| mark.end <= at).is_some() {}
            if markup.peek().is_some_and(|mark| mark.contains(at)) {
                continue;
            }
            let after = source.get(offset + char.len_utf8()..).and_then(|rest| rest.chars().next());
            if let Some(folded) = fold_char(char, before, after) {
                self.push_char(folded, at);
            }
            before = Some(char);
        }
    }

    /// Appends a stretch of another view.
    pub(super) fn append(&mut self, other: &Self, span: Span) {
        self.text.push_str(slice(&other.text, span));
        self.starts.extend_from_slice(other.starts.get(span.start..span.end).unwrap_or_default());
    }

    /// Appends a character that is not in the text; it maps to byte `at` of the text.
    pub(super) fn push_char(&mut self, char: char, at: usize) {
        self.text.push(char);
        self.starts.resize(self.text.len(), u32::try_from(at).unwrap_or(u32::MAX));
    }

    fn start_of(&self, at: usize) -> usize {
        let found = self.starts.get(at).or(self.starts.last());
        found.map_or(0, |start| *start as usize)
    }
}

/// Folds a wording of a pack as the view folds a text.
#[must_use]
pub fn fold(wording: &str) -> String {
    let mut folded = String::with_capacity(wording.len());
    let mut before = None;
    let mut chars = wording.chars().peekable();
    while let Some(char) = chars.next() {
        folded.extend(fold_char(char, before, chars.peek().copied()));
        before = Some(char);
    }
    folded
}

/// The folded form of a character between its neighbours; none where it is dropped.
fn fold_char(char: char, before: Option<char>, after: Option<char>) -> Option<char> {
    let inside_figure = || is_digit(before) && is_digit(after);
    Some(match char {
        '\u{3000}' | '\u{a0}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => return None,
        '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」' | '『' | '』' | '＂' | '＇' => return None,
        char if char.is_whitespace() || char.is_control() => return None,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '＋' | '．' => {
            char::from_u32(char as u32 - 0xfee0).unwrap_or(char)
        }
        ',' if inside_figure() => ',',
        ':' if inside_figure() => ':',
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        '(' => '（',
        ')' => '）',
        '｡' => '。',
        '•' | '‧' | '・' | '∙' => '·',
        '﹪' => '%',
        other => other,
    })
}

fn is_digit(char: Option<char>) -> bool {
    char.is_some_and(|char| char.is_ascii_digit() || ('０'..='９').contains(&char))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str) -> View {
        let mut view = View::default();
        view.push(text, Span::new(0, text.len()), &[]);
        view
    }

    #[test]
    fn folds_width_and_drops_blanks_and_quotes() {
        assert_eq!(fold("“三重　一大”(２０２４ 年),98.6％;①㈠"), "三重一大（2024年），98.6%；①㈠");
        assert_eq!(fold("3,260家,3:1"), "3,260家，3:1");
    }

    #[test]
    fn maps_back_to_the_text() {
        let text = "共 １２ 件，“好”。";
        let view = view(text);
        let at = view.text().find("12件").unwrap_or_default();
        let back = view.to_text(text, Span::new(at, at + "12件".len()));
        assert_eq!(slice(text, back), "１２ 件");
        assert_eq!(slice(text, view.to_text(text, Span::new(0, 3))), "共");
        assert_eq!(view.from_text(text.find('件').unwrap_or_default()), "共12".len());
    }

    #[test]
    fn leaves_markup_out() {
        let text = "**学深。** 全年";
        let mut view = View::default();
        view.push(text, Span::new(0, text.len()), &[Span::new(0, 2), Span::new(11, 13)]);
        assert_eq!(view.text(), "学深。全年");
    }
}
