//! What is drawn on a page, as far as reading needs it: glyphs and ruled lines.

/// Which way a line of text runs on the page as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) enum Turn {
    /// From left to right.
    Right,
    /// From top to bottom.
    Down,
    /// From right to left, upside down.
    Left,
    /// From bottom to top.
    Up,
    /// Across the page, as watermarks do.
    Askew,
}

impl Turn {
    /// The turn of a line that runs along `(x, y)`, y counted downwards.
    pub(in crate::read) fn of(x: f64, y: f64) -> Self {
        /// The tangent of about six degrees.
        const LEAN: f64 = 0.1;
        if y.abs() <= LEAN * x.abs() {
            return if x < 0.0 { Self::Left } else { Self::Right };
        }
        if x.abs() <= LEAN * y.abs() {
            return if y < 0.0 { Self::Up } else { Self::Down };
        }
        Self::Askew
    }
}

/// A glyph that stands for one character. Lengths are points; the page's top left corner is the origin.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Glyph {
    pub(in crate::read) char: char,
    /// Where it begins on its baseline.
    pub(in crate::read) x: f32,
    /// Its baseline.
    pub(in crate::read) y: f32,
    /// How far it moves on, along its line.
    pub(in crate::read) width: f32,
    /// The size of the font.
    pub(in crate::read) size: f32,
    /// Which font, by name.
    pub(in crate::read) font: u16,
    pub(in crate::read) turn: Turn,
    /// Whether the file says that it belongs to the page, not to the text.
    pub(in crate::read) artifact: bool,
}

/// A ruled line, across or down the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::read) struct Rule {
    /// Whether it runs across.
    pub(in crate::read) across: bool,
    /// The y of one that runs across, the x of one that runs down.
    pub(in crate::read) at: f32,
    /// Where it begins, left or top.
    pub(in crate::read) from: f32,
    /// Where it ends.
    pub(in crate::read) to: f32,
}

/// A page.
#[derive(Debug, Default)]
pub(in crate::read) struct Page {
    /// From 1.
    pub(in crate::read) number: usize,
    pub(in crate::read) width: f32,
    pub(in crate::read) height: f32,
    /// In the order in which they are drawn.
    pub(in crate::read) glyphs: Vec<Glyph>,
    pub(in crate::read) rules: Vec<Rule>,
    /// How many glyphs have no known character.
    pub(in crate::read) unknown: usize,
    /// Whether an image is drawn on it.
    pub(in crate::read) has_image: bool,
}

/// No page is read for tables that has more ruled lines: it is a drawing.
const MOST_RULES: usize = 20_000;
/// A filled box no thicker is a ruled line.
const THICKEST_RULE: f32 = 3.0;
/// A ruled line is no shorter.
const SHORTEST_RULE: f32 = 4.0;

impl Page {
    /// Notes a box that was filled, if it is so thin that it is a line.
    pub(in crate::read) fn add_box(&mut self, corners: [(f64, f64); 2]) {
        let [(left, top), (right, bottom)] = corners.map(|(x, y)| (x as f32, y as f32));
        let (left, right) = (left.min(right), left.max(right));
        let (top, bottom) = (top.min(bottom), top.max(bottom));
        if bottom - top <= THICKEST_RULE && right - left >= SHORTEST_RULE {
            self.add_rule(Rule { across: true, at: (top + bottom) / 2.0, from: left, to: right });
        } else if right - left <= THICKEST_RULE && bottom - top >= SHORTEST_RULE {
            self.add_rule(Rule { across: false, at: (left + right) / 2.0, from: top, to: bottom });
        }
    }

    /// Notes a line that was drawn, if it runs across or down the page.
    pub(in crate::read) fn add_line(&mut self, one: (f64, f64), other: (f64, f64)) {
        let (width, height) = ((one.0 - other.0).abs() as f32, (one.1 - other.1).abs() as f32);
        if height <= 0.5 || width <= 0.5 {
            let thin = if height <= 0.5 { (one, (other.0, one.1)) } else { (one, (one.0, other.1)) };
            self.add_box([thin.0, thin.1]);
        }
    }

    fn add_rule(&mut self, rule: Rule) {
        if self.rules.len() < MOST_RULES && rule.at.is_finite() && rule.from.is_finite() && rule.to.is_finite() {
            self.rules.push(rule);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_turns_of_lines() {
        let turns = [(1.0, 0.05), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, -1.0)].map(|(x, y)| Turn::of(x, y));
        assert_eq!(turns, [Turn::Right, Turn::Down, Turn::Left, Turn::Up, Turn::Askew]);
    }

    #[test]
    fn keeps_thin_boxes_and_straight_lines() {
        let mut page = Page::default();
        page.add_box([(10.0, 20.5), (110.0, 20.0)]);
        page.add_box([(10.0, 20.0), (110.0, 40.0)]);
        page.add_line((10.0, 20.0), (10.0, 80.0));
        page.add_line((10.0, 20.0), (50.0, 80.0));
        let kept: Vec<(bool, f32)> = page.rules.iter().map(|rule| (rule.across, rule.at)).collect();
        assert_eq!(kept, [(true, 20.25), (false, 10.0)]);
    }
}
