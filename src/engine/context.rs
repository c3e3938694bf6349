//! Everything about one document that the checks look at: [`Context`], made once a document.

use std::cell::OnceCell;

use super::{
    Assumed,
    characters::Characters,
    scan::{Match, Matches, within},
    section::Parts,
};
use crate::{
    document::{Document, Role},
    facts::{DateMention, Facts},
    pack::{Pack, def::Mood},
    text::Span,
};

/// A document, its facts, the pack, and what the scan found.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) facts: &'a Facts,
    pub(super) pack: &'a Pack,
    pub(super) matches: Matches,
    pub(super) parts: Parts,
    /// For each sentence, where in the view it begins to speak of the future.
    pub(super) future: Vec<Option<usize>>,
    /// For each number of the facts, whether it counts anything.
    pub(super) counts: Vec<bool>,
    pub(super) cues: CueMatches,
    text_characters: OnceCell<Characters>,
    view_characters: OnceCell<Characters>,
}

/// The cues where they stand, each list in the order of the view.
pub(super) struct CueMatches {
    pub(super) negation: Vec<Match>,
    pub(super) negation_after: Vec<Match>,
    pub(super) issuing: Vec<Match>,
    pub(super) every: Vec<Match>,
}

impl<'a> Context<'a> {
    /// Scans a document.
    pub(super) fn new(document: &'a Document, facts: &'a Facts, pack: &'a Pack, assumed: Assumed) -> Self {
        let matches = Matches::find(document, facts, &pack.wordings);
        let mut parts = Parts::find(document, facts, pack, &matches);
        if let Some(section) = assumed.section {
            parts.assume(section);
        }
        let not_negation = matches.merged(&pack.cues.not_negation);
        let negation = matches.merged(&pack.cues.negation);
        let sentence_of = |cue: &Match| document.sentences[cue.sentence].view;
        let denies =
            |cue: &Match| !within(&not_negation, sentence_of(cue)).iter().any(|other| other.span.covers(cue.span));
        let cues = CueMatches {
            negation: negation.iter().filter(|cue| denies(cue)).copied().collect(),
            negation_after: matches.merged(&pack.cues.negation_after),
            issuing: matches.merged(&pack.cues.issuing),
            every: matches.merged(&pack.cues.every),
        };
        let mut context = Self {
            document,
            facts,
            pack,
            matches,
            parts,
            future: Vec::new(),
            counts: Vec::new(),
            cues,
            text_characters: OnceCell::new(),
            view_characters: OnceCell::new(),
        };
        context.future = context.future_sentences();
        context.counts = context.counting_numbers();
        context
    }

    /// The characters of the text.
    pub(super) fn text_characters(&self) -> &Characters {
        self.text_characters.get_or_init(|| Characters::of(&self.document.text))
    }

    /// The characters of the view.
    pub(super) fn view_characters(&self) -> &Characters {
        self.view_characters.get_or_init(|| Characters::of(self.document.view.text()))
    }

    /// What a stretch of the view is about.
    pub(super) fn mood(&self, sentence: usize) -> Mood {
        let kind = self.parts.of_sentence.get(sentence).copied().flatten();
        kind.map_or(Mood::Done, |kind| self.pack.sections[kind].mood)
    }

    /// Whether a sentence is text of the report, not its title, address or frame.
    pub(super) fn is_text(&self, sentence: usize) -> bool {
        let block = self.document.sentences.get(sentence).and_then(|known| self.document.blocks.get(known.block));
        block.is_some_and(|block| matches!(block.role, Role::Body | Role::Row | Role::Heading))
    }

    /// Whether `span` of the view lies in a heading.
    pub(super) fn is_heading(&self, span: Span) -> bool {
        let headings = &self.document.headings;
        let above = headings.partition_point(|heading| heading.view.start <= span.start);
        above.checked_sub(1).is_some_and(|index| headings[index].view.covers(span))
    }

    /// Whether what stands at byte `at` of the view speaks of the future.
    pub(super) fn is_future(&self, sentence: usize, at: usize) -> bool {
        self.future.get(sentence).copied().flatten().is_some_and(|from| at >= from)
    }

    /// The citation that covers `span` of the view, by place.
    pub(super) fn citation_over(&self, span: Span) -> Option<usize> {
        let citations = &self.facts.citations;
        let index = citations.partition_point(|citation| citation.view.end <= span.start);
        citations.get(index).filter(|citation| citation.view.covers(span)).map(|_| index)
    }

    /// The stretch of the text from which `span` of the view was made. A quotation mark whose partner lies inside
    /// belongs to it.
    pub(super) fn text_span(&self, span: Span) -> Span {
        let document = self.document;
        let mut found = document.view.to_text(&document.text, span);
        let inside = document.slice(found);
        let (opened, closed) = (inside.matches('“').count(), inside.matches('”').count());
        let mark = '“'.len_utf8();
        if closed > opened && document.slice(Span::new(found.start.saturating_sub(mark), found.start)) == "“" {
            found.start -= mark;
        }
        if opened > closed && document.slice(Span::new(found.end, found.end + mark)) == "”" {
            found.end += mark;
        }
        found
    }

    /// The view under `span`.
    pub(super) fn view(&self, span: Span) -> &str {
        self.document.view.slice(span)
    }

    /// Characters between two spans of the view.
    pub(super) fn distance(&self, one: Span, other: Span) -> usize {
        let (from, to) = if one.start <= other.start { (one.end, other.start) } else { (other.end, one.start) };
        if to <= from { 0 } else { self.view(Span::new(from, to)).chars().count() }
    }

    /// A turn to the future holds from its clause to the sentence's end: 办结13件，另1件列入明年.
    fn future_sentences(&self) -> Vec<Option<usize>> {
        let mut future: Vec<Option<usize>> = vec![None; self.document.sentences.len()];
        let mut mark = |sentence: usize, at: usize| {
            let clause = self.document.clause_at(at).map_or(at, |clause| self.document.clauses[clause].view.start);
            future[sentence] = Some(future[sentence].map_or(clause, |known| known.min(clause)));
        };
        for cue in self.matches.merged(&self.pack.cues.future) {
            if self.citation_over(cue.span).is_none() {
                mark(cue.sentence, cue.span.start);
            }
        }
        let Some(year) = &self.facts.year else { return future };
        // The last year of a period (2021—2025年) says nothing of the future.
        let later = |date: &&DateMention| date.date.year > year.value && date.date.month == 0 && !date.ranged;
        for date in self.facts.dates.iter().filter(later) {
            let inside = self.citation_over(date.view).is_some();
            if let Some(sentence) = self.document.sentence_at(date.view.start).filter(|_| !inside) {
                mark(sentence, date.view.start);
            }
        }
        future
    }

    fn counting_numbers(&self) -> Vec<bool> {
        let fixed = self.matches.merged(&self.pack.cues.fixed);
        let before = self.matches.merged(&self.pack.cues.not_number_after);
        let counts = |span: Span, sentence: Span| {
            let fixed = within(&fixed, sentence).iter().any(|set| set.span.covers(span));
            let ordinal = within(&before, sentence).iter().any(|cue| cue.span.end == span.start);
            !fixed && !ordinal && self.citation_over(span).is_none()
        };
        let sentence_of = |at| self.document.sentence_at(at).map(|index| self.document.sentences[index].view);
        let numbers = self.facts.numbers.iter();
        numbers.map(|number| sentence_of(number.view.start).is_some_and(|span| counts(number.view, span))).collect()
    }
}
