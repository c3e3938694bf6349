//! `hegui annotate`: a copy of a Word file with the findings as comments and the fixes as tracked changes, beside it.
//!
//! The file itself is never written; the copy is whole or not there.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};

use super::{
    args::Annotate,
    exit::Exit,
    load::{Input, cause, shown},
    screen,
    setup::{Setup, Words},
};
use crate::{
    Checked,
    diagnostic::Severity,
    document,
    render::{Entry, Failure, Summary, annotate, visible},
};

/// What the name of a copy has more than that of the file.
const MARK: &str = "（批注）";

/// Runs the command.
pub(super) fn run(words: &Annotate) -> Exit {
    let setup = Words {
        rules: &words.rules,
        agreed: &words.agreed,
        year: words.year,
        fail_on: words.fail_on,
        no_silence: false,
    };
    let setup = match Setup::load(&setup) {
        Ok(setup) => setup,
        Err(failure) => {
            screen::complain(&failure.rendered);
            return Exit::Rules;
        }
    };
    setup.announce();
    let (name, bytes) = Input::File(words.path.clone()).load();
    let checked = bytes.and_then(|bytes| {
        let (checked, used) = setup.check(&bytes, &name)?;
        setup.complain_of_unused(&used);
        let copy = copy(&bytes, &checked)?;
        Ok((checked, copy))
    });
    let (checked, copy) = match checked {
        Ok(done) => done,
        Err(failure) => {
            complain(&name, &failure);
            return Exit::Input;
        }
    };
    let output = words.output.clone().unwrap_or_else(|| beside(&words.path));
    if let Err(failure) = write(&words.path, &output, &copy, words.force) {
        complain(&shown(&output), &failure);
        return Exit::Output;
    }
    report(name, checked, &output, setup.fail_on)
}

fn copy(bytes: &[u8], checked: &Checked) -> Result<Vec<u8>, Failure> {
    if checked.document.format != document::Format::Docx {
        return Err(Failure {
            code: "no-docx",
            message: "这不是 Word 文件（.docx），加不了批注".to_owned(),
            help: "请用 Word 或 WPS 打开，“另存为” .docx 再试；只看结果可以用 hegui check".to_owned(),
        });
    }
    Ok(annotate(bytes, checked)?)
}

/// Says what was written and what was found.
fn report(name: String, checked: Checked, output: &Path, fail_on: Option<Severity>) -> Exit {
    let summary = Summary::of(&Entry { path: name, outcome: Ok(checked) });
    let Summary { errors, warnings, infos, .. } = summary;
    let text = format!("已写出：{}\n必须改{errors}处，建议改{warnings}处，供参考{infos}处\n", visible(&shown(output)));
    let fails = fail_on.is_some_and(|severity| summary.at_least(severity) > 0);
    screen::say(&text).max(if fails { Exit::Findings } else { Exit::Fine })
}

fn complain(name: &str, failure: &Failure) {
    let Failure { message, help, .. } = failure;
    screen::complain(&format!("{}：{}\n怎么办：{}\n", visible(name), visible(message), visible(help)));
}

/// The name of the copy where the user gives none.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(MARK);
    name.push(".docx");
    path.with_file_name(name)
}

/// Writes the copy beside its place and moves it there, so that nobody ever sees half of it.
fn write(input: &Path, output: &Path, copy: &[u8], force: bool) -> Result<(), Failure> {
    if is_same(input, output) {
        return Err(refused("same-file", "这就是原文件，不能写在它上面", "请用 -o 另起一个文件名"));
    }
    let exists = || {
        refused("exists", "已经有这个文件，没有覆盖", "请先把它移走，或者用 -o 另起一个文件名；要覆盖就加上 --force")
    };
    if !force && fs::symlink_metadata(output).is_ok() {
        return Err(exists());
    }
    let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = temporary(folder).map_err(|error| failed(&error))?;
    file.write_all(copy).and_then(|()| file.as_file().sync_all()).map_err(|error| failed(&error))?;
    let moved = if force { file.persist(output) } else { file.persist_noclobber(output) };
    match moved {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(exists()),
        Err(error) => Err(failed(&error.error)),
    }
}

/// A new file, which others may read as they may any file that the user makes.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".hegui-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

fn failed(error: &io::Error) -> Failure {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "请看看要写入的文件夹在不在，路径有没有写错",
        io::ErrorKind::PermissionDenied => "请用 -o 写到自己的文件夹里，例如桌面",
        _ => "请关闭正打开着的同名文件，或者用 -o 写到别的文件夹里",
    };
    let message = match error.kind() {
        io::ErrorKind::PermissionDenied => "没有写入的权限".to_owned(),
        _ => cause(error),
    };
    Failure { code: "unwritable", message, help: help.to_owned() }
}

fn refused(code: &'static str, message: &str, help: &str) -> Failure {
    Failure { code, message: message.to_owned(), help: help.to_owned() }
}
