//! `require`: what must be reported, with a status for each requirement and a finding where it falls short.

use super::finding;
use crate::{
    diagnostic::{Diagnostic, Label},
    document::Role,
    engine::{
        anchor,
        context::Context,
        mention::Rejection,
        message,
        review::{Part, Requirement, Skip, Status},
        verdict::{Mentions, Verdict},
    },
    pack::{Require, Rule, What},
    text::Span,
};

/// A requirement that was judged, before it is put into words.
struct Judged {
    status: Status,
    evidence: Vec<Span>,
    parts: Vec<Part>,
    near_miss: Option<(Span, Rejection)>,
}

/// The requirement's entry in the checklist, and its finding if it falls short.
pub(in crate::engine) fn check(
    context: &Context<'_>,
    mentions: &Mentions,
    rule: &Rule,
    require: &Require,
) -> (Requirement, Option<Diagnostic>) {
    let judged = judge(context, mentions, require);
    let requirement = Requirement {
        rule: rule.def.id.clone(),
        name: rule.def.name.clone(),
        status: judged.status,
        severity: rule.severity,
        reason: None,
        evidence: judged.evidence.iter().map(|span| context.text_span(*span)).collect(),
        parts: judged.parts.clone(),
    };
    let told_by_part = !require.part && is_absent(context, require) && has_part_rule(context, require);
    let finding = if told_by_part { None } else { shortfall(context, rule, require, &judged) };
    (requirement, finding)
}

/// The entry of a requirement that was not evaluated.
pub(in crate::engine) fn skipped(rule: &Rule, reason: Skip) -> Requirement {
    Requirement {
        rule: rule.def.id.clone(),
        name: rule.def.name.clone(),
        status: Status::Skipped,
        severity: rule.severity,
        reason: Some(reason),
        evidence: Vec::new(),
        parts: Vec::new(),
    }
}

fn judge(context: &Context<'_>, mentions: &Mentions, require: &Require) -> Judged {
    match &require.what {
        What::Items { concept, at_least } => items(context, mentions, require, *concept, *at_least),
        What::All(concepts) | What::Any(concepts) => {
            let verdicts: Vec<Verdict> =
                concepts.iter().map(|concept| mentions.judge(context, *concept, require.section)).collect();
            let any = matches!(require.what, What::Any(_));
            combine(context, concepts, verdicts, any)
        }
    }
}

/// `all`: met if all are, missing if all are, else partial; `any`: the best.
fn combine(context: &Context<'_>, concepts: &[usize], verdicts: Vec<Verdict>, any: bool) -> Judged {
    let best = verdicts.iter().map(|verdict| verdict.status).max().unwrap_or(Status::Missing);
    let worst = verdicts.iter().map(|verdict| verdict.status).min().unwrap_or(Status::Missing);
    let status = if any || best == worst { best } else { Status::Partial };
    let part = |(concept, verdict): (&usize, &Verdict)| Part {
        concept: context.pack.concepts[*concept].id.clone(),
        status: verdict.status,
    };
    let parts = if concepts.len() > 1 { concepts.iter().zip(&verdicts).map(part).collect() } else { Vec::new() };
    let near_miss = verdicts.iter().find_map(|verdict| verdict.near_miss);
    let evidence = if any {
        verdicts.into_iter().find(|verdict| verdict.status == best).map(|verdict| verdict.evidence).unwrap_or_default()
    } else {
        verdicts.into_iter().flat_map(|verdict| verdict.evidence).collect()
    };
    Judged { status, evidence, parts, near_miss }
}

/// Counts the items of a part: its numbered headings or inline items, in running text its sentences.
fn items(context: &Context<'_>, mentions: &Mentions, require: &Require, concept: usize, at_least: usize) -> Judged {
    let headings = headings_in(context, require.section);
    let inline: Vec<Span> = context
        .document
        .items
        .iter()
        .filter(|item| is_in(context, item.number.view.start, require.section))
        .map(|item| item.number.view.join(first_clause(context, item.number.view)))
        .collect();
    let mut sentences: Vec<usize> = Vec::new();
    let mut said: Vec<Span> = Vec::new();
    for mention in mentions.of(concept) {
        if is_in(context, mention.span.start, require.section) && sentences.last() != Some(&mention.sentence) {
            sentences.push(mention.sentence);
            said.push(mention.span);
        }
    }
    let mut counted = if headings.len() >= inline.len() { headings } else { inline };
    if counted.is_empty() {
        counted = said;
    }
    let status = match counted.len() {
        0 => Status::Missing,
        count if count >= at_least => Status::Met,
        _ => Status::Partial,
    };
    counted.truncate(at_least);
    Judged { status, evidence: counted, parts: Vec::new(), near_miss: None }
}

/// The headings that stand under the part's own, or are themes of the part that all others belong to.
fn headings_in(context: &Context<'_>, section: Option<usize>) -> Vec<Span> {
    let Some(kind) = section else { return Vec::new() };
    let rest = context.pack.sections[kind].rest;
    let kinds = &context.parts.of_heading;
    let mut parents: Vec<usize> = context.document.headings.iter().filter_map(|heading| heading.parent).collect();
    parents.sort_unstable();
    let counts = |index: &usize| {
        let heading = &context.document.headings[*index];
        let numbered = heading.number.is_some() || rest;
        // Of a chapter with sections the sections are the items.
        kinds[*index] == [kind]
            && numbered
            && !(rest && parents.binary_search(index).is_ok())
            && (rest || heading.parent.is_some_and(|parent| kinds[parent].contains(&kind)))
    };
    (0..context.document.headings.len()).filter(counts).map(|index| context.document.headings[index].view).collect()
}

fn is_in(context: &Context<'_>, at: usize, section: Option<usize>) -> bool {
    let Some(sentence) = context.document.sentence_at(at) else { return false };
    let text = context.document.blocks[context.document.sentences[sentence].block].role != Role::Title;
    text && section.is_none_or(|kind| context.parts.of_sentence[sentence] == Some(kind))
}

fn first_clause(context: &Context<'_>, number: Span) -> Span {
    let clause = context.document.clause_at(number.start);
    clause.map_or(number, |clause| context.document.clauses[clause].view)
}

fn is_absent(context: &Context<'_>, require: &Require) -> bool {
    require.section.is_some_and(|kind| !context.parts.present[kind])
}

/// Whether another rule stands for the section of this one.
fn has_part_rule(context: &Context<'_>, require: &Require) -> bool {
    context.pack.rules.iter().any(|rule| match &rule.check {
        crate::pack::Check::Require(other) => other.part && other.section == require.section,
        _ => false,
    })
}

fn shortfall(context: &Context<'_>, rule: &Rule, require: &Require, judged: &Judged) -> Option<Diagnostic> {
    let messages = &rule.def.messages;
    let (severity, template) = match judged.status {
        Status::Missing => (rule.severity, messages.missing.as_deref()),
        Status::Partial => (rule.partial, messages.partial.as_deref()),
        Status::Met | Status::Skipped => (None, None),
    };
    let message = message::fill(context, template?, &[]);
    let (span, at) = match judged.evidence.first() {
        Some(mention) => (context.text_span(*mention), None),
        None => {
            let rest = context.pack.sections.iter().position(|section| section.rest);
            let (span, at) = anchor::of(context, require.section.or(rest));
            (span, Some(at))
        }
    };
    let mut diagnostic = finding(context, rule, severity?, span, message);
    diagnostic.at = at;
    if let Some((view, rejection)) = judged.near_miss.filter(|_| judged.status == Status::Missing) {
        let label = Label { span: context.text_span(view), message: message::reason(context, rejection) };
        diagnostic.related.push(label);
    }
    Some(diagnostic)
}
