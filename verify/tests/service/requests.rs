//! Which requests are sent, where to, and how many.

use std::time::{Duration, Instant};

use docwright::source::SourceFile;
use docwright_mock::Mock;
use docwright_verify::{Parameters, Settings, Skip, VerifyError, verify};
use hyper::StatusCode;
use hyper::header::{HeaderValue, RETRY_AFTER};

use super::server::{Altered, change};
use super::{places, reading, run, settings, told};

#[tokio::test]
async fn lists_come_before_the_things_in_them_and_changes_only_when_they_are_asked_for() {
    let server = Altered::start(|_, _| {}).await;
    run(&settings(&server.base_url)).await;
    let safe = [
        "GET /devices",
        "GET /devices?$select=name",
        "GET /health",
        "GET /settings",
        "GET /devices/a",
        "GET /reports/monday",
    ];
    assert_eq!(server.lines(), safe);

    let server = Altered::start(|_, _| {}).await;
    let settings = Settings {
        changes: true,
        ..settings(&server.base_url)
    };
    run(&settings).await;
    let lines = server.lines();
    assert_eq!(lines[..6], safe);
    // What is deleted is what was created.
    assert_eq!(lines[6..], ["POST /devices", "DELETE /devices/d"]);
}

#[tokio::test]
async fn values_come_from_the_settings_before_they_come_from_answers() {
    let server = Altered::start(|_, _| {}).await;
    let given = |name: &str, value: &str| {
        let variable = [(name.into(), value.into())];
        Parameters::default().with_environment(variable)
    };
    let names = "GET /devices?$select=name";
    // A value that would lead elsewhere is none.
    for (value, expected) in [
        ("a/b ?", "GET /devices/a%2Fb%20%3F"),
        ("a//b", "GET /devices/a%2F%2Fb"),
        ("..", names),
    ] {
        let settings = Settings {
            parameters: given("DOCWRIGHT_PARAM_DEVICE_ID", value),
            only: vec![
                "device-get.md".to_owned(),
                "pages/device-list.md".to_owned(),
            ],
            ..settings(&server.base_url)
        };
        let summary = run(&settings).await.summary;
        assert_eq!(summary.operations, 2);
        let lines = server.lines();
        assert_eq!(
            lines.last().map(String::as_str),
            Some(expected),
            "{lines:?}"
        );
    }
}

#[tokio::test]
async fn a_placeholder_without_a_value_is_only_sent_to_who_wants_it() {
    let server = Altered::start(|_, _| {}).await;
    let mut settings = Settings {
        only: vec!["device-get.md".to_owned()],
        ..settings(&server.base_url)
    };
    let summary = run(&settings).await.summary;
    assert_eq!(summary.skipped[&Skip::NoValue("device-id".to_owned())], 1);
    assert_eq!(server.lines(), Vec::<String>::new());
    settings.placeholders = true;
    let report = run(&settings).await;
    assert_eq!(told(&report), Vec::<String>::new());
    assert_eq!(server.lines(), ["GET /devices/%7Bdevice-id%7D"]);
}

#[tokio::test]
async fn requests_are_bounded_in_number_and_rate() {
    let server = Altered::start(|_, _| {}).await;
    let settings = Settings {
        rate: 20.0,
        max_requests: 3,
        ..settings(&server.base_url)
    };
    let begin = Instant::now();
    let summary = run(&settings).await.summary;
    assert!(begin.elapsed() >= Duration::from_millis(100));
    assert_eq!((server.seen().len(), summary.requests), (3, 3));
    assert_eq!(summary.skipped[&Skip::Limit], 3);
}

#[tokio::test]
async fn a_service_that_asks_for_time_gets_it() {
    let tries = std::sync::atomic::AtomicU32::new(0);
    let server = Altered::start(move |seen, response| {
        let is_first = || tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0;
        if seen.line == "GET /settings" && is_first() {
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            let second = HeaderValue::from_static("1");
            response.headers_mut().insert(RETRY_AFTER, second);
        }
    })
    .await;
    let begin = Instant::now();
    let report = run(&settings(&server.base_url)).await;
    assert_eq!(told(&report), Vec::<String>::new());
    assert!(begin.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn refusals_for_want_of_rights_or_values_say_nothing_about_pages() {
    let server = Altered::start(|seen, response| match seen.line.as_str() {
        "GET /settings" => *response.status_mut() = StatusCode::FORBIDDEN,
        // The day is the page's own; the device is one of the service.
        "GET /reports/monday" | "GET /devices/a" => *response.status_mut() = StatusCode::NOT_FOUND,
        _ => {}
    })
    .await;
    let report = run(&settings(&server.base_url)).await;
    let expected = [
        ("service-status", "pages/device-get.md"),
        ("service-refused", "pages/report-get.md"),
        ("service-refused", "pages/settings-get.md"),
    ];
    assert_eq!(places(&report), expected);
    assert_eq!(report.summary.skipped[&Skip::Refused], 2);
    assert!(
        report.findings[1].message.contains("`day`"),
        "{}",
        report.findings[1]
    );
}

#[tokio::test]
async fn a_service_that_knows_no_token_is_not_asked_for_long() {
    let server = Altered::start(|_, response| *response.status_mut() = StatusCode::UNAUTHORIZED);
    let server = server.await;
    let error = verify(&reading(), &settings(&server.base_url), &Default::default()).await;
    assert!(matches!(error, Err(VerifyError::Unauthorized)), "{error:?}");
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn ids_of_a_service_stay_in_their_place() {
    let server = Altered::start(|seen, response| {
        if seen.line == "GET /devices" {
            change(response, |body| {
                body["value"][0]["id"] = "../../x?y#z".into()
            });
        }
    })
    .await;
    run(&settings(&server.base_url)).await;
    let lines = server.lines();
    // An id that would lead elsewhere is none, and the page has no value of its own.
    assert!(lines.iter().all(|line| !line.contains('x')), "{lines:?}");
}

#[tokio::test]
async fn ids_of_lists_stand_in_parentheses_too() {
    let page = |route: &str, body: &str| {
        format!(
            "# {route}\n\n## HTTP request\n```http\nGET {route}\n```\n\n## Example\n```http\nGET {route}\n```\n\
             ```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{body}\n```\n"
        )
    };
    let dock = r#"{ "id": "7", "depth": 4 }"#;
    let pages = [
        ("get.md", page("/docks({id})", dock)),
        (
            "list.md",
            page("/docks", &format!(r#"{{ "value": [{dock}] }}"#)),
        ),
    ];
    let files = pages.map(|(name, text)| SourceFile::new(name, text));
    let reading = docwright::read_files(files.to_vec(), Vec::new());
    let server = Mock::new(reading.api.clone()).start(0).await.unwrap();
    let settings = settings(server.base_url());
    let report = verify(&reading, &settings, &Default::default())
        .await
        .unwrap();
    assert_eq!(told(&report), Vec::<String>::new());
    let summary = report.summary;
    assert_eq!((summary.requests, summary.covered), (2, 2), "{summary}");
}

#[tokio::test]
async fn values_stay_in_their_place_in_paths_queries_and_headers() {
    let page = "# Get lamp\n\n## HTTP request\n```http\nGET /users/{user-id}/lamps/{lamp-id}\n```\n\n\
                ## Optional query parameters\nThis method supports the `$filter` OData query parameter.\n\n\
                ## Example\n```http\n\
                GET https://api.example.com/v1.0/me/lamps/{lamp-id}?$filter=name eq '{name}' or room eq {name}\n\
                X-Room: {room}\n```\n```http\nHTTP/1.1 204 No Content\n```\n";
    let files = vec![SourceFile::new("get.md", page)];
    let reading = docwright::read_files(files, Vec::new());
    let server = Altered::of(reading.api.clone(), |_, _| {}).await;
    let ask = async |lamp: &str, room: &str| {
        let given = [
            ("DOCWRIGHT_PARAM_LAMP_ID", lamp),
            ("DOCWRIGHT_PARAM_NAME", "O'Hara & co"),
            ("DOCWRIGHT_PARAM_ROOM", room),
        ];
        let given = given.map(|(name, value)| (name.into(), value.into()));
        let settings = Settings {
            parameters: Parameters::default().with_environment(given),
            ..settings(&server.base_url)
        };
        let report = verify(&reading, &settings, &Default::default()).await;
        report.unwrap().summary
    };
    let summary = ask("a/b?", "O'Hara's").await;
    assert_eq!(summary.requests, 1, "{summary}");
    let seen = server.seen();
    assert_eq!(
        seen[0].line,
        "GET /me/lamps/a%2Fb%3F?$filter=name%20eq%20%27O%27%27Hara%20%26%20co%27%20or%20room%20eq%20O%27Hara%20%26%20co"
    );
    assert_eq!(seen[0].headers["x-room"], "O'Hara's");

    // What would lead elsewhere is no value, and what no header can hold is not sent.
    let summary = ask("..", "x").await;
    assert_eq!(summary.skipped[&Skip::NoValue("lamp-id".to_owned())], 1);
    let summary = ask("a", "x\r\ny: z").await;
    let is_unsendable = |skip: &Skip| matches!(skip, Skip::Unsendable(_));
    assert!(summary.skipped.keys().any(is_unsendable), "{summary}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_service_that_is_not_there_is_an_error() {
    let address = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let gone = settings(format!("http://{address}"));
    let error = verify(&reading(), &gone, &Default::default()).await;
    assert!(
        matches!(error, Err(VerifyError::Unreachable(_))),
        "{error:?}"
    );
    let wrong = settings("ftp://example.com");
    let error = verify(&reading(), &wrong, &Default::default()).await;
    assert!(matches!(error, Err(VerifyError::Settings(_))), "{error:?}");
}
