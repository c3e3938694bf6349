//! The catalogue of laws and documents, ready to look a title up: [`Catalogue`].
//!
//! Titles are compared in a plain form: folded, without 中华人民共和国, brackets, inner marks, and with all
//! dashes between years alike. The name of the state is a form of titles, not a wording of a rule.

use std::collections::BTreeMap;

use super::def::LawDef;
use crate::document::fold;

/// A day as far as it is known: `[year, month, day]`, 0 where unknown.
pub type Day = [u16; 3];

/// A law or document.
#[derive(Debug, Clone)]
pub struct Law {
    /// As written.
    pub def: LawDef,
    /// In force from.
    pub from: Option<Day>,
    /// Not in force any more from.
    pub until: Option<Day>,
}

/// What a title is to the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// A right name of the law at this place.
    Right(usize),
    /// A known wrong form of it.
    Wrong(usize),
}

/// All laws, by their plain titles.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// The laws.
    pub laws: Vec<Law>,
    names: BTreeMap<String, Name>,
}

impl Catalogue {
    /// Builds the catalogue. Right names win over wrong ones.
    #[must_use]
    pub fn new(defs: &[LawDef]) -> Self {
        let mut catalogue = Self::default();
        for (place, def) in defs.iter().enumerate() {
            for wrong in &def.wrong {
                catalogue.names.entry(plain(wrong)).or_insert(Name::Wrong(place));
            }
        }
        for (place, def) in defs.iter().enumerate() {
            for right in std::iter::once(&def.title).chain(&def.short) {
                catalogue.names.insert(plain(right), Name::Right(place));
            }
        }
        let confirmed =
            |def: &LawDef, day: &Option<String>| def.source.as_ref().and(day.as_deref()).and_then(parse_day);
        catalogue.laws = defs
            .iter()
            .map(|def| Law { def: def.clone(), from: confirmed(def, &def.from), until: confirmed(def, &def.until) })
            .collect();
        catalogue
    }

    /// Looks a title up; unknown titles are none.
    #[must_use]
    pub fn find(&self, title: &str) -> Option<Name> {
        self.names.get(&plain(title)).copied()
    }
}

/// `2021-01-01`, `2021-01` or `2021`.
#[must_use]
pub fn parse_day(text: &str) -> Option<Day> {
    let mut day = [0; 3];
    let mut parts = text.split('-');
    for (place, part) in parts.by_ref().take(3).enumerate() {
        day[place] = part.parse().ok()?;
    }
    let known = day[0] > 0 && day[1] <= 12 && day[2] <= 31 && parts.next().is_none();
    known.then_some(day)
}

/// The form in which titles are compared.
fn plain(title: &str) -> String {
    let folded = fold(title);
    let core = folded.strip_prefix("中华人民共和国").unwrap_or(&folded);
    core.chars()
        .filter(|char| !matches!(char, '《' | '》' | '〈' | '〉' | '、'))
        .map(|char| match char {
            '－' | '—' | '–' | '-' | '~' | '～' | '至' | '―' | '─' => '-',
            other => other,
        })
        .collect::<String>()
        .replace("--", "-")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        let law = |title: &str, wrong: &[&str]| LawDef {
            title: title.to_owned(),
            wrong: wrong.iter().map(|name| (*name).to_owned()).collect(),
            until: Some("2021-01-01".to_owned()),
            source: Some("公报".to_owned()),
            ..LawDef::default()
        };
        Catalogue::new(&[law("中华人民共和国合同法", &["合同条例"]), law("实施纲要（2021—2025年）", &[])])
    }

    #[test]
    fn the_states_name_and_the_dash_make_no_difference() {
        let catalogue = catalogue();
        assert_eq!(catalogue.find("合同法"), Some(Name::Right(0)));
        assert_eq!(catalogue.find("实施纲要(2021-2025年)"), Some(Name::Right(1)));
        assert_eq!(catalogue.find("实施纲要（2021至2025年）"), Some(Name::Right(1)));
        assert_eq!(catalogue.find("实施纲要（20212025年）"), None);
        assert_eq!(catalogue.find("合同条例"), Some(Name::Wrong(0)));
    }

    #[test]
    fn days_may_be_known_in_part() {
        assert_eq!(parse_day("2021-07-15"), Some([2021, 7, 15]));
        assert_eq!(parse_day("2021"), Some([2021, 0, 0]));
        assert_eq!(parse_day("2021-13"), None);
        assert_eq!(catalogue().laws[0].until, Some([2021, 1, 1]));
    }
}
