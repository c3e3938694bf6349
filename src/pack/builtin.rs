//! The packs inside the program. They were turned into JSON when hegui was built and passed all checks in the tests,
//! so that a start reads neither YAML nor schema; and they are there as files too, to be written out and changed.

use std::{collections::HashMap, sync::LazyLock};

use indexmap::IndexMap;
use rust_embed::RustEmbed;

use super::{
    PackError, PackFile, Resolved,
    def::PackDef,
    error::Faults,
    finish,
    flaw::Flaw,
    layers::{BASE, MAX_LAYERS},
    load::{Layer, Loaded},
    merge,
    version::Extends,
};
use crate::text::Span;

/// The folder of rules as it stood when hegui was built.
#[derive(RustEmbed)]
#[folder = "rules/"]
struct Rules;

/// The same packs as JSON: path → data as text.
static PACKS: LazyLock<IndexMap<String, String>> =
    LazyLock::new(|| serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/packs.json"))).unwrap_or_default());

/// The names of the built-in packs, in alphabetical order. One that only lends its words to others is among them.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = PACKS.keys().filter_map(|path| Some(path.split_once('/')?.0)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The names of those that are for reports of a kind: whose head, in their `pack.yaml`, names titles.
#[must_use]
pub fn for_reports() -> Vec<&'static str> {
    let head = |name: &&str| {
        let data = PACKS.get(&format!("{name}/pack.yaml"))?;
        serde_json::from_str::<PackDef>(data).ok()?.pack
    };
    names().into_iter().filter(|name| head(name).is_some_and(|head| !head.titles.is_empty())).collect()
}

/// The YAML files of a built-in pack, as any pack is loaded.
#[must_use]
pub fn files(name: &str) -> Option<Vec<PackFile>> {
    let paths = PACKS.keys().filter(|path| path.split_once('/').is_some_and(|(folder, _)| folder == name));
    let file = |path: &String| {
        let bytes = Rules::get(path)?.data.into_owned();
        Some(PackFile { name: path.clone(), text: String::from_utf8(bytes).ok()? })
    };
    let files: Vec<PackFile> = paths.filter_map(file).collect();
    (!files.is_empty()).then_some(files)
}

/// Everything in the folder of a built-in pack, its tests too: path below `rules/` and bytes.
#[must_use]
pub fn export(name: &str) -> Vec<(String, Vec<u8>)> {
    let inside = Rules::iter().filter(|path| path.split_once('/').is_some_and(|(folder, _)| folder == name));
    inside.filter_map(|path| Some((path.to_string(), Rules::get(&path)?.data.into_owned()))).collect()
}

/// Loads a built-in pack the short way.
///
/// # Errors
/// An unknown name. Faults of the data cannot occur in a released program; they would be reported without places.
pub fn load(name: &str) -> Result<Resolved, PackError> {
    from_json(&PACKS, name)
}

/// Loads the pack in folder `name` of `packs`, and those below it.
fn from_json(packs: &IndexMap<String, String>, name: &str) -> Result<Resolved, PackError> {
    let mut faults = Faults::default();
    let mut layers = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next.take().filter(|_| layers.len() < MAX_LAYERS) {
        let layer = layer(packs, &name, &mut faults);
        next = layer.def.pack.as_ref().and_then(|head| match &head.extends {
            Some(text) => Extends::parse(text).ok().map(|extends| extends.name),
            None => (head.name != BASE && packs.keys().any(|path| path.starts_with("base/"))).then(|| BASE.to_owned()),
        });
        layers.push(layer);
    }
    layers.reverse();
    finish(layers, faults)
}

/// The files of one folder as a layer.
fn layer(packs: &IndexMap<String, String>, name: &str, faults: &mut Faults) -> Layer {
    let mut layer = Layer::default();
    for (path, data) in packs {
        if path.split_once('/').is_none_or(|(folder, _)| folder != name) {
            continue;
        }
        let source = faults.open(&PackFile { name: path.clone(), text: String::new() });
        let def = serde_json::from_str(data).unwrap_or_else(|error| {
            faults.raise(source, Flaw::new(Span::default(), format!("内置的规则包读不出来：{error}")));
            PackDef::default()
        });
        let canonical = data.clone();
        layer.files.push(Loaded { source, tree: None, rules: HashMap::new(), def, canonical });
    }
    if layer.files.is_empty() {
        let source = faults.open(&PackFile { name: name.to_owned(), text: String::new() });
        faults.raise(source, Flaw::new(Span::default(), format!("没有内置的规则包“{name}”")));
    }
    merge::all(&mut layer);
    layer
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::pack::{self, error::without_mark};

    /// The same as `build.rs` does.
    fn packed(files: &[PackFile]) -> IndexMap<String, String> {
        let value = |text: &str| serde_yaml::from_str::<serde_json::Value>(without_mark(text)).unwrap().to_string();
        files.iter().map(|file| (file.name.clone(), value(&file.text))).collect()
    }

    fn assert_same(short: &Resolved, long: &Resolved) {
        assert_eq!(format!("{:?}", short.def), format!("{:?}", long.def));
        assert_eq!(short.stamp, long.stamp);
        let entries = |resolved: &Resolved| -> Vec<(String, String)> {
            let all = resolved.provenance.entries();
            all.map(|(root, name, origin)| (format!("{root}/{name}"), origin.file.clone())).collect()
        };
        assert_eq!(entries(short), entries(long));
    }

    #[test]
    fn every_built_in_pack_is_whole_and_the_short_way_gives_the_same() {
        for name in names() {
            let long = pack::load(&files(name).unwrap(), &files);
            let long = long.unwrap_or_else(|error| panic!("{}", error.render(100, false)));
            assert_eq!(long.stamp.name, name, "the folder is named like its pack");
            let short = load(name).unwrap_or_else(|error| {
                panic!("{error}\nIn a built-in pack a number that stands for a text needs quotes.")
            });
            assert_same(&short, &long);
            assert_eq!(for_reports().contains(&name), !long.pack.titles.is_empty(), "{name}");
        }
    }

    #[test]
    fn a_layer_is_the_same_the_short_way() {
        let file = |name: &str, text: &str| PackFile { name: name.to_owned(), text: text.to_owned() };
        let all = [
            file(
                "base/words.yaml",
                "pack: { name: base, title: 词, version: 2026.1.0 }\nlexicon: { genres: [报告] }\n",
            ),
            file("lower/pack.yaml", "pack: { name: lower, title: 下, version: 2026.1.0 }\nclasses: { 谁: [组长] }\n"),
            file("lower/z.yaml", "laws: [{ title: 甲办法 }]\nconcepts: { road: { mention: [修路] } }\n"),
            file(
                "upper/pack.yaml",
                "pack: { name: upper, title: 上, version: 2026.1.0, extends: lower ^2026.1 }\nclasses: { 谁: [会计] }\n\
                 lexicon: { genres: [总结] }\nadd: { road: { mention: [铺路] } }\n",
            ),
        ];
        let of = |name: &str| {
            let inside = all.iter().filter(|file| file.name.split('/').next() == Some(name)).cloned();
            Some(inside.collect::<Vec<_>>()).filter(|files| !files.is_empty())
        };
        let long = pack::load(&of("upper").unwrap(), &of).unwrap_or_else(|error| panic!("{error}"));
        let short = from_json(&packed(&all), "upper").unwrap_or_else(|error| panic!("{error}"));
        assert_same(&short, &long);
        assert_eq!(short.stamp.layers, ["lower 2026.1.0", "base 2026.1.0"]);
        assert_eq!(short.def.lexicon.genres, ["报告", "总结"]);
    }

    #[test]
    fn an_unknown_name_is_an_error() {
        assert!(load("no-such-pack").unwrap_err().to_string().contains("no-such-pack"));
        assert!(files("no-such-pack").is_none() && export("no-such-pack").is_empty());
    }
}
