//! The compiled form of a pack: what the engine runs. Wordings are numbers here, texts only where they are shown.

use std::fmt;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::{
    def::{AgreeDef, CiteFault, Form, Mark, Mood, OutlineFault, Place, RuleDef, Within},
    laws::Catalogue,
    pattern::Pattern,
    phrase::Gap,
    relation::Relation,
    stamp::PackStamp,
};
use crate::{
    diagnostic::{Basis, Severity},
    document::Lexicon,
};

/// A phrase of the pack, by its place in [`Wordings::phrases`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhraseId(pub u32);

/// A set of literals, by its place in [`Wordings::sets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetId(pub u32);

/// A compiled pack.
pub struct Pack {
    /// Name, version, hash and layers.
    pub stamp: PackStamp,
    /// Phrases in a title that tell a report of this kind.
    pub titles: Vec<PhraseId>,
    /// Words for structure and facts.
    pub lexicon: Lexicon,
    /// The levels of units, in the order of the lexicon.
    pub levels: Vec<String>,
    /// All literals and phrases.
    pub wordings: Wordings,
    /// What makes a mention count or not.
    pub cues: Cues,
    /// The parts of a report, in the order of the pack.
    pub sections: Vec<SectionKind>,
    /// What can be reported.
    pub concepts: Vec<Concept>,
    /// Numbers that can be compared.
    pub quantities: Vec<Quantity>,
    /// The rules, in the order of the pack.
    pub rules: Vec<Rule>,
    /// The catalogue of laws.
    pub laws: Catalogue,
}

impl fmt::Debug for Pack {
    /// Its stamp: the rest would fill screens.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pack").field("stamp", &self.stamp).finish_non_exhaustive()
    }
}

/// All literals and phrases of a pack, ready for one scan.
#[derive(Default)]
pub struct Wordings {
    /// The automaton over the literals; none where there are none.
    pub automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// For each literal, the sets that hold it.
    pub sets_of: Vec<Vec<SetId>>,
    /// The literals, folded.
    pub literals: Vec<String>,
    /// The literals of each set, sorted.
    pub sets: Vec<Vec<u32>>,
    /// For each set, the variants that a hit of it triggers.
    pub triggers: Vec<Vec<VariantRef>>,
    /// The variants that a number triggers, having no literals.
    pub number_triggers: Vec<VariantRef>,
    /// The variants that a year triggers, having no literals.
    pub year_triggers: Vec<VariantRef>,
    /// The phrases.
    pub phrases: Vec<Phrase>,
}

/// A variant of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariantRef {
    /// Which phrase.
    pub phrase: PhraseId,
    /// Which of its variants.
    pub variant: u32,
}

/// A compiled phrase.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// As written.
    pub source: String,
    /// The ways to say it.
    pub variants: Vec<Variant>,
}

/// One way to say a phrase.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its elements; the gap of the first means nothing.
    pub elements: Vec<(Gap, Element)>,
    /// The element whose hit triggers a try.
    pub trigger: usize,
}

/// An element of a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Element {
    /// One of a set of literals.
    Set(SetId),
    /// A number; `true`: a percentage.
    Number(bool),
    /// A year.
    Year,
    /// A name of two to four Chinese characters.
    Name,
}

/// What makes a mention count or not.
#[derive(Debug, Default)]
pub struct Cues {
    /// The sentence is about the future.
    pub future: Vec<PhraseId>,
    /// Denies what follows.
    pub negation: Vec<PhraseId>,
    /// Looks like a denial and is none.
    pub not_negation: Vec<PhraseId>,
    /// Denies what stands before.
    pub negation_after: Vec<PhraseId>,
    /// Verbs of issuing.
    pub issuing: Vec<PhraseId>,
    /// Set phrases whose numerals count nothing.
    pub fixed: Vec<PhraseId>,
    /// A frequency.
    pub every: Vec<PhraseId>,
    /// Right before a number, makes it none.
    pub not_number_after: Vec<PhraseId>,
}

/// A part of a report.
#[derive(Debug)]
pub struct SectionKind {
    /// Its id.
    pub id: String,
    /// Its Chinese name.
    pub name: String,
    /// What its text is about.
    pub mood: Mood,
    /// In a top-level heading.
    pub headings: Vec<PhraseId>,
    /// Keep a heading from being this part's.
    pub except: Vec<PhraseId>,
    /// In a lower heading inside another part.
    pub sub_headings: Vec<PhraseId>,
    /// In a lower heading under a heading that parts share.
    pub merged: Vec<PhraseId>,
    /// In running text, until the next heading.
    pub openers: Vec<PhraseId>,
    /// Tell the part by its content.
    pub content: Vec<PhraseId>,
    /// A heading with a later year opens it.
    pub next_year: bool,
    /// Every other top-level heading belongs to it.
    pub rest: bool,
}

/// `X & Y & Z` in one sentence; the place is that of the first.
pub type Together = Vec<PhraseId>;

/// Something that can be reported.
#[derive(Debug)]
pub struct Concept {
    /// Its id.
    pub id: String,
    /// State it.
    pub mention: Vec<PhraseId>,
    /// State it together.
    pub together: Vec<Together>,
    /// Swallow a hit.
    pub except: Vec<PhraseId>,
    /// Other bodies.
    pub others: Vec<PhraseId>,
    /// The own body.
    pub own: Vec<PhraseId>,
    /// Units of substance, sorted.
    pub units: Vec<String>,
    /// Whether a percentage is substance.
    pub percent: bool,
    /// How far a number may stand, in characters.
    pub near: Option<usize>,
    /// Acts of substance.
    pub acts: Vec<PhraseId>,
    /// Say zero.
    pub zero: Vec<PhraseId>,
    /// Concepts that may use the same number, by place.
    pub shares: Vec<usize>,
    /// Denial is an explicit zero.
    pub event: bool,
    /// Denied mentions count.
    pub negated: bool,
    /// A mention is enough.
    pub plain: bool,
}

/// A number that can be compared.
#[derive(Debug)]
pub struct Quantity {
    /// Its id.
    pub id: String,
    /// Its Chinese name.
    pub name: String,
    /// Phrases with one number each.
    pub phrases: Vec<PhraseId>,
    /// In the labels of its row of a table.
    pub row: Vec<Together>,
    /// In the labels of its column of a table.
    pub column: Vec<Together>,
    /// In whose sentence the number is another one, and whose label is none of it.
    pub except: Vec<PhraseId>,
}

impl Quantity {
    /// Whether it is looked for in tables.
    #[must_use]
    pub const fn is_in_tables(&self) -> bool {
        !self.row.is_empty() || !self.column.is_empty()
    }
}

/// A range of report years, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Years {
    /// The first.
    pub from: i32,
    /// The last.
    pub to: i32,
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its written form: id, name, messages, help, examples.
    pub def: RuleDef,
    /// The report years to which it applies; all if none.
    pub years: Option<Years>,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// How much it matters; none: in the checklist only.
    pub severity: Option<Severity>,
    /// How much a partial fulfilment matters.
    pub partial: Option<Severity>,
    /// Why it is switched off, if it is.
    pub off: Option<String>,
    /// What it looks for.
    pub check: Check,
}

/// The six kinds of check.
#[derive(Debug)]
pub enum Check {
    /// Something must be reported.
    Require(Require),
    /// Wordings that must not occur.
    Forbid(Vec<Forbidden>),
    /// Titles against the catalogue.
    Cite(Vec<CiteFault>),
    /// A relation between quantities.
    Figures(Figures),
    /// A fact is the same wherever it stands.
    Agree(Agree),
    /// The form of headings and numbers.
    Outline(Vec<OutlineFault>),
}

/// What must be reported.
#[derive(Debug)]
pub struct Require {
    /// What.
    pub what: What,
    /// In which section, by place.
    pub section: Option<usize>,
    /// Whether the rule stands for the section itself.
    pub part: bool,
}

/// What a requirement asks for; concepts by place.
#[derive(Debug)]
pub enum What {
    /// All of these.
    All(Vec<usize>),
    /// Any of these.
    Any(Vec<usize>),
    /// So many items, or sentences with the concept.
    Items {
        /// The concept counted in running text.
        concept: usize,
        /// How many make it met.
        at_least: usize,
    },
}

/// A forbidden wording.
#[derive(Debug)]
pub struct Forbidden {
    /// How it is written in the pack: its key.
    pub key: String,
    /// What to look for.
    pub target: Target,
    /// The right form.
    pub to: Option<String>,
    /// Cover the hit and make it right.
    pub allow: Vec<PhraseId>,
    /// Make it right anywhere in the sentence.
    pub unless: Vec<PhraseId>,
    /// Report years in which it is wrong; all if none.
    pub years: Option<Years>,
    /// Sections in which it is wrong, by place; everywhere if empty.
    pub sections: Vec<usize>,
    /// Whether it is wrong in the title only (or there too, with sections).
    pub title: bool,
    /// Where it is looked for.
    pub on: Place,
    /// What the finding marks.
    pub mark: Mark,
    /// Whether a person has to confirm the fix.
    pub confirm: bool,
}

/// What a forbidden wording looks for.
#[derive(Debug)]
pub enum Target {
    /// A phrase.
    Phrase(PhraseId),
    /// A phrase that must be a whole word.
    Word(PhraseId),
    /// A regular expression.
    Pattern(Pattern),
    /// Anything doubled.
    Doubled,
    /// A note of the reader, by name.
    Note(String),
}

impl Target {
    /// The form that the pack gives it.
    #[must_use]
    pub const fn form(&self) -> Form {
        match self {
            Self::Phrase(_) | Self::Note(_) => Form::Phrase,
            Self::Word(_) => Form::Word,
            Self::Pattern(_) => Form::Pattern,
            Self::Doubled => Form::Doubled,
        }
    }
}

/// A relation between quantities.
#[derive(Debug)]
pub struct Figures {
    /// The relation; quantities by place.
    pub relation: Relation,
    /// How far the sides may differ.
    pub tolerance: f64,
    /// How close the quantities must stand.
    pub within: Within,
}

impl Figures {
    /// Whether numbers of one row or column are compared.
    #[must_use]
    pub const fn is_in_tables(&self) -> bool {
        matches!(self.within, Within::Row | Within::Column)
    }
}

/// A fact that must be the same.
#[derive(Debug)]
pub struct Agree {
    /// Its written form.
    pub def: AgreeDef,
    /// Phrases with a year.
    pub phrases: Vec<PhraseId>,
    /// The quantity, by place.
    pub quantity: Option<usize>,
    /// Sections, by place.
    pub sections: Vec<usize>,
    /// Make another unit's name right.
    pub unless: Vec<PhraseId>,
}
