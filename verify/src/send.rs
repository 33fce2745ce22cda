//! Requests on their way, and what comes back.

use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use docwright::json;
use docwright_client::{Client, Error, ErrorKind, RetryPolicy};
use http::{HeaderMap, Method, StatusCode};
use tokio::time::{Instant, sleep_until};

use crate::Settings;

/// Who asks, where the page's example does not show another (RFC 9110, section 10.1.5).
const USER_AGENT: &str = concat!("docwright-verify/", env!("CARGO_PKG_VERSION"));
/// How much of an answer is read.
const BODY_BYTES: usize = 64 << 20;
/// How often a request is sent again that failed for the moment.
const RETRIES: u32 = 2;
/// How long is waited for that at most, as `Retry-After` asks or without it.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

/// A request as it is sent.
#[derive(Debug)]
pub(crate) struct Outgoing<'r> {
    pub(crate) method: &'r str,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<String>,
}

/// How much of a target is told.
const TOLD: usize = 200;

impl Outgoing<'_> {
    /// The request in a sentence.
    pub(crate) fn label(&self) -> String {
        let is_shown = |c: &char| !c.is_control();
        let mut target: String = self.target.chars().filter(is_shown).take(TOLD).collect();
        if target.len() < self.target.len() {
            target.push('…');
        }
        format!("{} {target}", self.method)
    }
}

/// An answer, whatever its status.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// The request cannot be sent as it is.
    Unsendable(String),
    /// None came.
    Unreachable(String),
}

/// The way to the service: one request after the other, and not too many at a time.
#[derive(Debug)]
pub(crate) struct Sender {
    client: Client,
    /// The time between two requests.
    interval: Duration,
    next: Instant,
    /// How long an answer may take.
    timeout: Duration,
}

impl Sender {
    /// The way to the service of the settings, and to the `keys` of callers, which are headers. Token and key go to the
    /// origin of the base URL only, and
    /// redirects are not followed: they are answers.
    pub(crate) fn new<'k>(
        settings: &Settings,
        keys: impl Iterator<Item = &'k str>,
    ) -> Result<Self, Error> {
        let retry = RetryPolicy::new(RETRIES).longest_wait(LONGEST_WAIT);
        let mut builder = Client::builder(settings.base_url.as_str())
            .retry(retry)
            .attempt_timeout(settings.timeout)
            .max_body(BODY_BYTES)
            .max_redirects(0)
            .token_over_http(settings.token_over_http)
            .header("User-Agent", USER_AGENT);
        if let Some(token) = &settings.token {
            builder = builder.bearer(token.secret());
        }
        if let Some(key) = &settings.api_key {
            builder = keys.fold(builder, |builder, header| {
                builder.api_key(header, key.secret())
            });
        }
        let rate = settings.rate.clamp(0.001, 1e6);
        Ok(Self {
            client: builder.build()?,
            interval: Duration::from_secs_f64(1.0 / rate),
            next: Instant::now(),
            timeout: settings.timeout,
        })
    }

    /// Sends a request when its time has come.
    pub(crate) async fn send(&mut self, request: &Outgoing<'_>) -> Result<Answer, Failure> {
        let unsendable = |what: &str| Failure::Unsendable(what.to_owned());
        let method = Method::from_bytes(request.method.as_bytes());
        let method = method.map_err(|_| unsendable("its method is none"))?;
        let mut call = self
            .client
            .request(method, &request.target)
            .read_as::<Bytes>();
        if let Some(body) = &request.body {
            call = call.bytes(media_type(request, body), body.clone());
        }
        for (name, value) in &request.headers {
            call = call.header(name, value.trim());
        }
        sleep_until(self.next).await;
        self.next = Instant::now() + self.interval;
        match call.await {
            Ok(answer) => Ok(Answer {
                status: answer.status(),
                headers: answer.headers().clone(),
                body: answer.into_value(),
            }),
            Err(error) => match (error.kind(), error.status()) {
                (ErrorKind::InvalidParameter, _) => Err(unsendable(&error.to_string())),
                (ErrorKind::Status, Some(status)) => Ok(Answer {
                    status,
                    headers: error.headers().clone(),
                    body: error.body().cloned().unwrap_or_default(),
                }),
                _ => Err(Failure::Unreachable(reason(&error, self.timeout))),
            },
        }
    }
}

/// The media type of a body whose page shows none.
fn media_type<'r>(request: &'r Outgoing<'_>, body: &str) -> &'r str {
    let mut headers = request.headers.iter();
    match headers.find(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        Some((_, value)) => value.trim(),
        None if json::value(body).is_some() => "application/json",
        None => "application/octet-stream",
    }
}

/// Why no answer came, without the words of clients that pages are made into.
fn reason(error: &Error, timeout: Duration) -> String {
    match error.kind() {
        ErrorKind::Timeout => format!("none came within {} seconds", timeout.as_secs()),
        ErrorKind::Response => format!("it is longer than {BODY_BYTES} bytes"),
        _ => innermost(error),
    }
}

/// What an error says at the bottom, which is where the reason stands.
fn innermost(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text = inner.to_string();
        source = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Token;

    #[tokio::test]
    async fn no_secret_goes_over_plain_http_to_other_machines_unasked() {
        let mut settings = Settings::new("http://api.example.com");
        let sender = |settings: &Settings| Sender::new(settings, ["X-Api-Key"].into_iter());
        assert!(sender(&settings).is_ok());
        settings.token = Some(Token::new("secret"));
        assert!(sender(&settings).is_err());
        settings.api_key = settings.token.take();
        assert!(sender(&settings).is_err());
        settings.token_over_http = true;
        assert!(sender(&settings).is_ok());
    }
}
