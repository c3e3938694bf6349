//! The exit statuses, in one table.

use std::process::ExitCode;

/// How a run ended. Ordered as the statuses win over each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// Nothing at or above the chosen grade; also where the reader of our output went away.
    Fine = 0,
    /// Something at or above it.
    Findings = 1,
    /// Wrong usage; nothing was done.
    Usage = 2,
    /// A faulty pack; nothing was done.
    Rules = 3,
    /// An input could not be read; the others were checked.
    Input = 4,
    /// The output could not be written.
    Output = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
