//! The state in which text is shown, and where the next glyph goes.

use hayro_syntax::content::ops::TypedInstruction;

use super::{
    content::matrix,
    font::{Code, NumberedFont},
    geometry::Matrix,
};

/// The graphics state, as far as it places text.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// From the content's own space to the page, y downwards.
    pub(super) matrix: Matrix,
    pub(super) font: Option<NumberedFont>,
    pub(super) size: f64,
    pub(super) char_space: f64,
    pub(super) word_space: f64,
    /// The horizontal scale, 1 for none.
    scale: f64,
    leading: f64,
    rise: f64,
}

impl State {
    /// The state at the beginning of a page.
    pub(super) fn new(matrix: Matrix) -> Self {
        let (size, scale) = (1.0, 1.0);
        Self { matrix, font: None, size, char_space: 0.0, word_space: 0.0, scale, leading: 0.0, rise: 0.0 }
    }
}

/// Where text stands inside a text object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text {
    /// Where the next glyph goes.
    at: Matrix,
    /// Where the line began.
    line: Matrix,
}

impl Default for Text {
    fn default() -> Self {
        Self { at: Matrix::IDENTITY, line: Matrix::IDENTITY }
    }
}

impl Text {
    /// Does an instruction that moves text or sets its state; says whether it was one.
    pub(super) fn apply(&mut self, instruction: &TypedInstruction<'_, '_>, state: &mut State) -> bool {
        match instruction {
            TypedInstruction::BeginText(_) => *self = Self::default(),
            TypedInstruction::SetTextMatrix(map) => {
                self.line = matrix([map.0, map.1, map.2, map.3, map.4, map.5]);
                self.at = self.line;
            }
            TypedInstruction::NextLine(by) => self.shift_line(by.0.as_f64(), by.1.as_f64()),
            TypedInstruction::NextLineAndSetLeading(by) => {
                state.leading = -by.1.as_f64();
                self.shift_line(by.0.as_f64(), by.1.as_f64());
            }
            TypedInstruction::NextLineUsingLeading(_) => self.next_line(state),
            TypedInstruction::CharacterSpacing(space) => state.char_space = space.0.as_f64(),
            TypedInstruction::WordSpacing(space) => state.word_space = space.0.as_f64(),
            TypedInstruction::HorizontalScaling(scale) => state.scale = scale.0.as_f64() / 100.0,
            TypedInstruction::TextLeading(leading) => state.leading = leading.0.as_f64(),
            TypedInstruction::TextRise(rise) => state.rise = rise.0.as_f64(),
            _ => return false,
        }
        true
    }

    /// Goes to the next line by the leading.
    pub(super) fn next_line(&mut self, state: &State) {
        self.shift_line(0.0, -state.leading);
    }

    fn shift_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.at = self.line;
    }

    /// Moves back by thousandths of the font size, as numbers between strings do.
    pub(super) fn adjust(&mut self, thousandths: f64, state: &State) {
        let by = -thousandths / 1_000.0 * state.size;
        let vertical = state.font.as_ref().is_some_and(|(font, _)| font.vertical);
        let shift = if vertical { Matrix::shift(0.0, by) } else { Matrix::shift(by * state.scale, 0.0) };
        self.at = shift.then(self.at);
    }

    /// From the space of a glyph, one unit the font size, to the page.
    pub(super) fn place(&self, state: &State) -> Matrix {
        let glyph = Matrix([state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise]);
        glyph.then(self.at).then(state.matrix)
    }

    /// Moves on behind a glyph.
    pub(super) fn advance(&mut self, code: &Code, vertical: bool, state: &State) {
        let space = state.char_space + if code.is_blank { state.word_space } else { 0.0 };
        let shift = if vertical {
            Matrix::shift(0.0, code.advance * state.size + space)
        } else {
            Matrix::shift((code.advance * state.size + space) * state.scale, 0.0)
        };
        self.at = shift.then(self.at);
    }
}
