//! The agreement of an office on how its reports are checked, `hegui.yaml`: which rules, what is not told, and why.
//!
//! It is no pack: it can lower a rule, switch it off and silence findings, each with a reason, and never raise or add
//! one; that takes a layer with a basis of its own. It opens no file; who calls it has read the file and loaded the
//! packs. The way: text → [`Draft`] (faults of form) → [`Agreement`] (faults of meaning, held against packs) →
//! [`Agreement::apply`] on each review.

mod apply;
pub mod def;
mod draft;
mod files;
mod meaning;
mod silence;

use std::{collections::BTreeSet, sync::LazyLock};

use indexmap::IndexMap;

pub use self::{apply::Used, draft::Draft};
use self::{def::FailOnDef, silence::Silence};
use crate::{diagnostic::Severity, pack::Shape};

/// What the agreement is called where its faults are counted.
const WHAT: &str = "约定";

/// The schema of `hegui.yaml`; made once.
static SHAPE: LazyLock<Shape> = LazyLock::new(Shape::of::<def::AgreementDef>);

/// The schema as JSON text, as it is shipped in `rules/config.schema.json`.
#[must_use]
pub fn schema_text() -> String {
    SHAPE.text()
}

/// What was agreed, held against the packs that are used. The default agrees on nothing.
#[derive(Debug, Default)]
pub struct Agreement {
    /// From which grade on findings make a run fail.
    pub fail_on: Option<FailOnDef>,
    /// The level of units whose reports do not tell it.
    pub level: Option<String>,
    file: String,
    text: String,
    changes: IndexMap<String, Change>,
    silences: Vec<Silence>,
    /// The rules that nothing may silence.
    protected: BTreeSet<String>,
}

/// What was agreed on a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The grade that its findings have at most; none where it is switched off.
    pub to: Option<Severity>,
    /// Why.
    pub because: String,
}

impl Agreement {
    /// What was agreed on a rule.
    #[must_use]
    pub fn change(&self, rule: &str) -> Option<&Change> {
        self.changes.get(rule)
    }

    /// The same without silences.
    #[must_use]
    pub fn without_silences(mut self) -> Self {
        self.silences.clear();
        self
    }
}
