//! Numbering forms at the start of a line or an item: 一、 （一） 1. （1） ① 一是 其一 第一，.
//!
//! It reads a form and its value; whether the line is a heading is for `outline` to say.

use crate::text::Span;

/// A form of numbering. The first four are the levels of GB/T 9704, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// 一、
    Chapter,
    /// （一）
    Section,
    /// 1. or 1、
    Point,
    /// （1）
    SubPoint,
    /// ①
    Circled,
    /// 一是, 一要
    Series,
    /// 其一
    Among,
    /// 第一，
    Ordinal,
    /// 首先，其次，再次，最后
    Sequence,
}

/// A numbering as it stands in the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    /// Its form.
    pub form: Form,
    /// Its value; a form that does not count (首先) has its place in the sequence.
    pub value: u32,
    /// Its bytes in the view, with its marks.
    pub view: Span,
    /// How it departs from the form, if it does.
    pub flaw: Option<Flaw>,
}

/// How a numbering departs from its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// 一） or （一: a bracket is lost.
    Bracket,
    /// （一）、: a mark too many.
    Mark,
    /// 1、: the mark of another form.
    Comma,
    /// 一主要举措: the mark is lost.
    Bare,
}
