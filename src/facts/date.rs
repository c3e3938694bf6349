//! Years and dates in the view: 2024年, 2024年度, 2024-01-25, 二〇二四年一月五日.

use std::fmt;

use crate::text::Span;

/// A calendar date; month and day are 0 where they are not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, four digits.
    pub year: i32,
    /// The month from 1, or 0.
    pub month: u8,
    /// The day from 1, or 0.
    pub day: u8,
}

impl fmt::Display for Date {
    /// ISO 8601, as far as it is known: `2024`, `2024-01`, `2024-01-25`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        if self.month > 0 {
            write!(formatter, "-{:02}", self.month)?;
        }
        if self.month > 0 && self.day > 0 {
            write!(formatter, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// A year or date where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateMention {
    /// Its bytes in the view, 年度 and 日 included.
    pub view: Span,
    /// What it says.
    pub date: Date,
}
