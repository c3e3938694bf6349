//! The rule keeper's bench: `hegui rules …`, `explain` and `try`. It reads and writes files and lays out what people read.
//!
//! What examples, snapshots, coverage and effects *are* stands in `trial`, which opens no file.

pub(super) mod args;
mod attempt;
mod compare;
mod describe;
mod explain;
mod export;
mod layer;
mod list;
mod show;
mod snapshots;
mod summary;
mod test;

use std::{io::Write, path::PathBuf};

use self::args::{Explain, Rules, RulesCommand, Try};
use super::{exit::Exit, guard::guarded, packs::load_folders, screen};
use crate::{
    Checked, Options, Packs,
    diagnostic::Severity,
    pack::{self, Check, Pack, Resolved, Rule},
    render::{Failure, visible, words},
};

/// Runs `rules …`.
pub(super) fn run(words: &Rules) -> Exit {
    match &words.command {
        RulesCommand::List(words) => list::run(words),
        RulesCommand::Show(words) => show::run(words),
        RulesCommand::Test(words) => test::run(words),
        RulesCommand::Export(words) => export::run(words),
        RulesCommand::New(words) => layer::run(words),
        RulesCommand::Diff(words) => compare::run(words),
    }
}

/// Runs `explain`.
pub(super) fn explain(words: &Explain) -> Exit {
    explain::run(words)
}

/// Runs `try`.
pub(super) fn attempt(words: &Try) -> Exit {
    attempt::run(words)
}

/// The packs in `folders`, else the built-in ones that are for reports. What is wrong with them has been said.
fn resolve(folders: &[PathBuf]) -> Result<Vec<Resolved>, Exit> {
    let loaded = if folders.is_empty() { builtin() } else { load_folders(folders).map_err(|failure| failure.rendered) };
    loaded.map_err(|rendered| {
        screen::complain(&rendered);
        Exit::Rules
    })
}

fn builtin() -> Result<Vec<Resolved>, String> {
    let all = pack::builtin::names().into_iter().map(pack::builtin::load);
    let all = all.collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
    Ok(all.into_iter().filter(|resolved| !resolved.pack.titles.is_empty()).collect())
}

/// How many rules are told whose names hold a word.
const MOST_MEANT: usize = 3;

/// Whether a user means this rule: by its id or its name.
fn is_meant(rule: &Rule, word: &str) -> bool {
    rule.def.id == word || rule.def.name == word.trim()
}

/// Says that there is no such rule, and which one may be meant.
fn no_such_rule<'a>(word: &str, known: impl Iterator<Item = &'a Rule>) -> Exit {
    let rules: Vec<&Rule> = known.collect();
    let meant = match pack::nearest(word, rules.iter().map(|rule| rule.def.id.as_str())) {
        Some(id) => vec![format!("“{id}”")],
        None => named_like(word.trim(), &rules),
    };
    let question = if meant.is_empty() { String::new() } else { format!("；是不是{}？", meant.join("、")) };
    screen::complain(&format!("没有编号为“{}”的规则{question}\n全部规则：hegui rules list\n", visible(word)));
    Exit::Usage
}

/// The rules whose names hold a word or are near it, the shortest names first.
fn named_like(word: &str, rules: &[&Rule]) -> Vec<String> {
    let is_word = word.chars().nth(1).is_some();
    let mut like: Vec<&Rule> = rules.iter().copied().filter(|rule| is_word && rule.def.name.contains(word)).collect();
    if like.is_empty() {
        let near = pack::nearest(word, rules.iter().map(|rule| rule.def.name.as_str()));
        like.extend(rules.iter().find(|rule| Some(rule.def.name.as_str()) == near));
    }
    like.sort_by_key(|rule| rule.def.name.chars().count());
    let told = |rule: &&Rule| format!("“{}”（{}）", visible(&rule.def.name), rule.def.id);
    like.iter().take(MOST_MEANT).map(told).collect()
}

/// Checks the report of this name.
fn check(name: &str, bytes: &[u8], packs: &Packs, options: &Options) -> Result<Checked, Failure> {
    guarded(|| Ok(crate::check(bytes, name, packs, options)?))
}

/// The pack that reviewed a report.
fn reviewer<'a>(packs: &'a Packs, checked: &Checked) -> Option<&'a Pack> {
    packs.all().find(|pack| pack.stamp == checked.review.pack)
}

/// A rule's grade as people call it.
fn grade(severity: Option<Severity>) -> &'static str {
    severity.map_or("只列清单", words::severity)
}

/// What a rule checks, in one word.
const fn kind(rule: &Rule) -> &'static str {
    match rule.check {
        Check::Require(_) => "应写事项",
        Check::Forbid(_) => "不当说法",
        Check::Cite(_) => "法规文件引用",
        Check::Figures(_) => "数字核对",
        Check::Agree(_) => "前后一致",
        Check::Outline(_) => "标题序号",
    }
}

/// Says something and ends with `exit`, unless it could not be said.
fn say(text: &str, colour: bool, exit: Exit) -> Exit {
    let mut output = screen::output(colour);
    let written = output.write_all(text.as_bytes()).and_then(|()| output.flush());
    written.map_or_else(|error| screen::write_failed(&error).max(exit), |()| exit)
}

/// A file or folder that could not be read or written, and why.
type Broken = (PathBuf, Failure);

/// Says that a file or folder could not be read or written.
fn unwritten((path, failure): &Broken) -> Exit {
    screen::complain_of(&super::load::shown(path), failure);
    Exit::Output
}
