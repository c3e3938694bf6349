//! Numbers in the view: 12, 1.8万, 两千余, 百分之九十, 三十一件, 40多辆, 98.6%.

use crate::text::Span;

/// A number where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its bytes in the view: digits, 万, 余, 多, 近 before it, % behind it; not its unit.
    pub view: Span,
    /// The measure word behind it, in the view; empty where there is none. 余 and 多 may stand behind it too.
    pub unit: Span,
    /// Its value; a percentage as written (98.6% is 98.6).
    pub value: f64,
    /// Whether it is a percentage.
    pub percent: bool,
    /// Whether it is exact: no 余, 多, 近, 约, 以上.
    pub exact: bool,
    /// Whether it is written in Chinese numerals.
    pub chinese: bool,
}
