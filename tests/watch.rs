//! `hegui check --watch`, end to end: a child process, its rounds told apart by the line that ends each.
//!
//! No test waits for a length of time: each waits for what must come, for a long while if the machine is busy.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

mod common;

use common::PACK;

const REPORT: &str = "青砚镇2023年法治政府建设年度报告\n\n一、主要举措和成效\n全年开展法制宣传12场次。\n";
/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(120);
const END: &str = "正在等着改动，按 Ctrl-C 结束";

/// A watch that runs. Both of its streams go into one file each, so that what is written before is there in full.
struct Watch {
    child: Child,
    lines: Receiver<String>,
    output: std::path::PathBuf,
    read: usize,
}

impl Watch {
    fn start(folder: &Path, words: &[&str]) -> Self {
        let output = folder.join(".输出");
        let stdout = fs::File::create(&output).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_hegui"))
            .args(["check", "--watch"])
            .args(words)
            .current_dir(folder)
            .env_remove("COLUMNS")
            .stdin(Stdio::null())
            .stdout(stdout)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines, output, read: 0 }
    }

    /// What the next round says: on standard output, and beside.
    fn round(&mut self) -> (String, String) {
        let until = Instant::now() + PATIENCE;
        let mut beside = String::new();
        loop {
            let line = self.lines.recv_timeout(until.saturating_duration_since(Instant::now()));
            let line = line.unwrap_or_else(|_| panic!("no round came; so far: {beside}"));
            if line == END {
                break;
            }
            beside += &format!("{line}\n");
        }
        let mut all = String::new();
        fs::File::open(&self.output).unwrap().read_to_string(&mut all).unwrap();
        let told = all[self.read..].to_owned();
        self.read = all.len();
        (told, beside)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Saves as editors do: beside, then renamed.
fn save(folder: &Path, name: &str, text: &str) {
    let beside = folder.join(".neu");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, folder.join(name)).unwrap();
}

fn office() -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["甲.txt", "乙.txt"] {
        save(folder.path(), name, REPORT);
    }
    folder
}

#[test]
fn a_changed_report_is_checked_again_and_the_others_are_not() {
    let folder = office();
    let mut watch = Watch::start(folder.path(), &["甲.txt", "乙.txt"]);
    let (first, _) = watch.round();
    assert!(first.starts_with("甲.txt\n") && first.contains("乙.txt\n") && first.contains("共2份"), "{first}");
    save(folder.path(), "乙.txt", &REPORT.replace("法制宣传", "法治宣传教育活动"));
    let (second, _) = watch.round();
    assert!(second.starts_with("\n── 第2次检查：乙.txt 有改动 ─"), "{second}");
    assert!(!second.contains("甲.txt") && second.contains("共2份") && !second.contains("法制宣传"), "{second}");
    fs::remove_file(folder.path().join("甲.txt")).unwrap();
    let (third, _) = watch.round();
    assert!(third.contains("甲.txt 有改动") && third.contains("找不到这个文件"), "{third}");
}

#[test]
fn reports_that_come_and_go_in_a_folder_are_seen() {
    let folder = office();
    let mut watch = Watch::start(folder.path(), &["--format", "json"]);
    let names = |text: &str| -> Vec<String> {
        let output: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let files = output["files"].as_array().unwrap();
        files.iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&watch.round().0), ["乙.txt", "甲.txt"]);
    save(folder.path(), "丙.txt", REPORT);
    assert_eq!(names(&watch.round().0), ["丙.txt", "乙.txt", "甲.txt"]);
    fs::remove_file(folder.path().join("乙.txt")).unwrap();
    assert_eq!(names(&watch.round().0), ["丙.txt", "甲.txt"]);
}

#[test]
fn faulty_rules_are_told_and_the_last_sound_ones_stay_in_use() {
    let folder = office();
    fs::create_dir(folder.path().join("规则")).unwrap();
    save(folder.path(), "规则/pack.yaml", PACK);
    let mut watch = Watch::start(folder.path(), &["甲.txt", "--rules", "规则"]);
    assert!(watch.round().0.contains("应写作“场”"));

    save(folder.path(), "规则/pack.yaml", &PACK.replace("severity", "severty"));
    let (told, beside) = watch.round();
    assert!(told.contains("第2次检查：规则或者约定有错") && !told.contains("应写作"), "{told}");
    assert!(beside.contains("是不是“severity”？") && beside.contains("仍按原来的规则和约定检查"), "{beside}");

    save(folder.path(), "甲.txt", &format!("{REPORT}另外开展3场次。\n"));
    let (told, _) = watch.round();
    assert!(told.contains("甲.txt 有改动") && told.matches("应写作“场”").count() == 2, "{told}");

    save(folder.path(), "规则/pack.yaml", &PACK.replace("应写作", "请写作"));
    let (told, _) = watch.round();
    assert!(told.contains("全部重新检查") && told.contains("请写作“场”"), "{told}");
}

#[test]
fn an_agreement_that_is_written_or_mended_takes_effect() {
    let folder = office();
    save(folder.path(), "hegui.yaml", "silense: []\n");
    let mut watch = Watch::start(folder.path(), &["甲.txt"]);
    let (told, beside) = watch.round();
    assert!(
        told.is_empty() && beside.contains("是不是“silence”？") && beside.contains("改好以后，自动开始检查"),
        "{beside}"
    );
    save(folder.path(), "hegui.yaml", "silence: [{ rule: term-fazhi, because: 县里的固定名称 }]\n");
    let (told, beside) = watch.round();
    assert!(told.contains("已按约定不提示1处"), "{told}");
    assert!(beside.contains("按约定 hegui.yaml 检查"), "{beside}");
    fs::remove_file(folder.path().join("hegui.yaml")).unwrap();
    let (told, _) = watch.round();
    assert!(told.contains("第3次检查") && !told.contains("已按约定不提示"), "{told}");
}

#[test]
fn what_does_not_come_report_by_report_cannot_be_watched() {
    let folder = office();
    let inputs = [&["-"][..], &["甲.txt", "-"], &["甲.txt", "--stdin-name", "乙.txt"]];
    let formats = [&["--format", "sarif"][..], &["--format", "html"], &["--format", "xlsx"]];
    for words in [inputs, formats].concat() {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hegui"));
        command.args(["check", "--watch"]).args(words).current_dir(folder.path()).stdin(Stdio::null());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.starts_with("命令写得不对：") && told.contains("--watch"), "{told}");
    }
}
