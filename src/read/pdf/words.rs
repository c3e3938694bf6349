//! What the first and last characters of a line say: a word that can't be broken, a mark that closes, a number that
//! opens.

use super::line::{Char, Line};

/// No word is held together beyond so many font sizes.
const LONGEST_WORD: f32 = 8.0;

/// The width of what can't be broken at the start of a line: a character with the marks that cling to it, a number.
/// Word processors differ in what they hold together; this is the most that any does.
pub(super) fn first_word(line: &Line) -> f32 {
    let mut chars = line.chars.iter().peekable();
    let mut right = line.left;
    while let Some(char) = chars.next_if(|char| clings_to_next(char.char)) {
        right = char.right;
    }
    let mut goes_on = true;
    while goes_on && right - line.left < LONGEST_WORD * line.size {
        let Some(first) = chars.next() else { break };
        right = first.right;
        if is_word(first.char) {
            while let Some(char) = chars.next_if(|char: &&Char| is_word(char.char)) {
                right = char.right;
            }
        }
        goes_on = false;
        while let Some(char) = chars.next_if(|char| clings_to_last(char.char) || is_quote(char.char)) {
            right = char.right;
            // A quotation mark holds on to both its neighbours; a mark, to a figure behind it.
            goes_on = is_quote(char.char) || chars.peek().is_some_and(|next| next.char.is_ascii_digit());
        }
    }
    (right - line.left).min(LONGEST_WORD * line.size)
}

fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '.' | ',' | '-' | '/')
}

fn is_quote(char: char) -> bool {
    "“”‘’\"'".contains(char)
}

fn clings_to_next(char: char) -> bool {
    "“‘《〈（(〔[【「『".contains(char)
}

fn clings_to_last(char: char) -> bool {
    "，。、；：！？”’》〉）)〕]】」』%％…,.;:!?".contains(char)
}

fn last_char(line: &Line) -> Option<&Char> {
    line.chars.last()
}

/// Whether a line ends with a mark that may close a paragraph.
pub(super) fn is_closed(line: &Line) -> bool {
    last_char(line).is_some_and(|last| "。！？；：…”".contains(last.char))
}

/// Whether the font runs on from the end of one line to the beginning of the next.
pub(super) fn same_font(above: &Line, below: &Line) -> bool {
    let is_han = |char: &&Char| ('\u{4e00}'..='\u{9fff}').contains(&char.char);
    let last = above.chars.iter().rev().find(is_han);
    let first = below.chars.iter().find(is_han);
    last.zip(first).is_none_or(|(last, first)| last.font == first.font)
}

/// Whether a line opens with a number that a paragraph may open with: 一、 （一） 1. 1、 （1） ①.
pub(super) fn opens_with_number(line: &Line) -> bool {
    let text = line.letters();
    let inner = text.trim_start_matches(['（', '(']);
    let bracketed = inner.len() < text.len();
    let is_number = |char: &char| "一二三四五六七八九十百〇○零".contains(*char) || is_digit(*char);
    let number: String = inner.chars().take_while(is_number).take(4).collect();
    let mut rest = inner.get(number.len()..).unwrap_or_default().chars();
    let mark = rest.next();
    let is_figure = number.chars().all(is_digit);
    match mark {
        _ if text.starts_with(|char| ('①'..='⑳').contains(&char)) => true,
        _ if number.is_empty() => false,
        Some('）' | ')') => bracketed,
        Some('、') => !bracketed,
        // 2.5 is a figure.
        Some('.' | '．') => !bracketed && is_figure && !rest.next().is_some_and(is_digit),
        _ => false,
    }
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || ('０'..='９').contains(&char)
}

#[cfg(test)]
mod tests {
    use super::{super::page::Turn, *};

    fn line(text: &str) -> Line {
        let chars: Vec<Char> = text
            .chars()
            .zip(0_u8..)
            .map(|(char, place)| {
                let left = 10.0 * f32::from(place);
                Char { char, left, right: left + 10.0, font: 0, raised: false }
            })
            .collect();
        let (right, size) = (10.0 * chars.len() as f32, 10.0);
        Line { page: 1, turn: Turn::Right, chars, baseline: 0.0, size, left: 0.0, right, order: 0, artifact: false }
    }

    #[test]
    fn holds_words_together() {
        for (text, length) in
            [("建设", 1), ("建，设", 2), ("2460册", 4), ("《法》", 3), ("化“放管", 3), ("足，14件", 4), ("一二三", 1)]
        {
            assert_eq!((first_word(&line(text)) / 10.0).round() as i32, length, "{text}");
        }
    }

    #[test]
    fn knows_numbers_that_open_a_paragraph() {
        for opening in ["一、成效", "（一）抓学习", "(2)抓执法", "3.强化监督", "4、工作", "①普法", "十二、其他"]
        {
            assert!(opens_with_number(&line(opening)), "{opening}");
        }
        for other in ["2.5万人", "一是学习", "2024年", "（区）人民政府", "三村"] {
            assert!(!opens_with_number(&line(other)), "{other}");
        }
    }
}
