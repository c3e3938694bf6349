//! Checks of a file's raw text: size, nesting, characters that nobody sees, indentation.
//!
//! They run before the parser where it could be driven too deep, and beside it where it lets pass what a person
//! cannot see. They know lines and characters, not YAML's structure.

use super::{
    flaw::Flaw,
    node::MAX_DEPTH,
    tree::{Data, Tree},
};
use crate::text::{Span, slice};

/// How many bytes a file may have.
const MAX_BYTES: usize = 4 << 20;
/// How many hidden characters are shown one by one.
const MAX_HIDDEN: usize = 20;

/// What the raw text gave.
pub(super) struct Checked {
    /// What is wrong.
    pub flaws: Vec<Flaw>,
    /// Whether the parser may see the text.
    pub readable: bool,
}

/// Checks `text` before any parser sees it.
pub(super) fn check(text: &str) -> Checked {
    if text.len() > MAX_BYTES {
        let flaw = Flaw::new(Span::default(), format!("文件超过{}兆字节", MAX_BYTES >> 20)).help("分成几个文件");
        return Checked { flaws: vec![flaw], readable: false };
    }
    if let Some(at) = text.find(char::REPLACEMENT_CHARACTER) {
        let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
        let flaw = Flaw::new(span, "这里是乱码：文件不是 UTF-8 编码").help("用编辑器打开原来的文件，另存为 UTF-8 编码");
        return Checked { flaws: vec![flaw], readable: false };
    }
    if let Some(flaw) = nested_dashes(text) {
        return Checked { flaws: vec![flaw], readable: false };
    }
    Checked { flaws: hidden(text), readable: true }
}

/// The flaw of lists and maps that lie too deep in each other.
pub(super) fn too_deep(span: Span) -> Flaw {
    Flaw::new(span, format!("列表和键一层套一层，超过{MAX_DEPTH}层")).help("用不到这么多层，检查括号和行首的“- ”")
}

/// A line that opens more lists and maps by `- `, `? ` and `: ` than may lie in each other.
fn nested_dashes(text: &str) -> Option<Flaw> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut depth = 0;
        let mut bytes = line.bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let ends = bytes.peek().is_none_or(|(_, next)| matches!(next, b' ' | b'\t' | b'\r' | b'\n'));
            match byte {
                b' ' => {}
                b'-' | b'?' | b':' if ends => depth += 1,
                _ => break,
            }
            if depth > MAX_DEPTH {
                return Some(too_deep(Span::new(start + at, start + at + 1)));
            }
        }
        start += line.len();
    }
    None
}

/// Control characters and characters without a shape: copied from a web page or a Word file, they keep a wording
/// from ever being found.
fn hidden(text: &str) -> Vec<Flaw> {
    // A return without a line feed ends a line for YAML and for nobody else.
    let lone = |at: usize, char: char| char == '\r' && !text.get(at + 1..).is_some_and(|rest| rest.starts_with('\n'));
    let all = text.char_indices().filter(|(at, char)| is_hidden(*char) || lone(*at, *char));
    let flaw = |(at, char): (usize, char)| {
        let span = Span::new(at, at + char.len_utf8());
        let message = format!("这里有一个看不见的字符 U+{:04X}", u32::from(char));
        Flaw::new(span, message).help("删去它；这类字符多是从网页或 Word 复制时带来的")
    };
    all.take(MAX_HIDDEN).map(flaw).collect()
}

/// Whether a person cannot see a character.
pub(super) fn is_hidden(char: char) -> bool {
    let shapeless = matches!(char,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    shapeless || (char.is_control() && !matches!(char, '\t' | '\n' | '\r'))
}

/// What is wrong with the white space at the starts of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blank {
    /// A tab, which the parser lets pass within brackets.
    Tab,
    /// A full-width or other blank, which the parser takes for a part of the key behind it.
    Wide,
}

impl Blank {
    fn is(self, char: char) -> bool {
        match self {
            Self::Tab => char == '\t',
            Self::Wide => char.is_whitespace() && !char.is_ascii(),
        }
    }

    /// The flaw of the lines that have it.
    pub(super) fn flaw(self, text: &str, lines: &[Span]) -> Option<Flaw> {
        let first = lines.first()?;
        let (name, help) = match self {
            Self::Tab => ("制表符（Tab）", "缩进只能用空格，每一级两个空格；编辑器里可以把制表符全部替换成空格"),
            Self::Wide if !slice(text, *first).contains('\u{3000}') => (
                "不间断空格一类的特殊空格",
                "缩进只能用普通的半角空格；这类空格多是从网页或 Word 复制时带来的，删去它们，重新打空格",
            ),
            Self::Wide => ("全角空格", "缩进只能用半角空格，每一级两个空格；编辑器里可以把全角空格全部替换成半角空格"),
        };
        let more = if lines.len() > 1 { format!("，共{}行", lines.len()) } else { String::new() };
        Some(Flaw::new(*first, format!("缩进用了{name}{more}")).help(help))
    }

    /// The white space at the starts of lines, where it is among it. Blank lines and comments are left out.
    pub(super) fn lines(self, text: &str) -> Vec<Span> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim();
            let indent = line.len() - line.trim_start().len();
            let blank = line.get(..indent).unwrap_or_default();
            if !content.is_empty() && !content.starts_with('#') && blank.chars().any(|char| self.is(char)) {
                lines.push(Span::new(start, start + indent));
            }
            start += line.len();
        }
        lines
    }

    /// The same outside of texts that go over several lines, where it is content.
    pub(super) fn outside_texts(self, text: &str, tree: &Tree) -> Vec<Span> {
        let mut lines = self.lines(text);
        let texts = tree.nodes.iter().filter(|node| matches!(node.data, Data::Scalar(_)));
        let texts: Vec<Span> = texts.map(|node| node.span).collect();
        lines.retain(|line| {
            let next = texts.partition_point(|text| text.start <= line.start);
            let before = next.checked_sub(1).and_then(|at| texts.get(at));
            before.is_none_or(|text| text.end <= line.start)
        });
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_dashes_never_reaches_the_parser() {
        assert!(!check(&"- ".repeat(100_000)).readable);
        assert!(check(&"- ".repeat(MAX_DEPTH)).readable);
        assert!(check("a: ---------------------------------------------------------------------------").readable);
    }

    #[test]
    fn a_file_that_is_too_big_is_not_read() {
        assert!(!check(&"#".repeat(MAX_BYTES + 1)).readable);
        assert!(check(&"#".repeat(MAX_BYTES)).readable);
    }

    #[test]
    fn shapeless_characters_are_shown() {
        let flaws = check("a: 法\u{200b}治\u{feff}").flaws;
        assert_eq!(flaws.len(), 2);
        assert!(flaws[0].message.contains("U+200B"));
        assert_eq!(flaws[0].span, Span::new(6, 9));
        assert_eq!(check("a: 1\r\nb: 2\rc: 3").flaws.len(), 1);
    }
}
