//! The margins between which the text of a file runs, the size of its letters and the distance of its lines.

use super::line::Line;

/// The margins of a stretch of lines, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    /// Where lines begin that are not indented.
    pub(super) left: f32,
    /// Where full lines end.
    pub(super) right: f32,
    /// From one baseline to the next.
    pub(super) pitch: f32,
}

/// The size of most characters.
pub(super) fn main_size<'a>(lines: impl Iterator<Item = &'a Line>) -> f32 {
    let mut counts = std::collections::BTreeMap::<i32, usize>::new();
    for line in lines {
        *counts.entry((line.size * 2.0).round() as i32).or_default() += line.chars.len();
    }
    let most = counts.into_iter().max_by_key(|(size, count)| (*count, *size));
    most.map_or(12.0, |(size, _)| size as f32 / 2.0).max(0.5)
}

/// The margins of the lines of a whole file of which most letters have this size.
pub(super) fn of_file(lines: &[&Line], size: f32, page_width: f32) -> Measure {
    let body: Vec<&Line> = lines.iter().copied().filter(|line| is_near(line.size, size, 0.1 * size)).collect();
    let left = margin(body.iter().map(|line| line.left), 0.4 * size);
    let right = margin(body.iter().map(|line| -line.right), 0.75 * size);
    let left = left.unwrap_or(0.15 * page_width);
    let right = right.map_or(page_width - left, |right| -right);
    // Where no line is full, the right margin is taken to be as wide as the left one.
    let right = if right - left < 0.55 * page_width { right.max(page_width - left) } else { right };
    Measure { left, right, pitch: pitch(&body, size) }
}

/// The margins of a stretch of lines that follow each other down one page, within a file with the margins `file`.
pub(super) fn of_stretch(lines: &[&Line], size: f32, file: Measure) -> Measure {
    let body: Vec<&Line> = lines.iter().copied().filter(|line| is_near(line.size, size, 0.1 * size)).collect();
    let mut measure = file;
    let (Some(left), Some(right)) = (
        margin(body.iter().map(|line| line.left), 0.4 * size),
        margin(body.iter().map(|line| -line.right), 0.75 * size),
    ) else {
        return measure;
    };
    let right = -right;
    let share = |at: f32, edge: fn(&Line) -> f32| {
        body.iter().filter(|line| is_near(edge(line), at, 0.5 * size)).count() * 10 / body.len().max(1)
    };
    let is_column = body.len() >= 5 && right - left >= 8.0 * size && right - left < 0.6 * (file.right - file.left);
    let is_shifted = |by: f32, share: usize| by.abs() > 0.2 * size && by.abs() < 1.2 * size && share >= 3;
    if is_column || is_shifted(left - file.left, share(left, |line| line.left)) {
        measure.left = left;
    }
    if is_column || is_shifted(right - file.right, share(right, |line| line.right)) {
        measure.right = right;
    }
    measure
}

/// The smallest of `edges` that has enough others within `reach`: full lines end within one character of each other.
fn margin(edges: impl Iterator<Item = f32>, reach: f32) -> Option<f32> {
    let mut sorted: Vec<f32> = edges.collect();
    sorted.sort_by(f32::total_cmp);
    let enough = (sorted.len() / 12).clamp(2, 40);
    let is_dense = |pair: &&[f32]| matches!(pair, [near, .., far] if far - near <= reach);
    sorted.windows(enough).find(is_dense).and_then(|dense| dense.first().copied())
}

/// The distance of most lines to the next.
fn pitch(lines: &[&Line], size: f32) -> f32 {
    let distance = |pair: &[&Line]| match pair {
        [one, next] if one.page == next.page => Some(next.baseline - one.baseline),
        _ => None,
    };
    let mut distances: Vec<f32> = lines.windows(2).filter_map(distance).filter(|by| *by > 0.8 * size).collect();
    distances.sort_by(f32::total_cmp);
    distances.get(distances.len() / 2).copied().unwrap_or(1.5 * size)
}

fn is_near(one: f32, other: f32, by: f32) -> bool {
    (one - other).abs() <= by
}

#[cfg(test)]
mod tests {
    use super::{super::page::Turn, *};

    fn line(left: f32, right: f32, baseline: f32) -> Line {
        let (size, order, chars) = (16.0, 0, Vec::new());
        Line { page: 1, turn: Turn::Right, chars, baseline, size, left, right, order, artifact: false }
    }

    #[test]
    fn finds_margins_among_indents_and_short_lines() {
        let lines: Vec<Line> =
            [(112.0, 520.0), (80.0, 519.0), (80.0, 300.0), (112.0, 515.0), (80.0, 200.0), (60.0, 90.0)]
                .into_iter()
                .zip([100.0, 128.0, 156.0, 184.0, 212.0, 240.0])
                .map(|((left, right), baseline)| line(left, right, baseline))
                .collect();
        let lines: Vec<&Line> = lines.iter().collect();
        assert_eq!(of_file(&lines, 16.0, 595.0), Measure { left: 80.0, right: 520.0, pitch: 28.0 });
    }

    #[test]
    fn a_narrow_stretch_is_a_column() {
        let column: Vec<Line> = (0..6_u8).map(|row| line(300.0, 500.0, 100.0 + 28.0 * f32::from(row))).collect();
        let column: Vec<&Line> = column.iter().collect();
        let file = Measure { left: 60.0, right: 500.0, pitch: 28.0 };
        assert_eq!(of_stretch(&column, 16.0, file), Measure { left: 300.0, ..file });
        assert_eq!(of_stretch(&column[..3], 16.0, file), file);
    }
}
