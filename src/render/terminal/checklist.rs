//! The checklist of a report: each requirement under its status, and what was not checked and why.

use super::{Look, style::Colour, wrap::wrap};
use crate::{
    engine::{Requirement, Status},
    render::{visible, words},
    text::display_width,
};

/// Cells between two columns.
const GAP: usize = 2;

/// The checklist: what is missing first, then what is thin, what is fine, and last what was not checked and why.
/// Empty where there are no requirements.
pub(super) fn checklist(look: Look, requirements: &[Requirement]) -> String {
    let mut list = String::new();
    for status in [Status::Missing, Status::Partial, Status::Met] {
        let names: Vec<String> = requirements
            .iter()
            .filter(|requirement| requirement.status == status)
            .map(|requirement| visible(&requirement.name).into_owned())
            .collect();
        if names.is_empty() {
            continue;
        }
        let head = format!("{} {}（{}项）", words::mark(status), words::status(status), names.len());
        list += &format!("  {}\n", look.paint(Colour::of_status(status), &head));
        list += &columns(&names, look.columns());
    }
    list += &unchecked(look, requirements);
    if list.is_empty() { list } else { format!("\n{}\n{list}", look.paint(Colour::Title, "对照清单")) }
}

/// What was not checked, by reason, in the order in which the reasons come up.
fn unchecked(look: Look, requirements: &[Requirement]) -> String {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for requirement in requirements.iter().filter(|requirement| requirement.status == Status::Skipped) {
        let reason = requirement.reason.as_ref().map_or("没有说明原因", |reason| reason.text.as_str());
        match reasons.iter_mut().find(|(known, _)| known == reason) {
            Some((_, names)) => names.push(&requirement.name),
            None => reasons.push((reason.to_owned(), vec![&requirement.name])),
        }
    }
    let count: usize = reasons.iter().map(|(_, names)| names.len()).sum();
    if count == 0 {
        return String::new();
    }
    let head = format!("{} {}（{count}项）", words::mark(Status::Skipped), words::status(Status::Skipped));
    let mut list = format!("  {}\n", look.paint(Colour::of_status(Status::Skipped), &head));
    for (reason, names) in reasons {
        list += &wrap("    ", &visible(&format!("{reason}：{}", names.join("、"))), look.columns());
    }
    list
}

/// `names` in as many columns as fit, read from left to right.
fn columns(names: &[String], width: usize) -> String {
    let indent = 4;
    let widest = names.iter().map(|name| display_width(name)).max().unwrap_or(0) + GAP;
    let across = ((width + GAP).saturating_sub(indent) / widest).max(1);
    let mut lines = String::new();
    for row in names.chunks(across) {
        let mut line = " ".repeat(indent);
        for name in row {
            line += name;
            line.extend(std::iter::repeat_n(' ', widest.saturating_sub(display_width(name))));
        }
        lines += line.trim_end();
        lines.push('\n');
    }
    lines
}
