//! Compiles one rule: its check, years, severity and messages.

use super::{
    compile::{Compiler, placed},
    compiled::{Agree, Check, Figures, Forbidden, Require, Rule, Target, What, Years},
    def::{
        AgreeDef, BasisDef, FactName, FiguresDef, ForbidDef, ForbidFullDef, Form, Grade, Place, RequireDef,
        RequireFullDef, RuleDef, StandingDef,
    },
    example,
    fault::{Fault, Path},
    pattern::Pattern,
    relation::Relation,
    suggest,
};
use crate::{
    diagnostic::{Basis, Severity, Standing},
    document::NoteKind,
};

/// Compiles a rule; nothing where it has faults, which are noted.
pub(super) fn compile(def: &RuleDef, off: Option<&String>, compiler: &mut Compiler<'_>) -> Option<Rule> {
    let path = Path::root("rules").key(&def.id);
    let before = compiler.faults.len();
    check_id(&def.id, &path, compiler);
    if def.name.trim().is_empty() {
        let fault = Fault::new(path.key("name"), "规则没有写名称");
        compiler.faults.push(fault.help("写上中文名称，结果里就用它称呼这条规则"));
    }
    let years = def.when.year.as_deref().and_then(|text| {
        let parsed = parse_years(text);
        if parsed.is_none() {
            let fault = Fault::new(path.key("when").key("year"), "年份条件写法不对");
            compiler.faults.push(fault.help("写作 >=2019、<2022、2016..2020 或 2024"));
        }
        parsed
    });
    for (index, level) in def.when.level.iter().enumerate() {
        compiler.level(level, path.key("when").key("level").index(index), true);
    }
    let check = check(def, &path, compiler);
    check_severity(def, &path, compiler);
    check_messages(def, &path, compiler);
    example::check(def, &path, compiler);
    if compiler.faults.len() > before {
        return None;
    }
    let severity = severity(def.severity);
    Some(Rule {
        years,
        basis: def.basis.iter().map(basis).collect(),
        severity,
        partial: def.partial.map_or_else(|| severity.map(Severity::lower), self::severity),
        off: off.cloned(),
        check: check?,
        def: def.clone(),
    })
}

fn check_id(id: &str, path: &Path, compiler: &mut Compiler<'_>) {
    let kebab = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    if id.is_empty() || !id.chars().all(kebab) || id.starts_with('-') || id.ends_with('-') {
        let fault = Fault::new(path.key("id"), format!("编号“{id}”写法不对"));
        compiler.faults.push(fault.help("只用小写字母、数字和连字符，例如 legal-adviser"));
    }
}

fn check(def: &RuleDef, path: &Path, compiler: &mut Compiler<'_>) -> Option<Check> {
    let kinds = [
        ("require", def.require.is_some()),
        ("forbid", def.forbid.is_some()),
        ("cite", def.cite.is_some()),
        ("figures", def.figures.is_some()),
        ("agree", def.agree.is_some()),
        ("outline", def.outline.is_some()),
    ];
    let given: Vec<&str> = kinds.iter().filter(|(_, given)| *given).map(|(kind, _)| *kind).collect();
    if given.len() != 1 {
        let found =
            if given.is_empty() { "一种也没有写".to_owned() } else { format!("写了 {}", given.join("、")) };
        let fault = Fault::new(path.clone(), format!("一条规则只写一种检查，这里{found}"));
        compiler.faults.push(fault.help("require、forbid、cite、figures、agree、outline 任选其一"));
        return None;
    }
    if let Some(require) = &def.require {
        return require_check(require, &path.key("require"), compiler).map(Check::Require);
    }
    if let Some(entries) = &def.forbid {
        let path = path.key("forbid");
        let compile = |(key, entry): (&String, &Option<ForbidDef>)| forbidden(key, entry.as_ref(), &path, compiler);
        return Some(Check::Forbid(entries.iter().filter_map(compile).collect()));
    }
    if let Some(figures) = &def.figures {
        return figures_check(figures, &path.key("figures"), compiler).map(Check::Figures);
    }
    if let Some(agree) = &def.agree {
        return agree_check(agree, &path.key("agree"), compiler).map(Check::Agree);
    }
    def.cite.clone().map(Check::Cite).or_else(|| def.outline.clone().map(Check::Outline))
}

fn require_check(def: &RequireDef, path: &Path, compiler: &mut Compiler<'_>) -> Option<Require> {
    let full = match def {
        RequireDef::Concept(concept) => RequireFullDef { concept: Some(concept.clone()), ..RequireFullDef::default() },
        RequireDef::Full(full) => full.clone(),
    };
    let given = [full.concept.is_some(), !full.all.is_empty(), !full.any.is_empty(), full.items.is_some()];
    if given.iter().filter(|given| **given).count() != 1 {
        compiler.faults.push(Fault::new(path.clone(), "concept、all、any、items 要写且只写一种"));
        return None;
    }
    let inner = if matches!(def, RequireDef::Concept(_)) { path.clone() } else { path.key("concept") };
    let mut places = |names: &[String], key: &str| -> Vec<usize> {
        let path = path.key(key);
        (0..).zip(names).filter_map(|(at, name)| compiler.concept(name, &path.index(at))).collect()
    };
    let what = if let Some(items) = &full.items {
        let concept = compiler.concept(items, &path.key("items"))?;
        What::Items { concept, at_least: full.at_least.unwrap_or(1) }
    } else if !full.all.is_empty() {
        What::All(places(&full.all, "all"))
    } else if !full.any.is_empty() {
        What::Any(places(&full.any, "any"))
    } else {
        What::All(vec![compiler.concept(full.concept.as_deref().unwrap_or_default(), &inner)?])
    };
    let section = full.section.as_deref().and_then(|name| compiler.section(name, &path.key("in")));
    if full.part && full.section.is_none() {
        compiler.faults.push(Fault::new(path.key("part"), "代表组成部分的规则要用 in 写明是哪个部分"));
    }
    Some(Require { what, section, part: full.part })
}

fn forbidden(key: &str, def: Option<&ForbidDef>, path: &Path, compiler: &mut Compiler<'_>) -> Option<Forbidden> {
    let entry = path.key(key);
    let full = match def {
        None => ForbidFullDef::default(),
        Some(ForbidDef::To(to)) => ForbidFullDef { to: Some(to.clone()), ..ForbidFullDef::default() },
        Some(ForbidDef::Full(full)) => full.clone(),
    };
    let target = target(key, &full, &entry, compiler)?;
    let sections = path_sections(&full.sections, &entry, compiler);
    Some(Forbidden {
        key: key.to_owned(),
        target,
        allow: compiler.phrases(&full.allow, &entry.key("allow")),
        unless: compiler.phrases(&full.unless, &entry.key("unless")),
        years: (full.since.is_some() || full.until.is_some())
            .then(|| Years { from: full.since.unwrap_or(i32::MIN), to: full.until.unwrap_or(i32::MAX) }),
        title: full.sections.iter().any(|name| name == "title"),
        sections,
        to: full.to,
        on: full.on,
        mark: full.mark,
        confirm: full.confirm,
    })
}

fn path_sections(names: &[String], entry: &Path, compiler: &mut Compiler<'_>) -> Vec<usize> {
    let path = entry.key("in");
    let known = (0..).zip(names).filter(|(_, name)| *name != "title");
    known.filter_map(|(at, name)| compiler.section(name, &path.index(at))).collect()
}

fn target(key: &str, full: &ForbidFullDef, entry: &Path, compiler: &mut Compiler<'_>) -> Option<Target> {
    if full.on == Place::Note {
        return note(key, entry, compiler);
    }
    match full.form {
        Form::Phrase | Form::Word => {
            let mut faults = std::mem::take(&mut compiler.faults);
            let phrase = compiler.phrase(key, entry);
            faults.extend(std::mem::take(&mut compiler.faults).into_iter().map(Fault::on_key));
            compiler.faults = faults;
            phrase.map(if full.form == Form::Word { Target::Word } else { Target::Phrase })
        }
        Form::Doubled => Some(Target::Doubled),
        Form::Pattern => match Pattern::new(key) {
            Ok(pattern) => Some(Target::Pattern(pattern)),
            Err(fault) => {
                compiler.faults.push(placed(fault, entry).on_key());
                None
            }
        },
    }
}

/// A kind of note; a fault where readers make no such notes.
fn note(key: &str, entry: &Path, compiler: &mut Compiler<'_>) -> Option<Target> {
    let names = NoteKind::ALL.map(NoteKind::name);
    if names.contains(&key) {
        return Some(Target::Note(key.to_owned()));
    }
    let near = suggest::nearest(key, names).map(|near| format!("是不是“{near}”？")).unwrap_or_default();
    let help = format!("{near}文件痕迹有 {}", names.join("、"));
    compiler.faults.push(Fault::new(entry.clone(), format!("没有“{key}”这种文件痕迹")).help(help).on_key());
    None
}

fn figures_check(def: &FiguresDef, path: &Path, compiler: &mut Compiler<'_>) -> Option<Figures> {
    match Relation::parse(&def.relation, &|name| compiler.quantity_place(name)) {
        Ok(relation) => Some(Figures { relation, tolerance: def.tolerance, within: def.within }),
        Err((range, message)) => {
            let fault = Fault::new(path.key("relation"), message).within(range);
            compiler.faults.push(fault.help("例如 rate = solved / cases；加号减号两边要留空格"));
            None
        }
    }
}

fn agree_check(def: &AgreeDef, path: &Path, compiler: &mut Compiler<'_>) -> Option<Agree> {
    if def.fact.is_some() == def.quantity.is_some() {
        compiler.faults.push(Fault::new(path.clone(), "fact 和 quantity 要写且只写一种"));
        return None;
    }
    for (index, phrase) in def.phrases.iter().enumerate() {
        if !phrase.contains("<年>") || def.fact != Some(FactName::Year) {
            let place = path.key("phrases").index(index);
            compiler.faults.push(Fault::new(place, "这里的句式要含 <年>，而且只用于 fact: year"));
        }
    }
    Some(Agree {
        phrases: compiler.phrases(&def.phrases, &path.key("phrases")),
        quantity: def.quantity.as_deref().and_then(|name| compiler.quantity(name, &path.key("quantity"))),
        sections: path_sections(&def.sections, path, compiler),
        unless: compiler.phrases(&def.unless, &path.key("unless")),
        def: def.clone(),
    })
}

/// An error needs a confirmed basis of standing `required`.
fn check_severity(def: &RuleDef, path: &Path, compiler: &mut Compiler<'_>) {
    if def.basis.is_empty() {
        compiler.faults.push(Fault::new(path.key("basis"), "没有写依据").help("至少写一条 basis"));
    }
    let firm = |basis: &BasisDef| basis.standing == StandingDef::Required && basis.source.is_some();
    if def.severity == Grade::Error && !def.basis.iter().any(firm) {
        let fault = Fault::new(path.key("severity"), "定为 error 要有一条效力为 required 并且已经核实的依据");
        compiler.faults.push(fault.help("给依据补上 source，或者改为 warning"));
    }
}

/// Messages must be there for what the check can find, and name only placeholders that it fills.
fn check_messages(def: &RuleDef, path: &Path, compiler: &mut Compiler<'_>) {
    let messages = &def.messages;
    let path = path.key("messages");
    let required: &[&str] = if def.require.is_some() { &["missing", "partial"] } else { &[] };
    let cite = |fault| def.cite.as_ref().is_some_and(|faults| faults.contains(&fault));
    use super::def::CiteFault::{Misnamed, Over, Repealed, Unborn};
    let found = def.forbid.is_some() || def.figures.is_some() || def.agree.is_some() || def.outline.is_some();
    let slots: [(&str, &Option<String>, bool, &[&str]); 7] = [
        ("missing", &messages.missing, required.contains(&"missing"), &["unit", "year", "next-year"]),
        ("partial", &messages.partial, required.contains(&"partial"), &["unit", "year", "next-year"]),
        ("found", &messages.found, found, found_placeholders(def)),
        ("misnamed", &messages.misnamed, cite(Misnamed), &["title", "right", "unit", "year"]),
        ("repealed", &messages.repealed, cite(Repealed), &["title", "until", "successor", "unit", "year"]),
        ("unborn", &messages.unborn, cite(Unborn), &["title", "from", "unit", "year"]),
        ("over", &messages.over, cite(Over), &["title", "until", "successor", "unit", "year"]),
    ];
    for (key, message, needed, placeholders) in slots {
        match message {
            None if needed => {
                compiler.faults.push(Fault::new(path.clone(), format!("提示语缺少 {key}")));
            }
            Some(_) if !needed => {
                compiler.faults.push(Fault::new(path.key(key), format!("这种检查用不到 {key}")).on_key());
            }
            Some(message) if message.trim().is_empty() => {
                let fault = Fault::new(path.key(key), format!("提示语 {key} 没有内容"));
                compiler.faults.push(fault.help("写上给经办人看的话"));
            }
            Some(message) => check_placeholders(message, placeholders, &path.key(key), compiler),
            None => {}
        }
    }
}

const fn found_placeholders(def: &RuleDef) -> &'static [&'static str] {
    if def.figures.is_some() {
        return &["left", "right", "parts", "label", "unit", "year"];
    }
    if def.agree.is_some() {
        return &["found", "to", "unit", "year", "next-year"];
    }
    &["found", "to", "unit", "year"]
}

fn check_placeholders(message: &str, known: &[&str], path: &Path, compiler: &mut Compiler<'_>) {
    let mut at = 0;
    while let Some(open) = message.get(at..).and_then(|rest| rest.find('{')).map(|offset| at + offset) {
        let close = message.get(open..).and_then(|rest| rest.find('}')).map_or(message.len(), |offset| open + offset);
        let name = message.get(open + 1..close).unwrap_or_default();
        if !known.contains(&name) {
            let list = known.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join("、");
            let fault =
                Fault::new(path.clone(), format!("这里不能用 {{{name}}}")).within(open..(close + 1).min(message.len()));
            compiler.faults.push(fault.help(format!("可用的有 {list}")));
        }
        at = close;
    }
}

/// `>=2019`, `>2018`, `<=2020`, `<2021`, `2016..2020`, `2024`.
fn parse_years(text: &str) -> Option<Years> {
    let text = text.trim();
    let year = |text: &str| text.trim().parse::<i32>().ok().filter(|year| (1949..=2200).contains(year));
    if let Some((from, to)) = text.split_once("..") {
        return Some(Years { from: year(from)?, to: year(to)? });
    }
    let open = |from, to| Some(Years { from, to });
    if let Some(rest) = text.strip_prefix(">=") {
        return open(year(rest)?, i32::MAX);
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return open(i32::MIN, year(rest)?);
    }
    if let Some(rest) = text.strip_prefix('>') {
        return open(year(rest)? + 1, i32::MAX);
    }
    if let Some(rest) = text.strip_prefix('<') {
        return open(i32::MIN, year(rest)? - 1);
    }
    year(text).and_then(|year| open(year, year))
}

const fn severity(grade: Grade) -> Option<Severity> {
    match grade {
        Grade::Error => Some(Severity::Error),
        Grade::Warning => Some(Severity::Warning),
        Grade::Info => Some(Severity::Info),
        Grade::Checklist => None,
    }
}

fn basis(def: &BasisDef) -> Basis {
    Basis {
        title: def.title.clone(),
        document: def.document.clone(),
        clause: def.clause.clone(),
        standing: match def.standing {
            StandingDef::Required => Standing::Required,
            StandingDef::Customary => Standing::Customary,
            StandingDef::Advised => Standing::Advised,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_conditions_on_the_year() {
        assert_eq!(parse_years(">=2019"), Some(Years { from: 2019, to: i32::MAX }));
        assert_eq!(parse_years("<2022"), Some(Years { from: i32::MIN, to: 2021 }));
        assert_eq!(parse_years("2016..2020"), Some(Years { from: 2016, to: 2020 }));
        assert_eq!(parse_years("2024"), Some(Years { from: 2024, to: 2024 }));
        assert_eq!(parse_years("since 2019"), None);
        assert_eq!(parse_years(">=219"), None);
    }
}
