//! Colours of the terminal view, and the width to draw for.

use crate::{diagnostic::Severity, engine::Status};

/// How a person's terminal looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether it shows colours.
    pub colour: bool,
    /// Its width in cells.
    pub width: usize,
}

impl Look {
    /// The width to draw for: lines longer than 120 cells are hard to read, and under 24 nothing can be drawn.
    pub(crate) fn columns(self) -> usize {
        self.width.clamp(24, 120)
    }

    /// `text` in `colour`, if there are colours.
    pub(crate) fn paint(self, colour: Colour, text: &str) -> String {
        if self.colour && !text.is_empty() && colour != Colour::Plain {
            format!("\u{1b}[{}m{text}\u{1b}[0m", colour.code())
        } else {
            text.to_owned()
        }
    }
}

/// What a piece of the view is, and so how it is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    /// The head of a report.
    Title,
    /// What must be changed, or is missing.
    Bad,
    /// What should be changed, or is thin.
    Doubtful,
    /// What is good to know.
    Neutral,
    /// What is fine.
    Good,
    /// What is said beside the matter.
    Faint,
    /// The text itself.
    Plain,
}

impl Colour {
    /// The parameters of the escape sequence, of the 16 colours that a user's theme decides on.
    const fn code(self) -> &'static str {
        match self {
            Self::Title => "1",
            Self::Bad => "1;31",
            Self::Doubtful => "1;33",
            Self::Neutral => "36",
            Self::Good => "32",
            Self::Faint => "2",
            Self::Plain => "0",
        }
    }

    pub(crate) const fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Bad,
            Severity::Warning => Self::Doubtful,
            Severity::Info => Self::Neutral,
        }
    }

    pub(crate) const fn of_status(status: Status) -> Self {
        match status {
            Status::Missing => Self::Bad,
            Status::Partial => Self::Doubtful,
            Status::Met => Self::Good,
            Status::Skipped => Self::Faint,
        }
    }
}
