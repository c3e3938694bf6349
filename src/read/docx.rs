//! Word files, Office Open XML.

use super::ReadError;
use crate::document::Source;

/// Reads a Word file.
pub(super) fn read(_bytes: &[u8]) -> Result<Source, ReadError> {
    Err(ReadError::new("damaged", "这个 Word 文件打不开", "请用 Word 或 WPS 打开后另存为 .docx 再试"))
}
