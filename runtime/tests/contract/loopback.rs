//! The contract with generated code, over real HTTP on loopback.

use std::time::Duration;

use crate::photos::resources::{ProfilePhoto, User};
use crate::photos::{Client, Route};
use docwright_client::testing::{self, Example};
use docwright_client::{Body, ErrorKind, Method, RetryPolicy};

const BASE: &str = "https://graph.microsoft.com/v1.0";

fn client(server: &testing::Server) -> testing::Result<Client> {
    Ok(Client::builder(server.base_url())
        .bearer("secret")
        .build()?)
}

#[tokio::test]
async fn metadata() -> testing::Result {
    let example = Example::new(
        "GET https://graph.microsoft.com/v1.0/users/{id}/photo?$select=height,width,id",
        "HTTP/1.1 200 OK\nContent-type: application/json\nContent-length: 53\nETag: \"1\"\n\n{\n  \
         \"height\": 96,\n  \"width\": 96,\n  \"id\": \"96X96\",\n  \"new\": null\n}",
    );
    let example = example.base(BASE)?;
    let server = example.serve().await?;
    let request = client(&server)?
        .users("{id}")
        .photo()
        .get()
        .select(["height", "width", "id"]);
    let photo = request.await?;
    assert_eq!(
        (&photo.width, photo.headers()["etag"].as_bytes()),
        (&96.into(), &b"\"1\""[..])
    );
    example.check_json(&photo)?;
    server.finish().await?;
    let route = Route::parse(Method::GET, "/users/{id}/photo")?;
    assert_eq!(
        route,
        Route::GetUserPhoto {
            user_id: "{id}".into()
        }
    );
    Ok(())
}

#[tokio::test]
async fn bytes() -> testing::Result {
    let example = Example::new(
        "GET /me/photo/$value",
        "HTTP/1.1 200 OK\nContent-Type: image/jpeg\n\nBinary data",
    );
    let example = example.base(BASE)?;
    let server = example.serve().await?;
    let photo = client(&server)?.me().photo().value().get().await?;
    assert_eq!(photo.content_type(), Some("image/jpeg"));
    example.check_bytes(photo).await?;
    server.finish().await?;

    let server = example.serve().await?;
    let mut stream = client(&server)?.me().photo().value().get().await?.stream();
    let mut read = Vec::new();
    while let Some(chunk) = stream.chunk().await? {
        read.extend_from_slice(&chunk);
    }
    assert_eq!(read, b"Binary data");
    server.finish().await
}

#[tokio::test]
async fn errors() -> testing::Result {
    let example = Example::new(
        "GET /me/photo",
        "HTTP/1.1 404 Not Found\n\n{\"error\":{\"code\":\"ImageNotFound\",\"message\":\"None\"}}",
    );
    let example = example.base(BASE)?;
    let server = example.serve().await?;
    let error = client(&server)?.me().photo().get().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some("ImageNotFound"));
    let text = "Get profilePhoto: 404 Not Found (ImageNotFound: None), docs-src/api/photo.md:1";
    assert_eq!(error.to_string(), text);
    example.check_error(&error)?;
    server.finish().await
}

#[tokio::test]
async fn errors_of_other_forms() -> testing::Result {
    #[derive(serde::Deserialize)]
    struct Problem {
        status: u16,
        errors: Vec<String>,
    }
    let example = Example::new(
        "GET /me/photo",
        "HTTP/1.1 422 Unprocessable Content\nContent-Type: application/problem+json\n\n{\"title\":\"Too \
         small\",\"status\":422,\"detail\":\"2 is less than 48\",\"errors\":[\"width\"]}",
    );
    let example = example.base(BASE)?;
    let server = example.serve().await?;
    let error = client(&server)?.me().photo().get().await.unwrap_err();
    assert_eq!(error.code(), Some("Too small"));
    assert_eq!(error.message(), Some("2 is less than 48"));
    let shown = "422 Unprocessable Entity (Too small: 2 is less than 48)";
    assert!(error.to_string().contains(shown), "{error}");
    let problem: Problem = error.json()?;
    assert_eq!(
        (problem.status, problem.errors),
        (422, vec!["width".to_owned()])
    );

    let other = error.json::<Vec<String>>().unwrap_err();
    assert_eq!(other.kind(), ErrorKind::Response);
    assert_eq!(other.status(), error.status());
    assert!(!format!("{other} {other:?}").contains("width"));
    example.check_error(&error)?;
    server.finish().await
}

#[tokio::test]
async fn keys_of_callers() -> testing::Result {
    let shown = "GET /me/photo\nX-Api-Key: {key}\nX-Size: 1";
    let example = Example::new(shown, "HTTP/1.1 200 OK\n\n{}").base(BASE)?;
    let server = example.serve().await?;
    let client = Client::builder(server.base_url()).api_key("X-Api-Key", "secret");
    assert!(!format!("{client:?}").contains("secret"));
    let client = client.build()?;
    assert!(!format!("{client:?}").contains("secret"));
    client.me().photo().get().header("X-Size", "1").await?;
    server.finish().await?;

    // What is documented of a key is not which one it is, nor that this request has it.
    let server = example.serve().await?;
    let client = self::client(&server)?;
    client.me().photo().get().header("X-Size", "1").await?;
    server.finish().await
}

#[tokio::test]
async fn uploads() -> testing::Result {
    let example = Example::new(
        "PUT /me/photo/$value\nContent-type: image/jpeg\nContent-length: 7\n\nthe jpeg",
        "HTTP/1.1 204 No Content",
    );
    let example = example.base(BASE)?;
    let streamed = Body::from_stream(Body::from("the jpeg").stream());
    for body in [Body::from("the jpeg"), streamed] {
        let server = example.serve().await?;
        let done = client(&server)?.me().photo().value().put(body).await?;
        example.check_empty(&done)?;
        server.finish().await?;
    }
    Ok(())
}

#[tokio::test]
async fn changes() -> testing::Result {
    let example = Example::new(
        "PATCH /users/ada\nContent-Type: application/json\n\n{ \"name\": \"Ada\", \"manager\": null }",
        "HTTP/1.1 200 OK\n\n{ \"name\": \"Ada\" }",
    );
    let example = example.base(BASE)?;
    let server = example.serve().await?;
    let change = User {
        name: "Ada".into(),
        manager: None::<Box<User>>.into(),
        ..User::default()
    };
    let user = client(&server)?.users("ada").patch(&change).await?;
    example.check_json(&user)?;
    server.finish().await
}

#[tokio::test]
async fn differences_are_found() -> testing::Result {
    let response = "HTTP/1.1 200 OK\nContent-Type: application/json\nX-Shown: 1\n\n{\"width\":96}";
    let example = |request| {
        Example::new(request, response)
            .at("docs-src/api/photo.md:9")
            .base(BASE)
    };

    let documented = example("GET /me/photo?$select=width")?;
    let server = documented.serve().await?;
    let mut photo = client(&server)?.me().photo().get().await?;
    photo.height = 97.into();
    let error = documented.check_json(&photo).unwrap_err().to_string();
    assert_eq!(
        error,
        "docs-src/api/photo.md:9: $.height is not there, and came as 97"
    );
    assert!(documented.check_empty(&photo).is_err());
    let error = server.finish().await.unwrap_err().to_string();
    let expected = "docs-src/api/photo.md:9: the query is `$select=width`, and the request had ``";
    assert_eq!(error, expected);

    let server = documented.serve().await?;
    let error = server.finish().await.unwrap_err().to_string();
    assert_eq!(
        error,
        "docs-src/api/photo.md:9: one request is documented, and 0 came"
    );

    let other = Example::new("GET /me/photo", "HTTP/1.1 201 Created\n\n{}").base(BASE)?;
    let server = other.serve().await?;
    let created = client(&server)?.me().photo().get().await?;
    assert!(
        documented
            .check_json(&created)
            .unwrap_err()
            .to_string()
            .contains("the status is 200")
    );
    Ok(())
}

#[tokio::test]
async fn reqwest_leaves_redirects_to_the_client() -> testing::Result {
    let target =
        Example::new("GET /me/photo", "HTTP/1.1 200 OK\n\n{\"id\":\"moved\"}").base(BASE)?;
    let target = target.serve().await?;
    let location = format!(
        "HTTP/1.1 302 Found\nLocation: {}/me/photo",
        target.base_url()
    );
    let origin = Example::new("GET /me/photo", location).base(BASE)?;

    let server = origin.serve().await?;
    let photo: ProfilePhoto = client(&server)?.me().photo().get().await?.into_value();
    assert_eq!(photo.id, "moved".into());
    server.finish().await?;
    target.finish().await?;

    let server = origin.serve().await?;
    let client = Client::builder(server.base_url())
        .max_redirects(0)
        .build()?;
    origin.check_error(&client.me().photo().get().await.unwrap_err())?;
    server.finish().await
}

#[tokio::test]
async fn a_service_that_is_not_there_is_an_error_without_the_query() -> testing::Result {
    let nowhere = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", nowhere.local_addr()?);
    drop(nowhere);
    let client = Client::builder(base_url)
        .retry(RetryPolicy::none())
        .build()?;
    let request = client.me().photo().get().query("key", "private");
    let sent = tokio::time::timeout(Duration::from_secs(30), request.send()).await?;
    let error = sent.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!format!("{error} {error:?}").contains("private"));
    Ok(())
}
