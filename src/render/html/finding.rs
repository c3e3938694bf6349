//! The list of findings: what is wrong, where, the words there, what to write instead, and why.

use std::collections::BTreeMap;

use super::{
    markup::Markup,
    place::{self, Ids, link},
};
use crate::{
    diagnostic::{Basis, Diagnostic, Edit, Label, Safety},
    document::Document,
    render::{
        Excerpt,
        brief::{ENOUGH, clip, heading_above, one_line},
        words,
    },
};

/// Cells of the words around a place: three lines at most.
const EXCERPT: usize = 100;
/// Characters of what goes and what comes; a whole paragraph need not be read twice.
const LONGEST_EDIT: usize = 60;

/// What to write instead and the grounds, each with its head.
type Advice = Vec<(String, String)>;

/// Writes the findings of one report.
pub(super) struct Findings<'a> {
    document: &'a Document,
    ids: &'a Ids,
    /// The finding whose advice and grounds stand above already, by rule and words; nobody reads them twice.
    said: BTreeMap<(&'a str, Advice), usize>,
}

impl<'a> Findings<'a> {
    /// For the report `document`.
    pub(super) const fn new(document: &'a Document, ids: &'a Ids) -> Self {
        Self { document, ids, said: BTreeMap::new() }
    }

    /// One finding.
    pub(super) fn write(&mut self, html: &mut Markup, number: usize, finding: &'a Diagnostic) {
        let class = format!("finding {}", finding.severity.name());
        let advice = advice(finding);
        let known = self.said.get(&(&finding.rule, advice.clone())).copied();
        html.element("li", &[("id", &self.ids.finding(number)), ("class", &class)], |html| {
            self.head(html, number, finding);
            self.place(html, number, finding);
            html.element("dl", &[], |html| {
                self.fix(html, finding);
                match known {
                    Some(first) if !advice.is_empty() => self.same(html, first),
                    _ => advice.iter().for_each(|(head, text)| pair(html, head, |html| html.text(text))),
                }
                self.related(html, number, finding);
            });
        });
        self.said.entry((&finding.rule, advice)).or_insert(number);
    }

    fn head(&self, html: &mut Markup, number: usize, finding: &Diagnostic) {
        html.element("p", &[("class", "message")], |html| {
            let class = format!("no {}", finding.severity.name());
            let label = format!("问题{number}，看原文");
            let attributes =
                [("class", class.as_str()), ("href", &link(&self.ids.mark(number))), ("aria-label", &label)];
            html.words("a", &attributes, &number.to_string());
            html.words("b", &[("class", "grade")], words::severity(finding.severity));
            html.text(&one_line(&finding.message));
        });
    }

    fn place(&self, html: &mut Markup, number: usize, finding: &Diagnostic) {
        let excerpt = Excerpt::new(self.document, finding.span, EXCERPT);
        let piece = |from: usize, to: usize| excerpt.text.get(from..to).unwrap_or_default();
        let marked = piece(excerpt.mark.start, excerpt.mark.end);
        html.element("p", &[("class", "where")], |html| {
            html.words("a", &[("href", &link(&self.ids.mark(number)))], &place::words(self.document, finding.span));
            if let Some(at) = finding.at {
                html.text(&format!("　{}：{marked}", words::at(at)));
            } else if let Some(heading) = heading_above(self.document, finding.span) {
                html.text(&format!("　所在：{}", clip(self.document.slice(heading), ENOUGH)));
            }
            html.text(&format!("　规则：{}", finding.rule));
        });
        if finding.at.is_none() {
            html.element("blockquote", &[], |html| {
                html.text(piece(0, excerpt.mark.start));
                html.words("mark", &[("class", finding.severity.name())], marked);
                html.text(piece(excerpt.mark.end, excerpt.text.len()));
            });
        }
    }

    /// What goes and what comes.
    fn fix(&self, html: &mut Markup, finding: &Diagnostic) {
        let Some(fix) = &finding.fix else { return };
        let head = match fix.safety {
            Safety::Safe => "改法",
            Safety::Unsafe => "可以这样改",
        };
        for Edit { span, text } in &fix.edits {
            let before = clip(self.document.slice(*span), LONGEST_EDIT);
            let after = clip(text, LONGEST_EDIT);
            pair(html, head, |html| match (span.is_empty(), text.is_empty()) {
                (true, _) => {
                    html.text("加上");
                    html.words("ins", &[], &after);
                }
                (false, true) => {
                    html.text("删去");
                    html.words("del", &[], &before);
                }
                (false, false) => {
                    html.words("del", &[], &before);
                    html.text(" → ");
                    html.words("ins", &[], &after);
                }
            });
        }
    }

    fn same(&self, html: &mut Markup, first: usize) {
        pair(html, "怎么改", |html| {
            html.text("与");
            html.words("a", &[("href", &link(&self.ids.finding(first)))], &format!("问题{first}"));
            html.text("相同");
        });
    }

    fn related(&self, html: &mut Markup, number: usize, finding: &Diagnostic) {
        for (index, Label { span, message }) in finding.related.iter().enumerate() {
            pair(html, "另见", |html| {
                let words = format!("“{}”", clip(&one_line(self.document.slice(*span)), ENOUGH));
                html.words("a", &[("href", &link(&self.ids.related(number, index)))], &words);
                html.text(&format!("（{}）{message}", place::words(self.document, *span)));
            });
        }
    }

    /// A finding that is silenced, with the reason.
    pub(super) fn silenced(&self, html: &mut Markup, index: usize, finding: &Diagnostic, reason: &str) {
        html.element("li", &[], |html| {
            let href = link(&self.ids.silenced(index));
            html.words("a", &[("href", &href)], &place::words(self.document, finding.span));
            html.text(&format!(
                "“{}”　{}（{reason}）",
                clip(&one_line(self.document.slice(finding.span)), ENOUGH),
                one_line(&finding.message)
            ));
        });
    }
}

fn advice(finding: &Diagnostic) -> Advice {
    let help = finding.help.iter().map(|help| ("怎么改".to_owned(), one_line(help)));
    let basis = |basis: &Basis| (format!("依据（{}）", words::standing(basis.standing)), words::basis(basis));
    help.chain(finding.basis.iter().map(basis)).collect()
}

fn pair(html: &mut Markup, head: &str, content: impl FnOnce(&mut Markup)) {
    html.element("div", &[], |html| {
        html.words("dt", &[], head);
        html.element("dd", &[], content);
    });
}
