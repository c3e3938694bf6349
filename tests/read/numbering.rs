//! Automatic numbers of Word files, written out.

use hegui::read::read;

use crate::{
    lines,
    package::{Docx, numbered, with_properties},
    word_place,
};

/// A level: its index, its format, its text and what else it says.
fn level(index: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn definition(id: u32, content: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{content}</w:abstractNum>")
}

fn list(id: u32, definition: u32, overrides: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{definition}\"/>{overrides}</w:num>")
}

/// The numbering of official documents: 一、（一）1.（1）.
fn official(id: u32) -> String {
    let nothing = "<w:suff w:val=\"nothing\"/>";
    definition(
        id,
        &[
            level(0, "chineseCounting", "%1、", nothing),
            level(1, "chineseCountingThousand", "（%2）", nothing),
            level(2, "decimal", "%3.", ""),
            level(3, "decimal", "（%4）", ""),
        ]
        .concat(),
    )
}

#[track_caller]
fn check(body: &str, numbering: &str, expected: &[&str]) {
    check_styled(body, numbering, "", expected);
}

#[track_caller]
fn check_styled(body: &str, numbering: &str, styles: &str, expected: &[&str]) {
    let bytes = Docx::new(body).numbering(numbering).styles(styles).build();
    assert_eq!(lines(&read(&bytes, "报告.docx").unwrap()), expected);
}

#[test]
fn official_numbers_are_written_out_and_deeper_levels_begin_anew() {
    let body = [
        numbered(1, 0, "举措"),
        numbered(1, 1, "学习"),
        numbered(1, 2, "党委"),
        numbered(1, 2, "政府"),
        numbered(1, 1, "执法"),
        numbered(1, 2, "检查"),
        numbered(1, 0, "不足"),
        numbered(1, 1, "力量"),
        numbered(1, 3, "上级没有编号"),
    ];
    let expected = [
        "一、举措",
        "（一）学习",
        "1.党委",
        "2.政府",
        "（二）执法",
        "1.检查",
        "二、不足",
        "（一）力量",
        "（1）上级没有编号",
    ];
    check(&body.concat(), &[official(0), list(1, 0, "")].concat(), &expected);
}

#[test]
fn a_number_is_no_part_of_the_places() {
    let bytes = Docx::new(&numbered(1, 0, "主要举措")).numbering(&[official(0), list(1, 0, "")].concat()).build();
    let source = read(&bytes, "").unwrap();
    assert_eq!(word_place(&source, "主要"), (0, 0, 2));
    assert_eq!(word_place(&source, "一、主"), (0, 0, 1));
}

#[test]
fn lists_by_one_definition_count_on_together() {
    let body =
        [numbered(1, 0, "甲"), numbered(2, 0, "乙"), numbered(3, 0, "丙"), numbered(3, 0, "丁"), numbered(2, 0, "戊")];
    let anew = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>";
    let numbering = [official(0), list(1, 0, ""), list(2, 0, ""), list(3, 0, anew)];
    check(&body.concat(), &numbering.concat(), &["一、甲", "二、乙", "五、丙", "六、丁", "七、戊"]);
}

#[test]
fn a_list_may_define_a_level_itself() {
    let own = format!("<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>", level(0, "upperRoman", "%1)", ""));
    let body = [numbered(1, 0, "甲"), numbered(2, 0, "乙")];
    check(&body.concat(), &[official(0), list(1, 0, ""), list(2, 0, &own)].concat(), &["一、甲", "II)乙"]);
}

#[test]
fn restart_says_which_levels_begin_anew() {
    let levels = |restart: u32| {
        let restart = format!("<w:lvlRestart w:val=\"{restart}\"/>");
        [level(0, "decimal", "%1.", ""), level(1, "decimal", "%1.%2.", ""), level(2, "decimal", "%3)", &restart)]
            .concat()
    };
    let body = [
        numbered(1, 0, "章"),
        numbered(1, 1, "节"),
        numbered(1, 2, "点"),
        numbered(1, 1, "节"),
        numbered(1, 2, "点"),
        numbered(1, 0, "章"),
        numbered(1, 2, "点"),
    ]
    .concat();
    let never = ["1.章", "1.1.节", "1)点", "1.2.节", "2)点", "2.章", "3)点"];
    check(&body, &[definition(0, &levels(0)), list(1, 0, "")].concat(), &never);
    let chapter = ["1.章", "1.1.节", "1)点", "1.2.节", "2)点", "2.章", "1)点"];
    check(&body, &[definition(0, &levels(1)), list(1, 0, "")].concat(), &chapter);
}

#[test]
fn legal_numbering_writes_plain_figures() {
    let legal = level(1, "decimal", "%1.%2", "<w:isLgl/>");
    let numbering = [definition(0, &[level(0, "chineseCounting", "第%1章", ""), legal].concat()), list(1, 0, "")];
    check(
        &[numbered(1, 0, "总则"), numbered(1, 1, "目的")].concat(),
        &numbering.concat(),
        &["第一章 总则", "1.1 目的"],
    );
}

#[test]
fn bullets_and_levels_without_numbers_have_labels_too() {
    let levels = [
        level(0, "bullet", "\u{f06c}", ""),
        level(1, "bullet", "l", ""),
        level(2, "bullet", "◆", "<w:suff w:val=\"nothing\"/>"),
        level(3, "none", "", ""),
        level(4, "none", "附：", ""),
        level(5, "decimalEnclosedCircleChinese", "%6", "<w:suff w:val=\"space\"/>"),
        level(6, "decimalFullWidth", "%7．", ""),
    ];
    let body: String = (0..7).map(|index| numbered(1, index, "项")).collect();
    let numbering = [definition(0, &levels.concat()), list(1, 0, "")].concat();
    check(&body, &numbering, &["• 项", "• 项", "◆项", "项", "附：项", "① 项", "１．项"]);
}

#[test]
fn numbers_come_through_styles_and_are_switched_off() {
    let style = |id: &str, more: &str| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/>{more}</w:style>")
    };
    let number = |id: u32| format!("<w:pPr><w:numPr><w:numId w:val=\"{id}\"/></w:numPr></w:pPr>");
    let styles = [
        style("h1", &number(1)),
        style("h2", &number(1)),
        style("child", "<w:basedOn w:val=\"h2\"/>"),
        style("off", &format!("<w:basedOn w:val=\"h1\"/>{}", number(0))),
    ];
    let levels = [
        level(0, "chineseCounting", "%1、", "<w:pStyle w:val=\"h1\"/>"),
        level(1, "chineseCounting", "（%2）", "<w:pStyle w:val=\"h2\"/>"),
    ];
    let styled = |id: &str, more: &str| with_properties(&format!("<w:pStyle w:val=\"{id}\"/>{more}"), id);
    let body = [
        styled("h1", ""),
        styled("h2", ""),
        styled("child", ""),
        styled("off", ""),
        styled("h1", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>"),
        styled("h1", "<w:numPr><w:ilvl w:val=\"1\"/></w:numPr>"),
        styled("h1", ""),
    ];
    let numbering = [definition(0, &levels.concat()), list(1, 0, "")].concat();
    let expected = ["一、h1", "（一）h2", "（二）child", "off", "h1", "（三）h1", "二、h1"];
    check_styled(&body.concat(), &numbering, &styles.concat(), &expected);
}

#[test]
fn numbering_styles_lead_to_their_definition() {
    let linked = definition(0, "<w:numStyleLink w:val=\"公文\"/>");
    let content = format!("<w:styleLink w:val=\"公文\"/>{}", level(0, "chineseCounting", "%1、", ""));
    let numbering = [linked, definition(1, &content), list(1, 0, ""), list(2, 1, "")].concat();
    check(&[numbered(1, 0, "甲"), numbered(2, 0, "乙")].concat(), &numbering, &["一、甲", "二、乙"]);
}

#[test]
fn newer_formats_fall_back_to_the_older_one() {
    let format = "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">\
                  <mc:Choice Requires=\"w14\"><w:numFmt w:val=\"custom\" w:format=\"001\"/></mc:Choice>\
                  <mc:Fallback><w:numFmt w:val=\"chineseCounting\"/></mc:Fallback></mc:AlternateContent>";
    let levels = format!("<w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/>{format}<w:lvlText w:val=\"%1、\"/></w:lvl>");
    check(&numbered(1, 0, "甲"), &[definition(0, &levels), list(1, 0, "")].concat(), &["三、甲"]);
}

#[test]
fn an_empty_numbered_paragraph_shows_its_number() {
    let numbering = [official(0), list(1, 0, "")].concat();
    let bytes = Docx::new(&[numbered(1, 0, ""), numbered(1, 0, "后")].concat()).numbering(&numbering).build();
    let source = read(&bytes, "").unwrap();
    assert_eq!(source.text, "一、\n二、后\n");
    assert_eq!(word_place(&source, "一、"), (0, 0, 0));
}

#[test]
fn unknown_lists_and_absurd_levels_give_no_number() {
    let body = [numbered(9, 0, "无此列表"), numbered(1, 77, "层次过深"), numbered(1, 0, "照常")].concat();
    check(&body, &[official(0), list(1, 0, ""), list(2, 8, "")].concat(), &["无此列表", "层次过深", "一、照常"]);
}
