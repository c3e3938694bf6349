//! One finding as a clerk reads it: what, where, the words there, what to write instead, and why.

use std::collections::BTreeSet;

use super::{Look, excerpt::Excerpt, snippet::Snippet, style::Colour, wrap::wrap};
use crate::{
    diagnostic::{Diagnostic, Label, Severity},
    document::Document,
    render::{
        brief::{ENOUGH, clip, heading_above, one_line},
        place, visible, words,
    },
    text::{Span, display_width},
};

/// Draws the findings of one report.
pub(super) struct Findings<'a> {
    look: Look,
    path: &'a str,
    document: &'a Document,
    /// Advice and grounds that stand above already; nobody reads them twice.
    said: BTreeSet<(&'a str, String)>,
    /// What was drawn last: the place and the words under its mark.
    drawn: Option<(Span, Option<String>)>,
}

impl<'a> Findings<'a> {
    /// For the report `document`, shown under `path`.
    pub(super) const fn new(look: Look, path: &'a str, document: &'a Document) -> Self {
        Self { look, path, document, said: BTreeSet::new(), drawn: None }
    }

    /// One finding, with an empty line before it.
    pub(super) fn draw(&mut self, finding: &'a Diagnostic) -> String {
        let label =
            finding.at.map(|at| words::at(at).to_owned()).or_else(|| words::fix(finding).map(|fix| clip(&fix, ENOUGH)));
        let mut drawing = "\n".to_owned();
        let place = Some((finding.span, label.clone()));
        // What is absent belongs under one heading, most often; nobody wants to see it ten times.
        if self.drawn == place {
            drawing += &self.message_alone(finding);
        } else {
            drawing += &self.snippet(None, finding.severity, &finding.message, finding.span, label);
            let place = self.place(finding.span);
            drawing += &place.map(|place| self.line("所在", &place)).unwrap_or_default();
        }
        self.drawn = place;
        if let Some(help) = &finding.help {
            drawing += &self.once(&finding.rule, "怎么改", help);
        }
        for basis in &finding.basis {
            let head = format!("依据（{}）", words::standing(basis.standing));
            drawing += &self.once(&finding.rule, &head, &words::basis(basis));
        }
        // By its id a rule is explained, shown and silenced.
        drawing += &self.line("规则", &finding.rule);
        for Label { span, message } in &finding.related {
            drawing += &self.snippet(Some("└ 另见"), Severity::Info, message, *span, None);
        }
        drawing
    }

    /// Where a place stands, as the file's own program shows it: the page, the note, the heading above.
    fn place(&self, span: Span) -> Option<String> {
        let heading = heading_above(self.document, span);
        let heading = heading.map(|heading| clip(self.document.slice(heading), ENOUGH));
        match place::apart(self.document, span) {
            Some(apart) => Some(apart.to_owned()),
            None => {
                let parts: Vec<String> = place::page(self.document, span).into_iter().chain(heading).collect();
                (!parts.is_empty()).then(|| parts.join("，"))
            }
        }
    }

    fn message_alone(&self, finding: &Diagnostic) -> String {
        let word = words::severity(finding.severity);
        let message = visible(&finding.message);
        let lines = wrap(&format!("  {word} "), &format!("{message}（位置同上）"), self.look.columns());
        lines.replacen(word, &self.look.paint(Colour::of_severity(finding.severity), word), 1)
    }

    fn snippet(
        &self,
        lead: Option<&'static str>,
        severity: Severity,
        message: &str,
        span: Span,
        label: Option<String>,
    ) -> String {
        let position = self.document.lines.position(&self.document.text, span.start);
        let place = format!("{}:{}:{}", self.path, position.line, position.column);
        let gutter = position.line.to_string().len() + 4;
        let columns = self.look.columns();
        // A place too long for the corner of the drawing gets a line of its own, which a terminal may break.
        let fits = display_width(&place) + gutter + 4 <= columns;
        let above = if fits { String::new() } else { format!("{}\n", self.look.paint(Colour::Faint, &place)) };
        let excerpt = Excerpt::new(self.document, span, columns.saturating_sub(gutter));
        let message = visible(message).into_owned();
        let place = fits.then_some(place);
        above
            + &Snippet { lead, severity, message, place, line: position.line, excerpt: &excerpt, label }.draw(self.look)
    }

    fn once(&mut self, rule: &'a str, head: &str, text: &str) -> String {
        let line = self.line(head, text);
        if self.said.insert((rule, line.clone())) { line } else { String::new() }
    }

    fn line(&self, head: &str, text: &str) -> String {
        let lines = wrap(&format!("    {head}："), &visible(&one_line(text)), self.look.columns());
        lines.replacen(head, &self.look.paint(Colour::Neutral, head), 1)
    }
}
