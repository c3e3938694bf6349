//! Loads the packs that a run uses: the built-in ones, and in their place those of the folders that the user names.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::load::{cause, shown};
use crate::{
    Packs,
    pack::{self, PackError, PackFile, Resolved},
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
    load_packs_beside(folders, &[])
}

/// The same, where the packs may also build on those in the folders `beside`.
pub(super) fn load_packs_beside(folders: &[PathBuf], beside: &[PathBuf]) -> Result<Packs, PackFailure> {
    let resolved = load_among(&read_folders(folders)?, &read_folders(beside)?)?;
    complain_of_rivals(&resolved);
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
    load_among(&read_folders(folders)?, &[])
}

/// Loads packs, which may build on each other and on those `beside` them.
fn load_among(own: &[Vec<PackFile>], beside: &[Vec<PackFile>]) -> Result<Vec<Resolved>, PackFailure> {
    let sets = [own, beside].concat();
    let mut resolved = own.iter().map(|files| load_files(files, &sets)).collect::<Result<Vec<_>, _>>()?;
    let below: Vec<String> = resolved.iter().flat_map(lower).collect();
    resolved.sort_by_key(|pack| below.iter().filter(|name| **name == pack.stamp.name).count());
    Ok(resolved)
}

/// Says which packs are never used: one for the same reports stands before them, and neither builds on the other.
fn complain_of_rivals(packs: &[Resolved]) {
    let titles = |pack: &Resolved| pack.def.pack.as_ref().map(|head| head.titles.clone()).unwrap_or_default();
    let builds = |upper: &Resolved, name: &str| lower(upper).any(|lower| lower == name);
    for (index, pack) in packs.iter().enumerate() {
        let own = titles(pack);
        let is_rival = |other: &&Resolved| !own.is_empty() && titles(other) == own && !builds(other, &pack.stamp.name);
        let Some(first) = packs.iter().take(index).find(is_rival) else { continue };
        let (unused, used) = (visible(&pack.stamp.name), visible(&first.stamp.name));
        super::screen::complain(&format!(
            "规则包 {unused} 与 {used} 管同样的报告，只用写在前面的 {used}；两个都要用，就让其中一个用 extends 建立在另一个上\n"
        ));
    }
}

/// The files of the pack of each folder.
pub(super) fn read_folders(folders: &[PathBuf]) -> Result<Vec<Vec<PackFile>>, PackFailure> {
    folders.iter().map(|folder| read_folder(folder)).collect()
}

/// Loads the pack of these files, which may build on a pack of `sets` or on a built-in one.
pub(super) fn load_files(files: &[PackFile], sets: &[Vec<PackFile>]) -> Result<Resolved, PackFailure> {
    let known = |name: &str| {
        let beside = sets.iter().find(|files| files.iter().any(|file| file.pack_name().as_deref() == Some(name)));
        beside.cloned().or_else(|| pack::builtin::files(name))
    };
    pack::load(files, &known).map_err(|error| drawn(&error))
}

/// The faults of YAML files, drawn for the terminal.
pub(super) fn drawn(error: &PackError) -> PackFailure {
    failure(error.render(super::screen::width(), super::screen::complains_in_colour()))
}

/// The names of the packs that a pack builds on.
fn lower(pack: &Resolved) -> impl Iterator<Item = String> {
    pack.stamp.layers.iter().filter_map(|layer| layer.split(' ').next()).map(str::to_owned)
}

/// The YAML files of a folder, in the order of their paths.
fn read_folder(folder: &Path) -> Result<Vec<PackFile>, PackFailure> {
    let path = shown(folder);
    let name = visible(&path);
    if !folder.is_dir() {
        return Err(failure(format!("找不到规则文件夹：{name}\n")));
    }
    let paths =
        yaml_files(folder).map_err(|error| failure(format!("规则文件夹读不了：{name}（{}）\n", cause(&error))))?;
    if paths.is_empty() {
        return Err(failure(format!("规则文件夹里没有 .yaml 文件：{name}\n")));
    }
    let mut files = Vec::new();
    for path in paths {
        files.push(read_file(&path)?);
    }
    Ok(files)
}

/// The paths of a pack's YAML files, in order.
pub(super) fn yaml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    collect(folder, DEEPEST_FOLDER, &mut paths)?;
    paths.sort();
    Ok(paths)
}

/// One YAML file.
pub(super) fn read_file(path: &Path) -> Result<PackFile, PackFailure> {
    let name = shown(path);
    let unread = |error: io::Error| failure(format!("文件读不了：{}（{}）\n", visible(&name), cause(&error)));
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
