//! The built program, end to end: exit statuses, streams, formats, and what a user gets wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{
    fs,
    io::{Read, Write},
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

const REPORT: &str = "青砚镇2023年法治政府建设年度报告\n\n一、主要举措和成效\n全年开展宣传12场次。\n";

fn hegui(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegui"));
    command.args(words).current_dir(folder).env_remove("COLUMNS").env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

fn run(folder: &Path, words: &[&str]) -> Output {
    hegui(folder, words).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The parsed JSON of a run and its exit status.
fn json(folder: &Path, words: &[&str]) -> (Value, i32) {
    let output = run(folder, &[&["check", "--format", "json"], words].concat());
    (serde_json::from_slice(&output.stdout).unwrap(), output.status.code().unwrap())
}

fn paths(output: &Value) -> Vec<&str> {
    output["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect()
}

/// What a wrong command line is answered with, and that nothing was done.
fn refused(words: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    let output = run(folder.path(), words);
    assert_eq!(output.status.code(), Some(2), "{words:?}");
    assert!(output.stdout.is_empty(), "{words:?}");
    text(&output.stderr)
}

/// A folder with reports, and with what is none.
fn reports() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    write("乙.txt", REPORT.as_bytes());
    write("丙.MD", REPORT.as_bytes());
    write("下级/甲.txt", REPORT.as_bytes());
    write("~$乙.docx", b"lock");
    write(".隐藏.txt", REPORT.as_bytes());
    write("照片.jpg", b"\xff\xd8\xff");
    write(".ignore", "*.txt".as_bytes());
    folder
}

#[test]
fn a_file_is_checked_and_its_path_shown_as_typed() {
    let folder = reports();
    let output = run(folder.path(), &["check", "./乙.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).starts_with("./乙.txt\n"));
    assert!(output.stderr.is_empty());
    let (output, status) = json(folder.path(), &["乙.txt"]);
    assert_eq!((output["version"].as_u64(), status), (Some(1), 1));
    assert_eq!(output["files"][0]["format"], "txt");
}

#[test]
fn a_bare_path_is_checked() {
    let folder = reports();
    let bare = run(folder.path(), &["乙.txt"]);
    assert_eq!((bare.status.code(), bare.stdout), (Some(1), run(folder.path(), &["check", "乙.txt"]).stdout));
}

#[test]
fn a_folder_is_walked_in_order_without_what_is_no_report() {
    let folder = reports();
    let (output, _) = json(folder.path(), &[]);
    assert_eq!(
        paths(&output),
        ["下级/甲.txt", "丙.MD", "乙.txt"].map(|path| path.replace('/', std::path::MAIN_SEPARATOR_STR))
    );
    let (output, _) = json(folder.path(), &["."]);
    assert_eq!(output["summary"]["files"], 3);
    let (output, _) = json(folder.path(), &["下级"]);
    assert_eq!(output["summary"]["files"], 1);
}

#[test]
fn a_folder_without_reports_is_an_input_that_cannot_be_read() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("照片.jpg"), b"").unwrap();
    let output = run(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(text(&output.stdout).contains("这个文件夹里没有可以检查的报告"));
}

#[test]
fn a_file_given_twice_is_checked_once() {
    let folder = reports();
    let (output, _) = json(folder.path(), &["乙.txt", "./乙.txt", ".", "下级"]);
    assert_eq!(paths(&output).len(), 3);
    assert_eq!(paths(&output)[0], "乙.txt");
}

#[test]
fn what_cannot_be_read_is_listed_and_the_others_are_checked() {
    let folder = reports();
    let (output, status) = json(folder.path(), &["没有.docx", "乙.txt"]);
    assert_eq!(status, 4);
    assert_eq!(output["files"][0]["error"]["code"], "missing");
    assert_eq!(output["files"][1]["error"], Value::Null);
    assert_eq!((&output["summary"]["files"], &output["summary"]["unreadable"]), (&2.into(), &1.into()));
    let run = run(folder.path(), &["check", "--format", "json", "没有.docx"]);
    assert!(text(&run.stderr).contains("没有.docx：找不到这个文件或文件夹"));
}

#[test]
fn reports_in_formats_that_cannot_be_read_yet_are_listed() {
    let folder = reports();
    fs::write(folder.path().join("旧.DOC"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more").unwrap();
    fs::write(folder.path().join("版.pdf"), b"%PDF-1.7\n").unwrap();
    let (output, status) = json(folder.path(), &[]);
    assert_eq!((status, &output["summary"]["files"], &output["summary"]["unreadable"]), (4, &5.into(), &2.into()));
    assert!(paths(&output).contains(&"旧.DOC") && !paths(&output).contains(&"照片.jpg"));
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_or_nowhere_are_listed() {
    let folder = reports();
    std::os::unix::fs::symlink("..", folder.path().join("下级/回头")).unwrap();
    std::os::unix::fs::symlink("无处", folder.path().join("下级/断.docx")).unwrap();
    std::os::unix::fs::symlink("无处", folder.path().join("下级/断")).unwrap();
    let (output, status) = json(folder.path(), &[]);
    let files = output["files"].as_array().unwrap();
    let codes: Vec<&Value> = files.iter().map(|file| &file["error"]["code"]).collect();
    assert_eq!(status, 4);
    assert_eq!(codes, [&Value::from("loop"), &"missing".into(), &Value::Null, &Value::Null, &Value::Null]);
}

#[cfg(unix)]
#[test]
fn names_that_are_no_characters_are_checked_and_told_apart() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let folder = TempDir::new().unwrap();
    // The name of 报告 in GBK, as unpacking an archive leaves it.
    fs::write(folder.path().join(OsStr::from_bytes(b"\xb1\xa8\xb8\xe6.txt")), REPORT).unwrap();
    let (output, status) = json(folder.path(), &[]);
    assert_eq!((paths(&output)[0], status), ("\\xB1\\xA8\\xB8\\xE6.txt", 1));
}

#[test]
fn a_file_that_is_too_large_is_not_read_whole() {
    let folder = TempDir::new().unwrap();
    fs::File::create(folder.path().join("大.txt")).unwrap().set_len(1 << 30).unwrap();
    let (output, status) = json(folder.path(), &["大.txt"]);
    assert_eq!((&output["files"][0]["error"]["code"], status), (&"too-large".into(), 4));
}

#[test]
fn standard_input_is_checked_under_its_name() {
    let folder = TempDir::new().unwrap();
    let feed = |words: &[&str]| {
        let mut child = hegui(folder.path(), words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(REPORT.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let output = feed(&["check", "--format", "json", "-", "--stdin-name", "报告.md"]);
    let output: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&output["files"][0]["path"], &output["files"][0]["format"]), (&"报告.md".into(), &"md".into()));
    assert_eq!(text(&feed(&["text", "-"]).stdout), REPORT);
    assert!(text(&feed(&["-"]).stdout).starts_with("-\n"));
}

#[test]
fn one_thread_writes_what_many_write() {
    let folder = TempDir::new().unwrap();
    for number in 0..300 {
        fs::write(folder.path().join(format!("{number:03}.txt")), format!("第{number}份\n{REPORT}")).unwrap();
    }
    let with = |threads: &str| {
        hegui(folder.path(), &["check", "--format", "json"]).env("RAYON_NUM_THREADS", threads).output().unwrap().stdout
    };
    let one = with("1");
    assert!(one == with("4"));
    assert_eq!(serde_json::from_slice::<Value>(&one).unwrap()["summary"]["files"], 300);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = TempDir::new().unwrap();
    for number in 0..500 {
        fs::write(folder.path().join(format!("{number}.txt")), REPORT).unwrap();
    }
    let mut child = hegui(folder.path(), &["check"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 64]).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_has_a_status_of_its_own() {
    let folder = reports();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = hegui(folder.path(), &["check", "乙.txt", "没有.txt"]).stdout(full).output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(5), "结果没能写出：磁盘已满\n".to_owned()));
}

#[test]
fn colours_are_for_those_who_want_them() {
    let folder = reports();
    let coloured = |words: &[&str], variable: Option<&str>| {
        let mut command = hegui(folder.path(), &[&["check", "乙.txt"], words].concat());
        variable.into_iter().for_each(|name| _ = command.env(name, "1"));
        command.output().unwrap().stdout.contains(&0x1b)
    };
    assert!(!coloured(&[], None), "a pipe");
    assert!(coloured(&["--color", "always"], None));
    assert!(coloured(&["--color", "always"], Some("NO_COLOR")), "what is typed wins");
    assert!(!coloured(&["--color", "never"], Some("CLICOLOR_FORCE")));
    assert!(coloured(&[], Some("CLICOLOR_FORCE")));
}

#[test]
fn a_narrow_terminal_gets_narrow_lines() {
    let folder = reports();
    for words in [&["check", "乙.txt"][..], &["--help"], &["check", "--help"]] {
        let output = hegui(folder.path(), words).env("COLUMNS", "40").output().unwrap();
        for line in text(&output.stdout).lines() {
            assert!(hegui::text::display_width(line) <= 40, "{line}");
        }
    }
}

#[test]
fn the_text_is_printed_as_it_is() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("报告.txt"), "\u{1b}甲\r\n乙").unwrap();
    let output = run(folder.path(), &["text", "报告.txt"]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "\u{1b}甲\n乙".to_owned()));
    let output = run(folder.path(), &["text", "没有.txt"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(text(&output.stderr).contains("找不到这个文件或文件夹"));
}

#[test]
fn names_cannot_move_the_cursor() {
    let folder = TempDir::new().unwrap();
    for words in [["check", "\u{1b}[2J.txt"], ["text", "\u{1b}[2J.txt"], ["check", "--\u{1b}[2J"], ["\u{1b}[2J", "甲"]]
    {
        let output = run(folder.path(), &words);
        assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "{words:?}");
    }
}

#[test]
fn faulty_rules_have_a_status_of_their_own() {
    let folder = reports();
    let output = run(folder.path(), &["check", "乙.txt", "没有.txt", "--rules", "无此文件夹"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(output.stdout.is_empty() && text(&output.stderr).contains("无此文件夹"));
}

#[test]
fn help_and_version_are_in_chinese() {
    let folder = TempDir::new().unwrap();
    for words in [&["--help"][..], &["-h"], &["check", "--help"], &["text", "-h"]] {
        let output = run(folder.path(), words);
        let page = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0));
        assert!(page.contains("用法：") && page.contains("选项："), "{page}");
        assert!(
            !["Usage", "Options", "Print", "possible", "default:"].iter().any(|word| page.contains(word)),
            "{page}"
        );
    }
    let output = run(folder.path(), &["--version"]);
    assert!(text(&output.stdout).starts_with(concat!("hegui ", env!("CARGO_PKG_VERSION"), "\n")));
    assert!(refused(&[]).contains("用法："));
}

#[test]
fn a_wrong_command_line_is_explained_in_chinese() {
    let cases: [(&[&str], &str); 12] = [
        (&["check", "--formt", "json"], "没有“--formt”这个选项\n是不是要写：--format\n"),
        (&["check", "--format", "word"], "“--format <格式>”的值“word”不对\n可以写：pretty、json、"),
        (&["check", "--format", "jsn"], "是不是要写：json\n可以写：pretty、json、"),
        (&["check", "--format"], "“--format <格式>”后面没有写值\n可以写：pretty、json、"),
        (&["check", "--year", "1989"], "“--year <年份>”的值“1989”不对，应是1990到2100之间的四位数字\n"),
        (&["check", "--year"], "“--year <年份>”后面没有写值\n"),
        (&["check", "--year", "2020", "--year", "2021"], "“--year <年份>”写了不止一次\n"),
        (&["check", "--fail-on", "fatal"], "可以写：error、warning、info、never\n"),
        (&["chek", "甲.txt"], "没有“chek”这个命令，也没有叫这个名字的文件\n是不是要写：check\n"),
        (&["text"], "没有写“<文件>”\n"),
        (&["text", "甲.txt", "乙.txt"], "多写了“乙.txt”\n"),
        (&["--format", "json", "甲.txt"], "没有“--format”这个选项\n要写在命令后面：hegui check --format …\n"),
    ];
    for (words, expected) in cases {
        let answer = refused(words);
        assert!(answer.starts_with("命令写得不对：") && answer.contains(expected), "{words:?}: {answer}");
        let known = ["--formt", "--format", "--year", "--fail-on", "--help", "hegui", "check", "chek", "text"];
        let rest = known.iter().fold(answer.clone(), |rest, word| rest.replace(word, ""));
        assert!(
            !["error", "tip", "Usage", "argument", "value"]
                .iter()
                .any(|word| rest.replace("error、", "").contains(word)),
            "{answer}"
        );
    }
}
