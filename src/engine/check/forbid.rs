//! `forbid`: wordings that must not occur, each with the contexts in which it is right.

use std::collections::BTreeMap;

use super::{doubled, found, replacement};
use crate::{
    diagnostic::{Diagnostic, Safety},
    document::Role,
    engine::{context::Context, scan::within},
    pack::{
        Forbidden, PhraseId, Rule, Target,
        def::{Mark, Place},
    },
    text::Span,
};

/// A hit: where in the text, and where in the view if it was found there.
struct Hit {
    text: Span,
    view: Option<Span>,
}

/// The marked spans of the text, start to end, without those that lie in another: the later one starts, the later it
/// ends. A text may have as many hits as words, so that not every two of them can be compared.
#[derive(Default)]
struct Marked(BTreeMap<usize, usize>);

impl Marked {
    /// Marks `span`, unless it lies in a marked one. Whether it does not.
    fn take(&mut self, span: Span) -> bool {
        // Of those that start no later, the last ends last.
        if self.0.range(..=span.start).next_back().is_some_and(|(_, end)| *end >= span.end) {
            return false;
        }
        while let Some((start, _)) = self.0.range(span.start..).next().filter(|(_, end)| **end <= span.end) {
            let start = *start;
            self.0.remove(&start);
        }
        self.0.insert(span.start, span.end);
        true
    }
}

/// The findings of a rule, in the order of the text.
pub(in crate::engine) fn check(context: &Context<'_>, rule: &Rule, entries: &[Forbidden]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut marked = Marked::default();
    for entry in entries.iter().filter(|entry| is_in_force(context, entry)) {
        let mut hits = hits(context, entry);
        // Of hits that start together the longest is shown.
        hits.sort_by_key(|hit| (hit.text.start, std::cmp::Reverse(hit.text.end)));
        for hit in hits {
            if !is_wrong(context, entry, &hit) {
                continue;
            }
            let span = if entry.mark == Mark::Line { line_of(context, hit.text) } else { hit.text };
            if !marked.take(span) {
                continue;
            }
            let raw = context.document.slice(hit.text);
            let to = entry.to.as_deref().unwrap_or_default();
            let Some(mut finding) = found(context, rule, span, &[("found", raw), ("to", to)]) else { continue };
            if let Some(to) = entry.to.as_deref().filter(|_| entry.mark == Mark::Hit) {
                let safety = if entry.confirm { Safety::Unsafe } else { Safety::Safe };
                finding.fix = Some(replacement(span, to, safety));
            }
            findings.push(finding);
        }
    }
    findings.sort_by_key(|finding| (finding.span.start, finding.span.end));
    findings.truncate(if rule.def.once { 1 } else { usize::MAX });
    findings
}

/// Whether the entry's years hold the report's; a dated wording says nothing where the year is unknown.
fn is_in_force(context: &Context<'_>, entry: &Forbidden) -> bool {
    let Some(years) = entry.years else { return true };
    context.facts.year.as_ref().is_some_and(|year| (years.from..=years.to).contains(&year.value))
}

fn hits(context: &Context<'_>, entry: &Forbidden) -> Vec<Hit> {
    let viewed = |view: Span| Hit { text: context.text_span(view), view: Some(view) };
    match (&entry.target, entry.on) {
        (Target::Phrase(phrase), _) => of_phrase(context, *phrase).map(viewed).collect(),
        (Target::Word(phrase), _) => {
            of_phrase(context, *phrase).filter(|span| doubled::is_word(context, *span)).map(viewed).collect()
        }
        (Target::Doubled, _) => doubled::find(context, &entry.allow).into_iter().map(viewed).collect(),
        (Target::Note(name), _) => noted(context, name),
        (Target::Pattern(pattern), on) => {
            let characters = if on == Place::Text { context.text_characters() } else { context.view_characters() };
            if !pattern.may_match(|char| characters.holds(char)) {
                return Vec::new();
            }
            let Some(regex) = pattern.regex() else { return Vec::new() };
            let span = |found: regex::Match<'_>| Span::new(found.start(), found.end());
            if on == Place::Text {
                let text = &context.document.text;
                return regex.find_iter(text).map(|found| Hit { text: span(found), view: None }).collect();
            }
            regex.find_iter(context.document.view.text()).map(|found| viewed(span(found))).collect()
        }
    }
}

fn of_phrase<'c>(context: &'c Context<'_>, phrase: PhraseId) -> impl Iterator<Item = Span> + 'c {
    context.matches.of(phrase).iter().map(|found| found.span)
}

/// The reader's notes of this kind; one without text of its own is shown at the character behind it.
fn noted(context: &Context<'_>, name: &str) -> Vec<Hit> {
    let document = context.document;
    let shown = |span: Span| {
        if !span.is_empty() {
            return span;
        }
        let end = document.text.len();
        let start = document.text.floor_char_boundary(span.start.min(end.saturating_sub(1)));
        Span::new(start, document.text.ceil_char_boundary((start + 1).min(end)))
    };
    let notes = document.notes.iter().filter(|note| note.kind.name() == name);
    notes.map(|note| Hit { text: shown(note.span), view: None }).collect()
}

/// Whether nothing around the hit makes it right.
fn is_wrong(context: &Context<'_>, entry: &Forbidden, hit: &Hit) -> bool {
    let Some(view) = hit.view else { return true };
    let Some(sentence) = context.document.sentence_at(view.start) else { return false };
    let sentence_span = context.document.sentences[sentence].view;
    let role = context.document.blocks[context.document.sentences[sentence].block].role;
    let framed = role == Role::Residue || (entry.mark == Mark::Line && !context.view(sentence_span).contains('。'));
    if (entry.mark == Mark::Line) != framed && (entry.mark == Mark::Line || role == Role::Residue) {
        return false;
    }
    let quoted = entry.target.form() == crate::pack::def::Form::Phrase && context.citation_over(view).is_some();
    let allowed = |phrase: &PhraseId| {
        within(context.matches.of(*phrase), sentence_span).iter().any(|longer| longer.span.covers(view))
    };
    let excused = |phrase: &PhraseId| !within(context.matches.of(*phrase), sentence_span).is_empty();
    let placed = (entry.sections.is_empty() && !entry.title)
        || (entry.title && role == Role::Title)
        || context.parts.of_sentence[sentence].is_some_and(|kind| entry.sections.contains(&kind));
    placed && !quoted && !entry.allow.iter().any(allowed) && !entry.unless.iter().any(excused)
}

/// The line of the text in which `span` starts, without blanks at its ends.
fn line_of(context: &Context<'_>, span: Span) -> Span {
    let document = context.document;
    let line = document.lines.span(&document.text, document.lines.index(span.start));
    let text = document.slice(line);
    let start = line.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks spans by comparing every two.
    fn taken_one_by_one(spans: &[Span]) -> Vec<bool> {
        let mut marked: Vec<Span> = Vec::new();
        let mut take = |span: Span| {
            let is_free = !marked.iter().any(|other| other.covers(span));
            marked.extend(is_free.then_some(span));
            is_free
        };
        spans.iter().map(|span| take(*span)).collect()
    }

    #[test]
    fn a_span_is_marked_unless_it_lies_in_a_marked_one() {
        // Every order of some spans that touch, overlap, hold each other, are empty and are the same.
        let ends = [(0, 3), (3, 6), (2, 5), (0, 6), (4, 4), (3, 6), (1, 9)];
        let spans: Vec<Span> = ends.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        for order in 0..5_040 {
            let (mut rest, mut chosen, mut number) = (spans.clone(), Vec::new(), order);
            while !rest.is_empty() {
                let index = number % rest.len();
                number /= rest.len();
                chosen.push(rest.remove(index));
            }
            let mut marked = Marked::default();
            let taken: Vec<bool> = chosen.iter().map(|span| marked.take(*span)).collect();
            assert_eq!(taken, taken_one_by_one(&chosen), "{chosen:?}");
            let ends: Vec<usize> = marked.0.into_values().collect();
            assert!(ends.is_sorted_by(|one, other| one < other), "{chosen:?}");
        }
    }
}
