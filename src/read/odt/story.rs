//! Walks through an OpenDocument text block by block: paragraphs, lists, tables, sections.
//!
//! Elements that are not known are walked through: what wraps text may be anything.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    lists::{Counter, LEVELS},
    output::Output,
    styles::Styles,
    xml::{Element, Space},
};
use crate::{
    document::{NoteKind, ParagraphKind},
    read::{ReadError, grid::Grid},
};

/// A walk through the parts of a file, one after the other.
pub(super) struct Walk<'a> {
    /// The text that it writes.
    pub(super) output: Output,
    /// The styles of the part.
    pub(super) styles: &'a Styles,
    /// The ids of tracked changes that insert.
    pub(super) insertions: BTreeSet<String>,
    /// The names of comments on a range.
    pub(super) ranges: BTreeSet<String>,
    /// Where insertions and comments that are open begin, by their ids and names.
    pub(super) open: BTreeMap<String, usize>,
    /// Footnotes and endnotes met and not yet read.
    pub(super) pending: Vec<Element<'a>>,
    counter: Counter,
    /// The list that counts the headings.
    outline: usize,
    /// The lists that are open, the innermost last.
    lists: Vec<List>,
    tables: usize,
}

/// An open list.
struct List {
    style: String,
    /// Which list of the counter.
    list: usize,
    item: Item,
}

/// Where in an item of a list the walk is.
#[derive(Clone, Copy)]
enum Item {
    /// The next paragraph has the item's number, which begins anew with this one.
    Numbered(Option<u32>),
    /// The next paragraph has no number.
    Plain,
}

impl<'a> Walk<'a> {
    /// Begins a walk. `root` is that of the part with the body.
    pub(super) fn new(styles: &'a Styles, root: Element<'a>) -> Self {
        let mut counter = Counter::default();
        let outline = counter.list(root, "");
        Self {
            output: Output::new(),
            styles,
            insertions: BTreeSet::new(),
            ranges: ranges(root),
            open: BTreeMap::new(),
            pending: Vec::new(),
            counter,
            outline,
            lists: Vec::new(),
            tables: 0,
        }
    }

    /// Walks through the blocks right inside `element`, whose paragraphs are of this kind.
    pub(super) fn blocks(&mut self, element: Element<'a>, kind: ParagraphKind) -> Result<(), ReadError> {
        for child in element.children() {
            match (child.space(), child.local()) {
                (Space::Text, "p" | "h") => self.paragraph(child, kind)?,
                (Space::Text, "list") => self.list(child, kind)?,
                (Space::Text, "tracked-changes") => self.changes(child),
                (Space::Text, "change" | "change-start" | "change-end") => self.change(child),
                (Space::Table, "table") => self.table(child, kind)?,
                (Space::Text, local) if is_index(local) => self.index(child, kind)?,
                (Space::Text, local) if local.ends_with("-source") => {}
                (Space::Text, "section") if is_hidden(child) => {
                    self.output.note(NoteKind::Hidden, self.output.place());
                }
                (Space::Office, "forms" | "annotation") => {}
                _ => self.blocks(child, kind)?,
            }
        }
        self.output.check()
    }

    /// Reads the notes that were met, and those met in them.
    pub(super) fn notes(&mut self) -> Result<(), ReadError> {
        let (endnotes, footnotes): (Vec<_>, Vec<_>) = std::mem::take(&mut self.pending)
            .into_iter()
            .partition(|note| note.attribute("note-class").as_deref() == Some("endnote"));
        for note in footnotes.into_iter().chain(endnotes) {
            if let Some(body) = note.child_in(Space::Text, "note-body") {
                self.blocks(body, ParagraphKind::Note)?;
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, paragraph: Element<'a>, kind: ParagraphKind) -> Result<(), ReadError> {
        let style = paragraph.attribute("style-name");
        let is_heading = paragraph.local() == "h";
        let depth = paragraph.attribute("outline-level").and_then(|level| level.parse::<u8>().ok());
        let depth = depth.filter(|depth| is_heading && (1..=10).contains(depth));
        let label = self.label(paragraph, depth, style.as_deref());
        self.output.begin(&label);
        self.output.enter_paragraph(paragraph.paragraph());
        let mut boxes = Vec::new();
        if self.styles.hides("paragraph", style.as_deref()) {
            self.output.note(NoteKind::Hidden, self.output.place());
        } else {
            self.inline(paragraph, &mut true, &mut boxes);
        }
        self.output.end(kind, depth, true);
        for text_box in boxes {
            let lists = std::mem::take(&mut self.lists);
            self.blocks(text_box, kind)?;
            self.lists = lists;
        }
        Ok(())
    }

    /// The automatic number of a paragraph: as an item of a list, else as a heading.
    fn label(&mut self, paragraph: Element<'_>, depth: Option<u8>, style: Option<&str>) -> String {
        let styles = self.styles;
        if let Some(level) = self.lists.len().checked_sub(1) {
            let Some(open) = self.lists.last_mut() else { return String::new() };
            let Item::Numbered(start) = std::mem::replace(&mut open.item, Item::Plain) else { return String::new() };
            let Some(list_style) = styles.list(&open.style) else { return String::new() };
            return self.counter.label(open.list, level.min(LEVELS - 1), start, list_style);
        }
        let is_plain =
            paragraph.attribute("is-list-header").as_deref() == Some("true") || styles.list_of(style) == Some("");
        let Some(depth) = depth.filter(|_| !is_plain) else { return String::new() };
        let restarts = paragraph.attribute("restart-numbering").as_deref() == Some("true");
        let start = number(paragraph).or(restarts.then_some(1));
        self.counter.label(self.outline, usize::from(depth) - 1, start, &styles.outline)
    }

    fn list(&mut self, element: Element<'a>, kind: ParagraphKind) -> Result<(), ReadError> {
        let own = element.attribute("style-name").map(|name| name.into_owned());
        let outer = self.lists.last().map(|outer| (outer.style.clone(), outer.list));
        let style = own.or_else(|| outer.as_ref().map(|outer| outer.0.clone())).unwrap_or_default();
        let list = match outer {
            Some((_, list)) => list,
            None => self.counter.list(element, &style),
        };
        self.lists.push(List { style, list, item: Item::Plain });
        for item in element.children() {
            let numbered = if item.local() == "list-item" { Item::Numbered(number(item)) } else { Item::Plain };
            if let Some(open) = self.lists.last_mut() {
                open.item = numbered;
            }
            self.blocks(item, kind)?;
        }
        self.lists.pop();
        Ok(())
    }

    /// A table. One of a single cell is a frame around text that is no table.
    fn table(&mut self, table: Element<'a>, kind: ParagraphKind) -> Result<(), ReadError> {
        let mut rows = Vec::new();
        collect(table, "table-row", &mut rows);
        let cells = |row: &Element<'a>| {
            let mut cells = Vec::new();
            collect(*row, "table-cell", &mut cells);
            cells
        };
        let cells: Vec<Vec<Element<'a>>> = rows.iter().map(cells).collect();
        let lists = std::mem::take(&mut self.lists);
        let is_frame = cells.iter().map(Vec::len).sum::<usize>() == 1;
        let index = self.tables;
        self.tables += usize::from(!is_frame);
        let mut grid = Grid::default();
        for (row, cells) in cells.iter().enumerate() {
            let kind = if is_frame { kind } else { cell_kind(kind, index, row) };
            grid.start_row(row);
            for cell in cells {
                let span = |name| cell.attribute(name).and_then(|value| value.parse().ok()).unwrap_or(1);
                let repeated = usize::saturating_sub(span("number-columns-repeated"), 1);
                let area = grid.place(span("number-columns-spanned"), span("number-rows-spanned"));
                grid.skip(repeated);
                let around = self.output.area;
                self.output.area = if is_frame { around } else { area };
                self.blocks(*cell, kind)?;
                self.output.area = around;
            }
        }
        self.lists = lists;
        Ok(())
    }

    /// A table of contents or another index: lines that stand elsewhere already.
    fn index(&mut self, index: Element<'a>, kind: ParagraphKind) -> Result<(), ReadError> {
        let kind = if kind == ParagraphKind::Body { ParagraphKind::Furniture } else { kind };
        index.children().filter(|child| child.local() == "index-body").try_for_each(|body| self.blocks(body, kind))
    }

    /// The tracked changes of the file: which insert.
    fn changes(&mut self, changes: Element<'a>) {
        for region in changes.children() {
            if region.child_in(Space::Text, "insertion").is_some() {
                self.insertions.extend(region.attribute("id").map(|id| id.into_owned()));
            }
        }
    }
}

/// The names of the comments whose ranges end somewhere.
fn ranges(element: Element<'_>) -> BTreeSet<String> {
    let ends = element.following().filter(|element| element.is_in(Space::Office, "annotation-end"));
    ends.filter_map(|end| end.attribute("name")).map(|name| name.into_owned()).collect()
}

/// The number that an item or a heading begins anew with.
fn number(element: Element<'_>) -> Option<u32> {
    element.attribute("start-value")?.parse().ok()
}

fn is_hidden(section: Element<'_>) -> bool {
    matches!(section.attribute("display").as_deref(), Some("none"))
}

fn is_index(local: &str) -> bool {
    local == "table-of-content" || local == "bibliography" || local.ends_with("-index")
}

/// Appends the elements of this name inside a table or row, not those of tables inside it.
fn collect<'t>(element: Element<'t>, local: &str, found: &mut Vec<Element<'t>>) {
    for child in element.children().filter(|child| child.space() == Space::Table) {
        if child.local() == local {
            found.push(child);
        } else if !matches!(child.local(), "table" | "table-cell" | "covered-table-cell") {
            collect(child, local, found);
        }
    }
}

/// The kind of a cell's paragraphs: a table in a note or a header does not matter as a table.
fn cell_kind(kind: ParagraphKind, table: usize, row: usize) -> ParagraphKind {
    match kind {
        ParagraphKind::Body | ParagraphKind::Cell { .. } => ParagraphKind::Cell { table, row },
        ParagraphKind::Note | ParagraphKind::Furniture => kind,
    }
}
