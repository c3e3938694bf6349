//! The schema of packs that is shipped for editors is the one that files are checked against.
#![allow(clippy::unwrap_used)]

use std::{env, fs, path::Path};

#[test]
fn the_shipped_schema_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/schema.json");
    let fresh = hegui::pack::schema_text();
    if env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    let shipped = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert!(
        shipped == fresh,
        "rules/schema.json is stale: the types in src/pack/def.rs have changed; run `UPDATE_SCHEMA=1 cargo test --test schema`"
    );
}
