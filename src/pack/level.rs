//! The levels of units that a pack knows, and what is wrong with the name of one that it does not.

use super::{
    def::LexiconDef,
    fault::{Fault, Path},
    flaw::quoted,
    suggest,
};

/// The levels in the order of the lexicon, each once.
pub(super) fn of(lexicon: &LexiconDef) -> Vec<String> {
    let mut levels: Vec<String> = Vec::new();
    for level in lexicon.levels.values() {
        if !levels.contains(level) {
            levels.push(level.clone());
        }
    }
    levels
}

/// The fault of a level at `path` that is none of `levels`: a rule or an agreement with it would never be of use.
/// `is_list` says whether several may stand there.
pub(crate) fn fault(level: &str, levels: &[&str], path: Path, is_list: bool) -> Option<Fault> {
    if levels.contains(&level) {
        return None;
    }
    let inside: Vec<&str> = levels.iter().copied().filter(|known| level.contains(known)).collect();
    let near =
        suggest::nearest(level, inside.iter().copied()).or_else(|| suggest::nearest(level, levels.iter().copied()));
    let question = match (inside.as_slice(), near) {
        ([_, _, ..], _) if is_list => format!("，要分开写：{}", inside.join(", ")),
        ([only], _) => format!("，是不是“{only}”？"),
        (_, Some(near)) => format!("，是不是“{near}”？"),
        _ => String::new(),
    };
    let fault = Fault::new(path, format!("没有“{}”这个层级{question}", quoted(level, 20)));
    let help = match levels {
        [] => "规则包的 lexicon 里没有写 levels，一个层级也没有".to_owned(),
        levels => format!("可以写：{}", levels.join("、")),
    };
    Some(fault.help(help))
}
