//! Which files an entry is about: [`Files`], a glob over paths as they are shown.
//!
//! `\` and `/` are the same, so that an agreement holds on every machine; so are large and small letters.

use globset::{ErrorKind, Glob, GlobBuilder, GlobMatcher};

/// A glob over paths.
#[derive(Debug, Clone)]
pub(super) struct Files {
    whole: GlobMatcher,
    tail: GlobMatcher,
}

impl Files {
    /// Reads a glob. It is about a whole path or about the end of one, whole names of folders and files.
    ///
    /// # Errors
    /// What is wrong with it, in Chinese.
    pub(super) fn parse(pattern: &str) -> Result<Self, String> {
        let pattern = plain(pattern.trim());
        let tail = format!("**/{}", pattern.trim_start_matches('/'));
        let matcher = |pattern: &str| glob(pattern).map(|glob| glob.compile_matcher());
        Ok(Self { whole: matcher(&pattern)?, tail: matcher(&tail)? })
    }

    /// Whether it is about the file shown under `path`.
    pub(super) fn hold(&self, path: &str) -> bool {
        let path = plain(path);
        self.whole.is_match(&path) || self.tail.is_match(&path)
    }
}

fn glob(pattern: &str) -> Result<Glob, String> {
    let mut builder = GlobBuilder::new(pattern);
    builder.literal_separator(true).case_insensitive(true).backslash_escape(false).empty_alternates(true);
    builder.build().map_err(|error| problem(error.kind()))
}

fn problem(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::UnclosedClass => "方括号“[”没有闭合".to_owned(),
        ErrorKind::InvalidRange(from, to) => format!("方括号里的“{from}-{to}”次序反了"),
        ErrorKind::UnopenedAlternates => "多了一个右花括号“}”".to_owned(),
        ErrorKind::UnclosedAlternates => "花括号“{”没有闭合".to_owned(),
        ErrorKind::NestedAlternates => "花括号里不能再有花括号".to_owned(),
        _ => "这里的通配写法不对".to_owned(),
    }
}

/// A path in one way of writing.
fn plain(path: &str) -> String {
    let path = path.replace('\\', "/");
    path.trim_start_matches("./").to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn holds(pattern: &str, path: &str) -> bool {
        Files::parse(pattern).unwrap().hold(path)
    }

    #[test]
    fn a_name_is_found_in_any_folder() {
        assert!(holds("甲.txt", "甲.txt") && holds("甲.txt", "./甲.txt") && holds("*.DOCX", r"D:\报告\甲.docx"));
        assert!(!holds("甲.txt", "大甲.txt") && !holds("甲", "甲.txt"));
    }

    #[test]
    fn a_path_is_found_whole_or_at_the_end() {
        assert!(holds("2024/*.txt", r"C:\收文\2024\甲.txt") && holds(r"2024\*.txt", "2024/甲.txt"));
        assert!(holds("2024/**/*.txt", "2024/镇/街/甲.txt") && holds("/收文/甲.txt", "/收文/甲.txt"));
        assert!(!holds("2024/*.txt", "2024/镇/甲.txt") && !holds("24/*.txt", "2024/甲.txt"));
    }

    #[test]
    fn what_is_no_glob_is_told() {
        for pattern in ["[甲", "{甲", "甲}", "[z-a]"] {
            assert!(Files::parse(pattern).is_err(), "{pattern}");
        }
    }
}
