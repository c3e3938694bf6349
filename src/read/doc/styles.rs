//! The styles of a Word 97–2003 file (STSH), as far as they number a paragraph or make it a heading.

use super::{
    bytes::{part, u16_at},
    pages::Kind,
};

/// A style that stands on another one stands on no more than so many.
const LONGEST_CHAIN: usize = 16;
/// No style: the number that stands for it.
const NONE: u16 = 0x0fff;
/// Built-in styles of these numbers are the lines of a table of contents.
const CONTENTS: std::ops::RangeInclusive<u16> = 19..=27;
/// Built-in styles of these numbers are the headings of level 1 to 9.
const HEADINGS: std::ops::RangeInclusive<u16> = 1..=9;

#[derive(Debug, Clone, Copy)]
struct Style {
    /// The number of the built-in style that it is.
    built_in: u16,
    /// The style that it stands on.
    base: u16,
    own: Kind,
}

/// The styles of a file, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: Vec<Option<Style>>,
}

impl Styles {
    /// Reads the table of styles; those behind the first that is not whole are not known.
    pub(super) fn read(table: &[u8]) -> Self {
        let mut all = Vec::new();
        let Some((header, base_size)) = header(table) else { return Self::default() };
        let mut at = 2 + header;
        while let Some(length) = u16_at(table, at).map(usize::from) {
            let Some(bytes) = part(table, at + 2, length) else { break };
            all.push(style(bytes, base_size));
            at += 2 + length;
        }
        Self { all }
    }

    /// The paragraph's own properties, and its styles' where it is silent.
    pub(super) fn complete(&self, own: Kind) -> Kind {
        let mut kind = own;
        for style in self.chain(own.style) {
            kind.list = kind.list.or(style.own.list);
            kind.level = kind.level.or(style.own.level);
            let outline = style.own.outline.or(HEADINGS.contains(&style.built_in).then(|| level(style.built_in)));
            kind.outline = kind.outline.or(outline);
        }
        kind
    }

    /// Whether a style is that of a line of a table of contents.
    pub(super) fn is_contents(&self, number: u16) -> bool {
        self.chain(number).next().is_some_and(|style| CONTENTS.contains(&style.built_in))
    }

    /// The numbers of the style and of those that it stands on.
    pub(super) fn names(&self, number: u16) -> impl Iterator<Item = u16> {
        let bases = self.chain(number).map(|style| style.base);
        std::iter::once(number).chain(bases).filter(|number| *number != NONE)
    }

    fn chain(&self, number: u16) -> impl Iterator<Item = &Style> {
        let find = |number: u16| self.all.get(usize::from(number)).and_then(Option::as_ref);
        std::iter::successors(find(number), move |style| find(style.base)).take(LONGEST_CHAIN)
    }
}

/// The length of the table's header, and of the fixed part of a style.
fn header(table: &[u8]) -> Option<(usize, usize)> {
    Some((usize::from(u16_at(table, 0)?), usize::from(u16_at(table, 4)?)))
}

fn style(bytes: &[u8], base_size: usize) -> Option<Style> {
    let built_in = u16_at(bytes, 0)? & 0x0fff;
    let kind = u16_at(bytes, 2)?;
    let mut own = Kind::default();
    // Only a style of paragraphs holds their properties, and holds them first.
    if kind & 0x000f == 1 {
        let name = usize::from(u16_at(bytes, base_size)?);
        let at = base_size + 2 + 2 * name + 2;
        let length = usize::from(u16_at(bytes, at)?);
        own.apply(part(bytes, at + 4, length.saturating_sub(2)).unwrap_or_default());
    }
    Some(Style { built_in, base: kind >> 4, own })
}

fn level(built_in: u16) -> u8 {
    u8::try_from(built_in - 1).unwrap_or(9)
}
