//! Which element of a Word file wrote which characters of the text, noted while reading for who writes into the file.
//!
//! It is off unless a writer asks for it; what is done with it is none of this module's business.

use super::xml::{Element, Space};

/// Characters of a paragraph that one element wrote.
#[derive(Debug, Clone)]
pub(crate) struct Stroke {
    /// Which `w:p` of the part.
    pub(crate) paragraph: usize,
    /// The first of the characters, counted in the paragraph from 0.
    pub(crate) first: usize,
    /// One behind the last.
    pub(crate) end: usize,
    /// The element that wrote them.
    pub(crate) item: usize,
    /// The outermost run, formula or alternative around it, which stands right among the runs of the paragraph.
    pub(crate) carrier: usize,
}

/// The strokes so far.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// The strokes, if they are wanted.
    strokes: Option<Vec<Stroke>>,
    /// The node of the carrier that is being read.
    carrier: Option<usize>,
}

impl Trace {
    /// A trace that is on.
    pub(super) fn on() -> Self {
        Self { strokes: Some(Vec::new()), carrier: None }
    }

    /// Enters an element of a paragraph. Gives what [`leave`](Self::leave) wants back.
    pub(super) fn enter(&mut self, element: Element<'_>) -> bool {
        let outermost = self.carrier.is_none() && carries(element);
        if outermost {
            self.carrier = Some(element.index());
        }
        outermost
    }

    /// Leaves the element that was entered.
    pub(super) fn leave(&mut self, outermost: bool) {
        if outermost {
            self.carrier = None;
        }
    }

    /// Notes that `item` wrote from one progress, paragraph and character, to the other.
    pub(super) fn note(&mut self, item: Element<'_>, (paragraph, first): (usize, usize), (_, end): (usize, usize)) {
        let (Some(strokes), Some(carrier)) = (&mut self.strokes, self.carrier) else { return };
        if first < end {
            strokes.push(Stroke { paragraph, first, end, item: item.index(), carrier });
        }
    }

    /// The strokes in the order in which they were read; their elements are numbers of nodes.
    pub(super) fn into_strokes(self) -> Vec<Stroke> {
        self.strokes.unwrap_or_default()
    }
}

/// Whether an element is one that characters of a paragraph stand in.
pub(super) fn carries(element: Element<'_>) -> bool {
    element.is("r") || matches!(element.space(), Space::Math | Space::Compatibility)
}
