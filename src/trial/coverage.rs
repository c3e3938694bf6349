//! What the examples and reports of a pack try: the rules that they fire and clear, the wordings that they hold.
//!
//! It does not say whether an example came out right for a good reason; that is for the person who wrote it.

use std::collections::BTreeSet;

use super::{Outcome, Trial, example::document_of};
use crate::{
    document::Document,
    engine::wordings_in,
    facts::Facts,
    pack::{Check, Pack, PhraseId, Rule},
};

/// What has been tried so far.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    fired: BTreeSet<String>,
    cleared: BTreeSet<String>,
    seen: BTreeSet<PhraseId>,
}

/// What no example or report tries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Rules that no example makes speak, by id.
    pub never_fired: Vec<String>,
    /// Rules that no example keeps silent, by id.
    pub never_cleared: Vec<String>,
    /// Wordings that stand in no example and no report.
    pub unseen: Vec<Unseen>,
}

/// The wordings of one entry that stand in no example and no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// The outermost key of the entry: `concepts`.
    pub root: &'static str,
    /// The entry's id.
    pub name: String,
    /// The wordings as written. One with several forms is seen when one of them is.
    pub wordings: Vec<String>,
}

impl Coverage {
    /// Notes the examples of a rule, as they came out.
    pub fn note(&mut self, pack: &Pack, rule: &Rule, trials: &[Trial]) {
        for trial in trials.iter().filter(|trial| trial.outcome == Outcome::Right) {
            let list = match trial.want.as_str() {
                "missing" | "partial" | "bad" => &mut self.fired,
                "met" | "good" => &mut self.cleared,
                _ => continue,
            };
            list.insert(rule.def.id.clone());
        }
        let examples = &rule.def.examples;
        let lists = [&examples.met, &examples.partial, &examples.missing, &examples.good, &examples.bad];
        for example in lists.into_iter().flatten().chain(&examples.skipped) {
            let (document, facts) = document_of(pack, example);
            self.see(&document, &facts, pack);
        }
    }

    /// Notes the wordings in a report.
    pub fn see(&mut self, document: &Document, facts: &Facts, pack: &Pack) {
        self.seen.extend(wordings_in(document, facts, pack).into_iter().map(|(phrase, _)| phrase));
    }

    /// What is left. Forbidden wordings are their own examples and are never among it.
    #[must_use]
    pub fn gaps(&self, pack: &Pack) -> Gaps {
        let rules = || pack.rules.iter().filter(|rule| rule.off.is_none()).map(|rule| rule.def.id.clone());
        Gaps {
            never_fired: rules().filter(|id| !self.fired.contains(id)).collect(),
            never_cleared: rules().filter(|id| !self.cleared.contains(id)).collect(),
            unseen: owners(pack).into_iter().filter_map(|owner| self.unseen(pack, owner)).collect(),
        }
    }

    fn unseen(&self, pack: &Pack, owner: Owner<'_>) -> Option<Unseen> {
        let unseen: BTreeSet<PhraseId> =
            owner.phrases.into_iter().filter(|phrase| !self.seen.contains(phrase)).collect();
        let phrase = |id: &PhraseId| pack.wordings.phrases.get(usize::try_from(id.0).ok()?);
        let wordings: Vec<String> = unseen.iter().filter_map(phrase).map(|phrase| phrase.source.clone()).collect();
        (!wordings.is_empty()).then(|| Unseen { root: owner.root, name: owner.name.to_owned(), wordings })
    }
}

/// An entry of a pack and its wordings.
struct Owner<'a> {
    root: &'static str,
    name: &'a str,
    phrases: Vec<PhraseId>,
}

fn owners(pack: &Pack) -> Vec<Owner<'_>> {
    let mut owners = Vec::new();
    for concept in &pack.concepts {
        let lists = [&concept.mention, &concept.except, &concept.others, &concept.own, &concept.acts, &concept.zero];
        let phrases = lists.into_iter().chain(&concept.together).flatten().copied().collect();
        owners.push(Owner { root: "concepts", name: &concept.id, phrases });
    }
    for quantity in &pack.quantities {
        let labels = quantity.row.iter().chain(&quantity.column).flatten();
        let phrases = quantity.phrases.iter().chain(&quantity.except).chain(labels).copied().collect();
        owners.push(Owner { root: "quantities", name: &quantity.id, phrases });
    }
    for rule in &pack.rules {
        let phrases = match &rule.check {
            Check::Forbid(entries) => {
                entries.iter().flat_map(|entry| entry.allow.iter().chain(&entry.unless)).copied().collect()
            }
            Check::Agree(agree) => agree.phrases.iter().chain(&agree.unless).copied().collect(),
            _ => continue,
        };
        owners.push(Owner { root: "rules", name: &rule.def.id, phrases });
    }
    owners
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        pack::{PackStamp, compile, def::PackDef},
        trial::try_rule,
    };

    fn pack(examples: &str) -> Pack {
        let text = format!(
            "sections: {{ all: {{ name: 全部, rest: true }} }}\n\
             concepts: {{ road: {{ mention: [修路, 铺路], except: [修路队], units: [次] }} }}\n\
             lexicon: {{ units: [次] }}\n\
             rules:\n- id: road\n  name: 路\n  require: road\n  severity: info\n\
             \x20 basis: [{{ title: 甲, standing: advised }}]\n  messages: {{ missing: 无, partial: 空 }}\n\
             \x20 examples: {examples}\n"
        );
        let def: PackDef = serde_yaml::from_str(&text).unwrap();
        compile(&def, PackStamp::default()).unwrap()
    }

    fn gaps(pack: &Pack) -> Gaps {
        let mut coverage = Coverage::default();
        for rule in &pack.rules {
            coverage.note(pack, rule, &try_rule(pack, rule));
        }
        coverage.gaps(pack)
    }

    #[test]
    fn what_no_example_tries_is_left() {
        let found = gaps(&pack("{ met: [修路2次。], partial: [修路。] }"));
        assert!(found.never_fired.is_empty() && found.never_cleared.is_empty());
        assert_eq!(found.unseen.len(), 1);
        assert_eq!(found.unseen[0].wordings, ["铺路", "修路队"]);
        let found = gaps(&pack("{ missing: [种树。, 铺路。, 修路队。] }"));
        assert_eq!(found.never_cleared, ["road"]);
        assert!(found.unseen.is_empty());
    }

    #[test]
    fn an_example_that_fails_tries_nothing() {
        let found = gaps(&pack("{ met: [修路。], missing: [修路2次。] }"));
        assert_eq!((found.never_fired, found.never_cleared), (vec!["road".to_owned()], vec!["road".to_owned()]));
    }
}
