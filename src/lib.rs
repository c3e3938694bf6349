//! hegui (合规) reads an official report, compares it with a pack of rules written in YAML, and says, at the exact
//! place in the text, what is missing, thin, wrong or out of date.
//!
//! # The way of the data
//!
//! ```text
//! bytes ──read──▶ Document ──observe──▶ Facts ─┐
//!                     │                        ├──review──▶ Review ──render──▶ terminal, json, …
//! YAML ──load──▶ PackDef ──compile──▶ Pack ────┘
//! ```
//!
//! One way, no back and forth. A *report* is the input; what the engine says of it is a *review*. [`check`] walks
//! the upper line for one report; the command line is a loop around it.
//!
//! # Map
//!
//! Each folder may use only those above it; a test holds this order as a table.
//!
//! | folder | what it knows |
//! |---|---|
//! | [`text`] | places: bytes, lines, character columns, cells on a terminal |
//! | [`document`] | blocks, outline, sentences, clauses; the folded view that patterns match in; origins in the file |
//! | [`diagnostic`] | what can be said of a place: message, basis, help, fix |
//! | [`read`] | file formats, one a file; nothing above knows them |
//! | [`facts`] | year, unit, level, dates, numbers and citations of a report |
//! | [`pack`] | rules: loaded with every fault at its place, compiled; nothing above knows YAML |
//! | [`engine`] | the judgement: one scan for all wordings, what a mention counts for, one kind of check a file |
//! | [`render`] | how a review looks, one format a file; it judges nothing |
//! | [`agreement`] | what an office agreed on in its `hegui.yaml`: lowered, switched off, silenced, each with a reason |
//! | [`trial`] | rules tried on texts: examples, snapshots, the effect of a change |
//! | [`cli`] | arguments, files, folders, standard streams, exit statuses: the only place here that does I/O |
//!
//! Wordings, laws, clauses and thresholds are in `rules/`, never here.
//!
//! # Invariants
//!
//! 1. The same bytes, packs and options give the same output, byte for byte: no clock, no order of a hash.
//! 2. Spans are made while reading and mapped, never found again by searching for their text.
//! 3. A requirement that was not evaluated says so and why; silence never means "fine".
//! 4. The code knows numerals, dates, numbering forms and punctuation. Every other word of the domain comes from a
//!    pack, poured down as a [`document::Lexicon`] or a compiled pack.
//! 5. No input panics, hangs or exhausts memory. Limits are everywhere, and hitting one is an error that names it.
//! 6. The input file is never changed.
//! 7. Nothing leaves the machine. Control characters of a report or a file name never reach a terminal. A report
//!    brings no agreement along: `hegui.yaml` is read from the working folder or from where the user says.
//! 8. Findings are values. Errors are about our own ability to work: [`ReadError`](read::ReadError) of a file,
//!    [`Fault`](pack::Fault) of a pack.

pub mod agreement;
pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod engine;
pub mod facts;
pub mod pack;
pub mod read;
pub mod render;
pub mod text;
pub mod trial;

use std::sync::OnceLock;

use document::{Document, Lexicon, Source};
use engine::{Review, is_for, review};
use facts::{Fact, Facts};
use pack::{Pack, PackError, PackStamp};
use read::ReadError;
use text::Span;

/// The packs at hand. The one whose titles fit a report reviews it, else the first.
#[derive(Default)]
pub struct Packs {
    packs: Vec<Shelved>,
}

/// A pack, or the name of a built-in one that is compiled when a report first asks for it: most reports are of one kind.
struct Shelved {
    name: Option<&'static str>,
    pack: OnceLock<Option<Pack>>,
}

impl Shelved {
    fn pack(&self) -> Option<&Pack> {
        let load = || Some(pack::builtin::load(self.name?).ok()?.pack);
        self.pack.get_or_init(load).as_ref()
    }
}

impl From<Pack> for Shelved {
    fn from(pack: Pack) -> Self {
        Self { name: None, pack: OnceLock::from(Some(pack)) }
    }
}

impl Packs {
    /// Packs in the order in which they are tried.
    #[must_use]
    pub fn new(packs: Vec<Pack>) -> Self {
        Self { packs: packs.into_iter().map(Shelved::from).collect() }
    }

    /// The built-in packs that are for reports.
    ///
    /// # Errors
    /// Never in a released program: the tests load the same packs.
    pub fn builtin() -> Result<Self, PackError> {
        let packs = Self::default().and_builtin_but(&[]);
        if let Some(Shelved { name: Some(name), pack }) = packs.packs.first() {
            // The first is always needed.
            let loaded = pack::builtin::load(name)?.pack;
            pack.get_or_init(|| Some(loaded));
        }
        Ok(packs)
    }

    /// These packs, and behind them the built-in ones that are for reports, without those whose ids are given. A
    /// built-in pack is compiled when it is first needed; the tests hold that all of them can be.
    #[must_use]
    pub fn and_builtin_but(mut self, ids: &[String]) -> Self {
        let wanted = pack::builtin::for_reports().into_iter().filter(|name| !ids.iter().any(|id| id == name));
        self.packs.extend(wanted.map(|name| Shelved { name: Some(name), pack: OnceLock::new() }));
        self
    }

    /// The packs, in the order in which they are tried.
    pub fn all(&self) -> impl Iterator<Item = &Pack> {
        self.packs.iter().filter_map(Shelved::pack)
    }

    /// The packs, handed over.
    #[must_use]
    pub fn into_all(self) -> Vec<Pack> {
        let load = |shelved: Shelved| {
            let _ = shelved.pack();
            shelved.pack.into_inner().flatten()
        };
        self.packs.into_iter().filter_map(load).collect()
    }

    /// Title, version, date and hash of each, in the order in which they are tried.
    pub fn stamps(&self) -> impl Iterator<Item = &PackStamp> {
        self.all().map(|pack| &pack.stamp)
    }
}

/// What a caller may decide for all reports.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The year that the reports are about, where their own words are not to be asked.
    pub year: Option<i32>,
    /// The level of a unit whose report does not tell it: 镇.
    pub level: Option<String>,
}

/// A report and what hegui says of it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The report. All spans of the review are of its text.
    pub document: Document,
    /// Facts, statuses and findings.
    pub review: Review,
}

/// Checks one report. `name` is its file name or path, asked for its extension alone.
///
/// # Errors
/// Where the bytes are not a document that can be read; see [`read::read`].
pub fn check(bytes: &[u8], name: &str, packs: &Packs, options: &Options) -> Result<Checked, ReadError> {
    let source = read::read(bytes, name)?;
    let Some(first) = packs.all().next() else {
        return Ok(Checked { document: Document::new(source, &Lexicon::default()), review: Review::default() });
    };
    let (document, facts) = observe(source, first, options);
    if packs.packs.len() > 1 && !is_for(&document, &facts, first) {
        let fitting = packs.all().skip(1).find(|pack| is_for(&document, &facts, pack));
        if let Some(pack) = fitting {
            // What another pack takes for a title or a report of another kind is its own matter. Most reports are the
            // first's; to keep the source for the others would cost each of those a copy.
            let (document, facts) = observe(read::read(bytes, name)?, pack, options);
            let review = review(&document, facts, pack);
            return Ok(Checked { document, review });
        }
    }
    let review = review(&document, facts, first);
    Ok(Checked { document, review })
}

/// The structure and the facts of a report, with a pack's words.
fn observe(source: Source, pack: &Pack, options: &Options) -> (Document, Facts) {
    let document = Document::new(source, &pack.lexicon);
    let mut facts = facts::observe(&document, &pack.lexicon);
    if let Some(year) = options.year {
        let span = facts.year.map_or(Span::default(), |year| year.span);
        facts.year = Some(Fact { value: year, span });
    }
    if facts.level.is_none() {
        facts.level = options.level.clone().map(|value| Fact { value, span: Span::default() });
    }
    (document, facts)
}
