//! Names of places and bodies where they stand: 云川县, 石溪镇, 枫林瑶族乡, 司法局.
//!
//! A name is what stands between a clear boundary (the start of a run of Chinese, a place above, an office, a word
//! that cannot be a name) and a level's ending. Which name is the report's own is for `unit` to say.

use super::words::{Words, is_han, last_characters, rest};
use crate::{document::Lexicon, text::Span};

/// How far back a name and what stands before it is looked for, in characters.
const WINDOW: usize = 24;
/// The characters of a name, its ending not counted.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;
/// The same where a name must be sure and its ending is a single character.
const SURE_LENGTH: usize = 3;
/// The same where the ending is longer and so less often part of another word.
const SURE_LENGTH_BEFORE_LONG_ENDING: usize = 5;

/// Where a level stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A place that has none below it: 镇, 乡, 街道.
    Place,
    /// A body that is no place: 局.
    Body,
    /// A place above others: 县, 区, 市.
    Above,
}

/// A name in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    /// Its bytes in the text, its ending included.
    pub(super) span: Span,
    /// The level's characters at its end.
    pub(super) ending: &'a str,
    /// Its level: 镇.
    pub(super) level: &'a str,
    /// The level's rank.
    pub(super) rank: Rank,
    /// Whether it stands right behind the name of a place above.
    pub(super) under: bool,
    /// Whether it opens a run of Chinese, so that nothing but its boundary stands before it.
    pub(super) opens: bool,
    /// Whether its form is beyond doubt.
    pub(super) sure: bool,
}

/// Reads names by the lexicon.
pub(super) struct Names<'a> {
    lexicon: &'a Lexicon,
    endings: Words<'a>,
    upper: Words<'a>,
    /// Words behind which alone a name can start.
    barriers: Words<'a>,
    /// Characters that cannot end a name, in their order.
    generic: Vec<char>,
}

impl<'a> Names<'a> {
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        let long = lexicon.not_names.iter().filter(|word| word.chars().nth(1).is_some());
        let single = lexicon.not_names.iter().filter(|word| word.chars().nth(1).is_none());
        let mut generic: Vec<char> = single.flat_map(|word| word.chars()).collect();
        generic.sort_unstable();
        Self {
            lexicon,
            endings: Words::new(lexicon.levels.keys()),
            upper: Words::new(&lexicon.upper),
            barriers: Words::new(lexicon.offices.iter().chain(long)),
            generic,
        }
    }

    /// The rank of a level's ending.
    pub(super) fn rank(&self, ending: &str) -> Rank {
        let level = self.lexicon.levels.get(ending);
        let place = level.is_some_and(|level| self.lexicon.levels.contains_key(level));
        let above = self.lexicon.upper.iter().any(|upper| ending.ends_with(upper.as_str()));
        match (place, above) {
            (true, true) => Rank::Above,
            (true, false) => Rank::Place,
            _ => Rank::Body,
        }
    }

    /// The level's ending with which `text` starts.
    pub(super) fn ending_at(&self, text: &str) -> Option<&'a str> {
        self.endings.longest_at(text)
    }

    /// Whether a single character cannot end a name: 全, 我.
    pub(super) fn is_generic(&self, char: char) -> bool {
        self.generic.binary_search(&char).is_ok()
    }

    /// Every name in `text`, in its order; `stops` are stretches (dates) that no name reaches into.
    pub(super) fn find(&self, text: &str, stops: &[Span]) -> Vec<Name<'a>> {
        let mut names: Vec<Name<'a>> = Vec::new();
        let (mut run, mut at) = (0, 0);
        let mut stops = stops.iter().peekable();
        while let Some(char) = rest(text, at).chars().next() {
            while stops.next_if(|stop| stop.end <= at).is_some() {}
            if let Some(stop) = stops.peek().filter(|stop| stop.start <= at) {
                (run, at) = (stop.end, stop.end);
                continue;
            }
            let Some(ending) = self.ending_at(rest(text, at)) else {
                at += char.len_utf8();
                run = if is_han(char) { run } else { at };
                continue;
            };
            let end = at + ending.len();
            let name = text.get(run..at).and_then(|before| self.name(before, run, ending));
            if let Some(name) = name.filter(|name| !self.is_kind(rest(text, end), name.rank)) {
                names.push(name);
            }
            at = end;
        }
        names
    }

    /// Whether the ending of a lowest place is followed by another: 乡镇 names a kind, not a place.
    fn is_kind(&self, behind: &str, rank: Rank) -> bool {
        rank == Rank::Place && self.ending_at(behind).is_some_and(|next| self.rank(next) == Rank::Place)
    }

    /// The name that ends with `ending` behind `before`, a run of Chinese from byte `run` of the text on.
    fn name(&self, before: &str, run: usize, ending: &'a str) -> Option<Name<'a>> {
        let window = last_characters(before, WINDOW);
        let start = self.start(window, window.len() == before.len())?;
        let rank = self.rank(ending);
        let name = rest(window, start.at);
        let from = run + before.len() - name.len();
        Some(Name {
            span: Span::new(from, run + before.len() + ending.len()),
            ending,
            level: self.lexicon.levels.get(ending)?,
            rank,
            under: start.under,
            opens: from == run,
            sure: !start.doubtful && self.is_sure(name, ending),
        })
    }

    /// Where the name at the end of `window` starts; `whole` says that nothing Chinese stands before the window.
    fn start(&self, window: &str, whole: bool) -> Option<Start> {
        let mut start = whole.then_some(Start::default());
        let mut shut = false;
        for (count, (at, _)) in window.char_indices().enumerate() {
            let here = rest(window, at);
            let long_enough = |text: &str| text.chars().count() >= *LENGTHS.start();
            if let Some(word) = self.barriers.longest_at(here) {
                let behind = rest(here, word.len());
                if let Some(start) = start.as_mut().filter(|start| start.at == at && behind.is_empty()) {
                    // A word that is the whole name: 建设街道 is one, 召开镇 is none.
                    start.doubtful = true;
                    break;
                }
                start = Some(Start { at: at + word.len(), ..Start::default() });
                shut = !long_enough(behind);
            } else if let Some(upper) = self.upper.longest_at(here).filter(|_| count >= *LENGTHS.start()) {
                if long_enough(rest(here, upper.len())) {
                    start = Some(Start { at: at + upper.len(), under: true, doubtful: false });
                } else {
                    shut |= start.is_some_and(|start| start.at == 0);
                }
            }
        }
        start.filter(|start| !shut && LENGTHS.contains(&rest(window, start.at).chars().count()))
    }

    fn is_sure(&self, name: &str, ending: &str) -> bool {
        let count = name.chars().count();
        let most = if ending.chars().nth(1).is_some() { SURE_LENGTH_BEFORE_LONG_ENDING } else { SURE_LENGTH };
        let generic = |char: Option<char>| char.is_some_and(|char| self.is_generic(char));
        count <= most && !generic(name.chars().next_back()) && (count == 2 || !generic(name.chars().next()))
    }
}

/// Where a name starts in its window.
#[derive(Debug, Clone, Copy, Default)]
struct Start {
    at: usize,
    under: bool,
    doubtful: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::sample::lexicon;

    fn names(text: &str) -> Vec<String> {
        let lexicon = lexicon();
        let names = Names::new(&lexicon).find(text, &[]);
        names.iter().map(|name| text[name.span.start..name.span.end].to_owned()).collect()
    }

    #[test]
    fn a_name_starts_behind_the_places_above() {
        assert_eq!(names("云川县石溪镇人民政府"), ["云川县", "石溪镇"]);
        assert_eq!(names("珠丰市港岭区柳岸街道办事处"), ["珠丰市", "港岭区", "柳岸街道"]);
        assert_eq!(names("岑岭县枫林瑶族乡"), ["岑岭县", "枫林瑶族乡"]);
        assert_eq!(names("中共云川县白岭镇委员会")[..2], ["云川县", "白岭镇"]);
        assert_eq!(names("沅阳区人民政府织坊街道办事处"), ["沅阳区", "织坊街道"]);
        assert_eq!(names("关于石溪镇"), ["石溪镇"]);
    }

    #[test]
    fn a_name_may_hold_the_character_of_a_place_above() {
        assert_eq!(names("枣陵市市中街道").last().map(String::as_str), Some("市中街道"));
        assert_eq!(names("番岭区市桥街道").last().map(String::as_str), Some("市桥街道"));
        assert_eq!(names("新市镇"), ["新市镇"]);
        assert_eq!(names("云川县城关镇").last().map(String::as_str), Some("城关镇"));
    }

    #[test]
    fn kinds_of_places_are_no_names() {
        let lexicon = lexicon();
        let names = Names::new(&lexicon);
        for text in ["全镇", "我镇", "乡镇", "召开镇党委会", "推进乡镇", "云川县乡镇", "建制镇", "召开全镇", "强化镇级"]
        {
            let found = names.find(text, &[]);
            assert!(found.iter().all(|name| name.rank != Rank::Place || !name.sure), "{text}: {found:?}");
        }
        assert!(names.find("建设街道", &[]).iter().any(|name| !name.sure));
    }

    #[test]
    fn a_long_run_is_read_in_one_pass() {
        assert!(names(&"镇".repeat(50_000)).len() <= 50_000);
        assert!(names(&"石溪镇".repeat(20_000)).len() <= 20_000);
    }
}
