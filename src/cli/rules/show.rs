//! `hegui rules show`: one rule in words, and where each part of it comes from.

use super::{args::Show, describe, grade, is_meant, kind, no_such_rule, resolve, say};
use crate::{
    cli::{exit::Exit, screen},
    diagnostic::Basis,
    pack::{
        Check, Origin, Resolved, Rule, Touch, What,
        def::{ExampleDef, MessagesDef},
    },
    render::{Colour, Look, visible, words, wrap},
};

/// Runs the command.
pub(super) fn run(words: &Show) -> Exit {
    let packs = match resolve(&words.rules.folders) {
        Ok(packs) => packs,
        Err(exit) => return exit,
    };
    let look = screen::look(words.colours.color);
    for resolved in &packs {
        if let Some(rule) = resolved.pack.rules.iter().find(|rule| is_meant(rule, &words.rule)) {
            return say(&page(resolved, rule, words.resolved, look), look.colour, Exit::Fine);
        }
    }
    no_such_rule(&words.rule, packs.iter().flat_map(|resolved| &resolved.pack.rules))
}

/// A page that grows by lines of a head and a text.
pub(super) struct Sheet {
    look: Look,
    text: String,
}

impl Sheet {
    pub(super) const fn new(look: Look) -> Self {
        Self { look, text: String::new() }
    }

    /// A line on its own, with an empty line before it.
    pub(super) fn title(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text += &self.look.paint(Colour::Title, &visible(text));
        self.text.push('\n');
    }

    /// `head：text`, indented; nothing where there is no text.
    pub(super) fn line(&mut self, head: &str, text: &str) {
        if !text.is_empty() {
            let head = if head.is_empty() { "  ".to_owned() } else { format!("  {head}：") };
            self.text += &wrap(&head, &visible(text), self.look.width.clamp(24, 120));
        }
    }

    /// `head：` and a list.
    pub(super) fn list<T: AsRef<str>>(&mut self, head: &str, items: &[T]) {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        self.line(head, &items.join("、"));
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

fn page(resolved: &Resolved, rule: &Rule, with_origins: bool, look: Look) -> String {
    let mut sheet = Sheet::new(look);
    sheet.title(&format!("{} {}", rule.def.id, rule.def.name));
    if let Some(reason) = &rule.off {
        sheet.line("已停用", reason);
    }
    let partial = match rule.check {
        Check::Require(_) => format!("；只提到：{}", grade(rule.partial)),
        _ => String::new(),
    };
    sheet.line("等级", &format!("{}{partial}", grade(rule.severity)));
    sheet.line("适用", &conditions(rule));
    sheet.line("检查", kind(rule));
    describe::check(&mut sheet, resolved, rule);
    let basis: Vec<String> = rule.basis.iter().map(basis).collect();
    sheet.title("依据");
    basis.iter().for_each(|basis| sheet.line("", basis));
    sheet.title("提示");
    for (head, text) in messages(&rule.def.messages) {
        sheet.line(head, text.as_deref().unwrap_or_default());
    }
    sheet.line("怎么改", rule.def.help.as_deref().unwrap_or_default());
    examples(&mut sheet, resolved, rule);
    if with_origins {
        origins(&mut sheet, resolved, rule);
    }
    sheet.finish()
}

fn conditions(rule: &Rule) -> String {
    let mut conditions = Vec::new();
    if let Some(year) = &rule.def.when.year {
        conditions.push(format!("报告年度 {year}"));
    }
    if !rule.def.when.level.is_empty() {
        conditions.push(rule.def.when.level.join("、"));
    }
    if conditions.is_empty() { "所有报告".to_owned() } else { conditions.join("；") }
}

fn basis(basis: &Basis) -> String {
    format!("（{}）{}", words::standing(basis.standing), words::basis(basis))
}

fn messages(messages: &MessagesDef) -> [(&'static str, &Option<String>); 7] {
    [
        ("没有写到", &messages.missing),
        ("只提到", &messages.partial),
        ("查到", &messages.found),
        ("名称有误", &messages.misnamed),
        ("已经废止", &messages.repealed),
        ("尚未施行", &messages.unborn),
        ("规划期已过", &messages.over),
    ]
}

fn examples(sheet: &mut Sheet, resolved: &Resolved, rule: &Rule) {
    let examples = &rule.def.examples;
    let lists = [
        ("写实", &examples.met),
        ("只提到", &examples.partial),
        ("未写到", &examples.missing),
        ("不适用", &examples.skipped),
        ("正确", &examples.good),
        ("有错", &examples.bad),
    ];
    sheet.title("例子");
    for (head, list) in lists {
        list.iter().for_each(|example| sheet.line(head, &example_text(resolved, example)));
    }
    for todo in &examples.todo {
        sheet.line("还做不对", &example_text(resolved, &todo.example));
    }
}

/// An example in one line, what is assumed of it first.
fn example_text(resolved: &Resolved, example: &ExampleDef) -> String {
    let full = match example {
        ExampleDef::Text(text) => return text.replace('\n', " ↵ "),
        ExampleDef::Full(full) => full,
    };
    let year = full.year.map(|year| format!("{year}年度"));
    let section = full.section.as_ref().and_then(|id| resolved.def.sections.get(id));
    let section = section.map(|section| format!("“{}”部分", section.name));
    let assumed: Vec<String> = [year, full.level.clone(), section].into_iter().flatten().collect();
    let assumed = if assumed.is_empty() { String::new() } else { format!("（{}）", assumed.join("，")) };
    format!("{assumed}{}", full.text.replace('\n', " ↵ "))
}

/// Where the rule and its concepts were written, and what layers above did to them.
fn origins(sheet: &mut Sheet, resolved: &Resolved, rule: &Rule) {
    sheet.title("出处");
    let mut entries = vec![("rules", rule.def.id.as_str(), "规则")];
    if let Check::Require(require) = &rule.check {
        let places = match &require.what {
            What::All(places) | What::Any(places) => places.clone(),
            What::Items { concept, .. } => vec![*concept],
        };
        let named = places.iter().filter_map(|place| resolved.pack.concepts.get(*place));
        entries.extend(named.map(|concept| ("concepts", concept.id.as_str(), "事项")));
    }
    for (root, name, what) in entries {
        if let Some(origin) = resolved.provenance.of(root, name) {
            sheet.line(&format!("{what} {name}"), &place(&origin.layer, &origin.file, origin.line));
            edits(sheet, origin);
        }
    }
}

fn edits(sheet: &mut Sheet, origin: &Origin) {
    for edit in &origin.edits {
        let done = match edit.touch {
            Touch::Changed => "修改",
            Touch::Extended => "补充",
            Touch::SwitchedOff => "停用",
        };
        let keys = if edit.keys.is_empty() { String::new() } else { format!(" {}", edit.keys.join("、")) };
        let because = edit.because.as_ref().map(|because| format!("；理由：{because}")).unwrap_or_default();
        let place = place(&edit.layer, &edit.file, edit.line);
        sheet.line(&format!("└ {done}{keys}"), &format!("{place}{because}"));
    }
}

fn place(layer: &str, file: &str, line: Option<usize>) -> String {
    let line = line.map(|line| format!("，第{line}行")).unwrap_or_default();
    format!("{file}{line}（{layer}）")
}
