//! `hegui check`: every input through the engine and a renderer, many at once, out in the order in which they came.

use std::{
    io::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind},
};

use rayon::prelude::*;

use super::{
    args::{Check, Format},
    exit::Exit,
    gather::gather,
    load::Input,
    screen,
    setup::Setup,
};
use crate::{
    agreement::Used,
    diagnostic::Severity,
    render::{Entry, Failure, Renderer, Summary, visible},
};

/// Inputs whose results are held at once: enough to keep every core busy, few enough to bound memory.
pub(super) const AT_ONCE: usize = 128;

/// Runs the command.
pub(super) fn run(check: &Check) -> Exit {
    let setup = match Setup::load(&check.setup()) {
        Ok(setup) => setup,
        Err(failure) => {
            screen::complain(&failure.rendered);
            return Exit::Rules;
        }
    };
    setup.announce();
    let look = screen::look(check.color);
    let renderer = crate::render::Format::from(check.format).renderer(look);
    let run = Run {
        setup: &setup,
        renderer: renderer.as_ref(),
        // Who reads the pretty view sees its failures; who keeps the output in a file does not.
        complains: !matches!(check.format, Format::Pretty),
    };
    let inputs = gather(&check.paths, check.stdin.name.as_deref());
    match run.write(&inputs, &mut screen::output(look.colour)) {
        Ok(summary) => status(&summary, setup.fail_on),
        Err(error) => screen::write_failed(&error),
    }
}

/// 4 before 1 before 0.
fn status(summary: &Summary, fail_on: Option<Severity>) -> Exit {
    if summary.unreadable > 0 {
        return Exit::Input;
    }
    let fails = fail_on.is_some_and(|severity| summary.at_least(severity) > 0);
    if fails { Exit::Findings } else { Exit::Fine }
}

/// What the pages of a run are made with.
pub(super) struct Run<'a> {
    pub setup: &'a Setup,
    pub renderer: &'a dyn Renderer,
    pub complains: bool,
}

/// What is left of an input once it is rendered.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub text: String,
    pub summary: Summary,
    pub complaint: Option<String>,
    pub used: Used,
}

impl Run<'_> {
    fn write(&self, inputs: &[Input], output: &mut dyn Write) -> io::Result<Summary> {
        let (mut summary, mut used) = (Summary::default(), Used::default());
        output.write_all(self.renderer.begin().as_bytes())?;
        for inputs in inputs.chunks(AT_ONCE) {
            for page in self.pages(inputs) {
                if summary.files > 0 {
                    output.write_all(self.renderer.between().as_bytes())?;
                }
                output.write_all(page.text.as_bytes())?;
                summary.add(page.summary);
                used.add(&page.used);
                page.complaint.iter().for_each(|complaint| screen::complain(complaint));
            }
        }
        output.write_all(self.renderer.end(&summary).as_bytes())?;
        output.flush()?;
        self.setup.complain_of_unused(&used);
        Ok(summary)
    }

    /// The pages of some inputs. One alone is not worth waking other threads.
    pub(super) fn pages(&self, inputs: &[Input]) -> Vec<Page> {
        match inputs {
            [input] => vec![self.page(input)],
            inputs => inputs.par_iter().map(|input| self.page(input)).collect(),
        }
    }

    fn page(&self, input: &Input) -> Page {
        let (entry, used) = self.examine(input);
        let failure = entry.outcome.as_ref().err().filter(|_| self.complains);
        let complaint = failure.map(|failure| format!("{}：{}\n", visible(&entry.path), visible(&failure.message)));
        Page { text: self.renderer.entry(&entry), summary: Summary::of(&entry), complaint, used }
    }

    fn examine(&self, input: &Input) -> (Entry, Used) {
        let (path, bytes) = input.load();
        let outcome = bytes.and_then(|bytes| {
            // A fault of ours in one report must not keep the others from being checked.
            let checked = catch_unwind(AssertUnwindSafe(|| self.setup.check(&bytes, &path)));
            checked.map_or_else(|_| Err(internal()), |outcome| outcome.map_err(Failure::from))
        });
        let (outcome, used) = match outcome {
            Ok((checked, used)) => (Ok(checked), used),
            Err(failure) => (Err(failure), Used::default()),
        };
        (Entry { path, outcome }, used)
    }
}

fn internal() -> Failure {
    Failure {
        code: "internal",
        message: "检查这份文件时程序自己出了错".to_owned(),
        help: "这不是报告的问题；请把这份文件和上面的提示交给程序的维护者".to_owned(),
    }
}
