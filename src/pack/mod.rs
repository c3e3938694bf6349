//! Packs of rules: loaded from YAML with every fault at its place, compiled into what the engine runs.
//!
//! After `compile` nothing knows YAML.

mod compile;
mod compiled;
pub mod def;
mod fault;
mod intern;
mod laws;
mod phrase;
mod relation;
mod rule;
mod stamp;

pub use compile::compile;
pub use compiled::{
    Agree, Check, Concept, Cues, Element, Figures, Forbidden, Pack, Pattern, Phrase, PhraseId, Quantity, Require, Rule,
    SectionKind, SetId, Target, Together, Variant, VariantRef, What, Wordings, Years,
};
pub use fault::{Fault, Path, Step};
pub use laws::{Catalogue, Day, Law, Name, parse_day};
pub use phrase::Gap;
pub use relation::{Comparison, Relation, Side, Term};
pub use stamp::PackStamp;
