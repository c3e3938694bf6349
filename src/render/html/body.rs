//! The full text of a report as a page: its outline and tables, every place marked, every line numbered.
//!
//! Each character of the text appears exactly once, in its order; what is added is marked as such (`no`, `absent`).

use super::{
    layout::{Layout, Line},
    mark::{Cut, Kind, Marks, Target},
    markup::Markup,
    place::{Ids, link},
};
use crate::{
    diagnostic::{Diagnostic, Severity},
    document::{Document, Role},
    render::words,
    text::{Span, slice},
};

/// Headings of the report stand below those of the page.
const OUTERMOST_HEADING: u8 = 4;
/// HTML has no smaller heading.
const INNERMOST_HEADING: u8 = 6;

/// Writes the text of one report.
pub(super) struct Body<'a> {
    document: &'a Document,
    ids: &'a Ids,
    /// By their number from 1.
    findings: &'a [&'a Diagnostic],
    layout: Layout,
    marks: Marks,
    /// Targets that are written already.
    cursor: usize,
}

impl<'a> Body<'a> {
    /// For a document in which `stretches` and `targets` were found. `findings` are in their order.
    pub(super) fn new(
        document: &'a Document,
        ids: &'a Ids,
        findings: &'a [&'a Diagnostic],
        mut stretches: Vec<(Span, Kind)>,
        targets: Vec<Target>,
    ) -> Self {
        let absent = (1..).zip(findings).filter_map(|(number, finding)| Some((number, finding.span, finding.at?)));
        let layout = Layout::new(document, absent);
        let leads = document.headings.iter().filter(|heading| heading.run_in);
        stretches.extend(leads.map(|lead| (document.view.to_text(&document.text, lead.view), Kind::Lead)));
        stretches.extend(outside(document, &layout).into_iter().map(|span| (span, Kind::Outside)));
        let marks = Marks::new(&document.text, &stretches, targets);
        Self { document, ids, findings, layout, marks, cursor: 0 }
    }

    /// Writes all lines.
    pub(super) fn write(mut self, html: &mut Markup) {
        let mut index = 0;
        while index < self.document.lines.count() {
            self.absent(html, self.layout.before(index).to_vec());
            let last = if self.is_row(index) { self.table(html, index) } else { self.line(html, index) };
            self.absent(html, self.layout.behind(last).to_vec());
            self.line_end(html, last);
            index = last + 1;
        }
    }

    fn is_row(&self, index: usize) -> bool {
        self.layout.line(index).is_some_and(|line| line.role == Role::Row)
    }

    fn line_end(&self, html: &mut Markup, index: usize) {
        if index + 1 < self.document.lines.count() {
            html.line_end();
        }
    }

    /// A line outside of tables. Blank ones are left to the distance between paragraphs.
    fn line(&mut self, html: &mut Markup, index: usize) -> usize {
        let span = self.document.lines.span(&self.document.text, index);
        let number = (index + 1).to_string();
        let line = self.layout.line(index).cloned();
        let is_blank = slice(&self.document.text, span).trim().is_empty();
        let (tag, class) = match &line {
            Some(line) => look(line, span),
            None if is_blank => ("p", "blank"),
            None => ("p", "markup"),
        };
        let number = if is_blank { "" } else { number.as_str() };
        let mut content = Markup::default();
        self.stretch(&mut content, span);
        self.targets(&mut content, span.end);
        let content = content.finish();
        if !content.is_empty() {
            html.element(tag, &[("class", class), ("data-line", number)], |html| html.append(&content));
        }
        index
    }

    /// The rows from line `first` on, up to where something else stands or belongs; gives the last line.
    fn table(&mut self, html: &mut Markup, first: usize) -> usize {
        let mut content = Markup::default();
        let mut last = first;
        loop {
            last = self.row(&mut content, last);
            let next = last + 1;
            let stops = !self.layout.behind(last).is_empty() || !self.layout.before(next).is_empty();
            if stops || !self.is_row(next) {
                break;
            }
            self.line_end(&mut content, last);
            last = next;
        }
        let content = content.finish();
        html.element("table", &[("class", "grid")], |html| html.element("tbody", &[], |html| html.append(&content)));
        last
    }

    /// One row, which has a line for all its cells or one for each; gives its last line.
    fn row(&mut self, html: &mut Markup, first: usize) -> usize {
        let block = self.layout.line(first).map(|line| line.block);
        let mut cells = Markup::default();
        let mut last = first;
        loop {
            let next = last + 1;
            let goes_on = self.is_row(next) && self.layout.line(next).map(|line| line.block) == block;
            // Of a line that only draws the table the text is kept with the row above it.
            let ruled = !goes_on
                && self.layout.line(next).is_none()
                && self.is_row(next + 1)
                && self.layout.behind(last).is_empty()
                && !self.layout.has_absent(next);
            self.cells(&mut cells, last, ruled.then_some(next));
            if !goes_on {
                last = if ruled { next } else { last };
                break;
            }
            self.line_end(&mut cells, last);
            last = next;
        }
        let cells = cells.finish();
        let number = (first + 1).to_string();
        html.element("tr", &[("data-line", &number)], |html| html.append(&cells));
        last
    }

    /// The cells of a line. What stands between two belongs to the first.
    fn cells(&mut self, html: &mut Markup, index: usize, rule: Option<usize>) {
        let span = self.document.lines.span(&self.document.text, index);
        let starts = self.layout.line(index).map(|line| line.spans.iter().skip(1).map(|cell| cell.start).collect());
        let mut ends: Vec<usize> = starts.unwrap_or_default();
        ends.retain(|end| span.contains(*end));
        ends.push(span.end);
        let mut start = span.start;
        let count = ends.len();
        for (place, end) in ends.into_iter().enumerate() {
            let mut cell = Markup::default();
            self.stretch(&mut cell, Span::new(start, end));
            if place + 1 == count {
                self.targets(&mut cell, span.end);
                if let Some(rule) = rule {
                    cell.line_end();
                    self.stretch(&mut cell, self.document.lines.span(&self.document.text, rule));
                }
            }
            let cell = cell.finish();
            html.element("td", &[], |html| html.append(&cell));
            start = end;
        }
    }

    /// The characters under `span` with all that is marked in them.
    fn stretch(&mut self, html: &mut Markup, span: Span) {
        for cut in self.marks.cut(&self.document.text, span, &mut self.cursor) {
            match cut {
                Cut::Target(target) => place(html, self.ids, target),
                Cut::Piece(text, kinds) if kinds.is_empty() => html.text(text),
                Cut::Piece(text, kinds) => {
                    let tag = if kinds.is_finding() { "mark" } else { "span" };
                    html.words(tag, &[("class", &kinds.classes())], text);
                }
            }
        }
    }

    /// The targets that are left up to byte `at`.
    fn targets(&mut self, html: &mut Markup, at: usize) {
        for target in self.marks.targets_until(at, &mut self.cursor) {
            place(html, self.ids, target);
        }
    }

    /// What is absent here.
    fn absent(&self, html: &mut Markup, numbers: Vec<usize>) {
        for number in numbers {
            let Some(finding) = number.checked_sub(1).and_then(|index| self.findings.get(index)) else { continue };
            let class = format!("absent {}", finding.severity.name());
            html.element("p", &[("class", &class)], |html| {
                badge(html, self.ids, number, finding.severity);
                let at = finding.at.map(words::at).unwrap_or_default();
                // On paper without colours the grade has to be said.
                html.words("b", &[], &format!("{}　{at}：", words::severity(finding.severity)));
                html.text(&finding.message);
            });
        }
    }
}

/// The number of a finding in the text, which leads to the finding in the list.
fn badge(html: &mut Markup, ids: &Ids, number: usize, severity: Severity) {
    let class = format!("no {}", severity.name());
    let label = format!("问题{number}，{}", words::severity(severity));
    let (id, href) = (ids.mark(number), link(&ids.finding(number)));
    let attributes = [("class", class.as_str()), ("id", &id), ("href", &href), ("aria-label", &label)];
    html.words("a", &attributes, &number.to_string());
}

fn place(html: &mut Markup, ids: &Ids, target: &Target) {
    match target.finding {
        Some((number, severity)) => badge(html, ids, number, severity),
        None => html.element("span", &[("class", "at"), ("id", &target.id)], |_| ()),
    }
}

/// Element and class of a line.
fn look(line: &Line, span: Span) -> (&'static str, &'static str) {
    let is_indented = line.spans.first().is_some_and(|text| text.start > span.start);
    match line.role {
        Role::Title => ("p", "title"),
        Role::Addressee => ("p", "addressee"),
        Role::Heading => match (OUTERMOST_HEADING - 1).saturating_add(line.level.unwrap_or(1)).min(INNERMOST_HEADING) {
            OUTERMOST_HEADING => ("h4", ""),
            INNERMOST_HEADING => ("h6", ""),
            _ => ("h5", ""),
        },
        Role::Body | Role::Row if is_indented || line.continues => ("p", "body"),
        Role::Body | Role::Row => ("p", "body first"),
        Role::Imprint => ("p", "imprint"),
        Role::Residue => ("p", "residue"),
        Role::Note => ("p", "note"),
        Role::Furniture => ("p", "furniture"),
    }
}

/// What of the lines is no text of the report.
fn outside(document: &Document, layout: &Layout) -> Vec<Span> {
    let mut outside = Vec::new();
    for index in 0..document.lines.count() {
        let span = document.lines.span(&document.text, index);
        let mut at = span.start;
        for text in layout.line(index).map(|line| line.spans.as_slice()).unwrap_or_default() {
            outside.push(Span::new(at, text.start.max(at)));
            at = at.max(text.end);
        }
        outside.push(Span::new(at, span.end.max(at)));
    }
    outside.retain(|span| !span.is_empty());
    outside
}
