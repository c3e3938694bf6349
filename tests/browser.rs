//! The web page in a browser: it fits screen, phone and paper, its links lead somewhere, its words can be read.
#![cfg(feature = "browser")]
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use hegui::{
    Options, Packs, check,
    diagnostic::{At, Diagnostic, Severity},
    read,
    render::{Entry, Failure, Html, Renderer, Summary, visible},
    text::Span,
};
use serde_json::Value;

/// Looks at the page from inside and writes what it saw behind it.
const PROBE: &str = include_str!("browser/probe.js");

/// What is put in front of the policy of a copy, so that the probe may run there.
const POLICY: (&str, &str) = ("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';");

/// A page and the texts of its reports, as a page shows them.
struct Sample {
    page: String,
    texts: Vec<String>,
}

/// Everything that a page can hold: the examples, all kinds of findings, a failure.
fn sample() -> Sample {
    let packs = Packs::builtin().unwrap();
    let mut paths: Vec<_> = fs::read_dir("examples").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut entries: Vec<Entry> = paths
        .iter()
        .filter(|path| path.is_file())
        .map(|path| {
            let path = path.to_string_lossy().into_owned();
            let checked = check(&fs::read(&path).unwrap(), &path, &packs, &Options::default()).unwrap();
            Entry { path, outcome: Ok(checked) }
        })
        .collect();
    let text = "某镇2023年法治政府建设年度报告\n\n一、举措\n<img src=x onerror=alert(1)>办件\u{1b}5件。\t\n\
        | 很长的表头 | 二 | 三 | 四 | 五 | 六 | 七 | 八 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n\
        | 一二三四五六 | 2 | 3 | 4 | 5 | 6 | 7 | abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh |\n\n末段。\n";
    let mut strange = check(text.as_bytes(), "异常.md", &packs, &Options::default()).unwrap();
    for (number, start) in (0..text.len()).step_by(9).enumerate() {
        strange.review.diagnostics.push(Diagnostic {
            rule: "made-up".into(),
            name: "样例".into(),
            severity: [Severity::Info, Severity::Error, Severity::Warning][number % 3],
            message: "<b>样例</b>".into(),
            help: None,
            basis: Vec::new(),
            span: Span::new(start, start + 40),
            at: [None, None, None, Some(At::Before), Some(At::After)][number % 5],
            related: Vec::new(),
            fix: None,
            silenced: (number % 7 == 0).then(|| "样例".into()),
        });
    }
    entries.push(Entry { path: "异\u{202e}常<i>.md".into(), outcome: Ok(strange) });
    let failure = Failure { code: "made-up", message: "打不开".into(), help: "另存一份".into() };
    entries.push(Entry { path: "坏.docx".into(), outcome: Err(failure) });
    let reports = entries.iter().filter_map(|entry| entry.outcome.as_ref().ok());
    let shown = |text: &str| text.split('\n').map(|line| visible(line)).collect::<Vec<_>>().join("\n");
    let texts = reports.map(|checked| shown(&checked.document.text)).collect();
    let mut summary = Summary::default();
    entries.iter().for_each(|entry| summary.add(Summary::of(entry)));
    let pages: Vec<String> = entries.iter().map(|entry| Html.entry(entry)).collect();
    Sample { page: Html.begin() + &pages.join(Html.between()) + &Html.end(&summary), texts }
}

fn chromium(folder: &Path, page: &str, words: &[String]) -> String {
    let file = folder.join("page.html");
    fs::write(&file, page).unwrap();
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(words)
        .arg(format!("file://{}", file.display()))
        .stdin(Stdio::null())
        .output()
        .expect("Chromium is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a browser has after the probe has run in the page, or would have if it could. No window is as narrow as a
/// phone, so the page stands in a frame.
fn probed(page: &str, width: u32) -> String {
    let folder = tempfile::tempdir().unwrap();
    let page = page.replacen("</body>", &format!("<script>{PROBE}</script></body>"), 1);
    let page = page.replace('&', "&amp;").replace('"', "&quot;");
    let frame = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><body><iframe style=\"border:0\" width=\"{width}\" height=\"768\" \
         srcdoc=\"{page}\"></iframe>"
    );
    chromium(folder.path(), &frame, &["--window-size=1400,800".into(), "--dump-dom".into()])
}

/// What the probe saw.
fn seen(page: &str, width: u32) -> Value {
    let page = page.replacen(POLICY.0, POLICY.1, 1);
    let dump = probed(&page, width);
    let (_, result) = dump.split_once("<pre id=\"seen\">").expect("the probe ran");
    let result = result.split_once("</pre>").unwrap().0;
    let result = result.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{a0}").replace("&amp;", "&");
    serde_json::from_str(&result).unwrap()
}

#[test]
fn a_page_fits_screen_and_phone_and_is_whole() {
    let sample = sample();
    for width in [1366, 390] {
        let seen = seen(&sample.page, width);
        assert_eq!(seen["width"], width);
        for fault in ["overflowing", "dangling", "doubled", "pale"] {
            assert_eq!(seen[fault], serde_json::json!([]), "{fault} at {width}");
        }
        let texts: Vec<&str> = seen["texts"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
        assert_eq!(texts, sample.texts);
        assert_eq!(seen["foreign"], 0);
    }
}

#[test]
fn the_policy_of_a_page_keeps_scripts_from_running() {
    assert!(!probed(&sample().page, 1366).contains("<pre id=\"seen\">"));
}

#[test]
fn a_page_prints_on_a4_with_all_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.pdf");
    chromium(
        folder.path(),
        &sample().page,
        &["--no-pdf-header-footer".into(), format!("--print-to-pdf={}", file.display())],
    );
    let bytes = fs::read(&file).unwrap();
    let boxes = boxes(&bytes);
    assert!(boxes.len() > 5);
    for [width, height] in boxes {
        assert!((width - 595.3).abs() < 1.0 && (height - 841.9).abs() < 1.0, "{width} × {height}");
    }
    let text: String = read::read(&bytes, "page.pdf").unwrap().text.split_whitespace().collect();
    for words in
        ["必须改", "对照清单", "报告全文", "按约定不再提示", "（样例）", "没能检查：打不开", "共5份", "竹溪镇2024年"]
    {
        assert!(text.contains(words), "{words}");
    }
}

/// Width and height of each page of a PDF by Chromium, which writes its pages uncompressed.
fn boxes(bytes: &[u8]) -> Vec<[f64; 2]> {
    let text = String::from_utf8_lossy(bytes);
    let after = text.split("/MediaBox [0 0 ").skip(1);
    after
        .map(|rest| {
            let mut sides = rest.split([' ', ']']).map(|side| side.parse().unwrap());
            [sides.next().unwrap(), sides.next().unwrap()]
        })
        .collect()
}
