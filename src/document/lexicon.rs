//! The words that reading a document's structure needs, as plain data: [`Lexicon`].
//!
//! They come from the `lexicon` of the packs. Numerals, dates, numbering forms and punctuation are not words
//! and are known to the code.

use std::collections::BTreeMap;

/// Words that tell titles, addressees, leftovers and units from the text of a report. All in folded form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// Last words of a title: 报告, 总结.
    pub genres: Vec<String>,
    /// Labels of a web page's block of metadata: 索引号, 发布机构.
    pub metadata: Vec<String>,
    /// Words of a page's frame: 当前位置, 上一篇.
    pub furniture: Vec<String>,
    /// Labels before the date of publication: 发布日期.
    pub publication: Vec<String>,
    /// Last words of a body to which a report is addressed: 人民政府, 委员会.
    pub addressees: Vec<String>,
    /// Last characters of a unit's name and the level they mean: 镇 → 镇, 民族乡 → 乡.
    pub levels: BTreeMap<String, String>,
    /// What stands behind a unit's name where it is named in full: 人民政府, 办事处.
    pub offices: Vec<String>,
    /// What cannot be a name before a level's character: 我, 本, 全, 城.
    pub not_names: Vec<String>,
    /// Endings of the places above a township, which its name does not hold: 县, 市, 区.
    pub upper: Vec<String>,
    /// Measure words behind a number, the longer before the shorter: 人次, 人.
    pub units: Vec<String>,
    /// Words in a title that tell a report of another kind: 工作方案.
    pub other_kinds: Vec<String>,
}
