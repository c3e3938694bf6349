//! What a layer does to the pack below it: new entries, more words, `change`, `add`, `off`. Each that cannot mean
//! anything is a fault: an unknown id, a change that changes nothing, a name that is taken.

use super::{
    def::{AddDef, ChangeDef, Grade, MessagesDef, PackDef, RuleDef},
    error::Faults,
    fault::{Fault, Path, Step},
    flaw::{Flaw, quoted},
    layers::raise,
    load::Layer,
    merge,
    place::Moved,
    provenance::{Edited, Origin, Provenance, Touch},
    suggest,
};
use crate::text::Lines;

/// How many names are listed for choice.
const MAX_LISTED: usize = 8;

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
struct Lay<'a> {
    folded: &'a mut Folded,
    layer: &'a Layer,
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
    let extends = head.is_none_or(|head| head.extends.is_some());
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
    fn raise(&mut self, fault: Fault) {
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

    fn edit(&mut self, entry: (&'static str, &str), at: &Path, touch: Touch, keys: Vec<String>, because: Option<&str>) {
        let (file, line) = self.place(at);
        let because = because.map(str::to_owned);
        let edited = Edited { layer: self.title.clone(), file, line, touch, keys, because };
        self.folded.provenance.edit(entry.0, entry.1, edited);
    }

    /// The value at `target` comes from `path` of this layer from now on.
    fn moved(&mut self, target: &Path, from: Option<usize>, path: &Path) {
        let (source, _) = self.layer.place(&path.0, false);
        self.folded.moved.push(Moved { target: target.0.clone(), from, source, path: path.0.clone() });
    }

    /// `change`, `add` and `off` in a pack that lies on no other.
    fn refuse_overrides(&mut self, def: &PackDef) {
        let used = [("change", def.change.is_empty()), ("add", def.add.is_empty()), ("off", def.off.is_empty())];
        for (key, is_empty) in used {
            if !is_empty {
                let message = format!("“{key}”修改的是所继承的规则包，而这个规则包没有写 extends");
                let fault = Fault::new(Path::root(key), message).on_key();
                self.raise(fault.help("在 pack 里写上 extends: 编号 ^版本；如果要改的规则就在本规则包里，直接改它"));
            }
        }
    }

    fn overrides(&mut self, def: &PackDef) {
        for (id, change) in &def.change {
            let path = Path::root("change").key(id);
            if let Some(index) = self.rule(id, &path, def) {
                self.change(index, id, change, &path, def);
            }
        }
        for (id, add) in &def.add {
            self.add(id, add, def);
        }
        for (id, reason) in &def.off {
            let path = Path::root("off").key(id);
            if self.rule(id, &path, def).is_some() {
                self.switch_off(id, reason, &path);
            }
        }
    }

    /// The rule of a layer below that an override names.
    fn rule(&mut self, id: &str, path: &Path, own: &PackDef) -> Option<usize> {
        let found = self.folded.def.rules.iter().position(|rule| rule.id == id);
        if found.is_none() {
            let below: Vec<&str> = self.folded.def.rules.iter().map(|rule| rule.id.as_str()).collect();
            let is_own = own.rules.iter().any(|rule| rule.id == id);
            let fault = no_such(("规则", id), &below, is_own, path);
            self.raise_unless_blind(fault);
        }
        found
    }

    /// What does not exist may be in a file that could not be read.
    fn raise_unless_blind(&mut self, fault: Fault) {
        if !self.folded.blind {
            self.raise(fault);
        }
    }

    fn change(&mut self, index: usize, id: &str, change: &ChangeDef, path: &Path, own: &PackDef) {
        let ChangeDef { severity, partial, messages, help, when, because } = change;
        if because.trim().is_empty() {
            let fault = Fault::new(path.key("because"), "修改规则没有写理由");
            self.raise(fault.help("写上依据，例如本县文件的文号"));
        }
        let reason = own.off.get(id).or_else(|| self.folded.def.off.get(id)).cloned();
        if reason.is_some() {
            let fault = Fault::new(path.clone(), format!("规则“{id}”已经停用，这里的修改不起作用")).on_key();
            return self.raise(fault.help("删去修改，或者不停用它"));
        }
        let Some(mut rule) = self.folded.def.rules.get(index).cloned() else { return };
        let mut keys = Vec::new();
        self.grade("severity", severity.as_ref(), Some(rule.severity), path, &mut keys);
        self.grade("partial", partial.as_ref(), rule.partial, path, &mut keys);
        self.text("help", help.as_deref(), rule.help.as_deref(), path, &mut keys);
        if let Some(messages) = messages {
            self.messages(messages, &mut rule, path, &mut keys);
        }
        if let Some(when) = when {
            let same = when.year == rule.when.year && when.level == rule.when.level;
            self.replaced("when", same, "", path, &mut keys);
            rule.when = when.clone();
        }
        rule.severity = severity.unwrap_or(rule.severity);
        rule.partial = partial.or(rule.partial);
        rule.help = help.clone().or(rule.help);
        if keys.is_empty() {
            let fault = Fault::new(path.clone(), format!("没有写要把规则“{id}”改成什么")).on_key();
            return self.raise(fault.help("写上要改的键：severity、partial、messages、help、when"));
        }
        for key in &keys {
            let below = |path: Path| key.split('.').fold(path, |path, key| path.key(key));
            self.moved(&below(Path::root("rules").key(id)), None, &below(path.clone()));
        }
        self.edit(("rules", id), path, Touch::Changed, keys, Some(because));
        if let Some(place) = self.folded.def.rules.get_mut(index) {
            *place = rule;
        }
    }

    fn grade(&mut self, key: &str, new: Option<&Grade>, old: Option<Grade>, path: &Path, keys: &mut Vec<String>) {
        if let Some(new) = new {
            self.replaced(key, old == Some(*new), grade_name(*new), path, keys);
        }
    }

    fn text(&mut self, key: &str, new: Option<&str>, old: Option<&str>, path: &Path, keys: &mut Vec<String>) {
        if let Some(new) = new {
            self.replaced(key, old == Some(new), new, path, keys);
        }
    }

    /// Notes that a key is changed; a fault where it stays as it was.
    fn replaced(&mut self, key: &str, same: bool, value: &str, path: &Path, keys: &mut Vec<String>) {
        keys.push(key.to_owned());
        if !same {
            return;
        }
        let path = key.split('.').fold(path.clone(), |path, key| path.key(key));
        let message = match value {
            "" => "改了等于没改：与原来相同".to_owned(),
            value => format!("改了等于没改：原来就是“{}”", quoted(value, 20)),
        };
        self.raise(Fault::new(path, message).help("删去它，或者写上新的内容"));
    }

    fn messages(&mut self, new: &MessagesDef, rule: &mut RuleDef, path: &Path, keys: &mut Vec<String>) {
        let mut old = std::mem::take(&mut rule.messages);
        let pairs = message_list(&mut old);
        let mut new = new.clone();
        for ((key, old), (_, new)) in pairs.into_iter().zip(message_list(&mut new)) {
            self.text(&format!("messages.{key}"), new.as_deref(), old.as_deref(), path, keys);
            if new.is_some() {
                *old = new.take();
            }
        }
        rule.messages = old;
    }

    fn switch_off(&mut self, id: &str, reason: &str, path: &Path) {
        if reason.trim().is_empty() {
            let fault = Fault::new(path.clone(), format!("停用规则“{id}”没有写理由"));
            return self.raise(fault.help("写上为什么停用，例如本县文件的文号"));
        }
        if self.folded.def.off.contains_key(id) {
            let fault = Fault::new(path.clone(), format!("规则“{id}”在所继承的规则包里已经停用")).on_key();
            return self.raise(fault.help("删去这一行"));
        }
        self.folded.def.off.insert(id.to_owned(), reason.to_owned());
        self.moved(path, None, path);
        self.edit(("rules", id), path, Touch::SwitchedOff, Vec::new(), Some(reason));
    }

    fn add(&mut self, id: &str, add: &AddDef, own: &PackDef) {
        let path = Path::root("add").key(id);
        let Some(mut concept) = self.folded.def.concepts.get(id).cloned() else {
            let below: Vec<&str> = self.folded.def.concepts.keys().map(String::as_str).collect();
            let fault = no_such(("事项", id), &below, own.concepts.contains_key(id), &path);
            return self.raise_unless_blind(fault);
        };
        let AddDef { mention, together, except, acts, units } = add;
        let lists = [
            ("mention", mention, &mut concept.mention),
            ("together", together, &mut concept.together),
            ("except", except, &mut concept.except),
            ("acts", acts, &mut concept.acts),
            ("units", units, &mut concept.units),
        ];
        let mut keys = Vec::new();
        for (key, new, old) in lists {
            if !new.is_empty() {
                self.append(&Path::root("concepts").key(id).key(key), old, new, &path.key(key));
                keys.push(key.to_owned());
            }
        }
        if keys.is_empty() {
            let fault = Fault::new(path, format!("没有写要给事项“{id}”补充什么")).on_key();
            return self.raise(fault.help("写上要补充的键：mention、together、except、acts、units"));
        }
        self.edit(("concepts", id), &path, Touch::Extended, keys, None);
        self.folded.def.concepts.insert(id.to_owned(), concept);
    }

    /// Appends wordings to a list of the layers below. One that is there already is a fault.
    fn append(&mut self, target: &Path, old: &mut Vec<String>, new: &[String], path: &Path) {
        for (index, wording) in new.iter().enumerate() {
            if old.contains(wording) {
                let message = format!("所继承的规则包里已经有“{}”，再写一遍没有作用", quoted(wording, 20));
                let fault = Fault::new(path.index(index), message);
                self.raise(fault.help("删去它"));
            }
        }
        self.moved(target, Some(old.len()), path);
        old.extend_from_slice(new);
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
    fn head(&mut self, head: Option<super::def::HeadDef>) {
        let Some(mut head) = head else { return };
        if let Some(below) = self.folded.def.pack.take()
            && head.titles.is_empty()
        {
            head.titles = below.titles;
        }
        self.folded.def.pack = Some(head);
    }

    /// A list that a layer lengthens or is the first to write.
    fn list(&mut self, root: &'static str, key: &str, old: &mut Vec<String>, new: &[String]) {
        let path = Path::root(root).key(key);
        if self.folded.provenance.of(root, key).is_none() {
            let is_written = !new.is_empty() || root == "classes";
            if is_written {
                self.folded.provenance.enter(root, key, self.origin(root, key));
            }
            *old = new.to_vec();
        } else if !new.is_empty() {
            self.append(&path, old, new, &path);
            self.edit((root, key), &path, Touch::Extended, Vec::new(), None);
        }
    }

    fn levels(
        &mut self,
        old: &mut std::collections::BTreeMap<String, String>,
        new: std::collections::BTreeMap<String, String>,
    ) {
        let path = Path::root("lexicon").key("levels");
        if !new.is_empty() {
            self.folded.provenance.enter("lexicon", "levels", self.origin("lexicon", "levels"));
        }
        for (ending, level) in new {
            let at = path.key(&ending);
            if let Some(before) = old.get(&ending) {
                let ending = quoted(&ending, 20);
                let message = format!("所继承的规则包里已经有“{ending}”，层级是“{}”", quoted(before, 20));
                self.raise(Fault::new(at, message).on_key().help("删去它"));
                continue;
            }
            self.moved(&at, None, &at);
            old.insert(ending, level);
        }
    }

    fn map<T>(
        &mut self,
        root: &'static str,
        old: &mut indexmap::IndexMap<String, T>,
        new: indexmap::IndexMap<String, T>,
    ) {
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

    fn laws(&mut self, laws: Vec<super::def::LawDef>) {
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
        let atlas = super::place::Atlas { layers: std::slice::from_ref(self.layer), moved: &self.folded.moved };
        atlas.raise(&fault, self.faults);
    }
}

/// The fault of an override that names nothing: what was meant, or that it stands in the pack itself.
fn no_such((what, id): (&str, &str), below: &[&str], is_own: bool, path: &Path) -> Fault {
    let shown = quoted(id, 40);
    if is_own {
        let fault = Fault::new(path.clone(), format!("{what}“{shown}”就写在本规则包里")).on_key();
        return fault.help("直接改它，不必另外写修改");
    }
    let near = suggest::nearest(id, below.iter().copied());
    let question = near.map_or(String::new(), |name| format!("，是不是“{name}”？"));
    let fault = Fault::new(path.clone(), format!("所继承的规则包里没有{what}“{shown}”{question}")).on_key();
    match below {
        [] => fault.help(format!("所继承的规则包里一个{what}也没有")),
        few if few.len() <= MAX_LISTED => fault.help(format!("已有的{what}：{}", few.join("、"))),
        _ => fault.help(format!("这里只能写所继承的规则包里已有的{what}编号")),
    }
}

/// A grade as it is written.
const fn grade_name(grade: Grade) -> &'static str {
    match grade {
        Grade::Error => "error",
        Grade::Warning => "warning",
        Grade::Info => "info",
        Grade::Checklist => "checklist",
    }
}

/// The messages by their keys. One added to the type without being named here does not compile.
fn message_list(messages: &mut MessagesDef) -> [(&'static str, &mut Option<String>); 7] {
    let MessagesDef { missing, partial, found, misnamed, repealed, unborn, over } = messages;
    [
        ("missing", missing),
        ("partial", partial),
        ("found", found),
        ("misnamed", misnamed),
        ("repealed", repealed),
        ("unborn", unborn),
        ("over", over),
    ]
}
