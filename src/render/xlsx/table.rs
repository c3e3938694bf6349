//! The county's table: a row a report, a column a requirement, below it how many reports miss each.

use rust_xlsxwriter::XlsxError;

use super::{
    look::Looks,
    rows::{Line, Report},
    sheet::Sheet,
};
use crate::{engine::Status, render::words};

/// The columns before the requirements and their widths.
const COLUMNS: [(&str, f64); 11] = [
    ("单位", 11.0),
    ("年度", 6.0),
    ("文件", 16.0),
    ("规则包", 10.0),
    ("必须改", 3.2),
    ("建议改", 3.2),
    ("供参考", 3.2),
    ("已写实", 3.2),
    ("只提到", 3.2),
    ("未写到", 3.2),
    ("未检查", 3.2),
];
/// Of these, those that stay when the table is scrolled.
const FIXED: u16 = 3;
/// From here on columns are narrow.
const NARROW: usize = 4;
/// The width of a requirement's column: one Chinese character and the filter's button.
const WIDTH: f64 = 2.7;
const REMARKS_WIDTH: f64 = 16.0;
/// Points that a character takes downwards.
const CHARACTER: f64 = 13.0;
/// Points above and below a word, and for the button of the filter.
const ROOM: f64 = 8.0;
const BUTTON: f64 = 16.0;
/// Excel's highest row.
const HIGHEST: f64 = 409.0;

/// A report and its path.
pub(super) type Row<'a> = (&'a str, &'a Report);

/// Writes the table of reports that were checked with one pack.
pub(super) fn write(name: &str, rows: &[Row<'_>], looks: &Looks) -> Result<Sheet, XlsxError> {
    let requirements = union(rows);
    let mut sheet = Sheet::new(name)?;
    let remarks = column(COLUMNS.len() + requirements.len())?;
    let widths = COLUMNS.map(|(_, width)| width).into_iter();
    sheet.widths(widths.chain(requirements.iter().map(|_| WIDTH)).chain([REMARKS_WIDTH]))?;
    head(&mut sheet, &requirements, looks)?;
    sheet.text(0, remarks, "备注", &looks.head)?;
    for (row, (path, report)) in (1..).zip(rows) {
        facts(&mut sheet, row, path, report, looks)?;
        for (at, line) in requirements.iter().enumerate() {
            let Some(status) = report.status(&line.rule) else { continue };
            let look = looks.status(status);
            sheet.tall(row, column(COLUMNS.len() + at)?, words::status(status), &look)?;
        }
        sheet.text(row, remarks, &report.remarks.join("\n"), &looks.middle)?;
        sheet.fit(row, 3.0 * CHARACTER + ROOM)?;
    }
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    totals(&mut sheet, last.saturating_add(1), rows, &requirements, looks)?;
    sheet.head(last.max(1), remarks, FIXED)?;
    if let Some((_, report)) = rows.first() {
        sheet.page_title(&format!("{}检查总表", report.pack.title));
    }
    Ok(sheet)
}

/// The requirements of all reports, in the order of the pack. One pack has the same in every report.
fn union<'a>(rows: &[Row<'a>]) -> Vec<&'a Line> {
    let mut union: Vec<&Line> = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for line in rows.iter().flat_map(|(_, report)| &report.requirements) {
        if known.insert(line.rule.as_str()) {
            union.push(line);
        }
    }
    union
}

fn head(sheet: &mut Sheet, requirements: &[&Line], looks: &Looks) -> Result<(), XlsxError> {
    let names = COLUMNS.iter().map(|(name, _)| *name).chain(requirements.iter().map(|line| line.name.as_str()));
    let mut longest = 0;
    for (at, name) in names.enumerate() {
        if at < NARROW {
            sheet.text(0, column(at)?, name, &looks.head)?;
        } else {
            longest = longest.max(name.chars().count());
            sheet.tall(0, column(at)?, name, &looks.tall_head)?;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a name has few characters, and the row is bounded")]
    sheet.height(0, (longest as f64).mul_add(CHARACTER, ROOM + BUTTON).min(HIGHEST))
}

fn facts(sheet: &mut Sheet, row: u32, path: &str, report: &Report, looks: &Looks) -> Result<(), XlsxError> {
    let pack = &report.pack;
    let unit = if report.unit.is_empty() { "没有认出" } else { &report.unit };
    sheet.text(row, 0, unit, &looks.middle)?;
    match report.year.and_then(|year| u32::try_from(year).ok()) {
        Some(year) => sheet.number(row, 1, year, &looks.number)?,
        None => sheet.text(row, 1, "没有认出", &looks.number)?,
    }
    sheet.text(row, 2, path, &looks.middle)?;
    sheet.text(row, 3, &format!("{} {}", pack.name, pack.version), &looks.middle)?;
    for (column, count) in (4..).zip(counts(report)) {
        sheet.number(row, column, number(count), &looks.number)?;
    }
    Ok(())
}

/// The numbers of a report, in the order of the columns.
fn counts(report: &Report) -> [usize; 7] {
    let counts = &report.counts;
    let [met, partial, missing, skipped] =
        [Status::Met, Status::Partial, Status::Missing, Status::Skipped].map(|status| report.count(status));
    [counts.errors, counts.warnings, counts.infos, met, partial, missing, skipped]
}

/// The last row: sums of the numbers, and of each requirement how many reports do not write of it.
fn totals(
    sheet: &mut Sheet,
    row: u32,
    rows: &[Row<'_>],
    requirements: &[&Line],
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.text(row, 0, "合计", &looks.total)?;
    sheet.text(row, 1, &format!("{}份", rows.len()), &looks.total)?;
    sheet.text(row, 2, "各事项：未写到的份数", &looks.total)?;
    sheet.text(row, 3, "", &looks.total)?;
    let mut sums = [0; 7];
    for (_, report) in rows {
        for (sum, count) in sums.iter_mut().zip(counts(report)) {
            *sum += count;
        }
    }
    for (at, sum) in (4..).zip(sums) {
        sheet.number(row, at, number(sum), &looks.total)?;
    }
    for (at, line) in requirements.iter().enumerate() {
        let missing = rows.iter().filter(|(_, report)| report.status(&line.rule) == Some(Status::Missing)).count();
        sheet.number(row, column(COLUMNS.len() + at)?, number(missing), &looks.total)?;
    }
    sheet.text(row, column(COLUMNS.len() + requirements.len())?, "", &looks.total)?;
    sheet.fit(row, 2.0 * CHARACTER + ROOM)
}

/// A column by its place.
fn column(at: usize) -> Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
