//! The standard streams: whether they show colours, how wide they are, and what their failures mean.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use super::{args::Color, exit::Exit};
use crate::render::{Failure, Look, visible};

/// The width to draw for where nobody tells: of a pipe, a file.
const USUAL_WIDTH: usize = 80;

/// The look of standard output.
pub(super) fn look(color: Color) -> Look {
    let colour = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    };
    Look { colour, width: width() }
}

/// The look of a file: nobody's terminal.
pub(super) const fn plain() -> Look {
    Look { colour: false, width: USUAL_WIDTH }
}

/// The cells of a line: as `COLUMNS` says, else as the terminal says.
pub(super) fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok()).filter(|width| *width > 0);
    let asked = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    told.or_else(asked).unwrap_or(USUAL_WIDTH)
}

/// Standard output, buffered. Colours reach an old Windows console as calls, elsewhere as escape sequences.
pub(super) fn output(colour: bool) -> Box<dyn Write> {
    if colour {
        Box::new(BufWriter::new(AutoStream::new(io::stdout(), ColorChoice::Always)))
    } else {
        Box::new(BufWriter::new(io::stdout()))
    }
}

/// Writes `text` to standard output, and nothing else.
pub(super) fn say(text: &str) -> Exit {
    let mut output = output(false);
    let written = output.write_all(text.as_bytes()).and_then(|()| output.flush());
    written.map_or_else(|error| write_failed(&error), |()| Exit::Fine)
}

/// Whether a person sees standard output.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Says something beside the output.
pub(super) fn complain(text: &str) {
    // Nobody can be told that nobody can be told.
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Says what is wrong with a file and what to do.
pub(super) fn complain_of(name: &str, failure: &Failure) {
    let Failure { message, help, .. } = failure;
    complain(&format!("{}：{}\n怎么办：{}\n", visible(name), visible(message), visible(help)));
}

/// What a failure to write means. A reader that went away has read enough.
pub(super) fn write_failed(error: &io::Error) -> Exit {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Exit::Fine;
    }
    complain(&format!("结果没能写出：{}\n", super::load::cause(error)));
    Exit::Output
}

/// Whether what is said beside the output may have colours.
pub(super) fn complains_in_colour() -> bool {
    AutoStream::choice(&io::stderr()) != ColorChoice::Never
}
