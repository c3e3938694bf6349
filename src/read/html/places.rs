//! From bytes of the decoded page to the file: [`Places`].

use super::text::decode::Decoded;
use crate::document::Anchor;

/// Finds places in the file, quickest where they are asked for in the order of the page.
pub(super) struct Places<'a> {
    decoded: &'a Decoded,
    /// Which piece was asked for last.
    piece: usize,
    /// The byte that was asked for last, and its anchor.
    last: Option<(usize, Anchor)>,
}

impl<'a> Places<'a> {
    pub(super) fn new(decoded: &'a Decoded) -> Self {
        Self { decoded, piece: 0, last: None }
    }

    /// The anchor of byte `at` of the decoded page; none for what has no place of its own.
    pub(super) fn anchor(&mut self, at: usize) -> Option<Anchor> {
        let pieces = &self.decoded.pieces;
        let index = pieces.partition_point(|piece| piece.span.end <= at);
        let piece = pieces.get(index).filter(|piece| piece.span.start <= at)?;
        let known = self.last.take().filter(|(before, _)| self.piece == index && *before <= at);
        let (from, anchor) = known.unwrap_or_else(|| (piece.span.start, piece.anchor.clone()));
        let anchor = anchor.after(self.decoded.text.get(from..at)?);
        self.piece = index;
        self.last = Some((at, anchor.clone()));
        Some(anchor)
    }
}
