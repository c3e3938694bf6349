//! What every format for people says of a review as a whole: what decides, what the report was taken for, the rules.
//!
//! It chooses and words; how that looks is up to each format.

use std::cmp::Reverse;

use super::{Summary, words};
use crate::{
    diagnostic::{Diagnostic, Severity},
    engine::{Review, Status},
    pack::PackStamp,
};

/// The findings in the order of the text, the gravest first at one place. Silenced ones are left out.
pub(crate) fn in_order(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut findings: Vec<_> = findings.iter().filter(|finding| finding.silenced.is_none()).collect();
    findings.sort_by_key(|finding| (finding.span.start, finding.span.end, Reverse(finding.severity)));
    findings
}

/// The counts of findings in words, the gravest first, without those that are zero; one without a grade if all are.
pub(crate) fn counts(summary: &Summary) -> Vec<(Option<Severity>, String)> {
    let counts =
        [(Severity::Error, summary.errors), (Severity::Warning, summary.warnings), (Severity::Info, summary.infos)];
    let some = counts.into_iter().filter(|(_, count)| *count > 0);
    let words = |(severity, count)| (Some(severity), format!("{}{count}处", words::severity(severity)));
    let some: Vec<_> = some.map(words).collect();
    if some.is_empty() { vec![(None, "没有发现要改的地方".to_owned())] } else { some }
}

/// What the counts of a run's inputs are, in words: 共3份，检查了2份，1份没能检查.
pub(crate) fn inputs(summary: &Summary) -> Vec<String> {
    let mut parts = vec![format!("共{}份", summary.files), format!("检查了{}份", summary.files - summary.unreadable)];
    if summary.unreadable > 0 {
        parts.push(format!("{}份没能检查", summary.unreadable));
    }
    parts
}

/// How many requirements were not checked, in words; none where all were.
pub(crate) fn unchecked(review: &Review) -> Option<String> {
    let skipped = with_status(review, Status::Skipped);
    (skipped > 0).then(|| format!("未能检查{skipped}项"))
}

/// How many requirements have this status.
pub(crate) fn with_status(review: &Review, status: Status) -> usize {
    review.requirements.iter().filter(|requirement| requirement.status == status).count()
}

/// What the report was taken for; a wrong year or unit explains odd findings.
pub(crate) fn recognised(review: &Review) -> String {
    let unknown = || "没有认出".to_owned();
    let year = review.facts.year.as_ref().map_or_else(unknown, |year| format!("{}年", year.value));
    let unit = review.facts.unit.as_ref().map_or_else(unknown, |unit| unit.value.clone());
    format!("报告年度：{year}　单位：{unit}")
}

/// Which rules these are and of when; none where there are no rules.
pub(crate) fn pack(pack: &PackStamp) -> Option<String> {
    let date = pack.date.as_ref().map(|date| format!("，内容截至{date}")).unwrap_or_default();
    (!pack.name.is_empty()).then(|| format!("所用规则：{} {}{date}", pack.title, pack.version))
}

/// The same with the first digits of their hash, so that two people can tell whether they used the same.
pub(crate) fn pack_with_hash(stamp: &PackStamp) -> Option<String> {
    pack(stamp).map(|words| format!("{words}，校验码{}", stamp.short_hash()))
}
