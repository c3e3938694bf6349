//! `figures`: a relation between quantities that stand in one sentence or paragraph, only when the reading is certain.
//!
//! 余, 多, 近, 以上 or two candidates for one quantity: not compared.

use crate::{
    diagnostic::{Diagnostic, Label},
    engine::{
        context::Context,
        scan::{Match, within},
    },
    pack::{Comparison, Figures, Quantity, Rule, Side, Term, def::Within},
    text::Span,
};

/// What is allowed for the way in which numbers are kept.
const ROUNDING: f64 = 1e-9;

/// A quantity where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) value: f64,
    /// The phrase in the view.
    pub(super) span: Span,
    /// The number in the view.
    pub(super) number: Span,
}

/// The findings of a rule, in the order of the text.
pub(in crate::engine) fn check(context: &Context<'_>, rule: &Rule, figures: &Figures) -> Vec<Diagnostic> {
    let places = figures.relation.quantities();
    let readings: Vec<Vec<Reading>> =
        places.iter().map(|place| readings(context, &context.pack.quantities[*place])).collect();
    let scopes: Vec<Span> = match figures.within {
        Within::Sentence => context.document.sentences.iter().map(|sentence| sentence.view).collect(),
        Within::Paragraph => context.document.blocks.iter().map(|block| block.view).collect(),
        Within::Report => vec![Span::new(0, context.document.view.text().len())],
    };
    let mut findings = Vec::new();
    for scope in scopes {
        let single = |list: &Vec<Reading>| only(list, scope);
        let Some(found) = readings.iter().map(single).collect::<Option<Vec<Reading>>>() else { continue };
        let value = |place: usize| places.iter().position(|known| *known == place).map(|index| found[index].value);
        let sides = (figures.relation.left.value(&value), figures.relation.right.value(&value));
        let (Some(left), Some(right)) = sides else { continue };
        if holds(figures, left, right) {
            continue;
        }
        findings.extend(describe(context, rule, figures, &places, &found, right));
    }
    findings
}

/// Every certain reading of a quantity, in the order of the view.
pub(super) fn readings(context: &Context<'_>, quantity: &Quantity) -> Vec<Reading> {
    let except = context.matches.merged(&quantity.except);
    let mut readings = Vec::new();
    for found in context.matches.merged(&quantity.phrases) {
        let sentence = context.document.sentences[found.sentence].view;
        if context.is_text(found.sentence) && within(&except, sentence).is_empty() {
            readings.extend(reading(context, &found));
        }
    }
    readings
}

fn reading(context: &Context<'_>, found: &Match) -> Option<Reading> {
    let number = context.facts.numbers.get(found.number?)?;
    let value = if number.percent { number.value / 100.0 } else { number.value };
    let span = number.view.join(if number.unit.is_empty() { number.view } else { number.unit });
    let exact = number.exact && context.counts[found.number?];
    exact.then_some(Reading { value, span: found.span.join(span), number: span })
}

/// The one reading inside `scope`; nothing where there are two that differ in place.
fn only(readings: &[Reading], scope: Span) -> Option<Reading> {
    let from = readings.partition_point(|reading| reading.span.start < scope.start);
    let mut inside = readings[from..].iter().take_while(|reading| reading.span.start < scope.end);
    let first = inside.next()?;
    inside.all(|other| other.number == first.number).then_some(*first)
}

fn holds(figures: &Figures, left: f64, right: f64) -> bool {
    let slack = figures.tolerance + ROUNDING;
    match figures.relation.comparison {
        Comparison::Equal => (left - right).abs() <= slack,
        Comparison::AtMost => left <= right + slack,
        Comparison::Less => left < right,
    }
}

fn describe(
    context: &Context<'_>,
    rule: &Rule,
    figures: &Figures,
    places: &[usize],
    found: &[Reading],
    right: f64,
) -> Option<Diagnostic> {
    // Over the whole report the finding stands at the left side's first quantity, else at all of them together.
    let all = found.iter().map(|reading| reading.span);
    let span = if figures.within == Within::Report { found.first()?.span } else { all.reduce(Span::join)? };
    let written = |place: usize| {
        let index = places.iter().position(|known| *known == place)?;
        Some(context.document.slice(context.text_span(found[index].number)).to_owned())
    };
    let left_text = side_text(&figures.relation.left, &written);
    let parts = side_text(&figures.relation.right, &written);
    let is_rate = figures.relation.right.divisor.is_some();
    let right_text = if is_rate { percent(right) } else { plain(right) };
    let values = [("left", left_text.as_str()), ("right", right_text.as_str()), ("parts", parts.as_str())];
    let mut finding = super::found(context, rule, context.text_span(span), &values)?;
    for (place, reading) in places.iter().zip(found) {
        let name = &context.pack.quantities[*place].name;
        finding.related.push(Label { span: context.text_span(reading.number), message: name.clone() });
    }
    Some(finding)
}

/// A side as the report writes it: 98项＋61项, 198件÷203件.
fn side_text(side: &Side, written: &dyn Fn(usize) -> Option<String>) -> String {
    let term = |term: &Term| match term {
        Term::Quantity(place) => written(*place).unwrap_or_default(),
        Term::Number(number) => plain(*number),
    };
    let mut text = String::new();
    for (index, (sign, part)) in side.sum.iter().enumerate() {
        if index > 0 || *sign < 0.0 {
            text.push(if *sign < 0.0 { '－' } else { '＋' });
        }
        text.push_str(&term(part));
    }
    if let Some(divisor) = &side.divisor {
        text.push('÷');
        text.push_str(&term(divisor));
    }
    text
}

fn plain(value: f64) -> String {
    if value.fract().abs() < ROUNDING { format!("{value:.0}") } else { format!("{value:.2}") }
}

fn percent(value: f64) -> String {
    format!("{:.1}%", value * 100.0)
}
