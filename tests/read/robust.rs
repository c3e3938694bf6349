//! Damaged bytes of every kind: whatever comes, the readers answer.

use encoding_rs::GB18030;
use hegui::{document::Source, read::read, text::Span};

use crate::package::{Docx, document, numbered, paragraph, run};

/// Places at which bytes are cut and changed: fixed, spread over the whole.
fn places(length: usize) -> impl Iterator<Item = usize> {
    (0..length).step_by((length / 200).max(1))
}

/// A source may be anything, but its spans fit its text.
fn check(source: &Source) {
    let boundary = |at: usize| assert!(source.text.is_char_boundary(at), "{at}");
    let mut before = 0;
    for line in &source.paragraphs {
        assert!(before <= line.span.start && line.span.start < line.span.end);
        boundary(line.span.start);
        boundary(line.span.end);
        before = line.span.end;
    }
    let mut marks = 0;
    for mark in &source.markup {
        assert!(marks <= mark.start && mark.start < mark.end && mark.end <= source.text.len());
        marks = mark.end;
    }
    for note in &source.notes {
        assert!(note.span.start <= note.span.end && note.span.end <= source.text.len());
    }
    for start in places(source.text.len()) {
        let _ = source.origins.of(&source.text, Span::new(start, source.text.len().min(start + 7)));
    }
}

fn try_read(bytes: &[u8], name: &str) {
    if let Ok(source) = read(bytes, name) {
        check(&source);
    }
}

/// All the ways in which a text is damaged.
fn damaged(whole: &[u8], mut with: impl FnMut(&[u8])) {
    for at in places(whole.len()) {
        with(&whole[..at]);
        with(&whole[at..]);
        for change in [0x00, 0x01, 0x20, 0x80, 0xff] {
            let mut bytes = whole.to_vec();
            bytes[at] ^= change;
            bytes[at] = bytes[at].wrapping_add(u8::from(change == 0) * 7);
            with(&bytes);
        }
        let hole = [&whole[..at], &whole[whole.len().min(at + 13)..]].concat();
        with(&hole);
    }
}

fn rich_body() -> String {
    let text_box = format!(
        "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>",
        paragraph("框")
    );
    format!(
        "{}{}<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}{text_box}</w:p><w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>\
         <w:p><w:ins>{}</w:ins><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText>\
         <w:fldChar w:fldCharType=\"separate\"/><w:t>1</w:t><w:fldChar w:fldCharType=\"end\"/><w:br/><w:tab/></w:r></w:p>",
        numbered(1, 0, "甲"),
        numbered(1, 1, "乙𠮷"),
        run("丙"),
        paragraph("丁"),
        paragraph("戊"),
        run("己"),
    )
}

const NUMBERING: &str = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerRoman\"/>\
     <w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:lvlRestart w:val=\"0\"/><w:lvlText w:val=\"%1.%2%\"/></w:lvl></w:abstractNum>\
     <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";

#[test]
fn damaged_xml_in_a_sound_package() {
    let xml = document(&rich_body());
    damaged(xml.as_bytes(), |bytes| {
        let main = [("word/document.xml".to_owned(), bytes.to_vec())];
        try_read(&crate::package::zip(&main), "报告.docx");
    });
}

#[test]
fn damaged_numberings_and_styles() {
    damaged(NUMBERING.as_bytes(), |bytes| {
        let content = String::from_utf8_lossy(bytes);
        try_read(&Docx::new(&rich_body()).numbering(&content).styles(&content).build(), "报告.docx");
    });
}

#[test]
fn damaged_packages() {
    let bytes = Docx::new(&rich_body()).numbering(NUMBERING).build();
    damaged(&bytes, |bytes| try_read(bytes, "报告.docx"));
}

#[test]
fn damaged_files_of_word_97() {
    for whole in [include_bytes!("../files/numbered.doc").as_slice(), include_bytes!("../files/framed.doc")] {
        damaged(whole, |bytes| try_read(bytes, "报告.doc"));
    }
}

#[test]
fn damaged_opendocument_xml_in_a_sound_package() {
    let body = "<text:list text:style-name=\"L\"><text:list-item text:start-value=\"2\"><text:p>甲<text:s text:c=\"3\"/><text:tab/>乙\
         <text:note text:note-class=\"endnote\"><text:note-body><text:p>注</text:p></text:note-body></text:note></text:p></text:list-item>\
         </text:list><text:change-start text:change-id=\"a\"/><text:p/><text:change-end text:change-id=\"a\"/><table:table><table:table-row>\
         <table:table-cell><text:p>丙</text:p></table:table-cell><table:table-cell/></table:table-row></table:table>";
    let styles = "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"一, 二\" \
         style:num-suffix=\"、\" text:start-value=\"4000000000\" text:display-levels=\"9\"/></text:list-style>";
    let xml = crate::odt::content(styles, body);
    damaged(xml.as_bytes(), |bytes| {
        let parts = ["mimetype", "content.xml", "styles.xml"].map(|name| (name.to_owned(), bytes.to_vec()));
        try_read(&crate::package::zip(&parts), "报告.odt");
    });
}

#[test]
fn damaged_web_pages() {
    for whole in [crate::html::page("utf-8").as_bytes(), &GB18030.encode(&crate::html::page("gb2312")).0] {
        damaged(whole, |bytes| try_read(bytes, "报告.html"));
    }
    for mark in ["<p>", "<i>法", "</b>", "<td>", "<li>", "&", "<!--", "<table><tr><td>", "<ol><li>", "<a href='"] {
        try_read(format!("<html>{}", mark.repeat(100_000)).as_bytes(), "报告.html");
    }
    let unclosed = format!("<html>{}{}", "<i>".repeat(2_000), "</b>".repeat(500_000));
    try_read(unclosed.as_bytes(), "报告.html");
}

#[test]
fn damaged_ofd_xml_in_a_sound_package() {
    let parts = crate::ofd::parts();
    for (place, (_, xml)) in parts.iter().enumerate() {
        damaged(xml.as_bytes(), |bytes| {
            let mut parts: Vec<(String, Vec<u8>)> =
                parts.iter().map(|(name, xml)| (name.clone(), xml.clone().into_bytes())).collect();
            parts[place].1 = bytes.to_vec();
            try_read(&crate::package::zip(&parts), "报告.ofd");
        });
    }
}

#[test]
fn damaged_archives() {
    let files = [("镇/报告.txt".to_owned(), b"text".to_vec()), ("b.docx".to_owned(), vec![b'x'; 300])];
    damaged(&crate::package::zip(&files), |bytes| {
        let _ = hegui::read::archive::entries(bytes);
    });
}

#[test]
fn damaged_text_in_every_encoding() {
    let text =
        "# 青砚镇报告\r\n\r\n| 甲 | 乙 |\n| --- | --- |\n| **3件** | \\| |\n> - 一是𠮷祥村，2024年。\n```\n__x__\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for whole in [text.as_bytes(), &GB18030.encode(text).0, &wide] {
        damaged(whole, |bytes| {
            try_read(bytes, "报告.md");
            try_read(bytes, "报告.txt");
        });
    }
}

#[test]
fn numbers_and_marks_without_end_stay_bounded() {
    let endless = format!(
        "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"4000000000\"/><w:numFmt w:val=\"upperRoman\"/>\
         <w:lvlText w:val=\"{}\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        "%1".repeat(100_000)
    );
    let body: String = (0..200).map(|_| numbered(1, 0, "项")).collect();
    let source = read(&Docx::new(&body).numbering(&endless).build(), "").unwrap();
    assert!(source.text.len() < 200 * 400);

    let attributes: String = (0..50_000).map(|index| format!(" a{index}=\"\"")).collect();
    let many = format!("<w:p{attributes}>{}</w:p>", run("正文"));
    assert_eq!(read(&Docx::new(&many).build(), "").unwrap().text, "正文\n");

    let fields = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(100_000);
    let source = read(&Docx::new(&format!("<w:p>{fields}</w:p>{}", paragraph("后"))).build(), "").unwrap();
    assert_eq!(source.text, "后\n");

    let line = "**法".repeat(500_000);
    try_read(line.as_bytes(), "长行.md");
    try_read("|".repeat(200_000).as_bytes(), "长行.md");
    try_read("> ".repeat(200_000).as_bytes(), "长行.md");
}

#[test]
fn deep_nesting_within_the_limit_is_walked_through() {
    let nest = |open: &str, close: &str, times: usize, inside: &str| open.repeat(times) + inside + &close.repeat(times);
    let text = paragraph("底");
    let bodies = [
        nest("<w:sdt>", "</w:sdt>", 248, &text),
        format!("<w:p>{}</w:p>", nest("<w:ins>", "</w:ins>", 248, &run("底"))),
        nest("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>", 120, &text),
        nest("<w:tbl><w:tr><w:tc>", "</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>", 80, &text),
        nest("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>", 60, &text),
    ];
    for body in bodies {
        assert_eq!(read(&Docx::new(&body).build(), "").unwrap().text, "底\n");
    }
}
