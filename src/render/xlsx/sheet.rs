//! One sheet: cells that hold text and never a formula, columns with heads, a page to print on.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use crate::{render::visible, text::display_width};

/// The longest text of a cell, in UTF-16 units.
const LONGEST: usize = 32_767;
/// The most lines of a row that are shown at once; a cell holds more.
const MOST_LINES: usize = 14;
/// Points that a line takes.
const LINE: f64 = 12.75;
/// DIN A4.
const A4: u8 = 9;

/// A sheet that is being written.
pub(super) struct Sheet {
    worksheet: Worksheet,
    widths: Vec<f64>,
    /// The lines of the longest text in the row that is being written.
    lines: usize,
}

impl Sheet {
    /// An empty sheet. `name` is cut and cleaned as Excel wants it.
    pub(super) fn new(name: &str) -> Result<Self, XlsxError> {
        let mut worksheet = Worksheet::new();
        worksheet.set_name(sheet_name(name))?;
        worksheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        worksheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        worksheet.set_footer("&C第&P页，共&N页");
        Ok(Self { worksheet, widths: Vec::new(), lines: 1 })
    }

    /// The finished sheet.
    pub(super) fn finish(self) -> Worksheet {
        self.worksheet
    }

    /// A line on top of each printed page.
    pub(super) fn page_title(&mut self, title: &str) {
        // & introduces codes, of which the size would run on into a figure, and Excel takes no more than 255 characters.
        let title: String = visible(title).chars().filter(|char| *char != '&').take(100).collect();
        self.worksheet.set_header(format!("&C&\"宋体,Bold\"&14 {title}"));
    }

    /// Column widths from the left, in digits of the standard font.
    pub(super) fn widths(&mut self, widths: impl IntoIterator<Item = f64>) -> Result<(), XlsxError> {
        self.widths = widths.into_iter().collect();
        for (column, width) in (0..).zip(&self.widths) {
            self.worksheet.set_column_width(column, *width)?;
        }
        Ok(())
    }

    /// Ends a row of wrapped text: as high as its texts need, at least `least` points, within bounds. Excel would fit a
    /// row without a height by itself, but other programs do not.
    pub(super) fn fit(&mut self, row: u32, least: f64) -> Result<(), XlsxError> {
        let lines = std::mem::replace(&mut self.lines, 1).min(MOST_LINES);
        #[expect(clippy::cast_precision_loss, reason = "there are at most MOST_LINES")]
        self.height(row, (lines as f64).mul_add(LINE, 3.0).max(least))
    }

    /// Height of a row in points.
    pub(super) fn height(&mut self, row: u32, points: f64) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(row, points).map(|_| ())
    }

    /// Text that wraps, whatever it begins with.
    pub(super) fn text(&mut self, row: u32, column: u16, text: &str, look: &Format) -> Result<(), XlsxError> {
        self.lines = self.lines.max(lines(text, self.widths.get(usize::from(column)).copied()));
        self.tall(row, column, text, look)
    }

    /// Text written downwards, which the row's height has to allow for by itself.
    pub(super) fn tall(&mut self, row: u32, column: u16, text: &str, look: &Format) -> Result<(), XlsxError> {
        let text = cell_text(text);
        // A cell edited by hand or saved as another kind of table would turn into a formula without the mark.
        if text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
            self.worksheet.write_string_with_format(row, column, text, &look.clone().set_quote_prefix())?;
        } else {
            self.worksheet.write_string_with_format(row, column, text, look)?;
        }
        Ok(())
    }

    /// A number.
    pub(super) fn number(&mut self, row: u32, column: u16, number: u32, look: &Format) -> Result<(), XlsxError> {
        self.worksheet.write_number_with_format(row, column, number, look).map(|_| ())
    }

    /// Makes row 0 the head of a list with rows up to `last_row`: filters, and it stays when the list is scrolled, with
    /// the first `columns` columns, and comes again on each printed page.
    pub(super) fn head(&mut self, last_row: u32, last_column: u16, columns: u16) -> Result<(), XlsxError> {
        self.worksheet.autofilter(0, 0, last_row, last_column)?;
        self.worksheet.set_freeze_panes(1, columns)?;
        self.worksheet.set_repeat_rows(0, 0)?;
        Ok(())
    }
}

/// How many lines `text` takes in a column of this width.
fn lines(text: &str, width: Option<f64>) -> usize {
    // A column's width counts digits of the standard font, which are a little wider than half a character of ours;
    // a line ends earlier where a mark must not begin the next.
    let cells = width.map_or(1.0, |width| (width - 1.0).max(1.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width has two digits")]
    let cells = cells as usize;
    text.lines().map(|line| display_width(line).div_ceil(cells).max(1)).sum()
}

/// Text that a cell can hold: controls made visible, not too long.
fn cell_text(text: &str) -> String {
    let lines: Vec<_> = text.trim_end().lines().map(visible).collect();
    let text = lines.join("\n");
    // XML knows no such characters.
    let text = text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    if text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let mut units = 0;
    let fits = text.chars().take_while(|char| {
        units += char.len_utf16();
        units < LONGEST
    });
    fits.collect::<String>() + "…"
}

/// A name that Excel takes: not all characters, at most 31.
pub(super) fn sheet_name(name: &str) -> String {
    let name: String = visible(name).chars().filter(|char| !"[]:*?/\\'".contains(*char)).collect();
    let mut units = 0;
    let fits = name.chars().take_while(|char| {
        units += char.len_utf16();
        units <= 31
    });
    fits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_to_what_a_cell_holds() {
        let long = "𠮷".repeat(20_000);
        assert_eq!(cell_text(&long).encode_utf16().count(), LONGEST);
        assert_eq!(cell_text("甲\u{1b}\r\n乙\u{ffff}\n"), "甲␛\n乙\u{fffd}");
        assert_eq!(sheet_name("总表 a/b:[c]"), "总表 abc");
        assert_eq!(sheet_name(&"长".repeat(40)).chars().count(), 31);
    }
}
