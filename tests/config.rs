//! `hegui.yaml`: broken ones say what is wrong, each with a snapshot of what its writer reads; good ones take effect.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use hegui::{Packs, agreement::Draft, pack::PackFile};
use serde_json::Value;
use tempfile::TempDir;

mod common;

use common::PACK;

const REPORT: &str =
    "青砚镇2023年法治政府建设年度报告\n\n一、主要举措和成效\n全年开展法制宣传12场次。镇法制办公室审核合同3份。\n";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config").join(name)
}

fn cases(name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(name)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_broken_agreement_says_what_is_wrong_and_where() {
    let packs = Packs::builtin().unwrap();
    let paths = cases("broken");
    assert!(paths.len() >= 15);
    let mut failed = Vec::new();
    for path in &paths {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let file = PackFile::decode("hegui.yaml", &fs::read(path).unwrap());
            let text = Draft::read(&file).against(&packs).expect_err(&name).render(100, false);
            assert!(text.ends_with("改好以前不能使用。\n") && !text.contains("规则包共有"), "{text}");
            insta::with_settings!({ snapshot_path => "config/snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(name.clone(), text);
            });
        }));
        if outcome.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
    let names: Vec<_> = paths.iter().map(|path| path.file_stem().unwrap().to_owned()).collect();
    let orphans = cases("snapshots").into_iter().filter(|path| !names.contains(&path.file_stem().unwrap().to_owned()));
    let orphans: Vec<_> = orphans.filter(|path| path.extension().is_some_and(|kind| kind == "snap")).collect();
    assert!(orphans.is_empty(), "no agreement for {orphans:?}");
}

#[test]
fn nothing_that_is_cut_or_garbled_makes_reading_panic() {
    let packs = Packs::builtin().unwrap();
    let whole = fs::read_to_string(folder("broken/everything-at-once.yaml")).unwrap();
    for (at, _) in whole.char_indices().step_by(7) {
        for garbage in ["", "\t", "'", "[", "}", ": ", "- ", "&a ", "*a", "\u{3000}", "\u{0}"] {
            let text = match garbage {
                "" => whole[..at].to_owned(),
                _ => format!("{}{garbage}{}", &whole[..at], &whole[at..]),
            };
            let file = PackFile { name: "hegui.yaml".to_owned(), text };
            if let Err(error) = Draft::read(&file).against(&packs) {
                assert!(!error.faults.is_empty() && !error.render(60, true).is_empty());
            }
        }
    }
}

#[test]
fn monstrous_files_end_in_a_fault_soon() {
    let packs = Packs::builtin().unwrap();
    let many = |head: &str, line: &str| {
        format!("{head}:\n{}", (0..20_000).map(|at| line.replace("{}", &at.to_string())).collect::<String>())
    };
    let cases = [
        ("silences", many("silence", "  - { rule: trem-{}, because: 甲 }\n")),
        ("wordings", many("silence", "  - { wording: 甲{}, because: 甲 }\n")),
        ("rules", many("severity", "  trem-{}: { to: off, because: 甲 }\n")),
        ("one line", format!("silence: [{}]", "{ wording: 甲, because: 乙 }, ".repeat(20_000))),
        ("brackets", format!("silence: {}", "[".repeat(100_000))),
        ("globs", format!("silence: [{{ wording: 甲, because: 乙, file: '{}' }}]", "{a,b}".repeat(50_000))),
        ("nested globs", format!("silence: [{{ wording: 甲, because: 乙, file: '{}' }}]", "{a,".repeat(50_000))),
    ];
    for (name, text) in cases {
        let begun = std::time::Instant::now();
        let file = PackFile { name: "hegui.yaml".to_owned(), text };
        let error = Draft::read(&file).against(&packs).expect_err(name);
        assert!(error.render(100, false).len() < 400_000, "{name}");
        assert!(begun.elapsed().as_secs() < 60, "{name}: {:?}", begun.elapsed());
    }
}

#[test]
fn the_example_holds_by_the_built_in_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/本地约定/hegui.yaml");
    let bytes = fs::read(path).unwrap();
    assert!(bytes.starts_with(b"# yaml-language-server: $schema=../../rules/config.schema.json\n"));
    let draft = Draft::read(&PackFile::decode("hegui.yaml", &bytes));
    let agreed = draft.against(&Packs::builtin().unwrap());
    agreed.unwrap_or_else(|error| panic!("{}", error.render(100, false)));
}

fn hegui(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegui"));
    command.args(words).current_dir(folder).env_remove("COLUMNS").stdin(Stdio::null());
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The parsed JSON of a run, its status, and what it said beside.
fn json(folder: &Path, words: &[&str]) -> (Value, i32, String) {
    let output = hegui(folder, &[&["check", "--format", "json"], words].concat());
    (serde_json::from_slice(&output.stdout).unwrap(), output.status.code().unwrap(), text(&output.stderr))
}

/// A folder with a report and an agreement.
fn office(agreement: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("甲.txt"), REPORT).unwrap();
    fs::write(folder.path().join("hegui.yaml"), agreement).unwrap();
    folder
}

/// The findings of a rule in the first report.
fn findings<'a>(output: &'a Value, rule: &str) -> Vec<&'a Value> {
    let all = output["files"][0]["diagnostics"].as_array().unwrap();
    all.iter().filter(|finding| finding["rule"] == rule).collect()
}

const SILENCE: &str = "silence:\n  - { rule: term-fazhi, wording: 法制宣传, because: 县里的固定名称 }\n";

#[test]
fn a_silenced_finding_stands_in_every_format_and_counts_no_more() {
    let folder = office(SILENCE);
    let (before, ..) = json(folder.path(), &["--no-config", "甲.txt"]);
    let (after, status, beside) = json(folder.path(), &["甲.txt"]);
    assert_eq!(findings(&before, "term-fazhi").len(), findings(&after, "term-fazhi").len());
    let reasons: Vec<&Value> = findings(&after, "term-fazhi").iter().map(|finding| &finding["silenced"]).collect();
    assert_eq!(reasons.iter().filter(|reason| **reason == "县里的固定名称").count(), 1, "{reasons:?}");
    let count = |output: &Value| output["summary"]["warnings"].as_u64().unwrap();
    assert_eq!((count(&before) - 1, status), (count(&after), 1));
    assert_eq!(beside, "按约定 hegui.yaml 检查；不按它检查用 --no-config\n");
    let page = text(&hegui(folder.path(), &["check", "甲.txt"]).stdout);
    assert!(page.contains("已按约定不提示1处\n  “法治”误作“法制” 4:5（县里的固定名称）\n"), "{page}");
    let (all, ..) = json(folder.path(), &["--no-silence", "甲.txt"]);
    assert_eq!(all["summary"], before["summary"]);
}

#[test]
fn only_the_working_folder_and_the_user_bring_an_agreement() {
    let folder = office("fail-on: never\n");
    let below = folder.path().join("收文");
    fs::create_dir(&below).unwrap();
    fs::write(below.join("甲.txt"), REPORT).unwrap();
    fs::write(below.join("hegui.yaml"), SILENCE).unwrap();
    let status = |words: &[&str]| hegui(folder.path(), &[&["check", "收文/甲.txt"], words].concat()).status.code();
    assert_eq!((status(&[]), status(&["--no-config"])), (Some(0), Some(1)));
    assert_eq!(status(&["--fail-on", "error"]), Some(1), "what is typed wins");
    let (output, ..) = json(folder.path(), &["收文/甲.txt"]);
    assert!(findings(&output, "term-fazhi").iter().all(|finding| finding["silenced"].is_null()));
    let (output, ..) = json(folder.path(), &["收文/甲.txt", "--config", "收文/hegui.yaml"]);
    assert!(findings(&output, "term-fazhi").iter().any(|finding| finding["silenced"].is_string()));
}

#[test]
fn a_rule_is_lowered_or_switched_off_with_its_reason() {
    let folder = office(
        "severity:\n  term-fazhi: { to: info, because: 县里的固定名称 }\n  law-popularization: { to: off, because: 由县里统一写 }\n",
    );
    let (before, ..) = json(folder.path(), &["--no-config", "甲.txt"]);
    let (after, ..) = json(folder.path(), &["甲.txt"]);
    assert!(findings(&before, "term-fazhi").iter().all(|finding| finding["severity"] == "warning"));
    assert!(findings(&after, "term-fazhi").iter().all(|finding| finding["severity"] == "info"));
    assert!(findings(&after, "law-popularization").is_empty());
    let requirements = after["files"][0]["requirements"].as_array().unwrap();
    let publicity = requirements.iter().find(|requirement| requirement["rule"] == "law-popularization").unwrap();
    assert_eq!(publicity["status"], "skipped");
    assert_eq!(publicity["reason"]["code"], "switched-off");
    assert_eq!(publicity["reason"]["text"], "按约定停用：由县里统一写");
    let pack = |output: &Value| output["files"][0]["pack"].clone();
    assert_eq!(pack(&before), pack(&after), "the rules are the same");
    let page = text(&hegui(folder.path(), &["check", "甲.txt"]).stdout);
    assert!(page.contains("按约定停用：由县里统一写：普法宣传"), "{page}");
}

#[test]
fn an_absence_that_is_silenced_keeps_its_status() {
    let (before, ..) = json(office("fail-on: never\n").path(), &["甲.txt"]);
    let missing = before["files"][0]["diagnostics"].as_array().unwrap().iter().find(|finding| !finding["at"].is_null());
    let rule = missing.unwrap()["rule"].as_str().unwrap();
    let folder = office(&format!("silence: [{{ rule: {rule}, because: 另行报告 }}]\n"));
    let (after, ..) = json(folder.path(), &["甲.txt"]);
    assert_eq!(findings(&after, rule)[0]["silenced"], "另行报告");
    assert_eq!(before["files"][0]["requirements"], after["files"][0]["requirements"]);
}

#[test]
fn words_that_mark_an_absence_silence_nothing() {
    let folder = office("silence: [{ wording: 主要举措, because: 试一试 }]\n");
    let (output, ..) = json(folder.path(), &["甲.txt"]);
    let all = output["files"][0]["diagnostics"].as_array().unwrap();
    let mut absences = all.iter().filter(|finding| !finding["at"].is_null()).peekable();
    assert!(absences.peek().is_some() && absences.all(|finding| finding["silenced"].is_null()));
}

#[test]
fn what_must_not_be_silenced_is_told_whatever_the_words() {
    let folder = office("silence: [{ wording: 张三, because: 已经公开 }]\n");
    fs::write(folder.path().join("甲.txt"), format!("{REPORT}联系人张三，身份证号11010519491231002X。\n")).unwrap();
    let (output, ..) = json(folder.path(), &["甲.txt"]);
    let told = findings(&output, "residue-identity-number");
    assert!(!told.is_empty() && told.iter().all(|finding| finding["silenced"].is_null()));
    fs::write(folder.path().join("hegui.yaml"), "silence: [{ wording: 11010519491231002X, because: 已经公开 }]\n")
        .unwrap();
    let (output, ..) = json(folder.path(), &["甲.txt"]);
    assert!(findings(&output, "residue-identity-number").iter().all(|finding| finding["silenced"].is_null()));
}

#[test]
fn a_silence_is_for_the_files_that_it_names_and_told_when_it_is_of_no_use() {
    let folder = office(
        "silence:\n  - { rule: term-fazhi, file: '2023\\*.txt', because: 旧报告 }\n  \
         - rule: cite-repealed\n    because: 没有用上\n  - { rule: term-fazhi, file: 丙.txt, because: 没有查到 }\n",
    );
    fs::create_dir(folder.path().join("2023")).unwrap();
    fs::write(folder.path().join("2023/乙.txt"), REPORT).unwrap();
    let (output, _, beside) = json(folder.path(), &["甲.txt", "2023/乙.txt"]);
    let silenced = |file: usize| {
        let all = output["files"][file]["diagnostics"].as_array().unwrap();
        all.iter().filter(|finding| finding["silenced"].is_string()).count()
    };
    assert_eq!(silenced(0), 0);
    assert!(silenced(1) > 0);
    let unused: Vec<&str> = beside.lines().skip(1).collect();
    assert_eq!(unused, ["hegui.yaml:3:5：这次检查没有用上这一条（规则 cite-repealed）；以后也用不上的话，可以删去"]);
    let (_, _, beside) = json(folder.path(), &["--no-silence", "甲.txt"]);
    assert_eq!(beside.lines().count(), 1, "{beside}");
}

#[test]
fn the_level_is_for_reports_that_do_not_tell_theirs() {
    let folder = office("level: 街道\n");
    fs::write(folder.path().join("乙.txt"), "2023年法治政府建设年度报告\n\n一、主要举措\n开展宣传12场次。\n").unwrap();
    let (output, ..) = json(folder.path(), &["甲.txt", "乙.txt"]);
    let fact = |file: usize| (&output["files"][file]["facts"]["level"], &output["files"][file]["fact_spans"]["level"]);
    assert_eq!(fact(0).0, "镇");
    assert_eq!(fact(1), (&Value::from("街道"), &Value::Null));
}

#[test]
fn its_rules_stand_beside_it_and_those_that_are_typed_replace_them() {
    let folder = office("fail-on: never\n");
    let office = folder.path().join("办公室");
    fs::create_dir_all(office.join("规则")).unwrap();
    fs::write(office.join("规则/pack.yaml"), PACK).unwrap();
    fs::write(office.join("约定.yaml"), "rules: [规则]\nsilence: [{ rule: demo-term, because: 试一试 }]\n").unwrap();
    let (output, ..) = json(folder.path(), &["甲.txt", "--config", "办公室/约定.yaml"]);
    assert_eq!(output["files"][0]["pack"]["name"], "demo");
    assert_eq!(findings(&output, "demo-term")[0]["silenced"], "试一试");
    fs::create_dir(folder.path().join("另")).unwrap();
    fs::write(folder.path().join("另/pack.yaml"), PACK.replace("name: demo,", "name: other,")).unwrap();
    let (output, ..) = json(folder.path(), &["甲.txt", "--config", "办公室/约定.yaml", "--rules", "另"]);
    assert_eq!(output["files"][0]["pack"]["name"], "other");
}

/// What a run by a faulty agreement says; nothing is checked.
fn refused(folder: &Path, words: &[&str]) -> String {
    let output = hegui(folder, words);
    assert_eq!(output.status.code(), Some(3), "{words:?}");
    assert!(output.stdout.is_empty(), "{words:?}");
    text(&output.stderr)
}

#[test]
fn a_faulty_agreement_stops_every_command_that_goes_by_it() {
    let folder = office("rules: [没有, 规则]\nseverity: { demo-trem: { to: off, because: 试一试 } }\nlevl: 镇\n");
    fs::create_dir(folder.path().join("规则")).unwrap();
    fs::write(folder.path().join("规则/pack.yaml"), PACK).unwrap();
    for words in [&["check"][..], &["甲.txt"], &["annotate", "甲.docx"], &["explain", "term-fazhi", "甲.txt"]] {
        let told = refused(folder.path(), words);
        assert!(told.contains("hegui.yaml:1:9") && told.contains("找不到规则文件夹“没有”"), "{told}");
        assert!(told.contains("没有“levl”这个键，是不是“level”？") && told.contains("约定共有2处错误"), "{told}");
    }
    fs::write(folder.path().join("规则/pack.yaml"), format!("{PACK}colour: 红\n")).unwrap();
    let told = refused(folder.path(), &["check"]);
    assert!(told.contains("约定共有2处错误") && told.contains("规则包共有1处错误"), "both at once: {told}");
    assert!(refused(folder.path(), &["check", "--config", "没有.yaml"]).contains("没有.yaml"));
    let folder = office("rules: [规则]\nseverity: { demo-trem: { to: off, because: 试一试 } }\n");
    fs::create_dir(folder.path().join("规则")).unwrap();
    fs::write(folder.path().join("规则/pack.yaml"), PACK).unwrap();
    assert!(refused(folder.path(), &["check"]).contains("是不是“demo-term”？"));
}

#[test]
fn explain_says_what_was_agreed() {
    let folder = office(&format!(
        "{SILENCE}severity:\n  term-fazhi: {{ to: info, because: 县里的口径 }}\n  law-popularization: {{ to: off, because: 由县里统一写 }}\n"
    ));
    let explain = |rule: &str, words: &[&str]| {
        text(&hegui(folder.path(), &[&["explain", rule, "甲.txt"], words].concat()).stdout)
    };
    let page = explain("term-fazhi", &[]);
    assert!(page.contains("按约定：至多算“供参考”，理由：县里的口径"), "{page}");
    assert!(page.contains("已按约定不提示：县里的固定名称"), "{page}");
    assert!(!explain("term-fazhi", &["--no-config"]).contains("按约定"));
    let page = explain("law-popularization", &[]);
    assert!(page.contains("结论：未检查") && page.contains("按约定停用：由县里统一写"), "{page}");
    assert!(explain("law-popularization", &["--year", "2019", "--no-config"]).contains("2019年度"));
}

#[test]
fn a_copy_with_comments_leaves_out_what_is_silenced() {
    let folder = office("severity: { law-popularization: { to: off, because: 由县里统一写 } }\n");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/竹溪镇2024年法治政府建设年度报告.docx");
    let path = folder.path().join("甲.docx");
    fs::copy(example, &path).unwrap();
    let (all, ..) = json(folder.path(), &["甲.docx", "--no-config"]);
    let rules: Vec<String> = all["files"][0]["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| format!("{{ rule: {}, because: 试一试 }}", finding["rule"].as_str().unwrap()))
        .collect();
    fs::write(folder.path().join("hegui.yaml"), format!("silence: [{}]\n", rules.join(", "))).unwrap();
    let output = hegui(folder.path(), &["annotate", "甲.docx"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("必须改0处，建议改0处，供参考0处"), "{}", text(&output.stdout));
}

#[test]
fn a_wording_is_tried_by_the_rules_that_are_named_and_the_year() {
    let folder = office("fail-on: never\n");
    fs::create_dir(folder.path().join("规则")).unwrap();
    let pack = format!("{PACK}classes: {{ 示例词: [审核合同] }}\n");
    fs::write(folder.path().join("规则/pack.yaml"), pack).unwrap();
    let words = ["try", "<示例词>", "甲.txt", "--rules", "规则", "--year", "2023"];
    let output = hegui(folder.path(), &words);
    assert!(text(&output.stdout).contains("甲.txt：1处"), "{}{}", text(&output.stdout), text(&output.stderr));
    assert_eq!(hegui(folder.path(), &words[..3]).status.code(), Some(3), "the built-in rules have no such class");
    let diff = hegui(folder.path(), &["rules", "diff", "内置", "规则", "甲.txt", "--year", "2022"]);
    assert_eq!(diff.status.code(), Some(0), "{}", text(&diff.stderr));
}
