//! `hegui rules diff`: the effect of a change of rules on a set of reports, the summary for a superior first.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;

use super::{args::Diff, check, say};
use crate::{
    Options, Packs,
    cli::{exit::Exit, gather::gather, load::shown, packs::load_packs_beside, screen},
    diagnostic::Diagnostic,
    document::Document,
    engine::Status,
    pack,
    render::{Colour, Look, visible, words, wrap},
    trial::{Effect, StatusChange},
};

/// The words that mean the built-in packs.
const BUILTIN: [&str; 2] = ["内置", "builtin"];

/// Names of reports that are listed before the rest is counted.
const NAMED: usize = 5;

/// Runs the command.
pub(super) fn run(words: &Diff) -> Exit {
    let (old, new) = match (side(&words.old, &words.new), side(&words.new, &words.old)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(exit), _) | (_, Err(exit)) => return exit,
    };
    let look = screen::look(words.colours.color);
    let options = Options { year: words.year, ..Options::default() };
    let (mut changed, mut same, mut lost) = (Vec::new(), 0, 0);
    for input in gather(&words.reports, None, []) {
        let path = input.name.as_str();
        // Loaded once: standard input can be read no second time.
        let reviewed = input.load().and_then(|bytes| {
            let before = check(path, &bytes, &old, &options)?;
            Ok((before, check(path, &bytes, &new, &options)?))
        });
        match reviewed {
            Ok((before, after)) => {
                let effect = Effect::between(&before.review, &after.review);
                if effect.is_empty() {
                    same += 1;
                } else {
                    let details = details(path, &effect, &after.document, look);
                    changed.push(Changed { path: path.to_owned(), effect, details });
                }
            }
            Err(failure) => {
                screen::complain_of(path, &failure);
                lost += 1;
            }
        }
    }
    let mut page = head(&old, &new, look);
    page += &summary(&changed, same, lost, look);
    changed.iter().for_each(|changed| page += &changed.details);
    say(&page, look.colour, if lost > 0 { Exit::Input } else { Exit::Fine })
}

/// The rules of one side. They may build on those of the other.
fn side(path: &Path, other: &Path) -> Result<Packs, Exit> {
    let folders = |path: &Path| if is_builtin(path) { Vec::new() } else { vec![PathBuf::from(path)] };
    let near = pack::nearest(&path.to_string_lossy(), BUILTIN).filter(|_| !path.exists() && !is_builtin(path));
    if let Some(word) = near {
        screen::complain(&format!("找不到规则文件夹：{}；是不是“{word}”？\n", visible(&shown(path))));
        return Err(Exit::Rules);
    }
    let beside = if other.is_dir() { folders(other) } else { Vec::new() };
    load_packs_beside(&folders(path), &beside).map_err(|failure| {
        screen::complain(&failure.rendered);
        Exit::Rules
    })
}

/// Whether a word means the built-in packs.
fn is_builtin(path: &Path) -> bool {
    BUILTIN.iter().any(|word| path == Path::new(word)) && !path.is_dir()
}

fn head(old: &Packs, new: &Packs, look: Look) -> String {
    let name = |packs: &Packs| {
        let stamp = packs.stamps().next();
        stamp.map_or_else(String::new, |stamp| format!("{} {}（{}）", stamp.title, stamp.version, stamp.short_hash()))
    };
    let title = look.paint(Colour::Title, "规则改动的影响");
    format!("{title}\n  旧：{}\n  新：{}\n", visible(&name(old)), visible(&name(new)))
}

/// A report on which the two sets of rules differ.
struct Changed {
    path: String,
    effect: Effect,
    /// The change laid out; the report itself is not kept.
    details: String,
}

/// A status by the old rules and by the new ones.
type Movement = (Option<Status>, Option<Status>);

/// Changes of one sort, by rule: the reports that they concern.
type ByRule = IndexMap<(String, String), Vec<String>>;

fn summary(changed: &[Changed], same: usize, lost: usize, look: Look) -> String {
    let all = changed.len() + same;
    let lost = if lost > 0 { format!("；另有{lost}份读不了") } else { String::new() };
    let mut page = format!("  比较了{all}份报告：{}份有变化，{same}份没有变化{lost}\n", changed.len());
    let mut moves: Vec<(Movement, ByRule)> = Vec::new();
    for changed in changed {
        for change in &changed.effect.statuses {
            let kind = (change.old, change.new);
            let index = moves.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
                moves.push((kind, ByRule::new()));
                moves.len() - 1
            });
            if let Some((_, rules)) = moves.get_mut(index) {
                rules.entry((change.rule.clone(), change.name.clone())).or_default().push(changed.path.clone());
            }
        }
    }
    moves.sort_by_key(|(kind, _)| order(*kind));
    for ((old, new), rules) in &moves {
        let head = movement(*old, *new);
        page += &group(&head, direction(*old, *new), rules, look);
    }
    let appeared = findings(changed, |effect| effect.appeared.iter().collect());
    page += &group("新出现的提示", Colour::Doubtful, &appeared, look);
    let vanished = findings(changed, |effect| effect.vanished.iter().collect());
    page += &group("不再有的提示", Colour::Good, &vanished, look);
    let regraded = findings(changed, |effect| effect.regraded.iter().map(|(_, new)| new).collect());
    page += &group("等级有变的提示", Colour::Neutral, &regraded, look);
    page
}

fn findings(changed: &[Changed], of: impl Fn(&Effect) -> Vec<&Diagnostic>) -> ByRule {
    let mut rules = ByRule::new();
    for changed in changed {
        for finding in of(&changed.effect) {
            rules.entry((finding.rule.clone(), finding.name.clone())).or_default().push(changed.path.clone());
        }
    }
    rules
}

/// One sort of change: each rule with the number of reports, those with most first.
fn group(head: &str, colour: Colour, rules: &ByRule, look: Look) -> String {
    if rules.is_empty() {
        return String::new();
    }
    let count: usize = rules.values().map(Vec::len).sum();
    let mut page = format!("\n{}\n", look.paint(colour, &format!("{head}（{count}处）")));
    let mut rules: Vec<_> = rules.iter().collect();
    rules.sort_by_key(|(_, paths)| std::cmp::Reverse(paths.len()));
    for ((id, name), paths) in rules {
        let mut distinct = paths.clone();
        distinct.dedup();
        let rest = distinct.len().saturating_sub(NAMED);
        let more = if rest > 0 { format!(" 等{}份", distinct.len()) } else { String::new() };
        let listed = distinct.iter().take(NAMED).map(|path| file_name(path)).collect::<Vec<_>>().join("、");
        let places = if paths.len() > distinct.len() { format!("{}处，", paths.len()) } else { String::new() };
        let told = format!("{places}{}份：{listed}{more}", distinct.len());
        page += &wrap(&format!("  {}（{id}）：", visible(name)), &visible(&told), look.width.clamp(24, 120));
    }
    page
}

/// The last part of a path: enough to know a report by in a summary.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// What is worst for a report comes first: what was fine and is missing now.
fn order((old, new): Movement) -> (u8, Option<Status>, std::cmp::Reverse<Option<Status>>) {
    let rank = match (old, new) {
        (Some(Status::Skipped), _) | (_, Some(Status::Skipped)) => 2,
        (Some(old), Some(new)) if new < old => 0,
        (Some(_), Some(_)) => 1,
        _ => 3,
    };
    (rank, new, std::cmp::Reverse(old))
}

fn direction(old: Option<Status>, new: Option<Status>) -> Colour {
    match (old, new) {
        (Some(Status::Skipped) | None, _) | (_, Some(Status::Skipped) | None) => Colour::Neutral,
        (Some(old), Some(new)) if new < old => Colour::Bad,
        _ => Colour::Good,
    }
}

fn movement(old: Option<Status>, new: Option<Status>) -> String {
    let (old, new) = (old.map_or("（新规则）", words::status), new.map_or("（规则已删去）", words::status));
    format!("{old} → {new}")
}

/// The change of one report, place by place.
fn details(path: &str, effect: &Effect, document: &Document, look: Look) -> String {
    let mut page = format!("\n{}\n", look.paint(Colour::Title, &visible(path)));
    for StatusChange { rule, name, old, new } in &effect.statuses {
        let told = movement(*old, *new);
        let told = look.paint(direction(*old, *new), &told);
        page += &format!("  {told}  {}（{rule}）\n", visible(name));
    }
    let finding = |mark: &str, grade: &str, finding: &Diagnostic| {
        let at = document.lines.position(&document.text, finding.span.start);
        let message = visible(&finding.message);
        format!("  {mark} {}:{} {grade} {message}（{}）\n", at.line, at.column, finding.rule)
    };
    let lists = [("+", Colour::Doubtful, &effect.appeared), ("-", Colour::Good, &effect.vanished)];
    for (mark, colour, findings) in lists {
        for found in findings {
            page += &finding(&look.paint(colour, mark), words::severity(found.severity), found);
        }
    }
    for (old, new) in &effect.regraded {
        let grade = format!("{} → {}", words::severity(old.severity), words::severity(new.severity));
        page += &finding(&look.paint(Colour::Neutral, "~"), &grade, new);
    }
    page
}
