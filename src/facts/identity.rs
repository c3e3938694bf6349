//! All facts of a report in one go: [`observe`].
//!
//! Each family of facts is one pass over the view, block by block; here they are put together.

use super::{Facts, citation, date, frame::Frame, numeral, unit::Units, words::Words, year::Years};
use crate::{
    document::{Document, Lexicon},
    text::Span,
};

/// Observes all facts of a document.
#[must_use]
pub fn observe(document: &Document, lexicon: &Lexicon) -> Facts {
    let mut facts = Facts::default();
    let calendar = lists(document, lexicon, &mut facts);
    let frame = Frame::new(document, lexicon);
    facts.number = frame.number();
    facts.signed = frame.signed(&facts.dates);
    facts.published = frame.published(&facts.dates);
    facts.other_kind = frame.other_kind();
    let (dates, citations, signed) = (&facts.dates, &facts.citations, facts.signed.as_ref());
    facts.year = Years { document, lexicon, frame: &frame, dates, citations, signed }.own();
    let units = Units::new(document, lexicon, &frame, &calendar);
    let own = units.own();
    facts.units = units.mentions(own.as_ref());
    facts.level = own.as_ref().map(|own| own.level.clone()).or_else(|| units.level());
    facts.unit = own.map(|own| own.name);
    facts
}

/// Reads dates, citations and numbers of every block; returns what belongs to the calendar in each.
fn lists(document: &Document, lexicon: &Lexicon, facts: &mut Facts) -> Vec<Vec<Span>> {
    let measures = Words::new(&lexicon.units);
    let read = |block: &crate::document::Block| {
        let (text, base) = (document.view.slice(block.view), block.view.start);
        let calendar = date::find(text, base, &measures, &mut facts.dates);
        citation::find(text, base, &mut facts.citations);
        numeral::find(text, base, &calendar, &measures, &mut facts.numbers);
        calendar
    };
    document.blocks.iter().map(read).collect()
}
