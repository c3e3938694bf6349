//! The report's own unit and its level: by title and signature, else by what the text calls itself.
//!
//! A name in the title weighs most; the text alone decides only where no line of the frame names a unit.

use std::collections::BTreeMap;

use super::{
    Fact,
    frame::Frame,
    name::{Name, Names, Rank},
    words::rest,
};
use crate::{
    document::{Document, Lexicon, Role},
    text::Span,
};

/// What a name is worth as the report's own, by where it stands.
const IN_TITLE: u32 = 8;
const IN_SIGNATURE: u32 = 8;
const IN_HEAD: u32 = 4;
const IN_LEFTOVER: u32 = 2;
const IN_OPENING: u32 = 3;
const IN_TEXT: u32 = 1;
/// Names in the text alone count no more than this, so that a neighbour named often does not win.
const MOST_IN_TEXT: u32 = 6;
/// A unit that no title, head or signature names must reach this.
const ENOUGH_IN_TEXT: u32 = 3;
/// So often must 我镇, 全镇 stand in the text for the level to be taken from them.
const ENOUGH_FOR_LEVEL: usize = 3;

/// The report's own unit.
pub(super) struct Own {
    pub(super) name: Fact<String>,
    pub(super) level: Fact<String>,
    pub(super) rank: Rank,
}

/// A name that may be the report's own.
#[derive(Debug, Clone, Copy)]
struct Candidate<'a> {
    first: Span,
    level: &'a str,
    rank: Rank,
    sure: bool,
    times: u32,
    framed: u32,
    in_text: u32,
}

impl Candidate<'_> {
    const fn score(&self) -> u32 {
        let in_text = if self.in_text < MOST_IN_TEXT { self.in_text } else { MOST_IN_TEXT };
        self.framed + in_text
    }
}

/// Finds names in a document.
pub(super) struct Units<'a> {
    pub(super) document: &'a Document,
    pub(super) lexicon: &'a Lexicon,
    pub(super) frame: &'a Frame<'a>,
    pub(super) names: Names<'a>,
    /// For each block, what belongs to the calendar in its view, counted from its start.
    stops: Vec<Vec<Span>>,
    /// For each block, the names in it, counted from its start.
    found: Vec<Vec<Name<'a>>>,
}

impl<'a> Units<'a> {
    pub(super) fn new(
        document: &'a Document,
        lexicon: &'a Lexicon,
        frame: &'a Frame<'a>,
        calendar: &[Vec<Span>],
    ) -> Self {
        let shifted = |(block, spans): (&crate::document::Block, &Vec<Span>)| {
            let base = block.view.start;
            spans.iter().map(|span| Span::new(span.start - base, span.end - base)).collect()
        };
        let stops: Vec<Vec<Span>> = document.blocks.iter().zip(calendar).map(shifted).collect();
        let names = Names::new(lexicon);
        let found = stops.iter().enumerate().map(|(block, stops)| names.find(frame.view(block), stops)).collect();
        Self { document, lexicon, frame, names, stops, found }
    }

    /// The names in a block, counted from its start.
    pub(super) fn names_of(&self, block: usize) -> &[Name<'a>] {
        self.found.get(block).map_or(&[], Vec::as_slice)
    }

    /// The report's own unit: first by title, head and signature, then by the text.
    pub(super) fn own(&self) -> Option<Own> {
        let candidates = self.candidates();
        let best = |choice: &dyn Fn(&Candidate<'_>) -> bool| {
            let fitting = candidates.iter().filter(|(_, candidate)| choice(candidate));
            fitting.max_by_key(|(_, found)| (found.sure, found.score(), std::cmp::Reverse(found.first.start)))
        };
        let framed = |rank| {
            move |candidate: &Candidate<'_>| {
                candidate.rank == rank && candidate.framed >= IN_HEAD && (candidate.sure || candidate.times > 1)
            }
        };
        let in_text = |candidate: &Candidate<'_>| {
            candidate.rank == Rank::Place && candidate.sure && candidate.score() >= ENOUGH_IN_TEXT
        };
        let (name, found) = best(&framed(Rank::Place))
            .or_else(|| best(&framed(Rank::Body)))
            .or_else(|| best(&framed(Rank::Above)))
            .or_else(|| best(&in_text))?;
        Some(Own {
            name: self.frame.fact((*name).to_owned(), found.first),
            level: self.frame.fact(found.level.to_owned(), found.first),
            rank: found.rank,
        })
    }

    fn candidates(&self) -> BTreeMap<&'a str, Candidate<'a>> {
        let mut candidates: BTreeMap<&'a str, Candidate<'a>> = BTreeMap::new();
        for (index, block) in self.document.blocks.iter().enumerate() {
            let names = self.names_of(index);
            for (place, name) in names.iter().enumerate() {
                let leads_on = names.get(place + 1).is_some_and(|next| next.span.start == name.span.end);
                let (framed, in_text) = self.worth(index, name);
                if leads_on {
                    continue;
                }
                let Some(written) = self.frame.view(index).get(name.span.start..name.span.end) else { continue };
                let first = Span::new(block.view.start + name.span.start, block.view.start + name.span.end);
                let candidate = candidates.entry(written).or_insert(Candidate {
                    first,
                    level: name.level,
                    rank: name.rank,
                    sure: false,
                    times: 0,
                    framed: 0,
                    in_text: 0,
                });
                candidate.sure |= name.sure;
                candidate.times += 1;
                candidate.framed += framed;
                candidate.in_text += in_text;
            }
        }
        candidates
    }

    /// What a name in a block is worth: in the frame, in the text.
    pub(super) fn worth(&self, index: usize, name: &Name<'_>) -> (u32, u32) {
        let role = self.document.blocks.get(index).map_or(Role::Body, |block| block.role);
        let clear = name.opens || name.under;
        if self.frame.title.binary_search(&index).is_ok() {
            return (IN_TITLE, 0);
        }
        match role {
            Role::Addressee | Role::Furniture | Role::Note => (0, 0),
            Role::Residue => (0, if name.rank == Rank::Place { IN_LEFTOVER } else { 0 }),
            _ if self.frame.tail.contains(&index) => {
                (if self.frame.is_signature(self.signing(index)) { IN_SIGNATURE } else { 0 }, 0)
            }
            _ if self.frame.head.contains(&index) => {
                (if self.frame.view(index).ends_with('：') { 0 } else { IN_HEAD }, 0)
            }
            _ if self.frame.opening.contains(&index) && name.opens && name.sure => (0, IN_OPENING),
            _ => (0, if clear && name.sure { IN_TEXT } else { 0 }),
        }
    }

    /// A line of the tail without the date that it may end in.
    fn signing(&self, index: usize) -> &'a str {
        let line = self.frame.view(index);
        let dated = self.stops.get(index).and_then(|stops| stops.last()).filter(|stop| stop.end == line.len());
        dated.map_or(line, |stop| line.get(..stop.start).unwrap_or_default())
    }

    /// The level by which the text calls its own unit (我镇, 全镇), where no name tells it.
    pub(super) fn level(&self) -> Option<Fact<String>> {
        let mut counts: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
        for (index, block) in self.document.blocks.iter().enumerate() {
            let text = self.frame.view(index);
            let mut before = None;
            for (at, char) in text.char_indices() {
                let ending = self.names.ending_at(rest(text, at));
                let own = || before.is_some_and(|char| self.names.is_generic(char) && !self.is_ending(char));
                if let Some(ending) = ending.filter(|ending| self.names.rank(ending) == Rank::Place && own()) {
                    let start = block.view.start + at;
                    let level = self.lexicon.levels.get(ending).map_or(ending, String::as_str);
                    let count = counts.entry(level).or_insert((0, Span::new(start, start + ending.len())));
                    count.0 += 1;
                }
                before = Some(char);
            }
        }
        let most = counts.into_iter().max_by_key(|(_, (count, first))| (*count, std::cmp::Reverse(first.start)));
        let (level, (_, first)) = most.filter(|(_, (count, _))| *count >= ENOUGH_FOR_LEVEL)?;
        Some(self.frame.fact(level.to_owned(), first))
    }

    fn is_ending(&self, char: char) -> bool {
        let mut bytes = [0; 4];
        self.lexicon.levels.contains_key(&*char.encode_utf8(&mut bytes))
    }
}
