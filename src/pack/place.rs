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
        let mark = self.mark(fault.on_key);
        let Some(tree) = &self.file.tree else { return mark };
        let (id, reached) = follow(self.file, tree, &self.path);
        let whole = reached == self.path.len() && !fault.on_key;
        let within = fault.within.as_ref().filter(|_| whole);
        let part = within.and_then(|within| {
            let span = tree.node(id)?.span;
            let range = scalar::locate(tree.scalar(id)?, text.get(span.start..span.end)?, within)?;
            Some(Span::new(span.start + range.start, span.start + range.end))
        });
        part.unwrap_or(mark)
    }
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
