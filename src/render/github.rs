//! Workflow commands of GitHub Actions: an annotation a finding, at its file, lines and columns.
//!
//! A silenced finding is a plain line of the log, not an annotation: it was silenced so that nobody is asked again.
//! Line and column are told of text files only; of the others the message says the page or the paragraph.

use super::{
    Entry, Failure, Renderer, Summary,
    place::{self, Region},
    verdict, visible, words,
};
use crate::{
    Checked,
    diagnostic::{Diagnostic, Severity},
    document::Document,
};

/// Renders as workflow commands.
#[derive(Debug, Clone, Copy)]
pub struct Github;

impl Renderer for Github {
    fn begin(&self) -> String {
        String::new()
    }

    fn entry(&self, entry: &Entry) -> String {
        match &entry.outcome {
            Ok(checked) => report(&entry.path, checked),
            Err(failure) => unread(&entry.path, failure),
        }
    }

    fn between(&self) -> &'static str {
        ""
    }

    fn end(&self, summary: &Summary) -> String {
        let mut parts = verdict::inputs(summary);
        if summary.unreadable < summary.files {
            parts.extend(verdict::counts(summary).into_iter().map(|(_, text)| text));
        }
        format!("合规检查：{}\n", parts.join("，"))
    }
}

fn report(path: &str, checked: &Checked) -> String {
    let mut lines = String::new();
    if let Some(reason) = checked.review.other_kind() {
        lines += &command("notice", &[("file", path.to_owned()), ("title", "没有检查".to_owned())], reason);
    }
    for finding in &checked.review.diagnostics {
        lines += &match &finding.silenced {
            Some(reason) => silenced(path, &checked.document, finding, reason),
            None => annotation(path, &checked.document, finding),
        };
    }
    lines
}

fn unread(path: &str, failure: &Failure) -> String {
    let properties = [("file", path.to_owned()), ("title", "没能检查".to_owned())];
    command("error", &properties, &format!("{}\n怎么办：{}", failure.message, failure.help))
}

fn annotation(path: &str, document: &Document, finding: &Diagnostic) -> String {
    let command_name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = vec![("file", path.to_owned())];
    if place::is_plain(document) {
        let Region { line, column, end_line, end_column } = Region::new(document, finding.span);
        properties.extend([("line", line.to_string()), ("endLine", end_line.to_string())]);
        // Columns over several lines are refused.
        if line == end_line {
            properties.extend([("col", column.to_string()), ("endColumn", end_column.to_string())]);
        }
    }
    properties.push(("title", format!("{} {}", words::severity(finding.severity), finding.name)));
    let mut message = vec![finding.message.clone()];
    let words = words::quote(document.slice(finding.span));
    message.extend(place::in_file(document, finding.span).map(|place| format!("位置：{place}“{words}”")));
    message.extend(words::advice(finding));
    message.extend(place::related(document, finding));
    command(command_name, &properties, &message.join("\n"))
}

fn silenced(path: &str, document: &Document, finding: &Diagnostic, reason: &str) -> String {
    let Region { line, column, .. } = Region::new(document, finding.span);
    let text = format!("按约定不再提示：{path}:{line}:{column} {}（{reason}）", finding.message);
    // The older form of a command is obeyed anywhere in a line.
    visible(&text).replace("##[", "## [") + "\n"
}

/// A command with its properties; `message` may have several lines.
fn command(name: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(key, value)| format!("{key}={}", property(&visible(value)))).collect();
    let message: Vec<_> = message.lines().map(|line| data(&visible(line))).collect();
    format!("::{name} {}::{}\n", properties.join(","), message.join("%0A"))
}

/// What stands behind `::`, escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value, escaped.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
