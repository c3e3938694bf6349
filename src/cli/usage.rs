//! What is wrong with a command line, in Chinese: clap finds it, the words are ours.

use clap::{
    Command,
    error::{ContextKind, ContextValue, Error, ErrorKind},
};

use super::help;

/// Says what is wrong and how to write it. `name` is how the command was called, `command` its definition.
pub(super) fn explain(error: &Error, command: &Command, name: &str) -> String {
    let mut lines = vec![format!("命令写得不对：{}", problem(error))];
    lines.extend(suggestion(error).or_else(|| misplaced(error, command)));
    lines.push(format!("用法：{}", help::usage(command, name)));
    lines.push(format!("详细说明：{name} --help"));
    lines.join("\n") + "\n"
}

fn problem(error: &Error) -> String {
    let argument = words(error, ContextKind::InvalidArg);
    let value = words(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令，也没有叫这个名字的文件", words(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => format!("没有“{argument}”这个选项"),
        ErrorKind::UnknownArgument => format!("多写了“{argument}”"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面没有写值"),
        ErrorKind::InvalidValue => format!("“{argument}”的值“{value}”不对"),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("“{argument}”的值“{value}”不对，{reason}")
        }
        ErrorKind::MissingRequiredArgument => format!("没有写“{argument}”"),
        ErrorKind::MissingSubcommand => "没有写命令".to_owned(),
        ErrorKind::ArgumentConflict if argument == words(error, ContextKind::PriorArg) => {
            format!("“{argument}”写了不止一次")
        }
        ErrorKind::ArgumentConflict => {
            format!("“{argument}”不能与“{}”一起写", words(error, ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues => format!("“{argument}”的值写多了"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("“{argument}”的值的个数不对"),
        ErrorKind::InvalidUtf8 => "有的值含有无法识别的字符".to_owned(),
        _ => "无法理解这一行命令".to_owned(),
    }
}

/// What to write instead: what clap takes to be meant, or the values there are.
fn suggestion(error: &Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let meant = kinds.into_iter().map(|kind| words(error, kind)).find(|meant| !meant.is_empty());
    let values = words(error, ContextKind::ValidValue);
    let meant = meant.map(|meant| format!("是不是要写：{meant}"));
    let values = (!values.is_empty()).then(|| format!("可以写：{values}"));
    match (meant, values) {
        (Some(meant), Some(values)) => Some(format!("{meant}\n{values}")),
        (meant, values) => meant.or(values),
    }
}

/// Where an option belongs that was written before the command.
fn misplaced(error: &Error, command: &Command) -> Option<String> {
    let option = words(error, ContextKind::InvalidArg);
    let long = option.strip_prefix("--").filter(|_| error.kind() == ErrorKind::UnknownArgument)?;
    let has = |command: &&Command| command.get_arguments().any(|argument| argument.get_long() == Some(long));
    let owner = command.get_subcommands().find(has)?;
    Some(format!("要写在命令后面：hegui {} {option} …", owner.get_name()))
}

/// What clap says about `kind`, if anything, several things with 、 between them.
fn words(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(word)) => crate::render::visible(word).into_owned(),
        Some(ContextValue::Strings(all)) => {
            all.iter().map(|word| crate::render::visible(word)).collect::<Vec<_>>().join("、")
        }
        _ => String::new(),
    }
}
