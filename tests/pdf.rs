//! PDF files of several producers, read and compared line by line; faulty and hostile ones refused.
//!
//! `tests/files/pdf/make.py` says how the files were made.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{fs, io::Write};

use flate2::{Compression, write::ZlibEncoder};
use hegui::{
    document::{Origin, ParagraphKind, Source},
    read::{ReadError, read},
    text::Span,
};

fn bytes(name: &str) -> Vec<u8> {
    fs::read(format!("tests/files/pdf/{name}.pdf")).unwrap()
}

/// The lines of a source: cells of a row together, notes and furniture marked.
fn lines(source: &Source) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut row = None;
    for paragraph in &source.paragraphs {
        let text = &source.text[paragraph.span.start..paragraph.span.end];
        match paragraph.kind {
            ParagraphKind::Body => lines.push(text.to_owned()),
            ParagraphKind::Note => lines.push(format!("note: {text}")),
            ParagraphKind::Furniture => lines.push(format!("page: {text}")),
            kind @ ParagraphKind::Cell { table, .. } if row == Some(kind) => {
                let last = lines.last_mut().unwrap();
                last.push_str(&format!(" | {text}"));
                assert!(last.starts_with(&format!("{table}: ")));
            }
            ParagraphKind::Cell { table, .. } => lines.push(format!("{table}: {text}")),
        }
        row = Some(paragraph.kind);
    }
    lines
}

fn assert_reads(name: &str, expected: &[&str]) {
    let source = read(&bytes(name), &format!("{name}.pdf")).unwrap();
    assert_eq!(lines(&source), expected, "{name}");
    assert_eq!(source.format.name(), "pdf");
}

fn failure(bytes: &[u8]) -> ReadError {
    read(bytes, "x.pdf").unwrap_err()
}

#[test]
fn a_report_with_header_footer_table_and_footnote_keeps_its_paragraphs() {
    assert_reads(
        "libreoffice",
        &[
            "柳湾乡人民政府关于2024年度",
            "法治政府建设情况的报告",
            "青禾县人民政府：",
            "2024年，柳湾乡围绕全乡中心工作，把依法办事的要求落到每一个村、每一个窗口，较好地完成了全年任务。现将有关情况报告如下。",
            "一、主要举措和成效",
            "（一）抓实学法用法",
            "全年组织乡理论学习中心组集中学法6次，班子成员轮流讲法治课4场，参加干部312人次。乡政府门口的电子屏每天滚动播放宪法和民法典条文，累计播放时长超过1200小时；12个村的宣传栏全部换新，发放《农村常用法律读本》2460册，基本做到户均一册。",
            "（二）规范行政执法",
            "全乡有17人取得行政执法证件，配备执法记录仪8台、移动打印机3台，录音录像资料统一存放，保存期限不少于三年。全年共办理行政处罚案件9件，其中适用简易程序5件、普通程序4件，每一件普通程序案件都经过法制审核。对轻微违法的首次行为人，坚持先教育后处罚，当场说明理由、当场听取意见、当场开具责令改正通知书，全年作出不予处罚决定6件，跟踪回访6件，当事人都按期改正，没有一件引起复议或者诉讼，群众对执法工作的满意度比上一年提高了3.5个百分点。",
            "（三）化解矛盾纠纷",
            "健全“网格员发现、村调委会先调、司法所兜底”的工作链条，全年排查矛盾纠纷187件，调解成功183件，成功率97.9%。¹",
            "0: 项目 | 单位 | 2023年 | 2024年",
            "0: 行政处罚案件 | 件 | 7 | 9",
            "0: 调解矛盾纠纷（含村级调委会自行调解并已登记的） | 件 | 166 | 187",
            "0: 法律咨询 | 人次 | 540 | 618",
            "二、存在的不足和原因",
            "一是个别干部习惯凭经验办事；二是执法力量偏少，一名执法人员平均要负责3个村，巡查间隔长；三是普法形式较为单一。",
            "三、下一年度工作安排",
            "2025年，我乡将新增执法人员2名，把巡查周期缩短到每村每月一次；同时办好“板凳课堂”。",
            "柳湾乡人民政府",
            "2025年1月15日",
            "note: ¹数据截至2024年12月31日，由乡司法所统计。",
            "page: 柳湾乡人民政府文件",
            "page: — 1 —",
            "page: — 2 —",
        ],
    );
}

#[test]
fn predefined_encodings_are_read_without_a_font_in_the_file() {
    let pages = [
        "一、主要举措和成效",
        "全乡有17人取得行政执法证件，配备执法记录仪8台、移动打印机3台，录音录像资料统一存放，保存期限不少于三年。全年共办理行政处罚案件9件，其中适用简易程序5件、普通程序4件，每一件普通程序案件都经过法制审核。对轻微违法的首次行为人，坚持先教育后处罚，当场说明理由、当场听取意见、当场开具责令改正通知书，全年作出不予处罚决定6件，跟踪回访6件，当事人都按期改正，没有一件引起复议或者诉讼，群众对执法工作的满意度比上一年提高了3.5个百分点。",
        "二、存在的问题",
        "一是个别干部习惯凭经验办事；二是执法力量偏少，一名执法人员平均要负责3个村，巡查间隔长；三是普法形式较为单一。",
        "page: 1",
        "page: 2",
    ];
    assert_reads("unigb-ucs2", &pages);
    assert_reads("object-streams", &pages);
    let page = [
        "（一）规范执法。全乡有17人取得行政执法证件，配备执法记录仪8台，全年共办理行政处罚案件9件，其中普通程序4件，每一件都经过法制审核。",
        "（二）化解矛盾。排查矛盾纠纷187件，调解成功183件，成功率97.9%。",
    ];
    assert_reads("gbk-euc", &page);
    assert_reads("turned-utf16", &page);
}

#[test]
fn an_embedded_font_is_read_by_its_map_to_unicode() {
    assert_reads(
        "identity",
        &[
            "健全“网格员发现、村调委会先调、司法所兜底”的工作链条，全年排查矛盾纠纷187件，调解成功183件，成功率97.9%。",
            "2025年，我乡将新增执法人员2名，把巡查周期缩短到每村每月一次；同时办好“板凳课堂”。",
        ],
    );
}

#[test]
fn columns_are_read_one_after_the_other_and_a_title_drawn_twice_once() {
    assert_reads(
        "columns",
        &[
            "工作简报",
            "一是普法先行。全年举办讲座6场，发放读本2460册，户均一册以上，群众知法懂法。",
            "二是执法有据。每一件普通程序案件都经过法制审核，没有一件被复议纠错。",
            "三是调解到村。排查纠纷187件，调解成功183件，矛盾不出乡村。",
            "四是公开到位。主动公开信息265条，答复申请公开3件，都在规定时间以内。",
        ],
    );
}

#[test]
fn figures_that_are_drawn_last_stand_where_they_belong() {
    assert_reads("figures-last", &["全年排查矛盾纠纷187件，调解成功183件，成功率97.9%。"]);
}

#[test]
fn tables_with_and_without_ruled_lines_are_rows_of_cells() {
    assert_reads(
        "tables",
        &[
            "0: 指标 | 完成情况",
            "0: 上半年 | 下半年",
            "0: 办理案件（件） | 4 | 5",
            "0: 开展普法活动（场次） | 11 | 15",
            "1: 村名 | 户数 | 明白人",
            "1: 上湾村 | 312 | 5",
            "1: 下湾村 | 287 | 4",
        ],
    );
}

#[test]
fn a_place_is_a_page_and_a_box() {
    let source = read(&bytes("gbk-euc"), "").unwrap();
    let place = |wording: &str| {
        let start = source.text.find(wording).unwrap();
        match source.origins.of(&source.text, Span::new(start, start + wording.len())).unwrap() {
            Origin::Page { page, left, top, width, height } => {
                (page, [left, top, width, height].map(|length| length.round() as i32))
            }
            other => panic!("{other:?}"),
        }
    };
    // 16 points a character from x = 112, digits half as wide; the baseline is 760 points above the foot of the page.
    assert_eq!(place("规范执法"), (1, [112 + 3 * 16, 842 - 760 - 14, 4 * 16, 16]));
    assert_eq!(place("17"), (1, [112 + 11 * 16, 68, 16, 16]));
    // Over the end of a line it is the box around both lines.
    assert_eq!(place("，配备").1, [80, 68, 24 * 16, 16 + 28]);
    let report = read(&bytes("libreoffice"), "").unwrap();
    let start = report.text.find("四、").or(report.text.find("三、下一年度")).unwrap();
    let origin = report.origins.of(&report.text, Span::new(start, start + 3)).unwrap();
    assert!(matches!(origin, Origin::Page { page: 2, .. }), "{origin:?}");
}

#[test]
fn a_large_heading_in_a_report_without_numbers_has_a_depth() {
    let heading = |y: u32, text: &str| format!("BT /F1 20 Tf 80 {y} Td <{}> Tj ET\n", hex(text));
    let line = |y: u32, text: &str| format!("BT /F1 16 Tf 80 {y} Td <{}> Tj ET\n", hex(text));
    let content = [
        line(780, "全年总的情况平稳向好。"),
        heading(740, "统筹推进"),
        line(700, "全年办理案件九件，调解纠纷一百八十七件。"),
        heading(660, "存在不足"),
        line(620, "执法力量偏少，普法形式单一。"),
    ];
    let source = read(&document(content.concat().as_bytes(), ""), "").unwrap();
    let depths: Vec<Option<u8>> = source.paragraphs.iter().map(|paragraph| paragraph.depth).collect();
    assert_eq!(depths, [None, Some(1), None, Some(1), None]);
}

#[test]
fn what_the_file_says_belongs_to_the_page_is_furniture_and_a_hidden_layer_is_not_read() {
    let line = |y: u32, text: &str| format!("BT /F1 16 Tf 80 {y} Td <{}> Tj ET\n", hex(text));
    let content = [
        format!("/Artifact <</Type/Pagination>> BDC {}EMC\n", line(700, "内部资料")),
        line(600, "全年办理案件九件，调解纠纷一百八十七件。"),
        format!("/OC /L1 BDC {}EMC\n", line(572, "底稿")),
    ];
    let source = read(&document(content.concat().as_bytes(), ""), "").unwrap();
    assert_eq!(lines(&source), ["全年办理案件九件，调解纠纷一百八十七件。", "page: 内部资料"]);
}

#[test]
fn a_scan_and_a_locked_file_say_what_they_are() {
    assert_eq!(failure(&bytes("scan")).code, "scanned");
    assert_eq!(failure(&bytes("password")).code, "encrypted");
    // A file that only forbids changes opens without a password.
    assert_eq!(read(&bytes("print-only"), "").unwrap().text, read(&bytes("gbk-euc"), "").unwrap().text);
}

#[test]
fn a_font_that_says_nothing_of_its_glyphs_is_reported() {
    let silent = document(b"BT /F2 16 Tf 80 700 Td <0001000200030004> Tj ET", "");
    assert_eq!(failure(&silent).code, "garbled");
}

#[test]
fn a_damaged_file_is_an_error_or_what_is_left_of_it() {
    assert_eq!(failure(b"%PDF-1.7\nnothing").code, "damaged");
    let names = ["libreoffice", "object-streams", "gbk-euc", "identity", "columns", "tables", "print-only", "scan"];
    for name in names {
        let whole = bytes(name);
        for part in 1..8 {
            let _ = read(&whole[..whole.len() * part / 8], "x.pdf");
        }
        let mut random = 12_345_u64;
        for _ in 0..12 {
            let mut damaged = whole.clone();
            for _ in 0..6 {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let place = (random >> 33) as usize % damaged.len();
                damaged[place] = (random >> 24) as u8;
            }
            let _ = read(&damaged, "x.pdf");
        }
    }
}

#[test]
fn too_much_is_refused_with_the_limit_that_it_exceeds() {
    let refused = |bytes: &[u8]| {
        let error = failure(bytes);
        assert_eq!(error.code, "too-large");
        error.message
    };
    assert!(refused(&vec![b' '; (100 << 20) + 1]).contains("100 MB"));
    let spaces = document(&packed(&vec![b' '; 33 << 20]), "/Filter/FlateDecode");
    assert!(refused(&spaces).contains("32MB"));
    let bomb = document(&packed(&vec![b' '; 65 << 20]), "/Filter/FlateDecode");
    assert!(refused(&bomb).contains("64MB"));
    let glyphs = format!("BT /F3 1 Tf 80 700 Td ({}) Tj ET", "a".repeat(500_001));
    assert!(refused(&document(glyphs.as_bytes(), "")).contains("50万"));
}

#[test]
fn a_form_that_draws_itself_comes_to_an_end() {
    let forms = document(b"/X1 Do", "");
    assert_eq!(lines(&read(&forms, "").unwrap()).first().map(String::as_str), Some("a"));
    // Every form draws the next one many times over.
    let many = failure(&document(b"/X2 Do", ""));
    assert!(many.message.contains("256MB"), "{}", many.message);
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn hex(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04x}")).collect()
}

/// A PDF of one page with this content, fonts F1 (Unicode codes), F2 (codes that mean nothing) and F3 (Latin), and
/// forms that draw themselves (X1) or too many others (X2), and a layer L1 that is switched off.
fn document(content: &[u8], entries: &str) -> Vec<u8> {
    let composite = |encoding: &str, ordering: &str| {
        format!(
            "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/{encoding}/DescendantFonts[<</Type/Font\
             /Subtype/CIDFontType0/BaseFont/F/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>>>]>>"
        )
    };
    let stream = |entries: &str, content: &[u8]| {
        let head = format!("<<{entries}/Length {}>>stream\n", content.len());
        [head.as_bytes(), content, b"\nendstream"].concat()
    };
    let form = |content: &str| {
        let content = content.repeat(20);
        stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", content.as_bytes())
    };
    let mut objects: Vec<Vec<u8>> = vec![
        b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[14 0 R]/D<</OFF[14 0 R]>>>>>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R/F3 7 0 R>>\
          /Properties<</L1 14 0 R>>/XObject<</X1 8 0 R/X2 9 0 R/X3 10 0 R/X4 11 0 R/X5 12 0 R/X6 13 0 R>>>>>>"
            .to_vec(),
        stream(entries, content),
        composite("UniGB-UTF16-H", "GB1").into_bytes(),
        composite("Identity-H", "Identity").into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
        stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"BT /F3 9 Tf 80 700 Td (a) Tj ET /X1 Do"),
    ];
    objects.extend(["/X3 Do ", "/X4 Do ", "/X5 Do ", "/X6 Do ", "/X2 Do "].map(form));
    objects.push(b"<</Type/OCG/Name(draft)>>".to_vec());
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (object, number) in objects.iter().zip(1..) {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = pdf.len();
    table.push_str(&format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1));
    [pdf, table.into_bytes()].concat()
}
