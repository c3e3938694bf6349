//! Words of the lexicon, looked up where they may start: [`Words`].
//!
//! A place of the text is asked once, by its first character, however many words there are.

use std::collections::BTreeMap;

/// How many kinds of first characters are told apart before the map is asked.
const KINDS: usize = 1024;

/// Words by their first character, the longer before the shorter.
#[derive(Debug)]
pub(super) struct Words<'a> {
    by_first: BTreeMap<char, Vec<&'a str>>,
    /// Whether a word may start with a character of this kind: most places of a text are passed over by it.
    kinds: [bool; KINDS],
}

impl<'a> Words<'a> {
    /// Takes the words; empty ones are left out.
    pub(super) fn new(words: impl IntoIterator<Item = &'a String>) -> Self {
        let mut by_first: BTreeMap<char, Vec<&'a str>> = BTreeMap::new();
        let mut kinds = [false; KINDS];
        for word in words {
            if let Some(first) = word.chars().next() {
                by_first.entry(first).or_default().push(word.as_str());
                kinds[kind(first)] = true;
            }
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
        }
        Self { by_first, kinds }
    }

    /// The longest word with which `text` starts.
    pub(super) fn longest_at(&self, text: &str) -> Option<&'a str> {
        let first = text.chars().next().filter(|first| self.kinds[kind(*first)])?;
        let list = self.by_first.get(&first)?;
        list.iter().find(|word| text.starts_with(**word)).copied()
    }
}

const fn kind(first: char) -> usize {
    first as usize % KINDS
}

/// The longest of `words` with which `text` ends.
pub(super) fn longest_end<'a>(text: &str, words: &'a [String]) -> Option<&'a str> {
    let ends = words.iter().filter(|word| !word.is_empty() && text.ends_with(word.as_str()));
    ends.max_by_key(|word| word.len()).map(String::as_str)
}

/// `text` from byte `at` on; nothing where `at` lies behind it.
pub(super) fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// Whether a character is Chinese.
pub(super) const fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The last `count` characters of `text`, or all of it.
pub(super) fn last_characters(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().take(count).last().map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let list = ["人".to_owned(), "人次".to_owned(), String::new()];
        let words = Words::new(&list);
        assert_eq!(words.longest_at("人次多"), Some("人次"));
        assert_eq!(words.longest_at("人多"), Some("人"));
        assert_eq!(words.longest_at(""), None);
        assert_eq!(longest_end("三人次", &list), Some("人次"));
        assert_eq!(last_characters("一二三", 2), "二三");
        assert_eq!(last_characters("一", 2), "一");
    }
}
