//! `hegui rules test`: the examples and whole reports of a pack, its lapses, and what is not covered.

use std::{
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{Broken, args::Test, check, resolve, say, snapshots::Reports, summary, unwritten};
use crate::{
    Checked, Options, Packs,
    cli::{exit::Exit, screen},
    pack::{Resolved, Rule},
    render::{Failure, Look, visible},
    trial::{Comparison, Coverage, Outcome, Record, Trial, lapses, snapshot, try_rule},
};

/// Runs the command.
pub(super) fn run(words: &Test) -> Exit {
    let packs = match resolve(&words.folders) {
        Ok(packs) => packs,
        Err(exit) => return exit,
    };
    let look = screen::look(words.colours.color);
    let mut exit = Exit::Fine;
    for (index, resolved) in packs.into_iter().enumerate() {
        match test(resolved, words.folders.get(index), words, look) {
            Ok((page, ended)) => exit = exit.max(say(&page, look.colour, ended)),
            Err(broken) => exit = exit.max(unwritten(&broken)),
        }
    }
    exit
}

/// What came of one report.
pub(super) struct Report {
    /// Its file name.
    pub name: String,
    /// The new snapshot, and the changes since the record; no comparison where there is no record.
    pub outcome: Result<(String, Option<Comparison>), Failure>,
    /// Whether the new snapshot has become the record.
    pub kept: bool,
}

impl Report {
    /// Whether it is as its record says, by now.
    pub(super) fn is_right(&self) -> bool {
        let same = |comparison: &Comparison| comparison.outcome() == Outcome::Right;
        self.kept || matches!(&self.outcome, Ok((_, Some(comparison))) if same(comparison))
    }
}

fn test(resolved: Resolved, folder: Option<&PathBuf>, words: &Test, look: Look) -> Result<(String, Exit), Broken> {
    let mut kept = match folder {
        Some(folder) => Reports::of_folder(folder)?,
        None => Reports::builtin(&resolved.stamp.name),
    };
    if (words.update || words.review) && !kept.can_write() {
        screen::complain("内置规则的快照改不了：先用 hegui rules export 把规则写成文件，再检验那个文件夹\n");
        return Ok((String::new(), Exit::Usage));
    }
    let rules: Vec<&Rule> = resolved.pack.rules.iter().filter(|rule| rule.off.is_none()).collect();
    let trials: Vec<Vec<Trial>> = rules.par_iter().map(|rule| try_rule(&resolved.pack, rule)).collect();
    let mut coverage = Coverage::default();
    if words.coverage {
        rules.iter().zip(&trials).for_each(|(rule, trials)| coverage.note(&resolved.pack, rule, trials));
    }
    let lapses = lapses(&resolved);
    let Resolved { def, pack, stamp, provenance } = resolved;
    let packs = Packs::new(vec![pack]);
    let mut reports = Vec::new();
    for (name, bytes) in kept.reports.clone() {
        let checked = check(&name, &bytes, &packs, &Options::default());
        if let (true, Ok(checked), Some(pack)) = (words.coverage, &checked, packs.all().next()) {
            coverage.see(&checked.document, &checked.review.facts, pack);
        }
        reports.push(Report { outcome: compare(checked, kept.records.get(&name)), name, kept: false });
    }
    decide(&mut reports, &mut kept, words, look)?;
    let Some(pack) = packs.into_all().pop() else { return Ok((String::new(), Exit::Fine)) };
    let resolved = Resolved { def, pack, stamp, provenance };
    let results = summary::Results { trials: trials.concat(), reports, lapses, unused: kept.unused() };
    let mut page = results.page(&resolved, look);
    if words.coverage {
        page += &summary::coverage(&resolved, &coverage.gaps(&resolved.pack), look);
    }
    let exit = if results.is_right() { Exit::Fine } else { Exit::Findings };
    Ok((page, exit))
}

fn compare(
    checked: Result<Checked, Failure>,
    record: Option<&Record>,
) -> Result<(String, Option<Comparison>), Failure> {
    checked.map(|checked| {
        let new = snapshot(&checked.document, &checked.review);
        let comparison = record.map(|record| record.compare(&new));
        (new, comparison)
    })
}

/// Keeps new snapshots: all with `--update`, those that a person accepts with `--review`.
fn decide(reports: &mut [Report], kept: &mut Reports, words: &Test, look: Look) -> Result<(), Broken> {
    let mut lines = io::stdin().lock().lines();
    for report in reports.iter_mut() {
        if report.is_right() || !(words.update || words.review) {
            continue;
        }
        let Ok((new, _)) = &report.outcome else { continue };
        if words.review {
            match ask(report, look, &mut lines) {
                Answer::Yes => {}
                Answer::No => continue,
                Answer::Stop => return Ok(()),
            }
        }
        kept.keep(&report.name, new)?;
        report.kept = true;
    }
    Ok(())
}

enum Answer {
    Yes,
    No,
    Stop,
}

/// Shows what changed in one report and asks. Where nobody answers, it stops.
fn ask(report: &Report, look: Look, lines: &mut impl Iterator<Item = io::Result<String>>) -> Answer {
    let mut output = screen::output(look.colour);
    let mut show = |text: &str| output.write_all(text.as_bytes()).and_then(|()| output.flush());
    if show(&summary::report(report, look)).is_err() {
        return Answer::Stop;
    }
    loop {
        let question = format!("{}：接受这个结果吗？y 接受，n 不接受，q 停下：", visible(&report.name));
        if show(&question).is_err() {
            return Answer::Stop;
        }
        let Some(Ok(line)) = lines.next() else { return Answer::Stop };
        match line.trim().to_lowercase().as_str() {
            "y" | "是" => return Answer::Yes,
            "n" | "否" => return Answer::No,
            "q" => return Answer::Stop,
            _ => {}
        }
    }
}

/// The name of an outcome.
pub(super) const fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Right => "相符",
        Outcome::Missing => "漏报",
        Outcome::Noisy => "误报",
        Outcome::Changed => "变化",
    }
}

/// The path of a report of a pack as it is shown.
pub(super) fn place(name: &str) -> String {
    Path::new("tests").join(name).to_string_lossy().replace('\\', "/")
}
