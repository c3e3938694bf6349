//! The tool and its rules in SARIF.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{level, list, shape::Message};
use crate::{
    Packs,
    pack::{PackStamp, Rule},
    render::{json::compact, words},
};

/// The rules of all packs, each once.
#[derive(Debug)]
pub(super) struct Rules {
    /// In JSON, in the order of the packs.
    descriptors: Vec<String>,
    /// What each advises, as the pack writes it.
    helps: Vec<Option<String>>,
    /// By pack and rule.
    indices: BTreeMap<(String, String), usize>,
    /// The packs, in JSON.
    packs: Vec<String>,
}

impl Rules {
    pub(super) fn new(packs: &Packs) -> Self {
        let mut rules =
            Self { descriptors: Vec::new(), helps: Vec::new(), indices: BTreeMap::new(), packs: Vec::new() };
        let mut known = BTreeMap::new();
        for pack in packs.all() {
            rules.packs.push(compact(&Component::new(&pack.stamp)));
            for rule in &pack.rules {
                // Packs that build on the same one share its rules.
                let descriptor = compact(&Descriptor::new(rule));
                let index = *known.entry(descriptor.clone()).or_insert(rules.descriptors.len());
                if index == rules.descriptors.len() {
                    rules.descriptors.push(descriptor);
                    rules.helps.push(rule.def.help.clone());
                }
                rules.indices.insert((pack.stamp.name.clone(), rule.def.id.clone()), index);
            }
        }
        rules
    }

    /// The place of a rule in the list; none of what no pack says.
    pub(super) fn index(&self, pack: &str, rule: &str) -> Option<usize> {
        self.indices.get(&(pack.to_owned(), rule.to_owned())).copied()
    }

    /// What the rule in this place advises.
    pub(super) fn help(&self, index: usize) -> Option<&str> {
        self.helps.get(index)?.as_deref()
    }

    /// `tool`.
    pub(super) fn tool(&self) -> String {
        let rules: Vec<&str> = self.descriptors.iter().map(String::as_str).collect();
        let packs: Vec<&str> = self.packs.iter().map(String::as_str).collect();
        format!(
            "{{\"driver\": {{\"name\": \"{}\", \"semanticVersion\": \"{}\", \"language\": \"zh-CN\", \"rules\": {}}}, \
             \"extensions\": {}}}",
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION"),
            list(&rules),
            list(&packs)
        )
    }
}

/// `reportingDescriptor`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    name: String,
    short_description: Message,
    /// GitHub refuses rules without it.
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
}

/// `reportingConfiguration`.
#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

impl Descriptor {
    fn new(rule: &Rule) -> Self {
        let mut help: Vec<String> = rule.def.help.iter().map(|help| help.trim().to_owned()).collect();
        help.extend(rule.basis.iter().map(words::grounds));
        if help.is_empty() {
            help.push(rule.def.name.clone());
        }
        Self {
            id: rule.def.id.clone(),
            name: rule.def.name.clone(),
            short_description: Message::new(&rule.def.name),
            full_description: Message::new(&rule.def.name),
            help: Message::new(&help.join("\n")),
            default_configuration: Configuration { enabled: rule.off.is_none(), level: level(rule.severity) },
        }
    }
}

/// `toolComponent`: a pack.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Component {
    name: String,
    full_name: String,
    version: String,
    properties: Stamp,
}

#[derive(Serialize)]
struct Stamp {
    date: Option<String>,
    hash: String,
    layers: Vec<String>,
}

impl Component {
    fn new(stamp: &PackStamp) -> Self {
        let PackStamp { name, title, version, date, hash, layers } = stamp.clone();
        Self { name, full_name: title, version, properties: Stamp { date, hash, layers } }
    }
}
