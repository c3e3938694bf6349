//! Test reports as CI servers read them: a suite a report, a case a requirement and a case each other finding.
//!
//! What must or should be changed fails; what is good to know is output of a case that passes; what was silenced or
//! not checked is skipped, with the reason; a file that could not be read is an error.

use std::collections::BTreeMap;

use super::{Entry, Failure, Renderer, Summary, docx::escape, place, visible, words};
use crate::{
    Checked,
    diagnostic::{Diagnostic, Severity},
    document::Document,
    engine::{Requirement, Status},
};

/// Renders as JUnit XML.
#[derive(Debug, Clone, Copy)]
pub struct Junit;

impl Renderer for Junit {
    fn begin(&self) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hegui\">\n".to_owned()
    }

    fn entry(&self, entry: &Entry) -> String {
        suite(
            &entry.path,
            &match &entry.outcome {
                Ok(checked) => cases(checked),
                Err(failure) => vec![unread(failure)],
            },
        )
    }

    fn between(&self) -> &'static str {
        ""
    }

    fn end(&self, _: &Summary) -> String {
        "</testsuites>\n".to_owned()
    }
}

/// A test of a suite and how it ended.
struct Case {
    name: String,
    outcome: Outcome,
    /// What there is to say beside that, by lines.
    output: Vec<String>,
}

enum Outcome {
    Passed,
    /// Why not.
    Skipped(String),
    /// What is wrong, how grave, and more lines.
    Failed(String, &'static str, Vec<String>),
    /// What went wrong, its code, and what to do.
    Broken(String, &'static str, String),
}

fn suite(path: &str, cases: &[Case]) -> String {
    let count = |is: fn(&Outcome) -> bool| cases.iter().filter(|case| is(&case.outcome)).count();
    let failures = count(|outcome| matches!(outcome, Outcome::Failed(..)));
    let errors = count(|outcome| matches!(outcome, Outcome::Broken(..)));
    let skipped = count(|outcome| matches!(outcome, Outcome::Skipped(_)));
    let name = attribute(path);
    let tests = cases.len();
    let cases: String = cases.iter().map(|case| element(&class(path), case)).collect();
    format!(
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" \
         skipped=\"{skipped}\">\n{cases}  </testsuite>\n"
    )
}

/// Servers cut class names at full stops; a file's name would fall apart.
fn class(path: &str) -> String {
    path.replace('.', "_")
}

fn element(class: &str, case: &Case) -> String {
    let inside = match &case.outcome {
        Outcome::Passed => String::new(),
        Outcome::Skipped(reason) => format!("      <skipped message=\"{}\"/>\n", attribute(reason)),
        Outcome::Failed(message, grade, lines) => failure("failure", message, grade, lines),
        Outcome::Broken(message, code, help) => failure("error", message, code, std::slice::from_ref(help)),
    };
    let output = match case.output.is_empty() {
        true => String::new(),
        false => format!("      <system-out>{}</system-out>\n", content(&case.output)),
    };
    let head = format!("    <testcase classname=\"{}\" name=\"{}\"", attribute(class), attribute(&case.name));
    if inside.is_empty() && output.is_empty() {
        return head + "/>\n";
    }
    format!("{head}>\n{inside}{output}    </testcase>\n")
}

fn failure(element: &str, message: &str, kind: &str, lines: &[String]) -> String {
    format!(
        "      <{element} message=\"{}\" type=\"{}\">{}</{element}>\n",
        attribute(message),
        attribute(kind),
        content(lines)
    )
}

fn attribute(text: &str) -> String {
    escape(&visible(text))
}

fn content(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().flat_map(|line| line.lines()).map(attribute).collect();
    lines.join("\n")
}

fn unread(Failure { code, message, help }: &Failure) -> Case {
    let outcome = Outcome::Broken(message.clone(), code, format!("怎么办：{help}"));
    Case { name: "读取文件".to_owned(), outcome, output: Vec::new() }
}

/// The cases of a report: the checklist first, then what else was found.
fn cases(checked: &Checked) -> Vec<Case> {
    let Checked { document, review } = checked;
    let mut of_rule: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in &review.diagnostics {
        of_rule.entry(&finding.rule).or_default().push(finding);
    }
    let mut cases = Vec::new();
    for requirement in &review.requirements {
        // Where a finding of the same rule is a second one, it is a case of its own below.
        let own = of_rule.get(requirement.rule.as_str()).and_then(|found| found.first());
        cases.push(of_requirement(document, requirement, own.copied()));
    }
    let told: Vec<&Diagnostic> = review
        .requirements
        .iter()
        .filter_map(|requirement| of_rule.get(requirement.rule.as_str())?.first().copied())
        .collect();
    let others = review.diagnostics.iter().filter(|finding| !told.iter().any(|told| std::ptr::eq(*told, *finding)));
    cases.extend(others.map(|finding| {
        of_finding(document, finding, format!("{}（{}）", finding.name, place::spot(document, finding.span)))
    }));
    cases
}

fn of_requirement(document: &Document, requirement: &Requirement, finding: Option<&Diagnostic>) -> Case {
    let name = requirement.name.clone();
    if let Some(finding) = finding {
        return of_finding(document, finding, name);
    }
    let status = words::status(requirement.status);
    let outcome = match (requirement.status, &requirement.reason) {
        (Status::Met | Status::Partial, _) => Outcome::Passed,
        (_, Some(reason)) => Outcome::Skipped(format!("{status}：{}", reason.text)),
        // Part of a section that is missing as a whole, or in the checklist only: not for this case to fail.
        (_, None) => Outcome::Skipped(status.to_owned()),
    };
    let output = if requirement.status == Status::Partial { vec![status.to_owned()] } else { Vec::new() };
    Case { name, outcome, output }
}

fn of_finding(document: &Document, finding: &Diagnostic, name: String) -> Case {
    let grade = words::severity(finding.severity);
    let mut lines = vec![format!("{grade}　{}", place::spot(document, finding.span)), finding.message.clone()];
    lines.push(format!("原文：{}", document.slice(finding.span).replace('\n', "↵")));
    lines.extend(words::advice(finding));
    lines.extend(place::related(document, finding));
    let (outcome, output) = match (&finding.silenced, finding.severity) {
        (Some(reason), _) => (Outcome::Skipped(format!("按约定不再提示：{reason}")), lines),
        (None, Severity::Info) => (Outcome::Passed, lines),
        (None, _) => (Outcome::Failed(finding.message.clone(), grade, lines), Vec::new()),
    };
    Case { name, outcome, output }
}
