//! What is not told: [`Silence`], and which findings it is about.

use super::files::Files;
use crate::{
    diagnostic::Diagnostic,
    document::Document,
    text::{Span, slice},
};

/// Findings that are not told.
#[derive(Debug)]
pub(super) struct Silence {
    /// Of this rule alone.
    pub rule: Option<String>,
    /// Where these words stand; white space does not count.
    pub wording: Option<String>,
    /// In these files alone.
    pub files: Option<Files>,
    /// Why.
    pub because: String,
    /// The packs that have the rule, by name and hash.
    pub packs: Vec<(String, String)>,
    /// Where it stands, in bytes of the agreement's text.
    pub span: Span,
}

impl Silence {
    /// Whether it is about the file shown under `path`.
    pub(super) fn is_for(&self, path: &str) -> bool {
        self.files.as_ref().is_none_or(|files| files.hold(path))
    }

    /// Whether a finding of a file that it is for is meant.
    pub(super) fn is_about(&self, finding: &Diagnostic, document: &Document) -> bool {
        let is_rule = self.rule.as_ref().is_none_or(|rule| *rule == finding.rule);
        is_rule && self.wording.as_ref().is_none_or(|wording| has_wording(finding, document, wording))
    }
}

/// Whether `wording` holds the marked place or lies in it. What is absent has no words: its mark is a neighbour's.
fn has_wording(finding: &Diagnostic, document: &Document, wording: &str) -> bool {
    finding.at.is_none() && stands_at(&document.text, finding.span, &dense(wording))
}

/// Whether `wording`, which has no white space, holds the place `span` of `text` or lies in it.
fn stands_at(text: &str, span: Span, wording: &str) -> bool {
    let length = wording.chars().count();
    let before = slice(text, Span::new(0, span.start)).chars().rev().filter(|char| !char.is_whitespace()).take(length);
    let mut around: String = before.collect::<Vec<_>>().into_iter().rev().collect();
    let start = around.len();
    around += &dense(slice(text, span));
    let end = around.len();
    let after = slice(text, Span::new(span.end, text.len())).chars().filter(|char| !char.is_whitespace()).take(length);
    around.extend(after);
    around.match_indices(wording).any(|(at, found)| {
        let until = at + found.len();
        (at <= start && end <= until) || (start <= at && until <= end)
    })
}

fn dense(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn stands(marked: &str, wording: &str) -> bool {
        let text = "全年开展法制\n宣传日活动，法制审核三件。";
        let start = text.find(marked).unwrap();
        stands_at(text, Span::new(start, start + marked.len()), &dense(wording))
    }

    #[test]
    fn words_hold_the_place_or_lie_in_it() {
        assert!(stands("法制\n宣传", "法制 宣传") && stands("法制\n宣传", "法制"));
        assert!(stands("法制\n", "法制宣传日") && stands("法制审核", "，法制审核三件"));
    }

    #[test]
    fn words_beside_or_across_the_place_are_others() {
        assert!(!stands("法制\n", "宣传日") && !stands("法制审核", "审核三件") && !stands("法制审核", "法制宣传"));
        assert!(!stands("全年", "法制"));
    }
}
