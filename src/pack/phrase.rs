//! The phrase language: `A…B`, `A……B`, `(a/b)`, `<class>`, `<数>`, `<年>`, `<某>`, from writing to flat variants.
//!
//! A phrase is made of literals, so that one scan of the text serves all of them. Matching is `engine`'s.

use std::{ops::Range, rc::Rc};

use crate::document::fold;

/// Variants that one phrase may have; more is a slip of the pen.
const MOST_VARIANTS: usize = 64;
/// Literals that one element of a phrase may have.
const MOST_LITERALS: usize = 2_000;
/// Neighbouring lists of literals are multiplied out up to this size. In a phrase longer lists stay elements of their
/// own, which match side by side as well: a class is then one list, however many phrases name it.
const LARGEST_PRODUCT: usize = 16;
/// An entry of a class must come out as plain literals.
const LARGEST_ENTRY: usize = 400;
/// Brackets may be nested so deep.
const DEEPEST_NESTING: usize = 8;

/// How an element is tied to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gap {
    /// Right behind it.
    None,
    /// `…`: in the same clause, at most 14 characters away.
    Clause,
    /// `……`: in the same sentence, at most 60 characters away.
    Sentence,
}

/// One element of a variant, before its literals are interned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unit {
    /// One of these texts, folded, sorted, each once; none is empty.
    Texts(Texts),
    /// A number; `true`: a percentage.
    Number(bool),
    /// A year.
    Year,
    /// A name of two to four Chinese characters.
    Name,
}

/// Texts to choose from; those of a class are shared by all phrases that name it.
pub(super) type Texts = Rc<Vec<String>>;

/// A way to say a phrase: its elements, each with the gap before it.
pub(super) type Variant = Vec<(Gap, Unit)>;

/// What is wrong with a phrase, and in which bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PhraseFault {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl PhraseFault {
    fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: None }
    }
}

/// Where class names are looked up: the class's literals, folded, sorted, each once, or the reason why there are none.
pub(super) type Classes<'a> = dyn Fn(&str) -> Result<Texts, String> + 'a;

/// Parses a phrase and lowers it to its variants.
pub(super) fn variants(phrase: &str, classes: &Classes<'_>) -> Result<Vec<Variant>, PhraseFault> {
    variants_up_to(LARGEST_PRODUCT, phrase, classes)
}

/// The variants of a phrase whose lists are multiplied out up to this size.
fn variants_up_to(product: usize, phrase: &str, classes: &Classes<'_>) -> Result<Vec<Variant>, PhraseFault> {
    let mut parser = Parser { text: phrase, at: 0, depth: 0 };
    let nodes = parser.sequence(false)?;
    if parser.at < phrase.len() {
        return Err(PhraseFault::new(parser.at..phrase.len(), "多了一个“)”"));
    }
    let lowered = Lowering { product, classes }.ways(&nodes)?;
    let mut variants = Vec::with_capacity(lowered.len());
    for parts in lowered.into_iter().flat_map(settle) {
        let variant = assemble(parts);
        let whole = 0..phrase.len();
        if variant.iter().any(|(_, unit)| matches!(unit, Unit::Texts(texts) if texts.len() > MOST_LITERALS)) {
            return Err(PhraseFault::new(whole, format!("展开后超过{MOST_LITERALS}种说法")));
        }
        if variant.is_empty() || variant.iter().all(|(_, unit)| *unit == Unit::Name) {
            return Err(PhraseFault::new(whole, "说法是空的"));
        }
        if !variants.contains(&variant) {
            variants.push(variant);
        }
    }
    Ok(variants)
}

/// The literals of a class entry: a phrase without gaps, numbers and names.
pub(super) fn literals(phrase: &str, classes: &Classes<'_>) -> Result<Vec<String>, PhraseFault> {
    let mut literals = Vec::new();
    for variant in variants_up_to(LARGEST_ENTRY, phrase, classes)? {
        match variant.as_slice() {
            [(_, Unit::Texts(texts))] => literals.extend(texts.iter().cloned()),
            _ => return Err(PhraseFault::new(0..phrase.len(), "词类里只能写词，不能用 …、<数>、<年>、<某>")),
        }
    }
    Ok(literals)
}

/// A node of the phrase as written.
#[derive(Debug)]
enum Node {
    Text(String),
    Choice(Vec<Vec<Node>>),
    Class(String, Range<usize>),
    Unit(Unit),
    Gap(Gap),
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Up to the end, or inside brackets up to `/` or `)`.
    fn sequence(&mut self, inside: bool) -> Result<Vec<Node>, PhraseFault> {
        let mut nodes = Vec::new();
        while let Some(char) = self.rest().chars().next() {
            match char {
                ')' | '/' if inside => break,
                ')' => break,
                '(' => nodes.push(self.choice()?),
                '<' => nodes.push(self.named()?),
                '…' => nodes.push(self.gap()),
                _ => nodes.push(self.literal(inside)?),
            }
        }
        Ok(nodes)
    }

    fn literal(&mut self, inside: bool) -> Result<Node, PhraseFault> {
        let stops = |char: char| matches!(char, '(' | ')' | '<' | '…') || inside && char == '/';
        let rest = self.rest();
        let length = rest.find(stops).unwrap_or(rest.len());
        let text = rest.get(..length).unwrap_or_default().to_owned();
        if let Some((range, message, help)) = slip(&text) {
            let range = self.at + range.start..self.at + range.end;
            return Err(PhraseFault { range, message: message.to_owned(), help: Some(help.to_owned()) });
        }
        self.at += length;
        Ok(Node::Text(text))
    }

    fn gap(&mut self) -> Node {
        let count = self.rest().chars().take_while(|char| *char == '…').count();
        self.at += count * '…'.len_utf8();
        Node::Gap(if count > 1 { Gap::Sentence } else { Gap::Clause })
    }

    fn choice(&mut self) -> Result<Node, PhraseFault> {
        let start = self.at;
        self.depth += 1;
        if self.depth > DEEPEST_NESTING {
            return Err(PhraseFault::new(start..start + 1, "括号套得太深"));
        }
        let mut branches = Vec::new();
        loop {
            self.at += 1;
            branches.push(self.sequence(true)?);
            match self.rest().chars().next() {
                Some('/') => {}
                Some(_) => break,
                None => return Err(PhraseFault::new(start..start + 1, "这个“(”没有配对的“)”")),
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(Node::Choice(branches))
    }

    fn named(&mut self) -> Result<Node, PhraseFault> {
        let start = self.at;
        let Some(length) = self.rest().find('>') else {
            return Err(PhraseFault::new(start..start + 1, "这个“<”没有配对的“>”"));
        };
        let name = self.rest().get(1..length).unwrap_or_default().to_owned();
        self.at += length + 1;
        let percent = self.rest().chars().next().filter(|char| matches!(char, '%' | '％'));
        Ok(match (name.as_str(), percent) {
            ("数", Some(percent)) => {
                self.at += percent.len_utf8();
                Node::Unit(Unit::Number(true))
            }
            ("数", None) => Node::Unit(Unit::Number(false)),
            ("年", _) => Node::Unit(Unit::Year),
            ("某", _) => Node::Unit(Unit::Name),
            _ => Node::Class(name, start..self.at),
        })
    }
}

/// A sign of the phrase language as a Chinese keyboard writes it, which would be matched as it stands and so never:
/// its bytes, what is wrong, how to mend it.
fn slip(text: &str) -> Option<(Range<usize>, &'static str, &'static str)> {
    let between = |open: char, close: char| {
        let start = text.find(open)?;
        let end = start + text.get(start..)?.find(close)?;
        Some(start..end + close.len_utf8())
    };
    if let Some(range) = between('（', '）').filter(|range| text.get(range.clone()).is_some_and(|it| it.contains('/')))
    {
        return Some((range, "全角括号不表示任选其一", "用半角括号：(甲/乙)"));
    }
    if let Some(range) = between('＜', '＞') {
        return Some((range, "全角的“＜”“＞”不起作用", "用半角尖括号，例如 <数>"));
    }
    if let Some(start) = text.find('／') {
        return Some((start..start + '／'.len_utf8(), "全角的“／”不表示任选其一", "用半角括号和斜线：(甲/乙)"));
    }
    let signs = [("...", "三个点不是省略号"), ("。。。", "三个句号不是省略号"), ("⋯", "“⋯”不是省略号“…”，只是样子像")];
    let help = "同一分句里隔几个字写 …，同一句里隔几个分句写 ……";
    signs
        .into_iter()
        .find_map(|(sign, told)| Some((text.find(sign)?, sign, told)))
        .map(|(start, sign, told)| (start..start + sign.len(), told, help))
}

/// A part of a variant on its way: a unit, or a gap.
#[derive(Debug, Clone, PartialEq)]
enum Part {
    /// Texts; an empty one among them makes the element optional.
    Texts(Texts),
    Unit(Unit),
    Gap(Gap),
}

/// From nodes to parts.
struct Lowering<'a> {
    /// The largest product of neighbouring lists.
    product: usize,
    classes: &'a Classes<'a>,
}

impl Lowering<'_> {
    /// Every way to say the nodes. Choices between plain texts stay one part; others branch.
    fn ways(&self, nodes: &[Node]) -> Result<Vec<Vec<Part>>, PhraseFault> {
        let mut ways: Vec<Vec<Part>> = vec![Vec::new()];
        for node in nodes {
            let branches = self.branches(node)?;
            if ways.iter().flatten().chain(branches.iter().flatten()).any(is_oversized) {
                return Err(PhraseFault::new(0..0, format!("展开后超过{MOST_LITERALS}种说法")));
            }
            if ways.len() * branches.len() > MOST_VARIANTS {
                return Err(PhraseFault::new(0..0, format!("展开后超过{MOST_VARIANTS}种句式，请拆成几条")));
            }
            ways = match branches.as_slice() {
                [branch] => ways.into_iter().map(|way| self.extend(way, branch)).collect(),
                _ => {
                    ways.iter().flat_map(|way| branches.iter().map(|branch| self.extend(way.clone(), branch))).collect()
                }
            };
        }
        Ok(ways)
    }

    fn branches(&self, node: &Node) -> Result<Vec<Vec<Part>>, PhraseFault> {
        Ok(match node {
            Node::Text(text) => vec![vec![Part::Texts(Rc::new(vec![fold(text)]))]],
            Node::Unit(unit) => vec![vec![Part::Unit(unit.clone())]],
            Node::Gap(gap) => vec![vec![Part::Gap(*gap)]],
            Node::Class(name, range) => {
                let texts = (self.classes)(name).map_err(|message| PhraseFault::new(range.clone(), message))?;
                vec![vec![Part::Texts(texts)]]
            }
            Node::Choice(choices) => self.choose(choices)?,
        })
    }

    fn choose(&self, choices: &[Vec<Node>]) -> Result<Vec<Vec<Part>>, PhraseFault> {
        let mut branches = Vec::new();
        for choice in choices {
            branches.extend(self.ways(choice)?);
        }
        let mut texts = Vec::new();
        for branch in &branches {
            match branch.as_slice() {
                [] => texts.push(String::new()),
                [Part::Texts(more)] => texts.extend(more.iter().cloned()),
                _ => return Ok(branches),
            }
        }
        Ok(vec![vec![Part::Texts(Rc::new(texts))]])
    }

    /// `way` followed by `branch`; texts that meet are multiplied out where that stays small.
    fn extend(&self, way: Vec<Part>, branch: &[Part]) -> Vec<Part> {
        let mut parts = way;
        for part in branch {
            match (parts.last_mut(), part) {
                (Some(Part::Texts(before)), Part::Texts(after)) if self.multiplies(before, after) => {
                    *before = Rc::new(product(before, after));
                }
                _ => parts.push(part.clone()),
            }
        }
        parts
    }

    /// Optional texts must be multiplied out: an element of a variant is never empty.
    fn multiplies(&self, before: &[String], after: &[String]) -> bool {
        let optional = before.iter().chain(after).any(String::is_empty);
        optional || before.len() * after.len() <= self.product
    }
}

/// Each of the first texts followed by each of the second.
fn product(before: &[String], after: &[String]) -> Vec<String> {
    let mut texts = Vec::with_capacity(before.len() * after.len());
    for one in before {
        texts.extend(after.iter().map(|two| [one.as_str(), two.as_str()].concat()));
    }
    texts
}

/// Whether a part already has more texts than an element may have, so that multiplying it would run away.
fn is_oversized(part: &Part) -> bool {
    matches!(part, Part::Texts(texts) if texts.len() > MOST_LITERALS)
}

/// The ways that an optional text leaves open where it had no text beside it to be multiplied with.
fn settle(parts: Vec<Part>) -> Vec<Vec<Part>> {
    let mut ways: Vec<Vec<Part>> = vec![Vec::new()];
    for part in parts {
        let optional = matches!(&part, Part::Texts(texts) if texts.iter().any(String::is_empty));
        let without = if optional && ways.len() < MOST_VARIANTS { ways.clone() } else { Vec::new() };
        for way in &mut ways {
            way.push(part.clone());
        }
        ways.extend(without);
    }
    ways
}

/// Turns parts into elements.
fn assemble(parts: Vec<Part>) -> Variant {
    let mut variant = Vec::new();
    let mut gap = Gap::None;
    for part in parts {
        match part {
            Part::Gap(next) => gap = if gap == Gap::Sentence { gap } else { next },
            Part::Unit(unit) => variant.push((std::mem::replace(&mut gap, Gap::None), unit)),
            Part::Texts(texts) => {
                let texts = tidy(texts);
                if !texts.is_empty() {
                    variant.push((std::mem::replace(&mut gap, Gap::None), Unit::Texts(texts)));
                }
            }
        }
    }
    if let Some((first, _)) = variant.first_mut() {
        *first = Gap::None;
    }
    variant
}

/// The texts sorted, each once, without the empty one. A list that is so already stays the one it is.
fn tidy(texts: Texts) -> Texts {
    if texts.is_sorted_by(|one, two| one < two) && texts.first().is_none_or(|first| !first.is_empty()) {
        return texts;
    }
    let mut texts = Rc::unwrap_or_clone(texts);
    texts.retain(|text| !text.is_empty());
    texts.sort_unstable();
    texts.dedup();
    Rc::new(texts)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn classes(name: &str) -> Result<Texts, String> {
        match name {
            "律师" => Ok(Rc::new(vec!["律师".to_owned(), "律所".to_owned()])),
            _ => Err(format!("没有“{name}”这个词类")),
        }
    }

    fn show(phrase: &str) -> Vec<String> {
        let show_unit = |(gap, unit): &(Gap, Unit)| {
            let gap = match gap {
                Gap::None => "",
                Gap::Clause => "…",
                Gap::Sentence => "……",
            };
            match unit {
                Unit::Texts(texts) => format!("{gap}[{}]", texts.join("|")),
                Unit::Number(percent) => format!("{gap}<数{}>", if *percent { "%" } else { "" }),
                Unit::Year => format!("{gap}<年>"),
                Unit::Name => format!("{gap}<某>"),
            }
        };
        variants(phrase, &classes).unwrap().iter().map(|variant| variant.iter().map(show_unit).collect()).collect()
    }

    #[test]
    fn multiplies_plain_choices_out() {
        assert_eq!(show("(科学/民主)决策"), ["[民主决策|科学决策]"]);
        assert_eq!(show("存在(一些/)不足"), ["[存在一些不足|存在不足]"]);
        assert_eq!(show("聘(请/任)…<律师>"), ["[聘任|聘请]…[律师|律所]"]);
    }

    #[test]
    fn keeps_numbers_names_and_gaps_as_elements() {
        assert_eq!(show("出具……<数>(份/条)"), ["[出具]……<数>[份|条]"]);
        assert_eq!(show("成功率<数>%"), ["[成功率]<数%>"]);
        assert_eq!(show("成功率<数>％"), ["[成功率]<数%>"]);
        assert_eq!(show("聘请<某>律师"), ["[聘请]<某>[律师]"]);
        assert_eq!(show("<年>(度/)…报告"), ["<年>[度]…[报告]", "<年>…[报告]"]);
        assert_eq!(show("(审查…<数>/复核)合同"), ["[审查]…<数>[合同]", "[复核合同]"]);
    }

    #[test]
    fn folds_literals_as_the_view_does() {
        assert_eq!(show("“八五”普法"), ["[八五普法]"]);
    }

    #[test]
    fn faults_name_their_place() {
        let fault = variants("聘请<律师", &classes).unwrap_err();
        assert_eq!((fault.range, fault.message.as_str()), (6..7, "这个“<”没有配对的“>”"));
        assert_eq!(variants("<法官>到场", &classes).unwrap_err().range, 0..8);
        assert_eq!(variants("(甲/乙", &classes).unwrap_err().range, 0..1);
        assert_eq!(variants("甲)乙", &classes).unwrap_err().range, 3..7);
        assert!(variants("“”", &classes).is_err());
        assert_eq!(variants("聘（请/任）律师", &classes).unwrap_err().range, 3..16);
        assert_eq!(variants("聘请＜律师＞", &classes).unwrap_err().range, 6..18);
        assert_eq!(variants("聘请...律师", &classes).unwrap_err().range, 6..9);
        assert!(variants("村（社区）(（居）/（社区）)", &classes).is_ok());
    }
}
