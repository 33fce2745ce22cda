//! What departs from the pages, and what does not.

use docwright::source::SourceFile;
use docwright_mock::Mock;
use docwright_verify::verify;
use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, ETAG, HeaderValue};
use serde_json::{Value, json};

use super::server::{Altered, Seen, change};
use super::{places, run, settings, told};

/// Eleven departures: one of each kind, and other places where a kind can be.
fn eleven(seen: &Seen, response: &mut hyper::Response<bytes::Bytes>) {
    match seen.line.as_str() {
        "GET /health" => *response.status_mut() = StatusCode::ACCEPTED,
        "GET /reports/monday" => {
            let html = HeaderValue::from_static("text/html");
            response.headers_mut().insert(CONTENT_TYPE, html);
        }
        "GET /devices" => change(response, |body| {
            let items = body["value"].as_array_mut().unwrap();
            items[0]["colour"] = "red".into();
            items[1].as_object_mut().unwrap().remove("name");
            items[2]["screen"]["width"] = "800".into();
            items[2]["id"] = Value::Null;
        }),
        "GET /devices/a" => {
            response.headers_mut().remove(ETAG);
            change(response, |body| body["status"] = "asleep".into());
        }
        "GET /settings" => change(response, |body| {
            body.as_object_mut().unwrap().remove("theme");
            body["favorite"] = json!([body["favorite"]]);
            body["tags"] = Value::Null;
        }),
        _ => {}
    }
}

#[tokio::test]
async fn eleven_departures_are_found_and_nothing_else() {
    let server = Altered::start(eleven).await;
    let report = run(&settings(&server.base_url)).await;
    let expected = [
        "pages/device-get.md:31:1: warning[service-header]: the answer to `GET /devices/a` has no \
         header `ETag`",
        "pages/device-list.md:40:18: warning[service-property-missing]: `$.value[1].name` is shown \
         on the page, and the answer to `GET /devices` lacks it",
        "pages/device.md:9:1: warning[service-value-type]: `$.value[2].id` is documented as never \
         null, and the answer to `GET /devices` has null",
        "pages/device.md:15:1: warning[service-member-unknown]: `$.status` is `asleep` in the \
         answer to `GET /devices/a`, which is no member of `deviceStatus`",
        "pages/device.md:24:1: warning[service-property-unknown]: the answer to `GET /devices` has \
         `$.value[0].colour`, and `device` has no such property",
        "pages/health-get.md:29:1: warning[service-status]: `GET /health` is answered with 202, \
         and documented is 200 or 503",
        "pages/report-get.md:30:1: warning[service-header]: the answer to `GET /reports/monday` \
         is `text/html`, and the page shows `text/csv`",
        "pages/screen.md:10:1: warning[service-value-type]: `$.value[2].screen.width` is \
         documented as `Int32`, and the answer to `GET /devices` has a string",
        "pages/settings-get.md:38:3: warning[service-property-missing]: `$.theme` is shown on the \
         page, and the answer to `GET /settings` lacks it",
        "pages/settings.md:9:1: warning[service-value-type]: `$.favorite` is documented as \
         `device`, and the answer to `GET /settings` has an array",
        "pages/settings.md:11:1: warning[service-value-type]: `$.tags` is documented as a \
         collection of `String`, and the answer to `GET /settings` has null",
    ];
    assert_eq!(told(&report), expected);
}

/// Whatever a service may do that the pages do not speak of.
#[tokio::test]
async fn what_the_pages_leave_open_departs_from_nothing() {
    let server = Altered::start(|seen, response| match seen.line.as_str() {
        "GET /devices" => change(response, |body| {
            body["@odata.count"] = 9.into();
            let items = body["value"].as_array_mut().unwrap();
            items.truncate(2);
            items[0] = json!({
                "@odata.etag": "x", "id": "b", "name": null, "status": null, "tags": [],
            });
        }),
        "GET /devices?$select=name" => change(response, |body| {
            body["value"] = json!([{ "id": "b", "name": "Door" }]);
        }),
        "GET /devices/b" => {
            let headers = response.headers_mut();
            headers.insert("X-Request", HeaderValue::from_static("1"));
            headers.insert(ETAG, HeaderValue::from_static("\"other\""));
            let json = HeaderValue::from_static("Application/JSON; charset=utf-8");
            headers.insert(CONTENT_TYPE, json);
        }
        // A thing of a type that extends the documented one would have other properties.
        "GET /settings" => change(response, |body| {
            body["limit"] = "100".into();
            body["favorite"] = json!({ "@odata.type": "#example.device", "id": "z", "name": "" });
        }),
        "GET /health" => *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE,
        "GET /reports/monday" => *response.body_mut() = "device,hours\n".into(),
        _ => {}
    })
    .await;
    let report = run(&settings(&server.base_url)).await;
    assert_eq!(told(&report), Vec::<String>::new());
    assert_eq!(report.summary.covered, 5);
}

#[tokio::test]
async fn a_text_has_the_form_of_its_type() {
    let server = Altered::start(|seen, response| {
        if seen.line == "GET /settings" {
            change(response, |body| body["updated"] = "2024-02-01 09:30".into());
        }
    })
    .await;
    let report = run(&settings(&server.base_url)).await;
    let expected = "pages/settings.md:13:1: warning[service-value-type]: `$.updated` is documented as \
                    `DateTimeOffset`, and the answer to `GET /settings` has `2024-02-01 09:30`";
    assert_eq!(told(&report), [expected]);
}

#[tokio::test]
async fn a_body_is_json_where_the_page_shows_json_and_one_is_not_many() {
    let server = Altered::start(|seen, response| match seen.line.as_str() {
        "GET /devices?$select=name" => {
            change(response, |body| body["value"] = json!({ "name": "Lamp" }));
        }
        "GET /devices/a" => response.body_mut().clear(),
        "GET /settings" => *response.body_mut() = "<html>".into(),
        _ => {}
    })
    .await;
    let report = run(&settings(&server.base_url)).await;
    let expected = [
        ("service-body", "pages/device-get.md"),
        ("service-value-type", "pages/device-list.md"),
        ("service-body", "pages/settings-get.md"),
    ];
    assert_eq!(places(&report), expected, "{:#?}", told(&report));
}

#[tokio::test]
async fn a_type_that_no_page_defines_and_a_body_that_none_documents_are_found() {
    let page = "# Ping\n\n## HTTP request\n```http\nGET /ping\n```\n\n## Response\n\
                If successful, this method returns a `200 OK` response code. It does not return anything in the response body.\n\n\
                ## Example\n```http\nGET /ping\n```\n```http\nHTTP/1.1 200 OK\n```\n";
    let reading = docwright::read_files(vec![SourceFile::new("ping.md", page)], Vec::new());
    let server = Altered::of(reading.api.clone(), |_, response| {
        *response.body_mut() = "pong".into();
    })
    .await;
    let report = verify(&reading, &settings(&server.base_url), &Default::default()).await;
    let expected = "ping.md:16:1: warning[service-body]: the answer to `GET /ping` has a body, and none is documented";
    assert_eq!(told(&report.unwrap()), [expected]);

    let server = Altered::start(|seen, response| {
        if seen.line == "GET /devices/a" {
            change(response, |body| {
                body["@odata.type"] = "#example.comet".into()
            });
        }
    })
    .await;
    let report = run(&settings(&server.base_url)).await;
    let told = told(&report);
    assert_eq!(
        places(&report),
        [("service-type-unknown", "pages/device-get.md")],
        "{told:#?}"
    );
    assert!(
        told[0].contains("is `#example.comet` in the answer"),
        "{told:#?}"
    );
}

#[tokio::test]
async fn where_no_type_is_documented_the_example_says_what_values_are() {
    let server = Altered::start(|seen, response| {
        if seen.line == "GET /health" {
            change(response, |body| {
                *body = json!({ "runs": "yes", "since": 2020 })
            });
        }
    })
    .await;
    let report = run(&settings(&server.base_url)).await;
    let expected = "pages/health-get.md:33:3: warning[service-value-type]: `$.runs` is a boolean \
                    on the page, and the answer to `GET /health` has a string";
    assert_eq!(told(&report), [expected]);
}

#[tokio::test]
async fn the_same_departure_in_many_answers_is_one_finding() {
    let server = Altered::start(|seen, response| {
        if seen.line.starts_with("GET /devices") {
            change(response, |body| match body.get_mut("value") {
                Some(Value::Array(items)) => {
                    items.iter_mut().for_each(|item| item["colour"] = 1.into());
                }
                _ => body["colour"] = 1.into(),
            });
        }
    })
    .await;
    let report = run(&settings(&server.base_url)).await;
    let [found] = report.findings.as_slice() else {
        panic!("{:#?}", told(&report))
    };
    assert_eq!(found.help.as_deref(), Some("so do 2 other answers"));
}

/// The page shows a lamp, and speaks of any device.
#[tokio::test]
async fn a_thing_of_the_documented_type_lacks_nothing_of_the_kind_that_is_shown() {
    let server = Altered::start(|seen, response| {
        if seen.line == "GET /settings" {
            change(response, |body| {
                body["favorite"] = json!({ "id": "b", "name": "Door" });
            });
        }
    })
    .await;
    let report = run(&settings(&server.base_url)).await;
    assert_eq!(told(&report), Vec::<String>::new());
}

#[tokio::test]
async fn an_object_is_no_array() {
    let reading = |body: &str| {
        let page = format!(
            "# List docks\n\n## HTTP request\n```http\nGET /docks\n```\n\n## Example\n```http\nGET /docks\n```\n\
             ```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{body}\n```\n"
        );
        docwright::read_files(vec![SourceFile::new("list.md", page)], Vec::new())
    };
    let documented = reading(r#"[{ "depth": 4 }]"#);
    let other = reading(r#"{ "value": [{ "depth": 4 }] }"#);
    let server = Mock::new(other.api).start(0).await.unwrap();
    let settings = settings(server.base_url());
    let report = verify(&documented, &settings, &Default::default())
        .await
        .unwrap();
    let expected = [
        "list.md:13:1: warning[service-value-type]: the answer to `GET /docks` is documented as an \
         array, and is an object",
    ];
    assert_eq!(told(&report), expected);
}
