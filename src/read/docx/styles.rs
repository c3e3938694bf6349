//! What the styles of a Word file say of a paragraph: its depth as a heading, its numbering, whether it is hidden.
//!
//! How text looks is of no interest here.

use std::{borrow::Cow, collections::BTreeMap};

use super::{properties::NumberReference, xml::Element};

/// Longer chains of `basedOn` are not followed; they may be circles.
const LONGEST_CHAIN: usize = 16;

/// The styles of a file by their ids, with what they inherit.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

/// What a style says; what it leaves open is none.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// The outline level from 0; 9 is running text.
    pub(super) outline: Option<u8>,
    /// The numbering.
    pub(super) number: NumberReference,
    /// The id of the style, itself or one that it rests on, from which the numbering comes.
    pub(super) number_from: Option<String>,
    /// Whether text is hidden.
    pub(super) hidden: Option<bool>,
    /// Whether it is a line of a table of contents.
    pub(super) contents: bool,
    based_on: Option<String>,
}

impl Styles {
    /// Reads the part that holds the styles.
    pub(super) fn new(root: Element<'_>) -> Self {
        let mut own = BTreeMap::new();
        let mut default = None;
        for element in root.children().filter(|element| element.is("style")) {
            let Some(id) = element.attribute("styleId") else { continue };
            let is_default = matches!(element.attribute("default").as_deref(), Some("1" | "true" | "on"));
            if is_default && element.attribute("type").as_deref() == Some("paragraph") {
                default = Some(id.to_string());
            }
            own.insert(id.to_string(), Style::new(element, &id));
        }
        let styles = own.keys().map(|id| (id.clone(), inherited(&own, id))).collect();
        Self { styles, default }
    }

    /// The style with this id; the default one where a paragraph names none.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Cow<'_, Style> {
        let Some(id) = id.or(self.default.as_deref()) else { return Cow::Owned(Style::default()) };
        let unknown = || Cow::Owned(Style { outline: heading_level(id), ..Style::default() });
        self.styles.get(id).map_or_else(unknown, Cow::Borrowed)
    }

    /// Whether the character style with this id hides text, if it says so.
    pub(super) fn hides(&self, id: &str) -> Option<bool> {
        self.styles.get(id)?.hidden
    }
}

impl Style {
    fn new(element: Element<'_>, id: &str) -> Self {
        let paragraph = element.child("pPr");
        let name = element.child("name").and_then(Element::value).unwrap_or_default();
        let number = NumberReference::new(paragraph);
        let outline = paragraph.and_then(|properties| properties.child("outlineLvl")).and_then(Element::value);
        let hidden = element.child("rPr").and_then(|properties| properties.child("vanish")).map(Element::is_on);
        Self {
            outline: outline.and_then(|level| level.parse().ok()).or_else(|| heading_level(&name)),
            number_from: number.number.is_some().then(|| id.to_owned()),
            number,
            hidden,
            contents: is_contents(&name),
            based_on: element.child("basedOn").and_then(Element::value).map(|id| id.into_owned()),
        }
    }

    /// Takes from `base` what it leaves open itself.
    fn inherit(&mut self, base: &Self) {
        self.outline = self.outline.or(base.outline);
        self.hidden = self.hidden.or(base.hidden);
        if self.number.number.is_none() {
            self.number.number.clone_from(&base.number.number);
            self.number_from.clone_from(&base.number_from);
        }
        self.number.level = self.number.level.or(base.number.level);
    }
}

fn inherited(own: &BTreeMap<String, Style>, id: &str) -> Style {
    let mut style = own.get(id).cloned().unwrap_or_default();
    let mut next = style.based_on.clone();
    for _ in 0..LONGEST_CHAIN {
        let Some(base) = next.and_then(|id| own.get(&id)) else { break };
        style.inherit(base);
        next = base.based_on.clone();
    }
    style
}

/// The outline level that a style's name says: Word and WPS call them so whatever their ids are.
fn heading_level(name: &str) -> Option<u8> {
    let name: String = name.to_lowercase().split_whitespace().collect();
    let number = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    let level: u8 = number.parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

fn is_contents(name: &str) -> bool {
    let name = name.to_lowercase();
    let number = name.strip_prefix("toc ").or_else(|| name.strip_prefix("目录 "));
    number.is_some_and(|number| number.parse::<u8>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_styles_are_known_by_their_names() {
        assert_eq!(heading_level("heading 1"), Some(0));
        assert_eq!(heading_level("标题 3"), Some(2));
        assert_eq!(heading_level("Heading2"), Some(1));
        assert_eq!(heading_level("Title"), None);
        assert_eq!(heading_level("heading 12"), None);
        assert!(is_contents("toc 2") && !is_contents("toc heading"));
    }
}
