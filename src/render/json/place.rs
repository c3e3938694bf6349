//! Places in JSON: a span with lines, columns, its text and, of all but text files, its origin.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    document::{Document, Origin},
    render::place::{self, Region},
    text,
};

/// A stretch of the report's text.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "报告文字（hegui text 所打印）中的一处。除改法中的插入外不为空。")]
pub(super) struct Span {
    #[schemars(description = "开头，文字中的字节，从0数起。")]
    start: usize,
    #[schemars(description = "末尾之后，文字中的字节，从0数起。")]
    end: usize,
    #[schemars(description = "开头所在的行，从1数起。", range(min = 1))]
    line: usize,
    #[schemars(description = "开头是该行第几个字符，从1数起；制表符算一个。", range(min = 1))]
    column: usize,
    #[schemars(description = "最后一个字符所在的行。", range(min = 1))]
    end_line: usize,
    #[schemars(description = "最后一个字符之后的列。", range(min = 1))]
    end_column: usize,
    #[schemars(description = "原文。")]
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "在文件里的位置；纯文本没有这一项。")]
    origin: Option<Place>,
}

/// A place in the file itself.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(description = "在文件里的位置。")]
pub(super) enum Place {
    /// Of a word processor's file.
    #[schemars(description = "在 Word、OpenDocument 文件里的位置。")]
    Paragraph {
        #[schemars(description = "文件中的部件，例如 word/document.xml。")]
        part: String,
        #[schemars(description = "部件中第几个段落（w:p），从0数起。")]
        paragraph: usize,
        #[schemars(description = "段落中的字符，从0数起，不含自动编号。")]
        start: usize,
        #[schemars(description = "末尾之后的字符。")]
        end: usize,
    },
    /// Of a laid-out file.
    #[schemars(description = "在 PDF、OFD 文件里的位置。")]
    Page {
        #[schemars(description = "第几页，从1数起。")]
        page: usize,
        #[serde(rename = "box")]
        #[schemars(description = "左、上、宽、高，单位磅，从页面左上角量起。")]
        area: [f32; 4],
    },
    /// Of a web page.
    #[schemars(description = "在网页文件里的位置。")]
    Bytes {
        #[schemars(description = "文件中的字节，从0数起。")]
        start: usize,
        #[schemars(description = "末尾之后的字节。")]
        end: usize,
    },
}

impl Span {
    pub(super) fn new(document: &Document, span: text::Span) -> Self {
        let Region { line, column, end_line, end_column } = Region::new(document, span);
        let text = document.slice(span).to_owned();
        Self {
            start: span.start,
            end: span.end,
            line,
            column,
            end_line,
            end_column,
            text,
            origin: origin(document, span),
        }
    }
}

fn origin(document: &Document, span: text::Span) -> Option<Place> {
    if place::is_plain(document) {
        return None;
    }
    match document.origins.of(&document.text, span)? {
        Origin::Word { part, paragraph, start, end } => {
            Some(Place::Paragraph { part: part.to_string(), paragraph, start, end })
        }
        Origin::Page { page, left, top, width, height } => Some(Place::Page { page, area: [left, top, width, height] }),
        Origin::File { start, end } => Some(Place::Bytes { start, end }),
    }
}
