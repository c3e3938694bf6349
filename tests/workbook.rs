//! The county's workbook, read back.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "common/report.rs"]
#[allow(dead_code, unreachable_pub)]
mod report;

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, Xlsx};
use hegui::{
    diagnostic::Severity,
    render::{Entry, Failure, Rows, workbook},
    text::Span,
};

fn book(entries: &[Entry]) -> Vec<u8> {
    workbook(&entries.iter().map(Rows::of).collect::<Vec<_>>()).unwrap()
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheet_range(name).unwrap()
}

fn names(bytes: &[u8]) -> Vec<String> {
    let book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.sheet_names()
}

fn cell(range: &Range<Data>, row: u32, column: u32) -> String {
    range.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
}

/// The cells of a row as text.
fn row(range: &Range<Data>, row: u32) -> Vec<String> {
    (0..=range.end().unwrap().1).map(|column| cell(range, row, column)).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The made-up reports; those that no pack reviewed are left out.
fn entries() -> Vec<Entry> {
    let mut entries = report::entries();
    entries.retain(|entry| entry.outcome.as_ref().map_or(true, |checked| !checked.review.pack.name.is_empty()));
    entries
}

#[test]
fn the_table_has_a_row_a_report_and_a_column_a_requirement() {
    let bytes = book(&entries());
    assert_eq!(names(&bytes), ["总表", "问题", "读不了的文件", "说明"]);
    let table = sheet(&bytes, "总表");
    let head = row(&table, 0);
    assert_eq!(
        head[..11],
        ["单位", "年度", "文件", "规则包", "必须改", "建议改", "供参考", "已写实", "只提到", "未写到", "未检查"]
    );
    assert_eq!(head[11..14], ["执法全过程记录", "办案情况", "存在的问题"]);
    assert_eq!(head.last().unwrap(), "备注");
    let first = row(&table, 1);
    assert_eq!(first[..4], ["青砚镇", "2023", "送审/青砚镇␛[2J.txt", "made-up 2026.1.0"]);
    assert_eq!(first[4..11], ["2", "3", "1", "4", "1", "1", "3"]);
    assert_eq!(first[11..14], ["未写到", "只提到", "已写实"]);
    assert_eq!(first.last().unwrap(), "2项未检查：2026年起才要求\n1项未检查：本县已停用");
    let total = row(&table, 2);
    assert_eq!((total[0].as_str(), total[1].as_str()), ("合计", "1份"));
    assert_eq!(total[11..14], ["1", "0", "0"]);
}

#[test]
fn the_findings_are_all_there() {
    let entries = entries();
    let bytes = book(&entries);
    let list = sheet(&bytes, "问题");
    let count: usize =
        entries.iter().filter_map(|entry| entry.outcome.as_ref().ok()).map(|it| it.review.diagnostics.len()).sum();
    assert_eq!(list.end().unwrap().0 as usize, count);
    let term = row(&list, 4);
    assert_eq!(term[3..9], ["建议改", "term", "term的名称", "“法制宣传”应作“法治宣传”", "法制宣传", "5:775"]);
    assert_eq!(term[9..12], ["改用规范的说法。", "《各地报告的通行写法》", "改为“法治宣传”"]);
    assert_eq!(cell(&list, 7, 12), "县里统一的写法");
    assert_eq!(cell(&list, 1, 8), "3:1（应写在这一部分）");
    let unread = sheet(&bytes, "读不了的文件");
    assert_eq!(row(&unread, 1)[..2], ["送审/旧版.doc", "这是旧版 Word 文件（.doc）"]);
}

#[test]
fn a_sheet_without_rows_says_so() {
    let bytes = book(&[]);
    assert_eq!(names(&bytes), ["总表", "问题", "读不了的文件", "说明"]);
    assert_eq!(cell(&sheet(&bytes, "问题"), 1, 0), "无");
    assert_eq!(cell(&sheet(&bytes, "读不了的文件"), 1, 0), "无");
}

#[test]
fn heads_stay_filter_and_come_again_on_each_page() {
    let bytes = book(&entries());
    let table = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(table.contains("<pane xSplit=\"3\" ySplit=\"1\"") && table.contains("state=\"frozen\""), "{table}");
    assert!(table.contains("<autoFilter ref=\"A1:"));
    assert!(table.contains("orientation=\"landscape\"") && table.contains("fitToHeight=\"0\""));
    assert!(table.contains("paperSize=\"9\"") && table.contains("<pageSetUpPr fitToPage=\"1\"/>"));
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains("_xlnm.Print_Titles") && book.contains("总表!$1:$1"), "{book}");
}

#[test]
fn nothing_of_a_report_is_a_formula_or_a_link() {
    let evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "https://example.org", "_x0041_", "甲\u{0}\u{1b}\u{ffff}乙"];
    let mut entries = entries();
    let Ok(checked) = &mut entries[0].outcome else { panic!() };
    let mut unit = checked.review.facts.unit.clone().unwrap();
    unit.value = "=cmd|'/c calc'!A0".into();
    checked.review.facts.unit = Some(unit);
    checked.review.diagnostics =
        evil.iter().map(|message| report::finding("x", Severity::Error, message, Span::new(0, 9))).collect();
    entries[0].path = "=HYPERLINK(\"x\")".into();
    let bytes = book(&entries);
    let list = sheet(&bytes, "问题");
    let shown = ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "https://example.org", "_x0041_", "甲␀␛\u{fffd}乙"];
    for (at, message) in (1..).zip(shown) {
        assert!(matches!(list.get_value((at, 6)), Some(Data::String(text)) if text == message), "{message}");
    }
    assert_eq!(cell(&list, 1, 1), "=cmd|'/c calc'!A0");
    for name in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
        let xml = part(&bytes, name);
        assert!(!xml.contains("<f>") && !xml.contains("<hyperlink"), "{name}");
    }
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
}

#[test]
fn texts_of_any_length_fit() {
    let mut entries = entries();
    let Ok(checked) = &mut entries[0].outcome else { panic!() };
    checked.review.diagnostics = vec![report::finding("x", Severity::Error, &"长𠮷".repeat(20_000), Span::new(0, 9))];
    let bytes = book(&entries);
    let message = cell(&sheet(&bytes, "问题"), 1, 6);
    assert!(message.ends_with('…') && message.encode_utf16().count() <= 32_767);
}

#[test]
fn rows_may_go_to_another_thread() {
    const fn sent<T: Send + 'static>() {}
    sent::<Rows>();
}

#[test]
fn the_same_reports_give_the_same_bytes() {
    let (one, other) = (book(&entries()), book(&entries()));
    assert!(one == other);
    assert!(part(&one, "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
}

#[test]
fn each_pack_has_a_table_of_its_own() {
    let mut entries: Vec<Entry> = report::entries().into_iter().take(2).collect();
    let (Some(Ok(first)), Some(Ok(second))) =
        (entries.first().map(|it| it.outcome.as_ref()), entries.get(1).map(|it| it.outcome.as_ref()))
    else {
        panic!()
    };
    let mut review = second.review.clone();
    review.pack.name = "other".into();
    review.pack.title = "县级报告[规则]，名字长得一张工作表的标签写不下的那一种规则包".into();
    review.requirements = first.review.requirements[..1].to_vec();
    if let Ok(checked) = &mut entries[1].outcome {
        checked.review = review;
    }
    let bytes = book(&entries);
    let names = names(&bytes);
    assert_eq!(
        names[..2],
        ["总表1 乡镇年度报告规则（样例）", "总表2 县级报告规则，名字长得一张工作表的标签写不下的那一种规"]
    );
    assert_eq!(row(&sheet(&bytes, &names[1]), 0).len(), 13);
}

#[test]
fn reports_that_could_not_be_read_alone_make_a_workbook() {
    let failure = Failure { code: "empty", message: "文件是空的".into(), help: "请换一份".into() };
    let bytes = book(&[Entry { path: "空.txt".into(), outcome: Err(failure) }]);
    assert_eq!(cell(&sheet(&bytes, "读不了的文件"), 1, 2), "请换一份");
    assert_eq!(cell(&sheet(&bytes, "总表"), 1, 1), "0份");
}
