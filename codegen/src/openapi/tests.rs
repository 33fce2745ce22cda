//! What pages say, as a document says it.

use serde_json::{Value, json};

use super::{OAuth, Options, document};
use crate::read_files;
use crate::source::SourceFile;

const EVENT: &str = r#"
# event resource type

Something at a time. Inherits from [item](item.md).

## Properties
| Property | Type | Description |
|:--|:--|:--|
| start | DateTimeOffset | When it begins. Read-only. |
| days | Int32 collection | The days. |
| kind | eventKind | Possible values are: `single`, `series`. |

```json
{ "start": "String (timestamp)" }
```
"#;

const ITEM: &str = r#"
# item resource type

## Properties
| Property | Type | Description |
|:--|:--|:--|
| id | String | What tells it from others. |
| place | Int32 | Not nullable. |

<!-- { "blockType": "resource", "@odata.type": "sample.item", "openType": true, "keyProperty": "id" } -->
```json
{ "id": "String" }
```
"#;

const LIST: &str = r#"
# List events

## Permissions
| Permission type | Permissions |
|:--|:--|
| Delegated (work or school account) | Events.Read, Events.ReadWrite |
| Application | Not supported. |

## HTTP request
```http
GET /events
GET /users/{id}/events
GET /users/{id}/between(start='{start}')
```

## Function parameters
| Parameter | Type | Description |
|:--|:--|:--|
| start | DateTimeOffset | The beginning. |

## Response
If successful, this method returns a `200 OK` response code and a collection of [event](event.md) objects.

## Example
<!-- { "blockType": "request", "name": "list_events" } -->
```http
GET https://api.example.com/v1/users/7/events
```
<!-- { "blockType": "response", "@odata.type": "event", "isCollection": true } -->
```http
HTTP/1.1 200 OK
Content-type: application/json
ETag: "7"

{ "value": [ { "start": "2020-01-01T00:00:00Z", "days": [1] } ] }
```
"#;

const SEARCH: &str = r#"
# Search events

## HTTP request
```http
GET /events
```

## Response
If successful, this method returns a `200 OK` response code and an [item](item.md) object.
"#;

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

fn documented(pages: &[(&str, &str)], options: &Options) -> Value {
    let files = pages
        .iter()
        .map(|&(path, text)| SourceFile::new(path, text));
    let reading = read_files(files.collect(), Vec::new());
    serde_json::from_str(&document(&reading.api, options)).unwrap()
}

fn all() -> Value {
    let pages = [
        ("d/event.md", EVENT),
        ("d/item.md", ITEM),
        ("d/list.md", LIST),
        ("d/search.md", SEARCH),
    ];
    documented(&pages, &Options::default())
}

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
fn a_collection_has_what_its_pages_ask_for_or_show_beside_its_items() {
    let pages = [
        ("d/event.md", EVENT),
        ("d/list.md", LIST),
        ("d/changes.md", CHANGES),
        ("d/count.md", COUNT),
    ];
    let document = documented(&pages, &Options::default());
    let beside_items = |path: &str| -> Vec<String> {
        let answer = &document["paths"][path]["get"]["responses"]["200"];
        let schema = &answer["content"]["application/json"]["schema"];
        let names = schema["properties"].as_object().unwrap().keys();
        names.filter(|name| *name != "value").cloned().collect()
    };
    assert_eq!(beside_items("/events"), ["@odata.nextLink"]);
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
fn any_one_scope_suffices_and_schemes_are_kinds_of_callers() {
    let listed = all();
    let security = &listed["paths"]["/events"]["get"]["security"];
    assert_eq!(
        *security,
        json!([{ "delegatedWork": ["Events.Read"] }, { "delegatedWork": ["Events.ReadWrite"] }])
    );
    let schemes = &listed["components"]["securitySchemes"];
    assert_eq!(schemes["delegatedWork"]["scheme"], "bearer");
    assert!(schemes["application"].is_null());

    let options = Options {
        oauth: Some(OAuth {
            authorization_url: "https://login.example.com/authorize".to_owned(),
            token_url: "https://login.example.com/token".to_owned(),
        }),
        ..Options::default()
    };
    let document = documented(&[("d/list.md", LIST)], &options);
    let scheme = &document["components"]["securitySchemes"]["delegatedWork"];
    assert_eq!(scheme["type"], "oauth2");
    let flow = &scheme["flows"]["authorizationCode"];
    assert_eq!(flow["tokenUrl"], "https://login.example.com/token");
    assert_eq!(
        flow["scopes"],
        json!({ "Events.Read": "", "Events.ReadWrite": "" })
    );

    let together = LIST.replace("Events.Read, ", "Events.Read and Rooms.Read, ");
    let document = documented(&[("d/list.md", &together)], &options);
    let security = &document["paths"]["/events"]["get"]["security"];
    assert_eq!(
        security[0],
        json!({ "delegatedWork": ["Events.Read", "Rooms.Read"] })
    );
    let scheme = &document["components"]["securitySchemes"]["delegatedWork"];
    let scopes = &scheme["flows"]["authorizationCode"]["scopes"];
    assert_eq!(scopes["Rooms.Read"], "");
}

#[test]
fn a_key_of_the_caller_is_a_scheme_and_no_parameter() {
    let page = |headers: &str, permissions: &str| {
        format!(
            "# List kites\n\n{permissions}## HTTP request\n```http\nGET /kites\n```\n\n## Request headers\n\
             | Header | Description |\n|:--|:--|\n{headers}\n\n## Response\nA `200 OK` response code.\n"
        )
    };
    let both = "| X-Api-Key | Your key. Required. |\n| X-Colour | Its colour. Required. |";
    let keyed = page(both, "");
    let document = documented(&[("docs/list.md", &keyed)], &Options::default());
    let list = &document["paths"]["/kites"]["get"];
    assert_eq!(list["security"], json!([{ "X-Api-Key": [] }]));
    let parameters = list["parameters"].as_array().unwrap();
    let names: Vec<&Value> = parameters.iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["X-Colour"]);
    let scheme = &document["components"]["securitySchemes"]["X-Api-Key"];
    assert_eq!(scheme["type"], "apiKey");
    assert_eq!(
        (&scheme["in"], &scheme["name"]),
        (&json!("header"), &json!("X-Api-Key"))
    );

    // A token is needed as well, and another page writes the header in lower case.
    let scopes = "## Permissions\n| Permission type | Permissions |\n|:--|:--|\n| Application | Kites.Read, Kites.All |\n\n";
    let small = page("| x-api-key | Your key. |", scopes)
        .replace("/kites", "/planes")
        .replace("kites", "planes");
    let pages = [("docs/list.md", keyed.as_str()), ("docs/planes.md", &small)];
    let document = documented(&pages, &Options::default());
    let security = |path: &str| document["paths"][path]["get"]["security"].clone();
    assert_eq!(
        security("/planes"),
        json!([
            { "application": ["Kites.Read"], "X-Api-Key": [] },
            { "application": ["Kites.All"], "X-Api-Key": [] },
        ])
    );
    assert_eq!(
        security("/kites"),
        json!([{ "application": [], "X-Api-Key": [] }])
    );
}

#[test]
fn pages_that_say_nothing_are_a_document_all_the_same() {
    let document = documented(&[], &Options::default());
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"], json!([{ "url": "/" }]));
    assert_eq!(document["paths"], json!({}));
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
