//! Numerals as they are written: 12, 3,260, 1.8, 三十一, 两千三, 十余万. Values and lengths, nothing else.
//!
//! Whether a numeral counts anything is for `numeral` to judge, whether it is of a date for `date`.

use super::words::rest;
use crate::document;

/// No numeral is longer, in characters; what is longer is a code.
const LONGEST: usize = 16;

/// What a numeral can be taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Arabic figures.
    Arabic,
    /// One Chinese numeral: 三, 十.
    Single,
    /// Several that make one value: 三十一, 两千.
    Compound,
    /// Two neighbours for about so many: 三四, 五六十, 三五.
    About,
    /// 百, 千, 万 or 亿 without a figure before it.
    Bare,
    /// No value: 六一, 十四五, 0731, 1.2.3.
    Code,
}

/// A numeral at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    /// Its value; without meaning where the kind is [`Kind::Code`].
    pub(super) value: f64,
    /// Its length in bytes.
    pub(super) length: usize,
    /// What it can be taken for.
    pub(super) kind: Kind,
}

/// The Arabic figures with which `text` starts, thousands commas and decimals included.
pub(super) fn arabic(text: &str) -> Option<Figure> {
    let whole = digits(text);
    if whole == 0 {
        return None;
    }
    let mut length = whole;
    let behind = |mark: char, at: usize| rest(text, at).strip_prefix(mark).map_or(0, digits);
    while whole <= 3 && behind(',', length) == 3 {
        length += 4;
    }
    let mut points = 0;
    while behind('.', length) > 0 {
        length += 1 + behind('.', length);
        points += 1;
    }
    let code = points > 1 || whole > 1 && text.starts_with('0') || length > LONGEST;
    let written = text.get(..length).filter(|_| !code).unwrap_or_default();
    let value = written.replace(',', "").parse().unwrap_or_default();
    Some(Figure { value, length, kind: if code { Kind::Code } else { Kind::Arabic } })
}

/// The length of the Arabic figures with which `text` starts, in bytes.
pub(super) fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The Chinese numeral with which `text` starts.
pub(super) fn chinese(text: &str) -> Option<Figure> {
    let mut reader = Reader::default();
    for char in text.chars() {
        if !reader.take(char) {
            break;
        }
    }
    reader.figure()
}

/// The value of a Chinese figure from 零 to 九, and 两.
pub(super) const fn chinese_digit(char: char) -> Option<u8> {
    match char {
        '零' | '〇' | '○' => Some(0),
        '两' => Some(2),
        _ => document::chinese_digit(char),
    }
}

/// What 十 to 亿 multiply by.
pub(super) const fn multiplier(char: char) -> Option<f64> {
    Some(match char {
        '十' => 10.0,
        '百' => 100.0,
        '千' => 1_000.0,
        '万' => 10_000.0,
        '亿' => 100_000_000.0,
        _ => return None,
    })
}

/// Whether a Chinese numeral can start with `char`.
pub(super) const fn opens_chinese(char: char) -> bool {
    chinese_digit(char).is_some() && char != '○' || multiplier(char).is_some() || matches!(char, '廿' | '卅')
}

/// The decimals of a Chinese numeral, 点五: their value and length in bytes.
pub(super) fn chinese_decimals(text: &str) -> Option<(f64, usize)> {
    let figures = text.strip_prefix('点')?.chars().map_while(|char| chinese_digit(char).filter(|_| char != '两'));
    let (mut value, mut scale, mut length) = (0.0, 0.1, '点'.len_utf8());
    for figure in figures.take(LONGEST) {
        value += f64::from(figure) * scale;
        scale /= 10.0;
        length += 3;
    }
    (length > 3).then_some((value, length))
}

/// Reads a Chinese numeral character by character.
#[derive(Debug, Default)]
struct Reader {
    /// Of the parts closed by 万 or 亿.
    total: f64,
    /// Of the part since.
    section: f64,
    /// The figure that waits for its 十, 百 or 千.
    digit: Option<u8>,
    /// The last multiplier.
    last: f64,
    /// Whether a 零 stands before the waiting figure.
    zero: bool,
    count: usize,
    length: usize,
    about: bool,
    bare: bool,
    broken: bool,
}

impl Reader {
    /// Takes the next character if it belongs to the numeral.
    fn take(&mut self, char: char) -> bool {
        match (chinese_digit(char), multiplier(char)) {
            (Some(0), _) if self.count > 0 => self.nought(),
            (Some(digit), _) if char != '○' => self.figure_of_one(digit),
            (_, Some(factor)) if factor < 10_000.0 => self.ten(factor),
            (_, Some(factor)) => self.myriad(factor),
            _ if matches!(char, '廿' | '卅') && self.count == 0 => {
                self.section = if char == '廿' { 20.0 } else { 30.0 };
                self.last = 10.0;
            }
            _ => return false,
        }
        self.count += 1;
        self.length += char.len_utf8();
        true
    }

    fn nought(&mut self) {
        // 二〇二四 is read figure by figure; 一百零五 is a value.
        self.broken |= self.digit.is_some();
        self.zero = true;
    }

    fn figure_of_one(&mut self, digit: u8) {
        let Some(before) = self.digit else {
            self.digit = Some(digit);
            return;
        };
        let neighbours = before > 0 && (digit == before + 1 || (before, digit) == (3, 5));
        if self.count == 1 && neighbours {
            self.about = true;
        } else {
            self.broken = true;
        }
    }

    fn ten(&mut self, factor: f64) {
        self.bare |= self.count == 0 && factor > 10.0;
        self.section += self.digit.take().map_or(1.0, f64::from) * factor;
        (self.last, self.zero) = (factor, false);
    }

    fn myriad(&mut self, factor: f64) {
        self.bare |= self.count == 0;
        let part = self.section + self.digit.take().map_or(0.0, f64::from);
        let part = if part == 0.0 && self.total == 0.0 { 1.0 } else { part };
        self.total = if factor > 10_000.0 { (self.total + part) * factor } else { self.total + part * factor };
        (self.section, self.last, self.zero) = (0.0, factor, false);
    }

    fn figure(&self) -> Option<Figure> {
        if self.count == 0 {
            return None;
        }
        // 一百五 is 150 and 两千三 2300, 十五 and 一百零五 are what they say.
        let scale = if self.zero || self.last <= 10.0 { 1.0 } else { self.last / 10.0 };
        let value = self.total + self.section + self.digit.map_or(0.0, f64::from) * scale;
        let kind = match self.count {
            _ if self.broken || self.count > LONGEST => Kind::Code,
            _ if self.bare => Kind::Bare,
            _ if self.about => Kind::About,
            1 => Kind::Single,
            _ => Kind::Compound,
        };
        Some(Figure { value, length: self.length, kind })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> (f64, Kind) {
        let figure = chinese(text).unwrap();
        (figure.value, figure.kind)
    }

    #[test]
    fn reads_chinese_values() {
        for (text, value) in [
            ("三十一", 31.0),
            ("一百二十", 120.0),
            ("一千二百", 1_200.0),
            ("九千一百", 9_100.0),
            ("两千三", 2_300.0),
            ("一百零五", 105.0),
            ("十三", 13.0),
            ("廿三", 23.0),
            ("两万", 20_000.0),
            ("一万二", 12_000.0),
            ("三千五百万", 35_000_000.0),
            ("一亿二千万", 120_000_000.0),
            ("十二亿", 1_200_000_000.0),
        ] {
            assert_eq!(read(text), (value, Kind::Compound), "{text}");
        }
        assert_eq!(read("十"), (10.0, Kind::Single));
        assert_eq!(read("零"), (0.0, Kind::Single));
    }

    #[test]
    fn tells_neighbours_from_names_of_plans_and_days() {
        assert_eq!(read("三四"), (3.0, Kind::About));
        assert_eq!(read("五六十"), (50.0, Kind::About));
        assert_eq!(read("三五"), (3.0, Kind::About));
        for code in ["六一", "八五", "十四五", "十七八", "二〇二四", "一一"] {
            assert_eq!(read(code).1, Kind::Code, "{code}");
        }
        assert_eq!(read("百").1, Kind::Bare);
        assert_eq!(read("千万").1, Kind::Bare);
        assert_eq!(read("万一").1, Kind::Bare);
    }

    #[test]
    fn reads_arabic_figures() {
        let read = |text| arabic(text).map(|figure| (figure.value, figure.length, figure.kind));
        assert_eq!(read("3,260家"), Some((3_260.0, 5, Kind::Arabic)));
        assert_eq!(read("98.6%"), Some((98.6, 4, Kind::Arabic)));
        assert_eq!(read("3,5家"), Some((3.0, 1, Kind::Arabic)));
        assert_eq!(read("3."), Some((3.0, 1, Kind::Arabic)));
        assert_eq!(read("0731-").map(|read| read.2), Some(Kind::Code));
        assert_eq!(read("1.2.3").map(|read| read.2), Some(Kind::Code));
        assert_eq!(read("12345678901234567890").map(|read| read.2), Some(Kind::Code));
        assert_eq!(read("件"), None);
    }

    #[test]
    fn endless_numerals_end() {
        assert_eq!(read(&"九千".repeat(10_000)).1, Kind::Code);
        assert_eq!(read(&"亿".repeat(10_000)).1, Kind::Code);
        assert_eq!(chinese_decimals("点八六").map(|decimals| decimals.1), Some(9));
        assert_eq!(chinese_decimals("点名"), None);
    }
}
