//! `cite`: titles in 《》 against the catalogue of laws, judged by the report's year and never by today's law.

use super::{finding, replacement};
use crate::{
    diagnostic::{Diagnostic, Safety},
    engine::{context::Context, message},
    pack::{
        Day, Law, Name, Rule,
        def::{CiteFault, Mood},
    },
};

/// The findings of a rule, in the order of the text.
pub(in crate::engine) fn check(context: &Context<'_>, rule: &Rule, faults: &[CiteFault]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for citation in &context.facts.citations {
        let title = context.view(citation.title);
        let Some(name) = context.pack.laws.find(title) else { continue };
        let (fault, place) = match name {
            Name::Wrong(place) => (Some(CiteFault::Misnamed), place),
            Name::Right(place) => (time_fault(context, &context.pack.laws.laws[place], citation.view.start), place),
        };
        let Some(fault) = fault.filter(|fault| faults.contains(fault)) else { continue };
        let law = &context.pack.laws.laws[place];
        let Some(mut finding) = describe(context, rule, fault, law, context.text_span(citation.view)) else { continue };
        if fault == CiteFault::Misnamed {
            let inside = context.text_span(citation.title);
            finding.fix = Some(replacement(inside, &law.def.title, Safety::Unsafe));
        }
        findings.push(finding);
    }
    findings
}

/// What is wrong with citing a law in the report's year; nothing where the year is unknown.
fn time_fault(context: &Context<'_>, law: &Law, at: usize) -> Option<CiteFault> {
    let year = context.facts.year.as_ref()?.value;
    let day = |year: i32, month, day| [u16::try_from(year).unwrap_or_default(), month, day];
    if law.until.is_some_and(|until| latest(until) <= day(year, 1, 1)) {
        return Some(CiteFault::Repealed);
    }
    if law.def.period.is_some_and(|period| period[1] < year) {
        return Some(CiteFault::Over);
    }
    let sentence = context.document.sentence_at(at)?;
    let planned = context.mood(sentence) == Mood::Plan || context.is_future(sentence, at);
    let published = context.facts.published.as_ref().or(context.facts.signed.as_ref()).map(|fact| fact.value);
    let last = published
        .map_or(day(year + 1, 3, 31), |date| day(date.year, u16::from(date.month.max(1)), u16::from(date.day.max(1))));
    (!planned && law.from.is_some_and(|from| from > last)).then_some(CiteFault::Unborn)
}

/// The last day that a day known in part may be.
const fn latest(day: Day) -> Day {
    [day[0], if day[1] == 0 { 12 } else { day[1] }, if day[2] == 0 { 31 } else { day[2] }]
}

fn describe(
    context: &Context<'_>,
    rule: &Rule,
    fault: CiteFault,
    law: &Law,
    span: crate::text::Span,
) -> Option<Diagnostic> {
    let messages = &rule.def.messages;
    let template = match fault {
        CiteFault::Misnamed => messages.misnamed.as_deref(),
        CiteFault::Repealed => messages.repealed.as_deref(),
        CiteFault::Unborn => messages.unborn.as_deref(),
        CiteFault::Over => messages.over.as_deref(),
    };
    let until = match (fault, law.def.period) {
        (CiteFault::Over, Some(period)) => format!("{}年", period[1]),
        _ => law.def.until.as_deref().map(in_chinese).unwrap_or_default(),
    };
    let from = law.def.from.as_deref().map(in_chinese).unwrap_or_default();
    let successor = law.def.successor.as_deref().map(|title| format!("《{title}》")).unwrap_or_default();
    let right = format!("《{}》", law.def.title);
    let values = [
        ("title", context.document.slice(span)),
        ("right", right.as_str()),
        ("until", until.as_str()),
        ("from", from.as_str()),
        ("successor", successor.as_str()),
    ];
    Some(finding(context, rule, rule.severity?, span, message::fill(context, template?, &values)))
}

/// 2021-01-01 as 2021年1月1日.
fn in_chinese(day: &str) -> String {
    day.split('-')
        .zip(["年", "月", "日"])
        .map(|(part, unit)| format!("{}{unit}", part.trim_start_matches('0')))
        .collect()
}
