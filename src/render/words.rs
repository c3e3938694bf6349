//! The fixed Chinese words of every format for people: grades, statuses, places.
//!
//! They are words of the program, not of the domain: no pack can change them.

use super::brief::ENOUGH;
use crate::{
    diagnostic::{At, Basis, Diagnostic, Safety, Severity, Standing},
    engine::Status,
};

/// How much a finding matters.
pub(crate) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "必须改",
        Severity::Warning => "建议改",
        Severity::Info => "供参考",
    }
}

/// How far a requirement is fulfilled.
pub(crate) const fn status(status: Status) -> &'static str {
    match status {
        Status::Met => "已写实",
        Status::Partial => "只提到",
        Status::Missing => "未写到",
        Status::Skipped => "未检查",
    }
}

/// A sign for the status, for lists.
pub(crate) const fn mark(status: Status) -> &'static str {
    match status {
        Status::Met => "✓",
        Status::Partial => "◐",
        Status::Missing => "✗",
        Status::Skipped => "–",
    }
}

/// How binding a basis is.
pub(crate) const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Required => "规定",
        Standing::Customary => "惯例",
        Standing::Advised => "建议",
    }
}

/// Where something absent belongs, seen from the place that is marked.
pub(crate) const fn at(at: At) -> &'static str {
    match at {
        At::Inside => "应写在这一部分",
        At::Before => "应写在这里之前",
        At::After => "应写在这里之后",
    }
}

/// A basis in one line: 《…》（国办发〔2018〕118号）第二十五条.
pub(crate) fn basis(basis: &Basis) -> String {
    let document = basis.document.as_ref().map(|document| format!("（{document}）")).unwrap_or_default();
    format!("《{}》{document}{}", basis.title, basis.clause.as_deref().unwrap_or_default())
}

/// A basis and how binding it is, in one line.
pub(crate) fn grounds(basis: &Basis) -> String {
    format!("依据（{}）：{}", standing(basis.standing), self::basis(basis))
}

/// What a fix does, in a few words; none where it edits several places.
pub(crate) fn fix(finding: &Diagnostic) -> Option<String> {
    let fix = finding.fix.as_ref()?;
    let [edit] = fix.edits.as_slice() else { return None };
    let hedge = match fix.safety {
        Safety::Safe => "",
        Safety::Unsafe => "可",
    };
    Some(if edit.text.is_empty() {
        format!("{hedge}删去")
    } else if edit.span.is_empty() {
        format!("{hedge}加上“{}”", edit.text)
    } else {
        format!("{hedge}改为“{}”", edit.text)
    })
}

/// How many places a fix changes, where it edits several.
pub(crate) fn fixes(finding: &Diagnostic) -> Option<String> {
    let count = finding.fix.as_ref()?.edits.len();
    (count > 1).then(|| format!("改{count}处"))
}

/// What to do about a finding and why, a line each: where it belongs, what the fix does, advice, grounds.
pub(crate) fn advice(finding: &Diagnostic) -> Vec<String> {
    let mut lines: Vec<String> = finding.at.map(|place| at(place).to_owned()).into_iter().collect();
    lines.extend(fix(finding).or_else(|| fixes(finding)).map(|fix| format!("改法：{fix}")));
    lines.extend(finding.help.as_ref().map(|help| format!("怎么改：{}", help.trim())));
    lines.extend(finding.basis.iter().map(grounds));
    lines
}

/// The first characters of a place, in one line.
pub(crate) fn quote(text: &str) -> String {
    let mut quote: String = text.chars().take(ENOUGH).map(|char| if char == '\n' { ' ' } else { char }).collect();
    if text.chars().nth(ENOUGH).is_some() {
        quote.push('…');
    }
    quote
}
