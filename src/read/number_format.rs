//! The numerals that Word and others write in automatic numbers: 3, ３, ③, 三, 叁, 丙, c, III; and their labels.
//!
//! Forms that do not occur in Chinese documents are written as plain figures.

/// How a level of a numbering writes its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum NumberFormat {
    /// 3
    #[default]
    Decimal,
    /// 03
    DecimalZero,
    /// ３
    DecimalFullWidth,
    /// ③
    Circled,
    /// ⑶
    Parenthesised,
    /// ⒊
    FullStop,
    /// 十二
    Chinese,
    /// 一二
    ChineseDigits,
    /// 壹拾贰
    ChineseLegal,
    /// 甲
    Stem,
    /// 子
    Branch,
    /// c
    LowerLetter,
    /// C
    UpperLetter,
    /// iii
    LowerRoman,
    /// III
    UpperRoman,
    /// A mark in place of a number.
    Bullet,
    /// Nothing.
    None,
}

impl NumberFormat {
    /// The format of this name in `w:numFmt`.
    pub(super) fn new(name: &str) -> Self {
        match name {
            "decimalZero" => Self::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" => Self::DecimalFullWidth,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "decimalEnclosedParen" => Self::Parenthesised,
            "decimalEnclosedFullstop" => Self::FullStop,
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
            | "koreanDigital2" => Self::Chinese,
            "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => Self::ChineseDigits,
            "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => Self::ChineseLegal,
            "ideographTraditional" => Self::Stem,
            "ideographZodiac" => Self::Branch,
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    /// Writes `value`.
    pub(super) fn write(self, value: u32) -> String {
        let plain = || value.to_string();
        match self {
            Self::Decimal => plain(),
            Self::DecimalZero => format!("{value:02}"),
            Self::DecimalFullWidth => plain().chars().map(full_width).collect(),
            Self::Circled => circled(value).map_or_else(plain, String::from),
            Self::Parenthesised => in_row(value, '⑴', 20).map_or_else(plain, String::from),
            Self::FullStop => in_row(value, '⒈', 20).map_or_else(plain, String::from),
            Self::Chinese => chinese(value, &DIGITS, &UNITS).map_or_else(plain, without_leading_one),
            Self::ChineseDigits => plain().bytes().filter_map(|digit| digit_in(&DIGITS, digit)).collect(),
            Self::ChineseLegal => chinese(value, &LEGAL_DIGITS, &LEGAL_UNITS).unwrap_or_else(plain),
            Self::Stem => nth("甲乙丙丁戊己庚辛壬癸", value).map_or_else(plain, String::from),
            Self::Branch => nth("子丑寅卯辰巳午未申酉戌亥", value).map_or_else(plain, String::from),
            Self::LowerLetter => letters(value, b'a').unwrap_or_else(plain),
            Self::UpperLetter => letters(value, b'A').unwrap_or_else(plain),
            Self::LowerRoman => roman(value).map_or_else(plain, |roman| roman.to_lowercase()),
            Self::UpperRoman => roman(value).unwrap_or_else(plain),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const UNITS: [&str; 4] = ["", "十", "百", "千"];
const LEGAL_DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const LEGAL_UNITS: [&str; 4] = ["", "拾", "佰", "仟"];

fn digit_in(digits: &[char; 10], digit: u8) -> Option<char> {
    digits.get(usize::from(digit.checked_sub(b'0')?)).copied()
}

fn full_width(digit: char) -> char {
    char::from_u32(digit as u32 + 0xfee0).unwrap_or(digit)
}

/// The numeral of `value` among `count` that follow one another in Unicode from `first`.
fn in_row(value: u32, first: char, count: u32) -> Option<char> {
    (1..=count).contains(&value).then(|| char::from_u32(first as u32 + value - 1)).flatten()
}

fn circled(value: u32) -> Option<char> {
    match value {
        0 => Some('⓪'),
        1..=20 => in_row(value, '①', 20),
        21..=35 => in_row(value - 20, '㉑', 15),
        _ => in_row(value.checked_sub(35)?, '㊱', 15),
    }
}

fn nth(row: &str, value: u32) -> Option<char> {
    row.chars().nth(usize::try_from(value.checked_sub(1)?).ok()?)
}

/// Letters as Word counts on after z: aa, bb, cc.
fn letters(value: u32, first: u8) -> Option<String> {
    let index = value.checked_sub(1)?;
    let letter = char::from(first + u8::try_from(index % 26).ok()?);
    let times = usize::try_from(index / 26 + 1).ok().filter(|times| *times <= 30)?;
    Some(std::iter::repeat_n(letter, times).collect())
}

fn roman(value: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&value) {
        return None;
    }
    let mut rest = value;
    let mut roman = String::new();
    for (step, letters) in STEPS {
        while rest >= step {
            roman.push_str(letters);
            rest -= step;
        }
    }
    Some(roman)
}

/// A numeral in words, up to 9999: 十二, 一百零三.
fn chinese(value: u32, digits: &[char; 10], units: &[&str; 4]) -> Option<String> {
    if !(1..10_000).contains(&value) {
        return digits.first().filter(|_| value == 0).map(|zero| zero.to_string());
    }
    let figures: Vec<u8> = value.to_string().into_bytes();
    let mut words = String::new();
    let mut gap = false;
    for (place, figure) in figures.iter().enumerate() {
        if *figure == b'0' {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) {
            words.push('零');
        }
        words.push(digit_in(digits, *figure)?);
        words.push_str(units.get(figures.len() - 1 - place)?);
    }
    Some(words)
}

/// 十二 for 一十二.
fn without_leading_one(words: String) -> String {
    words.strip_prefix("一十").map_or(words.clone(), |rest| format!("十{rest}"))
}

/// A character of a label as it is written. Bullets come from symbol fonts, where letters and private characters
/// stand for marks.
pub(super) fn visible(char: char, format: NumberFormat) -> char {
    match char {
        '\u{e000}'..='\u{f8ff}' => '•',
        char if format == NumberFormat::Bullet && (char.is_alphanumeric() || char == '§') => '•',
        char if char.is_control() => ' ',
        char => char,
    }
}

/// The label and the gap behind it. A mark at its end is gap enough, as in a number that was typed.
pub(super) fn with_gap(mut label: String, joined: bool) -> String {
    let ends_in_mark =
        label.ends_with(['、', '．', '.', '，', '。', '）', ')', '：', ':', '〕', '】', ' ', '\u{3000}']);
    if !label.is_empty() && !joined && !ends_in_mark {
        label.push(' ');
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, values: &[u32]) -> String {
        let format = NumberFormat::new(name);
        values.iter().map(|value| format.write(*value)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn writes_chinese_numerals() {
        for name in ["chineseCounting", "chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting"] {
            assert_eq!(written(name, &[1, 10, 11, 20, 103, 110, 1001]), "一 十 十一 二十 一百零三 一百一十 一千零一");
        }
        assert_eq!(written("ideographDigital", &[3, 10, 24]), "三 一〇 二四");
        assert_eq!(written("chineseLegalSimplified", &[3, 12]), "叁 壹拾贰");
        assert_eq!(written("ideographTraditional", &[1, 10, 11]), "甲 癸 11");
    }

    #[test]
    fn writes_figures_in_their_forms() {
        assert_eq!(written("decimal", &[0, 12]), "0 12");
        assert_eq!(written("decimalZero", &[3, 12]), "03 12");
        assert_eq!(written("decimalFullWidth", &[12]), "１２");
        assert_eq!(written("decimalEnclosedCircleChinese", &[1, 20, 21, 35, 36, 50, 51]), "① ⑳ ㉑ ㉟ ㊱ ㊿ 51");
        assert_eq!(written("decimalEnclosedParen", &[2, 21]), "⑵ 21");
        assert_eq!(written("ordinalText", &[2]), "2");
    }

    #[test]
    fn writes_letters_and_roman_numerals_within_bounds() {
        assert_eq!(written("lowerLetter", &[1, 26, 28, 781]), "a z bb 781");
        assert_eq!(written("upperLetter", &[0, 3]), "0 C");
        assert_eq!(written("upperRoman", &[4, 1999, 4000]), "IV MCMXCIX 4000");
        assert_eq!(written("lowerRoman", &[9]), "ix");
        assert_eq!(written("none", &[9]), "");
    }
}
