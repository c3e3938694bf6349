//! What a layer changes in the pack below it: `change`, `add`, `off`. Each that cannot mean anything is a fault: an
//! unknown id, a change that changes nothing, a reason left out. What it brings in of its own is told in `fold`.

use super::{
    def::{AddDef, BasisDef, ChangeDef, Grade, MessagesDef, PackDef, RuleDef, StandingDef},
    fault::{Fault, Path},
    flaw::quoted,
    fold::Lay,
    provenance::Touch,
    suggest,
};

/// How many names are listed for choice.
const MAX_LISTED: usize = 8;

impl Lay<'_> {
    /// `change`, `add` and `off` in a pack that names no other.
    pub(super) fn refuse_overrides(&mut self, def: &PackDef) {
        let used = [("change", def.change.is_empty()), ("add", def.add.is_empty()), ("off", def.off.is_empty())];
        for (key, is_empty) in used {
            if !is_empty {
                let message = format!("“{key}”修改的是所继承的规则包，而这个规则包没有写 extends");
                let fault = Fault::new(Path::root(key), message).on_key();
                self.raise(fault.help("在 pack 里写上 extends: 编号 ^版本；如果要改的规则就在本规则包里，直接改它"));
            }
        }
    }

    /// `change`, `add` and `off`.
    pub(super) fn overrides(&mut self, def: &PackDef) {
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
        if change.because.trim().is_empty() {
            let fault = Fault::new(path.key("because"), "修改规则没有写理由");
            self.raise(fault.help("写上依据，例如本县文件的文号"));
        }
        let reason = own.off.get(id).or_else(|| self.folded.def.off.get(id)).cloned();
        if reason.is_some() {
            let fault = Fault::new(path.clone(), format!("规则“{id}”已经停用，这里的修改不起作用")).on_key();
            return self.raise(fault.help("删去修改，或者不停用它"));
        }
        let Some(mut rule) = self.folded.def.rules.get(index).cloned() else { return };
        let before = rule.severity;
        let keys = self.apply(change, &mut rule, path);
        if keys.is_empty() {
            let fault = Fault::new(path.clone(), format!("没有写要把规则“{id}”改成什么")).on_key();
            return self.raise(fault.help("写上要改的键：severity、partial、messages、help、when"));
        }
        for key in &keys {
            let below = |path: Path| key.split('.').fold(path, |path, key| path.key(key));
            self.moved(&below(Path::root("rules").key(id)), None, &below(path.clone()));
        }
        let raised = rank(rule.severity) > rank(before) || change.partial == Some(Grade::Error);
        if raised {
            let target = Path::root("rules").key(id).key("basis").index(rule.basis.len());
            self.moved(&target, None, &path.key("because"));
            rule.basis.push(own_basis(own, &change.because));
        }
        self.edit(("rules", id), path, Touch::Changed, keys, Some(&change.because));
        if let Some(place) = self.folded.def.rules.get_mut(index) {
            *place = rule;
        }
    }

    /// Changes a rule; gives the keys that were written.
    fn apply(&mut self, change: &ChangeDef, rule: &mut RuleDef, path: &Path) -> Vec<String> {
        let ChangeDef { severity, partial, messages, help, when, because: _ } = change;
        let mut keys = Vec::new();
        self.grade("severity", severity.as_ref(), Some(rule.severity), path, &mut keys);
        self.grade("partial", partial.as_ref(), rule.partial, path, &mut keys);
        self.text("help", help.as_deref(), rule.help.as_deref(), path, &mut keys);
        if let Some(messages) = messages {
            self.messages(messages, rule, path, &mut keys);
        }
        if let Some(when) = when {
            let same = when.year == rule.when.year && when.level == rule.when.level;
            self.replaced("when", same, "", path, &mut keys);
            rule.when = when.clone();
        }
        rule.severity = severity.unwrap_or(rule.severity);
        rule.partial = partial.or(rule.partial);
        rule.help = help.clone().or(rule.help.take());
        keys
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

/// What a layer's own notice asks for is a basis by itself: it may raise what no basis below requires.
fn own_basis(own: &PackDef, because: &str) -> BasisDef {
    let title = own.pack.as_ref().map(|head| head.title.clone()).unwrap_or_default();
    BasisDef {
        title,
        document: Some(because.to_owned()),
        clause: None,
        standing: StandingDef::Required,
        source: Some(because.to_owned()),
    }
}

/// How much a grade matters.
const fn rank(grade: Grade) -> u8 {
    match grade {
        Grade::Checklist => 0,
        Grade::Info => 1,
        Grade::Warning => 2,
        Grade::Error => 3,
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
