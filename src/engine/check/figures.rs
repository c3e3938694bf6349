//! `figures`: a relation between quantities that stand in one sentence or paragraph, only when the reading is certain.
//!
//! 余, 多, 近, 以上 or two candidates for one quantity: not compared. Numbers in tables are compared row by row or column by
//! column.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, BTreeSet},
};

use super::cells::{self, Labels, Place};
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

/// So many numbers of a column can be shown one by one.
const SHORT_COLUMN: usize = 6;

/// A quantity where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) value: f64,
    /// The phrase in the view.
    pub(super) span: Span,
    /// The number in the view.
    pub(super) number: Span,
    /// Where it stands in a table, if in one.
    pub(super) place: Option<Place>,
}

/// Why the quantities of a relation were not compared at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncompared {
    /// A number there, in the text.
    pub span: Span,
    /// Why, in Chinese.
    pub reason: String,
    /// The row or column, in Chinese.
    pub line: String,
    /// Whether the table has a label for every quantity, so that it is a cell that is at fault.
    pub labelled: bool,
}

/// Where some of a rule's numbers in tables stand and could not be compared, in the order of the text.
pub(in crate::engine) fn uncompared(context: &Context<'_>, figures: &Figures) -> Vec<Uncompared> {
    let quantities: Vec<&Quantity> =
        figures.relation.quantities().iter().map(|place| &context.pack.quantities[*place]).collect();
    let tables: Vec<BTreeSet<usize>> =
        quantities.iter().map(|quantity| cells::labelled_tables(context, quantity)).collect();
    let mut uncompared = Vec::new();
    let (side, kind) = side(figures);
    let labels = LazyCell::new(|| Labels::new(context, side));
    for found in scopes(context, figures) {
        let Some(first) = found.iter().flatten().find(|reading| reading.place.is_some()) else { continue };
        let Some(place) = first.place else { continue };
        let reasons: Vec<String> =
            quantities.iter().zip(&found).filter_map(|(quantity, list)| fault(quantity, list)).collect();
        let labelled = tables.iter().all(|tables| tables.contains(&place.table));
        // Where most of them are not to be found, another table stands.
        let read = found.iter().filter(|list| !list.is_empty()).count();
        if !reasons.is_empty() && (labelled || 2 * read >= found.len()) {
            uncompared.push(Uncompared {
                span: context.text_span(first.number),
                reason: reasons.join("；"),
                line: format!("“{}”这一{kind}", labels.of(first)),
                labelled,
            });
        }
    }
    uncompared.sort_by_key(|entry| entry.span.start);
    uncompared
}

/// Why the readings of a quantity give no number, if they give none.
fn fault(quantity: &Quantity, list: &[Reading]) -> Option<String> {
    match only(list) {
        Some(_) => None,
        None if list.is_empty() => Some(format!("没有读到“{}”的数字", quantity.name)),
        None => Some(format!("“{}”有{}处，分不清是哪一处", quantity.name, list.len())),
    }
}

/// Where the label of the numbers stands that are compared, and what they are together.
fn side(figures: &Figures) -> (cells::Side, char) {
    if figures.within == Within::Row { (cells::Side::Left, '行') } else { (cells::Side::Above, '列') }
}

/// The findings of a rule, in the order of the text.
pub(in crate::engine) fn check(context: &Context<'_>, rule: &Rule, figures: &Figures) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let labels = LazyCell::new(|| Labels::new(context, side(figures).0));
    for found in scopes(context, figures) {
        let Some(found) = found.iter().map(|list| only(list)).collect::<Option<Vec<Reading>>>() else { continue };
        let places = figures.relation.quantities();
        let value = |place: usize| places.iter().position(|known| *known == place).map(|index| found[index].value);
        let sides = (figures.relation.left.value(&value), figures.relation.right.value(&value));
        let (Some(left), Some(right)) = sides else { continue };
        if holds(figures, left, right) {
            continue;
        }
        let label = found.first().filter(|first| first.place.is_some()).map_or("", |first| labels.of(first));
        findings.extend(describe(context, rule, figures, &found, (left, right, label)));
    }
    findings
}

/// For each place where the quantities may be compared, the readings of each quantity there.
fn scopes(context: &Context<'_>, figures: &Figures) -> Vec<Vec<Vec<Reading>>> {
    let places = figures.relation.quantities();
    let all: Vec<Vec<Reading>> =
        places.iter().map(|place| readings(context, &context.pack.quantities[*place])).collect();
    if !figures.is_in_tables() && all.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let spans: Vec<Span> = match figures.within {
        Within::Sentence => context.document.sentences.iter().map(|sentence| sentence.view).collect(),
        Within::Paragraph => context.document.blocks.iter().map(|block| block.view).collect(),
        Within::Report => vec![Span::new(0, context.document.view.text().len())],
        Within::Row => return by_line(&all, |place| (place.table, place.row)),
        Within::Column => return by_line(&all, |place| (place.table, place.column)),
    };
    let inside = |scope: &Span| all.iter().map(|list| inside(list, *scope).to_vec()).collect::<Vec<_>>();
    spans.iter().map(inside).filter(|found| found.iter().any(|list| !list.is_empty())).collect()
}

/// The readings in tables by row or by column.
fn by_line(all: &[Vec<Reading>], key: impl Fn(Place) -> (usize, usize)) -> Vec<Vec<Vec<Reading>>> {
    let mut lines: BTreeMap<(usize, usize), Vec<Vec<Reading>>> = BTreeMap::new();
    for (index, list) in all.iter().enumerate() {
        for reading in list {
            let Some(place) = reading.place else { continue };
            let found = lines.entry(key(place)).or_insert_with(|| vec![Vec::new(); all.len()]);
            found[index].push(*reading);
        }
    }
    lines.into_values().collect()
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
    readings.extend(cells::readings(context, quantity));
    readings.sort_by_key(|reading| (reading.span.start, reading.span.end));
    readings
}

fn reading(context: &Context<'_>, found: &Match) -> Option<Reading> {
    let number = context.facts.numbers.get(found.number?)?;
    let value = if number.percent { number.value / 100.0 } else { number.value };
    let span = number.view.join(if number.unit.is_empty() { number.view } else { number.unit });
    let exact = number.exact && context.counts[found.number?];
    exact.then_some(Reading { value, span: found.span.join(span), number: span, place: None })
}

/// The readings inside `scope`.
fn inside(readings: &[Reading], scope: Span) -> &[Reading] {
    let from = readings.partition_point(|reading| reading.span.start < scope.start);
    let to = readings.partition_point(|reading| reading.span.start < scope.end);
    readings.get(from..to).unwrap_or_default()
}

/// The one reading of a quantity; nothing where there are two that differ in place.
fn only(readings: &[Reading]) -> Option<Reading> {
    let first = readings.first()?;
    readings.iter().all(|other| other.number == first.number).then_some(*first)
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
    found: &[Reading],
    (left, right, label): (f64, f64, &str),
) -> Option<Diagnostic> {
    let places = figures.relation.quantities();
    // Where other text lies between, the finding stands at the left side's first quantity, else at all together.
    let first = found.first()?;
    let together = matches!(figures.within, Within::Sentence | Within::Paragraph | Within::Row);
    let all = found.iter().map(|reading| reading.span);
    let span = if together { all.reduce(Span::join)? } else { first.span };
    let written = |place: usize| {
        let index = places.iter().position(|known| *known == place)?;
        // As the view has it: figures of one width.
        Some(context.document.view.slice(found[index].number).to_owned())
    };
    let mut left_text = side_text(&figures.relation.left, &written);
    if figures.relation.left.sum.len() > 1 {
        left_text = format!("{left_text}，是{}", plain(left));
    }
    let parts = side_text(&figures.relation.right, &written);
    let is_rate = figures.relation.right.divisor.is_some();
    let right_text = if is_rate { percent(right) } else { plain(right) };
    let values =
        [("left", left_text.as_str()), ("right", right_text.as_str()), ("parts", parts.as_str()), ("label", label)];
    let mut finding = super::found(context, rule, context.text_span(span), &values)?;
    for (place, reading) in
        places.iter().zip(found).filter(|(_, reading)| is_worth_a_label(figures, found.len(), first, reading))
    {
        let name = &context.pack.quantities[*place].name;
        finding.related.push(Label { span: context.text_span(reading.number), message: name.clone() });
    }
    Some(finding)
}

/// Whether a number is shown beside the finding. The finding marks the whole row of a table; down a long column most
/// are 0, down a short one any may be the wrong one.
fn is_worth_a_label(figures: &Figures, count: usize, first: &Reading, reading: &Reading) -> bool {
    match figures.within {
        Within::Row => false,
        Within::Column => reading.number != first.number && (reading.value > 0.0 || count <= SHORT_COLUMN),
        Within::Report => reading.number != first.number,
        Within::Sentence | Within::Paragraph => true,
    }
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
