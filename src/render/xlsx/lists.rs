//! The sheets beside the table: all findings, the files that could not be read, what words and colours mean.

use rust_xlsxwriter::XlsxError;

use super::{
    look::Looks,
    rows::{Finding, Report, Rows},
    sheet::Sheet,
};
use crate::{diagnostic::Severity, engine::Status, pack::PackStamp, render::words};

const FINDINGS: [(&str, f64); 13] = [
    ("序号", 6.0),
    ("单位", 12.0),
    ("文件", 18.0),
    ("等级", 7.5),
    ("规则编号", 14.0),
    ("规则", 14.0),
    ("问题", 30.0),
    ("原文", 24.0),
    ("位置（行:列、页或段）", 12.0),
    ("怎么改", 36.0),
    ("依据", 30.0),
    ("改法", 14.0),
    ("不再提示的理由", 14.0),
];
const UNREADABLE: [(&str, f64); 3] = [("文件", 50.0), ("原因", 50.0), ("怎么办", 60.0)];

/// A row a finding, in the order of the reports and of their text.
pub(super) fn findings(rows: &[Rows], looks: &Looks) -> Result<Sheet, XlsxError> {
    let mut sheet = list("问题", &FINDINGS, looks)?;
    let mut row = 0;
    for (path, report) in checked(rows) {
        for finding in &report.findings {
            row += 1;
            finding_row(&mut sheet, row, path, report, finding, looks)?;
        }
    }
    if row == 0 {
        row = 1;
        sheet.text(row, 0, "无", &looks.text)?;
    }
    sheet.head(row, 12, 3)?;
    sheet.page_title("问题清单");
    Ok(sheet)
}

fn finding_row(
    sheet: &mut Sheet,
    row: u32,
    path: &str,
    report: &Report,
    finding: &Finding,
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.number(row, 0, row, &looks.number)?;
    sheet.text(row, 1, &report.unit, &looks.text)?;
    sheet.text(row, 2, path, &looks.text)?;
    sheet.text(row, 3, words::severity(finding.severity), &looks.severity(finding.severity))?;
    let rest = [
        &finding.rule,
        &finding.name,
        &finding.message,
        &finding.words,
        &finding.place,
        &finding.help,
        &finding.basis,
        &finding.fix,
        &finding.silenced,
    ];
    for (column, text) in (4..).zip(rest) {
        sheet.text(row, column, text, &looks.text)?;
    }
    Ok(())
}

/// What could not be read, why, and what to do.
pub(super) fn unreadable(rows: &[Rows], looks: &Looks) -> Result<Sheet, XlsxError> {
    let mut sheet = list("读不了的文件", &UNREADABLE, looks)?;
    let mut row = 0;
    for rows in rows {
        let Err(failure) = &rows.outcome else { continue };
        row += 1;
        for (column, text) in (0..).zip([&rows.path, &failure.message, &failure.help]) {
            sheet.text(row, column, text, &looks.text)?;
        }
    }
    if row == 0 {
        row = 1;
        sheet.text(row, 0, "无", &looks.text)?;
    }
    sheet.head(row, 2, 0)?;
    sheet.page_title("读不了的文件");
    Ok(sheet)
}

/// The rules that were used and what the words mean.
pub(super) fn notes(rows: &[Rows], looks: &Looks) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new("说明")?;
    sheet.widths([16.0, 110.0])?;
    let mut row = 0;
    sheet.text(row, 0, "所用规则", &looks.title)?;
    for stamp in stamps(rows) {
        row += 1;
        sheet.text(row, 0, &stamp.name, &looks.text)?;
        sheet.text(row, 1, &about(stamp), &looks.text)?;
    }
    row += 2;
    sheet.text(row, 0, "清单", &looks.title)?;
    for (status, text) in [
        (Status::Met, "写到了，而且有数字、做法等实质内容。"),
        (Status::Partial, "只提到名称，或者要写的几个事项只写了一部分。"),
        (Status::Missing, "全文没有写到，或者只在存在的问题、下一步打算里写到。"),
        (Status::Skipped, "没有检查，原因见总表的备注；不表示没有问题。"),
    ] {
        row += 1;
        sheet.text(row, 0, words::status(status), &looks.status_word(status))?;
        sheet.text(row, 1, text, &looks.text)?;
    }
    row += 2;
    sheet.text(row, 0, "等级", &looks.title)?;
    for (severity, text) in [
        (Severity::Error, "有明确规定，必须改正。"),
        (Severity::Warning, "应当改；确有理由的可以不改。"),
        (Severity::Info, "供参考，请看一看，不一定要改。"),
    ] {
        row += 1;
        sheet.text(row, 0, words::severity(severity), &looks.severity(severity))?;
        sheet.text(row, 1, text, &looks.text)?;
    }
    row += 2;
    let tool = format!(
        "由 {} {} 生成。按配置不再提示的问题列在“问题”表里并写明理由，不计入总表的处数。检查结果供审核参考，不能代替人工审核。",
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION")
    );
    sheet.text(row, 1, &tool, &looks.plain)?;
    sheet.page_title("说明");
    Ok(sheet)
}

fn list(name: &str, columns: &[(&str, f64)], looks: &Looks) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new(name)?;
    sheet.widths(columns.iter().map(|(_, width)| *width))?;
    for (column, (name, _)) in (0..).zip(columns) {
        sheet.text(0, column, name, &looks.head)?;
    }
    Ok(sheet)
}

/// The reports that were checked, with their paths.
pub(super) fn checked(rows: &[Rows]) -> impl Iterator<Item = (&str, &Report)> {
    rows.iter().filter_map(|rows| Some((rows.path.as_str(), rows.outcome.as_ref().ok()?)))
}

/// The packs that were used, each once, in the order in which they come up.
pub(super) fn stamps(rows: &[Rows]) -> Vec<&PackStamp> {
    let mut stamps: Vec<&PackStamp> = Vec::new();
    for (_, report) in checked(rows) {
        if !stamps.contains(&&report.pack) {
            stamps.push(&report.pack);
        }
    }
    stamps
}

fn about(stamp: &PackStamp) -> String {
    let PackStamp { title, version, date, hash, layers, .. } = stamp;
    let date = date.as_ref().map(|date| format!("，内容截至{date}")).unwrap_or_default();
    let layers =
        if layers.is_empty() { String::new() } else { format!("；依次建立在 {} 之上", layers.join("、")) };
    format!("{title}，版本 {version}{date}{layers}\n校验码 {hash}")
}
