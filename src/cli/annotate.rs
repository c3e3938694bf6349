//! `hegui annotate`: a copy of a Word file with the findings as comments and the fixes as tracked changes, beside it.
//!
//! The file itself is never written; the copy is whole or not there.

use std::path::Path;

use super::{
    args::Annotate,
    exit::Exit,
    gather::beside,
    load::{Input, shown},
    screen,
    setup::{Setup, Words},
    write::{self, Existing},
};
use crate::{
    Checked,
    diagnostic::Severity,
    document,
    render::{Entry, Failure, Summary, annotate, visible},
};

/// What the name of a copy has more than that of the file.
pub(super) const MARK: &str = "（批注）";

/// The code of the failure where a file is not of Word.
pub(super) const NO_WORD_FILE: &str = "no-docx";

/// Runs the command.
pub(super) fn run(words: &Annotate) -> Exit {
    let setup = Words {
        rules: &words.rules,
        agreed: &words.agreed,
        year: words.year,
        fail_on: words.fail_on,
        no_silence: false,
    };
    let setup = match Setup::load_or_tell(&setup) {
        Ok(setup) => setup,
        Err(exit) => return exit,
    };
    setup.announce();
    let input = Input::file(&words.path, &words.path);
    let name = input.name.clone();
    let checked = input.load().and_then(|bytes| {
        let (checked, used) = setup.check(&bytes, &name)?;
        setup.complain_of_unused(&used);
        let copy = copy(&bytes, &checked)?;
        Ok((checked, copy))
    });
    let (checked, copy) = match checked {
        Ok(done) => done,
        Err(failure) => {
            screen::complain_of(&name, &failure);
            return Exit::Input;
        }
    };
    let output = words.output.clone().unwrap_or_else(|| beside(&words.path, MARK, Some("docx")));
    let existing = if words.force { Existing::Replace } else { Existing::Keep };
    let written = match write::identity(&words.path) == write::identity(&output) {
        true => Err(write::same_file()),
        false => write::write(&output, &copy, existing),
    };
    if let Err(failure) = written {
        screen::complain_of(&shown(&output), &failure);
        return Exit::Output;
    }
    report(name, checked, &output, setup.fail_on)
}

/// The annotated copy of a Word file.
pub(super) fn copy(bytes: &[u8], checked: &Checked) -> Result<Vec<u8>, Failure> {
    if checked.document.format != document::Format::Docx {
        return Err(Failure {
            code: NO_WORD_FILE,
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
    screen::say(&text).max(if summary.fails(fail_on) { Exit::Findings } else { Exit::Fine })
}
