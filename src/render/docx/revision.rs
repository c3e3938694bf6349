//! Which fixes become tracked changes: those whose every edit lies in runs of one paragraph and meets no other.

use std::collections::BTreeMap;

use super::place::Places;
use crate::{
    diagnostic::{Diagnostic, Edit, Safety},
    document::Document,
    read::docx::{Anatomy, Stroke},
    render::narrow::narrowed,
    text::{Span, slice},
};

/// Elements between a paragraph and its runs in which runs may be replaced.
const WRAPPERS: [&str; 8] = ["hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo"];

/// A replacement of characters of a paragraph; an insertion where there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Revision {
    /// Which paragraph.
    pub(super) paragraph: usize,
    /// The first character that goes.
    pub(super) start: usize,
    /// One behind the last.
    pub(super) end: usize,
    /// What comes.
    pub(super) text: String,
    /// Of an insertion: whether it belongs to the character behind it, not to the one before.
    pub(super) leads: bool,
}

/// The changes of each finding.
pub(super) struct Revisions {
    chosen: Vec<Vec<Revision>>,
}

impl Revisions {
    /// Chooses among the fixes, the safe ones first.
    pub(super) fn choose(places: &Places<'_>, findings: &[&Diagnostic]) -> Self {
        let mut chosen = vec![Vec::new(); findings.len()];
        let mut taken = Taken::default();
        let mut texts = Texts::default();
        for safety in [Safety::Safe, Safety::Unsafe] {
            for (finding, chosen) in findings.iter().zip(&mut chosen) {
                let Some(fix) = finding.fix.as_ref().filter(|fix| fix.safety == safety) else { continue };
                let edits: Option<Vec<Revision>> =
                    fix.edits.iter().map(|edit| revision(places, &mut texts, finding.span, edit)).collect();
                if let Some(edits) = edits.filter(|edits| edits.iter().all(|edit| taken.is_free(edit))) {
                    edits.iter().for_each(|edit| taken.take(edit));
                    *chosen = edits;
                }
            }
        }
        Self { chosen }
    }

    /// The changes of each finding, in the order of the findings; empty where its fix is not written.
    pub(super) fn of_findings(&self) -> impl Iterator<Item = &[Revision]> {
        self.chosen.iter().map(Vec::as_slice)
    }
}

/// The characters that changes touch, by paragraph and first character; an insertion touches the next one.
#[derive(Default)]
struct Taken(BTreeMap<(usize, usize), usize>);

impl Taken {
    fn is_free(&self, edit: &Revision) -> bool {
        let last = (edit.paragraph, edit.end.max(edit.start + 1) - 1);
        let before = self.0.range(..=last).next_back().filter(|((paragraph, _), _)| *paragraph == edit.paragraph);
        before.is_none_or(|(_, end)| *end <= edit.start)
    }

    fn take(&mut self, edit: &Revision) {
        self.0.insert((edit.paragraph, edit.start), edit.end.max(edit.start + 1));
    }
}

/// The change that an edit makes, if it can be written.
fn revision(places: &Places<'_>, texts: &mut Texts, finding: Span, edit: &Edit) -> Option<Revision> {
    let document = places.document;
    let edit = &narrowed(document, edit)?;
    if edit.text.chars().any(char::is_control) || (edit.span.is_empty() && edit.text.is_empty()) {
        return None;
    }
    let leads = edit.span.is_empty() && leads(document, finding, edit.span.start);
    let (paragraph, start, end) = places.characters(touched(document, edit.span, leads))?;
    let touched = strokes_in(places.strokes(paragraph), start, end);
    if touched.is_empty() || places.is_boxed(paragraph) || !touched.iter().all(|stroke| is_open(places, stroke)) {
        return None;
    }
    if edit.span.is_empty() {
        let at = if leads { start } else { end };
        return Some(Revision { paragraph, start: at, end: at, text: edit.text.clone(), leads });
    }
    let same = texts.written(places.anatomy, touched, start, end) == document.slice(edit.span);
    same.then(|| Revision { paragraph, start, end, text: edit.text.clone(), leads })
}

/// Whether an insertion at `at` belongs to the character behind it: none stands before it on its line, or its
/// finding begins there.
fn leads(document: &Document, finding: Span, at: usize) -> bool {
    let before = slice(&document.text, Span::new(0, at)).chars().next_back();
    let begins = finding.start == at && finding.end > at;
    begins || before.is_none_or(|char| char == '\n')
}

/// What an edit touches: its span, and of an insertion the character that it belongs to.
fn touched(document: &Document, span: Span, leads: bool) -> Span {
    if !span.is_empty() {
        return span;
    }
    let length = |char: Option<char>| char.map_or(0, char::len_utf8);
    if leads {
        let next = slice(&document.text, Span::new(span.start, document.text.len())).chars().next();
        return Span::new(span.start, span.start + length(next));
    }
    let before = slice(&document.text, Span::new(0, span.start)).chars().next_back();
    Span::new(span.start - length(before), span.start)
}

/// The strokes that wrote some of these characters.
pub(super) fn strokes_in(strokes: &[Stroke], start: usize, end: usize) -> &[Stroke] {
    let first = strokes.partition_point(|stroke| stroke.end <= start);
    let last = strokes.partition_point(|stroke| stroke.first < end);
    strokes.get(first..last).unwrap_or_default()
}

/// Whether the run of a stroke may be cut and replaced. What others moved or nested deep is left to a person.
fn is_open(places: &Places<'_>, stroke: &Stroke) -> bool {
    let main = &places.anatomy.main;
    let is_run = main.is(stroke.carrier, "r") && is_cut(places.anatomy, stroke);
    let mut around = main.ancestors(stroke.carrier).take_while(|outer| !main.is(*outer, "p")).enumerate();
    is_run
        && around.all(|(depth, outer)| {
            let inserted = depth == 0 && main.is(outer, "ins");
            inserted || WRAPPERS.iter().any(|wrapper| main.is(outer, wrapper))
        })
}

/// Whether what wrote the stroke stands right in its run.
pub(super) fn is_cut(anatomy: &Anatomy, stroke: &Stroke) -> bool {
    anatomy.main.tags.get(stroke.item).is_some_and(|tag| tag.parent == Some(stroke.carrier))
}

/// The texts of elements in characters, kept as many edits may ask for places in one.
#[derive(Default)]
struct Texts(BTreeMap<usize, Vec<char>>);

impl Texts {
    /// The text of characters as far as it is sure; what is not is a sign that no report has.
    fn written(&mut self, anatomy: &Anatomy, strokes: &[Stroke], start: usize, end: usize) -> String {
        let mut written = String::new();
        for stroke in strokes {
            let Some(tag) = anatomy.main.tags.get(stroke.item) else { continue };
            match (&tag.text, anatomy.main.name(tag).1) {
                (Some(text), _) => {
                    let characters = self.0.entry(stroke.item).or_insert_with(|| text.chars().collect());
                    let from = start.max(stroke.first) - stroke.first;
                    let to = (end.min(stroke.end) - stroke.first).min(characters.len());
                    let inside = characters.get(from..to).unwrap_or_default();
                    written.extend(inside.iter().map(|char| if char.is_control() { ' ' } else { *char }));
                }
                (None, "tab" | "ptab") => written.push('\t'),
                (None, "br" | "cr") => written.push('\n'),
                (None, "noBreakHyphen") => written.push('-'),
                (None, "softHyphen") => {}
                _ => written.push(char::REPLACEMENT_CHARACTER),
            }
        }
        written
    }
}
