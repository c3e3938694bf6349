//! The guide holds what it says: every block of YAML in it loads or fails as its page says, every command prints what
//! its page shows, and the table of keys is fresh. `UPDATE_GUIDE=1 cargo test --test guide` rewrites what was printed.
//!
//! What a block is, the words behind its fence say:
//! - `yaml 规则包`: a whole pack; `yaml 片段`: over `base`; `yaml 本地`: over the pack for reports. It loads and its
//!   examples come out right.
//! - `text 句子` behind one of these: what its first concept makes of sentences.
//! - `yaml 错误`, `yaml 本地错误`: it must not load, and the block of `text` behind it is what the rule keeper reads.
//! - `yaml 文件=路径`, `text 文件=路径`: a file in the reader's folder; `diff 文件=路径`: a change to one.
//! - `console`, `console 状态=1`: commands in that folder, what they print, and the last exit status. A line `……` stands
//!   for lines that are left out, `…` in a line for characters; such a block is rewritten by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "guide/folder.rs"]
mod folder;
#[path = "guide/keys.rs"]
mod keys;
#[path = "guide/markdown.rs"]
mod markdown;
#[path = "guide/sentences.rs"]
mod sentences;

use std::{
    collections::BTreeSet,
    env, fs,
    path::Path,
    sync::{Mutex, PoisonError},
};

use folder::{Folder, without_blank_ends};
use hegui::{
    pack::{self, PackError, PackFile, Resolved, builtin},
    trial::{Outcome, try_rule},
};
use keys::Schema;
use markdown::{Block, LEFT_OUT, agrees, blocks, replace};

/// Held by a test that may rewrite pages.
static PAGES: Mutex<()> = Mutex::new(());

/// The pages, as paths from the project's folder.
fn pages() -> Vec<String> {
    let mut pages: Vec<String> = fs::read_dir(root("docs"))
        .unwrap()
        .map(|entry| format!("docs/{}", entry.unwrap().file_name().to_str().unwrap()))
        .filter(|name| name.ends_with(".md"))
        .collect();
    pages.extend(["README.md", "README.zh-CN.md"].map(str::to_owned));
    pages.sort();
    pages
}

fn root(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(page: &str) -> String {
    fs::read_to_string(root(page)).unwrap().replace("\r\n", "\n")
}

fn updates() -> bool {
    env::var_os("UPDATE_GUIDE").is_some()
}

/// A block of YAML as a pack of its own; what is left out of it is put beside it.
fn load(block: &Block, kind: &str) -> Result<Resolved, PackError> {
    let mut files = vec![PackFile { name: "规则.yaml".to_owned(), text: block.body.clone() }];
    let lower = if kind.starts_with("本地") { "fazhi-township" } else { "base" };
    if !block.body.lines().any(|line| line.starts_with("pack:")) {
        let head = format!("pack: {{ name: shili, title: 示例, version: 2026.1.0, extends: {lower} ^2026.1 }}\n");
        files.push(PackFile { name: "（开头）".to_owned(), text: head });
    }
    pack::load(&files, &builtin::files)
}

/// What a page shows, and what it should.
type Change = (std::ops::Range<usize>, String);

/// Takes a block whose text should be another: rewritten, or told.
fn compare(at: &str, block: &Block, fresh: String, changes: &mut Vec<Change>, wrong: &mut Vec<String>) {
    if agrees(&block.body, &fresh) {
        return;
    }
    if updates() && !block.body.lines().any(|line| line == LEFT_OUT) {
        changes.push((block.range.clone(), fresh));
    } else {
        wrong.push(format!("{at}: it should be\n{fresh}"));
    }
}

/// What the sentences below a block of YAML come to.
fn try_sentences(block: &Block, kind: &str, shown: &Block) -> String {
    let block = Block { body: sentences::rule(&block.body, &shown.body), ..block.clone() };
    let resolved = load(&block, kind).unwrap_or_else(|error| panic!("{}", error.render(80, false)));
    let rule = resolved.pack.rules.iter().find(|rule| rule.def.id == "sentences").unwrap();
    let trials = try_rule(&resolved.pack, rule);
    sentences::fresh(&shown.body, |text| {
        let trial = trials.iter().find(|trial| trial.text == text)?;
        let is_right = trial.outcome == Outcome::Right;
        let list = if is_right { trial.want.as_str() } else { trial.got.split('：').next()? };
        Some((list.to_owned(), trial.marked.clone()))
    })
}

/// What is wrong with a block of YAML that must be good: its faults, else its examples.
fn check_good(block: &Block, kind: &str) -> Vec<String> {
    let resolved = match load(block, kind) {
        Ok(resolved) => resolved,
        Err(error) => return vec![error.render(80, false)],
    };
    let own = |rule: &&pack::Rule| block.body.contains(&format!("id: {}\n", rule.def.id));
    let rules = resolved.pack.rules.iter().filter(own);
    let trials = rules.flat_map(|rule| try_rule(&resolved.pack, rule));
    let wrong = trials.filter(|trial| trial.outcome != Outcome::Right);
    wrong
        .map(|it| format!("{:?} {} {}: {}\n  {} {}", it.outcome, it.rule, it.want, it.text, it.got, it.marked))
        .collect()
}

fn kind_of(block: &Block) -> Option<&str> {
    let kinds = ["规则包", "片段", "本地", "错误", "本地错误"];
    block.words.iter().map(String::as_str).find(|word| kinds.contains(word))
}

#[test]
fn every_example_is_what_its_page_says() {
    let _held = PAGES.lock().unwrap_or_else(PoisonError::into_inner);
    let mut wrong = Vec::new();
    for page in pages() {
        let text = read(&page);
        let blocks = blocks(&text);
        let mut changes = Vec::new();
        for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.language == "yaml") {
            let at = format!("{page}:{}", block.line);
            match kind_of(block) {
                Some(kind) if kind.ends_with("错误") => {
                    let Some(shown) = blocks.get(index + 1).filter(|next| next.language == "text") else {
                        wrong.push(format!("{at}: no text behind it"));
                        continue;
                    };
                    let Err(error) = load(block, kind) else {
                        wrong.push(format!("{at}: it loads"));
                        continue;
                    };
                    let told = without_blank_ends(&error.render(80, false));
                    compare(&at, shown, told, &mut changes, &mut wrong);
                }
                Some(kind) => {
                    let faults = check_good(block, kind);
                    let shown = blocks.get(index + 1).filter(|next| next.words.iter().any(|word| word == "句子"));
                    if let Some(shown) = shown.filter(|_| faults.is_empty()) {
                        compare(&at, shown, try_sentences(block, kind, shown), &mut changes, &mut wrong);
                    }
                    wrong.extend(faults.into_iter().map(|told| format!("{at}: {told}")));
                }
                None if block.value("文件").is_some() => {}
                None => wrong.push(format!("{at}: it does not say what it is")),
            }
        }
        if !changes.is_empty() {
            fs::write(root(&page), replace(&text, &changes)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_command_prints_what_its_page_shows() {
    let _held = PAGES.lock().unwrap_or_else(PoisonError::into_inner);
    let mut wrong = Vec::new();
    for page in pages() {
        let text = read(&page);
        let folder = Folder::new();
        let mut changes = Vec::new();
        for block in blocks(&text) {
            let at = format!("{page}:{}", block.line);
            if let Some(name) = block.value("文件") {
                if block.language == "diff" {
                    wrong.extend(folder.change(name, &block.body).err().map(|told| format!("{at}: {told}")));
                } else {
                    folder.write(name, &block.body);
                }
            }
            if block.language != "console" {
                continue;
            }
            let (seen, status) = folder.run(&block);
            let wanted = block.value("状态").map_or(0, |status| status.parse().unwrap());
            if status != wanted {
                wrong.push(format!("{at}: exit status {status}"));
            }
            compare(&at, &block, seen, &mut changes, &mut wrong);
        }
        if !changes.is_empty() {
            fs::write(root(&page), replace(&text, &changes)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_key_stands_in_an_example() {
    let schema = Schema::new();
    let mut used = BTreeSet::new();
    for page in pages() {
        for block in blocks(&read(&page)).iter().filter(|block| block.language == "yaml") {
            if kind_of(block).is_none_or(|kind| !kind.ends_with("错误")) {
                let data: serde_json::Value = serde_yaml::from_str(&block.body).unwrap_or_default();
                schema.note(&data, &mut used);
            }
        }
    }
    let unused: Vec<_> = schema.all().difference(&used).cloned().collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn the_table_of_keys_is_fresh() {
    let schema = Schema::new();
    assert!(schema.undescribed().is_empty(), "no Chinese description: {:?}", schema.undescribed());
    let fresh = schema.table();
    if updates() {
        fs::write(root("docs/对照表.md"), &fresh).unwrap();
    }
    let shown = read("docs/对照表.md");
    assert!(shown == fresh, "docs/对照表.md is stale: run `UPDATE_GUIDE=1 cargo test --test guide`");
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut wrong = Vec::new();
    for page in pages() {
        let text = read(&page);
        let folder = Path::new(&page).parent().unwrap().to_owned();
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split(')').next().unwrap();
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path = if path.is_empty() { page.clone() } else { folder.join(path).to_str().unwrap().to_owned() };
            let is_page = !path.contains("://") && path.ends_with(".md");
            let named = |text: &str| text.lines().any(|line| line.starts_with('#') && anchor_of(line) == anchor);
            if !path.contains("://") && !root(&path).exists() || is_page && !anchor.is_empty() && !named(&read(&path)) {
                wrong.push(format!("{page}: {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The anchor of a heading, as GitHub makes it.
fn anchor_of(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    text.chars().filter(|char| char.is_alphanumeric() || *char == '-' || *char == '_').collect()
}
