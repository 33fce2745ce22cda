//! The documentation set as a page to look at: what can be asked of the service, tried against it.
//!
//! The page is what `assets/` holds, and takes what it shows as JSON: an index of all operations
//! once, and of an operation, a type or a page what it needs when it is opened. So a set of
//! thousands of routes is there as soon as one of ten.
//!
//! What pages say reaches the browser as JSON alone, and there becomes text and never markup. A
//! policy without exceptions (Content Security Policy Level 3) keeps the page from running or
//! loading anything but its own files.

mod assets;
mod call;
mod example;
mod index;
mod operation;
mod pages;
mod slug;
mod types;

use std::sync::OnceLock;

use bytes::Bytes;
use docwright::model::{Api, Source};
use docwright::routing::Found;
use docwright::rust::Calls;
use http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, Method, Request, Response};
use serde_json::{Value, json};

pub(crate) use pages::Pages;
use slug::Slugs;

/// What the paths of the page's own files and data begin with.
const PREFIX: &str = "/-/explorer/";

/// The page is its own files and the answers of this server, and is no part of another page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// The service that the page shows.
pub(crate) struct Subject<'a> {
    pub(crate) api: &'a Api,
    /// The path of the documented base URL.
    pub(crate) base_path: &'a str,
    /// The route that a method and a path behind the base URL take.
    pub(crate) find: &'a dyn Fn(&str, &str) -> Option<Found>,
}

/// What the page shows beside the API.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The pages themselves.
    pub(crate) pages: Option<Pages>,
    /// The name of the generated crate.
    pub(crate) crate_name: Option<String>,
}

/// The page, for the API of one service.
pub(crate) struct Explorer {
    settings: Settings,
    operations: Slugs,
    types: Slugs,
    index: OnceLock<Bytes>,
    calls: OnceLock<Calls>,
}

impl Explorer {
    pub(crate) fn new(api: &Api, settings: Settings) -> Self {
        let operations = api.operations.iter().map(|it| it.name.as_str());
        Self {
            settings,
            operations: Slugs::of_names(operations),
            types: types::slugs(api),
            index: OnceLock::new(),
            calls: OnceLock::new(),
        }
    }

    /// Whether a request is for the page and not for the service that it shows.
    pub(crate) fn is_asked(path: &str, headers: &HeaderMap) -> bool {
        let is_browser = || {
            let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
            accepted.is_some_and(|accepted| accepted.contains("text/html"))
        };
        path.starts_with(PREFIX) || path == "/" && is_browser()
    }

    /// Answers a request for the page, a file of it, or what it shows; `None` where there is no
    /// such thing.
    pub(crate) fn answer(
        &self,
        subject: &Subject<'_>,
        request: &Request<Bytes>,
    ) -> Option<Response<Bytes>> {
        let path = request.uri().path();
        let api = subject.api;
        if request.method() == Method::POST && path.strip_prefix(PREFIX) == Some("call") {
            return Some(data(&call::written(self, subject, request.body())));
        }
        if request.method() != Method::GET {
            return None;
        }
        let name = path.strip_prefix(PREFIX).unwrap_or("index.html");
        if let Some((kind, text)) = assets::file(name) {
            return Some(respond(Bytes::from_static(text.as_bytes()), kind));
        }
        let (folder, name) = name.split_once('/').unwrap_or(("", name));
        let name = name.strip_suffix(".json")?;
        let name = percent_encoding::percent_decode_str(name)
            .decode_utf8()
            .ok()?;
        match folder {
            "" if name == "index" => {
                let index = self.index.get_or_init(|| {
                    let index = index::index(self, subject);
                    Bytes::from(index.to_string())
                });
                Some(respond(index.clone(), JSON))
            }
            "operations" => {
                let index = self.operations.find(&name)?;
                Some(data(&operation::operation(self, api, index)))
            }
            "types" => {
                let index = self.types.find(&name)?;
                Some(data(&types::described(self, api, index)))
            }
            "pages" => Some(data(&self.page(api, &name)?)),
            _ => None,
        }
    }

    /// The text of a page. Pages that were read are found by their path, and nothing else is.
    fn page(&self, api: &Api, path: &str) -> Option<Value> {
        let page = api.pages.iter().find(|page| page.path == path)?;
        let text = self.settings.pages.as_ref()?.text(&page.path)?;
        Some(json!({ "path": page.path, "text": text }))
    }

    /// The writer of calls, made when it is first needed.
    fn calls(&self, api: &Api) -> &Calls {
        let name = self.settings.crate_name.as_deref().unwrap_or("client");
        self.calls.get_or_init(|| Calls::new(api, name))
    }
}

const JSON: &str = "application/json";

fn data(value: &Value) -> Response<Bytes> {
    respond(Bytes::from(value.to_string()), JSON)
}

fn respond(body: Bytes, kind: &'static str) -> Response<Bytes> {
    let mut response = Response::new(body);
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        // The next server on this port may be another.
        (CACHE_CONTROL, "no-cache"),
    ];
    for (name, value) in headers {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    response
}

/// Where something was read.
fn place(api: &Api, source: Source) -> Value {
    json!({ "page": api.pages[source.page.0 as usize].path, "line": source.line })
}
