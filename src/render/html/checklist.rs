//! The checklist: every requirement under its status, with the words that fulfil it or the reason why nobody looked.

use super::{
    markup::Markup,
    place::{Ids, link},
};
use crate::{
    diagnostic::Diagnostic,
    document::Document,
    engine::{Requirement, Status},
    render::{
        brief::{ENOUGH, clip, one_line},
        words,
    },
};

/// Pieces of evidence that are quoted; all are marked in the text.
pub(super) const QUOTED: usize = 3;

/// What the checklist is made of.
pub(super) struct Checklist<'a> {
    pub(super) document: &'a Document,
    pub(super) ids: &'a Ids,
    pub(super) requirements: &'a [Requirement],
    /// By their number from 1.
    pub(super) findings: &'a [&'a Diagnostic],
}

impl Checklist<'_> {
    /// Writes the table: what is missing first, then what is thin, what is fine, and last what was not checked.
    pub(super) fn write(&self, html: &mut Markup) {
        html.element("table", &[("class", "checklist")], |html| {
            for status in [Status::Missing, Status::Partial, Status::Met, Status::Skipped] {
                self.of_status(html, status);
            }
        });
    }

    fn of_status(&self, html: &mut Markup, status: Status) {
        let own: Vec<_> =
            self.requirements.iter().enumerate().filter(|(_, requirement)| requirement.status == status).collect();
        if own.is_empty() {
            return;
        }
        html.element("tbody", &[("class", status.name())], |html| {
            let head = format!("{} {}（{}项）", words::mark(status), words::status(status), own.len());
            html.element("tr", &[], |html| {
                html.words("th", &[("colspan", "2"), ("scope", "rowgroup")], &head);
            });
            for (index, requirement) in own {
                html.line_end();
                html.element("tr", &[], |html| {
                    html.words("td", &[], &requirement.name);
                    html.element("td", &[], |html| self.shown(html, index, requirement));
                });
            }
        });
    }

    /// The finding, the reason, the evidence.
    fn shown(&self, html: &mut Markup, index: usize, requirement: &Requirement) {
        let numbered = (1..).zip(self.findings);
        for (number, _) in numbered.filter(|(_, finding)| finding.rule == requirement.rule) {
            let href = link(&self.ids.finding(number));
            html.words("a", &[("class", "item"), ("href", &href)], &format!("见问题{number}"));
        }
        if let Some(reason) = &requirement.reason {
            html.text(&reason.text);
        }
        for (place, span) in requirement.evidence.iter().take(QUOTED).enumerate() {
            let words = clip(&one_line(self.document.slice(*span)), ENOUGH);
            let href = link(&self.ids.evidence(index, place));
            html.words("a", &[("class", "item evidence"), ("href", &href)], &words);
        }
        if requirement.evidence.len() > QUOTED {
            html.text(&format!("等{}处", requirement.evidence.len()));
        }
    }
}
