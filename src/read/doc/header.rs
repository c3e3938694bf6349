//! The header of a Word 97–2003 file (FIB): which tables stand where, and how long the parts of the text are.
//!
//! Offsets and field names are those of [MS-DOC] 2.5. Nothing is read behind them here.

use super::{
    ReadError,
    bytes::{offset_at, part, u16_at},
};

/// The first two bytes of the stream in Word 97 and later.
const MARK: u16 = 0xa5ec;
/// Where the character counts (`ccpText` and on) begin.
const COUNTS: usize = 76;
/// Where the pairs of offset and length (`FibRgFcLcb`) begin.
const PAIRS: usize = 154;
/// Versions (`nFib`) below this one are of Word 6 and 95, whose tables are built otherwise.
const OLDEST: u16 = 0x6a;

/// A table of the file, by its place among the pairs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Table {
    /// Styles (STSH).
    Styles = 1,
    /// Pages of character properties (`PlcBteChpx`).
    Characters = 12,
    /// Pages of paragraph properties (`PlcBtePapx`).
    Paragraphs = 13,
    /// The pieces of the text (`Clx`).
    Pieces = 33,
    /// Where shapes hang in the body (`PlcSpaMom`).
    Shapes = 40,
    /// Text boxes of the body (`PlcftxbxTxt`).
    TextBoxes = 56,
    /// Lists (`PlfLst`).
    Lists = 73,
    /// Uses of lists (`PlfLfo`).
    ListUses = 74,
}

/// The parts of the text, in their order in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    /// The body.
    Body,
    /// Footnotes.
    Footnotes,
    /// Page headers and footers.
    Headers,
    /// Macros, of no use.
    Macros,
    /// Comments.
    Comments,
    /// Endnotes.
    Endnotes,
    /// Text boxes of the body.
    TextBoxes,
    /// Text boxes of page headers.
    HeaderTextBoxes,
}

/// All stories in the order of the file.
pub(super) const STORIES: [Story; 8] = [
    Story::Body,
    Story::Footnotes,
    Story::Headers,
    Story::Macros,
    Story::Comments,
    Story::Endnotes,
    Story::TextBoxes,
    Story::HeaderTextBoxes,
];

/// The header of the stream `WordDocument`.
#[derive(Debug)]
pub(super) struct Header<'a> {
    stream: &'a [u8],
    flags: u16,
}

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// Where the file is encrypted, of an older Word or no Word file.
    pub(super) fn read(stream: &'a [u8]) -> Result<Self, ReadError> {
        let (Some(mark), Some(version), Some(flags)) = (u16_at(stream, 0), u16_at(stream, 2), u16_at(stream, 10))
        else {
            return Err(ReadError::damaged("文件头不完整"));
        };
        // Word 6 and 95 have another mark, and write a lower version beside this one in files saved for them.
        if (mark & 0xff00 == 0xa500 && mark != MARK) || (mark == MARK && version < OLDEST) {
            return Err(ReadError::other_format("old-word", " Word 6.0 或 Word 95 文件"));
        }
        if mark != MARK {
            return Err(ReadError::damaged("文件头不对"));
        }
        if flags & 0x0100 != 0 {
            return Err(ReadError::encrypted());
        }
        Ok(Self { stream, flags })
    }

    /// The name of the stream that holds the tables.
    pub(super) fn table_stream(&self) -> &'static str {
        if self.flags & 0x0200 == 0 { "0Table" } else { "1Table" }
    }

    /// The bytes of `table` in the stream of tables, none where the file has no such table.
    pub(super) fn table<'t>(&self, table: Table, tables: &'t [u8]) -> Option<&'t [u8]> {
        let (start, length) = self.place(table)?;
        part(tables, start, length).filter(|bytes| !bytes.is_empty())
    }

    /// Where `table` stands in the stream of tables: first byte and length in bytes.
    pub(super) fn place(&self, table: Table) -> Option<(usize, usize)> {
        let at = PAIRS + 8 * table as usize;
        Some((offset_at(self.stream, at)?, offset_at(self.stream, at + 4)?))
    }

    /// How long a story is, in units of the text (`ccp`).
    pub(super) fn length(&self, story: Story) -> usize {
        offset_at(self.stream, COUNTS + 4 * story as usize).unwrap_or_default()
    }
}
