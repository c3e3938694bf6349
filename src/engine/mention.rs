//! Where a concept is mentioned, and for each mention whether it counts: [`Mention`], [`Rejection`].
//!
//! Each mention that does not count keeps its reason; the nearest miss is shown to the clerk.

use super::{
    context::Context,
    scan::{Match, within},
};
use crate::{
    pack::{Concept, Together},
    text::Span,
};

/// Characters between a denial and what it denies, before and behind.
const NEGATION_BEFORE: usize = 12;
const NEGATION_AFTER: usize = 8;
/// The same for an event, whose denial may stand in another clause.
const EVENT_NEGATION: usize = 20;
/// Characters between another body and what is its own.
const OTHER_BEFORE: usize = 10;

/// Why a mention does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rejection {
    /// It stands in the part of this kind.
    Part(usize),
    /// Its sentence is about the future.
    Future,
    /// It stands in the title of a document.
    Title,
    /// It is denied.
    Denied,
    /// It is another body's.
    Other,
}

/// A concept where it is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mention {
    /// Its bytes in the view.
    pub(super) span: Span,
    /// Its sentence.
    pub(super) sentence: usize,
    /// Why it does not count, if it does not.
    pub(super) rejection: Option<Rejection>,
    /// Whether it is an event that is said not to have happened.
    pub(super) zero: bool,
}

/// Every mention of a concept, in the order of the view; those inside a longer one are left out.
pub(super) fn find(context: &Context<'_>, concept: &Concept) -> Vec<Mention> {
    let mut places = context.matches.merged(&concept.mention);
    for together in &concept.together {
        places.extend(all_together(context, together));
    }
    places.sort_unstable_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
    let except = context.matches.merged(&concept.except);
    let judge = Judge {
        context,
        concept,
        others: context.matches.merged(&concept.others),
        own: context.matches.merged(&concept.own),
    };
    let mut mentions: Vec<Mention> = Vec::new();
    for place in places {
        if !context.is_text(place.sentence) || is_swallowed(context, &except, place) {
            continue;
        }
        if mentions.last().is_some_and(|last| last.span.covers(place.span)) {
            continue;
        }
        mentions.push(judge.judge(place));
    }
    mentions
}

/// The places of the first phrase in whose sentence all the others stand too.
fn all_together<'c>(context: &'c Context<'_>, together: &'c Together) -> impl Iterator<Item = Match> + 'c {
    let (first, others) = together.split_first().map_or((None, &[][..]), |(first, others)| (Some(first), others));
    let places = first.map_or(&[][..], |first| context.matches.of(*first));
    places.iter().copied().filter(move |place| {
        let sentence = context.document.sentences[place.sentence].view;
        others.iter().all(|other| !within(context.matches.of(*other), sentence).is_empty())
    })
}

/// Whether a phrase that makes it something else overlaps the mention.
fn is_swallowed(context: &Context<'_>, except: &[Match], place: Match) -> bool {
    let sentence = context.document.sentences[place.sentence].view;
    within(except, sentence).iter().any(|other| other.span.overlaps(place.span))
}

struct Judge<'a> {
    context: &'a Context<'a>,
    concept: &'a Concept,
    others: Vec<Match>,
    own: Vec<Match>,
}

impl Judge<'_> {
    fn judge(&self, place: Match) -> Mention {
        let denied = !self.concept.negated && self.is_denied(place);
        let zero = denied && self.concept.event;
        let rejection = self.position(place).or_else(|| {
            let other = self.is_others(place).then_some(Rejection::Other);
            other.or((denied && !zero).then_some(Rejection::Denied))
        });
        Mention { span: place.span, sentence: place.sentence, rejection, zero }
    }

    /// Whether the place itself keeps a mention from counting.
    fn position(&self, place: Match) -> Option<Rejection> {
        let mood = self.context.mood(place.sentence);
        if mood != crate::pack::def::Mood::Done {
            return self.context.parts.of_sentence[place.sentence].map(Rejection::Part);
        }
        if self.context.is_future(place.sentence, place.span.start) {
            return Some(Rejection::Future);
        }
        let citation = self.context.citation_over(place.span)?;
        let view = self.context.facts.citations[citation].view;
        let sentence = self.context.document.sentences[place.sentence].view;
        let issued = within(&self.context.cues.issuing, sentence).iter().any(|cue| cue.span.end == view.start);
        (!issued).then_some(Rejection::Title)
    }

    fn is_denied(&self, place: Match) -> bool {
        let context = self.context;
        let sentence = context.document.sentences[place.sentence].view;
        let (before, across) = if self.concept.event { (EVENT_NEGATION, true) } else { (NEGATION_BEFORE, false) };
        let close = |cue: &&Match, limit: usize| {
            (across || self.same_clause(cue.span, place.span)) && context.distance(cue.span, place.span) <= limit
        };
        let denies = |cue: &&Match| cue.span.end <= place.span.start && close(cue, before);
        let belies = |cue: &&Match| {
            let inside = place.span.covers(cue.span);
            cue.span.start >= place.span.end && self.same_clause(cue.span, place.span) && close(cue, NEGATION_AFTER)
                || inside && self.concept.event
        };
        let denied = within(&context.cues.negation, sentence).iter().any(|cue| denies(&cue));
        denied || within(&context.cues.negation_after, sentence).iter().any(|cue| belies(&cue))
    }

    fn is_others(&self, place: Match) -> bool {
        let sentence = self.context.document.sentences[place.sentence].view;
        let nearest = within(&self.others, sentence)
            .iter()
            .filter(|other| other.span.end <= place.span.start && self.same_clause(other.span, place.span))
            .filter(|other| self.context.distance(other.span, place.span) <= OTHER_BEFORE)
            .max_by_key(|other| other.span.end);
        nearest.is_some_and(|other| {
            let between = Span::new(other.span.start, place.span.start);
            !within(&self.own, between)
                .iter()
                .any(|own| own.span.end <= place.span.start && own.span.end >= other.span.end)
        })
    }

    fn same_clause(&self, one: Span, other: Span) -> bool {
        let clause = |span: Span| self.context.document.clause_at(span.start);
        clause(one) == clause(other)
    }
}
