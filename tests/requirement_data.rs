//! The data of the built-in requirements: every file reads as a pack file, nothing is defined twice, every phrase
//! and reference compiles, every rule has the examples that its outcomes need, and each comes out as it says.
//!
//! The defects that the pack looks for are tried elsewhere.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use hegui::{
    pack::{
        PackStamp, compile,
        def::{ExampleDef, PackDef, RuleDef},
    },
    trial::{Outcome, try_rule},
};
use indexmap::IndexMap;

/// How many examples each outcome needs.
const EXAMPLES: usize = 2;

/// The files that hold requirements and what they refer to.
fn files() -> Vec<PathBuf> {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut files = vec![
        pack.join("base/cues.yaml"),
        pack.join("base/lexicon.yaml"),
        pack.join("fazhi-township/classes.yaml"),
        pack.join("fazhi-township/sections.yaml"),
    ];
    for folder in ["concepts", "requirements"] {
        let entries = fs::read_dir(pack.join("fazhi-township").join(folder)).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.sort();
    files
}

fn read(path: &Path) -> PackDef {
    let text = fs::read_to_string(path).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files as one pack; a key twice is an error.
fn merged() -> PackDef {
    fn add<T>(whole: &mut IndexMap<String, T>, part: IndexMap<String, T>) {
        for (key, value) in part {
            assert!(whole.insert(key.clone(), value).is_none(), "{key} is defined twice");
        }
    }
    let mut whole = PackDef::default();
    for path in files() {
        let part = read(&path);
        add(&mut whole.classes, part.classes);
        add(&mut whole.sections, part.sections);
        add(&mut whole.concepts, part.concepts);
        whole.rules.extend(part.rules);
        if path.ends_with("base/cues.yaml") {
            whole.cues = part.cues;
        } else if path.ends_with("base/lexicon.yaml") {
            whole.lexicon = part.lexicon;
        }
    }
    whole
}

fn text(example: &ExampleDef) -> &str {
    match example {
        ExampleDef::Text(text) => text,
        ExampleDef::Full(full) => &full.text,
    }
}

/// The texts of one outcome of a rule are enough, different, and marked as the outcome asks.
fn check_examples(rule: &RuleDef, outcome: &str, examples: &[ExampleDef], marked: bool) {
    let texts: BTreeSet<&str> = examples.iter().map(text).collect();
    assert!(texts.len() >= EXAMPLES, "{}: fewer than {EXAMPLES} {outcome} examples", rule.id);
    for text in texts {
        let marks = (text.matches('⟦').count(), text.matches('⟧').count());
        assert_eq!(marks.0, marks.1, "{}: a mark is not closed in {text}", rule.id);
        assert_eq!(marks.0 > 0, marked, "{}: marks of the {outcome} example {text}", rule.id);
    }
}

#[test]
fn every_rule_has_a_unique_id() {
    let pack = merged();
    let ids: BTreeSet<&str> = pack.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.len(), pack.rules.len());
}

#[test]
fn every_rule_has_the_examples_of_its_outcomes() {
    for rule in &merged().rules {
        check_examples(rule, "met", &rule.examples.met, true);
        check_examples(rule, "partial", &rule.examples.partial, true);
        check_examples(rule, "missing", &rule.examples.missing, false);
        let skippable = rule.when.year.is_some() || !rule.when.level.is_empty();
        assert_eq!(rule.examples.skipped.is_empty(), !skippable, "{}: skipped examples", rule.id);
    }
}

#[test]
fn every_phrase_and_reference_compiles() {
    let faults = compile(&merged(), PackStamp::default()).err().unwrap_or_default();
    let shown: Vec<String> = faults.iter().map(|fault| format!("{fault:?}")).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn every_example_of_a_requirement_comes_out_as_it_says() {
    let pack = compile(&merged(), PackStamp::default()).unwrap_or_else(|faults| panic!("{faults:?}"));
    let wrong: Vec<String> = pack
        .rules
        .iter()
        .flat_map(|rule| try_rule(&pack, rule))
        .filter(|trial| trial.outcome != Outcome::Right)
        .map(|trial| format!("{} {} {:?}: {}\n    {}", trial.rule, trial.want, trial.outcome, trial.text, trial.got))
        .collect();
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}
