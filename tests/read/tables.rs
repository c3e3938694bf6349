//! Where the cells of tables lie, merged ones too: the same table in every format that tells.

use hegui::{document::Source, read::read, text::slice};

use crate::{body, odt};

/// Each cell's text, row, column, rows and columns.
type Cells<'a> = Vec<(&'a str, [usize; 4])>;

fn cells(source: &Source) -> Cells<'_> {
    let placed = source.paragraphs.iter().filter_map(|line| Some((slice(&source.text, line.span), line.area?)));
    placed.map(|(text, area)| (text, [area.row, area.column, area.rows, area.columns])).collect()
}

/// 项目 over two rows, 申请人 over two columns; 结果 over two rows below.
const MERGED: [(&str, [usize; 4]); 10] = [
    ("项目", [0, 0, 2, 1]),
    ("申请人", [0, 1, 1, 2]),
    ("自然人", [1, 1, 1, 1]),
    ("总计", [1, 2, 1, 1]),
    ("结果", [2, 0, 2, 1]),
    ("2", [2, 1, 1, 1]),
    ("3", [2, 2, 1, 1]),
    ("4", [3, 1, 1, 1]),
    ("5", [3, 2, 1, 1]),
    ("后", [4, 0, 1, 3]),
];

#[test]
fn merged_cells_of_a_word_table() {
    let cell = |properties: &str, text: &str| {
        let run = if text.is_empty() { String::new() } else { format!("<w:r><w:t>{text}</w:t></w:r>") };
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run}</w:p></w:tc>")
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let (begins, goes_on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let source = body(&format!(
        "<w:tbl>{}{}{}{}{}</w:tbl><w:p><w:r><w:t>文</w:t></w:r></w:p>",
        row(&[cell(begins, "项目"), cell("<w:gridSpan w:val=\"2\"/>", "申请人")]),
        row(&[cell(goes_on, ""), cell("", "自然人"), cell("", "总计")]),
        row(&[cell(begins, "结果"), cell("", "2"), cell("", "3")]),
        row(&[cell(goes_on, ""), cell("", "4"), cell("", "5")]),
        row(&[cell("<w:gridSpan w:val=\"3\"/>", "后")]),
    ));
    assert_eq!(cells(&source), MERGED);
    assert_eq!(source.paragraphs.last().unwrap().area, None);
}

#[test]
fn merged_cells_of_a_web_page() {
    let page = "<html><body><h1>某镇报告</h1><p>全镇上下一心，修整道路，疏浚沟渠，收到申请两件，均已答复。</p><table>\
        <tr><td rowspan=2>项目</td><td colspan=2>申请人</td></tr><tr><td>自然人</td><td>总计</td></tr>\
        <tr><td rowspan=2>结果</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr>\
        <tr><td colspan=3>后</td></tr></table></body></html>";
    assert_eq!(cells(&read(page.as_bytes(), "报告.html").unwrap()), MERGED);
}

#[test]
fn merged_cells_of_an_opendocument_table() {
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let covered = "<table:covered-table-cell/>";
    let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
    let (down, across) = ("table:number-rows-spanned=\"2\"", "table:number-columns-spanned=\"2\"");
    let text = [
        row(cell(down, "项目") + &cell(across, "申请人") + covered),
        row(covered.to_owned() + &cell("", "自然人") + &cell("", "总计")),
        row(cell(down, "结果") + &cell("", "2") + &cell("", "3")),
        row(covered.to_owned() + &cell("", "4") + &cell("", "5")),
        row(cell("table:number-columns-spanned=\"3\"", "后") + covered + covered),
    ];
    let source = odt::body(&format!("<table:table>{}</table:table>", text.concat()));
    assert_eq!(cells(&source), MERGED);
}

#[test]
fn blanks_of_a_markdown_table_are_cells_and_in_its_head_merged() {
    let text = "| 项目 | 申请人 | |\n|---|---|---|\n| | 自然人 | 总计 |\n| 结果 | 2 | 3 |\n";
    let source = read(text.as_bytes(), "报告.md").unwrap();
    let expected = [
        ("项目", [0, 0, 1, 1]),
        ("申请人", [0, 1, 1, 2]),
        ("自然人", [1, 1, 1, 1]),
        ("总计", [1, 2, 1, 1]),
        ("结果", [2, 0, 1, 1]),
        ("2", [2, 1, 1, 1]),
        ("3", [2, 2, 1, 1]),
    ];
    assert_eq!(cells(&source), expected);
}

#[test]
fn spans_beyond_all_measure_are_no_places() {
    let page = "<html><body><p>全镇上下一心，修整道路，疏浚沟渠，收到申请两件，均已答复。</p><table>\
        <tr><td rowspan=4000000000>甲</td><td colspan=4000000000>乙</td></tr><tr><td>丙</td></tr></table></body></html>";
    let source = read(page.as_bytes(), "报告.html").unwrap();
    assert_eq!(cells(&source), [("丙", [1, 0, 1, 1])]);
}
