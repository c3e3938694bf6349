//! The written form of a pack: the types that a YAML file is read into, and from which its schema is made.
//!
//! They hold what a rule keeper wrote and nothing else. `compile` turns them into a [`Pack`](super::Pack); the
//! engine never sees them. English comments are for developers; the Chinese descriptions go into the schema.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// One YAML file of a pack. All files of a pack are merged; a key twice is a fault.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "合规规则包", description = "规则包的一个文件。同一文件夹里的文件按路径顺序合并。")]
pub struct PackDef {
    /// Head of the pack; in exactly one of its files.
    #[schemars(description = "规则包的名称、版本和适用的报告；整个规则包只写一次。")]
    pub pack: Option<HeadDef>,
    /// Words that reading structure and facts needs.
    #[serde(default)]
    #[schemars(description = "识别标题、单位、网页残留等所用的词。")]
    pub lexicon: LexiconDef,
    /// Lists of wordings that phrases name as `<class>`.
    #[serde(default)]
    #[schemars(description = "词类：句式中写作 <词类名>，代表其中任何一个说法。")]
    pub classes: IndexMap<String, Vec<String>>,
    /// What makes a mention count or not, for all concepts.
    #[serde(default)]
    #[schemars(description = "语境用语：否定、将来、发文动词等，全包共用。")]
    pub cues: CuesDef,
    /// The parts of a report.
    #[serde(default)]
    #[schemars(description = "报告的组成部分，以及怎样认出它们。")]
    pub sections: IndexMap<String, SectionDef>,
    /// What can be reported.
    #[serde(default)]
    #[schemars(description = "事项：一件可以报告的事，有哪些说法，怎样才算写实。")]
    pub concepts: IndexMap<String, ConceptDef>,
    /// Numbers that can be compared.
    #[serde(default)]
    #[schemars(description = "可以互相核对的数量，以及它们的说法。")]
    pub quantities: IndexMap<String, QuantityDef>,
    /// The rules.
    #[serde(default)]
    #[schemars(description = "规则。")]
    pub rules: Vec<RuleDef>,
    /// The catalogue of laws and documents.
    #[serde(default)]
    #[schemars(description = "法律法规和文件的目录，供核对书名号内的名称。")]
    pub laws: Vec<LawDef>,
    /// Rules of the extended pack, changed: by rule id.
    #[serde(default)]
    #[schemars(description = "对所继承规则的修改：规则编号 → 改动，须写明理由。")]
    pub change: IndexMap<String, ChangeDef>,
    /// Wordings added to concepts of the extended pack: by concept id.
    #[serde(default)]
    #[schemars(description = "给所继承的事项补充说法：事项编号 → 补充内容。")]
    pub add: IndexMap<String, AddDef>,
    /// Rules of the extended pack, switched off: by rule id, with the reason.
    #[serde(default)]
    #[schemars(description = "停用所继承的规则：规则编号 → 停用理由。")]
    pub off: IndexMap<String, String>,
}

/// Name, version and reach of a pack.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "规则包的名称、版本和适用的报告。")]
pub struct HeadDef {
    /// Its id in kebab-case.
    #[schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
    #[schemars(description = "编号，小写字母、数字和连字符。")]
    pub name: String,
    /// Its Chinese title.
    #[schemars(description = "中文名称。")]
    pub title: String,
    /// Its version, e.g. 2026.1.0.
    #[schemars(regex(pattern = r"^[0-9]{4}\.[0-9]{1,4}\.[0-9]{1,4}$"))]
    #[schemars(description = "版本，例如 2026.1.0。")]
    pub version: String,
    /// When its data was last true, e.g. 2026-11-01.
    #[schemars(regex(pattern = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"))]
    #[schemars(description = "内容截止日期，例如 2026-11-01。")]
    pub date: Option<String>,
    /// The pack that it builds on, with a version requirement: `fazhi-township ^2026.1`.
    #[schemars(description = "在哪个规则包之上，例如 fazhi-township ^2026.1。")]
    pub extends: Option<String>,
    /// Phrases in a title that tell a report of this kind.
    #[serde(default, rename = "for")]
    #[schemars(description = "报告标题里的哪些说法表示适用本规则包。")]
    pub titles: Vec<String>,
}

/// Words for reading structure and facts. See [`Lexicon`](crate::document::Lexicon).
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "识别标题、单位、网页残留等所用的词。")]
pub struct LexiconDef {
    /// Last words of a title.
    #[serde(default)]
    #[schemars(description = "标题的末尾：报告、总结。")]
    pub genres: Vec<String>,
    /// Labels of a web page's metadata.
    #[serde(default)]
    #[schemars(description = "网页信息栏的栏目名：索引号、发布机构。")]
    pub metadata: Vec<String>,
    /// Words of a page's frame.
    #[serde(default)]
    #[schemars(description = "网页框架用语：当前位置、上一篇。")]
    pub furniture: Vec<String>,
    /// Labels before the date of publication.
    #[serde(default)]
    #[schemars(description = "公开日期前的栏目名：发布日期。")]
    pub publication: Vec<String>,
    /// Last words of a body that is addressed.
    #[serde(default)]
    #[schemars(description = "主送机关的末尾：人民政府、委员会。")]
    pub addressees: Vec<String>,
    /// Last characters of a unit's name and the level they mean.
    #[serde(default)]
    #[schemars(description = "单位名称的末字及其层级：镇 → 镇。")]
    pub levels: IndexMap<String, String>,
    /// What follows a unit's name.
    #[serde(default)]
    #[schemars(description = "单位名称之后的机关名：人民政府、办事处。")]
    pub offices: Vec<String>,
    /// What cannot be a name.
    #[serde(default)]
    #[schemars(description = "不能当作地名的字：我、本、全、城。")]
    pub not_names: Vec<String>,
    /// Endings of the places above.
    #[serde(default)]
    #[schemars(description = "上级地名的末字：县、市、区。")]
    pub upper: Vec<String>,
    /// Measure words.
    #[serde(default)]
    #[schemars(description = "量词：件、次、人次。")]
    pub units: Vec<String>,
    /// Words in a title that tell another kind of report.
    #[serde(default)]
    #[schemars(description = "标题里表示另一种文件的词：工作方案。")]
    pub other_kinds: Vec<String>,
}

/// What makes a mention count or not. All entries are phrases.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "语境用语，均为句式。")]
pub struct CuesDef {
    /// The sentence is about the future.
    #[serde(default)]
    #[schemars(description = "将来：含有它的句子说的是打算，不算已做的工作。")]
    pub future: Vec<String>,
    /// Denies what follows in its clause.
    #[serde(default)]
    #[schemars(description = "否定：同一分句内在说法之前。")]
    pub negation: Vec<String>,
    /// Looks like a denial and is none.
    #[serde(default)]
    #[schemars(description = "看似否定而不是：未成年、未经。")]
    pub not_negation: Vec<String>,
    /// Denies what stands before in its clause.
    #[serde(default)]
    #[schemars(description = "后置否定：同一分句内在说法之后。")]
    pub negation_after: Vec<String>,
    /// Verbs of issuing: the title behind is the unit's own document.
    #[serde(default)]
    #[schemars(description = "发文动词：其后书名号里的是本单位的文件，算数。")]
    pub issuing: Vec<String>,
    /// Set phrases whose numerals count nothing.
    #[serde(default)]
    #[schemars(description = "固定说法，里面的数字不是数量：三项制度。")]
    pub fixed: Vec<String>,
    /// A frequency, which is substance.
    #[serde(default)]
    #[schemars(description = "频次，也算实质内容：每季度。")]
    pub every: Vec<String>,
    /// What makes a number none when it stands right before.
    #[serde(default)]
    #[schemars(description = "紧接在数字前使其不是数量的字：第、每、任。")]
    pub not_number_after: Vec<String>,
}

/// What a part of a report is about, and so what a mention in it counts for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "内容性质。")]
pub enum Mood {
    /// Work done: mentions count.
    #[default]
    #[schemars(description = "已做的工作，说法算数")]
    Done,
    /// Shortcomings: mentions do not count.
    #[schemars(description = "不足，说法不算")]
    Shortcoming,
    /// Plans: mentions do not count.
    #[schemars(description = "打算，说法不算")]
    Plan,
}

/// A part of a report and how to know it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "报告的一个组成部分。")]
pub struct SectionDef {
    /// Its Chinese name.
    #[schemars(description = "中文名称。")]
    pub name: String,
    /// What its text is about: `done`, `shortcoming` or `plan`.
    #[serde(default)]
    #[schemars(description = "内容性质：done 已做的工作，shortcoming 不足，plan 打算。")]
    pub mood: Mood,
    /// Phrases in a top-level heading.
    #[serde(default)]
    #[schemars(description = "一级标题的说法。")]
    pub headings: Vec<String>,
    /// Phrases that keep a heading from being this part's.
    #[serde(default)]
    #[schemars(description = "含有这些说法的标题不算。")]
    pub except: Vec<String>,
    /// Phrases in a lower heading that opens the part inside another.
    #[serde(default)]
    #[schemars(description = "下级标题的说法：在别的部分之下自成一部分。")]
    pub sub_headings: Vec<String>,
    /// Phrases in a lower heading that opens the part under a heading that several parts share.
    #[serde(default)]
    #[schemars(description = "几个部分合用的标题之下，下级标题有这些说法就归这一部分。")]
    pub merged: Vec<String>,
    /// Phrases in running text that open the part until the next heading.
    #[serde(default)]
    #[schemars(description = "正文中转入这一部分的说法，管到下一个标题。")]
    pub openers: Vec<String>,
    /// Phrases that tell the part by its content where no heading does.
    #[serde(default)]
    #[schemars(description = "没有标题时，正文里的哪些说法表示写了这一部分。")]
    pub content: Vec<String>,
    /// A heading that names a year after the report's opens this part.
    #[serde(default)]
    #[schemars(description = "一级标题写有报告年度之后的年份，就是这一部分。")]
    pub next_year: bool,
    /// The part that every other top-level heading belongs to.
    #[serde(default)]
    #[schemars(description = "其他一级标题都归这一部分。")]
    pub rest: bool,
}

/// Something that can be reported: how it is said, and what makes it more than a name.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "事项：一件可以报告的事。")]
pub struct ConceptDef {
    /// Phrases that state it.
    #[serde(default)]
    #[schemars(description = "说法。")]
    pub mention: Vec<String>,
    /// `X & Y & Z`: phrases that state it where all stand in one sentence.
    #[serde(default)]
    #[schemars(description = "同句搭配：用 & 连接，同一句里都出现就算，不论先后。")]
    pub together: Vec<String>,
    /// Longer phrases that swallow the hit.
    #[serde(default)]
    #[schemars(description = "含有说法而不算的更长说法。")]
    pub except: Vec<String>,
    /// Other bodies: right before the mention they make it theirs.
    #[serde(default)]
    #[schemars(description = "别的单位：在说法之前不远处出现，就不是本单位的。")]
    pub others: Vec<String>,
    /// The report's own body: between the two it makes the mention its own again.
    #[serde(default)]
    #[schemars(description = "本单位：在别的单位与说法之间出现，又回到本单位。")]
    pub own: Vec<String>,
    /// Units with which a number in the sentence is substance; `<class>` may be used, `%` is one.
    #[serde(default)]
    #[schemars(description = "同句数字带这些量词就是实质内容，可用 <词类>，百分比写 %。")]
    pub units: Vec<String>,
    /// How far from the mention such a number may stand, in characters; the sentence if absent.
    #[schemars(description = "数字与说法最多相隔几个字；不写则全句。")]
    pub near: Option<usize>,
    /// Acts that are substance without a number.
    #[serde(default)]
    #[schemars(description = "不带数字也算实质内容的做法。")]
    pub acts: Vec<String>,
    /// Phrases that say zero.
    #[serde(default)]
    #[schemars(description = "写明为零的说法，算已写实。")]
    pub zero: Vec<String>,
    /// Concepts with which it may share a number.
    #[serde(default)]
    #[schemars(description = "可与哪些事项共用同一个数字。")]
    pub shares: Vec<String>,
    /// An event: its denial is an explicit zero.
    #[serde(default)]
    #[schemars(description = "事件：写“没有发生”就是写明为零。")]
    pub event: bool,
    /// Denied mentions count too (a shortcoming, a cause).
    #[serde(default)]
    #[schemars(description = "否定的说法也算（不足、原因）。")]
    pub negated: bool,
    /// A mention is enough; no number or act is asked.
    #[serde(default)]
    #[schemars(description = "提到就算写实，不要求数字或做法。")]
    pub plain: bool,
}

/// A number that can be compared.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "可以核对的数量。")]
pub struct QuantityDef {
    /// Its Chinese name.
    #[schemars(description = "中文名称。")]
    pub name: String,
    /// Phrases, each with one `<数>`, the number meant.
    #[serde(default)]
    #[schemars(description = "正文里的说法，每个含一个 <数>，即所指的数字。")]
    pub phrases: Vec<String>,
    /// Of a number in a table: phrases in a label to the left of its cell. `X & Y`: in one label each.
    #[serde(default)]
    #[schemars(
        description = "表格里的数：同一行左边的栏目有哪些说法。两级栏目都要看的，用 & 连接，例如 行政诉讼 & 总计。"
    )]
    pub row: Vec<String>,
    /// Of a number in a table: phrases in a label above its cell.
    #[serde(default)]
    #[schemars(
        description = "表格里的数：同一列上面的栏目有哪些说法，写法同 row。row、column 只写一种的，每一列（行）各读一个数。"
    )]
    pub column: Vec<String>,
    /// Phrases in whose sentence the number is another one, and that are no label of it.
    #[serde(default)]
    #[schemars(description = "句中含有这些说法时，数字另有所指；表格里含有这些说法的栏目不算。")]
    pub except: Vec<String>,
}

/// A rule: what it looks for, how much it matters, and what to tell the clerk.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "一条规则。require、forbid、cite、figures、agree、outline 六种检查只写一种。")]
pub struct RuleDef {
    /// Its id in kebab-case, unique, never reused.
    #[schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
    #[schemars(description = "编号，小写字母、数字和连字符，不得重复。")]
    pub id: String,
    /// Its Chinese name.
    #[schemars(description = "中文名称。")]
    pub name: String,
    /// When it applies.
    #[serde(default)]
    #[schemars(description = "适用条件；不符合的报告不检查，并说明原因。")]
    pub when: WhenDef,
    /// Check: something must be reported.
    #[schemars(description = "检查：必须写到的事项。")]
    pub require: Option<RequireDef>,
    /// Check: wordings that must not occur.
    #[schemars(description = "检查：不应出现的说法 → 正确的说法（或详细写法，可留空）。")]
    pub forbid: Option<IndexMap<String, Option<ForbidDef>>>,
    /// Check: titles in 《》 against the catalogue.
    #[schemars(description = "检查：书名号内的名称与目录核对，列出要查的毛病。")]
    pub cite: Option<Vec<CiteFault>>,
    /// Check: a relation between quantities.
    #[schemars(description = "检查：数量之间的关系，例如 rate = solved / cases。")]
    pub figures: Option<FiguresDef>,
    /// Check: a fact is the same wherever it stands.
    #[schemars(description = "检查：年份、单位或数量前后一致。")]
    pub agree: Option<AgreeDef>,
    /// Check: the form of headings and numbers.
    #[schemars(description = "检查：标题与序号，列出要查的毛病。")]
    pub outline: Option<Vec<OutlineFault>>,
    /// One finding for the report, at the first place.
    #[serde(default)]
    #[schemars(description = "整篇报告只提示一次。")]
    pub once: bool,
    /// How much it matters.
    #[schemars(description = "等级：error 必须改，warning 建议改，info 供参考，checklist 只列入清单。")]
    pub severity: Grade,
    /// How much a partial fulfilment matters; one below `severity` if absent.
    #[schemars(description = "只写了一部分时的等级；不写则低一级。")]
    pub partial: Option<Grade>,
    /// Why: the clauses on which it rests.
    #[schemars(description = "依据。")]
    pub basis: Vec<BasisDef>,
    /// What to tell the clerk.
    #[schemars(description = "提示语。")]
    pub messages: MessagesDef,
    /// What to write instead.
    #[schemars(description = "怎样改，最好有一句范例。")]
    pub help: Option<String>,
    /// Examples by outcome; they are the rule's tests.
    #[serde(default)]
    #[schemars(description = "例子，也是这条规则的测试：结果 → 文字。")]
    pub examples: ExamplesDef,
    /// Whether it may be silenced.
    #[serde(default)]
    #[schemars(description = "能否静默：never 表示不允许。")]
    pub silence: Option<SilenceDef>,
}

/// Whether a rule may be silenced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "能否静默。")]
pub enum SilenceDef {
    /// It may not.
    #[schemars(description = "不允许静默")]
    Never,
}

/// Severity as a rule states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "等级。")]
pub enum Grade {
    /// Must be changed.
    #[schemars(description = "必须改")]
    Error,
    /// Should be changed.
    #[schemars(description = "建议改")]
    Warning,
    /// Good to know.
    #[schemars(description = "供参考")]
    Info,
    /// A status in the checklist, never a finding.
    #[schemars(description = "只列入清单，不单独提示")]
    Checklist,
}

/// When a rule applies.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "适用条件。")]
pub struct WhenDef {
    /// The report's year: `>=2019`, `<2022`, `2016..2020`, `2024`.
    #[schemars(description = "报告年度：>=2019、<2022、2016..2020 或 2024。")]
    pub year: Option<String>,
    /// The levels of unit.
    #[serde(default)]
    #[schemars(description = "单位层级：镇、乡、街道等；不写则都适用。")]
    pub level: Vec<String>,
}

/// What must be reported.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(description = "事项编号，或 concept、all、any、items 之一的详细写法。")]
pub enum RequireDef {
    /// A concept, anywhere that counts.
    #[schemars(description = "事项编号，在算数的各部分里找。")]
    Concept(String),
    /// One of the longer forms.
    #[schemars(description = "详细写法。")]
    Full(RequireFullDef),
}

/// The longer form of [`RequireDef`]; exactly one of `concept`, `all`, `any`, `items` is given.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "concept、all、any、items 只写一种。")]
pub struct RequireFullDef {
    /// A concept.
    #[schemars(description = "事项编号。")]
    pub concept: Option<String>,
    /// All of these concepts.
    #[serde(default)]
    #[schemars(description = "这些事项都要写到。")]
    pub all: Vec<String>,
    /// Any of these concepts.
    #[serde(default)]
    #[schemars(description = "这些事项写到一个即可。")]
    pub any: Vec<String>,
    /// Items counted by structure, or by this concept in running text.
    #[schemars(description = "按条目计数；没有分条时按这个事项的说法计数。")]
    pub items: Option<String>,
    /// How many items make it met.
    #[schemars(description = "至少几条算写全。")]
    pub at_least: Option<usize>,
    /// The section in which it is looked for; anywhere that counts if absent.
    #[serde(rename = "in")]
    #[schemars(description = "在哪个组成部分里找；不写则在算数的各部分里找。")]
    pub section: Option<String>,
    /// The section itself must have a heading or content of its own.
    #[serde(default)]
    #[schemars(description = "这条规则代表该部分本身：部分缺少时由它提示。")]
    pub part: bool,
}

/// A forbidden wording: its right form, or more.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(description = "正确的说法，或详细写法。")]
pub enum ForbidDef {
    /// The right form.
    #[schemars(description = "正确的说法。")]
    To(String),
    /// More.
    #[schemars(description = "详细写法。")]
    Full(ForbidFullDef),
}

/// The longer form of [`ForbidDef`].
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "不应出现的说法的详细写法。")]
pub struct ForbidFullDef {
    /// The right form, if there is one.
    #[schemars(description = "正确的说法。")]
    pub to: Option<String>,
    /// Phrases that cover the hit and make it right.
    #[serde(default)]
    #[schemars(description = "含有它而正确的更长说法。")]
    pub allow: Vec<String>,
    /// Phrases that make it right anywhere in the sentence.
    #[serde(default)]
    #[schemars(description = "同一句里有这些说法时不算错。")]
    pub unless: Vec<String>,
    /// Wrong from this report year on.
    #[schemars(description = "从哪个报告年度起是错的。")]
    pub since: Option<i32>,
    /// Wrong up to and including this report year.
    #[schemars(description = "到哪个报告年度为止是错的（含当年）。")]
    pub until: Option<i32>,
    /// What the key is.
    #[serde(default, rename = "as")]
    #[schemars(description = "写法：phrase 句式（默认），pattern 正则表达式，word 整词，doubled 重复的字词。")]
    pub form: Form,
    /// Where it is looked for.
    #[serde(default)]
    #[schemars(description = "在哪里找：view 折叠后的正文（默认），text 原文，note 批注修订等文件痕迹。")]
    pub on: Place,
    /// The sections in which it is wrong; everywhere if absent.
    #[serde(default, rename = "in")]
    #[schemars(description = "只在这些部分里算错：组成部分编号，或 title 标题。")]
    pub sections: Vec<String>,
    /// What the finding marks.
    #[serde(default)]
    #[schemars(description = "标出的范围：hit 命中的字（默认），line 整行，一行只提示一次。")]
    pub mark: Mark,
    /// Whether a program may put `to` in unread.
    #[serde(default)]
    #[schemars(description = "改正是否须人工确认。")]
    pub confirm: bool,
}

/// What a forbidden wording's key is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "写法。")]
pub enum Form {
    /// A phrase.
    #[default]
    #[schemars(description = "句式")]
    Phrase,
    /// A regular expression.
    #[schemars(description = "正则表达式")]
    Pattern,
    /// A whole word.
    #[schemars(description = "整词")]
    Word,
    /// Any character or word written twice; the key is only a name.
    #[schemars(description = "重复的字词")]
    Doubled,
}

/// Where a forbidden wording is looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "在哪里找。")]
pub enum Place {
    /// In the folded text.
    #[default]
    #[schemars(description = "折叠后的正文")]
    View,
    /// In the text as it stands.
    #[schemars(description = "原文")]
    Text,
    /// Among the reader's notes: the key is `insertion`, `deletion`, `hidden`, `comment` or `author`.
    #[schemars(
        description = "文件痕迹：insertion 插入的修订，deletion 删除的修订，hidden 隐藏文字，comment 批注，author 属性里的作者"
    )]
    Note,
}

/// What a finding marks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "标出的范围。")]
pub enum Mark {
    /// The hit.
    #[default]
    #[schemars(description = "命中的字")]
    Hit,
    /// Its whole line, once.
    #[schemars(description = "整行")]
    Line,
}

/// What can be wrong with a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "引用的毛病。")]
pub enum CiteFault {
    /// The title is a known wrong form.
    #[schemars(description = "名称有误")]
    Misnamed,
    /// Not in force any more in the report's year.
    #[schemars(description = "已经废止")]
    Repealed,
    /// Not in force yet.
    #[schemars(description = "尚未施行")]
    Unborn,
    /// Its period ended before the report's year.
    #[schemars(description = "规划期已过")]
    Over,
}

/// A relation between quantities.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "数量之间的关系。")]
pub struct FiguresDef {
    /// `left OP right` with OP `=`, `<=`, `<`; each side quantities and numbers joined by `+`, `-` or one `/`.
    #[schemars(description = "关系式，例如 rate = solved / cases、held <= staff、total = a + b。")]
    pub relation: String,
    /// How far the two sides of `=` may differ.
    #[serde(default)]
    #[schemars(description = "等式两边允许相差多少。")]
    pub tolerance: f64,
    /// Where all its quantities must stand.
    #[serde(default)]
    #[schemars(
        description = "各数量须在哪里：sentence 同一句（默认），paragraph 同一段，report 整篇报告；表格里的数用 row 同一行或者 column 同一列。"
    )]
    pub within: Within,
}

/// How close the quantities of a relation must stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "范围。")]
pub enum Within {
    /// In one sentence.
    #[default]
    #[schemars(description = "同一句")]
    Sentence,
    /// In one paragraph.
    #[schemars(description = "同一段")]
    Paragraph,
    /// Anywhere in the report.
    #[schemars(description = "整篇报告")]
    Report,
    /// In one row of a table.
    #[schemars(description = "表格的同一行")]
    Row,
    /// In one column of a table.
    #[schemars(description = "表格的同一列")]
    Column,
}

/// A fact that must be the same.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "前后一致的检查。")]
pub struct AgreeDef {
    /// `year` or `unit`.
    #[schemars(description = "year 年份或 unit 单位。")]
    pub fact: Option<FactName>,
    /// A quantity that is the same throughout.
    #[schemars(description = "全文一致的数量。")]
    pub quantity: Option<String>,
    /// Phrases with `<年>`: the year there is compared. Without phrases, of a year: that the title states it.
    #[serde(default)]
    #[schemars(description = "含 <年> 的句式，其中的年份与报告年度比较。")]
    pub phrases: Vec<String>,
    /// What the year there is beside the report's.
    #[serde(default)]
    #[schemars(description = "与报告年度相差几年：计划部分写 1。")]
    pub shift: i32,
    /// The sections in which the phrases are looked for.
    #[serde(default, rename = "in")]
    #[schemars(description = "只在这些部分里找。")]
    pub sections: Vec<String>,
    /// The fact must stand in the title.
    #[serde(default)]
    #[schemars(description = "标题里应写明。")]
    pub in_title: bool,
    /// The report must have a title.
    #[serde(default)]
    #[schemars(description = "报告要有标题。")]
    pub titled: bool,
    /// The day of signature must lie after the reported year or in its last months.
    #[serde(default)]
    #[schemars(description = "落款日期应在报告年度年底之后。")]
    pub signed: bool,
    /// Phrases that make another unit's name right in its sentence.
    #[serde(default)]
    #[schemars(description = "同一句里有这些说法时，出现别的单位名称是正常的。")]
    pub unless: Vec<String>,
}

/// The facts that can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "事实。")]
pub enum FactName {
    /// The report's year.
    #[schemars(description = "报告年度")]
    Year,
    /// The report's unit.
    #[schemars(description = "报告单位")]
    Unit,
}

/// What can be wrong with headings and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "标题与序号的毛病。")]
pub enum OutlineFault {
    /// A number is left out: 一、二、四、.
    #[schemars(description = "序号跳号")]
    Gap,
    /// A number stands twice.
    #[schemars(description = "序号重复")]
    Repeated,
    /// 一、 starts again under （二）.
    #[schemars(description = "下级序号用了上级的形式重新起头")]
    Restarted,
    /// A bracket is lost: 一）.
    #[schemars(description = "序号少了半个括号")]
    Bracket,
    /// 、 and . behind figures in one report.
    #[schemars(description = "阿拉伯数字后顿号与圆点混用")]
    Mixed,
    /// 、 behind （一）.
    #[schemars(description = "（一）后面加了顿号")]
    Mark,
    /// Nothing stands below the heading.
    #[schemars(description = "标题下面没有内容")]
    Empty,
    /// The heading ends in a mark.
    #[schemars(description = "标题末尾有标点")]
    Ending,
    /// 一是…二是…四是.
    #[schemars(description = "一是、二是不连续")]
    Chain,
}

/// A clause on which a rule rests.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "依据。")]
pub struct BasisDef {
    /// The document's title without 《》.
    #[schemars(description = "文件名称，不带书名号。")]
    pub title: String,
    /// Its number.
    #[schemars(description = "发文字号，例如 国办发〔2018〕118号。")]
    pub document: Option<String>,
    /// The clause.
    #[schemars(description = "条款，例如 第二十五条。")]
    pub clause: Option<String>,
    /// How binding it is.
    #[schemars(description = "效力：required 规定，customary 惯例，advised 建议。")]
    pub standing: StandingDef,
    /// Where the fact was confirmed; without it no rule may be an error.
    #[schemars(description = "核实的出处；没有核实的不能定为 error。")]
    pub source: Option<String>,
}

/// How binding a basis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(description = "效力。")]
pub enum StandingDef {
    /// 规定.
    #[schemars(description = "规定")]
    Required,
    /// 惯例.
    #[schemars(description = "惯例")]
    Customary,
    /// 建议.
    #[schemars(description = "建议")]
    Advised,
}

/// What to tell the clerk, by what was found.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "提示语，按查到的情形。")]
pub struct MessagesDef {
    /// `require`: nothing.
    #[schemars(description = "没有写到。")]
    pub missing: Option<String>,
    /// `require`: only named.
    #[schemars(description = "只提到，没有写实。")]
    pub partial: Option<String>,
    /// `forbid`, `figures`, `agree`, `outline`: the fault. `{found} {to} {left} {right} {parts} {label} {unit} {year}
    /// {next-year}`.
    #[schemars(
        description = "查到的毛病，可用 {found} {to} {left} {right} {parts} {label} {unit} {year} {next-year}；{label} 是表格里那一行或那一列的栏目。"
    )]
    pub found: Option<String>,
    /// `cite`: misnamed. `{title} {right}`.
    #[schemars(description = "名称有误，可用 {title} {right}。")]
    pub misnamed: Option<String>,
    /// `cite`: repealed. `{title} {until} {successor}`.
    #[schemars(description = "已经废止，可用 {title} {until} {successor}。")]
    pub repealed: Option<String>,
    /// `cite`: not in force yet. `{title} {from}`.
    #[schemars(description = "尚未施行，可用 {title} {from}。")]
    pub unborn: Option<String>,
    /// `cite`: its period is over. `{title} {until} {successor}`.
    #[schemars(description = "规划期已过，可用 {title} {until} {successor}。")]
    pub over: Option<String>,
}

/// Examples by outcome.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "例子：⟦…⟧ 标出位置，⟦错→对⟧ 同时核对改法。")]
pub struct ExamplesDef {
    /// `require`: met.
    #[serde(default)]
    #[schemars(description = "写实了的。")]
    pub met: Vec<ExampleDef>,
    /// `require`: partial.
    #[serde(default)]
    #[schemars(description = "只提到的。")]
    pub partial: Vec<ExampleDef>,
    /// `require`: missing.
    #[serde(default)]
    #[schemars(description = "没有写到的。")]
    pub missing: Vec<ExampleDef>,
    /// `require`: does not apply.
    #[serde(default)]
    #[schemars(description = "不适用的。")]
    pub skipped: Vec<ExampleDef>,
    /// The others: nothing is wrong.
    #[serde(default)]
    #[schemars(description = "正确的。")]
    pub good: Vec<ExampleDef>,
    /// The others: something is.
    #[serde(default)]
    #[schemars(description = "有毛病的。")]
    pub bad: Vec<ExampleDef>,
    /// Known gaps: they must still fail.
    #[serde(default)]
    #[schemars(description = "目前还做不对的，做对了就要移到上面。")]
    pub todo: Vec<TodoDef>,
}

/// An example: its text, or more.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(description = "文字，或详细写法。")]
pub enum ExampleDef {
    /// The text alone.
    #[schemars(description = "只写文字。")]
    Text(String),
    /// More.
    #[schemars(description = "详细写法。")]
    Full(ExampleFullDef),
}

/// The longer form of [`ExampleDef`].
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "例子的详细写法。")]
pub struct ExampleFullDef {
    /// The text.
    #[schemars(description = "文字。")]
    pub text: String,
    /// The report's year.
    #[schemars(description = "报告年度。")]
    pub year: Option<i32>,
    /// The level of the unit.
    #[schemars(description = "单位层级。")]
    pub level: Option<String>,
    /// The section in which the text stands.
    #[serde(rename = "in")]
    #[schemars(description = "文字所在的组成部分。")]
    pub section: Option<String>,
    /// Whether the text is a whole report by itself.
    #[serde(default)]
    #[schemars(description = "文字本身就是一篇完整的报告。")]
    pub whole: bool,
}

/// An example that does not work yet.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "目前还做不对的例子。")]
pub struct TodoDef {
    /// What the outcome should be.
    #[schemars(description = "应有的结果：met、partial、missing、skipped、good 或 bad。")]
    pub want: String,
    /// The example.
    #[schemars(description = "例子。")]
    pub example: ExampleDef,
}

/// A law or document of the catalogue.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "目录中的一部法律或文件。")]
pub struct LawDef {
    /// Its full title without 《》.
    #[schemars(description = "全称，不带书名号。")]
    pub title: String,
    /// Right short forms.
    #[serde(default)]
    #[schemars(description = "正确的简称。")]
    pub short: Vec<String>,
    /// Known wrong forms.
    #[serde(default)]
    #[schemars(description = "常见的错误名称。")]
    pub wrong: Vec<String>,
    /// Its number.
    #[schemars(description = "发文字号。")]
    pub number: Option<String>,
    /// In force from this day: `2021-01-01`, or a month or year where no more is known.
    #[schemars(regex(pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"))]
    #[schemars(description = "施行日，例如 2021-01-01；不详可只写年或年月。")]
    pub from: Option<String>,
    /// Not in force from this day on.
    #[schemars(regex(pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"))]
    #[schemars(description = "失效日（该日起失效），写法同 from。")]
    pub until: Option<String>,
    /// Of a plan: its first and last year.
    #[schemars(description = "规划期：起止年份。")]
    pub period: Option<[i32; 2]>,
    /// What took its place.
    #[schemars(description = "由什么代替。")]
    pub successor: Option<String>,
    /// Where its dates were confirmed; without it nothing is said of them.
    #[schemars(description = "日期核实的出处；没有核实的日期不用于判断。")]
    pub source: Option<String>,
}

/// A change of a rule of the extended pack.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "对所继承规则的修改。")]
pub struct ChangeDef {
    /// Its new severity.
    #[schemars(description = "新的等级。")]
    pub severity: Option<Grade>,
    /// Its new severity where partial.
    #[schemars(description = "只写了一部分时的新等级。")]
    pub partial: Option<Grade>,
    /// Its new messages.
    #[schemars(description = "新的提示语，只写要改的。")]
    pub messages: Option<MessagesDef>,
    /// Its new help.
    #[schemars(description = "新的改法说明。")]
    pub help: Option<String>,
    /// When it applies from now on.
    #[schemars(description = "新的适用条件。")]
    pub when: Option<WhenDef>,
    /// The notice that asks for the change.
    #[schemars(description = "理由，例如本县的文件。")]
    pub because: String,
}

/// Wordings added to a concept of the extended pack.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(description = "给所继承的事项补充说法。")]
pub struct AddDef {
    /// Phrases that state it.
    #[serde(default)]
    #[schemars(description = "说法。")]
    pub mention: Vec<String>,
    /// Phrases that state it together.
    #[serde(default)]
    #[schemars(description = "同句搭配。")]
    pub together: Vec<String>,
    /// Longer phrases that swallow the hit.
    #[serde(default)]
    #[schemars(description = "不算的更长说法。")]
    pub except: Vec<String>,
    /// Acts that are substance.
    #[serde(default)]
    #[schemars(description = "算实质内容的做法。")]
    pub acts: Vec<String>,
    /// Units with which a number is substance.
    #[serde(default)]
    #[schemars(description = "算实质内容的量词。")]
    pub units: Vec<String>,
}
