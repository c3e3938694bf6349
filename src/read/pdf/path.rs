//! Paths that are drawn or filled, kept only where they are ruled lines.

use hayro_syntax::content::ops::TypedInstruction;

use super::{geometry::Matrix, page::Page};

/// A path has no more points that are looked at: ruled lines come in boxes or a few strokes.
const MOST_POINTS: usize = 10_000;

/// The path under construction, on the page.
#[derive(Debug, Default)]
pub(super) struct Path {
    /// The corners of its pieces; each begins where the flag is set.
    points: Vec<(bool, (f64, f64))>,
    /// Whether the last piece has curves, which are no ruled lines.
    curved: bool,
}

impl Path {
    /// Does an instruction that builds or paints paths.
    pub(super) fn apply(&mut self, instruction: &TypedInstruction<'_, '_>, matrix: Matrix, page: &mut Page) {
        match instruction {
            TypedInstruction::MoveTo(to) => self.push(true, matrix.apply(to.0.as_f64(), to.1.as_f64())),
            TypedInstruction::LineTo(to) => self.push(false, matrix.apply(to.0.as_f64(), to.1.as_f64())),
            TypedInstruction::CubicTo(_) | TypedInstruction::CubicStartTo(_) | TypedInstruction::CubicEndTo(_) => {
                self.curved = true;
            }
            TypedInstruction::ClosePath(_) => self.close(),
            TypedInstruction::RectPath(size) => {
                let [x, y, width, height] = [size.0, size.1, size.2, size.3].map(|number| number.as_f64());
                for (starts, x, y) in
                    [(true, x, y), (false, x + width, y), (false, x + width, y + height), (false, x, y + height)]
                {
                    self.push(starts, matrix.apply(x, y));
                }
                self.close();
            }
            TypedInstruction::StrokePath(_) => self.stroke(page),
            TypedInstruction::CloseAndStrokePath(_) => {
                self.close();
                self.stroke(page);
            }
            TypedInstruction::FillPathNonZero(_)
            | TypedInstruction::FillPathNonZeroCompatibility(_)
            | TypedInstruction::FillPathEvenOdd(_) => self.fill(page),
            TypedInstruction::FillAndStrokeNonZero(_)
            | TypedInstruction::FillAndStrokeEvenOdd(_)
            | TypedInstruction::CloseFillAndStrokeNonZero(_)
            | TypedInstruction::CloseFillAndStrokeEvenOdd(_) => {
                self.close();
                self.stroke(page);
            }
            TypedInstruction::EndPath(_) => self.clear(),
            _ => {}
        }
    }

    fn push(&mut self, starts: bool, point: (f64, f64)) {
        if self.points.len() < MOST_POINTS {
            self.points.push((starts, point));
        }
    }

    fn clear(&mut self) {
        self.points.clear();
        self.curved = false;
    }

    /// Goes back to where the last piece began.
    fn close(&mut self) {
        if let Some((_, start)) = self.points.iter().rev().find(|(starts, _)| *starts).copied() {
            self.push(false, start);
        }
    }

    fn stroke(&mut self, page: &mut Page) {
        if !self.curved {
            for pair in self.points.windows(2) {
                if let [(_, one), (false, other)] = pair {
                    page.add_line(*one, *other);
                }
            }
        }
        self.clear();
    }

    fn fill(&mut self, page: &mut Page) {
        if !self.curved {
            for piece in self.points.chunk_by(|_, (starts, _)| !starts) {
                if let Some(corners) = bounds(piece) {
                    page.add_box(corners);
                }
            }
        }
        self.clear();
    }
}

/// The corners of the box around the points of a piece.
fn bounds(piece: &[(bool, (f64, f64))]) -> Option<[(f64, f64); 2]> {
    piece.iter().map(|(_, point)| [*point, *point]).reduce(|[low, high], [point, _]| {
        [(low.0.min(point.0), low.1.min(point.1)), (high.0.max(point.0), high.1.max(point.1))]
    })
}

#[cfg(test)]
mod tests {
    use hayro_syntax::content::TypedIter;

    use super::*;

    #[test]
    fn finds_ruled_lines_however_they_are_drawn() {
        let content = b"10 10 100 0.5 re f 10 20 m 110 20 l S 10 30 m 60 30 l 60 31 l 10 31 l h f* \
                        0 0 m 1 1 2 2 50 0 c S 10 10 100 100 re n 10 40 m 10 90 l s";
        let (mut path, mut page) = (Path::default(), Page::default());
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            path.apply(&instruction, Matrix::IDENTITY, &mut page);
        }
        let found: Vec<(bool, f32)> = page.rules.iter().map(|rule| (rule.across, rule.at)).collect();
        assert_eq!(found, [(true, 10.25), (true, 20.0), (true, 30.5), (false, 10.0), (false, 10.0)]);
    }
}
