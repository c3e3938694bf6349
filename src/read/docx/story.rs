//! Walks through a story of a Word file (the body, a header, a note) block by block: paragraphs and tables.
//!
//! Elements that are not known are walked through: what wraps text (`w:sdt`, `w:customXml`) may be anything.

use std::collections::BTreeMap;

use super::{
    counter::Counter,
    inline::Fields,
    output::Output,
    properties::Properties,
    styles::Styles,
    tables,
    trace::Trace,
    xml::{Element, Space},
};
use crate::document::{NoteKind, ParagraphKind};

/// A walk through the stories of a file, one after the other.
pub(super) struct Walk<'a> {
    /// The text that it writes.
    pub(super) output: Output,
    /// The styles of the file.
    pub(super) styles: &'a Styles,
    /// The fields that are open.
    pub(super) fields: Fields,
    /// Where the ranges of comments that are open begin, by the comments' ids.
    pub(super) comments: BTreeMap<String, usize>,
    /// Which elements wrote which characters, for a writer.
    pub(super) trace: Trace,
    counter: Counter<'a>,
    tables: usize,
}

impl<'a> Walk<'a> {
    /// Begins a walk.
    pub(super) fn new(styles: &'a Styles, counter: Counter<'a>) -> Self {
        Self {
            output: Output::new(),
            styles,
            fields: Fields::default(),
            comments: BTreeMap::new(),
            trace: Trace::default(),
            counter,
            tables: 0,
        }
    }

    /// What follows comes from this part.
    pub(super) fn begin_part(&mut self, name: &str) {
        self.output.enter_part(name);
        self.comments.clear();
    }

    /// Walks through the blocks right inside `element`, whose paragraphs are of this kind.
    pub(super) fn blocks(&mut self, element: Element<'_>, kind: ParagraphKind) {
        let mut children = element.children().peekable();
        while let Some(child) = children.next() {
            if !child.is("p") {
                self.block(child, kind);
                continue;
            }
            let mut joined = vec![(child, Properties::new(child, self.styles))];
            while joined.last().is_some_and(|(_, properties)| properties.mark_deleted) {
                while children.next_if(|next| !holds_blocks(*next)).is_some() {}
                let Some(next) = children.next_if(|next| next.is("p")) else { break };
                joined.push((next, Properties::new(next, self.styles)));
            }
            self.paragraph(&joined, kind);
        }
    }

    fn block(&mut self, element: Element<'_>, kind: ParagraphKind) {
        if element.is("tbl") {
            self.table(element, kind);
        } else if element.is("commentRangeStart") || element.is("commentRangeEnd") {
            self.comment_range(element);
        } else if element.is("del") || element.is("moveFrom") {
            let place = self.output.place();
            self.output.note(NoteKind::Deletion, place);
        } else if element.space() == Space::Compatibility {
            chosen(element).into_iter().for_each(|branch| self.blocks(branch, kind));
        } else if !is_property(element) {
            self.blocks(element, kind);
        }
    }

    /// A paragraph, or several that a tracked change joins: the last one's properties hold for all.
    fn paragraph(&mut self, joined: &[(Element<'_>, Properties<'_>)], kind: ParagraphKind) {
        let Some((_, properties)) = joined.last() else { return };
        let label = if properties.mark_hidden { String::new() } else { self.counter.label(properties) };
        self.output.begin(&label);
        let mut boxes = Vec::new();
        for (index, (paragraph, properties)) in joined.iter().enumerate() {
            if index > 0 {
                let place = self.output.place();
                self.output.note(NoteKind::Deletion, place);
            }
            self.output.enter_paragraph(paragraph.paragraph());
            self.inline(*paragraph, properties.style.hidden.unwrap_or(false), &mut boxes);
        }
        self.fields.end_paragraph();
        let contents = properties.style.contents && kind == ParagraphKind::Body;
        let own_kind = if contents { ParagraphKind::Furniture } else { kind };
        self.output.end(own_kind, properties.depth, !properties.mark_deleted);
        for text in boxes {
            self.blocks(text, kind);
        }
    }

    /// A table. One of a single cell is a frame around text that is no table.
    fn table(&mut self, table: Element<'_>, kind: ParagraphKind) {
        let mut rows = Vec::new();
        collect(table, "tr", &mut rows);
        let cells: Vec<Vec<Element<'_>>> = rows.iter().map(|row| cells(*row)).collect();
        if cells.iter().map(Vec::len).sum::<usize>() == 1 {
            return cells.iter().flatten().for_each(|cell| self.blocks(*cell, kind));
        }
        let areas = tables::areas(&rows, &cells);
        let index = self.tables;
        self.tables += 1;
        for (row, (element, cells)) in rows.iter().zip(&cells).enumerate() {
            let place = self.output.place();
            if has_mark(*element, "trPr", "del") {
                self.output.note(NoteKind::Deletion, place);
                continue;
            }
            for (cell, area) in cells.iter().zip(areas.get(row).into_iter().flatten()) {
                let around = std::mem::replace(&mut self.output.area, *area);
                self.blocks(*cell, cell_kind(kind, index, row));
                self.output.area = around;
            }
            if has_mark(*element, "trPr", "ins") && self.output.place() > place {
                self.output.note(NoteKind::Insertion, place);
            }
        }
    }

    /// Where the range of a comment begins or ends.
    pub(super) fn comment_range(&mut self, element: Element<'_>) {
        let id = element.attribute("id").unwrap_or_default().into_owned();
        if element.is("commentRangeStart") {
            self.comments.insert(id, self.output.place());
        } else if let Some(start) = self.comments.get(&id).copied() {
            self.output.note(NoteKind::Comment, start);
        }
    }
}

/// The branch of an `mc:AlternateContent` that is read: the first with text, the fallback last.
pub(super) fn chosen(alternatives: Element<'_>) -> Option<Element<'_>> {
    let branches = || alternatives.children().filter(|branch| matches!(branch.local(), "Choice" | "Fallback"));
    branches().find(|branch| holds_text(*branch)).or_else(|| branches().next())
}

/// Whether text stands anywhere inside.
fn holds_text(element: Element<'_>) -> bool {
    element.children().any(|child| child.is("t") || holds_text(child))
}

/// Whether an element is a block or may hold blocks; marks between paragraphs are not and do not.
fn holds_blocks(element: Element<'_>) -> bool {
    element.is("p") || element.children().next().is_some()
}

/// Whether an element says how something is, and is no text itself.
pub(super) fn is_property(element: Element<'_>) -> bool {
    let local = element.local();
    element.space() == Space::Word
        && (local.ends_with("Pr") || local.ends_with("PrEx") || local.ends_with("Change") || local == "tblGrid")
}

/// The cells of a row that no tracked change deletes.
fn cells(row: Element<'_>) -> Vec<Element<'_>> {
    let mut cells = Vec::new();
    collect(row, "tc", &mut cells);
    cells.retain(|cell| !has_mark(*cell, "tcPr", "cellDel"));
    cells
}

/// Appends the elements of this name inside `element`, not those inside one another.
fn collect<'t>(element: Element<'t>, local: &str, found: &mut Vec<Element<'t>>) {
    for child in element.children().filter(|child| !is_property(*child)) {
        if child.is(local) {
            found.push(child);
        } else {
            collect(child, local, found);
        }
    }
}

fn has_mark(element: Element<'_>, properties: &str, mark: &str) -> bool {
    element.child(properties).and_then(|properties| properties.child(mark)).is_some()
}

/// The kind of a cell's paragraphs: a table in a note or a header does not matter as a table.
fn cell_kind(kind: ParagraphKind, table: usize, row: usize) -> ParagraphKind {
    match kind {
        ParagraphKind::Body | ParagraphKind::Cell { .. } => ParagraphKind::Cell { table, row },
        ParagraphKind::Note | ParagraphKind::Furniture => kind,
    }
}
