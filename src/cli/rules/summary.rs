//! What `hegui rules test` says: counts first, then each thing that is wrong, with what came out instead.

use super::test::{Report, name, place};
use crate::{
    engine::Status,
    pack::Resolved,
    render::{Colour, Look, visible, words, wrap},
    trial::{Comparison, Gaps, Lapse, Line, Outcome, Trial, is_own},
};

/// Lines that are shown around a change.
const AROUND: usize = 1;

/// Everything that came of the test of one pack.
pub(super) struct Results<'a> {
    /// All examples.
    pub trials: Vec<Trial>,
    /// All reports.
    pub reports: Vec<Report>,
    /// What the keeper forgot.
    pub lapses: Vec<Lapse>,
    /// Records without a report.
    pub unused: Vec<&'a str>,
}

impl Results<'_> {
    /// Whether nothing is wrong. A record that nobody uses is no fault.
    pub(super) fn is_right(&self) -> bool {
        self.lapses.is_empty()
            && self.trials.iter().all(|trial| trial.outcome == Outcome::Right)
            && self.reports.iter().all(Report::is_right)
    }

    /// The page.
    pub(super) fn page(&self, resolved: &Resolved, look: Look) -> String {
        let stamp = &resolved.stamp;
        let mut page = look.paint(Colour::Title, &visible(&format!("{} {}", stamp.title, stamp.version))) + "\n";
        page += &format!("  例子{}个：{}\n", self.trials.len(), counts(self.trials.iter().map(|trial| trial.outcome)));
        let outcomes = self.reports.iter().filter_map(|report| match &report.outcome {
            _ if report.kept => Some(Outcome::Right),
            Ok((_, Some(comparison))) => Some(comparison.outcome()),
            _ => None,
        });
        page += &format!("  整篇报告{}份：{}\n", self.reports.len(), counts(outcomes));
        let kept = self.reports.iter().filter(|report| report.kept).count();
        if kept > 0 {
            page += &format!("  改写了{kept}份快照\n");
        }
        for trial in self.trials.iter().filter(|trial| trial.outcome != Outcome::Right) {
            page += &example(trial, look);
        }
        for shown in self.reports.iter().filter(|report| !report.is_right()) {
            page += &report(shown, look);
        }
        for lapse in &self.lapses {
            let head = format!("✗ 疏漏 {} {}：", what(lapse.root), lapse.name);
            page += &wrap(&head, &lapse.message, look.width.clamp(24, 120));
        }
        for name in &self.unused {
            let told = format!("没有用到的快照：{}，没有 {} 这份报告\n", name, place(name));
            page += &look.paint(Colour::Faint, &visible(told.trim_end()));
            page.push('\n');
        }
        let (colour, verdict) =
            if self.is_right() { (Colour::Good, "全部相符") } else { (Colour::Bad, "有不符之处，见上") };
        page + &look.paint(colour, verdict) + "\n"
    }
}

fn counts(outcomes: impl Iterator<Item = Outcome>) -> String {
    let outcomes: Vec<Outcome> = outcomes.collect();
    let all = [Outcome::Right, Outcome::Missing, Outcome::Noisy, Outcome::Changed];
    let counted = all.map(|kind| (kind, outcomes.iter().filter(|outcome| **outcome == kind).count()));
    let told = counted.iter().filter(|(kind, count)| *kind == Outcome::Right || *count > 0);
    told.map(|(kind, count)| format!("{}{count}", name(*kind))).collect::<Vec<_>>().join("，")
}

const fn colour(outcome: Outcome) -> Colour {
    match outcome {
        Outcome::Right => Colour::Good,
        Outcome::Missing | Outcome::Noisy => Colour::Bad,
        Outcome::Changed => Colour::Doubtful,
    }
}

fn example(trial: &Trial, look: Look) -> String {
    let list = match trial.want.strip_prefix("todo ") {
        Some(want) => format!("todo（{}）", list_name(want)),
        None => format!("{}（{}）", trial.want, list_name(&trial.want)),
    };
    let head = format!("✗ {} {} 的例子 {list}第{}个", name(trial.outcome), trial.rule, trial.index + 1);
    let mut page = look.paint(colour(trial.outcome), &head) + "\n";
    let width = look.width.clamp(24, 120);
    let one_line = |text: &str| visible(&text.replace('\n', " ↵ ")).into_owned();
    page += &wrap("    例子：", &one_line(&trial.text), width);
    page += &wrap("    得到：", &one_line(&trial.got), width);
    if trial.marked != trial.text {
        page += &wrap("    标在：", &one_line(&trial.marked), width);
    }
    page
}

/// A list of examples as people call it.
fn list_name(list: &str) -> &str {
    let statuses = [Status::Met, Status::Partial, Status::Missing, Status::Skipped];
    let status = statuses.into_iter().find(|status| status.name() == list).map(words::status);
    status.unwrap_or(match list {
        "good" => "正确",
        "bad" => "有错",
        other => other,
    })
}

/// What is wrong with one report.
pub(super) fn report(report: &Report, look: Look) -> String {
    let place = visible(&place(&report.name)).into_owned();
    match &report.outcome {
        Err(failure) => {
            let head = look.paint(Colour::Bad, &format!("✗ 读不了 {place}"));
            format!("{head}\n    {}\n", visible(&failure.message))
        }
        Ok((new, None)) => {
            let head = look.paint(Colour::Doubtful, &format!("✗ 没有快照 {place}"));
            let lines: String =
                new.lines().map(|line| look.paint(Colour::Good, &format!("    + {}", visible(line))) + "\n").collect();
            format!("{head}（用 --update 或 --review 记下现在的结果）\n{lines}")
        }
        Ok((_, Some(comparison))) => {
            let outcome = comparison.outcome();
            let head = look.paint(colour(outcome), &format!("✗ {} {place}", name(outcome)));
            format!("{head}\n{}", difference(comparison, look))
        }
    }
}

/// The changed lines, each with a line around it.
fn difference(comparison: &Comparison, look: Look) -> String {
    let lines = &comparison.lines;
    let changed = |index: usize| !matches!(lines.get(index), Some(Line::Same(_)) | None);
    let near = |index: usize| (index.saturating_sub(AROUND)..=index + AROUND).any(changed);
    let mut page = String::new();
    let mut left_out = false;
    for (index, line) in lines.iter().enumerate() {
        if !near(index) {
            left_out = true;
            continue;
        }
        if std::mem::take(&mut left_out) && !page.is_empty() {
            page += "      …\n";
        }
        page += &match line {
            Line::Same(line) => look.paint(Colour::Faint, &format!("      {}", visible(line))),
            Line::Gone(line) => look.paint(Colour::Bad, &format!("    - {}", visible(line))),
            Line::Come(line) => look.paint(Colour::Good, &format!("    + {}", visible(line))),
        };
        page.push('\n');
    }
    page
}

/// What no example and no report tries, of the pack's own.
pub(super) fn coverage(resolved: &Resolved, gaps: &Gaps, look: Look) -> String {
    let mut page = format!("\n{}\n", look.paint(Colour::Title, "覆盖"));
    let width = look.width.clamp(24, 120);
    let own = |ids: &[String]| {
        let own = ids.iter().filter(|id| is_own(resolved, "rules", id));
        own.map(String::as_str).collect::<Vec<_>>().join("、")
    };
    let lists = [("没有例子使它提示的规则", &gaps.never_fired), ("没有例子使它不提示的规则", &gaps.never_cleared)];
    for (head, ids) in lists {
        let ids = own(ids);
        page += &wrap(&format!("  {head}："), if ids.is_empty() { "无" } else { &ids }, width);
    }
    let unseen: Vec<_> = gaps.unseen.iter().filter(|unseen| is_own(resolved, unseen.root, &unseen.name)).collect();
    let count: usize = unseen.iter().map(|unseen| unseen.wordings.len()).sum();
    page += &format!("  从未在例子和报告里出现的说法：{count}个\n");
    for unseen in unseen {
        let head = format!("    {} {}：", what(unseen.root), unseen.name);
        page += &wrap(&head, &visible(&unseen.wordings.join("、")), width);
    }
    page
}

/// What an entry under an outermost key is called.
fn what(root: &str) -> &'static str {
    match root {
        "rules" => "规则",
        "concepts" => "事项",
        "classes" => "词类",
        "quantities" => "数量",
        _ => "条目",
    }
}
