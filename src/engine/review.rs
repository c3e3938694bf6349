//! What the engine says of a report: [`Review`].

use crate::{
    diagnostic::{Diagnostic, Severity},
    facts::Facts,
    pack::PackStamp,
    text::Span,
};

/// Everything that hegui says of one report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    /// The pack used.
    pub pack: PackStamp,
    /// The facts observed; spans of the header facts are of the text.
    pub facts: Facts,
    /// The parts found by a heading, in the order of the text.
    pub sections: Vec<Section>,
    /// A status for each requirement, in the order of the pack.
    pub requirements: Vec<Requirement>,
    /// The findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Review {
    /// Why nothing was judged, in Chinese, where the report is of a kind that the pack does not judge.
    #[must_use]
    pub fn other_kind(&self) -> Option<&str> {
        let reason = self.requirements.first()?.reason.as_ref()?;
        (reason.code == SkipCode::OtherKind).then_some(reason.text.as_str())
    }
}

/// A part of the report that has a heading of its own or shares one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The pack's id of the part.
    pub kind: String,
    /// Its Chinese name.
    pub name: String,
    /// The heading's text.
    pub heading: String,
    /// The heading, in the text.
    pub span: Span,
    /// From the heading to the part's end, in the text.
    pub range: Span,
}

/// How far a requirement is fulfilled. Ordered: missing < partial < met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Not evaluated, see the reason.
    Skipped,
    /// Not reported.
    Missing,
    /// Named, or only in part.
    Partial,
    /// Reported with substance.
    Met,
}

impl Status {
    /// Its name in JSON and packs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Missing => "missing",
            Self::Partial => "partial",
            Self::Met => "met",
        }
    }
}

/// Why a requirement was not evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SkipCode {
    /// The report's year lies outside the rule's.
    Year,
    /// The unit's level is none of the rule's.
    Level,
    /// The rule is switched off.
    SwitchedOff,
    /// The document is of another kind.
    OtherKind,
}

impl SkipCode {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Level => "level",
            Self::SwitchedOff => "switched-off",
            Self::OtherKind => "other-kind",
        }
    }
}

/// Why a requirement was not evaluated, for a program and for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// For a program.
    pub code: SkipCode,
    /// For a person, in Chinese.
    pub text: String,
}

/// The status of one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The rule's id.
    pub rule: String,
    /// The rule's Chinese name.
    pub name: String,
    /// How far it is fulfilled.
    pub status: Status,
    /// The rule's severity; none where it is in the checklist only.
    pub severity: Option<Severity>,
    /// Why it was skipped.
    pub reason: Option<Skip>,
    /// The places that show it, in the text: the mention first, then its substance.
    pub evidence: Vec<Span>,
    /// The status of each concept, where the rule asks for several.
    pub parts: Vec<Part>,
}

/// The status of one of several concepts of a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The concept's id.
    pub concept: String,
    /// How far it is fulfilled.
    pub status: Status,
}
