//! Which characters a text holds: asked before anything costly is done with it.

/// Code points of the basic plane, in words of 64.
const WORDS: usize = 0x1_0000 / 64;

/// The characters of a text. Of those outside the basic plane it says that each may be there.
pub(super) struct Characters {
    held: Box<[u64]>,
}

impl Characters {
    /// The characters of `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut held = vec![0; WORDS].into_boxed_slice();
        for char in text.chars() {
            if let Some(word) = held.get_mut(char as usize / 64) {
                *word |= 1 << (char as usize % 64);
            }
        }
        Self { held }
    }

    /// Whether `char` may be in the text.
    pub(super) fn holds(&self, char: char) -> bool {
        self.held.get(char as usize / 64).is_none_or(|word| word & (1 << (char as usize % 64)) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_holds_is_known() {
        let characters = Characters::of("法治, A\u{ffff}");
        assert!("法治, A\u{ffff}".chars().all(|char| characters.holds(char)));
        assert!(!characters.holds('制') && !characters.holds('B') && characters.holds('\u{20000}'));
    }
}
