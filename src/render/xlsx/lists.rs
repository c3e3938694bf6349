//! The sheets beside the table: all findings, the files that could not be read, what words and colours mean.

use rust_xlsxwriter::{Format, XlsxError};

use super::{
    look::Looks,
    rows::{Finding, Report, Rows},
    sheet::Sheet,
};
use crate::{diagnostic::Severity, engine::Status, pack::PackStamp, render::words};

const FINDINGS: [(&str, f64); 13] = [
    ("序号", 6.0),
    ("单位", 12.0),
    ("文件", 15.0),
    ("等级", 7.5),
    ("规则编号", 13.0),
    ("规则", 14.0),
    ("问题", 32.0),
    ("原文", 24.0),
    ("位置", 14.0),
    ("怎么改", 42.0),
    ("依据", 34.0),
    ("改法", 14.0),
    ("不再提示的理由", 14.0),
];
const STATUSES: [(Status, &str); 4] = [
    (Status::Met, "写到了，而且有数字、做法等实质内容。"),
    (Status::Partial, "只提到名称，或者要写的几个事项只写了一部分。"),
    (Status::Missing, "没有写到，或者写到的地方不能算（例如只写在下一步打算里）。"),
    (Status::Skipped, "没有检查，原因见总表的备注；不表示没有问题。"),
];
const SEVERITIES: [(Severity, &str); 3] = [
    (Severity::Error, "有明确规定，必须改正。"),
    (Severity::Warning, "应当改；确有理由的可以不改。"),
    (Severity::Info, "请看一看，不一定要改。"),
];
const OTHERS: [(&str, &str); 3] = [
    (
        "位置",
        "行:列，是文本文件里第几行、第几个字；Word 文件是第几段，PDF 文件是第几页。没有写到的内容，位置是它应在之处近旁的文字。",
    ),
    ("不再提示的问题", "按约定不再提示的，仍列在“问题”表里并写明理由，但不计入总表的处数。"),
    ("怎样看待结果", "检查结果供审核参考，不能代替人工审核。"),
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
    sheet.number(row, 0, row, &looks.text)?;
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
    sheet.fit(row, 0.0)
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
        sheet.fit(row, 0.0)?;
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
    sheet.page_title("说明");
    let mut notes = Notes { sheet, looks, row: 0 };
    notes.title("所用规则")?;
    for stamp in stamps(rows) {
        notes.line(&stamp.name, &looks.text, &about(stamp))?;
    }
    notes.title("清单里的词")?;
    for (status, text) in STATUSES {
        notes.line(words::status(status), &looks.status_word(status), text)?;
    }
    notes.title("问题的等级")?;
    for (severity, text) in SEVERITIES {
        notes.line(words::severity(severity), &looks.severity(severity), text)?;
    }
    notes.title("其他")?;
    for (word, text) in OTHERS {
        notes.line(word, &looks.text, text)?;
    }
    let tool = format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    notes.line("生成的程序", &looks.text, &tool)?;
    Ok(notes.sheet)
}

/// A sheet of words and what they mean.
struct Notes<'a> {
    sheet: Sheet,
    looks: &'a Looks,
    row: u32,
}

impl Notes<'_> {
    /// A heading, with an empty row before it.
    fn title(&mut self, title: &str) -> Result<(), XlsxError> {
        self.row += if self.row == 0 { 0 } else { 1 };
        self.sheet.text(self.row, 0, title, &self.looks.title)?;
        self.sheet.fit(self.row, 18.0)?;
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, word: &str, look: &Format, text: &str) -> Result<(), XlsxError> {
        self.sheet.text(self.row, 0, word, look)?;
        self.sheet.text(self.row, 1, text, &self.looks.text)?;
        self.sheet.fit(self.row, 0.0)?;
        self.row += 1;
        Ok(())
    }
}

fn list(name: &str, columns: &[(&str, f64)], looks: &Looks) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new(name)?;
    sheet.widths(columns.iter().map(|(_, width)| *width))?;
    for (column, (name, _)) in (0..).zip(columns) {
        sheet.text(0, column, name, &looks.head)?;
    }
    sheet.fit(0, 20.0)?;
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
