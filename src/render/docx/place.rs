//! From a span of the text to the characters of the main part where a comment can stand.

use crate::{
    document::{Document, Origin, Role},
    read::docx::{Anatomy, Stroke},
    text::Span,
};

/// Where a comment stands in the main part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Characters of a paragraph (which `w:p`), at least one.
    Characters {
        /// Which paragraph.
        paragraph: usize,
        /// The first character.
        start: usize,
        /// One behind the last.
        end: usize,
    },
    /// The whole of a run (a tag), where its content cannot carry comments: a text box.
    Carrier {
        /// The paragraph around it.
        paragraph: usize,
        /// The run.
        carrier: usize,
    },
    /// A paragraph (a tag) without characters.
    Paragraph(usize),
}

/// Finds places.
pub(super) struct Places<'a> {
    /// The file.
    pub(super) anatomy: &'a Anatomy,
    /// The report that was read from it.
    pub(super) document: &'a Document,
    /// The tags of the paragraphs of the main part.
    paragraphs: Vec<usize>,
}

impl<'a> Places<'a> {
    /// The places of a file.
    pub(super) fn new(anatomy: &'a Anatomy, document: &'a Document) -> Self {
        let paragraphs = (0..anatomy.main.tags.len()).filter(|tag| anatomy.main.is(*tag, "p")).collect();
        Self { anatomy, document, paragraphs }
    }

    /// Where a span stands; none outside the main part. A span that leaves its paragraph ends with it.
    pub(super) fn of(&self, span: Span) -> Option<Place> {
        let (paragraph, start, end) = self.characters(span)?;
        self.carrying(paragraph, start, end)
    }

    /// The place for what is said of the whole report: its title, else its first characters, else any paragraph.
    pub(super) fn title(&self) -> Option<Place> {
        let title = self.document.blocks.iter().find(|block| block.role == Role::Title);
        let title = title.and_then(|block| self.of(*block.spans.first()?));
        let first = || {
            let (paragraph, strokes) = self.anatomy.strokes.iter().next()?;
            self.carrying(*paragraph, strokes.first()?.first, strokes.last()?.end)
        };
        title.or_else(first).or_else(|| self.paragraphs.first().map(|tag| Place::Paragraph(*tag)))
    }

    /// Paragraph, first and last character of a span in the main part.
    pub(super) fn characters(&self, span: Span) -> Option<(usize, usize, usize)> {
        match self.document.origins.of(&self.document.text, span)? {
            Origin::Word { part, paragraph, start, end } if *part == *self.anatomy.main_name => {
                Some((paragraph, start, end))
            }
            _ => None,
        }
    }

    /// The strokes of a paragraph.
    pub(super) fn strokes(&self, paragraph: usize) -> &'a [Stroke] {
        self.anatomy.strokes.get(&paragraph).map_or(&[], Vec::as_slice)
    }

    /// Whether a paragraph stands in a text box.
    pub(super) fn is_boxed(&self, paragraph: usize) -> bool {
        self.paragraphs.get(paragraph).is_some_and(|tag| self.host(*tag).is_some())
    }

    fn carrying(&self, paragraph: usize, start: usize, end: usize) -> Option<Place> {
        let tag = *self.paragraphs.get(paragraph)?;
        if let Some((host, carrier)) = self.host(tag) {
            let paragraph = self.paragraphs.binary_search(&host).ok()?;
            return Some(Place::Carrier { paragraph, carrier });
        }
        let strokes = self.strokes(paragraph);
        let (Some(first), Some(last)) = (strokes.first(), strokes.last()) else { return Some(Place::Paragraph(tag)) };
        // An automatic number without text stands behind the last character.
        let start = start.clamp(first.first, last.end - 1);
        Some(Place::Characters { paragraph, start, end: end.clamp(start + 1, last.end) })
    }

    /// The paragraph outside all text boxes that holds the paragraph `tag`, and the run there that holds the box.
    fn host(&self, tag: usize) -> Option<(usize, usize)> {
        let main = &self.anatomy.main;
        let around: Vec<usize> = main.ancestors(tag).collect();
        let host = around.iter().rposition(|outer| main.is(*outer, "p"))?;
        let inside = around.get(..host)?;
        let carrier = inside.iter().rfind(|outer| main.tags.get(**outer).is_some_and(|tag| tag.carries))?;
        Some((*around.get(host)?, *carrier))
    }
}
