//! Which pack it is: [`PackStamp`], shown in every output so that a finding can be traced to its rules.

/// Digits of a hash that are enough to tell packs apart by eye.
const SHORT: usize = 12;

/// The pack that a report was reviewed with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackStamp {
    /// Its id.
    pub name: String,
    /// Its Chinese title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// When its data was last true.
    pub date: Option<String>,
    /// SHA-256 of the resolved pack, in hexadecimal.
    pub hash: String,
    /// The packs that it builds on, outermost first: `fazhi-township 2026.1.0`.
    pub layers: Vec<String>,
}

impl PackStamp {
    /// The first digits of the hash, by which people tell packs apart.
    #[must_use]
    pub fn short_hash(&self) -> String {
        self.hash.chars().take(SHORT).collect()
    }
}
