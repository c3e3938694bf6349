//! The program `hegui`: the words of the command line in, the exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    hegui::cli::run(std::env::args_os())
}
