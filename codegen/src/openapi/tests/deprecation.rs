//! What is deprecated.

use serde_json::Value;

use super::documented;
use crate::openapi::Options;

const OLD_EVENT: &str = r#"
# oldEvent resource type

> [!CAUTION]
> This resource is deprecated.

## Properties
| Property | Type | Description |
|:--|:--|:--|
| start | DateTimeOffset | When it begins. |
| days (deprecated) | Int32 collection | The days. |
| kind | oldEventKind | Deprecated. Possible values are: `single`, `series`. |
"#;

const GET_OLD_EVENT: &str = r#"
# Get old event (deprecated)

## HTTP request
```http
GET /events/{id}
```

## Path parameters
| Parameter | Type | Description |
|:--|:--|:--|
| id | String | Deprecated. |

## Query parameters
| Parameter | Type | Description |
|:--|:--|:--|
| zone | String | The zone. |
| unit | String | This parameter is deprecated. |
"#;

const GET_EVENT: &str = r#"
# Get event

## HTTP request
```http
GET /events/{id}
```

## Query parameters
| Parameter | Type | Description |
|:--|:--|:--|
| unit | String | The unit. |
"#;

#[test]
fn what_pages_call_deprecated_is_deprecated() {
    let mut pages = vec![("d/old.md", OLD_EVENT), ("d/get-old.md", GET_OLD_EVENT)];
    let document = documented(&pages, &Options::default());
    let schema = &document["components"]["schemas"]["oldEvent"];
    assert_eq!(schema["description"], "This resource is deprecated.");
    assert_eq!(schema["deprecated"], true);
    let properties = &schema["properties"];
    assert_eq!(properties["start"].get("deprecated"), None);
    assert_eq!(properties["days"]["deprecated"], true);
    assert_eq!(
        properties["days"]["description"],
        "**Deprecated.** The days."
    );
    assert_eq!(properties["kind"]["deprecated"], true);

    let deprecated = |document: &Value| {
        let get = &document["paths"]["/events/{event-id}"]["get"];
        let parameters = get["parameters"].as_array().unwrap().clone();
        let parameters = parameters.iter().filter(|it| it["deprecated"] == true);
        let names = parameters.map(|it| it["name"].as_str().unwrap().to_owned());
        (get["deprecated"] == true, names.collect::<Vec<_>>())
    };
    let names = ["event-id", "unit"].map(str::to_owned).to_vec();
    assert_eq!(deprecated(&document), (true, names));
    // Of two operations at one place, the other is not.
    pages.push(("d/get.md", GET_EVENT));
    let document = documented(&pages, &Options::default());
    let names = vec!["event-id".to_owned()];
    assert_eq!(deprecated(&document), (false, names));
}
