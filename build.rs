//! Turns the built-in packs from YAML into one JSON text, so that a start of hegui does not parse YAML.
//!
//! It does not judge them: the tests load the same files through the checks that any pack goes through.

use std::{env, fs, io, path::Path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=rules");
    let mut files = Vec::new();
    collect(Path::new("rules"), &mut files)?;
    files.sort();
    let mut packs = serde_json::Map::new();
    for path in files {
        let value: serde_json::Value = serde_yaml::from_str(&fs::read_to_string(&path)?)?;
        let name = path.strip_prefix("rules")?.to_string_lossy().replace('\\', "/");
        // As text within the text: a start reads only the files of the packs that it needs.
        packs.insert(name, serde_json::to_string(&value)?.into());
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("packs.json");
    fs::write(out, serde_json::to_string(&packs)?)?;
    Ok(())
}

/// The YAML files under `folder`, in no order. A pack's `tests` folder is no part of the pack.
fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
    Ok(())
}
