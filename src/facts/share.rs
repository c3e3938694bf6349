//! Parts of a whole and decimals in Chinese: 百分之九十, 三分之二, 八成一, 一点五万.

use super::{
    figure::{self, Figure, Kind},
    numeral::{Reading, Scanner},
    vague,
    words::rest,
};

impl Scanner<'_> {
    /// 百分之九十, 百分之98.6, 千分之三, 百分百.
    pub(super) fn per_hundred(&self) -> Option<Reading> {
        let here = self.here();
        let scales = [("百分之", 1.0), ("千分之", 10.0), ("万分之", 100.0)];
        let (length, value) = if here.starts_with("百分百") {
            ("百分百".len(), 100.0)
        } else {
            let (mark, scale) = scales.into_iter().find(|(mark, _)| here.starts_with(mark))?;
            let behind = rest(here, mark.len());
            let read = figure::arabic(behind).or_else(|| figure::chinese(behind));
            let figure = read.filter(|figure| figure.kind != Kind::Code)?;
            let (part, more) = figure::chinese_decimals(rest(behind, figure.length)).unwrap_or_default();
            (mark.len() + figure.length + more, (figure.value + part) / scale)
        };
        let lead = vague::lead(self.before(), "");
        let (start, end) = (self.at - lead.length, self.at + length);
        Some(Reading { start, end, value, percent: true, exact: lead.exact, chinese: true })
    }

    /// 三分之二.
    pub(super) fn fraction(&self, whole: &Figure) -> Option<Reading> {
        let behind = rest(self.here(), whole.length).strip_prefix("分之")?;
        let part = figure::chinese(behind).filter(|part| part.kind != Kind::Code && whole.value > 0.0)?;
        let mut reading = self.reading(whole);
        reading.value = part.value / whole.value;
        reading.end += "分之".len() + part.length;
        Some(reading)
    }

    /// 九成, 八成一.
    pub(super) fn tenths(&self, figure: &Figure) -> Option<Reading> {
        let behind = rest(self.here(), figure.length).strip_prefix('成')?;
        let single = matches!(figure.kind, Kind::Single | Kind::Arabic) && (1.0..=10.0).contains(&figure.value);
        if !single || vague::makes_word_with_tenth(behind) {
            return None;
        }
        let counted = self.measures.longest_at(rest(behind, '一'.len_utf8())).is_some();
        let more = behind.chars().next().and_then(figure::chinese_digit).filter(|digit| *digit > 0 && !counted);
        let mut reading = self.reading(figure);
        reading.value = figure.value * 10.0 + f64::from(more.unwrap_or_default());
        reading.percent = true;
        reading.end += '成'.len_utf8() + if more.is_some() { 3 } else { 0 };
        Some(reading)
    }

    /// Takes the decimals of 一点五万.
    pub(super) fn decimals(&self, figure: &Figure, reading: &mut Reading) {
        let behind = rest(self.here(), figure.length);
        let Some((part, length)) = figure::chinese_decimals(behind) else { return };
        let next = rest(behind, length);
        let scaled = next.starts_with(['百', '千', '万', '亿']);
        if matches!(figure.kind, Kind::Single | Kind::Compound) && (scaled || self.measures.longest_at(next).is_some())
        {
            reading.value += part;
            reading.end += length;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::sample::{check_numbers as check, read_numbers as read};

    #[test]
    fn reads_parts_of_a_whole() {
        check(&[
            ("百分之九十", "百分之九十|=90%"),
            ("近百分之九十五点五", "近百分之九十五点五|=~95.5%"),
            ("百分之百办结、百分百覆盖", "百分之百|=100% 百分百|=100%"),
            ("九成", "九成|=90%"),
            ("八成一", "八成一|=81%"),
            ("占六成七", "六成七|=67%"),
            ("三分之二", "三分之二|=0.666667"),
            ("千分之三", "千分之三|=0.3%"),
        ]);
        for text in ["半数", "一成不变", "三成立", "十分重视", "两成员"] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
