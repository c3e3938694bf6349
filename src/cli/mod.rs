//! The command line: words in, exit status out. With `load`, `gather` and `screen` it is the only place that does I/O.
//!
//! It decides nothing about reports; `check` in the crate's root does, for one report at a time.

mod annotate;
mod args;
mod check;
mod exit;
mod gather;
mod guard;
mod help;
mod inputs;
mod load;
mod mend;
mod output;
mod packs;
mod progress;
mod rules;
mod screen;
mod setup;
mod text;
mod usage;
mod watch;
mod write;

use std::{ffi::OsString, process::ExitCode};

use clap::{CommandFactory, FromArgMatches, error::ErrorKind};

use self::{
    args::{Command, Line},
    exit::Exit,
};

/// Help is hard to read in longer lines.
const WIDEST_HELP: usize = 100;

/// Does what the words of a command line say, the program's own name first.
#[must_use]
pub fn run(words: impl Iterator<Item = OsString>) -> ExitCode {
    guard::tell_faults();
    let words = args::with_command(words.collect());
    let mut command = definition();
    let parsed = command.try_get_matches_from_mut(&words).and_then(|matches| Line::from_arg_matches(&matches));
    let exit = match parsed.map(|line| line.command) {
        Ok(Command::Check(words)) if words.watch => watch::run(&words),
        Ok(Command::Check(words)) => check::run(&words),
        Ok(Command::Annotate(words)) => annotate::run(&words),
        Ok(Command::Text(words)) => text::run(&words),
        Ok(Command::Rules(words)) => rules::run(&words),
        Ok(Command::Explain(words)) => rules::explain(&words),
        Ok(Command::Try(words)) => rules::attempt(&words),
        Err(error) => no_command(&error, &command, &words),
    };
    exit.into()
}

/// The command line's definition, with our own pages of help.
fn definition() -> clap::Command {
    with_pages(Line::command(), "hegui", screen::width().min(WIDEST_HELP))
}

/// `command`, called as `name`, and all below it with our own pages of help.
fn with_pages(command: clap::Command, name: &str, width: usize) -> clap::Command {
    let page = help::page(&command, name, width);
    command.override_help(page).mut_subcommands(|command| {
        let name = format!("{name} {}", command.get_name());
        with_pages(command, &name, width)
    })
}

/// The command that the words name, as deep as they go, and how it is called.
fn named<'a>(command: &'a clap::Command, words: &[OsString]) -> (&'a clap::Command, String) {
    let (mut named, mut name) = (command, "hegui".to_owned());
    for word in words.iter().skip(1) {
        let Some(inner) = named.find_subcommand(word) else { break };
        name = format!("{name} {}", inner.get_name());
        named = inner;
    }
    (named, name)
}

/// What is left to do where the words are no command: help, versions, or a word about what is wrong.
fn no_command(error: &clap::Error, command: &clap::Command, words: &[OsString]) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp => screen::say(&page(error)),
        ErrorKind::DisplayVersion => versions(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            screen::complain(&page(error));
            Exit::Usage
        }
        _ => {
            let (named, name) = named(command, words);
            screen::complain(&usage::explain(error, named, &name));
            Exit::Usage
        }
    }
}

/// The page of help that clap would show; it takes the last line end away.
fn page(error: &clap::Error) -> String {
    error.render().to_string().trim_end().to_owned() + "\n"
}

/// The version of the program and of the rules that it brings along.
fn versions() -> Exit {
    let packs = match packs::load_packs(&[]) {
        Ok(packs) => packs,
        Err(failure) => {
            screen::complain(&failure.rendered);
            return Exit::Rules;
        }
    };
    let mut text = format!("hegui {}\n", env!("CARGO_PKG_VERSION"));
    for stamp in packs.stamps() {
        let date = stamp.date.as_ref().map(|date| format!("（内容截至{date}）")).unwrap_or_default();
        text += &format!("{} {}{date}\n", stamp.title, stamp.version);
    }
    screen::say(&text)
}
