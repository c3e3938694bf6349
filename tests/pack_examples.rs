//! The examples of the built-in rules, run: each comes out as it says, at its place and with its fix.
//!
//! The rules are read from their folder, not from the program, so that changed data is tried without a build.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use hegui::{
    pack::{Check, PackFile, Resolved, load},
    trial::{Outcome, try_rule},
};

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

fn files(pack: &str) -> Vec<PackFile> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut paths = Vec::new();
    collect(&rules.join(pack), &mut paths);
    paths.sort();
    let name = |path: &Path| path.strip_prefix(&rules).unwrap().to_string_lossy().replace('\\', "/");
    paths.iter().map(|path| PackFile { name: name(path), text: fs::read_to_string(path).unwrap() }).collect()
}

fn township() -> Resolved {
    let known = |name: &str| Some(files(name));
    load(&files("fazhi-township"), &known).unwrap_or_else(|error| panic!("{}", error.render(100, false)))
}

#[test]
fn every_example_of_a_defect_comes_out_as_it_says() {
    let resolved = township();
    let defects = resolved.pack.rules.iter().filter(|rule| !matches!(rule.check, Check::Require(_)));
    let trials = defects.flat_map(|rule| try_rule(&resolved.pack, rule));
    let wrong: Vec<String> = trials
        .filter(|trial| trial.outcome != Outcome::Right)
        .map(|trial| format!("{} {} {:?}: {}\n    {}", trial.rule, trial.want, trial.outcome, trial.text, trial.got))
        .collect();
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}
