//! What is wrong with the examples of a rule before any is run: a level or a part that there is not, a list that does
//! not belong to the rule's kind, a mark that is not closed. Whether they come out right is asked in `trial`.

use super::{
    compile::Compiler,
    def::{ExampleDef, RuleDef},
    fault::{Fault, Path},
    suggest,
};

/// Checks the examples of a rule, which stands at `path`.
pub(super) fn check(def: &RuleDef, path: &Path, compiler: &mut Compiler<'_>) {
    let path = path.key("examples");
    let examples = &def.examples;
    let fitting = lists(def);
    let written = [
        ("met", &examples.met),
        ("partial", &examples.partial),
        ("missing", &examples.missing),
        ("skipped", &examples.skipped),
        ("good", &examples.good),
        ("bad", &examples.bad),
    ];
    for (name, list) in written.into_iter().filter(|(_, list)| !list.is_empty()) {
        let path = path.key(name);
        if !fitting.contains(&name) {
            let fault = Fault::new(path.clone(), format!("这种规则的例子里没有“{name}”这一类")).on_key();
            compiler.faults.push(fault.help(format!("可以写：{}", fitting.join("、"))));
        }
        list.iter().enumerate().for_each(|(index, example)| one(example, &path.index(index), compiler));
    }
    for (index, todo) in examples.todo.iter().enumerate() {
        let path = path.key("todo").index(index);
        if !fitting.contains(&todo.want.as_str()) {
            let near = suggest::nearest(&todo.want, fitting.iter().copied());
            let question = near.map_or(String::new(), |near| format!("，是不是“{near}”？"));
            let fault = Fault::new(path.key("want"), format!("这种规则的例子没有“{}”这种结果{question}", todo.want));
            compiler.faults.push(fault.help(format!("可以写：{}", fitting.join("、"))));
        }
        one(&todo.example, &path.key("example"), compiler);
    }
}

/// The lists that belong to a rule's kind.
fn lists(def: &RuleDef) -> &'static [&'static str] {
    if def.require.is_some() { &["met", "partial", "missing", "skipped"] } else { &["good", "bad"] }
}

fn one(example: &ExampleDef, path: &Path, compiler: &mut Compiler<'_>) {
    let full = match example {
        ExampleDef::Text(text) => return marks(text, path, compiler),
        ExampleDef::Full(full) => full,
    };
    marks(&full.text, &path.key("text"), compiler);
    if let Some(level) = &full.level {
        compiler.level(level, path.key("level"), false);
    }
    if let Some(section) = &full.section {
        compiler.section(section, &path.key("in"));
    }
}

/// Each `⟦` has its `⟧` before the next one.
fn marks(text: &str, path: &Path, compiler: &mut Compiler<'_>) {
    let mut open = None;
    let mut lonely = None;
    for (at, char) in text.char_indices() {
        match (char, open) {
            ('⟦', None) => open = Some(at),
            ('⟧', Some(_)) => open = None,
            ('⟦', Some(at)) => lonely = lonely.or(Some((at, "⟦", "⟧"))),
            ('⟧', None) => lonely = lonely.or(Some((at, "⟧", "⟦"))),
            _ => {}
        }
    }
    let lonely = lonely.or(open.map(|at| (at, "⟦", "⟧")));
    if let Some((at, sign, partner)) = lonely {
        let fault = Fault::new(path.clone(), format!("“{sign}”没有与它成对的“{partner}”"));
        compiler
            .faults
            .push(fault.within(at..at + sign.len()).help("标记要写全，例如 ⟦调解纠纷30件⟧；不标位置就都删去"));
    }
}
