//! Where the cells of a table lie when its rows are written one after the other: [`Grid`].
//!
//! As in a web browser a cell takes the next place that is free, and a merged cell takes several.

use crate::document::Area;

/// A table with more columns is no table of a report.
const MOST_COLUMNS: usize = 200;
/// Nor is one with more places, merged cells counted with all of theirs.
const MOST_PLACES: usize = 20_000;

/// A table while its cells are placed.
#[derive(Debug, Default)]
pub(super) struct Grid {
    row: usize,
    column: usize,
    /// For each column, the first row in which it is free.
    free: Vec<usize>,
    places: usize,
}

impl Grid {
    /// Goes on to row `row`, counted from 0.
    pub(super) fn start_row(&mut self, row: usize) {
        (self.row, self.column) = (row, 0);
    }

    /// Leaves out so many columns.
    pub(super) fn skip(&mut self, columns: usize) {
        self.column = self.column.saturating_add(columns);
    }

    /// Places the next cell of the row; none where the table is larger than any of a report.
    pub(super) fn place(&mut self, columns: usize, rows: usize) -> Option<Area> {
        while self.free.get(self.column).is_some_and(|free| *free > self.row) {
            self.column += 1;
        }
        let (columns, rows) = (columns.max(1), rows.max(1));
        let end = self.column.checked_add(columns).filter(|end| *end <= MOST_COLUMNS)?;
        self.places = self.places.checked_add(columns.checked_mul(rows)?).filter(|places| *places <= MOST_PLACES)?;
        let area = Area { row: self.row, column: self.column, rows, columns };
        self.free.resize(self.free.len().max(end), 0);
        for free in self.free.iter_mut().take(end).skip(self.column) {
            *free = self.row + rows;
        }
        self.column = end;
        Some(area)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(row: usize, column: usize, rows: usize, columns: usize) -> Option<Area> {
        Some(Area { row, column, rows, columns })
    }

    #[test]
    fn a_cell_takes_the_next_place_that_no_merged_cell_holds() {
        let mut grid = Grid::default();
        assert_eq!(grid.place(1, 2), area(0, 0, 2, 1));
        assert_eq!(grid.place(2, 1), area(0, 1, 1, 2));
        grid.start_row(1);
        assert_eq!(grid.place(1, 1), area(1, 1, 1, 1));
        assert_eq!(grid.place(1, 1), area(1, 2, 1, 1));
    }

    #[test]
    fn a_table_beyond_all_measure_has_no_places() {
        let mut grid = Grid::default();
        assert_eq!(grid.place(1_000, 1), None);
        assert_eq!(grid.place(1, usize::MAX), None);
        let mut placed = 0;
        for row in 0..30_000 {
            grid.start_row(row);
            placed += usize::from(grid.place(1, 1).is_some());
        }
        assert_eq!(placed, MOST_PLACES);
    }
}
