//! SARIF 2.1.0, for platforms that show findings of many tools: one run, its rules, inputs and findings.
//!
//! The shapes are in `shape`, places in `place`, rules in `rule`, findings in `result`. SARIF wants all findings in one
//! list, all inputs in another, and those that could not be read in a third inside its one invocation. Only one list can
//! be written while inputs come, so that what is rendered is kept until the end; documents are not.

mod place;
mod result;
mod rule;
mod shape;
mod uri;

use std::sync::{Mutex, MutexGuard, PoisonError};

use self::{
    rule::Rules,
    shape::{Artifact, ArtifactLocation, Invocation, Message, Notification, Place, Reporting},
};
use super::{Entry, Failure, Renderer, Summary, json::compact};
use crate::{Checked, Packs, diagnostic::Severity};

/// The schema that the output says it fits.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Renders as SARIF. One renderer serves one run at a time, which ends with [`end`](Renderer::end).
#[derive(Debug)]
pub struct Sarif {
    rules: Rules,
    parts: Mutex<Vec<Part>>,
}

/// What the log says of an input, in JSON. Ordered by the path, since inputs come in any order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    path: String,
    artifact: String,
    results: Vec<String>,
    notification: Option<String>,
}

impl Sarif {
    /// With the rules of `packs`.
    #[must_use]
    pub fn new(packs: &Packs) -> Self {
        Self { rules: Rules::new(packs), parts: Mutex::default() }
    }

    fn parts(&self) -> MutexGuard<'_, Vec<Part>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn part(&self, entry: &Entry) -> Part {
        let path = entry.path.clone();
        let location = ArtifactLocation { uri: uri::of(&path) };
        let (results, notification) = match &entry.outcome {
            Ok(checked) => (self.results(&location, checked), None),
            Err(failure) => (Vec::new(), Some(compact(&unread(&location, failure)))),
        };
        let artifact = compact(&Artifact::new(location, entry.outcome.as_ref().ok()));
        Part { path, artifact, results, notification }
    }

    fn results(&self, location: &ArtifactLocation, Checked { document, review }: &Checked) -> Vec<String> {
        let mut results = result::Results::new(location, document, &self.rules, &review.pack.name);
        review.diagnostics.iter().map(|finding| compact(&results.of(finding))).collect()
    }
}

impl Renderer for Sarif {
    fn begin(&self) -> String {
        format!(
            "{{\n  \"$schema\": \"{SCHEMA}\",\n  \"version\": \"2.1.0\",\n  \"runs\": [{{\n    \"tool\": {},\n    \
             \"language\": \"zh-CN\",\n    \"columnKind\": \"unicodeCodePoints\",\n",
            self.rules.tool()
        )
    }

    fn entry(&self, entry: &Entry) -> String {
        let part = self.part(entry);
        self.parts().push(part);
        String::new()
    }

    fn between(&self) -> &'static str {
        ""
    }

    fn end(&self, summary: &Summary) -> String {
        let mut parts = std::mem::take(&mut *self.parts());
        parts.sort();
        // The same input twice is one artifact.
        let mut artifacts: Vec<&str> = parts.iter().map(|part| part.artifact.as_str()).collect();
        artifacts.dedup();
        let results: Vec<&str> = parts.iter().flat_map(|part| &part.results).map(String::as_str).collect();
        let notifications: Vec<&str> = parts.iter().filter_map(|part| part.notification.as_deref()).collect();
        let invocation = compact(&Invocation { execution_successful: summary.unreadable == 0 });
        let invocation = invocation.trim_end_matches('}');
        format!(
            "    \"invocations\": [{invocation}, \"toolExecutionNotifications\": {}}}],\n    \"artifacts\": {},\n    \
             \"results\": {}\n  }}]\n}}\n",
            list(&notifications),
            list(&artifacts),
            list(&results)
        )
    }
}

/// A JSON array, an item a line.
fn list(items: &[&str]) -> String {
    if items.is_empty() { "[]".to_owned() } else { format!("[\n      {}\n    ]", items.join(",\n      ")) }
}

fn unread(location: &ArtifactLocation, Failure { code, message, help }: &Failure) -> Notification {
    Notification {
        descriptor: Reporting { id: code },
        level: "error",
        message: Message::new(&format!("{message}。{help}")),
        locations: vec![Place::whole(location)],
    }
}

/// The severity's name in SARIF.
const fn level(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Info) => "note",
        None => "none",
    }
}
