//! `hegui explain`: why a rule says of a report what it says: every mention and whether it counted, every wording.

use std::path::Path;

use super::{args::Explain, grade, is_meant, kind, no_such_rule, reviewer, say};
use crate::{
    Checked,
    agreement::Change,
    cli::{
        exit::Exit,
        load::Input,
        screen,
        setup::{Setup, Words},
    },
    engine::{Account, Requirement, account, uncompared, wordings_in},
    pack::{Check, Pack, PhraseId, Rule, Target},
    render::{Colour, Excerpt, Look, visible, words, wrap},
    text::{Span, slice},
};

/// Runs the command.
pub(super) fn run(words: &Explain) -> Exit {
    let setup = Words {
        rules: &words.rules.folders,
        agreed: &words.agreed,
        year: words.year,
        fail_on: None,
        no_silence: false,
    };
    let setup = match Setup::load_or_tell(&setup) {
        Ok(setup) => setup,
        Err(exit) => return exit,
    };
    let packs = &setup.packs;
    let all = || packs.all().flat_map(|pack| &pack.rules);
    if !all().any(|rule| is_meant(rule, &words.rule)) {
        let second = words.path.to_string_lossy();
        let is_swapped = Path::new(&words.rule).is_file() || all().any(|rule| is_meant(rule, &second));
        if is_swapped {
            screen::complain("两个参数写反了：先写规则编号，再写报告，例如 hegui explain petition 报告.docx\n");
            return Exit::Usage;
        }
        return no_such_rule(&words.rule, all());
    }
    let input = Input::new(&words.path, None);
    let path = input.name.clone();
    let checked = match input.load().and_then(|bytes| setup.check(&bytes, &path)) {
        Ok((checked, _)) => checked,
        Err(failure) => {
            screen::complain_of(&path, &failure);
            return Exit::Input;
        }
    };
    let pack = reviewer(packs, &checked);
    let rule = pack.and_then(|pack| pack.rules.iter().find(|rule| is_meant(rule, &words.rule)));
    let (Some(pack), Some(rule)) = (pack, rule) else {
        let told = format!("这份报告用的是“{}”，其中没有规则 {}\n", checked.review.pack.title, words.rule);
        return say(&(visible(told.trim_end()) + "\n"), false, Exit::Fine);
    };
    let look = screen::look(words.colours.color);
    let page = Page { look, checked: &checked, pack, rule, change: setup.agreement.change(&rule.def.id) };
    say(&page.draw(&path), look.colour, Exit::Fine)
}

/// A place in a report: `12:5`, the line and column from 1, and the line of text with the place marked.
pub(super) fn quote(checked: &Checked, span: Span, colour: Colour, look: Look) -> (String, String) {
    let document = &checked.document;
    let at = document.lines.position(&document.text, span.start);
    let excerpt = Excerpt::new(document, span, look.width.clamp(40, 120) - 8);
    let part = |start, end| slice(&excerpt.text, Span::new(start, end));
    let marked = format!("【{}】", part(excerpt.mark.start, excerpt.mark.end));
    let (before, after) = (part(0, excerpt.mark.start), part(excerpt.mark.end, excerpt.text.len()));
    (format!("{}:{}", at.line, at.column), format!("{before}{}{after}", look.paint(colour, &marked)))
}

struct Page<'a> {
    look: Look,
    checked: &'a Checked,
    pack: &'a Pack,
    rule: &'a Rule,
    /// What was agreed on the rule.
    change: Option<&'a Change>,
}

impl Page<'_> {
    fn draw(&self, path: &str) -> String {
        let def = &self.rule.def;
        let mut page = self.look.paint(Colour::Title, &visible(&format!("{} {}", def.id, def.name))) + "\n";
        page += &self.line("报告", path);
        page += &self.line("规则", &format!("{}，{}", kind(self.rule), grade(self.rule.severity)));
        if let Some(reason) = &self.rule.off {
            page += &self.line("已停用", reason);
        }
        page += &self.agreed();
        page += &self.facts();
        let requirement = self.checked.review.requirements.iter().find(|requirement| requirement.rule == def.id);
        match requirement {
            Some(requirement) => page + &self.requirement(requirement) + &self.findings(),
            None => page + &self.findings() + &self.uncompared() + &self.wordings(),
        }
    }

    fn line(&self, head: &str, text: &str) -> String {
        wrap(&format!("  {head}："), &visible(text), self.look.width.clamp(24, 120))
    }

    /// What was agreed on the rule.
    fn agreed(&self) -> String {
        let Some(Change { to, because }) = self.change else { return String::new() };
        let what = to.map_or_else(|| "停用".to_owned(), |to| format!("至多算“{}”", words::severity(to)));
        self.line("按约定", &format!("{what}，理由：{because}"))
    }

    /// What the rule's conditions are held against.
    fn facts(&self) -> String {
        let facts = &self.checked.review.facts;
        let year = facts.year.as_ref().map_or_else(|| "看不出年度".to_owned(), |year| format!("{}年度", year.value));
        let level = facts.level.as_ref().map_or("看不出层级", |level| level.value.as_str());
        let kind = facts.other_kind.as_ref().map(|kind| format!("，按标题是“{}”", kind.value)).unwrap_or_default();
        self.line("认出", &format!("{year}，{level}{kind}"))
    }

    fn requirement(&self, requirement: &Requirement) -> String {
        let mut page = self.line("结论", words::status(requirement.status));
        if let Some(reason) = &requirement.reason {
            return page + &self.line("原因", &reason.text);
        }
        for part in &requirement.parts {
            page += &self.line(&format!("事项 {}", part.concept), words::status(part.status));
        }
        let accounts = account(&self.checked.document, &self.checked.review.facts, self.pack, self.rule);
        let counted = accounts.iter().filter(|account| account.rejection.is_none()).count();
        page += &match accounts.len() {
            0 => "\n全文没有一处用到这个事项的说法。可用 hegui rules show 看有哪些说法。\n".to_owned(),
            all => format!("\n用到这个事项的说法{all}处，算数的{counted}处：\n"),
        };
        accounts.iter().for_each(|account| page += &self.mention(account));
        page
    }

    fn mention(&self, account: &Account) -> String {
        let (mark, colour, verdict) = match (&account.rejection, account.substance) {
            (Some(reason), _) => ("✗", Colour::Faint, format!("不算：{reason}")),
            (None, Some(_)) => ("✓", Colour::Good, "算写实".to_owned()),
            (None, None) => ("◐", Colour::Doubtful, "算提到；同一句里没有数字、做法或写明为零".to_owned()),
        };
        let (place, text) = quote(self.checked, account.span, colour, self.look);
        let section = account.section.as_deref().unwrap_or("没有归入任何部分");
        let mut page = format!("\n{mark} {place} {}（{}，事项 {}）\n", visible(&verdict), section, account.concept);
        page += &format!("    {text}\n");
        if let Some(span) = account.substance {
            let (place, text) = quote(self.checked, span, Colour::Good, self.look);
            page += &format!("    实质内容 {place}：{text}\n");
        }
        page
    }

    fn findings(&self) -> String {
        let findings = self.checked.review.diagnostics.iter().filter(|finding| finding.rule == self.rule.def.id);
        let mut page = String::new();
        for finding in findings {
            let colour = Colour::of_severity(finding.severity);
            let (place, text) = quote(self.checked, finding.span, colour, self.look);
            let grade = words::severity(finding.severity);
            page += &format!("\n提示 {place} {grade}：{}\n    {text}\n", visible(&finding.message));
            if let Some(reason) = &finding.silenced {
                page += &self.line("  已按约定不提示", reason);
            }
            for label in &finding.related {
                let (place, text) = quote(self.checked, label.span, Colour::Neutral, self.look);
                page += &format!("    另见 {place} {}：{text}\n", visible(&label.message));
            }
        }
        if page.is_empty() { "\n这条规则在这份报告里没有单独的提示。\n".to_owned() } else { page }
    }

    /// Where numbers of tables that the rule compares stand and could not be compared.
    fn uncompared(&self) -> String {
        if !self.pack.quantities.iter().any(|quantity| quantity.is_in_tables() && self.uses(&quantity.id)) {
            return String::new();
        }
        let document = &self.checked.document;
        if document.cells.is_empty() {
            let reason = "没有读出分行、分列的表格，表格里的数字没有核对。纯文本、doc、PDF 和 OFD 文件的表格分不清行和列，请改用 docx、odt 或者网页文件。";
            return format!("\n{}", self.line("没有核对", reason));
        }
        let places = uncompared(document, &self.checked.review.facts, self.pack, self.rule);
        if places.is_empty() {
            return String::new();
        }
        let mut page = "\n下面各处没有核对：\n".to_owned();
        for entry in places {
            let (place, text) = quote(self.checked, entry.span, Colour::Neutral, self.look);
            page += &format!("  {place} {}：{text}\n", visible(&entry.reason));
        }
        page
    }

    /// Whether the rule's relation names this quantity.
    fn uses(&self, quantity: &str) -> bool {
        let relation = self.rule.def.figures.as_ref().map_or("", |figures| figures.relation.as_str());
        relation.split(|char: char| !char.is_alphanumeric() && char != '-').any(|word| word == quantity)
    }

    /// Where the rule's own wordings and numbers stand, whether or not they became a finding.
    fn wordings(&self) -> String {
        let wanted = self.wanted();
        let found = wordings_in(&self.checked.document, &self.checked.review.facts, self.pack);
        let is_reported = |span: Span| {
            let mut findings =
                self.checked.review.diagnostics.iter().filter(|finding| finding.rule == self.rule.def.id);
            findings.any(|finding| finding.span.overlaps(span))
        };
        let mut places: Vec<(Span, &str)> = Vec::new();
        for (name, phrase) in &wanted {
            let hits = found.iter().filter(|(id, _)| id == phrase).flat_map(|(_, spans)| spans);
            places.extend(hits.filter(|span| !is_reported(**span)).map(|span| (*span, *name)));
        }
        places.sort_unstable();
        places.dedup();
        if places.is_empty() {
            return String::new();
        }
        let mut page =
            "\n有关的说法还出现在下面各处，没有提示（有例外说法、年度或部分不符，或者数字相合）：\n".to_owned();
        for (span, name) in places {
            let (place, text) = quote(self.checked, span, Colour::Neutral, self.look);
            page += &format!("  {place} {}：{text}\n", visible(name));
        }
        page
    }

    /// The wordings that the rule looks at, each with the name that a keeper knows it by.
    fn wanted(&self) -> Vec<(&str, PhraseId)> {
        match &self.rule.check {
            Check::Forbid(entries) => entries
                .iter()
                .filter_map(|entry| match &entry.target {
                    Target::Phrase(phrase) | Target::Word(phrase) => Some((entry.key.as_str(), *phrase)),
                    _ => None,
                })
                .collect(),
            Check::Figures(_) => {
                let used = self.pack.quantities.iter().filter(|quantity| self.uses(&quantity.id));
                used.flat_map(|quantity| quantity.phrases.iter().map(|phrase| (quantity.name.as_str(), *phrase)))
                    .collect()
            }
            Check::Agree(agree) => agree.phrases.iter().map(|phrase| ("年份", *phrase)).collect(),
            _ => Vec::new(),
        }
    }
}
