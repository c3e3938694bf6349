//! The keys of the pack language as its schema has them: a table of all, and which of them a pack uses.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// A key, or a word that a key may have as its value: where it is defined, and its name.
pub(super) type Key = (String, String);

/// The schema of packs.
pub(super) struct Schema(Value);

/// A map of keys with the places at which it may stand.
struct Group {
    name: String,
    places: Vec<String>,
}

impl Group {
    /// Up to two places; where there are more, they are alike.
    fn heading(&self) -> String {
        match self.places.as_slice() {
            [first, _, _, ..] => format!("{first} 等"),
            places => places.join("；"),
        }
    }
}

impl Schema {
    pub(super) fn new() -> Self {
        Self(serde_json::from_str(&hegui::pack::schema_text()).unwrap())
    }

    /// The definition that a reference leads to, and its name.
    fn resolve<'a>(&'a self, name: &str, schema: &'a Value) -> (String, &'a Value) {
        match schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            Some(target) => (target.to_owned(), &self.0["$defs"][target]),
            None => (name.to_owned(), schema),
        }
    }

    /// Every key and every word that the language knows.
    pub(super) fn all(&self) -> BTreeSet<Key> {
        let mut keys = BTreeSet::new();
        let definitions = self.0["$defs"].as_object().unwrap().iter();
        for (name, schema) in definitions.map(|(name, schema)| (name.as_str(), schema)).chain([("", &self.0)]) {
            keys.extend(properties(schema).map(|(key, _)| (name.to_owned(), key.clone())));
            keys.extend(words(schema).map(|(word, _)| (name.to_owned(), word)));
        }
        keys
    }

    /// Notes the keys and words that the data of a pack file uses.
    pub(super) fn note(&self, data: &Value, used: &mut BTreeSet<Key>) {
        self.note_at("", &self.0, data, used);
    }

    fn note_at(&self, name: &str, schema: &Value, data: &Value, used: &mut BTreeSet<Key>) {
        let (name, schema) = self.resolve(name, schema);
        if let Some(word) = data.as_str().filter(|word| words(schema).any(|(known, _)| known == *word)) {
            used.insert((name.clone(), word.to_owned()));
        }
        for other in schema["anyOf"].as_array().into_iter().flatten() {
            self.note_at(&name, other, data, used);
        }
        for item in data.as_array().into_iter().flatten() {
            self.note_at(&name, &schema["items"], item, used);
        }
        for (key, value) in data.as_object().into_iter().flatten() {
            if let Some(property) = schema["properties"].get(key) {
                used.insert((name.clone(), key.clone()));
                self.note_at("", property, value, used);
            } else {
                self.note_at("", &schema["additionalProperties"], value, used);
            }
        }
    }

    /// Keys and words without a Chinese description.
    pub(super) fn undescribed(&self) -> Vec<Key> {
        let mut found = Vec::new();
        let definitions = self.0["$defs"].as_object().unwrap().iter();
        for (name, schema) in definitions.map(|(name, schema)| (name.as_str(), schema)).chain([("", &self.0)]) {
            let keys = properties(schema).map(|(key, property)| (key.clone(), description(property)));
            for (key, told) in keys.chain(words(schema)) {
                if !told.chars().any(|char| matches!(char, '\u{4e00}'..='\u{9fff}')) {
                    found.push((name.to_owned(), key));
                }
            }
        }
        found
    }

    /// The table of all keys, as a page.
    pub(super) fn table(&self) -> String {
        let mut groups: Vec<Group> = Vec::new();
        self.collect("", &self.0, "文件最外层", &mut groups);
        let mut page = "# 对照表\n\n规则语言的全部键，由 `rules/schema.json` 生成，与程序一致。用法和例子见[规则语言](规则语言.md)和[六种检查](六种检查.md)。\n\n\
             “键”就是冒号左边的词。“必填”一栏空着的，可以不写。标题里的“›”读作“之下”。\n"
            .to_owned();
        for group in &groups {
            let schema = if group.name.is_empty() { &self.0 } else { &self.0["$defs"][&group.name] };
            page += &format!("\n## {}\n\n{}\n\n", group.heading(), description(schema));
            page += "| 键 | 必填 | 类型 | 说明 |\n| --- | --- | --- | --- |\n";
            let required: Vec<&str> =
                schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            for (key, property) in properties(schema) {
                let need = if required.contains(&key.as_str()) { "必填" } else { "" };
                let told = description(property).replace('|', "\\|");
                page += &format!("| `{key}` | {need} | {} | {told} |\n", self.kind(property).replace('|', "\\|"));
            }
        }
        page + &self.table_of_words()
    }

    /// The words from which values are chosen, type by type.
    fn table_of_words(&self) -> String {
        let mut page = "\n## 可选的值\n\n| 用在 | 值 | 意思 |\n| --- | --- | --- |\n".to_owned();
        for schema in self.0["$defs"].as_object().unwrap().values() {
            for (word, told) in words(schema) {
                let kind = description(schema);
                page += &format!("| {} | `{word}` | {told} |\n", kind.trim_end_matches('。'));
            }
        }
        page
    }

    fn collect(&self, name: &str, schema: &Value, place: &str, groups: &mut Vec<Group>) {
        let (name, schema) = self.resolve(name, schema);
        if schema["properties"].is_object() {
            if let Some(known) = groups.iter_mut().find(|group| group.name == name) {
                known.places.push(place.to_owned());
                return;
            }
            groups.push(Group { name: name.clone(), places: vec![place.to_owned()] });
        }
        for (key, property) in properties(schema) {
            let below = if name.is_empty() { format!("`{key}`") } else { format!("{place} › `{key}`") };
            self.collect("", property, &below, groups);
        }
        for other in schema["anyOf"].as_array().into_iter().flatten() {
            self.collect("", other, place, groups);
        }
        if schema["items"].is_object() {
            self.collect("", &schema["items"], &format!("{place} › 各条"), groups);
        }
        if schema["additionalProperties"].is_object() {
            self.collect("", &schema["additionalProperties"], &format!("{place} › 各项"), groups);
        }
    }

    /// What may be written as a value, in Chinese.
    fn kind(&self, schema: &Value) -> String {
        let (_, schema) = self.resolve("", schema);
        let listed: Vec<String> = words(schema).map(|(word, _)| format!("`{word}`")).collect();
        if !listed.is_empty() {
            return listed.join("、");
        }
        let others: Vec<String> =
            schema["anyOf"].as_array().into_iter().flatten().map(|other| self.kind(other)).collect();
        if !others.is_empty() {
            return others.join("，或者");
        }
        match schema["type"].as_str() {
            Some("array") if schema["minItems"].is_number() => "两个年份的列表".to_owned(),
            Some("array") => format!("列表，每条是{}", self.kind(&schema["items"])),
            Some("object") if schema["properties"].is_object() => "一组键".to_owned(),
            Some("object") => format!("名称 → {}", self.kind(&schema["additionalProperties"])),
            Some("string") => "文字".to_owned(),
            Some("integer") => "整数".to_owned(),
            Some("number") => "数".to_owned(),
            Some("boolean") => "`true` 或 `false`".to_owned(),
            Some("null") => "空着".to_owned(),
            _ => match schema["type"].as_array() {
                Some(_) => "文字".to_owned(),
                None => String::new(),
            },
        }
    }
}

/// The description; its `<` would begin a tag in a page.
fn description(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().replace('<', "\\<")
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema["properties"].as_object().into_iter().flat_map(Map::iter)
}

/// The words from which a value is chosen, with what they mean.
fn words(schema: &Value) -> impl Iterator<Item = (String, String)> {
    let choices = schema["oneOf"].as_array().into_iter().flatten();
    choices.filter_map(|choice| Some((choice["const"].as_str()?.to_owned(), description(choice))))
}
