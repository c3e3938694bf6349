//! `hegui try`: what a wording would hit, before there is a rule.
//!
//! The wording becomes a pack of one concept over the built-in words, so that it is read and judged as in a rule.

use std::path::Path;

use serde_json::{Value, json};

use super::{args::Try, check, explain::quote, layer::short, say};
use crate::{
    Checked, Options, Packs,
    cli::{
        exit::Exit,
        gather::gather,
        packs::{PackFailure, load_files, read_file, read_folders},
        screen,
    },
    engine::{Account, account},
    pack::{self, Check, Pack, PackFile, PackStamp, Resolved, Rule, def::PackDef},
    render::{Colour, Look, visible},
    text::Span,
};

/// The id of the concept and of the rule that a wording becomes.
const NAME: &str = "try";

/// Runs the command.
pub(super) fn run(words: &Try) -> Exit {
    let pack = match prepare(words) {
        Ok(pack) => pack,
        Err((told, exit)) => {
            screen::complain(&told);
            return exit;
        }
    };
    let look = screen::look(words.colours.color);
    let packs = Packs::new(vec![pack]);
    let options = Options { year: words.year, ..Options::default() };
    let (mut page, mut count, mut files, mut lost) = (String::new(), Count::default(), 0, Exit::Fine);
    let mut reports = 0;
    for input in gather(&words.reports, None, []) {
        reports += 1;
        let path = &input.name;
        match input.load().and_then(|bytes| check(path, &bytes, &packs, &options)) {
            Ok(checked) => {
                let Some(pack) = packs.all().next() else { continue };
                let hits = hits(pack, &checked);
                files += usize::from(!hits.is_empty());
                page += &section(path, &checked, &hits, &mut count, look);
            }
            Err(failure) => {
                screen::complain_of(path, &failure);
                lost = Exit::Input;
            }
        }
    }
    let total = format!("{reports}份报告中，{files}份有，共{}处；", count.all);
    page += &look.paint(Colour::Title, &format!("{total}{}", count.told()));
    say(&(page + "\n"), look.colour, lost)
}

#[derive(Default)]
struct Count {
    all: usize,
    met: usize,
    named: usize,
    found: usize,
}

impl Count {
    fn told(&self) -> String {
        let rejected = self.all - self.met - self.named - self.found;
        let found = if self.found > 0 { format!("，有提示{}处", self.found) } else { String::new() };
        format!("算写实{}处，只算提到{}处，不算{rejected}处{found}", self.met, self.named)
    }
}

/// A place that the wording hits.
enum Hit {
    Mention(Account),
    Finding(Span, String),
}

impl Hit {
    const fn span(&self) -> Span {
        match self {
            Self::Mention(account) => account.span,
            Self::Finding(span, _) => *span,
        }
    }
}

/// The rules that are tried, over the pack in the folder that is named, else the built-in one: all others are taken out.
fn prepare(words: &Try) -> Result<Pack, (String, Exit)> {
    let sets = read_folders(&words.rules.folders).map_err(faulty)?;
    let lower = lower(&sets)?;
    let path = Path::new(&words.wording);
    let is_file = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    if is_file { of_file(path, &lower, &sets) } else { of_wording(&words.wording, lower) }
}

fn faulty(failure: PackFailure) -> (String, Exit) {
    (failure.rendered, Exit::Rules)
}

fn internal() -> (String, Exit) {
    ("内置规则读不出来\n".to_owned(), Exit::Rules)
}

/// The first pack of the folders, else the built-in one that is for reports.
fn lower(sets: &[Vec<PackFile>]) -> Result<Resolved, (String, Exit)> {
    if let Some(files) = sets.first() {
        return load_files(files, sets).map_err(faulty);
    }
    let all = pack::builtin::names().into_iter().filter_map(|name| pack::builtin::load(name).ok());
    all.into_iter().find(|resolved| !resolved.pack.titles.is_empty()).ok_or_else(internal)
}

fn of_wording(wording: &str, lower: Resolved) -> Result<Pack, (String, Exit)> {
    let list = if wording.contains('&') { "together" } else { "mention" };
    let concepts = json!({ NAME: { list: [wording], "units": ["%"] } });
    let tried = json!({ "concepts": concepts, "rules": [rule(NAME, wording, NAME)] });
    let tried: PackDef = serde_json::from_value(tried).map_err(|_| internal())?;
    let mut def = lower.def;
    let units = def.lexicon.units.clone();
    def.rules = tried.rules;
    def.off.clear();
    def.concepts = tried.concepts;
    // Any number with a measure word is substance here: what a concept will count as such is not known yet.
    def.concepts.values_mut().for_each(|concept| concept.units.extend(units.iter().cloned()));
    def.quantities.clear();
    pack::compile(&def, PackStamp::default()).map_err(|faults| {
        let told: String = faults
            .iter()
            .map(|fault| {
                let help = fault.help.as_ref().map(|help| format!("\n怎么办：{}", visible(help))).unwrap_or_default();
                format!("说法“{}”写得不对：{}{help}\n", visible(wording), visible(&fault.message))
            })
            .collect();
        (told, Exit::Rules)
    })
}

/// A rule that asks for a concept and says nothing of its own.
fn rule(id: &str, name: &str, concept: &str) -> Value {
    json!({
        "id": id, "name": name, "require": concept, "severity": "checklist",
        "basis": [{ "title": NAME, "standing": "advised" }],
        "messages": { "missing": NAME, "partial": NAME },
    })
}

/// A file of a layer; where it has no head, it gets one.
fn of_file(path: &Path, lower: &Resolved, sets: &[Vec<PackFile>]) -> Result<Pack, (String, Exit)> {
    let mut files = vec![read_file(path).map_err(faulty)?];
    let has_head = files.iter().any(|file| file.text.lines().any(|line| line.starts_with("pack:")));
    if !has_head {
        let (name, version) = (&lower.stamp.name, short(&lower.stamp.version));
        let head = format!("pack: {{ name: {NAME}, title: 试用, version: 2000.1.0, extends: {name} ^{version} }}\n");
        files.push(PackFile { name: "（试用）".to_owned(), text: head });
    }
    let resolved = load_files(&files, sets).map_err(faulty)?;
    let own = |root: &str, name: &str| crate::trial::is_own(&resolved, root, name);
    let concepts: Vec<String> = resolved.def.concepts.keys().filter(|name| own("concepts", name)).cloned().collect();
    let mut pack_def = resolved.def.clone();
    pack_def.rules.retain(|rule| own("rules", &rule.id));
    for (index, concept) in concepts.iter().enumerate() {
        let rules = json!({ "rules": [rule(&format!("{NAME}-{index}"), concept, concept)] });
        if let Ok(def) = serde_json::from_value::<PackDef>(rules) {
            pack_def.rules.extend(def.rules);
        }
    }
    pack_def.off.clear();
    pack::compile(&pack_def, PackStamp::default())
        .map_err(|faults| (faults.iter().map(|fault| format!("{}\n", visible(&fault.message))).collect(), Exit::Rules))
}

fn hits(pack: &Pack, checked: &Checked) -> Vec<Hit> {
    let mentions = |rule: &Rule| account(&checked.document, &checked.review.facts, pack, rule);
    let mut accounts: Vec<Account> = pack.rules.iter().flat_map(mentions).collect();
    accounts.sort_by_key(|account| (account.span, account.concept.clone()));
    accounts.dedup();
    let mut hits: Vec<Hit> = accounts.into_iter().map(Hit::Mention).collect();
    for rule in pack.rules.iter().filter(|rule| !matches!(rule.check, Check::Require(_))) {
        let findings = checked.review.diagnostics.iter().filter(|finding| finding.rule == rule.def.id);
        hits.extend(findings.map(|finding| Hit::Finding(finding.span, finding.message.clone())));
    }
    hits.sort_by_key(Hit::span);
    hits
}

fn section(path: &str, checked: &Checked, hits: &[Hit], count: &mut Count, look: Look) -> String {
    let mut page = look.paint(Colour::Title, &visible(&format!("{path}：{}处", hits.len()))) + "\n";
    for hit in hits {
        count.all += 1;
        let (mark, colour, told) = match hit {
            Hit::Mention(Account { rejection: Some(reason), .. }) => ("✗", Colour::Faint, format!("不算：{reason}")),
            Hit::Mention(Account { substance: Some(_), .. }) => {
                count.met += 1;
                ("✓", Colour::Good, "算写实".to_owned())
            }
            Hit::Mention(_) => {
                count.named += 1;
                ("◐", Colour::Doubtful, "只算提到".to_owned())
            }
            Hit::Finding(_, message) => {
                count.found += 1;
                ("✗", Colour::Doubtful, format!("提示：{message}"))
            }
        };
        let (place, text) = quote(checked, hit.span(), colour, look);
        page += &format!("  {mark} {place} {text}（{}）\n", visible(&told));
    }
    page + "\n"
}
