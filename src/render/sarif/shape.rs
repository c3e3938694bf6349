//! The shapes of SARIF that we fill, with the names that the standard gives them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{Checked, engine::Requirement};

/// `message`, `multiformatMessageString`: plain text.
#[derive(Debug, Serialize)]
pub(super) struct Message {
    pub(super) text: String,
}

impl Message {
    /// `text` as a message. The standard wants braces doubled; what a report could pass off as a link is broken.
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.replace('{', "{{").replace('}', "}}").replace("](", "] (") }
    }

    /// `text` as content that is no message.
    pub(super) fn verbatim(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

/// `artifactLocation`.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ArtifactLocation {
    pub(super) uri: String,
}

/// `artifact`: an input and what was recognised of it.
#[derive(Serialize)]
pub(super) struct Artifact {
    location: ArtifactLocation,
    roles: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Recognised>,
}

/// What a report was taken for and its checklist: no finding says that something was not checked.
#[derive(Serialize)]
struct Recognised {
    format: &'static str,
    year: Option<i32>,
    unit: Option<String>,
    pack: String,
    requirements: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    rule: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Artifact {
    pub(super) fn new(location: ArtifactLocation, checked: Option<&Checked>) -> Self {
        let line = |requirement: &Requirement| Line {
            rule: requirement.rule.clone(),
            status: requirement.status.name(),
            reason: requirement.reason.as_ref().map(|reason| reason.text.clone()),
        };
        let properties = checked.map(|Checked { document, review }| Recognised {
            format: document.format.name(),
            year: review.facts.year.as_ref().map(|year| year.value),
            unit: review.facts.unit.as_ref().map(|unit| unit.value.clone()),
            pack: review.pack.name.clone(),
            requirements: review.requirements.iter().map(line).collect(),
        });
        Self { location, roles: ["analysisTarget"], properties }
    }
}

/// `location`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    pub(super) physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) logical_locations: Option<[Logical; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<Message>,
}

impl Place {
    /// A whole file.
    pub(super) fn whole(location: &ArtifactLocation) -> Self {
        let physical_location = Physical { artifact_location: location.clone(), region: None };
        Self { physical_location, logical_locations: None, message: None }
    }
}

/// `physicalLocation`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Physical {
    pub(super) artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<Region>,
}

/// `logicalLocation`: a page or paragraph of a file that has no lines.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Logical {
    pub(super) fully_qualified_name: String,
}

/// `region`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    #[serde(flatten)]
    pub(super) lines: Option<Lines>,
    #[serde(flatten)]
    pub(super) characters: Option<Characters>,
    #[serde(flatten)]
    pub(super) bytes: Option<Bytes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) snippet: Option<Message>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Lines {
    pub(super) start_line: usize,
    pub(super) start_column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Characters {
    pub(super) char_offset: usize,
    pub(super) char_length: usize,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Bytes {
    pub(super) byte_offset: usize,
    pub(super) byte_length: usize,
}

/// `result`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Finding {
    pub(super) rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule_index: Option<usize>,
    pub(super) level: &'static str,
    pub(super) message: Message,
    pub(super) locations: [Place; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) related_locations: Vec<Place>,
    pub(super) partial_fingerprints: BTreeMap<&'static str, String>,
    /// Empty where it is not silenced: the standard wants it with every result or with none.
    pub(super) suppressions: Vec<Suppression>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fixes: Vec<Mending>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) properties: Option<Advice>,
}

/// Advice that differs from the rule's.
#[derive(Debug, Serialize)]
pub(super) struct Advice {
    pub(super) help: String,
}

/// `suppression`.
#[derive(Debug, Serialize)]
pub(super) struct Suppression {
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) justification: String,
}

/// `fix`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Mending {
    pub(super) description: Message,
    pub(super) artifact_changes: [Change; 1],
    pub(super) properties: Safety,
}

/// Whether a person has to look first.
#[derive(Debug, Serialize)]
pub(super) struct Safety {
    pub(super) safety: &'static str,
}

/// `artifactChange`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Change {
    pub(super) artifact_location: ArtifactLocation,
    pub(super) replacements: Vec<Replacement>,
}

/// `replacement`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Replacement {
    pub(super) deleted_region: Region,
    pub(super) inserted_content: Message,
}

/// `invocation`; its notifications are written behind.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    pub(super) execution_successful: bool,
}

/// `notification`.
#[derive(Serialize)]
pub(super) struct Notification {
    pub(super) descriptor: Reporting,
    pub(super) level: &'static str,
    pub(super) message: Message,
    pub(super) locations: Vec<Place>,
}

/// `reportingDescriptorReference`.
#[derive(Serialize)]
pub(super) struct Reporting {
    pub(super) id: &'static str,
}
