//! Packs of rules: loaded from YAML with every fault at its place, compiled into what the engine runs.
//!
//! It opens no files; who calls it has read them. After `compile` nothing knows YAML.
//!
//! The way of a pack: text → `node` (a tree with places; the plain part of YAML only) → `schema` (all errors of form)
//! → `load` (data, the files of one folder merged) → `layers` (packs on top of each other) → [`compile`] (meaning).

pub mod builtin;
mod change;
mod compile;
mod compiled;
pub mod def;
mod error;
mod example;
mod explain;
mod fault;
mod flaw;
mod fold;
mod form;
mod guard;
mod intern;
mod laws;
mod layers;
mod level;
mod load;
mod merge;
mod node;
mod pattern;
mod phrase;
mod place;
mod plain;
mod provenance;
mod punctuation;
mod relation;
mod rule;
mod scalar;
mod schema;
mod shape;
mod snippet;
mod stamp;
mod suggest;
mod syntax;
mod tree;
mod typing;
mod version;

pub use compile::compile;
pub use compiled::{
    Agree, Check, Concept, Cues, Element, Figures, Forbidden, Pack, Phrase, PhraseId, Quantity, Require, Rule,
    SectionKind, SetId, Target, Together, Variant, VariantRef, What, Wordings, Years,
};
pub use error::{FaultPlace, PackError, PackFile, PlacedFault};
pub use fault::{Fault, Path, Step};
pub(crate) use flaw::quoted;
pub(crate) use form::Written;
pub use laws::{Catalogue, Day, Law, Name, parse_day};
pub(crate) use level::fault as level_fault;
pub use phrase::Gap;
pub use provenance::{Edited, Origin, Provenance, Touch};
pub use relation::{Comparison, Relation, Side, Term};
pub(crate) use shape::Shape;
pub use shape::schema_text;
pub use stamp::PackStamp;
pub(crate) use suggest::nearest;

/// A pack with all packs below it, as one.
#[derive(Debug)]
pub struct Resolved {
    /// Its data: the layers folded. `off` holds the rules that are switched off, with the reasons; `change` and `add`
    /// are used up.
    pub def: def::PackDef,
    /// What the engine runs.
    pub pack: Pack,
    /// What the outputs say of it.
    pub stamp: PackStamp,
    /// Which layer and file each part comes from.
    pub provenance: Provenance,
}

/// Loads the pack whose YAML files are `files`. `known` gives the files of a pack that is extended, by its id; a pack
/// that names none extends `base`, where there is one. Files below a pack's `tests` folder are no part of it.
///
/// # Errors
/// Everything that is wrong with the pack and those below it, each at its place.
pub fn load(files: &[PackFile], known: &dyn Fn(&str) -> Option<Vec<PackFile>>) -> Result<Resolved, PackError> {
    let mut faults = error::Faults::default();
    let layers = layers::chain(files, known, &mut faults);
    finish(layers, faults)
}

/// From the layers, lowest first, to the pack.
fn finish(mut layers: Vec<load::Layer>, mut faults: error::Faults) -> Result<Resolved, PackError> {
    let folded = layers::fold(&mut layers, &mut faults);
    let stamp = layers::stamp(&folded, &layers);
    // Where something is gone that others refer to, the checks of meaning would only echo it.
    let compiled = if folded.blind { Err(Vec::new()) } else { compile(&folded.def, stamp.clone()) };
    let atlas = place::Atlas { layers: &layers, moved: &folded.moved };
    match compiled {
        Ok(pack) if faults.count() == 0 => Ok(Resolved { def: folded.def, pack, stamp, provenance: folded.provenance }),
        Ok(_) => Err(faults.into_error()),
        Err(found) => {
            found.iter().for_each(|fault| atlas.raise(fault, &mut faults));
            if faults.count() == 0 {
                faults.raise(0, flaw::Flaw::new(crate::text::Span::default(), "规则包不能使用"));
            }
            Err(faults.into_error())
        }
    }
}
