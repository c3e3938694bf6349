//! The lists of a Word 97–2003 file (`PlfLst`, `PlfLfo`): what their numbers look like.
//!
//! Counting is done in `count`; here the tables are read, nothing else.

use std::collections::BTreeMap;

use super::bytes::{i32_at, offset_at, part, u8_at, u16_at, u32_at};

/// Levels of a list.
pub(super) const LEVELS: usize = 9;
/// Bytes of a list in its table (LSTF).
const LIST: usize = 28;
/// Bytes of the fixed part of a level (LVLF).
const LEVEL: usize = 28;
/// Bytes of a use of a list (LFO).
const USE: usize = 16;
/// Bytes of the fixed part of a level that a use changes (LFOLVL).
const CHANGED: usize = 8;
/// Lists and uses that are read.
const MOST: usize = 4096;

/// A level of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Level {
    /// Its first number.
    pub(super) start: i32,
    /// The number form (`MSONFC`).
    pub(super) form: u8,
    /// Whether the numbers of higher levels are written in figures.
    pub(super) legal: bool,
    /// Whether it starts again below levels above this one only, counted from 0; none for any.
    pub(super) restart_limit: Option<u8>,
    /// Whether nothing stands between its label and the text.
    pub(super) joined: bool,
    /// Its label, in which units 0 to 8 stand for the numbers of the levels.
    pub(super) text: Vec<u16>,
}

/// A list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct List {
    /// The styles linked to its levels.
    styles: Vec<u16>,
    /// One level, or nine.
    levels: Vec<Level>,
}

/// What a use of a list changes in a level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Change {
    level: usize,
    start: Option<i32>,
    whole: Option<Level>,
}

/// A use of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Use {
    id: u32,
    changes: Vec<Change>,
}

/// The lists of a file and their uses.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// By their ids.
    lists: BTreeMap<u32, List>,
    uses: Vec<Use>,
}

impl Lists {
    /// Reads the lists from the stream of tables, `lists` and `uses` being the places of their tables in it.
    pub(super) fn read(tables: &[u8], lists: Option<(usize, usize)>, uses: Option<(usize, usize)>) -> Self {
        Self {
            lists: lists.and_then(|place| read_lists(tables, place)).unwrap_or_default(),
            uses: uses.and_then(|place| read_uses(tables, place)).unwrap_or_default(),
        }
    }

    /// The id of the list that a use, counted from 1, refers to.
    pub(super) fn list_of(&self, number: i16) -> Option<u32> {
        self.used(number).map(|used| used.id).filter(|id| self.lists.contains_key(id))
    }

    /// A level as this use has it.
    pub(super) fn level(&self, number: i16, level: usize) -> Option<&Level> {
        let list = self.lists.get(&self.list_of(number)?)?;
        let changed = self.changed(number, level).and_then(|change| change.whole.as_ref());
        changed.or_else(|| list.levels.get(level))
    }

    /// The number with which this use starts the level again.
    pub(super) fn restart(&self, number: i16, level: usize) -> Option<i32> {
        let change = self.changed(number, level)?;
        change.start.map(|start| change.whole.as_ref().map_or(start, |whole| whole.start))
    }

    /// The level of a use's list that is linked to this style.
    pub(super) fn level_of_style(&self, number: i16, style: u16) -> Option<u8> {
        let list = self.lists.get(&self.list_of(number)?)?;
        list.styles.iter().position(|linked| *linked == style).and_then(|level| u8::try_from(level).ok())
    }

    fn used(&self, number: i16) -> Option<&Use> {
        self.uses.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    fn changed(&self, number: i16, level: usize) -> Option<&Change> {
        self.used(number)?.changes.iter().find(|change| change.level == level)
    }
}

/// The lists, and behind their table the levels of each.
fn read_lists(tables: &[u8], (start, length): (usize, usize)) -> Option<BTreeMap<u32, List>> {
    let table = part(tables, start, length)?;
    let count = usize::from(u16_at(table, 0)?).min(MOST);
    let mut at = start.checked_add(length)?;
    let mut lists = BTreeMap::new();
    for index in 0..count {
        let Some(fixed) = part(table, 2 + LIST * index, LIST) else { break };
        let simple = u8_at(fixed, 26)? & 1 != 0;
        let mut levels = Vec::new();
        for _ in 0..if simple { 1 } else { LEVELS } {
            let Some((level, size)) = read_level(tables, at) else { break };
            levels.push(level);
            at += size;
        }
        let styles = (0..LEVELS).filter_map(|level| u16_at(fixed, 8 + 2 * level)).collect();
        lists.insert(u32_at(fixed, 0)?, List { styles, levels });
    }
    Some(lists)
}

/// The level at `at` and how many bytes it takes.
fn read_level(tables: &[u8], at: usize) -> Option<(Level, usize)> {
    let fixed = part(tables, at, LEVEL)?;
    let flags = u8_at(fixed, 5)?;
    let skipped = LEVEL + usize::from(u8_at(fixed, 24)?) + usize::from(u8_at(fixed, 25)?);
    let length = usize::from(u16_at(tables, at + skipped)?);
    let text = part(tables, at + skipped + 2, 2 * length)?;
    let level = Level {
        start: i32_at(fixed, 0)?,
        form: u8_at(fixed, 4)?,
        legal: flags & 4 != 0,
        restart_limit: (flags & 8 != 0).then_some(u8_at(fixed, 26)?),
        joined: u8_at(fixed, 15)? == 2,
        text: text.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)).collect(),
    };
    Some((level, skipped + 2 + 2 * length))
}

/// The uses, and behind them what each changes.
fn read_uses(tables: &[u8], (start, length): (usize, usize)) -> Option<Vec<Use>> {
    let table = part(tables, start, length)?;
    let count = offset_at(table, 0)?.min(MOST);
    let mut at = 4 + USE * count;
    let mut uses = Vec::new();
    for index in 0..count {
        let Some(fixed) = part(table, 4 + USE * index, USE) else { break };
        // Four bytes that mean nothing stand before the changes of each use.
        at += 4;
        let mut changes = Vec::new();
        for _ in 0..usize::from(u8_at(fixed, 12)?).min(LEVELS) {
            let Some((change, size)) = read_change(table, at) else { break };
            changes.push(change);
            at += size;
        }
        uses.push(Use { id: u32_at(fixed, 0)?, changes });
    }
    Some(uses)
}

/// What a use changes in a level, and how many bytes that takes.
fn read_change(table: &[u8], at: usize) -> Option<(Change, usize)> {
    let flags = u32_at(table, at + 4)?;
    let level = usize::try_from(flags & 0xf).ok()?;
    let start = (flags & 0x10 != 0).then_some(i32_at(table, at)?);
    if flags & 0x20 == 0 {
        return Some((Change { level, start, whole: None }, CHANGED));
    }
    let (whole, size) = read_level(table, at + CHANGED)?;
    Some((Change { level, start, whole: Some(whole) }, CHANGED + size))
}
