//! OFD files (GB/T 33190): pages with text at fixed places, read in the order of the document.
//!
//! The package leads from `OFD.xml` to documents, from these to pages; `page` collects the glyphs and ruled lines of
//! a page. Lines, paragraphs, tables and furniture are found as in a PDF. Signatures and seals are not read.

mod page;
mod path;

use std::collections::BTreeMap;

use super::{
    ReadError, limits,
    package::{Package, resolve},
    pdf::{self, page::Page},
    xml::{Element, Inside, Space, Tree},
};
use crate::document::{Format, Source};

const ROOT: &str = "OFD.xml";
/// Documents in one file.
const MOST_DOCUMENTS: usize = 16;
/// A4, in millimetres: the size of a page that says none.
const A4: [f64; 4] = [0.0, 0.0, 210.0, 297.0];

/// Whether a package is an OFD file.
pub(super) fn is(package: &Package<'_>) -> bool {
    package.has(ROOT)
}

/// Reads an OFD file.
pub(super) fn read(package: &mut Package<'_>) -> Result<Source, ReadError> {
    let mut pages = Vec::new();
    for document in documents(package)? {
        read_document(package, &document, &mut pages)?;
    }
    let characters =
        pages.iter().flat_map(|page: &Page| &page.glyphs).filter(|glyph| !glyph.char.is_whitespace()).count();
    if characters == 0 {
        let has_image = pages.iter().any(|page| page.has_image);
        return Err(if has_image { scanned() } else { ReadError::empty() });
    }
    Ok(Source { format: Format::Ofd, ..pdf::arrange(&pages) })
}

fn scanned() -> ReadError {
    ReadError::new("scanned", "这个 OFD 文件里没有文字，只有图片", "请检查原来的 Word 文件，或者先做文字识别（OCR）")
}

/// The names of the parts that hold the documents of the file.
fn documents(package: &mut Package<'_>) -> Result<Vec<String>, ReadError> {
    let xml = part(package, ROOT)?;
    let tree = Tree::parse(&xml)?;
    let roots = tree.elements().filter(|element| element.is_in(Space::Ofd, "DocRoot"));
    let names: Vec<String> = roots.map(|root| resolve("", &text(root))).take(MOST_DOCUMENTS).collect();
    if names.is_empty() { Err(ReadError::damaged("缺少正文")) } else { Ok(names) }
}

/// Appends the pages of a document.
fn read_document(package: &mut Package<'_>, name: &str, pages: &mut Vec<Page>) -> Result<(), ReadError> {
    let xml = part(package, name)?;
    let tree = Tree::parse(&xml)?;
    let root = tree.root().ok_or_else(|| ReadError::damaged("缺少正文"))?;
    let common = root.child_in(Space::Ofd, "CommonData");
    let size = common.and_then(|common| common.child_in(Space::Ofd, "PageArea")).and_then(physical_box).unwrap_or(A4);
    let folder = folder(name);
    let templates: BTreeMap<String, String> = common
        .into_iter()
        .flat_map(Element::children)
        .filter(|element| element.is_in(Space::Ofd, "TemplatePage"))
        .filter_map(|element| {
            Some((element.attribute("ID")?.into_owned(), resolve(folder, &element.attribute("BaseLoc")?)))
        })
        .collect();
    let listed = root.child_in(Space::Ofd, "Pages").into_iter().flat_map(Element::children);
    for page in listed.filter_map(|page| page.attribute("BaseLoc")) {
        limits::PAGES.check(pages.len() + 1)?;
        let page = read_page(package, &resolve(folder, &page), size, &templates, pages.len() + 1)?;
        pages.push(page);
        limits::GLYPHS.check(pages.iter().map(|page| page.glyphs.len()).sum())?;
    }
    Ok(())
}

/// Reads a page, the pages that lie behind it first.
fn read_page(
    package: &mut Package<'_>,
    name: &str,
    size: [f64; 4],
    templates: &BTreeMap<String, String>,
    number: usize,
) -> Result<Page, ReadError> {
    let xml = part(package, name)?;
    let tree = Tree::parse(&xml)?;
    let Some(root) = tree.root() else { return Ok(Page { number, ..Page::default() }) };
    let size = root.child_in(Space::Ofd, "Area").and_then(physical_box).unwrap_or(size);
    let mut reader = page::Reader::new(size, number);
    for template in root.children().filter(|element| element.is_in(Space::Ofd, "Template")) {
        let id = template.attribute("TemplateID").unwrap_or_default();
        let Some(xml) = templates.get(id.as_ref()).map(|name| package.xml(name)).transpose()?.flatten() else {
            continue;
        };
        let tree = Tree::parse(&xml)?;
        reader.read(tree.root(), true)?;
    }
    reader.read(Some(root), false)?;
    Ok(reader.finish())
}

fn part(package: &mut Package<'_>, name: &str) -> Result<String, ReadError> {
    package.xml(name)?.ok_or_else(|| ReadError::damaged("缺少页面"))
}

fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn physical_box(area: Element<'_>) -> Option<[f64; 4]> {
    let numbers = numbers(&text(area.child_in(Space::Ofd, "PhysicalBox")?));
    let size: [f64; 4] = numbers.get(..4)?.try_into().ok()?;
    (size[2] > 0.0 && size[3] > 0.0).then_some(size)
}

/// The text right inside an element.
fn text(element: Element<'_>) -> String {
    let mut text = String::new();
    for inside in element.content() {
        match inside {
            Inside::Text(raw) => text.push_str(raw),
            Inside::Character(char) => text.push(char),
            Inside::Element(_) => {}
        }
    }
    text.trim_matches(['\n', '\r', '\t']).to_owned()
}

/// The numbers of an attribute, up to the first that is none; each far below what could overflow.
fn numbers(text: &str) -> Vec<f64> {
    const LARGEST: f64 = 1e6;
    let number = |word: &str| word.parse::<f64>().ok().filter(|number| number.is_finite() && number.abs() <= LARGEST);
    text.split_ascii_whitespace().map_while(number).take(16).collect()
}
