//! Judges a document by a pack: one scan for all literals, what a mention counts for, sections, checks.

mod review;

pub use review::{Part, Requirement, Review, Section, Skip, SkipCode, Status};
