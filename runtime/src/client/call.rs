//! A call: one request of the caller, and however often it has to be sent.

use std::pin::pin;
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::response::Parts;
use http::{HeaderValue, StatusCode};

use super::limits::{Limits, within};
use super::retry::Retries;
use super::span::CallSpan;
use super::{Client, redirect};
use crate::{Body, Error, ErrorKind, Operation, Result};

/// An answer, with its body or what kept it from being read.
pub(crate) struct Answer {
    pub(crate) parts: Parts,
    pub(crate) body: Result<Body>,
}

impl From<http::Response<Body>> for Answer {
    fn from(answer: http::Response<Body>) -> Self {
        let (parts, body) = answer.into_parts();
        let body = Ok(body);
        Self { parts, body }
    }
}

/// What a call needs to know besides the request.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) operation: &'static Operation,
    pub(super) limits: Limits,
    /// Whether the caller takes the body of a good answer as it comes.
    pub(super) streamed: bool,
    /// How many redirects in a row are followed.
    pub(super) redirects: usize,
    pub(super) span: &'a CallSpan,
}

/// A call under way.
struct Call<'a> {
    client: &'a Client,
    terms: Terms<'a>,
    retries: Retries,
    /// The header in place of one that was refused: each call asks for that once.
    renewed: Option<HeaderValue>,
    /// How many requests were sent.
    sent: u32,
}

/// Sends a request until its answer stands: the last of redirects, attempts and tokens.
pub(super) async fn answer(
    client: &Client,
    terms: Terms<'_>,
    request: http::Request<Body>,
) -> Result<Answer> {
    let mut call = Call {
        client,
        terms,
        retries: Retries::new(client.settings().retry),
        renewed: None,
        sent: 0,
    };
    let transport = client.transport();
    let answer = {
        let follow = pin!(call.follow(request));
        within(transport, terms.limits.call, follow).await
    };
    terms.span.sent(call.sent);
    answer
}

impl Call<'_> {
    /// Sends a request, and those that redirects ask for.
    async fn follow(&mut self, mut request: http::Request<Body>) -> Result<Answer> {
        let mut redirects = self.terms.redirects;
        loop {
            let answer = self.persist(&request).await?;
            if redirects == 0 {
                return Ok(answer);
            }
            let Some(next) = redirect::follow(&request, &answer.parts) else {
                return Ok(answer);
            };
            redirects -= 1;
            request = next;
        }
    }

    /// Sends a request until it fails no more, or has failed for good.
    async fn persist(&mut self, request: &http::Request<Body>) -> Result<Answer> {
        let can_be_sent_again = request.body().as_bytes().is_some();
        loop {
            let mut authorization = None;
            // How long a stream takes is up to whoever fills it.
            let limit = self.terms.limits.attempt.filter(|_| can_be_sent_again);
            let outcome = {
                let attempt = pin!(self.attempt(request.clone(), &mut authorization));
                within(self.client.transport(), limit, attempt).await
            };
            self.sent = self.sent.saturating_add(1);
            if !can_be_sent_again {
                return outcome;
            }
            let refused = authorization.filter(|_| is_unauthorized(&outcome));
            let delay = match refused {
                Some(refused) if self.renew(&refused).await? => Duration::ZERO,
                _ => match self.delay(&outcome) {
                    Some(delay) => delay,
                    None => return outcome,
                },
            };
            self.terms.span.again(&outcome, delay);
            if !delay.is_zero() {
                self.client.transport().sleep(delay).await;
            }
        }
    }

    /// Sends a request once, and tells which token went with it.
    async fn attempt(
        &self,
        mut request: http::Request<Body>,
        authorization: &mut Option<HeaderValue>,
    ) -> Result<Answer> {
        let renewed = self.renewed.as_ref();
        *authorization = self.client.identify(&mut request, renewed).await?;
        let (parts, body) = self.client.dispatch(request).await?.into_parts();
        let body = match parts.status.is_success() && self.terms.streamed {
            true => Ok(body),
            false => body.bytes().await.map(Body::from),
        };
        Ok(Answer { parts, body })
    }

    /// Asks for a token in place of one that was refused, once a call; whether there is one.
    async fn renew(&mut self, refused: &HeaderValue) -> Result<bool> {
        let (None, Some(source)) = (&self.renewed, &self.client.settings().authorization) else {
            return Ok(false);
        };
        let limit = self.terms.limits.attempt;
        let renewal = pin!(source.renewed(refused));
        self.renewed = within(self.client.transport(), limit, renewal).await?;
        Ok(self.renewed.is_some())
    }

    /// How long to wait before the request is sent again; `None` where the outcome stands.
    fn delay(&mut self, outcome: &Result<Answer>) -> Option<Duration> {
        if !self.terms.operation.is_idempotent() {
            return None;
        }
        let failure = match outcome {
            Ok(answer) if !answer.parts.status.is_success() => {
                let Parts {
                    status, headers, ..
                } = &answer.parts;
                return self.retries.after_answer(*status, headers);
            }
            Ok(answer) => answer.body.as_ref().err()?,
            Err(error) => error,
        };
        match failure.kind() {
            ErrorKind::Transport | ErrorKind::Timeout => self.retries.after_failure(),
            _ => None,
        }
    }
}

impl Client {
    /// Adds the client's headers and the token to a request that stays at the client's origin, and
    /// gives the header with the token. One that was renewed goes in place of the client's own.
    async fn identify(
        &self,
        request: &mut http::Request<Body>,
        renewed: Option<&HeaderValue>,
    ) -> Result<Option<HeaderValue>> {
        if !self.is_home(request.uri()) {
            return Ok(None);
        }
        let settings = self.settings();
        for name in settings.headers.keys() {
            if !request.headers().contains_key(name) {
                for value in settings.headers.get_all(name) {
                    request.headers_mut().append(name, value.clone());
                }
            }
        }
        if request.headers().contains_key(AUTHORIZATION) {
            return Ok(None);
        }
        let header = match (renewed, &settings.authorization) {
            (Some(header), _) => header.clone(),
            (None, Some(source)) => source.header().await?,
            (None, None) => return Ok(None),
        };
        request.headers_mut().insert(AUTHORIZATION, header.clone());
        Ok(Some(header))
    }

    /// Sends a request as it is.
    async fn dispatch(&self, request: http::Request<Body>) -> Result<http::Response<Body>> {
        let sent = self.transport().send(request).await;
        let answer = sent.map_err(|source| {
            let error = Error::new(ErrorKind::Transport, "the request could not be sent");
            error.with_source(source)
        })?;
        Ok(answer.map(|body| body.limited(self.settings().max_body)))
    }
}

fn is_unauthorized(outcome: &Result<Answer>) -> bool {
    outcome
        .as_ref()
        .is_ok_and(|answer| answer.parts.status == StatusCode::UNAUTHORIZED)
}
