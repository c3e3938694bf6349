//! Texts for the tests of this folder: a document from lines, with roles set by hand, and the shipped lexicon.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::{Number, date, numeral, words::Words};
use crate::{
    document::{Block, Document, Format, Heading, Lexicon, Origins, Paragraph, ParagraphKind, Role, Source, fold},
    text::Span,
};

/// The lexicon of the built-in base pack.
pub(super) fn lexicon() -> Lexicon {
    let file: serde_yaml::Value = serde_yaml::from_str(include_str!("../../rules/base/lexicon.yaml")).unwrap();
    let words = |key: &str| {
        let list = file["lexicon"][key].as_sequence().expect(key).iter();
        list.map(|word| fold(word.as_str().unwrap())).collect::<Vec<_>>()
    };
    let levels = file["lexicon"]["levels"].as_mapping().unwrap().iter();
    Lexicon {
        genres: words("genres"),
        metadata: words("metadata"),
        furniture: words("furniture"),
        publication: words("publication"),
        addressees: words("addressees"),
        levels: levels.map(|(end, level)| (end.as_str().unwrap().into(), level.as_str().unwrap().into())).collect(),
        offices: words("offices"),
        not_names: words("not-names"),
        upper: words("upper"),
        units: words("units"),
        other_kinds: words("other-kinds"),
    }
}

/// A document of one block a line. A line may open with its role: `T|` title, `A|` addressee, `I|` imprint,
/// `R|` residue, `H|` heading; text otherwise.
pub(super) fn document(lines: &str) -> Document {
    let mut text = String::new();
    let (mut paragraphs, mut spans, mut roles) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (role, body) = match line.split_once('|') {
            Some(("T", body)) => (Role::Title, body),
            Some(("A", body)) => (Role::Addressee, body),
            Some(("I", body)) => (Role::Imprint, body),
            Some(("R", body)) => (Role::Residue, body),
            Some(("H", body)) => (Role::Heading, body),
            _ => (Role::Body, line),
        };
        let span = Span::new(text.len(), text.len() + body.len());
        text.push_str(body);
        text.push('\n');
        paragraphs.push(Paragraph { span, kind: ParagraphKind::Body, depth: None, continues: false, area: None });
        spans.push(span);
        roles.push(role);
    }
    let (markup, notes) = (Vec::new(), Vec::new());
    let source = Source { format: Format::Text, text, paragraphs, markup, origins: Origins::default(), notes };
    let mut document = Document::new(source, &Lexicon::default());
    set_blocks(&mut document, &spans, &roles);
    document
}

/// Makes every line a block with the role that the test wants, whatever the structure was taken for.
fn set_blocks(document: &mut Document, spans: &[Span], roles: &[Role]) {
    let block = |(span, role): (&Span, &Role)| {
        let view = Span::new(document.view.from_text(span.start), document.view.from_text(span.end));
        Block { spans: vec![*span], view, role: *role, heading: None, sentences: 0..0 }
    };
    document.blocks = spans.iter().zip(roles).map(block).collect();
    document.items.clear();
    let heading = |(index, block): (usize, &Block)| Heading {
        block: index,
        view: block.view,
        number: None,
        level: 1,
        parent: None,
        run_in: false,
        range: block.view,
    };
    let lines = document.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Heading);
    document.headings = lines.map(heading).collect();
}

/// The numbers of a text of one block.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let lexicon = lexicon();
    let measures = Words::new(&lexicon.units);
    let calendar = date::find(text, 0, &measures, &mut Vec::new());
    let mut numbers = Vec::new();
    numeral::find(text, 0, &calendar, &measures, &mut numbers);
    numbers
}

/// Each number as `view|unit=value`, with ~ where it is not exact and % where it is a percentage.
pub(super) fn read_numbers(text: &str) -> String {
    let slice = |span: Span| &text[span.start..span.end];
    let one = |number: &Number| {
        let exact = if number.exact { "" } else { "~" };
        let percent = if number.percent { "%" } else { "" };
        let value = (number.value * 1e6).round() / 1e6;
        format!("{}|{}={exact}{value}{percent}", slice(number.view), slice(number.unit))
    };
    numbers(text).iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Checks what [`read_numbers`] says of each text.
pub(super) fn check_numbers(cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        assert_eq!(read_numbers(text), *wanted, "{text}");
    }
}
