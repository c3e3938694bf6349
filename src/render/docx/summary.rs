//! The comment at the title: what decides, what is not written, what stands where no comment can, which rules.

use super::comment::head;
use crate::{
    Checked,
    diagnostic::Diagnostic,
    engine::{Review, Status},
    render::{Summary, verdict, visible, words},
};

/// The lines about the whole report. `elsewhere` are the findings outside the main part.
pub(super) fn lines(checked: &Checked, elsewhere: &[&Diagnostic]) -> Vec<String> {
    let review = &checked.review;
    let mut lines = vec![decision(review), recognised(review)];
    if verdict::other_kind(review).is_none() {
        lines.extend(checklist(review));
    }
    if !elsewhere.is_empty() {
        lines.push("页眉、页脚、脚注等处不能加批注，其中的问题列在这里：".to_owned());
        lines.extend(
            elsewhere
                .iter()
                .map(|finding| format!("“{}”　{}", words::quote(checked.document.slice(finding.span)), head(finding))),
        );
    }
    lines.push(
        "每处问题的批注标在原文上，改法用修订标出，可以逐条接受或拒绝。报送、公开之前，请处理完全部修订，删去全部批注。"
            .to_owned(),
    );
    lines.extend(pack(review));
    lines.iter().map(|line| visible(line).into_owned()).collect()
}

fn decision(review: &Review) -> String {
    if let Some(reason) = verdict::other_kind(review) {
        return format!("没有检查：{reason}");
    }
    let summary = Summary::of_findings(&review.diagnostics);
    let mut parts: Vec<String> = verdict::counts(&summary).into_iter().map(|(_, text)| text).collect();
    let skipped = verdict::with_status(review, Status::Skipped);
    if skipped > 0 {
        parts.push(format!("未能检查{skipped}项"));
    }
    format!("检查结果：{}", parts.join("，"))
}

fn recognised(review: &Review) -> String {
    let unknown = || "没有认出".to_owned();
    let year = review.facts.year.as_ref().map_or_else(unknown, |year| format!("{}年", year.value));
    let unit = review.facts.unit.as_ref().map_or_else(unknown, |unit| unit.value.clone());
    format!("报告年度：{year}　单位：{unit}")
}

/// What is not written and what is only named.
fn checklist(review: &Review) -> Vec<String> {
    let list = |status| {
        let of_status = review.requirements.iter().filter(|requirement| requirement.status == status);
        let names: Vec<&str> = of_status.map(|requirement| requirement.name.as_str()).collect();
        let head = format!("{}（{}项）：", words::status(status), names.len());
        (!names.is_empty()).then(|| head + &names.join("、"))
    };
    [Status::Missing, Status::Partial].into_iter().filter_map(list).collect()
}

fn pack(review: &Review) -> Option<String> {
    let pack = &review.pack;
    let date = pack.date.as_ref().map(|date| format!("，内容截至{date}")).unwrap_or_default();
    (!pack.name.is_empty()).then(|| format!("所用规则：{} {}{date}", pack.title, pack.version))
}
