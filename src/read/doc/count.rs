//! Automatic numbers of a Word 97–2003 file, counted in the order of its paragraphs: [`Counter`].
//!
//! One count a list and level, shared by all uses of the list; a level starts again below a higher one.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::{LEVELS, Level, Lists};
use crate::read::number_format::{NumberFormat, visible, with_gap};

/// Counts the paragraphs of the lists of a file.
#[derive(Debug)]
pub(super) struct Counter<'a> {
    lists: &'a Lists,
    /// For each list met, its last numbers by level.
    counts: BTreeMap<u32, [Option<i32>; LEVELS]>,
    /// The uses and levels that have had their own start.
    started: BTreeSet<(i16, usize)>,
}

impl<'a> Counter<'a> {
    /// A counter that has counted nothing.
    pub(super) fn new(lists: &'a Lists) -> Self {
        Self { lists, counts: BTreeMap::new(), started: BTreeSet::new() }
    }

    /// Counts a paragraph at `level` of the use `number` and writes its label.
    pub(super) fn label(&mut self, number: i16, level: usize) -> Option<String> {
        let lists = self.lists;
        let list = lists.list_of(number)?;
        let at = lists.level(number, level)?;
        let restart = lists.restart(number, level).filter(|_| self.started.insert((number, level)));
        let counts = self.counts.entry(list).or_default();
        for (above, count) in counts.iter_mut().enumerate().take(level) {
            *count = count.or_else(|| lists.level(number, above).map(|level| level.start));
        }
        let count = counts.get_mut(level)?;
        let next = count.map_or(at.start, |count| count.saturating_add(1));
        *count = Some(restart.unwrap_or(next));
        for (below, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let limit = lists.level(number, below).and_then(|level| level.restart_limit);
            if limit.is_none_or(|limit| level < usize::from(limit)) {
                *count = None;
            }
        }
        let counts = *counts;
        written(at, |place| {
            let format = format(lists.level(number, place)?.form);
            Some((format, counts.get(place).copied().flatten()?))
        })
    }
}

/// The label of a level, its places filled.
fn written(level: &Level, number: impl Fn(usize) -> Option<(NumberFormat, i32)>) -> Option<String> {
    let own = format(level.form);
    let mut label = String::new();
    for char in char::decode_utf16(level.text.iter().copied()).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)) {
        let place = char as usize;
        if place >= LEVELS {
            label.push(visible(char, own));
            continue;
        }
        let Some((format, count)) = number(place) else { continue };
        let format = if level.legal && format != NumberFormat::None { NumberFormat::Decimal } else { format };
        label.push_str(&format.write(u32::try_from(count).unwrap_or_default()));
    }
    (!label.trim().is_empty()).then(|| with_gap(label, level.joined))
}

/// The format that Word's number for it (`MSONFC`) means. Formats of other languages are written in figures.
fn format(form: u8) -> NumberFormat {
    match form {
        1 => NumberFormat::UpperRoman,
        2 => NumberFormat::LowerRoman,
        3 => NumberFormat::UpperLetter,
        4 => NumberFormat::LowerLetter,
        10 | 17 | 36 => NumberFormat::ChineseDigits,
        11 | 33 | 35 | 37 | 39 => NumberFormat::Chinese,
        14 | 19 => NumberFormat::DecimalFullWidth,
        16 | 34 | 38 => NumberFormat::ChineseLegal,
        18 | 28 => NumberFormat::Circled,
        22 => NumberFormat::DecimalZero,
        23 => NumberFormat::Bullet,
        26 => NumberFormat::FullStop,
        27 => NumberFormat::Parenthesised,
        30 => NumberFormat::Stem,
        31 | 32 => NumberFormat::Branch,
        255 => NumberFormat::None,
        _ => NumberFormat::Decimal,
    }
}
