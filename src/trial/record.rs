//! The record of a report: its snapshot as a file in insta's form, and what changed between a record and a snapshot.
//!
//! It neither reads nor writes files, and it knows nothing of what the lines mean.

use similar::{ChangeTag, TextDiff};

use super::Outcome;

/// The line around the head of a record.
const FENCE: &str = "---";

/// A snapshot as it is kept: a head that belongs to insta, and the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The lines between the fences, as they are.
    pub head: String,
    /// The snapshot, without the line end at its end.
    pub body: String,
}

impl Record {
    /// A record of a snapshot; the head names the file that it is about.
    #[must_use]
    pub fn new(source: &str, snapshot: &str) -> Self {
        let source = source.replace('\\', "/").replace('"', "'");
        Self { head: format!("source: \"{source}\"\n"), body: normal(snapshot) }
    }

    /// A record from the text of its file. A file without a head is all snapshot.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        let Some((head, body)) = split(&text) else {
            return Self { head: String::new(), body: normal(&text) };
        };
        Self { head: head.to_owned(), body: normal(body) }
    }

    /// The same head over another snapshot.
    #[must_use]
    pub fn with(&self, snapshot: &str) -> Self {
        Self { head: self.head.clone(), body: normal(snapshot) }
    }

    /// The text of its file.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{FENCE}\n{}{FENCE}\n{}\n", self.head, self.body)
    }

    /// What changed from this record to a snapshot.
    #[must_use]
    pub fn compare(&self, snapshot: &str) -> Comparison {
        // A last line without its end would differ from the same line with more behind it.
        let ended = |text: &str| if text.is_empty() { String::new() } else { format!("{text}\n") };
        let (old, new) = (ended(&self.body), ended(&normal(snapshot)));
        let difference = TextDiff::from_lines(&old, &new);
        let lines = difference.iter_all_changes().map(|change| {
            let line = change.value().trim_end_matches('\n').to_owned();
            match change.tag() {
                ChangeTag::Equal => Line::Same(line),
                ChangeTag::Delete => Line::Gone(line),
                ChangeTag::Insert => Line::Come(line),
            }
        });
        Comparison { lines: lines.collect() }
    }
}

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// In both.
    Same(String),
    /// In the record only.
    Gone(String),
    /// In the new snapshot only.
    Come(String),
}

/// What changed between a record and a new snapshot, line by line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// All lines of both, in order.
    pub lines: Vec<Line>,
}

impl Comparison {
    /// How the report came out: only fewer lines, only more lines, or others.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let gone = self.lines.iter().any(|line| matches!(line, Line::Gone(_)));
        let come = self.lines.iter().any(|line| matches!(line, Line::Come(_)));
        match (gone, come) {
            (false, false) => Outcome::Right,
            (true, false) => Outcome::Missing,
            (false, true) => Outcome::Noisy,
            (true, true) => Outcome::Changed,
        }
    }
}

/// Head and snapshot of a file in insta's form.
fn split(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(FENCE)?.strip_prefix('\n')?;
    if let Some(body) = rest.strip_prefix("---\n") {
        return Some(("", body));
    }
    let at = rest.find("\n---\n")?;
    Some((rest.get(..=at)?, rest.get(at + "\n---\n".len()..)?))
}

/// What insta compares: the line ends at the end do not count.
fn normal(snapshot: &str) -> String {
    snapshot.trim_end().replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_keeps_its_head() {
        let text = "---\nsource: tests/rules.rs\n---\n1:1-1:3 warning 甲 乙\n丙 missing\n";
        let record = Record::parse(text);
        assert_eq!(record.head, "source: tests/rules.rs\n");
        assert_eq!(record.to_text(), text);
        assert_eq!(record.with("丁 partial\n").to_text(), "---\nsource: tests/rules.rs\n---\n丁 partial\n");
        assert_eq!(Record::parse(&text.replace('\n', "\r\n")), record);
    }

    #[test]
    fn an_empty_snapshot_is_a_record_too() {
        let record = Record::new("tests/甲.txt", "");
        assert_eq!(Record::parse(&record.to_text()), record);
        assert_eq!(record.compare("\n").outcome(), Outcome::Right);
        assert_eq!(record.compare("一\n").lines, [Line::Come("一".to_owned())]);
        assert_eq!(Record::new("甲", "一\n").compare("").outcome(), Outcome::Missing);
    }

    #[test]
    fn changes_have_names() {
        let record = Record::new("甲", "一\n二\n");
        assert_eq!(record.compare("一\n二\n").outcome(), Outcome::Right);
        assert_eq!(record.compare("一\n").outcome(), Outcome::Missing);
        assert_eq!(record.compare("一\n二\n三\n").outcome(), Outcome::Noisy);
        assert_eq!(record.compare("一\n三\n").outcome(), Outcome::Changed);
    }
}
