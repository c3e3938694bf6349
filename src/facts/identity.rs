//! The report's own year, unit, level, number and dates: [`observe`].

use super::Facts;
use crate::document::{Document, Lexicon};

/// Observes all facts of a document.
#[must_use]
pub fn observe(_document: &Document, _lexicon: &Lexicon) -> Facts {
    Facts::default()
}
