//! A reader's folder: the files that a page names, its changes to them, and the commands that it runs there.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

use super::markdown::Block;

/// The folder, with a copy of the project's `examples` in it.
pub(super) struct Folder(TempDir);

impl Folder {
    pub(super) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let examples = folder.path().join("examples");
        fs::create_dir(&examples).unwrap();
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, examples.join(path.file_name().unwrap())).unwrap();
            }
        }
        Self(folder)
    }

    /// Writes a file, over one that is there.
    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Changes a file as the page shows it: each line with `-` gives way to the lines with `+` behind it. The lines
    /// are compared without the blanks at their ends, and each must stand in the file once.
    pub(super) fn change(&self, name: &str, difference: &str) -> Result<(), String> {
        let path = self.0.path().join(name);
        let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut at = 0;
        for line in difference.lines().filter(|line| !line.trim().is_empty()) {
            let (mark, wanted) = line.split_at(line.chars().next().map_or(0, char::len_utf8));
            if mark == "+" {
                lines.insert(at, wanted.to_owned());
                at += 1;
                continue;
            }
            let places: Vec<usize> =
                (0..lines.len()).filter(|index| lines[*index].trim_end() == wanted.trim_end()).collect();
            let [place] = places.as_slice() else {
                return Err(format!("{name} has {} lines “{wanted}”", places.len()));
            };
            at = *place + 1;
            if mark == "-" {
                lines.remove(*place);
                at = *place;
            }
        }
        fs::write(path, lines.join("\n") + "\n").map_err(|error| error.to_string())
    }

    /// Runs the commands of a block; what a reader sees of them, and the last exit status.
    pub(super) fn run(&self, block: &Block) -> (String, i32) {
        let (mut seen, mut status) = (String::new(), 0);
        for line in block.body.lines().filter_map(|line| line.strip_prefix("$ ")) {
            let mut words = split(line).into_iter();
            assert_eq!(words.next().as_deref(), Some("hegui"), "line {}: {line}", block.line);
            let output = Command::new(env!("CARGO_BIN_EXE_hegui"))
                .args(words)
                .current_dir(self.0.path())
                .env_remove("COLUMNS")
                .env_remove("NO_COLOR")
                .stdin(std::process::Stdio::null())
                .output()
                .unwrap();
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace('\\', "/");
            seen += &format!("$ {line}\n{}{}", text(output.stdout), text(output.stderr));
            status = output.status.code().unwrap_or(-1);
        }
        (without_blank_ends(&seen), status)
    }
}

/// The text without blanks at the ends of lines: editors take them away.
pub(super) fn without_blank_ends(text: &str) -> String {
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The words of a command line; single quotation marks keep blanks in a word.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
