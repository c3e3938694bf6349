//! Walks through a paragraph of an OpenDocument text: spans, blanks, breaks, notes, tracked changes, comments.

use super::{
    story::Walk,
    xml::{Element, Inside, Space},
};
use crate::document::NoteKind;

/// More blanks in a row are cut; a file may name any number of them.
const MOST_BLANKS: usize = 256;

impl<'a> Walk<'a> {
    /// Walks through what stands right inside `element`. `blank` says whether a blank stands before, so that another
    /// one shows nothing. Text boxes are put aside.
    pub(super) fn inline(&mut self, element: Element<'a>, blank: &mut bool, boxes: &mut Vec<Element<'a>>) {
        for inside in element.content() {
            match inside {
                Inside::Text(text) => text.chars().for_each(|char| self.character(char, blank)),
                Inside::Character(char) => self.character(char, blank),
                Inside::Element(child) => self.element(child, blank, boxes),
            }
        }
    }

    /// Blanks and line ends in a row are one blank.
    fn character(&mut self, char: char, blank: &mut bool) {
        let is_blank = matches!(char, ' ' | '\t' | '\n' | '\r');
        match (is_blank, *blank) {
            (true, true) => {}
            (true, false) => self.output.write_char(' '),
            (false, _) => self.output.write(char.encode_utf8(&mut [0; 4])),
        }
        *blank = is_blank;
    }

    fn element(&mut self, element: Element<'a>, blank: &mut bool, boxes: &mut Vec<Element<'a>>) {
        match (element.space(), element.local()) {
            (Space::Text, "s") => {
                let count = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
                (0..count.min(MOST_BLANKS)).for_each(|_| self.output.write_char(' '));
            }
            (Space::Text, "tab") => {
                self.output.write_char('\t');
                *blank = false;
            }
            (Space::Text, "line-break") => {
                self.output.write_break();
                *blank = true;
            }
            (Space::Text, "span") if self.styles.hides("text", element.attribute("style-name").as_deref()) => {
                self.left_out(NoteKind::Hidden);
            }
            (Space::Text, "hidden-text" | "hidden-paragraph")
                if element.attribute("is-hidden").as_deref() == Some("true") =>
            {
                self.left_out(NoteKind::Hidden);
            }
            (Space::Text, "note") => self.pending.push(element),
            (Space::Text, "change" | "change-start" | "change-end") => self.change(element),
            (Space::Text, "ruby-text" | "note-citation" | "script" | "tracked-changes") => {}
            (Space::Text, _) => self.inline(element, blank, boxes),
            (Space::Office, "annotation" | "annotation-end") => self.comment(element),
            (Space::Draw, _) => text_boxes(element, boxes),
            _ => {}
        }
    }

    /// Where a tracked change begins, ends, or has taken text out.
    pub(super) fn change(&mut self, element: Element<'_>) {
        let id = element.attribute("change-id").unwrap_or_default().into_owned();
        match element.local() {
            "change" => self.left_out(NoteKind::Deletion),
            "change-start" => drop(self.open.insert(id, self.output.place())),
            _ => {
                let start = self.open.remove(&id).filter(|_| self.insertions.contains(&id));
                self.from(start, NoteKind::Insertion);
            }
        }
    }

    /// Where a comment stands, or its range begins or ends.
    fn comment(&mut self, element: Element<'_>) {
        let name = element.attribute("name").unwrap_or_default().into_owned();
        if element.local() == "annotation-end" {
            let start = self.open.remove(&name);
            self.from(start, NoteKind::Comment);
        } else if self.ranges.contains(&name) {
            self.open.insert(name, self.output.place());
        } else {
            self.left_out(NoteKind::Comment);
        }
    }

    fn left_out(&mut self, kind: NoteKind) {
        self.output.note(kind, self.output.place());
    }

    /// Notes something that began at a place, unless lines were taken back since.
    fn from(&mut self, start: Option<usize>, kind: NoteKind) {
        if let Some(start) = start {
            self.output.note(kind, start.min(self.output.place()));
        }
    }
}

/// Appends the text boxes in a drawing, and shapes that hold paragraphs.
fn text_boxes<'t>(element: Element<'t>, boxes: &mut Vec<Element<'t>>) {
    let is_text = |child: Element<'_>| child.space() == Space::Text || child.space() == Space::Table;
    if element.children().any(is_text) {
        boxes.push(element);
    } else {
        element.children().for_each(|child| text_boxes(child, boxes));
    }
}
