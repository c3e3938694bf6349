//! Packs on disk: broken ones say what is wrong, each with a snapshot of what the rule keeper reads; good ones load.
//!
//! A broken pack is a file in `packs/broken`, or a folder whose files are one pack, or a folder with `top` and the
//! packs that it extends beside it. Packs in `packs/known` may be extended by all.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use hegui::pack::{self, PackError, PackFile, Resolved};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs")
}

/// The YAML files below `path`, named from the folder `from`.
fn read(path: &Path, from: &Path) -> Result<Vec<PackFile>, PackError> {
    let mut open = vec![path.to_owned()];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            let name = path.strip_prefix(from).unwrap().to_str().unwrap().replace('\\', "/");
            files.push(PackFile::decode(&name, &fs::read(path).unwrap())?);
        }
    }
    Ok(files)
}

/// Loads the pack at `path`; packs beside its folder `top`, or in `known`, may be extended.
fn load(path: &Path) -> Result<Resolved, PackError> {
    let layered = path.join("top").is_dir();
    let top = if layered { path.join("top") } else { path.to_owned() };
    let from = if layered { path } else { path.parent().unwrap() };
    let known = |name: &str| {
        let beside = path.join(name);
        if layered && beside.is_dir() {
            return read(&beside, path).ok();
        }
        let shared = folder().join("known").join(name);
        shared.is_dir().then(|| read(&shared, &folder()).unwrap())
    };
    pack::load(&read(&top, from)?, &known)
}

fn cases(name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder().join(name)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_broken_pack_says_what_is_wrong_and_where() {
    let cases = cases("broken");
    assert!(cases.len() >= 40, "only {} broken packs", cases.len());
    let mut failed = Vec::new();
    for path in cases {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let error = load(&path).expect_err(&name);
            let text = error.render(100, false);
            let english = |line: &str| line.trim_start().starts_with("help") || line.contains("Error");
            assert!(!text.lines().any(english), "{text}");
            insta::with_settings!({ snapshot_path => "packs/snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(name.clone(), text);
            });
        }));
        if outcome.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}
