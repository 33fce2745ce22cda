//! Requests: what they are made of, and what never leaves them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use docwright_client::{
    Body, Collection, Error, ErrorKind, MemoryTransport, Method, Request, literal,
};

use crate::memory::{json, service, trail};
use crate::photos::Client;
use crate::photos::resources::{ProfilePhoto, User};

#[tokio::test]
async fn a_request_is_a_plain_value() -> Result<(), Error> {
    let (client, seen) = service(|_| json("{}"));
    let photo = client.users("ada@contoso.com").photo();
    let request: Request<ProfilePhoto> = photo
        .get()
        .select(["width", "height"])
        .query("x", "a b&c")
        .if_none_match("*")
        .into();
    assert_eq!(request.method(), Method::GET);
    assert_eq!(request.operation().name, "Get profilePhoto");
    let url =
        "https://api.example.com/v1/users/ada@contoso.com/photo?$select=width,height&x=a%20b%26c";
    assert_eq!(request.url(), url);
    let pairs: Vec<_> = request.query_pairs().collect();
    assert_eq!(pairs, [("$select", "width,height"), ("x", "a b&c")]);

    let http = request.clone().into_http()?;
    assert_eq!(http.uri(), url);
    assert_eq!(http.headers()["accept"], "application/json");
    assert_eq!(http.headers()["if-none-match"], "*");
    assert!(!http.headers().contains_key("authorization"));

    request.await?;
    let seen = seen.lock().unwrap();
    assert_eq!(seen[0].uri(), url);
    assert_eq!(seen[0].headers()["authorization"], "Bearer secret-token");
    assert_eq!(seen[0].headers()["x-client"], "tests");
    Ok(())
}

#[test]
fn any_request_takes_the_options_and_conditions_of_odata_and_http() {
    let (client, _) = service(|_| json("{}"));
    let photo = || Request::<ProfilePhoto>::from(client.me().photo().get());
    let request = photo()
        .select(["id", "width"])
        .expand(["owner"])
        .filter(format!("owner eq {}", literal("O'Neil' or 'a' eq 'a")))
        .order_by(["width desc", "id"])
        .top(5)
        .skip(10)
        .search("\"a b\"")
        .count(true)
        .skip_token("t&x=1")
        .format("json");
    let pairs: Vec<_> = request.query_pairs().collect();
    assert_eq!(
        pairs,
        [
            ("$select", "id,width"),
            ("$expand", "owner"),
            ("$filter", "owner eq 'O''Neil'' or ''a'' eq ''a'"),
            ("$orderby", "width desc,id"),
            ("$top", "5"),
            ("$skip", "10"),
            ("$search", "\"a b\""),
            ("$count", "true"),
            ("$skiptoken", "t&x=1"),
            ("$format", "json"),
        ]
    );
    assert!(request.url().contains("&$skiptoken=t%26x%3D1&"));
    // An option that is set again is another one, and not there twice.
    let request = photo().top(5).count(true).count(false).top(6);
    assert!(request.url().ends_with("/me/photo?$top=6&$count=false"));

    let request = photo().if_match("\"1\"").if_none_match("\"2\"");
    assert_eq!(request.headers()["if-match"], "\"1\"");
    assert_eq!(request.headers()["if-none-match"], "\"2\"");
    assert_eq!(photo().untyped().url(), photo().url());
}

#[tokio::test]
async fn a_request_can_be_sent_by_another_client() {
    let (one, unasked) = service(|_| json("{}"));
    let other = MemoryTransport::new(|request: http::Request<Bytes>| {
        assert_eq!(request.headers()["authorization"], "Bearer other-token");
        json(r#"{ "width": 96 }"#)
    });
    let builder = docwright_client::Client::builder("https://api.example.com/v1");
    let other: docwright_client::Client = builder
        .transport(other)
        .bearer("other-token")
        .build()
        .unwrap();
    let photo = Request::<ProfilePhoto>::from(one.me().photo().get());
    assert_eq!(other.send(photo).await.unwrap().width, 96.into());
    assert!(unasked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_that_cannot_mean_what_was_given() {
    let (client, seen) = service(|_| json("{}"));
    for request in [
        client.users("..").photo().get(),
        client.users("").photo().get(),
        client.users("a").photo().get().header("X", "a\r\nY: b"),
        client.users("a").photo().get().header("no name", "a"),
    ] {
        let error = request.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter);
        assert_eq!(error.operation().unwrap().name, "Get profilePhoto");
    }
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_error_of_a_request_that_was_not_sent_keeps_its_source() {
    let (client, seen) = service(|_| json("{}"));
    // JSON has texts alone for keys.
    let unwritable = BTreeMap::from([([1], "a")]);
    let request: Request<ProfilePhoto> = client.me().photo().get().into();
    let error = request.json(&unwritable).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    let source = std::error::Error::source(&error).unwrap();
    assert!(source.is::<serde_json::Error>(), "{source}");
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn hostile_values_stay_in_their_segment() -> Result<(), Error> {
    let (client, seen) = service(|_| json(r#"{ "value": [] }"#));
    client.users("../a?b#c%2Fd\\e").photo().get().await?;
    client.me().range("A'1/..").get().await?;
    client
        .users_collection()
        .get()
        .filter("name eq 'a&b=c+d#'")
        .await?;
    let urls: Vec<_> = trail(&seen).into_iter().map(|(url, ..)| url).collect();
    assert_eq!(
        urls,
        [
            "https://api.example.com/v1/users/..%2Fa%3Fb%23c%252Fd%5Ce/photo",
            "https://api.example.com/v1/me/range(address='A''1%2F..')",
            "https://api.example.com/v1/users?$filter=name%20eq%20%27a%26b%3Dc%2Bd%23%27",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let (client, seen) = service(|_| http::Response::new(Body::empty()));
    let upload = client
        .me()
        .photo()
        .value()
        .put(Body::from_stream(Body::from("jpeg").stream()));
    upload.clone().await.unwrap();
    assert_eq!(upload.await.unwrap_err().kind(), ErrorKind::Transport);
    assert_eq!(seen.lock().unwrap()[0].body(), "jpeg");
}

#[tokio::test]
async fn tokens_are_asked_for_each_time_and_shown_never() {
    let count = Arc::new(Mutex::new(0));
    let transport = MemoryTransport::new(|request: http::Request<Bytes>| {
        let token = request.headers()["authorization"].to_str().unwrap();
        http::Response::new(format!("{{\"id\": \"{token}\"}}"))
    });
    let counter = count.clone();
    let token = move || {
        let counter = counter.clone();
        async move {
            *counter.lock().unwrap() += 1;
            match *counter.lock().unwrap() {
                3 => Err("signed out"),
                count => Ok(format!("secret-{count}")),
            }
        }
    };
    let builder = Client::builder("https://api.example.com")
        .transport(transport)
        .token(token);
    let client = builder.build().unwrap();
    let photo = client.me().photo();
    assert_eq!(photo.get().await.unwrap().id, "Bearer secret-1".into());
    assert_eq!(photo.get().await.unwrap().id, "Bearer secret-2".into());
    let error = photo.get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Token);
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "signed out"
    );

    let (client, _) = service(|_| json("{}"));
    let request = client.me().photo().get().header("Authorization", "secret");
    let request = request
        .header("Cookie", "secret")
        .header("X-Api-Key", "secret");
    let request = request.header("X-Access-Token", "secret");
    let shown = format!("{client:?} {:?} {request:?}", client.me());
    assert!(!shown.contains("secret"), "{shown}");
}

#[test]
fn requests_and_answers_move_between_threads() {
    fn is_send_and_sync<T: Send + Sync>(_: &T) {}
    fn is_send<T: Send>(_: T) {}
    let (client, _) = service(|_| json("{}"));
    let request = client.me().photo().get();
    is_send_and_sync(&client);
    is_send_and_sync(&request);
    is_send(request.send());
    is_send(Request::<Collection<User>>::from(client.users_collection().get()).items());
}
