//! Drawn lines of an OFD page, from the abbreviated form of paths: `M 0 0 L 10 0 C`.
//!
//! Only straight lines matter: those of tables and of the bar above footnotes.

type Point = (f64, f64);

/// Steps of one path that are read.
const MOST_STEPS: usize = 10_000;

/// A step of a path.
enum Step {
    Move(Point),
    Line(Point),
    /// A curve, to its end.
    Curve(Point),
    Close,
}

/// Hands over every straight line of a path, by its ends.
pub(super) fn lines(data: &str, mut line: impl FnMut(Point, Point)) {
    let (mut first, mut last) = ((0.0, 0.0), (0.0, 0.0));
    for step in steps(data) {
        match step {
            Step::Move(to) => (first, last) = (to, to),
            Step::Line(to) => {
                line(last, to);
                last = to;
            }
            Step::Curve(to) => last = to,
            Step::Close => {
                line(last, first);
                last = first;
            }
        }
    }
}

/// The corners of the box around a path of straight lines.
pub(super) fn bounds(data: &str) -> Option<(Point, Point)> {
    let mut around: Option<(Point, Point)> = None;
    for step in steps(data) {
        let (x, y) = match step {
            Step::Move(to) | Step::Line(to) => to,
            Step::Curve(_) => return None,
            Step::Close => continue,
        };
        let ((left, top), (right, bottom)) = around.unwrap_or(((x, y), (x, y)));
        around = Some(((left.min(x), top.min(y)), (right.max(x), bottom.max(y))));
    }
    around
}

fn steps(data: &str) -> impl Iterator<Item = Step> {
    let mut words = data.split_ascii_whitespace();
    let steps = std::iter::from_fn(move || {
        // The number of coordinates before those of the end point.
        let (skipped, make): (usize, fn(Point) -> Step) = match words.next()? {
            "S" | "M" => (0, Step::Move),
            "L" => (0, Step::Line),
            "Q" => (2, Step::Curve),
            "B" => (4, Step::Curve),
            "A" => (5, Step::Curve),
            "C" => return Some(Step::Close),
            _ => return None,
        };
        let mut numbers = words.by_ref().skip(skipped).map_while(|word| super::numbers(word).first().copied());
        Some(make((numbers.next()?, numbers.next()?)))
    });
    steps.take(MOST_STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_straight_lines_between_curves() {
        let mut found = Vec::new();
        lines("M 0 0 L 10 0 Q 1 1 20 5 L 20 9 C", |one, other| found.push((one, other)));
        assert_eq!(found, [((0.0, 0.0), (10.0, 0.0)), ((20.0, 5.0), (20.0, 9.0)), ((20.0, 9.0), (0.0, 0.0))]);
        assert_eq!(bounds("M 3 4 L 1 9 C"), Some(((1.0, 4.0), (3.0, 9.0))));
        assert_eq!(bounds("M 0 0 B 1 1 2 2 3 3"), None);
        assert_eq!(bounds("M 0"), None);
    }
}
