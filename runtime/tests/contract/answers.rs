//! Answers: what is read of them, and what is wrong with them.

use std::collections::{HashSet, VecDeque};
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use docwright_client::{
    Body, BoxError, Collection, Error, ErrorKind, FromResponse, Guid, Head, Json, MemoryTransport,
    Method, Property, Request, RetryPolicy, StatusCode,
};
use futures_core::Stream;

use crate::memory::{json, service};
use crate::photos::Client;
use crate::photos::resources::{ProfilePhoto, User, UserKind};

#[tokio::test]
async fn absent_null_values_and_the_unknown_survive() -> Result<(), Error> {
    let page = r#"{
        "@odata.context": "https://api.example.com/v1/$metadata#users",
        "@odata.count": 2,
        "value": [
            {
                "name": "Ada", "kind": "robot", "balance": 12.50, "manager": { "name": null },
                "created": "2016-01-01T00:00:00.0000000Z", "photos": [ { "width": 96 } ],
                "new": { "a": [1, null] }, "escaped\u0041": null
            },
            {}
        ]
    }"#;
    let (client, _) = service(move |_| json(page));
    let users = client.users_collection().get().await?;

    let ada = &users[0];
    assert_eq!(ada.name, "Ada".into());
    assert_eq!(ada.kind, UserKind::Other("robot".to_owned()).into());
    assert_eq!(ada.balance.value().unwrap().as_str(), "12.50");
    assert_eq!(ada.manager.value().unwrap().name, Property::Null);
    assert_eq!(ada.photos.value().unwrap()[0].width, 96.into());
    assert_eq!(ada.other.json("new"), Some(r#"{ "a": [1, null] }"#));
    assert_eq!(ada.other.get::<String>("escapedA")?, Property::Null);
    assert_eq!(users[1], User::default());
    assert_eq!(users.count, 2.into());

    let written = serde_json::to_value(users.value()).unwrap();
    assert_eq!(
        written,
        serde_json::from_str::<serde_json::Value>(page).unwrap()
    );
    assert!(
        serde_json::to_string(users.value())
            .unwrap()
            .contains("12.50")
    );
    Ok(())
}

#[tokio::test]
async fn a_byte_order_mark_is_no_part_of_an_answer() -> docwright_client::Result<()> {
    let (client, _) = service(|_| json("\u{feff}{ \"width\": 96 }"));
    assert_eq!(client.me().photo().get().await?.width, 96.into());
    Ok(())
}

#[tokio::test]
async fn a_value_that_is_none_of_its_type_costs_no_answer() -> docwright_client::Result<()> {
    let (client, _) = service(|_| json(r#"{ "width": "96", "height": 48 }"#));
    let photo = client.me().photo().get().await?;
    assert_eq!((photo.width, photo.height), (Property::Absent, 48.into()));
    assert_eq!(photo.other.json("width"), Some(r#""96""#));
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_not_as_documented_is_kept() {
    let body = "\n  \"photo 96\"";
    let (client, _) = service(move |_| json(body));
    let error = client.me().photo().get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body().unwrap(), body);
    let text = error.to_string();
    assert!(
        text.contains(
            "expected an object of type microsoft.graph.profilePhoto at line 2 column 12"
        ),
        "{text}"
    );
    // What stands there may be private, and is told to who asks for it.
    assert!(!format!("{text} {error:?}").contains("96"));
    let excerpt = error.excerpt().unwrap();
    assert!(excerpt.contains("string \"photo 96\""), "{excerpt}");
    assert!(excerpt.contains("near `\"photo 96\"`"), "{excerpt}");
}

#[tokio::test]
async fn small_things_are_said_by_name() {
    let (client, seen) = service(|url| {
        let status = match url {
            "https://api.example.com/v1/users/gone/photo" => 410,
            "https://api.example.com/v1/users/a/photo" => 200,
            _ => 304,
        };
        let answer = http::Response::builder().status(status);
        answer.header("ETag", "\"1\"").body("{}".into()).unwrap()
    });
    let photo = async |id: &str| client.users(id).photo().get().await;
    assert_eq!(photo("a").await.unwrap().etag(), Some("\"1\""));
    assert!(photo("b").await.unwrap_err().is_not_modified());
    assert!(photo("gone").await.unwrap_err().is_gone());
    client.users(Guid::from("a")).photo().get().await.unwrap();
    let agent = seen.lock().unwrap()[0].headers()["user-agent"].clone();
    assert!(agent.to_str().unwrap().starts_with("docwright-client/"));

    let transport = MemoryTransport::new(|request: http::Request<Bytes>| {
        assert_eq!(request.headers().get_all("user-agent").iter().count(), 1);
        let agent = request.headers()["user-agent"].to_str().unwrap();
        http::Response::new(format!(r#"{{ "id": "{agent}" }}"#))
    });
    let builder = Client::builder("https://api.example.com").transport(transport);
    let client = builder.header("User-Agent", "mine").build().unwrap();
    assert_eq!(client.me().photo().get().await.unwrap().id, "mine".into());
}

#[tokio::test]
async fn what_is_read_has_to_come() {
    // A page that was cut off would otherwise end a list that goes on.
    for cut in ["", "{}", r#"{ "value": null }"#] {
        let (client, _) = service(move |_| json(cut));
        let mut users = Request::<Collection<User>>::from(client.users_collection().get()).items();
        let error = users.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response, "{cut}");
        assert_eq!(error.status().unwrap(), 200);
    }
    let (client, _) = service(|_| json(""));
    let error = client.me().photo().get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);

    // A change that was made is no error, nor is nothing where the status says so.
    let nothing = *client.me().patch(&User::default()).await.unwrap() == User::default();
    assert!(nothing);
    let (client, _) = service(|_| {
        let answer = http::Response::builder().status(204);
        answer.body(Body::empty()).unwrap()
    });
    let photo = client.me().photo().get().await.unwrap();
    assert_eq!(*photo, ProfilePhoto::default());
}

/// A type of somebody else's, which looks at status and headers.

#[derive(Debug)]
struct Tagged(u16, String);

impl FromResponse for Tagged {
    const ACCEPT: Option<&'static str> = None;

    async fn read(head: Head<'_>, body: Body) -> Result<Self, Error> {
        let tag = head.headers.get("etag").ok_or_else(|| {
            let source = format!("{} bytes", body.length().unwrap_or_default());
            Error::decode("there is no tag").with_source(source)
        })?;
        let tag = tag.to_str().unwrap_or_default().to_owned();
        Ok(Self(head.status.as_u16(), tag))
    }
}

#[tokio::test]
async fn answers_are_read_as_types_of_others() {
    let (client, _) = service(|_| {
        let answer = http::Response::builder()
            .status(203)
            .header("ETag", "\"1\"");
        answer.body(Body::empty()).unwrap()
    });
    let photo = client.me().photo().get().read_as::<Tagged>().await.unwrap();
    assert_eq!((photo.0, photo.1.as_str()), (203, "\"1\""));

    let (client, _) = service(|_| json("{}"));
    let request = client.me().photo().get().read_as::<Tagged>();
    let error = request.await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Response, Some(StatusCode::OK))
    );
    assert!(
        error
            .to_string()
            .contains("Get profilePhoto: there is no tag")
    );
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "2 bytes"
    );
}

#[tokio::test]
async fn no_more_is_read_than_the_client_allows() {
    let transport = MemoryTransport::new(|_| json("{\"width\": 96}"));
    let builder = || Client::builder("https://api.example.com");
    let client = builder().transport(transport).max_body(12).build().unwrap();
    // Bytes that are in memory already are given as they are; only streams are read.
    assert!(client.me().photo().get().await.is_ok());

    let streamed = MemoryTransport::new(|_| {
        let whole = Body::from("{\"width\": 96}");
        http::Response::new(Body::from_stream(whole.stream()))
    });
    let client = builder().transport(streamed).max_body(12).build().unwrap();
    let error = client.me().photo().get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    assert!(error.to_string().contains("12 bytes"), "{error}");

    // However small the pieces are that it comes in.
    let pieces = ["{\"wid", "th\":", " 9", "6}"];
    for (most, expected) in [(13, Some(96)), (12, None)] {
        let transport =
            MemoryTransport::new(move |_| http::Response::new(piecewise(pieces, false)));
        let builder = builder().transport(transport).max_body(most);
        let answer = builder.build().unwrap().me().photo().get().await;
        let width = answer.ok().and_then(|photo| photo.width.value().copied());
        assert_eq!(width, expected, "{most}");
    }
}

/// A body that comes in pieces, and may break off behind them.
fn piecewise<const N: usize>(pieces: [&'static str; N], breaks: bool) -> Body {
    Body::from_stream(Pieces(pieces.into_iter().collect(), breaks))
}

struct Pieces(VecDeque<&'static str>, bool);

impl Stream for Pieces {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.pop_front().map(|piece| Ok(piece.into()));
        Poll::Ready(next.or_else(|| self.1.then(|| Err("reset".into()))))
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_asked_for_again_where_that_is_safe() {
    let send = async |method: Method| {
        let sent = AtomicU32::new(0);
        let transport = MemoryTransport::new(move |_| {
            let breaks = sent.fetch_add(1, Ordering::Relaxed) == 0;
            http::Response::new(piecewise(["{\"a\":", " 1}"], breaks))
        });
        let at_once = RetryPolicy::new(1).delays(Duration::ZERO, Duration::ZERO);
        let builder = docwright_client::Client::builder("https://api.example.com");
        let builder = builder.transport(transport).retry(at_once);
        let client: docwright_client::Client = builder.build().unwrap();
        client.request(method, "/a").read_as::<Json>().await
    };
    assert_eq!(send(Method::GET).await.unwrap()["a"], 1);
    let error = send(Method::POST).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "reset");
    // The service has answered, and that much is known.
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_no_end() {
    let transport = MemoryTransport::new(|_| http::Response::new(piecewise(["a"], true)));
    let builder = Client::builder("https://api.example.com").transport(transport);
    let client = builder.build().unwrap();
    let mut stream = client.me().photo().value().get().await.unwrap().stream();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "a");
    assert_eq!(
        stream.chunk().await.unwrap_err().kind(),
        ErrorKind::Transport
    );
    assert!(stream.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn texts_numbers_and_arrays_are_read_as_what_they_are() {
    let request = |body: &'static [u8]| {
        let transport = MemoryTransport::new(move |_| http::Response::new(body));
        let builder = docwright_client::Client::builder("https://api.example.com");
        let client: docwright_client::Client = builder.transport(transport).build().unwrap();
        client.request(Method::GET, "/a")
    };
    assert_eq!(
        *request("Größe".as_bytes())
            .read_as::<String>()
            .await
            .unwrap(),
        "Größe"
    );
    let error = request(b"a\xff").read_as::<String>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    assert_eq!(error.body().unwrap(), &b"a\xff"[..]);
    assert!(request(b"\"\xff\"").read_as::<Json>().await.is_err());

    for number in ["12", "\u{feff} 12\r\n"] {
        let count = request(number.as_bytes()).count_only().await.unwrap();
        assert_eq!(*count, 12, "{number:?}");
    }
    for number in ["", "twelve", "1.5", "99999999999999999999"] {
        let error = request(number.as_bytes()).count_only().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response, "{number:?}");
        assert_eq!(error.body().unwrap(), number);
    }

    assert_eq!(
        *request(b"[1, 2]").read_as::<Vec<i32>>().await.unwrap(),
        [1, 2]
    );
    assert!(request(b"{}").read_as::<Vec<i32>>().await.is_err());
    assert_eq!(
        request(b"")
            .read_as::<Option<String>>()
            .await
            .unwrap()
            .value(),
        &None
    );
}

#[tokio::test]
async fn each_failure_is_asked_for_by_its_name() {
    type Is = fn(&Error) -> bool;
    let names: [(u16, Is); 9] = [
        (304, Error::is_not_modified),
        (400, Error::is_bad_request),
        (401, Error::is_unauthorized),
        (403, Error::is_forbidden),
        (404, Error::is_not_found),
        (409, Error::is_conflict),
        (410, Error::is_gone),
        (412, Error::is_precondition_failed),
        (429, Error::is_throttled),
    ];
    for (status, _) in names {
        let (client, _) = service(move |_| {
            let answer = http::Response::builder().status(status);
            answer.body(Body::empty()).unwrap()
        });
        let photo = client.me().photo().get().retry(RetryPolicy::none());
        let error = photo.await.unwrap_err();
        for (of, is) in names {
            assert_eq!(is(&error), of == status, "{status} {of}");
        }
    }
}

#[test]
fn a_word_is_its_text() {
    let listed = [UserKind::Member, UserKind::Guest, "robot".into()];
    assert_eq!(format!("{listed:?}"), r#"["member", "guest", "robot"]"#);
    assert_eq!(listed.clone(), listed);
    assert_ne!(UserKind::Member, UserKind::Guest);
    assert_eq!(UserKind::Other("guest".to_owned()), UserKind::Guest);
    let words = HashSet::from(listed);
    assert!(words.contains(&UserKind::Other("member".to_owned())));
}
