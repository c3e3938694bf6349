//! Pieces of XML: escaped text, names with the prefix that a file uses, an element put behind the last of another.

use std::borrow::Cow;

use crate::read::docx::{Markup, Tag};

/// The names of Word's text and of relations, as most files have them.
const TRANSITIONAL: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
];
/// The same names in files of the strict kind.
const STRICT: [&str; 2] =
    ["http://purl.oclc.org/ooxml/wordprocessingml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"];

/// The name space of Word's text and that of relations, of the kind of which the main part is.
pub(super) fn spaces(main: &Markup) -> [&'static str; 2] {
    let root = main.tags.first().map(|root| main.raw(root.bytes.start..root.opened)).unwrap_or_default();
    if root.contains(STRICT[0]) { STRICT } else { TRANSITIONAL }
}

/// How new elements of Word's text are written at a place.
#[derive(Debug, Clone)]
pub(super) struct Names {
    /// Before the names of elements.
    pub(super) element: String,
    /// Before the names of attributes.
    pub(super) attribute: String,
    /// What an element with attributes has to declare.
    pub(super) declaration: String,
}

impl Names {
    /// As the element `tag` of `markup` is written. Without a prefix attributes need one of their own.
    pub(super) fn of(markup: &Markup, tag: &Tag, space: &str) -> Self {
        let prefix = markup.name(tag).0;
        if !tag.is_word || prefix.is_empty() {
            let element = if tag.is_word { String::new() } else { "w:".to_owned() };
            return Self { element, attribute: "w:".to_owned(), declaration: format!(" xmlns:w=\"{space}\"") };
        }
        Self { element: prefix.to_owned(), attribute: prefix.to_owned(), declaration: String::new() }
    }
}

/// Text as it stands between tags or in an attribute. Characters that XML cannot hold become U+FFFD.
pub(in crate::render) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push_str(&format!("&#{};", u32::from(char))),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            char => escaped.push(char),
        }
    }
    escaped
}

/// `markup` with `content` behind the last element inside its outermost one.
pub(super) fn append(markup: &Markup, content: &str) -> String {
    let Some(root) = markup.tags.first() else { return markup.xml.clone() };
    let before = markup.raw(0..root.bytes.start);
    let inside = markup.raw(root.bytes.clone());
    let behind = markup.raw(root.bytes.end..markup.xml.len());
    if root.opened == root.bytes.end {
        let open = inside.trim_end_matches("/>");
        let (prefix, local) = markup.name(root);
        return format!("{before}{open}>{content}</{prefix}{local}>{behind}");
    }
    let (kept, close) = inside.split_at(inside.rfind("</").unwrap_or(inside.len()));
    format!("{before}{kept}{content}{close}{behind}")
}

/// `xml` with a declaration that names UTF-8, in which it is written, where it named another encoding.
pub(super) fn as_utf8(xml: String) -> String {
    let Some(end) = xml.starts_with("<?xml").then(|| xml.find("?>")).flatten() else { return xml };
    let (declaration, rest) = xml.split_at(end);
    let declared = declaration.split_once("encoding").and_then(|(_, value)| value.split(['"', '\'']).nth(1));
    match declared {
        Some(name) if !name.eq_ignore_ascii_case("utf-8") => {
            format!("{}{rest}", declaration.replacen(name, "UTF-8", 1))
        }
        _ => xml,
    }
}

/// A `w:t` or its like with this text, blanks at its ends kept.
pub(super) fn text_element(prefix: &str, local: &str, text: &str) -> String {
    format!("<{prefix}{local} xml:space=\"preserve\">{}</{prefix}{local}>", escape(text))
}

/// An attribute of a comment or a change that names our author.
pub(super) fn author(names: &Names) -> Cow<'static, str> {
    format!("{}author=\"{}\"", names.attribute, super::AUTHOR).into()
}
