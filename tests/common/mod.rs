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

/// A pack of one rule, as a file.
pub const PACK: &str = "pack: { name: demo, title: 示例规则, version: 2026.1.0, for: [年度报告] }
rules:
  - id: demo-term
    name: 示例用语
    forbid: { 场次: 场 }
    severity: warning
    basis: [{ title: 示例办法, standing: customary }]
    messages: { found: '应写作“{to}”' }
";
