//! "Did you mean": the nearest of the names that there are. It knows nothing of packs.

/// Nobody misspells a name of more characters than this; comparing longer ones only costs time.
const LONGEST: usize = 60;

/// The name among `known` that somebody who wrote `word` most likely meant. Width, case, quotation marks, blanks and
/// `_` for `-` do not count; of the rest, a third may differ.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = plain(word);
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let other = plain(name);
        let allowed = length.max(other.chars().count()) / 3;
        let distance = distance(&word, &other);
        if distance <= allowed.max(usize::from(length > 1)) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.filter(|(distance, _)| *distance < length.max(1)).map(|(_, name)| name)
}

/// How many characters must be put in, taken out, replaced or swapped. A word cut short counts one for the whole cut.
fn distance(word: &str, name: &str) -> usize {
    let cut = word.chars().count() >= 3 && (name.starts_with(word) || word.starts_with(name));
    let exact = strsim::damerau_levenshtein(word, name);
    if cut { exact.min(1) } else { exact }
}

/// The word as far as it matters.
fn plain(word: &str) -> String {
    let half = |char: char| match char {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
        '_' => '-',
        other => other,
    };
    let folded = word.chars().map(half).filter(|char| !char.is_whitespace() && !"“”‘’\"'".contains(*char));
    folded.flat_map(char::to_lowercase).collect()
}

/// Whether two names differ only in what does not count.
pub(super) fn same(word: &str, name: &str) -> bool {
    plain(word) == plain(name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let keys = ["messages", "mention", "severity", "name", "near", "at-least", "help"];
        assert_eq!(nearest("mesage", keys), Some("messages"));
        assert_eq!(nearest("severty", keys), Some("severity"));
        assert_eq!(nearest("at_least", keys), Some("at-least"));
        assert_eq!(nearest("ｈｅｌｐ", keys), Some("help"));
        assert_eq!(nearest("　name", keys), Some("name"));
        assert_eq!(nearest("Severity", keys), Some("severity"));
        assert_eq!(nearest("warn", ["error", "warning", "info"]), Some("warning"));
    }

    #[test]
    fn says_nothing_where_nothing_is_near() {
        let keys = ["messages", "mention", "severity", "name", "near"];
        assert_eq!(nearest("等级", keys), None);
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("", keys), None);
        assert_eq!(nearest("x", keys), None);
    }
}
