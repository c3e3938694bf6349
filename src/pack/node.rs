//! From the text of a YAML file to its [`Tree`], with every refusal at its place.
//!
//! A pack, like any other file of ours, is written in the plain part of YAML: no anchors, aliases, tags, merge keys, duplicate keys, second
//! documents. The parser's events are read one by one on a stack of our own with a limit, so that no input can
//! make this overflow or run on. Whether a key means anything is not asked here; that is the schema's task.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{
    flaw::{Flaw, quoted},
    guard::{self, Blank},
    plain, scalar, syntax,
    tree::{Data, Entry, Node, NodeId, Scalar, Style, Tree},
};
use crate::text::Span;

/// How deep lists and maps may lie in each other.
pub(super) const MAX_DEPTH: usize = 64;
/// How many texts, lists and maps a file may hold.
const MAX_NODES: usize = 200_000;

/// What reading a file's form gave.
#[derive(Debug)]
pub(super) struct Parsed {
    /// The tree, unless the file could not be read to its end.
    pub tree: Option<Tree>,
    /// What was refused.
    pub flaws: Vec<Flaw>,
    /// Whether something that others may refer to is not in the tree.
    pub lossy: bool,
}

/// Reads `text`, which has no byte order mark, into a tree.
pub(super) fn parse(text: &str) -> Parsed {
    let checked = guard::check(text);
    let mut builder = Builder::new(text);
    builder.flaws = checked.flaws;
    if !checked.readable {
        return Parsed { tree: None, flaws: builder.flaws, lossy: true };
    }
    builder.run();
    builder.finish()
}

/// Why reading stopped before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// What was read so far is whole (a second document follows).
    Whole,
    /// What was read so far is not whole.
    Broken,
}

/// A list or map that is not closed yet.
struct Open {
    id: NodeId,
    /// Of a map: the key whose value comes next.
    key: Option<Key>,
    /// Of a map: its keys so far.
    seen: HashMap<String, Span>,
}

/// A key that waits for its value.
struct Key {
    text: String,
    span: Span,
    /// A refused key takes its value with it.
    keep: bool,
}

/// Builds the tree.
struct Builder<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    nodes: Vec<Node>,
    open: Vec<Open>,
    root: Option<NodeId>,
    documents: usize,
    flaws: Vec<Flaw>,
    lossy: bool,
    broken: bool,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            offsets: Offsets::new(text),
            nodes: Vec::new(),
            open: Vec::new(),
            root: None,
            documents: 0,
            flaws: Vec::new(),
            lossy: false,
            broken: false,
        }
    }

    /// Reads events until the end or until something forbids going on.
    fn run(&mut self) {
        let mut parser = Parser::new_from_str(self.text);
        while let Some(event) = parser.next_event() {
            let stop = match event {
                Ok((event, span)) => {
                    let span = Span::new(self.offsets.byte(span.start.index()), self.offsets.byte(span.end.index()));
                    self.take(event, span)
                }
                Err(error) => {
                    let at = self.offsets.byte(error.marker().index());
                    // What the parser cannot read may be a hidden character, which has its flaw already.
                    if !self.flaws.iter().any(|flaw| flaw.span.start == at) {
                        self.flaws.push(syntax::flaw(self.text, at, error.info(), self.bracket()));
                    }
                    Some(Stop::Broken)
                }
            };
            if let Some(stop) = stop {
                self.broken = stop == Stop::Broken;
                return;
            }
        }
    }

    /// Where the innermost bracket stands that is still open.
    fn bracket(&self) -> Option<usize> {
        let node = self.open.last().and_then(|open| self.nodes.get(open.id))?;
        node.flow.then_some(node.span.start)
    }

    /// Takes one event; says whether and how to stop.
    fn take(&mut self, event: Event<'_>, span: Span) -> Option<Stop> {
        match event {
            Event::DocumentStart(_) => return self.document(span),
            Event::Alias(_) => {
                self.refuse_alias(span);
                self.lossy = true;
                return self.add(Data::Hole, span, false);
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_properties(anchor > 0, tag.is_some(), span);
                let span = self.trimmed(span);
                if text.is_empty() && (anchor > 0 || tag.is_some()) {
                    return self.add(Data::Hole, span, false);
                }
                let style = style_of(style);
                if style == Style::Plain {
                    self.flaws.extend(plain::flaw(self.text, span));
                }
                return self.scalar(Scalar { text: text.into_owned(), style }, span);
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_properties(anchor > 0, tag.is_some(), span);
                return self.add(Data::List(Vec::new()), span, true);
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_properties(anchor > 0, tag.is_some(), span);
                return self.add(Data::Map(Vec::new()), span, true);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::DocumentEnd | Event::StreamStart | Event::StreamEnd | Event::Nothing => {}
        }
        None
    }

    fn document(&mut self, span: Span) -> Option<Stop> {
        self.documents += 1;
        if self.documents == 1 {
            return None;
        }
        let flaw = Flaw::new(span, "一个文件里只能有一份内容，这里用“---”又开始了一份");
        self.flaws.push(flaw.help("删去“---”，或者把后面的内容另存为一个文件"));
        Some(Stop::Whole)
    }

    /// The span without the white space at its end, which the parser counts in.
    fn trimmed(&self, span: Span) -> Span {
        let raw = self.text.get(span.start..span.end).unwrap_or_default();
        Span::new(span.start, span.start + raw.trim_end_matches([' ', '\t', '\r', '\n']).len())
    }

    /// A scalar is a key where a map waits for one, else a value.
    fn scalar(&mut self, scalar: Scalar, span: Span) -> Option<Stop> {
        let keyless = self.open.last().filter(|open| open.key.is_none());
        let data = keyless.and_then(|open| self.nodes.get(open.id)).map(|node| &node.data);
        if !matches!(data, Some(Data::Map(_))) {
            return self.add(Data::Scalar(scalar), span, false);
        }
        let keep = self.accept_key(&scalar, span);
        if let Some(open) = self.open.last_mut() {
            open.key = Some(Key { text: scalar.text, span, keep });
        }
        None
    }

    /// Whether a key may stand here; if not, says why.
    fn accept_key(&mut self, scalar: &Scalar, span: Span) -> bool {
        let plain = scalar.style == Style::Plain;
        if plain && scalar.text == "<<" {
            let flaw = Flaw::new(span, "不能用合并键“<<”");
            self.refuse_key(flaw.help("把要合并的内容直接写在这里；各处共用的说法写成词类，用 <词类名> 引用"));
            return false;
        }
        if plain && scalar::is_null(&scalar.text) {
            let flaw = Flaw::new(span, "冒号前面没有键");
            self.refuse_key(flaw.help("在冒号前写上键；如果键就是这几个字，加引号"));
            return false;
        }
        let Some(open) = self.open.last_mut() else { return false };
        if let Some(first) = open.seen.get(&scalar.text) {
            let flaw = Flaw::new(span, format!("“{}”写了两遍", quoted(&scalar.text, 40)))
                .related(*first, "第一遍在这里")
                .help("合并成一处，或者改掉其中一个");
            self.flaws.push(flaw);
            return false;
        }
        open.seen.insert(scalar.text.clone(), span);
        true
    }

    /// A key that is left out with its value.
    fn refuse_key(&mut self, flaw: Flaw) {
        self.flaws.push(flaw);
        self.lossy = true;
        if let Some(node) = self.open.last().and_then(|open| self.nodes.get_mut(open.id)) {
            node.partial = true;
        }
    }

    /// Adds a value below what is open, and opens it if it is a list or map.
    fn add(&mut self, data: Data, span: Span, opens: bool) -> Option<Stop> {
        if self.nodes.len() >= MAX_NODES {
            let flaw = Flaw::new(span, format!("文件里的内容超过{MAX_NODES}项"));
            self.flaws.push(flaw.help("分成几个文件"));
            return Some(Stop::Broken);
        }
        if opens && self.open.len() >= MAX_DEPTH {
            self.flaws.push(guard::too_deep(span));
            return Some(Stop::Broken);
        }
        let id = self.nodes.len();
        let parent = self.open.last().map(|open| open.id);
        // Only a list or map in brackets opens with a token of its own.
        let flow = opens && !span.is_empty();
        self.nodes.push(Node { data, span, key: None, parent, flow, partial: false });
        self.attach(id, span);
        if opens {
            self.open.push(Open { id, key: None, seen: HashMap::new() });
        }
        None
    }

    /// Hangs a node below the innermost open list or map.
    fn attach(&mut self, id: NodeId, span: Span) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(id);
            return;
        };
        let parent = open.id;
        let key = open.key.take();
        if let Some(Data::List(items)) = self.nodes.get_mut(parent).map(|node| &mut node.data) {
            items.push(id);
            return;
        }
        let Some(key) = key else { return self.refuse_complex_key(id, span) };
        if let Some(node) = self.nodes.get_mut(id) {
            node.key = Some(key.span);
        }
        if let Some(Data::Map(entries)) = self.nodes.get_mut(parent).map(|node| &mut node.data)
            && key.keep
        {
            entries.push(Entry { key: key.text, value: id });
        }
    }

    /// A list or map where a key should stand; an alias there has its flaw already.
    fn refuse_complex_key(&mut self, id: NodeId, span: Span) {
        if !matches!(self.nodes.get(id).map(|node| &node.data), Some(Data::Hole)) {
            self.refuse_key(Flaw::new(span, "键只能是文字，不能是列表或一组键").help("如果键以 [ 或 { 开头，加引号"));
        }
        if let Some(open) = self.open.last_mut() {
            open.key = Some(Key { text: String::new(), span, keep: false });
        }
    }

    /// Closes the innermost list or map, whose last token ends at the end of `span`.
    fn close(&mut self, span: Span) {
        if let Some(node) = self.open.pop().and_then(|open| self.nodes.get_mut(open.id)) {
            node.span.end = span.end.max(node.span.end);
        }
    }

    fn refuse_alias(&mut self, span: Span) {
        let flaw = Flaw::new(span, "不能用“*”引用别处的内容");
        self.flaws.push(flaw.help("把内容直接写在这里；如果“*”是文字的一部分，加引号"));
    }

    /// Anchors and tags stand before their node, which itself is kept.
    fn refuse_properties(&mut self, anchor: bool, tag: bool, span: Span) {
        if anchor {
            let flaw = Flaw::new(self.property('&', span), "不能用“&”给内容起名");
            self.flaws.push(flaw.help("删去它；如果“&”是文字的一部分，加引号"));
        }
        if tag {
            let flaw = Flaw::new(self.property('!', span), "不能用“!”标注类型");
            self.flaws.push(flaw.help("删去它；如果“!”是文字的一部分，加引号"));
        }
    }

    /// The word that starts with `mark` at the start of a node's span or before it on its line or the one above.
    fn property(&self, mark: char, span: Span) -> Span {
        let head = self.text.get(..span.start).unwrap_or_default();
        let from = head.trim_end().rfind('\n').unwrap_or(0);
        let before = head.get(from..).and_then(|near| near.rfind(mark)).map(|at| from + at);
        let at_start = self.text.get(span.start..).is_some_and(|rest| rest.starts_with(mark));
        let start = if at_start { span.start } else { before.unwrap_or(span.start) };
        let rest = self.text.get(start..).unwrap_or_default();
        let length = rest.find(|char: char| char.is_whitespace() || ",[]{}".contains(char)).unwrap_or(rest.len());
        Span::new(start, start + length)
    }

    fn finish(mut self) -> Parsed {
        if self.broken {
            return Parsed { tree: None, flaws: self.flaws, lossy: true };
        }
        let empty = |node: &Node| matches!(&node.data, Data::Scalar(scalar) if scalar.text.is_empty());
        let root = self.root.filter(|id| self.nodes.get(*id).is_some_and(|node| !empty(node)));
        let Some(root) = root else {
            let flaw = Flaw::new(Span::default(), "文件里没有内容");
            self.flaws.push(flaw.help("写上内容，或者删去这个文件"));
            return Parsed { tree: None, flaws: self.flaws, lossy: true };
        };
        let tree = Tree { nodes: self.nodes, root };
        self.flaws.extend(Blank::Tab.flaw(self.text, &Blank::Tab.outside_texts(self.text, &tree)));
        // With wide blanks the levels are other than they look, and what the schema says of them would mislead.
        let wide = Blank::Wide.flaw(self.text, &Blank::Wide.outside_texts(self.text, &tree));
        let tree = if wide.is_some() { None } else { Some(tree) };
        self.flaws.extend(wide);
        Parsed { lossy: self.lossy || tree.is_none(), tree, flaws: self.flaws }
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    }
}

/// From the parser's places, counted in characters, to bytes. A mark is kept every so many characters.
struct Offsets<'a> {
    text: &'a str,
    marks: Vec<usize>,
}

impl<'a> Offsets<'a> {
    const EVERY: usize = 64;

    fn new(text: &'a str) -> Self {
        let marks = text.char_indices().step_by(Self::EVERY).map(|(at, _)| at).collect();
        Self { text, marks }
    }

    /// The byte at which the character with this index starts; the end of the text for any index behind it.
    fn byte(&self, index: usize) -> usize {
        let Some(mark) = self.marks.get(index / Self::EVERY) else { return self.text.len() };
        let rest = self.text.get(*mark..).unwrap_or_default();
        rest.char_indices().nth(index % Self::EVERY).map_or(self.text.len(), |(at, _)| mark + at)
    }
}
