//! Names that have the form of a unit: two or three characters before 镇, 乡 or 街道.

use crate::text::Span;

/// A name where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitMention {
    /// Its bytes in the view, the level's characters included.
    pub view: Span,
    /// Whether it is the report's own unit.
    pub own: bool,
}
