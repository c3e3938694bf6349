//! A Word file taken apart for who writes into it: the parts that a writer touches as text with the places of their
//! tags, and which tag wrote which characters. Nothing is written here.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use super::{
    Counter, Numbering, Package, Parts, ReadError, Styles, Walk,
    package::Relation,
    parts,
    trace::{Stroke, Trace, carries},
    with_root,
    xml::{Element, Space, Tree},
};
use crate::document::ParagraphKind;

pub(crate) use super::package::key;

/// An element of a [`Markup`].
#[derive(Debug)]
pub(crate) struct Tag {
    /// Whether it belongs to the text of Word files.
    pub(crate) is_word: bool,
    /// Whether characters of a paragraph may stand in it: a run, a formula, an alternative.
    pub(crate) carries: bool,
    /// Its bytes from its opening to its closing tag.
    pub(crate) bytes: Range<usize>,
    /// One behind its opening tag; the end of its bytes where it has no closing tag.
    pub(crate) opened: usize,
    /// The tag that it stands right inside.
    pub(crate) parent: Option<usize>,
    /// Its attribute `id`, of whatever name space.
    pub(crate) id: Option<String>,
    /// What it shows, of a `t`: blanks at its ends only where the file keeps them.
    pub(crate) text: Option<String>,
}

/// The XML of a part with its elements.
#[derive(Debug)]
pub(crate) struct Markup {
    /// The XML, in UTF-8 whatever its declaration says.
    pub(crate) xml: String,
    /// Its elements in the order of their opening tags.
    pub(crate) tags: Vec<Tag>,
}

impl Markup {
    /// Takes the XML of a part apart.
    ///
    /// # Errors
    /// Where it is no XML, or larger than the limits allow.
    pub(crate) fn parse(xml: String) -> Result<Self, ReadError> {
        let tags = tags(&xml, &Tree::parse(&xml)?).1;
        Ok(Self { xml, tags })
    }

    /// The text under `bytes`.
    pub(crate) fn raw(&self, bytes: Range<usize>) -> &str {
        self.xml.get(bytes).unwrap_or_default()
    }

    /// The name of a tag as it stands there: its prefix with the colon, empty where it has none, and the rest.
    pub(crate) fn name(&self, tag: &Tag) -> (&str, &str) {
        let inner = self.raw(tag.bytes.start + 1..tag.opened.saturating_sub(1));
        let name = inner.split(|char: char| char.is_ascii_whitespace() || char == '/').next().unwrap_or_default();
        name.split_at(name.find(':').map_or(0, |colon| colon + 1))
    }

    /// Whether the tag is the element of this name in a Word text.
    pub(crate) fn is(&self, tag: usize, local: &str) -> bool {
        self.tags.get(tag).is_some_and(|tag| tag.is_word && self.name(tag).1 == local)
    }

    /// The tags around a tag, the innermost first.
    pub(crate) fn ancestors(&self, tag: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.tags.get(tag).and_then(|tag| tag.parent), |outer| self.tags.get(*outer)?.parent)
    }

    /// The tags right inside a tag, in their order.
    pub(crate) fn children(&self, parent: usize) -> impl Iterator<Item = (usize, &Tag)> {
        let end = self.tags.get(parent).map_or(0, |tag| tag.bytes.end);
        let inside = self.tags.iter().enumerate().skip(parent + 1).take_while(move |(_, tag)| tag.bytes.start < end);
        inside.filter(move |(_, tag)| tag.parent == Some(parent))
    }

    /// The values of the attributes `id` of the elements of a Word text whose names are `wanted`, where they are numbers.
    pub(crate) fn ids(&self, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = i64> {
        let tags = self.tags.iter().filter(move |tag| tag.is_word && wanted(self.name(tag).1));
        tags.filter_map(|tag| tag.id.as_ref()?.trim().parse().ok())
    }
}

/// A part that may have to be made.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its name in the package.
    pub(crate) name: String,
    /// What it holds now, if it exists.
    pub(crate) markup: Option<Markup>,
}

/// The parts that a writer of comments and changes needs.
#[derive(Debug)]
pub(crate) struct Anatomy {
    /// The name of the main part.
    pub(crate) main_name: String,
    /// The main part.
    pub(crate) main: Markup,
    /// Its characters by paragraph (which `w:p`), in their order; elements are tags of the main part.
    pub(crate) strokes: BTreeMap<usize, Vec<Stroke>>,
    /// The comments. Without a relation to them the name is one that is free.
    pub(crate) comments: Part,
    /// Whether the main part has a relation to the comments.
    pub(crate) comments_related: bool,
    /// The relations of the main part.
    pub(crate) relations: Part,
    /// The types of the parts.
    pub(crate) types: Part,
}

impl Anatomy {
    /// Takes a Word file apart.
    ///
    /// # Errors
    /// Those of [`read`](crate::read::read) for the same bytes.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, ReadError> {
        let mut package = Package::open(bytes)?;
        let main_name = parts::main(&mut package)?;
        let xml = package.xml(&main_name)?.ok_or_else(|| ReadError::damaged("缺少正文"))?;
        let (tags, strokes) = {
            let tree = Tree::parse(&xml)?;
            let strokes = strokes(&mut package, &main_name, &tree)?;
            let (numbers, tags) = tags(&xml, &tree);
            (tags, by_paragraph(strokes, &numbers))
        };
        let related = package.relations(&main_name)?.into_iter().find(|relation| relation.kind == "comments");
        let comments_related = related.is_some();
        let name = comments_name(&package, &main_name, related);
        Ok(Self {
            comments: part(&mut package, name)?,
            comments_related,
            relations: part(&mut package, relations_name(&main_name))?,
            types: part(&mut package, "[Content_Types].xml".to_owned())?,
            main: Markup { xml, tags },
            main_name,
            strokes,
        })
    }
}

fn part(package: &mut Package<'_>, name: String) -> Result<Part, ReadError> {
    let markup = package.xml(&name)?.map(Markup::parse).transpose()?;
    Ok(Part { name, markup })
}

fn relations_name(main: &str) -> String {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    format!("{folder}/_rels/{file}.rels").trim_start_matches('/').to_owned()
}

/// The name of the comments: as related, else beside the main part where no other part stands.
fn comments_name(package: &Package<'_>, main: &str, related: Option<Relation>) -> String {
    if let Some(relation) = related {
        return relation.target;
    }
    let folder = main.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let names = std::iter::once(String::new()).chain((1..).map(|number| number.to_string()));
    let mut names = names.map(|number| format!("{folder}comments{number}.xml"));
    names.find(|name| !package.has(name)).unwrap_or_default()
}

/// The strokes of the main part; their elements are numbers of nodes.
fn strokes(package: &mut Package<'_>, main: &str, tree: &Tree<'_>) -> Result<Vec<Stroke>, ReadError> {
    let root =
        tree.root().filter(|root| root.is("document")).ok_or_else(|| ReadError::damaged("正文不是 Word 文档"))?;
    let parts = Parts::new(package, main, tree)?;
    let styles = with_root(package, parts.styles.as_deref(), Styles::new)?;
    let numbering = with_root(package, parts.numbering.as_deref(), Numbering::new)?;
    let mut walk = Walk::new(&styles, Counter::new(&numbering));
    walk.trace = Trace::on();
    walk.blocks(root, ParagraphKind::Body);
    Ok(walk.trace.into_strokes())
}

fn by_paragraph(strokes: Vec<Stroke>, numbers: &BTreeMap<usize, usize>) -> BTreeMap<usize, Vec<Stroke>> {
    let number = |node: usize| numbers.get(&node).copied().unwrap_or_default();
    let mut sorted: BTreeMap<usize, Vec<Stroke>> = BTreeMap::new();
    for stroke in strokes {
        let stroke = Stroke { item: number(stroke.item), carrier: number(stroke.carrier), ..stroke };
        sorted.entry(stroke.paragraph).or_default().push(stroke);
    }
    sorted
}

/// The tags of a part, and which of them each node is.
fn tags(xml: &str, tree: &Tree<'_>) -> (BTreeMap<usize, usize>, Vec<Tag>) {
    let numbers: BTreeMap<usize, usize> =
        tree.elements().enumerate().map(|(number, element)| (element.index(), number)).collect();
    let number = |element: Element<'_>| numbers.get(&element.index()).copied();
    let tags = tree.elements().map(|element| tag(xml, element, element.parent().and_then(number))).collect();
    (numbers, tags)
}

fn tag(xml: &str, element: Element<'_>, parent: Option<usize>) -> Tag {
    let bytes = element.bytes();
    let mark = bytes.start + 1 + element.tag().len();
    let is_empty = xml.as_bytes().get(mark) == Some(&b'/');
    Tag {
        is_word: element.space() == Space::Word,
        carries: carries(element),
        opened: if is_empty { bytes.end } else { mark + 1 },
        bytes,
        parent,
        id: element.attribute("id").or_else(|| element.attribute("Id")).map(Cow::into_owned),
        text: (element.local() == "t").then(|| element.text()),
    }
}
