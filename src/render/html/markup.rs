//! Writes HTML: [`Markup`]. Every text passes through here, escaped and with hidden characters made visible, and who
//! opens a tag closes it, so that a page is well-formed whatever it is about.
//!
//! It knows no report. A template would hide what is most of this page's work, the cutting of overlapping places.

use crate::render::visible;

/// A piece of a page.
#[derive(Debug, Default)]
pub(super) struct Markup {
    html: String,
}

impl Markup {
    /// The piece as text.
    pub(super) fn finish(self) -> String {
        self.html
    }

    /// An element around what `content` writes. An attribute with an empty value is left out.
    pub(super) fn element(&mut self, tag: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Self)) {
        self.html.push('<');
        self.html.push_str(tag);
        for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.html.extend([" ", name, "=\""]);
            self.text(value);
            self.html.push('"');
        }
        self.html.push('>');
        content(self);
        self.html.extend(["</", tag, ">"]);
    }

    /// An element around a text.
    pub(super) fn words(&mut self, tag: &str, attributes: &[(&str, &str)], text: &str) {
        self.element(tag, attributes, |html| html.text(text));
    }

    /// A text, also one of a report or of a file's name.
    pub(super) fn text(&mut self, text: &str) {
        for char in visible(text).chars() {
            match char {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                char => self.html.push(char),
            }
        }
    }

    /// A piece that was written before.
    pub(super) fn append(&mut self, piece: &str) {
        self.html.push_str(piece);
    }

    /// A line end in the source of the page, between elements a blank that nobody sees.
    pub(super) fn line_end(&mut self) {
        self.html.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let mut html = Markup::default();
        html.element("p", &[("title", "\"><script>"), ("class", "")], |html| html.text("<b>&\u{1b}\u{202e}\r\n"));
        assert_eq!(html.finish(), "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;␛&lt;U+202E&gt;␍↵</p>");
    }
}
