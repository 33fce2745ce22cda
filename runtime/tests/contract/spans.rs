//! What calls tell to `tracing`.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use crate::photos::Client;
use crate::service::{Hurry, Service, json, say};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The fields of each span, by name.
type Spans = Arc<Mutex<Vec<BTreeMap<String, String>>>>;

/// Keeps the spans of this crate.
#[derive(Clone, Default)]
struct Keeper {
    spans: Spans,
    events: Arc<Mutex<Vec<BTreeMap<String, String>>>>,
}

struct Fields<'a>(&'a mut BTreeMap<String, String>);

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
        let mut spans = self.spans.lock().unwrap();
        let mut fields = BTreeMap::new();
        span.record(&mut Fields(&mut fields));
        spans.push(fields);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let index = id.into_u64() as usize - 1;
        values.record(&mut Fields(&mut self.spans.lock().unwrap()[index]));
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        self.events.lock().unwrap().push(fields);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_is_one_span_without_anything_private() {
    let keeper = Keeper::default();
    let _guard = tracing::subscriber::set_default(keeper.clone());
    let service = Service::start(|number, path| match (number, path) {
        (1, _) => say(429, ("Retry-After", "1"), ""),
        (2, _) => say(302, ("Location", "/moved?sig=private"), ""),
        (_, "/moved") => json(200, "{}"),
        _ => json(404, r#"{ "error": { "message": "private" } }"#),
    });
    let client = Client::builder(&service.origin).bearer("private");
    let client = client
        .transport(Hurry::new())
        .attempt_timeout(None)
        .build()
        .unwrap();
    let user = client.users("private@example.com");
    let request = user.photo().get().query("$search", "private");
    request.header("X-Secret", "private").await.unwrap();
    client.me().range("private").get().await.unwrap_err();
    client.users("").photo().get().await.unwrap_err();

    let spans = keeper.spans.lock().unwrap();
    let port = service.origin.rsplit(':').next().unwrap();
    let expected = |operation, template, rest: &[(&str, &str)]| {
        let name = format!("GET {template}");
        let mut fields = BTreeMap::from([
            ("otel.kind", "client"),
            ("otel.name", &*name),
            ("operation.name", operation),
            ("http.request.method", "GET"),
            ("url.template", template),
            ("server.address", "127.0.0.1"),
            ("server.port", port),
        ]);
        fields.extend(rest.iter().copied());
        let fields = fields.into_iter();
        fields
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect::<BTreeMap<_, _>>()
    };
    let resent = [
        ("http.request.resend_count", "2"),
        ("http.response.status_code", "200"),
    ];
    let failed = [("http.response.status_code", "404"), ("error.type", "404")];
    assert_eq!(
        *spans,
        [
            expected("Get profilePhoto", "/users/{}/photo", &resent),
            expected("Get range", "/me/range(address='{}')", &failed),
            expected(
                "Get profilePhoto",
                "/users/{}/photo",
                &[("error.type", "invalid_parameter")]
            ),
        ]
    );
    let events = keeper.events.lock().unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(
        (&*events[0]["error.type"], &*events[0]["delay"]),
        ("429", "1s")
    );
    assert!(!format!("{spans:?} {events:?}").contains("private"));
}
