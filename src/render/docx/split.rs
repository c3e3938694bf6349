//! Writes the main part: runs are cut at the characters where something begins or ends, all else is copied.

use std::{collections::BTreeSet, ops::Range};

use super::{
    plan::{Insertion, Plan, Plans, extent, of_carrier},
    xml::{Names, author, spaces, text_element},
};
use crate::read::docx::{Anatomy, Markup, Stroke, Tag};

/// Numbers that are not used yet.
#[derive(Debug)]
pub(super) struct Ids {
    used: BTreeSet<i64>,
    next: i64,
}

impl Ids {
    /// Numbers behind the largest of those used, or where those end the first that are free.
    pub(super) fn new(used: impl Iterator<Item = i64>) -> Self {
        let used: BTreeSet<i64> = used.collect();
        let largest = used.last().copied().unwrap_or(-1);
        let room = i64::from(i32::MAX) - largest > 1_000_000;
        Self { next: if room { largest.max(-1) + 1 } else { 0 }, used }
    }

    /// The next number.
    pub(super) fn next(&mut self) -> i64 {
        while self.used.contains(&self.next) {
            self.next += 1;
        }
        self.next += 1;
        self.next - 1
    }
}

/// Writes the main part of a file.
pub(super) struct Writer<'a> {
    anatomy: &'a Anatomy,
    space: &'static str,
    ids: Ids,
}

impl<'a> Writer<'a> {
    /// A writer that has written nothing.
    pub(super) fn new(anatomy: &'a Anatomy) -> Self {
        // Comments have numbers of their own; all other marks share theirs.
        let ids = Ids::new(anatomy.main.ids(|name| !name.starts_with("comment")));
        Self { anatomy, space: spaces(&anatomy.main)[0], ids }
    }

    /// The main part with everything that is planned.
    pub(super) fn write(mut self, plans: &Plans<'_>) -> String {
        let main = &self.anatomy.main;
        let mut written = String::with_capacity(main.xml.len() * 5 / 4);
        let mut at = 0;
        let mut tags: Vec<usize> = plans.runs.keys().chain(plans.bare.keys()).copied().collect();
        tags.sort_unstable();
        for (number, tag) in tags.iter().filter_map(|number| Some((*number, main.tags.get(*number)?))) {
            if tag.bytes.start < at {
                continue;
            }
            written.push_str(main.raw(at..tag.bytes.start));
            if let Some(plan) = plans.runs.get(&number) {
                self.run(number, tag, plan, &mut written);
                at = tag.bytes.end;
            } else if let Some(comments) = plans.bare.get(&number) {
                at = self.bare(number, tag, comments, &mut written);
            }
        }
        written.push_str(main.raw(at..main.xml.len()));
        written
    }

    /// Writes a paragraph without characters up to behind its properties, with comments. Gives how far it came.
    fn bare(&self, number: usize, tag: &Tag, comments: &[i64], written: &mut String) -> usize {
        let main = &self.anatomy.main;
        let names = Names::of(main, tag, self.space);
        let properties = main.children(number).find(|(child, _)| main.is(*child, "pPr"));
        let marks: String = comments.iter().map(|id| open(&names, *id) + &close(&names, *id)).collect();
        if tag.opened == tag.bytes.end {
            let (prefix, local) = main.name(tag);
            let opening = main.raw(tag.bytes.clone()).trim_end_matches("/>");
            written.push_str(&format!("{opening}>{marks}</{prefix}{local}>"));
            return tag.bytes.end;
        }
        let end = properties.map_or(tag.opened, |(_, properties)| properties.bytes.end);
        written.push_str(main.raw(tag.bytes.start..end));
        written.push_str(&marks);
        end
    }

    fn run(&mut self, number: usize, tag: &Tag, plan: &Plan, written: &mut String) {
        let main = &self.anatomy.main;
        let around = std::iter::once(number).chain(main.ancestors(number));
        let word = around.filter_map(|tag| main.tags.get(tag)).find(|tag| tag.is_word).unwrap_or(tag);
        let names = Names::of(main, word, self.space);
        let strokes = self.anatomy.strokes.get(&plan.paragraph).map_or(&[][..], Vec::as_slice);
        let (first, end) = extent(strokes, number);
        let mut run = Run {
            main,
            number,
            tag,
            plan,
            names,
            strokes: of_carrier(strokes, number),
            inside: first + 1..end,
            ids: &mut self.ids,
            written,
            segment: String::new(),
            text: String::new(),
            deletes: false,
        };
        run.begins(first);
        if plan.cuts(first, end) {
            run.content();
            run.flush();
        } else {
            run.written.push_str(main.raw(tag.bytes.clone()));
        }
        run.ends(end);
    }
}

/// A run that is being written, piece by piece.
struct Run<'a> {
    main: &'a Markup,
    number: usize,
    tag: &'a Tag,
    plan: &'a Plan,
    names: Names,
    /// Its own strokes.
    strokes: &'a [Stroke],
    /// The characters before which it may be cut.
    inside: Range<usize>,
    ids: &'a mut Ids,
    written: &'a mut String,
    /// What stands in the piece so far, and text that is not in an element yet.
    segment: String,
    text: String,
    /// Whether the piece is deleted.
    deletes: bool,
}

impl Run<'_> {
    /// Writes what begins before character `at`.
    fn begins(&mut self, at: usize) {
        let plan = self.plan;
        for id in plan.opens.get(&at).into_iter().flatten() {
            self.written.push_str(&open(&self.names, *id));
        }
        plan.leads.get(&at).into_iter().for_each(|insertion| self.insert(insertion));
        self.deletes |= plan.deletes.contains(&at);
    }

    /// Writes what ends behind the character before `at`.
    fn ends(&mut self, at: usize) {
        let plan = self.plan;
        self.deletes &= !plan.keeps.contains(&at);
        plan.follows.get(&at).into_iter().for_each(|insertion| self.insert(insertion));
        for id in plan.closes.get(&at).into_iter().flatten() {
            self.written.push_str(&close(&self.names, *id));
        }
    }

    /// Writes the pieces of the run; the last is left open.
    fn content(&mut self) {
        let (main, strokes) = (self.main, self.strokes);
        for (item, tag) in main.children(self.number).filter(|(child, _)| !main.is(*child, "rPr")) {
            let found = strokes.binary_search_by_key(&item, |stroke| stroke.item).ok();
            let stroke = found.and_then(|found| strokes.get(found));
            match (stroke, &tag.text) {
                (Some(stroke), Some(text)) => {
                    for (at, char) in (stroke.first..).zip(text.chars()) {
                        self.step(at);
                        self.text.push(char);
                    }
                }
                (Some(stroke), None) => {
                    self.step(stroke.first);
                    self.end_text();
                    self.segment.push_str(main.raw(tag.bytes.clone()));
                }
                (None, _) => self.aside(tag),
            }
        }
    }

    /// Goes to character `at`: the piece before it ends where something happens there.
    fn step(&mut self, at: usize) {
        if self.inside.contains(&at) && self.plan.happens(at) {
            self.flush();
            self.ends(at);
            self.begins(at);
        }
    }

    /// What shows no character stays where it is, in a deletion too: the mark of a footnote, a picture.
    fn aside(&mut self, tag: &Tag) {
        let deletes = self.deletes;
        if deletes {
            self.flush();
            self.deletes = false;
        }
        self.end_text();
        self.segment.push_str(self.main.raw(tag.bytes.clone()));
        if deletes {
            self.flush();
            self.deletes = true;
        }
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let local = if self.deletes { "delText" } else { "t" };
            self.segment.push_str(&text_element(&self.names.element, local, &self.text));
            self.text.clear();
        }
    }

    /// Writes the piece as a run of its own.
    fn flush(&mut self) {
        self.end_text();
        if self.segment.is_empty() {
            return;
        }
        let (prefix, local) = self.main.name(self.tag);
        let opening = self.main.raw(self.tag.bytes.start..self.tag.opened);
        let look = self.look(self.number).map(|look| self.main.raw(look.bytes.clone())).unwrap_or_default();
        let run = format!("{opening}{look}{}</{prefix}{local}>", self.segment);
        let run = if self.deletes { self.change("del", &run) } else { run };
        self.written.push_str(&run);
        self.segment.clear();
    }

    /// Writes the new text of a change. In the insertion of another author it stands between its two halves, as Word
    /// writes it.
    fn insert(&mut self, insertion: &Insertion) {
        let prefix = self.names.element.clone();
        let look = self.plain_look(insertion.like);
        let run = format!("<{prefix}r>{look}{}</{prefix}r>", text_element(&prefix, "t", &insertion.text));
        let insertion = self.change("ins", &run);
        let parent = self.tag.parent.filter(|parent| self.main.is(*parent, "ins"));
        match parent.and_then(|parent| self.main.tags.get(parent)) {
            Some(foreign) => {
                let (prefix, local) = self.main.name(foreign);
                let opening = self.main.raw(foreign.bytes.start..foreign.opened);
                self.written.push_str(&format!("</{prefix}{local}>{insertion}{opening}"));
            }
            None => self.written.push_str(&insertion),
        }
    }

    fn change(&mut self, local: &str, content: &str) -> String {
        let Names { element, attribute, declaration } = &self.names;
        let (id, author) = (self.ids.next(), author(&self.names));
        format!("<{element}{local}{declaration} {attribute}id=\"{id}\" {author}>{content}</{element}{local}>")
    }

    /// The properties of a run.
    fn look(&self, run: usize) -> Option<&Tag> {
        self.main.children(run).find(|(child, _)| self.main.is(*child, "rPr")).map(|(_, tag)| tag)
    }

    /// The properties of a run without the tracked change of an earlier look.
    fn plain_look(&self, run: usize) -> String {
        let properties = self.main.children(run).find(|(child, _)| self.main.is(*child, "rPr"));
        let Some((number, tag)) = properties else { return String::new() };
        let changed = self.main.children(number).find(|(child, _)| self.main.is(*child, "rPrChange"));
        let Some((_, changed)) = changed else { return self.main.raw(tag.bytes.clone()).to_owned() };
        let before = self.main.raw(tag.bytes.start..changed.bytes.start);
        format!("{before}{}", self.main.raw(changed.bytes.end..tag.bytes.end))
    }
}

/// Where a comment begins.
fn open(names: &Names, id: i64) -> String {
    let Names { element, attribute, declaration } = names;
    format!("<{element}commentRangeStart{declaration} {attribute}id=\"{id}\"/>")
}

/// Where a comment ends, with the mark that belongs to it.
fn close(names: &Names, id: i64) -> String {
    let Names { element, attribute, declaration } = names;
    format!(
        "<{element}commentRangeEnd{declaration} {attribute}id=\"{id}\"/>\
         <{element}r><{element}commentReference{declaration} {attribute}id=\"{id}\"/></{element}r>"
    )
}
