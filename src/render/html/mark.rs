//! What stands where in the text: stretches of several kinds that overlap as they like, and places to jump to.
//!
//! The text is cut at every border, so that each piece is one element and no element crosses another.

use crate::{
    diagnostic::Severity,
    text::{Span, slice},
};

/// What a stretch of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A finding's place.
    Finding(Severity),
    /// Another place that belongs to a finding.
    Related,
    /// What fulfils a requirement.
    Evidence,
    /// A heading that opens a paragraph.
    Lead,
    /// No text of the report: marks of the format, blanks at the ends of lines.
    Outside,
}

/// All kinds; the gravest finding comes first and gives its colour.
const KINDS: [Kind; 7] = [
    Kind::Finding(Severity::Error),
    Kind::Finding(Severity::Warning),
    Kind::Finding(Severity::Info),
    Kind::Related,
    Kind::Evidence,
    Kind::Lead,
    Kind::Outside,
];

impl Kind {
    /// The class of its pieces.
    const fn class(self) -> &'static str {
        match self {
            Self::Finding(severity) => severity.name(),
            Self::Related => "related",
            Self::Evidence => "evidence",
            Self::Lead => "lead",
            Self::Outside => "outside",
        }
    }

    fn index(self) -> usize {
        KINDS.iter().position(|kind| *kind == self).unwrap_or_default()
    }
}

/// Everything that a piece of the text is at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    /// The classes of the piece. Of several findings the gravest counts.
    pub(super) fn classes(self) -> String {
        let mut classes: Vec<&str> = Vec::new();
        let mut found = false;
        for (index, kind) in KINDS.iter().enumerate().filter(|(index, _)| self.0 & (1 << index) != 0) {
            let is_finding = index < Kind::Related.index();
            if !(is_finding && found) {
                classes.push(kind.class());
            }
            found |= is_finding;
        }
        classes.join(" ")
    }

    /// Whether a finding is about the piece.
    pub(super) fn is_finding(self) -> bool {
        usize::from(self.0).trailing_zeros() < u32::try_from(Kind::Related.index()).unwrap_or_default()
    }

    /// Whether it is nothing but plain text.
    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A place to jump to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The byte of the text before which it stands.
    pub(super) at: usize,
    /// Its id.
    pub(super) id: String,
    /// The finding whose place it is, by its number from 1 and its severity; else it stays unseen.
    pub(super) finding: Option<(usize, Severity)>,
}

/// Stretches and targets of a text, in its order.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Where a piece begins and what it is; it ends where the next begins.
    pieces: Vec<(usize, Kinds)>,
    targets: Vec<Target>,
}

impl Marks {
    /// Sorts what was found in `text`. Ends inside a character or behind the text are moved outwards or back.
    pub(super) fn new(text: &str, stretches: &[(Span, Kind)], mut targets: Vec<Target>) -> Self {
        for target in &mut targets {
            target.at = text.floor_char_boundary(target.at.min(text.len()));
        }
        // A stable sort: at one place the targets stay in the order in which they came.
        targets.sort_by_key(|target| target.at);
        let mut borders: Vec<(usize, usize, bool)> = Vec::new();
        for (span, kind) in stretches.iter().filter(|(span, _)| !span.is_empty()) {
            let end = text.ceil_char_boundary(span.end.min(text.len()));
            let start = text.floor_char_boundary(span.start.min(end));
            if start < end {
                borders.extend([(start, kind.index(), true), (end, kind.index(), false)]);
            }
        }
        borders.sort_unstable();
        Self { pieces: pieces(&borders), targets }
    }

    /// Cuts `span` of `text` at every border: targets and pieces in their order. `cursor` says how many targets
    /// stand before `span` already and counts on; targets at its very end are left for what follows.
    pub(super) fn cut<'a>(&'a self, text: &'a str, span: Span, cursor: &mut usize) -> Vec<Cut<'a>> {
        let mut cuts = Vec::new();
        let mut index = self.pieces.partition_point(|(start, _)| *start <= span.start);
        let mut at = span.start;
        while at < span.end {
            cuts.extend(self.targets_until(at, cursor).map(Cut::Target));
            let kinds = index.checked_sub(1).and_then(|index| self.pieces.get(index));
            let kinds = kinds.map_or(Kinds::default(), |(_, kinds)| *kinds);
            let border = self.pieces.get(index).map_or(span.end, |(start, _)| *start);
            let target = self.targets.get(*cursor).map_or(span.end, |target| target.at);
            let next = border.min(target).min(span.end);
            cuts.push(Cut::Piece(slice(text, Span::new(at, next)), kinds));
            index += usize::from(next == border);
            at = next;
        }
        cuts
    }

    /// The targets up to byte `at` that were not asked for yet.
    pub(super) fn targets_until(&self, at: usize, cursor: &mut usize) -> impl Iterator<Item = &Target> {
        let first = *cursor;
        *cursor += self.targets.iter().skip(first).take_while(|target| target.at <= at).count();
        self.targets.get(first..*cursor).unwrap_or_default().iter()
    }
}

/// A piece of a text that was cut, or a target between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut<'a> {
    /// A place to jump to.
    Target(&'a Target),
    /// Characters, all of the same kinds.
    Piece(&'a str, Kinds),
}

/// From borders in the order of the text (byte, kind, whether it begins) to pieces.
fn pieces(borders: &[(usize, usize, bool)]) -> Vec<(usize, Kinds)> {
    let mut open = [0_usize; KINDS.len()];
    let mut pieces: Vec<(usize, Kinds)> = Vec::new();
    for (at, kind, begins) in borders {
        if let Some(count) = open.get_mut(*kind) {
            *count = if *begins { *count + 1 } else { count.saturating_sub(1) };
        }
        let kinds = open.iter().enumerate().filter(|(_, count)| **count > 0);
        let kinds = Kinds(kinds.fold(0, |set, (index, _)| set | 1 << index));
        match pieces.last_mut() {
            Some((last, before)) if last == at => *before = kinds,
            _ => pieces.push((*at, kinds)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_cross_are_cut_at_every_border() {
        let text = "甲乙丙丁戊己庚";
        let span = |from: usize, to: usize| Span::new(3 * from, 3 * to);
        let stretches = [
            (span(1, 4), Kind::Finding(Severity::Info)),
            (span(3, 6), Kind::Finding(Severity::Error)),
            (span(2, 3), Kind::Evidence),
            (span(3, 6), Kind::Finding(Severity::Error)),
            (Span::new(19, 99), Kind::Outside),
            (Span::new(5, 5), Kind::Outside),
        ];
        let target = Target { at: 10, id: "丁".into(), finding: None };
        let marks = Marks::new(text, &stretches, vec![target.clone()]);
        let mut cursor = 0;
        let cuts: Vec<String> = marks
            .cut(text, Span::new(0, text.len()), &mut cursor)
            .into_iter()
            .map(|cut| match cut {
                Cut::Target(target) => format!("#{}", target.id),
                Cut::Piece(text, kinds) => format!("{text} {}", kinds.classes()),
            })
            .collect();
        assert_eq!(cuts.join("|"), "甲 |乙 info|丙 info evidence|#丁|丁 error|戊己 error|庚 outside");
        assert_eq!(marks.targets_until(text.len(), &mut cursor).count(), 0);
    }
}
