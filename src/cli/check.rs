//! `hegui check`: every input through the engine, many at once, and what comes of it out in the order in which they
//! came.
//!
//! Where results go `output` knows, how they look `render`.

use std::{borrow::Cow, path::Path};

use rayon::prelude::*;

use super::{
    args::{Check, Format},
    exit::Exit,
    gather::gather,
    inputs::Inputs,
    load::Input,
    mend::{self, Mending},
    output::{Outputs, Piece, Sink, Target},
    progress::Progress,
    screen,
    setup::Setup,
    write::Guarded,
};
use crate::{
    agreement::Used,
    diagnostic::Severity,
    render::{Entry, Failure, Look, Summary, visible},
};

/// Inputs whose results are held at once: enough to keep every core busy, few enough to bound memory.
const AT_ONCE: usize = 128;

/// Files left out that are named one by one.
const MOST_NAMED: usize = 5;

/// Runs the command.
pub(super) fn run(check: &Check) -> Exit {
    if check.fix && check.paths.iter().any(|path| path == Path::new("-")) {
        screen::complain("从标准输入读来的报告没有可以写回的文件\n怎么办：请用 --diff 看改法，或者写出文件名\n");
        return Exit::Usage;
    }
    let setup = match Setup::load_or_tell(&check.setup()) {
        Ok(setup) => setup,
        Err(exit) => return exit,
    };
    let look = screen::look(check.color);
    let results = check.output.iter().flat_map(|outputs| &outputs.0).map(|output| output.path.as_path());
    let inputs = gather(&check.paths, check.stdin.name.as_deref(), results.filter(|path| path.is_dir()));
    let guarded = Guarded::new(inputs.waiting().iter().filter_map(Input::path));
    let outputs = match Outputs::open(check, look, &setup.packs, &guarded) {
        Ok(outputs) => outputs,
        Err(exit) => return exit,
    };
    setup.announce();
    let run = Run { setup: &setup, mending: Mending::new(check), look, check, guarded: &guarded };
    let exit = run.all(inputs, outputs);
    // The process ends here: to take the packs apart piece by piece would cost more than a report does.
    std::mem::forget(setup);
    exit
}

struct Run<'a> {
    setup: &'a Setup,
    mending: Option<Mending>,
    look: Look,
    check: &'a Check,
    guarded: &'a Guarded,
}

/// An input and where the files about it go.
struct Job {
    input: Input,
    targets: Vec<Option<Target>>,
}

/// What is left of an input once it is rendered.
struct Page {
    pieces: Vec<Piece>,
    summary: Summary,
    used: Used,
    told: Told,
}

/// What is said of an input beside the results.
#[derive(Default)]
struct Told {
    /// The lines, to standard error.
    complaints: Vec<String>,
    /// The change that its fixes would make, to standard output.
    change: Option<String>,
    /// Whether a file could not be written.
    is_unwritten: bool,
}

/// An input once it is checked.
struct Examined<'i> {
    entry: Entry,
    bytes: Cow<'i, [u8]>,
    used: Used,
    told: Told,
}

impl Run<'_> {
    fn all(&self, mut inputs: Inputs, mut outputs: Outputs<'_>) -> Exit {
        let progress = Progress::new(inputs.left());
        let (mut summary, mut used) = (Summary::default(), Used::default());
        let (mut has_changes, mut is_unwritten) = (false, false);
        outputs.begin();
        // What is mended is written whether anybody reads of it or not.
        let writes = self.mending.is_some_and(|mending| !mending.is_shown);
        while writes || !outputs.are_closed() {
            let jobs: Vec<Job> = inputs.by_ref().take(AT_ONCE).map(|input| job(input, &mut outputs)).collect();
            if jobs.is_empty() {
                break;
            }
            progress.expect(summary.files + jobs.len() + inputs.left());
            let pages = self.pages(&jobs, &outputs.sinks, &progress);
            progress.aside(|| {
                for page in pages {
                    summary.add(page.summary);
                    used.add(&page.used);
                    is_unwritten |= page.told.is_unwritten;
                    has_changes |= page.told.change.is_some();
                    outputs.take(page.pieces);
                    is_unwritten |= page.told.tell();
                }
            });
        }
        drop(progress);
        // All who read the results have read enough.
        let is_deserted = outputs.are_closed();
        let worst = outputs.end(&summary).max(if is_unwritten { Exit::Output } else { Exit::Fine });
        if is_deserted && worst == Exit::Fine {
            return Exit::Fine;
        }
        self.setup.complain_of_unused(&used);
        screen::complain(&left_out(inputs.others()));
        let fail_on = if self.check.diff { None } else { self.setup.fail_on };
        exit(&summary, fail_on).max(if has_changes { Exit::Findings } else { Exit::Fine }).max(worst)
    }

    /// The pages of some inputs. One alone is not worth waking other threads.
    fn pages(&self, jobs: &[Job], sinks: &[Sink], progress: &Progress) -> Vec<Page> {
        let page = |job: &Job| {
            let page = self.page(job, sinks);
            progress.finished(&visible(&job.input.name));
            page
        };
        match jobs {
            [job] => vec![page(job)],
            jobs => jobs.par_iter().map(page).collect(),
        }
    }

    fn page(&self, job: &Job, sinks: &[Sink]) -> Page {
        let Examined { entry, bytes, used, mut told } = self.examine(&job.input);
        let targets = job.targets.iter().map(Option::as_ref);
        let pieces = sinks.iter().zip(targets).map(|(sink, target)| sink.piece(&entry, &bytes, target));
        let pieces = pieces.collect();
        // Who reads the pretty view sees its failures; who keeps the output in a file does not.
        if let Err(failure) = entry.outcome.as_ref()
            && (self.check.diff || self.check.format != Format::Pretty)
        {
            told.complaints.push(format!("{}：{}", visible(&entry.path), visible(&failure.message)));
        }
        Page { pieces, summary: Summary::of(&entry), used, told }
    }

    fn examine<'i>(&self, input: &'i Input) -> Examined<'i> {
        let name = &input.name;
        let loaded = input.load().and_then(|bytes| Ok((self.setup.check(&bytes, name)?, bytes)));
        let ((checked, used), bytes) = match loaded {
            Ok(loaded) => loaded,
            Err(failure) => {
                let entry = Entry { path: name.clone(), outcome: Err(failure) };
                return Examined { entry, bytes: Cow::default(), used: Used::default(), told: Told::default() };
            }
        };
        let entry = Entry { path: name.clone(), outcome: Ok(checked) };
        let mut examined = Examined { entry, bytes, used, told: Told::default() };
        if let Some(mending) = self.mending
            && let Err(failure) = self.mend(&mut examined, input, mending)
        {
            examined.told.is_unwritten = true;
            examined.told.complaints.push(format!("{}：没有改：{}", visible(name), visible(&failure.message)));
            examined.told.complaints.push(format!("怎么办：{}", visible(&failure.help)));
        }
        examined
    }

    /// Applies the fixes; what is said then is said of the mended report.
    fn mend(&self, examined: &mut Examined<'_>, input: &Input, mending: Mending) -> Result<(), Failure> {
        let Ok(checked) = &examined.entry.outcome else { return Ok(()) };
        let name = &input.name;
        let again = |bytes: &[u8]| self.setup.check(bytes, name).map(|(checked, _)| checked);
        let mended = mending.apply(&examined.bytes, checked, again)?;
        let rest = mend::left(mended.as_ref().map_or(checked, |mended| &mended.checked), mending);
        let complaints = &mut examined.told.complaints;
        let mut tell = |told: String| complaints.push(format!("{}：{told}", visible(name)));
        rest.into_iter().for_each(&mut tell);
        let Some(mended) = mended else { return Ok(()) };
        if mending.is_shown {
            let change = mend::diff(name, &checked.document.text, &mended.checked.document.text, self.look);
            examined.told.change = Some(change);
            return Ok(());
        }
        let path = input.path().ok_or_else(packed)?;
        let (path, told) = mending.write(path, &examined.bytes, &mended, self.guarded)?;
        tell(told);
        examined.entry = Entry { path: super::load::shown(&path), outcome: Ok(mended.checked) };
        examined.bytes = Cow::Owned(mended.bytes);
        Ok(())
    }
}

impl Told {
    /// Says it. Whether something could not be written.
    fn tell(&self) -> bool {
        self.complaints.iter().for_each(|complaint| screen::complain(&format!("{complaint}\n")));
        self.change.as_ref().is_some_and(|change| screen::say(change) == Exit::Output)
    }
}

/// The files that were left out, in one line; nothing where there are none.
fn left_out(others: &[String]) -> String {
    if others.is_empty() {
        return String::new();
    }
    let names: Vec<_> = others.iter().take(MOST_NAMED).map(|name| visible(name)).collect();
    let more = if others.len() > names.len() { "等" } else { "" };
    format!("另有{}个不是报告的文件，没有检查：{}{more}\n", others.len(), names.join("、"))
}

fn job(input: Input, outputs: &mut Outputs<'_>) -> Job {
    Job { targets: outputs.claim(&input), input }
}

/// 4 before 1 before 0.
fn exit(summary: &Summary, fail_on: Option<Severity>) -> Exit {
    if summary.unreadable > 0 {
        return Exit::Input;
    }
    if summary.fails(fail_on) { Exit::Findings } else { Exit::Fine }
}

fn packed() -> Failure {
    Failure {
        code: "packed",
        message: "它在压缩包里，改了没有地方写".to_owned(),
        help: "请先把压缩包解压出来，再检查文件夹".to_owned(),
    }
}
