//! Which part of the report each heading and each sentence belongs to: [`Parts`].
//!
//! Top-level headings decide; lower headings and turns of phrase (下一步，…) may open another part inside.

use super::{
    review::Section,
    scan::{Matches, within},
};
use crate::{
    document::{Document, Heading, Role},
    facts::Facts,
    pack::def::Mood,
    pack::{Pack, PhraseId, SectionKind},
    text::Span,
};

/// The parts of a report; kinds are places in the pack's sections.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// For each sentence, its kind, where it stands in the text of a part.
    pub(super) of_sentence: Vec<Option<usize>>,
    /// For each heading, the kinds that it has; more than one where parts share it.
    pub(super) of_heading: Vec<Vec<usize>>,
    /// For each kind, the heading that opens it, if there is one.
    pub(super) opened_by: Vec<Option<usize>>,
    /// For each kind, whether it is there at all, with a heading or by its content.
    pub(super) present: Vec<bool>,
}

/// What deciding needs.
struct Scene<'a> {
    document: &'a Document,
    facts: &'a Facts,
    pack: &'a Pack,
    matches: &'a Matches,
}

impl Parts {
    /// Finds the parts.
    pub(super) fn find(document: &Document, facts: &Facts, pack: &Pack, matches: &Matches) -> Self {
        let scene = Scene { document, facts, pack, matches };
        let mut parts = Self { opened_by: vec![None; pack.sections.len()], ..Self::default() };
        for index in 0..document.headings.len() {
            let (kinds, opens) = scene.kinds_of_heading(index, &parts.of_heading);
            for kind in kinds.iter().filter(|_| opens) {
                parts.opened_by[*kind] = parts.opened_by[*kind].or(Some(index));
            }
            parts.of_heading.push(kinds);
        }
        parts.of_sentence = scene.kinds_of_sentences(&parts.of_heading);
        let by_content = |section: &SectionKind| matches.first_in(&section.content, scene.everything()).is_some();
        parts.present = (0..pack.sections.len())
            .map(|kind| {
                parts.opened_by[kind].is_some()
                    || parts.of_sentence.contains(&Some(kind))
                    || by_content(&pack.sections[kind])
            })
            .collect();
        parts
    }

    /// Takes all of the text for one part.
    pub(super) fn assume(&mut self, section: usize) {
        self.of_sentence.fill(Some(section));
        for kinds in &mut self.of_heading {
            *kinds = vec![section];
        }
        if let Some(present) = self.present.get_mut(section) {
            *present = true;
        }
    }

    /// The parts with a heading, in the order of the text.
    pub(super) fn sections(&self, document: &Document, pack: &Pack) -> Vec<Section> {
        let mut opened: Vec<(usize, usize)> =
            self.opened_by.iter().enumerate().filter_map(|(kind, heading)| Some(((*heading)?, kind))).collect();
        opened.sort_unstable();
        let section = |(heading, kind): (usize, usize)| {
            let heading = &document.headings[heading];
            let span = document.view.to_text(&document.text, heading.view);
            Section {
                kind: pack.sections[kind].id.clone(),
                name: pack.sections[kind].name.clone(),
                heading: document.slice(span).to_owned(),
                span,
                range: document.view.to_text(&document.text, heading.range),
            }
        };
        opened.into_iter().map(section).collect()
    }
}

impl Scene<'_> {
    fn everything(&self) -> Span {
        Span::new(0, self.document.view.text().len())
    }

    /// The kinds of a heading, and whether it opens them rather than stands under a heading that does.
    fn kinds_of_heading(&self, index: usize, above: &[Vec<usize>]) -> (Vec<usize>, bool) {
        let heading = &self.document.headings[index];
        let Some(parent) = heading.parent else {
            let own = self.matching(heading, |section| vec![&section.headings]);
            if !own.is_empty() {
                return (own, true);
            }
            let rest = self.pack.sections.iter().position(|section| section.rest);
            return (rest.into_iter().collect(), true);
        };
        let inherited = above.get(parent).cloned().unwrap_or_default();
        let shared = inherited.len() > 1;
        let own = self.matching(heading, |section| {
            if shared {
                vec![&section.sub_headings, &section.headings, &section.merged]
            } else {
                vec![&section.sub_headings]
            }
        });
        if own.is_empty() || own == inherited {
            return (inherited, false);
        }
        (own, true)
    }

    /// The kinds whose phrases match in a heading, in the order in which they match.
    fn matching<'p>(
        &'p self,
        heading: &Heading,
        phrases: impl Fn(&'p SectionKind) -> Vec<&'p Vec<PhraseId>>,
    ) -> Vec<usize> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (kind, section) in self.pack.sections.iter().enumerate() {
            if self.matches.first_in(&section.except, heading.view).is_some() {
                continue;
            }
            let first = phrases(section).iter().filter_map(|list| self.matches.first_in(list, heading.view)).next();
            let by_year = heading.parent.is_none() && section.next_year && self.names_later_year(heading.view);
            if let Some(at) = first.map(|found| found.span.start).or(by_year.then_some(heading.view.end)) {
                found.push((at, kind));
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(_, kind)| kind).collect()
    }

    fn names_later_year(&self, span: Span) -> bool {
        let Some(year) = &self.facts.year else { return false };
        self.facts.dates.iter().any(|date| span.covers(date.view) && date.date.year > year.value && !date.ranged)
    }

    /// The kind of every sentence: its heading's, until a turn of phrase opens another.
    fn kinds_of_sentences(&self, of_heading: &[Vec<usize>]) -> Vec<Option<usize>> {
        let openers: Vec<_> = self.pack.sections.iter().map(|section| self.matches.merged(&section.openers)).collect();
        let mut kinds = Vec::with_capacity(self.document.sentences.len());
        let mut last_heading = None;
        let mut opened = None;
        for sentence in &self.document.sentences {
            let block = &self.document.blocks[sentence.block];
            if block.heading != last_heading {
                (last_heading, opened) = (block.heading, None);
            }
            if !matches!(block.role, Role::Body | Role::Row | Role::Heading) {
                kinds.push(None);
                continue;
            }
            let base = block.heading.and_then(|heading| of_heading.get(heading)?.first().copied());
            let current = opened.or(base);
            // Where shortcomings and plans share a heading, the year to come turns to the plans.
            let shared = block.heading.and_then(|heading| of_heading.get(heading)).is_some_and(|kinds| kinds.len() > 1);
            let later = shared && self.names_later_year(sentence.view);
            let turn = openers.iter().enumerate().find(|(kind, list)| {
                let said = !within(list, sentence.view).is_empty();
                let turns = said || later && self.pack.sections[*kind].next_year;
                Some(*kind) != current && turns && self.may_turn(current, *kind)
            });
            if let Some((kind, _)) = turn.filter(|_| block.role != Role::Heading) {
                opened = Some(kind);
            }
            kinds.push(opened.or(base));
        }
        kinds
    }

    /// From work done to shortcomings and plans, from shortcomings to plans; back only to a part about work done
    /// that has its own turn of phrase, such as the closing words.
    fn may_turn(&self, from: Option<usize>, to: usize) -> bool {
        let rank = |mood| match mood {
            Mood::Done => 0,
            Mood::Shortcoming => 1,
            Mood::Plan => 2,
        };
        let from = from.map_or(Mood::Done, |kind| self.pack.sections[kind].mood);
        let to = self.pack.sections[to].mood;
        to == Mood::Done || rank(to) > rank(from)
    }
}
