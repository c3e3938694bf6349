//! hegui checks Chinese official reports against written rules.

pub mod diagnostic;
pub mod document;
pub mod engine;
pub mod facts;
pub mod pack;
pub mod read;
pub mod text;
pub mod trial;
