//! Why a file could not be read: [`ReadError`], with a code for programs and words for clerks.
//!
//! What every reader meets is worded here, so that the same trouble is told in the same words.

/// Why the bytes of a file are no document that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct ReadError {
    /// For programs, in kebab-case: `empty`, `encrypted`, `old-word`, `spreadsheet`, `presentation`, `rich-text`,
    /// `web-page`, `xml`, `archive`, `image`, `scanned`, `garbled`, `program`, `binary`, `encoding`, `damaged`,
    /// `too-large`, `unsafe-path`; of who writes into a Word file also `no-paragraph`.
    pub code: &'static str,
    /// What is wrong, in Chinese, without the file's name.
    pub message: String,
    /// What to do, in Chinese.
    pub help: String,
}

/// The remedy for most formats that are not read.
const SAVE_AS_WORD: &str = "请用 Word 或 WPS 打开，“另存为” .docx 后再检查";
/// The remedy for what is no report.
const ANOTHER_FILE: &str = "请核对是不是选错了文件；能检查的是 Word 和 WPS 文件（.docx、.doc、.wps）、PDF、OFD、\
     OpenDocument（.odt）、网页（.html）和文本文件（.txt、.md）";

impl ReadError {
    /// An error with this code, message and help.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }

    /// A file of no bytes, of blanks alone or of pictures alone.
    pub(super) fn empty() -> Self {
        Self::new("empty", "文件里没有文字", "请确认正文已经保存；正文是扫描图片的，请先识别成文字（OCR）再检查")
    }

    /// A file that asks for a password.
    pub(super) fn encrypted() -> Self {
        Self::new("encrypted", "文件设了打开密码，读不了", "请用 Word 或 WPS 打开，取消密码后保存，再检查")
    }

    /// A format that Word or WPS can turn into .docx; `format` names it in Chinese.
    pub(super) fn other_format(code: &'static str, format: &str) -> Self {
        Self::new(code, format!("这是{format}，暂不支持"), SAVE_AS_WORD)
    }

    /// A format that holds no report; `format` names it in Chinese.
    pub(super) fn no_report(code: &'static str, format: &str) -> Self {
        Self::new(code, format!("这是{format}，不是报告"), ANOTHER_FILE)
    }

    /// Bytes that are no text and no format that is known.
    pub(super) fn binary() -> Self {
        Self::new("binary", "文件里不是文字（二进制内容或乱码）", ANOTHER_FILE)
    }

    /// Text in an encoding that cannot be told.
    pub(super) fn encoding() -> Self {
        Self::new("encoding", "认不出文本的编码", "请用记事本打开，确认不是乱码，“另存为”时编码选 UTF-8，再检查")
    }

    /// A file of a known format that is not whole; `what` says in Chinese what is wrong.
    pub(super) fn damaged(what: &str) -> Self {
        let help = "请用 Word、WPS 或相应的阅读器打开，能打开的“另存为”新的 .docx 再检查；打不开的，请重新下载或向报送单位索要";
        Self::new("damaged", format!("文件损坏：{what}"), help)
    }
}
