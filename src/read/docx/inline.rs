//! Walks through a paragraph of a Word file: runs, tracked changes, fields, links.

use super::{
    story::{Walk, chosen, is_property},
    xml::{Element, Space},
};
use crate::document::NoteKind;

/// The fields that are open: their codes are left out, their results read.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// For each open field whether its code is being read.
    open: Vec<bool>,
    /// How many of them are in their codes.
    codes: usize,
}

impl Fields {
    fn mark(&mut self, kind: &str) {
        match kind {
            "begin" => {
                self.open.push(true);
                self.codes += 1;
            }
            "separate" => {
                if let Some(code) = self.open.last_mut() {
                    self.codes -= usize::from(std::mem::take(code));
                }
            }
            "end" => self.codes -= usize::from(self.open.pop().unwrap_or(false)),
            _ => {}
        }
    }

    /// A code ends with its paragraph: one that is not closed must not swallow the rest of the file.
    pub(super) fn end_paragraph(&mut self) {
        self.open.retain(|code| !code);
        self.codes = 0;
    }
}

impl Walk<'_> {
    /// Walks through what stands right inside `element`. Text boxes are put aside; `hidden` is what the paragraph's
    /// style says of its text.
    pub(super) fn inline<'t>(&mut self, element: Element<'t>, hidden: bool, boxes: &mut Vec<Element<'t>>) {
        for child in element.children() {
            let outermost = self.trace.enter(child);
            match (child.space(), child.local()) {
                (Space::Word, "r") => self.run(child, hidden, boxes),
                (Space::Word, "ins" | "moveTo") => {
                    let start = self.output.place();
                    self.inline(child, hidden, boxes);
                    if self.output.place() > start {
                        self.output.note(NoteKind::Insertion, start);
                    }
                }
                (Space::Word, "del" | "moveFrom") => self.left_out(NoteKind::Deletion),
                (Space::Word, "commentRangeStart" | "commentRangeEnd") => self.comment_range(child),
                (Space::Word, "rt") => {}
                (Space::Math, "t") => self.character(child, "t"),
                (Space::Compatibility, _) => {
                    chosen(child).into_iter().for_each(|branch| self.inline(branch, hidden, boxes));
                }
                _ if is_property(child) => {}
                _ => self.inline(child, hidden, boxes),
            }
            self.trace.leave(outermost);
        }
    }

    fn run<'t>(&mut self, run: Element<'t>, hidden: bool, boxes: &mut Vec<Element<'t>>) {
        if self.is_hidden(run, hidden) {
            let before = self.output.place();
            self.fields_of(run);
            debug_assert_eq!(before, self.output.place());
            if run.children().any(|child| child.is("t")) && self.fields.codes == 0 {
                self.left_out(NoteKind::Hidden);
            }
            return;
        }
        self.content(run, boxes);
    }

    /// Whether a run is hidden: by itself, else by its character style, else by its paragraph's.
    fn is_hidden(&self, run: Element<'_>, paragraph: bool) -> bool {
        let Some(properties) = run.child("rPr") else { return paragraph };
        let own = properties.child("vanish").map(Element::is_on);
        let style = || properties.child("rStyle").and_then(Element::value).and_then(|id| self.styles.hides(&id));
        own.or_else(style).unwrap_or(paragraph)
    }

    /// A hidden run may still open or close a field.
    fn fields_of(&mut self, run: Element<'_>) {
        for mark in run.children().filter(|child| child.is("fldChar")) {
            self.fields.mark(&mark.attribute("fldCharType").unwrap_or_default());
        }
    }

    fn left_out(&mut self, kind: NoteKind) {
        let place = self.output.place();
        self.output.note(kind, place);
    }

    /// What a run writes.
    fn content<'t>(&mut self, run: Element<'t>, boxes: &mut Vec<Element<'t>>) {
        for child in run.children() {
            match (child.space(), child.local()) {
                (Space::Word, "fldChar") => self.fields.mark(&child.attribute("fldCharType").unwrap_or_default()),
                (Space::Word, "drawing" | "pict" | "object") => text_boxes(child, boxes),
                (Space::Word, "commentReference") => self.comment_reference(child),
                (Space::Word, "ruby") => self.inline(child, false, boxes),
                (Space::Compatibility, _) => {
                    let branch = chosen(child);
                    branch.into_iter().for_each(|branch| self.content(branch, boxes));
                }
                (Space::Word, local) if self.fields.codes == 0 => self.character(child, local),
                _ => {}
            }
        }
    }

    /// Characters that a run holds outside field codes.
    fn character(&mut self, element: Element<'_>, local: &str) {
        let before = self.output.progress();
        match local {
            "t" => self.output.write(&element.text()),
            "tab" | "ptab" => self.output.write_char('\t'),
            "br" | "cr" => self.output.write_break(),
            "noBreakHyphen" => self.output.write_char('-'),
            "softHyphen" => self.output.skip(),
            "sym" => self.output.write_char(symbol(element)),
            _ => {}
        }
        self.trace.note(element, before, self.output.progress());
    }

    /// A comment that marks a place and no range.
    fn comment_reference(&mut self, element: Element<'_>) {
        let id = element.attribute("id").unwrap_or_default();
        if !self.comments.contains_key(id.as_ref()) {
            self.left_out(NoteKind::Comment);
        }
    }
}

/// Appends the text boxes in a drawing.
fn text_boxes<'t>(element: Element<'t>, boxes: &mut Vec<Element<'t>>) {
    for child in element.children() {
        if child.is("txbxContent") {
            boxes.push(child);
        } else if child.space() == Space::Compatibility {
            chosen(child).into_iter().for_each(|branch| text_boxes(branch, boxes));
        } else {
            text_boxes(child, boxes);
        }
    }
}

/// The character of a `w:sym`. One of a symbol font means nothing without the font.
fn symbol(element: Element<'_>) -> char {
    let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
    let char = code.and_then(char::from_u32).filter(|char| !char.is_control());
    char.filter(|char| !matches!(char, '\u{e000}'..='\u{f8ff}')).unwrap_or('•')
}
