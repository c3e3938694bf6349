//! The year a report is written about, which is neither the year it was published nor the year it plans for.
//!
//! The title decides; then the sentence that hands the report over, the opening, the headings, the text; at the very
//! last the signature, and only of a report that says it covers a year.

use std::collections::BTreeMap;

use super::{
    Citation, Date, DateMention, Fact, date,
    document_number::{is_closing, is_opening},
    figure,
    frame::{Frame, within},
    words::rest,
};
use crate::{
    document::{Document, Lexicon, Role},
    text::Span,
};

/// Phrases that date a report relatively, by the year that it is signed in.
const YEAR_PAST: [&str; 3] = ["一年来", "过去一年", "过去的一年"];
/// A report signed in these months of a year is about the year before, or about that year.
const MONTHS_AFTER: std::ops::RangeInclusive<u8> = 1..=4;
const MONTHS_OF_CLOSING: std::ops::RangeInclusive<u8> = 11..=12;
/// So many top-level headings there must be for the last to be known as the plan.
const HEADINGS_WITH_PLAN: usize = 3;

/// What deciding needs.
pub(super) struct Years<'a> {
    pub(super) document: &'a Document,
    pub(super) lexicon: &'a Lexicon,
    pub(super) frame: &'a Frame<'a>,
    pub(super) dates: &'a [DateMention],
    pub(super) citations: &'a [Citation],
    pub(super) signed: Option<&'a Fact<Date>>,
}

impl Years<'_> {
    /// The year written about, where something tells it.
    pub(super) fn own(&self) -> Option<Fact<i32>> {
        self.of_title()
            .or_else(|| self.of_opening())
            .or_else(|| self.of_headings())
            .or_else(|| self.of_text())
            .or_else(|| self.of_signature())
    }

    /// The years in `span` of the view that stand for themselves: no month, no range, no title of a document.
    fn plain(&self, span: Span) -> impl DoubleEndedIterator<Item = &DateMention> {
        within(self.dates, span).iter().filter(|mention| {
            let cited = self.citations.partition_point(|citation| citation.view.end <= mention.view.start);
            let cited = self.citations.get(cited).is_some_and(|citation| citation.view.covers(mention.view));
            mention.date.month == 0 && !mention.ranged && !cited
        })
    }

    fn fact(&self, mention: &DateMention) -> Fact<i32> {
        self.frame.fact(mention.date.year, mention.view)
    }

    fn span(&self, block: usize) -> Span {
        self.document.blocks.get(block).map_or(Span::default(), |block| block.view)
    }

    fn of_title(&self) -> Option<Fact<i32>> {
        let titles = || self.frame.title.iter().copied();
        let marked = titles().find_map(|block| self.plain(self.span(block)).next()).map(|mention| self.fact(mention));
        marked.or_else(|| titles().find_map(|block| self.bare(block)))
    }

    /// A year in a title without 年: 2024法治政府建设年度报告.
    fn bare(&self, block: usize) -> Option<Fact<i32>> {
        let (text, base) = (self.frame.view(block), self.span(block).start);
        let mut at = 0;
        while let Some(char) = rest(text, at).chars().next() {
            let run = figure::digits(rest(text, at));
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let behind = rest(text, at + run).chars().next();
            let framed = before.is_some_and(is_opening) || behind.is_some_and(|char| is_closing(char) || char == '号');
            if let Some((year, length)) = date::year(rest(text, at)).filter(|_| run == 4 && !framed) {
                return Some(self.frame.fact(year, Span::new(base + at, base + at + length)));
            }
            at += run.max(char.len_utf8());
        }
        None
    }

    /// The year of the sentence that hands the report over, else the first of the opening.
    fn of_opening(&self) -> Option<Fact<i32>> {
        let opening = || self.frame.opening.clone();
        let handed = opening().rev().find_map(|block| self.handed_over(block));
        let first = opening().find_map(|block| self.first(block));
        let chosen = match (handed, first) {
            // They differ: the one that goes with the signature is no slip.
            (Some(handed), Some(first)) if self.fits(first) && !self.fits(handed) => first,
            (Some(handed), _) => handed,
            (None, first) => first?,
        };
        Some(self.fact(chosen))
    }

    /// The first year of a block, one at the start of a clause before others.
    fn first(&self, block: usize) -> Option<&DateMention> {
        let span = self.span(block);
        let opens = |mention: &&DateMention| {
            let before = self.document.view.slice(Span::new(span.start, mention.view.start));
            before.is_empty() || before.ends_with(['，', '。', '；', '：', '自', '在', '从'])
        };
        self.plain(span).find(opens).or_else(|| self.plain(span).next())
    }

    /// The last year of a block behind which a word for reports follows in the same clause.
    fn handed_over(&self, block: usize) -> Option<&DateMention> {
        let span = self.span(block);
        self.plain(span).rev().find(|mention| {
            let behind = self.document.view.slice(Span::new(mention.view.end, span.end));
            let clause = behind.split(['，', '。', '；', '：']).next().unwrap_or_default();
            self.lexicon.genres.iter().any(|genre| clause.contains(genre.as_str()))
        })
    }

    /// Whether a report about a year is signed when such reports are.
    fn fits(&self, mention: &DateMention) -> bool {
        self.signed.is_some_and(|signed| (0..=1).contains(&(signed.value.year - mention.date.year)))
    }

    /// Whether a report signed in spring cannot be about this year any more: it is the plan's.
    fn is_too_late(&self, year: i32) -> bool {
        let signed = self.signed.map(|signed| signed.value);
        signed.is_some_and(|date| date.year < year || date.year == year && MONTHS_AFTER.contains(&date.month))
    }

    /// The year in the top-level headings: of two the first; one in the last heading alone is the plan's.
    fn of_headings(&self) -> Option<Fact<i32>> {
        let tops: Vec<Span> = self.document.headings.iter().filter(|top| top.level == 1).map(|top| top.view).collect();
        let (last, others) = tops.split_last()?;
        let years = others.iter().flat_map(|top| self.plain(*top));
        let earliest = years.filter(|mention| !self.is_too_late(mention.date.year)).min_by_key(|found| found.date.year);
        if let Some(mention) = earliest {
            return Some(self.fact(mention));
        }
        let planned = self.plain(*last).next().filter(|_| tops.len() >= HEADINGS_WITH_PLAN)?;
        Some(self.frame.fact(planned.date.year - 1, planned.view))
    }

    /// The year that the first two thirds of the text name more than once and more than any other.
    fn of_text(&self) -> Option<Fact<i32>> {
        let blocks = self.document.blocks.iter().filter(|block| matches!(block.role, Role::Body | Role::Heading));
        let end = self.document.view.text().len() / 3 * 2;
        let mut counts: BTreeMap<i32, (usize, &DateMention)> = BTreeMap::new();
        let mentions = blocks.flat_map(|block| self.plain(block.view));
        for mention in mentions.filter(|mention| mention.view.start < end && !self.is_too_late(mention.date.year)) {
            counts.entry(mention.date.year).or_insert((0, mention)).0 += 1;
        }
        let most = counts.values().map(|(count, _)| *count).max().filter(|count| *count > 1)?;
        let mut leading = counts.values().filter(|(count, _)| *count == most);
        let (_, mention) = leading.next()?;
        leading.next().is_none().then(|| self.fact(mention))
    }

    /// The year before a signature of spring, of a report that says it covers a year.
    fn of_signature(&self) -> Option<Fact<i32>> {
        let signed = self.signed?;
        let text = self.document.view.text();
        if !YEAR_PAST.iter().any(|phrase| text.contains(phrase)) {
            return None;
        }
        let year = match signed.value.month {
            month if MONTHS_AFTER.contains(&month) => signed.value.year - 1,
            month if MONTHS_OF_CLOSING.contains(&month) => signed.value.year,
            _ => return None,
        };
        Some(Fact { value: year, span: signed.span })
    }
}
