//! A single YAML file that is no pack, read as packs are: every fault at its place, all at once: [`Written`].
//!
//! What its data means is the business of whoever owns the form; he speaks in [`Fault`]s, as `compile` does.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{
    error::{Faults, PackError, PackFile},
    fault::{Fault, Path, Step},
    flaw::Flaw,
    load::second_reading,
    node, place, schema,
    shape::Shape,
    tree::{NodeId, Tree},
};
use crate::text::Span;

/// The number of the only file among the sources.
const SOURCE: usize = 0;

/// A file, read. Entries with a fault in their form are taken out, so that what they mean is not asked.
#[derive(Debug)]
pub(crate) struct Written {
    faults: Faults,
    tree: Option<Tree>,
    value: Value,
    /// The items that were taken out: the list's outermost key, and the index in the file.
    gone: BTreeSet<(String, usize)>,
    /// The outermost keys of which something was taken out.
    lost: BTreeSet<String>,
}

impl Written {
    /// Reads a file of the form `shape`, which people call `what`.
    pub(crate) fn read(file: &PackFile, shape: &'static Shape, what: &'static str) -> Self {
        let mut faults = Faults::of(what);
        faults.open(file);
        let parsed = node::parse(faults.text(SOURCE));
        parsed.flaws.into_iter().for_each(|flaw| faults.raise(SOURCE, flaw));
        let mut written =
            Self { faults, tree: parsed.tree, value: json!({}), gone: BTreeSet::new(), lost: BTreeSet::new() };
        if let Some(tree) = &written.tree {
            let checked = schema::check(tree, shape);
            let holes = tree.holes();
            written.value = checked.value;
            for (flaw, path) in checked.flaws {
                written.faults.raise(SOURCE, flaw);
                written.take_out(&path);
            }
            holes.iter().for_each(|path| written.take_out(path));
            written.close_gaps();
            written.read_again();
        }
        written
    }

    /// The data, without what has a fault in its form.
    pub(crate) fn data<T: DeserializeOwned + Default>(&mut self) -> T {
        serde_json::from_value(std::mem::take(&mut self.value)).unwrap_or_else(|error| {
            // The schema is made from this very type, so this is a slip of ours.
            self.faults.raise(SOURCE, Flaw::new(Span::default(), format!("文件读不出来：{error}")));
            T::default()
        })
    }

    /// Notes a fault of the data.
    pub(crate) fn raise(&mut self, fault: &Fault) {
        let mut flaw = Flaw::new(self.span(fault), fault.message.clone());
        flaw.help.clone_from(&fault.help);
        self.faults.raise(SOURCE, flaw);
    }

    /// Where a value of the data stands in [`text`](Self::text).
    pub(crate) fn place(&self, path: &Path) -> Span {
        self.span(&Fault::new(path.clone(), ""))
    }

    /// The text of the file, without a byte order mark.
    pub(crate) fn text(&self) -> &str {
        self.faults.text(SOURCE)
    }

    /// Whether something of the outermost key `root` was taken out.
    pub(crate) fn has_lost(&self, root: &str) -> bool {
        self.tree.is_none() || self.lost.contains(root)
    }

    /// Whether nothing is wrong so far.
    fn is_sound(&self) -> bool {
        self.faults.count() == 0
    }

    /// All faults, if there are any.
    pub(crate) fn finish(self) -> Result<(), PackError> {
        if self.is_sound() { Ok(()) } else { Err(self.faults.into_error()) }
    }

    /// Takes out the entry in which a faulty path lies.
    fn take_out(&mut self, path: &[Step]) {
        let (Some(Step::Key(root)), Value::Object(map)) = (path.first(), &mut self.value) else {
            self.value = json!({});
            return;
        };
        self.lost.insert(root.clone());
        match (map.get_mut(root), path.get(1)) {
            (Some(Value::Object(entries)), Some(Step::Key(key))) => {
                entries.shift_remove(key);
            }
            (Some(Value::Array(items)), Some(Step::Index(index))) => {
                if let Some(item) = items.get_mut(*index) {
                    *item = Value::Null;
                    self.gone.insert((root.clone(), *index));
                }
            }
            _ => {
                map.shift_remove(root);
            }
        }
    }

    fn close_gaps(&mut self) {
        let Value::Object(map) = &mut self.value else { return };
        for items in map.values_mut().filter_map(Value::as_array_mut) {
            items.retain(|item| !item.is_null());
        }
    }

    /// Where nothing is wrong, the text must not have a second meaning.
    fn read_again(&mut self) {
        let Some(tree) = self.tree.as_ref().filter(|_| self.faults.count() == 0) else { return };
        if let Some(flaw) = second_reading(self.faults.text(SOURCE), tree, &self.value) {
            self.faults.raise(SOURCE, flaw);
        }
    }

    fn span(&self, fault: &Fault) -> Span {
        let Some(tree) = &self.tree else { return Span::default() };
        let (id, whole) = self.follow(tree, &fault.path.0);
        place::span_at(tree, id, whole, fault, self.faults.text(SOURCE))
    }

    /// Follows a path of the data as far as the tree goes, and says whether that was to its end.
    fn follow(&self, tree: &Tree, path: &[Step]) -> (NodeId, bool) {
        let mut id = tree.root;
        for (depth, step) in path.iter().enumerate() {
            let in_file = match (path.first(), step) {
                (Some(Step::Key(root)), Step::Index(index)) if depth == 1 => Step::Index(self.in_file(root, *index)),
                _ => step.clone(),
            };
            let Some(next) = tree.child(id, &in_file) else { return (id, false) };
            id = next;
        }
        (id, true)
    }

    /// The index in the file of an item of the data.
    fn in_file(&self, root: &str, index: usize) -> usize {
        let gone = self.gone.iter().filter(|(key, _)| key == root).map(|(_, index)| *index);
        gone.fold(index, |index, gone| if gone <= index { index + 1 } else { index })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::LazyLock;

    use schemars::JsonSchema;
    use serde::Deserialize;

    use super::*;
    use crate::text::slice;

    #[derive(Debug, Default, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Form {
        #[serde(default)]
        #[schemars(description = "名称。")]
        names: Vec<Named>,
    }

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Named {
        #[schemars(description = "名称。")]
        name: String,
    }

    static SHAPE: LazyLock<Shape> = LazyLock::new(Shape::of::<Form>);

    fn read(text: &str) -> Written {
        Written::read(&PackFile { name: "a.yaml".to_owned(), text: text.to_owned() }, &SHAPE, "文件")
    }

    #[test]
    fn what_is_faulty_is_taken_out_and_the_rest_keeps_its_place() {
        let mut written = read("names:\n- { nam: 甲 }\n- { name: 乙 }\n- 丙\n- { name: 丁 }\n");
        let form: Form = written.data();
        assert_eq!(form.names.iter().map(|named| named.name.as_str()).collect::<Vec<_>>(), ["乙", "丁"]);
        let name = |index| Path::root("names").index(index).key("name");
        let places = [0, 1].map(|index| slice(written.text(), written.place(&name(index))).to_owned());
        assert_eq!(places, ["乙", "丁"]);
        written.raise(&Fault::new(name(1), "丁不行"));
        let told = written.finish().unwrap_err().to_string();
        assert!(told.ends_with("a.yaml:5:11: 丁不行"), "{told}");
        assert_eq!(told.lines().count(), 3);
    }

    #[test]
    fn a_sound_file_has_no_faults() {
        let mut written = read("names: [{ name: 甲 }]\n");
        assert_eq!(written.data::<Form>().names.len(), 1);
        assert!(written.is_sound() && written.finish().is_ok());
        assert!(!read("").is_sound() && !read("names: [").is_sound() && !read("- 甲").is_sound());
    }
}
