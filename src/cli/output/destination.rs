//! Where results go: standard output, a file that is whole or not there, files a report.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use crate::{
    cli::{
        exit::Exit,
        screen,
        write::{Existing, Pending},
    },
    render::{Rows, workbook},
};

/// Where what is made goes, in the order of the inputs.
pub(super) enum Destination {
    /// Standard output.
    Standard(Box<dyn Write>),
    /// A file, shown as this.
    File(Pending, String),
    /// A file a report, written where it is made.
    Files(Files),
    /// Rows until all are there, then the workbook.
    Workbook(Vec<Rows>, Box<Destination>),
    /// It could not be written to, or its reader went away.
    Closed,
}

/// The files of a format that has one a report.
pub(super) struct Files {
    /// The file, or the folder for all of them.
    pub path: PathBuf,
    /// Whether it is the folder.
    pub is_folder: bool,
    /// What happens to files that are there.
    pub existing: Existing,
    /// What the name of a file has more than that of its report.
    pub mark: &'static str,
    /// The extension of a file.
    pub extension: &'static str,
}

impl Destination {
    /// Writes bytes, or closes it and says why. What a reader that went away does not get is not lost.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Exit {
        let failure = match self {
            Self::Standard(output) => match output.write_all(bytes) {
                Ok(()) => return Exit::Fine,
                Err(error) => return self.give_up(&error),
            },
            Self::File(file, name) => file.add(bytes).err().map(|failure| (name.clone(), failure)),
            Self::Files(_) | Self::Workbook(..) | Self::Closed => None,
        };
        let Some((name, failure)) = failure else { return Exit::Fine };
        *self = Self::Closed;
        screen::complain_of(&name, &failure);
        Exit::Output
    }

    fn give_up(&mut self, error: &io::Error) -> Exit {
        *self = Self::Closed;
        screen::write_failed(error)
    }

    /// Writes what is still held back.
    pub(super) fn close(self) -> Exit {
        let failure = match self {
            Self::Standard(mut output) => {
                return output.flush().map_or_else(|error| screen::write_failed(&error), |()| Exit::Fine);
            }
            Self::File(file, name) => file.keep().err().map(|failure| (name, failure)),
            Self::Workbook(rows, mut to) => match workbook(&rows) {
                Ok(bytes) => return to.write(&bytes).max(to.close()),
                Err(failure) => Some(("xlsx".to_owned(), failure)),
            },
            Self::Files(_) | Self::Closed => None,
        };
        let Some((name, failure)) = failure else { return Exit::Fine };
        screen::complain_of(&name, &failure);
        Exit::Output
    }
}
