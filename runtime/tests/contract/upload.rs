//! Uploads in parts, over real HTTP on loopback.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use docwright_client::{
    Body, Client, Error, ErrorKind, Head, Json, Method, Operation, Request, Response, RetryPolicy,
    Upload, UploadSession, testing,
};
use serde_json::json;

use crate::host::{Answer, Host, answer, with};

static OPEN: Operation = Operation {
    name: "Create upload session",
    method: Method::POST,
    doc: "docs-src/api/session.md:1",
    idempotent: false,
};

/// A session that has so many bytes, and fails in its own way before some requests.
#[derive(Default)]
struct Session {
    held: Vec<u8>,
    total: usize,
    failures: Vec<Option<Answer>>,
    /// Whether the bytes of a request that fails have arrived all the same.
    keeps: bool,
}

impl Session {
    fn answer(&mut self, request: &http::Request<Bytes>) -> Option<Answer> {
        let standing = |held: &[u8]| json!({ "nextExpectedRanges": [format!("{}-", held.len())] });
        assert!(!request.headers().contains_key("authorization"));
        assert!(!request.headers().contains_key("x-client"));
        match *request.method() {
            Method::GET => return Some(answer(200, standing(&self.held).to_string())),
            Method::DELETE => return Some(answer(204, "")),
            Method::POST => return Some(answer(201, r#"{"id":"committed"}"#)),
            _ => {}
        }
        let range = request.headers()["content-range"].to_str().unwrap();
        let (place, total) = range.strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = place.split_once('-')?;
        let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
        assert_eq!(request.body().len(), last - first + 1);
        assert_eq!(
            request.headers()["content-length"],
            *request.body().len().to_string()
        );
        assert_eq!(total, self.total.to_string());
        let failure = self.failures.pop();
        if failure.is_none() || self.keeps {
            if first != self.held.len() {
                return Some(answer(416, ""));
            }
            self.held.extend_from_slice(request.body());
        }
        if let Some(failure) = failure {
            return failure;
        }
        Some(match self.held.len() == self.total {
            true => answer(201, r#"{"id":"made"}"#),
            false => answer(202, standing(&self.held).to_string()),
        })
    }
}

const TEXT: &str = "0123456789abcdefghijklmnopqrstuvwxyz";

/// A service with a session, and what it holds in the end.
async fn serve(session: Session) -> testing::Result<(Host, Arc<Mutex<Session>>)> {
    let session = Arc::new(Mutex::new(Session {
        total: TEXT.len(),
        ..session
    }));
    let shared = session.clone();
    let service = Host::start(move |request| shared.lock().unwrap().answer(request)).await?;
    Ok((service, session))
}

fn client(service: &Host) -> testing::Result<Client> {
    let builder = Client::builder(service.url("/v1")).bearer("secret");
    Ok(builder.header("X-Client", "tests").build()?)
}

fn streamed() -> Body {
    let stream = Body::from_stream(Body::from(TEXT).stream());
    stream.with_length(TEXT.len() as u64)
}

fn held(session: &Mutex<Session>) -> String {
    String::from_utf8(session.lock().unwrap().held.clone()).unwrap()
}

fn methods(service: &Host) -> String {
    let seen = service.seen();
    let methods = seen.iter().map(|request| request.method().as_str());
    methods.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_session_is_opened_and_filled_without_the_token() -> testing::Result {
    let (upload, session) = serve(Session::default()).await?;
    let url = upload.url("/up/1?authtoken=x");
    let opened = json!({ "uploadUrl": url, "expirationDateTime": "2030-01-01T00:00:00Z" });
    let service = Host::start(move |_| Some(answer(200, opened.to_string()))).await?;
    let client = client(&service)?;
    let open = Request::<Opened>::new(&OPEN, &client.root().literal("open"));
    let session_opened = open.await?;

    for body in [Body::from(TEXT), streamed()] {
        session.lock().unwrap().held.clear();
        let steps = Arc::new(Mutex::new(Vec::new()));
        let log = steps.clone();
        let mut upload = session_opened
            .upload::<Json>(body)
            .chunk_size(16)
            .on_progress(move |arrived, total| log.lock().unwrap().push((arrived, total)));
        let item: Response<Json> = upload.send().await?;
        assert_eq!((item.status().as_u16(), &item["id"]), (201, &json!("made")));
        assert_eq!(held(&session), TEXT);
        assert_eq!(*steps.lock().unwrap(), [(16, 36), (32, 36), (36, 36)]);
    }
    let seen = upload.seen();
    let ranges = seen
        .iter()
        .map(|request| request.headers()["content-range"].to_str());
    let ranges = ranges.collect::<Result<Vec<_>, _>>()?;
    assert_eq!(
        ranges[..3],
        ["bytes 0-15/36", "bytes 16-31/36", "bytes 32-35/36"]
    );
    assert_eq!(seen[0].uri(), "/up/1?authtoken=x");
    Ok(())
}

#[tokio::test]
async fn what_passes_is_tried_again_from_where_the_service_stands() -> testing::Result {
    let busy = || with(answer(503, ""), "Retry-After", "0");
    for body in [Body::from(TEXT), streamed()] {
        // Before the first part the service is busy, twice; after the bytes of a part have arrived,
        // the connection breaks.
        let failures = vec![Some(busy()), Some(busy())];
        let (service, session) = serve(Session {
            failures,
            ..Session::default()
        })
        .await?;
        let client = client(&service)?;
        let mut upload = Upload::<Json>::new(&client, service.url("/up"), body).chunk_size(20);
        assert_eq!(upload.send().await?["id"], "made");
        assert_eq!(held(&session), TEXT);
        assert_eq!(methods(&service), "PUT GET PUT GET PUT PUT");
    }

    for body in [Body::from(TEXT), streamed()] {
        let failures = vec![Some(with(answer(500, ""), "Retry-After", "0"))];
        let kept = Session {
            failures,
            keeps: true,
            ..Session::default()
        };
        let (service, session) = serve(kept).await?;
        let client = client(&service)?;
        let mut upload = Upload::<Json>::new(&client, service.url("/up"), body).chunk_size(20);
        assert_eq!(upload.send().await?["id"], "made");
        assert_eq!(held(&session), TEXT);
        assert_eq!(methods(&service), "PUT GET PUT");
    }
    Ok(())
}

#[tokio::test]
async fn a_broken_connection_is_no_end() -> testing::Result {
    let (service, session) = serve(Session {
        failures: vec![None],
        ..Session::default()
    })
    .await?;
    let client = client(&service)?;
    let mut upload = Upload::<Json>::new(&client, service.url("/up"), streamed());
    assert_eq!(upload.send().await?["id"], "made");
    assert_eq!(held(&session), TEXT);
    Ok(())
}

#[tokio::test]
async fn a_later_run_goes_on_where_the_last_one_ended() -> testing::Result {
    for body in [Body::from(TEXT), streamed()] {
        let held_before = Session {
            held: TEXT.as_bytes()[..21].to_vec(),
            ..Session::default()
        };
        let (service, session) = serve(held_before).await?;
        let client = client(&service)?;
        let mut upload = Upload::<Json>::new(&client, service.url("/up"), body).resume();
        assert_eq!(upload.send().await?["id"], "made");
        assert_eq!(held(&session), TEXT);
        assert_eq!(methods(&service), "GET PUT");
    }
    // Without asking first, the service refuses the bytes that it has.
    let held_before = Session {
        held: TEXT.as_bytes()[..21].to_vec(),
        ..Session::default()
    };
    let (service, session) = serve(held_before).await?;
    let client = client(&service)?;
    let mut upload = Upload::<Json>::new(&client, service.url("/up"), TEXT);
    assert_eq!(upload.send().await?["id"], "made");
    assert_eq!(held(&session), TEXT);
    Ok(())
}

#[tokio::test]
async fn what_a_session_has_lost_is_sent_again() -> testing::Result {
    let mut held = Vec::new();
    let mut parts = 0;
    let service = Host::start(move |request| {
        parts += 1;
        held.extend_from_slice(request.body());
        // It begins anew when nearly all is there.
        if parts == 8 {
            held.clear();
        }
        Some(match held == TEXT.as_bytes() {
            true => answer(201, r#"{ "id": "made" }"#),
            false => answer(
                202,
                json!({ "nextExpectedRanges": [format!("{}-", held.len())] }).to_string(),
            ),
        })
    })
    .await?;
    let policy = RetryPolicy::new(1).delays(Duration::ZERO, Duration::ZERO);
    let client: Client = Client::builder(service.url("")).retry(policy).build()?;
    let mut upload = Upload::<Json>::new(&client, service.url("/up"), TEXT).chunk_size(4);
    assert_eq!(upload.send().await?["id"], "made");
    assert_eq!(service.seen().len(), 8 + 9);

    // One that never gets on is given up.
    let lost = || Some(answer(202, r#"{ "nextExpectedRanges": ["0-"] }"#));
    let service = Host::start(move |_| lost()).await?;
    let mut upload = Upload::<Json>::new(&client, service.url("/up"), TEXT).chunk_size(4);
    assert_eq!(upload.send().await.unwrap_err().kind(), ErrorKind::Response);
    assert_eq!(service.seen().len(), 2);
    Ok(())
}

#[tokio::test]
async fn what_does_not_pass_ends_the_upload_and_it_can_be_sent_again() -> testing::Result {
    let gone = answer(404, r#"{"error":{"code":"itemNotFound"}}"#);
    let (service, session) = serve(Session {
        failures: vec![Some(gone)],
        ..Session::default()
    })
    .await?;
    let client = client(&service)?;
    let mut upload = Upload::<Json>::new(&client, service.url("/up"), streamed()).chunk_size(20);
    let error = upload.send().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some("itemNotFound"));
    assert_eq!(upload.send().await?["id"], "made");
    assert_eq!(held(&session), TEXT);
    assert_eq!(methods(&service), "PUT GET PUT PUT");

    assert_eq!(upload.commit().await?["id"], "committed");
    assert_eq!(upload.cancel().await?.status(), 204);
    assert_eq!(methods(&service), "POST DELETE");

    let later = with(answer(503, ""), "Retry-After", "3600");
    let (service, _) = serve(Session {
        failures: vec![Some(later)],
        ..Session::default()
    })
    .await?;
    let mut upload = Upload::<Json>::new(&client, service.url("/up"), TEXT);
    assert_eq!(upload.send().await.unwrap_err().status().unwrap(), 503);
    Ok(())
}

#[tokio::test]
async fn parts_are_tried_again_as_the_policy_says() -> testing::Result {
    let busy = || (0..9).map(|_| Some(with(answer(503, ""), "Retry-After", "0")));
    for (policy, sent) in [
        (RetryPolicy::none(), "PUT"),
        (RetryPolicy::new(2), "PUT GET PUT GET PUT"),
    ] {
        let failures = busy().collect();
        let (service, _) = serve(Session {
            failures,
            ..Session::default()
        })
        .await?;
        let client: Client = Client::builder(service.url("")).retry(policy).build()?;
        let mut upload = Upload::<Json>::new(&client, service.url("/up"), TEXT);
        assert_eq!(upload.send().await.unwrap_err().status().unwrap(), 503);
        assert_eq!(methods(&service), sent);
    }
    Ok(())
}

#[tokio::test]
async fn a_session_that_is_gone_hides_no_failure() -> testing::Result {
    let service = Host::start(|request| {
        let lost = with(answer(504, ""), "Retry-After", "0");
        Some(match *request.method() {
            Method::PUT => lost,
            _ => answer(404, ""),
        })
    })
    .await?;
    let client = client(&service)?;
    let mut upload = Upload::<Json>::new(&client, service.url("/up"), TEXT);
    let error = upload.send().await.unwrap_err();
    assert!(error.is_not_found());
    let lost = std::error::Error::source(&error).unwrap();
    let lost = lost.downcast_ref::<Error>().unwrap();
    assert_eq!(lost.status().unwrap(), 504);
    assert_eq!(lost.operation().unwrap().name, "Upload a part");
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_uploaded_is_told_before_anything_is_sent() -> testing::Result {
    let (service, _) = serve(Session::default()).await?;
    let client = client(&service)?;
    let unknown = Body::from_stream(Body::from(TEXT).stream());
    for mut upload in [
        Upload::<Json>::new(&client, service.url("/up"), unknown),
        Upload::<Json>::new(&client, service.url("/up"), ""),
        Upload::<Json>::new(&client, "", TEXT),
        Upload::<Json>::new(&client, "/up", TEXT),
        Upload::<Json>::new(&client, "file:///up", TEXT),
    ] {
        let error = upload.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{error}");
    }
    let short = streamed().with_length(100);
    let mut upload = Upload::<Json>::new(&client, service.url("/up"), short);
    assert_eq!(
        upload.send().await.unwrap_err().kind(),
        ErrorKind::InvalidParameter
    );
    assert_eq!(methods(&service), "");
    Ok(())
}

/// A type with the shape of an upload session, as it is generated.
#[derive(Default, serde::Deserialize)]
struct Opened {
    #[serde(rename = "uploadUrl")]
    upload_url: Option<String>,
}

impl UploadSession for Opened {
    fn upload_url(&self) -> Option<&str> {
        self.upload_url.as_deref()
    }
}

impl docwright_client::FromResponse for Opened {
    const ACCEPT: Option<&'static str> = Some("application/json");

    async fn read(head: Head<'_>, body: Body) -> docwright_client::Result<Self> {
        docwright_client::read_json(head, body).await
    }
}

#[tokio::test]
async fn a_service_that_asks_for_nonsense_ends_the_upload() -> testing::Result {
    // Bytes behind the end, bytes between none, and no bytes where it was asked which.
    for (standing, methods_sent) in [
        (json!({ "nextExpectedRanges": ["100-"] }), "PUT"),
        (json!({ "nextExpectedRanges": ["20-10"] }), "PUT"),
        (json!({ "nextExpectedRanges": [] }), "PUT GET"),
    ] {
        let service = Host::start(move |request| {
            Some(match *request.method() {
                Method::PUT if standing["nextExpectedRanges"] == json!([]) => {
                    with(answer(503, ""), "Retry-After", "0")
                }
                _ => answer(202, standing.to_string()),
            })
        })
        .await?;
        let client = client(&service)?;
        let mut upload = Upload::<Json>::new(&client, service.url("/up"), TEXT).chunk_size(4);
        let error = upload.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response, "{error}");
        assert_eq!(methods(&service), methods_sent, "{error}");
    }
    Ok(())
}

#[test]
fn the_url_of_a_session_is_not_shown() {
    let client: Client = Client::builder("https://api.example.com").build().unwrap();
    let upload = Upload::<Json>::new(&client, "https://up.example.com/?key=secret", TEXT);
    let shown = format!("{upload:?}");
    assert!(shown.contains("36") && !shown.contains("secret"), "{shown}");
}
