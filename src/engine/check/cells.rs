//! Numbers in the cells of tables: which of them a quantity means, by the labels to their left and above them.
//!
//! A label is a cell in which one of the quantity's phrases stands; a merged one labels all rows or columns that it
//! takes. A cell counts as a number only where nothing but the number and its unit stands in it.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::figures::Reading;
use crate::{
    document::{Area, Cell, Document},
    engine::{context::Context, scan::within},
    pack::{PhraseId, Quantity, Together},
};

/// Where a number stands: which table, row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) column: usize,
}

/// The direction from a number to its labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Above,
}

/// Every reading of a quantity in the tables of the document, in the order of the view.
pub(super) fn readings(context: &Context<'_>, quantity: &Quantity) -> Vec<Reading> {
    if !quantity.is_in_tables() {
        return Vec::new();
    }
    let tables = context.document.cells.chunk_by(|one, other| one.table == other.table);
    tables.flat_map(|cells| in_table(context, quantity, cells)).collect()
}

/// The tables that have every label of a quantity, whether or not a number stands there.
pub(super) fn labelled_tables(context: &Context<'_>, quantity: &Quantity) -> BTreeSet<usize> {
    if !quantity.is_in_tables() {
        return BTreeSet::new();
    }
    let tables = context.document.cells.chunk_by(|one, other| one.table == other.table);
    let is_labelled = |cells: &&[Cell]| {
        reach(context, cells, &quantity.row, &quantity.except, Side::Left).is_some()
            && reach(context, cells, &quantity.column, &quantity.except, Side::Above).is_some()
    };
    tables.filter(is_labelled).filter_map(|cells| Some(cells.first()?.table)).collect()
}

fn in_table(context: &Context<'_>, quantity: &Quantity, cells: &[Cell]) -> Vec<Reading> {
    let left = reach(context, cells, &quantity.row, &quantity.except, Side::Left);
    let above = reach(context, cells, &quantity.column, &quantity.except, Side::Above);
    // A label that no cell holds: nothing of the table is meant.
    let (Some(left), Some(above)) = (left, above) else { return Vec::new() };
    let behind =
        |reach: &[usize], at: usize, from: usize| reach.is_empty() || reach.get(at).is_some_and(|label| *label < from);
    let meant = cells.iter().filter(|cell| {
        let Area { row, column, .. } = cell.area;
        behind(&left, row, column) && behind(&above, column, row)
    });
    meant.filter_map(|cell| reading(context, cell)).collect()
}

/// For each row (or column) of a table where its label stands: the column of the label (or its row), the first of
/// several. Empty where no label is asked for; none where nothing is labelled.
fn reach(
    context: &Context<'_>,
    cells: &[Cell],
    labels: &[Together],
    except: &[PhraseId],
    side: Side,
) -> Option<Vec<usize>> {
    if labels.is_empty() {
        return Some(Vec::new());
    }
    let mut reach: Vec<usize> = Vec::new();
    for label in labels {
        let parts = label.iter().map(|phrase| reach_of(context, cells, *phrase, except, side));
        let all = parts.reduce(|one, other| one.iter().zip(&other).map(|(one, other)| *one.max(other)).collect());
        let all = all.unwrap_or_default();
        reach.resize(reach.len().max(all.len()), usize::MAX);
        reach.iter_mut().zip(all).for_each(|(known, new)| *known = (*known).min(new));
    }
    reach.iter().any(|label| *label != usize::MAX).then_some(reach)
}

fn reach_of(context: &Context<'_>, cells: &[Cell], phrase: PhraseId, except: &[PhraseId], side: Side) -> Vec<usize> {
    let mut reach = Vec::new();
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return reach };
    for found in within(context.matches.of(phrase), first.view.join(last.view)) {
        let index = cells.partition_point(|cell| cell.view.end <= found.span.start);
        let cell = cells.get(index).filter(|cell| cell.view.covers(found.span));
        let Some(cell) = cell.filter(|cell| context.matches.first_in(except, cell.view).is_none()) else { continue };
        let Area { row, column, rows, columns } = cell.area;
        let (lines, at) = match side {
            Side::Left => (row..row + rows, column),
            Side::Above => (column..column + columns, row),
        };
        reach.resize(reach.len().max(lines.end), usize::MAX);
        reach.iter_mut().take(lines.end).skip(lines.start).for_each(|known| *known = (*known).min(at));
    }
    reach
}

fn reading(context: &Context<'_>, cell: &Cell) -> Option<Reading> {
    let numbers = &context.facts.numbers;
    let index = numbers.partition_point(|number| number.view.start < cell.view.start);
    let number = numbers.get(index)?;
    let span = number.view.join(if number.unit.is_empty() { number.view } else { number.unit });
    let whole = span == cell.view && number.exact && context.counts.get(index) == Some(&true);
    let value = if number.percent { number.value / 100.0 } else { number.value };
    let Area { row, column, .. } = cell.area;
    let place = Some(Place { table: cell.table, row, column });
    whole.then_some(Reading { value, span, number: span, place })
}

/// The cells of a report that hold no number, by the row or column of the tables in which they lie; made once for any
/// number of findings.
pub(super) struct Labels<'a> {
    document: &'a Document,
    side: Side,
    /// By table and row (or column).
    lines: BTreeMap<(usize, usize), Line>,
}

/// In which column (or row) each cell of a row (or column) begins, and which cell it is. The furthest on is last.
type Line = Vec<(usize, Reverse<usize>)>;

impl<'a> Labels<'a> {
    /// Those to one side of numbers.
    pub(super) fn new(context: &Context<'a>, side: Side) -> Self {
        let mut lines: BTreeMap<(usize, usize), Line> = BTreeMap::new();
        let cells = context.document.cells.iter().enumerate();
        for (index, cell) in cells.filter(|(_, cell)| reading(context, cell).is_none()) {
            let Area { row, column, rows, columns } = cell.area;
            let (taken, at) = match side {
                Side::Left => (row..row + rows, column),
                Side::Above => (column..column + columns, row),
            };
            // A table has a limit of places, merged cells counted with all of theirs.
            taken.for_each(|line| lines.entry((cell.table, line)).or_default().push((at, Reverse(index))));
        }
        lines.values_mut().for_each(|cells| cells.sort_unstable());
        Self { document: context.document, side, lines }
    }

    /// The nearest label of a number in a table: the last cell to the left of it in its row, or above it in its column,
    /// that holds no number.
    pub(super) fn of(&self, number: &Reading) -> &'a str {
        let Some(Place { table, row, column }) = number.place else { return "" };
        let (line, from) = match self.side {
            Side::Left => (row, column),
            Side::Above => (column, row),
        };
        let cells = self.lines.get(&(table, line)).map(Vec::as_slice).unwrap_or_default();
        let end = self.document.cells.partition_point(|cell| cell.view.end <= number.number.start);
        let before = cells.iter().take(cells.partition_point(|(at, _)| *at < from)).rev();
        let nearest = before.map(|(_, Reverse(index))| *index).find(|index| *index < end);
        nearest.and_then(|index| self.document.cells.get(index)).map_or("", |cell| self.document.view.slice(cell.view))
    }
}
