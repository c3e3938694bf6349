//! Annotated Word files: comments at the exact characters, fixes as tracked changes, nothing else touched.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod command;
#[cfg(feature = "office")]
mod office;
#[path = "../read/package.rs"]
#[allow(dead_code)]
mod package;
mod robust;
mod runs;
mod walk;

use std::{cmp::Reverse, fs, path::PathBuf};

use hegui::{
    Checked, Options, Packs, check,
    diagnostic::{At, Basis, Diagnostic, Edit, Fix, Safety, Severity, Standing},
    document::Origin,
    render::annotate,
    text::Span,
};
use package::{Docx, paragraph};

/// The types of a package's parts, without which other programs read none.
pub(crate) const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types \
    xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
    ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
    ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";

/// A Word file with this body.
pub(crate) fn file(body: &str) -> Vec<u8> {
    Docx::new(body).bytes("[Content_Types].xml", TYPES.as_bytes()).build()
}

/// The file read, without findings.
pub(crate) fn read(bytes: &[u8]) -> Checked {
    check(bytes, "报告.docx", &Packs::default(), &Options::default()).unwrap()
}

/// A finding on the only place of `part`.
pub(crate) fn finding(checked: &Checked, part: &str) -> Diagnostic {
    let start = checked.document.text.find(part).unwrap_or_else(|| panic!("no {part}"));
    Diagnostic {
        rule: "probe".to_owned(),
        name: "试验".to_owned(),
        severity: Severity::Warning,
        message: format!("“{part}”有问题"),
        help: Some("换一种\n写法。".to_owned()),
        basis: vec![Basis {
            title: "办法".to_owned(),
            document: Some("国发〔2020〕1号".to_owned()),
            clause: Some("第三条".to_owned()),
            standing: Standing::Required,
        }],
        span: Span::new(start, start + part.len()),
        at: None,
        related: Vec::new(),
        fix: None,
        silenced: None,
    }
}

/// A finding on `part` that replaces `old`, an insertion behind `part` where that is empty.
pub(crate) fn replacement(checked: &Checked, part: &str, old: &str, new: &str, safety: Safety) -> Diagnostic {
    let mut finding = finding(checked, part);
    let start = if old.is_empty() { finding.span.end } else { finding.span.start + part.find(old).unwrap() };
    let edit = Edit { span: Span::new(start, start + old.len()), text: new.to_owned() };
    finding.fix = Some(Fix { safety, edits: vec![edit] });
    finding
}

/// The annotated file, after all that always holds of one was found to hold.
#[track_caller]
pub(crate) fn annotated(bytes: &[u8], checked: &Checked) -> Vec<u8> {
    let copy = annotate(bytes, checked).unwrap();
    assert_eq!(copy, annotate(bytes, checked).unwrap(), "the same bytes each time");
    let comments = walk::comments(&copy);
    let ours: Vec<i64> = comments.keys().copied().collect();
    similar(&walk::refused(bytes, &ours), &walk::refused(&copy, &ours));
    parts_are_kept(bytes, &copy);
    places_are_exact(checked, &copy);
    copy
}

/// Two long lists are the same; the first difference is shown.
#[track_caller]
fn similar(before: &[String], after: &[String]) {
    for (index, (before, after)) in before.iter().zip(after).enumerate() {
        assert_eq!(before, after, "item {index}");
    }
    assert_eq!(before.len(), after.len());
}

/// Parts other than those that comments need are the same bytes.
fn parts_are_kept(before: &[u8], after: &[u8]) {
    let (before, mut after) = (walk::parts(before), walk::parts(after));
    for (name, content) in &before {
        let new = after.remove(name).unwrap_or_else(|| panic!("{name} is gone"));
        let named = ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"];
        if !named.contains(&name.as_str()) && !name.starts_with("word/comments") {
            assert_eq!(&new, content, "{name}");
        }
    }
    let added: Vec<&str> = after.keys().map(String::as_str).collect();
    let fine = |name: &&str| name.starts_with("word/comments") || name.ends_with("document.xml.rels");
    assert!(added.iter().all(fine), "{added:?}");
}

/// Each finding of the main part has a comment, and that covers its characters.
fn places_are_exact(checked: &Checked, copy: &[u8]) {
    let (comments, covered) = (walk::comments(copy), walk::covered(copy));
    let document = &checked.document;
    let mut findings: Vec<_> = checked.review.diagnostics.iter().filter(|finding| finding.silenced.is_none()).collect();
    findings.sort_by_key(|finding| (finding.span.start, finding.span.end, Reverse(finding.severity)));
    let in_body = |finding: &&Diagnostic| {
        let origin = document.origins.of(&document.text, finding.span);
        matches!(origin, Some(Origin::Word { part, .. }) if &*part == "word/document.xml")
    };
    let findings: Vec<_> = findings.into_iter().filter(in_body).collect();
    assert_eq!(comments.len(), findings.len() + 1, "one for each and one at the title");
    for (finding, (id, lines)) in findings.iter().zip(comments.iter().skip(1)) {
        assert!(lines[0].ends_with(&finding.message.replace('\n', "").replace('\t', " ")), "{lines:?} {finding:?}");
        let Some(Origin::Word { start, end, .. }) = document.origins.of(&document.text, finding.span) else { panic!() };
        let covered = covered.get(id).unwrap_or_else(|| panic!("comment {id} is nowhere"));
        let words = document.slice(finding.span);
        if words == covered {
            continue;
        }
        if words.contains('\n') || words.starts_with(covered.as_str()) {
            assert_eq!(covered.chars().count(), end - start, "{covered} {words}");
        } else {
            assert!(words.ends_with(covered.as_str()), "an automatic number is not covered: {covered} {words}");
        }
    }
}

/// Word files that other tests and readers use.
pub(crate) fn files() -> Vec<PathBuf> {
    let folders = ["examples", "tests/files"];
    let mut found: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flat_map(|folder| folder.map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "docx"))
        .collect();
    found.sort();
    found
}

#[test]
fn the_reports_at_hand_keep_their_text_and_get_their_comments() {
    let packs = Packs::builtin().unwrap();
    for path in files() {
        let bytes = fs::read(&path).unwrap();
        let checked = check(&bytes, "报告.docx", &packs, &Options::default()).unwrap();
        println!("{path:?}: {} findings", checked.review.diagnostics.len());
        annotated(&bytes, &checked);
    }
}

#[test]
fn a_report_of_its_own_is_annotated_by_the_built_in_rules() {
    let body = [
        "青砚镇2023年法制政府建设年度报告",
        "一、主要举措",
        "开展法制宣传12场次。",
        "二、存在的不足",
        "三、下一步打算",
    ];
    let bytes = file(&body.map(paragraph).concat());
    let checked = check(&bytes, "报告.docx", &Packs::builtin().unwrap(), &Options::default()).unwrap();
    assert!(checked.review.diagnostics.iter().any(|finding| finding.fix.is_some()));
    assert!(checked.review.diagnostics.iter().any(|finding| finding.at.is_some()));
    let copy = annotated(&bytes, &checked);
    let xml = walk::xml(&copy, "word/document.xml");
    assert!(xml.contains("<w:delText xml:space=\"preserve\">法制宣传</w:delText>") || xml.contains("delText"), "{xml}");
    let comments = walk::comments(&copy);
    let summary = comments.values().next().unwrap();
    assert!(summary[0].starts_with("检查结果：必须改"), "{summary:?}");
    assert!(summary[1].contains("2023年") && summary[1].contains("青砚镇"));
    assert!(summary.iter().any(|line| line.starts_with("未写到（")), "{summary:?}");
    let absent = comments.values().filter(|lines| lines.get(1).is_some_and(|line| line.starts_with("应写在"))).count();
    assert!(absent > 0, "{comments:?}");
}

#[test]
fn a_comment_says_grade_message_place_basis_and_help() {
    let bytes = file(&[paragraph("题目"), paragraph("甲&amp;乙<丙>".replace('<', "&lt;").as_str())].concat());
    let mut checked = read(&bytes);
    let mut probe = finding(&checked, "甲&乙");
    probe.at = Some(At::Inside);
    let mut silenced = finding(&checked, "丙");
    silenced.silenced = Some("有理由".to_owned());
    checked.review.diagnostics = vec![probe, silenced];
    let copy = annotated(&bytes, &checked);
    let comments = walk::comments(&copy);
    let lines = comments.values().nth(1).unwrap();
    let expected = [
        "【建议改】“甲&乙”有问题",
        "应写在这一部分。",
        "依据（规定）：《办法》（国发〔2020〕1号）第三条",
        "怎么改：换一种写法。",
    ];
    assert_eq!(lines, &expected);
    let covered = walk::covered(&copy);
    assert_eq!(covered.values().collect::<Vec<_>>(), ["题目", "甲&乙"]);
    assert!(!walk::xml(&copy, "word/comments.xml").contains("w:date"));
}

#[test]
fn findings_in_headers_and_notes_stand_in_the_comment_at_the_title() {
    let body = format!(
        "{}<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>",
        paragraph("题目")
    );
    let note = "<w:footnote w:id=\"2\"><w:p><w:r><w:t>脚注文字</w:t></w:r></w:p></w:footnote>";
    let bytes = Docx::new(&body).part("footnotes", "footnotes", note).bytes("[Content_Types].xml", TYPES.as_bytes());
    let bytes = bytes.build();
    let mut checked = read(&bytes);
    checked.review.diagnostics = vec![finding(&checked, "脚注"), finding(&checked, "正文")];
    let copy = annotated(&bytes, &checked);
    let comments = walk::comments(&copy);
    assert_eq!(comments.len(), 2);
    let summary = comments.values().next().unwrap();
    assert!(summary.iter().any(|line| line == "“脚注”　【建议改】“脚注”有问题"), "{summary:?}");
}
