//! The fixed Chinese words of every format for people: grades, statuses, places.
//!
//! They are words of the program, not of the domain: no pack can change them.

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
