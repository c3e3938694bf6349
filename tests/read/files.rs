//! Files in `tests/files` and `examples`: one that LibreOffice saved, others made by hand outside this builder.

use std::{fs, path::Path};

use hegui::{
    document::{NoteKind, ParagraphKind, Source},
    read::read,
};

use crate::{lines, notes, word_place};

#[track_caller]
fn file(path: &str) -> Source {
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    assert!(bytes.len() < 40_000, "{path} is small enough to keep");
    read(&bytes, path).unwrap()
}

#[test]
fn a_file_saved_by_libreoffice() {
    let source = file("tests/files/libreoffice.docx");
    let expected = [
        "砚桥乡普法工作小结",
        "一、工作情况",
        "（一）开展活动",
        "1.进村宣讲8场",
        "2.进校宣讲2场",
        "（二）化解纠纷",
        "1.调解45件",
        "全年发放资料1200份，群众满意。",
        "①圈一",
        "②圈二",
        "①重新圈一",
        "• 圆点",
        "村名",
        "场次",
        "上砚村",
        "5",
        "下桥村",
        "5",
        "带框的段落",
        "框内第一段",
        "框内第二段",
        "第一行",
        "第二行\t右边",
        "二、下步打算",
        "继续努力。",
        "含宣传折页。",
        "砚桥乡",
        "— 1 —",
    ];
    assert_eq!(lines(&source), expected);
    assert_eq!(notes(&source), [(NoteKind::Deletion, ""), (NoteKind::Insertion, "1200")]);
    let depths: Vec<u8> = source.paragraphs.iter().filter_map(|line| line.depth).collect();
    assert_eq!(depths, [1, 2, 2, 1]);
    assert_eq!(word_place(&source, "群众满意"), (7, 12, 16));
}

#[test]
fn text_boxes_content_controls_and_links() {
    let source = file("tests/files/text-box.docx");
    let expected = [
        "荷洲街道工作简报",
        "编辑：荷洲街道办事处，详见街道网站。",
        "本期要目",
        "一季度办理实事12件",
        "框内第二段",
        "全文由内容控件包裹的段落。",
        "日期：2025年4月3日",
    ];
    assert_eq!(lines(&source), expected);
}

#[test]
fn the_example_has_numbers_a_table_a_note_and_a_change() {
    let source = file("examples/竹溪镇2024年法治政府建设年度报告.docx");
    let lines = lines(&source);
    let headings: Vec<&str> =
        source.paragraphs.iter().zip(&lines).filter(|(line, _)| line.depth == Some(1)).map(|found| *found.1).collect();
    assert_eq!(headings.len(), 4);
    assert!(headings.iter().zip(["一、", "二、", "三、", "四、"]).all(|(heading, number)| heading.starts_with(number)));
    let kinds = |kind: fn(&ParagraphKind) -> bool| source.paragraphs.iter().filter(|line| kind(&line.kind)).count();
    assert_eq!(kinds(|kind| matches!(kind, ParagraphKind::Cell { table: 0, .. })), 24);
    assert_eq!(kinds(|kind| *kind == ParagraphKind::Note), 1);
    assert_eq!(kinds(|kind| *kind == ParagraphKind::Furniture), 2);
    assert_eq!(notes(&source), [(NoteKind::Deletion, ""), (NoteKind::Insertion, "化解199件，化解率98%")]);
}
