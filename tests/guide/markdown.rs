//! The fenced blocks of a page of the guide, and the page with some of them rewritten. It knows no rules.

use std::ops::Range;

/// A fenced block.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The line of its opening fence, from 1.
    pub(super) line: usize,
    /// The first word behind the fence: `yaml`.
    pub(super) language: String,
    /// The other words behind the fence.
    pub(super) words: Vec<String>,
    /// The bytes of its body in the page.
    pub(super) range: Range<usize>,
    /// Its body.
    pub(super) body: String,
}

impl Block {
    /// The value of `key=value` among its words.
    pub(super) fn value(&self, key: &str) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }
}

/// The fenced blocks of a page. Fences are three backticks at the beginning of a line.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String, usize)> = None;
    let mut at = 0;
    for (index, line) in page.split_inclusive('\n').enumerate() {
        let end = at + line.len();
        if let Some(info) = line.trim_end().strip_prefix("```") {
            match open.take() {
                None => open = Some((index + 1, info.to_owned(), end)),
                Some((line, info, start)) => {
                    let mut words = info.split_whitespace().map(str::to_owned);
                    let language = words.next().unwrap_or_default();
                    let body = page[start..at].to_owned();
                    found.push(Block { line, language, words: words.collect(), range: start..at, body });
                }
            }
        }
        at = end;
    }
    assert!(open.is_none(), "a fence is not closed: {open:?}");
    found
}

/// The page with new bodies; changes are in the order of the page.
pub(super) fn replace(page: &str, changes: &[(Range<usize>, String)]) -> String {
    let mut text = String::with_capacity(page.len());
    let mut at = 0;
    for (range, body) in changes {
        text.push_str(&page[at..range.start]);
        text.push_str(body);
        at = range.end;
    }
    text + &page[at..]
}

/// A line that stands for any lines that are left out.
pub(super) const LEFT_OUT: &str = "……";
/// What stands in a line for any characters that are left out.
const SOMETHING: char = '…';

/// Whether `shown` is `whole`, but for what `shown` leaves out.
pub(super) fn agrees(shown: &str, whole: &str) -> bool {
    let whole: Vec<&str> = whole.lines().collect();
    let lines: Vec<&str> = shown.lines().collect();
    let same = |shown: &[&str], whole: &[&str]| {
        whole.len() >= shown.len() && shown.iter().zip(whole).all(|(shown, whole)| is_line(shown, whole))
    };
    let mut parts = lines.split(|line| *line == LEFT_OUT).peekable();
    let (mut at, mut first) = (0, true);
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        let starts = |from: &usize| same(part, &whole[*from..]);
        let found = match (first, last) {
            (true, true) => return whole.len() == part.len() && same(part, &whole),
            (true, false) => Some(0).filter(starts),
            (false, true) => whole.len().checked_sub(part.len()).filter(|from| *from >= at).filter(starts),
            (false, false) => (at..=whole.len().saturating_sub(part.len())).find(starts),
        };
        let Some(from) = found else { return false };
        (at, first) = (from + part.len(), false);
    }
    true
}

/// A line with `…` is compared up to the first and from the last.
fn is_line(shown: &str, whole: &str) -> bool {
    let Some((head, rest)) = shown.split_once(SOMETHING) else { return shown == whole };
    let tail = rest.rsplit(SOMETHING).next().unwrap_or_default();
    whole.len() >= head.len() + tail.len() && whole.starts_with(head) && whole.ends_with(tail)
}
