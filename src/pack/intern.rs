//! Gives every literal, set and phrase of a pack a number, and builds the automaton over the literals.

use std::collections::{BTreeMap, HashMap};

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::{
    compiled::{Element, Phrase, PhraseId, SetId, Variant, VariantRef, Wordings},
    phrase::{self, Unit},
};

/// Collects wordings while a pack is compiled.
#[derive(Debug, Default)]
pub(super) struct Interner {
    literals: HashMap<String, u32>,
    sets: BTreeMap<Vec<u32>, SetId>,
    phrases: Vec<Phrase>,
    known: HashMap<String, PhraseId>,
}

impl Interner {
    /// The phrase with this writing, if it was interned before.
    pub(super) fn known(&self, source: &str) -> Option<PhraseId> {
        self.known.get(source).copied()
    }

    /// Interns a phrase.
    pub(super) fn phrase(&mut self, source: &str, variants: Vec<phrase::Variant>) -> PhraseId {
        let id = PhraseId(u32::try_from(self.phrases.len()).unwrap_or(u32::MAX));
        let variants = variants.into_iter().map(|variant| self.variant(variant)).collect();
        self.phrases.push(Phrase { source: source.to_owned(), variants });
        self.known.insert(source.to_owned(), id);
        id
    }

    fn variant(&mut self, units: phrase::Variant) -> Variant {
        let mut elements = Vec::with_capacity(units.len());
        let mut trigger = (0, 0);
        for (place, (gap, unit)) in units.into_iter().enumerate() {
            let (element, weight) = match unit {
                Unit::Texts(texts) => {
                    // The rarest element triggers; the longest shortest literal is the best guess at it.
                    let shortest = texts.iter().map(|text| text.chars().count()).min().unwrap_or_default();
                    (Element::Set(self.set(texts)), 10 + shortest)
                }
                Unit::Number(percent) => (Element::Number(percent), 1),
                Unit::Year => (Element::Year, 2),
                Unit::Name => (Element::Name, 0),
            };
            if weight > trigger.1 {
                trigger = (place, weight);
            }
            elements.push((gap, element));
        }
        Variant { elements, trigger: trigger.0 }
    }

    fn set(&mut self, texts: Vec<String>) -> SetId {
        let mut literals: Vec<u32> = texts
            .into_iter()
            .map(|text| {
                let next = u32::try_from(self.literals.len()).unwrap_or(u32::MAX);
                *self.literals.entry(text).or_insert(next)
            })
            .collect();
        literals.sort_unstable();
        literals.dedup();
        let next = SetId(u32::try_from(self.sets.len()).unwrap_or(u32::MAX));
        *self.sets.entry(literals).or_insert(next)
    }

    /// Builds the automaton and the tables from literals to variants.
    pub(super) fn finish(self) -> Wordings {
        let mut texts = vec![String::new(); self.literals.len()];
        for (text, id) in self.literals.into_iter().collect::<BTreeMap<_, _>>() {
            texts[id as usize] = text;
        }
        let mut sets = vec![Vec::new(); self.sets.len()];
        let mut sets_of = vec![Vec::new(); texts.len()];
        for (literals, set) in self.sets {
            for literal in &literals {
                sets_of[*literal as usize].push(set);
            }
            sets[set.0 as usize] = literals;
        }
        let mut wordings = Wordings {
            triggers: vec![Vec::new(); sets.len()],
            sets_of,
            sets,
            phrases: self.phrases,
            ..Wordings::default()
        };
        wordings.index_triggers();
        // The automaton refuses an empty list and duplicates; there are none of the second.
        wordings.automaton = CharwiseDoubleArrayAhoCorasick::new(&texts).ok();
        wordings.literals = texts;
        wordings
    }
}

impl Wordings {
    fn index_triggers(&mut self) {
        for (id, phrase) in self.phrases.iter().enumerate() {
            for (place, variant) in phrase.variants.iter().enumerate() {
                let as_u32 = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
                let reference = VariantRef { phrase: PhraseId(as_u32(id)), variant: as_u32(place) };
                match variant.elements.get(variant.trigger).map(|(_, element)| *element) {
                    Some(Element::Set(set)) => self.triggers[set.0 as usize].push(reference),
                    Some(Element::Number(_)) => self.number_triggers.push(reference),
                    Some(Element::Year) => self.year_triggers.push(reference),
                    Some(Element::Name) | None => {}
                }
            }
        }
    }
}
