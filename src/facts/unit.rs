//! Names that have the form of a unit: the report's own, and others that it may have been copied from.
//!
//! Precise rather than complete: after a verb (办理镇人大建议) or a word for a kind (各镇) no other unit is named, and
//! where the form leaves a doubt nothing is said.

use std::collections::BTreeMap;

use super::{
    name::{Name, Rank},
    own::{Own, Units},
    words::rest,
};
use crate::text::Span;

/// A name where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitMention {
    /// Its bytes in the view, the level's characters included.
    pub view: Span,
    /// Whether it is the report's own unit.
    pub own: bool,
}

/// The characters of a name's stem, for which the text is searched.
const STEM_LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;

/// A name that is not the report's own.
struct Other<'a> {
    /// Its bytes in the view.
    view: Span,
    /// The name without its ending.
    stem: &'a str,
    /// Whether its place leaves no doubt.
    certain: bool,
}

impl<'a> Units<'a> {
    /// Every mention of the own unit, and of others of its rank where the form leaves no doubt.
    pub(super) fn mentions(&self, own: Option<&Own>) -> Vec<UnitMention> {
        let Some(own) = own else { return Vec::new() };
        let (mut mentions, mut others) = (Vec::new(), Vec::new());
        for (index, block) in self.document.blocks.iter().enumerate() {
            let text = self.frame.view(index);
            let written = text.match_indices(own.name.value.as_str());
            let spans: Vec<Span> = written.map(|(at, name)| Span::new(at, at + name.len())).collect();
            let names = self.names_of(index);
            let fitting = names.iter().filter(|name| name.rank == own.rank && !overlaps_any(&spans, name.span));
            others.extend(fitting.filter_map(|name| self.other(index, name)));
            let base = block.view.start;
            let placed = |span: &Span| Span::new(base + span.start, base + span.end);
            mentions.extend(spans.iter().map(|span| UnitMention { view: placed(span), own: true }));
        }
        let words = self.stems_elsewhere(&others);
        let kept = others.iter().filter(|other| other.certain || words.get(other.stem) == Some(&false));
        mentions.extend(kept.map(|other| UnitMention { view: other.view, own: false }));
        mentions.sort_by_key(|mention| mention.view.start);
        mentions
    }

    /// A name that may be another unit's: in the frame, under a place above, or at the start of a clause.
    fn other(&self, index: usize, name: &Name<'_>) -> Option<Other<'a>> {
        let text = self.frame.view(index);
        let before = text.get(..name.span.start)?;
        let stem = text.get(name.span.start..name.span.end - name.ending.len())?;
        let certain = name.under || self.worth(index, name).0 > 0;
        let clause = before.is_empty() || before.ends_with(['，', '。', '；', '：', '！', '？']);
        let plain = name.opens && clause && !stem.chars().any(|char| self.names.is_generic(char));
        if !name.sure || name.rank == Rank::Body || !certain && !plain {
            return None;
        }
        let base = self.document.blocks.get(index)?.view.start;
        Some(Other { view: Span::new(base + name.span.start, base + name.span.end), stem, certain })
    }

    /// For each stem, whether it stands anywhere without a level's ending: then it is a word and no name, as 办理 is
    /// before 镇.
    fn stems_elsewhere(&self, others: &[Other<'a>]) -> BTreeMap<&'a str, bool> {
        let doubtful = others.iter().filter(|other| !other.certain);
        let mut stems: BTreeMap<&'a str, bool> = doubtful.map(|other| (other.stem, false)).collect();
        if stems.is_empty() {
            return stems;
        }
        let view = self.document.view.text();
        for (at, _) in view.char_indices() {
            let here = rest(view, at);
            for (end, _) in here.char_indices().skip(*STEM_LENGTHS.start()).take(STEM_LENGTHS.count()) {
                let Some(elsewhere) = here.get(..end).and_then(|stem| stems.get_mut(stem)) else { continue };
                *elsewhere |= self.names.ending_at(rest(here, end)).is_none();
            }
        }
        stems
    }
}

/// Whether one of `spans`, which are in order and apart, shares a byte with `span`.
fn overlaps_any(spans: &[Span], span: Span) -> bool {
    let first = spans.partition_point(|other| other.end <= span.start);
    spans.get(first).is_some_and(|other| other.overlaps(span))
}
