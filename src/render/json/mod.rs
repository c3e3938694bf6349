//! The JSON contract, for programs: every field of every entry, whether anybody needs it or not.
//!
//! The shapes start in `shape`; `report.schema.json`, shipped, is made of them and a test keeps it fresh.

mod facts;
mod ndjson;
mod place;
mod review;
mod shape;

use serde::Serialize;

pub use self::ndjson::Ndjson;
use self::shape::{File, Tool, VERSION};
use super::{Entry, Renderer, Summary, visible::is_hidden};

/// The JSON Schema of the output.
pub const SCHEMA: &str = include_str!("../report.schema.json");

/// Renders as JSON, one document for the whole run.
#[derive(Debug, Clone, Copy)]
pub struct Json;

impl Renderer for Json {
    fn begin(&self) -> String {
        format!("{{\n  \"version\": {VERSION},\n  \"tool\": {},\n  \"files\": [\n", pretty(&Tool::this(), 1))
    }

    fn entry(&self, entry: &Entry) -> String {
        format!("    {}", pretty(&File::new(entry), 2))
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, summary: &Summary) -> String {
        format!("\n  ],\n  \"summary\": {}\n}}\n", pretty(&shape::Counts::new(summary), 1))
    }
}

/// `value` as JSON, as if it stood `depth` levels deep.
fn pretty<T: Serialize>(value: &T, depth: usize) -> String {
    // Our shapes are plain structs with string keys: there is nothing that serde_json could refuse.
    let json = serde_json::to_string_pretty(value).unwrap_or_else(|_| "null".to_owned());
    safe(&json, &format!("\n{}", "  ".repeat(depth)))
}

/// `value` as JSON in one line.
pub(super) fn compact<T: Serialize>(value: &T) -> String {
    safe(&serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()), " ")
}

/// `json` with `newline` for each line end, and escapes for what JSON may hold as it is but a terminal would
/// obey or hide.
fn safe(json: &str, newline: &str) -> String {
    let mut safe = String::with_capacity(json.len() + json.len() / 4);
    for char in json.chars() {
        match char {
            '\n' => safe.push_str(newline),
            char if is_hidden(char) => {
                let units =
                    char.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
                safe.push_str(&units);
            }
            char => safe.push(char),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_shipped_schema_is_that_of_the_shapes() {
        let schema = schemars::generate::SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator()
            .into_root_schema_for::<shape::Output>();
        let fresh = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/render/report.schema.json");
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(path, &fresh).unwrap();
        } else {
            assert!(SCHEMA.replace("\r\n", "\n") == fresh, "stale; run the tests with UPDATE_SCHEMA=1");
        }
    }

    #[test]
    fn controls_are_escaped_in_strings() {
        let hidden = "\u{61c}\u{200b}\u{feff}\u{e0041}";
        assert_eq!(compact(&hidden), r#""\u061c\u200b\ufeff\udb40\udc41""#);
        assert_eq!(serde_json::from_str::<String>(&compact(&hidden)).unwrap(), hidden);
        assert_eq!(pretty(&"\u{9b}甲\u{202e}\u{1b}", 0), r#""\u009b甲\u202e\u001b""#);
    }
}
