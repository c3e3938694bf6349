//! Ruled lines that cross as a table: its cells.
//!
//! Only lines are looked at, no text. A frame around one box is no table.

use super::page::Rule;

/// A cell of a table, in points on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    /// The topmost row of the table that it stands in, from 0.
    pub(super) row: usize,
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

/// The cells of a table, row by row, in a row from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    pub(super) cells: Vec<Cell>,
}

/// Two lines meet, and two edges are one, where they are no farther apart.
const TOUCH: f32 = 2.5;
/// A page with more ruled lines, joined ones counted once, is a drawing.
const MOST_LINES: usize = 400;
/// A table has no more squares.
const MOST_SQUARES: usize = 4_000;

impl Grid {
    /// Whether the point lies inside the table.
    pub(super) fn holds(&self, x: f32, y: f32) -> bool {
        self.cell_at(x, y).is_some()
    }

    /// The index of the cell in which the point lies.
    pub(super) fn cell_at(&self, x: f32, y: f32) -> Option<usize> {
        self.cells.iter().position(|cell| (cell.left..cell.right).contains(&x) && (cell.top..cell.bottom).contains(&y))
    }
}

/// The tables that the ruled lines of a page make.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let lines = joined(rules);
    if lines.len() > MOST_LINES {
        return Vec::new();
    }
    crossing(&lines).iter().filter_map(|group| grid(group)).collect()
}

/// The ruled lines with pieces that run on from each other made one.
fn joined(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted = rules.to_vec();
    sorted.sort_by(|one, other| {
        let key = |rule: &Rule| (rule.across, (rule.at / TOUCH).round() as i64);
        key(one).cmp(&key(other)).then(one.from.total_cmp(&other.from))
    });
    let mut joined: Vec<Rule> = Vec::new();
    for rule in sorted {
        // A line whose pieces fall on both sides of a step of the sort is found among the last few.
        let goes_on = |line: &&mut Rule| {
            line.across == rule.across && (line.at - rule.at).abs() <= TOUCH / 2.0 && rule.from <= line.to + TOUCH
        };
        match joined.iter_mut().rev().take(4).find(goes_on) {
            Some(line) => line.to = line.to.max(rule.to),
            None => joined.push(rule),
        }
    }
    joined
}

fn cross(one: &Rule, other: &Rule) -> bool {
    let meets = |rule: &Rule, at: f32| rule.from - TOUCH <= at && at <= rule.to + TOUCH;
    one.across != other.across && meets(one, other.at) && meets(other, one.at)
}

/// The lines in groups that hang together.
fn crossing(lines: &[Rule]) -> Vec<Vec<Rule>> {
    let mut group: Vec<usize> = (0..lines.len()).collect();
    for (index, line) in lines.iter().enumerate() {
        for (before, other) in lines.iter().enumerate().take(index) {
            if cross(line, other) {
                unite(&mut group, index, before);
            }
        }
    }
    let mut groups: Vec<Vec<Rule>> = vec![Vec::new(); lines.len()];
    for (index, line) in lines.iter().enumerate() {
        let root = root(&group, index);
        if let Some(group) = groups.get_mut(root) {
            group.push(*line);
        }
    }
    groups.retain(|group| group.len() >= 4);
    groups
}

fn root(group: &[usize], mut index: usize) -> usize {
    while let Some(above) = group.get(index).copied().filter(|above| *above != index) {
        index = above;
    }
    index
}

fn unite(group: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(group, one), root(group, other));
    if let Some(above) = group.get_mut(one.max(other)) {
        *above = one.min(other);
    }
}

/// The sorted places of lines, near ones as one.
fn edges(places: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut edges: Vec<f32> = places.collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|next, before| *next - *before <= TOUCH);
    edges
}

fn grid(lines: &[Rule]) -> Option<Grid> {
    let (across, down): (Vec<Rule>, Vec<Rule>) = lines.iter().partition(|line| line.across);
    // A table open at its sides ends where its lines end.
    let ends = |lines: &[Rule]| {
        let from = lines.iter().map(|line| line.from).fold(f32::MAX, f32::min);
        [from, lines.iter().map(|line| line.to).fold(f32::MIN, f32::max)]
    };
    let xs = edges(down.iter().map(|line| line.at).chain(ends(&across)));
    let ys = edges(across.iter().map(|line| line.at).chain(ends(&down)));
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns * rows < 2 || columns * rows > MOST_SQUARES {
        return None;
    }
    let mut group: Vec<usize> = (0..columns * rows).collect();
    for row in 0..rows {
        for column in 0..columns {
            let square = row * columns + column;
            let [middle_x, middle_y] = [(&xs, column), (&ys, row)].map(|(at, index)| middle(at, index));
            let edge = |at: &[f32], index: usize| at.get(index + 1).copied().unwrap_or_default();
            if column + 1 < columns && !is_ruled(&down, edge(&xs, column), middle_y) {
                unite(&mut group, square, square + 1);
            }
            if row + 1 < rows && !is_ruled(&across, edge(&ys, row), middle_x) {
                unite(&mut group, square, square + columns);
            }
        }
    }
    let cells = cells(&group, &xs, &ys);
    (cells.len() >= 2).then_some(Grid { cells })
}

fn middle(edges: &[f32], index: usize) -> f32 {
    edges.get(index).zip(edges.get(index + 1)).map_or(0.0, |(one, other)| (one + other) / 2.0)
}

/// Whether a line at `at` passes `along`.
fn is_ruled(lines: &[Rule], at: f32, along: f32) -> bool {
    lines.iter().any(|line| (line.at - at).abs() <= TOUCH && line.from <= along && along <= line.to)
}

/// The boxes around the squares of each group.
fn cells(group: &[usize], xs: &[f32], ys: &[f32]) -> Vec<Cell> {
    let columns = xs.len().saturating_sub(1).max(1);
    let mut cells: Vec<Option<Cell>> = vec![None; group.len()];
    for square in 0..group.len() {
        let (row, column) = (square / columns, square % columns);
        let edge = |edges: &[f32], index: usize| edges.get(index).copied().unwrap_or_default();
        let own = Cell {
            row,
            left: edge(xs, column),
            top: edge(ys, row),
            right: edge(xs, column + 1),
            bottom: edge(ys, row + 1),
        };
        if let Some(cell) = cells.get_mut(root(group, square)) {
            let whole = cell.get_or_insert(own);
            whole.left = whole.left.min(own.left);
            whole.right = whole.right.max(own.right);
            whole.bottom = whole.bottom.max(own.bottom);
        }
    }
    cells.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(at: f32, from: f32, to: f32) -> Rule {
        Rule { across: true, at, from, to }
    }

    fn down(at: f32, from: f32, to: f32) -> Rule {
        Rule { across: false, at, from, to }
    }

    fn boxes(rules: &[Rule]) -> Vec<(usize, i32, i32)> {
        let cells = grids(rules).into_iter().flat_map(|grid| grid.cells);
        cells.map(|cell| (cell.row, cell.left as i32, cell.right as i32)).collect()
    }

    #[test]
    fn joins_the_pieces_of_lines_and_finds_cells() {
        let rules = [
            across(0.0, 0.0, 50.0),
            across(0.4, 50.0, 100.0),
            across(20.0, 0.0, 100.0),
            across(40.0, 0.0, 100.0),
            down(0.0, 0.0, 20.0),
            down(0.2, 20.0, 40.0),
            down(50.0, 0.0, 40.0),
            down(100.0, 0.0, 40.0),
        ];
        assert_eq!(boxes(&rules), [(0, 0, 50), (0, 50, 100), (1, 0, 50), (1, 50, 100)]);
    }

    #[test]
    fn a_cell_may_span_columns_and_a_frame_is_no_table() {
        let frame = [across(0.0, 0.0, 90.0), across(40.0, 0.0, 90.0), down(0.0, 0.0, 40.0), down(90.0, 0.0, 40.0)];
        assert_eq!(boxes(&frame), []);
        let spanning = [&frame[..], &[across(20.0, 0.0, 90.0), down(30.0, 20.0, 40.0)]].concat();
        assert_eq!(boxes(&spanning), [(0, 0, 90), (1, 0, 30), (1, 30, 90)]);
    }

    #[test]
    fn a_table_may_be_open_at_its_sides() {
        let rules = [across(0.0, 0.0, 90.0), across(20.0, 0.0, 90.0), down(30.0, 0.0, 20.0), down(60.0, 0.0, 20.0)];
        assert_eq!(boxes(&rules), [(0, 0, 30), (0, 30, 60), (0, 60, 90)]);
    }
}
