//! A table of Markdown, whose cells cannot be merged: where a blank cell stands for the label beside or above it.
//!
//! Only labels go on: in the rows above the first figure to the right, as far as the label over them does; below it
//! downwards, left of the row's own label. A blank cell among figures is a blank cell.

use crate::{document::Area, read::grid::Grid};

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing.
    Blank,
    /// Words, in which paragraph.
    Label(usize),
    /// A number, or a mark in place of one, in which paragraph.
    Figure(usize),
}

impl Content {
    /// What the text of a cell in paragraph `index` is. `1.其他` and `2024年` are words, `3件` is a number.
    pub(super) fn of(cell: &str, index: usize) -> Self {
        let is_mark = |char: char| char.is_whitespace() || matches!(char, '*' | '`' | ',' | '，');
        let bare: String = cell.chars().filter(|char| !is_mark(*char)).collect();
        if !bare.chars().any(char::is_alphanumeric) {
            return Self::Figure(index);
        }
        let is_digit = |char: char| char.is_ascii_digit() || ('０'..='９').contains(&char);
        let figures = bare.trim_start_matches(is_digit);
        let fraction = figures.strip_prefix(['.', '．']).map(|rest| (rest, rest.trim_start_matches(is_digit)));
        let unit = match fraction {
            Some((rest, unit)) if rest.len() > unit.len() => unit,
            _ => figures,
        };
        let is_unit = unit.chars().count() <= LONGEST_UNIT
            && unit.chars().all(|char| matches!(char, '%' | '％') || char.is_alphabetic() && !"年月日".contains(char));
        if figures.len() < bare.len() && is_unit { Self::Figure(index) } else { Self::Label(index) }
    }

    fn is_label(self) -> bool {
        matches!(self, Self::Label(_))
    }
}

/// 万元, 人次.
const LONGEST_UNIT: usize = 2;

/// The rows of a table.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Content>>,
}

impl Table {
    /// Adds a row.
    pub(super) fn push(&mut self, row: Vec<Content>) {
        self.rows.push(row);
    }

    /// How many rows it has.
    pub(super) fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The place of each paragraph of the table, in their order; none where the table is larger than any of a report.
    pub(super) fn areas(&self) -> Vec<(usize, Option<Area>)> {
        let is_figure = |content: &Content| matches!(content, Content::Figure(_));
        let head = self.rows.iter().position(|row| row.iter().any(is_figure)).unwrap_or(1);
        let mut sizes: Vec<Vec<(usize, usize)>> = self.rows.iter().map(|row| vec![(1, 1); row.len()]).collect();
        self.widen(head, &mut sizes);
        self.lengthen(&mut sizes);
        let mut grid = Grid::default();
        let mut areas = Vec::new();
        for (number, (row, sizes)) in self.rows.iter().zip(&sizes).enumerate() {
            for (column, (content, (columns, rows))) in row.iter().zip(sizes).enumerate() {
                let (Content::Label(index) | Content::Figure(index)) = content else { continue };
                grid.start_row(number);
                grid.skip(column);
                areas.push((*index, grid.place(*columns, *rows)));
            }
        }
        areas
    }

    /// The labels of the head take the blanks to their right that stand under the same label.
    fn widen(&self, head: usize, sizes: &mut [Vec<(usize, usize)>]) {
        // For each column, the cell that stands over it.
        let mut over: Vec<(usize, usize)> = Vec::new();
        for (number, (row, sizes)) in self.rows.iter().zip(sizes).take(head.max(1)).enumerate() {
            let above = over.clone();
            over.resize(over.len().max(row.len()), (0, 0));
            let mut label: Option<usize> = None;
            for (column, content) in row.iter().enumerate() {
                if *content != Content::Blank {
                    label = Some(column);
                } else if label.is_some_and(|label| number > 0 && above.get(label) != above.get(column)) {
                    label = None;
                } else if let Some(size) = label.and_then(|label| sizes.get_mut(label)) {
                    size.0 += 1;
                }
                if let (Some(label), Some(over)) = (label, over.get_mut(column)) {
                    *over = (number, label);
                }
            }
        }
    }

    /// The labels of rows take the blanks below them, where the row has its own label further to the right. A label
    /// with a blank between it and the figures takes that blank and is its row's alone.
    fn lengthen(&self, sizes: &mut [Vec<(usize, usize)>]) {
        let mut above: Vec<Option<usize>> = Vec::new();
        for (number, row) in self.rows.iter().enumerate().skip(1) {
            let labels = row.iter().take_while(|content| !matches!(content, Content::Figure(_)));
            let own = labels.clone().position(|content| content.is_label()).unwrap_or(0);
            let alone = row.iter().filter(|content| **content != Content::Blank).count() == 1;
            let mut next = vec![None; row.len()];
            for (column, content) in labels.enumerate() {
                let goes_on = match content {
                    Content::Blank if column < own => above.get(column).copied().flatten(),
                    Content::Label(_) if alone || row.get(column + 1).is_some_and(|next| next.is_label()) => {
                        Some(number)
                    }
                    _ => None,
                };
                let size = goes_on.filter(|from| *from < number).and_then(|from| sizes.get_mut(from)?.get_mut(column));
                if let Some(size) = size.filter(|size| size.0 == 1) {
                    size.1 += 1;
                }
                if let Some(next) = next.get_mut(column) {
                    *next = goes_on;
                }
            }
            above = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The areas of a table whose cells stand apart by a blank; `_` is a blank cell.
    fn areas(rows: &[&str]) -> Vec<String> {
        let mut table = Table::default();
        let mut words = Vec::new();
        for row in rows {
            let mut contents = Vec::new();
            for cell in row.split(' ') {
                let blank = cell == "_";
                contents.push(if blank { Content::Blank } else { Content::of(cell, words.len()) });
                words.extend((!blank).then_some(cell));
            }
            table.push(contents);
        }
        let told = |(index, area): (usize, Option<Area>)| {
            let area = area.filter(|area| area.rows > 1 || area.columns > 1)?;
            Some(format!("{} {}列{}行", words.get(index)?, area.columns, area.rows))
        };
        table.areas().into_iter().filter_map(told).collect()
    }

    #[test]
    fn words_and_figures_are_told_apart() {
        for figure in ["5", "**5**", "３", "1,204", "0.8", "3件", "12万元", "97%", "-", "/", "——"] {
            assert_eq!(Content::of(figure, 0), Content::Figure(0), "{figure}");
        }
        for label in ["1.其他", "2024年", "（一）予以公开", "一、新收", "3个村的公开栏", "第1项"]
        {
            assert_eq!(Content::of(label, 0), Content::Label(0), "{label}");
        }
    }

    #[test]
    fn a_label_of_the_head_goes_on_to_the_right_as_far_as_the_one_over_it() {
        let rows = ["栏目 情况 _ _ _", "_ 自然人 法人 _ 总计", "_ _ 企业 其他 _", "新收 1 2 3 6"];
        assert_eq!(areas(&rows), ["情况 4列1行", "自然人 1列2行", "法人 2列1行"]);
    }

    #[test]
    fn a_label_of_rows_goes_on_downwards_to_the_left_of_others() {
        let rows = ["栏目 结果 情形 数", "新收 _ _ 5", "办结 公开 _ 3", "_ 不公开 秘密 1", "_ _ 其他 1", "_ 总计 _ 5"];
        assert_eq!(areas(&rows), ["办结 1列4行", "不公开 1列2行"]);
        assert_eq!(areas(&["栏目 结果 数", "办结 _ _", "_ 公开 3", "_ 不公开 _"]), ["办结 1列3行"]);
    }

    #[test]
    fn blanks_among_figures_and_rows_without_a_label_take_nothing_over() {
        assert_eq!(areas(&["甲 乙 丙", "新收 5 备注", "_ _ 备注", "_ 3 1"]), Vec::<String>::new());
        assert_eq!(areas(&["甲 乙 丙", "新收 _ 5", "_ 线上 3"]), Vec::<String>::new());
    }
}
