//! From a page to blocks in reading order: lines of text and rows of tables.

use super::{
    grid::{Cell, Grid, grids},
    line::Line,
    lines::{Placed, lines, main_turn, place},
    page::{Page, Turn},
};

/// What stands on a page beneath each other.
#[derive(Debug)]
pub(super) enum Block {
    /// A line of running text.
    Line(Line),
    /// A row of a table.
    Row {
        /// Which table of its page.
        table: usize,
        /// Its cells from left to right.
        cells: Vec<Box>,
    },
}

impl Block {
    /// The line, if it is one.
    pub(super) fn as_line(&self) -> Option<&Line> {
        match self {
            Self::Line(line) => Some(line),
            Self::Row { .. } => None,
        }
    }
}

/// A cell of a table with its lines.
#[derive(Debug)]
pub(super) struct Box {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) lines: Vec<Line>,
}

/// A page cut into blocks.
#[derive(Debug)]
pub(super) struct Sheet {
    /// From 1.
    pub(super) page: usize,
    /// The size of the page, turned so that most lines run to the right.
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) blocks: Vec<Block>,
    /// Lines that run otherwise than most: watermarks, marginal notes.
    pub(super) apart: Vec<Line>,
    /// Ruled lines across the page that belong to no table: y, left, right.
    pub(super) bars: Vec<(f32, f32, f32)>,
}

/// Cuts a page into blocks.
pub(super) fn sheet(page: &Page) -> Sheet {
    let turn = main_turn(page);
    let upright = turn == Turn::Right;
    let grids = if upright { grids(&page.rules) } else { Vec::new() };
    let (in_tables, outside): (Vec<Placed>, Vec<Placed>) = place(page, turn).into_iter().partition(|glyph| {
        let (x, y) = glyph.middle();
        grids.iter().any(|grid| grid.holds(x, y))
    });
    let lines_outside = lines(&outside, page.number, turn);
    let mut blocks: Vec<Block> = lines_outside.into_iter().map(Block::Line).collect();
    for (table, grid) in grids.iter().enumerate() {
        insert(&mut blocks, table, grid, &in_tables, page.number);
    }
    let others =
        [Turn::Right, Turn::Down, Turn::Left, Turn::Up, Turn::Askew].into_iter().filter(|other| *other != turn);
    let apart = others.flat_map(|other| lines(&place(page, other), page.number, other)).collect();
    let is_free = |x: f32, y: f32| !grids.iter().any(|grid| grid.holds(x, y - 1.0) || grid.holds(x, y + 1.0));
    let across = page.rules.iter().filter(|rule| upright && rule.across);
    let bars = across.filter(|rule| is_free((rule.from + rule.to) / 2.0, rule.at));
    let bars = bars.map(|rule| (rule.at, rule.from, rule.to)).collect();
    let (width, height) = match turn {
        Turn::Down | Turn::Up => (page.height, page.width),
        _ => (page.width, page.height),
    };
    Sheet { page: page.number, width, height, blocks, apart, bars }
}

/// Puts the rows of a table where its first glyph was drawn.
fn insert(blocks: &mut Vec<Block>, table: usize, grid: &Grid, glyphs: &[Placed], page: usize) {
    let mut by_cell: Vec<Vec<Placed>> = vec![Vec::new(); grid.cells.len()];
    for glyph in glyphs {
        let (x, y) = glyph.middle();
        if let Some(cell) = grid.cell_at(x, y).and_then(|cell| by_cell.get_mut(cell)) {
            cell.push(*glyph);
        }
    }
    let Some(order) = by_cell.iter().flatten().map(|glyph| glyph.order).min() else { return };
    let mut rows: Vec<(usize, Vec<Box>)> = Vec::new();
    for (cell, glyphs) in grid.cells.iter().zip(&by_cell).filter(|(_, glyphs)| !glyphs.is_empty()) {
        let filled = fill(cell, glyphs, page);
        match rows.last_mut() {
            Some((row, boxes)) if *row == cell.row => boxes.push(filled),
            _ => rows.push((cell.row, vec![filled])),
        }
    }
    let comes_after = |block: &Block| matches!(block, Block::Line(line) if line.order > order);
    let place = blocks.iter().position(comes_after).unwrap_or(blocks.len());
    blocks.splice(place..place, rows.into_iter().map(|(_, cells)| Block::Row { table, cells }));
}

fn fill(cell: &Cell, glyphs: &[Placed], page: usize) -> Box {
    Box { left: cell.left, right: cell.right, lines: lines(glyphs, page, Turn::Right) }
}
