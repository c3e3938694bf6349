//! A web page as a tree: elements and stretches of text, in the order of the page.
//!
//! lol_html tells where tags and texts stand; what an open tag ends without saying so is settled here. Pages are
//! seldom well formed, so nothing in them is an error but size.

use std::{borrow::Cow, cell::RefCell, rc::Rc};

use lol_html::{
    DocumentContentHandlers, ElementContentHandlers, HtmlRewriter, Selector, Settings,
    html_content::{Element as Tag, TextChunk, TextType},
};

use super::{ReadError, limits};
use crate::text::Span;

/// Tags that may be open at a time for the reader of tags, which does not know that a tag can end another.
const MOST_OPEN: usize = 2048;
/// Elements inside one another in the tree; deeper ones stand beside each other.
const DEEPEST: usize = 256;
/// Longer names of classes are cut.
const LONGEST_LABEL: usize = 256;

/// A page as a tree. A node stands before what it holds.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The nodes in the order of the page.
    pub(super) nodes: Vec<Node>,
}

/// An element or a text.
#[derive(Debug)]
pub(super) struct Node {
    /// What it is.
    pub(super) content: Content,
    /// The element that holds it.
    pub(super) parent: Option<usize>,
    /// One behind the last node inside it.
    pub(super) end: usize,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    /// An element.
    Element(Element),
    /// Text as it stands in the page, entities and all, in bytes of the decoded page.
    Text(Span),
}

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name in lower case.
    pub(super) name: String,
    /// Its classes and its id in lower case.
    pub(super) label: String,
    /// Whether it is not shown.
    pub(super) hidden: bool,
    /// The form and the first number of a numbered list.
    pub(super) numbers: (String, Option<u32>),
    /// How many columns and rows a cell takes, where it says so.
    pub(super) spans: (Option<u32>, Option<u32>),
    /// What Word and LibreOffice made it for, where they made the page.
    pub(super) role: Role,
}

/// What an element of a page that Word or LibreOffice made stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing but itself.
    #[default]
    Plain,
    /// The mark of a footnote or an endnote.
    Mark,
    /// A footnote or an endnote.
    Note,
    /// A page header or footer.
    Furniture,
}

impl Role {
    fn of(name: &str, label: &str, link: &str, title: &str) -> Self {
        let is_note = |word: &str| {
            let number = ["sdfootnote", "sdendnote", "ftn", "edn"].iter().find_map(|start| word.strip_prefix(start));
            number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        match name {
            "a" if ["#_ftn", "#_edn", "#sdfootnote", "#sdendnote"].iter().any(|start| link.starts_with(start)) => {
                Self::Mark
            }
            "div" if label.split(' ').any(is_note) => Self::Note,
            "div" if matches!(title, "header" | "footer") => Self::Furniture,
            _ => Self::Plain,
        }
    }
}

impl Tree {
    /// The element at `index`.
    pub(super) fn element(&self, index: usize) -> Option<&Element> {
        match &self.nodes.get(index)?.content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        }
    }

    /// One behind the last node inside the node at `index`.
    pub(super) fn end(&self, index: usize) -> usize {
        self.nodes.get(index).map_or(index + 1, |node| node.end.max(index + 1))
    }

    /// The nodes right inside the node at `index`.
    pub(super) fn children(&self, index: usize) -> impl Iterator<Item = usize> {
        let end = self.end(index);
        std::iter::successors(Some(index + 1), |child| Some(self.end(*child))).take_while(move |child| *child < end)
    }

    /// The elements that hold the node at `index`, the innermost first.
    pub(super) fn parents(&self, index: usize) -> impl Iterator<Item = usize> {
        let parent = |index: usize| self.nodes.get(index).and_then(|node| node.parent);
        std::iter::successors(parent(index), move |index| parent(*index))
    }
}

/// Reads a page.
pub(super) fn parse(page: &str) -> Result<Tree, ReadError> {
    let builder = Rc::new(RefCell::new(Builder::default()));
    let (for_tags, for_text) = (Rc::clone(&builder), Rc::clone(&builder));
    let any: Selector = "*".parse().map_err(|_| ReadError::binary())?;
    let tags = ElementContentHandlers::default().element(move |tag: &mut Tag<'_, '_>| tag_met(&for_tags, tag));
    let texts = DocumentContentHandlers::default().text(move |chunk: &mut TextChunk<'_>| {
        if matches!(chunk.text_type(), TextType::Data | TextType::RCData | TextType::CDataSection) {
            let bytes = chunk.source_location().bytes();
            for_text.borrow_mut().text(Span::new(bytes.start, bytes.end))?;
        }
        Ok(())
    });
    let settings = Settings::new()
        .append_element_content_handler((Cow::Owned(any), tags))
        .append_document_content_handler(texts)
        .with_strict(false);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let read = rewriter.write(page.as_bytes()).and_then(|()| rewriter.end());
    // The only error is one of ours: a limit.
    read.map_err(|_| limits::NODES.error())?;
    Ok(builder.take().finish())
}

/// Opens an element and sees to it that it is closed.
fn tag_met(
    builder: &Rc<RefCell<Builder>>,
    tag: &mut Tag<'_, '_>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let holds = tag.can_have_content() && !is_void(&tag.tag_name());
    let depth = builder.borrow().depth;
    let index = builder.borrow_mut().open(element(tag), holds)?;
    if holds {
        let builder = Rc::clone(builder);
        tag.on_end_tag(Box::new(move |_| {
            let mut builder = builder.borrow_mut();
            builder.depth = depth;
            builder.close(index);
            Ok(())
        }))?;
    }
    Ok(())
}

fn element(tag: &Tag<'_, '_>) -> Element {
    let attribute = |name| tag.get_attribute(name).unwrap_or_default().to_lowercase();
    let label = format!("{} {}", attribute("class"), attribute("id"));
    let style: String = attribute("style").split_whitespace().collect();
    let number = |name| tag.get_attribute(name).and_then(|value| value.trim().parse().ok());
    Element {
        role: Role::of(&tag.tag_name(), &label, &attribute("href"), &attribute("title")),
        name: tag.tag_name(),
        label: label.chars().take(LONGEST_LABEL).collect(),
        hidden: tag.has_attribute("hidden") || style.contains("display:none"),
        spans: (number("colspan"), number("rowspan")),
        numbers: (tag.get_attribute("type").unwrap_or_default(), number("start").or_else(|| number("value"))),
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param" | "wbr"
    )
}

/// A limit that was hit; which one is told by who asked.
#[derive(Debug, thiserror::Error)]
#[error("too large")]
struct TooLarge;

#[derive(Default)]
struct Builder {
    tree: Tree,
    /// The elements that are open, the innermost last.
    open: Vec<usize>,
    /// How many tags are open for the reader of tags.
    depth: usize,
}

impl Builder {
    fn open(&mut self, element: Element, holds: bool) -> Result<usize, TooLarge> {
        self.close_before(&element.name);
        let index = self.push(Content::Element(element))?;
        if holds {
            self.depth += 1;
            if self.depth > MOST_OPEN {
                return Err(TooLarge);
            }
            if self.open.len() < DEEPEST {
                self.open.push(index);
            }
        }
        Ok(index)
    }

    fn text(&mut self, span: Span) -> Result<(), TooLarge> {
        if span.is_empty() {
            return Ok(());
        }
        let parent = self.open.last().copied();
        if let Some(Node { content: Content::Text(last), parent: other, .. }) = self.tree.nodes.last_mut()
            && *other == parent
            && last.end == span.start
        {
            last.end = span.end;
            return Ok(());
        }
        self.push(Content::Text(span)).map(|_| ())
    }

    fn push(&mut self, content: Content) -> Result<usize, TooLarge> {
        let index = self.tree.nodes.len();
        limits::NODES.check(index + 1).map_err(|_| TooLarge)?;
        self.tree.nodes.push(Node { content, parent: self.open.last().copied(), end: index + 1 });
        Ok(index)
    }

    /// Closes an element and all that is open inside it.
    fn close(&mut self, index: usize) {
        if let Some(place) = self.open.iter().rposition(|open| *open == index) {
            self.close_from(place);
        }
    }

    fn close_from(&mut self, place: usize) {
        let end = self.tree.nodes.len();
        for index in self.open.drain(place.min(self.open.len())..) {
            if let Some(node) = self.tree.nodes.get_mut(index) {
                node.end = end;
            }
        }
    }

    /// Closes what a tag of this name ends without saying so.
    fn close_before(&mut self, name: &str) {
        let (ended, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "body" => (&["head"], &[]),
            name if is_block(name) => (&["p"], &["table", "td", "th", "caption", "object"]),
            _ => return,
        };
        let tree = &self.tree;
        let name_of = |index: &usize| tree.element(*index).map_or("", |element| element.name.as_str());
        let known = |index: &&usize| ended.contains(&name_of(index)) || within.contains(&name_of(index));
        let Some(found) = self.open.iter().rev().find(known).copied() else { return };
        if ended.contains(&name_of(&found)) {
            self.close(found);
        }
    }

    fn finish(mut self) -> Tree {
        self.close_from(0);
        self.tree
    }
}

/// Whether an element of this name stands on lines of its own. Names that are not known do: editors make them up
/// for whole texts.
pub(super) fn is_block(name: &str) -> bool {
    const INLINE: [&str; 37] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
        "strike", "strong", "sub", "sup", "time", "u", "var",
    ];
    // Names with a colon are those of Word (`o:p`, `st1:place`).
    !INLINE.contains(&name) && !name.contains(':') && !matches!(name, "wbr" | "tt")
}

/// Whether an element holds nothing that a reader of the page reads as text.
pub(super) fn is_silent(name: &str) -> bool {
    const SILENT: [&str; 22] = [
        "script", "style", "noscript", "template", "iframe", "object", "embed", "select", "option", "button",
        "textarea", "input", "svg", "math", "canvas", "audio", "video", "title", "rp", "rt", "map", "datalist",
    ];
    SILENT.contains(&name)
}
