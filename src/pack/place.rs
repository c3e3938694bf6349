//! From a path into the data of a pack to its place in a file: through the layers, the files and the tree.
//!
//! `compile` and `layers` speak in paths; only here is it known which file holds what, and what a layer moved where.

use indexmap::IndexMap;

use super::{
    error::Faults,
    fault::{Fault, Step},
    flaw::Flaw,
    load::{Layer, Loaded},
    scalar,
    tree::{NodeId, Tree},
};
use crate::text::Span;

/// Which file each entry of a pack comes from: outermost key → name → number of the source.
pub(super) type Home = IndexMap<&'static str, IndexMap<String, usize>>;

/// Something that stands elsewhere in the data than in its file.
#[derive(Debug, Clone)]
pub(super) struct Moved {
    /// Where it is in the data.
    pub target: Vec<Step>,
    /// Of a list: the items from this index on.
    pub from: Option<usize>,
    /// The file it comes from.
    pub source: usize,
    /// Where it is in that file.
    pub path: Vec<Step>,
}

/// A place in a file of some layer.
#[derive(Debug, Clone)]
pub(super) struct Spot<'a> {
    pub layer: &'a Layer,
    pub file: &'a Loaded,
    /// The way to it in the file's tree.
    pub path: Vec<Step>,
}

/// All that is needed to find places: the layers, lowest first, and what moved.
pub(super) struct Atlas<'a> {
    pub layers: &'a [Layer],
    pub moved: &'a [Moved],
}

impl<'a> Atlas<'a> {
    /// The file and the way in it for a path of the resolved data.
    pub(super) fn spot(&self, path: &[Step]) -> Option<Spot<'a>> {
        if let Some((source, path)) = self.moved.iter().rev().find_map(|moved| moved.back(path)) {
            return self.in_source(source, path);
        }
        let is_head = path.first() == Some(&Step::Key("pack".to_owned()));
        let home = |layer: &'a Layer| layer.source_of(path).and_then(|source| spot_in(layer, source, path.to_vec()));
        let found = if is_head { None } else { self.layers.iter().find_map(home) };
        found.or_else(|| self.layers.last().and_then(|top| nearest(top, path)))
    }

    fn in_source(&self, source: usize, path: Vec<Step>) -> Option<Spot<'a>> {
        self.layers.iter().find_map(|layer| spot_in(layer, source, path.clone()))
    }

    /// Raises a fault of the resolved data at its place, unless the entry it is about has lost its content already.
    pub(super) fn raise(&self, fault: &Fault, faults: &mut Faults) {
        let mut flaw = Flaw::new(Span::default(), fault.message.clone());
        flaw.help.clone_from(&fault.help);
        let Some(spot) = self.spot(&fault.path.0) else { return faults.raise(0, flaw) };
        if spot.is_faulty() {
            return;
        }
        flaw.span = spot.span(fault, faults.text(spot.file.source));
        faults.raise(spot.file.source, flaw);
    }
}

impl Moved {
    /// The file and the way in it, where `path` lies in what was moved.
    fn back(&self, path: &[Step]) -> Option<(usize, Vec<Step>)> {
        let rest = path.strip_prefix(self.target.as_slice())?;
        let mut back = self.path.clone();
        match (self.from, rest.split_first()) {
            (None, _) => back.extend_from_slice(rest),
            (Some(from), Some((Step::Index(index), rest))) => {
                back.push(Step::Index(index.checked_sub(from)?));
                back.extend_from_slice(rest);
            }
            (Some(_), _) => return None,
        }
        Some((self.source, back))
    }
}

impl Layer {
    /// The file in which the entry of a path stands.
    pub(super) fn source_of(&self, path: &[Step]) -> Option<usize> {
        let (Some(Step::Key(root)), second) = (path.first(), path.get(1)) else { return None };
        let name = match second {
            Some(Step::Key(name)) => name.as_str(),
            _ => "",
        };
        self.home.get(root.as_str())?.get(name).copied()
    }

    /// The place of a path in this layer's own files, and its file.
    pub(super) fn place(&self, path: &[Step], on_key: bool) -> (usize, Span) {
        let source = self.source_of(path);
        let spot = source.and_then(|source| spot_in(self, source, path.to_vec())).or_else(|| nearest(self, path));
        let Some(spot) = spot else { return (self.files.first().map_or(0, |file| file.source), Span::default()) };
        (spot.file.source, spot.mark(on_key))
    }
}

fn spot_in(layer: &Layer, source: usize, path: Vec<Step>) -> Option<Spot<'_>> {
    let file = layer.files.iter().find(|file| file.source == source)?;
    Some(Spot { layer, file, path })
}

/// The file that follows a path furthest.
fn nearest<'a>(layer: &'a Layer, path: &[Step]) -> Option<Spot<'a>> {
    let reach = |file: &&Loaded| file.tree.as_ref().map_or(0, |tree| follow(file, tree, path).1);
    let mut best: Option<&Loaded> = None;
    for file in &layer.files {
        if best.as_ref().is_none_or(|found| reach(&file) > reach(found)) {
            best = Some(file);
        }
    }
    best.map(|file| Spot { layer, file, path: path.to_vec() })
}

impl Spot<'_> {
    /// Whether the entry has a fault in its form and was emptied.
    fn is_faulty(&self) -> bool {
        let Some(root) = self.path.first() else { return false };
        let second = match self.path.get(1) {
            Some(Step::Key(id)) if is_rules(&self.path) => self.file.rules.get(id).copied().map(Step::Index),
            second => second.cloned(),
        };
        let whole = (self.file.source, root.clone(), None);
        let entry = (self.file.source, root.clone(), second);
        self.layer.faulty.contains(&whole) || self.layer.faulty.contains(&entry)
    }

    /// The bytes that a message about this spot marks.
    pub(super) fn mark(&self, on_key: bool) -> Span {
        let Some(tree) = &self.file.tree else { return Span::default() };
        let (id, _) = follow(self.file, tree, &self.path);
        let key = tree.node(id).and_then(|node| node.key).filter(|_| on_key);
        key.unwrap_or_else(|| tree.mark(id))
    }

    /// The same for a fault, which may mean a part of a text.
    fn span(&self, fault: &Fault, text: &str) -> Span {
        let Some(tree) = &self.file.tree else { return self.mark(fault.on_key) };
        let (id, reached) = follow(self.file, tree, &self.path);
        span_at(tree, id, reached == self.path.len(), fault, text)
    }
}

/// The bytes of `text` that a fault marks, whose path led to the node `id`, to its end if `whole`.
pub(super) fn span_at(tree: &Tree, id: NodeId, whole: bool, fault: &Fault, text: &str) -> Span {
    let key = tree.node(id).and_then(|node| node.key).filter(|_| fault.on_key);
    let mark = key.unwrap_or_else(|| tree.mark(id));
    let within = fault.within.as_ref().filter(|_| whole && !fault.on_key);
    let part = within.and_then(|within| {
        let span = tree.node(id)?.span;
        let range = scalar::locate(tree.scalar(id)?, text.get(span.start..span.end)?, within)?;
        Some(Span::new(span.start + range.start, span.start + range.end))
    });
    part.unwrap_or(mark)
}

/// Follows a path as far as the tree goes: the node reached, and how many steps led there. Rules are found by id.
fn follow(file: &Loaded, tree: &Tree, path: &[Step]) -> (NodeId, usize) {
    let mut id = tree.root;
    for (depth, step) in path.iter().enumerate() {
        let by_id = match step {
            Step::Key(name) if depth == 1 && is_rules(path) => file.rules.get(name).copied().map(Step::Index),
            _ => None,
        };
        let Some(next) = tree.child(id, by_id.as_ref().unwrap_or(step)) else { return (id, depth) };
        id = next;
    }
    (id, path.len())
}

fn is_rules(path: &[Step]) -> bool {
    matches!(path.first(), Some(Step::Key(root)) if root == "rules")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::ops::Range;

    use super::*;
    use crate::{
        pack::{PackFile, Path, layers},
        text::slice,
    };

    const LOWER: &str = "pack: { name: lower, title: 下, version: 2026.1.0 }
concepts:
  road: { mention: [修路, '铺''路…<谁>'] }
rules:
  - { id: road, name: 路, require: road, severity: info, basis: [], messages: { missing: '没有{what}' } }
laws: [{ title: 甲办法 }, { title: 乙办法 }]
";
    const LAST: &str = "rules:
  - id: notes
    name: 注
    forbid:
      \"\\\\d{4\": 甲
    severity: info
    basis: []
    help: |
      第一行
      第二行{what}
    messages: {}
laws: [{ title: 丙办法 }]
";
    const UPPER: &str = "pack: { name: upper, title: 上, version: 2026.1.0, extends: lower ^2026.1 }
add: { road: { mention: [挖路, '<谁>'] } }
change: { road: { messages: { missing: '缺{what}' }, because: 文件 } }
off: { notes: 理由 }
laws: [{ title: 丁办法 }]
";

    /// The file and the marked text of a fault at a path of the two layers folded.
    fn marked(path: Path, within: Option<Range<usize>>, on_key: bool) -> (String, String) {
        let file = |name: &str, text: &str| PackFile { name: name.to_owned(), text: text.to_owned() };
        let known =
            |name: &str| (name == "lower").then(|| vec![file("lower/a.yaml", LOWER), file("lower/b.yaml", LAST)]);
        let mut faults = Faults::default();
        let mut layers = layers::chain(&[file("upper.yaml", UPPER)], &known, &mut faults);
        let folded = layers::fold(&mut layers, &mut faults);
        assert_eq!(faults.count(), 0, "{}", faults.into_error());
        let mut fault = Fault::new(path, "错");
        (fault.within, fault.on_key) = (within, on_key);
        Atlas { layers: &layers, moved: &folded.moved }.raise(&fault, &mut faults);
        let error = faults.into_error();
        let place = &error.faults[0].place;
        (place.file.clone(), slice(&error.sources[place.source].text, place.span).to_owned())
    }

    fn at(path: Path) -> (String, String) {
        marked(path, None, false)
    }

    #[test]
    fn a_part_of_a_text_is_marked_in_its_file() {
        let path = Path::root("concepts").key("road").key("mention").index(1);
        let start = "铺'路…".len();
        let within = Some(start..start + "<谁>".len());
        assert_eq!(marked(path, within, false), ("lower/a.yaml".into(), "<谁>".into()));
        let help = Path::root("rules").key("notes").key("help");
        let start = "第一行\n第二行".len();
        assert_eq!(marked(help, Some(start..start + 6), false), ("lower/b.yaml".into(), "{what}".into()));
    }

    #[test]
    fn keys_and_missing_parts_are_marked_where_they_would_be() {
        let key = Path::root("rules").key("notes").key("forbid").key("\\d{4");
        assert_eq!(marked(key, None, true), ("lower/b.yaml".into(), "\"\\\\d{4\"".into()));
        let missing = Path::root("rules").key("notes").key("messages").key("found");
        assert_eq!(at(missing), ("lower/b.yaml".into(), "messages".into()));
        assert_eq!(at(Path::root("rules").key("notes").key("require")), ("lower/b.yaml".into(), "id".into()));
    }

    #[test]
    fn what_a_layer_brought_in_is_marked_in_the_layer() {
        let mention = |index| Path::root("concepts").key("road").key("mention").index(index);
        assert_eq!(at(mention(0)), ("lower/a.yaml".into(), "修路".into()));
        assert_eq!(at(mention(2)), ("upper.yaml".into(), "挖路".into()));
        let message = Path::root("rules").key("road").key("messages").key("missing");
        assert_eq!(marked(message, Some(3..9), false), ("upper.yaml".into(), "{what}".into()));
        assert_eq!(at(Path::root("rules").key("road").key("name")), ("lower/a.yaml".into(), "路".into()));
        assert_eq!(at(Path::root("off").key("notes")), ("upper.yaml".into(), "理由".into()));
        assert_eq!(at(Path::root("pack").key("title")), ("upper.yaml".into(), "上".into()));
    }

    #[test]
    fn laws_are_counted_over_all_files() {
        let found: Vec<_> = (0..4).map(|index| at(Path::root("laws").index(index).key("title"))).collect();
        let (lower, last, upper) = ("lower/a.yaml", "lower/b.yaml", "upper.yaml");
        let expected = [(lower, "甲办法"), (lower, "乙办法"), (last, "丙办法"), (upper, "丁办法")];
        let expected: Vec<_> = expected.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
        assert_eq!(found, expected);
    }
}
