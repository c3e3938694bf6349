//! The web page: well-formed and complete, whatever is marked in whatever report.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{collections::BTreeSet, fs};

use hegui::{
    Checked, Options, Packs, check,
    diagnostic::{At, Diagnostic, Label, Severity},
    engine::{Requirement, Status},
    render::{Entry, Html, Renderer, visible},
    text::Span,
};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    /// A place anywhere, also inside a character, empty, reversed or behind the end.
    fn span(&mut self, length: usize) -> Span {
        let start = self.below(length + 3);
        let extent = if self.below(6) == 0 { length } else { 60 };
        Span::new(start, (start + self.below(extent)).saturating_sub(self.below(8)))
    }
}

const MADE_UP: &str = "# 青砚镇2023年法治政府建设年度报告\n\n青政报〔2024〕3号\n\n县政府：\n\n## 一、主要举措\n\n（一）严格执法。办结\
    <script>alert('1')</script>案件23件&amp;，\u{1b}[31m试点\u{7}\u{202e}推行\n网格化管理。\n\n| 领域 | 件数 |\n| --- | --- |\n\
    | 自然资源 | 5 |\n| 合计 |  |\n| 一 | 二 | 三 |\n\n表后　一段。\n\n> 引文\n\n<!-- 注 -->\n\n\n## 二、存在问题\n\n　　一是𠮷水村\t人手不足，\n\
    专业干部只有2名；\n二是宣传不够。\n  \n— 3 —\n\n青砚镇人民政府\n2024年1月5日\n\n\n";

/// Reports of several formats and odd texts, each with its name.
fn reports() -> Vec<(String, Vec<u8>)> {
    let mut reports: Vec<(String, Vec<u8>)> = vec![
        ("样例.md".into(), MADE_UP.into()),
        ("样例.txt".into(), MADE_UP.into()),
        ("一行.txt".into(), "甲".into()),
        ("空行.txt".into(), "\n\n甲乙。\n\n\n丙丁。\n".into()),
        ("长.txt".into(), ("一、".to_owned() + &"组织学习，".repeat(900) + "完。").into()),
        ("网页.html".into(), "<h1>某镇报告</h1><table><tr><td>甲<td>乙<tr><td>丙<td></table><p>文字。".into()),
    ];
    for folder in ["examples", "tests/files"] {
        let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let files = paths.into_iter().filter(|path| path.is_file());
        reports.extend(files.map(|path| (path.to_string_lossy().into_owned(), fs::read(path).unwrap())));
    }
    reports
}

/// Findings and evidence anywhere in the text.
fn strew(checked: &mut Checked, dice: &mut Dice) {
    let length = checked.document.text.len();
    let review = &mut checked.review;
    for number in 0..dice.below(60) {
        let severity = [Severity::Error, Severity::Warning, Severity::Info][dice.below(3)];
        review.diagnostics.push(Diagnostic {
            rule: format!("rule-{}", dice.below(5)),
            name: "样例".into(),
            severity,
            message: format!("第{number}个<b>"),
            help: Some("改\u{202e}".into()),
            basis: Vec::new(),
            span: dice.span(length),
            at: [None, None, Some(At::Before), Some(At::Inside), Some(At::After)][dice.below(5)],
            related: (0..dice.below(3)).map(|_| Label { span: dice.span(length), message: "&".into() }).collect(),
            fix: None,
            silenced: (dice.below(6) == 0).then(|| "县里的写法".into()),
        });
    }
    for number in 0..dice.below(20) {
        review.requirements.push(Requirement {
            rule: format!("rule-{number}"),
            name: "要求".into(),
            status: Status::Met,
            severity: None,
            reason: None,
            evidence: (0..dice.below(5)).map(|_| dice.span(length)).collect(),
            parts: Vec::new(),
        });
    }
}

/// A page taken apart.
#[derive(Default)]
struct Page {
    /// The characters inside the report's text, without what was added.
    text: String,
    ids: Vec<String>,
    links: BTreeSet<String>,
}

/// Reads a page as strictly as a page of ours can be read: each tag that opens closes, in order.
fn read(page: &str) -> Page {
    let mut read = Page::default();
    let mut open: Vec<(String, bool, bool)> = Vec::new();
    let mut rest = page;
    while let Some((before, tail)) = rest.split_once('<') {
        push(&mut read, before, &open);
        let (tag, tail) = tail.split_once('>').expect("a tag ends");
        rest = tail;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().expect("a tag was open").0, name);
            continue;
        }
        let name = tag.split(' ').next().unwrap().to_owned();
        assert!(!name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric()), "{tag}");
        let value =
            |key: &str| tag.split_once(&format!(" {key}=\"")).map(|(_, value)| value.split('"').next().unwrap());
        read.ids.extend(value("id").map(str::to_owned));
        read.links.extend(value("href").map(|href| href.strip_prefix('#').expect("a link within the page").to_owned()));
        let class = value("class").unwrap_or_default();
        let (inside, added) = open.last().map_or((false, false), |(_, inside, added)| (*inside, *added));
        let adds = class.split(' ').any(|class| class == "no" || class == "absent");
        open.push((name, inside || class == "text", added || adds));
    }
    push(&mut read, rest, &open);
    assert!(open.is_empty());
    read
}

fn push(page: &mut Page, text: &str, open: &[(String, bool, bool)]) {
    assert!(!text.contains('>'));
    if open.last().is_some_and(|(_, inside, added)| *inside && !added) {
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        page.text += &text.replace("&amp;", "&");
    }
}

fn shown(text: &str) -> String {
    text.split('\n').map(|line| visible(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_character_is_lost_or_doubled_wherever_the_findings_are() {
    let packs = Packs::builtin().unwrap();
    let mut dice = Dice(1);
    for (name, bytes) in reports() {
        let plain = check(&bytes, &name, &packs, &Options::default()).unwrap();
        for round in 0..6 {
            let mut checked = plain.clone();
            if round > 0 {
                strew(&mut checked, &mut dice);
            }
            let text = shown(&checked.document.text);
            let page = read(&Html.entry(&Entry { path: name.clone(), outcome: Ok(checked) }));
            assert_eq!(page.text, text, "{name}");
            let ids: BTreeSet<String> = page.ids.iter().cloned().collect();
            assert_eq!(ids.len(), page.ids.len(), "{name}: an id twice");
            let lost: Vec<_> = page.links.difference(&ids).collect();
            assert!(lost.is_empty(), "{name}: {lost:?} lead nowhere");
        }
    }
}

/// The attributes that our markup needs; none of them runs or loads anything. A link leads within the page: see [`read`].
const ATTRIBUTES: [&str; 10] =
    ["aria-label", "class", "colspan", "data-line", "href", "id", "role", "scope", "tabindex", "title"];

/// The names of a tag's attributes, also of those without a value. Values have no quotation marks inside.
fn names(tag: &str) -> impl Iterator<Item = &str> {
    let words = tag.split('"').step_by(2).flat_map(|outside| outside.split(' ')).skip(1);
    words.map(|word| word.trim_end_matches('=')).filter(|word| !word.is_empty())
}

#[test]
fn a_page_asks_for_nothing_and_runs_nothing() {
    let mut checked = check(MADE_UP.as_bytes(), "样例.md", &Packs::builtin().unwrap(), &Options::default()).unwrap();
    strew(&mut checked, &mut Dice(7));
    let entry = Html.entry(&Entry { path: "\" onload=\"x.md".into(), outcome: Ok(checked) });
    let page = Html.begin() + &entry + &Html.end(&hegui::render::Summary::default());
    assert!(page.contains("default-src 'none'") && page.contains("&lt;script&gt;"));
    for word in ["http:", "https:", "src=", "<link", "<script", "@import", "url("] {
        assert!(!page.contains(word), "{word}");
    }
    let names: BTreeSet<&str> =
        entry.split('<').skip(1).flat_map(|tag| names(tag.split('>').next().unwrap())).collect();
    let unknown: Vec<_> = names.iter().filter(|name| !ATTRIBUTES.contains(name)).collect();
    assert!(names.contains("class") && unknown.is_empty(), "{unknown:?}");
}

#[test]
fn reports_on_one_page_have_ids_of_their_own() {
    let packs = Packs::builtin().unwrap();
    let page = |path: &str| {
        let checked = check(MADE_UP.as_bytes(), "样例.md", &packs, &Options::default()).unwrap();
        read(&Html.entry(&Entry { path: path.into(), outcome: Ok(checked) }))
    };
    let (one, other) = (page("甲/报告.md"), page("乙/报告.md"));
    assert!(one.ids.iter().all(|id| !other.ids.contains(id)));
}
