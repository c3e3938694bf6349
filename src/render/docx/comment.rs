//! What a comment says of a finding, line by line.

use crate::{
    diagnostic::{Diagnostic, Label, Safety},
    document::Document,
    render::{visible, words},
};

/// A comment of ours.
#[derive(Debug)]
pub(super) struct Comment {
    /// Its number.
    pub(super) id: i64,
    /// What it says, a paragraph each; the first stands out.
    pub(super) lines: Vec<String>,
}

/// The lines about a finding. `is_changed` says whether its fix stands in the text as a tracked change.
pub(super) fn lines(finding: &Diagnostic, document: &Document, is_changed: bool) -> Vec<String> {
    let mut lines = vec![head(finding)];
    lines.extend(finding.at.map(|at| format!("{}。", words::at(at))));
    for basis in &finding.basis {
        lines.push(format!("依据（{}）：{}", words::standing(basis.standing), words::basis(basis)));
    }
    lines.extend(finding.help.as_ref().map(|help| format!("怎么改：{}", one_line(help))));
    lines.extend(change(finding, is_changed));
    for Label { span, message } in &finding.related {
        lines.push(format!("另见：“{}”，{message}", words::quote(document.slice(*span))));
    }
    lines.iter().map(|line| visible(line).into_owned()).collect()
}

/// Grade and message.
pub(super) fn head(finding: &Diagnostic) -> String {
    format!("【{}】{}", words::severity(finding.severity), one_line(&finding.message))
}

fn change(finding: &Diagnostic, is_changed: bool) -> Option<String> {
    let fix = finding.fix.as_ref()?;
    Some(match (is_changed, fix.safety) {
        (true, Safety::Safe) => "已用修订标出改法，接受即可。".to_owned(),
        (true, Safety::Unsafe) => "已用修订标出一种改法，请核对以后接受或拒绝。".to_owned(),
        (false, _) => format!("{}。", words::fix(finding)?),
    })
}

/// `text` in one line.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect()
}
