//! From a reader's [`Source`] to a [`Document`]: lines, roles, headings, joins, sentences, items.
//!
//! In that order: joining earlier would glue （一）标题 to its text.

use super::{
    Block, Cell, Clause, Document, Heading, Item, Lexicon, ParagraphKind, Role, Sentence, Source, View,
    line::{self, Line, is_closed},
    number::{Form, item_opening},
    outline::{self, Mark},
    role, sentence,
};
use crate::text::{Lines, Span};

/// A line shorter than this is not joined with the next: it may be a row of figures, a signature, a heading.
const SHORTEST_JOINED_LINE: usize = 20;

/// A line of a cell with no more characters goes on from the line before: 结果 over 维持 in a narrow column.
const LONGEST_WRAPPED_LINE: usize = 6;

/// Builds the structure.
pub(super) fn build(source: Source, lexicon: &Lexicon) -> Document {
    let (scratch, mut lines) = line::lines(&source);
    role::assign(&mut lines, &scratch, lexicon);
    let marks = outline::find(&lines, &scratch);
    for mark in marks.iter().filter(|mark| !mark.run_in) {
        lines[mark.line].role = Role::Heading;
    }
    let groups = group(&lines, &scratch, &marks);
    let mut builder = Builder { lines: &lines, scratch: &scratch, view: View::default(), parts: Parts::default() };
    for group in &groups {
        builder.push(group);
    }
    let (view, mut parts) = (builder.view, builder.parts);
    parts.headings = headings(&marks, &groups, &parts.blocks, &lines, view.len());
    assign_headings(&mut parts.blocks, &parts.headings);
    parts.items = items(&view, &parts);
    Document {
        format: source.format,
        lines: Lines::new(&source.text),
        text: source.text,
        view,
        blocks: parts.blocks,
        cells: parts.cells,
        headings: parts.headings,
        items: parts.items,
        sentences: parts.sentences,
        clauses: parts.clauses,
        origins: source.origins,
        notes: source.notes,
    }
}

#[derive(Default)]
struct Parts {
    blocks: Vec<Block>,
    cells: Vec<Cell>,
    headings: Vec<Heading>,
    items: Vec<Item>,
    sentences: Vec<Sentence>,
    clauses: Vec<Clause>,
}

struct Builder<'a> {
    lines: &'a [Line],
    scratch: &'a View,
    view: View,
    parts: Parts,
}

impl Builder<'_> {
    /// Appends the lines of a group as one block.
    fn push(&mut self, group: &[usize]) {
        let Some(first) = group.first().and_then(|index| self.lines.get(*index)) else { return };
        let start = self.view.len();
        for (place, line) in group.iter().filter_map(|index| self.lines.get(*index)).enumerate() {
            let goes_on = self.in_same_cell(line);
            if place > 0 && line.role == Role::Row && !(goes_on && line.length <= LONGEST_WRAPPED_LINE) {
                // The cells of a row are clauses of one sentence.
                self.view.push_char('，', line.paragraph.span.start);
            }
            let at = self.view.len();
            self.view.append(self.scratch, line.scratch);
            self.note_cell(line, Span::new(at, self.view.len()), goes_on);
        }
        let span = Span::new(start, self.view.len());
        let from = self.parts.sentences.len();
        let (sentences, clauses) = (&mut self.parts.sentences, &mut self.parts.clauses);
        sentence::cut(self.view.text(), span, self.parts.blocks.len(), sentences, clauses);
        self.parts.blocks.push(Block {
            spans: group.iter().filter_map(|index| self.lines.get(*index)).map(|line| line.paragraph.span).collect(),
            view: span,
            role: first.role,
            heading: None,
            sentences: from..self.parts.sentences.len(),
        });
    }
}

impl Builder<'_> {
    /// Whether a line stands in the cell of the line before.
    fn in_same_cell(&self, line: &Line) -> bool {
        let Some(last) = self.parts.cells.last() else { return false };
        let (block, area) = (self.parts.blocks.len(), line.paragraph.area);
        last.block == block && last.view.end == self.view.len() && area == Some(last.area)
    }

    /// Notes the cell that a line stands in, or lengthens it.
    fn note_cell(&mut self, line: &Line, view: Span, goes_on: bool) {
        match (self.parts.cells.last_mut(), line.paragraph.kind, line.paragraph.area) {
            (Some(last), ..) if goes_on => last.view.end = view.end,
            (_, ParagraphKind::Cell { table, .. }, Some(area)) if line.role == Role::Row => {
                self.parts.cells.push(Cell { block: self.parts.blocks.len(), view, table, area });
            }
            _ => {}
        }
    }
}

/// Which lines make one block: the cells of a row; a line of text and what goes on from it.
fn group(lines: &[Line], scratch: &View, marks: &[Mark]) -> Vec<Vec<usize>> {
    let opens = |index: usize| marks.binary_search_by_key(&index, |mark| mark.line).is_ok();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.role == Role::Furniture && line.paragraph.kind == ParagraphKind::Body {
            // A page number between two halves of a sentence is in nobody's way.
            continue;
        }
        let before = groups.last().and_then(|group| group.last()).and_then(|last| lines.get(*last));
        let joined = before.is_some_and(|before| goes_on(before, line, scratch) && !opens(index));
        match groups.last_mut() {
            Some(group) if joined => group.push(index),
            _ => groups.push(vec![index]),
        }
    }
    groups
}

/// Whether `line` goes on from `before`.
fn goes_on(before: &Line, line: &Line, scratch: &View) -> bool {
    match (before.paragraph.kind, line.paragraph.kind) {
        (ParagraphKind::Cell { .. }, ParagraphKind::Cell { .. }) => before.paragraph.kind == line.paragraph.kind,
        (ParagraphKind::Body, ParagraphKind::Body) => {
            let text = before.role == Role::Body && line.role == Role::Body && line.opening.is_none();
            let cut = before.length >= SHORTEST_JOINED_LINE && !is_closed(scratch.slice(before.scratch));
            text && (cut || line.paragraph.continues)
        }
        _ => false,
    }
}

fn headings(marks: &[Mark], groups: &[Vec<usize>], blocks: &[Block], lines: &[Line], end: usize) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::with_capacity(marks.len());
    let mut open: Vec<usize> = Vec::new();
    for mark in marks {
        let found = groups.binary_search_by_key(&mark.line, |group| group.first().copied().unwrap_or_default());
        let Some((block, line)) = found.ok().and_then(|block| Some((block, lines.get(mark.line)?))) else { continue };
        let start = blocks[block].view.start;
        open.retain(|above: &usize| headings[*above].level < mark.level);
        headings.push(Heading {
            block,
            view: Span::new(start, start + mark.length),
            number: line.opening.map(|opening| opening.at(start)),
            level: mark.level,
            parent: open.last().copied(),
            run_in: mark.run_in,
            range: Span::new(start, end),
        });
        open.push(headings.len() - 1);
    }
    for index in 0..headings.len() {
        let level = headings[index].level;
        if let Some(next) = headings[index + 1..].iter().find(|next| next.level <= level) {
            headings[index].range.end = next.view.start;
        }
    }
    headings
}

fn assign_headings(blocks: &mut [Block], headings: &[Heading]) {
    for block in blocks {
        let above = headings.partition_point(|heading| heading.view.start <= block.view.start);
        block.heading = above.checked_sub(1);
    }
}

/// The enumerated items inside blocks, each up to the next of its form or the block's end.
fn items(view: &View, parts: &Parts) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for sentence in &parts.sentences {
        let block = &parts.blocks[sentence.block];
        if !matches!(block.role, Role::Body | Role::Heading) {
            continue;
        }
        for clause in &parts.clauses[sentence.clauses.clone()] {
            let Some(opening) = item_opening(view.slice(clause.view)) else { continue };
            let heading = block.heading.and_then(|index| parts.headings.get(index));
            if heading.is_some_and(|heading| heading.view.start == clause.view.start && heading.number.is_some()) {
                continue;
            }
            let number = opening.at(clause.view.start);
            items.push(Item { block: sentence.block, number, view: Span::new(clause.view.start, block.view.end) });
        }
    }
    for index in 0..items.len() {
        let (block, form) = (items[index].block, items[index].number.form);
        let same = |next: &&Item| next.block == block && (next.number.form == form || form == Form::Sequence);
        if let Some(next) = items[index + 1..].iter().take_while(|next| next.block == block).find(same) {
            items[index].view.end = next.view.start;
        }
    }
    items
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::document::{Format, Origins, Paragraph};

    fn lexicon() -> Lexicon {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        Lexicon {
            genres: words(&["报告", "总结"]),
            metadata: words(&["索引号"]),
            furniture: words(&["当前位置", "上一篇", "打印"]),
            publication: words(&["发布日期"]),
            addressees: words(&["人民政府", "委员会"]),
            offices: words(&["人民政府"]),
            levels: [("镇".to_owned(), "镇".to_owned())].into(),
            ..Lexicon::default()
        }
    }

    fn document(text: &str) -> Document {
        let mut at = 0;
        let mut paragraphs = Vec::new();
        for line in text.split_inclusive('\n') {
            let (body, depth) = match line.trim_end().strip_prefix("## ") {
                Some(body) => (body, Some(2)),
                None => (line.trim_end(), None),
            };
            if !body.is_empty() {
                let start = at + line.find(body).unwrap();
                let span = Span::new(start, start + body.len());
                paragraphs.push(Paragraph { span, kind: ParagraphKind::Body, depth, continues: false, area: None });
            }
            at += line.len();
        }
        let source = Source {
            format: Format::Text,
            text: text.to_owned(),
            paragraphs,
            markup: Vec::new(),
            origins: Origins::default(),
            notes: Vec::new(),
        };
        Document::new(source, &lexicon())
    }

    fn roles(text: &str) -> Vec<Role> {
        document(text).blocks.iter().map(|block| block.role).collect()
    }

    #[test]
    fn tells_the_frame_from_the_text() {
        let text = "当前位置：首页\n索引号：12\n云川县石溪镇人民政府\n关于2024年工作情况的报　告\n石政〔2025〕1号\n\
                    县人民政府：\n2024年，全镇平稳。\n一、成效\n修路3条。\n石溪镇人民政府\n2025年1月3日\n上一篇：无\n";
        let frame = [Role::Residue, Role::Residue, Role::Title, Role::Title, Role::Imprint, Role::Addressee];
        let body = [Role::Body, Role::Heading, Role::Body, Role::Imprint, Role::Imprint, Role::Residue];
        assert_eq!(roles(text), [frame, body].concat());
    }

    #[test]
    fn joins_a_sentence_that_a_page_break_cut() {
        let text = "一、成效\n全镇上下一心，修整道路，疏浚沟渠，新建了两座石\n— 2 —\n桥。\n（一）抓学习\n学了3次。\n";
        let document = document(text);
        let joined = &document.blocks[1];
        assert_eq!(joined.spans.len(), 2);
        assert!(document.view.slice(joined.view).ends_with("新建了两座石桥。"));
        assert_eq!(document.blocks.len(), 4);
    }

    #[test]
    fn nests_headings_and_knows_their_reach() {
        let text = "一、成效\n（一）抓学习。学了3次。\n（二）抓执法。办案2件。\n二、不足\n一是人少；二是面窄。\n";
        let document = document(text);
        let levels: Vec<u8> = document.headings.iter().map(|heading| heading.level).collect();
        assert_eq!(levels, [1, 2, 2, 1]);
        assert_eq!(document.headings[2].parent, Some(0));
        assert_eq!(document.view.slice(document.headings[1].view), "（一）抓学习");
        assert_eq!(document.headings[0].range.end, document.headings[3].view.start);
        let items: Vec<&str> = document.items.iter().map(|item| document.view.slice(item.view)).collect();
        assert_eq!(items, ["一是人少；", "二是面窄。"]);
    }

    #[test]
    fn falls_back_on_style_where_nothing_is_numbered() {
        let document = document("## 统筹推进\n全年推进有力，成效明显。\n## 存在不足\n人手较少。\n");
        assert_eq!(document.headings.len(), 2);
        assert_eq!(document.blocks[3].heading, Some(1));
    }
}
