//! Automatic numbers of an OpenDocument file: how list styles write them, and counting: [`Counter`].
//!
//! A list counts for itself unless it says that it goes on from another.

use std::collections::BTreeMap;

use super::{
    number_format::{NumberFormat, visible, with_gap},
    xml::{Element, Space},
};

/// Levels of a list.
pub(super) const LEVELS: usize = 10;
/// Larger numbers in a file are cut to this one.
const LARGEST: u32 = 32_767;
/// Longer texts around a number are cut.
const LONGEST_TEXT: usize = 64;

/// A list style: its levels.
#[derive(Debug, Clone, Default)]
pub(super) struct ListStyle {
    levels: BTreeMap<usize, Level>,
}

/// A level of a list style.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: NumberFormat,
    /// The label; `%1%` is the number of the first level.
    text: String,
    /// Whether nothing stands between the label and the text.
    joined: bool,
}

impl ListStyle {
    /// Reads a list style, or the style of the outline.
    pub(super) fn new(element: Element<'_>) -> Self {
        let levels = element.children().filter_map(|level| {
            let number: usize = level.attribute("level")?.parse().ok()?;
            (1..=LEVELS).contains(&number).then(|| (number - 1, Level::new(level, number)))
        });
        Self { levels: levels.collect() }
    }

    fn start(&self, level: usize) -> u32 {
        self.levels.get(&level).map_or(1, |level| level.start)
    }

    /// The label of a paragraph at `level` whose levels have counted so far.
    fn write(&self, level: usize, counts: &[Option<u32>; LEVELS]) -> String {
        let Some(own) = self.levels.get(&level) else { return String::new() };
        let mut label = String::new();
        for (place, part) in own.text.split('%').enumerate() {
            // Between two signs stands the number of a level, counted from 1.
            let number = part.parse::<usize>().ok().filter(|number| place % 2 == 1 && (1..=LEVELS).contains(number));
            let Some(index) = number.map(|number| number - 1) else {
                label.extend(part.chars().map(|char| visible(char, own.format)));
                continue;
            };
            let format = self.levels.get(&index).map(|level| level.format).unwrap_or_default();
            let count = counts.get(index).copied().flatten().unwrap_or_else(|| self.start(index));
            label.push_str(&format.write(count));
        }
        if label.trim().is_empty() { String::new() } else { with_gap(label, own.joined) }
    }
}

impl Level {
    fn new(element: Element<'_>, number: usize) -> Self {
        let attribute = |name| element.attribute(name).unwrap_or_default();
        let format = match element.local() {
            "list-level-style-bullet" => NumberFormat::Bullet,
            "list-level-style-image" => NumberFormat::None,
            _ => format(&attribute("num-format")),
        };
        let text = match format {
            NumberFormat::Bullet => attribute("bullet-char").into_owned(),
            NumberFormat::None => [attribute("num-prefix"), attribute("num-suffix")].concat(),
            _ => numbered(element, number),
        };
        let properties = element.child_in(Space::Style, "list-level-properties");
        let alignment =
            properties.and_then(|properties| properties.child_in(Space::Style, "list-level-label-alignment"));
        let followed = alignment.and_then(|alignment| alignment.attribute("label-followed-by"));
        Self {
            start: attribute("start-value").parse().unwrap_or(1).min(LARGEST),
            format,
            text: text.chars().take(LONGEST_TEXT).collect(),
            joined: followed.as_deref() == Some("nothing"),
        }
    }
}

/// The label of a level with numbers: as LibreOffice writes it, else put together as the standard has it.
fn numbered(element: Element<'_>, number: usize) -> String {
    if let Some(label) = element.attribute("num-list-format") {
        return label.into_owned();
    }
    let attribute = |name| element.attribute(name).unwrap_or_default();
    let shown: usize = attribute("display-levels").parse().unwrap_or(1);
    let levels: Vec<String> =
        (1..=number).skip(number - shown.clamp(1, number)).map(|level| format!("%{level}%")).collect();
    [&attribute("num-prefix"), levels.join(".").as_str(), &attribute("num-suffix")].concat()
}

/// The format of this name, which is its first numerals.
fn format(name: &str) -> NumberFormat {
    match name.split(',').next().unwrap_or_default() {
        "" => NumberFormat::None,
        "a" => NumberFormat::LowerLetter,
        "A" => NumberFormat::UpperLetter,
        "i" => NumberFormat::LowerRoman,
        "I" => NumberFormat::UpperRoman,
        "01" => NumberFormat::DecimalZero,
        "１" => NumberFormat::DecimalFullWidth,
        "①" => NumberFormat::Circled,
        "一" => NumberFormat::Chinese,
        "壹" => NumberFormat::ChineseLegal,
        "甲" => NumberFormat::Stem,
        "子" => NumberFormat::Branch,
        _ => NumberFormat::Decimal,
    }
}

/// How far the lists of a file have counted.
#[derive(Debug, Default)]
pub(super) struct Counter {
    counts: Vec<[Option<u32>; LEVELS]>,
    /// The lists by their ids.
    ids: BTreeMap<String, usize>,
    /// The last list of each style.
    last: BTreeMap<String, usize>,
}

impl Counter {
    /// Begins a list, or goes on with one, and says which.
    pub(super) fn list(&mut self, element: Element<'_>, style: &str) -> usize {
        let continued = element.attribute("continue-list").and_then(|id| self.ids.get(id.as_ref()).copied());
        let same = || {
            element.attribute("continue-numbering").filter(|value| value == "true").and(self.last.get(style).copied())
        };
        let list = continued.or_else(same).unwrap_or(self.counts.len());
        if list == self.counts.len() {
            self.counts.push([None; LEVELS]);
        }
        if let Some(id) = element.attribute("id") {
            self.ids.insert(id.into_owned(), list);
        }
        self.last.insert(style.to_owned(), list);
        list
    }

    /// Counts a paragraph of a list at `level` and writes its label. `start` is the number that it begins anew with.
    pub(super) fn label(&mut self, list: usize, level: usize, start: Option<u32>, style: &ListStyle) -> String {
        let Some(counts) = self.counts.get_mut(list) else { return String::new() };
        let Some(count) = counts.get_mut(level) else { return String::new() };
        let next = count.map_or_else(|| style.start(level), |count| count.saturating_add(1));
        *count = Some(start.map_or(next, |start| start.min(LARGEST)));
        counts.iter_mut().skip(level + 1).for_each(|count| *count = None);
        style.write(level, counts)
    }
}
