//! What is said of a report before its findings: whether it was checked at all, how many findings of which grade.

use super::{Summary, words};
use crate::{
    diagnostic::Severity,
    engine::{Review, SkipCode, Status},
};

/// Why nothing was checked, where the document is of another kind.
pub(super) fn other_kind(review: &Review) -> Option<&str> {
    let reason = review.requirements.first()?.reason.as_ref()?;
    let all_skipped = review.requirements.iter().all(|requirement| requirement.status == Status::Skipped);
    (all_skipped && reason.code == SkipCode::OtherKind).then_some(reason.text.as_str())
}

/// How many requirements have this status.
pub(super) fn with_status(review: &Review, status: Status) -> usize {
    review.requirements.iter().filter(|requirement| requirement.status == status).count()
}

/// The counts of findings in words, the gravest first, without those that are zero; one without a grade if all are.
pub(super) fn counts(summary: &Summary) -> Vec<(Option<Severity>, String)> {
    let counts =
        [(Severity::Error, summary.errors), (Severity::Warning, summary.warnings), (Severity::Info, summary.infos)];
    let parts: Vec<_> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| (Some(severity), format!("{}{count}处", words::severity(severity))))
        .collect();
    if parts.is_empty() { vec![(None, "没有发现要改的地方".to_owned())] } else { parts }
}

/// What the counts of a run's inputs are, in words: 共3份，检查了2份，1份没能检查.
pub(super) fn inputs(summary: &Summary) -> Vec<String> {
    let mut parts = vec![format!("共{}份", summary.files), format!("检查了{}份", summary.files - summary.unreadable)];
    if summary.unreadable > 0 {
        parts.push(format!("{}份没能检查", summary.unreadable));
    }
    parts
}
