//! `hegui check --watch`: checks again whenever a report, a rule or the agreement has changed, until it is stopped.
//!
//! It asks the file system for times and sizes instead of being told: that works on the network drives where offices
//! keep their files, after editors that save by renaming, and needs no library. A change is taken up once it has
//! been the same in two looks, so that no file is read while it is half written. Only what has changed is checked
//! again; where the rules have become faulty, the last sound ones stay in use.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, SystemTime},
};

use rayon::prelude::*;

use super::{
    args::{Check, Format, Shape},
    exit::Exit,
    gather::gather,
    inputs::Inputs,
    load::{From, Input},
    packs::yaml_files,
    screen,
    setup::{Setup, sources},
};
use crate::{
    agreement::Used,
    render::{self, Entry, Look, Renderer, Summary, visible},
    text::display_width,
};

/// The time between two looks.
const EVERY: Duration = Duration::from_millis(500);
/// Makes a terminal forget what it shows, and go to its upper left corner.
const CLEAR: &str = "\u{1b}[H\u{1b}[2J\u{1b}[3J";

/// Runs the command.
pub(super) fn run(check: &Check) -> Exit {
    if check.paths.iter().any(|path| path == Path::new("-")) {
        screen::complain(
            "命令写得不对：标准输入不会有改动，不能与“--watch”一起用\n请写出文件或者文件夹，例如：hegui check --watch 报告.docx\n",
        );
        return Exit::Usage;
    }
    let Shape::Stream(format) = check.format.shape() else {
        screen::complain("命令写得不对：这种格式要写成文件，不能与“--watch”一起用\n");
        return Exit::Usage;
    };
    if !format.has_separate_entries() {
        screen::complain(
            "命令写得不对：这种格式要把各份报告合在一起写，不能与“--watch”一起用\n请换一种格式，例如 json\n",
        );
        return Exit::Usage;
    }
    let look = screen::look(check.color);
    let mut watch = Watch { check, look, format, setup: None, pages: BTreeMap::new(), rounds: 0 };
    let mut last = Sight::default();
    let mut now = Sight::take(check);
    loop {
        let (seen, inputs) = now;
        if let Err(error) = watch.round(&last, &seen, inputs) {
            return screen::write_failed(&error);
        }
        screen::complain("正在等着改动，按 Ctrl-C 结束\n");
        last = seen;
        now = next(check, &last);
    }
}

/// Waits until something has changed and come to rest.
fn next(check: &Check, last: &Sight) -> (Sight, Vec<Input>) {
    let mut before = None;
    loop {
        sleep(EVERY);
        let now = Sight::take(check);
        if now.0 != *last && before.as_ref() == Some(&now.0) {
            return now;
        }
        before = Some(now.0);
    }
}

/// What tells that a file is another than before.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mark {
    /// Its time and size; none where it is not there.
    File(Option<(SystemTime, u64)>),
    /// Why it cannot be reached.
    Lost(&'static str),
}

impl Mark {
    fn of(path: &Path) -> Self {
        let told = fs::metadata(path).ok();
        Self::File(told.and_then(|told| Some((told.modified().ok()?, told.len()))))
    }
}

/// Everything that a round depends on, as it is at one moment.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sight {
    /// The files of rules and the agreement.
    rules: Vec<(PathBuf, Mark)>,
    /// The reports by name, in the order in which they are told.
    reports: Vec<(String, Mark)>,
}

impl Sight {
    /// Looks at everything, and gives the inputs that belong to the reports.
    fn take(check: &Check) -> (Self, Vec<Input>) {
        let (mut files, folders) = sources(&check.setup());
        for folder in folders {
            files.extend(yaml_files(&folder).unwrap_or_default());
            files.push(folder);
        }
        let rules = files.into_iter().map(|path| (path.clone(), rule_mark(&path))).collect();
        let inputs = gather(&check.paths, None, []);
        let mark = |input: &Input| match &input.from {
            From::Lost(failure) => Mark::Lost(failure.code),
            _ => input.path().map_or(Mark::File(None), Mark::of),
        };
        let reports = inputs.waiting().iter().map(|input| (input.name.clone(), mark(input))).collect();
        (Self { rules, reports }, inputs.into_waiting())
    }
}

/// The mark of a file of rules. Of a folder it matters only whether it is there: an editor's own files come and go.
fn rule_mark(path: &Path) -> Mark {
    if path.is_dir() { Mark::Lost("folder") } else { Mark::of(path) }
}

/// A watch with what it keeps from round to round.
struct Watch<'a> {
    check: &'a Check,
    look: Look,
    format: render::Format,
    /// The last sound setup.
    setup: Option<Setup>,
    /// The last pages of each report, by name; of an archive one for each report in it.
    pages: BTreeMap<String, Vec<Page>>,
    rounds: usize,
}

impl Watch<'_> {
    /// Checks what has changed since `last` and tells it.
    fn round(&mut self, last: &Sight, now: &Sight, inputs: Vec<Input>) -> io::Result<()> {
        self.rounds += 1;
        let is_other = self.rounds == 1 || last.rules != now.rules;
        let loaded = is_other.then(|| Setup::load(&self.check.setup()));
        let (fresh, fault) = match loaded {
            Some(Ok(setup)) => {
                self.setup = Some(setup);
                (true, None)
            }
            Some(Err(failure)) => (false, Some(failure.rendered)),
            None => (false, None),
        };
        let stale = if fresh { inputs } else { self.stale(last, now, inputs) };
        let changed: BTreeSet<String> = stale.iter().map(|input| input.name.clone()).collect();
        let mut output = screen::output(self.look.colour || screen::is_terminal());
        self.begin(&title(fresh, fault.is_some(), &changed), &mut output)?;
        if let Some(fault) = fault {
            self.complain_of(&fault);
            if changed.is_empty() {
                return Ok(());
            }
        }
        let Some(setup) = &self.setup else { return Ok(()) };
        if fresh {
            setup.announce();
        }
        let renderer = self.format.renderer(self.look, &setup.packs);
        let pages = |input: Input| {
            let name = input.name.clone();
            let opened = Inputs::new(vec![input], Vec::new());
            (name, opened.map(|input| page(&input, setup, renderer.as_ref())).collect())
        };
        let fresh: Vec<(String, Vec<Page>)> = stale.into_par_iter().map(pages).collect();
        self.pages.extend(fresh);
        let here: BTreeSet<&String> = now.reports.iter().map(|(name, _)| name).collect();
        self.pages.retain(|name, _| here.contains(name));
        self.write(now, &changed, renderer.as_ref(), &mut output)
    }

    /// The inputs that are not as they were, or have not been checked yet.
    fn stale(&self, last: &Sight, now: &Sight, inputs: Vec<Input>) -> Vec<Input> {
        let before: BTreeMap<&String, &Mark> = last.reports.iter().map(|(name, mark)| (name, mark)).collect();
        let is_stale =
            |(name, mark): &(String, Mark)| before.get(name) != Some(&mark) || !self.pages.contains_key(name);
        let inputs = inputs.into_iter().zip(&now.reports);
        inputs.filter(|(_, report)| is_stale(report)).map(|(input, _)| input).collect()
    }

    const fn is_pretty(&self) -> bool {
        matches!(self.check.format, Format::Pretty)
    }

    /// Sets a round apart from those before. What a program reads is a document a round, and nothing between.
    fn begin(&self, title: &str, output: &mut dyn Write) -> io::Result<()> {
        if self.rounds > 1 && self.is_pretty() {
            let clear = if screen::is_terminal() { CLEAR } else { "\n" };
            let head = format!("── 第{}次检查：{} ", self.rounds, visible(title));
            let rest = "─".repeat(self.look.width.saturating_sub(display_width(&head)));
            output.write_all(format!("{clear}{head}{rest}\n\n").as_bytes())?;
        }
        output.flush()
    }

    fn complain_of(&self, fault: &str) {
        let then = match self.setup {
            Some(_) => "改好以前，仍按原来的规则和约定检查",
            None => "改好以后，自动开始检查",
        };
        screen::complain(&format!("{fault}{then}\n"));
    }

    /// Tells a person what has changed and the sum of all, a program everything.
    fn write(
        &self,
        now: &Sight,
        changed: &BTreeSet<String>,
        renderer: &dyn Renderer,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        let (mut summary, mut used, mut told) = (Summary::default(), Used::default(), 0);
        let is_whole = !self.is_pretty();
        output.write_all(renderer.begin().as_bytes())?;
        let pages = now.reports.iter().filter_map(|(name, _)| Some((name, self.pages.get(name)?)));
        for (name, page) in pages.flat_map(|(name, pages)| pages.iter().map(move |page| (name, page))) {
            summary.add(page.summary);
            used.add(&page.used);
            if !is_whole && !changed.contains(name) {
                continue;
            }
            if told > 0 {
                output.write_all(renderer.between().as_bytes())?;
            }
            told += 1;
            output.write_all(page.text.as_bytes())?;
            let complaint = page.complaint.iter().filter(|_| is_whole && changed.contains(name));
            complaint.for_each(|complaint| screen::complain(complaint));
        }
        output.write_all(renderer.end(&summary).as_bytes())?;
        output.flush()?;
        if let Some(setup) = &self.setup {
            setup.complain_of_unused(&used);
        }
        Ok(())
    }
}

/// What is left of a report once it is rendered.
struct Page {
    text: String,
    summary: Summary,
    /// Why it could not be checked, for those who do not see the results.
    complaint: Option<String>,
    used: Used,
}

fn page(input: &Input, setup: &Setup, renderer: &dyn Renderer) -> Page {
    let name = &input.name;
    let (outcome, used) = match input.load().and_then(|bytes| setup.check(&bytes, name)) {
        Ok((checked, used)) => (Ok(checked), used),
        Err(failure) => (Err(failure), Used::default()),
    };
    let entry = Entry { path: name.clone(), outcome };
    let failure = entry.outcome.as_ref().err();
    let complaint = failure.map(|failure| format!("{}：{}\n", visible(name), visible(&failure.message)));
    Page { text: renderer.entry(&entry), summary: Summary::of(&entry), complaint, used }
}

/// Why there is a round.
fn title(fresh: bool, faulty: bool, changed: &BTreeSet<String>) -> String {
    let mut names = changed.iter();
    match (names.next(), names.len()) {
        _ if fresh => "规则或者约定有改动，全部重新检查".to_owned(),
        (None, _) if faulty => "规则或者约定有错".to_owned(),
        (None, _) => "有的报告不见了".to_owned(),
        (Some(name), 0) => format!("{name} 有改动"),
        _ => format!("{}份报告有改动", changed.len()),
    }
}
