//! Several requests in one, over real HTTP on loopback.

use std::time::Duration;

use docwright_client::{
    Batch, Body, Client, Error, ErrorKind, Method, Request, RetryPolicy, testing,
};
use serde_json::{Value, json};

use crate::host::{Answer, Host, answer, with};
use crate::photos;
use crate::photos::resources::{ProfilePhoto, User};

fn client(service: &Host) -> testing::Result<photos::Client> {
    let builder = Client::builder(service.url("/v1")).bearer("secret");
    Ok(builder.header("X-Client", "tests").build()?)
}

/// The JSON of a batch that came.
fn sent(request: &http::Request<bytes::Bytes>) -> Vec<Value> {
    assert_eq!(
        (request.method(), request.uri().path()),
        (&Method::POST, "/v1/$batch")
    );
    assert_eq!(request.headers()["authorization"], "Bearer secret");
    let body: Value = serde_json::from_slice(request.body()).unwrap();
    body["requests"].as_array().unwrap().clone()
}

/// Answers each call of a batch by a function of its URL.
fn answers(
    request: &http::Request<bytes::Bytes>,
    each: impl Fn(&Value) -> Option<(u16, Value)>,
) -> Option<Answer> {
    let mut responses = Vec::new();
    // In another order than they came, as services may.
    for call in sent(request).iter().rev() {
        if let Some((status, body)) = each(call) {
            let mut response = json!({ "id": call["id"], "status": status, "headers": {
                "Content-Type": "application/json", "ETag": "\"1\"" } });
            if !body.is_null() {
                response["body"] = body;
            }
            responses.push(response);
        }
    }
    Some(answer(200, json!({ "responses": responses }).to_string()))
}

/// A service that answers each call of a batch with a status that depends on the round and on its URL, and asks
/// for no wait.
async fn refusing(status: impl Fn(u32, &str) -> u16 + Send + 'static) -> testing::Result<Host> {
    let mut round = 0;
    let service = Host::start(move |request| {
        round += 1;
        let responses = sent(request).into_iter().map(|call| {
            let status = status(round, call["url"].as_str().unwrap());
            let headers = json!({ "Retry-After": "0" });
            json!({ "id": call["id"], "status": status, "headers": headers, "body": {} })
        });
        let responses = responses.collect::<Vec<_>>();
        Some(answer(200, json!({ "responses": responses }).to_string()))
    });
    service.await
}

#[tokio::test]
async fn answers_are_typed_and_errors_as_if_sent_alone() -> testing::Result {
    let service = Host::start(|request| {
        answers(request, |call| match call["url"].as_str().unwrap() {
            "users/ada" => Some((200, json!({ "name": "Ada", "balance": 12.5 }))),
            "me/photo?$select=width" => Some((200, json!({ "width": 96 }))),
            "users/bob/photo" => Some((
                404,
                json!({ "error": { "code": "ImageNotFound", "message": "None" } }),
            )),
            "me/photo/$value" => Some((204, Value::Null)),
            _ => None,
        })
    })
    .await?;
    let client = client(&service)?;
    let mut batch = Batch::new();
    let change = User {
        name: "Ada".into(),
        ..User::default()
    };
    let user = batch.add(client.users("ada").patch(&change));
    let photo = batch.add(client.me().photo().get().select(["width"]));
    let missing = batch.add(client.users("bob").photo().get());
    let upload = batch.add(
        client
            .me()
            .photo()
            .value()
            .put(Body::from(&[0xff, 0xfe, 0xfd])),
    );
    let unanswered = batch.add(client.users_collection().get());
    batch.depends_on(&upload, &user)?;

    let mut answers = batch.send().await;
    assert_eq!(answers.take(user)?.name, "Ada".into());
    let photo = answers.take(photo)?;
    assert_eq!(
        (&photo.width, &photo.headers()["etag"]),
        (&96.into(), &"\"1\"".parse()?)
    );
    let error = answers.take(missing).unwrap_err();
    assert!(error.is_not_found());
    let text = "Get profilePhoto: 404 Not Found (ImageNotFound: None), docs-src/api/photo.md:1";
    assert_eq!(error.to_string(), text);
    assert_eq!(answers.take(upload)?.status(), 204);
    let error = answers.take(unanswered).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    assert_eq!(error.operation().unwrap().name, "List users");

    let seen = service.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].headers()["prefer"], "odata.continue-on-error");
    let calls = sent(&seen[0]);
    let expected = json!([
        { "id": "1", "method": "PATCH", "url": "users/ada", "body": { "name": "Ada" }, "headers":
            { "accept": "application/json", "content-type": "application/json", "x-client": "tests" } },
        { "id": "2", "method": "GET", "url": "me/photo?$select=width", "headers":
            { "accept": "application/json", "x-client": "tests" } },
        { "id": "3", "method": "GET", "url": "users/bob/photo", "headers":
            { "accept": "application/json", "x-client": "tests" } },
        { "id": "4", "method": "PUT", "url": "me/photo/$value", "dependsOn": ["1"], "body": "__79",
            "headers": { "content-type": "image/jpeg", "x-client": "tests" } },
        { "id": "5", "method": "GET", "url": "users", "headers":
            { "accept": "application/json", "x-client": "tests" } },
    ]);
    assert_eq!(Value::from(calls), expected);
    Ok(())
}

#[tokio::test]
async fn a_large_batch_goes_in_parts_that_keep_their_order() -> testing::Result {
    let service = Host::start(|request| {
        answers(request, |call| match call["url"].as_str().unwrap() {
            "users/1/photo" => Some((403, Value::Null)),
            _ => Some((200, json!({}))),
        })
    })
    .await?;
    let client = client(&service)?;
    let mut batch = Batch::new().limit(2);
    let photos: Vec<_> = (0..5)
        .map(|index| batch.add(client.users(index.to_string()).photo().get()))
        .collect();
    // One behind a request that fails in an earlier call, one behind that in turn, and one behind
    // a request that succeeded.
    batch.depends_on(&photos[2], &photos[1])?;
    batch.depends_on(&photos[3], &photos[2])?;
    batch.depends_on(&photos[4], &photos[0])?;

    let mut answers = batch.send().await;
    let mut statuses = Vec::new();
    for photo in photos {
        statuses.push(status(answers.take(photo)));
    }
    assert_eq!(statuses, [200, 403, 424, 424, 200]);
    let urls: Vec<Vec<Value>> = service.seen().iter().map(sent).collect();
    assert_eq!(
        urls.len(),
        2,
        "the second call has nothing to carry: {urls:?}"
    );
    assert_eq!(urls[1][0]["id"], "5");
    assert!(urls[1][0].get("dependsOn").is_none());
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_sent_or_is_not_answered_fails_alone() -> testing::Result {
    let service =
        Host::start(|request| answers(request, |_| Some((200, json!({ "width": 96 }))))).await?;
    let client = client(&service)?;
    let other = self::client(&service)?;
    let mut batch = Batch::new();
    let good = batch.add(client.me().photo().get());
    let invalid = batch.add(client.users("..").photo().get());
    let behind = batch.add(client.users("ada").photo().get());
    let stranger = batch.add(other.me().photo().get());
    let circular = batch.add(client.users("bob").photo().get());
    batch.depends_on(&behind, &invalid)?;
    let mut foreign = Batch::new();
    let of_another = foreign.add(client.me().photo().get());
    // Neither is there anything that such a handle could mean here, nor may it mean another request.
    let mut empty = Batch::new();
    for error in [
        batch.depends_on(&circular, &circular),
        batch.depends_on(&good, &circular),
        batch.depends_on(&circular, &of_another),
        batch.depends_on(&of_another, &good),
        empty.depends_on(&circular, &good),
    ] {
        assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidParameter);
    }

    let mut answers = batch.send().await;
    assert_eq!(answers.take(good)?.width, 96.into());
    assert_eq!(answers.take(behind).unwrap_err().status().unwrap(), 424);
    assert_eq!(answers.take(circular)?.width, 96.into());
    for handle in [invalid, stranger, of_another] {
        let error = answers.take(handle).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{error}");
    }
    assert_eq!(sent(&service.seen()[0]).len(), 2);
    Ok(())
}

#[tokio::test]
async fn a_call_that_fails_is_the_error_of_all_in_it() -> testing::Result {
    let service = Host::start(|_| {
        let refusal = answer(403, r#"{"error":{"code":"expired"}}"#);
        Some(with(refusal, "Retry-After", "7"))
    })
    .await?;
    let client = client(&service)?;
    let mut batch = Batch::new();
    let photo = batch.add(client.me().photo().get());
    let plain = batch.add(Request::<ProfilePhoto>::from(
        client.users("ada").photo().get(),
    ));
    let mut answers = batch.send().await;
    for handle in [photo, plain] {
        let error = answers.take(handle).unwrap_err();
        assert_eq!(error.operation().unwrap().name, "Get profilePhoto");
        assert!(error.is_forbidden());
        assert_eq!(error.code(), Some("expired"));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        assert!(error.body().is_some());
        let source = std::error::Error::source(&error).unwrap();
        let source = source.downcast_ref::<Error>().unwrap();
        assert_eq!(source.operation().unwrap().name, "Batch");
        assert!(source.is_forbidden());
    }
    Ok(())
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_costs_no_other() -> testing::Result {
    let service = Host::start(|_| {
        let responses = json!([
            { "id": "3", "status": "soon" },
            { "id": 2, "status": 200, "headers": null, "body": { "width": 48 } },
            "none",
            { "id": "1", "status": 200, "body": { "width": 96 } },
        ]);
        Some(answer(200, json!({ "responses": responses }).to_string()))
    })
    .await?;
    let client = client(&service)?;
    let mut batch = Batch::new();
    let [first, second, third] = [(); 3].map(|()| batch.add(client.me().photo().get()));
    let mut answers = batch.send().await;
    assert_eq!(answers.take(first)?.width, 96.into());
    assert_eq!(answers.take(second)?.width, 48.into());
    assert_eq!(answers.take(third).unwrap_err().kind(), ErrorKind::Response);
    Ok(())
}

#[tokio::test]
async fn a_body_that_is_none_of_its_media_type_fails_alone() -> testing::Result {
    let service = Host::start(|request| {
        let responses = sent(request).into_iter().map(|call| {
            let headers = json!({ "Content-Type": "image/jpeg" });
            let body = match call["url"].as_str() {
                Some("torn") => "no base64!",
                _ => "__79",
            };
            json!({ "id": call["id"], "status": 200, "headers": headers, "body": body })
        });
        let responses = responses.collect::<Vec<_>>();
        Some(answer(200, json!({ "responses": responses }).to_string()))
    })
    .await?;
    let client: Client = Client::builder(service.url("/v1"))
        .bearer("secret")
        .build()?;
    let mut batch = Batch::new();
    let whole = batch.add(client.request(Method::GET, "/whole"));
    let torn = batch.add(client.request(Method::GET, "/torn"));
    let unsent = client
        .request(Method::POST, "/jobs")
        .bytes("application/json", "{");
    let unsent = batch.add(unsent);
    let mut answers = batch.send().await;
    assert_eq!(answers.take(whole)?.bytes().await?, &b"\xff\xfe\xfd"[..]);
    for (handle, kind) in [
        (torn, ErrorKind::Response),
        (unsent, ErrorKind::InvalidParameter),
    ] {
        let error = answers.take(handle).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(std::error::Error::source(&error).is_some(), "{error}");
    }
    assert_eq!(sent(&service.seen()[0]).len(), 2);
    Ok(())
}

#[tokio::test]
async fn what_a_batch_has_refused_for_the_moment_is_sent_again() -> testing::Result {
    for (policy, expected, calls) in [
        (RetryPolicy::new(1), [200, 200, 504, 200], 2),
        (RetryPolicy::none(), [429, 424, 504, 200], 1),
    ] {
        let service = refusing(|round, url| match (round, url) {
            (1, "users/ada/photo") => 429,
            (1, "me/photo") => 424,
            // The service may have changed what was to be changed.
            (_, "users/bob") => 504,
            _ => 200,
        })
        .await?;
        let builder = photos::Client::builder(service.url("/v1")).bearer("secret");
        let client = builder.retry(policy).build()?;
        let mut batch = Batch::new();
        let other = batch.add(client.users("cem").photo().get());
        let refused = batch.add(client.users("ada").photo().get());
        let behind = batch.add(client.me().photo().get());
        let change = batch.add(client.users("bob").patch(&User::default()));
        batch.depends_on(&refused, &other)?;
        batch.depends_on(&behind, &refused)?;

        let mut answers = batch.send().await;
        let photos = [refused, behind, other].map(|photo| status(answers.take(photo)));
        let change = status(answers.take(change));
        assert_eq!([photos[0], photos[1], change, photos[2]], expected);
        let seen: Vec<Vec<Value>> = service.seen().iter().map(sent).collect();
        assert_eq!(seen.len(), calls);
        if let [_, again] = &seen[..] {
            let ids = again.iter().map(|call| (&call["id"], &call["dependsOn"]));
            let expected = [(json!("2"), Value::Null), (json!("3"), json!(["2"]))];
            assert!(ids.eq(expected.iter().map(|(id, after)| (id, after))));
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_depends_on_a_failure_is_not_sent_again() -> testing::Result {
    let service = refusing(|round, url| match (round, url) {
        (1, "users/ada/photo") => 404,
        (1, "users/bob/photo") => 429,
        (1, "me/photo") => 424,
        _ => 200,
    })
    .await?;
    let client = client(&service)?;
    let mut batch = Batch::new();
    let failed = batch.add(client.users("ada").photo().get());
    let refused = batch.add(client.users("bob").photo().get());
    let behind = batch.add(client.me().photo().get());
    batch.depends_on(&behind, &failed)?;
    batch.depends_on(&behind, &refused)?;
    let mut answers = batch.send().await;
    let photos = [failed, refused, behind].map(|photo| status(answers.take(photo)));
    assert_eq!(photos, [404, 200, 424]);
    let seen: Vec<usize> = service.seen().iter().map(|it| sent(it).len()).collect();
    assert_eq!(seen, [3, 1]);
    Ok(())
}

#[tokio::test]
async fn no_batch_waits_longer_than_its_call_may_take() -> testing::Result {
    let service = Host::start(|request| {
        let responses = sent(request).into_iter().map(|call| {
            let headers = json!({ "Retry-After": "30" });
            json!({ "id": call["id"], "status": 429, "headers": headers })
        });
        let responses = responses.collect::<Vec<_>>();
        Some(answer(200, json!({ "responses": responses }).to_string()))
    })
    .await?;
    let builder = photos::Client::builder(service.url("/v1")).bearer("secret");
    let client = builder.timeout(Duration::from_secs(20)).build()?;
    let mut batch = Batch::new();
    let photo = batch.add(client.me().photo().get());
    let error = batch.send().await.take(photo).unwrap_err();
    assert!(error.is_throttled());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert_eq!(service.seen().len(), 1);
    Ok(())
}

fn status<T>(outcome: docwright_client::Result<docwright_client::Response<T>>) -> u16 {
    match outcome {
        Ok(response) => response.status().as_u16(),
        Err(error) => error.status().unwrap().as_u16(),
    }
}
