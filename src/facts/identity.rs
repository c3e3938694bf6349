//! All facts of a report in one go: [`observe`].
//!
//! Each family of facts is one pass over the view, block by block; here they are put together.

use super::{Facts, citation, date, frame::Frame, numeral, own::Units, words::Words, year::Years};
use crate::{
    document::{Document, Lexicon},
    text::Span,
};

/// Observes all facts of a document.
#[must_use]
pub fn observe(document: &Document, lexicon: &Lexicon) -> Facts {
    let mut facts = Facts::default();
    let calendar = lists(document, lexicon, &mut facts);
    let frame = Frame::new(document, lexicon);
    facts.number = frame.number();
    facts.signed = frame.signed(&facts.dates);
    facts.published = frame.published(&facts.dates);
    facts.other_kind = frame.other_kind();
    let (dates, citations, signed) = (&facts.dates, &facts.citations, facts.signed.as_ref());
    facts.year = Years { document, lexicon, frame: &frame, dates, citations, signed }.own();
    let units = Units::new(document, lexicon, &frame, &calendar);
    let own = units.own();
    facts.units = units.mentions(own.as_ref());
    facts.level = own.as_ref().map(|own| own.level.clone()).or_else(|| units.level());
    facts.unit = own.map(|own| own.name);
    facts
}

/// Reads dates, citations and numbers of every block; returns what belongs to the calendar in each.
fn lists(document: &Document, lexicon: &Lexicon, facts: &mut Facts) -> Vec<Vec<Span>> {
    let measures = Words::new(&lexicon.units);
    let read = |block: &crate::document::Block| {
        let (text, base) = (document.view.slice(block.view), block.view.start);
        let calendar = date::find(text, base, &measures, &mut facts.dates);
        citation::find(text, base, &mut facts.citations);
        numeral::find(text, base, &calendar, &measures, &mut facts.numbers);
        calendar
    };
    document.blocks.iter().map(read).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::facts::sample::{document, lexicon};

    fn facts(lines: &str) -> (Document, Facts) {
        let document = document(lines);
        let facts = observe(&document, &lexicon());
        (document, facts)
    }

    fn year(lines: &str) -> Option<i32> {
        facts(lines).1.year.map(|year| year.value)
    }

    /// The unit and its level.
    fn unit(lines: &str) -> (String, String) {
        let facts = facts(lines).1;
        (
            facts.unit.map(|unit| unit.value).unwrap_or_default(),
            facts.level.map(|level| level.value).unwrap_or_default(),
        )
    }

    fn pair(unit: &str, level: &str) -> (String, String) {
        (unit.to_owned(), level.to_owned())
    }

    #[test]
    fn the_titles_year_wins() {
        let text = "T|2020年石溪镇法治政府建设情况报告\n2020年，全镇平稳。现将2019年工作情况报告如下。\nI|2021年1月5日";
        assert_eq!(year(text), Some(2020));
        assert_eq!(year("T|石溪镇2025年度报告\n2024年，全镇平稳。"), Some(2025));
        assert_eq!(year("T|石溪镇2024法治政府建设年度报告\n全镇平稳。"), Some(2024));
        assert_eq!(year("T|关于二〇二三年工作情况的报告\n全镇平稳。"), Some(2023));
        assert_eq!(year("石溪镇2022年工作报告\n全镇平稳。"), Some(2022));
    }

    #[test]
    fn the_opening_tells_the_year_where_the_title_does_not() {
        let title = "T|石溪镇法治政府建设工作报告\n";
        for (opening, wanted) in [
            ("2021年是“十四五”开局之年。石溪镇认真履职。", 2021),
            ("2019年以来，石溪镇在县委领导下认真履职。", 2019),
            ("认真落实《实施纲要（2021—2025年）》，现将2022年度工作情况报告如下：\n一、成效", 2022),
            ("按照2018年印发的文件要求，石溪镇认真履职。现将2023年度情况报告如下。", 2023),
        ] {
            assert_eq!(year(&format!("{title}{opening}")), Some(wanted), "{opening}");
        }
        let slip = "T|工作报告\n2020年，石溪镇认真履职。现将2018年情况报告如下。\nI|石溪镇人民政府\nI|2021年1月5日";
        assert_eq!(year(slip), Some(2020));
    }

    #[test]
    fn neither_publication_nor_signature_nor_plan_is_the_year() {
        let published = "R|发布日期：2024-02-20\nT|石溪镇工作报告\n全镇平稳，成效明显。\nI|2024年2月1日";
        assert_eq!(year(published), None);
        let planned = "T|石溪镇工作报告\n全镇平稳。\nH|一、主要成效\n修路。\nH|二、存在不足\n人少。\nH|三、2022年工作安排\n修桥。";
        assert_eq!(year(planned), Some(2021));
        let both = "T|石溪镇工作报告\n全镇平稳。\nH|一、2021年主要成效\n修路。\nH|二、2022年安排\n修桥。";
        assert_eq!(year(both), Some(2021));
        let late = "T|石溪镇工作报告\n全镇平稳。\nH|一、打算\n2024年修桥。\n2024年修路。\n2023年种树。\nI|2024年2月1日";
        assert_eq!(year(late), None);
        let told = "T|石溪镇工作报告\n一年来，全镇平稳。\nI|石溪镇人民政府\nI|2024年2月1日";
        assert_eq!(year(told), Some(2023));
        assert_eq!(year("T|石溪镇工作报告\n一年来，全镇平稳。\nI|2023年12月30日"), Some(2023));
        assert_eq!(year("T|石溪镇工作报告\n一年来，全镇平稳。\nI|2023年7月30日"), None);
    }

    #[test]
    fn the_unit_is_named_without_the_places_above() {
        for (title, name, level) in [
            ("云川县石溪镇人民政府关于2024年工作情况的报告", "石溪镇", "镇"),
            ("珠丰市港岭区柳岸街道办事处2024年度报告", "柳岸街道", "街道"),
            ("岑岭县枫林瑶族乡2024年报告", "枫林瑶族乡", "乡"),
            ("中共云川县石溪镇委员会云川县石溪镇人民政府2024年报告", "石溪镇", "镇"),
            ("沅阳区人民政府织坊街道办事处2024年报告", "织坊街道", "街道"),
            ("2024年石溪镇法治政府建设报告", "石溪镇", "镇"),
            ("云川县2024年法治政府建设年度报告", "云川县", "县"),
            ("鹿岭市人民政府关于2024年工作情况的报告", "鹿岭市", "市"),
            ("云川县司法局2024年工作报告", "司法局", "部门"),
            ("建设街道2024年报告\n建设街道坚持依法行政。", "建设街道", "街道"),
        ] {
            assert_eq!(unit(&format!("T|{title}\n全年平稳。")), pair(name, level), "{title}");
        }
    }

    #[test]
    fn signature_and_opening_name_the_unit_where_the_title_does_not() {
        let signed = "T|法治政府建设工作总结\n全年平稳。\nI|云川县石溪镇人民政府\nI|2024年1月5日";
        assert_eq!(unit(signed), pair("石溪镇", "镇"));
        assert_eq!(unit("T|工作总结\n全年平稳。\n石溪镇人民政府2024年1月5日"), pair("石溪镇", "镇"));
        let opened = "T|工作总结\nA|县委办公室：\n根据通知精神，石溪乡严格对照检查。2021年，在县委领导下，石溪乡平稳。";
        assert_eq!(unit(opened), pair("石溪乡", "乡"));
        let headed = "石溪县白岭镇人民政府文件\nI|白政报〔2021〕50号\nT|2021年度报告\n全年平稳。";
        assert_eq!(unit(headed), pair("白岭镇", "镇"));
    }

    #[test]
    fn a_unit_without_a_name_still_has_a_level() {
        let text = "T|工作总结\n我镇认真履职，全镇平稳，鹿岭市委、鹿岭市政府高度重视，本镇成效明显，各乡镇积极参与。";
        assert_eq!(unit(text), pair("", "镇"));
        assert_eq!(unit("T|工作总结\n认真履职。"), pair("", ""));
    }

    #[test]
    fn the_number_and_the_dates_stand_in_the_frame() {
        let (document, facts) = facts(
            "R|索引号：12 发文日期：2024-01-03 发布日期：2024-02-20 16:20 来源：石溪镇\nT|石溪镇2023年报告\n\
             I|石政报［2024］3 号 签发人：某某\n根据国办发〔2018〕118号文件，全年平稳。\nI|石溪镇人民政府\nI|二〇二四年一月十五日",
        );
        assert_eq!(facts.number.unwrap().value, "石政报［2024］3号");
        assert_eq!(facts.published.unwrap().value.to_string(), "2024-02-20");
        let signed = facts.signed.unwrap();
        assert_eq!(signed.value.to_string(), "2024-01-15");
        assert_eq!(document.slice(signed.span), "二〇二四年一月十五日");
    }

    #[test]
    fn a_signature_may_share_its_line_with_the_date() {
        let signed = |tail: &str| {
            facts(&format!("T|石溪镇报告\n全年平稳。\n{tail}")).1.signed.map(|date| date.value.to_string())
        };
        assert_eq!(signed("石溪镇人民政府　2024年1月5日").as_deref(), Some("2024-01-05"));
        assert_eq!(signed("（2024年1月5日）").as_deref(), Some("2024-01-05"));
        assert_eq!(signed("R|发布时间：2024年1月5日"), None);
        let annexed = "石溪镇人民政府\n2024年1月5日\n附件：一览表，详见后。\n全年平稳。";
        assert_eq!(signed(annexed).as_deref(), Some("2024-01-05"));
    }

    #[test]
    fn the_titles_end_tells_another_kind() {
        let kind = |title: &str| facts(&format!("T|{title}\n全年平稳。")).1.other_kind.map(|kind| kind.value);
        assert_eq!(kind("石溪镇2024年法治政府建设工作方案").as_deref(), Some("工作方案"));
        assert_eq!(kind("石溪镇2024年法治政府建设工作方案（试行）").as_deref(), Some("工作方案"));
        assert_eq!(kind("石溪镇2024年财政预算报告").as_deref(), Some("预算报告"));
        assert_eq!(kind("石溪镇2024年政府工作报告").as_deref(), Some("年政府工作报告"));
        for title in [
            "石溪镇2024年工作总结及2025年工作计划",
            "石溪镇2024年法治政府工作报告",
            "石溪镇工作方案落实情况的报告",
            "石溪镇法治政府建设情况报告",
        ] {
            assert_eq!(kind(title), None, "{title}");
        }
    }

    #[test]
    fn another_units_name_is_found_and_a_verb_is_none() {
        let (document, facts) = facts(
            "T|石溪镇2024年报告\n石溪镇平稳。全年化解纠纷3件，丰谷镇调处争议2起。\n办理镇人大建议2件，推进乡镇改革，厘清镇村职责，\
             召开镇党委会，各乡镇、全镇、集镇和古镇。\n与云川县白岭镇联合执法。\nI|石溪镇人民政府",
        );
        let named = |own| {
            let units = facts.units.iter().filter(move |unit| unit.own == own);
            units.map(|unit| document.view.slice(unit.view)).collect::<Vec<_>>()
        };
        assert_eq!(named(true), ["石溪镇", "石溪镇", "石溪镇"]);
        assert_eq!(named(false), ["丰谷镇", "白岭镇"]);
    }

    #[test]
    fn spans_are_of_the_text_with_its_blanks() {
        let (document, facts) = facts("T|石溪镇 2024 年度工作报告\n全年办件 1 2 件。");
        assert_eq!(document.slice(facts.year.unwrap().span), "2024 年度");
        assert_eq!(document.slice(facts.unit.unwrap().span), "石溪镇");
        assert!((facts.numbers[0].value - 12.0).abs() < 1e-9);
    }

    #[test]
    fn an_empty_document_has_no_facts() {
        assert_eq!(facts("").1, Facts::default());
        let bare = observe(&document("2024年，石溪镇办案三件。"), &Lexicon::default());
        assert_eq!(bare.year.map(|year| year.value), Some(2024));
        assert!(bare.unit.is_none());
    }

    #[test]
    fn every_cut_of_a_report_is_read_without_harm() {
        let text = "R|发布日期：2024-02-20\nT|云川县石溪镇2023年报告\nI|石政〔2024〕3号\nA|县委：\n2023年，石溪镇学习《甲〈乙〉》\
                    （国办发〔2018〕118号），办案近百件、八成一、3-5件、第三条、百分之九十。\nH|一、成效\n1.抓学习。\nI|二〇二四年一月五日";
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for end in ends {
            let (document, facts) = facts(&text[..end]);
            let view = document.view.text();
            assert!(facts.numbers.iter().all(|number| view.get(number.view.start..number.view.end).is_some()));
        }
    }
}
