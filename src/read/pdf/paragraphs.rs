//! From lines to paragraphs: which line goes on from the one before.
//!
//! A line that is full goes on; an indent, a short line before, a larger gap, another size or a number opens a new
//! paragraph. The margins come from `measure`.

use super::{
    line::Line,
    measure::Measure,
    words::{first_word, is_closed, opens_with_number, same_font},
};

/// A first line is set in by at least so many font sizes.
const INDENT: f32 = 1.2;
/// What is set in farther is no paragraph set in as a whole: a signature, a date.
const DEEPEST_BLOCK: f32 = 6.0;
/// Two lines start at the same place where they are no farther apart, in font sizes.
const SAME_START: f32 = 0.5;
/// What may be missing at the end of a full line beside the next word, in font sizes.
const SLACK: f32 = 0.35;
/// A gap of more than so many usual distances between lines opens a paragraph.
const WIDE_GAP: f32 = 1.6;
/// So does one of so many behind the end of a sentence, or where first lines are not set in.
const WIDE_GAP_AT_END: f32 = 1.25;
/// A line that ends within a sentence may leave so many font sizes of room.
const MOST_ROOM: f32 = 4.0;

/// Lines of one paragraph.
pub(super) type Paragraph = Vec<Line>;

/// A line with the margins between which it stands.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    pub(super) line: Line,
    pub(super) measure: Measure,
    /// Whether it follows the line before down the same page, with nothing between.
    pub(super) follows: bool,
}

/// Joins lines to paragraphs.
pub(super) fn join(lines: &[Measured]) -> Vec<Paragraph> {
    let habits = Habits::of(lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (place, next) in lines.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| lines.get(before));
        let goes_on = before.zip(paragraphs.last()).is_some_and(|(before, paragraph)| {
            let joint = Joint { before, next, after: lines.get(place + 1), is_first: paragraph.len() == 1, habits };
            joint.goes_on()
        });
        match paragraphs.last_mut() {
            Some(paragraph) if goes_on => paragraph.push(next.line.clone()),
            _ => paragraphs.push(vec![next.line.clone()]),
        }
    }
    paragraphs
}

/// How the paragraphs of a file begin.
#[derive(Debug, Clone, Copy)]
struct Habits {
    /// First lines are set in: many lines stand about two characters in from the margin.
    has_indents: bool,
    /// Some that open with a number are not.
    has_flush_numbers: bool,
}

impl Habits {
    fn of(lines: &[Measured]) -> Self {
        let is_set_in = |measured: &&Measured| (INDENT..4.0).contains(&indent(measured));
        let is_short =
            |measured: &Measured| measured.measure.right - measured.line.right > MOST_ROOM * measured.line.size;
        let opens_flush = |pair: &&[Measured]| match pair {
            [before, next] => is_short(before) && indent(next).abs() < SAME_START && opens_with_number(&next.line),
            _ => false,
        };
        let has_indents = lines.iter().filter(is_set_in).count() * 20 >= lines.len().max(1);
        Self { has_indents, has_flush_numbers: lines.windows(2).any(|pair| opens_flush(&pair)) }
    }
}

/// How far a line is set in, in font sizes.
fn indent(measured: &Measured) -> f32 {
    (measured.line.left - measured.measure.left) / measured.line.size
}

/// Two lines that follow each other, and what is known around them.
struct Joint<'a> {
    before: &'a Measured,
    next: &'a Measured,
    after: Option<&'a Measured>,
    /// Whether `before` is the first line of its paragraph.
    is_first: bool,
    habits: Habits,
}

impl Joint<'_> {
    /// Whether `next` goes on from `before`.
    fn goes_on(&self) -> bool {
        let (above, below) = (&self.before.line, &self.next.line);
        if (above.size - below.size).abs() > 0.08 * above.size || above.artifact != below.artifact || self.is_apart() {
            return false;
        }
        // The first line of a long title may be as wide as the text.
        let plain = !is_closed(above) && same_font(above, below);
        if plain && is_symmetric(self.before) && is_centred(self.next) {
            let room = self.before.measure.right - self.before.measure.left - (above.right - above.left);
            return room <= first_word(below) + 2.0 * SLACK * above.size;
        }
        if !self.is_full() {
            return false;
        }
        if indent(self.next) >= INDENT {
            return self.goes_on_set_in(plain);
        }
        let opens = is_closed(above) && opens_with_number(below);
        if self.habits.has_indents {
            return !(opens && self.habits.has_flush_numbers);
        }
        plain || !(opens || (is_closed(above) && !same_font(above, below)))
    }

    /// Whether a line that is set in goes on: where the whole paragraph is set in, or hangs from its number.
    fn goes_on_set_in(&self, plain: bool) -> bool {
        let (above, below) = (&self.before.line, &self.next.line);
        if indent(self.next) > DEEPEST_BLOCK || opens_with_number(below) {
            return false;
        }
        let starts_below = |line: &Line| (line.left - below.left).abs() <= SAME_START * below.size;
        if !self.is_first {
            return starts_below(above);
        }
        let hangs = opens_with_number(above) && below.left > above.left + SAME_START * below.size;
        let goes_on_below = self.after.is_some_and(|after| {
            let room = self.next.measure.right - below.right;
            after.follows && starts_below(&after.line) && room <= first_word(&after.line) + SLACK * below.size
        });
        plain && (hangs || (starts_below(above) && (goes_on_below || !self.habits.has_indents)))
    }

    /// Whether there is more room between the lines than between most.
    fn is_apart(&self) -> bool {
        let (above, below) = (&self.before.line, &self.next.line);
        let most = if is_closed(above) || !self.habits.has_indents { WIDE_GAP_AT_END } else { WIDE_GAP };
        let pitch = self.next.measure.pitch.max(1.2 * below.size);
        self.next.follows && below.baseline - above.baseline > most * pitch
    }

    /// Whether the first word of `next` would not have fitted at the end of `before`.
    fn is_full(&self) -> bool {
        let line = &self.before.line;
        let room = self.before.measure.right - line.right;
        let starts_at_margin = self.habits.has_indents && indent(self.next).abs() < SAME_START;
        // Where first lines are set in, a line at the margin that ends no sentence before hardly begins anything.
        let least = if starts_at_margin && !is_closed(line) { MOST_ROOM } else { 0.0 };
        room <= (first_word(&self.next.line) + SLACK * line.size).max(least * line.size)
    }
}

/// Whether a line leaves as much room on its left as on its right.
fn is_symmetric(measured: &Measured) -> bool {
    let (line, measure) = (&measured.line, measured.measure);
    ((line.left - measure.left) - (measure.right - line.right)).abs() <= 0.7 * line.size
}

/// Whether a line stands in the middle between the margins and does not fill them.
fn is_centred(measured: &Measured) -> bool {
    is_symmetric(measured) && measured.line.left - measured.measure.left > 0.5 * measured.line.size
}

/// Joins the lines of a table's cell. A cell is narrow, so that only what plainly opens a paragraph does.
pub(super) fn join_cell(lines: &[Line], left: f32, right: f32) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for line in lines {
        let opens = paragraphs.last().and_then(|paragraph| paragraph.last()).is_none_or(|before| {
            let room = (right - left) - (before.right - before.left);
            let full = room <= first_word(line) + 1.5 * line.size;
            opens_with_number(line) || (!full && is_closed(before))
        });
        match paragraphs.last_mut() {
            Some(paragraph) if !opens => paragraph.push(line.clone()),
            _ => paragraphs.push(vec![line.clone()]),
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::{
        super::{line::Char, page::Turn},
        *,
    };

    /// A line of 16 point characters of which the first stands at `left`.
    fn line(text: &str, left: f32, baseline: f32) -> Line {
        let at = |place: usize| left + 16.0 * place as f32;
        let chars = text.chars().enumerate();
        let chars: Vec<Char> = chars
            .map(|(place, char)| Char { char, left: at(place), right: at(place + 1), font: 0, raised: false })
            .collect();
        let right = at(chars.len());
        Line { page: 1, turn: Turn::Right, chars, baseline, size: 16.0, left, right, order: 0, artifact: false }
    }

    /// The paragraphs of lines that are set in by so many characters, ten characters between the margins.
    fn paragraphs(lines: &[(&str, f32)]) -> Vec<String> {
        let measure = Measure { left: 100.0, right: 260.0, pitch: 28.0 };
        let measured = lines.iter().zip(0_u8..).map(|((text, indent), row)| Measured {
            line: line(text, 100.0 + 16.0 * indent, 28.0 * f32::from(row)),
            measure,
            follows: row > 0,
        });
        join(&measured.collect::<Vec<_>>()).iter().map(|lines| lines.iter().map(Line::letters).collect()).collect()
    }

    #[test]
    fn an_indent_and_a_short_line_open_a_paragraph() {
        let lines = [
            ("一、修路清沟", 2.0),
            ("全年修整村道共计三", 2.0),
            ("条，清理水沟十二公里", 0.0),
            ("。", 0.0),
            ("（一）另建桥。", 2.0),
            ("年底前完工。", 2.0),
        ];
        let read = paragraphs(&lines);
        assert_eq!(
            read,
            ["一、修路清沟", "全年修整村道共计三条，清理水沟十二公里。", "（一）另建桥。", "年底前完工。"]
        );
    }

    #[test]
    fn a_whole_paragraph_may_be_set_in() {
        let lines = [("甲村乙村丙村丁村", 2.0), ("都已经通水通电通路", 2.0), ("。完工验收", 2.0)];
        assert_eq!(paragraphs(&lines), ["甲村乙村丙村丁村都已经通水通电通路。完工验收"]);
    }

    #[test]
    fn a_number_that_can_not_be_broken_leaves_a_line_short() {
        let lines = [("共发放资料", 2.0), ("123456份。", 0.0), ("完工了。", 0.0)];
        assert_eq!(paragraphs(&lines), ["共发放资料123456份。", "完工了。"]);
    }
}
