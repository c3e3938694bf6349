//! A small XML walk of its own, to look at annotated files without the reader and the writer of the program.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

/// An element with its attributes, or text.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// Name without prefix, attributes by name without prefix, content.
    Element(String, BTreeMap<String, String>, Vec<Self>),
    /// Text.
    Text(String),
}

use Node::{Element, Text};

/// The entries of a package with their bytes, unpacked.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        parts.insert(entry.name().unwrap().into_owned(), content);
    }
    parts
}

/// The text of a part, from UTF-8 or UTF-16.
pub(crate) fn xml(bytes: &[u8], name: &str) -> String {
    let part = parts(bytes).remove(name).unwrap_or_else(|| panic!("no {name}"));
    let encoding = if part.starts_with(b"\xff\xfe") { encoding_rs::UTF_16LE } else { encoding_rs::UTF_8 };
    encoding.decode(&part).0.into_owned()
}

/// The outermost element of some XML.
pub(crate) fn parse(xml: &str) -> Node {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<(String, BTreeMap<String, String>, Vec<Node>)> = vec![Default::default()];
    let local = |name: &str| name.rsplit(':').next().unwrap().to_owned();
    loop {
        let event = reader.read_event().unwrap();
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    (local(attribute.key.as_ref()), attribute.value.into_owned())
                });
                open.push((local(tag.name().as_ref()), attributes.collect(), Vec::new()));
                if is_empty {
                    close(&mut open);
                }
            }
            Event::End(_) => close(&mut open),
            Event::Text(text) => open.last_mut().unwrap().2.push(Text(text.to_string())),
            Event::CData(text) => open.last_mut().unwrap().2.push(Text(text.to_string())),
            Event::GeneralRef(name) => {
                let raw = format!("&{};", &*name);
                open.last_mut().unwrap().2.push(Text(quick_xml::escape::unescape(&raw).unwrap().into_owned()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let content = open.pop().unwrap().2;
    content.into_iter().find(|node| matches!(node, Element(..))).unwrap()
}

fn close(open: &mut Vec<(String, BTreeMap<String, String>, Vec<Node>)>) {
    let (name, attributes, content) = open.pop().unwrap();
    open.last_mut().unwrap().2.push(Element(name, attributes, content));
}

impl Node {
    pub(crate) fn name(&self) -> &str {
        if let Element(name, ..) = self { name } else { "" }
    }

    pub(crate) fn attribute(&self, name: &str) -> &str {
        if let Element(_, attributes, _) = self { attributes.get(name).map_or("", String::as_str) } else { "" }
    }

    pub(crate) fn content(&self) -> &[Self] {
        if let Element(_, _, content) = self { content } else { &[] }
    }

    /// What a `t` or `delText` shows.
    fn shown(&self) -> String {
        let text: String =
            self.content().iter().map(|node| if let Text(text) = node { text.as_str() } else { "" }).collect();
        if self.attribute("space") == "preserve" { text } else { text.trim_matches([' ', '\n', '\t', '\r']).to_owned() }
    }

    fn is_ours(&self) -> bool {
        self.attribute("author") == "hegui"
    }

    /// All elements of this name inside, in their order.
    pub(crate) fn all<'n>(&'n self, name: &str, found: &mut Vec<&'n Self>) {
        for child in self.content() {
            if child.name() == name {
                found.push(child);
            }
            child.all(name, found);
        }
    }

    /// All text inside.
    pub(crate) fn text(&self) -> String {
        let mut found = Vec::new();
        self.all("t", &mut found);
        found.iter().map(|node| node.shown()).collect()
    }
}

/// Our comments: number, and a paragraph each line.
pub(crate) fn comments(bytes: &[u8]) -> BTreeMap<i64, Vec<String>> {
    let name = parts(bytes).keys().find(|name| name.starts_with("word/comments")).unwrap().clone();
    let root = parse(&xml(bytes, &name));
    let ours = root.content().iter().filter(|comment| comment.is_ours());
    ours.map(|comment| {
        let lines = comment.content().iter().map(Node::text).collect();
        (comment.attribute("id").parse().unwrap(), lines)
    })
    .collect()
}

/// The main part flattened to what shows and how: for each character or empty element the tags around it (runs by
/// their properties alone). Our changes are refused, our comments deleted.
pub(crate) fn refused(bytes: &[u8], ours: &[i64]) -> Vec<String> {
    let mut items = Vec::new();
    flatten(&parse(&xml(bytes, "word/document.xml")), "", ours, &mut items);
    items
}

fn flatten(node: &Node, path: &str, ours: &[i64], items: &mut Vec<String>) {
    let Element(name, attributes, content) = node else { return };
    let of_ours = || node.attribute("id").parse().is_ok_and(|id| ours.contains(&id));
    match name.as_str() {
        "ins" if node.is_ours() => return,
        "del" if node.is_ours() => return content.iter().for_each(|child| flatten(child, path, ours, items)),
        "commentRangeStart" | "commentRangeEnd" if of_ours() => return,
        "r" if content.iter().any(|child| child.name() == "commentReference")
            && content.iter().all(|child| child.attribute("id").parse().is_ok_and(|id| ours.contains(&id))) =>
        {
            return;
        }
        "t" | "delText" => {
            let local = if path.contains("/del ") { "delText" } else { "t" };
            return items.extend(node.shown().chars().map(|char| format!("{path}/{local} {char}")));
        }
        _ => {}
    }
    let path = if name == "r" {
        let look = content.iter().find(|child| child.name() == "rPr");
        format!("{path}/r {attributes:?} {look:?}")
    } else {
        format!("{path}/{name} {attributes:?}")
    };
    if content.is_empty() && !matches!(name.as_str(), "ins" | "del") {
        items.push(path.clone());
    }
    content.iter().filter(|child| name != "r" || child.name() != "rPr").for_each(|child| {
        flatten(child, &path, ours, items);
    });
}

/// The characters that each comment covers, our changes refused and those of others accepted.
pub(crate) fn covered(bytes: &[u8]) -> BTreeMap<i64, String> {
    let mut walk = Covered::default();
    walk.node(&parse(&xml(bytes, "word/document.xml")), false);
    assert!(walk.open.is_empty(), "comments without an end: {:?}", walk.open);
    assert!(walk.done.keys().all(|id| walk.marked.contains(id)), "comments without a mark");
    walk.done
}

#[derive(Default)]
struct Covered {
    open: BTreeMap<i64, String>,
    done: BTreeMap<i64, String>,
    marked: Vec<i64>,
}

impl Covered {
    fn node(&mut self, node: &Node, ours: bool) {
        let id = || node.attribute("id").parse::<i64>().unwrap();
        match node.name() {
            "ins" if node.is_ours() => return,
            "del" | "moveFrom" if !node.is_ours() => return,
            "del" => return node.content().iter().for_each(|child| self.node(child, true)),
            "commentRangeStart" => assert!(self.open.insert(id(), String::new()).is_none()),
            "commentRangeEnd" => {
                let text = self.open.remove(&id()).unwrap();
                assert!(self.done.insert(id(), text).is_none());
            }
            "commentReference" => self.marked.push(id()),
            "t" => self.write(&node.shown()),
            "delText" if ours => self.write(&node.shown()),
            "tab" => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            _ => {}
        }
        let properties = node.name().ends_with("Pr");
        node.content().iter().filter(|_| !properties).for_each(|child| self.node(child, ours));
    }

    fn write(&mut self, text: &str) {
        self.open.values_mut().for_each(|covered| covered.push_str(text));
    }
}
