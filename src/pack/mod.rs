//! Packs of rules: loaded from YAML with every fault at its place, compiled into what the engine runs.
//!
//! After `compile` nothing knows YAML.

pub mod def;
mod fault;
mod stamp;

pub use fault::{Fault, Path, Step};
pub use stamp::PackStamp;
