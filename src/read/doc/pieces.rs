//! The text of a Word 97–2003 file, unit by unit, through its piece table (`Clx`).
//!
//! A piece is written in Windows-1252, a byte a unit, or in UTF-16. Each unit keeps its place in the stream
//! (`fc`), by which its properties are found.

use super::{
    ReadError,
    bytes::{offset_at, part, u8_at, u16_at, u32_at},
};
use crate::read::limits;

/// Units of the text that are read; far more than any report holds.
const MOST_UNITS: usize = 8 << 20;

/// A UTF-16 unit of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// The unit.
    pub(super) value: u16,
    /// What its properties say.
    pub(super) marks: u8,
    /// Its first byte in the stream.
    pub(super) place: u32,
}

/// The bit of [`Unit::marks`] for deleted text.
pub(super) const DELETED: u8 = 1;
/// The bit for inserted text.
pub(super) const INSERTED: u8 = 2;
/// The bit for hidden text.
pub(super) const HIDDEN: u8 = 4;
/// The bit for a unit that stands for something else: a note's mark, a picture.
pub(super) const SPECIAL: u8 = 8;
/// The bit for the code of a field.
pub(super) const CODE: u8 = 16;

/// A piece of the text: units `start..end`, of bytes from `offset` of the stream.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
    offset: usize,
    narrow: bool,
    /// The property that a fast save put on the whole piece (`Prm`).
    change: u16,
}

/// Reads all units of the text. `pieces` is the `Clx`, `stream` the stream `WordDocument`.
pub(super) fn units(pieces: &[u8], stream: &[u8]) -> Result<Vec<Unit>, ReadError> {
    let table = piece_table(pieces).ok_or_else(|| ReadError::damaged("文字的分段表不完整"))?;
    let mut units = Vec::new();
    for piece in &table {
        if piece.end > MOST_UNITS {
            return Err(limits::TEXT.error());
        }
        append(&mut units, *piece, stream);
    }
    Ok(units)
}

/// Appends the units of a piece. A piece that leaves the stream ends with it; what is missing stays blank, so
/// that the stories behind it keep their places.
fn append(units: &mut Vec<Unit>, piece: Piece, stream: &[u8]) {
    let width = if piece.narrow { 1 } else { 2 };
    let marks = whole_marks(piece.change);
    for index in 0..piece.end - piece.start {
        let at = piece.offset + index * width;
        let value = if piece.narrow { u8_at(stream, at).map(from_windows) } else { u16_at(stream, at) };
        let place = u32::try_from(at).unwrap_or(u32::MAX);
        units.push(Unit { value: value.unwrap_or_default(), marks, place });
    }
}

/// What a fast save said of a whole piece: deleted, inserted, hidden. Longer changes are not read.
fn whole_marks(change: u16) -> u8 {
    let [low, value] = change.to_le_bytes();
    match (low & 1, low >> 1, value) {
        (0, 0x41, 1) => DELETED,
        (0, 0x42, 1) => INSERTED,
        (0, 0x5c, 1) => HIDDEN,
        _ => 0,
    }
}

fn piece_table(pieces: &[u8]) -> Option<Vec<Piece>> {
    let table = skip_changes(pieces)?;
    let count = table.len().checked_sub(4)? / 12;
    let mut found = Vec::with_capacity(count);
    let mut before = 0;
    for index in 0..count {
        let start = offset_at(table, 4 * index)?;
        let end = offset_at(table, 4 * (index + 1))?;
        let entry = 4 * (count + 1) + 8 * index;
        let place = u32_at(table, entry + 2)?;
        let narrow = place & 0x4000_0000 != 0;
        let offset = usize::try_from(place & 0x3fff_ffff).ok()?;
        let offset = if narrow { offset / 2 } else { offset };
        if start != before || end < start {
            return None;
        }
        before = end;
        found.push(Piece { start, end, offset, narrow, change: u16_at(table, entry + 6)? });
    }
    Some(found)
}

/// The table behind the changes of fast saves (`Prc`) that stand before it.
fn skip_changes(pieces: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        match u8_at(pieces, at)? {
            1 => at += 3 + usize::from(u16_at(pieces, at + 1)?),
            2 => return part(pieces, at + 5, offset_at(pieces, at + 1)?),
            _ => return None,
        }
    }
}

/// A byte of Windows-1252 as a UTF-16 unit; all its characters are one unit.
fn from_windows(byte: u8) -> u16 {
    if (0x80..0xa0).contains(&byte) {
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
        return text.encode_utf16().next().unwrap_or_default();
    }
    u16::from(byte)
}
