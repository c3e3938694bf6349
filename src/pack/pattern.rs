//! Regular expressions of a pack, for forms that are no wordings: checked and bounded when they are loaded, compiled
//! only for a text that holds what they need.

use std::sync::OnceLock;

use regex::Regex;
use regex_syntax::{
    ast::ErrorKind,
    hir::{Class, Hir, HirKind},
};

use super::phrase::PhraseFault;

/// The longest regular expression, in bytes, and the most steps that it may have with its repetitions written out.
const LONGEST_PATTERN: usize = 400;
const LARGEST_PATTERN: usize = 5_000;
/// Memory that one compiled expression may take, in bytes.
const LARGEST_PROGRAM: usize = 1 << 20;
/// A list of more characters than this rules out hardly any text.
const MOST_CHOICES: usize = 24;

/// A regular expression, compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    /// Of each list a match holds at least one character.
    needs: Vec<Vec<char>>,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern, or what is wrong with it.
    pub(super) fn new(source: &str) -> Result<Self, PhraseFault> {
        let needs = needs(&checked(source)?);
        Ok(Self { source: source.to_owned(), needs, regex: OnceLock::new() })
    }

    /// Whether a text that holds these characters may hold a match.
    pub fn may_match(&self, holds: impl Fn(char) -> bool) -> bool {
        self.needs.iter().all(|choices| choices.iter().any(|char| holds(*char)))
    }

    /// The compiled expression; none if it cannot be compiled after all.
    #[must_use]
    pub fn regex(&self) -> Option<&Regex> {
        let compile = || regex::RegexBuilder::new(&self.source).size_limit(LARGEST_PROGRAM).build().ok();
        self.regex.get_or_init(compile).as_ref()
    }
}

/// Lists of characters, of each of which every match holds at least one.
fn needs(hir: &Hir) -> Vec<Vec<char>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Vec::new(),
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).unwrap_or_default();
            text.chars().map(|char| vec![char]).collect()
        }
        HirKind::Class(class) => choices(class).into_iter().collect(),
        HirKind::Capture(capture) => needs(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min == 0 => Vec::new(),
        HirKind::Repetition(repetition) => needs(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(needs).collect(),
        HirKind::Alternation(branches) => either(branches).into_iter().collect(),
    }
}

/// One list for all branches: of each branch its shortest.
fn either(branches: &[Hir]) -> Option<Vec<char>> {
    let mut all = Vec::new();
    for branch in branches {
        all.extend(needs(branch).into_iter().min_by_key(Vec::len)?);
    }
    all.sort_unstable();
    all.dedup();
    (all.len() <= MOST_CHOICES).then_some(all)
}

/// The characters of a class, if they are few.
fn choices(class: &Class) -> Option<Vec<char>> {
    let Class::Unicode(class) = class else { return None };
    let count: usize = class.ranges().iter().map(|range| range.len()).sum();
    (count <= MOST_CHOICES).then(|| class.ranges().iter().flat_map(|range| range.start()..=range.end()).collect())
}

/// How to mend a pattern where nothing closer can be said.
const UNKNOWN_CURE: &str = "请核对括号是否成对、反斜杠后面的写法是否认得；不熟悉正则表达式的，改用句式来写";

/// How to mend a pattern that does not parse.
const fn cure(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::GroupUnclosed => "圆括号 ( 没有合上",
        ErrorKind::GroupUnopened => "多了一个圆括号 )",
        ErrorKind::ClassUnclosed => "方括号 [ 没有合上",
        ErrorKind::ClassRangeInvalid => "方括号里的范围写反了，应从小到大，例如 [0-9]",
        ErrorKind::RepetitionCountUnclosed => "花括号 { 没有合上",
        ErrorKind::RepetitionCountInvalid => "花括号里的次数写反了，应从小到大，例如 {2,4}",
        ErrorKind::RepetitionMissing => "*、+、?、{…} 前面缺少要重复的内容",
        ErrorKind::EscapeUnrecognized | ErrorKind::EscapeUnexpectedEof => {
            "不认得这个反斜杠写法；要查反斜杠本身，写 \\\\"
        }
        ErrorKind::UnsupportedLookAround => "不支持前瞻和后顾 (?=…)、(?!…)；请用 allow 写出例外",
        ErrorKind::UnsupportedBackreference => "不支持反向引用 \\1；请把要查的写法逐条列出",
        _ => UNKNOWN_CURE,
    }
}

/// Whether a pattern can be used: it parses, is bounded, and has no word boundary beside Chinese characters.
fn checked(source: &str) -> Result<Hir, PhraseFault> {
    let fault = |range, message: String, help: &str| Err(PhraseFault { range, message, help: Some(help.to_owned()) });
    if source.len() > LONGEST_PATTERN {
        return fault(0..source.len(), format!("正则表达式超过{LONGEST_PATTERN}字节"), "请拆成几条");
    }
    for mark in [r"\b", r"\w"] {
        if let Some(at) = source.find(mark) {
            let help = r"汉字之间没有词边界；请写明前后是什么，例如 [^0-9]";
            return fault(at..at + mark.len(), format!("{mark} 在汉字旁边不起作用"), help);
        }
    }
    match regex_syntax::Parser::new().parse(source) {
        Err(regex_syntax::Error::Parse(error)) => {
            let span = error.span();
            let range = span.start.offset..span.end.offset.max(span.start.offset + 1);
            fault(range, "正则表达式写法不对".to_owned(), cure(error.kind()))
        }
        Err(_) => fault(0..source.len(), "正则表达式写法不对".to_owned(), UNKNOWN_CURE),
        Ok(hir) if hir.properties().minimum_len() == Some(0) => {
            fault(0..source.len(), "正则表达式可以什么都不匹配".to_owned(), "至少要匹配一个字")
        }
        Ok(hir) if steps(&hir) > LARGEST_PATTERN => {
            fault(0..source.len(), "正则表达式展开后太大".to_owned(), "请减少重复次数")
        }
        Ok(hir) => Ok(hir),
    }
}

/// The steps of a pattern with its repetitions written out. The parser bounds how deep this goes.
fn steps(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(_) => 3,
        HirKind::Capture(capture) => steps(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(0, |sum, part| sum.saturating_add(steps(part)))
        }
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1);
            steps(&repetition.sub).saturating_mul(times as usize)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn refuses_patterns_that_cannot_work() {
        assert!(checked("[1-9][0-9]{16}[0-9X]").is_ok());
        assert_eq!(checked(r"\b法治\b").err().map(|fault| fault.range), Some(0..2));
        assert!(checked("(法治").is_err());
        assert!(checked("法*").is_err());
        assert!(checked("((法{1,1000}){1,1000})").is_err());
    }

    #[test]
    fn a_text_without_what_a_pattern_needs_is_not_searched() {
        let may = |pattern: &str, text: &str| Pattern::new(pattern).unwrap().may_match(|char| text.contains(char));
        for (pattern, with, without) in [
            ("[一-龥][,;] ?[一-龥]", "甲,乙", "甲，乙"),
            ("(绝密|机密) ?★", "机密★", "秘密★"),
            ("×(镇|乡)", "×镇", "×村"),
            ("(a|b+)c?", "b", "c"),
            ("第(x){1,2}", "第xx", "xx"),
        ] {
            assert!(may(pattern, with) && !may(pattern, without), "{pattern}");
        }
        assert!(may("[0-9]{3}|[一-龥]+", ""), "nothing is known of it");
    }
}
