//! `hegui annotate`, end to end.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::{file, package::paragraph, walk};

fn run(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hegui")).arg("annotate").args(words).current_dir(folder).output().unwrap()
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let body = ["青砚镇2023年法治政府建设年度报告", "一、主要举措", "开展法制宣传12场次。"].map(paragraph).concat();
    fs::write(folder.path().join("报告.docx"), file(&body)).unwrap();
    fs::write(folder.path().join("报告.txt"), "青砚镇2023年法治政府建设年度报告\n").unwrap();
    folder
}

#[test]
fn a_copy_is_written_beside_the_file_and_never_over_anything() {
    let folder = folder();
    let original = fs::read(folder.path().join("报告.docx")).unwrap();
    let output = run(folder.path(), &["报告.docx", "--fail-on", "never"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("已写出：报告（批注）.docx\n"));
    let copy = fs::read(folder.path().join("报告（批注）.docx")).unwrap();
    assert!(walk::comments(&copy).len() > 1);
    let again = run(folder.path(), &["报告.docx"]);
    assert_eq!(again.status.code(), Some(5));
    assert!(String::from_utf8(again.stderr).unwrap().contains("--force"));
    assert_eq!(run(folder.path(), &["报告.docx", "--force", "--fail-on=never"]).status.code(), Some(0));
    let over = run(folder.path(), &["报告.docx", "-o", "./报告.docx", "--force"]);
    assert_eq!(over.status.code(), Some(5));
    assert_eq!(fs::read(folder.path().join("报告.docx")).unwrap(), original);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left behind");
}

#[test]
fn statuses_tell_what_went_wrong() {
    let folder = folder();
    assert_eq!(run(folder.path(), &["报告.txt"]).status.code(), Some(4));
    assert_eq!(run(folder.path(), &["没有.docx"]).status.code(), Some(4));
    assert_eq!(run(folder.path(), &["报告.docx", "-o", "报告.txt/新.docx"]).status.code(), Some(5));
    assert_eq!(run(folder.path(), &["报告.docx", "-o", "新.docx"]).status.code(), Some(1));
    assert_eq!(run(folder.path(), &["报告.docx", "-o", "另.docx", "--rules", "没有"]).status.code(), Some(3));
    assert_eq!(run(folder.path(), &[]).status.code(), Some(2));
}
