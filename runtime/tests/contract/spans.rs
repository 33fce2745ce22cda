//! What calls tell to `tracing`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;

use docwright_client::Upload;

use crate::photos::Client;
use crate::service::{Hurry, Service, json, say};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The fields of a span or an event, by name.
type Told = BTreeMap<String, String>;

thread_local! {
    static SPANS: RefCell<Vec<Told>> = const { RefCell::new(Vec::new()) };
    static EVENTS: RefCell<Vec<Told>> = const { RefCell::new(Vec::new()) };
}

/// Keeps what this crate tells, for the thread that tells it: other tests call at the same time.
struct Keeper;

struct Fields<'a>(&'a mut Told);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Keeper {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("docwright_client")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut told = Told::new();
        span.record(&mut Fields(&mut told));
        let number = SPANS.with_borrow_mut(|spans| {
            spans.push(told);
            spans.len()
        });
        Id::from_u64(number as u64)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let index = id.into_u64() as usize - 1;
        SPANS.with_borrow_mut(|spans| values.record(&mut Fields(&mut spans[index])));
    }

    fn event(&self, event: &Event<'_>) {
        let mut told = Told::new();
        event.record(&mut Fields(&mut told));
        EVENTS.with_borrow_mut(|events| events.push(told));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_is_one_span_without_anything_private() {
    // For one thread alone, `tracing` would take the word of others that nobody listens.
    tracing::subscriber::set_global_default(Keeper).unwrap();
    let service = Service::start(|number, path| match (number, path) {
        (1, _) => say(429, ("Retry-After", "1"), ""),
        (2, _) => say(302, ("Location", "/moved?sig=private"), ""),
        (_, "/moved" | "/up") => json(200, "{}"),
        _ => json(404, r#"{ "error": { "message": "private" } }"#),
    });
    let client = Client::builder(&service.origin).bearer("private");
    let client = client
        .transport(Hurry::new())
        .attempt_timeout(None)
        .read_timeout(None)
        .build()
        .unwrap();
    let user = client.users("private@example.com");
    let request = user.photo().get().query("$search", "private");
    request.header("X-Secret", "private").await.unwrap();
    client.me().range("private").get().await.unwrap_err();
    client.users("").photo().get().await.unwrap_err();
    let client: docwright_client::Client = docwright_client::Client::builder(&service.origin)
        .attempt_timeout(None)
        .build()
        .unwrap();
    let session = format!("{}/up?sig=private", service.origin);
    let mut upload = Upload::<()>::new(&client, session, "private");
    upload.send().await.unwrap();

    let spans = SPANS.take();
    let port = service.origin.rsplit(':').next().unwrap();
    let expected = |operation, method, template, rest: &[(&str, &str)]| {
        let name = format!("{method} {template}");
        let mut fields = BTreeMap::from([
            ("otel.kind", "client"),
            ("otel.name", name.trim_end()),
            ("operation.name", operation),
            ("http.request.method", method),
            ("url.template", template),
            ("server.address", "127.0.0.1"),
            ("server.port", port),
        ]);
        fields.extend(rest.iter().copied());
        let fields = fields.into_iter();
        fields
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect::<Told>()
    };
    let resent = [
        ("http.request.resend_count", "2"),
        ("http.response.status_code", "200"),
    ];
    let failed = [("http.response.status_code", "404"), ("error.type", "404")];
    assert_eq!(
        spans,
        [
            expected("Get profilePhoto", "GET", "/users/{}/photo", &resent),
            expected("Get range", "GET", "/me/range(address='{}')", &failed),
            expected(
                "Get profilePhoto",
                "GET",
                "/users/{}/photo",
                &[("error.type", "invalid_parameter")]
            ),
            expected(
                "Upload a part",
                "PUT",
                "",
                &[("http.response.status_code", "200")]
            ),
        ]
    );
    let events = EVENTS.take();
    assert_eq!(events.len(), 1);
    assert_eq!(
        (&*events[0]["error.type"], &*events[0]["delay"]),
        ("429", "1s")
    );
    assert!(!format!("{spans:?} {events:?}").contains("private"));
}
