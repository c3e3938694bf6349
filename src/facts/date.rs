//! Years and dates in the view: 2024年, 2024年度, 2024-01-25, 二〇二四年一月五日.
//!
//! [`find`] also marks what belongs to the calendar without naming a year (12月4日, 4·15), so that its figures
//! are not taken for numbers.

use std::fmt;

use super::{
    figure,
    words::{Words, rest},
};
use crate::text::Span;

/// A calendar date; month and day are 0 where they are not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, four digits.
    pub year: i32,
    /// The month from 1, or 0.
    pub month: u8,
    /// The day from 1, or 0.
    pub day: u8,
}

impl fmt::Display for Date {
    /// ISO 8601, as far as it is known: `2024`, `2024-01`, `2024-01-25`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        if self.month > 0 {
            write!(formatter, "-{:02}", self.month)?;
        }
        if self.month > 0 && self.day > 0 {
            write!(formatter, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// A year or date where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateMention {
    /// Its bytes in the view, 年度 and 日 included.
    pub view: Span,
    /// What it says.
    pub date: Date,
    /// Whether it is one end of a range: 2021—2025年.
    pub ranged: bool,
}

/// Appends the years and dates of a block to `mentions`, and returns all that belongs to the calendar, in the order
/// of the text. `text` is the block's view and starts at byte `base` of it; the spans count in the view.
pub(super) fn find(text: &str, base: usize, measures: &Words<'_>, mentions: &mut Vec<DateMention>) -> Vec<Span> {
    let mut calendar: Vec<Span> = Vec::new();
    let mut at = 0;
    let mut before = None;
    while let Some(char) = rest(text, at).chars().next() {
        let figures = char.is_ascii_digit() || figure::chinese_digit(char).is_some() || char == '十';
        let inside = if char.is_ascii_digit() { is_arabic(before) } else { is_chinese(before) };
        let place = Place { text, at, base, measures };
        let found = (figures && !inside).then(|| place.date(mentions).or_else(|| place.without_year())).flatten();
        match found {
            Some(span) => {
                calendar.push(Span::new(base + span.start, base + span.end));
                at = span.end;
                before = None;
            }
            None => {
                at += char.len_utf8();
                before = Some(char);
            }
        }
    }
    calendar
}

/// A place of a block at which a date may start.
struct Place<'a> {
    text: &'a str,
    at: usize,
    base: usize,
    measures: &'a Words<'a>,
}

impl Place<'_> {
    /// A date that opens with a year; spans of what is returned count in the block.
    fn date(&self, mentions: &mut Vec<DateMention>) -> Option<Span> {
        let here = rest(self.text, self.at);
        if let Some((from, to, length)) = glued_years(here) {
            self.mention(mentions, 0, 4, from, true);
            self.mention(mentions, 4, length, to, true);
            return Some(Span::new(self.at, self.at + length));
        }
        let (year, figures) = year(here)?;
        let behind = rest(here, figures);
        let whole = |month, day| Date { year, month, day };
        if let Some((month, day, length)) = marked_day(behind) {
            self.mention(mentions, 0, figures + length, whole(month, day), false);
            return Some(Span::new(self.at, self.at + figures + length));
        }
        let mark = year_mark(behind);
        let first = figures + mark;
        if let Some((to, from, end)) = range_end(here, first) {
            self.mention(mentions, 0, first, whole(0, 0), true);
            self.mention(mentions, from, end, to, true);
            return Some(Span::new(self.at, self.at + end));
        }
        if mark == 0 {
            return None;
        }
        let (month, day, length) = month_and_day(rest(here, first)).unwrap_or_default();
        self.mention(mentions, 0, first + length, whole(month, day), false);
        Some(Span::new(self.at, self.at + first + length))
    }

    fn mention(&self, mentions: &mut Vec<DateMention>, from: usize, to: usize, date: Date, ranged: bool) {
        let start = self.base + self.at;
        mentions.push(DateMention { view: Span::new(start + from, start + to), date, ranged });
    }

    /// A month or a day without its year: 12月4日, 1-3月, 28日, 4·15, 12.4.
    fn without_year(&self) -> Option<Span> {
        let here = rest(self.text, self.at);
        if let Some((_, _, length)) = month_and_day(here) {
            return Some(Span::new(self.list_start(), self.at + length));
        }
        let day = small(here, 31).map(|(_, length)| length);
        let lone = day.filter(|length| rest(here, *length).starts_with('日'));
        if let Some(length) = lone.map(|length| length + '日'.len_utf8()) {
            // 5日内 is a stretch of time, 每月28日 a day.
            return (!rest(here, length).starts_with(['内', '均'])).then(|| Span::new(self.at, self.at + length));
        }
        self.dotted_day(here).map(|length| Span::new(self.at, self.at + length))
    }

    /// Where the figures start that share the month at this place: 1-3月, 3、9月.
    fn list_start(&self) -> usize {
        let mut start = self.at;
        while let Some(before) = self.text.get(..start) {
            let Some(separator) = before.chars().next_back().filter(|char| is_dash(*char) || "、至到".contains(*char))
            else {
                break;
            };
            let before = &before[..before.len() - separator.len_utf8()];
            let figures = before.bytes().rev().take_while(u8::is_ascii_digit).count();
            if figures == 0 || figures > 2 {
                break;
            }
            start = before.len() - figures;
        }
        start
    }

    /// The length of a day written 4·15 or 12.4; a decimal has a measure word, 万 or % behind it.
    fn dotted_day(&self, here: &str) -> Option<usize> {
        let (_, month) = small(here, 12)?;
        let mark = rest(here, month).chars().next().filter(|mark| matches!(mark, '·' | '.'))?;
        let from = month + mark.len_utf8();
        let (_, day) = small(rest(here, from), 31)?;
        let length = from + day;
        let behind = rest(here, length);
        if mark == '.' {
            let next = behind.chars().next();
            let decimal = next.is_some_and(|char| {
                char.is_ascii_digit() || figure::multiplier(char).is_some() || ".%‰月年余多".contains(char)
            });
            if decimal || self.measures.longest_at(behind).is_some() || self.before() == Some('.') {
                return None;
            }
        }
        Some(length + if behind.starts_with('日') { '日'.len_utf8() } else { 0 })
    }

    fn before(&self) -> Option<char> {
        self.text.get(..self.at)?.chars().next_back()
    }
}

/// The year with which `text` starts, in four figures of one kind: its value and its length in bytes.
pub(super) fn year(text: &str) -> Option<(i32, usize)> {
    let arabic = figure::digits(text);
    let figures: Vec<u8> = if arabic > 0 {
        text.bytes().take(4).filter(|_| arabic == 4).map(|byte| byte - b'0').collect()
    } else {
        text.chars().map_while(year_figure).take(5).collect()
    };
    let value = figures.iter().fold(0, |value, figure| value * 10 + i32::from(*figure));
    let length = if arabic > 0 { 4 } else { text.char_indices().nth(4).map_or(text.len(), |(at, _)| at) };
    (figures.len() == 4 && (1900..2100).contains(&value)).then_some((value, length))
}

/// A figure of a year in Chinese; 〇 is often typed as a letter or a nought.
const fn year_figure(char: char) -> Option<u8> {
    match char {
        'O' | 'o' | '0' => Some(0),
        '两' => None,
        _ => figure::chinese_digit(char),
    }
}

/// 20212025年: a range whose dash was lost.
fn glued_years(text: &str) -> Option<(Date, Date, usize)> {
    let (from, to) = (text.get(..4)?, text.get(4..8)?);
    let mark = year_mark(rest(text, 8));
    let pair = (year(from)?.0, year(to)?.0);
    let whole = |year| Date { year, month: 0, day: 0 };
    (mark > 0 && pair.0 < pair.1).then(|| (whole(pair.0), whole(pair.1), 8 + mark))
}

/// The length of 年 or 年度 at the start of `text`, or 0.
fn year_mark(text: &str) -> usize {
    ["年度", "年"].into_iter().find(|mark| text.starts_with(mark)).map_or(0, str::len)
}

/// The second year of a range whose first ends at `first`: its date, start and end in `text`.
fn range_end(text: &str, first: usize) -> Option<(Date, usize, usize)> {
    let behind = rest(text, first);
    let dash: usize = behind.chars().take(2).take_while(|char| is_dash(*char)).map(char::len_utf8).sum();
    let word = ["至", "到"].into_iter().find(|word| behind.starts_with(word)).map_or(0, str::len);
    let from = first + dash.max(word);
    let (year, figures) = year(rest(text, from)).filter(|_| from > first)?;
    let end = from + figures;
    Some((Date { year, month: 0, day: 0 }, from, end + year_mark(rest(text, end))))
}

/// -02-20, /2/20 and .2.20 behind a year: month, day, length. A time of day may be glued to the day (2010:30).
fn marked_day(text: &str) -> Option<(u8, u8, usize)> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '-' | '/' | '.'))?;
    let (month, length) = small(rest(text, 1), 12)?;
    let behind = rest(text, 1 + length).strip_prefix(mark)?;
    let run = figure::digits(behind);
    let timed = rest(behind, run).starts_with(':');
    let figures = match run {
        3 | 4 if timed && (length == 2 || run == 4) => 2,
        2 | 3 if timed => 1,
        _ => run,
    };
    let (day, _) = small(behind.get(..figures)?, 31)?;
    Some((month, day, 1 + length + 1 + figures))
}

/// 1月24日, 一月, 元月5日 and 3月4-6日 at the start of `text`: month, day or 0, length.
fn month_and_day(text: &str) -> Option<(u8, u8, usize)> {
    let first = text.strip_prefix('元').map(|_| (1, '元'.len_utf8())).or_else(|| small(text, 12));
    let (month, figures) = first.filter(|(_, figures)| rest(text, *figures).starts_with('月'))?;
    let length = figures + '月'.len_utf8();
    let (day, more) = day(rest(text, length)).unwrap_or_default();
    Some((month, day, length + more))
}

/// 24日, 24号 or 4-6日 at the start of `text`: the first day and the length.
fn day(text: &str) -> Option<(u8, usize)> {
    let (first, mut length) = small(text, 31)?;
    while let Some(separator) =
        rest(text, length).chars().next().filter(|char| is_dash(*char) || "、至".contains(*char))
    {
        let from = length + separator.len_utf8();
        length = from + small(rest(text, from), 31)?.1;
    }
    rest(text, length).starts_with(['日', '号']).then_some((first, length + 3))
}

/// A whole number from 1 to `most` in figures of either kind at the start of `text`, and its length.
fn small(text: &str, most: u8) -> Option<(u8, usize)> {
    let arabic = figure::digits(text);
    if arabic > 0 {
        let value: u8 = text.get(..arabic).filter(|_| arabic <= 2)?.parse().ok()?;
        return (1..=most).contains(&value).then_some((value, arabic));
    }
    let read =
        figure::chinese(text).filter(|read| matches!(read.kind, figure::Kind::Single | figure::Kind::Compound))?;
    let value = (1..=most).find(|value| f64::from(*value) == read.value)?;
    (!text.starts_with('两')).then_some((value, read.length))
}

/// The dashes and waves that join the ends of a range.
pub(super) const fn is_dash(char: char) -> bool {
    matches!(char, '-' | '‐' | '–' | '—' | '―' | '－' | '~' | '～' | '〜' | '─')
}

fn is_arabic(char: Option<char>) -> bool {
    char.is_some_and(|char| char.is_ascii_alphanumeric())
}

fn is_chinese(char: Option<char>) -> bool {
    char.is_some_and(|char| figure::chinese_digit(char).is_some() || figure::multiplier(char).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<&str>) {
        let list = ["个".to_owned(), "元".to_owned()];
        let mut mentions = Vec::new();
        let calendar = find(text, 0, &Words::new(&list), &mut mentions);
        (
            mentions
                .iter()
                .map(|found| format!("{}={}", &text[found.view.start..found.view.end], found.date))
                .collect(),
            calendar.iter().map(|span| &text[span.start..span.end]).collect(),
        )
    }

    fn mentions(text: &str) -> Vec<String> {
        read(text).0
    }

    #[test]
    fn reads_years_and_dates() {
        assert_eq!(mentions("2024年，2023年度"), ["2024年=2024", "2023年度=2023"]);
        assert_eq!(mentions("2025年1月24日"), ["2025年1月24日=2025-01-24"]);
        assert_eq!(mentions("2024年12月底前"), ["2024年12月=2024-12"]);
        assert_eq!(
            mentions("于2024-02-20、2024/2/20、2024.1.5"),
            ["2024-02-20=2024-02-20", "2024/2/20=2024-02-20", "2024.1.5=2024-01-05"]
        );
        assert_eq!(mentions("二〇二一年一月十五日"), ["二〇二一年一月十五日=2021-01-15"]);
        assert_eq!(mentions("二○二四年元月五日"), ["二○二四年元月五日=2024-01-05"]);
        assert_eq!(mentions("二零二四年十二月三十一日"), ["二零二四年十二月三十一日=2024-12-31"]);
        assert_eq!(mentions("二O二四年一月"), ["二O二四年一月=2024-01"]);
        assert_eq!(mentions("1.2024年全镇"), ["2024年=2024"]);
    }

    #[test]
    fn reads_both_ends_of_a_range() {
        for text in ["2021—2025年", "2021-2025年", "2021至2025年"] {
            assert_eq!(mentions(text), ["2021=2021", "2025年=2025"], "{text}");
        }
        assert_eq!(mentions("2021年—2025年"), ["2021年=2021", "2025年=2025"]);
        assert_eq!(mentions("（20212025年）"), ["2021=2021", "2025年=2025"]);
        assert_eq!(mentions("（2015-2020）"), ["2015=2015", "2020=2020"]);
    }

    #[test]
    fn a_time_glued_to_a_date_does_not_spoil_it() {
        assert_eq!(mentions("2023-01-2916:20"), ["2023-01-29=2023-01-29"]);
        assert_eq!(mentions("2023-01-299:20"), ["2023-01-29=2023-01-29"]);
        assert_eq!(mentions("2023-1-916:20"), ["2023-1-9=2023-01-09"]);
    }

    #[test]
    fn no_year_is_made_of_other_figures() {
        for text in ["24年", "3年", "3000年", "2024项", "2024-00017", "12024年", "2024"] {
            assert!(mentions(text).is_empty(), "{text}");
        }
        assert_eq!(mentions("2024年13月"), ["2024年=2024"]);
    }

    #[test]
    fn marks_months_and_days_as_calendar() {
        for text in ["12月4日", "4·15", "12.4", "8·25", "28日", "十二月", "十一月九日", "1-3月", "3、9月", "3月4-6日"]
        {
            assert_eq!(read(&format!("于{text}前")).1, [text], "{text}");
        }
        for text in ["3个月", "5日内", "12.4个", "12.5万", "两月", "13.4", "三个月"] {
            assert!(read(text).1.is_empty(), "{text}");
        }
        assert_eq!(read("2024年1-3月").1, ["2024年", "1-3月"]);
    }
}
