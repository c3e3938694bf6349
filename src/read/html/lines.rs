//! From the nodes of a web page to lines: blocks, breaks, cells, list numbers, blanks as a browser shows them.

use std::ops::Range;

use super::{
    Draft, entity,
    places::Places,
    text::decode::Decoded,
    tree::{Content, Element, Role, Tree, is_block, is_silent},
};
use crate::{
    document::{NoteKind, ParagraphKind},
    read::{grid::Grid, number_format::NumberFormat},
    text::{Span, slice},
};

/// A table with a longer cell, in bytes, lays the page out.
const LONGEST_CELL: usize = 1_500;

/// Writes the nodes of `parts`.
pub(super) fn write(tree: &Tree, decoded: &Decoded, parts: &[Range<usize>], draft: &mut Draft) {
    let mut writer =
        Writer { tree, page: &decoded.text, places: Places::new(decoded), draft, line: Line::default(), tables: 0 };
    for (place, part) in parts.iter().enumerate() {
        // Before the report itself stand its title and metadata: a table there lays the page out.
        writer.line.is_report = place + 1 == parts.len();
        let mut at = part.start;
        while at < part.end {
            writer.node(at, part);
            at = tree.end(at);
        }
        writer.end_line();
    }
}

struct Writer<'a> {
    tree: &'a Tree,
    page: &'a str,
    places: Places<'a>,
    draft: &'a mut Draft,
    line: Line,
    tables: usize,
}

/// What is known of the open line.
#[derive(Default)]
struct Line {
    is_report: bool,
    role: Role,
    cell: Option<(usize, usize)>,
    depth: Option<u8>,
    verbatim: bool,
    /// The number of a list's item that its first text will be given.
    label: Option<String>,
    /// Blanks that show as one if something follows, and whether a line end was among them.
    blank: Option<bool>,
    /// The last character that was written.
    last: Option<char>,
}

impl Writer<'_> {
    fn node(&mut self, index: usize, part: &Range<usize>) {
        match self.tree.nodes.get(index).map(|node| &node.content) {
            Some(Content::Text(span)) => self.text(*span),
            Some(Content::Element(element)) => self.element(index, element, part),
            None => {}
        }
    }

    fn element(&mut self, index: usize, element: &Element, part: &Range<usize>) {
        let name = element.name.as_str();
        if is_silent(name) || element.role == Role::Mark {
            return;
        }
        if element.hidden {
            if self.holds_text(index) {
                self.draft.note(NoteKind::Hidden, self.draft.len());
            }
            return;
        }
        match name {
            "br" | "hr" => self.end_line(),
            "del" => self.draft.note(NoteKind::Deletion, self.draft.len()),
            "ins" => {
                let start = self.draft.len();
                self.children(index, part);
                self.draft.note(NoteKind::Insertion, start);
            }
            "table" if self.line.is_report && is_table(self.tree, self.page, index) => self.table(index, part),
            "ol" => self.numbered_list(index, element, part),
            name if element.role != Role::Plain => {
                self.end_line();
                let before = self.line.role;
                self.line.role = element.role;
                self.block(index, name, part);
                self.line.role = before;
            }
            name if is_block(name) => self.block(index, name, part),
            _ => self.children(index, part),
        }
    }

    fn holds_text(&self, index: usize) -> bool {
        let inside = self.tree.nodes.get(index..self.tree.end(index)).unwrap_or_default();
        inside
            .iter()
            .any(|node| matches!(node.content, Content::Text(span) if !slice(self.page, span).trim().is_empty()))
    }

    fn children(&mut self, index: usize, part: &Range<usize>) {
        let tree = self.tree;
        for child in tree.children(index).take_while(|child| *child < part.end) {
            self.node(child, part);
        }
    }

    fn block(&mut self, index: usize, name: &str, part: &Range<usize>) {
        self.end_line();
        let depth =
            name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()).filter(|level| (1..=6).contains(level));
        let before = (self.line.depth, self.line.verbatim);
        self.line.depth = depth.or(before.0);
        self.line.verbatim |= name == "pre";
        self.children(index, part);
        self.end_line();
        (self.line.depth, self.line.verbatim) = before;
    }

    fn numbered_list(&mut self, index: usize, list: &Element, part: &Range<usize>) {
        self.end_line();
        let format = match list.numbers.0.as_str() {
            "a" => NumberFormat::LowerLetter,
            "A" => NumberFormat::UpperLetter,
            "i" => NumberFormat::LowerRoman,
            "I" => NumberFormat::UpperRoman,
            _ => NumberFormat::Decimal,
        };
        let mut next = list.numbers.1.unwrap_or(1);
        let tree = self.tree;
        for child in tree.children(index).take_while(|child| *child < part.end) {
            if let Some(item) = tree.element(child).filter(|item| item.name == "li" && !item.hidden) {
                next = item.numbers.1.unwrap_or(next);
                self.line.label = Some(format!("{}.", format.write(next)));
                next = next.saturating_add(1);
            }
            self.node(child, part);
            self.line.label = None;
        }
    }

    fn table(&mut self, index: usize, part: &Range<usize>) {
        self.end_line();
        let before = self.line.cell;
        let table = self.tables;
        self.tables += 1;
        let mut row = 0;
        let mut grid = Grid::default();
        let tree = self.tree;
        for inside in index + 1..tree.end(index).min(part.end) {
            let Some(element) = tree.element(inside) else { continue };
            match element.name.as_str() {
                "tr" => {
                    grid.start_row(row);
                    row += 1;
                }
                "td" | "th" | "caption" => {
                    let is_cell = element.name != "caption";
                    self.line.cell = is_cell.then_some((table, usize::saturating_sub(row, 1)));
                    let [columns, rows] = [element.spans.0, element.spans.1].map(|span| span.unwrap_or(1) as usize);
                    self.draft.area = if is_cell { grid.place(columns, rows) } else { None };
                    self.block(inside, "td", part);
                    self.draft.area = None;
                }
                _ => {}
            }
        }
        self.line.cell = before;
    }

    fn end_line(&mut self) {
        let kind = match (self.line.role, self.line.cell) {
            (Role::Note, _) => ParagraphKind::Note,
            (Role::Furniture, _) => ParagraphKind::Furniture,
            (_, Some((table, row))) => ParagraphKind::Cell { table, row },
            (_, None) => ParagraphKind::Body,
        };
        self.draft.end_line(kind, self.line.depth, false);
        (self.line.blank, self.line.last) = (None, None);
    }

    fn text(&mut self, span: Span) {
        let raw = slice(self.page, span);
        let mut at = 0;
        let mut run = 0..0;
        while let Some(char) = raw.get(at..).and_then(|rest| rest.chars().next()) {
            let length = char.len_utf8();
            let entity = if char == '&' { entity::at_start(raw.get(at..).unwrap_or_default()) } else { None };
            if let Some((meant, length)) = entity {
                self.flush(span.start, raw, &mut run);
                self.before_char(meant);
                self.draft.push(meant.encode_utf8(&mut [0; 4]), None);
                at += length;
                continue;
            }
            if is_blank(char) {
                self.flush(span.start, raw, &mut run);
                self.blank(char);
            } else {
                if run.is_empty() {
                    self.before_char(char);
                    run.start = at;
                }
                run.end = at + length;
                self.line.last = Some(char);
            }
            at += length;
        }
        self.flush(span.start, raw, &mut run);
    }

    /// A blank of the page: several in a row show as one.
    fn blank(&mut self, char: char) {
        if self.line.verbatim && char == '\n' {
            self.end_line();
        } else if self.line.verbatim {
            self.draft.push(" ", None);
        } else {
            let newline = self.line.blank.unwrap_or(false) || char == '\n';
            self.line.blank = Some(newline);
        }
    }

    /// Writes what stands before a character: the number of its item, the blank before it. A line end between two
    /// Chinese characters shows nothing.
    fn before_char(&mut self, char: char) {
        if let Some(label) = self.line.label.take() {
            self.draft.push(&label, None);
        }
        let blank = self.line.blank.take().zip(self.line.last);
        if blank.is_some_and(|(newline, last)| !(newline && is_wide(last) && is_wide(char))) {
            self.draft.push(" ", None);
        }
        self.line.last = Some(char);
    }

    /// Writes a run of characters that stand in the page as they are.
    fn flush(&mut self, start: usize, raw: &str, run: &mut Range<usize>) {
        if let Some(text) = raw.get(run.clone()).filter(|text| !text.is_empty()) {
            let anchor = self.places.anchor(start + run.start);
            self.draft.push(text, anchor);
        }
        *run = 0..0;
    }
}

const fn is_blank(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Chinese characters and full-width marks.
const fn is_wide(char: char) -> bool {
    matches!(char, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '—' | '…')
}

/// Whether a table is one, and does not lay the page out: it holds no other, more than one cell, and none is long.
fn is_table(tree: &Tree, page: &str, index: usize) -> bool {
    let mut cells = 0;
    for inside in index + 1..tree.end(index) {
        match tree.element(inside).map(|element| element.name.as_str()) {
            Some("table") => return false,
            Some("td" | "th") => {
                cells += 1;
                let texts = tree.nodes.get(inside..tree.end(inside)).unwrap_or_default().iter();
                let length: usize = texts
                    .map(|node| match node.content {
                        Content::Text(span) => slice(page, span).trim().len(),
                        Content::Element(_) => 0,
                    })
                    .sum();
                if length > LONGEST_CELL {
                    return false;
                }
            }
            _ => {}
        }
    }
    cells > 1
}
