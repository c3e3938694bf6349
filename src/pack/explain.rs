//! Words for what the schema found: each problem becomes a message at its place, with what was most likely meant.
//!
//! Everything it says of keys and values comes from the schema's descriptions. It decides nothing: whether a file is
//! right is settled in `schema`.

use serde_json::Value;

use super::{
    fault::Step,
    flaw::{Flaw, quoted},
    schema::{Kind, Problem},
    shape::{Shape, description},
    suggest,
    tree::{NodeId, Tree},
    typing,
};
use crate::text::Span;

/// A flaw for each problem. A key that is missing because it is misspelt is said once.
pub(super) fn all(tree: &Tree, shape: &'static Shape, problems: &[Problem]) -> Vec<(Flaw, Vec<Step>)> {
    let mut meant: Vec<(&[Step], String)> = Vec::new();
    let mut flaws = Vec::new();
    for problem in problems {
        if let Kind::Unknown(key) = &problem.kind {
            let (flaw, suggestion) = unknown(&Place::new(tree, shape, &problem.path), key, problems);
            meant.extend(suggestion.map(|name| (problem.path.as_slice(), name)));
            let mut path = problem.path.clone();
            path.push(Step::Key(key.clone()));
            flaws.push((flaw, path));
        }
    }
    for problem in problems {
        let place = Place::new(tree, shape, &problem.path);
        let flaw = match &problem.kind {
            Kind::Unknown(_) | Kind::Missing(_) => continue,
            Kind::Type(wanted) => typing::flaw(&place, wanted),
            Kind::Choice => choice(&place, &problem.schema),
            Kind::Count => count(&place, &problem.schema),
            Kind::Range => range(&place, &problem.schema),
            Kind::Form => form(&place),
        };
        flaws.push((flaw, problem.path.clone()));
    }
    for (path, keys) in lacking(problems, &meant) {
        flaws.push((missing(&Place::new(tree, shape, path), &keys), path.to_vec()));
    }
    flaws
}

/// The maps that lack keys, each with the keys; those are left out that were only misspelt.
fn lacking<'a>(problems: &'a [Problem], meant: &[(&[Step], String)]) -> Vec<(&'a [Step], Vec<&'a str>)> {
    let mut maps: Vec<(&[Step], Vec<&str>)> = Vec::new();
    for problem in problems {
        let Kind::Missing(key) = &problem.kind else { continue };
        if meant.iter().any(|(path, name)| *path == problem.path && name == key) {
            continue;
        }
        match maps.iter_mut().find(|(path, _)| *path == problem.path) {
            Some((_, keys)) => keys.push(key),
            None => maps.push((&problem.path, vec![key])),
        }
    }
    maps
}

/// A value in its file.
pub(super) struct Place<'a> {
    pub tree: &'a Tree,
    /// What files of this kind may hold.
    pub shape: &'static Shape,
    pub id: NodeId,
    pub path: &'a [Step],
}

impl<'a> Place<'a> {
    /// The value at the end of `path`; what lies outside of the tree is told at its root.
    fn new(tree: &'a Tree, shape: &'static Shape, path: &'a [Step]) -> Self {
        let id = path.iter().try_fold(tree.root, |id, step| tree.child(id, step)).unwrap_or(tree.root);
        Self { tree, shape, id, path }
    }

    /// Where a message about it points.
    pub(super) fn mark(&self) -> Span {
        self.tree.mark(self.id)
    }

    /// What it is called in a message: its key, or which item of a list it is.
    pub(super) fn label(&self) -> String {
        match self.path {
            [] => "文件".to_owned(),
            [.., Step::Key(key)] => format!("“{}”", quoted(key, 40)),
            [.., Step::Key(key), Step::Index(index)] => format!("“{}”的第{}项", quoted(key, 40), index + 1),
            _ => "这一项".to_owned(),
        }
    }

    /// The text of a scalar.
    pub(super) fn text(&self) -> Option<&str> {
        self.tree.scalar(self.id).map(|scalar| scalar.text.as_str())
    }

    /// The part of the schema that is about it, as it is written there.
    pub(super) fn schema(&self) -> Option<&'static Value> {
        let chain = self.shape.along(self.path);
        (chain.len() == self.path.len() + 1).then(|| chain.last().copied()).flatten()
    }

    /// What the schema says of it, without the final stop.
    pub(super) fn description(&self) -> &'static str {
        self.schema().map_or("", description).trim_end_matches('。')
    }

    /// What the schema says of the forms that it may have.
    pub(super) fn forms(&self) -> &'static str {
        let Some(schema) = self.schema() else { return "" };
        let forms = schema.get("anyOf").and_then(|forms| forms.get(0)).unwrap_or(schema);
        let pointer = forms.get("$ref").and_then(Value::as_str).unwrap_or_default();
        let told = self.shape.root.pointer(pointer.trim_start_matches('#')).map_or("", description);
        told.trim_end_matches('。')
    }

    /// A name by which a person finds the item of a list.
    fn title(&self) -> Option<String> {
        let name = ["id", "title", "text", "name"].into_iter().find_map(|key| self.tree.get(self.id, key))?;
        self.tree.scalar(name).map(|scalar| format!("“{}”", quoted(&scalar.text, 40)))
    }
}

/// A key that may not stand here: misspelt, at the wrong depth, or at home somewhere else.
fn unknown(place: &Place<'_>, key: &str, problems: &[Problem]) -> (Flaw, Option<String>) {
    let Place { tree, shape, id: map, path } = *place;
    let node = tree.get(map, key).and_then(|id| tree.node(id));
    let span = node.and_then(|node| node.key).unwrap_or_default();
    let chain = shape.along(path);
    let keys = chain.last().map(|schema| shape.keys(schema)).unwrap_or_default();
    let free = || keys.iter().map(|(name, _)| *name).filter(|name| tree.get(map, name).is_none());
    let lacking = problems.iter().filter_map(|other| match &other.kind {
        Kind::Missing(name) if other.path == path => Some(name.as_str()),
        _ => None,
    });
    let near = suggest::nearest(key, lacking).or_else(|| suggest::nearest(key, free())).or_else(|| told_as(key, &keys));
    let shown = quoted(key, 40);
    let listed: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
    let help = format!("这里可用的键：{}", listed.join("、"));
    let surely = near.filter(|name| suggest::same(key, name) || strsim::damerau_levenshtein(key, name) == 1);
    let moved = if surely.is_some() { None } else { misplaced(key, &chain, place) };
    let flaw = match (moved, near) {
        (Some((message, cure)), _) => Flaw::new(span, message).help(cure),
        (None, Some(name)) => Flaw::new(span, format!("没有“{shown}”这个键，是不是“{name}”？")).help(help),
        (None, None) => match shape.known_as(key) {
            Some(name) => {
                let place = shape.owners(name).join("；");
                let message = format!("没有“{shown}”这个键，是不是“{name}”？");
                Flaw::new(span, message).help(format!("“{name}”该写在：{place}"))
            }
            None => Flaw::new(span, format!("没有“{shown}”这个键")).help(help),
        },
    };
    (flaw, near.map(str::to_owned))
}

/// The key or value whose description begins with what was written: 依据 for `basis`.
fn told_as<'a>(word: &str, options: &[(&'a str, &'a str)]) -> Option<&'a str> {
    let is_word = word.chars().count() >= 2 && !word.is_ascii();
    options.iter().find(|(_, told)| is_word && told.starts_with(word)).map(|(name, _)| *name)
}

/// Where a key that is known elsewhere belongs: message and cure.
fn misplaced(key: &str, chain: &[&Value], place: &Place<'_>) -> Option<(String, String)> {
    let Place { shape, path, .. } = *place;
    let has = |schema: &Value| shape.keys(schema).iter().any(|(name, _)| *name == key);
    for (depth, schema) in chain.iter().enumerate().rev().skip(1) {
        if has(schema) {
            let beside = match path.get(depth) {
                Some(Step::Key(name)) => format!("与“{}”对齐", quoted(name, 40)),
                _ => "往外移一级".to_owned(),
            };
            return Some((format!("“{key}”写得太靠里了"), format!("减少缩进，{beside}")));
        }
    }
    let owners = shape.owners(key);
    let first = owners.first()?;
    let message = format!("“{key}”不能写在这里");
    Some((message, format!("它该写在：{}", if owners.len() == 1 { first.clone() } else { owners.join("；") })))
}

/// Keys that a map must have, in the order of the schema.
fn missing(place: &Place<'_>, lacking: &[&str]) -> Flaw {
    let label = match (place.path, place.title()) {
        ([.., Step::Index(_)], Some(title)) => format!("{title}这一条"),
        _ => place.label(),
    };
    let keys = place.schema().map(|schema| place.shape.keys(schema)).unwrap_or_default();
    let keys: Vec<&(&str, &str)> = keys.iter().filter(|(name, _)| lacking.contains(name)).collect();
    let names: Vec<String> = keys.iter().map(|(name, _)| format!("“{name}”")).collect();
    let told: Vec<String> =
        keys.iter().map(|(name, told)| format!("{name}：{}", told.trim_end_matches('。'))).collect();
    Flaw::new(place.mark(), format!("{label}缺少{}", names.join(""))).help(told.join("；"))
}

/// A value that is none of those that may stand here.
fn choice(place: &Place<'_>, pointer: &str) -> Flaw {
    let forms = place.shape.around(pointer).and_then(|schema| schema.get("oneOf")).and_then(Value::as_array);
    let option = |form: &'static Value| Some((form.get("const")?.as_str()?, description(form)));
    let options: Vec<(&str, &str)> = forms.into_iter().flatten().filter_map(option).collect();
    let listed: Vec<String> = options.iter().map(|(name, told)| format!("{name}（{told}）")).collect();
    let help = format!("可以写：{}", listed.join("、"));
    let key = match place.path {
        [.., Step::Key(key)] | [.., Step::Key(key), Step::Index(_)] => quoted(key, 40),
        _ => String::new(),
    };
    let Some(text) = place.text() else {
        return Flaw::new(place.mark(), format!("{}要从几个词里选一个", place.label())).help(help);
    };
    if text.is_empty() {
        return Flaw::new(place.mark(), format!("{}后面没有内容", place.label())).help(help);
    }
    let near = suggest::nearest(text, options.iter().map(|(name, _)| *name)).or_else(|| told_as(text, &options));
    if let Some(name) = near.filter(|name| suggest::same(text, name)) {
        return Flaw::new(place.mark(), format!("“{key}”的值要正好写成 {name}"))
            .help("去掉多余的引号、空格，用半角小写字母");
    }
    let question = near.map_or(String::new(), |name| format!("，是不是“{name}”？"));
    Flaw::new(place.mark(), format!("“{key}”没有“{}”这个值{question}", quoted(text, 40))).help(help)
}

fn count(place: &Place<'_>, pointer: &str) -> Flaw {
    let schema = place.shape.around(pointer);
    let bound = |name: &str| schema.and_then(|schema| schema.get(name)).and_then(Value::as_u64);
    let wanted = match (bound("minItems"), bound("maxItems")) {
        (Some(least), Some(most)) if least == most => format!("正好{least}项"),
        (Some(least), _) => format!("至少{least}项"),
        (_, most) => format!("至多{}项", most.unwrap_or_default()),
    };
    let has = place.tree.items(place.id).len();
    Flaw::new(place.mark(), format!("{}要写{wanted}，这里有{has}项", place.label())).help(place.description())
}

fn range(place: &Place<'_>, pointer: &str) -> Flaw {
    let schema = place.shape.around(pointer);
    let least = schema.and_then(|schema| schema.get("minimum")).and_then(Value::as_i64).unwrap_or_default();
    let is_negative = place.text().is_some_and(|text| text.starts_with('-'));
    let message = match (is_negative, least) {
        (true, 0) => format!("{}不能小于0", place.label()),
        (true, _) => format!("{}的数字太小", place.label()),
        (false, _) => format!("{}的数字太大", place.label()),
    };
    Flaw::new(place.mark(), message).help(place.description())
}

/// A text whose form the schema describes.
fn form(place: &Place<'_>) -> Flaw {
    let text = quoted(place.text().unwrap_or_default(), 40);
    Flaw::new(place.mark(), format!("{}不能写成“{text}”", place.label())).help(place.description())
}
