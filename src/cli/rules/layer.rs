//! `hegui rules new`: a county's own layer over a built-in pack, from a template that explains itself.

use super::{args::New, export::write_new, resolve, say};
use crate::{
    cli::{exit::Exit, load::shown, screen},
    pack::{self, PackFile},
    render::visible,
};

/// The template. What it says of the domain is data, and a test loads it.
const TEMPLATE: &str = include_str!("../../../rules/layer.template");

/// Runs the command.
pub(super) fn run(words: &New) -> Exit {
    if let Err(told) = check_name(&words.name) {
        screen::complain(&told);
        return Exit::Usage;
    }
    let lower = match resolve(&[]).map(|packs| packs.into_iter().next()) {
        Ok(Some(lower)) => lower.stamp,
        Ok(None) => return Exit::Rules,
        Err(exit) => return exit,
    };
    let text = TEMPLATE
        .replace("{name}", &words.name)
        .replace("{lower}", &lower.name)
        .replace("{version}", &short(&lower.version))
        .replace("{year}", lower.version.split('.').next().unwrap_or_default());
    let path = words.folder.join("pack.yaml");
    let file = PackFile { name: shown(&path), text: text.clone() };
    // A name that cannot be one is found here, before anything is written.
    if let Err(error) = pack::load(&[file], &pack::builtin::files) {
        screen::complain(&error.render(screen::width(), screen::complains_in_colour()));
        return Exit::Usage;
    }
    let files = [
        ("pack.yaml".to_owned(), text.into_bytes()),
        ("schema.json".to_owned(), pack::schema_text().as_bytes().to_vec()),
    ];
    if let Err(exit) = write_new(&words.folder, &files) {
        return exit;
    }
    let (folder, path) = (shown(&words.folder), shown(&path));
    let (folder, path) = (visible(&folder), visible(&path));
    let told = format!(
        "已写好 {path}，建立在“{}”{}之上。用记事本打开它，按里面的说明修改。\n检验：hegui rules test {folder}\n\
         比较：hegui rules diff 内置 {folder} 报告文件夹\n使用：hegui check --rules {folder} 报告.docx\n",
        lower.title, lower.version
    );
    say(&told, false, Exit::Fine)
}

/// Whether a new pack may have this id; if not, says why.
fn check_name(name: &str) -> Result<(), String> {
    let shown = visible(name);
    let is_kebab = name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-');
    if name.is_empty() || !is_kebab || name.starts_with('-') || name.ends_with('-') {
        return Err(format!("编号“{shown}”写法不对：编号用小写字母、数字和连字符，例如 qinghe-county\n"));
    }
    if pack::builtin::names().contains(&name) {
        return Err(format!("编号“{shown}”已被内置规则使用，请换一个，例如 qinghe-county\n"));
    }
    Ok(())
}

/// Year and number of a version: `2026.1`.
pub(super) fn short(version: &str) -> String {
    version.split('.').take(2).collect::<Vec<_>>().join(".")
}
