//! Runs the examples of a rule: each must have its outcome, at its place, with its fix.

use super::mark::{self, Mark, unmark};
use crate::{
    diagnostic::Diagnostic,
    document::{Document, Format, Origins, Paragraph, ParagraphKind, Source},
    engine::{Assumed, Review, Status, review_as},
    facts::{Fact, Facts, observe},
    pack::{
        Check, Pack, Rule,
        def::{ExampleDef, ExampleFullDef},
    },
    read::read,
    render::words,
    text::Span,
};

/// How an example came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// As it says.
    Right,
    /// The rule should have spoken, or found more, and did not.
    Missing,
    /// The rule spoke, or found more, where it should not have.
    Noisy,
    /// The rule spoke at another place or with another fix.
    Changed,
}

/// One example, run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The rule's id.
    pub rule: String,
    /// The list that the example stands in: `met`, `bad`.
    pub want: String,
    /// Its place in the list, from 0.
    pub index: usize,
    /// The example's text, with marks.
    pub text: String,
    /// How it came out.
    pub outcome: Outcome,
    /// What came out instead, in Chinese.
    pub got: String,
    /// The example's text with the marks where the rule put them.
    pub marked: String,
}

/// Runs all examples of a rule. Those under `todo` must still fail: one that does not comes out as `Changed`.
#[must_use]
pub fn try_rule(pack: &Pack, rule: &Rule) -> Vec<Trial> {
    let examples = &rule.def.examples;
    let lists = [
        ("met", &examples.met),
        ("partial", &examples.partial),
        ("missing", &examples.missing),
        ("skipped", &examples.skipped),
        ("good", &examples.good),
        ("bad", &examples.bad),
    ];
    let mut trials = Vec::new();
    for (want, list) in lists {
        trials.extend((0..).zip(list).map(|(index, example)| run(pack, rule, want, index, example)));
    }
    for (index, todo) in examples.todo.iter().enumerate() {
        let mut trial = run(pack, rule, &todo.want, index, &todo.example);
        if trial.outcome == Outcome::Right {
            trial.outcome = Outcome::Changed;
            trial.got = "已经做对了，请移出 todo".to_owned();
        } else {
            trial.outcome = Outcome::Right;
        }
        trial.want = format!("todo {}", trial.want);
        trials.push(trial);
    }
    trials
}

fn run(pack: &Pack, rule: &Rule, want: &str, index: usize, example: &ExampleDef) -> Trial {
    let full = full(example);
    let (plain, marks) = unmark(&full.text);
    let (document, review) = review_example(pack, &full, plain);
    let (outcome, got) = match &rule.check {
        Check::Require(_) => judge_status(rule, &document, &review, want, &marks),
        _ => judge_findings(rule, &document, &review, want, &marks),
    };
    let marked = mark::mark(&document.text, &marks_of(rule, &review));
    Trial { rule: rule.def.id.clone(), want: want.to_owned(), index, text: full.text, outcome, got, marked }
}

/// The marks that an example would have if it said what came out.
fn marks_of(rule: &Rule, review: &Review) -> Vec<Mark> {
    if let Check::Require(_) = rule.check {
        let evidence =
            review.requirements.iter().filter(|entry| entry.rule == rule.def.id).flat_map(|entry| &entry.evidence);
        return evidence.map(|span| Mark { span: *span, to: None }).collect();
    }
    let findings = review.diagnostics.iter().filter(|finding| finding.rule == rule.def.id);
    let fix = |finding: &Diagnostic| Some(finding.fix.as_ref()?.edits.first()?.text.clone());
    findings.map(|finding| Mark { span: finding.span, to: fix(finding) }).collect()
}

/// The longer form of any example.
fn full(example: &ExampleDef) -> ExampleFullDef {
    match example {
        ExampleDef::Text(text) => ExampleFullDef { text: text.clone(), ..ExampleFullDef::default() },
        ExampleDef::Full(full) => full.clone(),
    }
}

/// An example's text without marks as a document, and what is known of it.
pub(super) fn document_of(pack: &Pack, example: &ExampleDef) -> (Document, Facts) {
    let full = full(example);
    prepare(pack, &full, unmark(&full.text).0)
}

fn prepare(pack: &Pack, example: &ExampleFullDef, plain: String) -> (Document, Facts) {
    let document = Document::new(source(plain), &pack.lexicon);
    let mut facts = observe(&document, &pack.lexicon);
    if let Some(year) = example.year {
        facts.year = Some(Fact { value: year, span: Span::default() });
    }
    if let Some(level) = &example.level {
        facts.level = Some(Fact { value: level.clone(), span: Span::default() });
    }
    (document, facts)
}

fn review_example(pack: &Pack, example: &ExampleFullDef, plain: String) -> (Document, Review) {
    let (document, facts) = prepare(pack, example, plain);
    let named = |section: &crate::pack::SectionKind| Some(&section.id) == example.section.as_ref();
    let rest = |section: &crate::pack::SectionKind| example.section.is_none() && section.rest;
    let section = pack.sections.iter().position(|section| named(section) || rest(section));
    let assumed = Assumed { section: section.filter(|_| !example.whole) };
    let review = review_as(&document, facts, pack, assumed);
    (document, review)
}

/// The lines of an example. One with a table is read as Markdown.
fn source(text: String) -> Source {
    if text.lines().any(|line| line.trim_start().starts_with('|'))
        && let Ok(source) = read(text.as_bytes(), "例.md")
    {
        return source;
    }
    let mut paragraphs = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let start = at + line.find(body).unwrap_or_default();
        let span = Span::new(start, start + body.len());
        if !span.is_empty() {
            paragraphs.push(Paragraph { span, kind: ParagraphKind::Body, depth: None, continues: false, area: None });
        }
        at += line.len();
    }
    let (markup, notes) = (Vec::new(), Vec::new());
    Source { format: Format::Text, text, paragraphs, markup, origins: Origins::default(), notes }
}

fn judge_status(rule: &Rule, document: &Document, review: &Review, want: &str, marks: &[Mark]) -> (Outcome, String) {
    let Some(requirement) = review.requirements.iter().find(|entry| entry.rule == rule.def.id) else {
        return (Outcome::Missing, "没有这条规则的结果".to_owned());
    };
    let rank = |name: &str| ["skipped", "missing", "partial", "met"].iter().position(|known| *known == name);
    let got = requirement.status.name();
    let shown: Vec<&str> = requirement.evidence.iter().map(|span| document.slice(*span)).collect();
    let status = words::status(requirement.status);
    let told = if shown.is_empty() { status.to_owned() } else { format!("{status}：{}", shown.join("、")) };
    match rank(got).cmp(&rank(want)) {
        std::cmp::Ordering::Less => return (Outcome::Missing, told),
        std::cmp::Ordering::Greater => return (Outcome::Noisy, told),
        std::cmp::Ordering::Equal => {}
    }
    let mut evidence = requirement.evidence.clone();
    evidence.sort_unstable();
    let marked: Vec<Span> = marks.iter().map(|mark| mark.span).collect();
    let checked = !marks.is_empty() && matches!(requirement.status, Status::Met | Status::Partial);
    if checked && evidence != marked { (Outcome::Changed, told) } else { (Outcome::Right, told) }
}

fn judge_findings(rule: &Rule, document: &Document, review: &Review, want: &str, marks: &[Mark]) -> (Outcome, String) {
    let findings: Vec<_> = review.diagnostics.iter().filter(|finding| finding.rule == rule.def.id).collect();
    let shown: Vec<String> = findings.iter().map(|finding| document.slice(finding.span).to_owned()).collect();
    let told = if shown.is_empty() { "没有提示".to_owned() } else { shown.join("、") };
    if want == "good" {
        return (if findings.is_empty() { Outcome::Right } else { Outcome::Noisy }, told);
    }
    if findings.is_empty() {
        return (Outcome::Missing, told);
    }
    if marks.is_empty() {
        return (Outcome::Right, told);
    }
    if findings.len() != marks.len() {
        return (if findings.len() < marks.len() { Outcome::Missing } else { Outcome::Noisy }, told);
    }
    let same = findings.iter().zip(marks).all(|(finding, mark)| {
        let to = finding.fix.as_ref().and_then(|fix| fix.edits.first()).map(|edit| edit.text.as_str());
        finding.span == mark.span && (mark.to.is_none() || mark.to.as_deref() == to)
    });
    (if same { Outcome::Right } else { Outcome::Changed }, told)
}
