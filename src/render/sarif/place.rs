//! Places in SARIF. Offsets are told only where they are true of the file itself; of a file without lines, lines and
//! columns are those of the text that `hegui text` prints.

use super::shape::{ArtifactLocation, Bytes, Characters, Lines, Logical, Message, Physical, Place, Region};
use crate::{
    document::{Document, Format, Origin},
    render::place,
    text::Span,
};

/// The place of `span`, with the words there.
pub(super) fn of(location: &ArtifactLocation, document: &Document, span: Span, message: Option<&str>) -> Place {
    let snippet = Some(Message::verbatim(document.slice(span)));
    let region = Region { snippet, ..region(document, span) };
    // Words alone are no place.
    let region = (region.lines.is_some() || region.bytes.is_some()).then_some(region);
    let physical_location = Physical { artifact_location: location.clone(), region };
    let logical = place::in_file(document, span).map(|name| [Logical { fully_qualified_name: name }]);
    Place { physical_location, logical_locations: logical, message: message.map(Message::new) }
}

/// The region of `span`.
pub(super) fn region(document: &Document, span: Span) -> Region {
    let bytes = match document.origins.of(&document.text, span) {
        Some(Origin::File { start, end }) => Some((start, end)),
        _ => None,
    };
    // The text of a web page has lines that the page has not.
    let lines = (document.format != Format::Html).then(|| lines(document, span));
    let characters = bytes.filter(|bytes| place::is_plain(document) && *bytes == (span.start, span.end));
    Region {
        lines,
        characters: characters.map(|_| characters_of(document, span)),
        bytes: bytes.map(|(start, end)| Bytes { byte_offset: start, byte_length: end.saturating_sub(start) }),
        snippet: None,
    }
}

fn lines(document: &Document, span: Span) -> Lines {
    let place::Region { line, column, end_line, end_column } = place::Region::new(document, span);
    Lines { start_line: line, start_column: column, end_line, end_column }
}

/// Characters of the text. They are those of the file where its bytes are those of the text: without a mark at its
/// start, in UTF-8, and no line end before that was shortened.
fn characters_of(document: &Document, span: Span) -> Characters {
    let char_offset = document.lines.characters_before(&document.text, span.start);
    Characters { char_offset, char_length: document.slice(span).chars().count() }
}
