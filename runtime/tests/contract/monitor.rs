//! Operations that a service goes on with, over real HTTP on loopback.

use std::time::Duration;

use docwright_client::{
    Client, ErrorKind, Json, Method, Monitor, Operation, Request, Response, testing,
};
use serde_json::json;

use crate::host::{Answer, Host, answer, with};

static COPY: Operation = Operation {
    name: "Copy item",
    method: Method::POST,
    doc: "docs-src/api/item-copy.md:1",
    idempotent: false,
};

/// A service that gives its answers one after the other, the first to `POST /v1/copy`.
async fn serve(mut answers: Vec<Option<Answer>>) -> testing::Result<Host> {
    answers.reverse();
    Host::start(move |_| answers.pop().unwrap_or_else(|| Some(answer(500, "")))).await
}

async fn accepted(service: &Host) -> testing::Result<Response<()>> {
    let client: Client = Client::builder(service.url("/v1"))
        .bearer("secret")
        .build()?;
    Ok(Request::new(&COPY, &client.root().literal("copy")).await?)
}

fn at(location: &str) -> Option<Answer> {
    Some(with(answer(202, ""), "Location", location))
}

fn now(status: u16, body: Json) -> Option<Answer> {
    Some(with(answer(status, body.to_string()), "Retry-After", "0"))
}

/// Paths, and whether the token was there.
fn trail(service: &Host) -> Vec<(String, bool)> {
    let seen = service.seen();
    let steps = seen.iter().map(|request| {
        let token = request.headers().contains_key("authorization");
        (request.uri().to_string(), token)
    });
    steps.collect()
}

#[tokio::test]
async fn a_copy_is_waited_for_at_another_origin_without_the_token() -> testing::Result {
    let monitor = serve(vec![
        now(
            202,
            json!({ "status": "inProgress", "percentageComplete": 27.8 }),
        ),
        // A service that is busy, and a connection that breaks, say nothing about the copy.
        now(503, json!({})),
        None,
        // A path is one of the service that says so.
        Some(with(
            answer(
                202,
                json!({ "status": "inProgress", "percentageComplete": 90 }).to_string(),
            ),
            "Location",
            "/monitor/1",
        )),
        now(200, json!({ "status": "completed", "resourceId": "01A" })),
    ])
    .await?;
    let service = serve(vec![at(&monitor.url("/monitor/1"))]).await?;
    let accepted = accepted(&service).await?;
    let mut monitor_of_copy = accepted.monitor()?.interval(Duration::from_millis(1));
    assert_eq!(monitor_of_copy.url(), monitor.url("/monitor/1"));
    let first = monitor_of_copy.next().await?;
    assert_eq!(
        (first.is_done(), first.percent_complete()),
        (false, Some(27.8))
    );
    let shown = format!("{accepted:?} {monitor_of_copy:?} {first:?}");
    assert!(!shown.contains("monitor/1"), "{shown}");
    let done = monitor_of_copy.wait().await?;
    assert_eq!(
        (done.status(), done.resource_id()),
        (Some("completed"), Some("01A"))
    );
    let asked = trail(&monitor);
    assert!(
        asked
            .iter()
            .all(|step| *step == ("/monitor/1".to_owned(), false)),
        "{asked:?}"
    );
    let error = done.result::<Json>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    Ok(())
}

#[tokio::test]
async fn the_result_is_where_the_service_says() -> testing::Result {
    let cases = [
        // A place that the answer itself leads to, as a service writes paths of its own.
        (
            vec![
                at("/teams('1')/operations('2')"),
                Some(with(answer(303, ""), "Location", "/items/7")),
            ],
            vec!["/v1/copy", "/v1/teams('1')/operations('2')", "/v1/items/7"],
        ),
        // A place that the body names, with a byte order mark before that.
        (
            vec![
                at("/v1/operations/2"),
                Some(with(
                    answer(200, "\u{feff}{ \"status\": \"running\" }"),
                    "Retry-After",
                    "0",
                )),
                now(
                    200,
                    json!({ "status": "succeeded", "targetResourceLocation": "/items('7')" }),
                ),
            ],
            vec![
                "/v1/copy",
                "/v1/operations/2",
                "/v1/operations/2",
                "/v1/items('7')",
            ],
        ),
        // A status that is an object, and a monitor that moves on, by either way.
        (
            vec![
                at("/v1/operations/2"),
                Some(with(answer(302, ""), "Location", "/v1/operations/3")),
                Some(with(
                    with(answer(202, ""), "Location", "/v1/operations/4"),
                    "Retry-After",
                    "0",
                )),
                now(
                    200,
                    json!({ "status": { "state": "succeeded" }, "resourceLocation": "items/7" }),
                ),
            ],
            vec![
                "/v1/copy",
                "/v1/operations/2",
                "/v1/operations/3",
                "/v1/operations/4",
                "/v1/items/7",
            ],
        ),
    ];
    for (mut answers, paths) in cases {
        answers.push(now(200, json!({ "id": "7" })));
        let service = serve(answers).await?;
        let monitor = accepted(&service).await?.monitor()?;
        let done = monitor.interval(Duration::from_millis(1)).wait().await?;
        assert_eq!(done.result::<Json>().await?["id"], "7");
        let expected = paths.iter().map(|path| (path.to_string(), true));
        assert_eq!(trail(&service), expected.collect::<Vec<_>>());
    }

    // Nor is anything sent to where no client of HTTP can ask.
    let there = json!({ "status": "succeeded", "resourceLocation": "file:///etc/passwd" });
    let service = serve(vec![at("/v1/operations/2"), now(200, there)]).await?;
    let done = accepted(&service).await?.monitor()?.wait().await?;
    assert_eq!(done.json()["status"], "succeeded");
    let error = done.result::<Json>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    assert_eq!(service.seen().len(), 2);

    // What names no status is the result.
    let service = serve(vec![at("/v1/operations/2"), now(200, json!({ "id": "7" }))]).await?;
    let done = accepted(&service).await?.monitor()?.wait().await?;
    assert_eq!(done.result::<Json>().await?["id"], "7");
    assert_eq!(service.seen().len(), 2);
    Ok(())
}

#[tokio::test]
async fn failures_and_endless_operations_are_errors() -> testing::Result {
    let failed =
        json!({ "status": "failed", "error": { "code": "nameAlreadyExists", "message": "No" } });
    let service = serve(vec![at("/v1/operations/2"), now(200, failed)]).await?;
    let error = accepted(&service)
        .await?
        .monitor()?
        .wait()
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Operation, Some("nameAlreadyExists"))
    );
    assert!(
        error
            .to_string()
            .contains("the operation ended as `failed` (No)"),
        "{error}"
    );

    let service = serve(vec![at("/v1/operations/2"), now(404, json!({}))]).await?;
    let error = accepted(&service)
        .await?
        .monitor()?
        .wait()
        .await
        .unwrap_err();
    assert!(error.is_not_found());

    let running = || now(200, json!({ "status": "running" }));
    let later = Some(with(answer(202, ""), "Retry-After", "3600"));
    let service = serve(vec![at("/v1/operations/2"), running(), later]).await?;
    let error = accepted(&service)
        .await?
        .monitor()?
        .wait()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(service.seen().len(), 3);

    // A service that stays busy is given up.
    let busy = (0..10).map(|_| now(503, json!({})));
    let service = serve([at("/v1/operations/2")].into_iter().chain(busy).collect()).await?;
    let error = accepted(&service)
        .await?
        .monitor()?
        .wait()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert!(service.seen().len() < 11);
    Ok(())
}

#[tokio::test]
async fn a_service_that_asks_for_no_wait_is_not_asked_without_one() -> testing::Result {
    let past = "Thu, 01 Jan 1970 00:00:00 GMT";
    for header in ["0", past] {
        let service = Host::start(move |request| match request.method() {
            &Method::POST => at("/v1/operations/2"),
            _ => {
                let running = answer(202, r#"{ "status": "running" }"#);
                Some(with(running, "Retry-After", header))
            }
        })
        .await?;
        let monitor = accepted(&service).await?.monitor()?;
        // The limit holds for the requests as well, though no wait is as long.
        let monitor = monitor.limit(Duration::from_millis(250));
        let error = monitor.interval(Duration::ZERO).wait().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        let asked = service.seen().len() - 1;
        assert!((1..=3).contains(&asked), "{asked}");
    }
    Ok(())
}

#[tokio::test]
async fn the_place_of_an_operation_is_not_that_of_what_it_makes() -> testing::Result {
    let accepted_at = with(answer(202, ""), "Location", "/v1/operations/3");
    let service = serve(vec![
        Some(with(accepted_at, "Operation-Location", "/v1/operations/3")),
        now(200, json!({ "status": "Succeeded" })),
    ])
    .await?;
    let done = accepted(&service).await?.monitor()?.wait().await?;
    assert_eq!(done.resource_location(), None);
    let error = done.result::<Json>().await.unwrap_err();
    assert!(error.to_string().contains("where the result is"), "{error}");
    Ok(())
}

#[tokio::test]
async fn an_operation_may_have_another_location_than_what_it_makes() -> testing::Result {
    let names = ["Operation-Location", "Azure-AsyncOperation"];
    for (status, name) in [201, 202].into_iter().zip(names) {
        let made = with(answer(status, ""), "Location", "/v1/items/7");
        let service = serve(vec![
            Some(with(made, name, "/v1/operations/3")),
            now(200, json!({ "status": "Running" })),
            now(200, json!({ "status": "Succeeded" })),
            now(200, json!({ "id": 7 })),
        ])
        .await?;
        let done = accepted(&service).await?.monitor()?.wait().await?;
        assert_eq!(done.status(), Some("Succeeded"));
        let item = done.result::<Json>().await?;
        assert_eq!(item["id"], 7);
        let asked: Vec<String> = trail(&service).into_iter().map(|(path, _)| path).collect();
        let operation = "/v1/operations/3";
        assert_eq!(asked, ["/v1/copy", operation, operation, "/v1/items/7"]);
    }
    Ok(())
}

#[tokio::test]
async fn there_is_a_monitor_only_where_there_is_something_to_wait_for() -> testing::Result {
    for without in [
        Some(answer(202, "")),
        Some(with(answer(201, ""), "Location", "/v1/items/7")),
        at("ftp://example.com/monitor"),
    ] {
        let service = serve(vec![without]).await?;
        let error = accepted(&service).await?.monitor().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response);
        assert_eq!(error.operation().unwrap().name, "Copy item");
    }
    let client: Client = Client::builder("https://api.example.com/v1").build()?;
    assert!(Monitor::at(&client, "https://other.test/monitor/1").is_ok());
    let error = Monitor::at(&client, "mailto:ada@example.com").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    Ok(())
}
