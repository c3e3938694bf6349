//! Lapses of a pack: what can mean something and should not be so. They fail its test and stop no check of a report.
//!
//! Only what the pack itself brings is held against it, not what lies in the packs below.

use std::collections::BTreeSet;

use crate::pack::{
    Check, Pack, Resolved, Rule, Target, What,
    def::{ForbidDef, PackDef, RuleDef},
};

/// Something that the keeper of a pack forgot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapse {
    /// The outermost key of the entry: `rules`.
    pub root: &'static str,
    /// The entry's name.
    pub name: String,
    /// What is wrong with it, in Chinese.
    pub message: String,
}

/// The lapses of a pack, in the order of its data.
#[must_use]
pub fn lapses(resolved: &Resolved) -> Vec<Lapse> {
    let mut lapses = Vec::new();
    let own = |root: &str, name: &str| is_own(resolved, root, name);
    let mut push = |root, name: &str, message: String| {
        if own(root, name) {
            lapses.push(Lapse { root, name: name.to_owned(), message });
        }
    };
    for rule in &resolved.pack.rules {
        let lacking = lacking_examples(&resolved.pack, rule);
        // A layer cannot add examples to a rule that it only changes.
        if !lacking.is_empty() && is_written_here(resolved, "rules", &rule.def.id) {
            push("rules", &rule.def.id, format!("缺少例子：{}", lacking.join("、")));
        }
    }
    let concepts = used_concepts(resolved);
    for name in resolved.def.concepts.keys().filter(|name| !concepts.contains(name.as_str())) {
        push("concepts", name, "没有规则用到这个事项".to_owned());
    }
    let wordings = wordings(&resolved.def);
    for name in resolved.def.classes.keys() {
        let reference = format!("<{name}>");
        if !wordings.iter().any(|wording| wording.contains(&reference)) {
            push("classes", name, "没有说法用到这个词类".to_owned());
        }
    }
    for (root, name, wording) in twice(&resolved.def) {
        push(root, name, format!("“{wording}”在同一个列表里写了两遍"));
    }
    let relations = relations(&resolved.def);
    for name in resolved.def.quantities.keys().filter(|name| !relations.contains(name.as_str())) {
        push("quantities", name, "没有规则用到这个数量".to_owned());
    }
    lapses
}

/// Whether an entry was written in the pack itself.
fn is_written_here(resolved: &Resolved, root: &str, name: &str) -> bool {
    let origin = resolved.provenance.of(root, name);
    let top = resolved.provenance.layers.last();
    top.is_none_or(|top| origin.is_none_or(|origin| origin.layer == *top))
}

/// Whether an entry was written, or worked on, in the pack itself and not in one below it.
#[must_use]
pub fn is_own(resolved: &Resolved, root: &str, name: &str) -> bool {
    let Some(top) = resolved.provenance.layers.last() else { return true };
    resolved
        .provenance
        .of(root, name)
        .is_none_or(|origin| origin.layer == *top || origin.edits.iter().any(|edit| edit.layer == *top))
}

/// The lists of examples that a rule's kind needs and that are empty.
fn lacking_examples(pack: &Pack, rule: &Rule) -> Vec<&'static str> {
    let examples = &rule.def.examples;
    let needed = match &rule.check {
        _ if rule.off.is_some() => Vec::new(),
        Check::Require(_) => {
            let dated = rule.def.when.year.is_some();
            vec![
                ("met（已写实）", examples.met.is_empty()),
                ("partial（只提到）", examples.partial.is_empty() && !is_plain(pack, rule)),
                ("missing（未写到）", examples.missing.is_empty()),
                ("skipped（未检查）", dated && examples.skipped.is_empty()),
            ]
        }
        check => vec![
            ("good（正确）", examples.good.is_empty()),
            ("bad（有错）", examples.bad.is_empty() && !is_of_notes(check)),
        ],
    };
    needed.into_iter().filter(|(_, is_empty)| *is_empty).map(|(name, _)| name).collect()
}

/// Whether there is no half of what is asked: one item, or one thing whose name is enough.
fn is_plain(pack: &Pack, rule: &Rule) -> bool {
    let Check::Require(require) = &rule.check else { return false };
    match &require.what {
        What::Items { at_least, .. } => *at_least <= 1,
        What::All(places) | What::Any(places) => match places.as_slice() {
            [place] => pack.concepts.get(*place).is_some_and(|concept| concept.plain),
            _ => false,
        },
    }
}

/// Whether a rule looks at the reader's notes alone, which no example can hold: an example is text.
fn is_of_notes(check: &Check) -> bool {
    let Check::Forbid(entries) = check else { return false };
    entries.iter().all(|entry| matches!(entry.target, Target::Note(_)))
}

/// Concepts that a rule asks for, or with which one shares its numbers.
fn used_concepts(resolved: &Resolved) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for rule in &resolved.pack.rules {
        let Check::Require(require) = &rule.check else { continue };
        let places = match &require.what {
            What::All(places) | What::Any(places) => places.as_slice(),
            What::Items { concept, .. } => std::slice::from_ref(concept),
        };
        used.extend(
            places.iter().filter_map(|place| resolved.pack.concepts.get(*place)).map(|found| found.id.as_str()),
        );
    }
    used.extend(resolved.def.concepts.values().flat_map(|concept| &concept.shares).map(String::as_str));
    used
}

/// The words of all relations, and the quantities that must agree.
fn relations(def: &PackDef) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for rule in &def.rules {
        if let Some(figures) = &rule.figures {
            used.extend(figures.relation.split(|char: char| !char.is_alphanumeric() && char != '-'));
        }
        used.extend(rule.agree.iter().filter_map(|agree| agree.quantity.as_deref()));
    }
    used
}

/// The wordings that stand twice in one list: outermost key, entry, wording.
fn twice(def: &PackDef) -> Vec<(&'static str, &str, &str)> {
    let mut lists: Vec<(&'static str, &str, &Vec<String>)> = Vec::new();
    lists.extend(def.classes.iter().map(|(name, list)| ("classes", name.as_str(), list)));
    for (name, concept) in &def.concepts {
        let own = [&concept.mention, &concept.together, &concept.except, &concept.units, &concept.acts, &concept.zero];
        lists.extend(own.map(|list| ("concepts", name.as_str(), list)));
    }
    for (name, quantity) in &def.quantities {
        let own = [&quantity.phrases, &quantity.row, &quantity.column, &quantity.except];
        lists.extend(own.map(|list| ("quantities", name.as_str(), list)));
    }
    let mut found = Vec::new();
    for (root, name, list) in lists {
        let mut seen = BTreeSet::new();
        let again = list.iter().filter(|wording| !seen.insert(wording.as_str()));
        found.extend(again.map(|wording| (root, name, wording.as_str())));
    }
    found
}

/// Every text of a pack in which a class can be named.
fn wordings(def: &PackDef) -> Vec<&str> {
    let cues = &def.cues;
    let mut lists: Vec<&Vec<String>> = vec![&cues.future, &cues.negation, &cues.not_negation, &cues.negation_after];
    lists.extend([&cues.issuing, &cues.fixed, &cues.every, &cues.not_number_after]);
    lists.extend(def.pack.iter().map(|head| &head.titles));
    lists.extend(def.classes.values());
    for section in def.sections.values() {
        lists.extend([&section.headings, &section.except, &section.sub_headings, &section.merged]);
        lists.extend([&section.openers, &section.content]);
    }
    for concept in def.concepts.values() {
        lists.extend([&concept.mention, &concept.together, &concept.except, &concept.others, &concept.own]);
        lists.extend([&concept.units, &concept.acts, &concept.zero]);
    }
    lists.extend(
        def.quantities
            .values()
            .flat_map(|quantity| [&quantity.phrases, &quantity.row, &quantity.column, &quantity.except]),
    );
    let mut wordings: Vec<&str> = lists.into_iter().flatten().map(String::as_str).collect();
    def.rules.iter().for_each(|rule| of_rule(rule, &mut wordings));
    wordings
}

fn of_rule<'a>(rule: &'a RuleDef, wordings: &mut Vec<&'a str>) {
    for (wrong, right) in rule.forbid.iter().flatten() {
        wordings.push(wrong);
        if let Some(ForbidDef::Full(full)) = right {
            wordings.extend(full.allow.iter().chain(&full.unless).map(String::as_str));
        }
    }
    if let Some(agree) = &rule.agree {
        wordings.extend(agree.phrases.iter().chain(&agree.unless).map(String::as_str));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::pack::{PackFile, load};

    const LOWER: &str = "pack: { name: lower, title: 下, version: 2026.1.0 }\n\
                         sections: { all: { name: 全部, rest: true } }\n\
                         classes: { 谁: [组长] }\nconcepts: { road: { mention: [修路] } }\n";

    fn found(text: &str) -> Vec<String> {
        let file = |name: &str, text: &str| PackFile { name: name.to_owned(), text: text.to_owned() };
        let known = |name: &str| (name == "lower").then(|| vec![file("lower.yaml", LOWER)]);
        let resolved = load(&[file("pack.yaml", text)], &known).unwrap();
        lapses(&resolved).into_iter().map(|lapse| format!("{}/{}", lapse.root, lapse.name)).collect()
    }

    #[test]
    fn what_nothing_uses_is_a_lapse() {
        assert_eq!(found(LOWER), ["concepts/road", "classes/谁"]);
    }

    #[test]
    fn a_wording_that_stands_twice_in_a_list_is_a_lapse() {
        let text = LOWER.replace("[修路]", "[修路, 铺路, 修路]");
        assert_eq!(found(&text), ["concepts/road", "classes/谁", "concepts/road"]);
    }

    #[test]
    fn a_layer_answers_for_its_own_entries_alone() {
        let head = "pack: { name: upper, title: 上, version: 2026.1.0, extends: lower ^2026.1 }\n";
        assert!(found(&format!("{head}classes: {{}}\n")).is_empty());
        let rule = "rules:\n- id: road\n  name: 路\n  require: road\n  severity: info\n  when: { year: '>=2020' }\n\
                    \x20 basis: [{ title: 甲, standing: advised }]\n  messages: { missing: 无, partial: 空 }\n";
        assert_eq!(found(&format!("{head}{rule}")), ["rules/road"]);
        assert_eq!(found(&format!("{head}add: {{ road: {{ mention: [铺路] }} }}\n")), ["concepts/road"]);
    }
}
