//! What stands round a numeral and makes it about so many, or no number at all: 近, 约, 以上, 统一, 十分.
//!
//! The grammar of numerals, not wordings of the field: these words are of the language and change with no rule.

use super::{
    figure,
    words::{is_han, last_characters},
};

/// Approximations that belong to the number, and the characters with which they make another word before it.
const CLOSE: [(char, &str); 4] =
    [('近', "最附临邻靠远就亲贴走挨毗"), ('约', "预签合契节公相特违履续条制解爽邀"), ('超', "高反"), ('逾', "")];
/// Approximations before a round numeral alone: 数百, 几十万, 上千.
const ROUND: [char; 3] = ['数', '几', '上'];
/// Bounds before a number.
const LIMITS: [&str; 14] = [
    "超过",
    "不足",
    "至少",
    "最多",
    "不下",
    "不少于",
    "不低于",
    "不高于",
    "不超过",
    "不多于",
    "少于",
    "多于",
    "高于",
    "低于",
];
/// Bounds behind a number and its unit.
const BOUNDS: [&str; 11] =
    ["以上", "（含）以上", "及以上", "以下", "及以下", "以内", "之内", "左右", "上下", "不等", "开外"];
/// Characters that make a word with 一 behind them: 统一, 唯一.
const BEFORE_ONE: &str = "统唯惟同逐专之其";
/// Characters that make a word with 成 before them: 成员, 成立.
const AFTER_TENTH: &str = "员立为果效功绩本就长熟分品型交都套建因不";

/// What stands before a numeral.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead {
    /// The bytes of it that belong to the number.
    pub(super) length: usize,
    /// Whether the number is exact as far as it goes.
    pub(super) exact: bool,
}

/// What stands at the end of `before`, where `numeral` follows.
pub(super) fn lead(before: &str, numeral: &str) -> Lead {
    let mut backwards = before.chars().rev();
    let (last, second) = (backwards.next(), backwards.next());
    let close =
        CLOSE.iter().any(|(mark, unless)| last == Some(*mark) && !second.is_some_and(|char| unless.contains(char)));
    // 人数十五人 is exact; 数十人 is not, nor 上百人, but 会上十人 is.
    let round = !numeral.is_empty() && numeral.chars().all(|char| figure::multiplier(char).is_some());
    let rough = round && last.is_some_and(|last| ROUND.contains(&last) && !(last == '上' && numeral.starts_with('十')));
    if close || rough {
        return Lead { length: last.map_or(0, char::len_utf8), exact: false };
    }
    Lead { length: 0, exact: !LIMITS.iter().any(|limit| before.ends_with(limit)) }
}

/// Whether `after`, behind a number and its unit, opens with a bound: 以上, 左右.
pub(super) fn bounds(after: &str) -> bool {
    BOUNDS.iter().any(|bound| after.starts_with(bound))
}

/// Whether 余 or 多 stands behind a unit and closes the count: 300人多, 两年多, 3个多月.
pub(super) fn goes_beyond(after: &str) -> bool {
    let Some(more) = after.strip_prefix(['余', '多']) else { return false };
    more.chars().next().is_none_or(|next| !is_han(next) || "的月小".contains(next))
}

/// Whether `before`, where 一 follows, ends in what makes a word with it.
pub(super) fn makes_word_with_one(before: &str) -> bool {
    before.ends_with(|char| BEFORE_ONE.contains(char))
}

/// Whether `behind`, after a numeral and 成, makes a word with 成.
pub(super) fn makes_word_with_tenth(behind: &str) -> bool {
    behind.starts_with(|char| AFTER_TENTH.contains(char))
}

/// Whether a single numeral and its measure word are a phrase that counts nothing: 十分, 一件件, 一人一册.
///
/// `here` starts with the numeral, `before` ends before it, `after` starts behind the measure word.
pub(super) fn is_phrase(here: &str, before: &str, measure: &str, after: &str) -> bool {
    if here.starts_with('十') && measure == "分" {
        return true;
    }
    if !here.starts_with('一') {
        return false;
    }
    let mut backwards = before.chars().rev();
    let paired = backwards.next().is_some_and(is_han)
        && backwards.next() == Some('一')
        && !backwards.next().is_some_and(is_numeral);
    paired || after.starts_with('一') || after.starts_with(measure)
}

/// Whether `before` ends in the neighbour of a number and 、: 三、四名 is about so many.
pub(super) fn ends_list(before: &str, value: f64) -> bool {
    let Some(digit) = last_characters(before, 2).strip_suffix('、').and_then(|text| text.chars().next()) else {
        return false;
    };
    let wider = before.chars().rev().nth(2).is_some_and(|char| is_numeral(char) || is_bracket(char));
    !wider && figure::chinese_digit(digit).is_some_and(|digit| f64::from(digit) + 1.0 == value)
}

fn is_numeral(char: char) -> bool {
    figure::chinese_digit(char).is_some() || figure::multiplier(char).is_some()
}

const fn is_bracket(char: char) -> bool {
    matches!(char, '（' | '第')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_near_from_recent_and_booked() {
        assert!(!lead("受众近", "三").exact);
        assert!(lead("最近", "3").exact);
        assert!(lead("签约", "3").exact);
        assert!(!lead("总量约", "3").exact);
        assert_eq!(lead("不少于", "3").length, 0);
        assert!(!lead("不少于", "3").exact);
        assert!(lead("人数", "十五").exact);
        assert!(!lead("近日数", "百").exact);
        assert!(!lead("数", "十万").exact);
    }
}
