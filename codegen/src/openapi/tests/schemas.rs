//! What types are.

use serde_json::{Value, json};

use super::{all, documented};
use crate::openapi::Options;

#[test]
fn a_type_is_all_of_its_base_and_its_own_properties() {
    let schemas = &all()["components"]["schemas"];
    let event = &schemas["event"];
    assert_eq!(event["title"], "event");
    assert_eq!(event["x-source"], "d/event.md:2");
    assert_eq!(
        event["allOf"][0]["$ref"],
        "#/components/schemas/sample.item"
    );
    assert_eq!(
        event["allOf"][1]["properties"],
        json!({
            "start": {
                "description": "When it begins. Read-only.",
                "type": ["string", "null"],
                "format": "date-time",
                "readOnly": true,
                "x-source": "d/event.md:9",
            },
            "days": {
                "description": "The days.",
                "type": "array",
                "items": { "type": "integer", "format": "int32" },
                "x-source": "d/event.md:10",
            },
            "kind": {
                "anyOf": [{ "$ref": "#/components/schemas/eventKind" }, { "type": "null" }],
                "description": "Possible values are: `single`, `series`.",
                "x-source": "d/event.md:11",
            },
        })
    );
    assert_eq!(schemas["eventKind"]["enum"], json!(["single", "series"]));
    let item = &schemas["sample.item"];
    assert_eq!(item["additionalProperties"], true);
    // A key is never null, and neither is what its page says it of.
    assert_eq!(item["properties"]["id"]["type"], "string");
    assert_eq!(item["properties"]["place"]["type"], "integer");
}

#[test]
fn the_values_of_a_text_are_described_and_no_others_refused() {
    let page = "# loom resource type\n\n## Properties\n| Property | Type | Description |\n|:--|:--|:--|\n\
        | state | String | What it does. |\n\n## State options\n| Value | Description |\n|:--|:--|\n\
        | idle | It rests. |\n";
    let document = documented(&[("resources/loom.md", page)], &Options::default());
    let schemas = &document["components"]["schemas"];
    let state = &schemas["loom"]["properties"]["state"];
    let expected = json!([{ "$ref": "#/components/schemas/loomState" }, { "type": "null" }]);
    assert_eq!(state["anyOf"], expected);
    let schema = &schemas["loomState"];
    assert_eq!(schema["type"], "string");
    assert_eq!(schema["enum"], Value::Null);
    assert_eq!(
        schema["description"],
        "What it does.\n\n- `idle`: It rests."
    );
}
