//! An application that uses the generated crate as its author would, against a service on
//! loopback that knows no generated code.

mod follow_ups;
mod mock;
mod readme;
mod service;

use http::{Method, StatusCode};
use profile_photo::{Client, paths};
use service::{Seen, Service, TOKEN};

const JPEG: &[u8] = b"\xff\xd8\xff\xe0 a small photo \x00\xff\xd9";
const ADA: &str = "ada+x@contoso.com";

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A service with photos of me, of Ada and of one of her contacts, and a client of it.
async fn start() -> Result<(Service, Client), Box<dyn std::error::Error>> {
    let owners: [&[&str]; 3] = [
        &["me"],
        &["users", ADA],
        &[
            "users",
            ADA,
            "contactFolders",
            "old friends",
            "contacts",
            "42",
        ],
    ];
    let service = Service::start(&owners, JPEG).await?;
    let client = Client::builder(service.base_url()).bearer(TOKEN).build()?;
    Ok((service, client))
}

fn path(segments: &[&str]) -> Vec<String> {
    segments.iter().map(|&segment| segment.to_owned()).collect()
}

fn get(segments: &[&str], query: Option<&str>) -> Seen {
    Seen {
        method: Method::GET,
        path: path(segments),
        query: query.map(str::to_owned),
        media_type: None,
    }
}

#[tokio::test]
async fn metadata_is_typed_and_keeps_status_and_headers() -> Outcome {
    let (service, client) = start().await?;
    let photo = client.me().photo().get().await?;
    assert_eq!((&photo.width, &photo.height), (&96.into(), &64.into()));
    assert_eq!(photo.id.value().map(String::as_str), Some("96X64"));
    assert_eq!(photo.status(), StatusCode::OK);
    assert_eq!(photo.headers()["etag"], "\"1\"");
    assert!(
        format!("{:?}", photo.value()).contains("sepia"),
        "{photo:?}"
    );

    let small = client.users(ADA).photo().get().select(["width"]).await?;
    assert_eq!(small.width, 96.into());
    assert!(small.height.is_absent());
    let expected = [
        get(&["me", "photo"], None),
        get(&["users", ADA, "photo"], Some("$select=width")),
    ];
    assert_eq!(service.seen(), expected);
    Ok(())
}

#[tokio::test]
async fn what_no_page_documents_can_be_asked_for() -> Outcome {
    let (service, client) = start().await?;
    let request = client
        .as_ref()
        .request(Method::GET, "/me/photo?flavour=mint");
    let answer = request.await?;
    assert_eq!(answer.status(), StatusCode::OK);
    let expected = [get(&["me", "photo"], Some("flavour=mint"))];
    assert_eq!(service.seen(), expected);
    Ok(())
}

#[tokio::test]
async fn bytes_come_as_they_are() -> Outcome {
    let (service, client) = start().await?;
    let photo = client.users(ADA).photo().value().get().await?;
    assert_eq!(photo.content_type(), Some("image/jpeg"));
    assert_eq!(photo.bytes().await?, JPEG);
    let expected = [get(&["users", ADA, "photo", "$value"], None)];
    assert_eq!(service.seen(), expected);
    Ok(())
}

#[tokio::test]
async fn a_group_without_a_photo_is_not_found_and_the_answer_is_kept() -> Outcome {
    let (_service, client) = start().await?;
    let error = match client.groups("no-photo").photo().get().await {
        Err(error) if error.is_not_found() => error,
        other => panic!("{other:?}"),
    };
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.code(), Some("imageNotFound"));
    let body = error.body().expect("the service sent a body");
    assert!(body.starts_with(br#"{ "error""#), "{body:?}");
    assert!(error.headers().contains_key("content-length"));
    let operation = error.operation().expect("an operation was asked for");
    assert!(
        operation
            .doc
            .starts_with("docs-src/api/profilephoto-get.md:")
    );
    assert!(error.to_string().contains(operation.doc), "{error}");
    Ok(())
}

#[tokio::test]
async fn an_upload_is_what_the_next_reader_gets() -> Outcome {
    let (service, client) = start().await?;
    let value = client.me().photo().value();
    let done = value.put(&b"a new photo"[..]).await?;
    assert_eq!(done.status(), StatusCode::OK);
    let put = &service.seen()[0];
    assert_eq!(
        (&put.method, &put.path),
        (&Method::PUT, &path(&["me", "photo", "$value"]))
    );
    assert_eq!(put.media_type.as_deref(), Some("image/jpeg"));

    let photo = value.get().await?;
    let tag = photo.headers()["etag"].to_str()?.to_owned();
    assert_eq!(photo.bytes().await?, &b"a new photo"[..]);

    value.patch(&b"a newer one"[..]).if_match(&tag).await?;
    let late = value.patch(&b"too late"[..]).if_match(&tag).await;
    assert!(late.is_err_and(|error| error.is_precondition_failed()));
    assert_eq!(value.get().await?.bytes().await?, &b"a newer one"[..]);
    let methods: Vec<Method> = service.seen().into_iter().map(|seen| seen.method).collect();
    assert_eq!(
        methods,
        [Method::GET, Method::PATCH, Method::PATCH, Method::GET]
    );
    Ok(())
}

/// Takes a photo, however it was reached.
async fn width(photo: &paths::Photo) -> profile_photo::Result<Option<i32>> {
    Ok(photo.get().await?.width.value().copied())
}

#[tokio::test]
async fn code_can_take_a_photo_however_it_was_reached() -> Outcome {
    let (service, client) = start().await?;
    let contact = client
        .users(ADA)
        .contact_folders("old friends")
        .contacts("42");
    for photo in [
        client.me().photo(),
        client.users(ADA).photo(),
        contact.photo(),
    ] {
        assert_eq!(width(&photo).await?, Some(96));
    }
    assert!(width(&client.groups("no-photo").photo()).await.is_err());
    assert_eq!(service.seen().len(), 4);
    Ok(())
}

#[tokio::test]
async fn no_value_leaves_its_segment() -> Outcome {
    let (service, client) = start().await?;
    let hostile = [
        "a/b",
        "a?b",
        "a#b",
        "a%2Fb",
        "a\\b",
        "../me",
        "/",
        "?",
        " ",
        "a\r\nX: y",
        "ü",
    ];
    for id in hostile {
        let photo = client.users(id).photo().get().await;
        assert!(photo.is_err_and(|error| error.is_not_found()), "{id:?}");
        assert_eq!(service.seen(), [get(&["users", id, "photo"], None)]);
    }
    Ok(())
}

#[tokio::test]
async fn a_value_that_would_change_the_path_is_an_error_before_anything_is_sent() -> Outcome {
    let (service, client) = start().await?;
    for id in ["..", ".", ""] {
        let error = client.users(id).photo().get().await.unwrap_err();
        assert_eq!(error.status(), None, "{id:?}: {error}");
        let error = client
            .users(id)
            .photo()
            .value()
            .put(JPEG)
            .await
            .unwrap_err();
        assert_eq!(error.status(), None, "{id:?}: {error}");
    }
    assert_eq!(service.seen(), []);
    Ok(())
}

#[tokio::test]
async fn the_token_is_sent_and_never_shown() -> Outcome {
    let (service, client) = start().await?;
    let request = client.me().photo().get();
    let shown = format!("{client:?} {request:?}");
    assert!(!shown.contains(TOKEN), "{shown}");
    request.await?;

    let stranger = Client::builder(service.base_url())
        .bearer("another")
        .build()?;
    let error = stranger.me().photo().get().await.unwrap_err();
    assert!(error.is_unauthorized());
    assert!(
        !format!("{error} {error:?}").contains("another"),
        "{error:?}"
    );
    Ok(())
}
