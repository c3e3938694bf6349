//! Loads the packs that a run uses: the built-in ones, and in their place those of the folders that the user names.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    Packs,
    pack::{self, PackFile, Resolved},
    render::visible,
};

/// Folders below the one named are read to this depth.
const DEEPEST_FOLDER: usize = 8;
/// The folder of a pack that holds reports and their labels, not rules.
const TESTS: &str = "tests";

/// Why packs could not be loaded, drawn for a terminal: all faults at once, each at its place.
#[derive(Debug)]
pub(super) struct PackFailure {
    /// The drawing, in Chinese.
    pub rendered: String,
}

/// Loads the packs in `folders`; of the built-in ones those that they do not replace or build on.
pub(super) fn load_packs(folders: &[PathBuf]) -> Result<Packs, PackFailure> {
    let resolved = load_folders(folders)?;
    let mut replaced: Vec<String> = Vec::new();
    for pack in &resolved {
        replaced.push(pack.stamp.name.clone());
        replaced.extend(lower(pack));
    }
    let named = Packs::new(resolved.into_iter().map(|resolved| resolved.pack).collect());
    Ok(named.and_builtin_but(&replaced))
}

/// Loads the pack of each folder. One that another builds on comes behind it: the upper one reviews what fits both.
pub(super) fn load_folders(folders: &[PathBuf]) -> Result<Vec<Resolved>, PackFailure> {
    let sets = folders.iter().map(|folder| read_folder(folder)).collect::<Result<Vec<_>, _>>()?;
    let known = |name: &str| {
        let beside = sets.iter().find(|files| files.iter().any(|file| file.pack_name().as_deref() == Some(name)));
        beside.cloned().or_else(|| pack::builtin::files(name))
    };
    let mut resolved = Vec::new();
    for files in &sets {
        let loaded = pack::load(files, &known)
            .map_err(|error| failure(error.render(super::screen::width(), super::screen::complains_in_colour())))?;
        resolved.push(loaded);
    }
    let below: Vec<String> = resolved.iter().flat_map(lower).collect();
    resolved.sort_by_key(|pack| below.iter().filter(|name| **name == pack.stamp.name).count());
    Ok(resolved)
}

/// The names of the packs that a pack builds on.
fn lower(pack: &Resolved) -> impl Iterator<Item = String> {
    pack.stamp.layers.iter().filter_map(|layer| layer.split(' ').next()).map(str::to_owned)
}

/// The YAML files of a folder, in the order of their paths.
fn read_folder(folder: &Path) -> Result<Vec<PackFile>, PackFailure> {
    let path = super::load::shown(folder);
    let shown = visible(&path);
    if !folder.is_dir() {
        return Err(failure(format!("找不到规则文件夹：{shown}\n")));
    }
    let mut paths = Vec::new();
    collect(folder, DEEPEST_FOLDER, &mut paths)
        .map_err(|error| failure(format!("规则文件夹读不了：{shown}（{error}）\n")))?;
    paths.sort();
    if paths.is_empty() {
        return Err(failure(format!("规则文件夹里没有 .yaml 文件：{shown}\n")));
    }
    let mut files = Vec::new();
    for path in paths {
        files.push(read_file(&path)?);
    }
    Ok(files)
}

/// One YAML file.
pub(super) fn read_file(path: &Path) -> Result<PackFile, PackFailure> {
    let name = super::load::shown(path);
    let unread = |error: io::Error| failure(format!("规则文件读不了：{}（{error}）\n", visible(&name)));
    let bytes = fs::read(path).map_err(unread)?;
    Ok(PackFile::decode(&name, &bytes))
}

fn collect(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
        if path.is_dir() && path.file_name().is_some_and(|name| name != TESTS) && depth > 0 {
            collect(&path, depth - 1, paths)?;
        } else if is_yaml && path.is_file() {
            paths.push(path);
        }
    }
    Ok(())
}

const fn failure(rendered: String) -> PackFailure {
    PackFailure { rendered }
}
