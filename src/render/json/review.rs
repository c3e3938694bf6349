//! What is said of a report, in JSON: its parts, the checklist, the findings.

use schemars::JsonSchema;
use serde::Serialize;

use super::place::Span;
use crate::{
    diagnostic::{self, At, Diagnostic, Severity, Standing},
    document::Document,
    engine::{self, Skip},
};

/// A part of the report.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "报告的一个组成部分。")]
pub(super) struct Section {
    #[schemars(description = "规则包里的编号。")]
    kind: String,
    #[schemars(description = "标题。")]
    heading: String,
    #[schemars(description = "标题的位置。")]
    span: Span,
    #[schemars(description = "从标题到这一部分的末尾。")]
    range: Span,
}

impl Section {
    pub(super) fn new(document: &Document, section: &engine::Section) -> Self {
        Self {
            kind: section.kind.clone(),
            heading: section.heading.clone(),
            span: Span::new(document, section.span),
            range: Span::new(document, section.range),
        }
    }
}

/// The status of one requirement.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "清单中的一项。")]
pub(super) struct Requirement {
    #[schemars(description = "规则编号。")]
    rule: String,
    #[schemars(description = "名称。")]
    name: String,
    #[schemars(
        description = "met 已写实，partial 只提到或只写了一部分，missing 未写到，skipped 未检查。",
        extend("enum" = ["met", "partial", "missing", "skipped"])
    )]
    status: &'static str,
    #[schemars(
        description = "没有写到时的等级；只列入清单的为空。",
        extend("enum" = ["error", "warning", "info", null])
    )]
    severity: Option<&'static str>,
    #[schemars(description = "未检查的原因。")]
    reason: Option<Reason>,
    #[schemars(description = "佐证：先是说法，后是实质内容。")]
    evidence: Vec<Span>,
    #[schemars(description = "由几个事项合成时，各事项的情况。")]
    parts: Vec<Part>,
}

impl Requirement {
    pub(super) fn new(document: &Document, requirement: &engine::Requirement) -> Self {
        Self {
            rule: requirement.rule.clone(),
            name: requirement.name.clone(),
            status: requirement.status.name(),
            severity: requirement.severity.map(Severity::name),
            reason: requirement.reason.as_ref().map(Reason::new),
            evidence: requirement.evidence.iter().map(|span| Span::new(document, *span)).collect(),
            parts: requirement.parts.iter().map(Part::new).collect(),
        }
    }
}

/// Why a requirement was not evaluated.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "未检查的原因。")]
struct Reason {
    #[schemars(
        description = "year 年度不适用，level 层级不适用，switched-off 已停用，other-kind 是另一种文件。",
        extend("enum" = ["year", "level", "switched-off", "other-kind"])
    )]
    code: &'static str,
    #[schemars(description = "说明。")]
    text: String,
}

impl Reason {
    fn new(skip: &Skip) -> Self {
        Self { code: skip.code.name(), text: skip.text.clone() }
    }
}

/// The status of one of several concepts.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "合成一项的一个事项。")]
struct Part {
    #[schemars(description = "事项编号。")]
    concept: String,
    #[schemars(extend("enum" = ["met", "partial", "missing", "skipped"]))]
    status: &'static str,
}

impl Part {
    fn new(part: &engine::Part) -> Self {
        Self { concept: part.concept.clone(), status: part.status.name() }
    }
}

/// One finding.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "检查所得的一处。")]
pub(super) struct Finding {
    #[schemars(description = "规则编号。")]
    rule: String,
    #[schemars(description = "规则名称。")]
    name: String,
    #[schemars(
        description = "error 必须改，warning 建议改，info 供参考。",
        extend("enum" = ["error", "warning", "info"])
    )]
    severity: &'static str,
    #[schemars(description = "有什么毛病。")]
    message: String,
    #[schemars(description = "怎样改。")]
    help: Option<String>,
    #[schemars(description = "依据。")]
    basis: Vec<Basis>,
    #[schemars(description = "位置；没有写到的，是它应在之处近旁的文字。")]
    span: Span,
    #[schemars(
        description = "没有写到的应在何处：inside 所标部分之内，before 之前，after 之后。",
        extend("enum" = ["inside", "before", "after", null])
    )]
    at: Option<&'static str>,
    #[schemars(description = "有关的其他位置。")]
    related: Vec<Related>,
    #[schemars(description = "已按约定静默的理由。")]
    silenced: Option<String>,
    fix: Option<Fix>,
}

impl Finding {
    pub(super) fn new(document: &Document, finding: &Diagnostic) -> Self {
        Self {
            rule: finding.rule.clone(),
            name: finding.name.clone(),
            severity: finding.severity.name(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            basis: finding.basis.iter().map(Basis::new).collect(),
            span: Span::new(document, finding.span),
            at: finding.at.map(At::name),
            related: finding.related.iter().map(|label| Related::new(document, label)).collect(),
            silenced: finding.silenced.clone(),
            fix: finding.fix.as_ref().map(|fix| Fix::new(document, fix)),
        }
    }
}

/// The clause on which a rule rests.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "依据。")]
struct Basis {
    #[schemars(description = "发文字号。")]
    document: Option<String>,
    #[schemars(description = "文件名称，不带书名号。")]
    title: String,
    #[schemars(description = "条款。")]
    clause: Option<String>,
    #[schemars(
        description = "效力：required 规定，customary 惯例，advised 建议。",
        extend("enum" = ["required", "customary", "advised"])
    )]
    standing: &'static str,
}

impl Basis {
    fn new(basis: &diagnostic::Basis) -> Self {
        let standing = match basis.standing {
            Standing::Required => "required",
            Standing::Customary => "customary",
            Standing::Advised => "advised",
        };
        let (document, title, clause) = (basis.document.clone(), basis.title.clone(), basis.clause.clone());
        Self { document, title, clause, standing }
    }
}

/// A further place.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "有关的其他位置。")]
struct Related {
    #[schemars(description = "那里有什么。")]
    message: String,
    span: Span,
}

impl Related {
    fn new(document: &Document, label: &diagnostic::Label) -> Self {
        Self { message: label.message.clone(), span: Span::new(document, label.span) }
    }
}

/// How to mend a finding.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "改法。")]
struct Fix {
    #[schemars(
        description = "safe 意思不变，可自动改；unsafe 须人工确认。",
        extend("enum" = ["safe", "unsafe"])
    )]
    safety: &'static str,
    #[schemars(description = "改动，按在文中的顺序，互不重叠。")]
    edits: Vec<Edit>,
}

impl Fix {
    fn new(document: &Document, fix: &diagnostic::Fix) -> Self {
        Self { safety: fix.safety.name(), edits: fix.edits.iter().map(|edit| Edit::new(document, edit)).collect() }
    }
}

/// One replacement.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一处改动。")]
struct Edit {
    #[schemars(description = "换掉的文字；插入时为空，只有位置。")]
    span: Span,
    #[schemars(description = "换上的文字。")]
    text: String,
}

impl Edit {
    fn new(document: &Document, edit: &diagnostic::Edit) -> Self {
        Self { span: Span::new(document, edit.span), text: edit.text.clone() }
    }
}
