//! Where each part of a resolved pack comes from: [`Provenance`], for people who ask why a rule says what it says.
//!
//! It knows names, files and lines, not the rules themselves.

use indexmap::IndexMap;

/// How a layer touched an entry of a layer below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// By `change`.
    Changed,
    /// By `add`, or by more words in a list.
    Extended,
    /// By `off`.
    SwitchedOff,
}

/// What a layer did to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The layer, `fazhi-township 2026.1.0`.
    pub layer: String,
    /// The file.
    pub file: String,
    /// The line, from 1; none in a built-in pack.
    pub line: Option<usize>,
    /// What it did.
    pub touch: Touch,
    /// What it touched: the keys below the entry, `severity` or `messages.missing`; empty where the whole is meant.
    pub keys: Vec<String>,
    /// Why, where a reason is asked for.
    pub because: Option<String>,
}

/// Where an entry comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The layer, `fazhi-township 2026.1.0`.
    pub layer: String,
    /// The file.
    pub file: String,
    /// The line, from 1; none in a built-in pack.
    pub line: Option<usize>,
    /// What later layers did to it, lowest first.
    pub edits: Vec<Edited>,
}

/// The origins of all entries of a resolved pack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The layers, lowest first: `base 2026.1.0`.
    pub layers: Vec<String>,
    entries: IndexMap<&'static str, IndexMap<String, Origin>>,
}

impl Provenance {
    /// Where the entry `name` of the outermost key `root` comes from: `("rules", "legal-adviser")`.
    #[must_use]
    pub fn of(&self, root: &str, name: &str) -> Option<&Origin> {
        self.entries.get(root)?.get(name)
    }

    /// All entries, those of one outermost key together: the key, the name, the origin.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, &str, &Origin)> {
        self.entries
            .iter()
            .flat_map(|(root, entries)| entries.iter().map(|(name, origin)| (*root, name.as_str(), origin)))
    }

    /// Notes where an entry was first written.
    pub(super) fn enter(&mut self, root: &'static str, name: &str, origin: Origin) {
        self.entries.entry(root).or_default().entry(name.to_owned()).or_insert(origin);
    }

    /// Notes what a layer did to an entry.
    pub(super) fn edit(&mut self, root: &'static str, name: &str, edited: Edited) {
        if let Some(origin) = self.entries.get_mut(root).and_then(|entries| entries.get_mut(name)) {
            origin.edits.push(edited);
        }
    }
}
