//! `hegui rules export`: a built-in pack written out as files, with its tests, ready to be changed.

use std::{fs, io, path::Path};

use super::{args::Export, say, unwritten};
use crate::{
    cli::{
        exit::Exit,
        load::shown,
        screen,
        write::{Existing, write},
    },
    pack,
    render::visible,
};

/// The schema's file name; editors complete and check by it.
const SCHEMA: &str = "schema.json";

/// Runs the command.
pub(super) fn run(words: &Export) -> Exit {
    let name = match chosen(words.pack.as_deref()) {
        Ok(name) => name,
        Err(exit) => return exit,
    };
    let mut files = Vec::new();
    for (path, bytes) in pack::builtin::export(&name) {
        let inside = path.split_once('/').map_or(path.as_str(), |(_, inside)| inside).to_owned();
        let bytes = if inside.ends_with(".yaml") && !inside.starts_with("tests/") {
            with_schema(&inside, bytes)
        } else {
            bytes
        };
        files.push((inside, bytes));
    }
    files.push((SCHEMA.to_owned(), pack::schema_text().as_bytes().to_vec()));
    let count = files.len();
    match write_new(&words.folder, &files) {
        Ok(()) => {
            let folder = visible(&shown(&words.folder)).into_owned();
            say(
                &format!(
                    "规则包 {name} 已写到 {folder}，共{count}个文件。\n检验：hegui rules test {folder}\n\
                     使用：hegui check --rules {folder} 报告.docx\n"
                ),
                false,
                Exit::Fine,
            )
        }
        Err(exit) => exit,
    }
}

/// The pack that a user names, else the first that is for reports.
fn chosen(name: Option<&str>) -> Result<String, Exit> {
    let names = pack::builtin::names();
    if let Some(name) = name {
        if names.contains(&name) {
            return Ok(name.to_owned());
        }
        let told = format!("没有叫“{}”的内置规则包；有：{}\n", visible(name), names.join("、"));
        screen::complain(&told);
        return Err(Exit::Usage);
    }
    let packs = super::resolve(&[])?;
    packs.first().map(|resolved| resolved.stamp.name.clone()).ok_or(Exit::Rules)
}

/// A file of rules with its first line for editors.
fn with_schema(path: &str, bytes: Vec<u8>) -> Vec<u8> {
    let up = "../".repeat(path.matches('/').count());
    let mut text = format!("# yaml-language-server: $schema={up}{SCHEMA}\n").into_bytes();
    // Among the built-in packs the schema lies elsewhere.
    let own = bytes.starts_with(b"# yaml-language-server");
    let line = bytes.iter().position(|byte| *byte == b'\n').filter(|_| own).map_or(0, |end| end + 1);
    text.extend(bytes.get(line..).unwrap_or_default());
    text
}

/// Writes files into a folder that must be new or empty. What went wrong has been said.
pub(super) fn write_new(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Exit> {
    let is_free = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if !is_free {
        let shown = shown(folder);
        screen::complain(&format!("“{}”已经存在，里面有文件；为免覆盖，没有写。请换一个新文件夹\n", visible(&shown)));
        return Err(Exit::Usage);
    }
    for (inside, bytes) in files {
        let path = folder.join(inside);
        write(&path, bytes, Existing::Keep).map_err(|failure| unwritten(&(path, failure)))?;
    }
    Ok(())
}
