//! Which paragraph of the body holds which text box (`PlcfSpa`, `PlcftxbxTxt`).
//!
//! The texts of boxes stand in a story of their own; a box and its place in the body share the id of a shape.

use std::collections::BTreeMap;

use super::bytes::{offset_at, u32_at};

/// Bytes of what stands for a shape in its table (SPA), its id first.
const SHAPE: usize = 26;
/// Bytes of what stands for a text box in its table (FTXBXS).
const BOX: usize = 22;
/// Where in them the id of the shape stands.
const BOX_SHAPE: usize = 14;

/// A text box: where it hangs in the body, none where that is not known, and its units in the story of boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextBox {
    /// The unit of the body that it hangs at; far behind the body where it is not known.
    pub(super) anchor: usize,
    /// Its first unit in the story of text boxes.
    pub(super) start: usize,
    /// One behind its last unit.
    pub(super) end: usize,
}

/// The text boxes in the order of the body. `length` is that of their story.
pub(super) fn read(shapes: &[u8], boxes: &[u8], length: usize) -> Vec<TextBox> {
    let anchors = anchors(shapes);
    let count = count(boxes, BOX);
    let mut found = Vec::new();
    let mut before = 0;
    for index in 0..count {
        let (Some(start), Some(end)) = (offset_at(boxes, 4 * index), offset_at(boxes, 4 * (index + 1))) else { break };
        if start < before || end <= start || end > length {
            break;
        }
        before = end;
        let shape = u32_at(boxes, 4 * (count + 1) + BOX * index + BOX_SHAPE);
        let anchor = shape.and_then(|shape| anchors.get(&shape).copied()).unwrap_or(usize::MAX);
        found.push(TextBox { anchor, start, end });
    }
    if before < length {
        found.push(TextBox { anchor: usize::MAX, start: before, end: length });
    }
    found.sort();
    found
}

/// The units of the body at which shapes hang, by the shapes' ids.
fn anchors(shapes: &[u8]) -> BTreeMap<u32, usize> {
    let count = count(shapes, SHAPE);
    let anchor = |index| Some((u32_at(shapes, 4 * (count + 1) + SHAPE * index)?, offset_at(shapes, 4 * index)?));
    (0..count).filter_map(anchor).collect()
}

/// How many things a table of places holds, each with `size` bytes.
fn count(table: &[u8], size: usize) -> usize {
    table.len().saturating_sub(4) / (4 + size)
}
