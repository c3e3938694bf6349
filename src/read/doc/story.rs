//! From the units of a Word 97–2003 file to lines: paragraphs, cells, hard line breaks, marks that stand for
//! something else.

use std::ops::Range;

use super::{
    ReadError,
    boxes::TextBox,
    count::Counter,
    lists::{LEVELS, Lists},
    pages::{Kind, Stretches},
    pieces::{CODE, DELETED, HIDDEN, INSERTED, SPECIAL, Unit},
    styles::Styles,
};
use crate::{
    document::{Format, NoteKind, ParagraphKind, Source},
    read::output::Output,
};

/// The name of the stream that the text stands in, as a part's name in places.
const PART: &str = "WordDocument";

const COMMENT: u16 = 0x05;
const CELL_END: u16 = 0x07;
const LINE_BREAK: u16 = 0x0b;
const PAGE_BREAK: u16 = 0x0c;
const PARAGRAPH_END: u16 = 0x0d;
const COLUMN_BREAK: u16 = 0x0e;
const FIELD_START: u16 = 0x13;
const FIELD_RESULT: u16 = 0x14;
const FIELD_END: u16 = 0x15;
const HARD_HYPHEN: u16 = 0x1e;
const SOFT_HYPHEN: u16 = 0x1f;
/// A unit that stands for a sign of another font has this value, and its marks say so.
const SYMBOL: u16 = 0x28;

/// What stands for a sign of a font of signs, which means nothing without the font.
const SIGN: char = '•';

/// Writes stories, one after the other.
pub(super) struct Writer<'a> {
    paragraphs: &'a Stretches<'a>,
    styles: &'a Styles,
    lists: &'a Lists,
    counter: Counter<'a>,
    output: Output,
    /// How many paragraphs were written.
    paragraph: usize,
    tables: usize,
}

/// A paragraph of a story.
struct Block {
    /// Its units in the story, its mark included.
    units: Range<usize>,
    properties: Kind,
    /// Whether its mark ends a cell or a row.
    ends_cell: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(paragraphs: &'a Stretches<'a>, styles: &'a Styles, lists: &'a Lists) -> Self {
        let mut output = Output::new();
        output.enter_part(PART);
        Self { paragraphs, styles, lists, counter: Counter::new(lists), output, paragraph: 0, tables: 0 }
    }

    /// Writes a story; `kind` is what its paragraphs are outside of tables. Text boxes follow what they hang at;
    /// `framed` is the story that holds them.
    pub(super) fn story(
        &mut self,
        units: &[Unit],
        kind: ParagraphKind,
        boxes: &[TextBox],
        framed: &[Unit],
    ) -> Result<(), ReadError> {
        let mut boxes = boxes.iter().peekable();
        let blocks = self.blocks(units);
        let mut rest = blocks.as_slice();
        while let Some(first) = rest.first() {
            let cells = rest.iter().take_while(|block| block.properties.in_table).count();
            let length = if first.properties.in_table { cells } else { 1 };
            let (group, behind) = rest.split_at(length);
            self.group(group, units, kind);
            let end = group.last().map_or(0, |last| last.units.end);
            while let Some(text_box) = boxes.next_if(|text_box| text_box.anchor < end || behind.is_empty()) {
                self.story(framed.get(text_box.start..text_box.end).unwrap_or_default(), kind, &[], &[])?;
            }
            rest = behind;
            self.output.check()?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Source, ReadError> {
        self.output.finish(Format::Doc)
    }

    /// The paragraphs of a story. Those of a table and those of no table never stand in one block.
    fn blocks(&self, units: &[Unit]) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut start = 0;
        for (index, unit) in units.iter().enumerate() {
            if self.ends_paragraph(unit) || index + 1 == units.len() {
                let own = self.paragraphs.kind(unit.place).unwrap_or_default();
                let mut properties = self.styles.complete(own);
                properties.in_table |= unit.value == CELL_END;
                blocks.push(Block { units: start..index + 1, properties, ends_cell: unit.value == CELL_END });
                start = index + 1;
            }
        }
        blocks
    }

    /// Whether a unit ends its paragraph. One whose mark is deleted runs on into the next.
    fn ends_paragraph(&self, unit: &Unit) -> bool {
        match unit.value {
            PARAGRAPH_END => unit.marks & (DELETED | CODE) == 0,
            CELL_END => true,
            // It ends a section and its last paragraph, or it is a page break inside a paragraph.
            PAGE_BREAK => self.paragraphs.ends_at(unit.place),
            _ => false,
        }
    }

    /// Writes a table, or paragraphs outside of one. A table of a single cell is a frame around text that is no
    /// table; a table in a note or a header does not matter as a table.
    fn group(&mut self, group: &[Block], units: &[Unit], kind: ParagraphKind) {
        let is_cell = |block: &&Block| block.ends_cell && !block.properties.ends_row;
        let is_table = group.iter().filter(is_cell).count() > 1 && kind == ParagraphKind::Body;
        let table = self.tables;
        self.tables += usize::from(is_table);
        let mut row = 0;
        for block in group {
            if block.ends_cell && block.properties.ends_row {
                row += 1;
            } else {
                let kind = if is_table { ParagraphKind::Cell { table, row } } else { kind };
                self.paragraph(units.get(block.units.clone()).unwrap_or_default(), block.properties, kind);
            }
            self.paragraph += 1;
        }
    }

    fn paragraph(&mut self, units: &[Unit], properties: Kind, kind: ParagraphKind) {
        let label = self.label(properties).unwrap_or_default();
        let is_deleted = units.last().is_some_and(|mark| mark.marks & DELETED != 0);
        self.output.begin(if is_deleted { "" } else { &label });
        self.output.enter_paragraph(self.paragraph);
        self.content(units);
        let contents = kind == ParagraphKind::Body && self.styles.is_contents(properties.style);
        let kind = if contents { ParagraphKind::Furniture } else { kind };
        let depth = properties.outline.filter(|outline| *outline < 9).map(|outline| outline + 1);
        self.output.end(kind, depth, true);
    }

    /// The automatic number of a paragraph.
    fn label(&mut self, properties: Kind) -> Option<String> {
        let list = properties.list.filter(|list| *list > 0)?;
        let mut names = self.styles.names(properties.style);
        let linked = || names.find_map(|style| self.lists.level_of_style(list, style));
        let level = usize::from(properties.level.or_else(linked).unwrap_or_default());
        self.counter.label(list, level.min(LEVELS - 1))
    }

    fn content(&mut self, units: &[Unit]) {
        let (mut marks, mut inserted, mut high) = (0, 0, None);
        for unit in units.iter().filter(|unit| unit.marks & CODE == 0) {
            self.mark(unit.marks, &mut marks, &mut inserted);
            if unit.marks & (DELETED | HIDDEN) == 0 {
                self.unit(*unit, &mut high);
            }
        }
        self.mark(0, &mut marks, &mut inserted);
    }

    /// Notes what begins or ends before the next unit.
    fn mark(&mut self, marks: u8, before: &mut u8, inserted: &mut usize) {
        let (begins, ends) = (marks & !*before, *before & !marks);
        *before = marks;
        let place = self.output.place();
        if ends & INSERTED != 0 && *inserted < place {
            self.output.note(NoteKind::Insertion, *inserted);
        }
        if begins & INSERTED != 0 {
            *inserted = place;
        }
        if begins & DELETED != 0 {
            self.output.note(NoteKind::Deletion, place);
        }
        if begins & HIDDEN != 0 {
            self.output.note(NoteKind::Hidden, place);
        }
    }

    /// Writes a unit; `high` is the first half of a character of two units.
    fn unit(&mut self, unit: Unit, high: &mut Option<u16>) {
        let first = high.take();
        match unit.value {
            LINE_BREAK | COLUMN_BREAK | PAGE_BREAK => self.output.write_break(),
            COMMENT => self.output.note(NoteKind::Comment, self.output.place()),
            HARD_HYPHEN => self.output.write_char('-'),
            SOFT_HYPHEN => self.output.skip(),
            SYMBOL if unit.marks & SPECIAL != 0 => self.output.write_char(SIGN),
            0xd800..=0xdbff => *high = Some(unit.value),
            0x09 | 0x20.. => {
                let pair = first.into_iter().chain([unit.value]);
                for char in char::decode_utf16(pair) {
                    self.output.write_char(char.unwrap_or(char::REPLACEMENT_CHARACTER));
                }
            }
            _ => {}
        }
    }
}

/// Marks the codes of fields (` PAGE `), from their start to their result or, where they have none, their end.
/// A start without an end marks nothing.
pub(super) fn mark_field_codes(units: &mut [Unit]) {
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    // How many codes begin at a unit, less those that ended before it; codes stand inside codes.
    let mut begun = vec![0i32; units.len() + 1];
    for (index, unit) in units.iter().enumerate() {
        match unit.value {
            FIELD_START => open.push((index, None)),
            FIELD_RESULT => {
                if let Some((_, result)) = open.last_mut() {
                    result.get_or_insert(index);
                }
            }
            FIELD_END => {
                let Some((start, result)) = open.pop() else { continue };
                begun[start] += 1;
                begun[result.unwrap_or(index) + 1] -= 1;
            }
            _ => {}
        }
    }
    let mut depth = 0;
    for (unit, begun) in units.iter_mut().zip(begun) {
        depth += begun;
        if depth > 0 {
            unit.marks |= CODE;
        }
    }
}
