//! What a rule looks for, in words: its concepts with all wordings, its table of wordings, its relation.

use super::show::Sheet;
use crate::pack::{
    Check, Require, Resolved, Rule, What,
    def::{CiteFault, ConceptDef, ForbidDef, OutlineFault, RuleDef, Within},
};

/// Writes what the rule checks.
pub(super) fn check(sheet: &mut Sheet, resolved: &Resolved, rule: &Rule) {
    match &rule.check {
        Check::Require(required) => require(sheet, resolved, required),
        Check::Forbid(_) => forbid(sheet, &rule.def),
        Check::Cite(faults) => sheet.list("查的毛病", &faults.iter().map(cite_fault).collect::<Vec<_>>()),
        Check::Figures(_) => figures(sheet, resolved, &rule.def),
        Check::Agree(_) => agree(sheet, &rule.def),
        Check::Outline(faults) => sheet.list("查的毛病", &faults.iter().map(outline_fault).collect::<Vec<_>>()),
    }
}

fn require(sheet: &mut Sheet, resolved: &Resolved, required: &Require) {
    let (places, how) = match &required.what {
        What::All(places) if places.len() > 1 => (places.clone(), "这些事项都要写到".to_owned()),
        What::Any(places) if places.len() > 1 => (places.clone(), "这些事项写到一个即可".to_owned()),
        What::All(places) | What::Any(places) => (places.clone(), "这个事项要写到，并且写实".to_owned()),
        What::Items { concept, at_least } => (vec![*concept], format!("至少写{at_least}条")),
    };
    sheet.line("要求", &how);
    match required.section.and_then(|section| resolved.pack.sections.get(section)) {
        Some(section) => sheet.line("在哪里找", &format!("“{}”部分", section.name)),
        None => sheet.line("在哪里找", "写已做工作的各部分"),
    }
    for concept in places.iter().filter_map(|place| resolved.pack.concepts.get(*place)) {
        if let Some(def) = resolved.def.concepts.get(&concept.id) {
            describe(sheet, &concept.id, def);
        }
    }
}

fn describe(sheet: &mut Sheet, id: &str, def: &ConceptDef) {
    sheet.title(&format!("事项 {id}"));
    sheet.list("说法", &def.mention);
    sheet.list("同句搭配", &def.together);
    sheet.list("不算的更长说法", &def.except);
    sheet.list("别的单位", &def.others);
    sheet.list("本单位", &def.own);
    sheet.list("带这些量词的数字算写实", &def.units);
    if let Some(near) = def.near {
        sheet.line("数字与说法", &format!("最多相隔{near}个字"));
    }
    sheet.list("这些做法算写实", &def.acts);
    sheet.list("写明为零", &def.zero);
    sheet.list("可共用数字的事项", &def.shares);
    let traits =
        [(def.event, "写“没有发生”就是写明为零"), (def.negated, "否定的说法也算"), (def.plain, "提到就算写实")];
    let traits: Vec<&str> = traits.into_iter().filter(|(holds, _)| *holds).map(|(_, told)| told).collect();
    sheet.list("另外", &traits);
}

fn forbid(sheet: &mut Sheet, def: &RuleDef) {
    if def.once {
        sheet.line("提示", "整篇报告只提示一次");
    }
    for (wrong, right) in def.forbid.iter().flatten() {
        let (to, full) = match right {
            None => (None, None),
            Some(ForbidDef::To(to)) => (Some(to), None),
            Some(ForbidDef::Full(full)) => (full.to.as_ref(), Some(full)),
        };
        let mut told = to.map(|to| format!("应作“{to}”")).into_iter().collect::<Vec<_>>();
        if let Some(full) = full {
            let lists = [("含有它而正确", &full.allow), ("同句有这些时不算", &full.unless), ("只在", &full.sections)];
            told.extend(
                lists
                    .iter()
                    .filter(|(_, list)| !list.is_empty())
                    .map(|(head, list)| format!("{head}：{}", list.join("、"))),
            );
            told.extend(full.since.map(|year| format!("{year}年度起")));
            told.extend(full.until.map(|year| format!("到{year}年度为止")));
        }
        sheet.line("", &if told.is_empty() { wrong.clone() } else { format!("{wrong} → {}", told.join("；")) });
    }
}

fn figures(sheet: &mut Sheet, resolved: &Resolved, def: &RuleDef) {
    let Some(figures) = &def.figures else { return };
    sheet.line("关系", &figures.relation);
    if figures.tolerance > 0.0 {
        sheet.line("允许相差", &figures.tolerance.to_string());
    }
    let within = match figures.within {
        Within::Sentence => "同一句",
        Within::Paragraph => "同一段",
        Within::Report => "整篇报告",
        Within::Row => "表格的同一行",
        Within::Column => "表格的同一列",
    };
    sheet.line("各数须在", within);
    let named = |name: &str| {
        figures.relation.split(|char: char| !char.is_alphanumeric() && char != '-').any(|word| word == name)
    };
    for (name, quantity) in resolved.def.quantities.iter().filter(|(name, _)| named(name)) {
        sheet.title(&format!("数量 {name} {}", quantity.name));
        sheet.list("说法", &quantity.phrases);
        sheet.list("表格左边的栏目", &quantity.row);
        sheet.list("表格上面的栏目", &quantity.column);
        sheet.list("另有所指", &quantity.except);
    }
}

fn agree(sheet: &mut Sheet, def: &RuleDef) {
    let Some(agree) = &def.agree else { return };
    sheet.line("全文一致的数量", agree.quantity.as_deref().unwrap_or_default());
    sheet.list("说法", &agree.phrases);
    if agree.shift != 0 {
        sheet.line("与报告年度相差", &format!("{:+}年", agree.shift));
    }
    sheet.list("只在", &agree.sections);
    let asked = [(agree.titled, "要有标题"), (agree.in_title, "标题里应写明"), (agree.signed, "落款日期应在年底之后")];
    let asked: Vec<&str> = asked.into_iter().filter(|(holds, _)| *holds).map(|(_, told)| told).collect();
    sheet.list("另外", &asked);
    sheet.list("同句有这些时不算", &agree.unless);
}

const fn cite_fault(fault: &CiteFault) -> &'static str {
    match fault {
        CiteFault::Misnamed => "名称有误",
        CiteFault::Repealed => "已经废止",
        CiteFault::Unborn => "尚未施行",
        CiteFault::Over => "规划期已过",
    }
}

const fn outline_fault(fault: &OutlineFault) -> &'static str {
    match fault {
        OutlineFault::Gap => "序号跳号",
        OutlineFault::Repeated => "序号重复",
        OutlineFault::Restarted => "下级序号用了上级的形式重新起头",
        OutlineFault::Bracket => "序号少了半个括号",
        OutlineFault::Mixed => "数字后顿号与圆点混用",
        OutlineFault::Mark => "（一）后面加了顿号",
        OutlineFault::Empty => "标题下面没有内容",
        OutlineFault::Ending => "标题末尾有标点",
        OutlineFault::Chain => "一是、二是不连续",
    }
}
