//! Changes of a collection, links that are stored, and answers that may be empty, over real HTTP on
//! loopback.

use docwright_client::{
    Body, Collection, Endpoint, ErrorKind, Method, Operation, Removed, testing,
};
use serde_json::json;

use crate::host::{Host, answer, with};
use crate::photos::Client;
use crate::photos::operations::Request;
use crate::photos::resources::{ProfilePhoto, User};

static OPERATION: Operation = Operation {
    name: "user: delta",
    method: Method::GET,
    doc: "docs-src/api/user-delta.md:1",
    idempotent: false,
};

enum UserDelta {}

impl Endpoint for UserDelta {
    type Output = Collection<User>;

    const OPERATION: &'static Operation = &OPERATION;
}

fn delta(service: &Host) -> testing::Result<Request<UserDelta>> {
    let client = docwright_client::Client::builder(service.url("/v1"));
    let client: docwright_client::Client = client.bearer("secret").build()?;
    Ok(Request::new(
        &client.root().literal("users").literal("delta()"),
    ))
}

async fn tracked() -> testing::Result<(Host, Request<UserDelta>)> {
    let service = Host::start(move |request| {
        let host = request.headers()["host"].to_str().unwrap();
        let base = format!("http://{host}/v1/users/delta()");
        let page = match request.uri().query().unwrap_or_default() {
            "$select=name" => json!({
                "@odata.count": 3,
                "@odata.nextLink": format!("{base}?$skiptoken=a%2Bb"),
                "value": [{ "name": "Ada" }, { "name": "Bob" }],
            }),
            "$skiptoken=a%2Bb" => json!({
                "@odata.deltaLink": format!("{base}?$deltatoken=1"),
                "value": [{ "name": "Cem" }],
            }),
            "$deltatoken=1" => json!({
                "@odata.deltaLink": format!("{base}?$deltatoken=2"),
                "value": [
                    { "id": "1", "@removed": { "reason": "deleted" } },
                    { "id": "2", "@removed": { "reason": "changed" } },
                    { "id": "3", "@removed": {} },
                    { "id": "4", "name": "Dora" },
                ],
            }),
            query => panic!("`{query}` was asked for"),
        };
        Some(answer(200, page.to_string()))
    })
    .await?;
    let delta = delta(&service)?;
    Ok((service, delta))
}

#[tokio::test]
async fn changes_are_asked_for_from_where_the_last_page_ended() -> testing::Result {
    let (service, delta) = tracked().await?;
    let request = delta
        .clone()
        .query("$select", "name")
        .header("Prefer", "return=minimal");
    let mut items = request.items();
    let mut names = Vec::new();
    while let Some(user) = items.next().await {
        assert_eq!(items.count(), Some(3));
        names.push(user?.name.into_value().unwrap_or_default());
    }
    assert_eq!(names, ["Ada", "Bob", "Cem"]);
    let link = items.delta_link().unwrap().to_owned();
    assert!(link.ends_with("/v1/users/delta()?$deltatoken=1"), "{link}");

    // The query of the request gives way to that of the link, and the headers stay.
    let again = delta
        .query("$select", "name")
        .header("Prefer", "return=minimal");
    let changes = again.resume(&link).await?;
    let removed: Vec<_> = changes.iter().map(Removed::of).collect();
    let expected = [
        Some(Removed::Deleted),
        Some(Removed::Changed),
        Some(Removed::Other(String::new())),
        None,
    ];
    assert_eq!(removed, expected);
    assert!(
        changes
            .delta_link
            .value()
            .unwrap()
            .ends_with("$deltatoken=2")
    );
    for request in service.seen() {
        assert_eq!(request.headers()["prefer"], "return=minimal");
        assert_eq!(request.headers()["authorization"], "Bearer secret");
    }
    Ok(())
}

#[tokio::test]
async fn a_stored_link_leads_to_no_other_origin() -> testing::Result {
    let (service, delta) = tracked().await?;
    for link in [
        "https://evil.test/v1/users/delta()?$deltatoken=1",
        "//evil.test/v1/users/delta()?$deltatoken=1",
        "ftp://evil.test/v1",
        "https:\\\\evil.test\\v1",
        "",
    ] {
        let error = delta.clone().resume(link).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ForeignLink, "{link}");
        let first = delta.clone().resume(link).pages().next().await.unwrap();
        assert_eq!(first.unwrap_err().kind(), ErrorKind::ForeignLink, "{link}");
    }
    assert!(service.seen().is_empty());
    Ok(())
}

#[tokio::test]
async fn links_lead_on_however_the_service_writes_them() -> testing::Result {
    for link in [
        "/v1/users/delta()?$skiptoken=a b",
        "/users/delta()?$skiptoken=a b",
        "users/delta()?$skiptoken=a b",
        "?$skiptoken=a b",
    ] {
        let service = Host::start(move |request| {
            Some(match request.uri().query() {
                Some("$skiptoken=a%20b") => answer(200, r#"{ "value": [{ "name": "Bob" }] }"#),
                _ => {
                    let next = format!(r#""@odata.nextLink": "{link}""#);
                    answer(
                        200,
                        format!(r#"{{ {next}, "value": [{{ "name": "Ada" }}] }}"#),
                    )
                }
            })
        })
        .await?;
        let mut items = delta(&service)?.query("$select", "name").items();
        let mut names = Vec::new();
        while let Some(user) = items.next().await {
            names.push(user?.name.into_value().unwrap_or_default());
        }
        assert_eq!(names, ["Ada", "Bob"], "{link}");
        let paths: Vec<_> = service
            .seen()
            .iter()
            .map(|it| it.uri().path().to_owned())
            .collect();
        assert_eq!(paths, ["/v1/users/delta()"; 2], "{link}");
    }
    // A whole URL may hold what no URL can, too.
    let service = Host::start(|_| Some(answer(200, r#"{ "value": [] }"#))).await?;
    delta(&service)?
        .resume(service.url("/v1/users?$filter=name eq 'Ada'"))
        .await?;
    assert_eq!(
        service.seen()[0].uri().query(),
        Some("$filter=name%20eq%20%27Ada%27")
    );
    Ok(())
}

#[tokio::test]
async fn what_an_action_answers_in_pages_is_asked_for_once() -> testing::Result {
    static FIND: Operation = Operation {
        name: "user: find",
        method: Method::POST,
        doc: "docs-src/api/user-find.md:1",
        idempotent: false,
    };
    let service = Host::start(|request| {
        let page = match *request.method() {
            Method::POST => {
                r#"{ "@odata.nextLink": "users?$skip=1", "value": [{ "name": "Ada" }] }"#
            }
            _ => r#"{ "value": [{ "name": "Bob" }] }"#,
        };
        Some(answer(200, page))
    })
    .await?;
    let client = docwright_client::Client::builder(service.url("/v1"));
    let client: docwright_client::Client = client.build()?;
    let path = client.root().literal("users").literal("find");
    let find = docwright_client::Request::<Collection<User>>::new(&FIND, &path);
    let mut items = find.json(&json!({ "age": 7 })).items();
    let mut names = Vec::new();
    while let Some(user) = items.next().await {
        names.push(user?.name.into_value().unwrap_or_default());
    }
    assert_eq!(names, ["Ada", "Bob"]);
    let [action, page] = &service.seen()[..] else {
        panic!("two requests")
    };
    assert_eq!((action.method(), action.body().len()), (&Method::POST, 9));
    assert_eq!(
        (page.method(), page.uri().to_string(), page.body().len()),
        (&Method::GET, "/v1/users?$skip=1".to_owned(), 0)
    );
    assert!(!page.headers().contains_key("content-type"));
    Ok(())
}

#[tokio::test]
async fn an_answer_without_a_body_is_told_from_one_with_an_empty_object() -> testing::Result {
    for (body, expected) in [("", None), ("{}", Some(ProfilePhoto::default()))] {
        let service = Host::start(move |_| Some(answer(200, body))).await?;
        let client: Client = Client::builder(service.url("/v1")).build()?;
        let photo = client.me().photo();
        let answer = photo.get().read_as::<Option<ProfilePhoto>>().await?;
        assert_eq!(*answer.value(), expected);
        assert_eq!(service.seen()[0].headers()["accept"], "application/json");
        match answer.required() {
            Ok(photo) => assert_eq!(
                (photo.status().as_u16(), Some(photo.into_value())),
                (200, expected)
            ),
            Err(error) => {
                assert_eq!((error.kind(), expected), (ErrorKind::Response, None));
                assert_eq!(error.status().map(|it| it.as_u16()), Some(200));
                assert!(error.operation().is_some());
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_part_of_the_bytes_is_asked_for_and_a_stream_has_a_length() -> testing::Result {
    let service = Host::start(|request| {
        Some(match *request.method() {
            Method::GET => with(answer(206, "234"), "Content-Range", "bytes 2-4/10"),
            _ => answer(204, ""),
        })
    })
    .await?;
    let client: Client = Client::builder(service.url("/v1")).build()?;
    let value = client.me().photo().value();
    let part = docwright_client::Request::from(value.get())
        .range(2..5)
        .await?;
    assert_eq!(
        (part.status().as_u16(), &part.headers()["content-range"]),
        (206, &"bytes 2-4/10".parse()?)
    );
    assert_eq!(part.bytes().await?, "234");

    let stream = || Body::from_stream(Body::from("the jpeg").stream());
    value.put(stream().with_length(8)).await?;
    value.put(stream()).await?;
    let seen = service.seen();
    assert_eq!(seen[0].headers()["range"], "bytes=2-4");
    assert_eq!(
        (&seen[1].headers()["content-length"], seen[1].body()),
        (&"8".parse()?, &"the jpeg".into())
    );
    assert!(!seen[2].headers().contains_key("content-length"));

    // A stream that is not as long as was said is no request.
    let error = value.put(stream().with_length(9)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    Ok(())
}
