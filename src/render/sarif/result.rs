//! Findings in SARIF.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{
    level, place,
    rule::Rules,
    shape::{Advice, ArtifactLocation, Change, Finding, Mending, Message, Replacement, Safety, Suppression},
};
use crate::{
    diagnostic::{Diagnostic, Edit, Fix},
    document::Document,
    render::{place as shared, words},
};

/// How the print is made; raised when the way changes.
const FINGERPRINT: &str = "ruleAndSentence/v1";

/// Hexadecimal digits of a print; enough for the findings of any repository.
const DIGITS: usize = 32;

/// Makes the results of one report.
pub(super) struct Results<'a> {
    location: &'a ArtifactLocation,
    document: &'a Document,
    rules: &'a Rules,
    pack: &'a str,
    /// How often a print came up: the same words twice in one sentence, the same sentence twice.
    prints: BTreeMap<String, usize>,
}

impl<'a> Results<'a> {
    /// Of `document`, judged by the pack with the id `pack`.
    pub(super) const fn new(
        location: &'a ArtifactLocation,
        document: &'a Document,
        rules: &'a Rules,
        pack: &'a str,
    ) -> Self {
        Self { location, document, rules, pack, prints: BTreeMap::new() }
    }

    /// One finding. They are asked for in the order of the text.
    pub(super) fn of(&mut self, finding: &Diagnostic) -> Finding {
        let rule_index = self.rules.index(self.pack, &finding.rule);
        let known = rule_index.and_then(|index| self.rules.help(index));
        let help = finding.help.as_ref().filter(|help| Some(help.as_str()) != known);
        let at = finding.at.map(words::at);
        let related = finding
            .related
            .iter()
            .map(|label| place::of(self.location, self.document, label.span, Some(&label.message)));
        let suppression =
            |reason: &String| Suppression { kind: "external", status: "accepted", justification: reason.clone() };
        Finding {
            rule_id: finding.rule.clone(),
            rule_index,
            level: level(Some(finding.severity)),
            message: Message::new(&finding.message),
            locations: [place::of(self.location, self.document, finding.span, at)],
            related_locations: related.collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, self.print(finding))]),
            suppressions: finding.silenced.iter().map(suppression).collect(),
            fixes: self.fixes(finding),
            properties: help.map(|help| Advice { help: help.clone() }),
        }
    }

    /// What stays the same when the text moves: the rule, the words and their sentence.
    fn print(&mut self, finding: &Diagnostic) -> String {
        let sentence = self.document.slice(shared::sentence(self.document, finding.span)).trim();
        let words = self.document.slice(finding.span);
        let digest = Sha256::digest([finding.rule.as_str(), words, sentence].join("\0"));
        let mut print: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        print.truncate(DIGITS);
        let count = self.prints.entry(print.clone()).or_default();
        *count += 1;
        format!("{print}:{count}")
    }

    /// Only a text file is changed by replacing characters.
    fn fixes(&self, finding: &Diagnostic) -> Vec<Mending> {
        let Some(fix) = finding.fix.as_ref().filter(|_| shared::is_plain(self.document)) else { return Vec::new() };
        let replacements = fix.edits.iter().map(|edit| self.replacement(edit)).collect();
        let description = words::fix(finding).or_else(|| words::fixes(finding)).unwrap_or_default();
        let Fix { safety, .. } = fix;
        vec![Mending {
            description: Message::new(&description),
            artifact_changes: [Change { artifact_location: self.location.clone(), replacements }],
            properties: Safety { safety: safety.name() },
        }]
    }

    fn replacement(&self, edit: &Edit) -> Replacement {
        Replacement {
            deleted_region: place::region(self.document, edit.span),
            inserted_content: Message::verbatim(&edit.text),
        }
    }
}
