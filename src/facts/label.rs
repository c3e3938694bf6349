//! Figures that count nothing: ordinals, numberings, codes, document numbers, times and formulas.

use super::{
    date::is_dash,
    document_number::{is_closing, is_opening},
    figure::Figure,
    numeral::Scanner,
    words::rest,
};

impl Scanner<'_> {
    /// Whether the figures from here to `end` are an ordinal, or go on from one: 第三条, 第一、二批.
    pub(super) fn is_ordinal(&mut self, end: usize) -> bool {
        let before = self.before();
        let joined = |char: char| is_dash(char) || "、和至到及与".contains(char);
        let goes_on = before
            .chars()
            .next_back()
            .filter(|char| joined(*char))
            .is_some_and(|char| self.ordinal == Some(self.at - char.len_utf8()));
        let ordinal = before.ends_with('第') || goes_on;
        if ordinal {
            self.ordinal = Some(end);
        }
        ordinal
    }

    /// Whether Arabic figures number a line, name a document, tell the time or belong to a formula.
    pub(super) fn is_label(&self, figure: &Figure) -> bool {
        let before = self.before().chars().next_back();
        let behind = rest(self.text, self.at + figure.length);
        let mut after = behind.chars();
        let (next, second) = (after.next(), after.next());
        let digit = |char: Option<char>| char.is_some_and(|char| char.is_ascii_digit());
        // 1.2024年: the figures behind the mark are a date's.
        let dated = self.limit == self.at + figure.length + 1;
        let opens = before.is_none_or(|char| "。；：！？，（".contains(char));
        let numbering = opens && next == Some('.') && second.is_some() && (dated || !digit(second))
            || before.is_none() && matches!(next, Some('、' | '）')) && !digit(second)
            || before == Some('（') && next == Some('）');
        let named = next == Some('号') || next.is_some_and(is_closing) && before.is_some_and(is_opening);
        let lost = matches!(next, Some('〕' | '﹞' | '】')) || matches!(before, Some('〔' | '﹝' | '【'));
        let formula = |char: Option<char>| char.is_some_and(|char| "+×*/:∶=#".contains(char));
        let goes_on =
            before.is_some_and(is_dash) && self.before().chars().rev().nth(1).is_some_and(|char| digit(Some(char)));
        numbering || named || lost || formula(before) || formula(next) || goes_on
    }

    /// Whether a Chinese numeral numbers a line: 十一、 （十一）.
    pub(super) fn is_chapter(&self, figure: &Figure) -> bool {
        let before = self.before().chars().next_back();
        let next = rest(self.text, self.at + figure.length).chars().next();
        before.is_none() && matches!(next, Some('、' | '）')) || before == Some('（') && next == Some('）')
    }
}

/// The length of a code of letters and figures: A4, GB/T9704-2012, _Toc2188.
pub(super) fn code_length(text: &str) -> usize {
    let in_code = |char: &char| char.is_ascii_alphanumeric() || "_/-.:%?=&#@".contains(*char);
    text.chars().take_while(in_code).map(char::len_utf8).sum::<usize>().max(1)
}

#[cfg(test)]
mod tests {
    use crate::facts::sample::read_numbers as read;

    #[test]
    fn dates_ordinals_and_codes_are_no_numbers() {
        for text in [
            "2024年",
            "2025年1月24日",
            "2021—2025年",
            "12月4日宪法日",
            "4·15前后",
            "12.4国家宪法日",
            "3月、9月",
            "每月28日",
            "第三条",
            "第19届",
            "第一、二、三批",
            "国办发〔2018〕118号",
            "石政（2021）3号",
            "2021﹞47号",
            "3号楼",
            "5G基站",
            "A4纸",
            "GB/T9704-2012",
            "1133099MB0K77/2024-00017",
            "_Toc218800133",
            "1+3+N",
            "上午9:30",
            "7×24",
            "1/3",
            "1.2.3",
            "2024工作",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }

    #[test]
    fn numbering_is_no_number() {
        for text in
            ["一、成效", "（一）抓学习", "十一、其他", "（十一）其他", "1.加强", "1、加强", "（1）加强", "成效。2.加强"]
        {
            assert_eq!(read(text), "", "{text}");
        }
        assert_eq!(read("1.2024年办案3件"), "3|件=3");
    }
}
