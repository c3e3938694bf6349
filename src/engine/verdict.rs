//! Whether a concept is reported, and with substance: [`Verdict`].
//!
//! Substance is a number with a fitting unit, an act, a frequency or an explicit zero in the mention's sentence.
//! A number has one owner: the concept that its own clause names, unless the two share it.

use super::{
    context::Context,
    mention::{self, Mention, Rejection},
    review::Status,
    scan::{Match, within},
};
use crate::{pack::Concept, text::Span};

/// Characters between a mention and a frequency that makes it concrete.
const FREQUENCY_DISTANCE: usize = 12;

/// The mentions of all concepts of the pack, by place.
pub(super) struct Mentions {
    of: Vec<Vec<Mention>>,
    /// Every mention by clause: (clause, concept, span), sorted.
    claims: Vec<(usize, usize, Span)>,
}

/// What is said of a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    /// How far it is reported.
    pub(super) status: Status,
    /// The places that show it, in the view: the mention, then its substance.
    pub(super) evidence: Vec<Span>,
    /// Of one that is missing: the mention that comes nearest, and why it does not count.
    pub(super) near_miss: Option<(Span, Rejection)>,
}

impl Mentions {
    /// Finds the mentions of all concepts.
    pub(super) fn find(context: &Context<'_>) -> Self {
        let of: Vec<Vec<Mention>> =
            context.pack.concepts.iter().map(|concept| mention::find(context, concept)).collect();
        let mut claims: Vec<(usize, usize, Span)> = of
            .iter()
            .enumerate()
            .flat_map(|(concept, mentions)| mentions.iter().map(move |mention| (concept, mention.span)))
            .filter_map(|(concept, span)| Some((context.document.clause_at(span.start)?, concept, span)))
            .collect();
        claims.sort_unstable();
        Self { of, claims }
    }

    /// The mentions of a concept.
    pub(super) fn of(&self, concept: usize) -> &[Mention] {
        self.of.get(concept).map_or(&[], Vec::as_slice)
    }

    /// Every mention of a concept with what it counts for, in the order of the view.
    pub(super) fn standings(&self, context: &Context<'_>, concept: usize, section: Option<usize>) -> Vec<Standing> {
        let judge = Judge::new(self, context, concept);
        let stand = |mention: &Mention| {
            let counted = standing(context, mention, section);
            Standing {
                mention: *mention,
                counts: counted.is_ok(),
                rejection: counted.err().flatten(),
                substance: judge.substance(mention),
            }
        };
        self.of(concept).iter().map(stand).collect()
    }

    /// Judges a concept; inside a section, only its mentions there, whatever the section is about.
    pub(super) fn judge(&self, context: &Context<'_>, concept: usize, section: Option<usize>) -> Verdict {
        let judge = Judge::new(self, context, concept);
        let mut best = Verdict { status: Status::Missing, evidence: Vec::new(), near_miss: None };
        for mention in self.of(concept) {
            match standing(context, mention, section) {
                Err(rejection) => best.near_miss = best.near_miss.or(rejection.map(|why| (mention.span, why))),
                Ok(()) => {
                    if let Some(substance) = judge.substance(mention) {
                        return Verdict {
                            status: Status::Met,
                            evidence: evidence(mention.span, substance),
                            near_miss: None,
                        };
                    }
                    if best.status == Status::Missing {
                        best.status = Status::Partial;
                        best.evidence = vec![mention.span];
                    }
                }
            }
        }
        match judge.stated_zero(section) {
            Some(span) => Verdict { status: Status::Met, evidence: vec![span], near_miss: None },
            None => best,
        }
    }
}

/// A mention and what it counts for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) mention: Mention,
    pub(super) counts: bool,
    /// Why it does not count; none where it stands outside the section asked for.
    pub(super) rejection: Option<Rejection>,
    /// Its substance in the view, counted or not.
    pub(super) substance: Option<Span>,
}

/// Whether a mention counts; of one that does not, why.
fn standing(context: &Context<'_>, mention: &Mention, section: Option<usize>) -> Result<(), Option<Rejection>> {
    match (section, mention.rejection) {
        (None, None) => Ok(()),
        (None, rejection) => Err(rejection),
        (Some(kind), _) if context.parts.of_sentence[mention.sentence] != Some(kind) => Err(None),
        (Some(_), None | Some(Rejection::Part(_) | Rejection::Future)) => Ok(()),
        (Some(_), rejection) => Err(rejection),
    }
}

fn evidence(mention: Span, substance: Span) -> Vec<Span> {
    if mention.overlaps(substance) { vec![mention.join(substance)] } else { vec![mention, substance] }
}

struct Judge<'a> {
    mentions: &'a Mentions,
    context: &'a Context<'a>,
    concept: &'a Concept,
    place: usize,
    acts: Vec<Match>,
    zero: Vec<Match>,
}

impl<'a> Judge<'a> {
    fn new(mentions: &'a Mentions, context: &'a Context<'a>, place: usize) -> Self {
        let concept = &context.pack.concepts[place];
        let (acts, zero) = (context.matches.merged(&concept.acts), context.matches.merged(&concept.zero));
        Self { mentions, context, concept, place, acts, zero }
    }

    /// What makes a mention more than a name: its place in the view.
    fn substance(&self, mention: &Mention) -> Option<Span> {
        // A heading names its subject; it says nothing about it.
        if mention.zero || self.concept.plain && !self.context.is_heading(mention.span) {
            return Some(mention.span);
        }
        let sentence = self.context.document.sentences[mention.sentence].view;
        self.number(mention, sentence).or_else(|| self.act(sentence)).or_else(|| self.frequency(mention, sentence))
    }

    fn act(&self, sentence: Span) -> Option<Span> {
        let uncited = |act: &&Match| self.context.citation_over(act.span).is_none();
        within(&self.acts, sentence).iter().find(uncited).map(|act| act.span)
    }

    fn frequency(&self, mention: &Mention, sentence: Span) -> Option<Span> {
        let clause = |span: Span| self.context.document.clause_at(span.start);
        let close = |cue: &&Match| {
            let near = self.context.distance(cue.span, mention.span) <= FREQUENCY_DISTANCE;
            near && clause(cue.span) == clause(mention.span)
        };
        within(&self.context.cues.every, sentence).iter().find(close).map(|cue| cue.span)
    }

    /// The first number of the sentence that fits and is the concept's own, with its unit.
    fn number(&self, mention: &Mention, sentence: Span) -> Option<Span> {
        let numbers = &self.context.facts.numbers;
        let from = numbers.partition_point(|number| number.view.start < sentence.start);
        for (index, number) in numbers.iter().enumerate().skip(from) {
            if number.view.start >= sentence.end {
                break;
            }
            let near = self.concept.near.is_none_or(|near| self.context.distance(number.view, mention.span) <= near);
            if self.context.counts[index] && near && self.takes(self.concept, index) && self.owns(mention, index) {
                return Some(number.view.join(if number.unit.is_empty() { number.view } else { number.unit }));
            }
        }
        None
    }

    /// Whether the number's unit is one of the concept's.
    fn takes(&self, concept: &Concept, number: usize) -> bool {
        let number = &self.context.facts.numbers[number];
        if number.percent {
            return concept.percent;
        }
        let unit = self.context.view(number.unit);
        !unit.is_empty() && concept.units.binary_search_by(|known| known.as_str().cmp(unit)).is_ok()
    }

    /// Whether no other concept named in the number's own clause has the better claim.
    fn owns(&self, mention: &Mention, number: usize) -> bool {
        let span = self.context.facts.numbers[number].view;
        let Some(clause) = self.context.document.clause_at(span.start) else { return true };
        let claims = &self.mentions.claims;
        let from = claims.partition_point(|claim| claim.0 < clause);
        let claims = claims[from..].iter().take_while(|claim| claim.0 == clause);
        let here = self.context.document.clause_at(mention.span.start) == Some(clause);
        !claims.into_iter().any(|(_, other, place)| {
            let between = mention.span.end <= place.start && (!here || place.end <= span.start);
            *other != self.place
                && between
                && !self.shares(*other)
                && self.takes(&self.context.pack.concepts[*other], number)
        })
    }

    fn shares(&self, other: usize) -> bool {
        self.concept.shares.contains(&other) || self.context.pack.concepts[other].shares.contains(&self.place)
    }

    /// A phrase that says zero, in a sentence about work done.
    fn stated_zero(&self, section: Option<usize>) -> Option<Span> {
        let context = self.context;
        let counts = |found: &&Match| {
            let place = match section {
                Some(kind) => context.parts.of_sentence[found.sentence] == Some(kind),
                None => {
                    context.mood(found.sentence) == crate::pack::def::Mood::Done
                        && !context.is_future(found.sentence, found.span.start)
                }
            };
            place && context.is_text(found.sentence) && context.citation_over(found.span).is_none()
        };
        self.zero.iter().find(counts).map(|found| found.span)
    }
}
