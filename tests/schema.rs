//! The schemas that are shipped for editors are the ones that files are checked against.
#![allow(clippy::unwrap_used)]

use std::{env, fs, path::Path};

/// Holds a shipped schema against the types that it is made from, or writes it anew.
fn assert_fresh(name: &str, fresh: &str, types: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(name);
    if env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, fresh).unwrap();
    }
    let shipped = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        shipped == fresh,
        "rules/{name} is stale: the types in {types} have changed; run `UPDATE_SCHEMA=1 cargo test --test schema`"
    );
}

#[test]
fn the_shipped_schema_of_packs_is_fresh() {
    assert_fresh("schema.json", &hegui::pack::schema_text(), "src/pack/def.rs");
}

#[test]
fn the_shipped_schema_of_agreements_is_fresh() {
    assert_fresh("config.schema.json", &hegui::agreement::schema_text(), "src/agreement/def.rs");
}
