//! Which part of a web page holds the report: the smallest element with nearly all of the page's running text, and
//! the title before it.
//!
//! Running text is told by its sentences, outside of links and of the page's frame. Names of classes are only asked
//! for a title: every site has its own.

use std::ops::Range;

use super::tree::{Content, Tree, is_block, is_silent};

/// A stretch of text with a mark between clauses counts as running text from so many characters on.
const SHORTEST_PROSE: usize = 15;
/// So much running text may be lost for a smaller part, in characters, or as a share of the whole (1 in …).
const LOST: usize = 200;
const LOST_SHARE: usize = 20;
/// The part is widened while it takes in no more characters than these, and few of them in links (1 in …).
const WIDENED: usize = 300;
const WIDENED_LINKS: usize = 4;
/// A title has so many characters.
const TITLE: Range<usize> = 6..81;

/// The stretches of nodes that hold the report, in the order of the page. They do not overlap.
pub(super) fn find(tree: &Tree, page: &str) -> Vec<Range<usize>> {
    let sizes = Sizes::new(tree, page);
    let part = widened(tree, &sizes, narrowed(tree, &sizes));
    let mut parts = before(tree, page, &sizes, part.clone());
    parts.push(part);
    parts
}

/// How much text stands before each node: of all kinds, in links, in sentences.
struct Sizes {
    all: Vec<usize>,
    links: Vec<usize>,
    prose: Vec<usize>,
}

impl Sizes {
    fn new(tree: &Tree, page: &str) -> Self {
        let kinds = kinds(tree);
        let mut blocks = vec![(0, false); tree.nodes.len()];
        let text = |index: usize| match tree.nodes.get(index).map(|node| &node.content) {
            Some(Content::Text(span)) => page.get(span.start..span.end).unwrap_or_default(),
            _ => "",
        };
        let count = |text: &str| text.chars().filter(|char| !char.is_whitespace()).count();
        for (index, kind) in kinds.iter().enumerate().filter(|(_, kind)| !kind.linked) {
            if let Some((length, marked)) = blocks.get_mut(kind.block) {
                *length += count(text(index));
                *marked |= text(index).contains(['，', '。', '；', '：', ',', ';']);
            }
        }
        let mut sizes = Self { all: vec![0], links: vec![0], prose: vec![0] };
        for (index, kind) in kinds.iter().enumerate() {
            let length = if kind.silent { 0 } else { count(text(index)) };
            let is_prose = blocks.get(kind.block).is_some_and(|(length, marked)| *length >= SHORTEST_PROSE && *marked);
            let add = |sums: &mut Vec<usize>, counts: bool| {
                sums.push(sums.last().copied().unwrap_or_default() + if counts { length } else { 0 });
            };
            add(&mut sizes.all, true);
            add(&mut sizes.links, kind.linked);
            add(&mut sizes.prose, is_prose && !kind.linked && !kind.framed);
        }
        sizes
    }

    fn of(sums: &[usize], nodes: &Range<usize>) -> usize {
        let at = |index: usize| sums.get(index).copied().unwrap_or_default();
        at(nodes.end).saturating_sub(at(nodes.start))
    }
}

/// What the elements around a node say of it.
#[derive(Clone, Copy, Default)]
struct Kind {
    /// The innermost element around it that stands on lines of its own.
    block: usize,
    /// Whether it is the text of a link.
    linked: bool,
    /// Whether it belongs to the frame of the page.
    framed: bool,
    /// Whether nobody reads it as text.
    silent: bool,
}

fn kinds(tree: &Tree) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::with_capacity(tree.nodes.len());
    for (index, node) in tree.nodes.iter().enumerate() {
        let mut kind = node.parent.and_then(|parent| kinds.get(parent).copied()).unwrap_or_default();
        if let Content::Element(element) = &node.content {
            let name = element.name.as_str();
            kind.linked |= name == "a";
            kind.framed |= matches!(name, "nav" | "header" | "footer" | "aside");
            kind.silent |= element.hidden || is_silent(name);
            if is_block(name) {
                kind.block = index;
            }
        }
        kind.framed |= kind.silent;
        kinds.push(kind);
    }
    kinds
}

fn nodes(tree: &Tree, index: usize) -> Range<usize> {
    index..tree.end(index)
}

/// The smallest element that holds nearly all running text.
fn narrowed(tree: &Tree, sizes: &Sizes) -> Range<usize> {
    let whole = 0..tree.nodes.len();
    let prose = |part: &Range<usize>| Sizes::of(&sizes.prose, part);
    let total = prose(&whole);
    let enough = total.saturating_sub((total / LOST_SHARE).max(LOST)).max(total / 2 + 1);
    let holds = |index: &usize| {
        tree.element(*index).is_some_and(|element| may_hold_report(&element.name))
            && prose(&nodes(tree, *index)) >= enough
    };
    let roots = std::iter::successors(Some(0), |index| Some(tree.end(*index))).take_while(|index| *index < whole.end);
    let mut part = whole.clone();
    let mut inside = roots.into_iter().find(holds);
    while let Some(index) = inside {
        part = nodes(tree, index);
        inside = tree.children(index).find(holds);
    }
    part
}

/// Whether a report is ever written inside an element of this name. A paragraph is too small: headings and signatures
/// stand beside it.
fn may_hold_report(name: &str) -> bool {
    let small =
        matches!(name, "p" | "pre" | "blockquote" | "li" | "dd" | "dt" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    is_block(name) && !small
}

/// The part, widened to what holds it while that adds little: a title, a signature, a line of metadata.
fn widened(tree: &Tree, sizes: &Sizes, mut part: Range<usize>) -> Range<usize> {
    let parents: Vec<usize> = tree.parents(part.start).collect();
    for parent in parents {
        let outer = nodes(tree, parent);
        let extra = |sums: &[usize]| Sizes::of(sums, &outer).saturating_sub(Sizes::of(sums, &part));
        if !is_small(extra(&sizes.all), extra(&sizes.links)) {
            break;
        }
        part = outer;
    }
    part
}

/// Whether so much text, so much of it in links, may stand with a report without doubt.
const fn is_small(all: usize, links: usize) -> bool {
    all <= WIDENED && links * WIDENED_LINKS <= all
}

/// The title before the part, where the part does not hold it, and what stands between them if that is short.
fn before(tree: &Tree, page: &str, sizes: &Sizes, part: Range<usize>) -> Vec<Range<usize>> {
    let holds = |index: &usize| tree.end(*index) > part.start;
    let Some(title) = (0..part.start).rev().filter(|index| !holds(index)).find(|index| is_title(tree, sizes, *index))
    else {
        return Vec::new();
    };
    let wanted = letters(tree, page, &nodes(tree, title));
    if letters(tree, page, &part).contains(&wanted) {
        return Vec::new();
    }
    let between = title..part.start;
    let is_short = is_small(Sizes::of(&sizes.all, &between), Sizes::of(&sizes.links, &between));
    vec![if is_short { between } else { nodes(tree, title) }]
}

fn is_title(tree: &Tree, sizes: &Sizes, index: usize) -> bool {
    let Some(element) = tree.element(index) else { return false };
    let part = nodes(tree, index);
    let named =
        || ["title", "biaoti", "bt"].iter().any(|word| element.label.split([' ', '-', '_']).any(|name| name == *word));
    let is_heading = matches!(element.name.as_str(), "h1" | "h2" | "h3");
    let framed = |parent: usize| {
        tree.element(parent)
            .is_some_and(|parent| parent.hidden || matches!(parent.name.as_str(), "nav" | "footer" | "aside"))
    };
    (is_heading || named())
        && TITLE.contains(&Sizes::of(&sizes.all, &part))
        && Sizes::of(&sizes.links, &part) == 0
        && !element.hidden
        && !tree.parents(index).any(framed)
}

/// The text of nodes without blanks, to tell whether a title is repeated.
fn letters(tree: &Tree, page: &str, part: &Range<usize>) -> String {
    let texts = tree.nodes.get(part.clone()).unwrap_or_default().iter().filter_map(|node| match node.content {
        Content::Text(span) => page.get(span.start..span.end),
        Content::Element(_) => None,
    });
    texts.flat_map(str::chars).filter(|char| !char.is_whitespace()).collect()
}
