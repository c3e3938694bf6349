//! The rule keeper's bench, end to end: every command over small packs and made-up reports.

#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

const REPORT: &str = "清溪镇2024年法治政府建设年度报告\n\n一、主要工作\n全年接待信访群众12批次。\n\
                      二、存在的不足\n法律顾问作用发挥不够。\n三、下一步打算\n聘请法律顾问1名。\n";

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegui"));
    command.args(words).current_dir(folder).env("COLUMNS", "100").env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

/// Standard output, standard error and exit status of a run.
fn run(folder: &Path, words: &[&str]) -> (String, String, i32) {
    told(&command(folder, words).output().unwrap())
}

/// The same, with answers typed.
fn answer(folder: &Path, words: &[&str], answers: &str) -> (String, String, i32) {
    let mut child =
        command(folder, words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    told(&child.wait_with_output().unwrap())
}

fn told(output: &Output) -> (String, String, i32) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A folder with the small pack in `包`.
fn bench() -> TempDir {
    let folder = TempDir::new().unwrap();
    let pack = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/packs/bench");
    copy(&pack, &folder.path().join("包"));
    folder
}

/// Replaces text in the small pack.
fn edit(folder: &TempDir, old: &str, new: &str) {
    let path = folder.path().join("包/pack.yaml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(old), "{old}");
    fs::write(&path, text.replace(old, new)).unwrap();
}

/// A folder with a layer made from the template in `县`, with every example of the template in force.
fn county() -> TempDir {
    let folder = TempDir::new().unwrap();
    let (_, complaint, exit) = run(folder.path(), &["rules", "new", "县", "--name", "qinghe-county"]);
    assert_eq!((complaint.as_str(), exit), ("", 0));
    let path = folder.path().join("县/pack.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let in_force = |line: &str| {
        let rest =
            line.strip_prefix('#').filter(|rest| rest.starts_with("  ") || rest.starts_with(char::is_alphabetic));
        rest.unwrap_or(line).to_owned() + "\n"
    };
    fs::write(&path, text.lines().map(in_force).collect::<String>()).unwrap();
    fs::write(folder.path().join("报告.txt"), REPORT).unwrap();
    folder
}

#[test]
fn rules_are_listed_by_file() {
    let folder = TempDir::new().unwrap();
    let (page, _, exit) = run(folder.path(), &["rules", "list"]);
    assert_eq!(exit, 0);
    assert!(page.contains("\nfazhi-township/requirements/decision.yaml\n"), "{page}");
    let line = page.lines().find(|line| line.contains("legal-adviser ")).unwrap();
    assert!(line.contains("建议改") && line.contains("应写事项") && line.contains("法律顾问"), "{line}");
}

#[test]
fn a_rule_is_shown_with_everything_it_says() {
    let folder = TempDir::new().unwrap();
    let (page, _, exit) = run(folder.path(), &["rules", "show", "legal-adviser", "--resolved"]);
    assert_eq!(exit, 0);
    for part in
        ["说法：", "依据", "没有写到：", "怎么改：", "例子", "出处", "fazhi-township/requirements/decision.yaml"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let (_, complaint, exit) = run(folder.path(), &["rules", "show", "legal-advisor"]);
    assert_eq!(exit, 2);
    assert!(complaint.contains("是不是“legal-adviser”？"), "{complaint}");
}

#[test]
fn what_a_layer_changes_is_shown_with_the_reason() {
    let folder = county();
    let show = |rule: &str| run(folder.path(), &["rules", "show", rule, "--resolved", "--rules", "县"]).0;
    let page = show("petition");
    assert!(
        page.contains("等级：建议改") && page.contains("修改 severity") && page.contains("县办〔2026〕3号"),
        "{page}"
    );
    assert!(show("digital-gov").contains("已停用：本县统一建设"));
    assert!(show("dispute-mediation").contains("补充"));
}

#[test]
fn a_pack_that_is_right_passes() {
    let folder = bench();
    let (page, complaint, exit) = run(folder.path(), &["rules", "test", "包"]);
    assert_eq!((complaint.as_str(), exit), ("", 0), "{page}");
    assert!(page.contains("例子5个：相符5") && page.contains("整篇报告2份：相符2"), "{page}");
}

#[test]
fn outcomes_have_names() {
    let folder = bench();
    edit(&folder, "units: [次, 场]", "units: [场]");
    let (page, _, exit) = run(folder.path(), &["rules", "test", "包"]);
    assert_eq!(exit, 1);
    assert!(page.contains("✗ 漏报 patrol 的例子 met（已写实）第1个"), "{page}");
    assert!(page.contains("✗ 误报 tests/石桥镇.txt") && page.contains("    + patrol partial\n"), "{page}");
    edit(&folder, "{ 南大街: 南街 }", "{ 南大街: 南路 }");
    let (page, _, _) = run(folder.path(), &["rules", "test", "包", "--color", "always"]);
    assert!(page.contains("✗ 变化 street 的例子 bad（有错）第1个"), "{page}");
    assert!(page.contains("\u{1b}[1;31m    - ") && page.contains("\u{1b}[32m    + "), "{page}");
}

#[test]
fn snapshots_are_rewritten_all_at_once_or_one_by_one() {
    let folder = bench();
    edit(&folder, "{ 南大街: 南街 }", "{ 南大街: 南路 }");
    edit(&folder, "⟦南大街→南街⟧", "⟦南大街→南路⟧");
    let test =
        |words: &[&str], answers: &str| answer(folder.path(), &[&["rules", "test", "包"], words].concat(), answers);
    let (page, _, exit) = test(&["--review"], "什么\nn\n");
    assert_eq!(exit, 1, "{page}");
    assert!(page.contains("接受这个结果吗？") && page.contains("✗ 变化 tests/石桥镇.txt"), "{page}");
    assert_eq!(test(&["--review"], "").2, 1, "nobody answers");
    assert_eq!(test(&["--review"], "y\n").2, 0);
    assert_eq!(test(&[], "").2, 0);
    let record = folder.path().join("包/tests/snapshots/石桥镇.txt.snap");
    let text = fs::read_to_string(&record).unwrap();
    assert!(text.starts_with("---\nsource: ") && text.contains("南大街 → 南路"), "{text}");
    fs::remove_file(&record).unwrap();
    let (page, _, exit) = test(&[], "");
    assert!(page.contains("✗ 没有快照 tests/石桥镇.txt") && exit == 1, "{page}");
    assert_eq!(test(&["--update"], "").2, 0);
    assert!(record.exists());
}

#[test]
fn no_report_beside_the_rules_is_passed_over_for_its_format() {
    let folder = bench();
    for name in ["旧.wps", "扫描.pdf", "版式.ofd"] {
        fs::write(folder.path().join("包/tests").join(name), "x").unwrap();
        let (page, _, exit) = run(folder.path(), &["rules", "test", "包"]);
        assert!(exit == 1 && page.contains(name), "{page}");
        fs::remove_file(folder.path().join("包/tests").join(name)).unwrap();
    }
}

#[test]
fn a_report_from_standard_input_is_compared_as_a_file_is() {
    let folder = bench();
    let report = "包/tests/石桥镇.txt";
    let (from_file, _, _) = run(folder.path(), &["rules", "diff", "内置", "包", report]);
    let text = fs::read_to_string(folder.path().join(report)).unwrap();
    let (page, complaint, exit) = answer(folder.path(), &["rules", "diff", "内置", "包", "-"], &text);
    assert_eq!((complaint.as_str(), exit), ("", 0));
    assert!(page.contains("比较了1份报告：1份有变化"), "{page}");
    assert_eq!(page, from_file.replace(report, "-").replace("石桥镇.txt", "-"));
}

#[test]
fn lapses_fail_and_unused_snapshots_are_told() {
    let folder = bench();
    fs::write(folder.path().join("包/tests/snapshots/没有.txt.snap"), "---\nsource: x\n---\n甲\n").unwrap();
    let (page, _, exit) = run(folder.path(), &["rules", "test", "包"]);
    assert_eq!(exit, 0);
    assert!(page.contains("没有用到的快照：没有.txt"), "{page}");
    edit(&folder, "      partial: [坚持⟦夜巡⟧。]\n", "");
    edit(&folder, "  巡逻:", "  闲置: [甲]\n  巡逻:");
    edit(&folder, "concepts:\n", "concepts:\n  idle: { mention: [乙] }\n");
    let (page, _, exit) = run(folder.path(), &["rules", "test", "包"]);
    assert_eq!(exit, 1);
    for lapse in ["规则 patrol：缺少例子：partial", "事项 idle：没有规则用到", "词类 闲置：没有说法用到"]
    {
        assert!(page.contains(lapse), "{lapse}: {page}");
    }
}

#[test]
fn coverage_lists_what_nothing_tries() {
    let folder = bench();
    edit(&folder, "      good: [在南街集中宣传。]\n", "      good: [南大街]\n");
    let (page, _, _) = run(folder.path(), &["rules", "test", "包", "--coverage"]);
    assert!(page.contains("没有例子使它提示的规则：无"), "{page}");
    assert!(page.contains("没有例子使它不提示的规则：street"), "{page}");
    assert!(page.contains("事项 patrol：夜巡制度汇编\n"), "{page}");
}

#[test]
fn every_mention_is_explained() {
    let folder = county();
    let (page, _, exit) = run(folder.path(), &["explain", "legal-adviser", "报告.txt"]);
    assert_eq!(exit, 0);
    assert!(page.contains("结论：未写到") && page.contains("用到这个事项的说法"), "{page}");
    assert!(page.contains("✗ 6:1 不算：") && page.contains("✗ 8:"), "{page}");
    let (page, _, _) = run(folder.path(), &["explain", "petition", "报告.txt"]);
    assert!(page.contains("结论：已写实") && page.contains("实质内容 4:"), "{page}");
    let (page, _, _) = run(folder.path(), &["explain", "digital-gov", "报告.txt", "--rules", "县"]);
    assert!(page.contains("已停用：本县统一建设"), "{page}");
    let (_, complaint, exit) = run(folder.path(), &["explain", "petition", "没有.txt"]);
    assert!(complaint.contains("找不到这个文件") && exit == 4, "{complaint}");
    let (_, complaint, exit) = run(folder.path(), &["explain", "petitoin", "报告.txt"]);
    assert!(complaint.contains("是不是“petition”？") && exit == 2, "{complaint}");
}

#[test]
fn other_kinds_are_explained_by_their_findings() {
    let folder = bench();
    let report = "包/tests/石桥镇.txt";
    let (page, _, exit) = run(folder.path(), &["explain", "street", report, "--rules", "包"]);
    assert_eq!(exit, 0);
    assert!(page.contains("提示 4:") && page.contains("【南大街】"), "{page}");
}

#[test]
fn a_wording_is_tried_before_there_is_a_rule() {
    let folder = county();
    let (page, _, exit) = run(folder.path(), &["try", "(接待/走访)…群众", "报告.txt"]);
    assert_eq!(exit, 0, "{page}");
    assert!(page.contains("✓ 4:3 ") && page.contains("【接待信访群众】"), "{page}");
    assert!(page.contains("1份报告中，1份有，共1处；算写实1处"), "{page}");
    let (page, _, _) = run(folder.path(), &["try", "法律顾问", "."]);
    assert!(page.contains("不算2处"), "{page}");
    let (page, _, _) = run(folder.path(), &["try", "接待 & 信访", "报告.txt"]);
    assert!(page.contains("共1处"), "{page}");
    let (_, complaint, exit) = run(folder.path(), &["try", "(接待/走访", "报告.txt"]);
    assert!(complaint.contains("说法“(接待/走访”写得不对") && exit == 3, "{complaint}");
}

#[test]
fn a_file_of_rules_is_tried() {
    let folder = county();
    let text = "concepts:\n  visits: { mention: [接待…群众], units: [批次] }\n";
    fs::write(folder.path().join("试.yaml"), text).unwrap();
    let (page, complaint, exit) = run(folder.path(), &["try", "试.yaml", "报告.txt"]);
    assert_eq!((complaint.as_str(), exit), ("", 0));
    assert!(page.contains("算写实1处"), "{page}");
    fs::write(folder.path().join("试.yaml"), "concepts:\n  visits: { mentoin: [接待…群众] }\n").unwrap();
    let (_, complaint, exit) = run(folder.path(), &["try", "试.yaml", "报告.txt"]);
    assert!(complaint.contains("是不是“mention”？") && exit == 3, "{complaint}");
}

#[test]
fn an_exported_pack_is_the_built_in_one() {
    let folder = TempDir::new().unwrap();
    let (page, complaint, exit) = run(folder.path(), &["rules", "export", "导出"]);
    assert_eq!((complaint.as_str(), exit), ("", 0));
    assert!(page.contains("hegui rules test 导出"), "{page}");
    let first = fs::read_to_string(folder.path().join("导出/concepts/decision.yaml")).unwrap();
    assert!(first.starts_with("# yaml-language-server: $schema=../schema.json\n"), "{first}");
    let (_, complaint, exit) = run(folder.path(), &["rules", "export", "导出"]);
    assert!(complaint.contains("没有写") && exit == 2, "{complaint}");
    fs::write(folder.path().join("报告.txt"), REPORT).unwrap();
    let (page, _, exit) = run(folder.path(), &["rules", "diff", "内置", "导出", "报告.txt"]);
    assert!(page.contains("0份有变化，1份没有变化") && exit == 0, "{page}");
    let (_, complaint, exit) = run(folder.path(), &["rules", "export", "别处", "--pack", "nothing"]);
    assert!(complaint.contains("base") && exit == 2, "{complaint}");
}

#[test]
fn the_built_in_rules_bring_their_tests_along() {
    let folder = TempDir::new().unwrap();
    let (page, _, exit) = run(folder.path(), &["rules", "test"]);
    let counts: Vec<(&str, &str)> =
        page.lines().filter_map(|line| line.trim().strip_prefix("整篇报告")?.split_once("份：相符")).collect();
    assert!(counts.len() >= 2 && counts.iter().all(|(all, right)| all == right), "{page}");
    assert_eq!(exit, 0, "{page}");
    let (_, complaint, exit) = run(folder.path(), &["rules", "test", "--update"]);
    assert!(complaint.contains("hegui rules export") && exit == 2, "{complaint}");
}

#[test]
fn the_template_of_a_layer_passes_with_all_its_examples_in_force() {
    let folder = county();
    let (page, complaint, _) = run(folder.path(), &["rules", "test", "县"]);
    assert_eq!(complaint, "");
    assert!(!page.contains("local-night-patrol") && !page.contains("疏漏"), "{page}");
    let (_, complaint, exit) = run(folder.path(), &["rules", "new", "县", "--name", "qinghe-county"]);
    assert!(complaint.contains("没有写") && exit == 2, "{complaint}");
    let (_, complaint, exit) = run(folder.path(), &["rules", "new", "别处", "--name", "清河县"]);
    assert!(!complaint.is_empty() && exit == 2 && !folder.path().join("别处").exists(), "{complaint}");
}

#[test]
fn the_effect_of_a_change_is_told_worst_first() {
    let folder = bench();
    copy(&folder.path().join("包"), &folder.path().join("旧"));
    edit(&folder, "units: [次, 场]", "units: [场]");
    edit(&folder, "severity: info", "severity: warning");
    let (page, complaint, exit) = run(folder.path(), &["rules", "diff", "旧", "包", "包/tests"]);
    assert_eq!((complaint.as_str(), exit), ("", 0));
    assert!(page.contains("比较了2份报告：1份有变化，1份没有变化"), "{page}");
    let worse = page.find("已写实 → 只提到").unwrap();
    assert!(worse < page.find("新出现的提示").unwrap() && worse < page.find("等级有变的提示").unwrap(), "{page}");
    assert!(page.contains("供参考 → 建议改 路名写错了。（street）"), "{page}");
    let (_, complaint, exit) = run(folder.path(), &["rules", "diff", "旧", "没有", "包/tests"]);
    assert!(complaint.contains("找不到规则文件夹") && exit == 3, "{complaint}");
}

#[test]
fn help_is_in_chinese() {
    let folder = TempDir::new().unwrap();
    for words in [&["rules", "--help"][..], &["rules", "test", "-h"], &["explain", "-h"], &["try", "--help"]] {
        let (page, _, exit) = run(folder.path(), words);
        assert_eq!(exit, 0);
        assert!(page.contains("用法：") && page.contains("选项："), "{page}");
        assert!(!["Usage", "Options", "Print", "default:"].iter().any(|word| page.contains(word)), "{page}");
    }
    let (_, complaint, exit) = run(folder.path(), &["rules", "tset"]);
    assert!(
        complaint.contains("是不是要写：test") && complaint.contains("用法：hegui rules") && exit == 2,
        "{complaint}"
    );
    let (_, complaint, exit) = run(folder.path(), &["rules", "show"]);
    assert!(
        complaint.contains("没有写“<规则编号>”") && complaint.contains("hegui rules show") && exit == 2,
        "{complaint}"
    );
}
