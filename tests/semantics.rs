//! What each operator of the rule language means, by the examples of a small pack: `tests/packs/semantics`.
#![allow(clippy::unwrap_used)]

use hegui::{
    pack::{self, PackStamp, def::PackDef},
    trial::{Outcome, try_rule},
};

#[test]
fn every_operator_means_what_its_examples_say() {
    let text = std::fs::read_to_string("tests/packs/semantics/pack.yaml").unwrap();
    let def: PackDef = serde_yaml::from_str(&text).unwrap();
    let pack = pack::compile(&def, PackStamp::default());
    let pack = pack.unwrap_or_else(|faults| panic!("{faults:#?}"));
    let wrong: Vec<String> = pack
        .rules
        .iter()
        .flat_map(|rule| try_rule(&pack, rule))
        .filter(|trial| trial.outcome != Outcome::Right)
        .map(|trial| format!("{:?} {} {}: {}\n    {}", trial.outcome, trial.rule, trial.want, trial.text, trial.got))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
