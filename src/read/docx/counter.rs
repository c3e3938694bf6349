//! Automatic numbers written out: counts the numbered paragraphs of a file and makes their labels.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    number_format::{NumberFormat, visible, with_gap},
    numbering::{LEVELS, Level, Numbering, Use},
    properties::Properties,
};

/// How far the numberings of a file have counted. Lists by one definition count on together.
#[derive(Debug)]
pub(super) struct Counter<'n> {
    numbering: &'n Numbering,
    counts: BTreeMap<&'n str, [Option<u32>; LEVELS]>,
    /// The lists and levels that have begun with a number of their own.
    begun: BTreeSet<(String, usize)>,
}

impl<'n> Counter<'n> {
    /// Begins to count.
    pub(super) fn new(numbering: &'n Numbering) -> Self {
        Self { numbering, counts: BTreeMap::new(), begun: BTreeSet::new() }
    }

    /// The label of the next paragraph, which has these properties; empty where it has none.
    pub(super) fn label(&mut self, properties: &Properties<'_>) -> String {
        self.numbered(properties).unwrap_or_default()
    }

    fn numbered(&mut self, properties: &Properties<'_>) -> Option<String> {
        let own = properties.number.number.as_deref();
        let id = own.or(properties.style.number.number.as_deref()).filter(|id| *id != "0")?;
        let list = self.numbering.list(id)?;
        let level = level_of(properties, own.is_some(), list).min(LEVELS - 1);
        let definition = list.level(level)?;
        self.count(id, list, level)?;
        let label = self.write(list, definition);
        Some(with_gap(label, definition.joined))
    }

    /// Counts a paragraph at `level` and begins the deeper levels anew.
    fn count(&mut self, id: &str, list: Use<'n>, level: usize) -> Option<()> {
        let counts = self.counts.entry(list.definition).or_default();
        let begins = list.own_start(level).filter(|_| self.begun.insert((id.to_owned(), level)));
        let count = counts.get_mut(level)?;
        *count = Some(match (begins, *count) {
            (Some(start), _) => start,
            (None, Some(before)) => before.saturating_add(1),
            (None, None) => list.start(level),
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restart = list.level(deeper).and_then(|deeper| deeper.restart);
            if restart.is_none_or(|restart| level < restart) {
                *count = None;
            }
        }
        Some(())
    }

    /// Puts the numbers of the levels into the text of `definition`.
    fn write(&self, list: Use<'n>, definition: &Level) -> String {
        let mut label = String::new();
        let mut characters = definition.text.chars().peekable();
        while let Some(char) = characters.next() {
            let place = characters.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| *digit > 0);
            match place.and_then(|place| usize::try_from(place - 1).ok()) {
                Some(place) if char == '%' => {
                    characters.next();
                    label.push_str(&self.number(list, place, definition.plain));
                }
                _ => label.push(visible(char, definition.format)),
            }
        }
        label
    }

    fn number(&self, list: Use<'n>, level: usize, plain: bool) -> String {
        let count = self.counts.get(list.definition).and_then(|counts| counts.get(level).copied().flatten());
        let format = list.level(level).map(|level| level.format).unwrap_or_default();
        let format = if plain && format != NumberFormat::None { NumberFormat::Decimal } else { format };
        format.write(count.unwrap_or_else(|| list.start(level)))
    }
}

/// The level at which a paragraph is numbered: its own, or the one that belongs to its style.
fn level_of(properties: &Properties<'_>, own: bool, list: Use<'_>) -> usize {
    let style = &properties.style;
    let ids = [properties.style_id.as_deref(), style.number_from.as_deref()];
    let of_style = || ids.into_iter().flatten().find_map(|id| list.level_of_style(id));
    match (properties.number.level, own) {
        (Some(level), _) => level,
        (None, true) => 0,
        (None, false) => of_style().or(style.number.level).unwrap_or(0),
    }
}
