//! Figures in tables: which cell a quantity means, and what is not compared.
#![allow(clippy::unwrap_used, missing_docs)]

use hegui::{
    Options, Packs, check,
    engine::uncompared,
    pack::{self, Pack, PackStamp, def::PackDef},
};

const PACK: &str = "
pack: { name: small, title: 小, version: 2026.1.0, for: [年报] }
lexicon: { genres: [年报], units: [件] }
sections: { all: { name: 全部, rest: true } }
quantities:
  told: { name: 正文的件数, phrases: [收到申请<数>件] }
  total: { name: 合计, column: [合计] }
  persons: { name: 个人, column: [个人] }
  bodies: { name: 单位, column: [单位], except: [单位名称] }
  new: { name: 新收, row: [新收] }
  opened: { name: 公开, row: [办结 & 公开], except: [不公开] }
  refused: { name: 不公开, row: [不公开] }
  all-new: { name: 新收合计, row: [新收], column: [合计] }
rules:
  - &rule
    id: row
    name: 行
    figures: { relation: total = persons + bodies, within: row }
    severity: warning
    basis: [{ title: 甲, standing: advised }]
    messages: { found: '{label}：{left}不等于{parts}，是{right}' }
  - { <<: *rule, id: column, figures: { relation: new = opened + refused, within: column } }
  - { <<: *rule, id: report, figures: { relation: told = all-new, within: report } }
";

const PAGE: &str = "<html><body><h1>石桥镇2024年年报</h1>
<p>2024年，石桥镇共收到申请3件，全部办结，没有超期答复的情形，也没有收到投诉和举报。</p>
<table>
<tr><td colspan=2 rowspan=2>单位名称：石桥镇</td><td colspan=2>申请人</td><td rowspan=2>合计</td></tr>
<tr><td><p>个</p><p>人</p></td><td>单位</td></tr>
<tr><td colspan=2>新收</td><td>2</td><td>1</td><td>4</td></tr>
<tr><td rowspan=2>办结</td><td>公开</td><td>1</td><td>1</td><td>2</td></tr>
<tr><td>不公开</td><td>2</td><td>0</td><td>2</td></tr>
</table></body></html>";

fn pack() -> Pack {
    // The rules differ in their relation alone; serde_yaml follows the alias, packs of users may not have one.
    let mut value: serde_yaml::Value = serde_yaml::from_str(PACK).unwrap();
    value.apply_merge().unwrap();
    let def: PackDef = serde_yaml::from_value(value).unwrap();
    pack::compile(&def, PackStamp::default()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn found(page: &str) -> Vec<(String, String)> {
    let packs = Packs::new(vec![pack()]);
    let review = check(page.as_bytes(), "年报.html", &packs, &Options::default()).unwrap().review;
    review.diagnostics.into_iter().map(|finding| (finding.rule, finding.message)).collect()
}

fn not_compared(page: &str, rule: &str) -> Vec<String> {
    let packs = Packs::new(vec![pack()]);
    let checked = check(page.as_bytes(), "年报.html", &packs, &Options::default()).unwrap();
    let pack = packs.all().next().unwrap();
    let rule = pack.rules.iter().find(|known| known.def.id == rule).unwrap();
    let places = uncompared(&checked.document, &checked.review.facts, pack, rule);
    places.into_iter().map(|place| place.reason).collect()
}

fn told(rule: &str, message: &str) -> (String, String) {
    (rule.to_owned(), message.to_owned())
}

#[test]
fn merged_labels_hold_for_all_rows_and_columns_that_they_take() {
    let expected = [
        told("report", "：3件不等于4，是4"),
        told("row", "新收：4不等于2＋1，是3"),
        told("column", "个人：2不等于1＋2，是3"),
    ];
    assert_eq!(sorted(found(PAGE)), sorted(expected.to_vec()));
    assert_eq!(not_compared(PAGE, "row"), Vec::<String>::new());
}

#[test]
fn what_cannot_be_read_for_certain_is_not_compared() {
    let page = PAGE.replace("<td>4</td>", "<td>约4</td>").replace("共收到申请3件", "共办理");
    assert!(!found(&page).iter().any(|(rule, _)| rule == "row" || rule == "report"));
    assert_eq!(not_compared(&page, "row"), ["没有读到“合计”的数字"]);
    let page = PAGE.replace(">单位</td>", ">个人</td>");
    assert!(!found(&page).iter().any(|(rule, _)| rule == "row"));
    assert_eq!(not_compared(&page, "row")[0], "“个人”有2处，分不清是哪一处；没有读到“单位”的数字");
}

#[test]
fn a_table_without_end_is_judged_as_far_as_a_table_of_a_report_can_go() {
    let row = "<tr><td colspan=2>新收</td><td>2</td><td>1</td><td>4</td></tr>";
    let rows = |count: usize| {
        let found = found(&PAGE.replace(row, &row.repeat(count)));
        let rows: Vec<String> = found.into_iter().filter(|(rule, _)| rule == "row").map(|(_, told)| told).collect();
        assert!(rows.iter().all(|told| told == "新收：4不等于2＋1，是3"));
        rows.len()
    };
    assert_eq!(rows(1_000), 1_000);
    // 20,000 places in rows of five; the two rows above take ten.
    assert_eq!(rows(40_000), 3_998);
}

fn sorted(mut list: Vec<(String, String)>) -> Vec<(String, String)> {
    list.sort();
    list
}

#[test]
fn a_report_whose_tables_cannot_be_read_is_told_so_once() {
    let packs = Packs::new(vec![pack()]);
    let text = "石桥镇2024年年报\n\n2024年，石桥镇共收到申请3件，全部办结，没有超期答复的情形。\n";
    let review = check(text.as_bytes(), "年报.txt", &packs, &Options::default()).unwrap().review;
    let ids: Vec<&str> = review.diagnostics.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(ids, ["tables-unread"]);
    assert!(!found(PAGE).iter().any(|(rule, _)| rule == "tables-unread"));
}

#[test]
fn a_cell_that_cannot_be_used_is_told_of_once_and_an_optional_row_is_not() {
    let unread = |page: &str| -> Vec<String> {
        found(page).into_iter().filter(|(rule, _)| rule == "figures-unread").map(|(_, message)| message).collect()
    };
    assert_eq!(unread(PAGE), Vec::<String>::new());
    let blank = PAGE.replace("<td>2</td><td>1</td><td>4</td>", "<td>2</td><td>-</td><td></td>");
    let told = "表格里有3处数字没有核对（有空格、缺格或者写得不清楚），第一处是“新收”这一行：没有读到“合计”的数字";
    assert_eq!(unread(&blank), [told]);
    let short = PAGE.replace("<tr><td>不公开</td><td>2</td><td>0</td><td>2</td></tr>", "");
    assert_eq!(unread(&short), Vec::<String>::new());
    let other = "<table><tr><td>村</td><td>个人</td></tr><tr><td>石桥</td><td>-</td></tr></table></body>";
    assert_eq!(unread(&PAGE.replace("</body>", other)), Vec::<String>::new());
}

#[test]
fn the_left_side_has_its_sum_and_figures_have_one_width() {
    let page = PAGE.replace("<td>4</td>", "<td>４</td>");
    assert!(found(&page).contains(&told("row", "新收：4不等于2＋1，是3")));
    let packs = Packs::builtin().unwrap();
    let text = "# 石桥镇2024年政府信息公开工作年度报告\n\n| 栏目 | 自然人 |\n| --- | --- |\n\
                | 一、本年新收政府信息公开申请数量 | 5 |\n| 二、上年结转政府信息公开申请数量 | 1 |\n\
                | 办理结果总计 | 5 |\n| 四、结转下年度继续办理 | 0 |\n";
    let review = check(text.as_bytes(), "年报.md", &packs, &Options::default()).unwrap().review;
    let finding = review.diagnostics.iter().find(|finding| finding.rule == "xxgk-balance").unwrap();
    assert!(finding.message.contains("（5＋1，是6）") && finding.message.contains("（5＋0，是5）"));
    let names: Vec<&str> = finding.related.iter().map(|label| label.message.as_str()).collect();
    assert_eq!(names, ["上年结转", "办理结果总计", "结转下年度"]);
}
