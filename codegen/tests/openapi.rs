//! The OpenAPI document of the pages in this repository, as it is committed.
//!
//! `UPDATE_EXPECT=1 cargo test -p docwright --test openapi` accepts a new one.

use std::path::Path;
use std::{env, fs};

use docwright::openapi;
use docwright::project::{Overrides, Project};
use serde_json::Value;

fn document() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let project = Project::load(&root, &Overrides::default()).unwrap();
    openapi::document(&project.read().api, &project.openapi)
}

#[test]
fn the_document_is_as_expected() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openapi/profile-photo.json");
    let text = document();
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let differing = text.lines().zip(expected.lines()).zip(1..);
    if let Some(((line, expected), number)) = { differing }.find(|((a, b), _)| a != b) {
        panic!("line {number} is\n{line}\nexpected\n{expected}\nUPDATE_EXPECT=1 accepts it");
    }
    assert_eq!(text.len(), expected.len(), "UPDATE_EXPECT=1 accepts it");
}

#[test]
fn every_reference_leads_to_something_and_identifiers_are_unique() {
    let document: Value = serde_json::from_str(&document()).unwrap();
    let mut found = Vec::new();
    collect(&document, "$ref", &mut found);
    assert!(found.len() > 20);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    let mut ids = Vec::new();
    collect(&document, "operationId", &mut ids);
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), count > 20), (count, true));
}

/// The strings under a key, wherever they are.
fn collect<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get(key).and_then(Value::as_str));
            object.values().for_each(|value| collect(value, key, found));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, key, found)),
        _ => {}
    }
}
