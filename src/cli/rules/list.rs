//! `hegui rules list`: all rules, those of one file together.

use indexmap::IndexMap;

use super::{args::List, grade, kind, resolve, say};
use crate::{
    cli::{exit::Exit, screen},
    pack::{Resolved, Rule},
    render::{Colour, Look, visible},
    text::display_width,
};

/// Runs the command.
pub(super) fn run(words: &List) -> Exit {
    let look = screen::look(words.colours.color);
    match resolve(&words.rules.folders) {
        Ok(packs) => {
            let pages: Vec<String> = packs.iter().map(|resolved| page(resolved, look)).collect();
            say(&pages.join("\n"), look.colour, Exit::Fine)
        }
        Err(exit) => exit,
    }
}

fn page(resolved: &Resolved, look: Look) -> String {
    let stamp = &resolved.stamp;
    let head = format!("{} {}：{}条规则", stamp.title, stamp.version, resolved.pack.rules.len());
    let mut page = look.paint(Colour::Title, &visible(&head)) + "\n";
    if !stamp.layers.is_empty() {
        page += &format!("建立在 {} 之上\n", stamp.layers.join("、"));
    }
    let mut files: IndexMap<String, Vec<&Rule>> = IndexMap::new();
    for rule in &resolved.pack.rules {
        let file = resolved.provenance.of("rules", &rule.def.id).map(|origin| origin.file.clone());
        files.entry(file.unwrap_or_default()).or_default().push(rule);
    }
    let widest = resolved.pack.rules.iter().map(|rule| rule.def.id.len()).max().unwrap_or(0);
    for (file, rules) in files {
        page += &format!("\n{}\n", look.paint(Colour::Faint, &visible(&file)));
        for rule in rules {
            page += &line(rule, widest, look);
        }
    }
    page
}

fn line(rule: &Rule, widest: usize, look: Look) -> String {
    let grade = grade(rule.severity);
    let colour = rule.severity.map_or(Colour::Faint, Colour::of_severity);
    let off = rule.off.as_ref().map(|reason| format!("（已停用：{reason}）")).unwrap_or_default();
    let pad = |text: &str, cells: usize| " ".repeat(cells.saturating_sub(display_width(text)));
    format!(
        "  {id:<widest$}  {}{}  {}{}  {}\n",
        look.paint(colour, grade),
        pad(grade, 8),
        kind(rule),
        pad(kind(rule), 12),
        visible(&format!("{}{off}", rule.def.name)),
        id = rule.def.id,
    )
}
