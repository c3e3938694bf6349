//! Sentences that a page lists below a concept, each with what the concept makes of it: they become examples.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// A status as a page shows it, and the list of examples for it.
const STATUSES: [(&str, &str); 3] = [("写实", "met"), ("只提到", "partial"), ("未写到", "missing")];

/// A line `只提到 坚持法治夜巡。`, or with the part that the sentence stands in: `未写到 [plan] 开展法治夜巡24次。`.
struct Line<'a> {
    list: &'static str,
    section: Option<&'a str>,
    text: &'a str,
}

fn lines(body: &str) -> impl Iterator<Item = Line<'_>> {
    body.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let (status, text) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let list = STATUSES.iter().find(|(name, _)| *name == status).unwrap_or_else(|| panic!("no status: {line}")).1;
        let text = text.trim();
        let placed = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        Line { list, section: placed.map(|(section, _)| section), text: placed.map_or(text, |(_, text)| text.trim()) }
    })
}

/// A rule that requires the first concept of `pack` and has the sentences as its examples, to be put behind it.
pub(super) fn rule(pack: &str, body: &str) -> String {
    let data: Value = serde_yaml::from_str(pack).unwrap();
    let concept = data["concepts"].as_object().unwrap().keys().next().unwrap();
    let mut examples = json!({ "met": [], "partial": [], "missing": [] });
    for line in lines(body) {
        let mut example = json!({ "text": line.text });
        if let Some(section) = line.section {
            example["in"] = section.into();
        }
        examples[line.list].as_array_mut().unwrap().push(example);
    }
    let rule = json!({
        "id": "sentences", "name": "句子", "require": concept, "severity": "info",
        "basis": [{ "title": "例", "standing": "advised" }],
        "messages": { "missing": "没有写。", "partial": "没有写实。" }, "examples": examples,
    });
    format!("{pack}\nrules: [{rule}]\n")
}

/// The sentences with what came out: a status and marks by the text of each example.
pub(super) fn fresh(body: &str, came_out: impl Fn(&str) -> Option<(String, String)>) -> String {
    let mut page = String::new();
    for line in lines(body) {
        let (list, text) = came_out(line.text).unwrap_or_else(|| (line.list.to_owned(), line.text.to_owned()));
        let status = STATUSES.iter().find(|(_, known)| **known == list).map_or("？", |(name, _)| name);
        let section = line.section.map(|section| format!("[{section}] ")).unwrap_or_default();
        let blanks = "　".repeat(3 - status.chars().count());
        let _ = writeln!(page, "{status}{blanks} {section}{text}");
    }
    page
}
