//! A call: one request of the caller, and however often it has to be sent.
//!
//! What a call needs is in one place, which its parts borrow. Handed on from one asynchronous function
//! to the next, the request would be held, and moved, once for each of them.

use std::error::Error as _;
use std::pin::pin;
use std::time::{Duration, Instant};

use http::header::AUTHORIZATION;
use http::response::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::limits::{Limits, within};
use super::retry::{Repeatable, Retries};
use super::span::CallSpan;
use super::{Client, RetryPolicy, redirect};
use crate::transport::{self, Failure};
use crate::{Body, Error, ErrorKind, Operation, Result};

/// An answer, with its body or what kept it from being read.
///
/// Only the body of a 2xx answer can be a stream: any other is in memory.
pub(crate) struct Answer {
    // In a box, so that an answer costs little to hand on, as each part of a call does.
    pub(crate) parts: Box<Parts>,
    pub(crate) body: Result<Body>,
}

impl From<http::Response<Body>> for Answer {
    fn from(answer: http::Response<Body>) -> Self {
        let (parts, body) = answer.into_parts();
        let (parts, body) = (Box::new(parts), Ok(body));
        Self { parts, body }
    }
}

/// What a call needs to know besides the request.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(crate) operation: &'static Operation,
    /// The path with `{}` in place of values.
    pub(crate) template: &'a str,
    /// Limits in place of the client's.
    pub(crate) limits: Limits,
    /// The policy in place of the client's.
    pub(crate) retry: Option<RetryPolicy>,
    /// Whether the caller says that the request does the same when it is sent twice.
    pub(crate) idempotent: bool,
    /// Whether the caller takes the body of a good answer as it comes.
    pub(crate) streamed: bool,
    /// Whether redirects are followed.
    pub(crate) follows: bool,
}

/// A call under way.
pub(super) struct Call<'a> {
    client: &'a Client,
    span: CallSpan,
    operation: &'static Operation,
    request: http::Request<Body>,
    limits: Limits,
    idempotent: bool,
    streamed: bool,
    /// When the call has to be over; `None` where it takes as long as it takes.
    deadline: Option<Instant>,
    /// Why the request had to be sent again.
    failed: Option<Error>,
    /// How many redirects are still followed.
    redirects: usize,
    /// Whether a redirect has led to another origin.
    strayed: bool,
    retries: Retries,
    /// The header in place of one that was refused: each call asks for that once.
    renewed: Option<HeaderValue>,
    /// How many requests were sent.
    sent: u32,
}

impl<'a> Call<'a> {
    pub(super) fn new(
        client: &'a Client,
        terms: Terms<'_>,
        span: CallSpan,
        request: http::Request<Body>,
    ) -> Self {
        let settings = client.settings();
        let limits = terms.limits.or(settings.limits);
        let deadline = limits
            .call
            .and_then(|limit| Instant::now().checked_add(limit));
        Self {
            client,
            span,
            operation: terms.operation,
            request,
            limits,
            idempotent: terms.idempotent,
            streamed: terms.streamed,
            deadline,
            failed: None,
            redirects: match terms.follows {
                true => settings.max_redirects,
                false => 0,
            },
            strayed: false,
            retries: Retries::new(terms.retry.unwrap_or(settings.retry)),
            renewed: None,
            sent: 0,
        }
    }

    /// Sends the request until its answer stands: the last of redirects, attempts and tokens.
    pub(super) async fn answer(&mut self) -> Result<Answer> {
        let (transport, limit) = (self.client.transport(), self.limits.call);
        let answer = {
            let follow = pin!(self.follow());
            within(transport, limit, follow).await
        };
        self.span.sent(self.sent);
        answer.map_err(|error| match self.failed.take() {
            Some(before) if error.is_timeout() && error.source().is_none() => {
                error.with_source(before)
            }
            _ => error,
        })
    }

    /// Sends the request, and those that redirects ask for.
    async fn follow(&mut self) -> Result<Answer> {
        let most = self.redirects;
        loop {
            self.strayed |= !self.client.is_home(self.request.uri());
            let answer = self.persist().await?;
            if most == 0 {
                return Ok(answer);
            }
            let Some(next) = redirect::follow(&self.request, &answer.parts) else {
                return Ok(answer);
            };
            if self.redirects == 0 {
                let message = format!("too many redirects: {most} were followed");
                return Err(Error::of_answer(answer).with_message(message));
            }
            self.redirects -= 1;
            self.request = next;
        }
    }

    /// Sends the request until it fails no more, or has failed for good.
    async fn persist(&mut self) -> Result<Answer> {
        let can_be_sent_again = self.request.body().as_bytes().is_some();
        loop {
            let mut authorization = None;
            // How long a stream takes is up to whoever fills it.
            let limit = self.limits.attempt.filter(|_| can_be_sent_again);
            let outcome = {
                let attempt = pin!(self.attempt(&mut authorization));
                within(self.client.transport(), limit, attempt).await
            };
            self.sent = self.sent.saturating_add(1);
            if !can_be_sent_again {
                return outcome;
            }
            let refused = authorization.filter(|_| is_unauthorized(&outcome));
            let delay = match refused {
                // In a box, as it is seldom needed, and every call would have to have room for it.
                Some(refused) if Box::pin(self.renew(&refused)).await? => Duration::ZERO,
                _ => match self.delay(&outcome) {
                    Some(delay) => delay,
                    None => return outcome,
                },
            };
            // A wait that the call does not outlive would only lose what the service said.
            let then = Instant::now().checked_add(delay);
            let over = |deadline| then.is_none_or(|then| then >= deadline);
            if !delay.is_zero() && self.deadline.is_some_and(over) {
                return outcome;
            }
            self.span.again(&outcome, delay);
            self.failed = Some(match outcome {
                Ok(Answer {
                    parts,
                    body: Err(unread),
                }) if parts.status.is_success() => unread,
                Ok(answer) => Error::of_answer(answer),
                Err(error) => error,
            });
            if !delay.is_zero() {
                self.client.transport().sleep(delay).await;
            }
        }
    }

    /// Sends the request once, and tells which token went with it.
    async fn attempt(&self, authorization: &mut Option<HeaderValue>) -> Result<Answer> {
        // What leads back from elsewhere is where others chose, and not where the caller wanted to go.
        let is_home = !self.strayed;
        if is_home {
            *authorization = self.authorization().await?;
        }
        let sent = {
            let mut request = http::Request::new(self.request.body().clone());
            *request.method_mut() = self.request.method().clone();
            *request.uri_mut() = self.request.uri().clone();
            *request.headers_mut() = match is_home {
                true => self.own_headers(authorization.as_ref()),
                false => self.request.headers().clone(),
            };
            self.client.transport().send(request)
        };
        let answer = sent.await.map_err(|source| {
            let kind = transport::kind(&source);
            Error::new(kind, "the request could not be sent").with_source(source)
        })?;
        let (parts, body) = answer.into_parts();
        let (parts, body) = (Box::new(parts), body.limited_by(self.client));
        let body = match parts.status.is_success() && self.streamed {
            true => Ok(body),
            false => body.bytes().await.map(Body::from),
        };
        Ok(Answer { parts, body })
    }

    /// The header with the token, where there is one and no other header in its place: the one that
    /// was renewed, or else the client's own.
    async fn authorization(&self) -> Result<Option<HeaderValue>> {
        let settings = self.client.settings();
        let headers = [self.request.headers(), &settings.headers];
        if headers
            .iter()
            .any(|headers| headers.contains_key(AUTHORIZATION))
        {
            return Ok(None);
        }
        match (&self.renewed, self.client.token_source()) {
            (Some(header), _) => Ok(Some(header.clone())),
            (None, Some(source)) => source.header().await.map(Some),
            (None, None) => Ok(None),
        }
    }

    /// The headers of a request that stays at the client's origin: with the client's own, and the
    /// token.
    fn own_headers(&self, authorization: Option<&HeaderValue>) -> HeaderMap {
        let (given, own) = (self.request.headers(), &self.client.settings().headers);
        // A map that is cloned has no room, and would grow at once.
        let mut headers = HeaderMap::with_capacity(given.len() + own.len() + 1);
        for (name, value) in self.client.headers_with(given) {
            headers.append(name, value.clone());
        }
        if let Some(authorization) = authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        headers
    }

    /// Asks for a token in place of one that was refused, once a call; whether there is one.
    async fn renew(&mut self, refused: &HeaderValue) -> Result<bool> {
        let (None, Some(source)) = (&self.renewed, self.client.token_source()) else {
            return Ok(false);
        };
        let limit = self.limits.attempt;
        let renewal = pin!(source.renewed(refused));
        self.renewed = within(self.client.transport(), limit, renewal).await?;
        Ok(self.renewed.is_some())
    }

    /// How long to wait before the request is sent again; `None` where the outcome stands.
    fn delay(&mut self, outcome: &Result<Answer>) -> Option<Duration> {
        let repeatable = Repeatable::of(self.operation, self.idempotent);
        let failure = match outcome {
            Ok(answer) if !answer.parts.status.is_success() => {
                let parts = &answer.parts;
                return self
                    .retries
                    .after_answer(repeatable, parts.status, &parts.headers);
            }
            Ok(answer) => answer.body.as_ref().err()?,
            Err(error) => error,
        };
        if !matches!(failure.kind(), ErrorKind::Transport | ErrorKind::Timeout) {
            return None;
        }
        match failure.source().map_or(Failure::Unknown, Failure::of) {
            Failure::Lasting => None,
            Failure::Unsent => self.retries.next(None),
            Failure::Unknown if repeatable == Repeatable::No => None,
            Failure::Unknown => self.retries.next(None),
        }
    }
}

fn is_unauthorized(outcome: &Result<Answer>) -> bool {
    outcome
        .as_ref()
        .is_ok_and(|answer| answer.parts.status == StatusCode::UNAUTHORIZED)
}
