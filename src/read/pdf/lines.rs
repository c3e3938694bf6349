//! From glyphs to lines of text, in reading order.
//!
//! The order in which a page draws is kept, since it is the order in which the text was written; geometry says
//! where lines break, and orders the page alone where the drawing jumps about. No paragraphs here.

use std::collections::BTreeMap;

use super::{
    line::{Char, Line, ink},
    page::{Glyph, Page, Turn},
};

/// A glyph with its place along and across its line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) char: char,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    pub(super) size: f32,
    pub(super) font: u16,
    pub(super) artifact: bool,
    pub(super) order: usize,
}

impl Placed {
    /// The middle of its box.
    pub(super) fn middle(&self) -> (f32, f32) {
        ((self.left + self.right) / 2.0, self.base - 0.38 * self.size)
    }

    /// From where to where it shows ink.
    fn ink(&self) -> (f32, f32) {
        ink(self.char, self.left, self.right, self.size)
    }
}

/// Glyphs of one run stand no farther apart, in font sizes.
const WIDEST_JOINT: f32 = 0.6;
/// A run joins a line that is not the last one drawn only where it stands no farther from its neighbour.
const WIDEST_LATE_JOINT: f32 = 1.0;
/// Two runs stand on one line where their baselines differ by no more, in font sizes.
const SAME_LINE: f32 = 0.3;
/// A line has no more characters.
const LONGEST_LINE: usize = 400;
/// The share of lines drawn above the line before them from which a page counts as drawn out of order.
const DISORDER: f32 = 0.2;

/// The turn in which most glyphs of a page run.
pub(super) fn main_turn(page: &Page) -> Turn {
    let count = |turn: Turn| page.glyphs.iter().filter(|glyph| glyph.turn == turn).count();
    let turns = [Turn::Right, Turn::Down, Turn::Left, Turn::Up];
    turns.into_iter().rev().max_by_key(|turn| count(*turn)).unwrap_or(Turn::Right)
}

/// The glyphs of a page that run in `turn`, on the page so turned that they run to the right.
pub(super) fn place(page: &Page, turn: Turn) -> Vec<Placed> {
    let of_turn = page.glyphs.iter().enumerate().filter(|(_, glyph)| glyph.turn == turn);
    of_turn.map(|(order, glyph)| placed(glyph, order, page)).collect()
}

fn placed(glyph: &Glyph, order: usize, page: &Page) -> Placed {
    let (left, base) = match glyph.turn {
        Turn::Right | Turn::Askew => (glyph.x, glyph.y),
        Turn::Down => (glyph.y, page.width - glyph.x),
        Turn::Left => (page.width - glyph.x, page.height - glyph.y),
        Turn::Up => (page.height - glyph.y, glyph.x),
    };
    Placed {
        char: glyph.char,
        left,
        right: left + glyph.width,
        base,
        size: glyph.size,
        font: glyph.font,
        artifact: glyph.artifact,
        order,
    }
}

/// The lines of the glyphs `placed`, which are in the order of drawing.
pub(super) fn lines(placed: &[Placed], page: usize, turn: Turn) -> Vec<Line> {
    let mut gathered = Gathered { lines: Vec::new(), rows: BTreeMap::new(), page, turn };
    for run in runs(placed) {
        gathered.add(run);
    }
    let mut lines = gathered.lines;
    for line in &mut lines {
        line.chars.sort_by(|one, other| one.left.total_cmp(&other.left));
        line.trim();
    }
    lines.retain(|line| !line.chars.is_empty());
    if is_out_of_order(&lines) {
        lines.sort_by(|one, other| {
            (one.baseline, one.left).partial_cmp(&(other.baseline, other.left)).unwrap_or(
                // Lengths are finite, so that this is never asked for.
                std::cmp::Ordering::Equal,
            )
        });
    }
    lines
}

/// Cuts the glyphs where one does not stand next to the one before.
fn runs(placed: &[Placed]) -> impl Iterator<Item = &[Placed]> {
    placed.chunk_by(|before, next| {
        let size = before.size.max(next.size);
        let gap = next.ink().0 - before.ink().1;
        (next.base - before.base).abs() <= 0.05 * size
            && next.size.min(before.size) >= 0.9 * size
            && (-0.3 * size..=WIDEST_JOINT * size).contains(&gap)
            && before.artifact == next.artifact
    })
}

/// Lines under construction.
struct Gathered {
    lines: Vec<Line>,
    /// The lines by baseline, in whole points.
    rows: BTreeMap<i32, Vec<usize>>,
    page: usize,
    turn: Turn,
}

/// How a run stands to a line.
#[derive(PartialEq)]
enum Fit {
    /// On another line, or over its characters.
    No,
    /// On the line, so many font sizes from its nearest character.
    Beside(f32),
    /// The same characters at the same place: drawn twice to look bold.
    Again,
}

impl Gathered {
    fn add(&mut self, run: &[Placed]) {
        let Some(first) = run.first() else { return };
        let last = self.lines.len().checked_sub(1);
        match last.and_then(|last| self.lines.get(last)).map_or(Fit::No, |line| fit(line, run)) {
            Fit::Again => return,
            Fit::Beside(_) => return self.join(last.unwrap_or_default(), run),
            Fit::No => {}
        }
        let row = first.base as i32;
        let reach = (first.size.min(100.0) * SAME_LINE) as i32 + 1;
        let near = self.rows.range(row.saturating_sub(reach)..=row.saturating_add(reach));
        let near: Vec<usize> = near.flat_map(|(_, lines)| lines.iter().rev().take(4).copied()).take(16).collect();
        for index in near {
            match self.lines.get(index).map_or(Fit::No, |line| fit(line, run)) {
                Fit::Again => return,
                Fit::Beside(gap) if gap <= WIDEST_LATE_JOINT => return self.join(index, run),
                Fit::Beside(_) | Fit::No => {}
            }
        }
        self.rows.entry(row).or_default().push(self.lines.len());
        self.lines.push(Line {
            page: self.page,
            turn: self.turn,
            chars: run.iter().map(|glyph| char_of(glyph, false)).collect(),
            baseline: first.base,
            size: first.size,
            left: run.iter().map(|glyph| glyph.left).fold(first.left, f32::min),
            right: run.iter().map(|glyph| glyph.right).fold(first.right, f32::max),
            order: first.order,
            artifact: first.artifact,
        });
    }

    fn join(&mut self, index: usize, run: &[Placed]) {
        let (Some(line), Some(first)) = (self.lines.get_mut(index), run.first()) else { return };
        let raised = first.size <= 0.8 * line.size && line.baseline - first.base >= 0.15 * line.size;
        if first.size > 1.2 * line.size {
            // What came first was a raised mark.
            let was_raised = first.base - line.baseline >= 0.15 * first.size;
            line.chars.iter_mut().for_each(|char| char.raised = was_raised);
            line.baseline = first.base;
        }
        line.size = line.size.max(first.size);
        for glyph in run {
            line.left = line.left.min(glyph.left);
            line.right = line.right.max(glyph.right);
            line.chars.push(char_of(glyph, raised));
        }
    }
}

fn char_of(glyph: &Placed, raised: bool) -> Char {
    Char { char: glyph.char, left: glyph.left, right: glyph.right, font: glyph.font, raised }
}

fn fit(line: &Line, run: &[Placed]) -> Fit {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return Fit::No };
    if first.artifact != line.artifact || line.chars.len() + run.len() > LONGEST_LINE || !is_level(line, first) {
        return Fit::No;
    }
    let size = line.size.max(first.size);
    let slack = 0.3 * first.size.min(line.size);
    if first.left >= line.right - slack {
        return Fit::Beside((first.left - line.right) / size);
    }
    if last.right <= line.left + slack {
        return Fit::Beside((line.left - last.right) / size);
    }
    // The run may fill gaps of the line, even several.
    let covers = |glyph: &Placed, char: &Char| {
        let ((left, right), (start, end)) = (glyph.ink(), ink(char.char, char.left, char.right, line.size));
        start < right - slack && end > left + slack
    };
    let is_free = |glyph: &Placed| !line.chars.iter().any(|char| covers(glyph, char));
    if run.iter().all(is_free) {
        let gap = |char: &Char| (char.left - last.right).max(first.left - char.right).max(0.0);
        return Fit::Beside(line.chars.iter().map(gap).fold(f32::MAX, f32::min) / size);
    }
    let is_there = |glyph: &Placed, char: &Char| char.char == glyph.char && near(char.left, glyph.left, slack);
    let again = |glyph: &Placed| line.chars.iter().any(|char| is_there(glyph, char));
    if run.iter().all(again) { Fit::Again } else { Fit::No }
}

fn near(one: f32, other: f32, by: f32) -> bool {
    (one - other).abs() <= by
}

/// Whether a glyph stands on the baseline of a line, or is small and beside its letters.
fn is_level(line: &Line, glyph: &Placed) -> bool {
    let (small, large) = (line.size.min(glyph.size), line.size.max(glyph.size));
    if near(line.baseline, glyph.base, SAME_LINE * small) {
        return true;
    }
    let (small_base, large_base) =
        if glyph.size < line.size { (glyph.base, line.baseline) } else { (line.baseline, glyph.base) };
    // A mark above or below the line, whole within its height.
    small <= 0.8 * large
        && small_base - 0.8 * small >= large_base - 1.1 * large
        && small_base <= large_base + 0.25 * large
}

/// Whether a page draws its lines in no order that can be read: many go up the page.
fn is_out_of_order(lines: &[Line]) -> bool {
    let goes_up = |pair: &&[Line]| matches!(pair, [one, next] if next.baseline < one.baseline - 0.5 * next.size);
    let ups = lines.windows(2).filter(goes_up).count();
    ups > 4 && ups as f32 > DISORDER * lines.len() as f32
}
