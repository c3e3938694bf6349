//! Why a requirement has its status in a report: every mention of its concepts, and whether and why it counted.

use super::{
    Assumed, Uncompared,
    check::figures,
    context::Context,
    message,
    scan::Matches,
    verdict::{Mentions, Standing},
};
use crate::{
    document::Document,
    facts::Facts,
    pack::{Check, Pack, PhraseId, Rule, What},
    text::Span,
};

/// A mention of a concept, accounted for. Spans are of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The concept's id.
    pub concept: String,
    /// The mention.
    pub span: Span,
    /// The sentence that it stands in.
    pub sentence: Span,
    /// The part of the report that it stands in, by its Chinese name.
    pub section: Option<String>,
    /// Why it does not count, in Chinese; none where it does.
    pub rejection: Option<String>,
    /// What makes it more than a name.
    pub substance: Option<Span>,
}

/// Accounts for every mention of a rule's concepts; nothing for a rule that requires nothing.
#[must_use]
pub fn account(document: &Document, facts: &Facts, pack: &Pack, rule: &Rule) -> Vec<Account> {
    let Check::Require(require) = &rule.check else { return Vec::new() };
    let context = Context::new(document, facts, pack, Assumed::default());
    let mentions = Mentions::find(&context);
    let concepts = match &require.what {
        What::All(concepts) | What::Any(concepts) => concepts.clone(),
        What::Items { concept, .. } => vec![*concept],
    };
    let mut accounts = Vec::new();
    for concept in concepts {
        for standing in mentions.standings(&context, concept, require.section) {
            accounts.push(describe(&context, concept, &standing));
        }
    }
    accounts.sort_by_key(|account| (account.span.start, account.span.end));
    accounts
}

/// Where the numbers of a rule about figures stand in tables and could not be compared; nothing for other rules.
#[must_use]
pub fn uncompared(document: &Document, facts: &Facts, pack: &Pack, rule: &Rule) -> Vec<Uncompared> {
    let Check::Figures(figures) = &rule.check else { return Vec::new() };
    figures::uncompared(&Context::new(document, facts, pack, Assumed::default()), figures)
}

fn describe(context: &Context<'_>, concept: usize, standing: &Standing) -> Account {
    let mention = &standing.mention;
    let kind = context.parts.of_sentence[mention.sentence];
    let rejection = match (standing.counts, standing.rejection) {
        (true, _) => None,
        (false, Some(rejection)) => Some(message::reason(context, rejection)),
        (false, None) => Some("不在要求的部分里".to_owned()),
    };
    Account {
        concept: context.pack.concepts[concept].id.clone(),
        span: context.text_span(mention.span),
        sentence: context.text_span(context.document.sentences[mention.sentence].view),
        section: kind.map(|kind| context.pack.sections[kind].name.clone()),
        rejection,
        substance: standing.substance.map(|span| context.text_span(span)),
    }
}

/// Every phrase of the pack that matches in a document, with the places in the text.
#[must_use]
pub fn wordings_in(document: &Document, facts: &Facts, pack: &Pack) -> Vec<(PhraseId, Vec<Span>)> {
    let matches = Matches::find(document, facts, &pack.wordings);
    let ids = (0..pack.wordings.phrases.len()).map(|id| PhraseId(u32::try_from(id).unwrap_or(u32::MAX)));
    ids.map(|id| {
        let places = matches.of(id).iter().map(|found| document.view.to_text(&document.text, found.span));
        (id, places.collect::<Vec<Span>>())
    })
    .filter(|(_, places)| !places.is_empty())
    .collect()
}
