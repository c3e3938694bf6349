//! OpenDocument texts: one that LibreOffice wrote, and smaller ones built part by part.

use hegui::{
    document::{NoteKind, Origin, ParagraphKind, Source},
    read::read,
};

use crate::{code, kinds, lines, notes, package::zip, span_of, word_place};

/// The same report as `numbered.doc`, by LibreOffice.
const NUMBERED: &[u8] = include_bytes!("../files/numbered.odt");

const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
     xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
     xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
     xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
     xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"";

pub(crate) fn content(styles: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}

pub(crate) fn package(entries: &[(&str, &str)]) -> Vec<u8> {
    let entry = |(name, content): &(&str, &str)| ((*name).to_owned(), content.as_bytes().to_vec());
    zip(&entries.iter().map(entry).collect::<Vec<_>>())
}

fn file(styles: &str, body: &str) -> Vec<u8> {
    package(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content(styles, body))])
}

#[track_caller]
pub(crate) fn body(body: &str) -> Source {
    read(&file("", body), "报告.odt").unwrap()
}

const LISTS: &str = "<text:list-style style:name=\"L\">\
     <text:list-level-style-number text:level=\"1\" style:num-format=\"一, 二, 三, ...\" style:num-suffix=\"、\"/>\
     <text:list-level-style-number text:level=\"2\" style:num-format=\"1\" text:display-levels=\"2\" text:start-value=\"3\"/>\
     </text:list-style>";

#[test]
fn reads_the_text_as_it_stands_when_all_changes_are_accepted() {
    let source = read(NUMBERED, "报告.odt").unwrap();
    assert_eq!(source.format.name(), "odt");
    assert_eq!(
        lines(&source),
        [
            "青溪镇2024年度工作情况报告",
            "2024年，青溪镇坚持服务群众，现将有关情况报告如下。",
            "一、主要工作",
            "（一）修缮水利",
            "全年清淤沟渠4216米，惠及农户320户。",
            "（二）办理事项",
            "1.受理申请56件；",
            "2.调解纠纷23件。",
            "（1）邻里纠纷15件；",
            "（2）其他8件。",
            "村名",
            "件数",
            "上湾村",
            "12",
            "11",
            "二、存在不足",
            "人手偏少，",
            "设备老旧。\tCafé网络𠮷祥路站点尚未联通。",
            "• 圆点条目",
            "青溪镇人民政府",
            "2025年1月8日",
            "数据来自镇水利站。",
            "青溪镇文件",
            "— 1 —",
        ]
    );
    let found =
        [(NoteKind::Deletion, ""), (NoteKind::Insertion, "4216"), (NoteKind::Comment, ""), (NoteKind::Hidden, "")];
    assert_eq!(notes(&source), found);
    let depths: Vec<u8> = source.paragraphs.iter().filter_map(|line| line.depth).collect();
    assert_eq!(depths, [1, 2, 2, 1]);
    assert_eq!(kinds(&source)[14], ParagraphKind::Cell { table: 0, row: 2 });
    assert_eq!(kinds(&source)[21..], [ParagraphKind::Note, ParagraphKind::Furniture, ParagraphKind::Furniture]);
}

#[test]
fn places_are_characters_of_a_paragraph_without_its_number() {
    let source = read(NUMBERED, "").unwrap();
    // The deleted text of a tracked change is a paragraph of the part as well.
    assert_eq!(word_place(&source, "主要"), (3, 0, 2));
    assert_eq!(word_place(&source, "4216米"), (5, 6, 11));
    let (paragraph, start, end) = word_place(&source, "𠮷祥路");
    assert_eq!((start, end), (18, 21));
    assert_eq!(word_place(&source, "人手"), (paragraph, 0, 2));
    let part = |text| match source.origins.of(&source.text, span_of(&source, text)) {
        Some(Origin::Word { part, .. }) => part.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(part("水利站"), "content.xml");
    assert_eq!(part("镇文件"), "styles.xml");
}

#[test]
fn blanks_are_those_that_are_shown() {
    let source = body(
        "<text:p>\n  共 \n 有<text:s text:c=\"2\"/>3<text:span> 件</text:span> <text:line-break/> 尾&#x4e00;&amp;</text:p>",
    );
    assert_eq!(source.text, "共 有  3 件 \n尾一&\n");
    assert!(source.paragraphs[1].continues);
    assert_eq!(word_place(&source, "尾"), (0, 10, 11));
}

#[test]
fn lists_count_for_themselves_unless_they_go_on() {
    let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
    let inner = format!("<text:list>{}{}</text:list>", item("丙"), item("丁"));
    let text = format!(
        "<text:list text:style-name=\"L\" xml:id=\"a\"><text:list-header><text:p>头</text:p></text:list-header>\
         <text:list-item><text:p>甲</text:p><text:p>又</text:p></text:list-item><text:list-item><text:p>乙</text:p>{inner}\
         </text:list-item></text:list><text:list text:style-name=\"L\" text:continue-list=\"a\">{}</text:list>\
         <text:list text:style-name=\"L\">{}<text:list-item text:start-value=\"7\"><text:p>庚</text:p></text:list-item></text:list>\
         <text:list text:style-name=\"L\" text:continue-numbering=\"true\">{}</text:list>",
        item("戊"),
        item("己"),
        item("辛"),
    );
    let source = read(&file(LISTS, &text), "").unwrap();
    let wanted = ["头", "一、甲", "又", "二、乙", "二.3 丙", "二.4 丁", "三、戊", "一、己", "七、庚", "八、辛"];
    assert_eq!(lines(&source), wanted);
}

#[test]
fn a_table_of_a_single_cell_is_a_frame() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let table = |rows: &str| format!("<table:table>{rows}</table:table>");
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let header = format!("<table:table-header-rows>{}</table:table-header-rows>", row(&(cell("甲") + &cell("乙"))));
    let text = table(&row(&cell("框"))) + &table(&(header + &row(&(cell("丙") + "<table:covered-table-cell/>"))));
    let source = body(&text);
    let cell = |row| ParagraphKind::Cell { table: 0, row };
    assert_eq!(kinds(&source), [ParagraphKind::Body, cell(0), cell(0), cell(1)]);
    assert_eq!(lines(&source), ["框", "甲", "乙", "丙"]);
}

#[test]
fn changes_comments_and_hidden_text_are_noted() {
    let styles = "<style:style style:name=\"H\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>\
         <style:style style:name=\"I\" style:family=\"text\" style:parent-style-name=\"H\"/>";
    let text = "<text:tracked-changes><text:changed-region xml:id=\"i\"><text:insertion/></text:changed-region>\
         <text:changed-region xml:id=\"f\"><text:format-change/></text:changed-region>\
         <text:changed-region xml:id=\"d\"><text:deletion><text:p>旧</text:p></text:deletion></text:changed-region></text:tracked-changes>\
         <text:p>前<text:change-start text:change-id=\"i\"/>新</text:p><text:p>段<text:change-end text:change-id=\"i\"/>后\
         <text:change-start text:change-id=\"f\"/>粗<text:change-end text:change-id=\"f\"/><text:change text:change-id=\"d\"/></text:p>\
         <text:p>批<office:annotation office:name=\"c\"><text:p>问</text:p></office:annotation>注<office:annotation-end office:name=\"c\"/>\
         <text:span text:style-name=\"I\">密</text:span></text:p><text:section text:display=\"none\"><text:p>节</text:p></text:section>";
    let source = read(&file(styles, text), "").unwrap();
    assert_eq!(lines(&source), ["前新", "段后粗", "批注"]);
    let wanted = [
        (NoteKind::Insertion, "新\n段"),
        (NoteKind::Deletion, ""),
        (NoteKind::Comment, "注"),
        (NoteKind::Hidden, ""),
        (NoteKind::Hidden, ""),
    ];
    assert_eq!(notes(&source), wanted);
}

#[test]
fn a_text_box_follows_its_paragraph_and_a_table_of_contents_is_furniture() {
    let source = body(
        "<text:table-of-content><text:table-of-content-source><text:p>源</text:p></text:table-of-content-source>\
         <text:index-body><text:p>目录1</text:p></text:index-body></text:table-of-content>\
         <text:p>红<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>头</text:p><text:p>尾</text:p>",
    );
    assert_eq!(lines(&source), ["目录1", "红头", "框", "尾"]);
    assert_eq!(kinds(&source)[..2], [ParagraphKind::Furniture, ParagraphKind::Body]);
}

#[test]
fn other_and_damaged_files_say_what_they_are() {
    let kind = |kind: &str| {
        let media_type = format!("application/vnd.oasis.opendocument.{kind}");
        code(&package(&[("mimetype", &media_type), ("content.xml", &content("", ""))]))
    };
    assert_eq!(kind("spreadsheet"), "spreadsheet");
    assert_eq!(kind("presentation-template"), "presentation");
    assert_eq!(kind("text"), "empty");
    let locked = "<manifest:encryption-data manifest:checksum=\"\"/>";
    assert_eq!(code(&package(&[("META-INF/manifest.xml", locked), ("content.xml", "\u{1}")])), "encrypted");
    assert_eq!(code(&package(&[("mimetype", ""), ("content.xml", "<a/>")])), "damaged");
}
