//! Packages that lack parts, write them otherwise, have comments already, or are damaged.

use hegui::{diagnostic::Safety, render::annotate};

use crate::{
    TYPES, annotated, file, finding,
    package::{Docx, document, paragraph, zip},
    read, replacement, walk,
};

const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

/// The file annotated with a finding that has a fix.
fn probed(bytes: &[u8]) -> Vec<u8> {
    let mut checked = read(bytes);
    checked.review.diagnostics =
        vec![replacement(&checked, "法制宣传", "制", "治", Safety::Safe), finding(&checked, "题")];
    annotated(bytes, &checked)
}

fn content() -> String {
    [paragraph("题目"), paragraph("开展法制宣传")].concat()
}

#[test]
fn new_comments_are_declared_and_related() {
    let copy = probed(&file(&content()));
    let types = walk::xml(&copy, "[Content_Types].xml");
    assert_eq!(types.matches("PartName=\"/word/comments.xml\"").count(), 1);
    let relations = walk::xml(&copy, "word/_rels/document.xml.rels");
    assert!(relations.contains("relationships/comments\" Target=\"comments.xml\"/></Relationships>"), "{relations}");
}

#[test]
fn a_file_that_was_annotated_is_annotated_again() {
    let once = probed(&file(&content()));
    let mut checked = read(&once);
    checked.review.diagnostics = vec![finding(&checked, "题目")];
    let twice = annotate(&once, &checked).unwrap();
    let comments = walk::comments(&twice);
    assert_eq!(comments.keys().copied().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    let covered = walk::covered(&twice);
    assert_eq!((covered[&1].as_str(), covered[&4].as_str()), ("题", "题目"));
    assert_eq!(walk::xml(&twice, "[Content_Types].xml").matches("/word/comments").count(), 1);
}

#[test]
fn comments_of_others_stay() {
    let old = "<w:comment w:id=\"5\" w:author=\"张伟\"><w:p><w:r><w:t>旧批注</w:t></w:r></w:p></w:comment>";
    let body = format!(
        "{}<w:p><w:commentRangeStart w:id=\"5\"/><w:r><w:t>开展法制</w:t></w:r><w:commentRangeEnd w:id=\"5\"/>\
         <w:r><w:commentReference w:id=\"5\"/></w:r><w:r><w:t>宣传</w:t></w:r></w:p>",
        paragraph("题目")
    );
    let bytes = Docx::new(&body).part("comments", "comments", old).build();
    let copy = probed(&bytes);
    let comments = walk::xml(&copy, "word/comments.xml");
    assert!(comments.contains(old));
    assert_eq!(walk::comments(&copy).keys().copied().collect::<Vec<_>>(), [6, 7, 8]);
    assert_eq!(walk::covered(&copy)[&5], "开展法制");
    assert_eq!(walk::xml(&bytes, "word/_rels/document.xml.rels"), walk::xml(&copy, "word/_rels/document.xml.rels"));
}

#[test]
fn a_package_may_lack_relations_and_types() {
    let entries = [("word/document.xml".to_owned(), document(&content()).into_bytes())];
    let copy = probed(&zip(&entries));
    assert!(walk::xml(&copy, "word/_rels/document.xml.rels").contains("Target=\"comments.xml\""));
    let entries = [
        ("_rels/.rels".to_owned(), RELATIONS.as_bytes().to_vec()),
        ("word/document.xml".to_owned(), document(&content()).into_bytes()),
        (
            "word/_rels/document.xml.rels".to_owned(),
            b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>".to_vec(),
        ),
        ("word/comments.xml".to_owned(), b"<unrelated/>".to_vec()),
    ];
    let copy = probed_beside(&zip(&entries));
    assert!(walk::xml(&copy, "word/_rels/document.xml.rels").contains("Target=\"comments1.xml\""));
}

fn probed_beside(bytes: &[u8]) -> Vec<u8> {
    let mut checked = read(bytes);
    checked.review.diagnostics = vec![finding(&checked, "题")];
    let copy = annotate(bytes, &checked).unwrap();
    assert_eq!(walk::parts(&copy)["word/comments.xml"], b"<unrelated/>");
    copy
}

#[test]
fn strict_files_get_strict_comments() {
    let xml = document(&content()).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    let copy = probed(&Docx::raw(&xml).build());
    assert!(
        walk::xml(&copy, "word/comments.xml").contains("xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"")
    );
    assert!(
        walk::xml(&copy, "word/_rels/document.xml.rels")
            .contains("http://purl.oclc.org/ooxml/officeDocument/relationships/comments")
    );
}

#[test]
fn prefixes_are_those_of_the_file() {
    let xml = document(&content());
    for (prefix, declared) in [("x:", "xmlns:x="), ("", "xmlns=")] {
        let xml = xml.replace("<w:", &format!("<{prefix}")).replace("</w:", &format!("</{prefix}"));
        let copy = probed(&Docx::raw(&xml.replace("xmlns:w=", declared)).build());
        let mut checked = read(&copy);
        assert!(checked.document.text.contains("法治宣传"), "{}", checked.document.text);
        checked.review.diagnostics = vec![finding(&checked, "宣传")];
        annotate(&copy, &checked).unwrap();
    }
}

#[test]
fn utf_16_becomes_utf_8_and_says_so() {
    let xml = document(&content()).replace("UTF-8", "UTF-16");
    let bytes: Vec<u8> = format!("\u{feff}{xml}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let entries = [("_rels/.rels".to_owned(), RELATIONS.as_bytes().to_vec()), ("word/document.xml".to_owned(), bytes)];
    let copy = probed(&zip(&entries));
    assert!(walk::xml(&copy, "word/document.xml").starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\""));
}

#[test]
fn what_is_no_word_file_is_an_error() {
    let checked = read(&file(&content()));
    assert_eq!(annotate(b"text", &checked).unwrap_err().code, "damaged");
    assert!(annotate(&zip(&[("a.txt".to_owned(), Vec::new())]), &checked).is_err());
}

#[test]
fn findings_of_another_file_do_not_panic() {
    let mut checked = read(&file(&content()));
    checked.review.diagnostics = vec![replacement(&checked, "法制宣传", "制", "治", Safety::Safe)];
    for body in [paragraph("短"), "<w:p/>".to_owned(), content().repeat(3)] {
        let copy = annotate(&file(&body), &checked).unwrap();
        assert!(walk::xml(&copy, "word/document.xml").contains("commentRangeStart"));
    }
    assert_eq!(annotate(&file("<w:sectPr/>"), &checked).unwrap_err().code, "no-paragraph");
}

#[test]
fn damaged_xml_does_not_panic() {
    let body = document(&content()).into_bytes();
    let checked = read(&file(&content()));
    for at in (0..body.len()).step_by(3) {
        for byte in [b'<', b'/', b'"', 0, 0xe4] {
            let mut broken = body.clone();
            broken[at] = byte;
            let entries = [
                ("word/document.xml".to_owned(), broken),
                ("[Content_Types].xml".to_owned(), TYPES.as_bytes().to_vec()),
            ];
            let _ = annotate(&zip(&entries), &checked);
        }
    }
}

#[test]
fn a_long_paragraph_with_many_findings_takes_no_long_time() {
    let bytes = file(&format!("{}{}", paragraph("题目"), paragraph(&"甲乙".repeat(20_000))));
    let mut checked = read(&bytes);
    let probe = replacement(&checked, "甲", "甲", "丙", Safety::Safe);
    let starts: Vec<usize> = checked.document.text.match_indices('甲').map(|(at, _)| at).collect();
    checked.review.diagnostics = starts
        .iter()
        .map(|start| {
            let mut finding = probe.clone();
            finding.span = hegui::text::Span::new(*start, start + 3);
            finding.fix.as_mut().unwrap().edits[0].span = finding.span;
            finding
        })
        .collect();
    let copy = annotate(&bytes, &checked).unwrap();
    assert_eq!(walk::comments(&copy).len(), 20_001);
}
