//! The worked layer of a county in `examples/`: tested, compared and used as its README says.

#![allow(clippy::unwrap_used, missing_docs)]

use std::process::{Command, Stdio};

const LAYER: &str = "examples/县级规则";
const REPORT: &str = "examples/县级规则/tests/柳荫镇2025.txt";

/// Standard output and exit status of a run from the root of the project.
fn run(words: &[&str]) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hegui"));
    command.args(words).current_dir(env!("CARGO_MANIFEST_DIR")).env("COLUMNS", "100").stdin(Stdio::null());
    let output = command.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

#[test]
fn the_county_rules_pass_their_own_test() {
    let (page, exit) = run(&["rules", "test", LAYER]);
    assert_eq!(exit, 0, "{page}");
    assert!(page.contains("整篇报告1份：相符1"), "{page}");
}

#[test]
fn the_county_rules_show_what_they_change() {
    let (page, exit) = run(&["rules", "diff", "内置", LAYER, "examples/县级规则/tests"]);
    assert_eq!(exit, 0, "{page}");
    for part in [
        "只提到 → 已写实  矛盾纠纷化解与人民调解（dispute-mediation）",
        "未写到 → 未检查  数字法治政府（digital-gov）",
        "（新规则） → 只提到  法治大篷车（linxi-law-wagon）",
        "供参考 → 建议改",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let (page, _) = run(&["rules", "show", "shufa", "--resolved", "--rules", LAYER]);
    assert!(page.contains("修改 severity") && page.contains("临县办〔2025〕18号"), "{page}");
}

#[test]
fn a_report_is_checked_by_the_county_rules() {
    let (page, _) = run(&["check", "--rules", LAYER, REPORT]);
    assert!(page.contains("只提到“法治大篷车”，没有写办了多少场"), "{page}");
    assert!(page.contains("临溪县乡镇（街道）法治政府建设年度报告（示例）"), "{page}");
    let (page, _) = run(&["check", REPORT]);
    assert!(!page.contains("法治大篷车”"), "{page}");
}

#[test]
fn the_readme_walks_through_commands_that_work() {
    let readme = std::fs::read_to_string(format!("{LAYER}/README.md")).unwrap();
    let commands = readme.lines().filter_map(|line| line.strip_prefix("hegui "));
    let mut count = 0;
    for command in commands.filter(|command| !command.starts_with("rules new")) {
        let words: Vec<&str> = command.split(' ').collect();
        let (page, exit) = run(&words);
        assert!(exit <= 1 && !page.is_empty(), "{command}: {exit} {page}");
        count += 1;
    }
    assert!(count >= 7);
}
