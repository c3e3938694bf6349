//! What hegui says of a place in a report: [`Diagnostic`], its [`Label`]s, [`Severity`] and [`Fix`].
//!
//! Findings are values, not errors. How they look is up to `render`; nothing here can be serialised.

use crate::text::Span;

/// How much a finding matters. Ordered: `Info` < `Warning` < `Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know; nothing has to change.
    Info,
    /// Should be changed.
    Warning,
    /// Must be changed: a confirmed rule asks for it.
    Error,
}

impl Severity {
    /// Its name in packs, JSON and snapshots.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The next lower grade; `Info` stays.
    #[must_use]
    pub const fn lower(self) -> Self {
        match self {
            Self::Error => Self::Warning,
            Self::Warning | Self::Info => Self::Info,
        }
    }
}

/// How binding a basis is; it bounds the severity of the rules that rest on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// 建议: somebody advises it.
    Advised,
    /// 惯例: reports do it so.
    Customary,
    /// 规定: a rule in force asks for it.
    Required,
}

/// The clause on which a rule rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The document's title, without 《》.
    pub title: String,
    /// Its number, e.g. 国办发〔2018〕118号.
    pub document: Option<String>,
    /// The clause, e.g. 第二十五条.
    pub clause: Option<String>,
    /// How binding it is.
    pub standing: Standing,
}

/// Where something that is absent belongs, seen from the diagnostic's span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum At {
    /// Inside the part whose heading the span marks.
    Inside,
    /// Before the span.
    Before,
    /// Behind the span.
    After,
}

impl At {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

/// A further place with words of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

/// Whether a fix may be taken over unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// The meaning stays; a program may apply it.
    Safe,
    /// A person has to look first.
    Unsafe,
}

impl Safety {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// One replacement: `text` takes the place of `span`, which is empty for an insertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes, in bytes of the document's text.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// Edits that mend a finding. They do not overlap and stand in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Whether a person has to look first.
    pub safety: Safety,
    /// The edits.
    pub edits: Vec<Edit>,
}

/// One finding about a report. Its words are for the author of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's id.
    pub rule: String,
    /// The rule's Chinese name.
    pub name: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Why: the clauses that ask for it.
    pub basis: Vec<Basis>,
    /// Where, in bytes of the document's text; never empty.
    pub span: Span,
    /// Of an absence: where the content belongs, seen from the span.
    pub at: Option<At>,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// How to mend it.
    pub fix: Option<Fix>,
    /// Why it is silenced, where it is.
    pub silenced: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_rank_and_sink() {
        assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Info);
        assert_eq!(Severity::Error.lower(), Severity::Warning);
        assert_eq!(Severity::Info.lower(), Severity::Info);
    }
}
