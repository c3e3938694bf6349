//! Markdown, as far as reports use it: headings by `#` or `===`, tables, quotes, lists, bold text.
//!
//! Lines are not joined into paragraphs: reports in Markdown have one paragraph a line. A numbered line stays as it
//! is, since the number is the report's own; so does a line over `---`, which is a rule more often than a heading.

use super::{
    inline, lines,
    table::{Content, Table},
    trimmed,
};
use crate::{
    document::{Paragraph, ParagraphKind},
    text::{Span, slice},
};

/// What the marks of a Markdown text say.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// Its lines and cells.
    pub(super) paragraphs: Vec<Paragraph>,
    /// Marks inside them.
    pub(super) markup: Vec<Span>,
}

/// Reads the marks of a text.
pub(super) fn read(text: &str) -> Marked {
    let mut reader = Reader { text, marked: Marked::default(), table: None, tables: 0, fence: None, above: None };
    for line in lines(text) {
        reader.line(line);
    }
    reader.end_table();
    reader.marked
}

struct Reader<'a> {
    text: &'a str,
    marked: Marked,
    /// The table that the line before belongs to.
    table: Option<Table>,
    /// How many tables have begun.
    tables: usize,
    /// The marks that close the block of code in which the line stands.
    fence: Option<&'a str>,
    /// The paragraph that the line before gave, if it gave one alone.
    above: Option<usize>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: Span) {
        let above = self.above.take();
        let Some(span) = trimmed(self.text, line) else {
            self.end_table();
            return;
        };
        let content = slice(self.text, span);
        if self.in_fence(content) {
            self.end_table();
            return self.paragraph(span, None);
        }
        if is_fence(content) || is_rule(content) {
            self.end_table();
            return;
        }
        if is_underline(content) && above.is_some() {
            return self.underlined(above);
        }
        if content.contains('|') && is_separator(content) {
            return self.separator(above);
        }
        if self.is_row(content) {
            return self.row(span);
        }
        self.end_table();
        self.marked_line(span);
    }

    /// Whether the line is code, whose marks are text. Opens and closes the block.
    fn in_fence(&mut self, content: &'a str) -> bool {
        match self.fence {
            Some(fence) if content.starts_with(fence) => {
                self.fence = None;
                false
            }
            Some(_) => true,
            None => {
                self.fence = is_fence(content).then(|| content.get(..3).unwrap_or_default());
                false
            }
        }
    }

    /// The line before is a heading of the first depth.
    fn underlined(&mut self, above: Option<usize>) {
        let paragraphs = &mut self.marked.paragraphs;
        if let Some(paragraph) = above.and_then(|index| paragraphs.get_mut(index)) {
            paragraph.depth = Some(1);
        }
    }

    /// Whether a line is a row: between bars, or with a bar and right below a row.
    fn is_row(&self, content: &str) -> bool {
        let bars = content.matches('|').count();
        (content.starts_with('|') && content.ends_with('|') && bars > 1) || (self.table.is_some() && bars > 0)
    }

    /// The line between the head of a table and its rows. A head without bars at its ends was taken for a paragraph.
    fn separator(&mut self, above: Option<usize>) {
        if self.table.is_some() || above.is_none() {
            return;
        }
        let head = self.marked.paragraphs.pop_if(|head| slice(self.text, head.span).contains('|'));
        if let Some(head) = head {
            let markup = &mut self.marked.markup;
            markup.truncate(markup.partition_point(|mark| mark.end <= head.span.start));
            self.row(head.span);
        }
    }

    fn row(&mut self, span: Span) {
        if self.table.is_none() {
            self.tables += 1;
        }
        let mut table = self.table.take().unwrap_or_default();
        let kind = ParagraphKind::Cell { table: self.tables - 1, row: table.row_count() };
        let mut contents = Vec::new();
        for cell in cells(self.text, span) {
            let Some(span) = cell else {
                contents.push(Content::Blank);
                continue;
            };
            contents.push(Content::of(slice(self.text, span), self.marked.paragraphs.len()));
            inline::find(self.text, span, &mut self.marked.markup);
            self.marked.paragraphs.push(Paragraph { span, kind, depth: None, continues: false, area: None });
        }
        table.push(contents);
        self.table = Some(table);
    }

    /// The places of a table's cells are known when it is at its end.
    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        for (index, area) in table.areas() {
            if let Some(paragraph) = self.marked.paragraphs.get_mut(index) {
                paragraph.area = area;
            }
        }
    }

    /// A line that is neither code nor table nor rule.
    fn marked_line(&mut self, span: Span) {
        let mut span = span;
        while let Some(rest) = without_marker(self.text, span) {
            span = rest;
        }
        let (depth, span) = heading(self.text, span);
        if let Some(span) = span {
            self.paragraph(span, depth);
        }
    }

    fn paragraph(&mut self, span: Span, depth: Option<u8>) {
        if self.fence.is_none() {
            inline::find(self.text, span, &mut self.marked.markup);
            self.above = Some(self.marked.paragraphs.len());
        }
        self.marked.paragraphs.push(Paragraph { span, kind: ParagraphKind::Body, depth, continues: false, area: None });
    }
}

fn is_fence(content: &str) -> bool {
    content.starts_with("```") || content.starts_with("~~~")
}

/// `---`, `***`, `_ _ _`.
fn is_rule(content: &str) -> bool {
    let mut marks = content.chars().filter(|char| !char.is_whitespace());
    let Some(first) = marks.next().filter(|char| matches!(char, '-' | '*' | '_')) else { return false };
    let mut count = 1;
    marks.all(|char| {
        count += 1;
        char == first
    }) && count >= 3
}

fn is_underline(content: &str) -> bool {
    content.len() >= 2 && content.bytes().all(|byte| byte == b'=')
}

/// `| --- | :-: |`, between the head and the rows of a table.
fn is_separator(content: &str) -> bool {
    content.contains('-') && content.chars().all(|char| matches!(char, '|' | '-' | ':' | ' ' | '\t'))
}

/// The cells of a row; none for one that holds nothing.
fn cells(text: &str, span: Span) -> impl Iterator<Item = Option<Span>> {
    let row = slice(text, span);
    let bars = row.match_indices('|').map(|(at, _)| at);
    let unescaped = bars.filter(|at| !row.get(..*at).is_some_and(|before| before.ends_with('\\')));
    // The bars at the ends of a line open and close it.
    let mut start = span.start + usize::from(row.starts_with('|'));
    let closed = row.len() > 1 && row.ends_with('|');
    let ends = unescaped.filter(|at| *at > 0).map(move |at| span.start + at).chain((!closed).then_some(span.end));
    ends.map(move |bar| {
        let cell = trimmed(text, Span::new(start, bar));
        start = bar + 1;
        cell
    })
}

/// The line behind a quotation or list mark. A page number (`- 1 -`) has none.
fn without_marker(text: &str, span: Span) -> Option<Span> {
    let content = slice(text, span);
    let rest = match content.as_bytes() {
        [b'>', ..] => content.get(1..)?,
        [b'-' | b'*' | b'+', b' ' | b'\t', ..] if !content.ends_with('-') => content.get(2..)?,
        _ => return None,
    };
    trimmed(text, Span::new(span.end - rest.len(), span.end))
}

/// The depth of a heading and its words. Chinese authors often leave out the blank behind the marks.
fn heading(text: &str, span: Span) -> (Option<u8>, Option<Span>) {
    let content = slice(text, span);
    let words = content.trim_start_matches('#');
    let depth = content.len() - words.len();
    let begins = words.chars().next().is_none_or(|char| char.is_whitespace() || !char.is_ascii());
    if !(1..=6).contains(&depth) || !begins {
        return (None, Some(span));
    }
    let closed = words.trim_end().trim_end_matches('#');
    let closed = if closed.ends_with(char::is_whitespace) { closed } else { words };
    let start = span.start + depth;
    (u8::try_from(depth).ok(), trimmed(text, Span::new(start, start + closed.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_lines(text: &str) -> Vec<(String, Option<u8>)> {
        let marked = read(text);
        marked.paragraphs.iter().map(|line| (slice(text, line.span).to_owned(), line.depth)).collect()
    }

    fn words(text: &str) -> Vec<String> {
        read_lines(text).into_iter().map(|line| line.0).collect()
    }

    #[test]
    fn headings_have_the_depth_of_their_marks() {
        let found = read_lines("# 报告\n###一、举措 ##\n#1 没有空格\n####### 七\n题\n===\n## #\n");
        let expected =
            [("报告", Some(1)), ("一、举措", Some(3)), ("#1 没有空格", None), ("####### 七", None), ("题", Some(1))];
        let found: Vec<(&str, Option<u8>)> = found.iter().map(|(line, depth)| (line.as_str(), *depth)).collect();
        assert_eq!(found[..5], expected);
    }

    #[test]
    fn cells_share_table_and_row_and_separators_are_none() {
        let text = "|项目|数量|\n| :-- | --: |\n| 检查\\|巡查 | |\n行政处罚 | 3件\n\n| 另 | 表 |\n";
        let cells: Vec<_> = read(text).paragraphs.iter().map(|cell| (slice(text, cell.span), cell.kind)).collect();
        let kind = |table, row| ParagraphKind::Cell { table, row };
        let expected = [
            ("项目", kind(0, 0)),
            ("数量", kind(0, 0)),
            ("检查\\|巡查", kind(0, 1)),
            ("行政处罚", kind(0, 2)),
            ("3件", kind(0, 2)),
            ("另", kind(1, 0)),
            ("表", kind(1, 0)),
        ];
        assert_eq!(cells, expected);
    }

    #[test]
    fn a_table_needs_no_bars_at_its_ends() {
        let text = "正文\n项目 | **数量**\n--- | ---\n检查 | 3\n";
        let marked = read(text);
        let kinds: Vec<_> = marked.paragraphs.iter().map(|cell| cell.kind).collect();
        let cell = |row| ParagraphKind::Cell { table: 0, row };
        assert_eq!(kinds, [ParagraphKind::Body, cell(0), cell(0), cell(1), cell(1)]);
        assert_eq!(marked.markup.len(), 2);
    }

    #[test]
    fn a_bar_in_running_text_makes_no_table() {
        let found = read("来源：县政府网 | 字号：大\n");
        assert_eq!(found.paragraphs.first().map(|line| line.kind), Some(ParagraphKind::Body));
    }

    #[test]
    fn quotation_and_list_marks_are_left_out_but_numbers_stay() {
        assert_eq!(
            words("> 引文\n- 第一项\n* > 第二项\n1. 学习\n- 1 -\n*.加强\n-3℃\n"),
            ["引文", "第一项", "第二项", "1. 学习", "- 1 -", "*.加强", "-3℃"]
        );
    }

    #[test]
    fn rules_and_fences_give_no_paragraph() {
        assert_eq!(words("---\n题\n---\n* * *\n```text\n# 不是标题\n```\n尾"), ["题", "# 不是标题", "尾"]);
    }

    #[test]
    fn bold_text_is_marked() {
        let text = "## **一、举措**\n> **学深。** 全年\n";
        let marks: Vec<usize> = read(text).markup.iter().map(|span| span.start).collect();
        let expected: Vec<usize> = text.match_indices("**").map(|found| found.0).collect();
        assert_eq!(marks, expected);
    }
}
