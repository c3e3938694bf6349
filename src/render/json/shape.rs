//! The outer shapes of the JSON contract: the run, its inputs, what they were checked with. What is said of a report
//! is in `facts` and `review`.
//!
//! Shapes are filled field by field, so that a change of the engine's values cannot change the contract unnoticed.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    facts::{Header, HeaderSpans},
    review::{Finding, Requirement, Section},
};
use crate::{
    Checked,
    pack::PackStamp,
    render::{Entry, Failure, Summary},
};

/// Raised when the contract breaks.
pub(super) const VERSION: u32 = 1;

/// The whole output. Only its schema is made of it; the files are written one by one.
#[cfg(test)]
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "合规检查结果", description = "hegui check --format json 的输出。")]
pub(super) struct Output {
    #[schemars(description = "输出格式的版本，不兼容的改动才加一。", extend("const" = VERSION))]
    version: u32,
    tool: Tool,
    #[schemars(description = "每个输入一项，按检查的顺序；没能读取的也在内。")]
    files: Vec<File>,
    summary: Counts,
}

/// Who wrote the output.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "生成输出的程序。")]
pub(super) struct Tool {
    #[schemars(description = "程序名。")]
    name: &'static str,
    #[schemars(description = "程序版本。")]
    version: &'static str,
}

impl Tool {
    pub(super) const fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }
    }
}

/// The counts.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "合计；静默的不计。")]
pub(super) struct Counts {
    #[schemars(description = "输入数，含没能读取的。")]
    files: usize,
    #[schemars(description = "必须改的处数。")]
    errors: usize,
    #[schemars(description = "建议改的处数。")]
    warnings: usize,
    #[schemars(description = "供参考的处数。")]
    infos: usize,
    #[schemars(description = "没能读取的输入数。")]
    unreadable: usize,
}

impl Counts {
    pub(super) const fn new(summary: &Summary) -> Self {
        let Summary { files, errors, warnings, infos, unreadable } = *summary;
        Self { files, errors, warnings, infos, unreadable }
    }
}

/// One input.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一个输入。没能读取时 error 有值，format、pack、facts、fact_spans 为空。")]
pub(super) struct File {
    #[schemars(description = "路径，与调用时所写一致；标准输入为 - 或 --stdin-name 的值。")]
    path: String,
    #[schemars(description = "文件格式：txt、md、docx。")]
    format: Option<&'static str>,
    #[schemars(description = "没能读取的原因。")]
    error: Option<Problem>,
    pack: Option<Pack>,
    facts: Option<Header>,
    fact_spans: Option<HeaderSpans>,
    #[schemars(description = "按标题认出的组成部分，每种一项。")]
    sections: Vec<Section>,
    #[schemars(description = "对照清单，按规则的顺序。")]
    requirements: Vec<Requirement>,
    #[schemars(description = "检查所得，按在文中的顺序。")]
    diagnostics: Vec<Finding>,
}

impl File {
    pub(super) fn new(entry: &Entry) -> Self {
        let path = entry.path.clone();
        let (document, review) = match &entry.outcome {
            Ok(Checked { document, review }) => (document, review),
            Err(failure) => return Self::unread(path, failure),
        };
        Self {
            path,
            format: Some(document.format.name()),
            error: None,
            pack: Some(Pack::new(&review.pack)),
            facts: Some(Header::new(&review.facts)),
            fact_spans: Some(HeaderSpans::new(document, &review.facts)),
            sections: review.sections.iter().map(|section| Section::new(document, section)).collect(),
            requirements: review.requirements.iter().map(|found| Requirement::new(document, found)).collect(),
            diagnostics: review.diagnostics.iter().map(|finding| Finding::new(document, finding)).collect(),
        }
    }

    fn unread(path: String, failure: &Failure) -> Self {
        Self {
            path,
            format: None,
            error: Some(Problem::new(failure)),
            pack: None,
            facts: None,
            fact_spans: None,
            sections: Vec::new(),
            requirements: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}

/// Why an input was not checked.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "没能读取的原因。")]
struct Problem {
    #[schemars(description = "代码，供程序判断，例如 missing、empty、encrypted。")]
    code: &'static str,
    #[schemars(description = "说明。")]
    message: String,
    #[schemars(description = "怎么办。")]
    help: String,
}

impl Problem {
    fn new(failure: &Failure) -> Self {
        Self { code: failure.code, message: failure.message.clone(), help: failure.help.clone() }
    }
}

/// The pack used.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "所用的规则包。")]
struct Pack {
    #[schemars(description = "编号。")]
    name: String,
    #[schemars(description = "版本。")]
    version: String,
    #[schemars(description = "内容的 SHA-256，十六进制。")]
    hash: String,
    #[schemars(description = "所继承的规则包，由外到内。")]
    layers: Vec<String>,
}

impl Pack {
    fn new(stamp: &PackStamp) -> Self {
        let PackStamp { name, version, hash, layers, .. } = stamp.clone();
        Self { name, version, hash, layers }
    }
}
