//! What several test files share.
#![allow(clippy::unwrap_used, dead_code, unreachable_pub, missing_docs)]

use hegui::{Packs, pack};

/// The small pack of `tests/packs/semantics`.
#[must_use]
pub fn packs() -> Packs {
    let text = std::fs::read_to_string("tests/packs/semantics/pack.yaml").unwrap();
    let def: pack::def::PackDef = serde_yaml::from_str(&text).unwrap();
    let compiled = pack::compile(&def, pack::PackStamp::default());
    Packs::new(vec![compiled.unwrap_or_else(|faults| panic!("{faults:#?}"))])
}
