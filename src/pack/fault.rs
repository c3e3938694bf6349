//! What is wrong with a pack: [`Fault`], placed by a path into its data before anybody knows lines.
//!
//! `load` finds the file, line and column of a path; `compile` knows paths alone.

use std::fmt;

/// A step into the data of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// A key of a map. Rules are found by their id, as if `rules` were a map.
    Key(String),
    /// An entry of a list, from 0.
    Index(usize),
}

/// A path into the data of a pack: `concepts / legal-adviser / mention / 2`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// The path of a top-level key.
    #[must_use]
    pub fn root(key: &str) -> Self {
        Self(vec![Step::Key(key.to_owned())])
    }

    /// This path and a key below it.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut path = self.clone();
        path.0.push(Step::Key(key.to_owned()));
        path
    }

    /// This path and an entry of the list at it.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut path = self.clone();
        path.0.push(Step::Index(index));
        path
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if at == 0 => write!(formatter, "{key}")?,
                Step::Key(key) => write!(formatter, ".{key}")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Something in a pack that cannot mean anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the data.
    pub path: Path,
    /// Whether the key at the end of the path is meant, not its value.
    pub on_key: bool,
    /// The bytes of the scalar's value that are meant, where not the whole is.
    pub within: Option<std::ops::Range<usize>>,
    /// What is wrong, in Chinese.
    pub message: String,
    /// How to mend it, in Chinese.
    pub help: Option<String>,
}

impl Fault {
    /// A fault of the value at `path`.
    #[must_use]
    pub fn new(path: Path, message: impl Into<String>) -> Self {
        Self { path, on_key: false, within: None, message: message.into(), help: None }
    }

    /// The same with a cure.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, about the key instead of the value.
    #[must_use]
    pub const fn on_key(mut self) -> Self {
        self.on_key = true;
        self
    }

    /// The same, about a part of the scalar.
    #[must_use]
    pub fn within(mut self, range: std::ops::Range<usize>) -> Self {
        self.within = Some(range);
        self
    }
}
