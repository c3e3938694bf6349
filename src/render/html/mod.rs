//! One page that needs nothing else: what decides, the findings, the checklist, and the whole text of each report
//! with every place marked, for a screen and for paper.
//!
//! It asks the network for nothing and runs no script; a policy in the page says so to the browser. The style is data
//! beside this file.

mod body;
mod checklist;
mod finding;
mod layout;
mod mark;
mod markup;
mod place;
mod report;

use self::{markup::Markup, place::Ids, report::Report};
use super::{Entry, Failure, Renderer, Summary, verdict};

/// How the page looks.
const STYLE: &str = include_str!("style.css");

/// What the page may load and run: its own style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// By this a page is known for ours.
const GENERATOR: &str = "<meta name=\"generator\" content=\"hegui\">";

/// Whether a file that begins with `head` is a page that this renderer wrote.
#[must_use]
pub fn is_page(head: &[u8]) -> bool {
    head.windows(GENERATOR.len()).any(|window| window == GENERATOR.as_bytes())
}

/// Renders a web page.
#[derive(Debug, Clone, Copy)]
pub struct Html;

impl Renderer for Html {
    fn begin(&self) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n{GENERATOR}\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"format-detection\" content=\"telephone=no, date=no, address=no\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>合规检查结果</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
             <h1>合规检查结果</h1>\n"
        )
    }

    fn entry(&self, entry: &Entry) -> String {
        let mut html = Markup::default();
        match &entry.outcome {
            Ok(checked) => Report::new(&entry.path, checked).write(&mut html),
            Err(failure) => write_failure(&mut html, &entry.path, failure),
        }
        html.finish()
    }

    fn between(&self) -> &'static str {
        "\n"
    }

    fn end(&self, summary: &Summary) -> String {
        let mut html = Markup::default();
        if summary.files != 1 {
            html.line_end();
            html.element("footer", &[], |html| write_total(html, summary));
        }
        html.finish() + "\n</main>\n</body>\n</html>\n"
    }
}

fn write_failure(html: &mut Markup, path: &str, failure: &Failure) {
    html.element("article", &[("id", Ids::new(path).report()), ("class", "failure")], |html| {
        html.words("h2", &[], path);
        html.element("p", &[("class", "decision")], |html| {
            html.words("b", &[("class", "error")], &format!("没能检查：{}", failure.message));
        });
        html.words("p", &[], &format!("怎么办：{}", failure.help));
    });
}

/// The counts over all reports.
fn write_total(html: &mut Markup, summary: &Summary) {
    html.words("p", &[], &verdict::inputs(summary).join("，"));
    if summary.unreadable < summary.files {
        let counts: Vec<String> = verdict::counts(summary).into_iter().map(|(_, words)| words).collect();
        html.words("p", &[], &format!("合计：{}", counts.join("，")));
    }
}
