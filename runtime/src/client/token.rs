//! The bearer token that requests carry (RFC 6750, section 2.1).

use std::future::Future;

use http::HeaderValue;

use crate::{BoxError, BoxFuture, Error, ErrorKind, Result};

/// Where the token comes from.
pub(super) enum Token {
    Fixed(HeaderValue),
    Callback(Box<dyn Fn() -> BoxFuture<'static, Result<String, BoxError>> + Send + Sync>),
}

impl Token {
    pub(super) fn fixed(token: &str) -> Result<Self> {
        bearer(token).map(Self::Fixed)
    }

    pub(super) fn callback<F, U, E>(callback: F) -> Self
    where
        F: Fn() -> U + Send + Sync + 'static,
        U: Future<Output = Result<String, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self::Callback(Box::new(move || {
            let token = callback();
            Box::pin(async move { token.await.map_err(Into::into) })
        }))
    }

    /// The value of the `Authorization` header.
    pub(super) async fn header(&self) -> Result<HeaderValue> {
        match self {
            Self::Fixed(value) => Ok(value.clone()),
            Self::Callback(callback) => match callback().await {
                Ok(token) => bearer(&token),
                Err(source) => {
                    let error = Error::new(ErrorKind::Token, "there is no token");
                    Err(error.with_source(source))
                }
            },
        }
    }
}

/// The header for a token, marked so that no `Debug` shows it.
fn bearer(token: &str) -> Result<HeaderValue> {
    let value = HeaderValue::try_from(format!("Bearer {token}"));
    let mut value = value.map_err(|_| {
        let message = "the token has characters that a header cannot hold";
        Error::new(ErrorKind::Token, message)
    })?;
    value.set_sensitive(true);
    Ok(value)
}
