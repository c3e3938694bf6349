//! Fills the placeholders of a pack's messages, and says in Chinese why a mention does not count.

use super::{context::Context, mention::Rejection};
use crate::pack::def::Mood;

/// Fills `{name}`s; `unit`, `year` and `next-year` are known everywhere, the others come with the finding.
pub(super) fn fill(context: &Context<'_>, template: &str, values: &[(&str, &str)]) -> String {
    let mut message = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        message.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            message.push('{');
            rest = after;
            continue;
        };
        let known = values.iter().find(|(known, _)| *known == name);
        let value = known.map_or_else(|| common(context, name, behind), |(_, value)| (*value).to_owned());
        // Quotation marks inside quotation marks are single ones (GB/T 15834).
        let quoted = message.ends_with('“');
        message.push_str(&if quoted { value.replace('“', "‘").replace('”', "’") } else { value });
        rest = behind;
    }
    message.push_str(rest);
    message
}

/// What is known everywhere. `behind` is what follows: an unknown year must read well before 年, too.
fn common(context: &Context<'_>, name: &str, behind: &str) -> String {
    let year = context.facts.year.as_ref().map(|year| year.value);
    let unknown = |word: &str| word.to_owned() + if behind.starts_with('年') { "" } else { "年度" };
    match name {
        "unit" => context.facts.unit.as_ref().map_or_else(|| "本单位".to_owned(), |unit| unit.value.clone()),
        "year" => year.map_or_else(|| unknown("本"), |year| year.to_string()),
        "next-year" => year.map_or_else(|| unknown("下一"), |year| (year + 1).to_string()),
        _ => String::new(),
    }
}

/// Why a mention does not count, for a label at it.
pub(super) fn reason(context: &Context<'_>, rejection: Rejection) -> String {
    match rejection {
        Rejection::Part(kind) => match context.pack.sections[kind].mood {
            Mood::Shortcoming => "写在不足里，不算已做的工作".to_owned(),
            Mood::Plan => "写在下一步打算里，不算已做的工作".to_owned(),
            Mood::Done => format!("写在“{}”里", context.pack.sections[kind].name),
        },
        Rejection::Future => "说的是今后的打算，不算已做的工作".to_owned(),
        Rejection::Title => "只出现在文件名称里".to_owned(),
        Rejection::Denied => "说的是没有做到".to_owned(),
        Rejection::Other => "说的是别的单位".to_owned(),
    }
}
