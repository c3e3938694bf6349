//! A YAML file as a tree of nodes, each with its place: [`Tree`]. `node` builds it from the parser's events.
//!
//! The nodes lie in one list and name each other by index, so that dropping or walking them never goes deep.
//! The tree holds no types beyond text, lists and maps; `scalar` says what an unquoted text means.

use serde_json::{Map, Value};

use super::{fault::Step, scalar};
use crate::text::Span;

/// The index of a node in its tree.
pub(super) type NodeId = usize;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotes.
    Plain,
    /// 'In single quotes'.
    Single,
    /// "In double quotes".
    Double,
    /// As a block behind `|` or `>`.
    Block,
}

/// A text of the file.
#[derive(Debug, Clone)]
pub(super) struct Scalar {
    /// Its value.
    pub text: String,
    /// How it is written.
    pub style: Style,
}

/// A key of a map and the node behind it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The key.
    pub key: String,
    /// What stands behind it.
    pub value: NodeId,
}

/// What a node is.
#[derive(Debug, Clone)]
pub(super) enum Data {
    /// A text.
    Scalar(Scalar),
    /// A map in the order of the file; no key stands twice.
    Map(Vec<Entry>),
    /// A list.
    List(Vec<NodeId>),
    /// Something that was refused and has its flaw already.
    Hole,
}

/// A node with its places, in bytes of the file's text.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// What it is.
    pub data: Data,
    /// The value, quotes and brackets included; of a block the first line's start to the next token.
    pub span: Span,
    /// The key before it, in a map.
    pub key: Option<Span>,
    /// The list or map in which it lies.
    pub parent: Option<NodeId>,
    /// Whether it is a list or map in brackets.
    pub flow: bool,
    /// Whether a refused key was left out of this map, so that nobody misses what it might have held.
    pub partial: bool,
}

/// A whole file.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// All nodes.
    pub nodes: Vec<Node>,
    /// The outermost one.
    pub root: NodeId,
}

impl Tree {
    /// The node with this index.
    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// The entries of a map, none of anything else.
    pub(super) fn entries(&self, id: NodeId) -> &[Entry] {
        match self.node(id).map(|node| &node.data) {
            Some(Data::Map(entries)) => entries,
            _ => &[],
        }
    }

    /// The items of a list, none of anything else.
    pub(super) fn items(&self, id: NodeId) -> &[NodeId] {
        match self.node(id).map(|node| &node.data) {
            Some(Data::List(items)) => items,
            _ => &[],
        }
    }

    /// The value behind a key of a map.
    pub(super) fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.entries(id).iter().find(|entry| entry.key == key).map(|entry| entry.value)
    }

    /// The scalar at `id`.
    pub(super) fn scalar(&self, id: NodeId) -> Option<&Scalar> {
        match self.node(id).map(|node| &node.data) {
            Some(Data::Scalar(scalar)) => Some(scalar),
            _ => None,
        }
    }

    /// The node one step below `id`.
    pub(super) fn child(&self, id: NodeId, step: &Step) -> Option<NodeId> {
        match step {
            Step::Key(key) => self.get(id, key),
            Step::Index(index) => self.items(id).get(*index).copied(),
        }
    }

    /// The steps from the root to a node.
    pub(super) fn path(&self, id: NodeId) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = id;
        while let Some(parent) = self.node(at).and_then(|node| node.parent) {
            let key = self.entries(parent).iter().find(|entry| entry.value == at);
            let index = self.items(parent).iter().position(|item| *item == at);
            steps.extend(key.map(|entry| Step::Key(entry.key.clone())).or(index.map(Step::Index)));
            at = parent;
        }
        steps.reverse();
        steps
    }

    /// The ways to what was refused.
    pub(super) fn holes(&self) -> Vec<Vec<Step>> {
        let holes = self.nodes.iter().enumerate().filter(|(_, node)| matches!(node.data, Data::Hole));
        holes.map(|(id, _)| self.path(id)).collect()
    }

    /// The place that stands for a node in a message: the value of a text, else the key before it, else the first
    /// key inside. A block of many lines is never marked as a whole.
    pub(super) fn mark(&self, id: NodeId) -> Span {
        let Some(node) = self.node(id) else { return Span::default() };
        match &node.data {
            Data::Scalar(_) | Data::Hole if !node.span.is_empty() => node.span,
            Data::Map(entries) if node.key.is_none() => {
                let first = entries.first().and_then(|entry| self.node(entry.value));
                first.and_then(|node| node.key).unwrap_or(node.span)
            }
            _ => node.key.unwrap_or(node.span),
        }
    }

    /// The data as JSON. Unquoted texts become what YAML says they are; refused nodes become null.
    pub(super) fn to_json(&self) -> Value {
        self.json_of(self.root)
    }

    /// One node as JSON. It calls itself once a level, and `node` lets no tree be deeper than its limit.
    fn json_of(&self, id: NodeId) -> Value {
        match self.node(id).map(|node| &node.data) {
            Some(Data::Scalar(text)) => scalar::value(text),
            Some(Data::List(items)) => items.iter().map(|item| self.json_of(*item)).collect(),
            Some(Data::Map(entries)) => {
                let pairs = entries.iter().map(|entry| (entry.key.clone(), self.json_of(entry.value)));
                Value::Object(pairs.collect::<Map<_, _>>())
            }
            Some(Data::Hole) | None => Value::Null,
        }
    }
}
