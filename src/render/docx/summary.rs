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
    let mut lines = vec![decision(review), verdict::recognised(review)];
    if review.other_kind().is_none() {
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
    lines.extend(verdict::pack(&review.pack));
    lines.iter().map(|line| visible(line).into_owned()).collect()
}

fn decision(review: &Review) -> String {
    if let Some(reason) = review.other_kind() {
        return format!("没有检查：{reason}");
    }
    let counts = verdict::counts(&Summary::of_review(review));
    let mut parts: Vec<String> = counts.into_iter().map(|(_, words)| words).collect();
    parts.extend(verdict::unchecked(review));
    format!("检查结果：{}", parts.join("，"))
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
