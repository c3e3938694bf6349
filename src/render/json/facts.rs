//! What a report says of itself, and where, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::place::Span;
use crate::{
    document::Document,
    facts::{Fact, Facts},
};

/// What the report says of itself.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "从报告认出的基本情况。")]
pub(super) struct Header {
    #[schemars(description = "所写的年度，不是公开的年份。")]
    year: Option<i32>,
    #[schemars(description = "单位，不带上级地名。")]
    unit: Option<String>,
    #[schemars(description = "层级。", extend("enum" = ["镇", "乡", "街道", "县", "区", "市", "部门", null]))]
    level: Option<String>,
    #[schemars(description = "发文字号。")]
    number: Option<String>,
    #[schemars(description = "落款日期，写到哪一级就是哪一级：2024、2024-01 或 2024-01-25。")]
    signed: Option<String>,
    #[schemars(description = "公开日期，格式同落款日期。")]
    published: Option<String>,
}

impl Header {
    pub(super) fn new(facts: &Facts) -> Self {
        Self {
            year: value(&facts.year),
            unit: value(&facts.unit),
            level: value(&facts.level),
            number: value(&facts.number),
            signed: value(&facts.signed).map(|date| date.to_string()),
            published: value(&facts.published).map(|date| date.to_string()),
        }
    }
}

fn value<T: Clone>(fact: &Option<Fact<T>>) -> Option<T> {
    fact.as_ref().map(|fact| fact.value.clone())
}

/// Where the report says it.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "基本情况所在的位置，各项同 facts。")]
pub(super) struct HeaderSpans {
    year: Option<Span>,
    unit: Option<Span>,
    level: Option<Span>,
    number: Option<Span>,
    signed: Option<Span>,
    published: Option<Span>,
}

impl HeaderSpans {
    pub(super) fn new(document: &Document, facts: &Facts) -> Self {
        Self {
            year: place(document, &facts.year),
            unit: place(document, &facts.unit),
            level: place(document, &facts.level),
            number: place(document, &facts.number),
            signed: place(document, &facts.signed),
            published: place(document, &facts.published),
        }
    }
}

/// Where the fact stands; nowhere, where a user told it and the report does not.
fn place<T>(document: &Document, fact: &Option<Fact<T>>) -> Option<Span> {
    fact.as_ref().filter(|fact| !fact.span.is_empty()).map(|fact| Span::new(document, fact.span))
}
