//! Where the cells of a Word table lie: `w:gridSpan` and `w:gridBefore` across, `w:vMerge` down.

use std::collections::BTreeMap;

use super::xml::Element;
use crate::{document::Area, read::grid::Grid};

/// The places of the cells of a table, row by row as given. A cell that goes on from the one above it has none.
pub(super) fn areas(rows: &[Element<'_>], cells: &[Vec<Element<'_>>]) -> Vec<Vec<Option<Area>>> {
    let mut areas: Vec<Vec<Option<Area>>> = Vec::with_capacity(rows.len());
    // Which cell is open downwards in a column, by its row and its place in the row.
    let mut open: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut grid = Grid::default();
    for (row, (element, cells)) in rows.iter().zip(cells).enumerate() {
        grid.start_row(row);
        grid.skip(number(*element, "trPr", "gridBefore").unwrap_or(0));
        let mut placed = Vec::with_capacity(cells.len());
        for cell in cells {
            let own = grid.place(number(*cell, "tcPr", "gridSpan").unwrap_or(1), 1);
            let above = own.and_then(|own| open.get(&own.column).copied());
            let going_on = above.filter(|_| merge(*cell) == Merge::GoesOn);
            if let Some(area) = going_on.and_then(|(row, at)| areas.get_mut(row)?.get_mut(at)?.as_mut()) {
                area.rows = row + 1 - area.row;
                placed.push(None);
                continue;
            }
            if let Some(own) = own {
                open.remove(&own.column);
                if merge(*cell) == Merge::Begins {
                    open.insert(own.column, (row, placed.len()));
                }
            }
            placed.push(own);
        }
        areas.push(placed);
    }
    areas
}

#[derive(PartialEq, Eq)]
enum Merge {
    No,
    Begins,
    GoesOn,
}

/// How a cell is merged downwards. Without a value the mark means that it goes on.
fn merge(cell: Element<'_>) -> Merge {
    let mark = cell.child("tcPr").and_then(|properties| properties.child("vMerge"));
    match mark.map(|mark| mark.attribute("val").is_some_and(|value| value == "restart")) {
        None => Merge::No,
        Some(true) => Merge::Begins,
        Some(false) => Merge::GoesOn,
    }
}

fn number(element: Element<'_>, properties: &str, name: &str) -> Option<usize> {
    element.child(properties)?.child(name)?.attribute("val")?.trim().parse().ok()
}
