//! Rows of tables without ruled lines: lines that are cut by wide gaps at the same places.
//!
//! Only plain cases: two rows of three cells, or three of two, all filled; and a single row with several figures,
//! which would run into each other as text.

use super::{
    blocks::{Block, Box},
    line::{Char, Line},
};

/// Cells stand at least so far apart, in font sizes.
const GAP: f32 = 1.5;
/// The cells of a column stand under each other within so many font sizes.
const ALIGNED: f32 = 1.0;
/// Columns of running text look like cells; those of a table are shorter, in characters.
const LONGEST_CELL: usize = 16;

/// Turns lines that make the rows of a table into rows. `tables` counts the tables of the page so far.
pub(super) fn find(blocks: Vec<Block>, mut tables: usize) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut rows: Vec<(Line, Vec<Line>)> = Vec::new();
    for block in blocks {
        let Block::Line(line) = block else {
            flush(&mut rows, &mut found, &mut tables);
            found.push(block);
            continue;
        };
        let cells = cells(&line);
        let fits = rows.last().is_none_or(|(above, before)| is_below(above, &line) && are_aligned(before, &cells));
        if !fits {
            flush(&mut rows, &mut found, &mut tables);
        }
        if cells.len() > 1 {
            rows.push((line, cells));
        } else {
            found.push(Block::Line(line));
        }
    }
    flush(&mut rows, &mut found, &mut tables);
    found
}

/// Hands over the rows gathered so far, as a table if they make one.
fn flush(rows: &mut Vec<(Line, Vec<Line>)>, found: &mut Vec<Block>, tables: &mut usize) {
    let columns = rows.first().map_or(0, |(_, cells)| cells.len());
    let is_table = (rows.len() >= 2 && columns * rows.len() >= 6) || (columns >= 3 && has_figures(rows));
    for (line, cells) in rows.drain(..) {
        found.push(if is_table {
            let boxed = |line: Line| Box { left: line.left, right: line.right, lines: vec![line] };
            Block::Row { table: *tables, cells: cells.into_iter().map(boxed).collect() }
        } else {
            Block::Line(line)
        });
    }
    *tables += usize::from(is_table);
}

/// Whether two cells of a row or more are figures.
fn has_figures(rows: &[(Line, Vec<Line>)]) -> bool {
    let is_figure = |cell: &&Line| cell.chars.iter().any(|char| char.char.is_ascii_digit());
    rows.iter().any(|(_, cells)| cells.iter().filter(is_figure).count() >= 2)
}

/// The cells of a line; one where it has no wide gap or a cell is too long.
fn cells(line: &Line) -> Vec<Line> {
    let visible: Vec<Char> = line.chars.iter().copied().filter(|char| !char.char.is_whitespace()).collect();
    let pieces: Vec<&[Char]> = visible.chunk_by(|before, next| next.left - before.right < GAP * line.size).collect();
    if pieces.iter().any(|piece| piece.len() > LONGEST_CELL) {
        return Vec::new();
    }
    let cell = |piece: &&[Char]| {
        let (first, last) = piece.first().zip(piece.last())?;
        Some(Line { chars: piece.to_vec(), left: first.left, right: last.right, ..line.clone() })
    };
    pieces.iter().filter_map(cell).collect()
}

fn is_below(above: &Line, below: &Line) -> bool {
    let by = below.baseline - above.baseline;
    above.page == below.page && by > 0.5 * below.size && by < 4.0 * below.size
}

/// Whether the cells of two lines stand under each other: by their left edges, middles or right edges.
fn are_aligned(above: &[Line], below: &[Line]) -> bool {
    let near = |one: f32, other: f32, size: f32| (one - other).abs() <= ALIGNED * size;
    above.len() == below.len()
        && above.iter().zip(below).all(|(one, other)| {
            near(one.left, other.left, one.size)
                || near(one.right, other.right, one.size)
                || near(one.left + one.right, other.left + other.right, 2.0 * one.size)
        })
}
