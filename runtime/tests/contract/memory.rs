//! The contract with generated code, over a transport in memory.

use std::sync::{Arc, Mutex};

use crate::photos::resources::{ProfilePhoto, User, UserKind};
use crate::photos::{Client, Route};
use bytes::Bytes;
use docwright_client::{
    Body, Collection, Error, ErrorKind, FromResponse, Guid, Head, MemoryTransport, Method,
    Property, Request, StatusCode,
};

type Seen = Arc<Mutex<Vec<http::Request<Bytes>>>>;

/// A client whose requests are kept, and answered by a function of their URL.
fn service(
    answer: impl Fn(&str) -> http::Response<Body> + Send + Sync + 'static,
) -> (Client, Seen) {
    let seen = Seen::default();
    let log = seen.clone();
    let transport = MemoryTransport::new(move |request: http::Request<Bytes>| {
        let url = request.uri().to_string();
        log.lock().unwrap().push(request);
        answer(&url)
    });
    let builder = Client::builder("https://api.example.com/v1").transport(transport);
    let client = builder
        .bearer("secret-token")
        .header("X-Client", "tests")
        .build()
        .unwrap();
    (client, seen)
}

fn json(body: &'static str) -> http::Response<Body> {
    http::Response::new(Body::from(body))
}

fn redirect(location: &str) -> http::Response<Body> {
    let response = http::Response::builder()
        .status(302)
        .header("Location", location);
    response.body(Body::empty()).unwrap()
}

/// URL and whether the token and the client's header were there, of each request.
fn trail(seen: &Seen) -> Vec<(String, bool, bool)> {
    let requests = seen.lock().unwrap();
    let steps = requests.iter().map(|request| {
        let has = |name| request.headers().contains_key(name);
        (
            request.uri().to_string(),
            has("authorization"),
            has("x-client"),
        )
    });
    steps.collect()
}

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
async fn the_token_stays_at_its_origin_across_redirects() -> Result<(), Error> {
    let (client, seen) = service(|url| match url {
        "https://api.example.com/v1/me/photo" => redirect("/v2/photo"),
        "https://api.example.com/v2/photo" => redirect("https://api.example.com:444/photo"),
        "https://api.example.com:444/photo" => redirect("https://api.example.com/v1/last"),
        _ => json("{}"),
    });
    client.me().photo().get().await?;
    let expected = [
        ("https://api.example.com/v1/me/photo", true, true),
        ("https://api.example.com/v2/photo", true, true),
        ("https://api.example.com:444/photo", false, false),
        // What leads back is where others chose.
        ("https://api.example.com/v1/last", false, false),
    ];
    assert_eq!(
        trail(&seen),
        expected.map(|(url, a, b)| (url.to_owned(), a, b))
    );

    // A scheme or a host of its own makes another origin, too.
    for foreign in [
        "http://api.example.com/x",
        "https://api.example.com.evil.test/x",
    ] {
        let (client, seen) = service(move |url| match url == foreign {
            true => json("{}"),
            false => redirect(foreign),
        });
        client.me().photo().get().header("X-Key", "secret").await?;
        assert_eq!(trail(&seen)[1], (foreign.to_owned(), false, false));
        assert!(!seen.lock().unwrap()[1].headers().contains_key("x-key"));
    }
    Ok(())
}

#[tokio::test]
async fn redirects_end_and_uploads_are_not_sent_twice() {
    let (client, seen) = service(|_| redirect("/again"));
    let error = client.me().photo().get().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert!(
        error
            .to_string()
            .contains("302 Found: too many redirects: 10 were followed"),
        "{error}"
    );
    assert_eq!(seen.lock().unwrap().len(), 11);

    let (client, seen) = service(|_| redirect("/again"));
    let error = client.me().photo().value().put("jpeg").await.unwrap_err();
    assert_eq!(error.headers()["location"], "/again");
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn collections_are_followed_at_their_origin_only() {
    let (client, seen) = service(|url| match url {
        "https://api.example.com/v1/users" => json(
            r#"{"@odata.nextLink":"https://api.example.com/v1/users?$skiptoken=x%2By","value":[{"name":"a"},{"name":"b"}]}"#,
        ),
        "https://api.example.com/v1/users?$skiptoken=x%2By" => {
            json(r#"{"@odata.nextLink":"https://evil.test/users","value":[{"name":"c"}]}"#)
        }
        url => panic!("{url} was asked for"),
    });
    let request = client
        .users_collection()
        .get()
        .header("Prefer", "odata.maxpagesize=2");
    let mut items = docwright_client::Request::from(request.clone()).items();
    let mut names = Vec::new();
    let error = loop {
        match items.next().await {
            Some(Ok(user)) => names.push(user.name.into_value().unwrap()),
            Some(Err(error)) => break error,
            None => panic!("the foreign link was overlooked"),
        }
    };
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(error.kind(), ErrorKind::ForeignLink);
    assert!(items.next().await.is_none());
    assert!(
        seen.lock()
            .unwrap()
            .iter()
            .all(|request| request.headers().contains_key("prefer"))
    );

    let mut pages = docwright_client::Request::from(request).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 2);
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 1);
    assert_eq!(
        pages.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::ForeignLink
    );
}

#[tokio::test]
async fn an_answer_that_is_not_as_documented_is_kept() {
    let body = "{\n  \"width\": \"96\"\n}";
    let (client, _) = service(move |_| json(body));
    let error = client.me().photo().get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body().unwrap(), body);
    let text = error.to_string();
    assert!(
        text.contains("expected a whole number of 32 bits at line 2 column 15"),
        "{text}"
    );
    // What stands there may be private, and is told to who asks for it.
    assert!(!format!("{text} {error:?}").contains("96"));
    let excerpt = error.excerpt().unwrap();
    assert!(excerpt.contains("string \"96\""), "{excerpt}");
    assert!(excerpt.contains("near `\"width\": \"96\"`"), "{excerpt}");
}

#[tokio::test]
async fn a_page_that_could_not_be_had_is_asked_for_again() {
    let asked = Mutex::new(0);
    let next = "https://api.example.com/v1/users?$skiptoken=2";
    let (client, seen) = service(move |_| {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        match *asked {
            1 => {
                let next = "https://api.example.com/v1/users?$skiptoken=2";
                let page = format!(r#"{{ "@odata.nextLink": "{next}", "value": [{{}}] }}"#);
                http::Response::new(Body::from(page))
            }
            2 => {
                let failed = http::Response::builder().status(500);
                failed.body(Body::empty()).unwrap()
            }
            _ => json(r#"{ "value": [{ "name": "b" }] }"#),
        }
    });
    let mut items = Request::<Collection<User>>::from(client.users_collection().get()).items();
    assert_eq!(items.next_link(), None);
    items.next().await.unwrap().unwrap();
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), items.next_link()),
        (500, Some(next))
    );
    assert_eq!(items.next().await.unwrap().unwrap().name, "b".into());
    assert_eq!(items.next_link(), None);
    assert!(items.next().await.is_none());
    let urls: Vec<_> = trail(&seen).into_iter().map(|(url, ..)| url).collect();
    assert_eq!(urls[1..], [next, next]);
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
fn routes_are_read_and_written() {
    let route = Route::parse(Method::GET, "/Users/%7Bid%7D/photo?$select=id").unwrap();
    assert_eq!(
        route,
        Route::GetUserPhoto {
            user_id: "{id}".into()
        }
    );
    assert_eq!(route.path(), "/users/%7Bid%7D/photo");
    assert_eq!(route.info().template, "/users/{user-id}/photo");
    let scopes: Vec<_> = route.scopes().collect();
    assert_eq!(scopes, ["User.Read", "User.Read.All", "Contacts.Read"]);
    assert_eq!(
        Route::parse(Method::GET, "/ME/photo").unwrap(),
        Route::GetMePhoto
    );
    assert!(Route::parse(Method::POST, "/me/photo").is_err());
    assert_eq!(
        Route::GetUserPhoto {
            user_id: "..".into()
        }
        .path(),
        "/users/%2E%2E/photo"
    );
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

#[test]
fn areas_share_one_enum_of_routes() {
    use crate::photos::AnyRoute;

    let route = AnyRoute::parse(Method::GET, "/users/7/photo").unwrap();
    let user_id = "7".to_owned();
    assert_eq!(route, AnyRoute::Photos(Route::GetUserPhoto { user_id }));
    assert_eq!(
        (route.path().as_str(), route.doc()),
        ("/users/7/photo", "docs-src/api/photo.md:2")
    );
    assert_eq!(route.permissions().count(), 2);
    assert_eq!(AnyRoute::all().count(), 2);
    let unknown = AnyRoute::parse(Method::PUT, "/users/7/photo").unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "no documented route is `PUT /users/7/photo`"
    );
}
