//! Archives of reports: names in GBK, what systems leave behind, bombs, damage.

use encoding_rs::GBK;
use hegui::read::{
    archive::{Entry, entries, is_archive},
    read,
};

use crate::{
    package::{Docx, paragraph, zip},
    stored::stored,
};

fn names(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.name.as_str()).collect()
}

fn code(entry: &Entry) -> &'static str {
    entry.bytes.as_ref().map_or_else(|error| error.code, |_| "read")
}

#[test]
fn names_may_be_gbk_and_files_stand_in_folders() {
    let report = Docx::new(&paragraph("正文")).build();
    let (one, two) = (GBK.encode("各乡镇/青溪镇报告.docx").0, GBK.encode("各乡镇\\白石乡\\总结.txt").0);
    let archive = stored(&[(&one, &report), (&two, "总结".as_bytes()), ("三合街道.txt".as_bytes(), b"x")]);
    assert!(is_archive(&archive) && !is_archive(&report) && !is_archive(b"text"));
    let found = entries(&archive).unwrap();
    assert_eq!(names(&found), ["各乡镇/青溪镇报告.docx", "各乡镇/白石乡/总结.txt", "三合街道.txt"]);
    assert_eq!(read(found[0].bytes.as_ref().unwrap(), &found[0].name).unwrap().text, "正文\n");
    assert_eq!(found[1].bytes.as_deref(), Ok("总结".as_bytes()));
}

#[test]
fn what_systems_leave_behind_is_left_out() {
    let names =
        ["镇/", "__MACOSX/镇/._报告.docx", "镇/~$报告.docx", "镇/.DS_Store", "Thumbs.db", "镇/._a.docx", "镇/报告.txt"];
    let files: Vec<(String, Vec<u8>)> = names.iter().map(|name| ((*name).to_owned(), b"x".to_vec())).collect();
    assert_eq!(self::names(&entries(&zip(&files)).unwrap()), ["镇/报告.txt"]);
}

#[test]
fn what_cannot_be_read_says_so_and_the_rest_is_there() {
    let inner = zip(&[("a.txt".to_owned(), b"x".to_vec())]);
    let mut archive = stored(&[
        (b"../out.txt", b"x"),
        (b"inner.zip", &inner),
        (b"other.rar", b"Rar!\x1a\x07\x00"),
        (b"broken.txt", b"broken-bytes"),
        (b"last.txt", b"last"),
    ]);
    let at = archive.windows(12).position(|window| window == b"broken-bytes").unwrap();
    archive[at] = b'B';
    let found = entries(&archive).unwrap();
    assert_eq!(names(&found), ["../out.txt", "inner.zip", "other.rar", "broken.txt", "last.txt"]);
    let codes: Vec<&str> = found.iter().map(code).collect();
    assert_eq!(codes, ["unsafe-path", "archive", "archive", "damaged", "read"]);
    assert!(entries(&inner[..inner.len() / 2]).is_err_and(|error| error.code == "damaged"));
}

#[test]
fn a_file_with_a_password_says_so() {
    let mut archive = stored(&[(b"secret.txt", b"0123456789abcdef"), (b"open.txt", b"x")]);
    let entry = archive.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    archive[entry + 8] |= 1;
    archive[6] |= 1;
    let found = entries(&archive).unwrap();
    assert_eq!(found.iter().map(code).collect::<Vec<_>>(), ["encrypted", "read"]);
}

#[test]
fn bombs_are_bounded() {
    let blanks = vec![b' '; (64 << 20) + 1];
    let large: Vec<(String, Vec<u8>)> = vec![("a.txt".to_owned(), blanks), ("b.txt".to_owned(), b"x".to_vec())];
    let found = entries(&zip(&large)).unwrap();
    assert_eq!(found.iter().map(code).collect::<Vec<_>>(), ["too-large", "read"]);

    let many: Vec<(String, Vec<u8>)> = (0..4_097).map(|index| (format!("{index}.txt"), Vec::new())).collect();
    assert!(entries(&zip(&many)).unwrap_err().message.contains("4096 个"));
}
