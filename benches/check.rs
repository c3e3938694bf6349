//! How long a review takes, step by step, over a made-up report: `cargo bench --bench check`.
//!
//! `--literals` prints every literal of the built-in packs, a line each, for `compare.sh`. Times are for ratios
//! between the steps on one machine, never for a test.
#![allow(clippy::unwrap_used)]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use hegui::{Options, Packs, check, document::Document, engine, facts, pack, read};

const REPORT: &str = "rules/fazhi-township/tests/good-2024-town.txt";
const ROUNDS: u32 = 200;

fn main() {
    if std::env::args().any(|word| word == "--literals") {
        for literal in literals() {
            println!("{literal}");
        }
        return;
    }
    let bytes = std::fs::read(REPORT).unwrap();
    let packs = Packs::builtin().unwrap();
    let first = packs.all().find(|pack| pack.stamp.name == "fazhi-township").unwrap();
    let source = || read::read(&bytes, REPORT).unwrap();
    let document = Document::new(source(), &first.lexicon);
    let observed = facts::observe(&document, &first.lexicon);
    let show = |name: &str, time: Duration| {
        let each = time / ROUNDS;
        let speed = f64::from(u32::try_from(bytes.len()).unwrap()) / each.as_secs_f64() / 1e6;
        println!("{name:<10} {:>9.1} µs {speed:>9.1} MB/s", each.as_secs_f64() * 1e6);
    };
    println!("{} bytes, {} phrases", bytes.len(), first.wordings.phrases.len());
    let start = Instant::now();
    black_box(pack::builtin::load("fazhi-township").unwrap());
    println!("load the pack {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    show("read", time(source));
    show("structure", time(|| Document::new(source(), &first.lexicon)));
    show("observe", time(|| facts::observe(&document, &first.lexicon)));
    show("review", time(|| engine::review(&document, observed.clone(), first)));
    show("check", time(|| check(&bytes, REPORT, &packs, &Options::default()).unwrap()));
}

fn time<T>(run: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        black_box(run());
    }
    start.elapsed()
}

fn literals() -> Vec<String> {
    let packs = Packs::builtin().unwrap();
    let mut literals: Vec<String> = packs.all().flat_map(|pack| pack.wordings.literals.clone()).collect();
    literals.sort_unstable();
    literals.dedup();
    literals
}
