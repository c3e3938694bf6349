//! What the table keeps of a checked report: words and numbers, no document, so that reports can be dropped.

use crate::{
    Checked,
    diagnostic::{Diagnostic, Severity},
    document::Document,
    engine::{Requirement, Status},
    pack::PackStamp,
    render::{
        Entry, Failure, Summary,
        place::{self, Region},
        words,
    },
};

/// What the table says of one input.
#[derive(Debug, Clone)]
pub struct Rows {
    pub(super) path: String,
    pub(super) outcome: Result<Report, Failure>,
}

/// A checked report.
#[derive(Debug, Clone)]
pub(super) struct Report {
    pub(super) pack: PackStamp,
    pub(super) unit: String,
    pub(super) year: Option<i32>,
    pub(super) counts: Summary,
    pub(super) requirements: Vec<Line>,
    /// Why things were not checked, each reason once.
    pub(super) remarks: Vec<String>,
    pub(super) findings: Vec<Finding>,
}

/// A line of the checklist.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) rule: String,
    pub(super) name: String,
    pub(super) status: Status,
}

/// A finding in words.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) severity: Severity,
    pub(super) rule: String,
    pub(super) name: String,
    pub(super) message: String,
    pub(super) words: String,
    pub(super) place: String,
    pub(super) help: String,
    pub(super) basis: String,
    pub(super) fix: String,
    pub(super) silenced: String,
}

impl Rows {
    /// What the table needs of `entry`.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        let outcome = entry.outcome.as_ref().map(|checked| Report::new(checked, Summary::of(entry)));
        Self { path: entry.path.clone(), outcome: outcome.map_err(Clone::clone) }
    }
}

impl Report {
    fn new(Checked { document, review }: &Checked, counts: Summary) -> Self {
        Self {
            pack: review.pack.clone(),
            unit: review.facts.unit.as_ref().map(|unit| unit.value.clone()).unwrap_or_default(),
            year: review.facts.year.as_ref().map(|year| year.value),
            counts,
            requirements: review.requirements.iter().map(Line::new).collect(),
            remarks: review
                .other_kind()
                .map_or_else(|| remarks(&review.requirements), |reason| vec![format!("没有检查：{reason}")]),
            findings: review.diagnostics.iter().map(|finding| Finding::new(document, finding)).collect(),
        }
    }

    /// How many requirements have this status.
    pub(super) fn count(&self, status: Status) -> usize {
        self.requirements.iter().filter(|line| line.status == status).count()
    }

    /// The status of a requirement.
    pub(super) fn status(&self, rule: &str) -> Option<Status> {
        self.requirements.iter().find(|line| line.rule == rule).map(|line| line.status)
    }
}

/// The reasons for which requirements were skipped, in the order in which they come up.
fn remarks(requirements: &[Requirement]) -> Vec<String> {
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for reason in requirements.iter().filter_map(|requirement| requirement.reason.as_ref()) {
        match reasons.iter_mut().find(|(known, _)| *known == reason.text) {
            Some((_, count)) => *count += 1,
            None => reasons.push((&reason.text, 1)),
        }
    }
    reasons.into_iter().map(|(reason, count)| format!("{count}项未检查：{reason}")).collect()
}

impl Line {
    fn new(requirement: &Requirement) -> Self {
        let Requirement { rule, name, status, .. } = requirement;
        Self { rule: rule.clone(), name: name.clone(), status: *status }
    }
}

impl Finding {
    fn new(document: &Document, finding: &Diagnostic) -> Self {
        let basis: Vec<String> = finding.basis.iter().map(words::basis).collect();
        let mut message = vec![finding.message.clone()];
        message.extend(place::related(document, finding));
        let at = finding.at.map(|at| format!("（{}）", words::at(at))).unwrap_or_default();
        Self {
            severity: finding.severity,
            rule: finding.rule.clone(),
            name: finding.name.clone(),
            message: message.join("\n"),
            words: document.slice(finding.span).to_owned(),
            place: place_of(document, finding) + &at,
            help: finding.help.clone().unwrap_or_default(),
            basis: basis.join("；"),
            fix: words::fix(finding).or_else(|| words::fixes(finding)).unwrap_or_default(),
            silenced: finding.silenced.clone().unwrap_or_default(),
        }
    }
}

/// The page or paragraph, where the file has such; else line and column.
fn place_of(document: &Document, finding: &Diagnostic) -> String {
    let Region { line, column, .. } = Region::new(document, finding.span);
    place::in_file(document, finding.span).unwrap_or_else(|| format!("{line}:{column}"))
}
