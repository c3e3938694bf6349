//! Tries rules on texts: the examples that stand in a pack, the snapshots of whole reports. All of it is pure.
//!
//! It reads no file and prints nothing; `cli` and the tests do.

mod effect;
mod example;
mod mark;
mod snapshot;

pub use effect::{Effect, StatusChange};
pub use example::{Outcome, Trial, try_rule};
pub use snapshot::snapshot;
