//! What is to happen to which run: comments that open and close there, characters that are replaced.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    place::Place,
    revision::{Revision, is_cut, strokes_in},
};
use crate::read::docx::{Anatomy, Stroke};

/// What happens to one run. Places are characters of its paragraph.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The paragraph around it.
    pub(super) paragraph: usize,
    /// Comments that begin before a character.
    pub(super) opens: BTreeMap<usize, Vec<i64>>,
    /// Comments that end behind the character before.
    pub(super) closes: BTreeMap<usize, Vec<i64>>,
    /// Where characters that go begin.
    pub(super) deletes: BTreeSet<usize>,
    /// Where they have ended.
    pub(super) keeps: BTreeSet<usize>,
    /// What comes before a character and all that begins there.
    pub(super) leads: BTreeMap<usize, Insertion>,
    /// What comes behind the character before.
    pub(super) follows: BTreeMap<usize, Insertion>,
}

/// New text.
#[derive(Debug)]
pub(super) struct Insertion {
    /// The text.
    pub(super) text: String,
    /// The run whose look it takes.
    pub(super) like: usize,
}

impl Plan {
    /// Whether anything begins or ends at character `at`.
    pub(super) fn happens(&self, at: usize) -> bool {
        self.opens.contains_key(&at)
            || self.closes.contains_key(&at)
            || self.deletes.contains(&at)
            || self.keeps.contains(&at)
            || self.leads.contains_key(&at)
            || self.follows.contains_key(&at)
    }

    /// Whether a run from character `first` to `end` has to be cut or deleted.
    pub(super) fn cuts(&self, first: usize, end: usize) -> bool {
        let inside = first + 1..end.max(first + 1);
        !self.deletes.is_empty()
            || [&self.opens, &self.closes].iter().any(|marks| marks.range(inside.clone()).next().is_some())
            || [&self.leads, &self.follows].iter().any(|marks| marks.range(inside.clone()).next().is_some())
    }
}

/// The plans of a file.
pub(super) struct Plans<'a> {
    anatomy: &'a Anatomy,
    /// By the tag of the run.
    pub(super) runs: BTreeMap<usize, Plan>,
    /// Comments on paragraphs without characters, by the tag of the paragraph.
    pub(super) bare: BTreeMap<usize, Vec<i64>>,
}

impl<'a> Plans<'a> {
    /// Nothing planned.
    pub(super) const fn new(anatomy: &'a Anatomy) -> Self {
        Self { anatomy, runs: BTreeMap::new(), bare: BTreeMap::new() }
    }

    /// Plans a comment.
    pub(super) fn comment(&mut self, id: i64, place: Place) {
        match place {
            Place::Characters { paragraph, start, end } => self.range(id, paragraph, start, end),
            Place::Carrier { paragraph, carrier } => {
                let (first, end) = extent(self.strokes(paragraph), carrier);
                let plan = self.plan(paragraph, carrier);
                plan.opens.entry(first).or_default().push(id);
                plan.closes.entry(end).or_default().push(id);
            }
            Place::Paragraph(tag) => self.bare.entry(tag).or_default().push(id),
        }
    }

    fn range(&mut self, id: i64, paragraph: usize, start: usize, end: usize) {
        let strokes = self.strokes(paragraph);
        let (Some(first), Some(last)) =
            (strokes_in(strokes, start, end).first(), strokes_in(strokes, start, end).last())
        else {
            return;
        };
        // A formula or an alternative is marked whole.
        let whole = |stroke: &Stroke| (!self.splits(strokes, stroke.carrier)).then(|| extent(strokes, stroke.carrier));
        let start = whole(first).map_or(start.max(first.first), |(begin, _)| begin);
        let end = whole(last).map_or(end.min(last.end), |(_, end)| end);
        let (first, last) = (first.carrier, last.carrier);
        self.plan(paragraph, first).opens.entry(start).or_default().push(id);
        self.plan(paragraph, last).closes.entry(end).or_default().push(id);
    }

    /// Plans a replacement.
    pub(super) fn change(&mut self, revision: &Revision) {
        let Revision { paragraph, start, end, text, leads } = revision;
        let (from, to) = match (start == end, leads) {
            (true, true) => (*start, start + 1),
            (true, false) => (start.saturating_sub(1), *start),
            (false, _) => (*start, *end),
        };
        let strokes = self.strokes(*paragraph);
        let mut carriers: Vec<usize> = strokes_in(strokes, from, to).iter().map(|stroke| stroke.carrier).collect();
        carriers.dedup();
        let (Some(like), Some(last)) = (carriers.first().copied(), carriers.last().copied()) else { return };
        for carrier in carriers {
            let (first, behind) = extent(strokes, carrier);
            let plan = self.plan(*paragraph, carrier);
            if start < end {
                plan.deletes.insert((*start).max(first));
                plan.keeps.insert((*end).min(behind));
            }
            if carrier == last && !text.is_empty() {
                let insertions = if *leads { &mut plan.leads } else { &mut plan.follows };
                insertions.insert(*end, Insertion { text: text.clone(), like });
            }
        }
    }

    fn plan(&mut self, paragraph: usize, carrier: usize) -> &mut Plan {
        self.runs.entry(carrier).or_insert_with(|| Plan { paragraph, ..Plan::default() })
    }

    fn strokes(&self, paragraph: usize) -> &'a [Stroke] {
        self.anatomy.strokes.get(&paragraph).map_or(&[], Vec::as_slice)
    }

    /// Whether comments may begin and end inside the carrier.
    fn splits(&self, strokes: &[Stroke], carrier: usize) -> bool {
        self.anatomy.main.is(carrier, "r") && of_carrier(strokes, carrier).iter().all(|own| is_cut(self.anatomy, own))
    }
}

/// The strokes of a carrier. Carriers stand one behind the other in their paragraph.
pub(super) fn of_carrier(strokes: &[Stroke], carrier: usize) -> &[Stroke] {
    let first = strokes.partition_point(|stroke| stroke.carrier < carrier);
    let end = strokes.partition_point(|stroke| stroke.carrier <= carrier);
    strokes.get(first..end).unwrap_or_default()
}

/// The characters that a carrier holds, from its first to behind its last; nothing at 0 where it holds none.
pub(super) fn extent(strokes: &[Stroke], carrier: usize) -> (usize, usize) {
    let own = of_carrier(strokes, carrier);
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return (0, 0) };
    (first.first, last.end)
}
