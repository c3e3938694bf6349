//! How much a file may hold, so that no input hangs or exhausts memory. Each limit names itself when it is hit.
//!
//! The numbers lie far above any report and far below what a machine can bear; they are no rules of the domain.

use super::ReadError;

/// A limit: what is counted, in Chinese, and how much of it is allowed, in the unit that `shown` names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    what: &'static str,
    shown: &'static str,
    /// The largest amount allowed.
    pub(super) most: usize,
}

const MEGABYTE: usize = 1 << 20;

/// Bytes of the file.
pub(super) const FILE: Limit = Limit { what: "文件大小", shown: "100 MB", most: 100 * MEGABYTE };
/// Bytes of the text, in UTF-8.
pub(super) const TEXT: Limit = Limit { what: "正文", shown: "32 MB", most: 32 * MEGABYTE };
/// Lines of the text, blank ones included.
pub(super) const LINES: Limit = Limit { what: "行数", shown: "200000 行", most: 200_000 };
/// Bytes of a web page.
pub(super) const PAGE: Limit = Limit { what: "网页大小", shown: "16 MB", most: 16 * MEGABYTE };
/// Pages of a file of fixed layout.
pub(super) const PAGES: Limit = Limit { what: "页数", shown: "2000 页", most: 2_000 };
/// Characters on the pages of such a file.
pub(super) const GLYPHS: Limit = Limit { what: "字数", shown: "2000000 字", most: 2_000_000 };
/// Entries of a package.
pub(super) const ENTRIES: Limit = Limit { what: "压缩包里的文件数", shown: "4096 个", most: 4_096 };
/// Bytes of one part of a package, unpacked.
pub(super) const PART: Limit = Limit { what: "压缩包里的单个文件", shown: "64 MB", most: 64 * MEGABYTE };
/// Bytes of all parts of a package that are read, unpacked.
pub(super) const PARTS: Limit = Limit { what: "压缩包里的文件合计", shown: "256 MB", most: 256 * MEGABYTE };
/// Elements inside one another in a part.
pub(super) const DEPTH: Limit = Limit { what: "XML 嵌套层数", shown: "256 层", most: 256 };
/// Elements and texts of a part.
pub(super) const NODES: Limit = Limit { what: "XML 节点数", shown: "500000 个", most: 500_000 };

impl Limit {
    /// Says whether `amount` is allowed.
    pub(super) fn check(self, amount: usize) -> Result<(), ReadError> {
        if amount > self.most { Err(self.error()) } else { Ok(()) }
    }

    /// The error of who went over the limit.
    pub(super) fn error(self) -> ReadError {
        ReadError::new(
            "too-large",
            format!("文件过大：{}超过上限（{}）", self.what, self.shown),
            "年度报告一般不超过几百 KB，请核对是不是选错了文件；确是报告的，请只留正文，压缩或删去图片和附件后再检查",
        )
    }
}
