//! The built program's files: `--output`, annotated copies, `--fix` and `--diff`, archives. Nothing is lost, and no
//! input is written over.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "common/stored.rs"]
mod stored;

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// A report with one thing that can be mended unread.
const REPORT: &str = "青砚镇2023年法治政府建设年度报告\r\n\r\n一、主要举措和成效\r\n开展法制宣传12场次。\r\n";
const WORD: &str = "竹溪镇2024年法治政府建设年度报告";

fn run(folder: &TempDir, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegui"));
    command.args(words).current_dir(folder).env_remove("COLUMNS").stdin(Stdio::null()).output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn mended(text: &str) -> String {
    text.replace("法制宣传", "法治宣传")
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

/// A folder with a text in GB18030 and a Word file below `下级`.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("下级")).unwrap();
    fs::write(folder.path().join("报告.txt"), gbk(REPORT)).unwrap();
    fs::copy(format!("examples/{WORD}.docx"), folder.path().join(format!("下级/{WORD}.docx"))).unwrap();
    folder
}

fn files(folder: &TempDir) -> Vec<String> {
    fn collect(root: &Path, folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, found);
            } else {
                found.push(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    let mut found = Vec::new();
    collect(folder.path(), folder.path(), &mut found);
    found.sort();
    found
}

#[test]
fn several_results_are_written_at_once_and_the_screen_has_its_own() {
    let folder = folder();
    let output = run(
        &folder,
        &["check", "报告.txt", "--output", "json=结果/a.json,pretty=结果/b.txt", "--output", "json=c.json"],
    );
    assert!(text(&output.stdout).contains("报告年度：2023年"));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let json: Value = serde_json::from_str(&read("结果/a.json")).unwrap();
    assert_eq!(json["files"][0]["path"], "报告.txt");
    assert_eq!(read("结果/a.json"), read("c.json"));
    assert!(read("结果/b.txt").contains("报告年度：2023年"));
}

#[test]
fn an_output_is_made_anew_but_never_over_an_input() {
    let folder = folder();
    for _ in 0..2 {
        assert_eq!(status(&run(&folder, &["check", "报告.txt", "--fail-on", "never", "--output", "json=a.json"])), 0);
    }
    let before = fs::read(folder.path().join("报告.txt")).unwrap();
    for wrong in ["json=报告.txt", "json=下级", "json=a.json,pretty=a.json", "jsn=a", "docx=报告.txt"] {
        let output = run(&folder, &["check", "报告.txt", "--output", wrong]);
        assert_eq!((status(&output), output.stdout.len()), (2, 0), "{wrong}");
    }
    assert_eq!(fs::read(folder.path().join("报告.txt")).unwrap(), before);
}

#[test]
fn no_report_of_a_run_is_written_over_by_whatever_way() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::copy(path("报告.txt"), path("乙.txt")).unwrap();
    fs::write(path("报告.html"), format!("<html><body><p>{REPORT}</p></body></html>")).unwrap();
    let before = |name: &str| fs::read(path(name)).unwrap();
    let (text, page) = (before("乙.txt"), before("报告.html"));
    for words in [
        &["check", ".", "--output", "json=乙.txt"][..],
        &["check", ".", "--output", "pretty=./下级/../乙.txt"],
        &["check", ".", "--output", "json=z.json,ndjson=./z.json"],
        &["check", "报告.txt", "--output", "json=k.docx,docx=k.docx"],
    ] {
        assert_eq!(status(&run(&folder, words)), 2, "{words:?}");
    }
    assert_eq!(status(&run(&folder, &["check", "报告.txt", "报告.html", "--output", "html=."])), 5);
    // Not even where it is no input of this run.
    assert_eq!(status(&run(&folder, &["check", "报告.txt", "乙.txt", "--output", "html=."])), 5);
    fs::copy(path("报告.txt"), path("报告（修改）.txt")).unwrap();
    assert_eq!(status(&run(&folder, &["check", "--fix", "--force", "报告.txt", "报告（修改）.txt"])), 5);
    assert_eq!((before("乙.txt"), before("报告.html"), before("报告（修改）.txt")), (text.clone(), page, text));
}

#[test]
fn what_is_no_report_is_named_and_what_cannot_be_read_has_a_page() {
    let folder = folder();
    for (name, bytes) in
        [("照片.jpg", &b"\xff\xd8\xff"[..]), ("讲稿.rtf", b"{\\rtf1 }"), ("无名", b"x"), ("~$报告.docx", b"x")]
    {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    fs::create_dir(folder.path().join("规则")).unwrap();
    fs::write(folder.path().join("规则/pack.yaml"), "pack: {}").unwrap();
    fs::write(folder.path().join("规则/说明.md"), "说明").unwrap();
    let output = run(&folder, &["check", ".", "--output", "html=网页", "--format", "json"]);
    let told = text(&output.stderr);
    assert!(told.contains("另有3个不是报告的文件，没有检查：无名、照片.jpg、规则（规则）"), "{told}");
    assert_eq!(status(&output), 4, "{told}");
    assert!(files(&folder).contains(&"网页/讲稿.html".to_owned()));
}

#[cfg(unix)]
#[test]
fn links_modes_and_devices_stay_what_they_are() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let mode = |name: &str| fs::metadata(path(name)).unwrap().permissions().mode() & 0o777;
    let set = |name: &str, mode| fs::set_permissions(path(name), fs::Permissions::from_mode(mode)).unwrap();
    set("报告.txt", 0o600);
    symlink(path("报告.txt"), path("链接.txt")).unwrap();
    symlink(path("真.json"), path("链接.json")).unwrap();
    fs::write(path("真.json"), "").unwrap();
    run(&folder, &["check", "链接.txt", "--fix", "--in-place", "--output", "json=链接.json"]);
    assert!(fs::symlink_metadata(path("链接.txt")).unwrap().is_symlink());
    assert_eq!(fs::read(path("报告.txt")).unwrap(), gbk(&mended(REPORT)));
    assert_eq!((mode("报告.txt"), mode("报告.txt.bak")), (0o600, 0o600));
    assert!(fs::read_to_string(path("真.json")).unwrap().starts_with('{'));
    fs::write(path("报告.txt"), gbk(REPORT)).unwrap();
    set("报告.txt", 0o444);
    assert_eq!(status(&run(&folder, &["check", "报告.txt", "--fix", "--in-place"])), 5);
    assert_eq!(fs::read(path("报告.txt")).unwrap(), gbk(REPORT));
    let output = run(
        &folder,
        &["check", "报告.txt", "--fail-on", "never", "--format", "json", "--output", "pretty=/dev/stderr"],
    );
    assert!(text(&output.stderr).contains("报告年度：2023年"), "{}", status(&output));
}

#[test]
fn what_is_mended_is_written_whether_anybody_reads_of_it_or_not() {
    let folder = TempDir::new().unwrap();
    for number in 0..200 {
        fs::write(folder.path().join(format!("{number}.txt")), REPORT).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegui"));
    command.args(["check", ".", "--fix"]).current_dir(&folder).stdin(Stdio::null());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
    assert_eq!(files(&folder).iter().filter(|name| name.contains("（修改）")).count(), 200);
}

#[test]
fn annotated_copies_of_a_folder_keep_its_shape_and_are_not_checked_again() {
    let folder = folder();
    let words = ["check", ".", "--fail-on", "never", "--output", "docx=批注", "--format", "json"];
    let output = run(&folder, &words);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let copy = format!("批注/下级/{WORD}（批注）.docx");
    assert!(files(&folder).contains(&copy) && text(&output.stderr).contains("报告.txt：这不是 Word 文件"));
    // A second copy would take the place of one in which somebody may have worked.
    let output = run(&folder, &["check", "下级", "--output", "docx=批注/下级"]);
    assert_eq!(status(&output), 5);
    let output = run(&folder, &["check", "下级", "--fail-on", "never", "--force", "--output", "docx=批注/下级"]);
    assert_eq!(status(&output), 0);
    // Beside its report a copy is ours; alone it may be anybody's.
    fs::copy(folder.path().join(&copy), folder.path().join(format!("下级/{WORD}（批注）.docx"))).unwrap();
    let json = |place: &str| -> Value {
        serde_json::from_slice(&run(&folder, &["check", place, "--format", "json"]).stdout).unwrap()
    };
    assert_eq!((&json("下级")["summary"]["files"], &json("批注")["summary"]["files"]), (&1.into(), &1.into()));
}

#[test]
fn one_annotated_copy_goes_to_its_file_or_to_standard_output() {
    let folder = folder();
    let word = format!("下级/{WORD}.docx");
    let printed = run(&folder, &["check", &word, "--format", "docx"]);
    run(&folder, &["check", &word, "--output", "docx=新.docx"]);
    assert!(printed.stdout.starts_with(b"PK"));
    assert_eq!(printed.stdout, fs::read(folder.path().join("新.docx")).unwrap());
    assert_eq!(status(&run(&folder, &["check", "报告.txt", "--format", "docx"])), 4);
    assert_eq!(status(&run(&folder, &["check", ".", "--format", "docx"])), 2);
}

#[test]
fn pages_stand_beside_each_other_or_in_one() {
    let folder = folder();
    let output = run(&folder, &["check", ".", "--fail-on", "never", "--output", "html=网页,html=一页/a.html"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let expected = ["一页/a.html/报告.html".to_owned(), format!("网页/下级/{WORD}.html"), "网页/报告.html".to_owned()];
    let found = files(&folder);
    assert!(expected.iter().all(|page| found.contains(page)), "{found:?}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let printed = run(&folder, &["check", "报告.txt", "下级", "--format", "html"]);
    let both = text(&printed.stdout);
    assert!(both.contains("青砚镇") && both.contains("竹溪镇") && !read("网页/报告.html").contains("竹溪镇"));
    let words = ["check", ".", "--fail-on", "never", "--format", "json", "--output", "html=网页,html=一页"];
    let again: Value = serde_json::from_slice(&run(&folder, &words).stdout).unwrap();
    assert_eq!(again["summary"]["files"], 2, "what an earlier run wrote is no report");
    run(&folder, &["check", "报告.txt", "--output", "html=单页.html"]);
    assert_eq!(read("单页.html"), read("网页/报告.html"));
}

#[test]
fn a_folder_becomes_one_workbook() {
    let folder = folder();
    let words = ["check", ".", "--fail-on", "never", "--output", "xlsx=总表.xlsx,ndjson=行.ndjson"];
    assert_eq!(status(&run(&folder, &words)), 0);
    let written = fs::read(folder.path().join("总表.xlsx")).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(&written)).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "总表").unwrap();
    let cells: Vec<String> = sheet.cells().map(|(_, _, cell)| cell.to_string()).collect();
    for unit in ["青砚镇", "竹溪镇"] {
        assert!(cells.iter().any(|cell| cell == unit), "{unit}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("行.ndjson")).unwrap().lines().count(), 4);
    let printed = run(&folder, &["check", "报告.txt", "下级", "--format", "xlsx"]);
    assert!(printed.stdout.starts_with(b"PK"));
}

#[test]
fn a_fix_goes_into_a_new_file_in_the_encoding_of_the_old() {
    let folder = folder();
    let output = run(&folder, &["check", "报告.txt", "--fix", "--fail-on", "never", "--format", "json"]);
    assert_eq!(status(&output), 0);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["files"][0]["path"], "报告（修改）.txt", "what is said is said of the new file");
    assert!(!text(&output.stdout).contains("法制宣传"));
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!((read("报告.txt"), read("报告（修改）.txt")), (gbk(REPORT), gbk(&mended(REPORT))));
    assert_eq!(status(&run(&folder, &["check", "报告.txt", "--fix"])), 5, "the copy is there already");
    assert_eq!(status(&run(&folder, &["check", "-", "--fix"])), 2);
}

#[test]
fn a_fix_in_place_keeps_what_was_there() {
    let folder = folder();
    let path = folder.path().join("报告.txt");
    for round in 1..=2 {
        fs::write(&path, gbk(REPORT)).unwrap();
        let output = run(&folder, &["check", "报告.txt", "--fix", "--in-place"]);
        assert!(text(&output.stderr).contains("改了1处"), "{round}");
        assert_eq!(fs::read(&path).unwrap(), gbk(&mended(REPORT)));
    }
    for backup in ["报告.txt.bak", "报告.txt.bak2"] {
        assert_eq!(fs::read(folder.path().join(backup)).unwrap(), gbk(REPORT));
    }
    assert_eq!(status(&run(&folder, &["check", "报告.txt", "--in-place"])), 2);
}

#[test]
fn a_diff_shows_the_change_and_writes_nothing() {
    let folder = folder();
    let before = files(&folder);
    let output = run(&folder, &["check", "报告.txt", "--diff"]);
    let line = "开展法制宣传12场次。";
    let shown = text(&output.stdout);
    assert!(shown.contains(&format!("-{line}\n+{}\n", mended(line))), "{shown}");
    assert_eq!((status(&output), files(&folder)), (1, before));
    fs::write(folder.path().join("报告.txt"), mended(REPORT)).unwrap();
    let output = run(&folder, &["check", "报告.txt", "--diff"]);
    assert_eq!((status(&output), text(&output.stdout)), (0, String::new()));
}

#[test]
fn an_archive_is_checked_as_a_folder_is() {
    let folder = folder();
    let (one, two) = (gbk("各乡镇/青砚镇报告.txt"), gbk("各乡镇\\竹溪镇.docx"));
    let word = fs::read(format!("examples/{WORD}.docx")).unwrap();
    let report = gbk(REPORT);
    let archive =
        stored::stored(&[(&one, &report), (&two, &word), (b"photo.jpg", b"\xff\xd8\xff"), (b"x.rar", b"Rar!\x1a\x07")]);
    fs::write(folder.path().join("下级/上报.zip"), archive).unwrap();
    let words = ["check", "下级", "--format", "json", "--output", "docx=批注", "--fail-on", "never"];
    let output = run(&folder, &words);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let paths: Vec<_> = json["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    let expected =
        ["上报.zip/各乡镇/青砚镇报告.txt", "上报.zip/各乡镇/竹溪镇.docx", "上报.zip/x.rar", &format!("{WORD}.docx")];
    assert_eq!(paths, expected.map(|name| format!("下级/{name}")));
    assert_eq!((status(&output), &json["summary"]["unreadable"]), (4, &1.into()));
    assert!(files(&folder).contains(&"批注/上报/各乡镇/竹溪镇（批注）.docx".to_owned()));
    let output = run(&folder, &["check", "下级/上报.zip", "--fix"]);
    assert!(text(&output.stderr).contains("在压缩包里") && status(&output) == 5);
}

#[test]
fn an_archive_without_reports_says_so() {
    let folder = folder();
    fs::write(folder.path().join("空.zip"), stored::stored(&[(b"photo.jpg", b"\xff\xd8\xff")])).unwrap();
    fs::write(folder.path().join("坏.zip"), b"PK\x03\x04garbage").unwrap();
    let output = run(&folder, &["check", "空.zip", "坏.zip", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes: Vec<_> =
        json["files"].as_array().unwrap().iter().map(|file| file["error"]["code"].as_str().unwrap()).collect();
    assert_eq!((codes, status(&output)), (vec!["no-reports", "damaged"], 4));
}
