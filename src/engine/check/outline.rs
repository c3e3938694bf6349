//! `outline`: number forms and sequence of headings and items, headings with nothing below, marks at their end.

use std::collections::BTreeMap;

use super::found;
use crate::{
    diagnostic::Diagnostic,
    document::{Flaw, Form, Heading, Role},
    engine::context::Context,
    pack::{Rule, def::OutlineFault},
    text::Span,
};

/// A line that ends in 。 is an empty heading only beside so many headings with text.
const FEWEST_SISTERS: usize = 2;

/// A fault at a place of the view; `to` is the number or form that was expected.
struct Faulty {
    view: Span,
    to: String,
}

/// The findings of a rule, in the order of the text.
pub(in crate::engine) fn check(context: &Context<'_>, rule: &Rule, faults: &[OutlineFault]) -> Vec<Diagnostic> {
    let mut faulty: Vec<Faulty> = faults.iter().flat_map(|fault| of(context, *fault)).collect();
    faulty.sort_by_key(|fault| (fault.view.start, fault.view.end));
    faulty.dedup_by_key(|fault| fault.view);
    let mut findings: Vec<Diagnostic> = faulty
        .iter()
        .filter_map(|fault| {
            let span = context.text_span(fault.view);
            found(context, rule, span, &[("found", context.document.slice(span)), ("to", &fault.to)])
        })
        .collect();
    findings.truncate(if rule.def.once { 1 } else { usize::MAX });
    findings
}

fn of(context: &Context<'_>, fault: OutlineFault) -> Vec<Faulty> {
    match fault {
        OutlineFault::Gap | OutlineFault::Repeated => sequence(context, fault),
        OutlineFault::Restarted => restarted(context),
        OutlineFault::Bracket => flawed(context, Flaw::Bracket),
        OutlineFault::Mark => flawed(context, Flaw::Mark),
        OutlineFault::Mixed => mixed(context),
        OutlineFault::Empty => empty(context),
        OutlineFault::Ending => ending(context),
        OutlineFault::Chain => chain(context),
    }
}

/// Numbers that skip or repeat among the headings of one list.
fn sequence(context: &Context<'_>, fault: OutlineFault) -> Vec<Faulty> {
    let mut last: BTreeMap<(Option<usize>, Form, u8), u32> = BTreeMap::new();
    let mut found = Vec::new();
    for heading in &context.document.headings {
        let Some(number) = heading.number else { continue };
        let before = last.insert((heading.parent, number.form, heading.level), number.value);
        let Some(before) = before else { continue };
        let kind = match number.value {
            value if value == before => OutlineFault::Repeated,
            value if value > before + 1 => OutlineFault::Gap,
            _ => continue,
        };
        if kind == fault {
            found.push(Faulty { view: heading.view, to: written(number.form, before + 1) });
        }
    }
    found
}

/// 一、 again under （二）: one finding, at the first of the series.
fn restarted(context: &Context<'_>) -> Vec<Faulty> {
    let nested = |heading: &&Heading| {
        heading.level > 1 && heading.number.is_some_and(|number| number.form == Form::Chapter && number.value == 1)
    };
    let faulty = |heading: &Heading| Faulty {
        view: heading.number.map_or(heading.view, |number| number.view),
        to: "1.".to_owned(),
    };
    context.document.headings.iter().filter(nested).map(faulty).collect()
}

fn flawed(context: &Context<'_>, flaw: Flaw) -> Vec<Faulty> {
    let numbers = context.document.headings.iter().filter_map(|heading| heading.number);
    let flawed = numbers.filter(|number| number.flaw == Some(flaw));
    flawed.map(|number| Faulty { view: number.view, to: written(number.form, number.value) }).collect()
}

/// 1、 in a report that also writes 1.: the first of the wrong form.
fn mixed(context: &Context<'_>) -> Vec<Faulty> {
    let points = || {
        let numbers = context.document.headings.iter().filter_map(|heading| heading.number);
        numbers.filter(|number| number.form == Form::Point)
    };
    if points().all(|number| number.flaw == Some(Flaw::Comma)) {
        return Vec::new();
    }
    let wrong = points().find(|number| number.flaw == Some(Flaw::Comma));
    wrong.map(|number| Faulty { view: number.view, to: written(number.form, number.value) }).into_iter().collect()
}

/// A heading that stands alone with nothing below it.
fn empty(context: &Context<'_>) -> Vec<Faulty> {
    let headings = &context.document.headings;
    let has_text = |index: usize| {
        let heading = &headings[index];
        let blocks = &context.document.blocks;
        let below = blocks[heading.block + 1..].iter().take_while(|block| block.view.start < heading.range.end);
        heading.run_in || below.into_iter().any(|block| matches!(block.role, Role::Body | Role::Row | Role::Heading))
    };
    let mut found = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        // 1. 召开会议3次。 is an item, no heading: it is one only where all its sisters have text of their own below.
        let sentence = context.view(context.document.blocks[heading.block].view).ends_with(['。', '；']);
        let is_sister = |(other, sister): &(usize, &Heading)| {
            *other != index && sister.parent == heading.parent && sister.level == heading.level && !sister.run_in
        };
        if has_text(index) {
            continue;
        }
        let mut sisters = headings.iter().enumerate().filter(is_sister).map(|(other, _)| has_text(other));
        let item = sentence && !(sisters.clone().count() >= FEWEST_SISTERS && sisters.all(|text| text));
        if !item {
            found.push(Faulty { view: heading.view, to: String::new() });
        }
    }
    found
}

/// A heading alone on its line that ends in a mark.
fn ending(context: &Context<'_>) -> Vec<Faulty> {
    let mut found = Vec::new();
    for heading in context.document.headings.iter().filter(|heading| !heading.run_in) {
        let block = context.document.blocks[heading.block].view;
        let mark = Span::new(heading.view.end, block.end);
        let followed = context.document.blocks.get(heading.block + 1).is_some_and(|next| next.role == Role::Body);
        if !mark.is_empty() && followed && context.view(mark).chars().count() == 1 {
            found.push(Faulty { view: mark, to: String::new() });
        }
    }
    found
}

/// 一是…二是…四是, inside a paragraph or over the paragraphs of one heading.
fn chain(context: &Context<'_>) -> Vec<Faulty> {
    let mut last: BTreeMap<(Option<usize>, Form), u32> = BTreeMap::new();
    let mut found = Vec::new();
    for item in &context.document.items {
        if !matches!(item.number.form, Form::Series | Form::Among) {
            continue;
        }
        let heading = context.document.blocks[item.block].heading;
        let before = last.insert((heading, item.number.form), item.number.value).unwrap_or_default();
        if item.number.value > before + 1 && before > 0 {
            let clause = context.document.clause_at(item.number.view.start);
            let view = clause.map_or(item.number.view, |clause| context.document.clauses[clause].view);
            found.push(Faulty { view, to: written(item.number.form, before + 1) });
        }
    }
    found
}

/// A number in its form.
fn written(form: Form, value: u32) -> String {
    let chinese = in_chinese(value);
    match form {
        Form::Chapter => format!("{chinese}、"),
        Form::Section => format!("（{chinese}）"),
        Form::Point => format!("{value}."),
        Form::SubPoint => format!("（{value}）"),
        Form::Series => format!("{chinese}是"),
        Form::Among => format!("其{chinese}"),
        Form::Ordinal => format!("第{chinese}"),
        Form::Circled | Form::Sequence => value.to_string(),
    }
}

/// A number up to 99 in Chinese numerals.
fn in_chinese(value: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = ((value / 10) as usize % 10, (value % 10) as usize);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}
