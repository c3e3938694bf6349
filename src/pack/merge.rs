//! The files of one layer become one: every entry stands in exactly one file, and what stands twice is a fault.
//!
//! What a layer does to the layer below it is told in `change`.

use std::collections::HashMap;

use super::{
    def::{CuesDef, LexiconDef, PackDef},
    error::Faults,
    flaw::{Flaw, quoted},
    load::{Layer, Loaded},
    place::Home,
    tree::{NodeId, Tree},
};
use crate::text::Span;

/// Raises a fault for each entry that stands a second time, with both places.
pub(super) fn duplicates(files: &[Loaded], faults: &mut Faults) {
    let mut first: HashMap<(String, String), (usize, Span)> = HashMap::new();
    for file in files {
        let Some(tree) = &file.tree else { continue };
        for (root, name, span) in names(tree) {
            let Some((source, before)) = first.get(&(root.clone(), name.clone())) else {
                first.insert((root, name), (file.source, span));
                continue;
            };
            faults.raise_with(file.source, twice(&root, &name, span), *source, *before, "第一遍在这里");
        }
    }
}

fn twice(root: &str, name: &str, span: Span) -> Flaw {
    let name = quoted(name, 40);
    match root {
        "pack" => Flaw::new(span, "规则包的名称和版本（pack）写了两遍").help("一个规则包只在一个文件里写 pack"),
        "rules" => {
            Flaw::new(span, format!("规则编号“{name}”用了两遍")).help("给其中一条换个编号；编号用过就不再给别的规则用")
        }
        "laws" => Flaw::new(span, format!("目录里“{name}”写了两遍")).help("合并成一条"),
        _ => Flaw::new(span, format!("{root} 里的“{name}”写了两遍")).help("合并成一处，或者给其中一个换个名字"),
    }
}

/// The entries of a file: outermost key, name, place. Keys that stand twice in one map are not in the tree.
fn names(tree: &Tree) -> Vec<(String, String, Span)> {
    let mut names = Vec::new();
    for entry in tree.entries(tree.root) {
        let root = entry.key.as_str();
        match root {
            "pack" => names.push((root.to_owned(), String::new(), key_of(tree, entry.value))),
            "rules" => names.extend(named(tree, entry.value, root, "id")),
            "laws" => names.extend(named(tree, entry.value, root, "title")),
            _ => {
                let below = tree.entries(entry.value).iter();
                names.extend(below.map(|below| (root.to_owned(), below.key.clone(), key_of(tree, below.value))));
            }
        }
    }
    names
}

/// The items of a list by the value of their `key`.
fn named(tree: &Tree, list: NodeId, root: &str, key: &str) -> Vec<(String, String, Span)> {
    let name = |item: &NodeId| {
        let id = tree.get(*item, key)?;
        Some((root.to_owned(), tree.scalar(id)?.text.clone(), tree.mark(id)))
    };
    tree.items(list).iter().filter_map(name).collect()
}

fn key_of(tree: &Tree, id: NodeId) -> Span {
    tree.node(id).and_then(|node| node.key).unwrap_or_default()
}

/// Merges the data of a layer's files. Of what stands twice the first stays.
pub(super) fn all(layer: &mut Layer) {
    let mut def = PackDef::default();
    for file in &mut layer.files {
        let source = file.source;
        let part = std::mem::take(&mut file.def);
        if !part.laws.is_empty() {
            layer.laws.push((def.laws.len(), source));
        }
        add(&mut def, part, source, &mut layer.home);
    }
    layer.def = def;
}

/// Adds the data of one file.
fn add(def: &mut PackDef, part: PackDef, source: usize, home: &mut Home) {
    let PackDef { pack, lexicon, classes, cues, sections, concepts, quantities, rules, laws, change, add, off } = part;
    if let Some(head) = pack
        && def.pack.is_none()
    {
        enter(home, "pack", "", source);
        def.pack = Some(head);
    }
    words(&mut def.lexicon, lexicon, source, home);
    cue_words(&mut def.cues, cues, source, home);
    map("classes", &mut def.classes, classes, source, home);
    map("sections", &mut def.sections, sections, source, home);
    map("concepts", &mut def.concepts, concepts, source, home);
    map("quantities", &mut def.quantities, quantities, source, home);
    map("change", &mut def.change, change, source, home);
    map("add", &mut def.add, add, source, home);
    map("off", &mut def.off, off, source, home);
    for rule in rules {
        let is_known = home.get("rules").is_some_and(|rules| rules.contains_key(&rule.id));
        if !is_known {
            enter(home, "rules", &rule.id, source);
            def.rules.push(rule);
        }
    }
    def.laws.extend(laws);
}

fn enter(home: &mut Home, root: &'static str, name: &str, source: usize) {
    home.entry(root).or_default().insert(name.to_owned(), source);
}

fn map<T>(
    root: &'static str,
    into: &mut indexmap::IndexMap<String, T>,
    from: indexmap::IndexMap<String, T>,
    source: usize,
    home: &mut Home,
) {
    for (name, entry) in from {
        if !into.contains_key(&name) {
            enter(home, root, &name, source);
            into.insert(name, entry);
        }
    }
}

/// The lists of a lexicon by their keys. A list added to the type without being named here does not compile.
pub(super) fn lexicon_lists(lexicon: &mut LexiconDef) -> [(&'static str, &mut Vec<String>); 10] {
    let LexiconDef {
        genres,
        metadata,
        furniture,
        publication,
        addressees,
        levels: _,
        offices,
        not_names,
        upper,
        units,
        other_kinds,
    } = lexicon;
    [
        ("genres", genres),
        ("metadata", metadata),
        ("furniture", furniture),
        ("publication", publication),
        ("addressees", addressees),
        ("offices", offices),
        ("not-names", not_names),
        ("upper", upper),
        ("units", units),
        ("other-kinds", other_kinds),
    ]
}

/// The lists of the cues by their keys.
pub(super) fn cue_lists(cues: &mut CuesDef) -> [(&'static str, &mut Vec<String>); 8] {
    let CuesDef { future, negation, not_negation, negation_after, issuing, fixed, every, not_number_after } = cues;
    [
        ("future", future),
        ("negation", negation),
        ("not-negation", not_negation),
        ("negation-after", negation_after),
        ("issuing", issuing),
        ("fixed", fixed),
        ("every", every),
        ("not-number-after", not_number_after),
    ]
}

fn words(into: &mut LexiconDef, mut from: LexiconDef, source: usize, home: &mut Home) {
    if into.levels.is_empty() && !from.levels.is_empty() {
        enter(home, "lexicon", "levels", source);
        into.levels = std::mem::take(&mut from.levels);
    }
    for ((key, into), (_, from)) in lexicon_lists(into).into_iter().zip(lexicon_lists(&mut from)) {
        take_list("lexicon", key, into, from, source, home);
    }
}

fn cue_words(into: &mut CuesDef, mut from: CuesDef, source: usize, home: &mut Home) {
    for ((key, into), (_, from)) in cue_lists(into).into_iter().zip(cue_lists(&mut from)) {
        take_list("cues", key, into, from, source, home);
    }
}

/// A list that no file before has written.
fn take_list(
    root: &'static str,
    key: &str,
    into: &mut Vec<String>,
    from: &mut Vec<String>,
    source: usize,
    home: &mut Home,
) {
    if into.is_empty() && !from.is_empty() {
        enter(home, root, key, source);
        *into = std::mem::take(from);
    }
}
