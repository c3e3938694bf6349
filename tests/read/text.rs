//! Text files, in the encodings of offices, from their bytes to their places.

use encoding_rs::{BIG5, GB18030};
use hegui::{
    document::{Format, Origin, ParagraphKind},
    read::read,
};

use crate::{kinds, lines, span_of};

const REPORT: &str = "　　青砚镇2024年法治政府建设情况报告\r\n\r\n今年以来，䶮溪村、𠮷祥村调解纠纷32件。\r\n";

/// Reads a text file and checks that each of `parts` is found at its own bytes in the file.
#[track_caller]
fn check_places(bytes: &[u8], encode: impl Fn(&str) -> Vec<u8>) {
    let source = read(bytes, "报告.txt").unwrap();
    assert_eq!(source.text, REPORT.replace("\r\n", "\n"));
    assert_eq!(lines(&source), ["青砚镇2024年法治政府建设情况报告", "今年以来，䶮溪村、𠮷祥村调解纠纷32件。"]);
    for part in ["青砚镇", "䶮溪", "𠮷祥村", "32件"] {
        let Some(Origin::File { start, end }) = source.origins.of(&source.text, span_of(&source, part)) else {
            panic!("{part} has no place");
        };
        assert_eq!(bytes[start..end], encode(part), "{part}");
    }
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn utf8_with_and_without_a_mark() {
    check_places(REPORT.as_bytes(), |text| text.as_bytes().to_vec());
    check_places(format!("\u{feff}{REPORT}").as_bytes(), |text| text.as_bytes().to_vec());
}

#[test]
fn gb18030_with_four_byte_characters() {
    check_places(&GB18030.encode(REPORT).0, |text| GB18030.encode(text).0.into_owned());
}

#[test]
fn utf16_of_both_orders_with_and_without_a_mark() {
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        check_places(&utf16(REPORT, order), |text| utf16(text, order));
        check_places(&utf16(&format!("\u{feff}{REPORT}"), order), |text| utf16(text, order));
    }
}

#[test]
fn the_text_is_the_file_verbatim() {
    let text = "[bookmark: _GoBack]索引号： 1 | 来源\t\n\n\u{3000}—1—\u{200b} \n";
    let source = read(text.as_bytes(), "a.txt").unwrap();
    assert_eq!(source.text, text);
    assert_eq!(source.format, Format::Text);
    assert_eq!(lines(&source), ["[bookmark: _GoBack]索引号： 1 | 来源", "—1—"]);
    assert_eq!(kinds(&source), [ParagraphKind::Body; 2]);
}

#[test]
fn traditional_text_in_big5_is_read() {
    let text = "本鎮認真貫徹落實各項任務，全年共受理調解案件三十二件，辦結三十二件。";
    assert_eq!(read(&BIG5.encode(text).0, "").unwrap().text, text);
}

#[test]
fn some_broken_bytes_are_no_error() {
    let mut bytes = "竹溪镇法治政府建设情况报告，全年调解纠纷32件。".as_bytes().to_vec();
    bytes.insert(9, 0xff);
    bytes.push(0xe7);
    let source = read(&bytes, "").unwrap();
    assert_eq!(source.text, "竹溪镇\u{fffd}法治政府建设情况报告，全年调解纠纷32件。\u{fffd}");
}

#[test]
fn markdown_is_known_by_its_extension_alone() {
    let text = "# 报告\n\n| 甲 | 乙 |\n| --- | --- |\n1. **学习。**\n";
    let source = read(text.as_bytes(), "a/报告.MD").unwrap();
    assert_eq!((source.format, source.text.as_str()), (Format::Markdown, text));
    assert_eq!(lines(&source), ["报告", "甲", "乙", "1. **学习。**"]);
    assert_eq!(source.paragraphs[0].depth, Some(1));
    assert_eq!(source.markup.len(), 2);
    assert_eq!(lines(&read(text.as_bytes(), "报告.txt").unwrap())[0], "# 报告");
}
