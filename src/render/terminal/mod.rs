//! The view for a clerk at a terminal: what decides, the findings in the order of the text, the checklist, the rules.
//!
//! It is for reading alone; programs get JSON. Nothing of a report or a file name reaches the terminal unseen.

mod checklist;
mod excerpt;
mod finding;
mod snippet;
mod style;
mod wrap;

pub(crate) use excerpt::Excerpt;
use indexmap::IndexMap;
pub(crate) use style::Colour;
pub use style::Look;
pub use wrap::wrap;

use self::finding::Findings;
use super::{Entry, Failure, Renderer, Summary, verdict, visible};
use crate::{Checked, diagnostic::Severity, engine::Review, pack::PackStamp, text::display_width};

/// Renders for a terminal.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    look: Look,
}

impl Terminal {
    /// For a terminal that looks like this.
    #[must_use]
    pub const fn new(look: Look) -> Self {
        Self { look }
    }
}

impl Renderer for Terminal {
    fn begin(&self) -> String {
        String::new()
    }

    fn entry(&self, entry: &Entry) -> String {
        let path = visible(&entry.path);
        let head = self.head(&path);
        head + &match &entry.outcome {
            Ok(checked) => self.report(&path, checked, &Summary::of(entry)),
            Err(failure) => self.failure(failure),
        }
    }

    fn between(&self) -> &'static str {
        "\n"
    }

    fn end(&self, summary: &Summary) -> String {
        if summary.files < 2 {
            return String::new();
        }
        let paint = |index| (index == 2).then_some(Colour::Bad);
        let inputs = verdict::inputs(summary).into_iter().enumerate();
        let parts: Vec<Part> = inputs.map(|(index, text)| (text, paint(index))).collect();
        let mut lines = format!("\n{}\n{}", self.rule(), self.flow(&parts));
        if summary.unreadable < summary.files {
            lines += "合计：";
            lines += &self.flow(&counts(summary));
        }
        lines
    }
}

impl Terminal {
    /// The path over a line, so that reports stand apart.
    fn head(&self, path: &str) -> String {
        format!("{}\n{}\n", self.look.paint(Colour::Title, path), self.rule())
    }

    fn rule(&self) -> String {
        self.look.paint(Colour::Faint, &"─".repeat(self.look.columns()))
    }

    fn report(&self, path: &str, checked: &Checked, summary: &Summary) -> String {
        let review = &checked.review;
        let mut page = self.decision(review, summary) + &recognised(review);
        let mut findings = Findings::new(self.look, path, &checked.document);
        for finding in verdict::in_order(&review.diagnostics) {
            page += &findings.draw(finding);
        }
        page += &self.silenced(checked);
        if review.other_kind().is_none() {
            page += &checklist::checklist(self.look, &review.requirements);
        }
        page + &self.pack(&review.pack)
    }

    /// The line that decides.
    fn decision(&self, review: &Review, summary: &Summary) -> String {
        if let Some(reason) = review.other_kind() {
            return self.flow(&[(format!("没有检查：{}", visible(reason)), Some(Colour::Doubtful))]);
        }
        let mut parts = counts(summary);
        parts.extend(verdict::unchecked(review).map(|words| (words, None)));
        self.flow(&parts)
    }

    /// Painted pieces with commas between them, each kept whole.
    fn flow(&self, parts: &[Part]) -> String {
        let mut lines = String::new();
        let mut used = 0;
        for (text, colour) in parts {
            // The comma, or the room for it behind the last.
            let cells = display_width(text) + 2;
            if used > 0 {
                lines.push('，');
            }
            if used > 0 && used + cells > self.look.columns() {
                lines.push('\n');
                used = 0;
            }
            used += cells;
            lines += &colour.map_or_else(|| text.clone(), |colour| self.look.paint(colour, text));
        }
        lines + "\n"
    }

    /// What was found and is not told, by rule and reason, in the order in which they come up.
    fn silenced(&self, checked: &Checked) -> String {
        let mut kinds: IndexMap<(&str, &str), Vec<String>> = IndexMap::new();
        for finding in &checked.review.diagnostics {
            let Some(reason) = &finding.silenced else { continue };
            let at = checked.document.lines.position(&checked.document.text, finding.span.start);
            kinds.entry((&finding.name, reason)).or_default().push(format!("{}:{}", at.line, at.column));
        }
        if kinds.is_empty() {
            return String::new();
        }
        let count: usize = kinds.values().map(Vec::len).sum();
        let mut lines = format!("\n{}\n", self.look.paint(Colour::Faint, &format!("已按约定不提示{count}处")));
        for ((name, reason), places) in kinds {
            let text = format!("{name} {}（{reason}）", places.join("、"));
            lines += &wrap("  ", &visible(&text), self.look.columns());
        }
        lines
    }

    fn failure(&self, failure: &Failure) -> String {
        let lines = wrap("没能检查：", &visible(&failure.message), self.look.columns());
        self.look.paint(Colour::Bad, lines.trim_end())
            + "\n"
            + &wrap("怎么办：", &visible(&failure.help), self.look.columns())
    }

    /// The rules, as a footer.
    fn pack(&self, pack: &PackStamp) -> String {
        let Some(words) = verdict::pack_with_hash(pack) else { return String::new() };
        // Further lines stand under the text behind the colon.
        let (head, text) = words.split_at(words.find('：').map_or(0, |at| at + '：'.len_utf8()));
        let lines = wrap(head, &visible(text), self.look.columns());
        format!("\n{}\n", self.look.paint(Colour::Faint, lines.trim_end()))
    }
}

/// A piece of a line and its colour.
type Part = (String, Option<Colour>);

/// The counts of findings, painted.
fn counts(summary: &Summary) -> Vec<Part> {
    let paint = |severity: Option<Severity>| severity.map_or(Colour::Good, Colour::of_severity);
    verdict::counts(summary).into_iter().map(|(severity, text)| (text, Some(paint(severity)))).collect()
}

fn recognised(review: &Review) -> String {
    format!("{}\n", visible(&verdict::recognised(review)))
}
