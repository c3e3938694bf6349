//! The written rules under `rules/`: they parse, each rule has one check, ids are unique, nothing lacks its examples.
//!
//! What the rules find is tried by their examples; here is only what can be seen without running them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use hegui::pack::def::{ExampleDef, ForbidDef, Grade, LawDef, PackDef, RuleDef, StandingDef};

/// Every YAML file of the packs, in the order of the paths. A pack's `tests` folder is no part of it.
fn files() -> Vec<(PathBuf, PackDef)> {
    let mut paths = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let def = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path, def)
    };
    paths.into_iter().map(read).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            paths.push(path);
        }
    }
}

fn rules() -> Vec<RuleDef> {
    files().into_iter().flat_map(|(_, def)| def.rules).collect()
}

fn laws() -> Vec<LawDef> {
    files().into_iter().flat_map(|(_, def)| def.laws).collect()
}

fn checks(rule: &RuleDef) -> usize {
    let given = [
        rule.require.is_some(),
        rule.forbid.is_some(),
        rule.cite.is_some(),
        rule.figures.is_some(),
        rule.agree.is_some(),
        rule.outline.is_some(),
    ];
    given.into_iter().filter(|given| *given).count()
}

fn text(example: &ExampleDef) -> &str {
    match example {
        ExampleDef::Text(text) => text,
        ExampleDef::Full(full) => &full.text,
    }
}

#[test]
fn every_rule_has_exactly_one_check() {
    for rule in rules() {
        assert_eq!(checks(&rule), 1, "{}", rule.id);
    }
}

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let mut seen = BTreeMap::new();
    for (path, def) in files() {
        for rule in def.rules {
            let kebab = rule.id.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-');
            assert!(kebab, "{}", rule.id);
            let before = seen.insert(rule.id.clone(), path.clone());
            assert!(before.is_none(), "{} stands twice: {before:?}, {}", rule.id, path.display());
        }
    }
}

#[test]
fn bad_examples_mark_what_is_wrong_and_good_ones_nothing() {
    for rule in rules() {
        for example in &rule.examples.bad {
            let text = text(example);
            assert!(text.contains('⟦'), "{}: {text}", rule.id);
            assert_eq!(text.matches('⟦').count(), text.matches('⟧').count(), "{}: {text}", rule.id);
        }
        for example in &rule.examples.good {
            assert!(!text(example).contains(['⟦', '⟧']), "{}: {}", rule.id, text(example));
        }
    }
}

#[test]
fn an_error_rests_on_a_confirmed_requirement() {
    for rule in rules().iter().filter(|rule| rule.severity == Grade::Error) {
        let firm = rule.basis.iter().any(|basis| basis.standing == StandingDef::Required && basis.source.is_some());
        assert!(firm, "{}", rule.id);
    }
}

#[test]
fn a_wording_is_not_its_own_correction() {
    for rule in rules() {
        for (wrong, entry) in rule.forbid.into_iter().flatten() {
            let right = match entry {
                Some(ForbidDef::To(right)) => Some(right),
                Some(ForbidDef::Full(full)) => full.to,
                None => None,
            };
            assert_ne!(right.as_deref(), Some(wrong.as_str()), "{}", rule.id);
        }
    }
}

#[test]
fn a_law_that_has_ended_names_what_took_its_place() {
    for law in laws().iter().filter(|law| law.source.is_some() && law.until.is_some()) {
        assert!(law.successor.is_some(), "{}", law.title);
    }
}

#[test]
fn titles_of_laws_are_unique() {
    let mut seen = BTreeMap::new();
    for law in laws() {
        for name in std::iter::once(&law.title).chain(&law.short).chain(&law.wrong) {
            let before = seen.insert(name.clone(), law.title.clone());
            assert!(before.is_none(), "{name}: {before:?} and {}", law.title);
        }
    }
}
