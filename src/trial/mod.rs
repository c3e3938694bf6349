//! Tries rules on texts: the examples that stand in a pack, the snapshots of whole reports. All of it is pure.
//!
//! It reads no file and prints nothing; `cli` and the tests do.

mod coverage;
mod effect;
mod example;
mod lapse;
mod mark;
mod record;
mod snapshot;

pub use coverage::{Coverage, Gaps, Unseen};
pub use effect::{Effect, StatusChange};
pub use example::{Outcome, Trial, try_rule};
pub use lapse::{Lapse, is_own, lapses};
pub use record::{Comparison, Line, Record};
pub use snapshot::snapshot;
