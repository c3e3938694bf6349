//! The XML of a part as a tree, within limits: [`Tree`] and its [`Element`]s.
//!
//! Only what the readers need: elements of known name spaces (the transitional and the strict names alike),
//! attributes by local name, and text where it is text of the report. A document type is refused: it can only do
//! harm here.

use std::{borrow::Cow, ops::Range};

use quick_xml::{
    events::{BytesRef, Event, attributes::Attributes},
    name::{Namespace, ResolveResult},
    reader::NsReader,
};

use super::{ReadError, limits};

/// The name space of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// `w:`, the text of Word files.
    Word,
    /// `mc:`, alternatives for older programs.
    Compatibility,
    /// `m:`, formulas.
    Math,
    /// `text:`, the text of OpenDocument files.
    Text,
    /// `table:` of OpenDocument.
    Table,
    /// `office:` of OpenDocument.
    Office,
    /// `style:` of OpenDocument.
    Style,
    /// `draw:` of OpenDocument.
    Draw,
    /// OFD.
    Ofd,
    /// Any other.
    Other,
}

/// A part as a tree. Elements stand in the order of the document.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
}

#[derive(Debug)]
struct Node<'a> {
    content: Content<'a>,
    first: Option<usize>,
    next: Option<usize>,
    /// How many paragraphs begin before it.
    paragraph: usize,
    /// The node that it stands right inside.
    parent: Option<usize>,
    /// Its bytes in the part; of an element from its opening to its closing tag.
    bytes: Range<usize>,
}

#[derive(Debug)]
enum Content<'a> {
    /// An element: its name space and its tag, without angle brackets.
    Element(Space, &'a str),
    /// Text as it stands in the file.
    Text(&'a str),
    /// A character written by name or number.
    Character(char),
}

/// An element of a [`Tree`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'t> {
    tree: &'t Tree<'t>,
    index: usize,
    space: Space,
    tag: &'t str,
}

impl<'a> Tree<'a> {
    /// Reads the XML of a part.
    pub(super) fn parse(xml: &'a str) -> Result<Self, ReadError> {
        let mut builder = Builder { tree: Self::default(), open: Vec::new(), last: None, paragraphs: 0, bytes: 0..0 };
        let mut reader = NsReader::from_str(xml);
        loop {
            let start = reader.buffer_position();
            let event = reader.read_event().map_err(|_| damaged())?;
            let raw = slice(xml, start, reader.buffer_position());
            builder.bytes = offset(start)..offset(reader.buffer_position());
            match event {
                Event::Start(tag) => {
                    builder.element(space(&reader.resolver().resolve_element(tag.name()).0), inner(raw))?;
                    builder.enter()?;
                }
                Event::Empty(tag) => {
                    builder.element(space(&reader.resolver().resolve_element(tag.name()).0), inner(raw))?;
                }
                Event::End(_) => builder.leave(),
                Event::Text(_) => builder.text(Content::Text(raw))?,
                Event::CData(_) => builder.text(Content::Text(section(raw)))?,
                Event::GeneralRef(reference) => {
                    builder.text(character(&reference).map_or(Content::Text(raw), Content::Character))?
                }
                Event::DocType(_) => return Err(ReadError::damaged("XML 里有文档类型声明（DOCTYPE）")),
                Event::Eof => return builder.finish(),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
    }

    /// The outermost element.
    pub(super) fn root(&'a self) -> Option<Element<'a>> {
        self.elements().next()
    }

    /// All elements in the order of the document.
    pub(super) fn elements(&'a self) -> impl Iterator<Item = Element<'a>> {
        (0..self.nodes.len()).filter_map(|index| self.at(index))
    }

    fn at(&'a self, index: usize) -> Option<Element<'a>> {
        match self.nodes.get(index)?.content {
            Content::Element(space, tag) => Some(Element { tree: self, index, space, tag }),
            Content::Text(_) | Content::Character(_) => None,
        }
    }

    /// The indices of the nodes right inside the node `index`, in their order.
    fn inside(&self, index: usize) -> impl Iterator<Item = usize> {
        let first = self.nodes.get(index).and_then(|node| node.first);
        std::iter::successors(first, |index| self.nodes.get(*index).and_then(|node| node.next))
    }
}

impl<'t> Element<'t> {
    /// Its name without prefix.
    pub(super) fn local(self) -> &'t str {
        local(self.tag)
    }

    /// Its name space.
    pub(super) fn space(self) -> Space {
        self.space
    }

    /// Whether it is the element of this name in this name space.
    pub(super) fn is_in(self, space: Space, local: &str) -> bool {
        self.space == space && self.local() == local
    }

    /// Whether it is the element of this name in a Word text.
    pub(super) fn is(self, local: &str) -> bool {
        self.space == Space::Word && self.local() == local
    }

    /// Of a paragraph (`w:p`, `text:p`, `text:h`): which one it is of its part, from 0.
    pub(super) fn paragraph(self) -> usize {
        self.tree.nodes.get(self.index).map_or(0, |node| node.paragraph)
    }

    /// Which node of its part it is.
    pub(super) fn index(self) -> usize {
        self.index
    }

    /// The element that it stands right inside.
    pub(super) fn parent(self) -> Option<Self> {
        self.tree.nodes.get(self.index)?.parent.and_then(|parent| self.tree.at(parent))
    }

    /// Its tag, without angle brackets.
    pub(super) fn tag(self) -> &'t str {
        self.tag
    }

    /// Its bytes in the part, from its opening to its closing tag.
    pub(super) fn bytes(self) -> Range<usize> {
        self.tree.nodes.get(self.index).map_or(0..0, |node| node.bytes.clone())
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(self, local: &str) -> Option<Cow<'t, str>> {
        let mut attributes = Attributes::new(self.tag, name(self.tag).len());
        // Checking each name against all before it would take time that grows with the square of their number.
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == local)?;
        if !found.value.contains('&') {
            return Some(found.value);
        }
        let unescaped = quick_xml::escape::unescape(&found.value).map(Cow::into_owned);
        Some(unescaped.map_or(found.value.clone(), Cow::Owned))
    }

    /// The value of its attribute `val`.
    pub(super) fn value(self) -> Option<Cow<'t, str>> {
        self.attribute("val")
    }

    /// Whether its attribute `val` switches on what it names; a missing one does.
    pub(super) fn is_on(self) -> bool {
        self.value().is_none_or(|value| !matches!(value.as_ref(), "0" | "false" | "off"))
    }

    /// The elements right inside it, in their order.
    pub(super) fn children(self) -> impl Iterator<Item = Self> {
        self.tree.inside(self.index).filter_map(|index| self.tree.at(index))
    }

    /// All elements of its part that begin behind it, those inside it first.
    pub(super) fn following(self) -> impl Iterator<Item = Self> {
        (self.index + 1..self.tree.nodes.len()).filter_map(move |index| self.tree.at(index))
    }

    /// What stands right inside it, text and elements in their order.
    pub(super) fn content(self) -> impl Iterator<Item = Inside<'t>> {
        self.tree.inside(self.index).filter_map(|index| match self.tree.nodes.get(index)?.content {
            Content::Element(..) => self.tree.at(index).map(Inside::Element),
            Content::Text(raw) => Some(Inside::Text(raw)),
            Content::Character(char) => Some(Inside::Character(char)),
        })
    }

    /// The first element of this name in this name space right inside it.
    pub(super) fn child_in(self, space: Space, local: &str) -> Option<Self> {
        self.children().find(|child| child.is_in(space, local))
    }

    /// The first element of this name in a Word text right inside it.
    pub(super) fn child(self, local: &str) -> Option<Self> {
        self.children().find(|child| child.is(local))
    }

    /// The text of a `t`, with the blanks that Word shows: those at its ends only where the file says so.
    pub(super) fn text(self) -> String {
        let mut text = String::new();
        for node in self.tree.inside(self.index).filter_map(|index| self.tree.nodes.get(index)) {
            match node.content {
                Content::Text(raw) => text.push_str(raw),
                Content::Character(char) => text.push(char),
                Content::Element(..) => {}
            }
        }
        if self.attribute("space").as_deref() == Some("preserve") {
            return text;
        }
        text.trim_matches([' ', '\t', '\r', '\n']).to_owned()
    }
}

/// What stands inside an element.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inside<'t> {
    /// Another element.
    Element(Element<'t>),
    /// Text as it stands in the file.
    Text(&'t str),
    /// A character written by name or number.
    Character(char),
}

struct Builder<'a> {
    tree: Tree<'a>,
    /// The elements that are open, the innermost last.
    open: Vec<usize>,
    /// The node before, within the same element.
    last: Option<usize>,
    paragraphs: usize,
    /// The bytes that are being read.
    bytes: Range<usize>,
}

impl<'a> Builder<'a> {
    fn push(&mut self, content: Content<'a>) -> Result<(), ReadError> {
        let index = self.tree.nodes.len();
        limits::NODES.check(index + 1)?;
        if let Some(last) = self.last.and_then(|last| self.tree.nodes.get_mut(last)) {
            last.next = Some(index);
        } else if let Some(parent) = self.open.last().and_then(|parent| self.tree.nodes.get_mut(*parent)) {
            parent.first = Some(index);
        }
        let parent = self.open.last().copied();
        let bytes = self.bytes.clone();
        self.tree.nodes.push(Node { content, first: None, next: None, paragraph: self.paragraphs, parent, bytes });
        self.last = Some(index);
        Ok(())
    }

    fn element(&mut self, space: Space, tag: &'a str) -> Result<(), ReadError> {
        if self.open.is_empty() && self.last.is_some() {
            return Err(damaged());
        }
        self.push(Content::Element(space, tag))?;
        self.paragraphs += usize::from(is_paragraph(space, local(tag)));
        Ok(())
    }

    fn enter(&mut self) -> Result<(), ReadError> {
        self.open.extend(self.last.take());
        limits::DEPTH.check(self.open.len())
    }

    fn leave(&mut self) {
        self.last = self.open.pop();
        if let Some(node) = self.last.and_then(|last| self.tree.nodes.get_mut(last)) {
            node.bytes.end = self.bytes.end;
        }
    }

    /// Text counts where it can be text of the report, or the name of its author; elsewhere it is the blanks of an
    /// indented file.
    fn text(&mut self, content: Content<'a>) -> Result<(), ReadError> {
        let Some(Node { content: Content::Element(space, tag), .. }) =
            self.open.last().and_then(|parent| self.tree.nodes.get(*parent))
        else {
            return Ok(());
        };
        let is_named = matches!(local(tag), "t" | "creator" | "lastModifiedBy");
        if is_named || matches!(space, Space::Text | Space::Ofd) { self.push(content) } else { Ok(()) }
    }

    fn finish(self) -> Result<Tree<'a>, ReadError> {
        if self.open.is_empty() && !self.tree.nodes.is_empty() { Ok(self.tree) } else { Err(damaged()) }
    }
}

fn damaged() -> ReadError {
    ReadError::damaged("XML 结构不完整")
}

fn slice(xml: &str, start: u64, end: u64) -> &str {
    xml.get(offset(start)..offset(end)).unwrap_or_default()
}

fn offset(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// A tag without its angle brackets.
fn inner(tag: &str) -> &str {
    let tag = tag.trim_start_matches('<').trim_end_matches('>');
    tag.strip_suffix('/').unwrap_or(tag)
}

/// The name in a tag, with its prefix.
fn name(tag: &str) -> &str {
    tag.split(|char: char| char.is_ascii_whitespace()).next().unwrap_or_default()
}

/// The name in a tag, without its prefix.
fn local(tag: &str) -> &str {
    let name = name(tag);
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn is_paragraph(space: Space, local: &str) -> bool {
    matches!((space, local), (Space::Word, "p") | (Space::Text, "p" | "h"))
}

/// The text of a CDATA section.
fn section(raw: &str) -> &str {
    raw.strip_prefix("<![CDATA[").and_then(|raw| raw.strip_suffix("]]>")).unwrap_or_default()
}

/// The character that `&amp;` or `&#x4e00;` stands for.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten();
    }
    quick_xml::escape::resolve_xml_entity(reference)?.chars().next()
}

fn space(resolved: &ResolveResult<'_>) -> Space {
    let ResolveResult::Bound(Namespace(uri)) = resolved else { return Space::Other };
    match *uri {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Space::Text,
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Space::Table,
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0" => Space::Office,
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0" => Space::Style,
        "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" => Space::Draw,
        "http://www.ofdspec.org/2016" | "http://www.ofdspec.org" => Space::Ofd,
        _ => Space::Other,
    }
}
