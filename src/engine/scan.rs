//! One scan of the view for every literal, and from its hits every place where a phrase of the pack matches.
//!
//! Phrases are operators on hits, not patterns: a hit of a variant's trigger looks for the other elements in
//! its own sentence, nearest first. The work per hit is bounded, so a document costs what its length costs.

use std::ops::Range;

use crate::{
    document::Document,
    facts::Facts,
    pack::{Element, Gap, PhraseId, VariantRef, Wordings},
    text::Span,
};

/// Characters that `…` and `……` may span.
const CLAUSE_GAP: usize = 14;
const SENTENCE_GAP: usize = 60;
/// Bytes of a character at most.
const WIDEST_CHARACTER: usize = 4;
/// Elements tried from one hit of a trigger.
const MOST_TRIES: usize = 400;

/// A literal where it stands in the view.
#[derive(Debug, Clone, Copy)]
struct Hit {
    literal: u32,
    span: Span,
}

/// A phrase where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    /// Its bytes in the view, from its first element to its last.
    pub(super) span: Span,
    /// Its sentence.
    pub(super) sentence: usize,
    /// The number that its `<数>` took, by place in the facts.
    pub(super) number: Option<usize>,
    /// The year that its `<年>` took, by place in the facts.
    pub(super) year: Option<usize>,
}

/// Every match of every phrase in a document, each list in the order of the view.
pub(super) struct Matches {
    of: Vec<Vec<Match>>,
}

impl Matches {
    /// Finds the matches in the whole document.
    pub(super) fn find(document: &Document, facts: &Facts, wordings: &Wordings) -> Self {
        Self::find_in(document, facts, wordings, 0..document.sentences.len())
    }

    /// Finds the matches in some of the sentences.
    pub(super) fn find_in(document: &Document, facts: &Facts, wordings: &Wordings, sentences: Range<usize>) -> Self {
        let mut matches = Self { of: vec![Vec::new(); wordings.phrases.len()] };
        let first = sentences.start;
        for (index, hits) in hits(document, wordings, sentences).iter().enumerate() {
            let sentence = Sentence::new(document, facts, wordings, first + index, hits);
            sentence.match_all(&mut matches);
        }
        for list in &mut matches.of {
            list.sort_unstable_by_key(|found| (found.span.start, found.span.end));
            list.dedup();
        }
        matches
    }

    /// The matches of a phrase.
    pub(super) fn of(&self, phrase: PhraseId) -> &[Match] {
        self.of.get(phrase.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The matches of all these phrases, in the order of the view.
    pub(super) fn merged(&self, phrases: &[PhraseId]) -> Vec<Match> {
        let mut merged: Vec<Match> = phrases.iter().flat_map(|phrase| self.of(*phrase)).copied().collect();
        merged.sort_unstable_by_key(|found| (found.span.start, found.span.end));
        merged.dedup();
        merged
    }

    /// Whether one of these phrases matches inside `span` of the view; where it does, the first.
    pub(super) fn first_in(&self, phrases: &[PhraseId], span: Span) -> Option<Match> {
        let within = |phrase: &PhraseId| within(self.of(*phrase), span).iter().find(|found| span.covers(found.span));
        phrases.iter().filter_map(within).min_by_key(|found| found.span.start).copied()
    }
}

/// The stretch of a sorted list whose matches start inside `span`.
pub(super) fn within(list: &[Match], span: Span) -> &[Match] {
    let from = list.partition_point(|found| found.span.start < span.start);
    let to = list.partition_point(|found| found.span.start < span.end);
    list.get(from..to).unwrap_or_default()
}

/// The hits of each of these sentences, sorted by start.
fn hits(document: &Document, wordings: &Wordings, sentences: Range<usize>) -> Vec<Vec<Hit>> {
    let sentences = document.sentences.get(sentences).unwrap_or_default();
    let mut by_sentence = vec![Vec::new(); sentences.len()];
    let (Some(automaton), Some(first), Some(last)) = (&wordings.automaton, sentences.first(), sentences.last()) else {
        return by_sentence;
    };
    let offset = first.view.start;
    let mut sentence = 0;
    for found in automaton.find_overlapping_iter(document.view.slice(Span::new(offset, last.view.end))) {
        let span = Span::new(offset + found.start(), offset + found.end());
        while sentences.get(sentence).is_some_and(|known| known.view.end < span.end) {
            sentence += 1;
        }
        if sentences.get(sentence).is_some_and(|known| known.view.covers(span)) {
            by_sentence[sentence].push(Hit { literal: found.value(), span });
        }
    }
    for hits in &mut by_sentence {
        hits.sort_unstable_by_key(|hit| (hit.span.start, hit.span.end));
    }
    by_sentence
}

/// A sentence with all that its phrases can be made of.
struct Sentence<'a> {
    view: &'a str,
    facts: &'a Facts,
    wordings: &'a Wordings,
    index: usize,
    span: Span,
    hits: &'a [Hit],
    numbers: Range<usize>,
    years: Range<usize>,
}

/// What an element took.
#[derive(Debug, Clone, Copy)]
struct Taken {
    span: Span,
    number: Option<usize>,
    year: Option<usize>,
}

impl<'a> Sentence<'a> {
    fn new(document: &'a Document, facts: &'a Facts, wordings: &'a Wordings, index: usize, hits: &'a [Hit]) -> Self {
        let span = document.sentences[index].view;
        let numbers = &facts.numbers;
        let dates = &facts.dates;
        Self {
            view: document.view.text(),
            facts,
            wordings,
            index,
            span,
            hits,
            numbers: numbers.partition_point(|number| number.view.start < span.start)
                ..numbers.partition_point(|number| number.view.start < span.end),
            years: dates.partition_point(|date| date.view.start < span.start)
                ..dates.partition_point(|date| date.view.start < span.end),
        }
    }

    fn match_all(&self, matches: &mut Matches) {
        for hit in self.hits {
            let taken = Taken { span: hit.span, number: None, year: None };
            for set in &self.wordings.sets_of[hit.literal as usize] {
                self.match_each(&self.wordings.triggers[set.0 as usize], taken, matches);
            }
        }
        for number in self.numbers.clone() {
            let taken = Taken { span: self.facts.numbers[number].view, number: Some(number), year: None };
            self.match_each(&self.wordings.number_triggers, taken, matches);
        }
        for year in self.years.clone() {
            let taken = Taken { span: self.facts.dates[year].view, number: None, year: Some(year) };
            self.match_each(&self.wordings.year_triggers, taken, matches);
        }
    }

    fn match_each(&self, triggered: &[VariantRef], taken: Taken, matches: &mut Matches) {
        for reference in triggered {
            let phrase = reference.phrase.0 as usize;
            let variant = &self.wordings.phrases[phrase].variants[reference.variant as usize];
            let percent = taken.number.is_some_and(|number| self.facts.numbers[number].percent);
            if matches!(variant.elements[variant.trigger].1, Element::Number(wanted) if wanted != percent) {
                continue;
            }
            let mut tries = MOST_TRIES;
            let right = self.rightwards(&variant.elements[variant.trigger + 1..], taken, &mut tries);
            let Some(right) = right else { continue };
            let left = self.leftwards(&variant.elements[..=variant.trigger], taken, &mut tries);
            let Some(left) = left else { continue };
            matches.of[phrase].push(Match {
                span: left.span.join(right.span),
                sentence: self.index,
                number: right.number.or(left.number),
                year: right.year.or(left.year),
            });
        }
    }

    /// Finds the elements behind `before`, nearest first; what it returns covers all of them.
    fn rightwards(&self, elements: &[(Gap, Element)], before: Taken, tries: &mut usize) -> Option<Taken> {
        let Some(((gap, element), rest)) = elements.split_first() else { return Some(before) };
        for candidate in self.candidates((*gap, *element), before.span.end, true) {
            *tries = tries.checked_sub(1)?;
            if !self.fits(*gap, before.span.end, candidate.span.start) {
                if self.is_beyond(*gap, before.span.end, candidate.span.start) {
                    break;
                }
                continue;
            }
            if let Some(found) = self.rightwards(rest, join(before, candidate), tries) {
                return Some(found);
            }
        }
        None
    }

    /// Finds the elements before `after`, which is the last of `elements`.
    fn leftwards(&self, elements: &[(Gap, Element)], after: Taken, tries: &mut usize) -> Option<Taken> {
        let ((gap, _), rest) = elements.split_last()?;
        let Some((_, element)) = rest.last() else { return Some(after) };
        for candidate in self.candidates((*gap, *element), after.span.start, false) {
            *tries = tries.checked_sub(1)?;
            if !self.fits(*gap, candidate.span.end, after.span.start) {
                if self.is_beyond(*gap, candidate.span.end, after.span.start) {
                    break;
                }
                continue;
            }
            if let Some(found) = self.leftwards(rest, join(after, candidate), tries) {
                return Some(found);
            }
        }
        None
    }

    /// What an element could take behind (or before) byte `at`, nearest first.
    fn candidates(&self, (gap, element): (Gap, Element), at: usize, behind: bool) -> Vec<Taken> {
        let side = |span: Span| if behind { span.start >= at } else { span.end <= at };
        let plain = |span| Taken { span, number: None, year: None };
        let mut found: Vec<Taken> = match element {
            Element::Set(set) => {
                let set = &self.wordings.sets[set.0 as usize];
                let (before, after) = self.hits.split_at(self.hits.partition_point(|hit| hit.span.start < at));
                let hits = if behind { after } else { before };
                // What is farther away than any gap reaches would be passed over one by one.
                let near = hits.iter().take_while(|hit| !behind || hit.span.start - at <= reach(gap));
                let fitting = near.filter(|hit| side(hit.span) && set.binary_search(&hit.literal).is_ok());
                fitting.map(|hit| plain(hit.span)).collect()
            }
            Element::Number(percent) => self
                .numbers
                .clone()
                .filter(|number| {
                    self.facts.numbers[*number].percent == percent && side(self.facts.numbers[*number].view)
                })
                .map(|number| Taken { span: self.facts.numbers[number].view, number: Some(number), year: None })
                .collect(),
            Element::Year => self
                .years
                .clone()
                .filter(|year| side(self.facts.dates[*year].view))
                .map(|year| Taken { span: self.facts.dates[year].view, number: None, year: Some(year) })
                .collect(),
            Element::Name => self.names(at, behind).into_iter().map(plain).collect(),
        };
        if behind {
            // Of literals that start together the longest is meant.
            found.sort_by_key(|taken| (taken.span.start, std::cmp::Reverse(taken.span.end)));
        } else {
            found.sort_by_key(|taken| (std::cmp::Reverse(taken.span.end), taken.span.start));
        }
        found
    }

    /// The stretches of four to two Chinese characters right behind (or before) byte `at`.
    fn names(&self, at: usize, behind: bool) -> Vec<Span> {
        let limit = if behind { Span::new(at, self.span.end) } else { Span::new(self.span.start, at) };
        let text = self.view.get(limit.start..limit.end).unwrap_or_default();
        let is_han = |char: &char| ('\u{4e00}'..='\u{9fff}').contains(char);
        let lengths: Vec<usize> = if behind {
            text.chars().take(4).take_while(is_han).map(char::len_utf8).collect()
        } else {
            text.chars().rev().take(4).take_while(is_han).map(char::len_utf8).collect()
        };
        let span = |count: usize| {
            let bytes: usize = lengths[..count].iter().sum();
            if behind { Span::new(at, at + bytes) } else { Span::new(at - bytes, at) }
        };
        (2..=lengths.len()).rev().map(span).collect()
    }

    /// Whether the text from `from` to `to` is a gap of this kind.
    fn fits(&self, gap: Gap, from: usize, to: usize) -> bool {
        let Some(between) = self.view.get(from..to) else { return false };
        match gap {
            Gap::None => between.is_empty(),
            Gap::Clause => !between.contains(['，', '；', '：']) && fewer_than(between, CLAUSE_GAP + 1),
            Gap::Sentence => fewer_than(between, SENTENCE_GAP + 1),
        }
    }

    /// Whether nothing farther away can fit either.
    fn is_beyond(&self, gap: Gap, from: usize, to: usize) -> bool {
        let between = self.view.get(from..to).unwrap_or_default();
        match gap {
            Gap::None => !between.is_empty(),
            Gap::Clause => !fewer_than(between, CLAUSE_GAP + 1),
            Gap::Sentence => !fewer_than(between, SENTENCE_GAP + 1),
        }
    }
}

/// The bytes that a gap can span at most.
const fn reach(gap: Gap) -> usize {
    match gap {
        Gap::None => 0,
        Gap::Clause => CLAUSE_GAP * WIDEST_CHARACTER,
        Gap::Sentence => SENTENCE_GAP * WIDEST_CHARACTER,
    }
}

fn fewer_than(text: &str, characters: usize) -> bool {
    text.len() < characters || text.chars().nth(characters - 1).is_none()
}

fn join(one: Taken, other: Taken) -> Taken {
    Taken { span: one.span.join(other.span), number: one.number.or(other.number), year: one.year.or(other.year) }
}
