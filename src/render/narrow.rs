//! An edit as far as it changes what a reader sees: markup, blanks and line breaks inside a wording stay where they are.
//!
//! A finding shows the wording as a whole (法制宣传 → 法治宣传); what is written into a file is only the character that
//! differs, wherever others are hidden between.

use crate::{diagnostic::Edit, document::Document, text::Span};

/// The edit to write. It is the whole where nothing is hidden in it, or where the hidden is what goes; none where what
/// is hidden stands between the characters that change, so that nobody but a person can say where it belongs.
pub(super) fn narrowed(document: &Document, edit: &Edit) -> Option<Edit> {
    let raw = document.slice(edit.span);
    let seen = seen(document, edit.span);
    let wanted: Vec<char> = edit.text.chars().collect();
    let is_same = |(one, two): (&(char, Span), &char)| one.0 == *two;
    if seen.len() == raw.chars().count() || seen.is_empty() || seen.iter().map(|(char, _)| *char).eq(edit.text.chars())
    {
        return Some(edit.clone());
    }
    let before = seen.iter().zip(&wanted).take_while(|pair| is_same(*pair)).count();
    let rest = seen.len().min(wanted.len()) - before;
    let after = seen.iter().rev().zip(wanted.iter().rev()).take(rest).take_while(|pair| is_same(*pair)).count();
    let changed = seen.get(before..seen.len() - after)?;
    let text = wanted.get(before..wanted.len() - after)?.iter().collect();
    let span = match (changed.first(), changed.last()) {
        (Some((_, first)), Some((_, last))) => first.join(*last),
        // An insertion behind what stays; before it, something may be hidden.
        _ => seen.get(before.checked_sub(1)?).map(|(_, last)| Span::new(last.end, last.end))?,
    };
    let is_whole = document.slice(span).chars().count() == changed.len();
    is_whole.then_some(Edit { span, text })
}

/// The characters of a stretch of the text that patterns see, each with its place.
fn seen(document: &Document, span: Span) -> Vec<(char, Span)> {
    let view = &document.view;
    let inside = Span::new(view.from_text(span.start), view.from_text(span.end));
    let mut seen = Vec::new();
    for (offset, folded) in view.slice(inside).char_indices() {
        let start = inside.start + offset;
        let place = view.to_text(&document.text, Span::new(start, start + folded.len_utf8()));
        seen.extend(document.slice(place).chars().next().map(|char| (char, place)));
    }
    seen
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{document::Lexicon, read};

    /// The text after the edit of `from` (as it stands) to `to`, if it can be written.
    fn edited(name: &str, text: &str, from: &str, to: &str) -> Option<String> {
        let document = Document::new(read::read(text.as_bytes(), name).unwrap(), &Lexicon::default());
        let start = document.text.find(from).unwrap();
        let edit = Edit { span: Span::new(start, start + from.len()), text: to.to_owned() };
        let narrow = narrowed(&document, &edit)?;
        let mut edited = document.text.clone();
        edited.replace_range(narrow.span.start..narrow.span.end, &narrow.text);
        Some(edited)
    }

    #[test]
    fn what_is_hidden_in_a_wording_stays() {
        let text = "全镇干部的**法制**意识明显增强。\n";
        assert_eq!(edited("报告.md", text, "的**法制**意", "的法治意").unwrap(), "全镇干部的**法治**意识明显增强。\n");
        let text = "全镇广泛深入地在各个村、各个单位、各个学校里开展法制\n宣传教育活动。\n";
        assert_eq!(edited("报告.txt", text, "法制\n宣传", "法治宣传").unwrap(), text.replace("法制", "法治"));
    }

    #[test]
    fn what_is_not_hidden_is_replaced_as_a_whole_and_so_is_the_hidden_itself() {
        assert_eq!(edited("报告.txt", "开展法制宣传。\n", "法制宣传", "法治宣传").unwrap(), "开展法治宣传。\n");
        assert_eq!(edited("报告.txt", "共 12 件。\n", " 12 ", "12").unwrap(), "共12件。\n");
        assert_eq!(edited("报告.txt", "法\u{200b}治。\n", "\u{200b}", "").unwrap(), "法治。\n");
    }

    #[test]
    fn nothing_is_written_where_the_hidden_stands_between_what_changes() {
        assert_eq!(edited("报告.md", "开展甲**乙**丙活动。\n", "甲**乙**丙", "丁戊己"), None);
    }
}
