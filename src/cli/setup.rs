//! What a run goes by: the packs, the office's agreement and what was typed, put together once for all commands.
//!
//! `hegui.yaml` is read from the working folder or from where the user says, never from beside a report: a report that
//! somebody sent must not bring its own agreement along.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    args::{Agreed, FailOn},
    exit::Exit,
    guard::guarded,
    load::shown,
    packs::{PackFailure, drawn, load_packs, read_file},
    screen,
};
use crate::{
    Checked, Options, Packs,
    agreement::{Agreement, Draft, Used},
    diagnostic::Severity,
    render::{Failure, visible},
};

/// The agreement's file in the working folder.
const FILE: &str = "hegui.yaml";

/// What its name is mistaken for.
const NEARLY: &str = "hegui.yml";

/// The words of a command line that a run goes by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    /// Folders of packs; where there are any, those of the agreement are not used.
    pub rules: &'a [PathBuf],
    /// Which agreement.
    pub agreed: &'a Agreed,
    /// The year that the reports are about.
    pub year: Option<i32>,
    /// From which grade on findings make a run fail.
    pub fail_on: Option<FailOn>,
    /// Whether silenced findings are told all the same.
    pub no_silence: bool,
}

/// What a run goes by.
pub(super) struct Setup {
    /// The packs.
    pub packs: Packs,
    /// What is taken for granted of all reports.
    pub options: Options,
    /// From which grade on findings make a run fail; none for never.
    pub fail_on: Option<Severity>,
    /// What was agreed.
    pub agreement: Agreement,
    /// The agreement's file, as shown.
    file: Option<String>,
}

impl Setup {
    /// Loads it, or says what is wrong with the rules or the agreement.
    pub(super) fn load_or_tell(words: &Words<'_>) -> Result<Self, Exit> {
        Self::load(words).map_err(|failure| {
            screen::complain(&failure.rendered);
            Exit::Rules
        })
    }

    /// Puts together what a run goes by.
    ///
    /// # Errors
    /// Everything that is wrong with the packs and the agreement, drawn for a terminal.
    pub(super) fn load(words: &Words<'_>) -> Result<Self, PackFailure> {
        let path = words.agreed.path();
        if path.is_none() && !words.agreed.no_config && Path::new(NEARLY).is_file() {
            screen::complain(&format!("这里的 {NEARLY} 没有用上：本地约定的文件名要写作 {FILE}\n"));
        }
        let (packs, mut agreement) = match &path {
            Some(path) => agreed(path, words)?,
            None => (load_packs(words.rules)?, Agreement::default()),
        };
        if words.no_silence {
            agreement = agreement.without_silences();
        }
        let typed = words.fail_on.map(FailOn::severity);
        let fail_on = typed.or_else(|| agreement.fail_on.map(|grade| grade.severity()));
        Ok(Self {
            packs,
            options: Options { year: words.year, level: agreement.level.clone() },
            fail_on: fail_on.unwrap_or(Some(Severity::Error)),
            agreement,
            file: path.map(|path| shown(&path)),
        })
    }

    /// Checks one report, and says what of the agreement was of use. `path` is the report's, as shown. A fault of ours
    /// in one report must not keep others from being checked.
    ///
    /// # Errors
    /// Where the bytes are not a document that can be read.
    pub(super) fn check(&self, bytes: &[u8], path: &str) -> Result<(Checked, Used), Failure> {
        guarded(|| {
            let mut checked = crate::check(bytes, path, &self.packs, &self.options)?;
            let used = self.agreement.apply(path, &mut checked);
            Ok((checked, used))
        })
    }

    /// Says that there is an agreement: a report may look better by it than it is.
    pub(super) fn announce(&self) {
        if let Some(file) = &self.file {
            screen::complain(&format!("按约定 {} 检查；不按它检查用 --no-config\n", visible(file)));
        }
    }

    /// Says which silences were of no use.
    pub(super) fn complain_of_unused(&self, used: &Used) {
        for line in self.agreement.unused(used) {
            screen::complain(&format!("{}\n", visible(&line)));
        }
    }
}

impl Agreed {
    /// The agreement's file, if there is one.
    pub(super) fn path(&self) -> Option<PathBuf> {
        let here = || Some(PathBuf::from(FILE)).filter(|path| fs::symlink_metadata(path).is_ok());
        if self.no_config { None } else { self.config.clone().or_else(here) }
    }
}

/// The files and folders whose change makes another setup, whether or not they are there or sound.
pub(super) fn sources(words: &Words<'_>) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let mut folders = words.rules.to_vec();
    let agreed = words.agreed;
    let path = agreed.config.clone().unwrap_or_else(|| PathBuf::from(FILE));
    if agreed.no_config {
        return (Vec::new(), folders);
    }
    if let (true, Ok(file)) = (folders.is_empty(), read_file(&path)) {
        folders = folders_of(&Draft::read(&file), &path);
    }
    (vec![path], folders)
}

/// The packs and the agreement in the file at `path`.
fn agreed(path: &Path, words: &Words<'_>) -> Result<(Packs, Agreement), PackFailure> {
    let file = read_file(path)?;
    let mut draft = Draft::read(&file);
    let mut folders = words.rules.to_vec();
    if folders.is_empty() {
        folders = folders_of(&draft, path);
        let lost: Vec<usize> = (0..folders.len()).filter(|index| !is_folder(&draft, &folders, *index)).collect();
        for index in lost.into_iter().rev() {
            draft.no_folder(index);
            folders.remove(index);
        }
    }
    match load_packs(&folders) {
        Ok(packs) => match draft.against(&packs) {
            Ok(agreement) => Ok((packs, agreement)),
            Err(error) => Err(drawn(&error)),
        },
        // What is wrong with both is said at once.
        Err(failure) => {
            let form = draft.refuse().err().map(|error| drawn(&error).rendered + "\n").unwrap_or_default();
            Err(PackFailure { rendered: form + &failure.rendered })
        }
    }
}

/// The folders of packs that an agreement names. They are the user's own words in a file of his own, so that they may
/// lead anywhere, as those that he types may.
fn folders_of(draft: &Draft, path: &Path) -> Vec<PathBuf> {
    let base = path.parent().unwrap_or(Path::new(""));
    draft.folders().iter().map(|folder| base.join(folder.trim().replace('\\', "/"))).collect()
}

fn is_folder(draft: &Draft, folders: &[PathBuf], index: usize) -> bool {
    let is_named = draft.folders().get(index).is_some_and(|folder| !folder.trim().is_empty());
    is_named && folders.get(index).is_some_and(|folder| folder.is_dir())
}
