//! Titles in 《》 and the document number behind them.

use crate::text::Span;

/// A title in 《》 where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Its bytes in the view, 《》 included.
    pub view: Span,
    /// The title inside, in the view; inner 〈〉 included.
    pub title: Span,
    /// The document number in brackets behind it (国办发〔2018〕118号), in the view, brackets not included.
    pub number: Option<Span>,
}
