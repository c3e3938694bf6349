//! Properties of stretches of a Word 97–2003 file, from its pages of 512 bytes (`ChpxFkp`, `PapxFkp`).
//!
//! A stretch is found by its first byte in the stream. What the changes mean is read by [`Look`] and [`Kind`].

use super::{
    bytes::{part, u8_at, u16_at, u32_at},
    change::{self, changes, is_on},
    pieces::{self, Unit},
};

/// The size of a page in bytes, its number of stretches in the last.
const PAGE: usize = 512;
/// A page holds no more stretches.
const MOST_RUNS: usize = 0x65;
/// Bytes of what stands for a stretch in a page of paragraphs.
const PARAGRAPH_ENTRY: usize = 13;

/// A stretch of bytes of the stream with the list of its changes.
#[derive(Debug, Clone, Copy)]
struct Stretch<'a> {
    start: u32,
    end: u32,
    changes: &'a [u8],
}

/// All stretches of a kind in the order of the stream.
#[derive(Debug, Default)]
pub(super) struct Stretches<'a> {
    all: Vec<Stretch<'a>>,
}

impl<'a> Stretches<'a> {
    /// The stretches of characters. `table` is the table of pages.
    pub(super) fn characters(table: &[u8], stream: &'a [u8]) -> Self {
        Self::read(table, stream, |page, index, count| {
            let at = 2 * usize::from(u8_at(page, 4 * (count + 1) + index)?);
            let length = if at == 0 { 0 } else { usize::from(u8_at(page, at)?) };
            part(page, at + 1, length)
        })
    }

    /// The stretches of paragraphs; their changes begin with the number of the style.
    pub(super) fn paragraphs(table: &[u8], stream: &'a [u8]) -> Self {
        Self::read(table, stream, |page, index, count| {
            let at = 2 * usize::from(u8_at(page, 4 * (count + 1) + PARAGRAPH_ENTRY * index)?);
            if at == 0 {
                return Some(&[]);
            }
            match usize::from(u8_at(page, at)?) {
                0 => part(page, at + 2, 2 * usize::from(u8_at(page, at + 1)?)),
                length => part(page, at + 1, 2 * length - 1),
            }
        })
    }

    fn read(table: &[u8], stream: &'a [u8], list: impl Fn(&'a [u8], usize, usize) -> Option<&'a [u8]>) -> Self {
        // No more pages than the stream has, or a made-up table would take memory without end.
        let pages = (table.len().saturating_sub(4) / 8).min(stream.len() / PAGE);
        let mut all = Vec::new();
        for index in 0..pages {
            let number = u32_at(table, table.len() / 8 * 4 + 4 + 4 * index).map(|number| number & 0x003f_ffff);
            let start = number.and_then(|number| usize::try_from(number).ok()).and_then(|at| at.checked_mul(PAGE));
            let Some(page) = start.and_then(|start| part(stream, start, PAGE)) else { continue };
            let count = u8_at(page, PAGE - 1).map_or(0, usize::from).min(MOST_RUNS);
            for run in 0..count {
                let (Some(start), Some(end)) = (u32_at(page, 4 * run), u32_at(page, 4 * (run + 1))) else { continue };
                if start < end {
                    all.push(Stretch { start, end, changes: list(page, run, count).unwrap_or_default() });
                }
            }
        }
        all.sort_by_key(|stretch| stretch.start);
        Self { all }
    }

    /// The stretch that holds byte `place` of the stream: one behind its last byte, and its changes.
    fn at(&self, place: u32) -> Option<(u32, &'a [u8])> {
        let index = self.all.partition_point(|stretch| stretch.start <= place).checked_sub(1)?;
        self.all.get(index).filter(|stretch| place < stretch.end).map(|stretch| (stretch.end, stretch.changes))
    }

    /// Whether a stretch ends with the unit at byte `place` of the stream.
    pub(super) fn ends_at(&self, place: u32) -> bool {
        self.at(place).is_none_or(|(end, _)| end - place <= 2)
    }

    /// What the paragraph is whose mark stands at byte `place` of the stream.
    pub(super) fn kind(&self, place: u32) -> Option<Kind> {
        let (_, list) = self.at(place)?;
        let mut kind = Kind { style: u16_at(list, 0).unwrap_or_default(), ..Kind::default() };
        kind.apply(list.get(2..).unwrap_or_default());
        Some(kind)
    }

    /// Puts what the characters' properties say on the units of the text.
    pub(super) fn mark(&self, units: &mut [Unit]) {
        let (mut from, mut to, mut marks) = (0, 0, 0);
        for unit in units {
            if !(from..to).contains(&unit.place) {
                let found = self.at(unit.place);
                marks = found.map_or(0, |(_, list)| character_marks(list));
                (from, to) = (unit.place, found.map_or(unit.place, |(end, _)| end));
            }
            unit.marks |= marks;
        }
    }
}

/// The marks of a stretch of characters.
fn character_marks(list: &[u8]) -> u8 {
    changes(list).fold(0, |marks, (code, operand)| {
        let bit = match code {
            change::DELETED => pieces::DELETED,
            change::INSERTED => pieces::INSERTED,
            change::HIDDEN => pieces::HIDDEN,
            change::SPECIAL => pieces::SPECIAL,
            _ => return marks,
        };
        if is_on(operand) { marks | bit } else { marks & !bit }
    })
}

/// What the properties of a paragraph or of a style say; `None` where they are silent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kind {
    /// The number of its style.
    pub(super) style: u16,
    /// Whether it stands in a table.
    pub(super) in_table: bool,
    /// Whether it is the mark that ends a row.
    pub(super) ends_row: bool,
    /// Its use of a list, from 1; 0 for none.
    pub(super) list: Option<i16>,
    /// Its level in the list, from 0.
    pub(super) level: Option<u8>,
    /// Its level in the outline, from 0; 9 for body text.
    pub(super) outline: Option<u8>,
}

impl Kind {
    /// Takes the changes of a list.
    pub(super) fn apply(&mut self, list: &[u8]) {
        for (code, operand) in changes(list) {
            match code {
                change::IN_TABLE => self.in_table |= is_on(operand),
                change::TABLE_DEPTH => self.in_table |= operand.iter().any(|byte| *byte != 0),
                change::ROW_END => self.ends_row = is_on(operand),
                change::LIST_USE => self.list = u16_at(operand, 0).map(u16::cast_signed),
                change::LIST_LEVEL => self.level = u8_at(operand, 0),
                change::OUTLINE_LEVEL => self.outline = u8_at(operand, 0),
                _ => {}
            }
        }
    }
}
