//! The rules of the house, held as a test: layers, module docs, file length, no rule knowledge in code.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

/// The folders of `src` from the lowest layer up; a folder may name only lower ones (or itself).
const LAYERS: &[&[&str]] = &[
    &["text"],
    &["document", "diagnostic"],
    &["read", "facts"],
    &["pack"],
    &["engine"],
    &["render", "agreement"],
    &["trial"],
    &["web", "lsp"],
    &["cli"],
];

/// Files above this length have more than one subject.
const LONGEST_FILE: usize = 500;

fn sources() -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
        let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix("src").unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    collect(Path::new("src"), &mut found);
    found
}

fn layer(folder: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&folder))
}

/// The code without comments and without its unit tests, which may build what they need from anywhere.
fn shipped(source: &str) -> String {
    let code = source.split("#[cfg(test)]").next().unwrap();
    code.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect::<Vec<_>>().join("\n")
}

/// Every `crate::folder` that a source names, also inside `use crate::{ … }`.
fn named_folders(source: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for char in group.chars() {
                match char {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ':' | ',' | ' ' | '\n' if depth == 0 => {
                        if !word.is_empty() && char == ':' {
                            named.push(word.clone());
                        }
                        word.clear();
                    }
                    char if depth == 0 => word.push(char),
                    _ => {}
                }
            }
        } else {
            named.push(rest.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect());
        }
    }
    named
}

#[test]
fn folders_name_only_lower_layers() {
    let mut wrong = Vec::new();
    for (name, source) in sources() {
        let Some((folder, _)) = name.split_once('/') else { continue };
        let own = layer(folder).unwrap_or_else(|| panic!("{folder} stands in no layer"));
        for named in named_folders(&shipped(&source)) {
            if named != folder && layer(&named).is_some_and(|other| other >= own) {
                wrong.push(format!("{name} names {named}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let silent: Vec<String> =
        sources().into_iter().filter(|(_, source)| !source.starts_with("//!")).map(|(name, _)| name).collect();
    assert!(silent.is_empty(), "no module doc: {}", silent.join(", "));
}

#[test]
fn no_file_has_grown_too_long() {
    // The written form of packs is one flat list of keys; cutting it would hide it.
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(name, source)| name != "pack/def.rs" && source.lines().count() > LONGEST_FILE)
        .map(|(name, _)| name)
        .collect();
    assert!(long.is_empty(), "too long: {}", long.join(", "));
}

#[test]
fn no_rule_knowledge_stands_in_code() {
    let words = ["法治政府", "第一责任人", "三项制度", "法律顾问", "国办发", "法制"];
    let mut wrong = Vec::new();
    for (name, source) in sources() {
        for (number, line) in shipped(&source).lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("#[schemars") && words.iter().any(|word| code.contains(word)) {
                wrong.push(format!("{name}:{}: {}", number + 1, code));
            }
        }
    }
    assert!(wrong.is_empty(), "wordings belong in rules/:\n{}", wrong.join("\n"));
}
