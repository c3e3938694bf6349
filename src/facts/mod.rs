//! What a report says of itself and in figures: year, unit, level, dates, numbers, citations.
//!
//! It reads values and judges none. Words that it needs come from the [`Lexicon`](crate::document::Lexicon).

mod citation;
mod date;
mod document_number;
mod figure;
mod frame;
mod identity;
mod label;
mod name;
mod numeral;
mod own;
#[cfg(test)]
mod sample;
mod share;
mod unit;
mod vague;
mod words;
mod year;

pub use citation::Citation;
pub use date::{Date, DateMention};
pub use identity::observe;
pub use numeral::Number;
pub use unit::UnitMention;

use crate::text::Span;

/// A value and where it stands, in bytes of the document's *text*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// All facts of a report. Header facts have spans of the text, the lists have spans of the *view*.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The year written about, never the year of publication.
    pub year: Option<Fact<i32>>,
    /// The unit's own name without the places above it: 石溪镇.
    pub unit: Option<Fact<String>>,
    /// The unit's level: 镇, 乡, 街道, 县, 区, 市, 部门.
    pub level: Option<Fact<String>>,
    /// The document number: 石政报〔2021〕3号.
    pub number: Option<Fact<String>>,
    /// The date under the signature.
    pub signed: Option<Fact<Date>>,
    /// The date of publication in a web page's metadata.
    pub published: Option<Fact<Date>>,
    /// The words of the title that tell a report of another kind.
    pub other_kind: Option<Fact<String>>,
    /// Every number that counts or measures, in the order of the view.
    pub numbers: Vec<Number>,
    /// Every year (2024年, 2024年度) and date, in the order of the view.
    pub dates: Vec<DateMention>,
    /// Every title in 《》, in the order of the view.
    pub citations: Vec<Citation>,
    /// Every name that has the form of a unit of the report's level, in the order of the view.
    pub units: Vec<UnitMention>,
}
