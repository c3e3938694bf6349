//! The written form of `hegui.yaml`: the types that it is read into, and from which its schema is made.
//!
//! They hold what an office wrote and nothing else. The Chinese descriptions go into the schema and into messages.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Severity;

/// The whole file.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(
    title = "合规本地约定",
    description = "本单位检查报告的约定（hegui.yaml）：用哪些规则、哪些不提示、为什么。"
)]
pub struct AgreementDef {
    /// Folders of packs.
    #[serde(default)]
    #[schemars(
        description = "规则所在的文件夹，相对于本文件，也可以是别处的文件夹；命令行写了 --rules 就不用这里的。"
    )]
    pub rules: Vec<String>,
    /// From which grade on findings make a run fail.
    #[schemars(description = "有这一级以上的问题时以状态1退出；命令行写了 --fail-on 就不用这里的。")]
    pub fail_on: Option<FailOnDef>,
    /// The level of units whose reports do not tell it.
    #[schemars(description = "报告里看不出单位层级时当作哪一级，例如 镇。")]
    pub level: Option<String>,
    /// Rules lowered or switched off: by rule id.
    #[serde(default)]
    #[schemars(description = "降低等级或者停用的规则：规则编号 → 改成什么、为什么。")]
    pub severity: IndexMap<String, ChangeDef>,
    /// Findings that are not told.
    #[serde(default)]
    #[schemars(description = "不再提示的问题，各写明是哪条规则或者哪个说法、为什么。")]
    pub silence: Vec<SilenceDef>,
}

/// From which grade on findings make a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "等级。")]
pub enum FailOnDef {
    /// Must be changed.
    #[schemars(description = "必须改")]
    Error,
    /// Should be changed.
    #[schemars(description = "建议改")]
    Warning,
    /// Good to know.
    #[schemars(description = "供参考")]
    Info,
    /// Never.
    #[schemars(description = "从不")]
    Never,
}

impl FailOnDef {
    /// The grade; none for never.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// What becomes of a rule.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "一条规则改成什么等级、为什么。")]
pub struct ChangeDef {
    /// Its new grade.
    #[schemars(description = "改成的等级，只能降低，不能提高。")]
    pub to: ToDef,
    /// Why.
    #[schemars(description = "理由，例如本单位会议记录或者上级答复。")]
    pub because: String,
}

/// The grade that a rule is lowered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "等级。")]
pub enum ToDef {
    /// Must be changed.
    #[schemars(description = "必须改")]
    Error,
    /// Should be changed.
    #[schemars(description = "建议改")]
    Warning,
    /// Good to know.
    #[schemars(description = "供参考")]
    Info,
    /// Switched off.
    #[schemars(description = "停用")]
    Off,
}

impl ToDef {
    /// The grade; none for off.
    pub(super) const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}

/// Findings that are not told.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "不再提示的问题；rule 和 wording 至少写一个，写了几项就要都符合。")]
pub struct SilenceDef {
    /// The rule's id.
    #[schemars(description = "规则编号，见 hegui rules list。")]
    pub rule: Option<String>,
    /// Words of the report that hold the marked place or lie in it.
    #[schemars(
        description = "报告原文里的字：包含所标的地方，或者在所标的地方之内；没有写到的事项没有原文，不受影响。"
    )]
    pub wording: Option<String>,
    /// A glob over paths.
    #[schemars(description = "只对这些文件：文件名或者路径，* 代表任意几个字，** 代表任意几级文件夹。")]
    pub file: Option<String>,
    /// Why.
    #[schemars(description = "理由，会写在检查结果里。")]
    pub because: String,
}
