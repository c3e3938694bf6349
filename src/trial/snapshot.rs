//! The snapshot of a whole report: one line a finding, then every status but met.
//!
//! No messages, bytes, versions or hashes, so that rewording a rule touches no snapshot.

use std::fmt::Write as _;

use crate::{
    document::Document,
    engine::{Review, Status},
};

/// Writes the snapshot: `12:5-12:9 warning term-fazhi 法制宣传 → 法治宣传`, then `legal-adviser missing`.
#[must_use]
pub fn snapshot(document: &Document, review: &Review) -> String {
    let mut text = String::new();
    for finding in &review.diagnostics {
        let start = document.lines.position(&document.text, finding.span.start);
        let end = document.lines.position(&document.text, finding.span.end);
        let place = format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column);
        // The cells of a row are lines of the text.
        let found = document.slice(finding.span).replace('\n', "↵");
        let found = finding.at.map_or_else(|| found.clone(), |at| format!("（{}）{found}", at.name()));
        let _ = write!(text, "{place} {} {} {found}", finding.severity.name(), finding.rule);
        if let Some(edit) = finding.fix.as_ref().and_then(|fix| fix.edits.first()) {
            let _ = write!(text, " → {}", edit.text);
        }
        text.push('\n');
    }
    for requirement in review.requirements.iter().filter(|requirement| requirement.status != Status::Met) {
        let _ = writeln!(text, "{} {}", requirement.rule, requirement.status.name());
    }
    text
}
