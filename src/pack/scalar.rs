//! What a text of a YAML file means: its type when it has no quotes, and where each of its bytes stands in the file.
//!
//! The types are those of `serde_yaml`, which is asked for every text that could be a number, so that the two
//! readings cannot drift apart.

use serde_json::Value;

use super::tree::{Scalar, Style};

/// The value of a scalar. Only an unquoted one can be anything but a string.
pub(super) fn value(scalar: &Scalar) -> Value {
    let text = scalar.text.as_str();
    if scalar.style != Style::Plain {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::String(text.to_owned())),
    }
}

/// The number that an unquoted text is.
fn number(text: &str) -> Option<Value> {
    let first = text.bytes().next()?;
    let plausible = first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.');
    if !plausible || !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')) {
        return None;
    }
    serde_yaml::from_str::<Value>(text).ok().filter(Value::is_number)
}

/// Whether an unquoted key is no text: empty or null.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// The bytes of `raw`, a scalar as it stands in its file, that hold the bytes `within` of its value. None where the
/// two cannot be laid side by side; then the whole scalar is meant.
pub(super) fn locate(scalar: &Scalar, raw: &str, within: &std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let starts = align(scalar, raw)?;
    let start = *starts.get(within.start)?;
    let last = within.end.checked_sub(1).filter(|last| *last >= within.start);
    let Some(last) = last else { return Some(start..start) };
    let boundary = scalar.text.floor_char_boundary(last);
    let from = *starts.get(boundary)?;
    let end = match starts.get(within.end) {
        // The next character of the value starts right where this one ends, unless a line end lies between.
        Some(next) if !raw.get(from..*next)?.contains('\n') => *next,
        _ => from + raw.get(from..)?.chars().next().map_or(0, char::len_utf8),
    };
    Some(start..end.max(start))
}

/// For each byte of the value, and one behind it, the byte of `raw` where its character starts.
///
/// White space is laid run against run, because folding, chomping and indentation change it; everything else must
/// agree character by character, escapes decoded.
fn align(scalar: &Scalar, raw: &str) -> Option<Vec<usize>> {
    let mut starts = Vec::with_capacity(scalar.text.len() + 1);
    let mut at = usize::from(matches!(scalar.style, Style::Single | Style::Double));
    let mut rest = scalar.text.as_str();
    while let Some(char) = rest.chars().next() {
        let run = blank_run(rest);
        let gap = raw_gap(raw, at, scalar.style);
        if run > 0 || gap > 0 {
            let same = raw.get(at..at + gap) == rest.get(..run);
            starts.extend((0..run).map(|byte| if same { at + byte } else { at }));
            (at, rest) = (at + gap, rest.get(run..)?);
            continue;
        }
        let (decoded, length) = raw_char(raw, at, scalar.style)?;
        if decoded != char {
            return None;
        }
        starts.extend(std::iter::repeat_n(at, char.len_utf8()));
        (at, rest) = (at + length, rest.get(char.len_utf8()..)?);
    }
    starts.push(at);
    Some(starts)
}

/// The bytes of white space at the start of a value's rest.
fn blank_run(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len()
}

/// The bytes of white space at `at` in the file, escaped white space and line ends included.
fn raw_gap(raw: &str, at: usize, style: Style) -> usize {
    let mut gap = 0;
    while let Some(rest) = raw.get(at + gap..) {
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (Some(' ' | '\t' | '\n' | '\r'), _) => gap += 1,
            (Some('\\'), Some('n' | 't' | 'r' | ' ' | '\t' | '\n' | '\r')) if style == Style::Double => gap += 2,
            _ => break,
        }
    }
    gap
}

/// The character of the value that stands at `at` in the file, and how many bytes it takes there.
fn raw_char(raw: &str, at: usize, style: Style) -> Option<(char, usize)> {
    let rest = raw.get(at..)?;
    let char = rest.chars().next()?;
    match (style, char) {
        (Style::Single, '\'') => rest.starts_with("''").then_some(('\'', 2)),
        (Style::Double, '\\') => escape(rest),
        _ => Some((char, char.len_utf8())),
    }
}

/// The character of a double-quoted escape, and its length in bytes.
fn escape(rest: &str) -> Option<(char, usize)> {
    let letter = rest.chars().nth(1)?;
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '"' | '/' | '\\' => return Some((letter, 2)),
        '0' => return Some(('\0', 2)),
        'a' => return Some(('\u{7}', 2)),
        'b' => return Some(('\u{8}', 2)),
        'v' => return Some(('\u{b}', 2)),
        'f' => return Some(('\u{c}', 2)),
        'e' => return Some(('\u{1b}', 2)),
        'N' => return Some(('\u{85}', 2)),
        '_' => return Some(('\u{a0}', 2)),
        'L' => return Some(('\u{2028}', 2)),
        'P' => return Some(('\u{2029}', 2)),
        _ => return None,
    };
    let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
    Some((char::from_u32(code)?, 2 + digits))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The slice of `raw` that holds `part` of the value.
    fn found(style: Style, raw: &str, value: &str, part: &str) -> Option<String> {
        let scalar = Scalar { text: value.to_owned(), style };
        let at = value.find(part).unwrap();
        locate(&scalar, raw, &(at..at + part.len())).map(|range| raw[range].to_owned())
    }

    #[test]
    fn unquoted_texts_have_the_types_of_yaml() {
        let typed = |text: &str| value(&Scalar { text: text.to_owned(), style: Style::Plain });
        assert_eq!(typed("12345"), Value::from(12345));
        assert_eq!(typed("12.40"), Value::from(12.4));
        for text in ["on", "yes", "no", "12:30", "2026.1.0", "0123", "2021-01-01", "-", ".", "镇", "1_000", "12a"] {
            assert_eq!(typed(text), Value::from(text), "{text}");
        }
        assert!(typed("~").is_null() && typed("").is_null());
        assert_eq!(typed("True"), Value::Bool(true));
    }

    #[test]
    fn finds_a_part_of_a_plain_text() {
        assert_eq!(found(Style::Plain, "聘请…<律师>", "聘请…<律师>", "<律师>").unwrap(), "<律师>");
        assert_eq!(found(Style::Plain, "甲\n    乙丙", "甲 乙丙", "乙").unwrap(), "乙");
        assert_eq!(found(Style::Plain, "甲\n    乙丙", "甲 乙丙", "甲").unwrap(), "甲");
    }

    #[test]
    fn finds_a_part_of_a_quoted_text() {
        assert_eq!(found(Style::Single, "'它''是<某>'", "它'是<某>", "<某>").unwrap(), "<某>");
        assert_eq!(found(Style::Double, r#""\u6cd5治\\d""#, "法治\\d", "法").unwrap(), r"\u6cd5");
        assert_eq!(found(Style::Double, r#""\u6cd5治\\d""#, "法治\\d", "\\d").unwrap(), r"\\d");
        assert_eq!(found(Style::Double, "\"甲\\n乙 \\\n  丙\"", "甲\n乙 丙", "丙").unwrap(), "丙");
    }

    #[test]
    fn finds_a_part_of_a_block() {
        let raw = "第一行\n      第二行<某>\n\n      尾\n";
        assert_eq!(found(Style::Block, raw, "第一行\n第二行<某>\n\n尾\n", "<某>").unwrap(), "<某>");
        assert_eq!(found(Style::Block, raw, "第一行 第二行<某>\n尾\n", "尾").unwrap(), "尾");
    }

    #[test]
    fn gives_up_where_text_and_value_differ() {
        assert_eq!(found(Style::Plain, "甲乙", "甲丙", "丙"), None);
    }
}
