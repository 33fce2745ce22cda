//! What the operations of a path are, and what they take.

use serde_json::json;

use super::{EVENT, ITEM, all, documented};
use crate::openapi::Options;

const CREATE: &str = r#"
# Create event

## HTTP request
```http
POST /users/{id}/events
```

## Request body
Supply a JSON representation of an [event](event.md) object.

| Property | Type | Description |
|:--|:--|:--|
| start | DateTimeOffset | Required. |
| id | String | Optional. |

## Response
If successful, this method returns a `201 Created` response code.
"#;

#[test]
fn a_route_has_its_own_examples_parameters_and_identifier() {
    let document = all();
    let listed = &document["paths"]["/users/{user-id}/events"]["get"];
    assert_eq!(listed["operationId"], "listEvents_UsersEvents");
    assert_eq!(listed["x-source"], "d/list.md:13");
    assert_eq!(listed["parameters"][0]["name"], "user-id");
    assert_eq!(
        listed["parameters"][0]["examples"]["list_events"]["value"],
        "7"
    );
    let answer = &listed["responses"]["200"]["content"]["application/json"];
    let list = &answer["schema"]["properties"];
    assert_eq!(list["value"]["items"]["$ref"], "#/components/schemas/event");
    assert_eq!(list["@odata.nextLink"]["format"], "uri");
    let example = &answer["examples"]["list_events"];
    assert_eq!(example["value"]["value"][0]["days"], json!([1]));
    assert_eq!(example["x-source"], "d/list.md:28");
    assert_eq!(
        example["description"],
        "`GET https://api.example.com/v1/users/7/events`"
    );

    assert_eq!(
        listed["responses"]["200"]["headers"],
        json!({ "ETag": { "schema": { "type": "string" }, "example": "\"7\"" } })
    );

    let function = &document["paths"]["/users/{user-id}/between(start='{start}')"]["get"];
    assert_eq!(function["operationId"], "listEvents_UsersBetweenStart");
    assert_eq!(function["parameters"][1]["schema"]["format"], "date-time");
    assert_eq!(
        function["parameters"][1]["description"],
        "The beginning.\n\nQuotes in the value are doubled."
    );
    assert!(function["responses"]["200"]["content"]["application/json"]["examples"].is_null());
    assert_eq!(document["servers"][0]["url"], "https://api.example.com/v1");
}

#[test]
fn operations_of_one_route_are_one_that_names_each() {
    let document = all();
    let merged = &document["paths"]["/events"]["get"];
    assert_eq!(merged["operationId"], "listEvents");
    assert_eq!(merged["summary"], "List events / Search events");
    let description = merged["description"].as_str().unwrap();
    assert!(description.contains("**Search events** (d/search.md:6)"));
    let schema = &merged["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(schema["anyOf"].as_array().unwrap().len(), 2);
    let error = &merged["responses"]["default"]["$ref"];
    assert_eq!(error, "#/components/responses/error");
    // The argument belongs to the path of another route of the same page.
    assert!(merged["parameters"].is_null());
}

#[test]
fn a_resource_that_is_sent_has_what_the_page_requires() {
    let pages = [
        ("d/event.md", EVENT),
        ("d/item.md", ITEM),
        ("d/create.md", CREATE),
    ];
    let document = documented(&pages, &Options::default());
    let post = &document["paths"]["/users/{user-id}/events"]["post"];
    let body = &post["requestBody"];
    let description = "Supply a JSON representation of an event object.\n\n\
                       What the page says about some of its properties:\n\n\
                       - `start`: Required.\n- `id`: Optional.";
    assert_eq!(body["description"], description);
    let schema = &body["content"]["application/json"]["schema"];
    let event = "#/components/schemas/event";
    let expected = json!({ "allOf": [{ "$ref": event }, { "required": ["start"] }] });
    assert_eq!(*schema, expected);
}

#[test]
fn what_several_pages_say_of_one_body_is_said_once() {
    let other = CREATE
        .replace("# Create", "# Book")
        .replace("event.md", "#event");
    let other = other.replace("Optional.", "What it is known by.");
    let pages = [
        ("d/event.md", EVENT),
        ("d/item.md", ITEM),
        ("d/create.md", CREATE),
        ("d/other.md", &other),
    ];
    let document = documented(&pages, &Options::default());
    let post = &document["paths"]["/users/{user-id}/events"]["post"];
    let description = "Supply a JSON representation of an event object.\n\n\
                       What the page says about some of its properties:\n\n\
                       - `start`: Required.\n- `id`: What it is known by.\n\n\
                       - `start`: Required.\n- `id`: Optional.";
    assert_eq!(post["requestBody"]["description"], description);
}

#[test]
fn a_sample_of_text_in_the_place_of_bytes_leaves_them_of_any_kind() {
    let page = r#"
# Put file

## HTTP request
```http
PUT /files/{id}
PUT /pictures/{id}
```

## Request body
The binary contents of the file.

## Response
If successful, this method returns `204 No Content`.

## Example
```http
PUT https://api.example.com/v1/files/7
Content-type: text/plain

The contents go here.
```
```http
HTTP/1.1 204 No Content
```

## Example
```http
PUT https://api.example.com/v1/pictures/7
Content-type: image/png

Binary data
```
```http
HTTP/1.1 204 No Content
```
"#;
    let document = documented(&[("d/put.md", page)], &Options::default());
    let types = |path: &str| -> Vec<String> {
        let content = &document["paths"][path]["put"]["requestBody"]["content"];
        content.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(
        types("/files/{file-id}"),
        ["application/octet-stream", "text/plain"]
    );
    assert_eq!(types("/pictures/{picture-id}"), ["image/png"]);
}

#[test]
fn json_with_a_fault_is_json() {
    let page = r#"# Get knot

## HTTP request
```http
GET /knots/{id}
```

## Response
`200 OK` and JSON.

## Example
```http
GET https://api.example.com/v1/knots/7
```
```json
{ "loops": "two" "three" }
```
"#;
    let document = documented(&[("d/get.md", page)], &Options::default());
    let content = &document["paths"]["/knots/{knot-id}"]["get"]["responses"]["200"]["content"];
    let types: Vec<&String> = content.as_object().unwrap().keys().collect();
    assert_eq!(types, ["application/json"]);
}
