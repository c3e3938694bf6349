//! Builds Word files in memory, part by part.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

pub(crate) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word file in the making.
pub(crate) struct Docx {
    body: String,
    parts: Vec<(String, Vec<u8>)>,
    /// Kind and target of the relations of the body; the id of the first is `rId1`.
    relations: Vec<(String, String)>,
}

impl Docx {
    /// A file with this body, in which `w:`, `mc:`, `wps:`, `v:`, `r:` and `m:` may be used.
    pub(crate) fn new(body: &str) -> Self {
        Self { body: document(body), parts: Vec::new(), relations: Vec::new() }
    }

    /// A file whose main part is this XML.
    pub(crate) fn raw(xml: &str) -> Self {
        Self { body: xml.to_owned(), parts: Vec::new(), relations: Vec::new() }
    }

    /// Adds a part `word/KIND.xml`, related by `kind`, whose root element `root` holds `content`.
    pub(crate) fn part(self, kind: &str, root: &str, content: &str) -> Self {
        self.named(kind, &format!("{kind}.xml"), root, content)
    }

    /// Adds a part `word/FILE`.
    pub(crate) fn named(mut self, kind: &str, file: &str, root: &str, content: &str) -> Self {
        let xml = format!("<w:{root} xmlns:w=\"{WORD}\">{content}</w:{root}>");
        self.relations.push((kind.to_owned(), file.to_owned()));
        self.bytes(&format!("word/{file}"), xml.as_bytes())
    }

    /// Adds an entry that nothing relates to.
    pub(crate) fn bytes(mut self, name: &str, bytes: &[u8]) -> Self {
        self.parts.push((name.to_owned(), bytes.to_vec()));
        self
    }

    /// Adds numberings: the content of `word/numbering.xml`.
    pub(crate) fn numbering(self, content: &str) -> Self {
        self.part("numbering", "numbering", content)
    }

    /// Adds styles: the content of `word/styles.xml`.
    pub(crate) fn styles(self, content: &str) -> Self {
        self.part("styles", "styles", content)
    }

    /// The bytes of the file.
    pub(crate) fn build(self) -> Vec<u8> {
        let relations: Vec<(&str, &str)> =
            self.relations.iter().map(|(kind, target)| (kind.as_str(), target.as_str())).collect();
        let mut entries = vec![
            ("_rels/.rels".to_owned(), relations_xml(&[("officeDocument", "word/document.xml")]).into_bytes()),
            ("word/document.xml".to_owned(), self.body.into_bytes()),
            ("word/_rels/document.xml.rels".to_owned(), relations_xml(&relations).into_bytes()),
        ];
        entries.extend(self.parts);
        zip(&entries)
    }
}

/// A main part with this body.
pub(crate) fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{WORD}\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:r=\"{RELATIONS}\" \
         xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" xmlns:wps=\"urn:wps\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>{body}</w:body></w:document>"
    )
}

fn relations_xml(relations: &[(&str, &str)]) -> String {
    let relation = |(index, (kind, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"rId{}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>", index + 1)
    };
    let relations: String = relations.iter().enumerate().map(relation).collect();
    let space = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!("<Relationships xmlns=\"{space}\">{relations}</Relationships>")
}

/// A zip archive of these entries.
pub(crate) fn zip(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A paragraph of one run.
pub(crate) fn paragraph(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text))
}

/// A run of text.
pub(crate) fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

/// A paragraph with these properties.
pub(crate) fn with_properties(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(text))
}

/// A paragraph in the list `number` at `level`.
pub(crate) fn numbered(number: u32, level: u32, text: &str) -> String {
    with_properties(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>"), text)
}
