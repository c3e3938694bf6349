//! PDF files with text in them.
//!
//! `content` collects the glyphs of a page with their characters and places, `lines` puts them in reading order,
//! `grid` and `rows` find tables, `furniture` takes out what belongs to the page, `paragraphs` joins lines,
//! `writer` writes them down. No picture is looked at: a scanned page has no text. `limits` bounds the cost.

mod assemble;
mod blocks;
mod content;
mod encoding;
mod font;
mod furniture;
pub(super) mod geometry;
mod grid;
mod layers;
mod limits;
mod line;
mod lines;
mod measure;
pub(super) mod page;
mod paragraphs;
mod path;
mod rows;
mod stream;
mod text;
mod widths;
mod words;
mod writer;

use std::{
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use hayro_syntax::{LoadPdfError, Pdf};

use self::{content::Interpreter, page::Page};
use super::ReadError;
use crate::document::Source;

/// The library descends into nested objects; half a thousand levels need more than a thread's usual stack.
const STACK: usize = 64 << 20;
/// Work is bounded by counters, not by time. This ends only the wait for an endless loop inside the library, on a
/// file made to cause one.
const PATIENCE: Duration = Duration::from_secs(60);
/// A page of a scan holds no more characters: a stamp of the scanning program, a page number.
const FEW_CHARACTERS: usize = 20;

/// Whether bytes are a PDF, by the mark that stands at the beginning or not far from it.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    limits::find(bytes.get(..1_024).unwrap_or(bytes), b"%PDF-", 0).is_some()
}

/// Reads the pages of another format of fixed layout as those of a PDF are read.
pub(super) fn arrange(pages: &[Page]) -> Source {
    let sheets = pages.iter().map(blocks::sheet).collect();
    assemble::assemble(sheets, pages.iter().map(|page| (page.width, page.height)).collect())
}

/// Why a PDF can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    /// The structure of the file is broken.
    Damaged,
    /// A password is needed, or the encryption is unknown.
    Encrypted,
    /// There are pictures of text only.
    Scanned,
    /// The fonts don't say what their glyphs stand for.
    Unmapped,
    /// A limit is exceeded; which one.
    TooLarge(&'static str),
}

impl Failure {
    fn code(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Encrypted => "encrypted",
            Self::Scanned => "scanned",
            Self::Unmapped => "garbled",
            Self::TooLarge(_) => "too-large",
        }
    }
}

impl From<Failure> for ReadError {
    fn from(failure: Failure) -> Self {
        const ORIGINAL: &str = "请检查原来的 Word 文件";
        let (message, help) = match failure {
            Failure::Damaged => {
                ("这个 PDF 打不开，文件可能不完整".to_owned(), "请重新下载或重新导出后再试，或者检查原来的 Word 文件")
            }
            Failure::Encrypted => {
                ("这个 PDF 加了密码，读不出内容".to_owned(), "请去掉密码后另存，或者检查原来的 Word 文件")
            }
            Failure::Scanned => {
                ("这个 PDF 是扫描件，没有文字，只有图片".to_owned(), "请检查原来的 Word 文件，或者先做文字识别（OCR）")
            }
            Failure::Unmapped => ("这个 PDF 的字体没有文字编码，读出来是乱码".to_owned(), ORIGINAL),
            Failure::TooLarge(limit) => (format!("这个 PDF 太大：{limit}"), ORIGINAL),
        };
        Self::new(failure.code(), message, help)
    }
}

/// Reads a PDF.
///
/// # Errors
/// `damaged`, `encrypted`, `scanned`, `garbled`, `too-large`.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    if bytes.len() > limits::FILE {
        return Err(Failure::TooLarge("文件超过100MB").into());
    }
    limits::check_streams(bytes)?;
    limits::check_objects(bytes)?;
    let owned = bytes.to_vec();
    let (sender, receiver) = mpsc::channel();
    // A panic of the library ends its thread, not the program.
    let reader = move || {
        // The receiver may have lost patience.
        let _ = sender.send(read_pages(owned));
    };
    if thread::Builder::new().name("pdf".to_owned()).stack_size(STACK).spawn(reader).is_err() {
        return read_pages(bytes.to_vec()).map_err(ReadError::from);
    }
    match receiver.recv_timeout(PATIENCE) {
        Ok(read) => read.map_err(ReadError::from),
        Err(RecvTimeoutError::Disconnected) => Err(Failure::Damaged.into()),
        Err(RecvTimeoutError::Timeout) => Err(Failure::TooLarge(limits::STRUCTURE).into()),
    }
}

fn read_pages(bytes: Vec<u8>) -> Result<Source, Failure> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Failure::Encrypted,
        LoadPdfError::Invalid => Failure::Damaged,
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Failure::Damaged);
    }
    if pages.len() > limits::PAGES {
        return Err(Failure::TooLarge("超过2000页"));
    }
    let mut interpreter = Interpreter::new(pdf.xref());
    let mut sheets = Vec::with_capacity(pages.len());
    let mut sizes = Vec::with_capacity(pages.len());
    let mut seen = Seen::default();
    for (number, page) in (1..).zip(pages.iter()) {
        let page = interpreter.read(page, number)?;
        seen.add(&page);
        sizes.push((page.width, page.height));
        sheets.push(blocks::sheet(&page));
    }
    seen.judge()?;
    Ok(assemble::assemble(sheets, sizes))
}

/// What all pages together show.
#[derive(Debug, Default)]
struct Seen {
    pages: usize,
    pages_with_images: usize,
    characters: usize,
    unknown: usize,
}

impl Seen {
    fn add(&mut self, page: &Page) {
        self.pages += 1;
        self.pages_with_images += usize::from(page.has_image);
        self.characters += page.glyphs.iter().filter(|glyph| !glyph.char.is_whitespace()).count();
        self.unknown += page.unknown;
    }

    /// Refuses a file without text.
    fn judge(&self) -> Result<(), Failure> {
        let is_scan = self.pages_with_images == self.pages && self.characters <= FEW_CHARACTERS * self.pages;
        if self.characters == 0 || is_scan {
            return Err(Failure::Scanned);
        }
        if self.unknown * 2 > self.characters { Err(Failure::Unmapped) } else { Ok(()) }
    }
}
