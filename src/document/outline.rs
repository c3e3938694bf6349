//! Which lines are headings, and of which level.
//!
//! The numbering decides, then the file's own style; a Markdown depth or a Word style alone does not where the
//! report is numbered. Continuity is never needed to place a heading: real reports skip and repeat numbers.

use super::{
    Role, View,
    line::{Line, is_closed},
    number::Form,
};

/// A heading that stands alone is no longer, in characters.
const LONGEST_HEADING: usize = 60;
/// A run-in heading ends with its first 。 within so many characters.
const LONGEST_RUN_IN: usize = 45;
/// A line without any number form is a heading only where it is no longer.
const LONGEST_BARE_HEADING: usize = 30;

/// A line that is a heading or opens with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Which line.
    pub(super) line: usize,
    /// Its level from 1.
    pub(super) level: u8,
    /// The bytes of the line in the scratch view that are the heading, end mark left out.
    pub(super) length: usize,
    /// Whether text follows in the same line.
    pub(super) run_in: bool,
}

/// Finds the headings among the lines of role `Body`.
pub(super) fn find(lines: &[Line], scratch: &View) -> Vec<Mark> {
    let numbered = lines.iter().any(|line| line.role == Role::Body && line.opening.is_some());
    if numbered { numbered_headings(lines, scratch) } else { styled_headings(lines, scratch) }
}

/// An open list of numbers: its form, level, last value and whether its headings run in.
struct Open {
    form: Form,
    level: u8,
    last: u32,
    run_in: bool,
}

fn numbered_headings(lines: &[Line], scratch: &View) -> Vec<Mark> {
    let mut open: Vec<Open> = Vec::new();
    let mut marks = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.role == Role::Body) {
        let text = scratch.slice(line.scratch);
        let Some(opening) = line.opening else {
            // Before the first number it is a letterhead or the title's.
            let begun = !marks.is_empty();
            if begun && line.paragraph.depth.is_some() && line.length <= LONGEST_BARE_HEADING && !is_closed(text) {
                open.clear();
                marks.push(Mark { line: index, level: 1, length: text.len(), run_in: false });
            }
            continue;
        };
        let (length, run_in) = extent(text, line.length);
        let level = place(&mut open, opening.form, opening.value, run_in);
        marks.push(Mark { line: index, level, length, run_in });
    }
    marks
}

/// How many bytes of a numbered line are heading, and whether text follows them.
fn extent(text: &str, characters: usize) -> (usize, bool) {
    let stop = text.char_indices().take(LONGEST_RUN_IN).find(|(_, char)| matches!(char, '。' | '？' | '！'));
    match stop {
        Some((at, char)) => (at, at + char.len_utf8() < text.len()),
        None if characters <= LONGEST_HEADING && !text.contains(['。', '；']) => {
            (text.trim_end_matches(['：', '，', '；']).len(), false)
        }
        // A long paragraph that opens with a number is an item: its heading is its first clause.
        None => (text.find(['，', '：', '；', '。']).unwrap_or(text.len()), true),
    }
}

/// Places a number among the open lists: the deepest list of its form that it continues, else a new one.
fn place(open: &mut Vec<Open>, form: Form, value: u32, run_in: bool) -> u8 {
    let fits = |list: &Open| list.form == form && list.last < value && value - list.last <= 1;
    let same = |list: &Open| list.form == form;
    let deepest = |form: Form| open.iter().rposition(|list| list.form == form);
    let below_section = deepest(Form::Chapter).is_some() && deepest(Form::Section) > deepest(Form::Chapter);
    let restarts = form == Form::Chapter && value == 1 && below_section;
    let found = if restarts {
        None
    } else {
        open.iter()
            .rposition(|list| fits(list) && list.run_in == run_in)
            .or_else(|| open.iter().rposition(fits))
            .or_else(|| open.iter().rposition(|list| same(list) && list.run_in == run_in))
            .or_else(|| open.iter().position(same))
    };
    if let Some(index) = found {
        open.truncate(index + 1);
        if let Some(list) = open.last_mut() {
            list.last = value;
            return list.level;
        }
    }
    let rank = rank(form);
    if !restarts {
        while open.last().is_some_and(|list| list.level >= rank) {
            open.pop();
        }
    }
    let level = if restarts { open.last().map_or(rank, |list| list.level + 1) } else { rank };
    open.push(Open { form, level, last: value, run_in });
    level
}

/// The level that GB/T 9704 gives a form.
const fn rank(form: Form) -> u8 {
    match form {
        Form::Chapter => 1,
        Form::Section => 2,
        Form::Point => 3,
        Form::SubPoint => 4,
        _ => 5,
    }
}

/// Headings of a report without number forms: by the file's depth, else short lines that stand alone.
fn styled_headings(lines: &[Line], scratch: &View) -> Vec<Mark> {
    let styled = lines.iter().any(|line| line.role == Role::Body && line.paragraph.depth.is_some());
    let mut marks = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.role == Role::Body) {
        let text = scratch.slice(line.scratch);
        let level = match line.paragraph.depth {
            Some(depth) if line.length <= LONGEST_HEADING => depth,
            None if !styled && line.length <= LONGEST_BARE_HEADING && !is_closed(text) && is_followed(lines, index) => {
                1
            }
            _ => continue,
        };
        marks.push(Mark { line: index, level, length: text.trim_end_matches('：').len(), run_in: false });
    }
    marks
}

/// Whether a longer line of text comes right behind.
fn is_followed(lines: &[Line], index: usize) -> bool {
    lines.get(index + 1).is_some_and(|next| next.role == Role::Body && next.length > LONGEST_BARE_HEADING)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The levels that a sequence of numbers gets; `true` marks a run-in heading.
    fn levels(numbers: &[(Form, u32, bool)]) -> Vec<u8> {
        let mut open = Vec::new();
        numbers.iter().map(|(form, value, run_in)| place(&mut open, *form, *value, *run_in)).collect()
    }

    #[test]
    fn chapters_that_restart_under_a_section_belong_to_it() {
        use Form::{Chapter, Section};
        let numbers = [
            (Chapter, 1, false),
            (Section, 1, false),
            (Section, 2, false),
            (Chapter, 1, true),
            (Chapter, 2, true),
            (Section, 3, false),
            (Chapter, 2, false),
            (Chapter, 3, false),
        ];
        assert_eq!(levels(&numbers), [1, 2, 2, 3, 3, 2, 1, 1]);
    }

    #[test]
    fn gaps_and_repeats_keep_their_level() {
        use Form::{Chapter, Point, Section};
        let numbers = [
            (Chapter, 1, false),
            (Section, 1, false),
            (Section, 3, false),
            (Section, 3, false),
            (Chapter, 3, false),
            (Point, 1, true),
            (Point, 2, true),
            (Chapter, 4, false),
        ];
        assert_eq!(levels(&numbers), [1, 2, 2, 2, 1, 3, 3, 1]);
    }

    #[test]
    fn a_long_numbered_paragraph_is_an_item() {
        assert_eq!(extent("（一）抓学习。全年学习3次。", 14), ("（一）抓学习".len(), true));
        assert_eq!(extent("一、主要举措和成效", 9), ("一、主要举措和成效".len(), false));
        let long = format!("1.{}，持续用力", "推进".repeat(40));
        assert_eq!(extent(&long, 87), (2 + 240, true));
    }
}
