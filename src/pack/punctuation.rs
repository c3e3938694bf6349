//! Full-width punctuation where YAML wants its own: `[法律顾问，律师]` is one item to it, and `{ 修道：修路 }` a key
//! without a value. Both are right to the parser and to the schema, and never what was meant.

use super::{
    fault::Step,
    flaw::Flaw,
    shape::Shape,
    tree::{Data, Node, Style, Tree},
};

/// The flaws of full-width commas and colons in a tree, each with the path to it.
pub(super) fn full_width(tree: &Tree, shape: &Shape) -> Vec<(Flaw, Vec<Step>)> {
    let mut flaws = Vec::new();
    for (id, node) in tree.nodes.iter().enumerate() {
        let Data::Scalar(scalar) = &node.data else { continue };
        let Some(parent) = node.parent.and_then(|parent| tree.node(parent)).filter(|parent| parent.flow) else {
            continue;
        };
        // Finding the path costs time; most texts need none.
        let is_suspect = scalar.text.is_empty() || scalar.text.contains('，');
        if scalar.style != Style::Plain || !is_suspect {
            continue;
        }
        let path = tree.path(id);
        let flaw = match &parent.data {
            Data::List(_) if !scalar.text.is_empty() => comma(node, &path, shape),
            Data::Map(_) => colon(node, &scalar.text, &path),
            _ => None,
        };
        flaws.extend(flaw.map(|flaw| (flaw, path)));
    }
    flaws
}

/// An item of a list in brackets. Only where the schema wants a mere text, a wording: an example may be a sentence.
fn comma(node: &Node, path: &[Step], shape: &Shape) -> Option<Flaw> {
    let chain = shape.along(path);
    let wants_text = chain.last().is_some_and(|schema| schema.get("type").is_some_and(|name| name == "string"));
    let flaw = || Flaw::new(node.span, "这里用了全角逗号“，”，整个成了一项");
    let help = "各项之间改用半角逗号“, ”；如果逗号是说法的一部分，给它加引号";
    (chain.len() == path.len() + 1 && wants_text).then(|| flaw().help(help))
}

/// A key in braces that has swallowed its value.
fn colon(node: &Node, text: &str, path: &[Step]) -> Option<Flaw> {
    let Some(Step::Key(key)) = path.last() else { return None };
    let is_plain = node.key.is_some_and(|span| span.len() == key.len());
    let swallowed = text.is_empty() && is_plain && key.contains('：');
    let flaw = || Flaw::new(node.key.unwrap_or(node.span), "键后面用了全角冒号“：”，整个成了一个键");
    swallowed.then(|| flaw().help("改成半角冒号加一个空格“: ”；如果冒号是键的一部分，加引号并写上值"))
}
