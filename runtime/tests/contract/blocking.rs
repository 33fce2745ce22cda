//! Calls from code that is not asynchronous.

use std::io::Read;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use crate::photos::Client;
use crate::service::{Service, json, say};
use docwright_client::{
    AccessToken, Batch, BoxError, Client as AnyClient, Json, MemoryTransport, Method, Operation,
    Request, RetryPolicy, Upload,
};

fn photos() -> (Service, Client) {
    let service = Service::start(|_, path| match path {
        "/me/photo" => json(200, r#"{ "width": 96 }"#),
        "/me/photo/$value" => say(200, ("Content-Type", "image/jpeg"), "the jpeg"),
        "/users" => json(
            200,
            r#"{ "@odata.nextLink": "http://elsewhere.test/", "value": [{ "name": "a" }] }"#,
        ),
        _ => json(404, r#"{ "error": { "code": "notFound" } }"#),
    });
    let client = Client::builder(&service.origin).bearer("secret").build();
    (service, client.unwrap())
}

fn call(client: &Client) {
    let photo = client.me().photo().get().send_blocking().unwrap();
    assert_eq!(photo.width, 96.into());
    let error = client
        .users("ada")
        .photo()
        .get()
        .send_blocking()
        .unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some("notFound"));
}

#[test]
fn requests_are_sent_without_a_runtime() {
    let (service, client) = photos();
    call(&client);
    let sent = client.me().photo().value().put("jpeg").send_blocking();
    sent.unwrap();
    assert_eq!(service.requests()[2], "PUT /me/photo/$value");
    assert_eq!(service.header("authorization"), ["Bearer secret"; 3]);
}

#[test]
fn bodies_are_read_when_the_client_is_gone() {
    let (_service, client) = photos();
    let value = client.me().photo().value();
    let bytes = value.get().send_blocking().unwrap();
    let stream = value.get().send_blocking().unwrap();
    drop((client, value));
    assert_eq!(bytes.bytes_blocking().unwrap(), "the jpeg");
    let mut reader = stream.reader();
    let mut start = [0; 3];
    reader.read_exact(&mut start).unwrap();
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    assert_eq!((&start[..], &*rest), (&b"the"[..], " jpeg"));
}

#[test]
fn collections_are_iterators() {
    let origin = std::sync::Arc::new(std::sync::OnceLock::<String>::new());
    let known = origin.clone();
    let service = Service::start(move |_, path| match path {
        "/users" => json(200, {
            let origin = known.get().unwrap();
            let page = r#""value": [{ "name": "a" }, { "name": "b" }]"#;
            format!(r#"{{ "@odata.nextLink": "{origin}/more", {page} }}"#).leak()
        }),
        "/more" => json(200, r#"{ "value": [{ "name": "c" }] }"#),
        _ => json(404, ""),
    });
    origin.set(service.origin.clone()).unwrap();
    let client = Client::builder(&service.origin).build().unwrap();
    let users = || client.users_collection().get();
    let names = users().items_blocking().map(|user| user.unwrap().name);
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["a".into(), "b".into(), "c".into()]
    );
    let mut pages = users().pages_blocking();
    let mut next = || {
        let page = pages.next().map(|page| page.unwrap().len());
        (page, pages.get_ref().unwrap().next_link().is_some())
    };
    assert_eq!(
        [next(), next(), next()],
        [(Some(2), true), (Some(1), false), (None, false)]
    );

    let (_service, client) = photos();
    let mut items = client.users_collection().get().items_blocking();
    assert!(items.next().unwrap().is_ok());
    // A link to another origin is not followed.
    assert!(items.next().unwrap().is_err());
    assert!(items.next().is_none());
}

#[tokio::test]
async fn a_thread_that_runs_tasks_can_be_blocked() {
    let (_service, client) = photos();
    // The connection of this call is driven by this very thread, and must not be used below.
    client.me().photo().get().await.unwrap();
    // A task is made to give way after a number of steps, which a blocked thread never does.
    for _ in 0..200 {
        call(&client);
    }
    client.me().photo().get().await.unwrap();
}

#[tokio::test]
async fn a_thread_that_is_about_to_ask_for_a_token_can_be_blocked() {
    let transport = MemoryTransport::new(|_| http::Response::new(r#"{ "width": 96 }"#));
    let builder = Client::builder("https://api.example.com").transport(transport);
    let client = builder.token(async || {
        tokio::time::sleep(Duration::from_millis(5)).await;
        let token = AccessToken::from("secret").expires_in(Duration::from_secs(3600));
        Ok::<_, BoxError>(token)
    });
    let client: Client = client.build().unwrap();
    // This one holds on to the token that it asks for, and gets no further while the thread waits.
    let mut asking = std::pin::pin!(client.me().photo().get().send());
    std::future::poll_fn(|context| {
        assert!(asking.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    let photo = client.me().photo().get().send_blocking().unwrap();
    assert_eq!(photo.width, 96.into());
    assert_eq!(asking.await.unwrap().width, 96.into());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn threads_of_a_runtime_can_be_blocked_together() {
    let (_service, client) = photos();
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { call(&client) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

#[test]
fn clients_leave_no_threads_behind() {
    let threads = || match std::fs::read_dir("/proc/self/task") {
        Ok(threads) => threads
            .filter(|thread| {
                let name = thread.as_ref().unwrap().path().join("comm");
                std::fs::read_to_string(name).is_ok_and(|name| name.starts_with("docwright-block"))
            })
            .count(),
        // Threads can be counted on Linux alone.
        Err(_) => 1,
    };
    for _ in 0..5 {
        let (_service, client) = photos();
        call(&client);
        thread::spawn(move || call(&client)).join().unwrap();
    }
    assert_eq!(threads(), 1);
}

#[test]
fn any_transport_can_be_waited_for() {
    let transport = MemoryTransport::new(|_| http::Response::new(r#"{ "width": 96 }"#));
    let client = Client::builder("https://api.example.com").transport(transport);
    let client = client.retry(RetryPolicy::none()).build().unwrap();
    assert_eq!(
        client.me().photo().get().send_blocking().unwrap().width,
        96.into()
    );
}

#[test]
fn batches_are_sent() {
    let service = Service::start(|_, path| match path {
        "/$batch" => json(
            200,
            r#"{ "responses": [
                { "id": "2", "status": 404, "body": { "error": { "code": "notFound" } } },
                { "id": "1", "status": 200, "body": { "width": 96 } }
            ] }"#,
        ),
        _ => json(404, ""),
    });
    let client = Client::builder(&service.origin).bearer("secret").build();
    let client: Client = client.unwrap();
    let mut batch = Batch::new();
    let photo = batch.add(client.me().photo().get());
    let missing = batch.add(client.users("ada").photo().get());
    let mut answers = batch.send_blocking();
    assert_eq!(answers.take(photo).unwrap().width, 96.into());
    assert!(answers.take(missing).unwrap_err().is_not_found());
    assert_eq!(service.requests(), ["POST /$batch"]);
    assert_eq!(service.header("authorization"), ["Bearer secret"]);
}

#[test]
fn uploads_are_sent_completed_and_cancelled() {
    let service = Service::start(|number, _| match number {
        1 => json(202, r#"{ "nextExpectedRanges": ["4-"] }"#),
        2 => json(201, r#"{ "id": "made" }"#),
        3 => json(201, r#"{ "id": "committed" }"#),
        _ => json(204, ""),
    });
    let client = AnyClient::builder(&service.origin).bearer("secret").build();
    let client: AnyClient = client.unwrap();
    let url = format!("{}/session", service.origin);
    let mut upload = Upload::<Json>::new(&client, url, "a photo").chunk_size(4);
    assert_eq!(upload.send_blocking().unwrap()["id"], "made");
    assert_eq!(upload.commit_blocking().unwrap()["id"], "committed");
    upload.cancel_blocking().unwrap();
    assert_eq!(
        service.header("content-range"),
        ["bytes 0-3/7", "bytes 4-6/7", "", ""]
    );
    assert_eq!(
        service.requests()[2..],
        ["POST /session", "DELETE /session"]
    );
    assert_eq!(service.header("authorization"), [""; 4]);
}

#[test]
fn accepted_work_is_waited_for() {
    static COPY: Operation = Operation {
        name: "Copy item",
        method: Method::POST,
        doc: "docs-src/api/item-copy.md:1",
        idempotent: false,
    };
    let at_once = ("Retry-After", "0");
    let service = Service::start(move |number, path| match (number, path) {
        (1, "/copy") => say(202, ("Location", "/monitor"), ""),
        (2, "/monitor") => say(202, at_once, r#"{ "status": "notStarted" }"#),
        (3, "/monitor") => say(202, at_once, r#"{ "status": "inProgress" }"#),
        (4, "/monitor") => json(
            200,
            r#"{ "status": "succeeded", "resourceLocation": "/copied" }"#,
        ),
        (5, "/copied") => json(200, r#"{ "id": "copied" }"#),
        _ => json(404, ""),
    });
    let client: AnyClient = AnyClient::builder(&service.origin).build().unwrap();
    let copy = Request::<()>::new(&COPY, &client.root().literal("copy"));
    let mut monitor = copy.send_blocking().unwrap().monitor().unwrap();
    assert_eq!(
        monitor.next_blocking().unwrap().status(),
        Some("notStarted")
    );
    let done = monitor.wait_blocking().unwrap();
    assert_eq!(done.status(), Some("succeeded"));
    assert_eq!(done.result_blocking::<Json>().unwrap()["id"], "copied");
    assert_eq!(service.requests().len(), 5);
}

#[tokio::test]
async fn what_follows_an_answer_leaves_its_connections_to_other_calls() {
    let service = Service::start(|number, _| match number {
        1 => say(202, ("Location", "/monitor"), ""),
        _ => json(200, r#"{ "status": "succeeded" }"#),
    });
    let client: AnyClient = AnyClient::builder(&service.origin).build().unwrap();
    // The connection is driven by this very thread, which then waits.
    let accepted = client.request(Method::POST, "/copy").await.unwrap();
    let mut monitor = accepted.monitor().unwrap();
    assert!(monitor.wait_blocking().unwrap().is_done());
}
