//! The help pages, laid out by us: clap's own have English words and break lines at blanks alone.

use clap::{Arg, ArgAction, Command};

use crate::{render::wrap, text::display_width};

/// The page of `command`, called as `name`, for this many cells.
pub(super) fn page(command: &Command, name: &str, width: usize) -> String {
    let mut page = String::new();
    if let Some(about) = command.get_about() {
        page += &wrap("", &about.to_string(), width);
        page.push('\n');
    }
    page += &wrap("用法：", &usage(command, name), width);
    let commands: Vec<_> = command
        .get_subcommands()
        .map(|command| (command.get_name().to_owned(), command.get_about().map(ToString::to_string)))
        .collect();
    let arguments: Vec<_> = command.get_positionals().map(entry).collect();
    let options: Vec<_> = command.get_arguments().filter(|argument| !argument.is_positional()).map(entry).collect();
    for (title, entries) in [("命令", commands), ("参数", arguments), ("选项", options)] {
        page += &list(title, &entries, width);
    }
    if command.has_subcommands() {
        page.push('\n');
        if !name.contains(' ') {
            page += &wrap("", "只写文件或文件夹，不写命令，就是检查它；也可以把文件拖到程序图标上。", width);
        }
        page += &wrap("", &format!("各命令的详细说明：{name} <命令> --help"), width);
    }
    page
}

/// How the command is called, in one line.
pub(super) fn usage(command: &Command, name: &str) -> String {
    let mut line = name.to_owned();
    if command.has_subcommands() {
        return line + " <命令> [选项] …";
    }
    line += " [选项]";
    for argument in command.get_arguments().filter(|argument| argument.is_required_set() && !argument.is_positional()) {
        line += &format!(" --{} <{}>", argument.get_long().unwrap_or_default(), value_name(argument));
    }
    for argument in command.get_positionals() {
        let value = value_name(argument);
        let more = if matches!(argument.get_action(), ArgAction::Append) { "…" } else { "" };
        line += &if argument.is_required_set() { format!(" <{value}>{more}") } else { format!(" [{value}]{more}") };
    }
    line
}

fn entry(argument: &Arg) -> (String, Option<String>) {
    let mut name = argument.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    match argument.get_long() {
        Some(long) => name += &format!("--{long}"),
        None => name += value_name(argument),
    }
    if argument.get_action().takes_values() && !argument.is_positional() {
        name += &format!(" <{}>", value_name(argument));
    }
    (name, argument.get_help().map(ToString::to_string))
}

fn value_name(argument: &Arg) -> &str {
    argument.get_value_names().and_then(<[_]>::first).map_or("值", clap::builder::Str::as_str)
}

/// `entries` under `title`: beside each other where there is room, else one below the other.
fn list(title: &str, entries: &[(String, Option<String>)], width: usize) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let mut page = format!("\n{title}：\n");
    let column = entries.iter().map(|(name, _)| display_width(name)).max().unwrap_or(0) + 4;
    for (name, about) in entries {
        let about = about.as_deref().unwrap_or_default();
        if column * 3 <= width {
            let gap = " ".repeat(column.saturating_sub(display_width(name) + 2));
            page += &wrap(&format!("  {name}{gap}"), about, width);
        } else {
            page += &format!("  {name}\n{}", wrap("      ", about, width));
        }
    }
    page
}
