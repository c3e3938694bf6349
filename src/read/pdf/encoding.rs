//! From the codes of simple fonts and from odd code points to characters.
//!
//! Only what Chinese reports use: Latin letters, digits and punctuation by glyph name; radicals that stand for
//! whole characters because two code points share a glyph.

use encoding_rs::{MACINTOSH, WINDOWS_1252};

/// The encodings that a simple font may start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// Windows 1252, also taken where a font names none.
    Windows,
    /// Mac OS Roman.
    Macintosh,
    /// Adobe's own, Windows but for two quotation marks.
    Standard,
}

impl Base {
    /// The character of a code; none where the code has none.
    pub(super) fn char_of(self, code: u8) -> Option<char> {
        let page = match self {
            Self::Standard if code == b'\'' => return Some('’'),
            Self::Standard if code == b'`' => return Some('‘'),
            Self::Windows | Self::Standard => WINDOWS_1252,
            Self::Macintosh => MACINTOSH,
        };
        let bytes = [code];
        let (text, _) = page.decode_without_bom_handling(&bytes);
        text.chars().next().filter(|char| !char.is_control())
    }
}

/// Glyph names whose character can't be told from the name itself.
const NAMES: &[(&str, char)] = &[
    ("ampersand", '&'),
    ("asciicircum", '^'),
    ("asciitilde", '~'),
    ("asterisk", '*'),
    ("at", '@'),
    ("backslash", '\\'),
    ("bar", '|'),
    ("braceleft", '{'),
    ("braceright", '}'),
    ("bracketleft", '['),
    ("bracketright", ']'),
    ("bullet", '•'),
    ("colon", ':'),
    ("comma", ','),
    ("degree", '°'),
    ("divide", '÷'),
    ("dollar", '$'),
    ("eight", '8'),
    ("ellipsis", '…'),
    ("emdash", '—'),
    ("endash", '–'),
    ("equal", '='),
    ("exclam", '!'),
    ("five", '5'),
    ("four", '4'),
    ("grave", '`'),
    ("greater", '>'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("hyphen", '-'),
    ("less", '<'),
    ("minus", '−'),
    ("multiply", '×'),
    ("nbspace", ' '),
    ("nine", '9'),
    ("numbersign", '#'),
    ("one", '1'),
    ("paragraph", '¶'),
    ("parenleft", '('),
    ("parenright", ')'),
    ("percent", '%'),
    ("period", '.'),
    ("periodcentered", '·'),
    ("perthousand", '‰'),
    ("plus", '+'),
    ("plusminus", '±'),
    ("question", '?'),
    ("quotedbl", '"'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotesingle", '\''),
    ("section", '§'),
    ("semicolon", ';'),
    ("seven", '7'),
    ("six", '6'),
    ("slash", '/'),
    ("space", ' '),
    ("three", '3'),
    ("two", '2'),
    ("underscore", '_'),
    ("zero", '0'),
];

/// The character of a glyph name: a letter, a name of the list, `uni6CD5`, `u6CD5`, each with or without `.suffix`.
pub(super) fn char_of_name(name: &str) -> Option<char> {
    let base = name.split('.').next().filter(|base| !base.is_empty())?;
    let mut letters = base.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(letter);
    }
    if let Ok(found) = NAMES.binary_search_by_key(&base, |(name, _)| name) {
        return NAMES.get(found).map(|(_, char)| *char);
    }
    let digits = base.strip_prefix("uni").or_else(|| base.strip_prefix('u'))?;
    let hexadecimal = (4..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    hexadecimal.then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)).flatten()
}

/// The characters of the block of Kangxi radicals, U+2F00 to U+2FD5, in its order; 户 and 青 as mainland fonts draw
/// them.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己\
巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛\
矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶\
隹雨青非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Radicals of the supplement (U+2E80 to U+2EF3) that fonts draw with the glyph of a whole character.
const SUPPLEMENT: &[(char, char)] = &[
    ('⺠', '民'),
    ('⺟', '母'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

/// What a reader sees in `char`: the whole character for a radical, a plain blank for a fixed one; none for what
/// shows nothing.
pub(super) fn as_seen(char: char) -> Option<char> {
    Some(match char {
        '\u{2f00}'..='\u{2fd5}' => {
            let place = usize::try_from(u32::from(char) - 0x2f00).unwrap_or_default();
            KANGXI.chars().nth(place).unwrap_or(char)
        }
        '\u{2e80}'..='\u{2ef3}' => {
            SUPPLEMENT.iter().find(|(radical, _)| *radical == char).map_or(char, |(_, whole)| *whole)
        }
        '\u{a0}' | '\t' | '\u{2000}'..='\u{200a}' | '\u{202f}' => ' ',
        '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => return None,
        char if char.is_control() => return None,
        char => char,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_glyph_names() {
        assert!(NAMES.is_sorted_by_key(|(name, _)| *name));
        for (name, char) in [("A", 'A'), ("three", '3'), ("uni6CD5", '法'), ("u6CBB", '治'), ("percent.alt", '%')] {
            assert_eq!(char_of_name(name), Some(char), "{name}");
        }
        assert_eq!(char_of_name("g123"), None);
        assert_eq!(char_of_name(".notdef"), None);
    }

    #[test]
    fn writes_whole_characters_for_radicals() {
        assert_eq!(KANGXI.chars().count(), 214);
        let seen: String = "⼀⽅⽴⻓⻔⿕⾏⼾\u{200b}a\u{a0}".chars().filter_map(as_seen).collect();
        assert_eq!(seen, "一方立长门龠行户a ");
    }

    #[test]
    fn decodes_the_base_encodings() {
        assert_eq!(Base::Windows.char_of(0x97), Some('—'));
        assert_eq!(Base::Standard.char_of(b'\''), Some('’'));
        assert_eq!(Base::Macintosh.char_of(0xd0), Some('–'));
        assert_eq!(Base::Windows.char_of(7), None);
    }
}
