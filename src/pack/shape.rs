//! The JSON Schema of a kind of YAML file, made from the types that read it, and ways to walk it: [`Shape`].
//!
//! Packs have one, and so has any other file that is read by it. The schema is the one account of which keys there are: editors complete by it, files are checked against it, and
//! the messages of that check take their words from its descriptions. Checking itself is done in `schema`.

use std::{collections::BTreeMap, sync::LazyLock};

use jsonschema::Validator;
use schemars::JsonSchema;
use serde_json::{Value, json};

use super::{def::PackDef, fault::Step, suggest};

/// The schema and what was derived from it.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The schema itself.
    pub(super) root: Value,
    /// The schema, ready to check; nothing where it cannot be made ready, which tests rule out.
    pub(super) validator: Option<Validator>,
    /// For each key, the places of a file where it may stand: `severity` → `rules → 各条`.
    owners: BTreeMap<String, Vec<String>>,
}

/// The schema of pack files of this version of hegui; made once.
pub(super) static PACK: LazyLock<Shape> = LazyLock::new(Shape::of::<PackDef>);

/// How deep [`Shape::collect`] goes: the schema of packs does not contain itself, but a slip must not hang.
const DEEPEST: usize = 12;

/// The schema as JSON text, as it is shipped in `rules/schema.json`.
#[must_use]
pub fn schema_text() -> String {
    PACK.text()
}

impl Shape {
    /// The schema of files that are read into `T`.
    pub(crate) fn of<T: JsonSchema>() -> Self {
        let mut root = serde_json::to_value(schemars::schema_for!(T)).unwrap_or_default();
        tidy(&mut root);
        let validator = jsonschema::validator_for(&root).ok();
        let mut shape = Self { root, validator, owners: BTreeMap::new() };
        let mut owners = BTreeMap::new();
        shape.collect(&shape.root, "", 0, &mut owners);
        shape.owners = owners;
        shape
    }

    /// The schema as JSON text, as it is shipped for editors.
    pub(crate) fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.root).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Notes every key below `schema`, which stands at the place `label`.
    fn collect(&self, schema: &Value, label: &str, depth: usize, owners: &mut BTreeMap<String, Vec<String>>) {
        if depth > DEEPEST {
            return;
        }
        for branch in self.branches(schema) {
            for (key, property) in branch.get("properties").and_then(Value::as_object).into_iter().flatten() {
                let place = if label.is_empty() { "文件最外层" } else { label };
                let places = owners.entry(key.clone()).or_default();
                if !places.iter().any(|known| known == place) {
                    places.push(place.to_owned());
                }
                self.collect(property, &join(label, key), depth + 1, owners);
            }
            if let Some(items) = branch.get("items") {
                self.collect(items, &join(label, "各条"), depth + 1, owners);
            }
            if let Some(values) = branch.get("additionalProperties").filter(|values| values.is_object()) {
                self.collect(values, &join(label, "各项"), depth + 1, owners);
            }
        }
    }

    /// Where a key may stand.
    pub(super) fn owners(&self, key: &str) -> &[String] {
        self.owners.get(key).map_or(&[], Vec::as_slice)
    }

    /// The key of some other place that is all but written so.
    pub(super) fn known_as(&self, word: &str) -> Option<&str> {
        let name = suggest::nearest(word, self.owners.keys().map(String::as_str))?;
        (suggest::same(word, name) || strsim::damerau_levenshtein(word, name) == 1).then_some(name)
    }

    /// The part of the schema at a pointer into it, its last segment left out.
    pub(super) fn around(&self, pointer: &str) -> Option<&Value> {
        self.root.pointer(pointer.rsplit_once('/')?.0)
    }

    /// The forms that a schema allows: itself, or what `anyOf` and `$ref` lead to.
    pub(super) fn branches<'a>(&'a self, schema: &'a Value) -> Vec<&'a Value> {
        let mut found = Vec::new();
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            if found.len() > 32 {
                break;
            }
            if let Some(pointer) = schema.get("$ref").and_then(Value::as_str) {
                open.extend(self.root.pointer(pointer.trim_start_matches('#')));
            } else if let Some(forms) = schema.get("anyOf").and_then(Value::as_array) {
                open.extend(forms.iter().rev());
            } else {
                found.push(schema);
            }
        }
        found
    }

    /// The schema of the value one step below a value of `schema`, as it is written there with its description.
    pub(super) fn below<'a>(&'a self, schema: &'a Value, step: &Step) -> Option<&'a Value> {
        self.branches(schema).into_iter().find_map(|branch| match step {
            Step::Index(_) => branch.get("items"),
            Step::Key(key) => {
                let property = branch.get("properties").and_then(|properties| properties.get(key));
                property.or_else(|| branch.get("additionalProperties").filter(|values| values.is_object()))
            }
        })
    }

    /// The schemas along a path, the root's first. Shorter than the path where it leads out of the schema.
    pub(super) fn along<'a>(&'a self, path: &[Step]) -> Vec<&'a Value> {
        let mut chain = vec![&self.root];
        for step in path {
            let next = chain.last().and_then(|schema| self.below(schema, step));
            let Some(next) = next else { break };
            chain.push(next);
        }
        chain
    }

    /// The keys that a value of `schema` may have, each with its description.
    pub(super) fn keys<'a>(&'a self, schema: &'a Value) -> Vec<(&'a str, &'a str)> {
        let of = |branch: &'a Value| branch.get("properties").and_then(Value::as_object).into_iter().flatten();
        let keys = self.branches(schema).into_iter().flat_map(of);
        keys.map(|(key, property)| (key.as_str(), description(property))).collect()
    }

    /// The keys that a map must have.
    pub(super) fn required<'a>(&'a self, schema: &'a Value) -> Vec<&'a str> {
        let of = |branch: &'a Value| branch.get("required").and_then(Value::as_array).into_iter().flatten();
        self.branches(schema).into_iter().flat_map(of).filter_map(Value::as_str).collect()
    }
}

/// The Chinese description of a part of the schema.
pub(super) fn description(schema: &Value) -> &str {
    schema.get("description").and_then(Value::as_str).unwrap_or_default()
}

fn join(label: &str, part: &str) -> String {
    if label.is_empty() { part.to_owned() } else { format!("{label} → {part}") }
}

/// Makes the generated schema say what loading means: a key that stands there has content, and a whole number fits
/// the type that takes it. Goes through the schema with a stack of its own.
fn tidy(root: &mut Value) {
    let mut open = vec![root];
    while let Some(schema) = open.pop() {
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.values_mut().for_each(without_null);
        }
        bound(schema);
        match schema {
            Value::Object(map) => open.extend(map.values_mut()),
            Value::Array(items) => open.extend(items.iter_mut()),
            _ => {}
        }
    }
}

/// An optional property may be left out, but not be left empty.
fn without_null(property: &mut Value) {
    if let Some(Value::Array(types)) = property.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            property["type"] = only.clone();
        }
    }
    let Some(Value::Array(forms)) = property.get_mut("anyOf") else { return };
    forms.retain(|form| form != &json!({ "type": "null" }));
    if let [Value::Object(only)] = forms.as_slice() {
        let only = only.clone();
        if let Value::Object(property) = property {
            property.shift_remove("anyOf");
            property.extend(only);
        }
    }
}

/// The bounds of the types that take whole numbers.
fn bound(schema: &mut Value) {
    let bounds = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some("uint") => (0, i64::from(u32::MAX)),
        _ => return,
    };
    if let Value::Object(map) = schema {
        map.insert("minimum".into(), bounds.0.into());
        map.insert("maximum".into(), bounds.1.into());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_schema_is_valid_itself() {
        assert!(PACK.validator.is_some());
    }

    #[test]
    fn every_key_and_value_has_a_chinese_description() {
        let mut open = vec![(String::new(), &PACK.root)];
        while let Some((path, schema)) = open.pop() {
            let text = description(schema);
            let chinese = text.is_empty() || text.chars().any(|char| ('\u{4e00}'..'\u{a000}').contains(&char));
            assert!(chinese, "{path}: {text}");
            for (key, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
                assert!(!description(property).is_empty(), "{path}/{key}");
            }
            for form in schema.get("oneOf").and_then(Value::as_array).into_iter().flatten() {
                assert!(!description(form).is_empty(), "{path}: {form}");
            }
            match schema {
                Value::Object(map) => open.extend(map.iter().map(|(key, part)| (format!("{path}/{key}"), part))),
                Value::Array(items) => open.extend(items.iter().map(|part| (path.clone(), part))),
                _ => {}
            }
        }
    }

    #[test]
    fn knows_where_a_key_belongs() {
        assert_eq!(PACK.owners("mention"), ["concepts → 各项", "add → 各项"]);
        assert_eq!(PACK.owners("standing"), ["rules → 各条 → basis → 各条"]);
        assert_eq!(PACK.owners("rules"), ["文件最外层"]);
        assert!(PACK.owners("mesage").is_empty());
    }

    #[test]
    fn walks_through_forms_and_references() {
        let path = [Step::Key("rules".into()), Step::Index(0), Step::Key("require".into()), Step::Key("all".into())];
        let chain = PACK.along(&path);
        assert_eq!(chain.len(), 5);
        assert_eq!(chain[4]["type"], "array");
        assert!(PACK.keys(chain[2]).iter().any(|(key, _)| *key == "severity"));
    }

    #[test]
    fn a_key_is_never_left_empty_but_a_forbidden_wording_may_have_no_right_form() {
        let help = &PACK.root["$defs"]["RuleDef"]["properties"]["help"];
        assert_eq!(help["type"], "string");
        let require = &PACK.root["$defs"]["RuleDef"]["properties"]["require"];
        assert!(require["$ref"].is_string() && !description(require).is_empty());
        let forbid = &PACK.root["$defs"]["RuleDef"]["properties"]["forbid"];
        assert_eq!(forbid["additionalProperties"]["anyOf"].as_array().unwrap().len(), 2);
    }
}
