//! The files of one pack folder: each read, checked and turned into data, then merged into one layer.
//!
//! An entry with a fault in its form (a rule, a concept, a part …) keeps its name and loses its content, so that the
//! checks of meaning can still run over all others and nothing follows from one mistake but its own message. What
//! lies above and below the layer is the business of `layers`.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use super::{
    def::PackDef,
    error::{Faults, PackFile, without_mark},
    fault::Step,
    flaw::Flaw,
    merge, node,
    place::Home,
    schema,
    shape::PACK,
    tree::Tree,
};
use crate::text::Span;

/// One file, read.
#[derive(Debug)]
pub(super) struct Loaded {
    /// Its number among the sources.
    pub source: usize,
    /// Its tree; none of a built-in pack and of a file that could not be read.
    pub tree: Option<Tree>,
    /// The index of each rule in it, by id.
    pub rules: HashMap<String, usize>,
    /// Its data, until the files are merged.
    pub def: PackDef,
    /// Its data as JSON text without blanks, keys in the order of the file.
    pub canonical: String,
}

/// The files of one pack, merged.
#[derive(Debug, Default)]
pub(super) struct Layer {
    /// The files in the order of their names.
    pub files: Vec<Loaded>,
    /// Their data together.
    pub def: PackDef,
    /// Which file each entry comes from.
    pub home: Home,
    /// The index of the first law of each file, and the file.
    pub laws: Vec<(usize, usize)>,
    /// Entries that lost their content to a fault: file, outermost key, name or index.
    pub faulty: BTreeSet<(usize, Step, Option<Step>)>,
    /// Whether something is gone that others may refer to.
    pub blind: bool,
}

impl PackFile {
    /// The id of the pack whose head stands in this file, as far as the file can be read. Faults are told on loading.
    #[must_use]
    pub fn pack_name(&self) -> Option<String> {
        let tree = node::parse(without_mark(&self.text)).tree?;
        let name = tree.get(tree.get(tree.root, "pack")?, "name")?;
        tree.scalar(name).map(|name| name.text.clone())
    }
}

/// Reads the YAML files of one pack.
pub(super) fn read(files: &[PackFile], faults: &mut Faults) -> Layer {
    let mut sorted: Vec<&PackFile> = files.iter().collect();
    sorted.sort_by(|one, other| one.name.cmp(&other.name));
    let mut layer = Layer::default();
    for file in sorted {
        let source = faults.open(file);
        let loaded = read_file(source, faults, &mut layer);
        layer.files.push(loaded);
    }
    merge::duplicates(&layer.files, faults);
    merge::all(&mut layer);
    layer
}

/// Reads one file. What is wrong with it is raised; its data is as good as it can be.
fn read_file(source: usize, faults: &mut Faults, layer: &mut Layer) -> Loaded {
    let before = faults.count();
    let parsed = node::parse(faults.text(source));
    layer.blind |= parsed.lossy;
    parsed.flaws.into_iter().for_each(|flaw| faults.raise(source, flaw));
    let Some(tree) = parsed.tree else {
        return Loaded { source, tree: None, rules: HashMap::new(), def: PackDef::default(), canonical: String::new() };
    };
    let checked = schema::check(&tree, &PACK);
    let mut value = checked.value;
    for (flaw, path) in checked.flaws {
        faults.raise(source, flaw);
        layer.blind |= !empty_entry(&mut value, &path);
        layer.faulty.extend(entry_of(source, &path));
    }
    for path in tree.holes() {
        layer.blind |= !empty_entry(&mut value, &path);
        layer.faulty.extend(entry_of(source, &path));
    }
    without_nothing(&mut value);
    if faults.count() == before
        && let Some(flaw) = second_reading(faults.text(source), &tree, &value)
    {
        faults.raise(source, flaw);
    }
    let canonical = value.to_string();
    let def = serde_json::from_value(value).unwrap_or_else(|error| {
        // The schema is made from these types, so this is a slip of ours and not of the rule keeper.
        faults.raise(source, Flaw::new(tree.mark(tree.root), format!("文件读不成规则包：{error}")));
        layer.blind = true;
        PackDef::default()
    });
    Loaded { source, rules: rules_of(&tree), tree: Some(tree), def, canonical }
}

/// The index of each rule of a file; of an id that stands twice, the first.
fn rules_of(tree: &Tree) -> HashMap<String, usize> {
    let mut rules = HashMap::new();
    let list = tree.get(tree.root, "rules").map(|list| tree.items(list)).unwrap_or_default();
    for (index, rule) in list.iter().enumerate() {
        if let Some(id) = tree.get(*rule, "id").and_then(|id| tree.scalar(id)) {
            rules.entry(id.text.clone()).or_insert(index);
        }
    }
    rules
}

/// The entry in which a path lies.
fn entry_of(source: usize, path: &[Step]) -> Option<(usize, Step, Option<Step>)> {
    let root = path.first()?.clone();
    let second = path.get(1).cloned().filter(|_| root != Step::Key("pack".to_owned()));
    Some((source, root, second))
}

/// Takes the content of the entry in which a faulty path lies. Whether its name still stands.
fn empty_entry(value: &mut Value, path: &[Step]) -> bool {
    let Some(Step::Key(root)) = path.first() else {
        *value = json!({});
        return false;
    };
    let Value::Object(map) = value else { return false };
    if root == "pack" {
        let name = map.get("pack").and_then(|head| head.get("name")).and_then(Value::as_str).unwrap_or_default();
        let head = json!({ "name": name, "title": "", "version": "" });
        map.insert("pack".to_owned(), head);
        return true;
    }
    let entry = match (map.get_mut(root), path.get(1)) {
        (Some(Value::Object(entries)), Some(Step::Key(key))) => entries.get_mut(key),
        (Some(Value::Array(items)), Some(Step::Index(index))) => items.get_mut(*index),
        _ => {
            map.shift_remove(root);
            return false;
        }
    };
    let Some(entry) = entry else { return true };
    let (content, stands) = emptied(root, entry);
    *entry = content;
    stands
}

/// What is left of an entry of the map or list `root`, and whether others can still refer to it.
fn emptied(root: &str, entry: &Value) -> (Value, bool) {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    match root {
        "classes" => (json!([]), true),
        "sections" => (json!({ "name": "" }), true),
        "concepts" => (json!({}), true),
        "quantities" => (json!({ "name": "" }), true),
        "laws" => (json!({ "title": text("title") }), true),
        "rules" if text("id").is_empty() => (Value::Null, false),
        "rules" => {
            let rule = json!({ "id": text("id"), "name": "", "severity": "info", "basis": [], "messages": {} });
            (rule, true)
        }
        _ => (Value::Null, true),
    }
}

/// Takes out the entries of which nothing is left.
fn without_nothing(value: &mut Value) {
    let Value::Object(map) = value else { return };
    for (root, entries) in map.iter_mut() {
        match entries {
            Value::Object(entries) if root != "pack" => entries.retain(|_, entry| !entry.is_null()),
            Value::Array(items) => items.retain(|item| !item.is_null()),
            _ => {}
        }
    }
}

/// `serde_yaml` reads the data; where it reads something else than stands in the tree, the text has two meanings and
/// neither is taken. `value` holds the tree's data with numbers as texts where texts are wanted.
pub(super) fn second_reading(text: &str, tree: &Tree, value: &Value) -> Option<Flaw> {
    let help = "给这个值加引号，写法就只有一种读法";
    let read: Value = match serde_yaml::from_str(text) {
        Ok(read) => read,
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index().min(text.len()));
            let start = text.floor_char_boundary(at);
            return Some(Flaw::new(Span::new(start, start), "这里的写法不是各种 YAML 程序都认识").help(help));
        }
    };
    let path = difference(&read, value)?;
    let id = path.iter().try_fold(tree.root, |id, step| tree.child(id, step)).unwrap_or(tree.root);
    Some(Flaw::new(tree.mark(id), "这里的写法有两种读法").help(help))
}

/// The way to the first value in which the two differ. Goes as deep as the tree, which has a limit.
fn difference(read: &Value, ours: &Value) -> Option<Vec<Step>> {
    match (read, ours) {
        (Value::Object(one), Value::Object(other)) if one.len() == other.len() => {
            one.iter().find_map(|(key, value)| {
                let Some(ours) = other.get(key) else { return Some(Vec::new()) };
                difference(value, ours).map(|path| prefixed(Step::Key(key.clone()), path))
            })
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let pairs = one.iter().zip(other).enumerate();
            pairs
                .filter_map(|(index, (value, ours))| {
                    difference(value, ours).map(|path| prefixed(Step::Index(index), path))
                })
                .next()
        }
        (Value::Number(_), Value::String(_)) => None,
        _ => (read != ours).then(Vec::new),
    }
}

fn prefixed(step: Step, mut path: Vec<Step>) -> Vec<Step> {
    path.insert(0, step);
    path
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_left_of_a_faulty_entry_can_be_read() {
        let whole = json!({
            "pack": { "name": "x", "title": "", "version": "" },
            "classes": { "a": emptied("classes", &json!(1)).0 },
            "sections": { "a": emptied("sections", &json!(1)).0 },
            "concepts": { "a": emptied("concepts", &json!(1)).0 },
            "quantities": { "a": emptied("quantities", &json!(1)).0 },
            "laws": [emptied("laws", &json!({ "title": 1 })).0],
            "rules": [emptied("rules", &json!({ "id": "a" })).0, emptied("rules", &json!({})).0],
            "off": { "a": emptied("off", &json!(1)).0 },
        });
        let mut value = whole;
        without_nothing(&mut value);
        let def: PackDef = serde_json::from_value(value).unwrap();
        assert_eq!((def.rules.len(), def.off.len(), def.laws.len()), (1, 0, 1));
    }

    #[test]
    fn two_readings_are_told_apart() {
        let ours = json!({ "a": ["x", "12"], "b": 1 });
        assert_eq!(difference(&json!({ "a": ["x", 12], "b": 1 }), &ours), None);
        let path = difference(&json!({ "a": ["y", 12], "b": 1 }), &ours);
        assert_eq!(path, Some(vec![Step::Key("a".into()), Step::Index(0)]));
        assert_eq!(difference(&json!({ "a": ["x", 12] }), &ours), Some(vec![]));
    }
}
