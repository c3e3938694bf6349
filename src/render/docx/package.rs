//! The package written again: the parts with our marks new, every other copied as it lies there, still packed.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{
    AUTHOR,
    comment::Comment,
    xml::{Names, append, as_utf8, escape, spaces, text_element},
};
use crate::read::{
    ReadError,
    docx::{Anatomy, Markup, key},
};

/// A part's name and its new content.
type Written = (String, String);

/// How an XML file begins.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The type of the part of comments.
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
/// The name space of relations in a package; files of the strict kind have the same.
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The comments, and where they are new what makes a part of the package a part of the file.
pub(super) fn comments(anatomy: &Anatomy, comments: &[Comment]) -> Vec<Written> {
    let [space, relation_space] = spaces(&anatomy.main);
    let names = match anatomy.comments.markup.as_ref().and_then(|markup| Some((markup, markup.tags.first()?))) {
        Some((markup, root)) => Names::of(markup, root, space),
        None => Names { element: "w:".to_owned(), attribute: "w:".to_owned(), declaration: String::new() },
    };
    let content: String = comments.iter().map(|comment| written(&names, comment)).collect();
    let new = || format!("{DECLARATION}<w:comments xmlns:w=\"{space}\">{content}</w:comments>");
    let xml = anatomy.comments.markup.as_ref().map_or_else(new, |markup| as_utf8(append(markup, &content)));
    let mut parts = vec![(anatomy.comments.name.clone(), xml)];
    if !anatomy.comments_related {
        parts.push((anatomy.relations.name.clone(), relations(anatomy, relation_space)));
    }
    let types = anatomy.types.markup.as_ref().and_then(|types| with_type(types, &anatomy.comments.name));
    parts.extend(types.map(|types| (anatomy.types.name.clone(), types)));
    parts
}

/// A comment. Its look is its own: in the file's usual style it would be as large as the report's text.
fn written(names: &Names, comment: &Comment) -> String {
    let Names { element: e, attribute: a, declaration } = names;
    let look = |bold: bool| {
        let bold = if bold { format!("<{e}b/>") } else { String::new() };
        format!("<{e}rPr>{bold}<{e}sz {a}val=\"20\"/><{e}szCs {a}val=\"20\"/></{e}rPr>")
    };
    let layout = format!("<{e}pPr><{e}ind {a}firstLineChars=\"0\" {a}firstLine=\"0\"/></{e}pPr>");
    let mut paragraphs = String::new();
    for (number, line) in comment.lines.iter().enumerate() {
        let mark = if number == 0 { format!("<{e}r><{e}annotationRef/></{e}r>") } else { String::new() };
        let text = text_element(e, "t", line);
        paragraphs.push_str(&format!("<{e}p>{layout}{mark}<{e}r>{}{text}</{e}r></{e}p>", look(number == 0)));
    }
    let id = comment.id;
    format!(
        "<{e}comment{declaration} {a}id=\"{id}\" {a}author=\"{AUTHOR}\" {a}initials=\"hg\">{paragraphs}</{e}comment>"
    )
}

/// The relations of the main part with one to the comments.
fn relations(anatomy: &Anatomy, space: &str) -> String {
    let folder = anatomy.main_name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = &anatomy.comments.name;
    let beside = name.strip_prefix(folder).map(|file| file.trim_start_matches('/'));
    let target = escape(beside.unwrap_or(name));
    let Some(markup) = &anatomy.relations.markup else {
        let relation = format!("<Relationship Id=\"rId1\" Type=\"{space}/comments\" Target=\"{target}\"/>");
        return format!("{DECLARATION}<Relationships xmlns=\"{RELATIONS}\">{relation}</Relationships>");
    };
    let is_used = |id: &str| markup.tags.iter().any(|tag| tag.id.as_deref() == Some(id));
    let id = (1..).map(|number| format!("rId{number}")).find(|id| !is_used(id)).unwrap_or_default();
    let prefix = markup.tags.first().map_or("", |root| markup.name(root).0);
    let relation = format!("<{prefix}Relationship Id=\"{id}\" Type=\"{space}/comments\" Target=\"{target}\"/>");
    as_utf8(append(markup, &relation))
}

/// The types of the parts with that of the comments, unless they have it.
fn with_type(types: &Markup, comments: &str) -> Option<String> {
    let part = escape(comments);
    let known = types.tags.iter().any(|tag| {
        types.raw(tag.bytes.start..tag.opened).contains(COMMENTS_TYPE) && {
            types.raw(tag.bytes.start..tag.opened).to_ascii_lowercase().contains(&part.to_ascii_lowercase())
        }
    });
    let prefix = types.tags.first().map_or("", |root| types.name(root).0);
    let entry = format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{COMMENTS_TYPE}\"/>");
    (!known).then(|| as_utf8(append(types, &entry)))
}

/// The package `bytes` with `parts` in place of those of the same names, or behind all others.
pub(super) fn write(bytes: &[u8], parts: Vec<Written>) -> Result<Vec<u8>, ReadError> {
    packed(bytes, parts).map_err(|_| {
        ReadError::new(
            "damaged",
            "Word 文件的压缩结构有问题，写不出副本",
            "请用 Word 或 WPS 打开，“另存为”新的 .docx 再试",
        )
    })
}

fn packed(bytes: &[u8], mut parts: Vec<Written>) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() * 5 / 4)));
    writer.set_raw_comment(archive.comment().into())?;
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index)?;
        let name = entry.name()?.into_owned();
        let Some(place) = parts.iter().position(|(part, _)| key(part) == key(&name)) else {
            writer.raw_copy_file(entry)?;
            continue;
        };
        let (_, content) = parts.remove(place);
        let dated = entry.last_modified().map_or(options, |date| options.last_modified_time(date));
        writer.start_file(name.as_str(), dated)?;
        writer.write_all(content.as_bytes())?;
    }
    for (name, content) in parts {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(content.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}
