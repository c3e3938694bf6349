//! From the written form of a pack to the compiled one; every fault of meaning is found, each with its path.
//!
//! What the schema can see (keys, types) has been checked before; here are references, phrases, patterns,
//! placeholders, and what a rule's severity may be.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use indexmap::IndexMap;

use super::{
    compiled::{Concept, Cues, Pack, PhraseId, Quantity, SectionKind, Together},
    def::{ConceptDef, CuesDef, LawDef, LexiconDef, PackDef, QuantityDef, SectionDef},
    fault::{Fault, Path},
    intern::Interner,
    laws::{Catalogue, parse_day},
    level,
    phrase::{self, PhraseFault, Texts},
    rule,
    stamp::PackStamp,
    suggest,
};
use crate::document::{Lexicon, fold};

/// Compiles a resolved pack. Its `off` holds the rules that a layer switched off, with the reasons.
///
/// # Errors
/// All faults of the pack, in the order of its data.
pub fn compile(def: &PackDef, stamp: PackStamp) -> Result<Pack, Vec<Fault>> {
    let mut compiler = Compiler::new(def);
    let root = Path::default();
    let titles = def.pack.as_ref().map(|head| compiler.phrases(&head.titles, &root.key("pack").key("for")));
    let cues = compiler.cues(&def.cues, &root.key("cues"));
    let sections = compiler.sections(&def.sections);
    let concepts = compiler.concepts(&def.concepts);
    let quantities = compiler.quantities(&def.quantities);
    compiler.check_laws(&def.laws);
    let rules = def.rules.iter().filter_map(|rule| rule::compile(rule, def.off.get(&rule.id), &mut compiler)).collect();
    if !compiler.faults.is_empty() {
        return Err(compiler.faults);
    }
    Ok(Pack {
        stamp,
        titles: titles.unwrap_or_default(),
        lexicon: lexicon(&def.lexicon),
        levels: compiler.levels,
        wordings: compiler.interner.finish(),
        cues,
        sections,
        concepts,
        quantities,
        rules,
        laws: Catalogue::new(&def.laws),
    })
}

/// What compiling needs at every place: the wordings so far, the names that may be referred to, the faults.
pub(super) struct Compiler<'a> {
    def: &'a PackDef,
    interner: Interner,
    classes: ClassTable<'a>,
    concept_places: HashMap<&'a str, usize>,
    section_places: HashMap<&'a str, usize>,
    quantity_places: HashMap<&'a str, usize>,
    levels: Vec<String>,
    pub(super) faults: Vec<Fault>,
}

impl<'a> Compiler<'a> {
    fn new(def: &'a PackDef) -> Self {
        fn places<T>(map: &IndexMap<String, T>) -> HashMap<&str, usize> {
            map.keys().enumerate().map(|(place, key)| (key.as_str(), place)).collect()
        }
        let classes = ClassTable { written: &def.classes, expanded: RefCell::default(), faults: RefCell::default() };
        let mut compiler = Self {
            def,
            interner: Interner::default(),
            classes,
            concept_places: places(&def.concepts),
            section_places: places(&def.sections),
            quantity_places: places(&def.quantities),
            levels: level::of(&def.lexicon),
            faults: Vec::new(),
        };
        compiler.check_classes();
        compiler
    }

    /// The place of a concept; a fault at `path` where there is none.
    pub(super) fn concept(&mut self, name: &str, path: &Path) -> Option<usize> {
        let found = self.concept_places.get(name).copied();
        self.found(found, "事项", name, self.def.concepts.keys(), path)
    }

    /// The place of a section.
    pub(super) fn section(&mut self, name: &str, path: &Path) -> Option<usize> {
        let found = self.section_places.get(name).copied();
        self.found(found, "组成部分", name, self.def.sections.keys(), path)
    }

    /// A fault at `path` where there is no such level of units.
    pub(super) fn level(&mut self, name: &str, path: Path, is_list: bool) {
        let levels: Vec<&str> = self.levels.iter().map(String::as_str).collect();
        self.faults.extend(level::fault(name, &levels, path, is_list));
    }

    /// The place of a quantity.
    pub(super) fn quantity(&mut self, name: &str, path: &Path) -> Option<usize> {
        let found = self.quantity_places.get(name).copied();
        self.found(found, "数量", name, self.def.quantities.keys(), path)
    }

    /// The place of a quantity, without a fault.
    pub(super) fn quantity_place(&self, name: &str) -> Option<usize> {
        self.quantity_places.get(name).copied()
    }

    fn found<'n>(
        &mut self,
        found: Option<usize>,
        what: &str,
        name: &str,
        names: impl Iterator<Item = &'n String>,
        path: &Path,
    ) -> Option<usize> {
        if found.is_none() {
            let mut fault = Fault::new(path.clone(), format!("没有“{name}”这个{what}"));
            fault.help = suggest::nearest(name, names.map(String::as_str)).map(|near| format!("是不是“{near}”？"));
            self.faults.push(fault);
        }
        found
    }

    /// Compiles one phrase; a fault at `path` where it is none.
    pub(super) fn phrase(&mut self, source: &str, path: &Path) -> Option<PhraseId> {
        if let Some(known) = self.interner.known(source) {
            return Some(known);
        }
        match phrase::variants(source, &|name| self.classes.get(name)) {
            Ok(variants) => Some(self.interner.phrase(source, variants)),
            Err(fault) => {
                self.faults.push(placed(fault, path));
                None
            }
        }
    }

    /// Compiles a list of phrases.
    pub(super) fn phrases(&mut self, sources: &[String], path: &Path) -> Vec<PhraseId> {
        let compile = |(index, source): (usize, &String)| self.phrase(source, &path.index(index));
        sources.iter().enumerate().filter_map(compile).collect()
    }

    fn together(&mut self, sources: &[String], path: &Path) -> Vec<Together> {
        let mut all = Vec::new();
        for (index, source) in sources.iter().enumerate() {
            let path = path.index(index);
            let parts: Vec<&str> = source.split('&').map(str::trim).collect();
            if parts.len() < 2 {
                let fault = Fault::new(path, "同句搭配要用 & 连接两个以上的说法");
                self.faults.push(fault.help("只有一个说法时请写进 mention"));
                continue;
            }
            all.push(parts.iter().filter_map(|part| self.phrase(part, &path)).collect());
        }
        all
    }

    /// Labels of a table: phrases, or several joined by `&`.
    fn labels(&mut self, sources: &[String], path: &Path) -> Vec<Together> {
        let mut label = |(index, source): (usize, &String)| -> Together {
            let path = path.index(index);
            source.split('&').filter_map(|part| self.phrase(part.trim(), &path)).collect()
        };
        sources.iter().enumerate().map(&mut label).filter(|label| !label.is_empty()).collect()
    }

    fn cues(&mut self, def: &CuesDef, path: &Path) -> Cues {
        Cues {
            future: self.phrases(&def.future, &path.key("future")),
            negation: self.phrases(&def.negation, &path.key("negation")),
            not_negation: self.phrases(&def.not_negation, &path.key("not-negation")),
            negation_after: self.phrases(&def.negation_after, &path.key("negation-after")),
            issuing: self.phrases(&def.issuing, &path.key("issuing")),
            fixed: self.phrases(&def.fixed, &path.key("fixed")),
            every: self.phrases(&def.every, &path.key("every")),
            not_number_after: self.phrases(&def.not_number_after, &path.key("not-number-after")),
        }
    }

    fn sections(&mut self, defs: &IndexMap<String, SectionDef>) -> Vec<SectionKind> {
        let compile = |(id, def): (&String, &SectionDef)| {
            let path = Path::root("sections").key(id);
            SectionKind {
                id: id.clone(),
                name: def.name.clone(),
                mood: def.mood,
                headings: self.phrases(&def.headings, &path.key("headings")),
                except: self.phrases(&def.except, &path.key("except")),
                sub_headings: self.phrases(&def.sub_headings, &path.key("sub-headings")),
                merged: self.phrases(&def.merged, &path.key("merged")),
                openers: self.phrases(&def.openers, &path.key("openers")),
                content: self.phrases(&def.content, &path.key("content")),
                next_year: def.next_year,
                rest: def.rest,
            }
        };
        defs.iter().map(compile).collect()
    }

    fn concepts(&mut self, defs: &IndexMap<String, ConceptDef>) -> Vec<Concept> {
        defs.iter().map(|(id, def)| self.one_concept(id, def)).collect()
    }

    fn one_concept(&mut self, id: &str, def: &ConceptDef) -> Concept {
        let path = Path::root("concepts").key(id);
        if def.mention.is_empty() && def.together.is_empty() {
            self.faults.push(Fault::new(path.clone(), "这个事项没有任何说法").help("写上 mention 或 together"));
        }
        let shares = path.key("shares");
        let units = self.units(&def.units, &path.key("units"));
        Concept {
            id: id.to_owned(),
            mention: self.phrases(&def.mention, &path.key("mention")),
            together: self.together(&def.together, &path.key("together")),
            except: self.phrases(&def.except, &path.key("except")),
            others: self.phrases(&def.others, &path.key("others")),
            own: self.phrases(&def.own, &path.key("own")),
            percent: units.iter().any(|unit| unit == "%"),
            units,
            near: def.near,
            acts: self.phrases(&def.acts, &path.key("acts")),
            zero: self.phrases(&def.zero, &path.key("zero")),
            shares: (0..).zip(&def.shares).filter_map(|(at, name)| self.concept(name, &shares.index(at))).collect(),
            event: def.event,
            negated: def.negated,
            plain: def.plain,
        }
    }

    /// Units, `<class>` expanded, sorted.
    fn units(&mut self, defs: &[String], path: &Path) -> Vec<String> {
        let mut units = Vec::new();
        for (index, def) in defs.iter().enumerate() {
            match phrase::literals(def, &|name| self.classes.get(name)) {
                Ok(literals) => units.extend(literals),
                Err(fault) => self.faults.push(placed(fault, &path.index(index))),
            }
        }
        units.sort_unstable();
        units.dedup();
        units
    }

    fn quantities(&mut self, defs: &IndexMap<String, QuantityDef>) -> Vec<Quantity> {
        let compile = |(id, def): (&String, &QuantityDef)| {
            let path = Path::root("quantities").key(id);
            for (index, phrase) in def.phrases.iter().enumerate() {
                if phrase.matches("<数>").count() != 1 {
                    let place = path.key("phrases").index(index);
                    self.faults.push(Fault::new(place, "数量的说法里要有且只有一个 <数>"));
                }
            }
            if def.phrases.is_empty() && def.row.is_empty() && def.column.is_empty() {
                let fault = Fault::new(path.clone(), "这个数量没有任何说法");
                self.faults.push(fault.help("正文里的数写 phrases，表格里的数写 row 和 column"));
            }
            Quantity {
                id: id.clone(),
                name: def.name.clone(),
                phrases: self.phrases(&def.phrases, &path.key("phrases")),
                row: self.labels(&def.row, &path.key("row")),
                column: self.labels(&def.column, &path.key("column")),
                except: self.phrases(&def.except, &path.key("except")),
            }
        };
        defs.iter().map(compile).collect()
    }

    /// The faults of all classes, those that no phrase names too.
    fn check_classes(&mut self) {
        for name in self.def.classes.keys() {
            // What is wrong with it is kept with all other faults.
            let _ = self.classes.get(name);
        }
        for (name, index, fault) in self.classes.faults.take() {
            let path = Path::root("classes").key(&name).index(index);
            self.faults.push(placed(fault, &path));
        }
    }

    fn check_laws(&mut self, laws: &[LawDef]) {
        for (index, law) in laws.iter().enumerate() {
            let path = Path::root("laws").index(index);
            for (key, day) in [("from", &law.from), ("until", &law.until)] {
                if day.as_deref().is_some_and(|day| parse_day(day).is_none()) {
                    let fault = Fault::new(path.key(key), "日期写法不对");
                    self.faults.push(fault.help("写作 2021-01-01、2021-01 或 2021"));
                }
            }
        }
    }
}

/// Puts a fault of a phrase at the path of the phrase.
pub(super) fn placed(fault: PhraseFault, path: &Path) -> Fault {
    let mut placed = Fault::new(path.clone(), fault.message);
    placed.within = (!fault.range.is_empty()).then_some(fault.range);
    placed.help = fault.help;
    placed
}

/// The classes, expanded when they are first asked for.
struct ClassTable<'a> {
    written: &'a IndexMap<String, Vec<String>>,
    /// None while a class is being expanded: it names itself.
    expanded: RefCell<BTreeMap<String, Option<Texts>>>,
    /// The entries that are no wordings: class, place in it, and what is wrong.
    faults: RefCell<Vec<(String, usize, PhraseFault)>>,
}

impl ClassTable<'_> {
    fn get(&self, name: &str) -> Result<Texts, String> {
        if let Some(expanded) = self.expanded.borrow().get(name) {
            return expanded.clone().ok_or_else(|| format!("词类“{name}”引用了自己"));
        }
        let Some(entries) = self.written.get(name) else {
            let near = suggest::nearest(name, self.written.keys().map(String::as_str));
            let hint = near.map(|near| format!("，是不是“{near}”？")).unwrap_or_default();
            return Err(format!("没有“{name}”这个词类{hint}"));
        };
        self.expanded.borrow_mut().insert(name.to_owned(), None);
        let mut texts = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            match phrase::literals(entry, &|name| self.get(name)) {
                Ok(literals) => texts.extend(literals),
                // Reported at its own place; here it only adds nothing.
                Err(fault) => self.faults.borrow_mut().push((name.to_owned(), index, fault)),
            }
        }
        texts.sort_unstable();
        texts.dedup();
        let texts = Rc::new(texts);
        self.expanded.borrow_mut().insert(name.to_owned(), Some(Rc::clone(&texts)));
        Ok(texts)
    }
}

fn lexicon(def: &LexiconDef) -> Lexicon {
    let folded = |words: &[String]| words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect();
    let mut units: Vec<String> = folded(&def.units);
    units.sort_by_key(|unit| std::cmp::Reverse(unit.chars().count()));
    Lexicon {
        genres: folded(&def.genres),
        metadata: folded(&def.metadata),
        furniture: folded(&def.furniture),
        publication: folded(&def.publication),
        addressees: folded(&def.addressees),
        levels: def.levels.iter().map(|(end, level)| (fold(end), level.clone())).collect(),
        offices: folded(&def.offices),
        not_names: folded(&def.not_names),
        upper: folded(&def.upper),
        units,
        other_kinds: folded(&def.other_kinds),
    }
}
