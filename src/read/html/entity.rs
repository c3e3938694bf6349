//! Characters written by name or number in a web page: `&nbsp;`, `&#8220;`.
//!
//! Names that government pages use; one that is not known stays as it is written, which shows it.

/// The character at the start of `text`, which begins with `&`, and how many bytes stand for it.
pub(super) fn at_start(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        return numbered(number).map(|(char, length)| (char, 2 + length));
    }
    let length = body.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = body.get(..length)?;
    let closed = body.get(length..)?.starts_with(';');
    let (_, char, _) = NAMES.iter().find(|(known, _, bare)| *known == name && (closed || *bare))?;
    Some((*char, 1 + length + usize::from(closed)))
}

fn numbered(text: &str) -> Option<(char, usize)> {
    let hexadecimal = text.strip_prefix(['x', 'X']);
    let (digits, radix) = hexadecimal.map_or((text, 10), |digits| (digits, 16));
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let code = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
    let closed = digits.get(length..)?.starts_with(';');
    let char = match code {
        // Numbers of Windows-1252, as all browsers read them.
        0x80..=0x9f => encoding_rs::WINDOWS_1252.decode(&[u8::try_from(code).ok()?]).0.chars().next()?,
        code => char::from_u32(code).filter(|char| !char.is_control() || matches!(char, '\t' | '\n'))?,
    };
    Some((char, usize::from(radix == 16) + length + usize::from(closed)))
}

/// Names, their characters, and whether the name counts without `;`.
const NAMES: &[(&str, char, bool)] = &[
    ("nbsp", '\u{a0}', true),
    ("lt", '<', true),
    ("gt", '>', true),
    ("amp", '&', true),
    ("quot", '"', true),
    ("apos", '\'', false),
    ("ldquo", '“', false),
    ("rdquo", '”', false),
    ("lsquo", '‘', false),
    ("rsquo", '’', false),
    ("sbquo", '‚', false),
    ("bdquo", '„', false),
    ("mdash", '—', false),
    ("ndash", '–', false),
    ("hellip", '…', false),
    ("middot", '·', true),
    ("bull", '•', false),
    ("times", '×', true),
    ("divide", '÷', true),
    ("plusmn", '±', true),
    ("deg", '°', true),
    ("permil", '‰', false),
    ("sect", '§', true),
    ("para", '¶', true),
    ("copy", '©', true),
    ("reg", '®', true),
    ("trade", '™', false),
    ("yen", '¥', true),
    ("euro", '€', false),
    ("laquo", '«', true),
    ("raquo", '»', true),
    ("lsaquo", '‹', false),
    ("rsaquo", '›', false),
    ("lang", '〈', false),
    ("rang", '〉', false),
    ("ensp", '\u{2002}', false),
    ("emsp", '\u{2003}', false),
    ("thinsp", '\u{2009}', false),
    ("zwnj", '\u{200c}', false),
    ("zwj", '\u{200d}', false),
    ("shy", '\u{ad}', true),
    ("le", '≤', false),
    ("ge", '≥', false),
    ("ne", '≠', false),
    ("asymp", '≈', false),
    ("infin", '∞', false),
    ("radic", '√', false),
    ("sum", '∑', false),
    ("larr", '←', false),
    ("uarr", '↑', false),
    ("rarr", '→', false),
    ("darr", '↓', false),
    ("loz", '◊', false),
    ("prime", '′', false),
    ("Prime", '″', false),
    ("frac12", '½', true),
    ("frac14", '¼', true),
    ("sup2", '²', true),
    ("sup3", '³', true),
    ("alpha", 'α', false),
    ("beta", 'β', false),
    ("ensp", '\u{2002}', false),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_and_numbers() {
        assert_eq!(at_start("&nbsp;x"), Some(('\u{a0}', 6)));
        assert_eq!(at_start("&nbspx"), None);
        assert_eq!(at_start("&nbsp x"), Some(('\u{a0}', 5)));
        assert_eq!(at_start("&#8220;镇"), Some(('“', 7)));
        assert_eq!(at_start("&#x4e00"), Some(('一', 7)));
        assert_eq!(at_start("&#147;"), Some(('“', 6)));
        assert_eq!(at_start("&#0;"), None);
        assert_eq!(at_start("&#99999999999;"), None);
        assert_eq!(at_start("&unknown;"), None);
        assert_eq!(at_start("&"), None);
    }
}
