//! Draws a message with an excerpt of the report under it, by miette.
//!
//! miette counts columns in bytes and prints lines whole, so it gets one short line and the place as words.

use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::{Look, excerpt::Excerpt};
use crate::{diagnostic::Severity, render::words};

/// What is drawn: a message, where it is about, and the words there.
#[derive(Debug)]
pub(super) struct Snippet<'a> {
    /// What stands before the message instead of a severity.
    pub lead: Option<&'static str>,
    /// How grave it is; decides on the colour.
    pub severity: Severity,
    /// The message.
    pub message: String,
    /// `file:line:column`, for the corner of the drawing.
    pub place: Option<String>,
    /// The line's number, from 1.
    pub line: usize,
    /// The words there.
    pub excerpt: &'a Excerpt,
    /// A few words under the mark.
    pub label: Option<String>,
}

impl Snippet<'_> {
    /// The drawing, in lines.
    pub(super) fn draw(&self, look: Look) -> String {
        let mut theme = GraphicalTheme {
            characters: ThemeCharacters::unicode(),
            styles: if look.colour { ThemeStyles::ansi() } else { ThemeStyles::none() },
        };
        let word = self.lead.unwrap_or(words::severity(self.severity));
        for sign in [&mut theme.characters.error, &mut theme.characters.warning, &mut theme.characters.advice] {
            word.clone_into(sign);
        }
        theme.styles.highlights = vec![match self.severity {
            Severity::Error => theme.styles.error,
            Severity::Warning => theme.styles.warning,
            Severity::Info => theme.styles.advice,
        }];
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_width(look.columns())
            .without_primary_span_start();
        let mut drawing = String::new();
        // Writing into a string cannot fail, and our source always has the span asked for.
        let _ = handler.render_report(&mut drawing, self);
        drawing
    }
}

impl fmt::Display for Snippet<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Snippet<'_> {}

impl Diagnostic for Snippet<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = LabeledSpan::new_with_span(self.label.clone(), self.excerpt.mark.clone());
        Some(Box::new(std::iter::once(label)))
    }
}

/// The whole excerpt is one line, whatever miette asks for, numbered as in the report.
impl SourceCode for Snippet<'_> {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.excerpt.text.as_bytes();
        let (whole, line) = ((0, text.len()).into(), self.line.saturating_sub(1));
        Ok(Box::new(match &self.place {
            Some(place) => MietteSpanContents::new_named(place.clone(), text, whole, line, 0, 1),
            None => MietteSpanContents::new(text, whole, line, 0, 1),
        }))
    }
}
