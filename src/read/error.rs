//! Why a file could not be read: [`ReadError`], with a code for programs and words for clerks.

/// Why the bytes of a file are no document that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct ReadError {
    /// For programs, in kebab-case: `empty`, `encrypted`, `old-word`, `binary`, `damaged`, `scanned`,
    /// `garbled`, `too-large`.
    pub code: &'static str,
    /// What is wrong, in Chinese, without the file's name.
    pub message: String,
    /// What to do, in Chinese.
    pub help: String,
}

impl ReadError {
    /// An error with this code, message and help.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }
}
