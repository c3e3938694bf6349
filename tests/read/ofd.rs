//! OFD files built part by part: a report set as offices set it, and odd objects.

use std::fmt::Write;

use hegui::{
    document::{Origin, ParagraphKind},
    read::read,
};

use crate::{code, kinds, lines, odt::package, span_of};

const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
/// A character of 三号, in millimetres.
const SIZE: f64 = 5.6;
/// From one line to the next.
const PITCH: f64 = 10.0;
const LEFT: f64 = 28.0;
/// Characters of a full line.
const FULL: usize = 28;

/// A line of text whose first character stands so many characters from the left margin.
fn line(text: &str, indent: f64, row: f64) -> String {
    let (x, y) = (LEFT + indent * SIZE, 40.0 + row * PITCH);
    let count = text.chars().count().saturating_sub(1);
    format!(
        "<ofd:TextObject ID=\"9\" Boundary=\"{x} {y} 150 {SIZE}\" Font=\"2\" Size=\"{SIZE}\"><ofd:TextCode X=\"0\" Y=\"{}\" \
         DeltaX=\"g {count} {SIZE}\">{text}</ofd:TextCode></ofd:TextObject>",
        0.88 * SIZE
    )
}

/// The lines of a paragraph, the first set in by two characters; and the row behind it.
fn paragraph(text: &str, mut row: f64) -> (String, f64) {
    let mut content = String::new();
    let chars: Vec<char> = text.chars().collect();
    let (first, rest) = chars.split_at(chars.len().min(FULL - 2));
    for (place, part) in std::iter::once(first).chain(rest.chunks(FULL)).enumerate() {
        content += &line(&part.iter().collect::<String>(), if place == 0 { 2.0 } else { 0.0 }, row);
        row += 1.0;
    }
    (content, row)
}

fn page(content: &str) -> String {
    format!(
        "<ofd:Page {SPACE}><ofd:Template TemplateID=\"1\" ZOrder=\"Background\"/><ofd:Content><ofd:Layer ID=\"5\">\
         <ofd:PageBlock ID=\"6\">{content}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>"
    )
}

/// A page without the letterhead.
fn bare(content: &str) -> String {
    page(content).replace("TemplateID=\"1\"", "TemplateID=\"8\"")
}

fn file(pages: &[String]) -> Vec<u8> {
    let list: String = (0..pages.len()).rev().fold(String::new(), |mut list, index| {
        // The order of the list counts, not the names.
        let _ = write!(list, "<ofd:Page ID=\"{index}\" BaseLoc=\"Pages/Page_{index}/Content.xml\"/>");
        list
    });
    let document = format!(
        "<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>\
         <ofd:TemplatePage ID=\"1\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/></ofd:CommonData><ofd:Pages>{list}</ofd:Pages></ofd:Document>"
    );
    let root = format!(
        "<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    );
    let template = format!(
        "<ofd:Page {SPACE}><ofd:Content><ofd:Layer>{}</ofd:Layer></ofd:Content></ofd:Page>",
        line("青溪镇人民政府文件", 9.0, -1.5)
    );
    let names: Vec<String> = (0..pages.len()).map(|index| format!("Doc_0/Pages/Page_{index}/Content.xml")).collect();
    let mut entries = vec![
        ("OFD.xml", root.as_str()),
        ("Doc_0/Document.xml", &document),
        ("Doc_0/Tpls/Tpl_0/Content.xml", &template),
    ];
    entries.extend(names.iter().map(String::as_str).zip(pages.iter().rev().map(String::as_str)));
    package(&entries)
}

/// A report of two pages, in which a paragraph runs over the page's end.
fn report() -> Vec<u8> {
    let long = "全年清淤沟渠4216米，惠及农户320户，新建泵站3座，修缮渠首闸门12处，上游各村用水矛盾明显减少，灌溉面积比上年增加一成以上，群众普遍满意，其余支渠列入来年计划。";
    let mut content = line("青溪镇2024年度工作情况报告", 6.5, 0.0);
    let mut row = 2.0;
    for text in ["2024年，青溪镇坚持服务群众，现将有关情况报告如下。", "一、主要工作", "（一）修缮水利"]
    {
        let (lines, next) = paragraph(text, row);
        content += &lines;
        row = next;
    }
    let (lines, _) = paragraph(long, row);
    let (first, second) = lines.split_at(lines.match_indices("<ofd:TextObject").nth(2).unwrap().0);
    let rest = second.replace("\" 28 ", "\"28 ");
    let number = |page: &str| line(page, 12.0, 23.5);
    let moved = rest.split("Boundary=\"").enumerate().map(|(place, part)| match part.split_once(' ') {
        Some((x, rest)) if place > 0 => {
            let (_, rest) = rest.split_once(' ').unwrap();
            format!("Boundary=\"{x} {} {rest}", 40.0 + PITCH * (place - 1) as f64)
        }
        _ => part.to_owned(),
    });
    let (closing, next) = paragraph("二、存在不足", 2.0);
    let (more, _) = paragraph("人手偏少。", next);
    let second = moved.collect::<String>() + &closing + &more + &line("2025年1月8日", 18.0, 6.0) + &number("— 2 —");
    file(&[page(&(content + first + &number("— 1 —"))), page(&second)])
}

#[test]
fn reads_lines_as_paragraphs_over_lines_and_pages() {
    let source = read(&report(), "报告.ofd").unwrap();
    assert_eq!(source.format.name(), "ofd");
    assert_eq!(
        lines(&source),
        [
            "青溪镇2024年度工作情况报告",
            "2024年，青溪镇坚持服务群众，现将有关情况报告如下。",
            "一、主要工作",
            "（一）修缮水利",
            "全年清淤沟渠4216米，惠及农户320户，新建泵站3座，修缮渠首闸门12处，上游各村用水矛盾明显减少，灌溉面积比上年增加一成以上，群众普遍满意，其余支渠列入来年计划。",
            "二、存在不足",
            "人手偏少。",
            "2025年1月8日",
            "青溪镇人民政府文件",
            "— 1 —",
            "— 2 —",
        ]
    );
    assert!(kinds(&source)[8..].iter().all(|kind| *kind == ParagraphKind::Furniture));
}

#[test]
fn places_are_boxes_in_points() {
    let source = read(&report(), "").unwrap();
    let place = |part| match source.origins.of(&source.text, span_of(&source, part)) {
        Some(Origin::Page { page, left, top, width, height }) => (page, [left, top, width, height].map(f32::round)),
        other => panic!("{other:?}"),
    };
    // 28 mm and two characters of 5.6 mm; 40 mm, four lines of 10 mm below the first.
    assert_eq!(place("一、主"), (1, [111.0, 227.0, 48.0, 16.0]));
    assert_eq!(place("二、存在").0, 2);
}

#[test]
fn a_ruled_table_has_cells() {
    let mut content = line("各村用水情况如下表所示，数据由镇水利站提供，截至年底。各村", 2.0, 0.0);
    let rule = |data: &str| {
        format!(
            "<ofd:PathObject Boundary=\"28 50 120 40\" LineWidth=\"0.3\"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    };
    for step in 0..3 {
        content += &rule(&format!("M 0 {0} L 120 {0}", 20 * step));
        content += &rule(&format!("M {0} 0 L {0} 40", 60 * step));
    }
    for (text, indent, row) in [("村名", 1.0, 1.7), ("件数", 12.0, 1.7), ("上湾村", 1.0, 3.7), ("12", 12.0, 3.7)]
    {
        content += &line(text, indent, row);
    }
    let source = read(&file(&[page(&content)]), "").unwrap();
    let cell = |row| ParagraphKind::Cell { table: 0, row };
    let cells: Vec<(&str, ParagraphKind)> = lines(&source).into_iter().zip(kinds(&source)).skip(1).take(4).collect();
    assert_eq!(cells, [("村名", cell(0)), ("件数", cell(0)), ("上湾村", cell(1)), ("12", cell(1))]);
}

#[test]
fn odd_objects_do_no_harm() {
    let object = |attributes: &str, codes: &str| format!("<ofd:TextObject {attributes}>{codes}</ofd:TextObject>");
    let content = [
        object(
            "Boundary=\"28 40 100 6\" Size=\"5.6\"",
            "<ofd:TextCode X=\"0\" Y=\"5\" DeltaX=\"g 4000000000 5.6\">甲乙&#x4e19;&amp;</ofd:TextCode>",
        ),
        object(
            "Boundary=\"28 40 100 6\" CTM=\"2 0 0 2 0 20\" Size=\"2.8\"",
            "<ofd:TextCode>丁</ofd:TextCode><ofd:TextCode X=\"2.8\">戊</ofd:TextCode>",
        ),
        object("Boundary=\"NaN inf\" Size=\"-1\"", "<ofd:TextCode X=\"x\" DeltaX=\"g\"/>"),
        object("", ""),
    ];
    let source = read(&file(&[bare(&content.concat())]), "").unwrap();
    assert_eq!(lines(&source), ["甲乙丙&", "丁戊"]);
}

#[test]
fn files_without_text_say_so() {
    assert_eq!(code(&package(&[("OFD.xml", "<a/>")])), "damaged");
    let picture = "<ofd:ImageObject Boundary=\"0 0 210 297\"/>";
    assert_eq!(code(&file(&[bare(picture)])), "scanned");
    assert_eq!(code(&file(&[bare("")])), "empty");
    let endless = format!("<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>a.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>");
    let many = "<ofd:Page BaseLoc=\"p.xml\"/>".repeat(2_001);
    let document = format!("<ofd:Document {SPACE}><ofd:Pages>{many}</ofd:Pages></ofd:Document>");
    assert_eq!(code(&package(&[("OFD.xml", &endless), ("a.xml", &document), ("p.xml", &bare(""))])), "too-large");
}

/// The parts of a small file, for damage.
pub(crate) fn parts() -> Vec<(String, String)> {
    let content = line("一、主要工作", 2.0, 0.0)
        + "<ofd:PathObject Boundary=\"1 2 3 4\"><ofd:AbbreviatedData>M 0 0 L 9 0</ofd:AbbreviatedData></ofd:PathObject>";
    vec![
        (
            "OFD.xml".into(),
            format!("<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>d.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"),
        ),
        (
            "d.xml".into(),
            format!("<ofd:Document {SPACE}><ofd:Pages><ofd:Page BaseLoc=\"p.xml\"/></ofd:Pages></ofd:Document>"),
        ),
        ("p.xml".into(), page(&content)),
    ]
}
