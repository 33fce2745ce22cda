//! What comes back.

use serde_json::json;

use super::{EVENT, ITEM, LIST, documented};
use crate::openapi::Options;

const CHANGES: &str = r#"
# Get changes of events

## HTTP request
```http
GET /events/delta
GET /users/{id}/events/delta
```

## Query parameters
| Parameter | Type | Description |
|:--|:--|:--|
| $deltatoken | string | The state after an earlier answer. |

## Response
If successful, this method returns a `200 OK` response code and a collection of [event](event.md) objects.
"#;

const COUNT: &str = r#"
# List calendars

## HTTP request
```http
GET /calendars
```

## Response
If successful, this method returns a `200 OK` response code and a collection of [event](event.md) objects.

## Example 1
```http
GET https://api.example.com/v1/calendars/$count
```
```http
HTTP/1.1 200 OK
Content-type: text/plain

42
```

## Example 2
```http
GET https://api.example.com/v1/calendars
```
```http
HTTP/1.1 200 OK
Content-type: application/json

{ "@odata.count": 1, "@odata.deltaLink": "https://api.example.com/v1/calendars?t=1", "value": [] }
```
"#;

const EXPORT: &str = r#"
# Export event

## HTTP request
```http
GET /events/{id}/$value
```

## Response
If successful, this method returns a `200 OK` response code and the event in its native form, which is no JSON.

## Example
```http
GET https://api.example.com/v1/events/7/$value
```
```http
HTTP/1.1 200 OK
Content-type: text/calendar

BEGIN:VCALENDAR
```
"#;

const HOLIDAYS: &str = r#"
# List holidays

## HTTP request
```http
GET /holidays
```

## Response
If successful, this method returns a `200 OK` response code and a collection of [event](event.md) objects.

## Example
```http
GET https://api.example.com/v1/holidays
```
```http
HTTP/1.1 200 OK
Content-type: application/json

{ "value": [], "nextLink": "https://api.example.com/v1/holidays?page=2" }
```
"#;

const SHIFTS: &str = r#"
# List shifts

## HTTP request
```http
GET /shifts
```

## Response
If successful, this method returns a `200 OK` response code and a collection of [event](event.md) objects.

## Examples
```http
GET https://api.example.com/v1/shifts
```
```http
HTTP/1.1 200 OK
Content-type: application/json

{ "value": [], "nextLink": "https://api.example.com/v1/shifts?page=2" }
```
```http
GET https://api.example.com/v1/shifts?page=2
```
```http
HTTP/1.1 200 OK
Content-type: application/json

{ "value": [], "@odata.nextLink": "https://api.example.com/v1/shifts?page=3" }
```
"#;

#[test]
fn a_collection_has_what_its_pages_ask_for_or_show_beside_its_items() {
    let pages = [
        ("d/event.md", EVENT),
        ("d/list.md", LIST),
        ("d/changes.md", CHANGES),
        ("d/count.md", COUNT),
        ("d/holidays.md", HOLIDAYS),
        ("d/shifts.md", SHIFTS),
    ];
    let document = documented(&pages, &Options::default());
    let beside_items = |path: &str| -> Vec<String> {
        let answer = &document["paths"][path]["get"]["responses"]["200"];
        let schema = &answer["content"]["application/json"]["schema"];
        let names = schema["properties"].as_object().unwrap().keys();
        names.filter(|name| *name != "value").cloned().collect()
    };
    assert_eq!(beside_items("/events"), ["@odata.nextLink"]);
    assert_eq!(beside_items("/holidays"), ["nextLink"]);
    assert_eq!(beside_items("/shifts"), ["@odata.nextLink", "nextLink"]);
    for path in ["/events/delta", "/users/{user-id}/events/delta"] {
        let expected = ["@odata.deltaLink", "@odata.nextLink"];
        assert_eq!(beside_items(path), expected, "{path}");
    }
    let expected = ["@odata.count", "@odata.deltaLink", "@odata.nextLink"];
    assert_eq!(beside_items("/calendars"), expected);
    let answer = &document["paths"]["/events"]["get"]["responses"]["200"];
    let schema = &answer["content"]["application/json"]["schema"];
    assert_eq!(schema["required"], json!(["value"]));
}

#[test]
fn a_number_of_items_is_an_integer_and_what_is_written_is_text() {
    let pages = [
        ("d/event.md", EVENT),
        ("d/count.md", COUNT),
        ("d/export.md", EXPORT),
    ];
    let document = documented(&pages, &Options::default());
    let content = |path: &str| &document["paths"][path]["get"]["responses"]["200"]["content"];
    let counted = &content("/calendars")["text/plain"];
    assert_eq!(
        counted["schema"],
        json!({ "type": "integer", "format": "int64" })
    );
    let exported = content("/events/{event-id}/$value").as_object().unwrap();
    assert_eq!(exported.len(), 1);
    let text = &exported["text/calendar"];
    assert_eq!(text["schema"], json!({ "type": "string" }));
}

#[test]
fn what_answers_to_head_has_no_body() {
    let page = "# Find event\n\n## HTTP request\n```http\nHEAD /events/{id}\nGET /events/{id}\n```\n\n\
        ## Response\nA `200 OK` response code and an [event](event.md). If there is none, a `404 Not Found` \
        response code.\n\n## Example\n```http\nHEAD https://api.example.com/v1.0/events/1\n```\n\
        ```http\nHTTP/1.1 200 OK\nContent-type: application/json\nETag: \"7\"\n\n{ \"days\": [1] }\n```\n";
    let pages = [
        ("d/event.md", EVENT),
        ("d/item.md", ITEM),
        ("d/find.md", page),
    ];
    let document = documented(&pages, &Options::default());
    let operations = &document["paths"]["/events/{event-id}"];
    let responses = |method: &str| operations[method]["responses"].as_object().unwrap().clone();
    let head = responses("head");
    assert_eq!(head.keys().collect::<Vec<_>>(), ["200", "404", "default"]);
    for (status, response) in &head {
        assert!(response["description"].is_string(), "{status}");
        assert!(response["content"].is_null(), "{status}");
    }
    assert_eq!(head["200"]["headers"]["ETag"]["example"], "\"7\"");
    let got = &responses("get")["200"]["content"]["application/json"];
    assert!(got["schema"].is_object());
}

#[test]
fn an_error_is_of_the_type_that_its_page_gives_it() {
    let fault = "# fault resource type\n\n## Properties\n| Property | Type |\n|:--|:--|\n| code | String |\n";
    let schemas = |said: &str| {
        let page = format!(
            "# Delete kite\n\n## HTTP request\n```http\nDELETE /kites/{{id}}\n```\n\n\
             ## Response\n{said}\n\n## Example\n```http\n\
             DELETE https://api.example.com/v1.0/kites/1\n```\n```http\nHTTP/1.1 409 Conflict\n\
             Content-type: application/json\n\n{{ \"code\": \"flies\" }}\n```\n"
        );
        let pages = [("d/fault.md", fault), ("d/delete.md", &page)];
        let document = documented(&pages, &Options::default());
        let answers = &document["paths"]["/kites/{kite-id}"]["delete"]["responses"];
        assert!(answers["204"]["content"].is_null(), "{said}");
        ["404", "409", "default"]
            .map(|status| answers[status]["content"]["application/json"]["schema"].clone())
    };
    let fault = json!({ "$ref": "#/components/schemas/fault" });
    let row = "| 404 Not Found | [fault](fault.md) | There is none. |";
    let table = format!(
        "| Name | Type | Description |\n|:--|:--|:--|\n| 204 No Content | | Gone. |\n{row}"
    );
    let sentences =
        "`204 No Content`.\n\nIf there is none, `404 Not Found` and a [fault](fault.md).";
    for said in [&*table, sentences] {
        assert_eq!(
            schemas(said),
            [&fault, &fault, &fault].map(Clone::clone),
            "{said}"
        );
    }
}

#[test]
fn errors_of_the_apis_own_are_not_said_to_be_odatas() {
    let schemas = |body: &str| {
        let page = format!(
            "# Get kite\n\n## HTTP request\n```http\nGET /kites/{{id}}\n```\n\n\
             ## Response\nA `200 OK` response code, or `404 Not Found`.\n\n## Example\n```http\n\
             GET https://api.example.com/v1.0/kites/1\n```\n```http\nHTTP/1.1 404 Not Found\n\
             Content-type: application/json\n\n{body}\n```\n"
        );
        let document = documented(&[("docs/kite.md", &page)], &Options::default());
        let answers = &document["paths"]["/kites/{kite-id}"]["get"]["responses"];
        let documented = answers["404"]["content"]["application/json"]["schema"].clone();
        let shared = &document["components"]["responses"]["error"]["content"];
        let shared = shared["application/json"]["schema"].clone();
        let component = document["components"]["schemas"]["odata.error"].is_object();
        (documented, shared, component)
    };
    let odata = json!({ "$ref": "#/components/schemas/odata.error" });
    let expected = (odata.clone(), odata, true);
    assert_eq!(
        schemas(r#"{ "error": { "code": "none", "message": "None" } }"#),
        expected
    );
    let any = json!({});
    let expected = (any.clone(), any, false);
    assert_eq!(schemas(r#"{ "errors": [{ "detail": "None" }] }"#), expected);
}
