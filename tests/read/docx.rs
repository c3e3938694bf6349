//! The text of Word files, paragraph by paragraph.

use hegui::{
    document::{Format, NoteKind, Origin, ParagraphKind},
    read::read,
};

use crate::{
    body, kinds, lines, notes,
    package::{Docx, document, paragraph, run, with_properties},
    span_of, word_place,
};

#[test]
fn runs_are_one_text_and_places_count_characters() {
    let source = body(&format!(
        "{}<w:p/><w:p>{}{}<w:r><w:t xml:space=\"preserve\">&lt;二&gt; &#x4e09;</w:t></w:r></w:p>",
        paragraph("标题"),
        run("青𠮷镇"),
        run(" 一 "),
    ));
    assert_eq!(source.format, Format::Docx);
    assert_eq!(source.text, "标题\n青𠮷镇一<二> 三\n");
    assert_eq!(word_place(&source, "标题"), (0, 0, 2));
    assert_eq!(word_place(&source, "镇一<"), (2, 2, 5));
    assert_eq!(word_place(&source, "三"), (2, 8, 9));
}

#[test]
fn tabs_and_hyphens_are_characters_and_blanks_at_the_ends_are_no_part_of_a_paragraph() {
    let source = body(
        "<w:p><w:r><w:t xml:space=\"preserve\">\u{3000}\u{3000}第</w:t><w:tab/><w:t>1</w:t><w:noBreakHyphen/>\
         <w:t>2</w:t><w:softHyphen/><w:t>号</w:t><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/>\
         <w:sym w:font=\"宋体\" w:char=\"25A1\"/></w:r></w:p>",
    );
    assert_eq!(source.text, "\u{3000}\u{3000}第\t1-2号•□\n");
    assert_eq!(lines(&source), ["第\t1-2号•□"]);
    assert_eq!(word_place(&source, "2号•"), (0, 6, 10));
}

#[test]
fn breaks_cut_a_paragraph_into_lines_that_go_on() {
    let source = body(
        "<w:p><w:r><w:br w:type=\"page\"/><w:t>竹溪镇人民政府</w:t><w:br/><w:br/><w:t>工作报告</w:t><w:cr/></w:r></w:p>",
    );
    assert_eq!(source.text, "竹溪镇人民政府\n\n工作报告\n\n");
    assert_eq!(lines(&source), ["竹溪镇人民政府", "工作报告"]);
    assert_eq!(source.paragraphs.iter().map(|line| line.continues).collect::<Vec<_>>(), [false, true]);
    assert_eq!(word_place(&source, "竹溪镇"), (0, 1, 4));
    assert_eq!(word_place(&source, "工作"), (0, 10, 12));
}

#[test]
fn what_wraps_text_is_walked_through() {
    let source = body(&format!(
        "<w:sdt><w:sdtPr><w:alias w:val=\"不读\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:customXml><w:p><w:hyperlink r:id=\"rId9\">{}</w:hyperlink><w:smartTag>{}</w:smartTag>\
         <w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>\
         <m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p></w:customXml>",
        paragraph("控件"),
        run("链接"),
        run("标记"),
        run("内容"),
        run("zhèn"),
        run("镇"),
    ));
    assert_eq!(lines(&source), ["控件", "链接标记内容镇x"]);
}

#[test]
fn field_codes_are_left_out_and_results_read() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = "<w:r><w:instrText> REF 甲 </w:instrText></w:r>";
    let source = body(&format!(
        "<w:p>{}{}{code}{}{}{code}{}{}{}{}{}{}</w:p><w:p>{}{}</w:p>{}<w:p><w:fldSimple w:instr=\"PAGE\">{}</w:fldSimple></w:p>",
        run("见"),
        field("begin"),
        run("码"),
        field("begin"),
        field("separate"),
        run("内"),
        field("end"),
        field("separate"),
        run("第三条"),
        field("end"),
        field("begin"),
        run("没有结束的域"),
        paragraph("照常"),
        run("1"),
    ));
    assert_eq!(lines(&source), ["见第三条", "照常", "1"]);
}

#[test]
fn tables_give_a_line_a_cell_with_its_row() {
    let cell = |content: &str| format!("<w:tc><w:tcPr/>{content}</w:tc>");
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>());
    let inner = format!("<w:tbl>{}</w:tbl><w:p/>", row(&[&paragraph("内甲"), &paragraph("内乙")]));
    let source = body(&format!(
        "{}<w:tbl><w:tblPr/><w:tblGrid/>{}{}</w:tbl>{}",
        paragraph("前"),
        row(&[&paragraph("项目"), &format!("{}{}", paragraph("数"), paragraph("量"))]),
        row(&[&inner, "<w:p/>", &paragraph("3件")]),
        paragraph("后"),
    ));
    assert_eq!(lines(&source), ["前", "项目", "数", "量", "内甲", "内乙", "3件", "后"]);
    let cell = |table, row| ParagraphKind::Cell { table, row };
    let expected = [
        ParagraphKind::Body,
        cell(0, 0),
        cell(0, 0),
        cell(0, 0),
        cell(1, 0),
        cell(1, 0),
        cell(0, 1),
        ParagraphKind::Body,
    ];
    assert_eq!(kinds(&source), expected);
    assert_eq!(word_place(&source, "3件"), (8, 0, 2));
}

#[test]
fn a_table_of_one_cell_is_a_frame() {
    let source = body(&format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph("框内正文")));
    assert_eq!(kinds(&source), [ParagraphKind::Body]);
}

#[test]
fn text_boxes_follow_the_paragraph_that_holds_them_once() {
    let text_box = |text: &str| format!("<w:txbxContent>{}{}</w:txbxContent>", paragraph(text), paragraph("又一段"));
    let source = body(&format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:wsp><wps:txbx>{}</wps:txbx>\
         </wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r>{}</w:p>{}",
        run("正文前半"),
        text_box("框里"),
        text_box("框里"),
        run("后半"),
        paragraph("下一段"),
    ));
    assert_eq!(lines(&source), ["正文前半后半", "框里", "又一段", "下一段"]);
    assert_eq!(word_place(&source, "框里"), (1, 0, 2));
    assert_eq!(word_place(&source, "下一段"), (5, 0, 3), "the paragraphs of the fallback count");
}

#[test]
fn the_fallback_is_read_where_the_choice_has_no_text() {
    let source = body(&format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"x\"><w:drawing/></mc:Choice><mc:Fallback>\
         <w:t>😀</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>\
         <mc:AlternateContent><mc:Choice Requires=\"x\"/><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        paragraph("段"),
    ));
    assert_eq!(lines(&source), ["😀", "段"]);
}

#[test]
fn notes_and_page_furniture_follow_the_body() {
    let section = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/><w:headerReference w:type=\"first\" \
                   r:id=\"rId2\"/><w:footerReference w:type=\"default\" r:id=\"rId3\"/></w:sectPr>";
    let footnotes = format!(
        "<w:footnote w:type=\"separator\" w:id=\"-1\">{}</w:footnote><w:footnote w:id=\"1\">{}</w:footnote>",
        paragraph("——"),
        paragraph("统计到十二月。"),
    );
    let source = Docx::new(&format!(
        "<w:p>{}<w:r><w:footnoteReference w:id=\"1\"/></w:r>{}</w:p><w:p><w:pPr>{section}</w:pPr></w:p>{section}",
        run("全年"),
        run("三件"),
    ))
    .named("header", "header1.xml", "hdr", &paragraph("竹溪镇文件"))
    .named("header", "header2.xml", "hdr", &paragraph("不用的首页页眉"))
    .named("footer", "footer1.xml", "ftr", &paragraph("— 1 —"))
    .part("footnotes", "footnotes", &footnotes);
    let source = read(&source.build(), "报告.docx").unwrap();
    assert_eq!(lines(&source), ["全年三件", "统计到十二月。", "竹溪镇文件", "— 1 —"]);
    let expected = [ParagraphKind::Body, ParagraphKind::Note, ParagraphKind::Furniture, ParagraphKind::Furniture];
    assert_eq!(kinds(&source), expected);
    assert_eq!(word_place(&source, "三件"), (0, 2, 4));
    match source.origins.of(&source.text, span_of(&source, "统计")) {
        Some(Origin::Word { part, paragraph, start, end }) => {
            assert_eq!((&*part, paragraph, start, end), ("word/footnotes.xml", 1, 0, 2));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn even_headers_count_where_the_settings_say_so() {
    let section = "<w:sectPr><w:titlePg/><w:headerReference w:type=\"even\" r:id=\"rId1\"/>\
                   <w:footerReference w:type=\"first\" r:id=\"rId2\"/></w:sectPr>";
    let file = |settings: &str| {
        Docx::new(&format!("{}{section}", paragraph("正文")))
            .named("header", "header1.xml", "hdr", &paragraph("双页"))
            .named("footer", "footer1.xml", "ftr", &paragraph("首页"))
            .part("settings", "settings", settings)
            .build()
    };
    assert_eq!(lines(&read(&file(""), "").unwrap()), ["正文", "首页"]);
    assert_eq!(lines(&read(&file("<w:evenAndOddHeaders/>"), "").unwrap()), ["正文", "双页", "首页"]);
}

#[test]
fn depth_comes_from_outline_levels_and_style_names() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"a\"><w:name w:val=\"章标题\"/><w:basedOn w:val=\"1\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:name w:val=\"标题 2\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"c\"><w:name w:val=\"正文样式\"/><w:basedOn w:val=\"1\"/>\
                  <w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"x\"><w:name w:val=\"x\"/><w:basedOn w:val=\"y\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"y\"><w:name w:val=\"y\"/><w:basedOn w:val=\"x\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"t\"><w:name w:val=\"toc 1\"/></w:style>";
    let styled = |id: &str| with_properties(&format!("<w:pStyle w:val=\"{id}\"/>"), id);
    let content: String = ["1", "a", "b", "c", "x", "Heading3", "t"].into_iter().map(styled).collect();
    let direct = with_properties("<w:pStyle w:val=\"c\"/><w:outlineLvl w:val=\"1\"/>", "直接");
    let source = read(&Docx::new(&format!("{content}{direct}")).styles(styles).build(), "").unwrap();
    let depths: Vec<Option<u8>> = source.paragraphs.iter().map(|line| line.depth).collect();
    assert_eq!(depths, [Some(1), Some(1), Some(2), None, None, Some(3), None, Some(2)]);
    assert_eq!(kinds(&source)[6], ParagraphKind::Furniture, "a line of a table of contents");
}

#[test]
fn hidden_text_is_left_out_and_noted() {
    let styles = "<w:style w:type=\"character\" w:styleId=\"h\"><w:rPr><w:vanish/></w:rPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"p\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let source = Docx::new(&format!(
        "<w:p>{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"p\"/></w:pPr>{}{}</w:p>",
        run("", "看得见"),
        run("<w:vanish/>", "看不见"),
        run("<w:rStyle w:val=\"h\"/>", "也看不见"),
        run("<w:rStyle w:val=\"h\"/><w:vanish w:val=\"0\"/>", "又看得见"),
        run("", "样式隐藏"),
        run("<w:vanish w:val=\"false\"/>", "显示"),
    ))
    .styles(styles);
    let source = read(&source.build(), "").unwrap();
    assert_eq!(lines(&source), ["看得见又看得见", "显示"]);
    assert_eq!(notes(&source), [(NoteKind::Hidden, ""), (NoteKind::Hidden, "")]);
    assert_eq!(source.notes[0].span.start, "看得见".len());
}

#[test]
fn comments_are_noted_where_they_stand() {
    let source = body(&format!(
        "<w:p>{}<w:commentRangeStart w:id=\"1\"/>{}</w:p><w:p>{}<w:commentRangeEnd w:id=\"1\"/>\
         <w:r><w:commentReference w:id=\"1\"/></w:r>{}<w:r><w:commentReference w:id=\"2\"/></w:r></w:p>",
        run("前"),
        run("甲"),
        run("乙"),
        run("丙"),
    ));
    assert_eq!(source.text, "前甲\n乙丙\n");
    assert_eq!(notes(&source), [(NoteKind::Comment, "甲\n乙"), (NoteKind::Comment, "")]);
}

#[test]
fn strict_files_and_utf16_parts_are_read() {
    let strict = document(&paragraph("严格")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    assert_eq!(lines(&read(&Docx::raw(&strict).build(), "").unwrap()), ["严格"]);

    let prefixed = document(&paragraph("别的前缀")).replace("w:", "q:").replace("xmlns:w=", "xmlns:q=");
    assert_eq!(lines(&read(&Docx::raw(&prefixed).build(), "").unwrap()), ["别的前缀"]);

    let wide: Vec<u8> = format!("\u{feff}{}", document(&paragraph("宽𠮷")).replace("UTF-8", "UTF-16"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let relations = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/w/main.xml"/></Relationships>"#;
    let entries = [("_rels/.rels".to_owned(), relations.to_vec()), ("W\\Main.xml".to_owned(), wide)];
    let source = read(&crate::package::zip(&entries), "").unwrap();
    assert_eq!(lines(&source), ["宽𠮷"]);
    assert_eq!(word_place(&source, "𠮷"), (0, 1, 2));
}

#[test]
fn line_ends_and_control_characters_in_the_xml_are_blanks() {
    let source = body("<w:p><w:r><w:t>一\n二&#10;三&#7;四<![CDATA[<五>&]]>&unknown;</w:t></w:r></w:p>");
    assert_eq!(lines(&source), ["一 二 三 四<五>&&unknown;"]);
}

#[test]
fn a_name_in_the_properties_of_the_file_is_noted_and_an_empty_one_is_not() {
    let read_with = |properties: &str| {
        let xml = format!(
            "<cp:coreProperties xmlns:cp=\"urn:cp\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{properties}</cp:coreProperties>"
        );
        let file = Docx::new(&paragraph("正文")).bytes("docProps/core.xml", xml.as_bytes()).build();
        read(&file, "").unwrap().notes.iter().map(|note| note.kind).collect::<Vec<_>>()
    };
    assert_eq!(read_with("<dc:creator>陈某</dc:creator>"), [NoteKind::Author]);
    assert_eq!(read_with("<dc:creator/><cp:lastModifiedBy>陈某</cp:lastModifiedBy>"), [NoteKind::Author]);
    assert_eq!(read_with("<dc:creator> </dc:creator><dc:title>报告</dc:title>"), []);
    assert_eq!(read_with("<dc:creator"), []);
}
