//! Judges a document by a pack: one scan for all literals, what a mention counts for, sections, checks.
//!
//! It reads no file, knows no YAML and prints nothing; what it says is a [`Review`].

mod account;
mod anchor;
mod characters;
mod check;
mod context;
mod mention;
mod message;
mod review;
mod scan;
mod section;
mod verdict;

pub use account::{Account, account, uncompared, wordings_in};
pub use check::{figures::Uncompared, is_dictionary_loaded};
pub use review::{Part, Requirement, Review, Section, Skip, SkipCode, Status};

use self::{context::Context, scan::Matches, verdict::Mentions};
use crate::{
    diagnostic::{Diagnostic, Severity},
    document::{Document, Role},
    facts::{Fact, Facts},
    pack::{Check, Pack, Quantity, Rule},
    text::Span,
};

/// The ids of findings that no pack makes: the report's year is unknown, its tables or some of their numbers could
/// not be read.
pub const OWN_FINDINGS: [&str; 3] = [YEAR_UNKNOWN, TABLES_UNREAD, FIGURES_UNREAD];
const YEAR_UNKNOWN: &str = "year-unknown";
const TABLES_UNREAD: &str = "tables-unread";
const FIGURES_UNREAD: &str = "figures-unread";

/// Whether the title of a document names the kind of report that a pack is for.
#[must_use]
pub fn is_for(document: &Document, facts: &Facts, pack: &Pack) -> bool {
    document.with_role(Role::Title).any(|title| {
        let matches = Matches::find_in(document, facts, &pack.wordings, title.sentences.clone());
        pack.titles.iter().any(|phrase| !matches.of(*phrase).is_empty())
    })
}

/// What is taken for granted of a text that is no whole report: an example of a rule.
#[derive(Debug, Clone, Copy, Default)]
pub struct Assumed {
    /// All of the text stands in this part, by place in the pack's sections.
    pub section: Option<usize>,
}

/// Reviews a document by a pack.
#[must_use]
pub fn review(document: &Document, facts: Facts, pack: &Pack) -> Review {
    review_as(document, facts, pack, Assumed::default())
}

/// Reviews a text of which something is taken for granted.
#[must_use]
pub fn review_as(document: &Document, facts: Facts, pack: &Pack, assumed: Assumed) -> Review {
    let other = facts.other_kind.as_ref().filter(|kind| !is_joint(document, &facts, pack, kind));
    if let Some(kind) = other {
        let text = format!("这份文件是“{}”，不是{}", kind.value, pack.stamp.title);
        return skipped_review(facts.clone(), pack, &Skip { code: SkipCode::OtherKind, text });
    }
    let context = Context::new(document, &facts, pack, assumed);
    let mentions = Mentions::find(&context);
    let (mut requirements, mut diagnostics) = (Vec::new(), Vec::new());
    for rule in &pack.rules {
        let skip = skip(rule, &facts);
        match &rule.check {
            Check::Require(require) => match skip {
                Some(reason) => requirements.push(check::require::skipped(rule, reason)),
                None => {
                    let (requirement, finding) = check::require::check(&context, &mentions, rule, require);
                    requirements.push(requirement);
                    diagnostics.extend(finding);
                }
            },
            _ if skip.is_some() => {}
            Check::Forbid(entries) => diagnostics.extend(check::forbid::check(&context, rule, entries)),
            Check::Cite(faults) => diagnostics.extend(check::cite::check(&context, rule, faults)),
            Check::Figures(figures) => diagnostics.extend(check::figures::check(&context, rule, figures)),
            Check::Agree(agree) => diagnostics.extend(check::agree::check(&context, rule, agree)),
            Check::Outline(faults) => diagnostics.extend(check::outline::check(&context, rule, faults)),
        }
    }
    diagnostics.extend(unknown_year(&context));
    diagnostics.extend(unread_tables(&context));
    diagnostics.extend(unread_figures(&context));
    diagnostics
        .sort_by(|one, two| (one.span.start, one.span.end, &one.rule).cmp(&(two.span.start, two.span.end, &two.rule)));
    let sections = context.parts.sections(document, pack);
    Review { pack: pack.stamp.clone(), sections, requirements, diagnostics, facts }
}

/// Whether the kind that a title's end tells is only the second of two reports in one: 法治政府建设和平安建设工作报告.
fn is_joint(document: &Document, facts: &Facts, pack: &Pack, kind: &Fact<String>) -> bool {
    let lexicon = &pack.lexicon;
    let is_report =
        lexicon.genres.iter().any(|genre| kind.value.ends_with(genre.as_str()) && !lexicon.other_kinds.contains(genre));
    let before = document.slice(Span::new(0, kind.span.start));
    is_report && before.trim_end().ends_with(['及', '和', '暨', '与', '、']) && is_for(document, facts, pack)
}

/// The review of a document that the pack is not for: everything is skipped, nothing is found.
fn skipped_review(facts: Facts, pack: &Pack, reason: &Skip) -> Review {
    let required = pack.rules.iter().filter(|rule| matches!(rule.check, Check::Require(_)));
    Review {
        pack: pack.stamp.clone(),
        requirements: required.map(|rule| check::require::skipped(rule, reason.clone())).collect(),
        facts,
        ..Review::default()
    }
}

/// Why a rule does not apply to the report, if it does not. Where the year is unknown, conditions on it hold.
fn skip(rule: &Rule, facts: &Facts) -> Option<Skip> {
    if let Some(reason) = &rule.off {
        return Some(Skip { code: SkipCode::SwitchedOff, text: format!("本地已停用：{reason}") });
    }
    if let (Some(years), Some(year)) = (rule.years, &facts.year) {
        if year.value < years.from {
            return Some(Skip { code: SkipCode::Year, text: format!("{}年度起才要求", years.from) });
        }
        if year.value > years.to {
            return Some(Skip { code: SkipCode::Year, text: format!("只要求到{}年度", years.to) });
        }
    }
    let levels = &rule.def.when.level;
    let level = facts.level.as_ref().filter(|level| !levels.is_empty() && !levels.contains(&level.value))?;
    Some(Skip { code: SkipCode::Level, text: format!("只要求{}，本单位是{}", levels.join("、"), level.value) })
}

/// What depends on the year was not checked: said once.
fn unknown_year(context: &Context<'_>) -> Option<Diagnostic> {
    if context.facts.year.is_some() {
        return None;
    }
    let message = "看不出这是哪一年度的报告，有年份限制的用语、引用和年份的前后一致没有检查";
    Some(notice(context, YEAR_UNKNOWN, "报告年度", message, "在标题和开头写明年度，或者检查时用 --year 指明"))
}

/// The numbers in tables were not compared, for no table could be read by rows and columns: said once.
fn unread_tables(context: &Context<'_>) -> Option<Diagnostic> {
    if !context.document.cells.is_empty() || !context.pack.quantities.iter().any(Quantity::is_in_tables) {
        return None;
    }
    let message = "没有读出分行、分列的表格，表格里的数字没有核对";
    let help = "纯文本、doc、PDF 和 OFD 文件的表格分不清行和列，请改用 docx、odt 或者网页文件再检查一次；报告里本来没有表格的，不用理会";
    Some(Diagnostic { at: None, ..notice(context, TABLES_UNREAD, "表格", message, help) })
}

/// Some numbers in tables were not compared, for a cell is blank, missing or unclear: said once, at the first.
fn unread_figures(context: &Context<'_>) -> Option<Diagnostic> {
    let rules = context.pack.rules.iter().filter(|rule| skip(rule, context.facts).is_none());
    let places = rules.filter_map(|rule| match &rule.check {
        Check::Figures(figures) if figures.is_in_tables() => Some(check::figures::uncompared(context, figures)),
        _ => None,
    });
    let places: Vec<Uncompared> = places.flatten().filter(|place| place.labelled).collect();
    let first = places.iter().min_by_key(|place| place.span.start)?;
    let reason = first.reason.split('；').next().unwrap_or_default();
    let message = format!(
        "表格里有{}处数字没有核对（有空格、缺格或者写得不清楚），第一处是{}：{reason}",
        places.len(),
        first.line
    );
    let help = "没有的填0，一格只填一个数，缺的格补上，合并的格与表头对齐，改好后再检查一次";
    let notice = notice(context, FIGURES_UNREAD, "表格里的数字", &message, help);
    Some(Diagnostic { span: first.span, at: None, ..notice })
}

/// What the engine itself has to say of a report, at its beginning unless another place is given.
fn notice(context: &Context<'_>, id: &str, name: &str, message: &str, help: &str) -> Diagnostic {
    let (span, at) = anchor::of(context, None);
    Diagnostic {
        rule: id.to_owned(),
        name: name.to_owned(),
        severity: Severity::Info,
        message: message.to_owned(),
        help: Some(help.to_owned()),
        basis: Vec::new(),
        span,
        at: Some(at),
        related: Vec::new(),
        fix: None,
        silenced: None,
    }
}
