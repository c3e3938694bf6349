//! Titles in 《》 and the document number behind them.

use super::{document_number, words::rest};
use crate::text::Span;

/// A title in 《》 where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Its bytes in the view, 《》 included.
    pub view: Span,
    /// The title inside, in the view; inner 〈〉 included.
    pub title: Span,
    /// The document number in brackets behind it (国办发〔2018〕118号), in the view, brackets not included.
    pub number: Option<Span>,
}

/// Longest text in brackets behind a title that is searched for its number, in characters.
const LONGEST_BRACKET: usize = 60;

/// Appends the titles of a block in the order of the text. `text` is the block's view and starts at byte `base` of it.
///
/// A title inside another belongs to it; a 《 that is never closed opens none, so that titles behind it are kept.
pub(super) fn find(text: &str, base: usize, citations: &mut Vec<Citation>) {
    let mut open: Vec<usize> = Vec::new();
    let mut closed: Vec<Span> = Vec::new();
    for (at, char) in text.char_indices() {
        match char {
            '《' => open.push(at),
            '》' => {
                let Some(start) = open.pop() else { continue };
                while closed.pop_if(|inner| inner.start > start).is_some() {}
                closed.push(Span::new(start, at + char.len_utf8()));
            }
            _ => {}
        }
    }
    let mark = '《'.len_utf8();
    citations.extend(closed.iter().filter(|span| span.len() > 2 * mark).map(|span| Citation {
        view: Span::new(base + span.start, base + span.end),
        title: Span::new(base + span.start + mark, base + span.end - mark),
        number: number(text, span.end).map(|number| Span::new(base + number.start, base + number.end)),
    }));
}

/// The document number in the brackets that open at byte `at`.
fn number(text: &str, at: usize) -> Option<Span> {
    let inside = rest(text, at).strip_prefix('（')?;
    let mut depth = 1;
    let mut end = None;
    for (offset, char) in inside.char_indices().take(LONGEST_BRACKET) {
        match char {
            '（' => depth += 1,
            '）' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            end = Some(offset);
            break;
        }
    }
    let found = document_number::find(inside.get(..end?)?, false)?;
    let from = at + '（'.len_utf8();
    Some(Span::new(from + found.start, from + found.end))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, Option<&str>)> {
        let mut citations = Vec::new();
        find(text, 0, &mut citations);
        let slice = |span: Span| &text[span.start..span.end];
        citations.iter().map(|found| (slice(found.title), found.number.map(slice))).collect()
    }

    #[test]
    fn reads_titles_and_their_numbers() {
        assert_eq!(
            read("《甲法》（国办发〔2018〕118号）《乙法》"),
            [("甲法", Some("国办发〔2018〕118号")), ("乙法", None)]
        );
        assert_eq!(read("《甲》（石政（2021）3号，以下称《甲》）")[0], ("甲", Some("石政（2021）3号")));
        assert_eq!(read("《甲》（2021—2025年）"), [("甲", None)]);
    }

    #[test]
    fn a_title_inside_another_belongs_to_it() {
        assert_eq!(read("《关于印发〈甲〉的通知》"), [("关于印发〈甲〉的通知", None)]);
        assert_eq!(read("《关于印发《甲》的通知》和《乙》").len(), 2);
    }

    #[test]
    fn an_unclosed_title_is_none() {
        assert!(read("学习《甲法，全年三次。").is_empty());
        assert_eq!(read("学习《甲法、《乙法》。"), [("乙法", None)]);
        assert!(read("甲》《》").is_empty());
    }
}
