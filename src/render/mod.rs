//! How reviews look: one format a folder or file, behind [`Renderer`].
//!
//! It judges nothing, opens no file and knows no stream: entries go in, text comes out. What serialises stands here
//! and not in the types of the lower levels, so that these may change without breaking a contract.

mod brief;
mod docx;
mod github;
mod html;
mod json;
mod junit;
mod mend;
mod narrow;
mod place;
mod sarif;
mod terminal;
mod verdict;
mod visible;
pub(crate) mod words;
mod xlsx;

pub use docx::annotate;
pub use github::Github;
pub use html::{Html, is_page};
pub use json::{Json, Ndjson, SCHEMA};
pub use junit::Junit;
pub use mend::{Mended, is_mendable, mend};
pub use sarif::Sarif;
pub(crate) use terminal::{Colour, Excerpt};
pub use terminal::{Look, Terminal, wrap};
pub use visible::visible;
pub use xlsx::{Rows, workbook};

use crate::{Checked, Packs, diagnostic::Severity, engine::Review, read::ReadError};

/// One input and what came of it.
#[derive(Debug)]
pub struct Entry {
    /// The path as the caller gave it or as a walk below it found it. It may hold any character.
    pub path: String,
    /// The report with its review, or why there is none.
    pub outcome: Result<Checked, Failure>,
}

/// Why an input was not checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// For programs, in kebab-case: a code of [`ReadError`], or one of the caller's own: `missing`.
    pub code: &'static str,
    /// What is wrong, in Chinese, without the path.
    pub message: String,
    /// What to do, in Chinese.
    pub help: String,
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self { code: error.code, message: error.message, help: error.help }
    }
}

/// The counts over all entries. Silenced findings are not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Entries, the unreadable ones among them.
    pub files: usize,
    /// Findings that must be changed.
    pub errors: usize,
    /// Findings that should be changed.
    pub warnings: usize,
    /// Findings that are good to know.
    pub infos: usize,
    /// Entries that could not be checked.
    pub unreadable: usize,
}

impl Summary {
    /// The counts of one entry.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        match &entry.outcome {
            Ok(checked) => Self::of_review(&checked.review),
            Err(_) => Self { files: 1, unreadable: 1, ..Self::default() },
        }
    }

    /// The counts of one review.
    #[must_use]
    pub fn of_review(review: &Review) -> Self {
        let mut summary = Self { files: 1, ..Self::default() };
        for finding in review.diagnostics.iter().filter(|finding| finding.silenced.is_none()) {
            match finding.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Info => summary.infos += 1,
            }
        }
        summary
    }

    /// Adds the counts of further entries.
    pub const fn add(&mut self, other: Self) {
        self.files += other.files;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.unreadable += other.unreadable;
    }

    /// Whether a run fails that fails from this grade on; none for never.
    #[must_use]
    pub fn fails(&self, from: Option<Severity>) -> bool {
        from.is_some_and(|severity| self.at_least(severity) > 0)
    }

    /// How many findings are at least this grave.
    #[must_use]
    pub const fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Info => self.errors + self.warnings + self.infos,
        }
    }
}

/// A format for a run over any number of inputs: what [`begin`](Self::begin) gives, then the entries in their order
/// with [`between`](Self::between) them, then what [`end`](Self::end) gives.
///
/// Entries depend on nothing but themselves, so that many can be rendered side by side and dropped at once. What is
/// rendered of one can be kept and put between others, where [`Format::has_separate_entries`] says so.
pub trait Renderer: Sync {
    /// What stands before the first entry.
    fn begin(&self) -> String;
    /// One entry.
    fn entry(&self, entry: &Entry) -> String;
    /// What stands between two entries.
    fn between(&self) -> &'static str;
    /// What stands behind the last entry.
    fn end(&self, summary: &Summary) -> String;
}

/// The formats to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// For a person at a terminal.
    Pretty,
    /// For a program.
    Json,
    /// For a program that reads line by line.
    Ndjson,
    /// For code scanning.
    Sarif,
    /// For test reports of CI.
    Junit,
    /// For annotations of GitHub Actions.
    Github,
    /// For a person at a browser, and for paper.
    Html,
}

impl Format {
    /// Whether what [`Renderer::entry`] gives is all that there is of an entry. SARIF keeps its entries inside the
    /// renderer until the end.
    #[must_use]
    pub const fn has_separate_entries(self) -> bool {
        !matches!(self, Self::Sarif)
    }

    /// The renderer of this format. Only formats for people look at `look`, only those that list the rules at `packs`.
    #[must_use]
    pub fn renderer(self, look: Look, packs: &Packs) -> Box<dyn Renderer> {
        match self {
            Self::Pretty => Box::new(Terminal::new(look)),
            Self::Json => Box::new(Json),
            Self::Ndjson => Box::new(Ndjson),
            Self::Sarif => Box::new(Sarif::new(packs)),
            Self::Junit => Box::new(Junit),
            Self::Github => Box::new(Github),
            Self::Html => Box::new(Html),
        }
    }
}
