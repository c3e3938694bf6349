//! Characters and words written twice, and whole words: where jieba is asked, and nowhere else.
//!
//! jieba takes as long to load as everything else together, so it is loaded only when a candidate is left.

use std::sync::OnceLock;

use jieba_rs::Jieba;

use crate::{
    engine::{context::Context, scan::within},
    pack::PhraseId,
    text::Span,
};

/// Words of up to so many characters are looked at.
const LONGEST_WORD: usize = 4;

static JIEBA: OnceLock<Jieba> = OnceLock::new();

fn jieba() -> &'static Jieba {
    JIEBA.get_or_init(Jieba::new)
}

/// Whether jieba was asked since the program started.
#[must_use]
pub fn is_dictionary_loaded() -> bool {
    JIEBA.get().is_some()
}

/// Every doubled character or word in running text that no allowed phrase covers, in the view.
pub(super) fn find(context: &Context<'_>, allow: &[PhraseId]) -> Vec<Span> {
    let allowed = context.matches.merged(allow);
    let mut found = Vec::new();
    for (index, sentence) in context.document.sentences.iter().enumerate() {
        if !context.is_text(index) {
            continue;
        }
        for (span, single) in candidates(context.view(sentence.view), sentence.view.start) {
            let known = within(&allowed, sentence.view).iter().any(|longer| longer.span.covers(span));
            // ”普法“ between the two: a quotation ends with the word that goes on behind it.
            let parted = !context.document.slice(context.text_span(span)).chars().all(is_han);
            if !known
                && !parted
                && context.citation_over(span).is_none()
                && (!single || is_slip(context, sentence.view, span))
            {
                found.push(span);
            }
        }
    }
    found
}

/// Doubled stretches of Chinese characters, the longest first at each place, and whether one character is doubled.
fn candidates(text: &str, offset: usize) -> Vec<(Span, bool)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<(Span, bool)> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let doubled = (1..=LONGEST_WORD).rev().find(|length| {
            let (one, two) = (chars.get(at..at + length), chars.get(at + length..at + 2 * length));
            one.zip(two).is_some_and(|(one, two)| one.iter().zip(two).all(|(one, two)| one.1 == two.1 && is_han(one.1)))
        });
        let Some(length) = doubled else {
            at += 1;
            continue;
        };
        let end = chars.get(at + 2 * length).map_or(text.len(), |(end, _)| *end);
        found.push((Span::new(offset + chars[at].0, offset + end), length == 1));
        at += 2 * length - 1;
    }
    found
}

const fn is_han(char: char) -> bool {
    matches!(char, '\u{4e00}'..='\u{9fff}')
}

/// Whether the dictionary knows the whole of `text` as one word.
pub(super) fn is_known(text: &str) -> bool {
    jieba().cut(text, false).len() == 1
}

/// Whether the second character stands as a word of its own behind a word that ends in the first, and begins no
/// word with what follows (今年年底).
fn is_slip(context: &Context<'_>, sentence: Span, span: Span) -> bool {
    let middle = span.start + (span.end - span.start) / 2;
    let next = context.view(Span::new(span.end, sentence.end)).chars().next().filter(|char| is_han(*char));
    if next.is_some_and(|next| is_known(&format!("{}{next}", context.view(Span::new(middle, span.end))))) {
        return false;
    }
    let mut at = sentence.start;
    for word in jieba().cut(context.view(sentence), false) {
        let end = at + word.word.len();
        if at == middle {
            return end == span.end;
        }
        at = end;
    }
    false
}

/// Whether `span` of the view begins and ends where words do.
pub(super) fn is_word(context: &Context<'_>, span: Span) -> bool {
    let Some(sentence) = context.document.sentence_at(span.start) else { return false };
    let sentence = context.document.sentences[sentence].view;
    let mut at = sentence.start;
    let (mut starts, mut ends) = (false, false);
    for word in jieba().cut(context.view(sentence), false) {
        starts |= at == span.start;
        at += word.word.len();
        ends |= at == span.end;
    }
    starts && ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_written_twice() {
        let text = "切实增强强，进一步进一步推进，再再三";
        let found: Vec<&str> = candidates(text, 0).iter().map(|(span, _)| &text[span.start..span.end]).collect();
        assert_eq!(found, ["强强", "进一步进一步", "再再"]);
    }
}
