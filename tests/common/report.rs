//! One made-up report with a hand-made review, as every renderer's tests need it.

use hegui::{
    Checked,
    diagnostic::{At, Basis, Diagnostic, Edit, Fix, Label, Safety, Severity, Standing},
    document::{Anchor, Document, Format, Heading, Lexicon, Origins, Paragraph, ParagraphKind, Piece, Source},
    engine::{Part, Requirement, Review, Section, Skip, SkipCode, Status},
    facts::{Fact, Facts},
    pack::PackStamp,
    render::{Entry, Failure, Renderer, Summary},
    text::Span,
};

/// A report of an invented town: astral characters, full width, a line of 1,500 characters, controls, a joined line.
pub fn report() -> String {
    let long = "组织干部学习，".repeat(110) + "全年开展法制宣传１２场次，" + &"发放资料，".repeat(145) + "效果良好。";
    assert!(long.chars().count() > 1_500);
    [
        "青砚镇2023年法治政府建设年度报告",
        "",
        "一、主要举措和成效",
        "（一）严格执法。𠮷水村\u{1b}[31m试点\u{7}推行网格化\u{202e}管理，办结案件23件。",
        &long,
        "二、存在问题",
        "　　一是人手不足，",
        "专业干部只有2名；二是2022年以来宣传不够深入。",
        "三、2024年工作打算",
        "",
    ]
    .join("\n")
}

pub fn document(format: Format, text: String) -> Document {
    let paragraphs: Vec<Paragraph> = text
        .split('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            Some((start, line))
        })
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(start, line)| {
            let start = start + (line.len() - line.trim_start().len());
            let span = Span::new(start, start + line.trim().len());
            Paragraph { span, kind: ParagraphKind::Body, depth: None, continues: false }
        })
        .collect();
    let pieces = paragraphs.iter().enumerate().map(|(paragraph, Paragraph { span, .. })| {
        let anchor = Anchor::Word { part: "word/document.xml".into(), paragraph, character: 0 };
        Piece { span: *span, anchor }
    });
    let origins = if format == Format::Docx { Origins::new(pieces.collect()) } else { Origins::default() };
    let (markup, notes) = (Vec::new(), Vec::new());
    let source = Source { format, text, paragraphs, markup, origins, notes };
    with_headings(Document::new(source, &Lexicon::default()))
}

/// The lines that open with 一、 as headings over those behind them, however the structure was found.
pub fn with_headings(mut document: Document) -> Document {
    document.headings.clear();
    for (index, block) in document.blocks.iter_mut().enumerate() {
        if document.view.slice(block.view).chars().nth(1) == Some('、') {
            document.headings.push(Heading {
                block: index,
                view: block.view,
                number: None,
                level: 1,
                parent: None,
                run_in: false,
                range: block.view,
            });
        }
        block.heading = document.headings.len().checked_sub(1);
    }
    document
}

/// The place of `words` in `text`.
pub fn place(text: &str, words: &str) -> Span {
    let start = text.find(words).expect(words);
    Span::new(start, start + words.len())
}

pub fn finding(rule: &str, severity: Severity, message: &str, span: Span) -> Diagnostic {
    Diagnostic {
        rule: rule.into(),
        name: format!("{rule}的名称"),
        severity,
        message: message.into(),
        help: None,
        basis: Vec::new(),
        span,
        at: None,
        related: Vec::new(),
        fix: None,
        silenced: None,
    }
}

pub fn basis(title: &str, standing: Standing) -> Basis {
    Basis { title: title.into(), document: None, clause: None, standing }
}

pub fn diagnostics(text: &str) -> Vec<Diagnostic> {
    let absent = Diagnostic {
        at: Some(At::Inside),
        help: Some(
            "写明怎样记录（文字、音像）、配备多少台执法记录仪、形成多少份案卷；没有办案的，写明“办理行政处罚案件0件”。"
                .into(),
        ),
        basis: vec![Basis {
            document: Some("青府发〔2019〕7号".into()),
            clause: Some("第十二条".into()),
            ..basis("关于全面推行行政执法记录办法的通知", Standing::Required)
        }],
        related: vec![Label { span: place(text, "办结案件23件"), message: "只写了件数".into() }],
        ..finding("recording", Severity::Error, "没有报告执法全过程记录的落实情况", place(text, "一、主要举措和成效"))
    };
    let same_place = Diagnostic { rule: "review".into(), message: "没有报告审核情况".into(), ..absent.clone() };
    let control = finding("residue", Severity::Warning, "混进了\u{1b}控制字符", place(text, "\u{1b}[31m试点\u{7}"));
    let span = place(text, "法制宣传");
    let term = Diagnostic {
        help: Some("改用规范的说法。".into()),
        basis: vec![basis("各地报告的通行写法", Standing::Customary)],
        fix: Some(Fix { safety: Safety::Safe, edits: vec![Edit { span, text: "法治宣传".into() }] }),
        ..finding("term", Severity::Warning, "“法制宣传”应作“法治宣传”", span)
    };
    let problems = Diagnostic {
        at: Some(At::After),
        fix: Some(Fix {
            safety: Safety::Unsafe,
            edits: vec![Edit { span: Span::new(text.len(), text.len()), text: "\n四、其他".into() }],
        }),
        ..finding("causes", Severity::Info, "没有分析问题的原因", place(text, "人手不足，\n专业干部只有2名"))
    };
    let silenced = Diagnostic {
        silenced: Some("县里统一的写法".into()),
        ..finding("year", Severity::Warning, "年份与报告年度不一致", place(text, "2022年以来"))
    };
    vec![
        absent,
        same_place,
        control,
        term.clone(),
        Diagnostic { message: "再说一次".into(), ..term },
        problems,
        silenced,
    ]
}

pub fn requirement(rule: &str, name: &str, status: Status) -> Requirement {
    Requirement {
        rule: rule.into(),
        name: name.into(),
        status,
        severity: Some(Severity::Warning),
        reason: None,
        evidence: Vec::new(),
        parts: Vec::new(),
    }
}

pub fn requirements(text: &str) -> Vec<Requirement> {
    let skip = |code, words: &str| Some(Skip { code, text: words.into() });
    let early = || skip(SkipCode::Year, "2026年起才要求");
    vec![
        Requirement {
            severity: Some(Severity::Error), ..requirement("recording", "执法全过程记录", Status::Missing)
        },
        Requirement {
            evidence: vec![place(text, "办结案件23件"), place(text, "23件")],
            parts: vec![
                Part { concept: "cases".into(), status: Status::Met },
                Part { concept: "review".into(), status: Status::Missing },
            ],
            ..requirement("cases", "办案情况", Status::Partial)
        },
        requirement("problems", "存在的问题", Status::Met),
        requirement("publicity", "普法宣传教育和法律明白人培养", Status::Met),
        requirement("plan", "下一年打算", Status::Met),
        Requirement { severity: None, ..requirement("mediation", "人民调解", Status::Met) },
        Requirement { reason: early(), ..requirement("platform", "监督平台应用", Status::Skipped) },
        Requirement { reason: early(), ..requirement("index", "指标体系", Status::Skipped) },
        Requirement {
            reason: skip(SkipCode::SwitchedOff, "本县已停用"),
            ..requirement("award", "示范创建", Status::Skipped)
        },
    ]
}

pub fn review(text: &str) -> Review {
    let fact = |words: &str| Some(Fact { value: words.to_owned(), span: place(text, words) });
    Review {
        pack: PackStamp {
            name: "made-up".into(),
            title: "乡镇年度报告规则（样例）".into(),
            version: "2026.1.0".into(),
            date: Some("2026-11-01".into()),
            hash: "5f2a".repeat(16),
            layers: vec!["base 2026.1.0".into()],
        },
        facts: Facts {
            year: Some(Fact { value: 2023, span: place(text, "2023年") }),
            unit: fact("青砚镇"),
            level: fact("镇"),
            ..Facts::default()
        },
        sections: vec![Section {
            kind: "problems".into(),
            name: "存在的问题".into(),
            heading: "二、存在问题".into(),
            span: place(text, "二、存在问题"),
            range: place(text, "二、存在问题\n　　一是人手不足，\n专业干部只有2名；二是2022年以来宣传不够深入。"),
        }],
        requirements: requirements(text),
        diagnostics: diagnostics(text),
    }
}

pub fn entries() -> Vec<Entry> {
    let text = report();
    let review = review(&text);
    let clean = "白石乡2023年法治政府建设年度报告\n".to_owned();
    let other = Review {
        requirements: vec![Requirement {
            reason: Some(Skip {
                code: SkipCode::OtherKind, text: "这是一份工作方案，不是年度报告".into()
            }),
            ..requirement("plan", "下一年打算", Status::Skipped)
        }],
        facts: Facts { year: Some(Fact { value: 2023, span: place(&clean, "2023年") }), ..Facts::default() },
        ..Review::default()
    };
    vec![
        Entry {
            path: "送审/青砚镇\u{1b}[2J.txt".into(),
            outcome: Ok(Checked { document: document(Format::Text, text), review }),
        },
        Entry {
            path: "送审/白石乡.md".into(),
            outcome: Ok(Checked { document: document(Format::Markdown, clean.clone()), review: Review::default() }),
        },
        Entry {
            path: "送审/方案.docx".into(),
            outcome: Ok(Checked { document: document(Format::Docx, clean), review: other }),
        },
        Entry {
            path: "送审/旧版.doc".into(),
            outcome: Err(Failure {
                code: "old-word",
                message: "这是旧版 Word 文件（.doc）".into(),
                help: "请用 Word 或 WPS 打开，另存为 .docx 后再检查".into(),
            }),
        },
    ]
}

/// A run over `entries`.
pub fn run(renderer: &dyn Renderer, entries: &[Entry]) -> String {
    let mut summary = Summary::default();
    entries.iter().for_each(|entry| summary.add(Summary::of(entry)));
    let pages: Vec<String> = entries.iter().map(|entry| renderer.entry(entry)).collect();
    renderer.begin() + &pages.join(renderer.between()) + &renderer.end(&summary)
}
