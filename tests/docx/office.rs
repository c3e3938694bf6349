//! LibreOffice opens annotated files and finds our comments where they are. Skipped where it is not installed.

use std::{fs, path::Path, process::Command};

use hegui::diagnostic::Safety;
use tempfile::TempDir;

use crate::{
    annotated, file, finding,
    package::{paragraph, run},
    read, replacement, walk,
};

/// The file as LibreOffice saves it.
fn saved(bytes: &[u8]) -> Option<Vec<u8>> {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("in.docx"), bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "docx", "--outdir", "out", "in.docx"])
        .current_dir(folder.path())
        .output();
    let output = run.ok()?;
    let path = folder.path().join("out/in.docx");
    assert!(Path::new(&path).exists(), "{output:?}");
    Some(fs::read(path).unwrap())
}

#[test]
fn libreoffice_finds_comments_and_changes() {
    let foreign = "<w:ins w:id=\"8\" w:author=\"张伟\" w:date=\"2024-01-01T00:00:00Z\"><w:r><w:t>新增法制宣传</w:t></w:r></w:ins>";
    let body = format!(
        "{}<w:p>{}{foreign}{}</w:p>{}",
        paragraph("题目"),
        run("开展"),
        run("工作"),
        paragraph("三项制度<落实".replace('<', "&lt;").as_str())
    );
    let bytes = file(&body);
    let mut checked = read(&bytes);
    checked.review.diagnostics =
        vec![replacement(&checked, "法制宣传", "法制", "法治", Safety::Safe), finding(&checked, "制度<落")];
    let copy = annotated(&bytes, &checked);
    let Some(saved) = saved(&copy) else { return };
    assert_eq!(walk::comments(&saved).len(), 3);
    let covered: Vec<String> = walk::covered(&saved).into_values().collect();
    assert_eq!(covered, ["题目", "法制宣传", "制度<落"]);
    let xml = walk::xml(&saved, "word/document.xml");
    assert!(xml.contains("w:author=\"张伟\"") && xml.contains("delText") && xml.contains("法治"), "{xml}");
}
