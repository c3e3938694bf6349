//! Document numbers: 石政报〔2021〕3号, with the right brackets, wrong ones, or one lost.
//!
//! It finds the form; whether it is the report's own is for the frame to say, whether the form is right for rules.

use super::{
    figure,
    words::{is_han, rest},
};
use crate::text::Span;

/// Longest code of the issuing body, in characters.
const LONGEST_PREFIX: usize = 12;

/// The first document number in `text`, in bytes of it. `tail` says that 号 must close it.
pub(super) fn find(text: &str, tail: bool) -> Option<Span> {
    let mut at = 0;
    while let Some(char) = rest(text, at).chars().next() {
        let run = figure::digits(rest(text, at));
        if run == 0 {
            at += char.len_utf8();
            continue;
        }
        if let Some(found) = around(text, at, run, tail) {
            return Some(found);
        }
        at += run;
    }
    None
}

/// The document number whose year opens the figures at `at`.
fn around(text: &str, at: usize, run: usize, tail: bool) -> Option<Span> {
    let before = text.get(..at)?;
    let opened = before.chars().next_back().filter(|char| is_opening(*char));
    let value: i32 = text.get(at..at + 4)?.parse().ok()?;
    if !(1949..2100).contains(&value) {
        return None;
    }
    let after_year = rest(text, at + 4);
    let closed = after_year.chars().next().filter(|char| run == 4 && is_closing(*char));
    let glued = opened.is_some() && run > 4;
    if opened.is_none() && closed.is_none() || closed.is_none() && !glued {
        return None;
    }
    let from = at + 4 + closed.map_or(0, char::len_utf8);
    let behind = rest(text, from);
    let ordinal = if behind.starts_with('第') { '第'.len_utf8() } else { 0 };
    let end = from + ordinal + figure::digits(rest(behind, ordinal));
    let sealed = rest(text, end).starts_with('号');
    if end == from + ordinal || tail && !sealed {
        return None;
    }
    let start = at - opened.map_or(0, char::len_utf8);
    Some(Span::new(start - prefix(text.get(..start)?), end + if sealed { '号'.len_utf8() } else { 0 }))
}

/// The length of the issuing body's code at the end of `text`.
fn prefix(text: &str) -> usize {
    text.chars().rev().take(LONGEST_PREFIX).take_while(|char| is_han(*char)).map(char::len_utf8).sum()
}

/// Brackets that open a year, the right one first.
pub(super) const fn is_opening(char: char) -> bool {
    matches!(char, '〔' | '[' | '［' | '【' | '﹝' | '（' | '(' | '{' | '<' | '〈')
}

/// Brackets that close a year, the right one first.
pub(super) const fn is_closing(char: char) -> bool {
    matches!(char, '〕' | ']' | '］' | '】' | '﹞' | '）' | ')' | '}' | '>' | '〉')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<&str> {
        find(text, true).map(|span| &text[span.start..span.end])
    }

    #[test]
    fn reads_the_right_form_and_wrong_ones() {
        for number in ["石政报〔2021〕3号", "石政〔2021〕第3号", "石政[2021]3号", "石政（2021）3号", "石政【2021】3号"]
        {
            assert_eq!(read(number), Some(number));
        }
        assert_eq!(read("2021﹞47号"), Some("2021﹞47号"));
        assert_eq!(read("石政〔202526号"), Some("石政〔202526号"));
        assert_eq!(read("签发：石政〔2021〕3号签发人"), Some("石政〔2021〕3号"));
    }

    #[test]
    fn other_brackets_are_none() {
        for text in ["方案（2021）", "规划（2021—2025年）", "〔2021〕", "第118号", "（1234）5号", "修订（2021年）3号"]
        {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(find("国办发〔2018〕118", true), None);
        assert!(find("国办发〔2018〕118", false).is_some());
    }
}
