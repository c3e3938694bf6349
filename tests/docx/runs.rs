//! Runs cut in all the ways that Word files need.

use hegui::{
    diagnostic::{Diagnostic, Edit, Safety},
    text::Span,
};

use crate::{
    annotated, file, finding,
    package::{paragraph, run},
    read, replacement,
    walk::{covered, xml},
};

/// The main part of a file with this paragraph behind a title, annotated.
fn body(content: &str, findings: impl Fn(&hegui::Checked) -> Vec<Diagnostic>) -> (String, Vec<String>) {
    let bytes = file(&format!("{}<w:p>{content}</w:p>", paragraph("题目")));
    let mut checked = read(&bytes);
    checked.review.diagnostics = findings(&checked);
    let copy = annotated(&bytes, &checked);
    (xml(&copy, "word/document.xml"), covered(&copy).into_values().skip(1).collect())
}

fn bold(text: &str) -> String {
    format!("<w:r w:rsidR=\"00A1\"><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>")
}

#[test]
fn a_comment_cuts_its_runs_and_keeps_their_look() {
    let content = [run("全镇上"), bold("下深入"), run("贯彻 &lt;A&amp;B&gt; 落实")].concat();
    let (xml, covered) = body(&content, |checked| {
        vec![finding(checked, "上下深入贯"), finding(checked, "深"), finding(checked, "A&B"), finding(checked, "全镇")]
    });
    assert_eq!(covered, ["全镇", "上下深入贯", "深", "A&B"]);
    assert!(xml.contains("<w:r w:rsidR=\"00A1\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">下</w:t></w:r>"));
    assert!(xml.contains("<w:t xml:space=\"preserve\">A&amp;B</w:t>"), "{xml}");
}

#[test]
fn a_fix_over_several_runs_is_one_change_that_the_comment_covers() {
    let content = [run("全镇法"), bold("制宣"), run("传工作")].concat();
    let (xml, covered) =
        body(&content, |checked| vec![replacement(checked, "法制宣传", "制宣传", "治宣传", Safety::Safe)]);
    assert_eq!(covered, ["法制宣传"]);
    assert_eq!(xml.matches("<w:del ").count(), 2);
    assert_eq!(xml.matches("<w:ins ").count(), 1);
    let inserted = "<w:ins w:id=\"2\" w:author=\"hegui\"><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">治宣传</w:t></w:r></w:ins>";
    let (before, behind) = xml.split_once(inserted).unwrap_or_else(|| panic!("{xml}"));
    assert!(before.contains("commentRangeStart w:id=\"1\"") && behind.contains("commentRangeEnd w:id=\"1\""));
}

#[test]
fn fixes_insert_delete_and_do_not_meet() {
    let content = [run("甲乙丙丁戊"), run("己庚")].concat();
    let (xml, _) = body(&content, |checked| {
        let mut before = replacement(checked, "己", "", "始", Safety::Safe);
        let start = before.span.start;
        before.fix.as_mut().unwrap().edits = vec![Edit { span: Span::new(start, start), text: "始".to_owned() }];
        vec![
            replacement(checked, "乙丙", "乙丙", "", Safety::Unsafe),
            replacement(checked, "丙丁", "丙", "换", Safety::Safe),
            replacement(checked, "庚", "", "。", Safety::Safe),
            before,
        ]
    });
    assert!(xml.contains("<w:delText xml:space=\"preserve\">丙</w:delText>"), "the safe one wins: {xml}");
    assert!(!xml.contains("乙丙</w:delText>"));
    let text = |word: &str| xml.find(&format!("<w:t xml:space=\"preserve\">{word}</w:t>")).unwrap();
    assert!(text("换") < text("始") && text("始") < xml.find("己").unwrap() && xml.find("庚").unwrap() < text("。"));
    let closes = xml.rfind("commentRangeEnd").unwrap();
    assert!(text("。") < closes, "an insertion is covered by its comment: {xml}");
}

#[test]
fn what_shows_no_character_survives_a_deletion() {
    let content = "<w:r><w:t>法制</w:t><w:footnoteReference w:id=\"2\"/><w:t>宣传</w:t><w:tab/><w:t xml:space=\"preserve\"> 尾</w:t></w:r>";
    let (xml, covered) =
        body(content, |checked| vec![replacement(checked, "法制宣传\t", "法制宣传\t", "普法", Safety::Safe)]);
    assert_eq!(covered, ["法制宣传\t"]);
    assert!(xml.contains("</w:del><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:del "), "{xml}");
    assert!(xml.contains("<w:delText xml:space=\"preserve\">宣传</w:delText></w:r></w:del>"), "{xml}");
}

#[test]
fn only_what_changes_goes_where_something_is_hidden_in_a_wording() {
    let content = "<w:r><w:t>干部法制</w:t><w:br/><w:t>宣传</w:t></w:r>";
    let (xml, covered) =
        body(content, |checked| vec![replacement(checked, "法制\n宣传", "法制\n宣传", "法治宣传", Safety::Safe)]);
    assert_eq!(covered, ["法制\n宣传"]);
    let goes = "<w:delText xml:space=\"preserve\">制</w:delText>";
    assert!(xml.contains(goes) && xml.matches("delText").count() == 2, "{xml}");
}

#[test]
fn links_controls_and_tags_are_cut_where_they_are() {
    let content = format!(
        "{}<w:hyperlink r:id=\"rId9\">{}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt><w:smartTag>{}</w:smartTag>",
        run("甲乙"),
        run("丙丁"),
        run("戊己"),
        run("庚辛")
    );
    let (xml, covered) = body(&content, |checked| {
        vec![
            finding(checked, "乙丙"),
            finding(checked, "丁戊己庚"),
            replacement(checked, "丁戊", "丁戊", "新", Safety::Safe),
        ]
    });
    assert_eq!(covered, ["乙丙", "丁戊", "丁戊己庚"]);
    assert_eq!(xml.matches("<w:del ").count(), 2);
}

#[test]
fn changes_of_others_stay_and_are_split_as_word_splits_them() {
    let content = format!(
        "{}<w:del w:id=\"7\" w:author=\"张伟\"><w:r><w:delText>旧</w:delText></w:r></w:del>\
         <w:ins w:id=\"8\" w:author=\"张伟\"><w:r><w:t>法制宣传</w:t></w:r></w:ins>{}",
        run("开展"),
        run("工作")
    );
    let (xml, covered) = body(&content, |checked| {
        vec![replacement(checked, "法制", "制", "治", Safety::Safe), finding(checked, "展法制宣传工")]
    });
    assert_eq!(covered, ["展法制宣传工", "法制"]);
    assert!(xml.contains("w:author=\"张伟\"><w:r><w:delText>旧</w:delText></w:r></w:del>"));
    assert_eq!(xml.matches("<w:ins w:id=\"8\" w:author=\"张伟\">").count(), 2, "{xml}");
    assert!(xml.contains("</w:del></w:ins><w:ins w:id=\"10\" w:author=\"hegui\">"), "{xml}");
}

#[test]
fn moved_text_fields_and_formulas_are_commented_but_not_changed() {
    let content = format!(
        "<w:moveTo w:id=\"3\" w:author=\"张伟\">{}</w:moveTo><m:oMath><m:r><m:t>xy</m:t></m:r></m:oMath>{}",
        run("移来"),
        run("尾")
    );
    let (xml, covered) = body(&content, |checked| {
        vec![
            replacement(checked, "移来", "移来", "新", Safety::Safe),
            replacement(checked, "xy", "xy", "z", Safety::Safe),
        ]
    });
    assert_eq!(covered, ["移来", "xy"]);
    assert_eq!(xml.matches("hegui").count(), 0, "{xml}");
}

#[test]
fn text_with_its_reading_above_is_marked_whole() {
    let ruby =
        format!("<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>", run("qīng"), run("青砚"));
    let bytes = file(&format!("{}<w:p>{}{ruby}{}</w:p>", paragraph("题目"), run("在"), run("镇")));
    let mut checked = read(&bytes);
    checked.review.diagnostics = vec![replacement(&checked, "砚镇", "砚", "石", Safety::Safe)];
    let copy = hegui::render::annotate(&bytes, &checked).unwrap();
    assert_eq!(covered(&copy).into_values().nth(1).unwrap(), "qīng青砚镇");
    assert!(!xml(&copy, "word/document.xml").contains("hegui"));
}

#[test]
fn a_finding_that_leaves_its_paragraph_ends_with_it() {
    let bytes = file(&["题目", "前一段", "后一段"].map(paragraph).concat());
    let mut checked = read(&bytes);
    checked.review.diagnostics = vec![finding(&checked, "一段\n后一")];
    let copy = annotated(&bytes, &checked);
    assert_eq!(covered(&copy).into_values().nth(1).unwrap(), "一段");
}

#[test]
fn breaks_and_blanks_count_as_the_reader_counts_them() {
    let content = "<w:r><w:br w:type=\"page\"/><w:t> 甲</w:t><w:br/><w:t xml:space=\"preserve\"> 乙</w:t><w:softHyphen/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r>";
    let (_, covered) = body(content, |checked| {
        vec![finding(checked, "甲"), finding(checked, "乙丙-"), replacement(checked, "丁", "丁", "戊", Safety::Safe)]
    });
    assert_eq!(covered, ["甲", "乙丙-", "丁"]);
}

#[test]
fn text_in_a_box_is_marked_at_the_run_that_holds_the_box() {
    let text_box = format!("<w:txbxContent>{}</w:txbxContent>", paragraph("框里法制"));
    let content = format!(
        "{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{text_box}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{text_box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        run("正文")
    );
    let bytes = file(&format!("{}<w:p>{content}</w:p>", paragraph("题目")));
    let mut checked = read(&bytes);
    checked.review.diagnostics = vec![replacement(&checked, "法制", "法制", "法治", Safety::Safe)];
    let copy = hegui::render::annotate(&bytes, &checked).unwrap();
    let xml = xml(&copy, "word/document.xml");
    assert!(xml.contains("<w:commentRangeStart w:id=\"1\"/><w:r><mc:AlternateContent>"), "{xml}");
    assert!(!xml.contains("hegui"));
}

#[test]
fn a_heading_of_nothing_but_its_number_can_be_commented() {
    let level = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl>";
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{level}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    );
    let body = [
        paragraph("题目"),
        crate::package::numbered(1, 0, ""),
        crate::package::numbered(1, 0, "打算").replace("<w:r>", "<w:r><w:rPr/>"),
    ];
    let bytes = crate::package::Docx::new(&body.concat()).numbering(&numbering).build();
    let mut checked = read(&bytes);
    checked.review.diagnostics =
        vec![finding(&checked, "一、"), replacement(&checked, "二、打算", "二、", "三、", Safety::Safe)];
    let copy = hegui::render::annotate(&bytes, &checked).unwrap();
    assert_eq!(covered(&copy).into_values().collect::<Vec<_>>(), ["题目", "", "打算"]);
    assert!(!xml(&copy, "word/document.xml").contains("hegui"), "a computed number cannot be replaced");
}
