//! What each line of a report looks like on the page: [`Layout`], made of the document's blocks. It draws nothing.

use std::collections::BTreeMap;

use crate::{
    diagnostic::At,
    document::{Block, Document, Role},
    text::Span,
};

/// A line of the text that belongs to a block.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Which block.
    pub(super) block: usize,
    /// What the block is for.
    pub(super) role: Role,
    /// Its level from 1, of a heading that stands alone.
    pub(super) level: Option<u8>,
    /// What of the line is text of the report; of a row its cells.
    pub(super) spans: Vec<Span>,
    /// Whether the block goes on here from the line before.
    pub(super) continues: bool,
}

/// The lines of a report by their index, and where what is absent belongs.
#[derive(Debug, Default)]
pub(super) struct Layout {
    lines: BTreeMap<usize, Line>,
    before: BTreeMap<usize, Vec<usize>>,
    behind: BTreeMap<usize, Vec<usize>>,
}

impl Layout {
    /// The layout of `document`. `absent` are the places of what is absent, each with the number of its finding.
    pub(super) fn new(document: &Document, absent: impl Iterator<Item = (usize, Span, At)>) -> Self {
        let mut layout = Self::default();
        let levels: BTreeMap<usize, u8> =
            document.headings.iter().map(|heading| (heading.block, heading.level)).collect();
        for (index, block) in document.blocks.iter().enumerate() {
            let level = levels.get(&index).copied().filter(|_| block.role == Role::Heading);
            layout.add_block(document, index, block, level);
        }
        for (number, span, at) in absent {
            let line = document.lines.index(span.start.min(document.text.len()));
            let (first, last) = layout.block_around(line);
            let (places, line) = match at {
                At::Before => (&mut layout.before, first),
                At::Inside | At::After => (&mut layout.behind, last),
            };
            places.entry(line).or_default().push(number);
        }
        layout
    }

    /// The line with this index; none where it belongs to no block.
    pub(super) fn line(&self, index: usize) -> Option<&Line> {
        self.lines.get(&index)
    }

    /// The findings about what should stand before the line with this index.
    pub(super) fn before(&self, index: usize) -> &[usize] {
        self.before.get(&index).map_or(&[], Vec::as_slice)
    }

    /// The findings about what should stand behind the line with this index.
    pub(super) fn behind(&self, index: usize) -> &[usize] {
        self.behind.get(&index).map_or(&[], Vec::as_slice)
    }

    /// Whether anything should stand before or behind the line with this index.
    pub(super) fn has_absent(&self, index: usize) -> bool {
        !self.before(index).is_empty() || !self.behind(index).is_empty()
    }

    fn add_block(&mut self, document: &Document, index: usize, block: &Block, level: Option<u8>) {
        for (place, span) in block.spans.iter().filter(|span| !span.is_empty()).enumerate() {
            for number in document.lines.index(span.start)..=document.lines.index(span.end - 1) {
                let continues = place > 0;
                let line = self.lines.entry(number).or_insert_with(|| Line {
                    block: index,
                    role: block.role,
                    level,
                    spans: Vec::new(),
                    continues,
                });
                line.spans.push(*span);
            }
        }
    }

    /// The first and the last line of the block that holds a line.
    fn block_around(&self, line: usize) -> (usize, usize) {
        let Some(block) = self.line(line).map(|line| line.block) else { return (line, line) };
        let is_own = |(_, other): &(&usize, &Line)| other.block == block;
        let first = self.lines.range(..=line).rev().take_while(is_own).last();
        let last = self.lines.range(line..).take_while(is_own).last();
        (first.map_or(line, |(first, _)| *first), last.map_or(line, |(last, _)| *last))
    }
}
