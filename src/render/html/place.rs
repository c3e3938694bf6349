//! Names of places: ids for links within the page, and words for a person who looks for a place in the file.

use sha2::{Digest, Sha256};

use crate::{document::Document, render::place::in_file, text::Span};

/// Bytes of a path's hash that keep the ids of many reports on one page apart.
const ENOUGH: usize = 4;

/// The ids of one report. Entries know nothing of each other, so its path has to tell it from the others.
#[derive(Debug, Clone)]
pub(super) struct Ids {
    report: String,
}

impl Ids {
    /// For the report at `path`.
    pub(super) fn new(path: &str) -> Self {
        let hash = Sha256::digest(path.as_bytes());
        let digits = hash.iter().take(ENOUGH).map(|byte| format!("{byte:02x}"));
        Self { report: format!("r{}", digits.collect::<String>()) }
    }

    /// The report itself.
    pub(super) fn report(&self) -> &str {
        &self.report
    }

    /// A part of the report's page: `findings`, `checklist`, `text`.
    pub(super) fn part(&self, name: &str) -> String {
        format!("{}-{name}", self.report)
    }

    /// Finding `number` in the list.
    pub(super) fn finding(&self, number: usize) -> String {
        format!("{}-f{number}", self.report)
    }

    /// The place of finding `number` in the text.
    pub(super) fn mark(&self, number: usize) -> String {
        format!("{}-p{number}", self.report)
    }

    /// Another place of finding `number`, counted from 0.
    pub(super) fn related(&self, number: usize, index: usize) -> String {
        format!("{}-p{number}-{index}", self.report)
    }

    /// The place of a silenced finding, counted from 0.
    pub(super) fn silenced(&self, index: usize) -> String {
        format!("{}-s{index}", self.report)
    }

    /// Evidence `index` of requirement `requirement`, both counted from 0.
    pub(super) fn evidence(&self, requirement: usize, index: usize) -> String {
        format!("{}-e{requirement}-{index}", self.report)
    }
}

/// Where a link to `id` leads.
pub(super) fn link(id: &str) -> String {
    format!("#{id}")
}

/// Line and column of the text, and what the file's own program shows: the page of a PDF, the paragraph of a Word
/// file.
pub(super) fn words(document: &Document, span: Span) -> String {
    let position = document.lines.position(&document.text, span.start);
    let file = in_file(document, span).map(|place| format!("，原文件{place}")).unwrap_or_default();
    format!("第{}行第{}字{file}", position.line, position.column)
}
