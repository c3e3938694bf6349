//! The styles of an OpenDocument file, as far as they number a paragraph or hide text.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    lists::ListStyle,
    xml::{Element, Space},
};

/// Longer chains of parent styles are not followed; they may be circles.
const LONGEST_CHAIN: usize = 16;

/// The styles that a part of a file may name: those of the whole file and the part's own.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By their families and names.
    styles: BTreeMap<(String, String), Style>,
    lists: BTreeMap<String, ListStyle>,
    /// How headings are numbered.
    pub(super) outline: ListStyle,
}

/// What a style says; what it leaves open is none.
#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    hidden: Option<bool>,
    /// The list style of its paragraphs; empty for none.
    list: Option<String>,
}

impl Styles {
    /// Reads the styles of `common`, the root of the part that holds those of the whole file, and the automatic ones
    /// of `part`.
    pub(super) fn new(common: Option<Element<'_>>, part: Element<'_>) -> Self {
        let mut styles = Self::default();
        let common = common.and_then(|common| common.child_in(Space::Office, "styles"));
        for group in common.into_iter().chain(part.child_in(Space::Office, "automatic-styles")) {
            group.children().for_each(|element| styles.add(element));
        }
        styles
    }

    fn add(&mut self, element: Element<'_>) {
        let name = element.attribute("name").unwrap_or_default().into_owned();
        match (element.space(), element.local()) {
            (Space::Style, "style") => {
                let family = element.attribute("family").unwrap_or_default().into_owned();
                self.styles.insert((family, name), Style::new(element));
            }
            (Space::Text, "list-style") => drop(self.lists.insert(name, ListStyle::new(element))),
            (Space::Text, "outline-style") => self.outline = ListStyle::new(element),
            _ => {}
        }
    }

    /// Whether a style hides its text. `family` is `paragraph` or `text`.
    pub(super) fn hides(&self, family: &str, name: Option<&str>) -> bool {
        self.chain(family, name).find_map(|style| style.hidden).unwrap_or(false)
    }

    /// The list style that the style of a paragraph names; empty where it names none on purpose.
    pub(super) fn list_of(&self, name: Option<&str>) -> Option<&str> {
        self.chain("paragraph", name).find_map(|style| style.list.as_deref())
    }

    /// The list style of this name.
    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }

    fn chain(&self, family: &str, name: Option<&str>) -> impl Iterator<Item = &Style> {
        let find = move |name: &str| self.styles.get(&(family.to_owned(), name.to_owned()));
        let first = name.and_then(find);
        let styles: Vec<&Style> =
            std::iter::successors(first, |style| style.parent.as_deref().and_then(find)).take(LONGEST_CHAIN).collect();
        styles.into_iter()
    }
}

impl Style {
    fn new(element: Element<'_>) -> Self {
        let attribute = |name| element.attribute(name).map(|value| value.into_owned());
        let text = element.child_in(Space::Style, "text-properties");
        let display = text.and_then(|text| text.attribute("display"));
        Self {
            parent: attribute("parent-style-name"),
            hidden: display.map(|display| display == "none"),
            list: attribute("list-style-name"),
        }
    }
}

/// The names of the page styles that the styles of paragraphs and tables of `content` switch to.
pub(super) fn master_pages(content: Element<'_>) -> BTreeSet<String> {
    let styles = content.child_in(Space::Office, "automatic-styles").into_iter().flat_map(Element::children);
    styles.filter_map(|style| style.attribute("master-page-name")).map(|name| name.into_owned()).collect()
}
