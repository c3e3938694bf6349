//! Works through the content of a page and collects the glyphs and ruled lines that it draws.
//!
//! Only what places text is done: transforms, text operators, forms, layers that are switched off, marks of what
//! belongs to the page. Colours, images, clips and patterns are passed over.

use hayro_cmap::BfString;
use hayro_syntax::{
    content::{TypedIter, ops::TypedInstruction},
    object::{Dict, Name, Number, Object},
    page::Resources,
    xref::XRef,
};

use super::{
    Failure,
    encoding::as_seen,
    font::{Code, Fonts},
    geometry::Matrix,
    layers::{Layers, Marks},
    limits::{Budget, PAGE_CONTENT},
    page::{Glyph, Page, Turn},
    path::Path,
    stream::{PAGE_LIMIT, content_of, decode, refuse_inline_image_search},
    text::{State, Text},
};

/// Forms inside forms go no deeper; a form that draws itself ends here.
const DEEPEST_FORM: usize = 12;
/// States saved inside each other; more are not kept apart.
const MOST_STATES: usize = 4_096;
/// What is charged for looking up a font, a form or a mark, in bytes of content.
const LOOK_UP: usize = 128;
/// What is charged for drawing a form besides its content.
const DRAW_FORM: usize = 2_048;

/// Collects what pages draw.
pub(super) struct Interpreter {
    fonts: Fonts,
    layers: Layers,
    budget: Budget,
}

/// What changes while one page is worked through.
struct Drawing<'p> {
    page: &'p mut Page,
    state: State,
    saved: Vec<State>,
    /// How many of them belong to what is drawn around the form at work; it can't restore those.
    kept: usize,
    text: Text,
    path: Path,
    marks: Marks,
    depth: usize,
}

impl Interpreter {
    /// An interpreter for the pages of one file.
    pub(super) fn new(xref: &XRef) -> Self {
        Self { fonts: Fonts::default(), layers: Layers::of(xref), budget: Budget::default() }
    }

    /// What `page` draws; it is the `number`th from 1.
    ///
    /// # Errors
    /// Where a limit is exceeded.
    pub(super) fn read(&mut self, page: &hayro_syntax::page::Page<'_>, number: usize) -> Result<Page, Failure> {
        self.budget.turn_page();
        let (width, height) = page.render_dimensions();
        let mut read = Page { number, width, height, ..Page::default() };
        let content = content_of(page.raw())?;
        let mut drawing = Drawing {
            page: &mut read,
            state: State::new(Matrix(page.initial_transform(true).as_coeffs())),
            saved: Vec::new(),
            kept: 0,
            text: Text::default(),
            path: Path::default(),
            marks: Marks::default(),
            depth: 0,
        };
        self.run(&content, page.resources(), &mut drawing)?;
        Ok(read)
    }

    fn run(&mut self, content: &[u8], resources: &Resources<'_>, drawing: &mut Drawing<'_>) -> Result<(), Failure> {
        self.budget.spend_content(content.len())?;
        refuse_inline_image_search(content)?;
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            match instruction {
                TypedInstruction::XObject(object) => self.draw_object(object.0, resources, drawing)?,
                TypedInstruction::TextFont(font) => {
                    self.budget.spend_content(LOOK_UP)?;
                    let found = resources.get_font(font.0).map(|dict| self.fonts.of(&dict, &mut self.budget));
                    drawing.state.font = found.transpose()?.flatten();
                    drawing.state.size = font.1.as_f64();
                }
                TypedInstruction::BeginMarkedContentWithProperties(mark) => {
                    self.budget.spend_content(LOOK_UP)?;
                    drawing.marks.open(mark.0, self.layers.hide(mark.0, mark.1, resources));
                }
                other if self.show_text(&other, drawing)? => {}
                other => drawing.apply(&other),
            }
        }
        Ok(())
    }

    /// Does an instruction that shows text; says whether it was one.
    fn show_text(&mut self, shown: &TypedInstruction<'_, '_>, drawing: &mut Drawing<'_>) -> Result<bool, Failure> {
        match shown {
            TypedInstruction::ShowText(shown) => self.show(shown.0.as_bytes(), drawing)?,
            TypedInstruction::NextLineAndShowText(shown) => {
                drawing.text.next_line(&drawing.state);
                self.show(shown.0.as_bytes(), drawing)?;
            }
            TypedInstruction::ShowTextWithParameters(shown) => {
                drawing.state.word_space = shown.0.as_f64();
                drawing.state.char_space = shown.1.as_f64();
                drawing.text.next_line(&drawing.state);
                self.show(shown.2.as_bytes(), drawing)?;
            }
            TypedInstruction::ShowTexts(shown) => {
                for item in shown.0.iter::<Object<'_>>() {
                    match item {
                        Object::Number(number) => drawing.text.adjust(number.as_f64(), &drawing.state),
                        Object::String(shown) => self.show(shown.as_bytes(), drawing)?,
                        _ => {}
                    }
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Draws a form; notes an image.
    fn draw_object(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'_>,
        drawing: &mut Drawing<'_>,
    ) -> Result<(), Failure> {
        self.budget.spend_content(LOOK_UP)?;
        let Some(object) = resources.get_x_object(name) else { return Ok(()) };
        let dict = object.dict();
        match dict.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => drawing.page.has_image = true,
            Some(b"Form") if drawing.depth < DEEPEST_FORM && !self.layers.hide_form(dict) => {
                self.budget.spend_content(DRAW_FORM)?;
                let Some(content) = decode(&object, PAGE_CONTENT, PAGE_LIMIT)? else { return Ok(()) };
                let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
                let matrix = dict.get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
                let (state, text, kept) = (drawing.state.clone(), drawing.text, drawing.kept);
                let marks = drawing.marks.len();
                drawing.kept = drawing.saved.len();
                drawing.state.matrix = matrix.then(drawing.state.matrix);
                drawing.depth += 1;
                self.run(&content, own.as_ref().unwrap_or(resources), drawing)?;
                drawing.depth -= 1;
                drawing.saved.truncate(drawing.kept);
                drawing.kept = kept;
                drawing.marks.close_to(marks);
                (drawing.state, drawing.text) = (state, text);
            }
            _ => {}
        }
        Ok(())
    }

    /// Draws the glyphs of a string.
    fn show(&mut self, bytes: &[u8], drawing: &mut Drawing<'_>) -> Result<(), Failure> {
        let Some((font, number)) = drawing.state.font.clone() else { return Ok(()) };
        let mut rest = bytes;
        while let Some(code) = font.code(rest) {
            rest = rest.get(code.length..).unwrap_or_default();
            self.budget.spend_glyph()?;
            drawing.draw(&code, number, font.vertical);
        }
        Ok(())
    }
}

impl Drawing<'_> {
    /// Everything that needs neither fonts nor resources.
    fn apply(&mut self, instruction: &TypedInstruction<'_, '_>) {
        match instruction {
            TypedInstruction::SaveState(_) if self.saved.len() < MOST_STATES => self.saved.push(self.state.clone()),
            TypedInstruction::RestoreState(_) if self.saved.len() > self.kept => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            TypedInstruction::Transform(map) => {
                let inner = matrix([map.0, map.1, map.2, map.3, map.4, map.5]);
                self.state.matrix = inner.then(self.state.matrix);
            }
            TypedInstruction::BeginMarkedContent(mark) => self.marks.open(mark.0, false),
            TypedInstruction::EndMarkedContent(_) => self.marks.close(),
            TypedInstruction::InlineImage(_) => self.page.has_image = true,
            other => {
                if !self.text.apply(other, &mut self.state) {
                    self.path.apply(other, self.state.matrix, self.page);
                }
            }
        }
    }

    /// Places the glyph of a code and moves on.
    fn draw(&mut self, code: &Code, font: u16, vertical: bool) {
        let mark = self.marks.now();
        let place = self.text.place(&self.state);
        if !mark.hidden {
            let (x, y) = place.apply(0.0, 0.0);
            let (along_x, along_y) = place.turn(code.advance.abs(), 0.0);
            let (unit_x, unit_y) = place.turn(1.0, 0.0);
            let (up_x, up_y) = place.turn(0.0, 1.0);
            let mut glyph = Glyph {
                char: '\u{fffd}',
                x: x as f32,
                y: y as f32,
                width: along_x.hypot(along_y) as f32,
                size: up_x.hypot(up_y) as f32,
                font,
                turn: Turn::of(unit_x, unit_y),
                artifact: mark.artifact,
            };
            if vertical {
                // The origin of a glyph of a vertical line is the middle of its top.
                glyph.x -= glyph.size / 2.0;
                glyph.y += glyph.size;
            }
            self.push(glyph, code.text.as_ref());
        }
        self.text.advance(code, vertical, &self.state);
    }

    /// Notes a glyph, several characters of one glyph side by side.
    fn push(&mut self, glyph: Glyph, text: Option<&BfString>) {
        // What stands beside the page is not seen. No length that is no number passes.
        let is_on_page = (-glyph.size..=self.page.width + glyph.size).contains(&glyph.x)
            && (-glyph.size..=self.page.height + glyph.size).contains(&glyph.y);
        if !(is_on_page && glyph.size > 0.0 && glyph.size < 5_000.0 && glyph.width.is_finite()) {
            return;
        }
        let mut single = [0; 4];
        let text: &str = match text {
            Some(BfString::Char(char)) => char.encode_utf8(&mut single),
            Some(BfString::String(text)) => text,
            None => {
                self.page.unknown += 1;
                "\u{fffd}"
            }
        };
        // A map to Unicode may give any text to a glyph; what shows is a few letters.
        let chars: Vec<char> = text.chars().filter_map(as_seen).take(8).collect();
        let width = glyph.width / chars.len().max(1) as f32;
        let step = |place: usize| width * place as f32;
        for (place, char) in chars.into_iter().enumerate() {
            let x = if glyph.turn == Turn::Right { glyph.x + step(place) } else { glyph.x };
            self.page.glyphs.push(Glyph { char, x, width, ..glyph });
        }
    }
}

/// The matrix of six operands.
pub(super) fn matrix(numbers: [Number; 6]) -> Matrix {
    Matrix(numbers.map(|number| number.as_f64()))
}
