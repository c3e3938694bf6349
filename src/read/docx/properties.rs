//! What a paragraph says of itself in its `w:pPr`, completed by its style.

use std::borrow::Cow;

use super::{
    styles::{Style, Styles},
    xml::Element,
};

/// A reference to a numbering: which, and at which level from 0. Each may be left to a style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NumberReference {
    /// The id of the `w:num`; `0` switches numbering off.
    pub(super) number: Option<String>,
    /// The level.
    pub(super) level: Option<usize>,
}

impl NumberReference {
    /// Reads the `w:numPr` of paragraph properties.
    pub(super) fn new(properties: Option<Element<'_>>) -> Self {
        let Some(element) = properties.and_then(|properties| properties.child("numPr")) else {
            return Self::default();
        };
        let value = |local| element.child(local).and_then(Element::value);
        Self {
            number: value("numId").map(|id| id.into_owned()),
            level: value("ilvl").and_then(|level| level.parse().ok()),
        }
    }
}

/// The properties of a paragraph.
#[derive(Debug)]
pub(super) struct Properties<'s> {
    /// Its depth as a heading, from 1.
    pub(super) depth: Option<u8>,
    /// Its own numbering.
    pub(super) number: NumberReference,
    /// Its style, with what that inherits.
    pub(super) style: Cow<'s, Style>,
    /// The id of its style.
    pub(super) style_id: Option<String>,
    /// Whether its end is hidden, so that Word gives it no number.
    pub(super) mark_hidden: bool,
    /// Whether a tracked change deletes its end, so that the next paragraph goes on in it.
    pub(super) mark_deleted: bool,
}

impl<'s> Properties<'s> {
    /// Reads the properties of a `w:p`.
    pub(super) fn new(paragraph: Element<'_>, styles: &'s Styles) -> Self {
        let element = paragraph.child("pPr");
        let child = |local| element.and_then(|element| element.child(local));
        let mark = |local| child("rPr").and_then(|mark| mark.child(local));
        let style_id = child("pStyle").and_then(Element::value).map(|id| id.into_owned());
        let style = styles.of_paragraph(style_id.as_deref());
        let outline = child("outlineLvl").and_then(Element::value).and_then(|level| level.parse::<u8>().ok());
        let outline = outline.or(style.outline).filter(|level| *level < 9);
        Self {
            depth: outline.map(|level| level + 1),
            number: NumberReference::new(element),
            style,
            style_id,
            mark_hidden: mark("vanish").is_some_and(Element::is_on) && mark("specVanish").is_none(),
            mark_deleted: mark("del").is_some() || mark("moveFrom").is_some(),
        }
    }
}
