//! Word 97–2003 files (.doc), and .wps files, which WPS writes in the same form.
//!
//! The text is read through the piece table, as it stands when all tracked changes are accepted. Layout,
//! pictures and macros are not read. Structures are those of [MS-DOC]; every offset is checked.

mod boxes;
mod bytes;
mod change;
mod count;
mod header;
mod lists;
mod pages;
mod pieces;
mod story;
mod styles;

use std::io::{Cursor, Read};

use super::{ReadError, compound, limits};
use crate::document::{ParagraphKind, Source};
use header::{Header, STORIES, Story, Table};
use lists::Lists;
use pages::Stretches;
use story::Writer;
use styles::Styles;

type File<'a> = cfb::CompoundFile<Cursor<&'a [u8]>>;

/// Reads a Word 97–2003 file.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut file = File::open(Cursor::new(bytes)).map_err(|_| ReadError::damaged("文件结构不完整"))?;
    let Some(stream) = stream(&mut file, "WordDocument")? else { return Err(compound::error(bytes)) };
    let header = Header::read(&stream)?;
    let tables = self::stream(&mut file, header.table_stream())?.ok_or_else(|| ReadError::damaged("缺少格式表"))?;
    text(&header, &stream, &tables)
}

/// The bytes of a stream, none where the file has none of this name.
fn stream(file: &mut File<'_>, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
    if !file.is_stream(name) {
        return Ok(None);
    }
    let stream = file.open_stream(name).map_err(|_| ReadError::damaged("文件结构不完整"))?;
    let mut bytes = Vec::new();
    // What can be read of a stream cut short may still be the whole text.
    let _ = stream.take(limits::PART.most as u64 + 1).read_to_end(&mut bytes);
    limits::PART.check(bytes.len())?;
    Ok(Some(bytes))
}

fn text(header: &Header<'_>, stream: &[u8], tables: &[u8]) -> Result<Source, ReadError> {
    let table = |table| header.table(table, tables).unwrap_or_default();
    let mut units = pieces::units(table(Table::Pieces), stream)?;
    Stretches::characters(table(Table::Characters), stream).mark(&mut units);
    let lists = Lists::read(tables, header.place(Table::Lists), header.place(Table::ListUses));
    let styles = Styles::read(table(Table::Styles));
    let paragraphs = Stretches::paragraphs(table(Table::Paragraphs), stream);
    let range = |story| {
        let before = STORIES.iter().take_while(|before| **before != story);
        let start = before.fold(0usize, |start, before| start.saturating_add(header.length(*before))).min(units.len());
        start..start.saturating_add(header.length(story)).min(units.len())
    };
    let ranges = STORIES.map(range);
    ranges.iter().for_each(|range| story::mark_field_codes(units.get_mut(range.clone()).unwrap_or_default()));
    let units =
        |story: Story| ranges.get(story as usize).and_then(|range| units.get(range.clone())).unwrap_or_default();
    let framed = units(Story::TextBoxes);
    let boxes = boxes::read(table(Table::Shapes), table(Table::TextBoxes), framed.len());
    let mut writer = Writer::new(&paragraphs, &styles, &lists);
    writer.story(units(Story::Body), ParagraphKind::Body, &boxes, framed)?;
    writer.story(units(Story::Footnotes), ParagraphKind::Note, &[], &[])?;
    writer.story(units(Story::Endnotes), ParagraphKind::Note, &[], &[])?;
    writer.story(units(Story::Headers), ParagraphKind::Furniture, &[], &[])?;
    writer.story(units(Story::HeaderTextBoxes), ParagraphKind::Furniture, &[], &[])?;
    writer.finish()
}
