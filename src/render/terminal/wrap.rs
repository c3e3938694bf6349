//! Breaks Chinese text into lines of a number of cells: between any two characters, with the marks kept in place.

use crate::text::display_width;

/// `text` in lines of at most `width` cells, the first behind `head`, the others indented as far, or a little where
/// that would leave no room. No line begins with a closing mark or ends in an opening one, and Latin words and
/// figures with their unit stay whole.
#[must_use]
pub fn wrap(head: &str, text: &str, width: usize) -> String {
    let hanging = display_width(head);
    let indent = if width >= ROOMY && hanging * 2 <= width { hanging } else { hanging.min(NARROW_INDENT) };
    let mut lines = String::from(head);
    let mut used = display_width(head);
    for unit in units(text) {
        let cells = display_width(unit);
        if used + cells > width && used > indent {
            lines.truncate(lines.trim_end_matches(' ').len());
            lines.push('\n');
            lines.extend(std::iter::repeat_n(' ', indent));
            used = indent;
        }
        lines.push_str(unit);
        used += cells;
    }
    lines.push('\n');
    lines
}

/// The width from which on lines are indented as far as the first.
const ROOMY: usize = 60;

/// How far lines are indented where there is little room.
const NARROW_INDENT: usize = 6;

/// The longest piece that is kept whole, in characters: no line may grow without bound.
const LONGEST_UNIT: usize = 16;

/// The pieces of `text` between which a line may break.
fn units(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut characters = rest.char_indices().peekable();
        let mut count = 0;
        while let Some((_, before)) = characters.next() {
            count += 1;
            let Some((at, after)) = characters.peek().copied() else { break };
            if count == LONGEST_UNIT || may_break(before, after) {
                let (unit, remaining) = rest.split_at(at);
                rest = remaining;
                return Some(unit);
            }
        }
        let unit = std::mem::take(&mut rest);
        (!unit.is_empty()).then_some(unit)
    })
}

fn may_break(before: char, after: char) -> bool {
    let latin = |char: char| char.is_ascii() && char != ' ';
    let one_word = latin(before) && (latin(after) || before.is_ascii_digit());
    !one_word && !is_opening(before) && !is_closing(after)
}

fn is_opening(char: char) -> bool {
    "（〔【《〈“‘「『([<".contains(char)
}

fn is_closing(char: char) -> bool {
    "）〕】》〉”’」』，。；：！？、…%％·)]>,.;:!? ".contains(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_marks_and_figures_in_place() {
        let text = "写明配备执法记录仪1200台（含备用），归档《案卷》。";
        assert_eq!(
            wrap("改法：", text, 20),
            "改法：写明配备执法记\n      录仪1200台（含\n      备用），归档\n      《案卷》。\n"
        );
    }

    #[test]
    fn bounds_what_has_no_break() {
        let lines = wrap("", &"x".repeat(100), 30);
        assert!(lines.lines().all(|line| line.len() <= 30), "{lines}");
        assert_eq!(lines.lines().map(str::len).sum::<usize>(), 100);
    }

    #[test]
    fn a_wide_head_leaves_room() {
        assert_eq!(wrap("很长的开头：", "甲乙丙丁戊己庚", 16), "很长的开头：甲乙\n      丙丁戊己庚\n");
    }
}
