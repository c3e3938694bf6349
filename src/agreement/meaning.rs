//! What an agreement means by the rules of the packs: from a [`Draft`] to an [`Agreement`], with every fault.

use std::collections::BTreeMap;

use super::{
    Agreement, Change, Draft,
    def::{AgreementDef, ChangeDef, SilenceDef},
    files::Files,
    silence::Silence,
};
use crate::{
    diagnostic::Severity,
    engine::OWN_FINDINGS,
    pack::{Fault, Pack, Path, def, level_fault, nearest, quoted},
};

/// How many entries a list may have: more than anybody agrees on, few enough to look each of them up.
const MOST_ENTRIES: usize = 1_000;

/// How many characters a wording or a glob may have: a sentence and more.
const LONGEST: usize = 200;

/// How a rule is mended where it must not be left out.
const BY_LAYER: &str = "要改规则本身，用 hegui rules new 建立本地规则，在 change 里写明等级和文号";

/// A rule of the packs, as far as an agreement is concerned.
#[derive(Debug, Default)]
struct Known {
    /// The highest grade that its findings can have; none where it has none.
    severity: Option<Severity>,
    /// Whether its findings may not be left out.
    is_protected: bool,
    /// Whether the packs switch it off themselves.
    is_off: bool,
    /// The packs that have it, by name and hash.
    packs: Vec<(String, String)>,
}

/// What was agreed, as good as it can be; what is wrong with it is noted in the draft.
pub(super) fn of(draft: &mut Draft, packs: &[&Pack]) -> Agreement {
    let known = known(packs);
    let mut def = std::mem::take(&mut draft.def);
    let counts = [("severity", def.severity.len()), ("silence", def.silence.len())];
    for (key, _) in counts.into_iter().filter(|(_, count)| *count > MOST_ENTRIES) {
        let fault = Fault::new(Path::root(key), format!("“{key}”超过{MOST_ENTRIES}条")).on_key();
        draft.written.raise(&fault.help("这么多规则不合用，请改规则本身：hegui rules new"));
    }
    def.severity.truncate(MOST_ENTRIES);
    def.silence.truncate(MOST_ENTRIES);
    let mut meaning = Meaning { known: &known, def: &def, draft };
    let level = meaning.level(packs);
    let changes = def.severity.iter().filter_map(|(id, change)| Some((id.clone(), meaning.change(id, change)?)));
    let changes = changes.collect();
    let entries = def.silence.iter().enumerate();
    let silences = entries.filter_map(|(index, silence)| meaning.silence(index, silence)).collect();
    let protected = known.iter().filter(|(_, rule)| rule.is_protected).map(|(id, _)| (*id).to_owned());
    let protected = protected.collect();
    let text = draft.written.text().to_owned();
    Agreement { fail_on: def.fail_on, level, file: draft.file.clone(), text, changes, silences, protected }
}

/// The rules of the packs by id, and what the program says of its own accord.
fn known<'a>(packs: &[&'a Pack]) -> BTreeMap<&'a str, Known> {
    let mut known: BTreeMap<&'a str, Known> = BTreeMap::new();
    for id in OWN_FINDINGS {
        known.entry(id).or_default().severity = Some(Severity::Info);
    }
    for pack in packs {
        for rule in &pack.rules {
            let entry = known.entry(&rule.def.id).or_default();
            entry.severity = entry.severity.max(rule.severity).max(rule.partial);
            entry.is_protected |= rule.def.silence == Some(def::SilenceDef::Never);
            entry.is_off |= rule.off.is_some();
            entry.packs.push((pack.stamp.name.clone(), pack.stamp.hash.clone()));
        }
    }
    known
}

struct Meaning<'a> {
    known: &'a BTreeMap<&'a str, Known>,
    def: &'a AgreementDef,
    draft: &'a mut Draft,
}

impl<'a> Meaning<'a> {
    fn raise(&mut self, fault: &Fault) {
        self.draft.written.raise(fault);
    }

    fn level(&mut self, packs: &[&Pack]) -> Option<String> {
        let level = self.def.level.as_deref()?.trim();
        let mut all: Vec<&str> = Vec::new();
        for known in packs.iter().flat_map(|pack| &pack.levels) {
            if !all.contains(&known.as_str()) {
                all.push(known);
            }
        }
        if let Some(fault) = level_fault(level, &all, Path::root("level"), false).filter(|_| !self.draft.blind) {
            self.raise(&fault);
        }
        Some(level.to_owned())
    }

    fn change(&mut self, id: &str, change: &ChangeDef) -> Option<Change> {
        let path = Path::root("severity").key(id);
        self.reason(&change.because, &path);
        let rule = self.rule(id, &path, true)?;
        let shown = quoted(id, 40);
        let to = change.to.severity();
        let fault = if rule.is_protected {
            let message = format!("规则“{shown}”不允许降低或者停用");
            Some(
                Fault::new(path, message)
                    .on_key()
                    .help("规则写明了 silence: never：报告里有这样的问题就要改；删去这一条"),
            )
        } else if rule.is_off {
            let message = format!("规则“{shown}”在规则包里已经停用");
            Some(Fault::new(path, message).on_key().help("删去这一条"))
        } else if to.is_some() && to > rule.severity {
            let message = format!("约定只能降低规则的等级，“{shown}”现在是 {}", name(rule.severity));
            Some(Fault::new(path.key("to"), message).help(format!("要提高等级，须有依据；{BY_LAYER}")))
        } else if to.is_some() && to == rule.severity {
            let message = format!("改了等于没改：“{shown}”原来就是 {}", name(rule.severity));
            Some(Fault::new(path.key("to"), message).help("写更低的等级，或者删去这一条"))
        } else {
            None
        };
        if let Some(fault) = fault {
            self.raise(&fault);
        }
        Some(Change { to, because: change.because.trim().to_owned() })
    }

    /// One entry of `silence`.
    fn silence(&mut self, index: usize, silence: &SilenceDef) -> Option<Silence> {
        let path = Path::root("silence").index(index);
        self.reason(&silence.because, &path);
        if silence.rule.is_none() && silence.wording.is_none() {
            let fault = Fault::new(path.clone(), "没有写不再提示什么：rule 和 wording 至少要写一个");
            self.raise(&fault.help("rule 写规则编号（见 hegui rules list），wording 写报告原文里的字"));
        }
        if silence.wording.as_ref().is_some_and(|wording| wording.trim().is_empty()) {
            let fault = Fault::new(path.key("wording"), "wording 没有写原文");
            self.raise(&fault.help("写报告原文里的字，或者删去它"));
        }
        if silence.wording.as_ref().is_some_and(|wording| wording.chars().nth(LONGEST).is_some()) {
            let fault = Fault::new(path.key("wording"), format!("wording 超过{LONGEST}个字"));
            self.raise(&fault.help("写一个短语就够了"));
        }
        let files = self.files(silence.file.as_deref(), &path);
        let packs = match &silence.rule {
            Some(id) => self.silenced_rule(id, &path.key("rule"))?,
            None => Vec::new(),
        };
        let span = self.draft.written.place(&path);
        Some(Silence {
            rule: silence.rule.clone(),
            wording: silence.wording.clone(),
            files,
            because: silence.because.trim().to_owned(),
            packs,
            span,
        })
    }

    /// The packs that have the rule of a silence.
    fn silenced_rule(&mut self, id: &str, path: &Path) -> Option<Vec<(String, String)>> {
        let rule = self.rule(id, path, false)?;
        let shown = quoted(id, 40);
        let is_off = self.def.severity.get(id).is_some_and(|change| change.to.severity().is_none());
        if rule.is_protected {
            let fault = Fault::new(path.clone(), format!("规则“{shown}”的问题一律要提示"));
            self.raise(&fault.help("规则写明了 silence: never：报告里有这样的问题就要改；删去这一条"));
        } else if rule.is_off || is_off {
            let by = if is_off { "上面的 severity 里" } else { "规则包里" };
            let fault = Fault::new(path.clone(), format!("规则“{shown}”在{by}已经停用，这一条不起作用"));
            self.raise(&fault.help("删去这一条"));
        }
        Some(rule.packs.clone())
    }

    fn files(&mut self, pattern: Option<&str>, path: &Path) -> Option<Files> {
        let pattern = pattern?;
        let problem = if pattern.trim().is_empty() {
            "没有写是哪些文件".to_owned()
        } else if pattern.chars().nth(LONGEST).is_some() {
            format!("超过{LONGEST}个字")
        } else {
            match Files::parse(pattern) {
                Ok(files) => return Some(files),
                Err(problem) => problem,
            }
        };
        let fault = Fault::new(path.key("file"), format!("file 的写法不对：{problem}"));
        self.raise(&fault.help("写文件名或者路径，例如 石溪镇*.docx、2024/**/*.docx；所有文件都算就删去它"));
        None
    }

    fn reason(&mut self, because: &str, path: &Path) {
        if because.trim().is_empty() {
            let fault = Fault::new(path.key("because"), "没有写理由");
            self.raise(&fault.help("写上为什么，例如本单位会议记录、上级答复；以后看的人要靠它判断还要不要保留"));
        }
    }

    /// The rule with this id.
    fn rule(&mut self, id: &str, path: &Path, on_key: bool) -> Option<&'a Known> {
        let known = self.known;
        if let Some(rule) = known.get(id) {
            return Some(rule);
        }
        if self.draft.blind {
            return None;
        }
        let near = nearest(id, known.keys().copied()).map(|near| format!("，是不是“{near}”？")).unwrap_or_default();
        let mut fault = Fault::new(path.clone(), format!("没有编号为“{}”的规则{near}", quoted(id, 40)));
        fault.on_key = on_key;
        self.raise(&fault.help("全部编号见 hegui rules list"));
        None
    }
}

/// A grade as it is written and called.
const fn name(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "error（必须改）",
        Some(Severity::Warning) => "warning（建议改）",
        Some(Severity::Info) => "info（供参考）",
        None => "checklist（只列清单）",
    }
}
