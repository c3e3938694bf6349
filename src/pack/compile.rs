//! From the written form of a pack to what the engine runs: [`Pack`].

use super::{Fault, PackStamp, def::PackDef};

/// A pack that the engine can run.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// What the outputs say of it.
    pub stamp: PackStamp,
}

/// Compiles the resolved data of a pack.
///
/// # Errors
/// Everything in the data that cannot mean anything, each with its path.
pub fn compile(_def: &PackDef, stamp: PackStamp) -> Result<Pack, Vec<Fault>> {
    Ok(Pack { stamp })
}
