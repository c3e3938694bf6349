//! Word 97–2003 files: those that LibreOffice wrote, and smaller ones built byte by byte.

use std::io::{Cursor, Write};

use hegui::{
    document::{NoteKind, Origin, ParagraphKind},
    read::read,
};

use crate::{code, kinds, lines, notes, span_of, word_place};

/// Numbering, a table, a footnote, a comment, hidden text and a tracked replacement, by LibreOffice.
const NUMBERED: &[u8] = include_bytes!("../files/numbered.doc");
/// A text box, a table of a single cell, an endnote and a link, by LibreOffice.
const FRAMED: &[u8] = include_bytes!("../files/framed.doc");

/// A compound file with these streams.
fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.into_inner().into_inner()
}

/// The stream of a file whose text stands in these pieces; a piece is narrow (Windows-1252) or wide (UTF-16).
fn document(pieces: &[(bool, &[u8])]) -> (Vec<u8>, Vec<u8>) {
    let mut stream = vec![0; 1024];
    stream[..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0x00]);
    let (mut ends, mut entries) = (vec![0u32], Vec::new());
    for (narrow, bytes) in pieces {
        let at = u32::try_from(stream.len()).unwrap();
        let length = if *narrow { bytes.len() } else { bytes.len() / 2 };
        ends.push(ends.last().unwrap() + u32::try_from(length).unwrap());
        entries.extend([0, 0]);
        entries.extend(if *narrow { (at * 2) | 0x4000_0000 } else { at }.to_le_bytes());
        entries.extend([0, 0]);
        stream.extend(*bytes);
        stream.resize(stream.len().next_multiple_of(2), 0);
    }
    stream[76..80].copy_from_slice(&ends.last().unwrap().to_le_bytes());
    let table: Vec<u8> = ends.iter().flat_map(|end| end.to_le_bytes()).chain(entries).collect();
    let mut pieces = vec![2];
    pieces.extend(u32::try_from(table.len()).unwrap().to_le_bytes());
    pieces.extend(table);
    let place = 154 + 8 * 33;
    stream[place + 4..place + 8].copy_from_slice(&u32::try_from(pieces.len()).unwrap().to_le_bytes());
    (stream, pieces)
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn file(pieces: &[(bool, &[u8])]) -> Vec<u8> {
    let (stream, table) = document(pieces);
    compound(&[("WordDocument", &stream), ("0Table", &table)])
}

#[test]
fn reads_the_text_as_it_stands_when_all_changes_are_accepted() {
    let source = read(NUMBERED, "报告.doc").unwrap();
    assert_eq!(source.format.name(), "doc");
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
            "•圆点条目",
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
}

#[test]
fn tells_headings_cells_notes_and_furniture() {
    let source = read(NUMBERED, "").unwrap();
    let depths: Vec<u8> = source.paragraphs.iter().filter_map(|line| line.depth).collect();
    assert_eq!(depths, [1, 2, 2, 1]);
    let kinds = kinds(&source);
    let rows: Vec<ParagraphKind> = [0, 0, 1, 1, 2].map(|row| ParagraphKind::Cell { table: 0, row }).into();
    assert_eq!(kinds[10..15], rows);
    assert_eq!(kinds[21..], [ParagraphKind::Note, ParagraphKind::Furniture, ParagraphKind::Furniture]);
    assert!(source.paragraphs[17].continues && !source.paragraphs[16].continues);
}

#[test]
fn places_are_characters_of_a_paragraph_without_its_number() {
    let source = read(NUMBERED, "").unwrap();
    assert_eq!(word_place(&source, "主要"), (2, 0, 2));
    assert_eq!(word_place(&source, "4216米"), (4, 6, 11));
    let (paragraph, start, end) = word_place(&source, "𠮷祥路");
    assert_eq!((start, end), (18, 21));
    assert_eq!(word_place(&source, "人手"), (paragraph, 0, 2));
    match source.origins.of(&source.text, span_of(&source, "水利站")) {
        Some(Origin::Word { part, .. }) => assert_eq!(&*part, "WordDocument"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_box_follows_its_paragraph_and_a_single_cell_is_no_table() {
    let source = read(FRAMED, "").unwrap();
    let wanted = [
        "白石乡人民政府",
        "2024年工作总结",
        "白政发〔2025〕2号",
        "本年要点如下。",
        "修路3条，见附表。",
        "架桥1座。",
        "含续建1条。",
    ];
    assert_eq!(lines(&source)[..wanted.len()], wanted);
    assert!(kinds(&source)[..6].iter().all(|kind| *kind == ParagraphKind::Body));
    assert_eq!(kinds(&source)[6], ParagraphKind::Note);
}

#[test]
fn joins_narrow_and_wide_pieces() {
    let source = read(&file(&[(true, b"caf\xe9 \x93A\x94\r"), (false, &wide("法治𠮷\r")), (true, b"12")]), "").unwrap();
    assert_eq!(source.text, "café “A”\n法治𠮷\n12\n");
}

#[test]
fn leaves_out_field_codes_and_marks_that_stand_for_something_else() {
    let text = "共\u{13} PAGE \u{13} X \u{14}9\u{15}\u{14}3\u{15}页\u{13} TC 目录 \u{15}，\u{1}\u{8}非\u{1e}常\u{1f}\u{b}好\u{13}未完\r";
    let source = read(&file(&[(false, &wide(text))]), "").unwrap();
    assert_eq!(lines(&source), ["共3页，非-常", "好未完"]);
    assert_eq!(word_place(&source, "好"), (0, 9, 10));
}

#[test]
fn old_encrypted_and_other_compound_files_say_what_to_do() {
    let (mut stream, table) = document(&[(true, b"text\r")]);
    stream[11] |= 1;
    assert_eq!(code(&compound(&[("WordDocument", &stream), ("0Table", &table)])), "encrypted");
    stream[11] = 0;
    stream[2] = 0x65;
    assert_eq!(code(&compound(&[("WordDocument", &stream), ("0Table", &table)])), "old-word");
    stream[..2].copy_from_slice(&[0xdc, 0xa5]);
    assert_eq!(code(&compound(&[("WordDocument", &stream)])), "old-word");
    stream[..2].copy_from_slice(&[0, 0]);
    assert_eq!(code(&compound(&[("WordDocument", &stream)])), "damaged");
    assert_eq!(code(&compound(&[("Workbook", b"")])), "spreadsheet");
    assert_eq!(code(&compound(&[("EncryptedPackage", b"")])), "encrypted");
    assert_eq!(code(&compound(&[("CONTENTS", b"")])), "old-word");
    assert_eq!(code(&file(&[(true, b"\r\r")])), "empty");
    assert_eq!(code(&NUMBERED[..600]), "damaged");
}

#[test]
fn tables_of_endless_length_are_bounded() {
    let (mut stream, mut table) = document(&[(true, b"text\r")]);
    let end = table.len() - 8 - 4;
    table[end..end + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(code(&compound(&[("WordDocument", &stream), ("0Table", &table)])), "too-large");
    table[end..end + 4].copy_from_slice(&500_000u32.to_le_bytes());
    stream[76..80].copy_from_slice(&u32::MAX.to_le_bytes());
    let source = read(&compound(&[("WordDocument", &stream), ("0Table", &table)]), "").unwrap();
    assert!(source.text.starts_with("text\n"));
    let fields = "\u{13}".repeat(200_000) + &"\u{15}".repeat(200_000) + "后\r";
    assert_eq!(read(&file(&[(false, &wide(&fields))]), "").unwrap().text, "后\n");
}
