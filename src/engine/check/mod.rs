//! The six kinds of check, one file each. Each looks at a [`Context`] and gives findings.

pub(super) mod agree;
pub(super) mod cite;
mod doubled;
pub(super) mod figures;
pub(super) mod forbid;
pub(super) mod outline;
pub(super) mod require;

pub use doubled::is_dictionary_loaded;

use super::context::Context;
use crate::{
    diagnostic::{Diagnostic, Edit, Fix, Safety, Severity},
    pack::Rule,
    text::Span,
};

/// A finding of `rule` at `span` of the text, with nothing but its message.
fn finding(context: &Context<'_>, rule: &Rule, severity: Severity, span: Span, message: String) -> Diagnostic {
    Diagnostic {
        rule: rule.def.id.clone(),
        name: rule.def.name.clone(),
        // Where the year is unknown, so is whether the rule holds.
        severity: if context.facts.year.is_some() { severity } else { severity.min(Severity::Warning) },
        message,
        help: rule.def.help.as_deref().map(|help| super::message::fill(context, help, &[])),
        basis: rule.basis.clone(),
        span,
        at: None,
        related: Vec::new(),
        fix: None,
        silenced: None,
    }
}

/// A finding with the rule's `found` message; nothing where the rule is in the checklist only.
fn found(context: &Context<'_>, rule: &Rule, span: Span, values: &[(&str, &str)]) -> Option<Diagnostic> {
    let template = rule.def.messages.found.as_deref()?;
    let message = super::message::fill(context, template, values);
    Some(finding(context, rule, rule.severity?, span, message))
}

/// A fix that puts `text` in place of `span`.
fn replacement(span: Span, text: &str, safety: Safety) -> Fix {
    Fix { safety, edits: vec![Edit { span, text: text.to_owned() }] }
}
