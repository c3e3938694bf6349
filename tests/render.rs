//! One made-up report with a hand-made review, through each renderer.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "common/report.rs"]
#[allow(dead_code, unreachable_pub)]
mod report;

use hegui::{
    Checked, Packs,
    diagnostic::{At, Diagnostic, Severity},
    document::Format,
    engine::Review,
    render::{Entry, Format as Output, Look, SCHEMA, Summary},
    text::Span,
};
use report::{document, entries, finding, report, run};

fn pretty(width: usize, colour: bool) -> String {
    run(Output::Pretty.renderer(Look { colour, width }, &Packs::default()).as_ref(), &entries())
}

fn json(entries: &[Entry]) -> serde_json::Value {
    let renderer = Output::Json.renderer(Look { colour: false, width: 80 }, &Packs::default());
    serde_json::from_str(&run(renderer.as_ref(), entries)).unwrap()
}

#[test]
fn the_terminal_view_at_eighty_columns() {
    insta::assert_snapshot!(pretty(80, false));
}

#[test]
fn the_terminal_view_at_forty_columns() {
    insta::assert_snapshot!(pretty(40, false));
}

#[test]
fn the_terminal_view_at_a_hundred_and_twenty_columns() {
    insta::assert_snapshot!(pretty(120, false));
}

#[test]
fn colours_change_nothing_but_colours() {
    let coloured = pretty(80, true);
    assert!(coloured.contains("\u{1b}[1;31m"));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain += before;
        rest = after.split_once('m').expect("only colours").1;
    }
    assert_eq!(plain + rest, pretty(80, false));
}

#[test]
fn nothing_of_a_report_moves_the_cursor() {
    let allowed = |char: char| char == '\n' || !(char.is_control() || ('\u{202a}'..='\u{202e}').contains(&char));
    for width in [0, 1, 24, 40, 80, 500] {
        let view = pretty(width, false);
        assert!(view.chars().all(allowed), "{view:?}");
    }
    for format in [Output::Json, Output::Html] {
        let renderer = format.renderer(Look { colour: false, width: 80 }, &Packs::default());
        assert!(run(renderer.as_ref(), &entries()).chars().all(allowed));
    }
}

#[test]
fn lines_fit_the_width() {
    for width in [40, 60, 80, 120] {
        for line in pretty(width, false).lines() {
            assert!(hegui::text::display_width(line) <= width, "{width}: {line}");
        }
    }
}

#[test]
fn strange_places_break_nothing() {
    let texts = ["", "\n", "甲", "甲\n\n乙。", &"\u{301}".repeat(5_000), &"丙".repeat(5_000), &report()];
    for text in texts {
        let end = text.len();
        for (start, end) in
            [(0, 0), (0, end), (0, 1), (1, 2), (end, end), (end, end + 9), (9, 3), (usize::MAX, usize::MAX)]
        {
            let absent = Diagnostic { at: Some(At::Before), ..finding("x", Severity::Info, "", Span::new(start, end)) };
            let review = Review { diagnostics: vec![absent], ..Review::default() };
            let document = document(Format::Docx, text.to_owned());
            let entry = Entry { path: String::new(), outcome: Ok(Checked { document, review }) };
            for format in [Output::Pretty, Output::Json, Output::Html] {
                let page = format.renderer(Look { colour: true, width: 40 }, &Packs::default()).entry(&entry);
                assert!(page.len() < 2_000 + 3 * text.len(), "{start}..{end} of {} bytes: {page}", text.len());
            }
        }
    }
}

#[test]
fn a_path_too_long_for_the_corner_stands_alone() {
    let mut entry = entries().swap_remove(0);
    entry.path = "很长的文件夹名/".repeat(9) + "报告.txt";
    let page = Output::Pretty.renderer(Look { colour: false, width: 60 }, &Packs::default()).entry(&entry);
    assert!(page.contains(&format!("\n{}:5:775\n  建议改 ", entry.path)), "{page}");
}

#[test]
fn the_json_output() {
    let renderer = Output::Json.renderer(Look { colour: false, width: 80 }, &Packs::default());
    insta::assert_snapshot!(run(renderer.as_ref(), &entries()));
}

#[test]
fn the_web_page_without_its_head() {
    let renderer = Output::Html.renderer(Look { colour: false, width: 80 }, &Packs::default());
    let entries = entries();
    let mut summary = Summary::default();
    entries.iter().for_each(|entry| summary.add(Summary::of(entry)));
    let pages: Vec<String> = entries.iter().map(|entry| renderer.entry(entry)).collect();
    insta::assert_snapshot!(pages.join(renderer.between()) + &renderer.end(&summary));
}

#[test]
fn places_are_counted_in_characters() {
    let output = json(&entries());
    let span = &output["files"][0]["diagnostics"][3]["span"];
    assert_eq!((&span["line"], &span["column"]), (&5.into(), &775.into()));
    let word = &output["files"][2]["fact_spans"]["year"]["origin"];
    let expected = serde_json::json!({"part": "word/document.xml", "paragraph": 0, "start": 3, "end": 8});
    assert_eq!(*word, expected);
    assert_eq!(span.get("origin"), None);
    let joined = &output["files"][0]["diagnostics"][5]["span"];
    assert_eq!(
        (&joined["line"], &joined["column"], &joined["end_line"], &joined["end_column"]),
        (&7.into(), &5.into(), &8.into(), &9.into())
    );
    let text = report();
    let end = usize::try_from(joined["end"].as_u64().unwrap()).unwrap();
    let start = usize::try_from(joined["start"].as_u64().unwrap()).unwrap();
    assert_eq!(joined["text"], text[start..end]);
}

#[test]
fn every_output_is_as_the_schema_says() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let all = entries();
    let mut outputs = vec![json(&all), json(&[])];
    outputs.extend(all.chunks(1).map(json));
    for output in &outputs {
        let faults: Vec<String> = validator.iter_errors(output).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }
    let mut wrong = outputs.swap_remove(0);
    wrong["files"][0]["surprise"] = 1.into();
    wrong["files"][0]["diagnostics"][0]["severity"] = "fatal".into();
    assert_eq!(validator.iter_errors(&wrong).count(), 2);
}
