//! Packs on top of each other: `extends` followed down to the lowest, then folded upwards into one.
//!
//! The chain is a line: one `extends` a pack, no diamonds. What a layer may do to the one below is told in `fold` and `change`.

use sha2::{Digest, Sha256};

use super::{
    builtin,
    def::HeadDef,
    error::{Faults, PackFile},
    fault::{Fault, Path},
    fold::{self, Folded},
    load::{self, Layer},
    place::Atlas,
    stamp::PackStamp,
    suggest,
    version::{Extends, Version},
};

/// The pack with the words for reading any report; a pack that names no other extends it.
pub(super) const BASE: &str = "base";
/// How many packs may lie on top of each other.
pub(super) const MAX_LAYERS: usize = 8;

/// Gives the files of a pack by its name.
pub(super) type Known<'a> = dyn Fn(&str) -> Option<Vec<PackFile>> + 'a;

/// Reads a pack and all packs below it; the lowest comes first.
pub(super) fn chain(files: &[PackFile], known: &Known<'_>, faults: &mut Faults) -> Vec<Layer> {
    let mut chain = vec![load::read(files, faults)];
    let mut names: Vec<String> = Vec::new();
    while let Some(top) = chain.last_mut() {
        let Some(head) = checked_head(top, faults) else { break };
        names.push(head.name.clone());
        let Some(lower) = below(top, &head, &names, known, faults) else { break };
        chain.push(lower);
    }
    chain.reverse();
    chain
}

/// The head of a layer, its version checked.
fn checked_head(layer: &mut Layer, faults: &mut Faults) -> Option<HeadDef> {
    let Some(head) = layer.def.pack.clone() else {
        if !layer.blind {
            let message = "规则包没有写名称和版本：各个文件里都没有 pack";
            let help = "在一个文件里写上 pack: { name: 编号, title: 中文名称, version: 2026.1.0 }";
            raise(layer, &Fault::new(Path::default(), message).help(help), faults);
        }
        layer.blind = true;
        return None;
    };
    if head.version.is_empty() {
        // The head had a fault in its form, and no more is known of it.
        layer.blind = true;
        return None;
    }
    Some(head)
}

/// The layer below one, if it names one.
fn below(top: &mut Layer, head: &HeadDef, names: &[String], known: &Known<'_>, faults: &mut Faults) -> Option<Layer> {
    let Some(text) = &head.extends else {
        let files = if head.name == BASE || names.len() >= MAX_LAYERS { None } else { known(BASE) };
        return files.map(|files| load::read(&files, faults));
    };
    let lower = find(text, names, known, faults);
    match lower {
        Ok((extends, mut lower)) => {
            if let Err(fault) = fits(text, &extends, &lower) {
                raise(top, &fault, faults);
                lower.blind = true;
            }
            Some(lower)
        }
        Err(fault) => {
            raise(top, &fault, faults);
            top.blind = true;
            None
        }
    }
}

fn at_extends() -> Path {
    Path::root("pack").key("extends")
}

/// Finds and reads the pack that an `extends` names.
fn find(text: &str, names: &[String], known: &Known<'_>, faults: &mut Faults) -> Result<(Extends, Layer), Fault> {
    let extends = Extends::parse(text)
        .map_err(|(within, message, help)| Fault::new(at_extends(), message).help(help).within(within))?;
    let name = extends.name.as_str();
    if names.iter().any(|above| above == name) {
        let circle = [names, &[name.to_owned()]].concat().join(" → ");
        let fault = Fault::new(at_extends(), format!("规则包绕成了一圈：{circle}"));
        return Err(fault.help("extends 不能又指回在它之上的规则包"));
    }
    if names.len() >= MAX_LAYERS {
        return Err(Fault::new(at_extends(), format!("规则包一个叠一个，超过{MAX_LAYERS}层")).help("合并其中几个"));
    }
    let files = known(name).filter(|files| !files.is_empty()).ok_or_else(|| {
        let near = suggest::nearest(name, builtin::names()).filter(|near| known(near).is_some());
        let question = near.map_or(String::new(), |near| format!("，是不是“{near}”？"));
        let fault = Fault::new(at_extends(), format!("没有找到规则包“{name}”{question}")).within(0..name.len());
        fault.help("检查编号有没有写错；不是内置的规则包，要把它的文件夹一并给出")
    })?;
    Ok((extends.clone(), load::read(&files, faults)))
}

/// Whether the pack found is the one asked for.
fn fits(text: &str, extends: &Extends, lower: &Layer) -> Result<(), Fault> {
    let Some(head) = lower.def.pack.as_ref() else { return Ok(()) };
    let Some(version) = Version::parse(&head.version) else { return Ok(()) };
    let name = &extends.name;
    if head.name != *name {
        let fault = Fault::new(at_extends(), format!("要找的是“{name}”，找到的文件里写的是“{}”", head.name));
        return Err(fault.help("改 extends，或者改那个规则包的 name"));
    }
    if extends.requirement.allows(version) {
        return Ok(());
    }
    let asked = text.get(name.len()..).unwrap_or_default().trim();
    let fault = Fault::new(at_extends(), format!("要的是 {name} {asked}，现有的是 {version}"));
    let fault = fault.within(text.len() - asked.len()..text.len());
    Err(fault.help("核对现有版本改了什么，再改这里的版本；或者换用合要求的版本"))
}

/// Raises a fault of one layer's own data.
pub(super) fn raise(layer: &Layer, fault: &Fault, faults: &mut Faults) {
    Atlas { layers: std::slice::from_ref(layer), moved: &[] }.raise(fault, faults);
}

/// Folds the layers, lowest first, into one pack. Their data moves into it.
pub(super) fn fold(layers: &mut [Layer], faults: &mut Faults) -> Folded {
    let mut folded = Folded::default();
    for layer in layers.iter_mut() {
        folded.blind |= layer.blind;
        fold::lay(&mut folded, layer, faults);
    }
    folded
}

/// What the outputs say of the folded pack.
pub(super) fn stamp(folded: &Folded, layers: &[Layer]) -> PackStamp {
    let mut hash = Sha256::new();
    for file in layers.iter().flat_map(|layer| &layer.files) {
        hash.update(file.canonical.as_bytes());
        hash.update(b"\n");
    }
    let hash = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut below = folded.provenance.layers.clone();
    below.pop();
    below.reverse();
    let head = folded.def.pack.as_ref();
    PackStamp {
        name: head.map(|head| head.name.clone()).unwrap_or_default(),
        title: head.map(|head| head.title.clone()).unwrap_or_default(),
        version: head.map(|head| head.version.clone()).unwrap_or_default(),
        date: head.and_then(|head| head.date.clone()),
        hash,
        layers: below,
    }
}
