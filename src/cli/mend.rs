//! `check --fix` and `check --diff`: the fixes of a text file applied into a new file, or shown.
//!
//! Which bytes change `render` says; here it is decided where they go. The file itself is written only by
//! `--in-place`, and only once its old content is safe in a file of its own.

use std::{
    fs::{self, OpenOptions, Permissions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use similar::TextDiff;

use super::{
    args::Check,
    gather::beside,
    load::shown,
    screen,
    write::{self, Existing, Guarded},
};
use crate::{
    Checked,
    diagnostic::Safety,
    render::{Colour, Failure, Look, is_mendable, mend, visible},
};

/// What the name of a mended copy has more than that of the file.
pub(super) const MARK: &str = "（修改）";
/// What the name of the old content has more than that of a file mended in place.
const BACKUP: &str = ".bak";
/// A fix may uncover another, but not for ever.
const ROUNDS: usize = 8;

/// How fixes are applied.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mending {
    /// Which fixes.
    pub safety: Safety,
    /// Whether they are only shown.
    pub is_shown: bool,
    is_in_place: bool,
    existing: Existing,
}

/// A report with its fixes applied.
pub(super) struct Mended {
    /// The bytes of the mended file.
    pub bytes: Vec<u8>,
    /// What is said of it now.
    pub checked: Checked,
    /// How many findings were mended.
    pub applied: usize,
}

impl Mending {
    /// What the words ask for; none where nothing is to be mended.
    pub(super) fn new(check: &Check) -> Option<Self> {
        (check.fix || check.diff).then_some(Self {
            safety: if check.unsafe_fixes { Safety::Unsafe } else { Safety::Safe },
            is_shown: check.diff,
            is_in_place: check.in_place,
            existing: if check.force { Existing::Replace } else { Existing::Keep },
        })
    }

    /// Applies fixes until none is left. `again` checks the bytes between.
    pub(super) fn apply(
        self,
        bytes: &[u8],
        checked: &Checked,
        again: impl Fn(&[u8]) -> Result<Checked, Failure>,
    ) -> Result<Option<Mended>, Failure> {
        let mut done: Option<Mended> = None;
        for _ in 0..ROUNDS {
            let (bytes, checked) = done.as_ref().map_or((bytes, checked), |done| (&done.bytes, &done.checked));
            let Some(round) = mend(bytes, checked, self.safety) else { break };
            let applied = round.applied + done.as_ref().map_or(0, |done| done.applied);
            done = Some(Mended { checked: again(&round.bytes)?, bytes: round.bytes, applied });
        }
        Ok(done)
    }

    /// Writes a mended file, of which `old` were the bytes. Gives its path, and what to tell the user.
    pub(super) fn write(
        self,
        path: &Path,
        old: &[u8],
        mended: &Mended,
        guarded: &Guarded,
    ) -> Result<(PathBuf, String), Failure> {
        let applied = mended.applied;
        if self.is_in_place {
            let backup = replace(path, old, &mended.bytes)?;
            let told = format!("改了{applied}处；原来的在 {}", visible(&shown(&backup)));
            return Ok((path.to_owned(), told));
        }
        let target = beside(path, MARK, None);
        if guarded.holds(&target) {
            return Err(write::same_file());
        }
        write::write(&target, &mended.bytes, self.existing)?;
        let told = format!("改了{applied}处，写在 {}", visible(&shown(&target)));
        Ok((target, told))
    }
}

/// Puts the new bytes in place of the old, which go into a file beside it. A link stays one; the file that it leads to
/// is changed.
fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<PathBuf, Failure> {
    let failed = |error: io::Error| write::failed(&error);
    let file = fs::canonicalize(path).map_err(failed)?;
    if fs::read(&file).map_err(failed)? != old {
        return Err(changed());
    }
    let permissions = fs::metadata(&file).map_err(failed)?.permissions();
    let backup = back_up(&file, old, &permissions).map_err(failed)?;
    write::write(&file, new, Existing::Replace)?;
    Ok(backup)
}

fn changed() -> Failure {
    Failure {
        code: "changed",
        message: "检查的时候文件又改动了".to_owned(),
        help: "请在别的程序里保存并关闭它，再执行一次".to_owned(),
    }
}

/// What is left to a person: fixes that have to be looked at, and files in which nothing can be mended here.
pub(super) fn left(checked: &Checked, mending: Mending) -> Option<String> {
    let findings = checked.review.diagnostics.iter().filter(|finding| finding.silenced.is_none());
    let fixes: Vec<Safety> = findings.filter_map(|finding| Some(finding.fix.as_ref()?.safety)).collect();
    if !fixes.is_empty() && !is_mendable(checked.document.format) {
        let left = fixes.len();
        return Some(format!("有{left}处给出了改法，但这种文件不能直接改；Word 文件可用 hegui annotate 写成修订"));
    }
    let left = fixes.iter().filter(|safety| **safety > mending.safety).count();
    (left > 0).then(|| format!("另有{left}处改法要人工确认，没有改；确认无误可加 --unsafe-fixes"))
}

/// Writes the old content beside the file, under a name that is free.
fn back_up(path: &Path, bytes: &[u8], permissions: &Permissions) -> io::Result<PathBuf> {
    let named = |number: usize| {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(BACKUP);
        if number > 1 {
            name.push(number.to_string());
        }
        path.with_file_name(name)
    };
    for number in 1.. {
        let backup = named(number);
        match OpenOptions::new().write(true).create_new(true).open(&backup) {
            Ok(mut file) => {
                file.write_all(bytes)?;
                file.set_permissions(permissions.clone())?;
                return file.sync_all().map(|()| backup);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// The change from one text of the file called `name` to another, as `diff -u` shows it.
pub(super) fn diff(name: &str, old: &str, new: &str, look: Look) -> String {
    let diff = TextDiff::from_lines(old, new);
    let shown = visible(name);
    let unified = diff.unified_diff().context_radius(1).header(&shown, &shown).to_string();
    if !screen::is_terminal() && !look.colour {
        return unified;
    }
    let painted = |line: &str| look.paint(colour_of(line), &visible(line)) + "\n";
    unified.lines().map(painted).collect()
}

const fn colour_of(line: &str) -> Colour {
    match line.as_bytes().first() {
        Some(b'-') => Colour::Bad,
        Some(b'+') => Colour::Good,
        Some(b'@') => Colour::Faint,
        _ => Colour::Plain,
    }
}
