//! The county's workbook: 总表, 问题, 读不了的文件, 说明. It is no [`Renderer`](super::Renderer), since a workbook is
//! written as a whole: entries become [`Rows`], rows a [`workbook`].
//!
//! Nothing in it is a formula or a link, and it carries no time: the same reports give the same bytes.

mod lists;
mod look;
mod rows;
mod sheet;
mod table;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

pub use self::rows::Rows;
use self::{look::Looks, sheet::Sheet};
use super::Failure;

/// The workbook over all inputs, in their order. With several packs each has a table of its own.
///
/// # Errors
/// Where there are more rows or columns than a sheet holds.
pub fn workbook(rows: &[Rows]) -> Result<Vec<u8>, Failure> {
    write(rows).map_err(|error| Failure {
        code: "workbook",
        message: format!("写表格时出了错：{error}"),
        help: "请减少一次检查的报告，分几次检查".to_owned(),
    })
}

fn write(rows: &[Rows]) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::new();
    let mut workbook = Workbook::new();
    // A fixed day, as for the files inside the package.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_author("hegui").set_creation_datetime(&day));
    let mut sheets = tables(rows, &looks)?;
    sheets.extend([lists::findings(rows, &looks)?, lists::unreadable(rows, &looks)?, lists::notes(rows, &looks)?]);
    for sheet in sheets {
        workbook.push_worksheet(sheet.finish());
    }
    workbook.save_to_buffer()
}

fn tables(rows: &[Rows], looks: &Looks) -> Result<Vec<Sheet>, XlsxError> {
    let stamps = lists::stamps(rows);
    if stamps.len() < 2 {
        let all: Vec<_> = lists::checked(rows).collect();
        return Ok(vec![table::write("总表", &all, looks)?]);
    }
    let mut sheets = Vec::new();
    for (number, stamp) in (1..).zip(stamps) {
        let own: Vec<_> = lists::checked(rows).filter(|(_, report)| report.pack == *stamp).collect();
        sheets.push(table::write(&format!("总表{number} {}", stamp.title), &own, looks)?);
    }
    Ok(sheets)
}
