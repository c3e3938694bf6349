//! What the YAML parser could not read, said to a rule keeper: [`flaw`].
//!
//! The parser speaks English and of tokens. Here its message, together with the lines around the place, becomes the
//! mistake that people make there: a full-width colon, a missing blank, a bracket that is not closed. It only
//! explains; whether something is wrong is the parser's word.

use super::{flaw::Flaw, guard::Blank};
use crate::text::{Span, slice};

/// The parser's error `info` at the byte `at` of `text`, in Chinese. `bracket` is the innermost one still open.
pub(super) fn flaw(text: &str, at: usize, info: &str, bracket: Option<usize>) -> Flaw {
    let place = Around::new(text, at);
    if let Some(flaw) = place.indentation(info) {
        return flaw;
    }
    if info.contains("mapping values are not allowed") || info.contains("simple key expect") {
        return place.colon();
    }
    if info.contains("did not find expected key") || info.contains("expected '-' indicator") {
        return place.alignment();
    }
    let bracket = bracket.or_else(|| place.open_on_line());
    let is_quote = matches!(place.char(), '"' | '\'');
    if bracket.is_some() && is_quote && info.contains("trailing content") {
        return place.comma();
    }
    let is_list =
        ["expected ',' or", "flow construct", "illegal placement of ':'"].iter().any(|part| info.contains(part));
    if let Some(bracket) = bracket.filter(|_| is_list) {
        return place.bracket(bracket);
    }
    let (message, help) = plain(info, place.char());
    Flaw::new(place.here(), message).help(help)
}

/// The errors whose meaning does not depend on the lines around.
fn plain(info: &str, char: char) -> (String, &'static str) {
    let table: [(&str, &str, &str); 13] = [
        ("in quoted scalar", "引号没有闭合", "在这个值的末尾补上同样的引号；值分几行时，后面的行要比键缩进"),
        ("quoted scalar, found unexpected", "引号没有闭合", "在这个值的末尾补上同样的引号"),
        ("trailing content after", "引号后面还有文字", "整个值只用一对引号括起来；值里面的引号写成“”"),
        ("unknown escape", "双引号里的反斜杠“\\”有特殊含义", "改用单引号，里面的反斜杠就照原样"),
        ("expected hexadecimal", "双引号里的反斜杠“\\”有特殊含义", "改用单引号，里面的反斜杠就照原样"),
        ("misplaced bracket", "多了一个右括号", "删去它；如果括号是文字的一部分，加引号"),
        ("block sequence entries", "列表项的“- ”要另起一行", "写到下一行并缩进；如果“-”是文字的一部分，加引号"),
        ("unknown anchor", "不能用“*”引用别处的内容", "把内容直接写在这里；如果“*”是文字的一部分，加引号"),
        ("anchor", "文字不能以“&”或“*”开头", "加引号"),
        ("tag", "文字不能以“!”开头", "加引号"),
        ("block scalar", "“|”或“>”后面的文字缩进不对", "从下一行写起，各行缩进相同，用空格"),
        ("valid YAML whitespace", "冒号后面要有一个空格", "冒号后面不能用制表符（Tab），改成空格"),
        ("directive", "行首的“%”有特殊含义", "加引号"),
    ];
    if let Some((_, message, help)) = table.iter().find(|(part, _, _)| info.contains(part)) {
        return ((*message).to_owned(), help);
    }
    if info.contains("unexpected character") {
        return (format!("没有引号的文字不能以“{char}”开头"), "加引号");
    }
    if info.contains("recursion limit") {
        return ("方括号或花括号套得太深".to_owned(), "用不到这么多层，检查括号");
    }
    ("这里不合 YAML 的写法".to_owned(), "对照上下各行，检查缩进、冒号、引号和括号")
}

/// The lines around an error.
struct Around<'a> {
    text: &'a str,
    at: usize,
    /// The line of the error.
    line: Span,
    /// The last line before it that is neither blank nor a comment.
    before: Option<Span>,
}

impl<'a> Around<'a> {
    fn new(text: &'a str, at: usize) -> Self {
        let at = text.floor_char_boundary(at.min(text.len()));
        let line = line_at(text, at);
        let mut before = line;
        let before = loop {
            let Some(end) = before.start.checked_sub(1) else { break None };
            before = line_at(text, end);
            let content = slice(text, before).trim();
            if !content.is_empty() && !content.starts_with('#') {
                break Some(before);
            }
        };
        Self { text, at, line, before }
    }

    fn char(&self) -> char {
        self.text.get(self.at..).and_then(|rest| rest.chars().next()).unwrap_or(' ')
    }

    /// The word at the error, a quoted text to the end of its line, or the whole line where there is nothing at it.
    fn here(&self) -> Span {
        let char = self.char();
        if char.is_whitespace() {
            return trimmed(self.text, self.line);
        }
        let rest = slice(self.text, Span::new(self.at, self.line.end)).trim_end();
        let ends = |next: char| next.is_whitespace() || ",[]{}".contains(next);
        let length = if matches!(char, '"' | '\'') { rest.len() } else { rest.find(ends).unwrap_or(rest.len()) };
        Span::new(self.at, self.at + length.max(char.len_utf8()))
    }

    /// Blanks near by that are no indentation are the reason, whatever the parser made of them.
    fn indentation(&self, info: &str) -> Option<Flaw> {
        let from = self.before.unwrap_or(self.line).start;
        let until = line_at(self.text, (self.line.end + 1).min(self.text.len())).end;
        [Blank::Tab, Blank::Wide].into_iter().find_map(|blank| {
            let lines = blank.lines(self.text);
            let near = lines.iter().any(|line| from <= line.start && line.start <= until);
            let told = blank == Blank::Tab && info.contains("tabs disallowed");
            let first = lines.partition_point(|line| line.start < from);
            (near || told).then(|| blank.flaw(self.text, lines.get(first..).unwrap_or_default())).flatten()
        })
    }

    /// A colon where none can be: a key that is not one, or a second colon in a line.
    fn colon(&self) -> Flaw {
        let lines = [self.before, Some(self.line)];
        for line in lines.into_iter().flatten() {
            if let Some(flaw) = wrong_colon(self.text, line).or_else(|| behind_bracket(self.text, line)) {
                return flaw;
            }
        }
        let head = slice(self.text, Span::new(self.line.start, self.at));
        if head.contains(": ") {
            let message = "一行里有两处“: ”，分不清哪个是键";
            return Flaw::new(self.here(), message).help("如果后一个冒号是文字的一部分，给整个值加引号");
        }
        let deeper = self.before.is_some_and(|before| indent(self.text, self.line) > indent(self.text, before));
        if deeper {
            let help = "与上一行的键对齐；如果是上一行的下级，上一行的冒号后面不能再写值";
            return Flaw::new(trimmed(self.text, self.line), "这一行缩进过多").help(help);
        }
        let span = self.before.unwrap_or(self.line);
        Flaw::new(trimmed(self.text, span), "这一行既不是“键: 值”，也不是列表项").help("键后面写半角冒号和一个空格")
    }

    /// The last bracket before the error on its line that is not closed there. The parser may not have told it yet.
    fn open_on_line(&self) -> Option<usize> {
        let mut open = Vec::new();
        for (at, char) in slice(self.text, Span::new(self.line.start, self.at)).char_indices() {
            match char {
                '[' | '{' => open.push(self.line.start + at),
                ']' | '}' => drop(open.pop()),
                _ => {}
            }
        }
        open.pop()
    }

    fn comma(&self) -> Flaw {
        Flaw::new(self.here(), "这一项前面缺少逗号").help("各项之间用半角逗号“, ”隔开")
    }

    /// A bracket that is not closed, or a comma left out behind an item.
    fn bracket(&self, open: usize) -> Flaw {
        let sign = self.text.get(open..).and_then(|rest| rest.chars().next()).unwrap_or('[');
        let same_line = open >= self.line.start;
        let head = slice(self.text, Span::new(self.line.start, self.at));
        if matches!(self.char(), '[' | '{') && head.ends_with(|char: char| !char.is_whitespace() && char != ',') {
            let message = format!("“{}”在括号里有特殊含义", self.char());
            return Flaw::new(self.here(), message).help("如果它是文字的一部分，给整个值加引号");
        }
        if same_line && matches!(self.char(), '"' | '\'' | '[' | '{') {
            return self.comma();
        }
        if let Some(at) = head.rfind('，').filter(|at| !head.get(*at..).is_some_and(|rest| rest.contains(','))) {
            let span = Span::new(self.line.start + at, self.line.start + at + '，'.len_utf8());
            return Flaw::new(span, "这里用了全角逗号“，”").help("各项之间改用半角逗号“, ”");
        }
        if same_line && self.char() == ':' {
            return Flaw::new(self.here(), "冒号不该出现在这里").help("如果冒号是文字的一部分，给这一项加引号");
        }
        let close = if sign == '{' { '}' } else { ']' };
        Flaw::new(Span::new(open, open + 1), format!("“{sign}”没有闭合")).help(format!("在末尾补上“{close}”"))
    }

    /// A line that fits no level above.
    fn alignment(&self) -> Flaw {
        let lines = [self.before, Some(self.line)];
        for line in lines.into_iter().flatten() {
            let wrong = wrong_dash(self.text, line).or_else(|| wrong_colon(self.text, line));
            if let Some(flaw) = wrong.or_else(|| behind_bracket(self.text, line)) {
                return flaw;
            }
        }
        let help = "同一级的键、同一级的“- ”要上下对齐，用空格缩进";
        Flaw::new(trimmed(self.text, self.line), "这一行的缩进与上面各行都对不齐").help(help)
    }
}

/// `键：值`, or `key:value` without a blank.
fn wrong_colon(text: &str, line: Span) -> Option<Flaw> {
    let content = slice(text, line);
    if content.contains(": ") || content.trim_end().ends_with(':') {
        return None;
    }
    if let Some(at) = content.find('：') {
        let at = line.start + at;
        let flaw = Flaw::new(Span::new(at, at + '：'.len_utf8()), "键后面用了全角冒号“：”");
        return Some(flaw.help("改成半角冒号加一个空格“: ”"));
    }
    let body = content.trim_start().trim_start_matches("- ");
    let colon = body.find(':')?;
    let key = body.get(..colon)?;
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let at = line.start + (content.len() - body.len()) + colon;
    is_key.then(|| Flaw::new(Span::new(at, at + 1), "冒号后面缺少空格").help("写成“键: 值”，冒号后面空一格"))
}

/// `-id: a`, the blank behind the dash forgotten.
fn wrong_dash(text: &str, line: Span) -> Option<Flaw> {
    let content = slice(text, line);
    let body = content.trim_start();
    let follows = body.strip_prefix('-')?.chars().next()?;
    let at = line.start + (content.len() - body.len());
    let wrong = !follows.is_whitespace() && follows != '-';
    wrong.then(|| Flaw::new(Span::new(at, at + 1), "列表的“-”后面缺少空格").help("写成“- ”，减号后面空一格"))
}

/// `[草案]规定` or `{to}有误`: a value that opens with a bracket is a list or map, and nothing may follow it.
fn behind_bracket(text: &str, line: Span) -> Option<Flaw> {
    let content = slice(text, line);
    let opens = |mark: &str| content.find(mark).map(|at| at + mark.len());
    let open = [": [", ": {", "- [", "- {"].into_iter().filter_map(opens).min()?;
    let mut depth = 1;
    for (at, char) in content.char_indices().skip_while(|(at, _)| *at < open) {
        match char {
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let rest = content.get(at + 1..)?;
            let word = rest.trim();
            let is_text = !word.is_empty() && !word.starts_with(['#', ':', ',']);
            let start = line.start + at + 1 + (rest.len() - rest.trim_start().len());
            let flaw = || Flaw::new(Span::new(start, start + word.len()), "括号后面还有文字");
            return is_text.then(|| flaw().help("如果括号是文字的一部分，给整个值加引号"));
        }
    }
    None
}

fn line_at(text: &str, at: usize) -> Span {
    let start = text.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |end| end + 1);
    let end = text.get(at..).and_then(|tail| tail.find('\n')).map_or(text.len(), |length| at + length);
    Span::new(start, end)
}

fn indent(text: &str, line: Span) -> usize {
    let content = slice(text, line);
    content.len() - content.trim_start_matches(' ').len()
}

/// The line without the white space around it.
fn trimmed(text: &str, line: Span) -> Span {
    let content = slice(text, line);
    let start = line.start + (content.len() - content.trim_start().len());
    Span::new(start, start + content.trim().len())
}
