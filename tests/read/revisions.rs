//! Tracked changes of Word files, read as if all were accepted.

use hegui::{document::NoteKind, read::read};

use crate::{
    body, lines, notes,
    package::{Docx, numbered, paragraph, run},
    word_place,
};

const DELETED_MARK: &str = "<w:rPr><w:del w:id=\"9\" w:author=\"甲\"/></w:rPr>";

#[test]
fn insertions_count_and_deletions_do_not() {
    let source = body(&format!(
        "<w:p>{}<w:del><w:r><w:delText>4100</w:delText></w:r></w:del><w:ins>{}{}</w:ins><w:ins>{}</w:ins>{}</w:p>",
        run("目录"),
        run("42"),
        run("1"),
        run("6"),
        run("项"),
    ));
    assert_eq!(lines(&source), ["目录4216项"]);
    assert_eq!(notes(&source), [(NoteKind::Deletion, ""), (NoteKind::Insertion, "4216")]);
    assert_eq!(source.notes[0].span.start, "目录".len());
    assert_eq!(word_place(&source, "16项"), (0, 4, 7));
}

#[test]
fn moved_text_stands_where_it_was_moved_to() {
    let source = body(&format!(
        "<w:p><w:moveFromRangeStart w:id=\"1\"/><w:moveFrom>{}</w:moveFrom><w:moveFromRangeEnd w:id=\"1\"/>{}</w:p>\
         <w:p><w:moveTo>{}</w:moveTo></w:p>",
        run("移走"),
        run("留下"),
        run("移走"),
    ));
    assert_eq!(lines(&source), ["留下", "移走"]);
    assert_eq!(notes(&source), [(NoteKind::Deletion, ""), (NoteKind::Insertion, "移走")]);
}

#[test]
fn deletions_inside_insertions_do_not_count() {
    let source = body(&format!(
        "<w:p><w:ins>{}<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>{}</w:ins></w:p>",
        run("甲"),
        run("丙"),
    ));
    assert_eq!(lines(&source), ["甲丙"]);
}

#[test]
fn a_deleted_paragraph_end_joins_with_the_next_paragraph() {
    let source = body(&format!(
        "<w:p><w:pPr>{DELETED_MARK}</w:pPr>{}</w:p><w:bookmarkEnd w:id=\"3\"/><w:p>{}</w:p>{}",
        run("前半，"),
        run("后半。"),
        paragraph("另一段"),
    ));
    assert_eq!(source.text, "前半，后半。\n另一段\n");
    assert_eq!(word_place(&source, "前半"), (0, 0, 2));
    assert_eq!(word_place(&source, "后半"), (1, 0, 2));
    assert_eq!(word_place(&source, "另一段"), (2, 0, 3));
    assert_eq!(notes(&source), [(NoteKind::Deletion, "")]);
}

#[test]
fn a_deleted_numbered_paragraph_is_not_counted() {
    let level =
        "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>";
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{level}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    );
    let deleted =
        numbered(1, 0, "").replace("</w:pPr>", &format!("{DELETED_MARK}</w:pPr><w:del>{}</w:del>", run("删")));
    let content = [numbered(1, 0, "甲"), deleted.clone(), numbered(1, 0, "乙"), deleted];
    let source = read(&Docx::new(&content.concat()).numbering(&numbering).build(), "").unwrap();
    assert_eq!(lines(&source), ["1.甲", "2.乙"]);
}

#[test]
fn deleted_rows_and_cells_are_left_out_and_old_properties_ignored() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text));
    let row = |properties: &str, cells: &str| format!("<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>");
    let source = body(&format!(
        "<w:tbl>{}{}{}</w:tbl><w:p><w:pPr><w:pPrChange><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:pPrChange></w:pPr>{}</w:p>",
        row("", &[cell("", "甲"), cell("<w:cellDel/>", "删格"), cell("", "乙")].concat()),
        row("<w:del/>", &cell("", "删行")),
        row("<w:ins/>", &[cell("", "丙"), cell("", "丁")].concat()),
        run("尾"),
    ));
    assert_eq!(lines(&source), ["甲", "乙", "丙", "丁", "尾"]);
    assert_eq!(notes(&source), [(NoteKind::Deletion, ""), (NoteKind::Insertion, "丙\n丁")]);
    assert_eq!(source.paragraphs[4].depth, None);
}
