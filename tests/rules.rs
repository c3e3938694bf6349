//! The examples of every built-in rule, and the snapshots of the whole reports that stand beside the rules.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use hegui::{
    Options, Packs, check,
    pack::{Pack, Rule, builtin},
    trial::{Outcome, lapses, snapshot, try_rule},
};

fn rules(packs: &Packs) -> impl Iterator<Item = (&Pack, &Rule)> {
    packs.all().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)))
}

#[test]
fn every_example_has_its_outcome() {
    let packs = Packs::builtin().unwrap();
    let (mut ran, mut wrong) = (0, Vec::new());
    for (pack, rule) in rules(&packs) {
        for trial in try_rule(pack, rule) {
            ran += 1;
            if trial.outcome != Outcome::Right {
                let (rule, want, text) = (&trial.rule, &trial.want, &trial.text);
                wrong.push(format!("{:?} {rule} {want} {}: {text}\n    {}", trial.outcome, trial.index, trial.got));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {ran} examples:\n{}", wrong.len(), wrong.join("\n"));
    assert!(ran >= 300, "only {ran} examples");
}

#[test]
fn the_built_in_packs_have_no_lapses() {
    let packs = builtin::names().into_iter().map(|name| builtin::load(name).unwrap());
    let found: Vec<_> = packs.flat_map(|resolved| lapses(&resolved)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_report_has_its_snapshot() {
    // `hegui rules test` reads and writes the same records as `cargo insta review`.
    assert!(compare("rules/fazhi-township/tests", "../rules/fazhi-township/tests/snapshots") >= 10);
    assert!(compare("rules/xxgk-annual/tests", "../rules/xxgk-annual/tests/snapshots") >= 4);
    assert!(compare("examples", "snapshots/examples") >= 2);
}

/// Holds every report of a folder against its record; how many there are.
fn compare(folder: &str, records: &str) -> usize {
    let packs = Packs::builtin().unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(records);
    let entries = std::fs::read_dir(Path::new(folder)).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        path.is_file()
            && path.extension().is_some_and(|end| ["txt", "md", "docx", "html"].iter().any(|known| end == *known))
    });
    paths.sort();
    for path in &paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let checked = check(&std::fs::read(path).unwrap(), &name, &packs, &Options::default()).unwrap();
        settings.bind(|| insta::assert_snapshot!(name.clone(), snapshot(&checked.document, &checked.review)));
    }
    paths.len()
}

/// Which rules rest on which clause, and what no rule can check.
fn coverage(pack: &Pack) -> String {
    let mut clauses: std::collections::BTreeMap<(String, String), Vec<String>> = std::collections::BTreeMap::new();
    for rule in &pack.rules {
        for basis in &rule.basis {
            let number = basis.document.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
            let clause = basis.clause.clone().unwrap_or_else(|| "全文".to_owned());
            let rules = clauses.entry((format!("{}{number}", basis.title), clause)).or_default();
            rules.push(format!("{}（`{}`）", rule.def.name, rule.def.id));
        }
    }
    let mut text =
        "# 规则与依据对照\n\n由测试生成，不要手改：`UPDATE_COVERAGE=1 cargo test --test rules`。\n\n".to_owned();
    text += "| 依据 | 条款 | 规则 |\n| --- | --- | --- |\n";
    for ((title, clause), rules) in clauses {
        text += &format!("| {title} | {clause} | {} |\n", rules.join("、"));
    }
    let unchecked = format!("rules/{}/UNCHECKED.md", pack.stamp.name);
    text + "\n" + &std::fs::read_to_string(unchecked).unwrap()
}

#[test]
fn the_coverage_map_is_fresh() {
    let packs = Packs::builtin().unwrap();
    assert_eq!(packs.all().count(), 2);
    for pack in packs.all() {
        let path = format!("rules/{}/COVERAGE.md", pack.stamp.name);
        let fresh = coverage(pack);
        if std::env::var_os("UPDATE_COVERAGE").is_some() {
            std::fs::write(&path, &fresh).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        assert!(kept == fresh, "{path} is stale; run UPDATE_COVERAGE=1 cargo test --test rules");
    }
}

#[test]
fn the_title_chooses_the_pack() {
    let packs = Packs::builtin().unwrap();
    let pack_of = |title: &str| {
        let text = format!("{title}\n\n一、总体情况\n2024年，青山镇主动公开信息312条，组织学法12次。\n");
        let review = check(text.as_bytes(), "报告.txt", &packs, &Options::default()).unwrap().review;
        (review.pack.name.clone(), review.facts.other_kind.map(|kind| kind.value))
    };
    let chosen = |name: &str| (name.to_owned(), None);
    assert_eq!(pack_of("青山镇人民政府2024年政府信息公开工作年度报告"), chosen("xxgk-annual"));
    for title in [
        "青山镇2024年政务公开工作总结",
        "2024年度政府信息公开工作情况报告",
        "青山镇2024年政府信息公开工作情况的报告",
        "关于2024年政府信息公开工作的报告",
        "青山镇2024年政务公开工作情况报告",
        "青山镇人民政府信息公开2024年年报",
    ] {
        assert_eq!(pack_of(title), chosen("xxgk-annual"), "{title}");
    }
    assert_eq!(pack_of("青山镇人民政府关于2024年法治政府建设情况的报告"), chosen("fazhi-township"));
    assert_eq!(pack_of("青山镇2024年工作总结"), chosen("fazhi-township"));
    let other = ("fazhi-township".to_owned(), Some("工作方案".to_owned()));
    assert_eq!(pack_of("青山镇2024年法治政府建设工作方案"), other);
}

#[test]
fn a_report_on_another_subject_is_not_judged_unless_it_is_a_joint_one() {
    let packs = Packs::builtin().unwrap();
    let is_judged = |title: &str| {
        let text = format!("{title}\n\n一、工作情况\n2024年，青山镇组织学法12次，化解纠纷31件。\n");
        let review = check(text.as_bytes(), "报告.txt", &packs, &Options::default()).unwrap().review;
        review.requirements.iter().any(|requirement| requirement.status != hegui::engine::Status::Skipped)
    };
    for title in ["青山镇2024年平安建设工作情况报告", "青山镇安全生产年度报告", "青山镇2024年党建工作总结"]
    {
        assert!(!is_judged(title), "{title}");
    }
    for title in [
        "青山镇2024年法治政府建设和平安建设工作情况报告",
        "青山镇2024年平安建设和法治政府建设工作情况报告",
        "青山镇2024年法治政府建设暨政务公开工作报告",
    ] {
        assert!(is_judged(title), "{title}");
    }
    assert!(!is_judged("青山镇2024年法治政府建设和平安建设工作方案"), "a plan is no report");
}

#[test]
fn every_file_of_rules_names_its_schema() {
    fn collect(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
                collect(&path, found);
            } else if path.extension().is_some_and(|end| end == "yaml") {
                found.push(path);
            }
        }
    }
    let mut files = Vec::new();
    collect(Path::new("rules"), &mut files);
    collect(Path::new("examples"), &mut files);
    assert!(files.len() > 30);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let first = text.lines().next().unwrap();
        let schema = first.strip_prefix("# yaml-language-server: $schema=");
        let named = schema.map(|schema| file.parent().unwrap().join(schema).canonicalize());
        let is_agreement = file.file_name().is_some_and(|name| name == "hegui.yaml");
        let schema = if is_agreement { "rules/config.schema.json" } else { "rules/schema.json" };
        let schema = Path::new(schema).canonicalize().unwrap();
        assert!(named.is_some_and(|named| named.is_ok_and(|named| named == schema)), "{}: {first}", file.display());
    }
}
