//! What belongs to the page and not to the report: headers, footers, page numbers; and the notes at its foot.
//!
//! Told by place and repetition. What it takes is kept and handed over after the text, never dropped.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    blocks::{Block, Sheet},
    line::Line,
};

/// What was taken from the pages.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) notes: Vec<Line>,
    pub(super) furniture: Vec<Line>,
}

/// How many lines from the top and the bottom of a page may be a header or footer.
const DEEPEST: usize = 3;
/// A header stands in the top of the page, a footer in the bottom, of so much of its height.
const ZONE: f32 = 0.2;
/// A page number without any mark stands in the outermost part of the page, of so much of its height.
const NUMBER_ZONE: f32 = 0.13;
/// A header is on so many of a hundred pages or more: there may be another one on every second page, none on the first.
const REPEATED: usize = 40;

/// Takes headers, footers, page numbers and footnotes out of the pages. `size` is the size of most of the text.
pub(super) fn take(sheets: &mut [Sheet], size: f32) -> Taken {
    let mut taken = Taken::default();
    let trusts_artifacts = artifacts_are_few(sheets);
    let repeated = repeated(sheets);
    for sheet in sheets.iter_mut() {
        let numbers = page_numbers(sheet);
        let edge: BTreeSet<usize> = edges(sheet).into_iter().map(|(index, _)| index).collect();
        let height = sheet.height;
        let mut index = 0;
        let mut own = Vec::new();
        sheet.blocks.retain(|block| {
            index += 1;
            let Block::Line(line) = block else { return true };
            let repeats = edge.contains(&(index - 1)) && repeated.contains(&key(line, height));
            let is_furniture = repeats || numbers.contains(&(index - 1)) || (line.artifact && trusts_artifacts);
            if is_furniture {
                own.push(line.clone());
            }
            !is_furniture
        });
        own.append(&mut sheet.apart);
        own.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
        taken.furniture.append(&mut own);
        take_notes(sheet, size, &mut taken.notes);
    }
    taken
}

/// Whether the marks that a file sets on what belongs to the page can be trusted: some mark everything.
fn artifacts_are_few(sheets: &[Sheet]) -> bool {
    let (mut marked, mut all) = (0, 0);
    for line in sheets.iter().flat_map(|sheet| &sheet.blocks).filter_map(Block::as_line) {
        all += line.chars.len();
        marked += if line.artifact { line.chars.len() } else { 0 };
    }
    marked * 3 < all
}

/// The blocks that are lines near the top or the bottom of the page, each with its rank from the edge.
fn edges(sheet: &Sheet) -> Vec<(usize, usize)> {
    let mut lines: Vec<(usize, f32)> = sheet
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| block.as_line().map(|line| (index, line.baseline)))
        .collect();
    lines.sort_by(|one, other| one.1.total_cmp(&other.1));
    let top = lines.iter().take(DEEPEST).enumerate().filter(|(_, (_, y))| *y <= ZONE * sheet.height);
    let low = (1.0 - ZONE) * sheet.height;
    let bottom = lines.iter().rev().take(DEEPEST).enumerate().filter(|(_, (_, y))| *y >= low);
    top.chain(bottom).map(|(rank, (index, _))| (*index, rank)).collect()
}

/// What lines of different pages have in common if they are the same header: height from the nearer edge and text
/// without digits.
fn key(line: &Line, height: f32) -> (i32, String) {
    let y = if line.baseline < height / 2.0 { line.baseline } else { line.baseline - height };
    let text = line.letters().chars().filter(|char| !is_digit(*char)).collect();
    ((y / 4.0).round() as i32, text)
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || ('０'..='９').contains(&char)
}

/// The keys of lines that stand at the same place on many pages.
fn repeated(sheets: &[Sheet]) -> BTreeSet<(i32, String)> {
    let mut pages: BTreeMap<(i32, String), BTreeSet<usize>> = BTreeMap::new();
    for sheet in sheets {
        for (index, _) in edges(sheet) {
            if let Some(line) = sheet.blocks.get(index).and_then(Block::as_line) {
                let (y, text) = key(line, sheet.height);
                // The same line may fall on both sides of a step.
                for y in [y.saturating_sub(1), y, y.saturating_add(1)] {
                    pages.entry((y, text.clone())).or_default().insert(sheet.page);
                }
            }
        }
    }
    let enough = (sheets.len() * REPEATED / 100).max(2);
    pages
        .into_iter()
        .filter(|((_, text), pages)| !text.is_empty() && pages.len() >= enough)
        .map(|(key, _)| key)
        .collect()
}

/// The blocks that are page numbers: — 3 —, 第3页, or a bare number at the very edge.
fn page_numbers(sheet: &Sheet) -> BTreeSet<usize> {
    let outermost = edges(sheet).into_iter().filter(|(_, rank)| *rank < 2);
    let is_number = |index: &usize| {
        sheet.blocks.get(*index).and_then(Block::as_line).is_some_and(|line| {
            let edge = line.baseline.min(sheet.height - line.baseline);
            match number_form(&line.letters()) {
                Some(NumberForm::Framed) => true,
                Some(NumberForm::Bare) => edge <= NUMBER_ZONE * sheet.height,
                None => false,
            }
        })
    };
    outermost.map(|(index, _)| index).filter(is_number).collect()
}

#[derive(Debug, PartialEq)]
enum NumberForm {
    Framed,
    Bare,
}

fn number_form(text: &str) -> Option<NumberForm> {
    let frame =
        ['—', '-', '–', '－', '―', '─', '~', '～', '·', '•', '第', '页', '/', '／', '共', '|', '（', '）', '(', ')'];
    let digits = text.chars().filter(|char| is_digit(*char)).count();
    let is_number = (1..=8).contains(&digits) && text.chars().all(|char| is_digit(char) || frame.contains(&char));
    if is_number && text.chars().any(|char| !is_digit(char)) {
        return Some(NumberForm::Framed);
    }
    let is_roman = (1..=5).contains(&text.len()) && text.chars().all(|char| "ivxIVX".contains(char));
    ((is_number && digits <= 4) || is_roman).then_some(NumberForm::Bare)
}

/// Takes the small lines below a short bar at the foot of a page.
fn take_notes(sheet: &mut Sheet, size: f32, notes: &mut Vec<Line>) {
    let below = |line: &Line, bar: f32| line.baseline - 0.8 * line.size > bar;
    let is_separator = |(y, from, to): &&(f32, f32, f32)| {
        let short = (20.0..0.55 * sheet.width).contains(&(to - from));
        let mut lines = sheet.blocks.iter().filter_map(Block::as_line).filter(|line| below(line, *y)).peekable();
        let has_rows = sheet.blocks.iter().any(|block| match block {
            Block::Row { cells, .. } => cells.iter().flat_map(|cell| &cell.lines).any(|line| below(line, *y)),
            Block::Line(_) => false,
        });
        short
            && *y > 0.4 * sheet.height
            && !has_rows
            && lines.peek().is_some()
            && lines.all(|line| line.size < 0.95 * size)
    };
    let highest = sheet.bars.iter().filter(is_separator).map(|(y, ..)| *y).fold(f32::MAX, f32::min);
    sheet.blocks.retain(|block| {
        let Block::Line(line) = block else { return true };
        let is_note = below(line, highest);
        if is_note {
            notes.push(line.clone());
        }
        !is_note
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_page_numbers() {
        for framed in ["—1—", "-12-", "第3页", "第3页共12页", "3/12", "－３－"] {
            assert_eq!(number_form(framed), Some(NumberForm::Framed), "{framed}");
        }
        for bare in ["7", "１２", "iv"] {
            assert_eq!(number_form(bare), Some(NumberForm::Bare), "{bare}");
        }
        for other in ["2024年", "12件", "—", "123456", "一、"] {
            assert_eq!(number_form(other), None, "{other}");
        }
    }
}
