//! Versions of packs and what an `extends` asks of them: `2026.1.0`, `^2026.1`. Only comparison; no ranges, no tags.

use std::{fmt, ops::Range};

/// The version of a pack: year, minor, patch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version([u32; 3]);

impl Version {
    /// Reads `2026.1.0`. All three parts are written.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let parts = numbers(text)?;
        <[u32; 3]>::try_from(parts).ok().map(Self)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [year, minor, patch] = self.0;
        write!(formatter, "{year}.{minor}.{patch}")
    }
}

/// How a version is compared with the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    /// `^`: this one or a later one of the same year.
    Compatible,
    /// `=`: this one.
    Exact,
    /// `>=`: this one or any later one.
    AtLeast,
}

/// The version that a layer asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Requirement {
    comparison: Comparison,
    parts: Vec<u32>,
}

impl Requirement {
    /// Reads `^2026.1`, `=2026.1.0` or `>=2026`.
    fn parse(text: &str) -> Option<Self> {
        let (comparison, rest) = if let Some(rest) = text.strip_prefix(">=") {
            (Comparison::AtLeast, rest)
        } else if let Some(rest) = text.strip_prefix('^') {
            (Comparison::Compatible, rest)
        } else {
            (Comparison::Exact, text.strip_prefix('=')?)
        };
        let parts = numbers(rest)?;
        (parts.len() <= 3).then_some(Self { comparison, parts })
    }

    /// Whether a version is one of those asked for. Parts that are not written are free.
    pub(super) fn allows(&self, version: Version) -> bool {
        let written = version.0.get(..self.parts.len()).unwrap_or_default();
        match self.comparison {
            Comparison::Exact => written == self.parts.as_slice(),
            Comparison::AtLeast => written >= self.parts.as_slice(),
            Comparison::Compatible => written.first() == self.parts.first() && written >= self.parts.as_slice(),
        }
    }
}

/// One to any number of parts, joined by dots, each a number without a sign.
fn numbers(text: &str) -> Option<Vec<u32>> {
    let part = |part: &str| {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten()
    };
    text.split('.').map(part).collect()
}

/// What `extends` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Extends {
    /// The pack's id.
    pub name: String,
    /// Its version.
    pub requirement: Requirement,
}

/// Why an `extends` says nothing: the bytes that are wrong, the message, the cure.
pub(super) type Refusal = (Range<usize>, String, String);

impl Extends {
    /// Reads `fazhi-township ^2026.1`.
    pub(super) fn parse(text: &str) -> Result<Self, Refusal> {
        let name_end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (name, rest) = text.split_at_checked(name_end).unwrap_or((text, ""));
        let whole = 0..text.len();
        if !is_name(name) {
            let message = format!("“{}”不是规则包的编号", super::flaw::quoted(name, 40));
            return Err((0..name_end, message, "编号只用小写字母、数字和连字符，后面空一格写版本".to_owned()));
        }
        let version = rest.trim();
        if version.is_empty() {
            let message = "没有写要哪个版本".to_owned();
            return Err((whole, message, format!("写成“{name} ^2026.1”：^ 表示同一年里这一版或更新的版本")));
        }
        let Some(requirement) = Requirement::parse(version) else {
            let start = text.len() - rest.trim_start().len();
            let message = format!("看不懂版本要求“{}”", super::flaw::quoted(version, 40));
            let help = "写成 ^2026.1（同一年里这一版或更新的）、=2026.1.0（正是这一版）或 >=2026.1（这一版或更新的）";
            return Err((start..text.len(), message, help.to_owned()));
        };
        Ok(Self { name: name.to_owned(), requirement })
    }
}

/// Whether a text is an id in kebab-case. Such a name never leads out of a folder.
pub(super) fn is_name(text: &str) -> bool {
    let word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.len() <= 100 && text.split('-').all(word)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn allows(requirement: &str, version: &str) -> bool {
        Requirement::parse(requirement).unwrap().allows(Version::parse(version).unwrap())
    }

    #[test]
    fn a_caret_keeps_to_the_year() {
        assert!(allows("^2026.1", "2026.1.0") && allows("^2026.1", "2026.3.2") && allows("^2026", "2026.0.0"));
        assert!(!allows("^2026.1", "2026.0.9") && !allows("^2026.1", "2027.1.0"));
        assert!(allows("^2026.1.3", "2026.1.3") && !allows("^2026.1.3", "2026.1.2"));
    }

    #[test]
    fn other_comparisons() {
        assert!(allows("=2026.1", "2026.1.7") && !allows("=2026.1", "2026.2.0"));
        assert!(allows(">=2026.1", "2031.0.0") && !allows(">=2026.1", "2025.9.9"));
    }

    #[test]
    fn only_whole_versions_are_versions() {
        assert!(Version::parse("2026.1.0").is_some());
        for wrong in ["2026.1", "2026.1.0.0", "v2026.1.0", "2026.+1.0", "", "2026..0"] {
            assert!(Version::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_name_never_leads_out_of_a_folder() {
        assert!(is_name("fazhi-township") && is_name("a1"));
        for wrong in ["../x", "a/b", "A", "a_b", "-a", "a-", "", "镇", "c:"] {
            assert!(!is_name(wrong), "{wrong}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_an_extends() {
        assert_eq!(Extends::parse("fazhi-township  ^2026.1").unwrap().name, "fazhi-township");
        assert_eq!(Extends::parse("fazhi-township").unwrap_err().1, "没有写要哪个版本");
        assert_eq!(Extends::parse("fazhi-township 2026.1").unwrap_err().0, 15..21);
        assert!(Extends::parse("../base ^2026.1").unwrap_err().1.contains("不是规则包的编号"));
    }
}
