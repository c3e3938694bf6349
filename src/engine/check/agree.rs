//! `agree`: year, unit and quantities are the same wherever they stand.

use super::{doubled, figures, found, replacement};
use crate::{
    diagnostic::{At, Diagnostic, Label, Safety},
    document::Role,
    engine::{anchor, context::Context, scan::within},
    pack::{Agree, PhraseId, Rule, def::FactName},
    text::Span,
};

/// A name has no more characters than this before 镇, 乡 or 街道.
const LONGEST_NAME: usize = 4;
/// Signed in this month of the reported year or later, a report may well cover the year.
const FIRST_CLOSING_MONTH: u8 = 11;

/// The findings of a rule, in the order of the text.
pub(in crate::engine) fn check(context: &Context<'_>, rule: &Rule, agree: &Agree) -> Vec<Diagnostic> {
    if let Some(quantity) = agree.quantity {
        return quantity_differs(context, rule, quantity);
    }
    let mut findings = Vec::new();
    match agree.def.fact {
        _ if agree.def.titled => findings.extend(untitled(context, rule)),
        _ if agree.def.in_title => findings.extend(title_lacks(context, rule, agree)),
        Some(FactName::Year) if agree.def.signed => findings.extend(signed_early(context, rule)),
        Some(FactName::Year) => findings.extend(years_differ(context, rule, agree)),
        Some(FactName::Unit) => findings.extend(other_units(context, rule, agree)),
        None => {}
    }
    findings
}

/// Years that a phrase ties to the report's year.
fn years_differ(context: &Context<'_>, rule: &Rule, agree: &Agree) -> Vec<Diagnostic> {
    let Some(year) = &context.facts.year else { return Vec::new() };
    let wanted = year.value + agree.def.shift;
    let in_title = agree.def.sections.iter().any(|name| name == "title");
    let mut findings: Vec<Diagnostic> = Vec::new();
    for phrase in context.matches.merged(&agree.phrases) {
        let Some(date) = phrase.year.and_then(|place| context.facts.dates.get(place)) else { continue };
        let kind = context.parts.of_sentence[phrase.sentence];
        let block = &context.document.blocks[context.document.sentences[phrase.sentence].block];
        let placed = agree.sections.is_empty() && !in_title && context.is_text(phrase.sentence)
            || in_title && block.role == Role::Title
            || kind.is_some_and(|kind| agree.sections.contains(&kind));
        let quoted = context.citation_over(date.view).is_some();
        if date.date.year == wanted || !placed || quoted || excused(context, &agree.unless, phrase.sentence) {
            continue;
        }
        let span = context.text_span(date.view);
        if findings.iter().any(|finding| finding.span == span) {
            continue;
        }
        let right = format!("{wanted}年");
        let Some(mut finding) = found(context, rule, span, &[("found", context.document.slice(span)), ("to", &right)])
        else {
            continue;
        };
        let figures = context.text_span(Span::new(date.view.start, date.view.start + 4));
        if context.view(date.view).starts_with(|char: char| char.is_ascii_digit()) {
            finding.fix = Some(replacement(figures, &wanted.to_string(), Safety::Unsafe));
        }
        finding.related.push(Label { span: year.span, message: format!("报告年度是{}年", year.value) });
        findings.push(finding);
    }
    findings
}

/// There is no title at all.
fn untitled(context: &Context<'_>, rule: &Rule) -> Option<Diagnostic> {
    if context.document.with_role(Role::Title).next().is_some() {
        return None;
    }
    let (span, _) = anchor::of(context, None);
    let mut finding = found(context, rule, span, &[("found", ""), ("to", "")])?;
    finding.at = Some(At::Before);
    Some(finding)
}

/// The title does not state the fact.
fn title_lacks(context: &Context<'_>, rule: &Rule, agree: &Agree) -> Option<Diagnostic> {
    let titles: Vec<Span> = context.document.with_role(Role::Title).map(|block| block.view).collect();
    let whole = titles.iter().copied().reduce(Span::join)?;
    let stated = match agree.def.fact? {
        FactName::Year => {
            let inside = |view: Span| titles.iter().any(|title| title.covers(view));
            context.facts.year.is_none() || context.facts.dates.iter().any(|date| inside(date.view))
        }
        FactName::Unit => {
            let unit = context.facts.unit.as_ref().map(|unit| crate::document::fold(&unit.value))?;
            titles.iter().any(|title| context.view(*title).contains(&unit))
        }
    };
    if stated {
        return None;
    }
    let span = context.text_span(titles.last().copied().unwrap_or(whole));
    found(context, rule, span, &[("found", context.document.slice(span)), ("to", "")])
}

/// The report is signed before its year was over.
fn signed_early(context: &Context<'_>, rule: &Rule) -> Option<Diagnostic> {
    let (year, signed) = (context.facts.year.as_ref()?, context.facts.signed.as_ref()?);
    let early = signed.value.year < year.value
        || signed.value.year == year.value && signed.value.month > 0 && signed.value.month < FIRST_CLOSING_MONTH;
    if !early {
        return None;
    }
    let right = format!("{}年", year.value + 1);
    let mut finding =
        found(context, rule, signed.span, &[("found", context.document.slice(signed.span)), ("to", &right)])?;
    finding.related.push(Label { span: year.span, message: format!("报告年度是{}年", year.value) });
    Some(finding)
}

/// Another unit's name where the report speaks of itself.
fn other_units(context: &Context<'_>, rule: &Rule, agree: &Agree) -> Vec<Diagnostic> {
    let Some(unit) = &context.facts.unit else { return Vec::new() };
    let mut findings = Vec::new();
    for mention in context.facts.units.iter().filter(|mention| !mention.own) {
        let Some(sentence) = context.document.sentence_at(mention.view.start) else { continue };
        let quoted = context.citation_over(mention.view).is_some();
        if quoted || !context.is_text(sentence) || excused(context, &agree.unless, sentence) {
            continue;
        }
        // 办理镇人大建议: the dictionary knows 办理, so it is no name. A town named by a common word is passed over.
        let name = context.view(mention.view);
        let level = context
            .pack
            .lexicon
            .levels
            .keys()
            .filter_map(|end| name.strip_suffix(end.as_str()))
            .min_by_key(|rest| rest.len());
        if level.is_none_or(|name| doubled::is_known(name) || name.chars().count() > LONGEST_NAME) {
            continue;
        }
        let span = context.text_span(mention.view);
        findings.extend(found(context, rule, span, &[("found", context.document.slice(span)), ("to", &unit.value)]));
    }
    findings
}

fn excused(context: &Context<'_>, unless: &[PhraseId], sentence: usize) -> bool {
    let span = context.document.sentences[sentence].view;
    unless.iter().any(|phrase| !within(context.matches.of(*phrase), span).is_empty())
}

/// A quantity that has another value elsewhere: the rarer value is the finding, the other its label.
fn quantity_differs(context: &Context<'_>, rule: &Rule, quantity: usize) -> Vec<Diagnostic> {
    let quantity = &context.pack.quantities[quantity];
    let readings = figures::readings(context, quantity);
    let count = |value: f64| readings.iter().filter(|other| other.value.total_cmp(&value).is_eq()).count();
    let Some(usual) =
        readings.iter().max_by_key(|reading| (count(reading.value), std::cmp::Reverse(reading.span.start)))
    else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for other in readings.iter().filter(|other| other.value.total_cmp(&usual.value).is_ne()) {
        let (span, usual_span) = (context.text_span(other.span), context.text_span(usual.number));
        let number = context.document.slice(context.text_span(other.number));
        let values = [("found", number), ("to", context.document.slice(usual_span))];
        let Some(mut finding) = found(context, rule, span, &values) else { continue };
        finding.related.push(Label { span: usual_span, message: "这里写的不同".to_owned() });
        findings.push(finding);
    }
    findings
}
