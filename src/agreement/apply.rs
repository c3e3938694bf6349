//! The agreement put into effect on a review, and what of it was of use: [`Used`].

use super::{Agreement, Change, Silence};
use crate::{
    Checked,
    engine::{OWN_FINDINGS, Review, Skip, SkipCode, Status},
    text::Lines,
};

/// How many silences of no use are told one by one.
const MOST_TOLD: usize = 20;

/// What became of a silence, over any number of reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    /// No report that it could have been about.
    #[default]
    Idle,
    /// Such reports, and nothing in them to silence.
    Met,
    /// It silenced something.
    Silenced,
}

/// What became of each silence of an agreement. The order in which reports are added does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used(Vec<Use>);

impl Used {
    /// Adds what became of the silences in other reports.
    pub fn add(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), Use::Idle);
        for (mine, other) in self.0.iter_mut().zip(&other.0) {
            *mine = (*mine).max(*other);
        }
    }
}

impl Agreement {
    /// Lowers, switches off and silences in the review of the report shown under `path`; says which silences were of
    /// use.
    #[must_use]
    pub fn apply(&self, path: &str, checked: &mut Checked) -> Used {
        for (rule, change) in &self.changes {
            amend(&mut checked.review, rule, change);
        }
        self.silence(path, checked)
    }

    /// The first silence that is about a finding takes it.
    fn silence(&self, path: &str, checked: &mut Checked) -> Used {
        let Checked { document, review } = checked;
        let mut used: Vec<Use> = self.silences.iter().map(|silence| self.reach(silence, path, review)).collect();
        for finding in &mut review.diagnostics {
            if finding.silenced.is_some() || self.protected.contains(&finding.rule) {
                continue;
            }
            for (silence, used) in self.silences.iter().zip(&mut used) {
                if silence.is_for(path) && silence.is_about(finding, document) {
                    finding.silenced = Some(silence.because.clone());
                    *used = Use::Silenced;
                    break;
                }
            }
        }
        Used(used)
    }

    /// Whether a silence could be about anything in a report.
    fn reach(&self, silence: &Silence, path: &str, review: &Review) -> Use {
        let pack = (&review.pack.name, &review.pack.hash);
        let has_rule =
            silence.rule.is_none() || silence.packs.iter().any(|(name, hash)| (name, hash) == pack) || is_ours(silence);
        let was_judged = match &silence.rule {
            Some(rule) => !review.requirements.iter().any(|one| one.rule == *rule && one.status == Status::Skipped),
            None => true,
        };
        let reached = silence.is_for(path) && has_rule && was_judged && review.other_kind().is_none();
        if reached { Use::Met } else { Use::Idle }
    }

    /// The silences that could have silenced something and did not: a line for each, in Chinese, with its place.
    #[must_use]
    pub fn unused(&self, used: &Used) -> Vec<String> {
        let idle: Vec<&Silence> = self.silences.iter().zip(&used.0).filter_map(unused).collect();
        let lines = Lines::new(&self.text);
        let told = idle.iter().take(MOST_TOLD).map(|silence| {
            let at = lines.position(&self.text, silence.span.start);
            let (line, column) = (at.line, at.column);
            let about = [("规则", &silence.rule), ("原文", &silence.wording)];
            let about = about.into_iter().filter_map(|(what, text)| Some(format!("{what} {}", text.as_ref()?)));
            let about = about.collect::<Vec<_>>().join("，");
            format!("{}:{line}:{column}：这次检查没有用上这一条（{about}）；以后也用不上的话，可以删去", self.file)
        });
        let more = idle.len().saturating_sub(MOST_TOLD);
        let more = (more > 0).then(|| format!("{}：另有{more}条也没有用上", self.file));
        told.chain(more).collect()
    }
}

/// A silence that had something to be about and silenced nothing.
fn unused<'a>((silence, used): (&'a Silence, &Use)) -> Option<&'a Silence> {
    (*used == Use::Met).then_some(silence)
}

/// Whether a silence is about what the program says of itself, whatever the pack.
fn is_ours(silence: &Silence) -> bool {
    silence.rule.as_deref().is_some_and(|rule| OWN_FINDINGS.contains(&rule))
}

/// Lowers or switches off a rule in a review.
fn amend(review: &mut Review, rule: &str, change: &Change) {
    let Some(most) = change.to else { return switch_off(review, rule, change) };
    for finding in review.diagnostics.iter_mut().filter(|finding| finding.rule == rule) {
        finding.severity = finding.severity.min(most);
    }
    for requirement in review.requirements.iter_mut().filter(|requirement| requirement.rule == rule) {
        requirement.severity = requirement.severity.map(|severity| severity.min(most));
    }
}

fn switch_off(review: &mut Review, rule: &str, change: &Change) {
    review.diagnostics.retain(|finding| finding.rule != rule);
    if review.other_kind().is_some() {
        return;
    }
    for requirement in review.requirements.iter_mut().filter(|requirement| requirement.rule == rule) {
        requirement.status = Status::Skipped;
        let text = format!("按约定停用：{}", change.because);
        requirement.reason = Some(Skip { code: SkipCode::SwitchedOff, text });
        requirement.evidence.clear();
        requirement.parts.clear();
    }
}
