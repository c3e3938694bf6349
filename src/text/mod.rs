//! Places in a text: [`Span`] and [`Lines`]. Nobody else counts lines, columns or cells.
//!
//! It knows nothing of documents, files or Chinese; it only measures.

mod lines;

pub use lines::{Lines, Position, display_width};

/// A stretch of a text, in bytes; `end` is exclusive. Both ends stand on character boundaries.
///
/// Of which text is said by who holds it: a [`Document`](crate::document::Document)'s spans are of its
/// `text`, unless a name says `view`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One behind the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Its length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the byte at `offset` lies inside.
    #[must_use]
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// The slice of `text` under `span`. Ends inside a character or behind the text are moved outwards or back, so
/// that a slip costs a character and never a panic.
#[must_use]
pub fn slice(text: &str, span: Span) -> &str {
    let end = text.ceil_char_boundary(span.end.min(text.len()));
    let start = text.floor_char_boundary(span.start.min(end));
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_never_cut_a_character() {
        assert_eq!(slice("法治", Span::new(1, 2)), "法");
        assert_eq!(slice("法治", Span::new(3, 99)), "治");
        assert_eq!(slice("法治", Span::new(9, 2)), "");
    }

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 6)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 6)));
        assert_eq!(Span::new(3, 6).join(Span::new(0, 1)), Span::new(0, 6));
    }
}
