//! From all pages to a [`Source`]: furniture out, margins measured, lines joined over pages, tables as rows.

use super::{
    blocks::{Block, Box, Sheet},
    furniture,
    line::Line,
    measure::{self, Measure},
    paragraphs::{self, Measured, Paragraph},
    rows,
    words::opens_with_number,
    writer::Writer,
};
use crate::document::{ParagraphKind, Source};

/// A heading that only its size or font shows has no more characters.
const LONGEST_HEADING: usize = 40;
/// A heading is larger than the text by this factor.
const LARGER: f32 = 1.12;

/// A stretch of the body.
enum Part {
    Text(Vec<Measured>),
    Row { table: usize, row: usize, cells: Vec<Box> },
}

/// Makes a source of the pages. `pages` are their widths and heights.
pub(super) fn assemble(mut sheets: Vec<Sheet>, pages: Vec<(f32, f32)>) -> Source {
    let size = measure::main_size(sheets.iter().flat_map(|sheet| lines_of(&sheet.blocks)));
    let taken = furniture::take(&mut sheets, size);
    let mut writer = Writer::new(pages);
    let parts = parts(sheets, size);
    let styles = Styles::of(&parts, size);
    let mut in_head = true;
    for part in parts {
        match part {
            Part::Text(lines) => {
                for paragraph in paragraphs::join(&lines) {
                    in_head &= !is_running_text(&paragraph);
                    let depth = if in_head { None } else { styles.depth(&paragraph) };
                    writer.push(&paragraph, ParagraphKind::Body, depth);
                }
            }
            Part::Row { table, row, cells } => {
                for cell in cells {
                    for paragraph in paragraphs::join_cell(&cell.lines, cell.left, cell.right) {
                        writer.push(&paragraph, ParagraphKind::Cell { table, row }, None);
                    }
                }
            }
        }
    }
    for note in join_notes(taken.notes) {
        writer.push(&note, ParagraphKind::Note, None);
    }
    for line in taken.furniture {
        writer.push(&vec![line], ParagraphKind::Furniture, None);
    }
    writer.finish()
}

fn lines_of(blocks: &[Block]) -> impl Iterator<Item = &Line> {
    blocks.iter().flat_map(|block| match block {
        Block::Line(line) => vec![line],
        Block::Row { cells, .. } => cells.iter().flat_map(|cell| &cell.lines).collect(),
    })
}

/// Whether a paragraph is of the report's text, behind its title and addressee.
fn is_running_text(paragraph: &Paragraph) -> bool {
    paragraph.iter().any(|line| line.letters().contains('。')) || paragraph.first().is_some_and(opens_with_number)
}

/// Cuts the pages into stretches of text with their margins, and rows of tables.
fn parts(sheets: Vec<Sheet>, size: f32) -> Vec<Part> {
    let width = sheets.first().map_or(0.0, |sheet| sheet.width);
    let free: Vec<&Line> = sheets.iter().flat_map(|sheet| &sheet.blocks).filter_map(Block::as_line).collect();
    let file = measure::of_file(&free, size, width);
    let mut cutter = Cutter { parts: Vec::new(), stretch: Vec::new(), last: None, tables: 0, rows: 0, size, file };
    for sheet in sheets {
        let ruled = sheet.blocks.iter().filter_map(table_of).max().map_or(0, |last| last + 1);
        for block in rows::find(sheet.blocks, ruled) {
            match block {
                Block::Line(line) => cutter.add_line(line),
                Block::Row { table, cells } => cutter.add_row(table, cells),
            }
        }
        cutter.end_stretch();
        cutter.last = None;
    }
    cutter.parts
}

/// Parts under construction.
struct Cutter {
    parts: Vec<Part>,
    /// Lines that follow each other down the page.
    stretch: Vec<Line>,
    /// The table of the last block, by its number on the page.
    last: Option<usize>,
    /// How many tables have begun.
    tables: usize,
    /// The number of the last row in its table.
    rows: usize,
    size: f32,
    file: Measure,
}

impl Cutter {
    fn add_line(&mut self, line: Line) {
        // At the top of a column the next stretch begins.
        if self.stretch.last().is_some_and(|before| line.baseline < before.baseline - 0.5 * line.size) {
            self.end_stretch();
        }
        self.stretch.push(line);
    }

    fn add_row(&mut self, table: usize, cells: Vec<Box>) {
        self.end_stretch();
        if self.last == Some(table) {
            self.rows += 1;
        } else {
            (self.rows, self.last) = (0, Some(table));
            self.tables += 1;
        }
        self.parts.push(Part::Row { table: self.tables - 1, row: self.rows, cells });
    }

    /// Adds the lines of the stretch to the text so far.
    fn end_stretch(&mut self) {
        if self.stretch.is_empty() {
            return;
        }
        let measure = measure::of_stretch(&self.stretch.iter().collect::<Vec<_>>(), self.size, self.file);
        let lines = self.stretch.drain(..).enumerate();
        let measured = lines.map(|(place, line)| Measured { line, measure, follows: place > 0 });
        match self.parts.last_mut() {
            Some(Part::Text(text)) => text.extend(measured),
            _ => self.parts.push(Part::Text(measured.collect())),
        }
    }
}

fn table_of(block: &Block) -> Option<usize> {
    match block {
        Block::Row { table, .. } => Some(*table),
        Block::Line(_) => None,
    }
}

/// Joins the lines of footnotes: a note begins with a raised mark, a number or a sign of its own.
fn join_notes(lines: Vec<Line>) -> Vec<Paragraph> {
    let mut notes: Vec<Paragraph> = Vec::new();
    for mut line in lines {
        let begins = line.chars.first().is_some_and(|first| {
            first.raised || first.char.is_ascii_digit() || "①②③④⑤⑥⑦⑧⑨⑩[［〔*＊※注".contains(first.char)
        });
        // Its number is no part of a figure behind it.
        line.chars
            .iter_mut()
            .take_while(|char| begins && char.char.is_ascii_digit())
            .for_each(|char| char.raised = true);
        match notes.last_mut() {
            Some(note) if !begins => note.push(line),
            _ => notes.push(vec![line]),
        }
    }
    notes
}

/// What stands out from the text: sizes, largest first, and fonts other than that of the text.
struct Styles {
    size: f32,
    /// Larger sizes, in half points.
    sizes: Vec<i32>,
    /// The font of most letters where a heading may show by its font: in a report without numbers.
    font: Option<u16>,
}

impl Styles {
    fn of(parts: &[Part], size: f32) -> Self {
        let lines = || {
            parts.iter().flat_map(|part| match part {
                Part::Text(lines) => lines.as_slice(),
                Part::Row { .. } => &[],
            })
        };
        let sizes = lines().filter(|measured| measured.line.size >= LARGER * size);
        let mut sizes: Vec<i32> = sizes.map(|measured| half_points(&measured.line)).collect();
        sizes.sort_unstable_by(|one, other| other.cmp(one));
        sizes.dedup();
        let is_numbered = lines().any(|measured| opens_with_number(&measured.line));
        let mut fonts = std::collections::BTreeMap::<u16, usize>::new();
        for char in lines().flat_map(|measured| &measured.line.chars) {
            *fonts.entry(char.font).or_default() += 1;
        }
        let font = fonts.into_iter().max_by_key(|(_, count)| *count).map(|(font, _)| font);
        Self { size, sizes, font: font.filter(|_| !is_numbered) }
    }

    /// The depth as a heading of a paragraph that stands out.
    fn depth(&self, paragraph: &Paragraph) -> Option<u8> {
        let first = paragraph.first()?;
        let letters: usize = paragraph.iter().map(|line| line.chars.len()).sum();
        let last = paragraph.last().and_then(|line| line.chars.last())?;
        if letters > LONGEST_HEADING || "。！？；：，、…”".contains(last.char) {
            return None;
        }
        if paragraph.iter().all(|line| line.size >= LARGER * self.size) {
            let rank = self.sizes.iter().position(|size| *size == half_points(first))?;
            return u8::try_from(rank + 1).ok();
        }
        let other_font = |char: &super::line::Char| self.font.is_some_and(|font| char.font != font);
        let stands_out = paragraph.len() == 1 && first.size >= 0.98 * self.size && first.chars.iter().all(other_font);
        stands_out.then(|| u8::try_from(self.sizes.len() + 1).ok()).flatten()
    }
}

fn half_points(line: &Line) -> i32 {
    (line.size * 2.0).round() as i32
}
