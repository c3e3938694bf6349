//! Draws the faults of a pack for a terminal: place, message, the line with the place marked, the cure.
//!
//! miette draws the snippet. It counts columns in bytes and speaks English around its parts, so place, message and
//! cure are printed by us, and it is given one trimmed line at a time.

use std::{collections::HashMap, fmt::Write as _};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};

use super::{
    error::{FaultPlace, PackError},
    guard::is_hidden,
};
use crate::text::{Lines, Span, display_width, slice};

/// How many faults are drawn; the others are counted.
const MAX_DRAWN: usize = 100;
/// How many faults with the same message are drawn for a file; of the others only the lines are named.
const MAX_ALIKE: usize = 3;
/// How many such lines are named.
const MAX_LINES: usize = 12;
/// The cells of a line that stand before the place, where the line is cut.
const BEFORE: usize = 36;

impl PackError {
    /// All faults as text, `width` cells wide, with colours for a terminal if `color`. Chinese throughout.
    #[must_use]
    pub fn render(&self, width: usize, color: bool) -> String {
        let width = width.clamp(40, 200);
        let mut out = String::new();
        let repeated = self.repeated();
        for (index, fault) in self.faults.iter().enumerate().take(MAX_DRAWN) {
            let again = repeated.get(&(fault.place.source, &fault.message)).map_or(&[][..], Vec::as_slice);
            let hidden = again.get(MAX_ALIKE..).unwrap_or_default();
            if hidden.contains(&index) {
                continue;
            }
            out.push_str(&wrapped(&fault.message, "✗ ", width, color));
            self.draw(&mut out, &fault.place, width, color);
            if let Some((place, told)) = &fault.related {
                let _ = writeln!(out, "   {told}：");
                self.draw(&mut out, place, width, color);
            }
            if let Some(help) = &fault.help {
                out.push_str(&wrapped(help, "   改法：", width, false));
            }
            if again.get(MAX_ALIKE - 1) == Some(&index) && !hidden.is_empty() {
                out.push_str(&wrapped(&self.lines(hidden), "   ", width, false));
            }
            out.push('\n');
        }
        let more = self.hidden + self.faults.len().saturating_sub(MAX_DRAWN);
        if more > 0 {
            let _ = writeln!(out, "另有{more}处没有列出，先改好上面这些。");
        }
        let count = self.faults.len() + self.hidden;
        let _ = writeln!(out, "{}共有{count}处错误，改好以前不能使用。", self.what);
        out
    }

    /// The faults by file and message, as indices.
    fn repeated(&self) -> HashMap<(usize, &str), Vec<usize>> {
        let mut repeated: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
        for (index, fault) in self.faults.iter().enumerate() {
            repeated.entry((fault.place.source, &fault.message)).or_default().push(index);
        }
        repeated
    }

    /// How many more faults of one kind there are, and in which lines.
    fn lines(&self, indices: &[usize]) -> String {
        let mut lines: Vec<usize> = indices.iter().filter_map(|at| Some(self.faults.get(*at)?.place.line)).collect();
        lines.dedup();
        let more = if lines.len() > MAX_LINES { "等" } else { "" };
        let listed: Vec<String> = lines.iter().take(MAX_LINES).map(usize::to_string).collect();
        format!("同样的错误还有{}处，在第{}{more}行", indices.len(), listed.join("、"))
    }

    /// The snippet of one place, under a header that says `文件:行:列` in characters.
    fn draw(&self, out: &mut String, place: &FaultPlace, width: usize, color: bool) {
        let text = self.sources.get(place.source).map_or("", |file| file.text.as_str());
        let name = format!("{}:{}:{}", clean(&place.file), place.line, place.column);
        let window = window(text, place.span, width.saturating_sub(10));
        if window.text.trim().is_empty() {
            let _ = writeln!(out, "   ╰─[{name}]");
            return;
        }
        let snippet = Snippet { name, line: place.line.saturating_sub(1), window };
        let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_context_lines(0)
            .without_primary_span_start()
            .without_syntax_highlighting()
            .with_width(width);
        let mut drawn = String::new();
        // Drawing fails only where the span lies outside of the text, which the window rules out.
        if handler.render_report(&mut drawn, &snippet).is_err() {
            let _ = writeln!(out, "  {}", snippet.name);
            return;
        }
        // The first line is the message, which stands above already.
        let body = drawn.split_once('\n').map_or("", |(_, body)| body);
        for line in body.trim_end().lines() {
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
}

/// One line of a file, trimmed around a place in it.
#[derive(Debug)]
struct Window {
    text: String,
    /// The place, in bytes of `text`.
    span: Span,
}

/// What miette draws.
#[derive(Debug)]
struct Snippet {
    name: String,
    /// The line's number, from 0.
    line: usize,
    window: Window,
}

impl std::fmt::Display for Snippet {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet {}

impl Diagnostic for Snippet {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let Span { start, .. } = self.window.span;
        Some(Box::new(std::iter::once(LabeledSpan::new(None, start, self.window.span.len()))))
    }
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::from((0, self.window.text.len()));
        let data = self.window.text.as_bytes();
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), data, whole, self.line, 0, 1)))
    }
}

/// The first line of `span`, cut to about `width` cells around it, without characters that a terminal obeys.
fn window(text: &str, span: Span, width: usize) -> Window {
    let lines = Lines::new(text);
    let line = lines.span(text, lines.index(span.start));
    let content = slice(text, line).trim_end_matches('\r');
    let line = Span::new(line.start, line.start + content.len());
    let start = span.start.clamp(line.start, line.end);
    let end = span.end.clamp(start, line.end);
    let from = cut_before(text, line, start, end, width);
    let mut window = Window { text: String::new(), span: Span::default() };
    if from > line.start {
        window.text.push('…');
    }
    let mut cells = display_width(&window.text);
    let rest = slice(text, Span::new(from, line.end));
    for (at, char) in rest.char_indices().map(|(at, char)| (from + at, char)) {
        if at == start {
            window.span.start = window.text.len();
        }
        if at == end {
            window.span.end = window.text.len();
        }
        let shown = if is_hidden(char) { '␣' } else { char };
        cells += display_width(shown.encode_utf8(&mut [0; 4]));
        if cells > width {
            window.text.push('…');
            break;
        }
        window.text.push(shown);
    }
    let is_whole = from + rest.len() == line.end && !window.text.ends_with('…');
    if is_whole && start == line.end {
        window.span.start = window.text.len();
    }
    finish(window, end > start)
}

/// Where a long line starts to be shown.
fn cut_before(text: &str, line: Span, start: usize, end: usize, width: usize) -> usize {
    let whole = slice(text, line);
    if display_width(whole) <= width {
        return line.start;
    }
    let marked = display_width(slice(text, Span::new(start, end)));
    let room = BEFORE.min(width.saturating_sub(marked.min(width / 2)) / 2);
    let mut from = start;
    for (at, char) in slice(text, Span::new(line.start, start)).char_indices().rev() {
        let cells = display_width(slice(text, Span::new(line.start + at, start)));
        if cells > room || char == '\n' {
            break;
        }
        from = line.start + at;
    }
    from
}

/// A place that reaches beyond what is shown ends with it; one that holds nothing still marks one cell.
fn finish(mut window: Window, reaches: bool) -> Window {
    if window.span.end <= window.span.start && reaches {
        window.span.end = window.text.len();
    }
    if window.span.start >= window.text.len() {
        window.span.start = window.text.len();
        window.text.push(' ');
    }
    if window.span.end <= window.span.start {
        let next = window.text.get(window.span.start..).and_then(|rest| rest.chars().next());
        window.span.end = window.span.start + next.map_or(1, char::len_utf8);
    }
    window
}

/// A name without characters that a terminal obeys.
fn clean(name: &str) -> String {
    name.chars().map(|char| if char.is_control() || is_hidden(char) { '␣' } else { char }).collect()
}

/// `text` behind `mark`, broken to `width` cells and indented below the mark. Marks of punctuation do not start a line.
fn wrapped(text: &str, mark: &str, width: usize, color: bool) -> String {
    let indent = display_width(mark);
    let room = width.saturating_sub(indent).max(10);
    let mut lines = vec![String::new()];
    let mut cells = 0;
    for piece in pieces(text) {
        let size = display_width(piece);
        if cells + size > room && cells > 0 {
            lines.push(String::new());
            cells = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if cells == 0 { piece.trim_start() } else { piece });
        }
        cells += size;
    }
    let body = lines.join(&format!("\n{}", " ".repeat(indent)));
    match color {
        true => format!("\u{1b}[31m{mark}\u{1b}[0m{body}\n"),
        false => format!("{mark}{body}\n"),
    }
}

/// The pieces between which a line may be broken: a Chinese character with the marks behind it, or a Latin word.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, char) in text.char_indices() {
        let opens = |char: char| "“（《〔[{".contains(char);
        let closes = |char: char| "”）》〕]}，。；：、？！…".contains(char);
        let is_word = |char: char| char.is_ascii_graphic();
        let glued = before.is_none_or(|before| opens(before) || closes(char) || (is_word(before) && is_word(char)));
        if !glued {
            pieces.extend(text.get(start..at));
            start = at;
        }
        before = Some(char);
    }
    pieces.extend(text.get(start..));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("甲\n{}这里{}\n", "长".repeat(300), "尾".repeat(300));
        let start = text.find("这里").unwrap_or_default();
        let window = window(&text, Span::new(start, start + "这里".len()), 60);
        assert_eq!(slice(&window.text, window.span), "这里");
        assert!(window.text.starts_with('…') && window.text.ends_with('…'));
        assert!(display_width(&window.text) <= 62);
    }

    #[test]
    fn a_place_of_many_lines_marks_the_first() {
        let text = "a: 甲乙\r\n  丙\n";
        let window = window(text, Span::new(3, text.len()), 60);
        assert_eq!((window.text.as_str(), slice(&window.text, window.span)), ("a: 甲乙", "甲乙"));
    }

    #[test]
    fn an_empty_place_marks_one_cell() {
        for (text, at) in [("", 0), ("a:\n", 2), ("a: 甲", 3), ("\n\n", 1)] {
            let window = window(text, Span::new(at, at), 60);
            assert!(!window.span.is_empty() && window.span.end <= window.text.len(), "{text:?} {at}");
        }
    }

    #[test]
    fn nothing_reaches_a_terminal_that_it_obeys() {
        let window = window("a: \u{1b}[31m甲", Span::new(3, 4), 60);
        assert!(!window.text.contains('\u{1b}'));
    }

    #[test]
    fn long_words_are_broken_where_a_reader_expects_it() {
        let text = wrapped("法治政府建设，情况（含依法行政）", "- ", 14, false);
        assert!(text.lines().all(|line| display_width(line) <= 14), "{text}");
        assert!(!text.lines().any(|line| line.trim().starts_with(['，', '）'])), "{text}");
    }
}
