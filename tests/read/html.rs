//! Web pages as they are saved from government sites.

use encoding_rs::GB18030;
use hegui::{
    document::{NoteKind, Origin, ParagraphKind, Source},
    read::read,
};

use crate::{code, kinds, lines, notes, span_of};

/// A page with navigation, metadata, the report, and a foot.
pub(crate) fn page(charset: &str) -> String {
    let link = |text: &str| format!("<li><a href=\"/x\">{text}</a></li>");
    let links: String = ["首页", "政务公开，依法公开", "政策文件", "互动交流"].map(link).concat();
    format!(
        "<!DOCTYPE html>\r\n<html><head><meta charset=\"{charset}\"><title>青溪镇2024年工作情况报告_青溪县人民政府</title>\r\n\
         <script>var a = \"<p>脚本里的一段话，不是正文，也不该出现在结果里。</p>\";</script><style>p {{ margin: 0 }}</style></head>\r\n\
         <body>\r\n<form id=\"form1\">\r\n<div class=\"nav\"><ul>{links}</ul></div>\r\n\
         <div class=\"path\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/a\">信息公开</a></div>\r\n\
         <div class=\"main\"><div class=\"article\">\r\n<h1 class=\"title\">青溪镇2024年工作情况报告</h1>\r\n\
         <div class=\"info\">发布日期：2025-01-10&nbsp;&nbsp;来源：青溪镇人民政府</div>\r\n<div id=\"zoom\">\r\n\
         <p>&nbsp;&nbsp;&nbsp;&nbsp;2024年，我镇修缮沟渠4216米，惠及农户320户，<b>现将</b>情况报告如下。</p>\r\n\
         <p>　　一、主要工作<br/>（一）水利。清淤沟渠&ldquo;四纵三横&rdquo;，\r\n全长共计4216米，完成率100%；\r\n  新建泵站3座。</p>\r\n\
         <table><tr><th>村名</th><th>件数</th></tr><tr><td>上湾村</td><td>12</td></tr></table>\r\n\
         <p style=\"display: none\">内部说明，不公开。</p>\r\n\
         <p>二、存在不足<p>人手偏少，设备老旧，个别泵站尚未联通。\r\n\
         <p style=\"text-align:right\">青溪镇人民政府</p><p>2025年1月8日</p>\r\n</div></div>\r\n\
         <div class=\"share\"><a href=\"#\">分享到微信</a><a href=\"#\">打印本页，关闭窗口</a></div></div>\r\n</form>\r\n\
         <div class=\"foot\">主办单位：青溪县人民政府办公室，版权所有。 <a href=\"/\">网站地图</a><a href=\"/\">联系我们，意见建议</a></div>\r\n\
         </body></html>\r\n"
    )
}

const LINES: [&str; 13] = [
    "青溪镇2024年工作情况报告",
    "发布日期：2025-01-10\u{a0}\u{a0}来源：青溪镇人民政府",
    "2024年，我镇修缮沟渠4216米，惠及农户320户，现将情况报告如下。",
    "一、主要工作",
    "（一）水利。清淤沟渠“四纵三横”，全长共计4216米，完成率100%；新建泵站3座。",
    "村名",
    "件数",
    "上湾村",
    "12",
    "二、存在不足",
    "人手偏少，设备老旧，个别泵站尚未联通。",
    "青溪镇人民政府",
    "2025年1月8日",
];

#[track_caller]
fn html(page: &str) -> Source {
    read(page.as_bytes(), "报告.html").unwrap()
}

#[test]
fn keeps_the_report_and_leaves_the_page_around_it() {
    for bytes in [page("utf-8").into_bytes(), GB18030.encode(&page("gb2312")).0.into_owned()] {
        let source = read(&bytes, "报告.html").unwrap();
        assert_eq!(source.format.name(), "html");
        assert_eq!(lines(&source), LINES);
        let cell = |row| ParagraphKind::Cell { table: 0, row };
        assert_eq!(kinds(&source)[5..9], [cell(0), cell(0), cell(1), cell(1)]);
        assert_eq!(source.paragraphs[0].depth, Some(1));
        assert_eq!(notes(&source), [(NoteKind::Hidden, "")]);
    }
}

#[test]
fn places_are_bytes_of_the_file_in_its_own_encoding() {
    let utf8 = page("utf-8").into_bytes();
    let gbk = GB18030.encode(&page("gb2312")).0.into_owned();
    let wide: Vec<u8> = format!("\u{feff}{}", page("utf-16")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let write_wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for part in ["修缮沟渠", "320户，", "四纵三横", "座。", "上湾村", "老旧，个别泵站", "月8日"]
    {
        let bytes = |file: &[u8]| {
            let source = read(file, "报告.html").unwrap();
            match source.origins.of(&source.text, span_of(&source, part)) {
                Some(Origin::File { start, end }) => file[start..end].to_vec(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(bytes(&utf8), part.as_bytes());
        assert_eq!(bytes(&gbk), GB18030.encode(part).0.into_owned());
        assert_eq!(bytes(&wide), write_wide(part));
    }
}

#[test]
fn a_page_without_containers_is_read_whole() {
    let source = html("<html><body><h2>报告</h2>一、甲<br>二、乙<p>2024年1月&#26085;</body></html>");
    assert_eq!(lines(&source), ["报告", "一、甲", "二、乙", "2024年1月日"]);
    assert_eq!(lines(&html("<p>只有一段")), ["只有一段"]);
}

#[test]
fn a_title_outside_the_report_is_put_before_it() {
    let prose = "<p>全年办理事项56件，调解纠纷23件，群众满意。</p>".repeat(20);
    let link = "<li><a href=\"/\">一条很长的新闻标题，点击查看详细的内容</a></li>".repeat(20);
    let page = format!(
        "<div><div class=\"head\"><div class=\"top-title\">白石乡年度工作总结</div><ul>{link}</ul></div><div><div id=\"c\">{prose}</div>\
         <ul>{link}</ul></div></div>"
    );
    let source = html(&page);
    assert_eq!(lines(&source)[0], "白石乡年度工作总结");
    assert_eq!(lines(&source).len(), 21);
    let repeated = page.replace("<div id=\"c\">", "<div id=\"c\"><p>白石乡年度<br>工作总结</p>");
    assert_eq!(lines(&html(&repeated))[..2], ["白石乡年度", "工作总结"]);
}

#[test]
fn a_table_that_lays_the_page_out_is_no_table() {
    let prose = "全年办理事项56件，调解纠纷23件，群众满意。".repeat(40);
    let page = format!("<table><tr><td>栏目<td><table><tr><td>{prose}<tr><td>落款</table></table>");
    assert!(kinds(&html(&page)).iter().all(|kind| *kind == ParagraphKind::Body));
}

#[test]
fn numbered_lists_are_written_out() {
    let source =
        html("<ol><li><p>甲</p><p>又</p><li>乙</ol><ol type=a start=3><li>丙<ul><li>丁</ul></ol><pre>一\n  二</pre>");
    assert_eq!(lines(&source), ["1.甲", "又", "2.乙", "c.丙", "丁", "一", "二"]);
}

#[test]
fn pages_of_word_keep_their_numbers() {
    let word = "<html xmlns:o=\"urn:o\"><p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>一、<span>&nbsp;\n\
         </span></span><![endif]>主要\n工作<o:p></o:p></p><!--[if gte mso 9]><xml>隐去</xml><![endif]--></html>";
    assert_eq!(lines(&html(word)), ["一、\u{a0} 主要工作"]);
}

#[test]
fn notes_and_changes_of_pages_made_by_office_programs_are_told() {
    let page = "<html><div title=\"header\"><p>页眉</p></div><p>清淤<del>4100</del><ins>4216</ins>米<a class=\"sdfootnoteanc\" \
         href=\"#sdfootnote1sym\"><sup>1</sup></a>，惠及320户<a href=\"#_ftn1\">[1]</a>。</p><div id=\"sdfootnote1\"><p>\
         <a href=\"#sdfootnote1anc\">1</a>数据来自水利站。</p></div></html>";
    let source = html(page);
    assert_eq!(lines(&source), ["页眉", "清淤4216米，惠及320户。", "数据来自水利站。"]);
    assert_eq!(kinds(&source), [ParagraphKind::Furniture, ParagraphKind::Body, ParagraphKind::Note]);
    assert_eq!(notes(&source), [(NoteKind::Deletion, ""), (NoteKind::Insertion, "4216")]);
}

#[test]
fn pages_without_words_are_empty_and_without_end_too_large() {
    assert_eq!(code(b"<html><body><script>1</script></body></html>"), "empty");
    assert_eq!(code(format!("<html>{}", "<i>".repeat(3_000)).as_bytes()), "too-large");
}
