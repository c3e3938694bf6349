//! `hegui text`: the text that spans count in, as it is; on a terminal with its control characters made visible.

use std::borrow::Cow;

use super::{args::Text, exit::Exit, load::Input, screen};
use crate::{
    read,
    render::{Failure, visible},
};

/// Runs the command.
pub(super) fn run(words: &Text) -> Exit {
    let input = Input::new(&words.path, words.stdin.name.as_deref());
    let name = &input.name;
    let source = input.load().and_then(|bytes| read::read(&bytes, name).map_err(Failure::from));
    match source {
        Ok(source) => print(&source.text),
        Err(failure) => {
            screen::complain_of(name, &failure);
            Exit::Input
        }
    }
}

fn print(text: &str) -> Exit {
    let text = if screen::is_terminal() { Cow::Owned(for_terminal(text)) } else { Cow::Borrowed(text) };
    screen::say(&text)
}

fn for_terminal(text: &str) -> String {
    text.lines().map(|line| visible(line).into_owned() + "\n").collect()
}
