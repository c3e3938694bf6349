//! The effect of a change of rules on one report: what appears, vanishes and moves between two reviews of it.

use crate::{
    diagnostic::Diagnostic,
    engine::{Review, Status},
};

/// What two reviews of the same report differ in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// Requirements whose status changed.
    pub statuses: Vec<StatusChange>,
    /// Findings that only the new review has.
    pub appeared: Vec<Diagnostic>,
    /// Findings that only the old review has.
    pub vanished: Vec<Diagnostic>,
    /// Findings at the same place whose severity changed: the old one, the new one.
    pub regraded: Vec<(Diagnostic, Diagnostic)>,
}

/// A requirement whose status changed; none where the rule is new or gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChange {
    /// The rule's id.
    pub rule: String,
    /// The rule's Chinese name.
    pub name: String,
    /// The status by the old rules.
    pub old: Option<Status>,
    /// The status by the new rules.
    pub new: Option<Status>,
}

impl StatusChange {
    /// Whether the report is worse off: it did more by the old rules than by the new ones.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        matches!((self.old, self.new), (Some(old), Some(new)) if new < old)
    }
}

impl Effect {
    /// Compares two reviews of one report.
    #[must_use]
    pub fn between(old: &Review, new: &Review) -> Self {
        let mut effect = Self { statuses: statuses(old, new), ..Self::default() };
        let same = |one: &Diagnostic, other: &Diagnostic| one.rule == other.rule && one.span == other.span;
        for finding in &new.diagnostics {
            match old.diagnostics.iter().find(|before| same(before, finding)) {
                None => effect.appeared.push(finding.clone()),
                Some(before) if before.severity != finding.severity => {
                    effect.regraded.push((before.clone(), finding.clone()));
                }
                Some(_) => {}
            }
        }
        let gone = |before: &&Diagnostic| !new.diagnostics.iter().any(|finding| same(before, finding));
        effect.vanished = old.diagnostics.iter().filter(gone).cloned().collect();
        effect
    }

    /// Whether nothing changed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.statuses.is_empty() && self.appeared.is_empty() && self.vanished.is_empty() && self.regraded.is_empty()
    }
}

/// Changed statuses, those that became worse first.
fn statuses(old: &Review, new: &Review) -> Vec<StatusChange> {
    let status = |review: &Review, rule: &str| {
        review.requirements.iter().find(|requirement| requirement.rule == rule).map(|requirement| requirement.status)
    };
    let mut changes: Vec<StatusChange> = Vec::new();
    for requirement in new.requirements.iter().chain(&old.requirements) {
        let change = StatusChange {
            rule: requirement.rule.clone(),
            name: requirement.name.clone(),
            old: status(old, &requirement.rule),
            new: status(new, &requirement.rule),
        };
        let known = changes.iter().any(|other| other.rule == change.rule);
        if change.old != change.new && !known {
            changes.push(change);
        }
    }
    changes.sort_by_key(|change| !change.is_worse());
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Requirement;

    fn review(statuses: &[(&str, Status)]) -> Review {
        let requirement = |(rule, status): &(&str, Status)| Requirement {
            rule: (*rule).to_owned(),
            name: String::new(),
            status: *status,
            severity: None,
            reason: None,
            evidence: Vec::new(),
            parts: Vec::new(),
        };
        Review { requirements: statuses.iter().map(requirement).collect(), ..Review::default() }
    }

    #[test]
    fn what_became_worse_comes_first() {
        let old = review(&[("a", Status::Missing), ("b", Status::Met), ("c", Status::Met)]);
        let new = review(&[("a", Status::Met), ("b", Status::Missing), ("c", Status::Met), ("d", Status::Met)]);
        let effect = Effect::between(&old, &new);
        let rules: Vec<&str> = effect.statuses.iter().map(|change| change.rule.as_str()).collect();
        assert_eq!(rules, ["b", "a", "d"]);
        assert!(Effect::between(&new, &new).is_empty());
    }
}
