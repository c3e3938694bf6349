//! `hegui.yaml` as it was written: [`Draft`]. What it names of the packs is not asked here, but in `meaning`.

use super::{Agreement, SHAPE, WHAT, def::AgreementDef, meaning};
use crate::{
    Packs,
    pack::{Fault, PackError, PackFile, Path, Written, quoted},
};

/// A `hegui.yaml`, read, with its faults of form.
#[derive(Debug)]
pub struct Draft {
    pub(super) written: Written,
    pub(super) def: AgreementDef,
    pub(super) file: String,
    /// Whether packs are missing that it may speak of.
    pub(super) blind: bool,
}

impl Draft {
    /// Reads a file. What is wrong with it is told by [`against`](Self::against), or by [`refuse`](Self::refuse).
    #[must_use]
    pub fn read(file: &PackFile) -> Self {
        let mut written = Written::read(file, &SHAPE, WHAT);
        let def = written.data();
        let blind = written.has_lost("rules");
        Self { written, def, file: file.name.clone(), blind }
    }

    /// The folders of packs that it names, relative to its own.
    #[must_use]
    pub fn folders(&self) -> &[String] {
        &self.def.rules
    }

    /// Notes that a folder of [`folders`](Self::folders) is not there.
    pub fn no_folder(&mut self, index: usize) {
        self.blind = true;
        let shown = self.def.rules.get(index).map_or("", String::as_str);
        let message = match shown.trim() {
            "" => "没有写是哪个文件夹".to_owned(),
            shown => format!("找不到规则文件夹“{}”", quoted(shown, 60)),
        };
        let fault = Fault::new(Path::root("rules").index(index), message);
        self.written.raise(&fault.help("写文件夹的路径，相对于本文件所在的文件夹；用内置规则就删去它"));
    }

    /// What was agreed, by the rules of these packs.
    ///
    /// # Errors
    /// Everything that is wrong with the file, each at its place.
    pub fn against(mut self, packs: &Packs) -> Result<Agreement, PackError> {
        let agreement = meaning::of(&mut self, &packs.all().collect::<Vec<_>>());
        self.written.finish().map(|()| agreement)
    }

    /// What is wrong with its form, where there are no packs to hold it against.
    ///
    /// # Errors
    /// Everything that is wrong with the form of the file, each at its place.
    pub fn refuse(self) -> Result<(), PackError> {
        self.written.finish()
    }
}
