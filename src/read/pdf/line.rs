//! A line of text: its characters with their edges, and the blanks between them.

use super::page::Turn;

/// A character of a line, with its edges along the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Char {
    pub(super) char: char,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) font: u16,
    /// Whether it is small and stands above the baseline, as the mark of a footnote.
    pub(super) raised: bool,
}

/// A line of text. Lengths are points, in a page turned so that the line runs to the right.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Which page, from 1.
    pub(super) page: usize,
    pub(super) turn: Turn,
    /// From left to right.
    pub(super) chars: Vec<Char>,
    /// From the top of the page.
    pub(super) baseline: f32,
    /// The largest font size in it.
    pub(super) size: f32,
    pub(super) left: f32,
    pub(super) right: f32,
    /// When its first glyph was drawn.
    pub(super) order: usize,
    pub(super) artifact: bool,
}

/// From where to where a character shows ink: full-width marks fill one half of their box, and typesetters push the
/// other half under the neighbour.
pub(super) fn ink(char: char, left: f32, right: f32, size: f32) -> (f32, f32) {
    let middle = (left + right) / 2.0;
    match char {
        _ if right - left < 0.8 * size => (left, right),
        '“' | '‘' | '《' | '〈' | '（' | '〔' | '【' | '「' | '『' => (middle, right),
        '”' | '’' | '》' | '〉' | '）' | '〕' | '】' | '」' | '』' => (left, middle),
        '，' | '。' | '、' | '；' | '：' | '！' | '？' => (left, middle),
        _ => (left, right),
    }
}

impl Line {
    /// Drops blanks at both ends.
    pub(super) fn trim(&mut self) {
        let is_blank = |char: &Char| char.char.is_whitespace();
        let end = self.chars.iter().rposition(|char| !is_blank(char)).map_or(0, |last| last + 1);
        self.chars.truncate(end);
        let start = self.chars.iter().position(|char| !is_blank(char)).unwrap_or_default();
        self.chars.drain(..start);
        if let (Some(first), Some(last)) = (self.chars.first(), self.chars.last()) {
            (self.left, self.right) = (first.left, last.right);
        }
    }

    /// Its characters as text, blanks put in where the page leaves room; each with its edges.
    pub(super) fn text(&self) -> Vec<(char, f32, f32)> {
        let mut text: Vec<(char, f32, f32)> = Vec::with_capacity(self.chars.len());
        let mut before: Option<Char> = None;
        for char in &self.chars {
            if let Some(before) = before {
                let gap = char.left - before.right;
                let blank = blank_for(before.char, char.char, gap / self.size);
                text.extend(blank.map(|blank| (blank, before.right, char.left)));
            }
            let shown = if char.raised { raised(char.char) } else { char.char };
            text.push((shown, char.left, char.right));
            before = Some(*char);
        }
        text
    }

    /// Its characters as a string, without blanks.
    pub(super) fn letters(&self) -> String {
        self.chars.iter().map(|char| char.char).filter(|char| !char.is_whitespace()).collect()
    }
}

/// The blank that a gap of so many font sizes between two characters stands for.
fn blank_for(before: char, next: char, gap: f32) -> Option<char> {
    if before.is_whitespace() || next.is_whitespace() {
        return None;
    }
    if gap >= 0.9 {
        return Some('\u{3000}');
    }
    let are_letters = before.is_ascii_alphanumeric() && next.is_ascii_alphanumeric();
    (gap >= 0.5 || (gap >= 0.2 && are_letters)).then_some(' ')
}

/// A raised digit as a character of its own, so that a footnote's mark does not run into a number.
fn raised(char: char) -> char {
    match char {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + u32::from(char) - u32::from('0')).unwrap_or(char),
        other => other,
    }
}
