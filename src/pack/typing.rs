//! Words for a value of the wrong type: a text where a list belongs, an empty key, a colon inside a wording.
//!
//! A part of `explain`, on its own because the mistakes are many.

use serde_json::Value;

use super::{
    explain::Place,
    fault::Step,
    flaw::{Flaw, quoted},
    tree::{Data, Style},
};

/// What a value is, as far as types go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Got {
    Nothing,
    Truth,
    Number,
    Text,
    List,
    Map,
}

/// The flaw of a value that is none of the `wanted` types, in the schema's names.
pub(super) fn flaw(place: &Place<'_>, wanted: &[String]) -> Flaw {
    let got = got(place);
    if got == Got::Nothing && is_reason(place) {
        let flaw = Flaw::new(place.mark(), format!("{}没有内容", after(place)));
        return flaw.help("写上理由，例如本县文件的文号、为什么不适用");
    }
    if got == Got::Nothing {
        let help = "写上内容，或者删去它；如果本来就是这几个字，加引号";
        let help = if place.text().is_some_and(str::is_empty) { "写上内容，或者删去它" } else { help };
        return Flaw::new(place.mark(), format!("{}没有内容", after(place))).help(help);
    }
    let names: Vec<&str> = wanted.iter().map(|name| chinese(name)).collect();
    let message = format!("{}要写成{}，这里是{}", place.label(), names.join("或"), got.name());
    let help = help(place, wanted, got);
    let flaw = Flaw::new(place.mark(), message);
    if help.is_empty() { flaw } else { flaw.help(help) }
}

/// `“help”后面`, or `“mention”的第2项`.
fn after(place: &Place<'_>) -> String {
    let is_item = matches!(place.path.last(), Some(Step::Index(_)) | None);
    if is_item { place.label() } else { format!("{}后面", place.label()) }
}

impl Got {
    const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "空的",
            Self::Truth => "真假值",
            Self::Number => "数字",
            Self::Text => "文字",
            Self::List => "列表",
            Self::Map => "一组键",
        }
    }
}

fn got(place: &Place<'_>) -> Got {
    match place.tree.node(place.id).map(|node| &node.data) {
        Some(Data::List(_)) => Got::List,
        Some(Data::Map(_)) => Got::Map,
        Some(Data::Scalar(scalar)) => match super::scalar::value(scalar) {
            serde_json::Value::Null => Got::Nothing,
            serde_json::Value::Bool(_) => Got::Truth,
            serde_json::Value::Number(_) => Got::Number,
            _ => Got::Text,
        },
        Some(Data::Hole) | None => Got::Nothing,
    }
}

fn chinese(name: &str) -> &'static str {
    match name {
        "string" => "文字",
        "array" => "列表",
        "object" => "一组键",
        "integer" => "整数",
        "number" => "数字",
        "boolean" => " true 或 false",
        _ => "空",
    }
}

/// How to mend it, by what was wanted and what is there.
fn help(place: &Place<'_>, wanted: &[String], got: Got) -> String {
    let wants = |name: &str| wanted.iter().any(|wanted| wanted == name);
    let text = quoted(place.text().unwrap_or_default(), 20);
    if wanted.len() > 1 {
        return place.forms().to_owned();
    }
    let slip = if got == Got::Text { slip(place, &text, &wants) } else { None };
    if let Some(help) = slip {
        return help;
    }
    match got {
        Got::Truth if wants("string") && is_reason(place) => "写上理由，例如本县文件的文号、为什么不适用".to_owned(),
        Got::Truth if wants("string") => "如果这是文字，加引号".to_owned(),
        Got::List if wants("string") && place.tree.node(place.id).is_some_and(|node| node.flow) => {
            "这里只写一个，去掉方括号；如果“[”是文字的一部分，加引号".to_owned()
        }
        Got::List if wants("string") => "这里只写一个，去掉“- ”".to_owned(),
        Got::Map if wants("string") && place.tree.node(place.id).is_some_and(|node| node.flow) => {
            "如果“{”是文字的一部分，给整个文字加引号".to_owned()
        }
        Got::Map if wants("string") => "如果冒号是文字的一部分，给整个文字加引号".to_owned(),
        Got::List if wants("object") => format!("去掉“- ”或方括号，{}", keys(place)),
        Got::Text if wants("object") && colon(&text).is_some() => colon(&text).unwrap_or_default().to_owned(),
        Got::Text | Got::Truth | Got::Number if wants("object") && place.path.is_empty() => keys(place),
        Got::Text if wants("object") && matches!(place.path.last(), Some(Step::Index(_))) => {
            format!("写成 {}", skeleton(place.schema(), place))
        }
        Got::Text | Got::Truth | Got::Number if wants("object") => format!("另起一行，缩进，{}", keys(place)),
        Got::Text if wants("array") && items(place).is_some_and(|items| !place.shape.keys(items).is_empty()) => {
            format!("写成 [{}]", skeleton(items(place), place))
        }
        _ if wants("array") && !is_list_of_texts(place) => {
            format!("写在方括号里，用半角逗号隔开；{}", place.description())
        }
        Got::Map if wants("array") => "每一项前面加“- ”".to_owned(),
        Got::Text | Got::Number | Got::Truth if wants("array") => format!("写成 [{text}]，或者另起一行写“- {text}”"),
        Got::Text if wants("boolean") => truth(&text),
        Got::Number if wants("integer") => "写整数，不带小数".to_owned(),
        Got::Text if wants("integer") || wants("number") => number(place, &text),
        _ => place.description().to_owned(),
    }
}

/// A sign that a Chinese keyboard writes, or a blank forgotten, where a list or a map was meant.
fn slip(place: &Place<'_>, text: &str, wants: &impl Fn(&str) -> bool) -> Option<String> {
    let is_plain = place.tree.scalar(place.id).is_some_and(|scalar| scalar.style == Style::Plain);
    if !is_plain || !(wants("array") || wants("object")) {
        return None;
    }
    let brackets = [('【', '】', "[]", "array"), ('［', '］', "[]", "array"), ('｛', '｝', "{}", "object")];
    for (open, close, right, kind) in brackets {
        if text.starts_with(open) && wants(kind) {
            return Some(format!("把“{open}{close}”改成半角的 {right}"));
        }
    }
    let dash = text.chars().next().filter(|char| matches!(char, '-' | '－' | '–' | '—' | '·' | '•'))?;
    let help = match dash {
        '-' => "每一项写成“- ”开头：短横后面空一格".to_owned(),
        sign => format!("每一项用半角短横开头，后面空一格：把“{sign}”改成“- ”"),
    };
    Some(help)
}

/// Whether a reason is asked for: why a rule is switched off or changed.
fn is_reason(place: &Place<'_>) -> bool {
    let is = |step: Option<&Step>, name: &str| matches!(step, Some(Step::Key(key)) if key == name);
    is(place.path.first(), "off") || is(place.path.last(), "because")
}

/// A map with the keys that it must have: `{ title: …, standing: … }`.
fn skeleton(schema: Option<&Value>, place: &Place<'_>) -> String {
    let Some(schema) = schema else { return "{ 键: 值 }".to_owned() };
    let keys = place.shape.required(schema);
    let keys: Vec<String> = keys.iter().map(|key| format!("{key}: …")).collect();
    if keys.is_empty() { "{ 键: 值 }".to_owned() } else { format!("{{ {} }}", keys.join(", ")) }
}

/// What the schema says of the items of a list.
fn items(place: &Place<'_>) -> Option<&'static Value> {
    place.schema().and_then(|schema| schema.get("items"))
}

/// The keys that may stand at a place.
fn keys(place: &Place<'_>) -> String {
    let keys = place.schema().map(|schema| place.shape.keys(schema)).unwrap_or_default();
    let names: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
    if names.is_empty() { "写成“键: 值”".to_owned() } else { format!("写这些键：{}", names.join("、")) }
}

/// A text that was meant to be a key and a value.
fn colon(text: &str) -> Option<&'static str> {
    if text.contains('：') {
        return Some("键后面用了全角冒号“：”，改成半角冒号加一个空格“: ”");
    }
    text.contains(':').then_some("冒号后面缺少空格，写成“键: 值”")
}

fn is_list_of_texts(place: &Place<'_>) -> bool {
    let items = place.schema().and_then(|schema| schema.get("items"));
    items.is_none_or(|items| items.get("type").is_none_or(|name| name == "string"))
}

/// A text that was meant to be true or false.
fn truth(text: &str) -> String {
    let word = text.trim().to_lowercase();
    match word.as_str() {
        "yes" | "on" | "y" | "true" | "是" | "对" | "有" | "要" => "写 true，不加引号".to_owned(),
        "no" | "off" | "n" | "false" | "否" | "不" | "无" | "没有" | "不要" => "写 false，不加引号".to_owned(),
        _ => "只能写 true 或 false".to_owned(),
    }
}

/// A text that was meant to be a number.
fn number(place: &Place<'_>, text: &str) -> String {
    let is_quoted = place.tree.scalar(place.id).is_some_and(|scalar| scalar.style != Style::Plain);
    if is_quoted && text.trim().parse::<f64>().is_ok() {
        return "去掉引号".to_owned();
    }
    "写阿拉伯数字，后面不带单位".to_owned()
}
