//! Numbers in the view: 12, 1.8万, 两千余, 百分之九十, 三十一件, 40多辆, 98.6%.
//!
//! What is a date, an ordinal, a numbering, a code or part of a word (统一, 十分) is no number. Set phrases whose
//! numerals count nothing (三项制度) are the packs' business.

use super::{
    date::is_dash,
    figure::{self, Figure, Kind},
    label::code_length,
    vague,
    words::{Words, rest},
};
use crate::text::Span;

/// A number where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its bytes in the view: digits, 万, 余, 多, 近 before it, % behind it; not its unit.
    pub view: Span,
    /// The measure word behind it, in the view; empty where there is none. 余 and 多 may stand behind it too.
    pub unit: Span,
    /// Its value; a percentage as written (98.6% is 98.6).
    pub value: f64,
    /// Whether it is a percentage.
    pub percent: bool,
    /// Whether it is exact: no 余, 多, 近, 约, 以上.
    pub exact: bool,
    /// Whether it is written in Chinese numerals.
    pub chinese: bool,
}

/// Appends the numbers of a block in the order of the text. `text` is the block's view and starts at byte `base` of
/// it; `calendar` is what belongs to dates in it.
pub(super) fn find(text: &str, base: usize, calendar: &[Span], measures: &Words<'_>, numbers: &mut Vec<Number>) {
    let mut scanner = Scanner { text, base, measures, at: 0, limit: text.len(), ordinal: None, numbers };
    let mut dates = calendar.iter().map(|span| Span::new(span.start - base, span.end - base)).peekable();
    while let Some(char) = rest(text, scanner.at).chars().next() {
        while dates.next_if(|date| date.end <= scanner.at).is_some() {}
        let next = dates.peek().copied();
        if let Some(date) = next.filter(|date| date.start <= scanner.at) {
            scanner.at = date.end;
            continue;
        }
        scanner.limit = next.map_or(text.len(), |date| date.start);
        scanner.at += match char {
            '_' => code_length(scanner.here()),
            _ if char.is_ascii_alphabetic() => code_length(scanner.here()),
            _ if char.is_ascii_digit() => scanner.arabic(),
            _ if figure::opens_chinese(char) => scanner.chinese(),
            _ => char.len_utf8(),
        };
    }
}

/// A number on its way: where it stands in the block and what it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: f64,
    pub(super) percent: bool,
    pub(super) exact: bool,
    pub(super) chinese: bool,
}

pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) base: usize,
    pub(super) measures: &'a Words<'a>,
    pub(super) at: usize,
    /// Where the next date starts.
    pub(super) limit: usize,
    /// Where the last ordinal ended.
    pub(super) ordinal: Option<usize>,
    pub(super) numbers: &'a mut Vec<Number>,
}

impl<'a> Scanner<'a> {
    /// The text from here to the next date.
    pub(super) fn here(&self) -> &'a str {
        self.text.get(self.at..self.limit).unwrap_or_default()
    }

    /// The text before here.
    pub(super) fn before(&self) -> &'a str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// Reads the Arabic figures at this place; returns how many bytes are done with.
    fn arabic(&mut self) -> usize {
        let Some(figure) = figure::arabic(self.here()) else { return 1 };
        let end = self.at + figure.length;
        let behind = rest(self.text, end);
        if self.is_ordinal(end) || figure.kind == Kind::Code || self.is_label(&figure) {
            return figure.length;
        }
        if self.measures.longest_at(behind).is_none()
            && behind.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
        {
            return code_length(self.here());
        }
        if let Some(part) = self.tenths(&figure) {
            return self.push(part);
        }
        let mut reading = self.reading(&figure);
        self.scale(&mut reading, true);
        self.percent(&mut reading);
        self.range(&mut reading);
        let four = reading.end == end && figure::digits(self.here()) == 4;
        if four && (1900.0..2100.0).contains(&figure.value) && self.measures.longest_at(behind).is_none() {
            return figure.length;
        }
        self.push(reading)
    }

    /// Reads the Chinese numeral at this place; returns how many bytes are done with.
    fn chinese(&mut self) -> usize {
        let here = self.here();
        if let Some(reading) = self.per_hundred() {
            return self.push(reading);
        }
        let Some(figure) = figure::chinese(here) else { return here.chars().next().map_or(1, char::len_utf8) };
        let end = self.at + figure.length;
        if self.is_ordinal(end) || rest(self.text, end).starts_with('号') {
            return figure.length;
        }
        if here.starts_with('一') && vague::makes_word_with_one(self.before()) {
            return '一'.len_utf8();
        }
        let mut reading = self.reading(&figure);
        if let Some(part) = self.fraction(&figure).or_else(|| self.tenths(&figure)) {
            return self.push(part);
        }
        if figure.kind == Kind::Code || self.is_chapter(&figure) {
            return figure.length;
        }
        self.decimals(&figure, &mut reading);
        self.scale(&mut reading, false);
        self.range(&mut reading);
        if !self.counts(&figure, &reading) {
            return figure.length;
        }
        self.push(reading)
    }

    /// The figure as a number, with 近 or 约 before it.
    pub(super) fn reading(&self, figure: &Figure) -> Reading {
        let chinese = figure.kind != Kind::Arabic;
        let lead = vague::lead(self.before(), self.here().get(..figure.length).unwrap_or_default());
        Reading {
            start: self.at - lead.length,
            end: self.at + figure.length,
            value: figure.value,
            percent: false,
            exact: lead.exact && figure.kind != Kind::About,
            chinese,
        }
    }

    /// Takes 余, 多 and 万 behind the figures.
    fn scale(&self, reading: &mut Reading, arabic: bool) {
        let round = self.text.get(..reading.end).and_then(|text| text.chars().next_back());
        let round = arabic || round.is_some_and(|last| figure::multiplier(last).is_some());
        let mut more = false;
        for _ in 0..4 {
            let behind = rest(self.text, reading.end);
            let Some(char) = behind.chars().next() else { break };
            match figure::multiplier(char).filter(|_| char != '十') {
                Some(factor) if self.measures.longest_at(behind).is_none() => reading.value *= factor,
                None if round && !more && self.is_more(behind, arabic) => more = true,
                _ => break,
            }
            reading.end += char.len_utf8();
        }
        // 1.37万 is not to become 13700.000000000002.
        reading.value = (reading.value * 1e6).round() / 1e6;
        reading.exact &= !more;
    }

    /// Whether `behind` a round figure opens with 余, 多, 几 or 来 for some more.
    fn is_more(&self, behind: &str, arabic: bool) -> bool {
        let counted = || self.measures.longest_at(rest(behind, '来'.len_utf8())).is_some();
        behind.starts_with(['余', '多']) || behind.starts_with('几') && !arabic || behind.starts_with('来') && counted()
    }

    /// Takes % or ‰ behind the figures.
    fn percent(&self, reading: &mut Reading) {
        let behind = rest(self.text, reading.end);
        let Some(mark) = behind.chars().next().filter(|mark| matches!(mark, '%' | '‰')) else { return };
        if mark == '‰' {
            reading.value /= 10.0;
        }
        reading.percent = true;
        reading.end += mark.len_utf8();
    }

    /// Takes the second end of a range: 3-5件, 两到三次, 90%-95%. The value stays that of the first.
    fn range(&self, reading: &mut Reading) {
        let behind = rest(self.text, reading.end);
        let Some(mark) = behind.chars().next().filter(|mark| is_dash(*mark) || matches!(mark, '至' | '到')) else {
            return;
        };
        let from = reading.end + mark.len_utf8();
        let second = rest(self.text, from);
        let read = if reading.chinese { figure::chinese(second) } else { figure::arabic(second) };
        let Some(second) = read.filter(|second| !matches!(second.kind, Kind::Code | Kind::Bare)) else { return };
        let mut other = Reading { end: from + second.length, exact: true, ..*reading };
        self.scale(&mut other, !reading.chinese);
        let first_percent = reading.percent;
        other.percent = false;
        self.percent(&mut other);
        if second.value <= reading.value && other.end == from + second.length || first_percent && !other.percent {
            return;
        }
        (reading.end, reading.percent, reading.exact) = (other.end, other.percent, false);
    }

    /// Whether a Chinese numeral counts something.
    fn counts(&self, figure: &Figure, reading: &Reading) -> bool {
        let behind = rest(self.text, reading.end);
        let Some(measure) = self.measures.longest_at(behind) else {
            return figure.kind == Kind::Compound;
        };
        let after = rest(behind, measure.len());
        if figure.kind == Kind::Bare {
            // 近百户, 百余户 and 百户以上 count, 百户 alone is a figure of speech.
            return !reading.exact || vague::bounds(after);
        }
        let lone = figure.kind == Kind::Single && reading.end == self.at + figure.length;
        !(lone && vague::is_phrase(self.here(), self.before(), measure, after))
    }

    /// Appends a number with the unit behind it; returns how many bytes are done with.
    fn push(&mut self, reading: Reading) -> usize {
        let behind = rest(self.text, reading.end);
        let measure = if reading.percent { None } else { self.measures.longest_at(behind) };
        let unit = measure.map_or(0, str::len);
        let after = rest(behind, unit);
        let exact = reading.exact && !vague::bounds(after) && !(unit > 0 && vague::goes_beyond(after));
        let exact = exact && !(reading.chinese && vague::ends_list(self.before(), reading.value));
        let view = |start: usize, end: usize| Span::new(self.base + start, self.base + end);
        let unit = if unit > 0 { view(reading.end, reading.end + unit) } else { view(reading.end, reading.end) };
        let Reading { start, end, value, percent, chinese, .. } = reading;
        self.numbers.push(Number { view: view(start, end), unit, value, percent, exact, chinese });
        end - self.at
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::sample::{check_numbers as check, numbers, read_numbers as read};

    #[test]
    fn reads_arabic_numbers_with_their_units() {
        check(&[
            ("办件9864件，参训156人次", "9864|件=9864 156|人次=156"),
            ("惠及3,260家", "3,260|家=3260"),
            ("投入1.8万元、1.37万元", "1.8万|元=18000 1.37万|元=13700"),
            ("覆盖11村、13个村", "11|村=11 13|个=13"),
            ("满意率98.6%，5‰", "98.6%|=98.6% 5‰|=0.5%"),
            ("提升3.5个百分点", "3.5|个百分点=3.5"),
            ("接听12345热线", "12345|=12345"),
            ("产能3千瓦时", "3|千瓦时=3"),
            ("占比9成以上", "9成|=~90%"),
            ("均分87.5分", "87.5|分=87.5"),
        ]);
    }

    #[test]
    fn reads_chinese_numbers() {
        check(&[
            ("三名队员", "三|名=3"),
            ("五十六名公务员、三十一件", "五十六|名=56 三十一|件=31"),
            ("两万余人次", "两万余|人次=~20000"),
            ("九千一百余件", "九千一百余|件=~9100"),
            ("一千二百", "一千二百|=1200"),
            ("廿三场", "廿三|场=23"),
            ("依申请公开零件，投诉零起", "零|件=0 零|起=0"),
            ("一点五万人", "一点五万|人=15000"),
            ("四次学习、两次检查", "四|次=4 两|次=2"),
        ]);
    }

    #[test]
    fn about_so_many_is_not_exact() {
        check(&[
            ("3000余份", "3000余|份=~3000"),
            ("40多辆", "40多|辆=~40"),
            ("300人多，", "300|人=~300"),
            ("近百户、百户以上、百户", "近百|户=~100 百|户=~100"),
            ("数百件、几十次、十几场", "数百|件=~100 几十|次=~10 十几|场=~10"),
            ("约200人，至少2名", "约200|人=~200 2|名=~2"),
            ("95%以上，3名以上，10人左右", "95%|=~95% 3|名=~3 10|人=~10"),
            ("万余人、上千份", "万余|人=~10000 上千|份=~1000"),
            ("30多万元", "30多万|元=~300000"),
            ("三四名、三、四名", "三四|名=~3 四|名=~4"),
            ("三五个", "三五|个=~3"),
            ("600来人、十来天", "600来|人=~600 十来|天=~10"),
            ("签约5家，最近3次", "5|家=5 3|次=3"),
            ("人数十五人", "十五|人=15"),
        ]);
    }

    #[test]
    fn a_range_is_one_number_and_not_exact() {
        check(&[
            ("3-5件", "3-5|件=~3"),
            ("3～5件", "3～5|件=~3"),
            ("两到三次", "两到三|次=~2"),
            ("90%—95%", "90%—95%|=~90%"),
            ("由231项理顺为214项", "231|项=231 214|项=214"),
        ]);
        assert_eq!(read("电话0731-7654321"), "");
    }

    #[test]
    fn a_numeral_inside_a_word_is_no_number() {
        for text in [
            "一是抓学习",
            "一些干部",
            "统一部署",
            "一体推进",
            "专一",
            "逐一部署",
            "万一",
            "百姓",
            "千方百计",
            "三级网格",
            "八五普法",
            "十四五期间",
            "六一",
            "一件件落实",
            "一人一册",
            "一村一顾问",
            "贴近百姓",
            "二〇二四",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }

    #[test]
    fn hostile_text_is_read_in_one_pass() {
        for text in ["九".repeat(50_000), "1-".repeat(50_000), "一、".repeat(50_000), "3、1月".repeat(50_000)] {
            assert!(numbers(&text).len() <= 50_000);
        }
    }
}
