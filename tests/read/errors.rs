//! What is no report that can be read: each has its code, a message and a remedy.

use hegui::read::read;

use crate::{
    code,
    package::{Docx, document, paragraph, zip},
};

fn archive(names: &[&str]) -> Vec<u8> {
    let entries: Vec<(String, Vec<u8>)> = names.iter().map(|name| ((*name).to_owned(), b"<a/>".to_vec())).collect();
    zip(&entries)
}

#[track_caller]
fn message(bytes: &[u8]) -> String {
    read(bytes, "").expect_err("not readable").message
}

#[test]
fn files_without_words_are_empty() {
    assert_eq!(code(b""), "empty");
    assert_eq!(code("\u{feff} \r\n\u{3000}\t\n".as_bytes()), "empty");
    assert_eq!(code(b"\xff\xfe"), "empty");
    assert_eq!(code(&Docx::new("<w:p><w:r><w:drawing/></w:r></w:p>").build()), "empty");
}

#[test]
fn other_packages_say_what_they_are() {
    assert_eq!(code(&archive(&["xl/workbook.xml", "[Content_Types].xml"])), "spreadsheet");
    assert_eq!(code(&archive(&["ppt/presentation.xml"])), "presentation");
    assert_eq!(code(&archive(&["报告.txt"])), "archive");
    assert_eq!(code(&archive(&[])), "archive");
    assert_eq!(code(&archive(&["word/styles.xml"])), "damaged");
    assert_eq!(code(&archive(&["word/document.xml"])), "damaged");
}

#[test]
fn a_package_without_relations_is_found_by_the_usual_name() {
    let entries = [("word/document.xml".to_owned(), document(&paragraph("正文")).into_bytes())];
    assert_eq!(read(&zip(&entries), "").unwrap().text, "正文\n");
}

#[test]
fn damaged_files_say_so() {
    let bytes = Docx::new(&paragraph("正文")).build();
    assert_eq!(code(&bytes[..bytes.len() / 2]), "damaged");
    assert_eq!(code(b"PK\x03\x04"), "damaged");
    let xml = document(&paragraph("正文"));
    assert_eq!(code(&Docx::raw(&xml[..xml.len() - 20]).build()), "damaged");
    assert_eq!(code(&Docx::raw("").build()), "damaged");
    assert_eq!(code(&Docx::raw("<a/>").build()), "damaged");
    let doubled = format!("{xml}<more/>");
    assert_eq!(code(&Docx::raw(&doubled).build()), "damaged");
}

#[test]
fn a_document_type_is_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY x \"法\"><!ENTITY y \"&x;&x;&x;\">]>";
    let xml = document("<w:p><w:r><w:t>&y;</w:t></w:r></w:p>").replace("?>\n", &format!("?>{bomb}"));
    assert!(message(&Docx::raw(&xml).build()).contains("DOCTYPE"));
}

#[test]
fn binary_files_are_no_text() {
    assert_eq!(code(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3"), "damaged");
    assert_eq!(code(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "image");
    let noise: Vec<u8> = (0..20_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    assert_eq!(code(&noise), "binary");
    assert_eq!(code(&[0; 600]), "binary");
    assert_eq!(code("正文\u{1}\u{2}\u{3}\u{4}\u{5}".as_bytes()), "binary");
}

#[test]
fn limits_name_themselves() {
    let size = |error: hegui::read::ReadError| {
        assert_eq!(error.code, "too-large");
        error.message
    };
    assert!(size(read(&vec![b'a'; (100 << 20) + 1], "").unwrap_err()).contains("100 MB"));

    let deep = "<w:sdt>".repeat(300) + &"</w:sdt>".repeat(300);
    assert!(message(&Docx::new(&deep).build()).contains("256 层"));
    assert!(message(&Docx::raw(&"<a>".repeat(200_000)).build()).contains("256 层"));
    assert!(message(&Docx::new(&"<w:p/>".repeat(500_000)).build()).contains("500000 个"));

    let names: Vec<(String, Vec<u8>)> = (0..4_097).map(|index| (format!("{index}"), Vec::new())).collect();
    assert!(message(&zip(&names)).contains("4096 个"));
}

#[test]
fn a_bomb_is_refused_while_it_is_unpacked() {
    let blanks = vec![b' '; (64 << 20) + 1];
    let bomb = Docx::new(&paragraph("正文")).bytes("word/styles.xml", &blanks);
    assert_eq!(read(&bomb.build(), "").unwrap().text, "正文\n", "a part that is not read costs nothing");

    let xml = [b"<w:document>".as_slice(), &blanks].concat();
    let main = zip(&[("word/document.xml".to_owned(), xml)]);
    assert!(main.len() < 1 << 20);
    assert!(message(&main).contains("64 MB"));
}
