//! Pages that call the link to the next, or their items, something else than OData does.

use docwright_client::{Collection, ErrorKind, Method, testing};

use crate::host::{Host, answer};
use crate::photos::Client;
use crate::photos::resources::User;

/// Answers `/v1/{name}`, and what is behind it in the query string, each with a body.
async fn host(bodies: &'static [(&'static str, &'static str)]) -> testing::Result<(Host, Client)> {
    let host = Host::start(|request| {
        let asked = request.uri().to_string();
        let (_, body) = bodies.iter().find(|(path, _)| *path == asked)?;
        let origin = format!("http://{}", request.headers()["host"].to_str().ok()?);
        Some(answer(200, body.replace("{origin}", &origin)))
    })
    .await?;
    let client = Client::builder(host.url("/v1")).bearer("secret").build()?;
    Ok((host, client))
}

#[tokio::test]
async fn a_collection_goes_on_behind_a_next_link_without_a_prefix() -> testing::Result {
    let (host, client) = host(&[
        (
            "/v1/users",
            r#"{ "value": [{ "name": "Ada" }], "nextLink": "{origin}/v1/users?from=2\u00263" }"#,
        ),
        (
            "/v1/users?from=2&3",
            r#"{ "value": [{ "name": "Bob" }], "nextLink": "" }"#,
        ),
    ])
    .await?;
    let mut stream = client.users_collection().get().pages();
    let mut pages = Vec::new();
    while let Some(page) = stream.next().await {
        pages.push(page?);
    }
    let names: Vec<_> = pages.iter().flat_map(|page| page.iter()).collect();
    assert_eq!(
        names.iter().map(|it| &it.name).collect::<Vec<_>>(),
        [&"Ada".into(), &"Bob".into()]
    );
    let link = host.url("/v1/users?from=2&3");
    assert_eq!(pages[0].next_link, link.clone().into());
    // It is written as it came.
    assert_eq!(
        serde_json::to_value(&*pages[0])?,
        serde_json::json!({ "nextLink": link, "value": [{ "name": "Ada" }] })
    );
    let seen = host.seen();
    assert_eq!(seen.len(), 2);
    assert!(
        seen.iter()
            .all(|it| it.headers()["authorization"] == "Bearer secret")
    );
    Ok(())
}

#[test]
fn the_link_with_the_prefix_counts() {
    let json = r#"{"nextLink":"b","@odata.nextLink":"a","value":[]}"#;
    let page: Collection<User> = docwright_client::from_json(json).unwrap();
    assert_eq!(page.next_link, "a".into());
    assert_eq!(serde_json::to_string(&page).unwrap(), json);
    // What is called so and is no text is no link, as it is not where nobody knows of links.
    let json = r#"{"nextLink":{"rel":"next"},"value":[]}"#;
    let page: Collection<User> = docwright_client::from_json(json).unwrap();
    assert!(page.next_link.is_absent());
    assert_eq!(serde_json::to_string(&page).unwrap(), json);
}

#[tokio::test]
async fn a_type_with_items_and_a_link_is_gone_through() -> testing::Result {
    let (host, client) = host(&[
        (
            "/v1/photos",
            r#"{ "photos": [{ "id": "a" }, { "id": "b" }], "next": "/v1/photos?from=c" }"#,
        ),
        (
            "/v1/photos?from=c",
            r#"{ "next": "{origin}/v1/photos?from=d" }"#,
        ),
        (
            "/v1/photos?from=d",
            r#"{ "photos": [{ "id": "d" }], "next": null, "total": 3 }"#,
        ),
    ])
    .await?;
    let mut items = client.photos().get().items();
    let mut ids = Vec::new();
    while let Some(photo) = items.next().await {
        ids.push(photo?.id.into_value().unwrap_or_default());
    }
    assert_eq!(ids, ["a", "b", "d"]);
    assert_eq!(host.seen().len(), 3);
    // A page is what the pages document, with all that it has.
    let last = client.photos().get().resume("/photos?from=d");
    let last = last.pages().next().await.unwrap()?;
    assert_eq!(last.other.get::<i32>("total")?, 3.into());
    Ok(())
}

#[tokio::test]
async fn its_link_leads_to_no_other_origin() -> testing::Result {
    let (other, _) = host(&[("/photos", r#"{ "photos": [] }"#)]).await?;
    let link = other.url("/photos");
    let host =
        Host::start(move |_| Some(answer(200, format!(r#"{{ "next": "{link}" }}"#)))).await?;
    let client = Client::builder(host.url("/v1")).bearer("secret").build()?;
    let mut pages = client.photos().get().pages();
    pages.next().await.unwrap()?;
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ForeignLink);
    assert!(pages.next().await.is_none());
    assert!(other.seen().is_empty());
    Ok(())
}

#[tokio::test]
async fn links_that_lead_back_end_with_an_error() -> testing::Result {
    // What comes before the error, and how often the service is asked.
    let cases: [(&[(&str, &str)], usize); 4] = [
        (
            &[("/v1/photos", r#"{ "photos": [{}], "next": "/photos" }"#)],
            1,
        ),
        (
            &[
                ("/v1/photos", r#"{ "photos": [{}], "next": "?from=2" }"#),
                (
                    "/v1/photos?from=2",
                    r#"{ "photos": [{}], "next": "{origin}/v1/photos?from=2" }"#,
                ),
            ],
            2,
        ),
        (
            &[
                ("/v1/photos", r#"{ "photos": [{}], "next": "?from=2" }"#),
                ("/v1/photos?from=2", r#"{ "next": "?from=3" }"#),
                (
                    "/v1/photos?from=3",
                    r#"{ "photos": [{}], "next": "/v1/photos?from=2" }"#,
                ),
            ],
            3,
        ),
        (
            &[
                ("/v1/photos", r#"{ "photos": [{}], "next": "?from=2" }"#),
                ("/v1/photos?from=2", r#"{ "next": "/photos" }"#),
            ],
            3,
        ),
    ];
    for (bodies, asked) in cases {
        let (host, client) = host(bodies).await?;
        let mut pages = client.photos().get().pages();
        for _ in 0..asked {
            pages.next().await.unwrap()?;
        }
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response);
        assert!(error.to_string().contains("leads back"), "{error}");
        assert!(error.to_string().contains("List photos"), "{error}");
        assert!(pages.next().await.is_none());
        assert_eq!(pages.next_link(), None);
        assert_eq!(host.seen().len(), asked);
    }
    Ok(())
}

#[tokio::test]
async fn what_an_action_answers_may_go_on_at_its_url() -> testing::Result {
    let mut links = ["/photos", "/photos?from=2"].into_iter();
    let host = Host::start(move |_| {
        let link = links.next().unwrap_or_default();
        Some(answer(
            200,
            format!(r#"{{ "value": [], "nextLink": "{link}" }}"#),
        ))
    })
    .await?;
    let client: docwright_client::Client =
        docwright_client::Client::builder(host.url("/v1")).build()?;
    let action = client.request(Method::POST, "/photos");
    let mut pages = action.read_as::<Collection<User>>().pages();
    while let Some(page) = pages.next().await {
        page?;
    }
    let seen = host.seen();
    let asked: Vec<_> = seen.iter().map(|it| it.method().as_str()).collect();
    assert_eq!(asked, ["POST", "GET", "GET"]);
    Ok(())
}

#[tokio::test]
async fn a_page_of_which_something_would_be_missed_is_an_error() -> testing::Result {
    for (body, name) in [
        (r#"{ "photos": [], "next": { "href": "/photos" } }"#, "next"),
        (r#"{ "photos": { "a": {} }, "next": "/photos" }"#, "photos"),
    ] {
        let host = Host::start(move |_| Some(answer(200, body))).await?;
        let client = Client::builder(host.url("/v1")).build()?;
        let error = client
            .photos()
            .get()
            .items()
            .next()
            .await
            .unwrap()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response);
        assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
        assert!(error.to_string().contains("List photos"), "{error}");
    }
    Ok(())
}
