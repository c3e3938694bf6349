//! All faults of a pack, each at its place: [`PackError`]. `snippet` draws them.
//!
//! Faults about rules are ours to tell the rule keeper; findings about a report are something else, see
//! [`Diagnostic`](crate::diagnostic::Diagnostic).

use std::fmt;

use super::flaw::Flaw;
use crate::text::{Lines, Span};

/// How many faults are kept; the rest is counted.
const MAX_FAULTS: usize = 300;

/// A YAML file of a pack. Who has it read it from a folder or from the program itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Its path as it is shown to people; files are merged in the order of these.
    pub name: String,
    /// Its text. A byte order mark at the start is ignored.
    pub text: String,
}

impl PackFile {
    /// A file from its bytes. Bytes that are not UTF-8 become replacement characters, and these are a fault when the
    /// file is loaded.
    #[must_use]
    pub fn decode(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), text: String::from_utf8_lossy(bytes).into_owned() }
    }
}

/// The text without a byte order mark.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A place in a file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultPlace {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes of the file's text, a byte order mark not counted.
    pub span: Span,
    /// The index of the file among the error's sources.
    pub(super) source: usize,
}

/// One fault of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedFault {
    /// Where it is.
    pub place: FaultPlace,
    /// What is wrong, in Chinese.
    pub message: String,
    /// How to mend it, in Chinese.
    pub help: Option<String>,
    /// Another place that belongs to it, and what is there.
    pub related: Option<(FaultPlace, String)>,
}

/// Everything that is wrong with a pack and the packs below it, in the order of files and places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    /// The faults; at least one.
    pub faults: Vec<PlacedFault>,
    /// How many more there are.
    pub hidden: usize,
    /// What has the faults, in Chinese.
    pub(super) what: &'static str,
    pub(super) sources: Vec<PackFile>,
}

impl fmt::Display for PackError {
    /// One line a fault: `文件:行:列: 说明`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            let FaultPlace { file, line, column, .. } = &fault.place;
            write!(formatter, "{file}:{line}:{column}: {}", fault.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for PackError {}

/// A fault while it is not known yet which others there are.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Raised {
    source: usize,
    flaw: Flaw,
    /// A second place in any file.
    related: Option<(usize, Span, String)>,
}

/// The files read so far and what is wrong with them.
#[derive(Debug)]
pub(super) struct Faults {
    what: &'static str,
    sources: Vec<PackFile>,
    raised: Vec<Raised>,
}

impl Default for Faults {
    fn default() -> Self {
        Self::of("规则包")
    }
}

impl Faults {
    /// Faults of something that people call `what`.
    pub(super) const fn of(what: &'static str) -> Self {
        Self { what, sources: Vec::new(), raised: Vec::new() }
    }

    /// Takes a file in; gives its number.
    pub(super) fn open(&mut self, file: &PackFile) -> usize {
        self.sources.push(PackFile { name: file.name.clone(), text: without_mark(&file.text).to_owned() });
        self.sources.len() - 1
    }

    /// The name of a file.
    pub(super) fn name(&self, source: usize) -> &str {
        self.sources.get(source).map_or("", |file| file.name.as_str())
    }

    /// The text of a file.
    pub(super) fn text(&self, source: usize) -> &str {
        self.sources.get(source).map_or("", |file| file.text.as_str())
    }

    /// Notes a fault.
    pub(super) fn raise(&mut self, source: usize, mut flaw: Flaw) {
        let related = flaw.related.take().map(|(span, message)| (source, span, message));
        self.raised.push(Raised { source, flaw, related });
    }

    /// Notes a fault with a second place in another file.
    pub(super) fn raise_with(&mut self, source: usize, flaw: Flaw, other: usize, span: Span, message: &str) {
        self.raised.push(Raised { source, flaw, related: Some((other, span, message.to_owned())) });
    }

    /// How many faults there are.
    pub(super) fn count(&self) -> usize {
        self.raised.len()
    }

    /// All faults in order, none twice. Call it when there is at least one.
    pub(super) fn into_error(mut self) -> PackError {
        self.raised.sort_by(|one, other| key(one).cmp(&key(other)));
        self.raised.dedup_by(|one, other| key(one) == key(other));
        let hidden = self.raised.len().saturating_sub(MAX_FAULTS);
        self.raised.truncate(MAX_FAULTS);
        let lines: Vec<Lines> = self.sources.iter().map(|file| Lines::new(&file.text)).collect();
        let place = |source: usize, span: Span| place(&self.sources, &lines, source, span);
        let faults = self.raised.iter().map(|raised| PlacedFault {
            place: place(raised.source, raised.flaw.span),
            message: raised.flaw.message.clone(),
            help: raised.flaw.help.clone(),
            related: raised.related.as_ref().map(|(source, span, told)| (place(*source, *span), told.clone())),
        });
        PackError { faults: faults.collect(), hidden, what: self.what, sources: self.sources }
    }
}

fn key(raised: &Raised) -> (usize, Span, &str) {
    (raised.source, raised.flaw.span, &raised.flaw.message)
}

fn place(sources: &[PackFile], lines: &[Lines], source: usize, span: Span) -> FaultPlace {
    let (file, text) = sources.get(source).map_or(("", ""), |file| (file.name.as_str(), file.text.as_str()));
    let position = lines.get(source).map(|lines| lines.position(text, span.start));
    let (line, column) = position.map_or((1, 1), |position| (position.line, position.column));
    FaultPlace { file: file.to_owned(), line, column, span, source }
}
