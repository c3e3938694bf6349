//! Gives every literal, set and phrase of a pack a number, and builds the automaton over the literals.

use std::{collections::HashMap, rc::Rc};

use daachorse::CharwiseDoubleArrayAhoCorasick;
use indexmap::IndexSet;

use super::{
    compiled::{Element, Phrase, PhraseId, SetId, Variant, VariantRef, Wordings},
    phrase::{self, Texts, Unit},
};

/// Collects wordings while a pack is compiled.
#[derive(Debug, Default)]
pub(super) struct Interner {
    literals: IndexSet<String>,
    sets: IndexSet<Vec<u32>>,
    /// The sets of texts that are shared, by where they lie; they are kept so that nothing else comes to lie there.
    shared: HashMap<*const Vec<String>, (Texts, SetId)>,
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
        let id = PhraseId(number(self.phrases.len()));
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
                    (Element::Set(self.set(&texts)), 10 + shortest)
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

    fn set(&mut self, texts: &Texts) -> SetId {
        let place = Rc::as_ptr(texts);
        if let Some((_, set)) = self.shared.get(&place) {
            return *set;
        }
        let mut literals: Vec<u32> = texts.iter().map(|text| self.literal(text)).collect();
        literals.sort_unstable();
        let set = SetId(number(self.sets.insert_full(literals).0));
        if Rc::strong_count(texts) > 1 {
            self.shared.insert(place, (Rc::clone(texts), set));
        }
        set
    }

    fn literal(&mut self, text: &str) -> u32 {
        let known = self.literals.get_index_of(text);
        number(known.unwrap_or_else(|| self.literals.insert_full(text.to_owned()).0))
    }

    /// Builds the automaton and the tables from literals to variants.
    pub(super) fn finish(self) -> Wordings {
        let texts: Vec<String> = self.literals.into_iter().collect();
        let sets: Vec<Vec<u32>> = self.sets.into_iter().collect();
        let mut sets_of = vec![Vec::new(); texts.len()];
        for (set, literals) in sets.iter().enumerate() {
            for literal in literals {
                sets_of[*literal as usize].push(SetId(number(set)));
            }
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
                let reference = VariantRef { phrase: PhraseId(number(id)), variant: number(place) };
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

/// A place in a table as the number that stands for it. No pack has four thousand million of anything.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
