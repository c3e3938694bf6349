//! OpenDocument texts (.odt): the text as LibreOffice shows it, tracked changes accepted, automatic numbers written
//! out.
//!
//! The order is that of the file: the body, with text boxes behind the paragraph that holds them, then footnotes and
//! endnotes, then the headers and footers of the page styles in use. Comments are noted, their text is not read.

mod inline;
mod lists;
mod story;
mod styles;

use super::{
    ReadError, number_format, output,
    package::Package,
    xml::{self, Element, Space, Tree},
};
use crate::document::{Format, ParagraphKind, Source};
use story::Walk;
use styles::Styles;

const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";
/// The media type of the package begins so, with the kind of document behind it.
const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.";

/// Whether a package is an OpenDocument file.
pub(super) fn is(package: &Package<'_>) -> bool {
    package.has(CONTENT) && (package.has("mimetype") || package.has("META-INF/manifest.xml"))
}

/// Reads an OpenDocument text.
pub(super) fn read(package: &mut Package<'_>) -> Result<Source, ReadError> {
    refuse_others(package)?;
    let content = package.xml(CONTENT)?.ok_or_else(|| ReadError::damaged("缺少正文"))?;
    let content = Tree::parse(&content)?;
    let root = content.root().ok_or_else(|| ReadError::damaged("缺少正文"))?;
    let body = root.child_in(Space::Office, "body").and_then(|body| body.child_in(Space::Office, "text"));
    let body = body.ok_or_else(|| ReadError::damaged("正文不是 OpenDocument 文本"))?;
    let common = package.xml(STYLES)?.unwrap_or_default();
    let common = if common.is_empty() { Tree::default() } else { Tree::parse(&common)? };
    let styles = Styles::new(common.root(), root);
    let page_styles = common.root().map(|common| Styles::new(Some(common), common)).unwrap_or_default();
    let mut walk = Walk::new(&styles, root);
    walk.output.enter_part(CONTENT);
    walk.blocks(body, ParagraphKind::Body)?;
    walk.notes()?;
    walk.styles = &page_styles;
    walk.output.enter_part(STYLES);
    for part in common.root().map(|common| furniture(common, root)).unwrap_or_default() {
        walk.blocks(part, ParagraphKind::Furniture)?;
    }
    walk.output.finish(Format::Odt)
}

/// Says what a package is that holds no OpenDocument text, or that it is encrypted.
fn refuse_others(package: &mut Package<'_>) -> Result<(), ReadError> {
    let manifest = package.bytes("META-INF/manifest.xml")?.unwrap_or_default();
    let mark = b"encryption-data";
    if manifest.windows(mark.len()).any(|window| window == mark) {
        return Err(ReadError::encrypted());
    }
    let media_type = package.bytes("mimetype")?.unwrap_or_default();
    let media_type = String::from_utf8_lossy(&media_type);
    match media_type.trim().strip_prefix(MEDIA_TYPE) {
        Some(kind) if kind.starts_with("spreadsheet") => Err(ReadError::no_report("spreadsheet", "表格文件（.ods）")),
        Some(kind) if kind.starts_with("presentation") => Err(ReadError::no_report("presentation", "演示文稿（.odp）")),
        _ => Ok(()),
    }
}

/// The headers and footers of the page styles in use, in the order of the file.
fn furniture<'t>(common: Element<'t>, content: Element<'_>) -> Vec<Element<'t>> {
    let Some(masters) = common.child_in(Space::Office, "master-styles") else { return Vec::new() };
    let used = styles::master_pages(content);
    let masters = masters.children().filter(|master| master.is_in(Space::Style, "master-page"));
    let is_used = |(index, master): &(usize, Element<'t>)| {
        *index == 0 || master.attribute("name").is_some_and(|name| used.contains(name.as_ref()))
    };
    let parts = masters.enumerate().filter(is_used).flat_map(|(_, master)| master.children());
    parts.filter(|part| part.attribute("display").as_deref() != Some("false")).collect()
}
