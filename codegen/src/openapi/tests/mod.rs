//! What pages say, as a document says it: a file for each part of a document, and here the pages that they share.

mod answers;
mod deprecation;
mod operations;
mod schemas;
mod security;

use serde_json::{Value, json};

use super::{Options, document};
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
fn pages_that_say_nothing_are_a_document_all_the_same() {
    let document = documented(&[], &Options::default());
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"], json!([{ "url": "/" }]));
    assert_eq!(document["paths"], json!({}));
}
