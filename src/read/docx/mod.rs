//! Word files, Office Open XML: the text as Word shows it, tracked changes accepted, automatic numbers written out.
//!
//! The order is that of the file: the body, with text boxes behind the paragraph that holds them, then footnotes and
//! endnotes, then headers and footers. Empty paragraphs give no line. Comments are noted, their text is not read.

mod anatomy;
mod counter;
mod inline;
mod numbering;
mod parts;
mod properties;
mod story;
mod styles;
mod trace;

pub(crate) use anatomy::{Anatomy, Markup, Tag, key};
pub(crate) use trace::Stroke;

use super::{ReadError, number_format, output, package, xml};
use crate::document::{Format, NoteKind, ParagraphKind, Source};
use counter::Counter;
use numbering::Numbering;
use package::Package;
use parts::Parts;
use story::Walk;
use styles::Styles;
use xml::{Element, Tree};

/// Reads a Word file.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut package = Package::open(bytes)?;
    let main = parts::main(&mut package)?;
    let xml = package.xml(&main)?.ok_or_else(|| ReadError::damaged("缺少正文"))?;
    let tree = Tree::parse(&xml)?;
    let root =
        tree.root().filter(|root| root.is("document")).ok_or_else(|| ReadError::damaged("正文不是 Word 文档"))?;
    let parts = Parts::new(&mut package, &main, &tree)?;
    let styles = with_root(&mut package, parts.styles.as_deref(), Styles::new)?;
    let numbering = with_root(&mut package, parts.numbering.as_deref(), Numbering::new)?;
    let mut walk = Walk::new(&styles, Counter::new(&numbering));
    walk.begin_part(&main);
    walk.blocks(root, ParagraphKind::Body);
    walk.output.check()?;
    for name in &parts.notes {
        story(&mut walk, &mut package, name, ParagraphKind::Note)?;
    }
    for name in &parts.furniture {
        story(&mut walk, &mut package, name, ParagraphKind::Furniture)?;
    }
    if parts::names_a_person(&mut package)? {
        walk.output.note_of_file(NoteKind::Author);
    }
    walk.output.finish(Format::Docx)
}

/// Makes something of the root of a part; its default where there is no such part.
fn with_root<T: Default>(
    package: &mut Package<'_>,
    name: Option<&str>,
    make: impl FnOnce(Element<'_>) -> T,
) -> Result<T, ReadError> {
    let Some(name) = name else { return Ok(T::default()) };
    let Some(xml) = package.xml(name)? else { return Ok(T::default()) };
    let tree = Tree::parse(&xml)?;
    Ok(tree.root().map(make).unwrap_or_default())
}

/// Walks through a part beside the body.
fn story(walk: &mut Walk<'_>, package: &mut Package<'_>, name: &str, kind: ParagraphKind) -> Result<(), ReadError> {
    let Some(xml) = package.xml(name)? else { return Ok(()) };
    let tree = Tree::parse(&xml)?;
    let Some(root) = tree.root() else { return Ok(()) };
    walk.begin_part(name);
    if kind == ParagraphKind::Note {
        // The lines that separate notes from the text are notes with a type.
        root.children().filter(|note| note.attribute("type").is_none_or(|kind| kind == "normal")).for_each(|note| {
            walk.blocks(note, kind);
        });
    } else {
        walk.blocks(root, kind);
    }
    walk.output.check()
}
