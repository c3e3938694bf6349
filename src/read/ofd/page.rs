//! From the objects of a page to glyphs and ruled lines in points.
//!
//! A text object is placed by its boundary, its own map and the first point of its text; distances to the next
//! characters are listed, or left to the width of the character.

use super::{
    ReadError, Space, limits, numbers, path,
    pdf::{
        geometry::Matrix,
        page::{Glyph, Page, Turn},
    },
    text,
};
use crate::read::xml::Element;

/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// A distance to the next character that is larger, in font sizes, is a gap and no width.
const WIDEST: f64 = 1.3;
/// Sizes of text that is read, in points.
const SMALLEST: f32 = 0.5;
const LARGEST: f32 = 5_000.0;
/// The size of text that says none, in millimetres: 小四.
const SIZE: f64 = 4.2;

/// Reads the objects of a page.
pub(super) struct Reader {
    page: Page,
    /// From millimetres of the page to points of its shown part.
    map: Matrix,
}

impl Reader {
    /// A reader of a page that is shown within this box, in millimetres.
    pub(super) fn new([left, top, width, height]: [f64; 4], number: usize) -> Self {
        let map = Matrix::shift(-left, -top).then(Matrix([POINTS, 0.0, 0.0, POINTS, 0.0, 0.0]));
        let (width, height) = ((width * POINTS) as f32, (height * POINTS) as f32);
        Self { page: Page { number, width, height, ..Page::default() }, map }
    }

    /// Reads all objects under `element`. `artifact` says that they belong to the page and not to its text.
    pub(super) fn read(&mut self, element: Option<Element<'_>>, artifact: bool) -> Result<(), ReadError> {
        for child in element.into_iter().flat_map(Element::children).filter(|child| child.space() == Space::Ofd) {
            match child.local() {
                "TextObject" => self.text(child, artifact)?,
                "PathObject" => self.path(child),
                "ImageObject" => self.page.has_image = true,
                _ => self.read(Some(child), artifact)?,
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Page {
        self.page
    }

    /// From an object's own millimetres to points of the page.
    fn map_of(&self, object: Element<'_>) -> Matrix {
        let boundary = numbers(&object.attribute("Boundary").unwrap_or_default());
        let (x, y) = boundary.first().copied().zip(boundary.get(1).copied()).unwrap_or_default();
        let own = numbers(&object.attribute("CTM").unwrap_or_default());
        let own = own.get(..6).and_then(|own| own.try_into().ok()).map_or(Matrix::IDENTITY, Matrix);
        own.then(Matrix::shift(x, y)).then(self.map)
    }

    fn text(&mut self, object: Element<'_>, artifact: bool) -> Result<(), ReadError> {
        let map = self.map_of(object);
        let number = |name: &str| object.attribute(name).and_then(|value| numbers(&value).first().copied());
        let size = number("Size").filter(|size| *size > 0.0).unwrap_or(SIZE);
        let font = object.attribute("Font").and_then(|font| font.parse::<u32>().ok()).unwrap_or_default();
        let style = Style { map, size, font: (font % 0x1_0000) as u16, artifact };
        let mut at = (0.0, 0.0);
        for code in object.children().filter(|child| child.is_in(Space::Ofd, "TextCode")) {
            let number = |name: &str| code.attribute(name).and_then(|value| numbers(&value).first().copied());
            at = (number("X").unwrap_or(at.0), number("Y").unwrap_or(at.1));
            self.code(code, &style, at);
            limits::GLYPHS.check(self.page.glyphs.len())?;
        }
        Ok(())
    }

    fn code(&mut self, code: Element<'_>, style: &Style, (mut x, mut y): (f64, f64)) {
        let (across, down) =
            (code.attribute("DeltaX").unwrap_or_default(), code.attribute("DeltaY").unwrap_or_default());
        let (mut across, mut down) = (Deltas::new(&across), Deltas::new(&down));
        let runs_down = across.is_empty() && !down.is_empty();
        let (_, height) = style.map.turn(0.0, style.size);
        let direction = if runs_down { style.map.turn(0.0, 1.0) } else { style.map.turn(1.0, 0.0) };
        let scale = direction.0.hypot(direction.1);
        for char in text(code).chars().filter(|char| !char.is_control()) {
            let natural = if is_wide(char) { style.size } else { style.size / 2.0 };
            let (by_x, by_y) = (across.next(), down.next());
            let by = if runs_down { by_y } else { by_x };
            let width = by.filter(|by| *by > 0.0 && *by <= WIDEST * style.size).unwrap_or(natural);
            let (left, base) = style.map.apply(x, y);
            let glyph = Glyph {
                char,
                x: left as f32,
                y: base as f32,
                width: (width * scale) as f32,
                size: height.abs() as f32,
                font: style.font,
                turn: Turn::of(direction.0, direction.1),
                artifact: style.artifact,
            };
            if self.is_seen(&glyph) {
                self.page.glyphs.push(glyph);
            }
            x += by_x.unwrap_or(if runs_down { 0.0 } else { natural });
            y += by_y.unwrap_or(0.0);
        }
    }

    /// Whether a glyph stands on the page and has a size that can be read.
    fn is_seen(&self, glyph: &Glyph) -> bool {
        let reach = -glyph.size..self.page.width.max(self.page.height) + glyph.size;
        (SMALLEST..LARGEST).contains(&glyph.size)
            && glyph.width <= LARGEST
            && [glyph.x, glyph.y].iter().all(|place| reach.contains(place))
    }

    fn path(&mut self, object: Element<'_>) {
        let map = self.map_of(object);
        let is = |name: &str, otherwise: bool| object.attribute(name).map_or(otherwise, |value| value == "true");
        let data = object.child_in(Space::Ofd, "AbbreviatedData").map(text).unwrap_or_default();
        let at = |(x, y): (f64, f64)| map.apply(x, y);
        if is("Stroke", true) {
            path::lines(&data, |one, other| self.page.add_line(at(one), at(other)));
        }
        if is("Fill", false)
            && let Some((one, other)) = path::bounds(&data)
        {
            self.page.add_box([at(one), at(other)]);
        }
    }
}

/// What the characters of a text object have in common.
struct Style {
    map: Matrix,
    size: f64,
    font: u16,
    artifact: bool,
}

/// Distances to the next characters: numbers, of which `g 3 5.2` stands for three.
struct Deltas<'a> {
    words: std::str::SplitAsciiWhitespace<'a>,
    repeated: (usize, f64),
    is_empty: bool,
}

impl<'a> Deltas<'a> {
    fn new(text: &'a str) -> Self {
        Self { words: text.split_ascii_whitespace(), repeated: (0, 0.0), is_empty: text.trim().is_empty() }
    }

    fn is_empty(&self) -> bool {
        self.is_empty
    }

    fn number(&mut self) -> Option<f64> {
        self.words.next().and_then(|word| numbers(word).first().copied())
    }
}

impl Iterator for Deltas<'_> {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        while self.repeated.0 == 0 {
            let word = self.words.next()?;
            if word == "g" {
                let count = self.words.next().and_then(|count| count.parse().ok())?;
                self.repeated = (count, self.number()?);
            } else {
                self.repeated = (1, numbers(word).first().copied()?);
            }
        }
        self.repeated.0 -= 1;
        Some(self.repeated.1)
    }
}

/// Whether a character takes the full width of the font.
const fn is_wide(char: char) -> bool {
    matches!(char, '\u{2014}'..='\u{2026}' | '\u{2460}'..='\u{24ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_distances_are_written_once() {
        let deltas: Vec<f64> = Deltas::new("g 2 5 4.5 g 1 3").collect();
        assert_eq!(deltas, [5.0, 5.0, 4.5, 3.0]);
        assert_eq!(Deltas::new("g 4000000000 5").take(3).count(), 3);
        assert_eq!(Deltas::new("g x 1").count(), 0);
    }
}
