//! The formats for machines over one made-up report, and over real files of every encoding.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "common/report.rs"]
#[allow(dead_code, unreachable_pub)]
mod report;

use hegui::{
    Checked, Options, Packs, check,
    diagnostic::{Diagnostic, Edit, Fix, Safety, Severity},
    document::Format,
    engine::{Review, Status},
    render::{Entry, Format as Output, Look, Renderer},
    text::Span,
};
use quick_xml::{Reader, events::Event};
use serde_json::Value;

const FORMATS: [Output; 4] = [Output::Ndjson, Output::Sarif, Output::Junit, Output::Github];

/// The report as text and as Word, an empty review, another kind of document, a file that could not be read.
fn entries() -> Vec<Entry> {
    let mut entries = report::entries();
    let Some(Ok(Checked { review, .. })) = entries.first().map(|entry| entry.outcome.as_ref()) else {
        panic!("the first is checked")
    };
    let word = Checked { document: report::document(Format::Docx, report::report()), review: review.clone() };
    entries.push(Entry { path: "送审/a b%20,c:d#1.docx".into(), outcome: Ok(word) });
    entries
}

fn renderer(format: Output) -> Box<dyn Renderer> {
    format.renderer(Look { colour: false, width: 80 }, &packs())
}

/// A pack with a rule whose id the made-up findings have.
fn packs() -> Packs {
    let text = r#"
pack: { name: made-up, title: 样例, version: 2026.1.0 }
rules:
- id: term
  name: 用语
  forbid: { 法制宣传: 法治宣传 }
  severity: warning
  basis: [{ title: 各地报告的通行写法, standing: customary }]
  messages: { found: "“{found}”应作“{to}”" }
  help: 改用规范的说法。
- id: off
  name: 停用的规则
  forbid: { 依法治镇办: null }
  severity: info
  basis: [{ title: 各地报告的通行写法, standing: customary }]
  messages: { found: 不用这个说法 }
"#;
    let def: hegui::pack::def::PackDef = serde_yaml::from_str(text).unwrap();
    let stamp = hegui::pack::PackStamp { name: "made-up".into(), ..hegui::pack::PackStamp::default() };
    Packs::new(vec![hegui::pack::compile(&def, stamp).unwrap_or_else(|faults| panic!("{faults:#?}"))])
}

fn rendered(format: Output) -> String {
    report::run(renderer(format).as_ref(), &entries())
}

fn findings(entries: &[Entry]) -> usize {
    entries.iter().filter_map(|entry| entry.outcome.as_ref().ok()).map(|it| it.review.diagnostics.len()).sum()
}

#[test]
fn the_lines_of_json() {
    insta::assert_snapshot!(rendered(Output::Ndjson));
}

#[test]
fn the_sarif_log() {
    insta::assert_snapshot!(rendered(Output::Sarif));
}

#[test]
fn the_junit_report() {
    insta::assert_snapshot!(rendered(Output::Junit));
}

#[test]
fn the_workflow_commands() {
    insta::assert_snapshot!(rendered(Output::Github));
}

#[test]
fn the_lines_of_json_say_what_the_document_says() {
    let whole: Value = serde_json::from_str(&report::run(renderer(Output::Json).as_ref(), &entries())).unwrap();
    let text = rendered(Output::Ndjson);
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (first, rest) = lines.split_first().unwrap();
    let (last, files) = rest.split_last().unwrap();
    assert_eq!((&first["version"], &first["tool"]), (&whole["version"], &whole["tool"]));
    assert_eq!(&files, &whole["files"].as_array().unwrap());
    assert_eq!(last["summary"], whole["summary"]);
}

fn assert_valid_sarif(text: &str) -> Value {
    let schema = std::fs::read_to_string("tests/files/sarif-schema-2.1.0.json").unwrap();
    // A bracket that stands alone is no pattern for a strict reader.
    let schema = schema.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let log = serde_json::from_str(text).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(&log).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    log
}

#[test]
fn sarif_fits_the_schema() {
    let log = assert_valid_sarif(&rendered(Output::Sarif));
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), findings(&entries()));
    assert_eq!(log["runs"][0]["artifacts"].as_array().unwrap().len(), entries().len());
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let empty = report::run(renderer(Output::Sarif).as_ref(), &[]);
    assert_eq!(assert_valid_sarif(&empty)["runs"][0]["invocations"][0]["executionSuccessful"], true);
    let builtin = Packs::builtin().unwrap();
    let renderer = Output::Sarif.renderer(Look { colour: false, width: 80 }, &builtin);
    let rules = assert_valid_sarif(&report::run(renderer.as_ref(), &[]));
    let count: usize = builtin.all().map(|pack| pack.rules.len()).sum();
    assert_eq!(rules["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().len(), count);
}

#[test]
fn sarif_is_the_same_in_whatever_order_inputs_are_done() {
    let sarif = renderer(Output::Sarif);
    let entries = entries();
    let ends: Vec<String> = [false, true]
        .iter()
        .map(|backwards| {
            let mut order: Vec<&Entry> = entries.iter().collect();
            if *backwards {
                order.reverse();
            }
            order.iter().for_each(|entry| assert!(sarif.entry(entry).is_empty()));
            sarif.end(&hegui::render::Summary::default())
        })
        .collect();
    assert_eq!(ends[0], ends[1]);
}

/// The same report as a file in several encodings, with the findings that a made-up review gives it.
fn file(bytes: &[u8]) -> Entry {
    let Checked { document, .. } = check(bytes, "报告.txt", &Packs::default(), &Options::default()).unwrap();
    let start = document.text.find("法制宣传").unwrap();
    let span = Span::new(start, start + "法制宣传".len());
    let fix = Fix {
        safety: Safety::Safe,
        edits: vec![Edit { span: Span::new(start + 3, start + 6), text: "治".to_owned() }],
    };
    let finding = Diagnostic { fix: Some(fix), ..report::finding("term", Severity::Warning, "应作{法治}", span) };
    let review = Review { diagnostics: vec![finding], ..Review::default() };
    Entry { path: "报告.txt".into(), outcome: Ok(Checked { document, review }) }
}

#[test]
fn offsets_are_those_of_the_file() {
    let text = "青砚镇2023年法治政府建设年度报告\n\n　　全年开展𠮷水村法制宣传12场次。\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let crlf = text.replace('\n', "\r\n");
    let (gb18030, _, broken) = encoding_rs::GB18030.encode(text);
    assert!(!broken);
    let in_gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    let plain = |text: &str| text.as_bytes().to_vec();
    let cases: [(Vec<u8>, Vec<u8>, bool); 5] = [
        (plain(text), plain("法制宣传"), true),
        (plain(&crlf), plain("法制宣传"), false),
        (marked(b"\xef\xbb\xbf", text.as_bytes()), plain("法制宣传"), false),
        (gb18030.to_vec(), in_gb18030("法制宣传"), false),
        (marked(b"\xff\xfe", &utf16), wide("法制宣传"), false),
    ];
    for (bytes, words, counts_characters) in cases {
        let log = assert_valid_sarif(&report::run(renderer(Output::Sarif).as_ref(), &[file(&bytes)]));
        let result = &log["runs"][0]["results"][0];
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let at = |region: &Value| {
            let start = number(&region["byteOffset"]);
            bytes[start..start + number(&region["byteLength"])].to_vec()
        };
        assert_eq!(at(region), words);
        assert_eq!(
            at(&result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]).len(),
            words.len() / 4
        );
        assert_eq!((number(&region["startLine"]), number(&region["startColumn"])), (3, 10));
        assert_eq!(number(&region["endColumn"]), 14);
        assert_eq!(region.get("charOffset").is_some(), counts_characters);
        if counts_characters {
            let found: String =
                text.chars().skip(number(&region["charOffset"])).take(number(&region["charLength"])).collect();
            assert_eq!(found, "法制宣传");
        }
        assert_eq!(result["message"]["text"], "应作{{法治}}");
    }
}

#[test]
fn a_fingerprint_stays_when_the_text_moves() {
    let print = |text: &str| {
        let log = report::run(renderer(Output::Sarif).as_ref(), &[file(text.as_bytes())]);
        let log: Value = serde_json::from_str(&log).unwrap();
        log["runs"][0]["results"][0]["partialFingerprints"].clone()
    };
    let here = print("青砚镇报告\n\n　　全年开展法制宣传12场次。\n");
    assert_eq!(here, print("青砚镇报告\n\n　　新加了一句话。\n　　再加一段。全年开展法制宣传12场次。\n"));
    assert_ne!(here, print("青砚镇报告\n\n　　全年开展法制宣传13场次。\n"));
}

/// The elements of a JUnit report: name, attributes.
fn elements(xml: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut elements = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return elements,
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    (key, attribute.value.into_owned())
                });
                elements.push((tag.name().as_ref().to_owned(), attributes.collect()));
            }
            _ => {}
        }
    }
}

#[test]
fn junit_counts_what_it_holds() {
    let xml = rendered(Output::Junit);
    let allowed = |char: char| char == '\n' || (char >= ' ' && char != '\u{fffe}' && char != '\u{ffff}');
    assert!(xml.chars().all(allowed));
    let elements = elements(&xml);
    let count = |name: &str| elements.iter().filter(|(element, _)| element == name).count();
    let sum = |key: &str| -> usize {
        let suites = elements.iter().filter(|(name, _)| name == "testsuite");
        suites
            .flat_map(|(_, attributes)| attributes)
            .filter(|(name, _)| name == key)
            .map(|(_, value)| value.parse::<usize>().unwrap())
            .sum()
    };
    assert_eq!(count("testsuite"), entries().len());
    assert_eq!(sum("tests"), count("testcase"));
    assert_eq!((sum("failures"), sum("errors"), sum("skipped")), (count("failure"), 1, count("skipped")));
    let findings = entries().into_iter().filter_map(|entry| entry.outcome.ok()).flat_map(|it| it.review.diagnostics);
    let failing = findings.filter(|it| it.silenced.is_none() && it.severity > Severity::Info).count();
    assert_eq!(count("failure"), failing);
}

#[test]
fn no_finding_is_lost() {
    let count = findings(&entries());
    let (junit, github) = (rendered(Output::Junit), rendered(Output::Github));
    assert_eq!(junit.matches("原文：").count(), count);
    let lines = github.lines().filter(|line| line.starts_with("::") || line.starts_with("按约定不再提示：")).count();
    let unreadable = 1;
    let other_kind = 1;
    assert_eq!(lines, count + unreadable + other_kind);
}

#[test]
fn a_report_cannot_write_commands_of_its_own() {
    let text = "标题\n法制宣传\n";
    let mut entry = file(text.as_bytes());
    entry.path = "甲,line=9::\r\n::error::乙.txt".into();
    let Ok(checked) = &mut entry.outcome else { panic!() };
    let evil = "\n::error::丙\r\n##[error]丁 100%";
    checked.review.diagnostics.iter_mut().for_each(|finding| finding.message = evil.into());
    let silenced = Diagnostic { silenced: Some(evil.into()), ..checked.review.diagnostics[0].clone() };
    checked.review.diagnostics.push(silenced);
    let lines = renderer(Output::Github).entry(&entry);
    assert_eq!(lines.lines().count(), 2, "{lines}");
    assert!(lines.starts_with("::warning file=甲%2Cline=9%3A%3A␍↵%3A%3Aerror%3A%3A乙.txt,line=2,"), "{lines}");
    assert!(lines.contains("100%25"));
    let last = lines.lines().last().unwrap();
    assert!(last.starts_with("按约定") && !last.contains("##["), "{last}");
}

#[test]
fn strange_places_break_no_format() {
    let texts = ["", "\n", "甲", "甲\n\n乙。", &"\u{301}".repeat(3_000)];
    for (text, format) in texts.iter().flat_map(|text| FORMATS.map(|format| (*text, format))) {
        let end = text.len();
        for (start, end) in [(0, 0), (0, end), (0, 1), (1, 2), (end, end + 9), (9, 3), (usize::MAX, usize::MAX)] {
            let finding = report::finding("x", Severity::Info, "", Span::new(start, end));
            let review = Review { diagnostics: vec![finding], ..Review::default() };
            for kind in [Format::Text, Format::Docx, Format::Html] {
                let checked = Checked { document: report::document(kind, text.to_owned()), review: review.clone() };
                let page =
                    report::run(renderer(format).as_ref(), &[Entry { path: String::new(), outcome: Ok(checked) }]);
                if format == Output::Sarif {
                    assert_valid_sarif(&page);
                }
            }
        }
    }
}

#[test]
fn a_requirement_that_no_finding_tells_of_is_in_junit_with_its_status() {
    let xml = rendered(Output::Junit);
    let requirements: usize = entries()
        .iter()
        .filter_map(|entry| entry.outcome.as_ref().ok())
        .map(|checked| checked.review.requirements.iter().filter(|it| it.status == Status::Skipped).count())
        .sum();
    assert_eq!(xml.matches("message=\"未检查：").count(), requirements);
}

#[test]
fn the_command_line_gives_as_many_findings_in_every_format() {
    let run = |format: &str| {
        let words = ["check", "--fail-on", "never", "--format", format, "examples"];
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_hegui")).args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}");
        String::from_utf8(output.stdout).unwrap()
    };
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    let files = json["files"].as_array().unwrap();
    let count: usize = files.iter().map(|file| file["diagnostics"].as_array().unwrap().len()).sum();
    assert!(count > 0 && files.len() > 1);
    assert_eq!(run("ndjson").lines().count(), files.len() + 2);
    let sarif = run("sarif");
    let results = assert_valid_sarif(&sarif)["runs"][0]["results"].as_array().unwrap().clone();
    assert_eq!(results.len(), count);
    // What the engine itself has to say is no rule of a pack.
    let is_notice = |result: &Value| result["ruleId"] == "year-unknown";
    assert!(results.iter().all(|result| result["ruleIndex"].is_u64() || is_notice(result)));
    assert_eq!(sarif, run("sarif"));
    assert_eq!(run("junit").matches("原文：").count(), count);
    assert_eq!(run("github").lines().filter(|line| line.starts_with("::")).count(), count);
}
