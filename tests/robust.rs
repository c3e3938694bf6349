//! No text of any kind panics: every made-up report cut, doubled and scattered with odd characters at fixed places.
#![allow(clippy::unwrap_used)]

use hegui::{Options, Packs, check};

mod common;

/// Characters that have broken readers of Chinese before.
const ODD: [&str; 14] =
    ["\u{20bb7}", "（", "《", "》", "“", "⟦", "\u{301}", "\u{202e}", "\u{0}", "一、", "２", "%", "。", "\n"];

fn reports() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("rules/fazhi-township/tests").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt" || extension == "md") {
            found.push((path.to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    assert!(found.len() >= 10);
    found
}

fn run(packs: &Packs, name: &str, text: &[u8]) {
    let Ok(checked) = check(text, name, packs, &Options::default()) else { return };
    let document = &checked.document;
    for finding in &checked.review.diagnostics {
        assert!(!finding.span.is_empty() && finding.span.end <= document.text.len(), "{name}: {finding:?}");
        assert!(document.text.is_char_boundary(finding.span.start) && document.text.is_char_boundary(finding.span.end));
        assert!(!document.slice(finding.span).ends_with('\n'), "{name}: {finding:?}");
    }
}

#[test]
fn cut_reports_do_not_panic() {
    let packs = common::packs();
    for (name, text) in reports() {
        for cut in (0..text.len()).step_by(997) {
            run(&packs, &name, &text.as_bytes()[..cut]);
            run(&packs, &name, &text.as_bytes()[cut..]);
        }
    }
}

#[test]
fn scattered_reports_do_not_panic() {
    let packs = common::packs();
    for (name, text) in reports() {
        for (turn, odd) in ODD.iter().enumerate() {
            let mut scattered = String::new();
            for (place, char) in text.chars().enumerate() {
                scattered.push(char);
                if place % (7 + turn) == 0 {
                    scattered.push_str(odd);
                }
            }
            run(&packs, &name, scattered.as_bytes());
        }
    }
}

#[test]
fn texts_of_one_kind_of_character_do_not_panic() {
    let packs = common::packs();
    for odd in ODD {
        run(&packs, "x.txt", odd.repeat(20_000).as_bytes());
    }
}
