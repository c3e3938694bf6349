//! The parts of a report round its text: title, opening, tail, and the facts that stand alone there.
//!
//! The roles of blocks decide where the document has them; where no title was found, the short lines before the
//! text serve.

use std::ops::Range;

use super::{
    Date, DateMention, Fact, document_number, figure,
    words::{Words, longest_end, rest},
};
use crate::{
    document::{Block, Document, Lexicon, Role},
    text::Span,
};

/// A longer line is no title, signature or label, in characters.
const LONGEST_LINE: usize = 60;
/// How many blocks of text can be an opening; the fewer where no heading ends it.
const LONGEST_OPENING: usize = 8;
const LONGEST_OPENING_WITHOUT_HEADING: usize = 3;

/// Which blocks are the title, the opening and the tail; numbers are places in the document's blocks.
pub(super) struct Frame<'a> {
    document: &'a Document,
    lexicon: &'a Lexicon,
    /// The title's lines.
    pub(super) title: Vec<usize>,
    /// What stands before the text.
    pub(super) head: Range<usize>,
    /// The text before the first heading.
    pub(super) opening: Range<usize>,
    /// What stands behind the text.
    pub(super) tail: Range<usize>,
}

impl<'a> Frame<'a> {
    pub(super) fn new(document: &'a Document, lexicon: &'a Lexicon) -> Self {
        let blocks = &document.blocks;
        let text = |block: &Block| is_text(block, document.view.slice(block.view));
        let first = blocks.iter().position(text).unwrap_or(blocks.len());
        // A line before the title that the file styles as a heading is the frame's, one behind it the text's.
        let framed = blocks.iter().take(first).rposition(|block| block.role != Role::Heading);
        let head = 0..framed.map_or(0, |last| last + 1);
        let tail = blocks.iter().rposition(text).map_or(head.end, |last| last + 1)..blocks.len();
        let mut frame = Self { document, lexicon, title: Vec::new(), opening: head.end..head.end, head, tail };
        frame.opening.end = frame.opening_end();
        frame.title = frame.title_lines();
        frame
    }

    /// The view of a block.
    pub(super) fn view(&self, block: usize) -> &'a str {
        self.document.blocks.get(block).map_or("", |block| self.document.view.slice(block.view))
    }

    fn role(&self, block: usize) -> Role {
        self.document.blocks.get(block).map_or(Role::Body, |block| block.role)
    }

    fn opening_end(&self) -> usize {
        let start = self.opening.start;
        let headed = |block: &usize| {
            self.document.headings.binary_search_by_key(block, |heading| heading.block).is_ok()
                || self.role(*block) == Role::Heading
                || is_numbered(self.view(*block))
        };
        let blocks = start..self.tail.start.min(start + LONGEST_OPENING);
        let first = blocks.clone().find(headed);
        first.unwrap_or(blocks.end.min(start + LONGEST_OPENING_WITHOUT_HEADING))
    }

    fn title_lines(&self) -> Vec<usize> {
        let titles: Vec<usize> = self.blocks_with(Role::Title).collect();
        if !titles.is_empty() {
            return titles;
        }
        let short = |block: &usize| {
            let line = self.view(*block);
            self.role(*block) == Role::Body
                && !line.ends_with('：')
                && line.chars().nth(LONGEST_LINE).is_none()
                && document_number::find(line, true).is_none()
        };
        self.head.clone().filter(short).collect()
    }

    fn blocks_with(&self, role: Role) -> impl Iterator<Item = usize> {
        let blocks = self.document.blocks.iter().enumerate();
        blocks.filter(move |(_, block)| block.role == role).map(|(index, _)| index)
    }

    /// A fact at `span` of the view.
    pub(super) fn fact<T>(&self, value: T, span: Span) -> Fact<T> {
        Fact { value, span: self.document.view.to_text(&self.document.text, span) }
    }

    /// The span in the view of `part` of a block's view.
    fn in_view(&self, block: usize, part: Span) -> Span {
        let base = self.document.blocks.get(block).map_or(0, |block| block.view.start);
        Span::new(base + part.start, base + part.end)
    }

    /// The words at the title's end that tell a report of another kind.
    pub(super) fn other_kind(&self) -> Option<Fact<String>> {
        self.title.iter().rev().find_map(|block| {
            let line = self.view(*block).trim_end_matches('。');
            let line = line.strip_suffix('）').and_then(|line| line.rsplit_once('（')).map_or(line, |(title, _)| title);
            // 工作总结及2025年工作计划 is a report with a plan behind it.
            let joined = line.char_indices().filter(|(_, char)| "及和暨与、".contains(*char));
            let mut before = joined.filter_map(|(at, _)| line.get(..at));
            if before.any(|title| self.genre(title) == Some(None)) {
                return Some(None);
            }
            let word = self.genre(line)?;
            Some(word.map(|word| {
                let span = self.in_view(*block, Span::new(line.len() - word.len(), line.len()));
                self.fact(word.to_owned(), span)
            }))
        })?
    }

    /// Whether `title` ends as a title, and with which word for another kind; of both the longer counts.
    fn genre(&self, title: &str) -> Option<Option<&'a str>> {
        let genre = longest_end(title, &self.lexicon.genres).map_or(0, str::len);
        let other = longest_end(title, &self.lexicon.other_kinds).filter(|word| word.len() >= genre);
        (genre > 0 || other.is_some()).then_some(other)
    }

    /// The document number before the text.
    pub(super) fn number(&self) -> Option<Fact<String>> {
        let mut blocks = self.head.clone().filter(|block| !matches!(self.role(*block), Role::Title | Role::Addressee));
        blocks.find_map(|block| {
            let line = self.view(block);
            let found = document_number::find(line, true)?;
            let number = line.get(found.start..found.end)?.to_owned();
            Some(self.fact(number, self.in_view(block, found)))
        })
    }

    /// The last date that stands alone, or behind the signing unit, in the tail; before an annex, one that stands
    /// alone below a signing unit.
    pub(super) fn signed(&self, dates: &[DateMention]) -> Option<Fact<Date>> {
        let in_tail = self.tail.clone().rev().find_map(|block| self.dated(block, dates));
        let mention = in_tail.or_else(|| {
            let mut text = (self.head.end..self.tail.start).rev();
            text.find_map(|block| {
                let above = block.checked_sub(1).map(|above| self.view(above)).filter(|above| !above.is_empty())?;
                self.dated(block, dates).filter(|_| self.is_signature(above))
            })
        })?;
        Some(self.fact(mention.date, mention.view))
    }

    /// The date of a block that holds nothing else but, perhaps, the name of a body before it.
    fn dated(&self, block: usize, dates: &[DateMention]) -> Option<DateMention> {
        if matches!(self.role(block), Role::Residue | Role::Furniture | Role::Note | Role::Addressee) {
            return None;
        }
        let span = self.document.blocks.get(block)?.view;
        let mention = within(dates, span).last().filter(|mention| mention.date.month > 0)?;
        let before = self.document.view.slice(Span::new(span.start, mention.view.start));
        let after = self.document.view.slice(Span::new(mention.view.end, span.end));
        let alone =
            after.chars().all(|char| "）。".contains(char)) && self.is_signature(before.trim_matches(['（', '，']));
        alone.then_some(*mention)
    }

    /// Whether `text` is nothing or the name of a body.
    pub(super) fn is_signature(&self, text: &str) -> bool {
        let lexicon = self.lexicon;
        if text.chars().nth(LONGEST_LINE).is_some() || text.contains(['，', '：', '；', '。']) {
            return false;
        }
        let ends = longest_end(text, &lexicon.offices).or_else(|| longest_end(text, &lexicon.addressees));
        text.is_empty() || ends.is_some() || lexicon.levels.keys().any(|ending| text.ends_with(ending.as_str()))
    }

    /// The date behind a label of publication in what a web page left.
    pub(super) fn published(&self, dates: &[DateMention]) -> Option<Fact<Date>> {
        let labels = Words::new(self.lexicon.metadata.iter().chain(&self.lexicon.publication));
        let mut blocks = self.head.clone().chain(self.tail.clone());
        blocks.find_map(|block| {
            let span = self.document.blocks.get(block)?.view;
            let mention = self.labelled(&labels, block, within(dates, span))?;
            Some(self.fact(mention.date, mention.view))
        })
    }

    /// The first of a block's dates that follows a label of publication, or stands alone behind a block that is one.
    fn labelled(&self, labels: &Words<'_>, block: usize, dates: &[DateMention]) -> Option<DateMention> {
        let line = self.view(block);
        let base = self.in_view(block, Span::default()).start;
        let full = |mention: &&DateMention| mention.date.month > 0;
        let mut at = 0;
        if let Some(first) = dates.first().filter(full).filter(|first| first.view.start == base && block > 0) {
            let before = self.view(block - 1).trim_end_matches('：');
            if self.lexicon.publication.iter().any(|label| label == before) {
                return Some(*first);
            }
        }
        while let Some(char) = rest(line, at).chars().next() {
            let Some(label) = labels.longest_at(rest(line, at)) else {
                at += char.len_utf8();
                continue;
            };
            at += label.len();
            let marks = rest(line, at).chars().take_while(|char| "：[【（".contains(*char));
            let start = base + at + marks.map(char::len_utf8).sum::<usize>();
            let found = dates.binary_search_by_key(&start, |mention| mention.view.start);
            let behind = found.ok().and_then(|index| dates.get(index)).filter(full);
            if let Some(mention) = behind.filter(|_| self.lexicon.publication.iter().any(|word| word == label)) {
                return Some(*mention);
            }
        }
        None
    }
}

/// The mentions inside `span` of the view.
pub(super) fn within(dates: &[DateMention], span: Span) -> &[DateMention] {
    let from = dates.partition_point(|mention| mention.view.start < span.start);
    let to = dates.partition_point(|mention| mention.view.start < span.end);
    dates.get(from..to).unwrap_or_default()
}

/// Whether a block is text of the report and not of its frame.
fn is_text(block: &Block, line: &str) -> bool {
    match block.role {
        Role::Row => true,
        Role::Heading => is_numbered(line),
        Role::Body => {
            // 县委、县政府： is an address, 按照要求，现将…报告如下： a sentence.
            let sentence = line.contains('，') || line.chars().nth(LONGEST_LINE).is_some();
            line.contains('。') || is_numbered(line) || sentence && line.ends_with(['；', '：', '！', '？'])
        }
        _ => false,
    }
}

/// Whether a line opens with 一、 or （一）.
fn is_numbered(line: &str) -> bool {
    let inside = line.strip_prefix('（');
    let Some(figure) = figure::chinese(inside.unwrap_or(line)) else { return false };
    rest(inside.unwrap_or(line), figure.length).starts_with(if inside.is_some() { '）' } else { '、' })
}
