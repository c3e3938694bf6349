//! Which parts of a package hold the text of a Word file, found by relations; and what else a package may be.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ReadError,
    package::{Package, Relation},
    xml::{Element, Tree},
};

/// The names of the parts beside the main one.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The styles.
    pub(super) styles: Option<String>,
    /// The numberings.
    pub(super) numbering: Option<String>,
    /// Footnotes and endnotes.
    pub(super) notes: Vec<String>,
    /// Headers and footers that are shown, in the order in which the sections name them.
    pub(super) furniture: Vec<String>,
}

/// The name of the main part of a Word file.
///
/// # Errors
/// Where the package is no Word file: it says what it is.
pub(super) fn main(package: &mut Package<'_>) -> Result<String, ReadError> {
    let relations = package.relations("")?;
    let related = relations.into_iter().find(|relation| relation.kind == "officeDocument");
    let name = related.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target);
    if package.has(&name) && !name.starts_with("xl/") && !name.starts_with("ppt/") {
        return Ok(name);
    }
    Err(other(package))
}

/// Whether the properties of the file say who wrote it or changed it last.
pub(super) fn names_a_person(package: &mut Package<'_>) -> Result<bool, ReadError> {
    let relation = package.relations("")?.into_iter().find(|relation| relation.kind == "core-properties");
    let name = relation.map_or_else(|| "docProps/core.xml".to_owned(), |relation| relation.target);
    let Some(xml) = package.xml(&name)? else { return Ok(false) };
    // Properties that cannot be read tell nobody anything; the text counts.
    let Ok(tree) = Tree::parse(&xml) else { return Ok(false) };
    let is_name = |element: &Element<'_>| matches!(element.local(), "creator" | "lastModifiedBy");
    Ok(tree.elements().filter(is_name).any(|element| !element.text().trim().is_empty()))
}

/// What a package is that holds no Word text.
fn other(package: &mut Package<'_>) -> ReadError {
    if package.has_folder("xl/") {
        return ReadError::no_report("spreadsheet", "表格文件（.xlsx）");
    }
    if package.has_folder("ppt/") {
        return ReadError::no_report("presentation", "演示文稿（.pptx）");
    }
    if package.has_folder("word/") || package.has("[Content_Types].xml") {
        return ReadError::damaged("缺少正文");
    }
    ReadError::new("archive", "这是压缩包，里面没有 Word 正文", "请先解压，再检查里面的报告")
}

impl Parts {
    /// Finds the parts by the relations of the main part `name`, which is `tree`.
    pub(super) fn new(package: &mut Package<'_>, name: &str, tree: &Tree<'_>) -> Result<Self, ReadError> {
        let relations = package.relations(name)?;
        let target = |kind: &str| relations.iter().find(|relation| relation.kind == kind);
        let name_of = |kind: &str| target(kind).map(|relation| relation.target.clone());
        let settings = name_of("settings").map(|name| package.xml(&name)).transpose()?.flatten();
        let even = settings.map(|xml| has_even_pages(&xml)).transpose()?.unwrap_or(false);
        Ok(Self {
            styles: name_of("styles"),
            numbering: name_of("numbering"),
            notes: [name_of("footnotes"), name_of("endnotes")].into_iter().flatten().collect(),
            furniture: furniture(package, tree, &relations, even),
        })
    }
}

/// Whether even pages have headers of their own.
fn has_even_pages(settings: &str) -> Result<bool, ReadError> {
    let tree = Tree::parse(settings)?;
    Ok(tree.root().and_then(|root| root.child("evenAndOddHeaders")).is_some_and(Element::is_on))
}

/// The headers and footers that some page shows, each once: headers of first or even pages may lie unused.
fn furniture(package: &Package<'_>, tree: &Tree<'_>, relations: &[Relation], even: bool) -> Vec<String> {
    let targets: BTreeMap<&str, &str> =
        relations.iter().map(|relation| (relation.id.as_str(), relation.target.as_str())).collect();
    let mut seen = BTreeSet::new();
    let mut names = Vec::new();
    for section in tree.elements().filter(|element| element.is("sectPr")) {
        let first = section.child("titlePg").is_some_and(Element::is_on);
        for reference in section.children().filter(|child| child.is("headerReference") || child.is("footerReference")) {
            let is_shown = match reference.attribute("type").as_deref() {
                Some("first") => first,
                Some("even") => even,
                _ => true,
            };
            let id = reference.attribute("id").unwrap_or_default();
            let target = targets.get(id.as_ref()).filter(|name| is_shown && package.has(name));
            names.extend(target.filter(|name| seen.insert(**name)).map(|name| (*name).to_owned()));
        }
    }
    names
}
