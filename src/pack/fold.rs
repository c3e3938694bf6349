//! A layer laid on the layers below it: its new entries, its further words, and who wrote what.
//!
//! What `change`, `add` and `off` do is told in `change`; how the layers are found, in `layers`.

use indexmap::IndexMap;

use super::{
    def::{HeadDef, LawDef, PackDef, RuleDef},
    error::Faults,
    fault::{Fault, Path, Step},
    flaw::{Flaw, quoted},
    layers::raise,
    load::Layer,
    merge,
    place::{Atlas, Moved},
    provenance::{Edited, Origin, Provenance, Touch},
};
use crate::text::Lines;

/// The layers laid so far, as one pack.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// The data. `off` holds the rules that are switched off, with the reasons; `change` and `add` are used up.
    pub def: PackDef,
    /// What stands elsewhere than in its file.
    pub moved: Vec<Moved>,
    /// Who wrote what.
    pub provenance: Provenance,
    /// Whether something is gone that others may refer to.
    pub blind: bool,
}

/// A layer being laid on the ones below.
pub(super) struct Lay<'a> {
    pub folded: &'a mut Folded,
    pub layer: &'a Layer,
    faults: &'a mut Faults,
    /// `fazhi-township 2026.1.0`.
    title: String,
    /// The lines of the layer's files, by the number of the source.
    lines: Vec<(usize, Lines)>,
}

/// Lays one layer on those below.
pub(super) fn lay(folded: &mut Folded, layer: &mut Layer, faults: &mut Faults) {
    let def = std::mem::take(&mut layer.def);
    let head = def.pack.as_ref();
    let title = head.map(|head| format!("{} {}", head.name, head.version)).unwrap_or_default();
    let lines = layer.files.iter().map(|file| (file.source, Lines::new(faults.text(file.source)))).collect();
    // A head without a version lost its content to a fault, and with it its `extends`.
    let extends = head.is_none_or(|head| head.extends.is_some() || head.version.is_empty());
    folded.provenance.layers.push(title.clone());
    let mut lay = Lay { folded, layer, faults, title, lines };
    if extends {
        lay.overrides(&def);
    } else {
        lay.refuse_overrides(&def);
    }
    lay.entries(def);
}

impl Lay<'_> {
    pub(super) fn raise(&mut self, fault: Fault) {
        raise(self.layer, &fault, self.faults);
    }

    /// The layer's file and line of a path.
    fn place(&self, path: &Path) -> (String, Option<usize>) {
        let (source, span) = self.layer.place(&path.0, true);
        let has_lines = self.layer.files.iter().any(|file| file.source == source && file.tree.is_some());
        let lines = self.lines.iter().find(|(number, _)| *number == source).filter(|_| has_lines);
        let line = lines.map(|(_, lines)| lines.index(span.start) + 1);
        (self.faults.name(source).to_owned(), line)
    }

    /// Where something of this layer comes from.
    fn origin(&self, root: &str, name: &str) -> Origin {
        let path = if name.is_empty() { Path::root(root) } else { Path::root(root).key(name) };
        let (file, line) = self.place(&path);
        Origin { layer: self.title.clone(), file, line, edits: Vec::new() }
    }

    pub(super) fn edit(
        &mut self,
        entry: (&'static str, &str),
        at: &Path,
        touch: Touch,
        keys: Vec<String>,
        because: Option<&str>,
    ) {
        let (file, line) = self.place(at);
        let because = because.map(str::to_owned);
        let edited = Edited { layer: self.title.clone(), file, line, touch, keys, because };
        self.folded.provenance.edit(entry.0, entry.1, edited);
    }

    /// The value at `target` comes from `path` of this layer from now on.
    pub(super) fn moved(&mut self, target: &Path, from: Option<usize>, path: &Path) {
        let source = self.layer.source_of(&path.0).unwrap_or_else(|| self.layer.place(&path.0, false).0);
        self.folded.moved.push(Moved { target: target.0.clone(), from, source, path: path.0.clone() });
    }

    /// The layer's own entries.
    fn entries(&mut self, def: PackDef) {
        let PackDef { pack, mut lexicon, classes, mut cues, sections, concepts, quantities, rules, laws, .. } = def;
        self.head(pack);
        let mut words = std::mem::take(&mut self.folded.def.lexicon);
        for ((key, old), (_, new)) in
            merge::lexicon_lists(&mut words).into_iter().zip(merge::lexicon_lists(&mut lexicon))
        {
            self.list("lexicon", key, old, new);
        }
        self.levels(&mut words.levels, lexicon.levels);
        self.folded.def.lexicon = words;
        let mut below = std::mem::take(&mut self.folded.def.cues);
        for ((key, old), (_, new)) in merge::cue_lists(&mut below).into_iter().zip(merge::cue_lists(&mut cues)) {
            self.list("cues", key, old, new);
        }
        self.folded.def.cues = below;
        for (name, wordings) in classes {
            let mut old = self.folded.def.classes.get(&name).cloned().unwrap_or_default();
            self.list("classes", &name, &mut old, &wordings);
            self.folded.def.classes.insert(name, old);
        }
        let mut below = std::mem::take(&mut self.folded.def);
        self.map("sections", &mut below.sections, sections);
        self.map("concepts", &mut below.concepts, concepts);
        self.map("quantities", &mut below.quantities, quantities);
        self.rules(&mut below.rules, rules);
        self.folded.def = below;
        self.laws(laws);
    }

    /// A layer without titles of its own is for the same reports as the one below.
    fn head(&mut self, head: Option<HeadDef>) {
        let Some(mut head) = head else { return };
        if let Some(below) = self.folded.def.pack.take()
            && head.titles.is_empty()
        {
            head.titles = below.titles;
        }
        self.folded.def.pack = Some(head);
    }

    /// A list that a layer lengthens or is the first to write. What is in it already is not taken twice.
    fn list(&mut self, root: &'static str, key: &str, old: &mut Vec<String>, new: &[String]) {
        let path = Path::root(root).key(key);
        if self.folded.provenance.of(root, key).is_none() {
            if !new.is_empty() || root == "classes" {
                self.folded.provenance.enter(root, key, self.origin(root, key));
            }
            *old = new.to_vec();
            return;
        }
        let before = old.len();
        for (index, wording) in new.iter().enumerate() {
            if !old.contains(wording) {
                self.moved(&path.index(old.len()), None, &path.index(index));
                old.push(wording.clone());
            }
        }
        if old.len() > before {
            self.edit((root, key), &path, Touch::Extended, Vec::new(), None);
        }
    }

    /// What the endings of names mean. One that means something else below is a fault.
    fn levels(&mut self, old: &mut IndexMap<String, String>, new: IndexMap<String, String>) {
        let path = Path::root("lexicon").key("levels");
        if !new.is_empty() {
            self.folded.provenance.enter("lexicon", "levels", self.origin("lexicon", "levels"));
        }
        for (ending, level) in new {
            let at = path.key(&ending);
            match old.get(&ending) {
                Some(before) if *before == level => {}
                Some(before) => {
                    let before = quoted(before, 20);
                    let message = format!("所继承的规则包里“{}”的层级是“{before}”", quoted(&ending, 20));
                    self.raise(Fault::new(at, message).help("不能改成别的层级，删去它"));
                }
                None => {
                    self.moved(&at, None, &at);
                    old.insert(ending, level);
                }
            }
        }
    }

    fn map<T>(&mut self, root: &'static str, old: &mut IndexMap<String, T>, new: IndexMap<String, T>) {
        for (name, entry) in new {
            if old.contains_key(&name) {
                self.refuse_taken(root, &name);
                continue;
            }
            self.folded.provenance.enter(root, &name, self.origin(root, &name));
            old.insert(name, entry);
        }
    }

    fn rules(&mut self, old: &mut Vec<RuleDef>, new: Vec<RuleDef>) {
        for rule in new {
            if self.folded.provenance.of("rules", &rule.id).is_some() {
                self.refuse_taken("rules", &rule.id);
                continue;
            }
            self.folded.provenance.enter("rules", &rule.id, self.origin("rules", &rule.id));
            old.push(rule);
        }
    }

    /// An entry whose name stands in a layer below.
    fn refuse_taken(&mut self, root: &'static str, name: &str) {
        let (what, help) = match root {
            "rules" => ("规则", "要修改它，写在 change 下；如果是另一条规则，换个编号"),
            "concepts" => ("事项", "要补充说法，写在 add 下；如果是另一件事，换个编号"),
            "sections" => ("组成部分", "换个编号"),
            _ => ("数量", "换个编号"),
        };
        let below = self.folded.provenance.of(root, name).map(|origin| origin.layer.clone()).unwrap_or_default();
        let (source, span) = self.layer.place(&[Step::Key(root.to_owned()), Step::Key(name.to_owned())], true);
        let message = format!("所继承的规则包 {below} 已经有{what}“{}”", quoted(name, 40));
        self.faults.raise(source, Flaw::new(span, message).help(help));
    }

    fn laws(&mut self, laws: Vec<LawDef>) {
        let start = self.folded.def.laws.len();
        for (first, source) in &self.layer.laws {
            let path = Path::root("laws").0;
            self.folded.moved.push(Moved { target: path.clone(), from: Some(start + first), source: *source, path });
        }
        for (index, law) in laws.into_iter().enumerate() {
            let mut below = self.folded.def.laws.iter().take(start);
            if below.any(|known| known.title == law.title) {
                let message = format!("所继承的规则包的目录里已经有“{}”", quoted(&law.title, 40));
                self.law_fault(start + index, message);
            }
            self.folded.def.laws.push(law);
        }
    }

    /// A fault of a law, whose place is known by its index among all.
    fn law_fault(&mut self, index: usize, message: String) {
        let fault = Fault::new(Path::root("laws").index(index).key("title"), message).help("删去这一条");
        let atlas = Atlas { layers: std::slice::from_ref(self.layer), moved: &self.folded.moved };
        atlas.raise(&fault, self.faults);
    }
}
