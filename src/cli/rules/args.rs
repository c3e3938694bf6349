//! What a rule keeper may type: `rules …`, `explain` and `try`, with their Chinese descriptions. No logic.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::{Agreed, Color, HelpFlag, year};

/// The words of `rules`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true, disable_help_subcommand = true, subcommand_required = true)]
#[command(arg_required_else_help = true)]
pub(in crate::cli) struct Rules {
    #[command(subcommand)]
    pub command: RulesCommand,
    #[command(flatten)]
    help: HelpFlag,
}

/// What to do with rules.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RulesCommand {
    /// All rules in a table.
    #[command(about = "列出全部规则")]
    List(List),
    /// One rule in words.
    #[command(about = "用文字说明一条规则：查什么、依据、提示语、例子")]
    Show(Show),
    /// Examples and whole reports.
    #[command(about = "用规则自带的例子和整篇报告检验规则")]
    Test(Test),
    /// A built-in pack as files.
    #[command(about = "把内置规则写成文件，供查看和修改")]
    Export(Export),
    /// A layer over a built-in pack.
    #[command(about = "新建本地规则：建立在内置规则之上，只写与它不同的地方")]
    New(New),
    /// The effect of a change.
    #[command(about = "比较新旧两套规则对一批报告的结果有什么不同")]
    Diff(Diff),
}

/// Whose rules.
#[derive(Debug, Args)]
pub(in crate::cli) struct Folders {
    #[arg(
        id = "rules-folder",
        long = "rules",
        value_name = "文件夹",
        help = "规则所在的文件夹，可以写几次；不写则用内置规则"
    )]
    pub folders: Vec<PathBuf>,
}

/// Whether to use colours.
#[derive(Debug, Args)]
pub(in crate::cli) struct Colours {
    #[arg(
        long,
        value_name = "何时",
        default_value = "auto",
        help = "是否用颜色：auto 看终端，always 总用，never 不用（默认 auto）"
    )]
    pub color: Color,
}

/// The words of `rules list`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(in crate::cli) struct List {
    #[command(flatten)]
    pub rules: Folders,
    #[command(flatten)]
    pub colours: Colours,
    #[command(flatten)]
    help: HelpFlag,
}

/// The words of `rules show`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(in crate::cli) struct Show {
    #[arg(value_name = "规则编号", help = "规则的编号或者名称，见 hegui rules list")]
    pub rule: String,
    #[arg(long, help = "写明每一部分出自哪一层、哪个文件，以及修改和停用的理由")]
    pub resolved: bool,
    #[command(flatten)]
    pub rules: Folders,
    #[command(flatten)]
    pub colours: Colours,
    #[command(flatten)]
    help: HelpFlag,
}

/// The words of `rules test`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(in crate::cli) struct Test {
    #[arg(value_name = "规则文件夹", help = "要检验的规则所在的文件夹；不写则检验内置规则")]
    pub folders: Vec<PathBuf>,
    #[arg(long, conflicts_with = "review", help = "把所有整篇报告的快照改成现在的结果")]
    pub update: bool,
    #[arg(long, help = "逐个查看有变化的快照：y 接受，n 不接受，q 停下")]
    pub review: bool,
    #[arg(long, help = "列出例子没有覆盖的规则，以及从未在例子和报告里出现的说法")]
    pub coverage: bool,
    #[command(flatten)]
    pub colours: Colours,
    #[command(flatten)]
    help: HelpFlag,
}

/// The words of `rules export`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(in crate::cli) struct Export {
    #[arg(value_name = "文件夹", help = "写到哪个文件夹；须是新的或空的，不覆盖已有的文件")]
    pub folder: PathBuf,
    #[arg(long, value_name = "规则包", help = "写哪个内置规则包；不写则写检查报告的那个")]
    pub pack: Option<String>,
    #[command(flatten)]
    help: HelpFlag,
}

/// The words of `rules new`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(in crate::cli) struct New {
    #[arg(value_name = "文件夹", help = "写到哪个文件夹；须是新的或空的，不覆盖已有的文件")]
    pub folder: PathBuf,
    #[arg(long, value_name = "编号", help = "新规则包的编号，用小写字母、数字和连字符，例如 qinghe-county")]
    pub name: String,
    #[command(flatten)]
    help: HelpFlag,
}

/// The words of `rules diff`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(in crate::cli) struct Diff {
    #[arg(value_name = "旧规则", help = "原来的规则所在的文件夹；写“内置”就是内置规则")]
    pub old: PathBuf,
    #[arg(value_name = "新规则", help = "改过的规则所在的文件夹；写“内置”就是内置规则")]
    pub new: PathBuf,
    #[arg(value_name = "报告", required = true, help = "用来比较的报告，或装有报告的文件夹")]
    pub reports: Vec<PathBuf>,
    #[arg(long, value_name = "年份", value_parser = year, help = "报告写的是哪一年；不写则由报告自己认出")]
    pub year: Option<i32>,
    #[command(flatten)]
    pub colours: Colours,
    #[command(flatten)]
    help: HelpFlag,
}

/// The words of `explain`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(in crate::cli) struct Explain {
    #[arg(value_name = "规则编号", help = "规则的编号或者名称，见 hegui rules list")]
    pub rule: String,
    #[arg(value_name = "报告", help = "要看的那份报告")]
    pub path: PathBuf,
    #[command(flatten)]
    pub rules: Folders,
    #[command(flatten)]
    pub agreed: Agreed,
    #[arg(long, value_name = "年份", value_parser = year, help = "报告写的是哪一年；不写则由报告自己认出")]
    pub year: Option<i32>,
    #[command(flatten)]
    pub colours: Colours,
    #[command(flatten)]
    help: HelpFlag,
}

/// The words of `try`.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(in crate::cli) struct Try {
    #[arg(
        value_name = "说法或文件",
        help = "要试的说法，写法与规则里的相同，例如 '聘(请/任)…律师'，用 & 连接的是同句搭配；或者写有事项、规则的 .yaml 文件"
    )]
    pub wording: String,
    #[arg(value_name = "报告", required = true, help = "在哪些报告里试，可以写文件夹")]
    pub reports: Vec<PathBuf>,
    #[arg(long, value_name = "年份", value_parser = year, help = "报告写的是哪一年；不写则由报告自己认出")]
    pub year: Option<i32>,
    #[command(flatten)]
    pub rules: Folders,
    #[command(flatten)]
    pub colours: Colours,
    #[command(flatten)]
    help: HelpFlag,
}
