//! The section of one report: what decides, the findings, the checklist, the full text with every place marked.

use super::{
    body::Body,
    checklist::{Checklist, QUOTED},
    finding::Findings,
    mark::{Kind, Target},
    markup::Markup,
    place::{Ids, link},
};
use crate::{
    Checked,
    diagnostic::{Diagnostic, Severity},
    document::Role,
    render::{Summary, brief::one_line, verdict, words},
    text::Span,
};

/// Writes one report.
pub(super) struct Report<'a> {
    checked: &'a Checked,
    path: &'a str,
    ids: Ids,
    findings: Vec<&'a Diagnostic>,
    silenced: Vec<(&'a Diagnostic, &'a str)>,
}

impl<'a> Report<'a> {
    /// For the report that was read from `path`.
    pub(super) fn new(path: &'a str, checked: &'a Checked) -> Self {
        let diagnostics = &checked.review.diagnostics;
        let silenced = diagnostics.iter().filter_map(|finding| Some((finding, finding.silenced.as_deref()?)));
        Self {
            checked,
            path,
            ids: Ids::new(path),
            findings: verdict::in_order(diagnostics),
            silenced: silenced.collect(),
        }
    }

    /// Writes the section.
    pub(super) fn write(&self, html: &mut Markup) {
        let class = if self.has_result() { "" } else { "whole" };
        html.element("article", &[("id", self.ids.report()), ("class", class)], |html| {
            html.element("header", &[], |html| self.head(html));
            html.line_end();
            if self.has_result() {
                // It scrolls by itself beside the text, so a keyboard must reach it.
                let attributes =
                    [("class", "result"), ("role", "region"), ("aria-label", "检查结果"), ("tabindex", "0")];
                html.element("div", &attributes, |html| {
                    self.list(html);
                    self.folded(html);
                    self.checklist(html);
                });
                html.line_end();
            }
            html.element("section", &[("class", "report"), ("id", &self.ids.part("text"))], |html| self.text(html));
        });
    }

    fn head(&self, html: &mut Markup) {
        let review = &self.checked.review;
        html.words("h2", &[], &self.title());
        html.element("p", &[("class", "decision")], |html| self.decision(html));
        html.words("p", &[], &verdict::recognised(review));
        html.words("p", &[("class", "faint")], &format!("文件：{}", self.path));
        if let Some(pack) = verdict::pack_with_hash(&review.pack) {
            html.words("p", &[("class", "faint")], &pack);
        }
        html.element("nav", &[], |html| {
            let mut parts = vec![("text", "报告全文")];
            if self.has_checklist() {
                parts.insert(0, ("checklist", "对照清单"));
            }
            if !self.findings.is_empty() {
                parts.insert(0, ("findings", "问题"));
            }
            for (part, words) in parts {
                html.words("a", &[("href", &link(&self.ids.part(part)))], words);
            }
        });
    }

    /// The report's own title, else the name of its file.
    fn title(&self) -> String {
        let document = &self.checked.document;
        let lines = document.with_role(Role::Title).flat_map(|block| &block.spans);
        let title: String = lines.map(|span| one_line(document.slice(*span))).collect();
        if title.is_empty() { self.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned() } else { title }
    }

    /// The line that decides.
    fn decision(&self, html: &mut Markup) {
        let review = &self.checked.review;
        if let Some(reason) = review.other_kind() {
            return html.text(&format!("没有检查：{reason}"));
        }
        let counts = verdict::counts(&Summary::of_review(review));
        for (index, (severity, words)) in counts.iter().enumerate() {
            html.text(if index > 0 { "，" } else { "" });
            html.words("b", &[("class", severity.map_or("met", Severity::name))], words);
        }
        if let Some(words) = verdict::unchecked(review) {
            html.text(&format!("，{words}"));
        }
    }

    fn list(&self, html: &mut Markup) {
        if self.findings.is_empty() {
            return;
        }
        html.element("section", &[("id", &self.ids.part("findings"))], |html| {
            html.words("h3", &[], "问题");
            html.element("ol", &[("class", "findings")], |html| {
                let mut list = Findings::new(&self.checked.document, &self.ids);
                for (number, finding) in (1..).zip(&self.findings) {
                    html.line_end();
                    list.write(html, number, finding);
                }
            });
        });
    }

    fn folded(&self, html: &mut Markup) {
        if self.silenced.is_empty() {
            return;
        }
        html.element("details", &[], |html| {
            html.words("summary", &[], &format!("按约定不再提示（{}处）", self.silenced.len()));
            html.element("ul", &[], |html| {
                let list = Findings::new(&self.checked.document, &self.ids);
                for (index, (finding, reason)) in self.silenced.iter().enumerate() {
                    list.silenced(html, index, finding, reason);
                }
            });
        });
    }

    /// Whether anything stands beside the text.
    fn has_result(&self) -> bool {
        !self.checked.review.diagnostics.is_empty() || self.has_checklist()
    }

    fn has_checklist(&self) -> bool {
        let review = &self.checked.review;
        !review.requirements.is_empty() && review.other_kind().is_none()
    }

    fn checklist(&self, html: &mut Markup) {
        if !self.has_checklist() {
            return;
        }
        html.element("section", &[("id", &self.ids.part("checklist"))], |html| {
            html.words("h3", &[], "对照清单");
            let Checked { document, review } = self.checked;
            let (ids, findings, requirements) = (&self.ids, &self.findings, &review.requirements);
            Checklist { document, ids, requirements, findings }.write(html);
        });
    }

    fn text(&self, html: &mut Markup) {
        html.words("h3", &[], "报告全文");
        if self.has_result() {
            html.element("p", &[("class", "legend")], write_legend);
        }
        html.element("div", &[("class", "text")], |html| {
            let (stretches, targets) = self.marked();
            Body::new(&self.checked.document, &self.ids, &self.findings, stretches, targets).write(html);
        });
    }

    /// All that is marked in the text. What is absent stands on a line of its own instead.
    fn marked(&self) -> (Vec<(Span, Kind)>, Vec<Target>) {
        let mut stretches = Vec::new();
        let mut targets = Vec::new();
        for (number, finding) in (1..).zip(&self.findings) {
            if finding.at.is_none() {
                stretches.push((finding.span, Kind::Finding(finding.severity)));
                let finding = Target {
                    at: finding.span.start,
                    id: self.ids.mark(number),
                    finding: Some((number, finding.severity)),
                };
                targets.push(finding);
            }
            for (index, label) in finding.related.iter().enumerate() {
                stretches.push((label.span, Kind::Related));
                targets.push(Target { at: label.span.start, id: self.ids.related(number, index), finding: None });
            }
        }
        for (index, (finding, _)) in self.silenced.iter().enumerate() {
            targets.push(Target { at: finding.span.start, id: self.ids.silenced(index), finding: None });
        }
        if self.has_checklist() {
            for (number, requirement) in self.checked.review.requirements.iter().enumerate() {
                stretches.extend(requirement.evidence.iter().map(|span| (*span, Kind::Evidence)));
                targets.extend(requirement.evidence.iter().take(QUOTED).enumerate().map(|(index, span)| Target {
                    at: span.start,
                    id: self.ids.evidence(number, index),
                    finding: None,
                }));
            }
        }
        (stretches, targets)
    }
}

fn write_legend(html: &mut Markup) {
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        html.words("mark", &[("class", severity.name())], words::severity(severity));
    }
    html.words("span", &[("class", "evidence")], "对照清单所引");
    html.text("方框里的数字是问题的编号，行首的数字是行号。");
}
