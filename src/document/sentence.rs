//! Cuts a block of the view into sentences and these into clauses.

use super::{Clause, Sentence};
use crate::text::Span;

/// No sentence is longer, so that what is done within one stays bounded.
const LONGEST_SENTENCE: usize = 1_000;

/// Appends the sentences and clauses of the block `block`, which takes `span` of the view text `view`.
pub(super) fn cut(view: &str, span: Span, block: usize, sentences: &mut Vec<Sentence>, clauses: &mut Vec<Clause>) {
    let mut start = span.start;
    let mut clause_start = span.start;
    let mut first_clause = clauses.len();
    let mut length = 0;
    let source = view.get(span.start..span.end).unwrap_or_default();
    for (offset, char) in source.char_indices() {
        let end = span.start + offset + char.len_utf8();
        length += 1;
        let ends_sentence = matches!(char, '。' | '！' | '？' | '；') || length >= LONGEST_SENTENCE;
        if ends_sentence || matches!(char, '，' | '：') {
            clauses.push(Clause { view: Span::new(clause_start, end) });
            clause_start = end;
        }
        if ends_sentence {
            sentences.push(Sentence { block, view: Span::new(start, end), clauses: first_clause..clauses.len() });
            (start, first_clause, length) = (end, clauses.len(), 0);
        }
    }
    if clause_start < span.end {
        clauses.push(Clause { view: Span::new(clause_start, span.end) });
    }
    if start < span.end {
        sentences.push(Sentence { block, view: Span::new(start, span.end), clauses: first_clause..clauses.len() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(view: &str) -> (Vec<&str>, Vec<&str>) {
        let (mut sentences, mut clauses) = (Vec::new(), Vec::new());
        cut(view, Span::new(0, view.len()), 0, &mut sentences, &mut clauses);
        let text = |span: Span| &view[span.start..span.end];
        (
            sentences.iter().map(|sentence| text(sentence.view)).collect(),
            clauses.iter().map(|clause| text(clause.view)).collect(),
        )
    }

    #[test]
    fn cuts_at_full_stops_and_commas() {
        let (sentences, clauses) = pieces("受理3件，办结3件；无积案。另有安排");
        assert_eq!(sentences, ["受理3件，办结3件；", "无积案。", "另有安排"]);
        assert_eq!(clauses, ["受理3件，", "办结3件；", "无积案。", "另有安排"]);
    }

    #[test]
    fn bounds_a_sentence_without_marks() {
        let long = "法".repeat(2_500);
        let (sentences, _) = pieces(&long);
        assert_eq!(sentences.iter().map(|sentence| sentence.chars().count()).collect::<Vec<_>>(), [1_000, 1_000, 500]);
    }
}
