//! The numberings that a Word file defines: their levels, and where a list overrides them.
//!
//! How far each has counted is `counter`'s.

use std::collections::BTreeMap;

use super::{
    number_format::NumberFormat,
    xml::{Element, Space},
};

/// Levels of a numbering.
pub(super) const LEVELS: usize = 9;
/// Word counts no further; larger numbers in a file are cut to it.
const LARGEST: u32 = 32_767;
/// Longer texts around a number are cut; Word allows 255 characters, real ones have five.
const LONGEST_TEXT: usize = 64;

/// All numberings of a file.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Definitions by their ids.
    definitions: BTreeMap<String, Definition>,
    /// Lists by their ids.
    lists: BTreeMap<String, List>,
    /// The definitions that are the content of numbering styles, by the styles' ids.
    styles: BTreeMap<String, String>,
}

/// A `w:abstractNum`: the levels that lists share.
#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
    /// The numbering style whose definition stands in for this one.
    stands_for: Option<String>,
}

/// A `w:num`: a list by a definition.
#[derive(Debug, Default)]
struct List {
    definition: String,
    /// Numbers from which levels begin anew at the list's first use.
    starts: BTreeMap<usize, u32>,
    /// Levels that the list defines itself.
    levels: BTreeMap<usize, Level>,
}

/// A level of a numbering.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    /// The first number.
    pub(super) start: u32,
    /// The numerals.
    pub(super) format: NumberFormat,
    /// The text around the numbers; `%1` is the number of the first level.
    pub(super) text: String,
    /// Whether nothing stands between the label and the text.
    pub(super) joined: bool,
    /// The level (from 1) whose numbers begin this one anew, 0 for none; where it is left out, any above does.
    pub(super) restart: Option<usize>,
    /// Whether the numbers of the levels above are written in plain figures.
    pub(super) plain: bool,
    /// The paragraph style that belongs to the level.
    style: Option<String>,
}

/// A list as a paragraph uses it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use<'n> {
    /// The id of the definition that counts for the list.
    pub(super) definition: &'n str,
    list: &'n List,
    levels: &'n BTreeMap<usize, Level>,
}

impl Numbering {
    /// Reads the part that holds the numberings.
    pub(super) fn new(root: Element<'_>) -> Self {
        let mut numbering = Self::default();
        for element in root.children() {
            if element.is("abstractNum") {
                let id = element.attribute("abstractNumId").unwrap_or_default().into_owned();
                numbering.styles.extend(linked(element, "styleLink").map(|style| (style, id.clone())));
                numbering.definitions.insert(id, Definition::new(element));
            } else if element.is("num") {
                let id = element.attribute("numId").unwrap_or_default();
                numbering.lists.insert(id.into_owned(), List::new(element));
            }
        }
        numbering
    }

    /// The list with this id.
    pub(super) fn list(&self, id: &str) -> Option<Use<'_>> {
        let list = self.lists.get(id)?;
        let (definition, found) = self.definitions.get_key_value(&list.definition)?;
        let (definition, found) = match &found.stands_for {
            Some(style) => self.definitions.get_key_value(self.styles.get(style)?)?,
            None => (definition, found),
        };
        Some(Use { definition, list, levels: &found.levels })
    }
}

impl<'n> Use<'n> {
    /// A level, as the list or else its definition has it.
    pub(super) fn level(self, level: usize) -> Option<&'n Level> {
        self.list.levels.get(&level).or_else(|| self.levels.get(&level))
    }

    /// The level that belongs to a paragraph style.
    pub(super) fn level_of_style(self, style: &str) -> Option<usize> {
        let of = |levels: &BTreeMap<usize, Level>| {
            levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(index, _)| *index)
        };
        of(&self.list.levels).or_else(|| of(self.levels))
    }

    /// The number that the list itself gives a level to begin with.
    pub(super) fn own_start(self, level: usize) -> Option<u32> {
        self.list.starts.get(&level).copied()
    }

    /// The first number of a level.
    pub(super) fn start(self, level: usize) -> u32 {
        self.own_start(level).or_else(|| self.level(level).map(|level| level.start)).unwrap_or(1)
    }
}

impl Definition {
    fn new(element: Element<'_>) -> Self {
        let levels = element.children().filter(|child| child.is("lvl")).filter_map(indexed).collect();
        Self { levels, stands_for: linked(element, "numStyleLink") }
    }
}

impl List {
    fn new(element: Element<'_>) -> Self {
        let definition = element.child("abstractNumId").and_then(Element::value).unwrap_or_default().into_owned();
        let mut list = Self { definition, ..Self::default() };
        for change in element.children().filter(|child| child.is("lvlOverride")) {
            list.levels.extend(change.child("lvl").and_then(indexed));
            let start = change.child("startOverride").and_then(number);
            list.starts.extend(level_index(change).zip(start));
        }
        list
    }
}

impl Level {
    fn new(element: Element<'_>) -> Self {
        let child = |local| element.child(local);
        let text = child("lvlText").and_then(Element::value).unwrap_or_default();
        Self {
            start: child("start").and_then(number).unwrap_or(0),
            format: format(element),
            text: text.chars().take(LONGEST_TEXT).collect(),
            joined: child("suff").and_then(Element::value).as_deref() == Some("nothing"),
            restart: child("lvlRestart").and_then(number).and_then(|level| usize::try_from(level).ok()),
            plain: child("isLgl").is_some_and(Element::is_on),
            style: child("pStyle").and_then(Element::value).map(|id| id.into_owned()),
        }
    }
}

/// The id of the style to which a definition is linked.
fn linked(element: Element<'_>, local: &str) -> Option<String> {
    element.child(local).and_then(Element::value).map(|id| id.into_owned())
}

fn indexed(element: Element<'_>) -> Option<(usize, Level)> {
    Some((level_index(element)?, Level::new(element)))
}

fn level_index(element: Element<'_>) -> Option<usize> {
    element.attribute("ilvl")?.parse().ok().filter(|index| *index < LEVELS)
}

fn number(element: Element<'_>) -> Option<u32> {
    Some(element.value()?.parse().ok()?).map(|number: u32| number.min(LARGEST))
}

/// The numerals of a level. Newer ones stand beside an older one for older programs, which is taken.
fn format(level: Element<'_>) -> NumberFormat {
    let alternatives = level.children().filter(|child| child.space() == Space::Compatibility);
    let fallback = alternatives.flat_map(Element::children).filter(|branch| branch.local() == "Fallback").last();
    let element = level.child("numFmt").or_else(|| fallback?.child("numFmt"));
    element.and_then(Element::value).map(|name| NumberFormat::new(&name)).unwrap_or_default()
}
