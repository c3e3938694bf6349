//! The JSON contract in lines: the tool, an input a line, the counts. No line has to wait for another.

use serde::Serialize;

use super::{
    compact,
    shape::{Counts, File, Tool, VERSION},
};
use crate::render::{Entry, Renderer, Summary};

/// Renders as lines of JSON.
#[derive(Debug, Clone, Copy)]
pub struct Ndjson;

/// The first line.
#[derive(Serialize)]
struct First {
    version: u32,
    tool: Tool,
}

/// The last line.
#[derive(Serialize)]
struct Last {
    summary: Counts,
}

impl Renderer for Ndjson {
    fn begin(&self) -> String {
        line(&First { version: VERSION, tool: Tool::this() })
    }

    fn entry(&self, entry: &Entry) -> String {
        line(&File::new(entry))
    }

    fn between(&self) -> &'static str {
        ""
    }

    fn end(&self, summary: &Summary) -> String {
        line(&Last { summary: Counts::new(summary) })
    }
}

fn line<T: Serialize>(value: &T) -> String {
    compact(value) + "\n"
}
