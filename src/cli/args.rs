//! What a user may type: names, values and their Chinese descriptions. No logic beyond reading a value.

use std::{ffi::OsString, path::PathBuf};

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::{
    rules::args::{Explain, Rules, Try},
    setup,
};
use crate::{diagnostic::Severity, render};

/// The years that a report can be about.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "hegui",
    version,
    about = "合规：对照规则检查机关的报告，指出哪里没有写、没写实、写错或者过时",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(super) struct Line {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    help: HelpFlag,
    #[arg(long, short = 'V', action = ArgAction::Version, help = "显示程序和规则的版本")]
    version: (),
}

/// The help flag of every command, in Chinese.
#[derive(Debug, Args)]
pub(super) struct HelpFlag {
    #[arg(long, short = 'h', action = ArgAction::Help, help = "显示这份说明")]
    help: (),
}

/// How standard input is treated, wherever it can be read.
#[derive(Debug, Args)]
pub(super) struct StandardInput {
    #[arg(
        id = "stdin-name",
        long = "stdin-name",
        value_name = "文件名",
        help = "从标准输入读时，用作文件名，例如 报告.md"
    )]
    pub name: Option<String>,
}

/// Which agreement of the office is used, wherever reports are checked.
#[derive(Debug, Args)]
pub(super) struct Agreed {
    #[arg(
        long,
        value_name = "文件",
        help = "本单位的约定：用哪些规则、哪些不提示；不写则用当前文件夹里的 hegui.yaml，没有就不用"
    )]
    pub config: Option<PathBuf>,
    #[arg(long, conflicts_with = "config", help = "不用约定，即使当前文件夹里有 hegui.yaml")]
    pub no_config: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check reports.
    #[command(about = "检查报告")]
    Check(Check),
    /// Write a copy of a Word file with comments and tracked changes.
    #[command(about = "另存一份 Word 文件，问题写成批注，改法写成修订")]
    Annotate(Annotate),
    /// Print a report's text.
    #[command(about = "打印报告的文字，即检查结果所指的行、列所在的文字")]
    Text(Text),
    /// The rule keeper's bench.
    #[command(about = "查看、检验、修改规则")]
    Rules(Rules),
    /// Why a rule says of a report what it says.
    #[command(about = "说明一条规则在一份报告里为什么得出这个结果")]
    Explain(Explain),
    /// What a wording would hit.
    #[command(about = "试一个说法在报告里会找到什么")]
    Try(Try),
}

/// The words of `check`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(super) struct Check {
    #[arg(
        value_name = "文件或文件夹",
        help = "要检查的报告，或装有报告的文件夹；写 - 从标准输入读；不写则检查当前文件夹"
    )]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "文件夹", help = "改用这个文件夹里的规则，可以写几次")]
    pub rules: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "格式",
        default_value = "pretty",
        help = "打印成什么格式：pretty 供人阅读，html 网页，docx 带批注的 Word 文件，xlsx 多份报告的总表；json、ndjson（一份报告一行）供程序读取，sarif 供代码扫描平台，junit 供持续集成的测试报表，github 供 GitHub Actions 标注（默认 pretty）"
    )]
    pub format: Format,
    #[arg(
        long,
        value_name = "格式=路径",
        value_parser = outputs,
        help = "另外写成文件，例如 xlsx=总表.xlsx；可以写几次，或用逗号隔开。docx、html 每份报告一个文件，查几份时路径是文件夹"
    )]
    pub output: Vec<Outputs>,
    #[arg(long, help = "改好可以直接改的地方（文本和 Markdown），另存为“原名（修改）”，再检查改后的")]
    pub fix: bool,
    #[arg(long, conflicts_with_all = ["fix", "format"], help = "只显示 --fix 会怎样改，不写文件；有可改的以状态1退出")]
    pub diff: bool,
    #[arg(long, requires = "fix", help = "和 --fix 一起用：改在原文件上，原来的另存为“原名.bak”")]
    pub in_place: bool,
    #[arg(long, help = "--fix 和 --diff 连同要人工确认的改法一起改")]
    pub unsafe_fixes: bool,
    #[arg(long, help = "要写的带批注、修改过的文件已经存在时覆盖它")]
    pub force: bool,
    #[arg(
        long,
        value_name = "等级",
        help = "有这一级以上的问题时以状态1退出：error 必须改，warning 建议改，info 供参考，never 从不（默认 error）"
    )]
    pub fail_on: Option<FailOn>,
    #[command(flatten)]
    pub agreed: Agreed,
    #[arg(long, help = "约定里写明不再提示的也照样提示")]
    pub no_silence: bool,
    #[arg(long, value_name = "年份", value_parser = year, help = "报告写的是哪一年；不写则由报告自己认出")]
    pub year: Option<i32>,
    #[arg(
        long,
        value_name = "何时",
        default_value = "auto",
        help = "是否用颜色：auto 看终端，always 总用，never 不用（默认 auto）"
    )]
    pub color: Color,
    #[arg(
        long,
        conflicts_with_all = ["stdin-name", "output", "fix", "diff"],
        help = "一直等着：报告、规则或者约定一有改动就重新检查，按 Ctrl-C 结束"
    )]
    pub watch: bool,
    #[command(flatten)]
    pub stdin: StandardInput,
    #[command(flatten)]
    help: HelpFlag,
}

impl Check {
    /// What the run goes by.
    pub(super) const fn setup(&self) -> setup::Words<'_> {
        let Self { rules, agreed, year, fail_on, no_silence, .. } = self;
        setup::Words { rules: rules.as_slice(), agreed, year: *year, fail_on: *fail_on, no_silence: *no_silence }
    }
}

/// The words of `annotate`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(super) struct Annotate {
    #[arg(value_name = "文件", help = "要检查的报告，Word 文件（.docx）；它不会被改动")]
    pub path: PathBuf,
    #[arg(
        long,
        short = 'o',
        value_name = "新文件",
        help = "写到哪个文件；不写则写在原文件旁边，名为“原名（批注）.docx”"
    )]
    pub output: Option<PathBuf>,
    #[arg(long, help = "新文件已经存在时覆盖它")]
    pub force: bool,
    #[arg(long, value_name = "文件夹", help = "改用这个文件夹里的规则，可以写几次")]
    pub rules: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "等级",
        help = "有这一级以上的问题时以状态1退出：error 必须改，warning 建议改，info 供参考，never 从不（默认 error）"
    )]
    pub fail_on: Option<FailOn>,
    #[command(flatten)]
    pub agreed: Agreed,
    #[arg(long, value_name = "年份", value_parser = year, help = "报告写的是哪一年；不写则由报告自己认出")]
    pub year: Option<i32>,
    #[command(flatten)]
    help: HelpFlag,
}

/// The words of `text`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(super) struct Text {
    #[arg(value_name = "文件", help = "报告；写 - 从标准输入读")]
    pub path: PathBuf,
    #[command(flatten)]
    pub stdin: StandardInput,
    #[command(flatten)]
    help: HelpFlag,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Pretty,
    Json,
    Ndjson,
    Html,
    Docx,
    Xlsx,
    Sarif,
    Junit,
    Github,
}

/// What is written of many reports, and into how many files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A text over all of them.
    Stream(render::Format),
    /// A page over all of them, or one of each.
    Page(render::Format),
    /// A copy of each Word file with comments and tracked changes.
    Annotated,
    /// A workbook over all of them.
    Workbook,
}

impl Format {
    /// Its shape.
    pub(super) const fn shape(self) -> Shape {
        match self {
            Self::Pretty => Shape::Stream(render::Format::Pretty),
            Self::Json => Shape::Stream(render::Format::Json),
            Self::Ndjson => Shape::Stream(render::Format::Ndjson),
            Self::Sarif => Shape::Stream(render::Format::Sarif),
            Self::Junit => Shape::Stream(render::Format::Junit),
            Self::Github => Shape::Stream(render::Format::Github),
            Self::Html => Shape::Page(render::Format::Html),
            Self::Docx => Shape::Annotated,
            Self::Xlsx => Shape::Workbook,
        }
    }
}

/// One value of `--output`: files to write, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outputs(pub Vec<Output>);

/// A format and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Output {
    pub format: Format,
    pub path: PathBuf,
}

/// Reads `格式=路径[,格式=路径…]`. A comma belongs to the path unless a format and `=` follow it.
fn outputs(text: &str) -> Result<Outputs, String> {
    let mut outputs: Vec<Output> = Vec::new();
    for piece in text.split(',') {
        let named = piece.split_once('=').and_then(|(name, path)| Some((Format::from_str(name, false).ok()?, path)));
        match (named, outputs.last_mut()) {
            (Some((format, path)), _) => outputs.push(Output { format, path: path.into() }),
            (None, Some(last)) => {
                last.path.as_mut_os_string().push(",");
                last.path.as_mut_os_string().push(piece);
            }
            (None, None) => return Err("应写成 格式=路径，例如 json=结果.json".to_owned()),
        }
    }
    match outputs.iter().find(|output| output.path.as_os_str().is_empty()) {
        Some(_) => Err("等号后面缺少路径，例如 json=结果.json".to_owned()),
        None => Ok(Outputs(outputs)),
    }
}

/// From which grade on findings make a run fail.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// The grade; none for never.
    pub(super) const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// Whether to use colours.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// Reads a year.
pub(super) fn year(text: &str) -> Result<i32, String> {
    let year = text.parse().ok().filter(|year| YEARS.contains(year));
    year.ok_or_else(|| format!("应是{}到{}之间的四位数字", YEARS.start(), YEARS.end()))
}

/// `words` with `check` put in where the first word is no command but a path: a file dropped on the program.
pub(super) fn with_command(mut words: Vec<OsString>) -> Vec<OsString> {
    let Some(first) = words.get(1) else { return words };
    let text = first.to_string_lossy();
    let known = <Line as clap::CommandFactory>::command().find_subcommand(first).is_some();
    // A path that does not exist is one all the same if it looks like one; else a mistyped command is likelier.
    let path_like = || text.contains(['.', '/', '\\']) || PathBuf::from(first).exists();
    if text == "-" || (!known && !text.starts_with('-') && path_like()) {
        words.insert(1, "check".into());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds_together() {
        <Line as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn a_bare_path_is_checked() {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(with_command(words("hegui 报告.docx 另一份.docx")), words("hegui check 报告.docx 另一份.docx"));
        assert_eq!(with_command(words("hegui text 报告.docx")), words("hegui text 报告.docx"));
        assert_eq!(with_command(words("hegui chek")), words("hegui chek"));
        assert_eq!(with_command(words("hegui --help")), words("hegui --help"));
    }

    #[test]
    fn commas_part_outputs_and_may_stand_in_paths() {
        let output = |format, path: &str| Output { format, path: path.into() };
        let read = |text: &str| outputs(text).map(|outputs| outputs.0);
        assert_eq!(
            read("json=甲,乙.json,pretty=a=b.txt"),
            Ok(vec![output(Format::Json, "甲,乙.json"), output(Format::Pretty, "a=b.txt")])
        );
        for wrong in ["结果.json", "jsn=结果.json", "json=", "json=a,pretty=", ""] {
            assert!(outputs(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn years_are_bounded() {
        assert_eq!(year("2024"), Ok(2024));
        assert!(year("1989").is_err() && year("2101").is_err() && year("二〇二四").is_err());
    }
}
