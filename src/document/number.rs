//! Numbering forms at the start of a line or an item: 一、 （一） 1. （1） ① 一是 其一 第一，.
//!
//! It reads a form and its value; whether the line is a heading is for `outline` to say.

use crate::text::Span;

/// A form of numbering. The first four are the levels of GB/T 9704, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// 一、
    Chapter,
    /// （一）
    Section,
    /// 1. or 1、
    Point,
    /// （1）
    SubPoint,
    /// ①
    Circled,
    /// 一是, 一要
    Series,
    /// 其一
    Among,
    /// 第一，
    Ordinal,
    /// 首先，其次，再次，最后
    Sequence,
}

/// A numbering as it stands in the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    /// Its form.
    pub form: Form,
    /// Its value; a form that does not count (首先) has its place in the sequence.
    pub value: u32,
    /// Its bytes in the view, with its marks.
    pub view: Span,
    /// How it departs from the form, if it does.
    pub flaw: Option<Flaw>,
}

/// How a numbering departs from its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// 一） or （一: a bracket is lost.
    Bracket,
    /// （一）、: a mark too many.
    Mark,
    /// 1、: the mark of another form.
    Comma,
    /// 一主要举措: the mark is lost.
    Bare,
}

/// A numbering at the start of a text: its form, value, length in bytes and flaw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) form: Form,
    pub(super) value: u32,
    pub(super) length: usize,
    pub(super) flaw: Option<Flaw>,
}

impl Opening {
    /// The numbering that it is when the text starts at byte `at` of the view.
    pub(super) const fn at(self, at: usize) -> Numbering {
        let view = Span::new(at, at + self.length);
        Numbering { form: self.form, value: self.value, view, flaw: self.flaw }
    }
}

/// The numbering with which a line of the view opens, if it does.
pub(super) fn line_opening(line: &str) -> Option<Opening> {
    bracketed(line)
        .or_else(|| half_bracketed(line))
        .or_else(|| chapter(line))
        .or_else(|| point(line))
        .or_else(|| single(line))
}

/// The mark with which a clause inside a paragraph opens as an item, if it does.
pub(super) fn item_opening(clause: &str) -> Option<Opening> {
    series(clause).or_else(|| among(clause)).or_else(|| sequence(clause)).or_else(|| {
        let inline = bracketed(clause).or_else(|| single(clause))?;
        (inline.form != Form::Section || inline.flaw.is_none()).then_some(inline)
    })
}

/// A Chinese integer from 1 to 99 at the start of `text`: its value and its length in bytes.
pub(super) fn counting(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut length = 0;
    let mut ten_seen = false;
    for char in text.chars() {
        match (chinese_digit(char).map(u32::from), char) {
            (Some(digit), _) if length == 0 || (ten_seen && value % 10 == 0) => value += digit,
            (None, '十') if !ten_seen && value < 10 => {
                value = value.max(1) * 10;
                ten_seen = true;
            }
            _ => break,
        }
        length += char.len_utf8();
    }
    (value > 0).then_some((value, length))
}

/// The value of a Chinese figure from 一 to 九.
#[must_use]
pub const fn chinese_digit(char: char) -> Option<u8> {
    Some(match char {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Up to two figures at the start of `text`.
fn figures(text: &str) -> Option<(u32, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text.get(..length)?.parse().ok()?;
    (length <= 2 && value > 0).then_some((value, length))
}

/// （一） and （1）.
fn bracketed(line: &str) -> Option<Opening> {
    let rest = line.strip_prefix('（')?;
    let (value, length, form) = counted(rest)?;
    let after = rest.get(length..)?.strip_prefix('）')?;
    let mut opening = Opening { form, value, length: 3 + length + 3, flaw: None };
    if after.starts_with('、') {
        opening.length += 3;
        opening.flaw = Some(Flaw::Mark);
    }
    Some(opening)
}

/// 一） and 1）, the left bracket lost.
fn half_bracketed(line: &str) -> Option<Opening> {
    let (value, length, form) = counted(line)?;
    line.get(length..)?.strip_prefix('）')?;
    Some(Opening { form, value, length: length + 3, flaw: Some(Flaw::Bracket) })
}

fn counted(text: &str) -> Option<(u32, usize, Form)> {
    let chinese = counting(text).map(|(value, length)| (value, length, Form::Section));
    chinese.or_else(|| figures(text).map(|(value, length)| (value, length, Form::SubPoint)))
}

/// 一、
fn chapter(line: &str) -> Option<Opening> {
    let (value, length) = counting(line)?;
    let rest = line.get(length..)?;
    let mark = rest.chars().next().filter(|mark| matches!(mark, '、' | '.' | '，'))?;
    // 三、四月 and 七、八个村 count together; they number nothing.
    let after = rest.get(mark.len_utf8()..)?;
    if mark == '，' || counting(after).is_some_and(|(next, _)| next == value + 1) {
        return None;
    }
    let flaw = (mark == '.').then_some(Flaw::Mark);
    Some(Opening { form: Form::Chapter, value, length: length + mark.len_utf8(), flaw })
}

/// 1. and 1、
fn point(line: &str) -> Option<Opening> {
    let (value, length) = figures(line)?;
    let rest = line.get(length..)?;
    let mark = rest.chars().next().filter(|mark| matches!(mark, '、' | '.'))?;
    let after = rest.get(mark.len_utf8()..)?;
    if after.is_empty() || after.starts_with(|char: char| char.is_ascii_digit()) {
        return None;
    }
    let flaw = (mark == '、').then_some(Flaw::Comma);
    Some(Opening { form: Form::Point, value, length: length + mark.len_utf8(), flaw })
}

/// ① and ㈠.
fn single(line: &str) -> Option<Opening> {
    let char = line.chars().next()?;
    let (form, first) = match char {
        '①'..='⑳' => (Form::Circled, '①'),
        '㈠'..='㈩' => (Form::Section, '㈠'),
        _ => return None,
    };
    Some(Opening { form, value: char as u32 - first as u32 + 1, length: char.len_utf8(), flaw: None })
}

/// 一是, 二要, 三抓.
fn series(clause: &str) -> Option<Opening> {
    let (value, length) = counting(clause)?;
    let verb = clause.get(length..)?.chars().next().filter(|verb| matches!(verb, '是' | '要' | '抓'))?;
    Some(Opening { form: Form::Series, value, length: length + verb.len_utf8(), flaw: None })
}

/// 其一， and 第一，.
fn among(clause: &str) -> Option<Opening> {
    let (form, rest) = clause
        .strip_prefix('其')
        .map(|rest| (Form::Among, rest))
        .or_else(|| clause.strip_prefix('第').map(|rest| (Form::Ordinal, rest)))?;
    let (value, length) = counting(rest)?;
    let mark = rest.get(length..)?.chars().next().filter(|mark| matches!(mark, '，' | '、' | '是'))?;
    Some(Opening { form, value, length: 3 + length + mark.len_utf8(), flaw: None })
}

/// 首先，其次，再次，最后.
fn sequence(clause: &str) -> Option<Opening> {
    let places = ["首先", "其次", "再次", "最后"];
    let place = places.iter().position(|place| clause.starts_with(place))?;
    let value = u32::try_from(place).ok()? + 1;
    Some(Opening { form: Form::Sequence, value, length: "首先".len(), flaw: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<(Form, u32, Option<Flaw>)> {
        line_opening(text).map(|opening| (opening.form, opening.value, opening.flaw))
    }

    #[test]
    fn knows_the_forms_of_a_line() {
        assert_eq!(line("十一、推进法治"), Some((Form::Chapter, 11, None)));
        assert_eq!(line("（二十）普法"), Some((Form::Section, 20, None)));
        assert_eq!(line("（一）、普法"), Some((Form::Section, 1, Some(Flaw::Mark))));
        assert_eq!(line("六）普法"), Some((Form::Section, 6, Some(Flaw::Bracket))));
        assert_eq!(line("1.普法"), Some((Form::Point, 1, None)));
        assert_eq!(line("2、普法"), Some((Form::Point, 2, Some(Flaw::Comma))));
        assert_eq!(line("（3）普法"), Some((Form::SubPoint, 3, None)));
        assert_eq!(line("④普法"), Some((Form::Circled, 4, None)));
    }

    #[test]
    fn takes_figures_and_lists_for_no_numbering() {
        for text in ["1.8万人次", "2024年", "三、四月间", "一村一顾问", "十分重视", "12.4宪法日"] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn knows_the_marks_of_items() {
        let item = |text| item_opening(text).map(|opening| (opening.form, opening.value));
        assert_eq!(item("二是执法"), Some((Form::Series, 2)));
        assert_eq!(item("其三，执法"), Some((Form::Among, 3)));
        assert_eq!(item("第一，执法"), Some((Form::Ordinal, 1)));
        assert_eq!(item("再次，执法"), Some((Form::Sequence, 3)));
        assert_eq!(item("第一责任人"), None);
        assert_eq!(item("一些村"), None);
    }
}
