//! The bearer token that requests carry (RFC 6750, section 2.1).

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::HeaderValue;
use tokio::sync::Mutex;

use crate::{BoxError, BoxFuture, Error, ErrorKind, Result};

/// How long before its end a token is replaced: it has to arrive while it is good, and where there
/// is no other, there is some time left to ask again.
const MARGIN: Duration = Duration::from_secs(60);

/// A bearer token, and how long it is good where that is known.
#[derive(Clone)]
pub struct AccessToken {
    secret: String,
    expires_at: Option<SystemTime>,
}

impl AccessToken {
    /// A token that is good until this time: the client keeps it, and asks for another in time.
    pub fn expires_at(self, time: SystemTime) -> Self {
        let expires_at = Some(time);
        Self { expires_at, ..self }
    }

    /// A token that is good for this long from now.
    pub fn expires_in(self, lifetime: Duration) -> Self {
        let expires_at = SystemTime::now().checked_add(lifetime);
        Self { expires_at, ..self }
    }
}

/// A token whose end is not known.
impl From<String> for AccessToken {
    fn from(secret: String) -> Self {
        let expires_at = None;
        Self { secret, expires_at }
    }
}

/// A token whose end is not known.
impl From<&str> for AccessToken {
    fn from(secret: &str) -> Self {
        Self::from(secret.to_owned())
    }
}

/// When it ends, and never the token.
impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Where tokens come from.
///
/// The client asks before each request. A token with an end it keeps until a minute before that, or
/// for half of the time that is left where that is longer, and requests that need one at the same
/// time wait for one answer. Where a provider then fails, the token goes on while it is good.
pub trait TokenProvider: Send + Sync + 'static {
    /// A token.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>>;

    /// A token in place of one that the service has just refused with `401 Unauthorized`.
    ///
    /// A provider that keeps tokens itself must get a new one here. The request is sent once more
    /// with it, unless it is the same.
    fn fresh_token(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>> {
        self.token()
    }
}

/// A callback as a provider.
pub(super) struct Callback<F>(pub(super) F);

impl<F, U, T, E> TokenProvider for Callback<F>
where
    F: Fn() -> U + Send + Sync + 'static,
    U: Future<Output = Result<T, E>> + Send + 'static,
    T: Into<AccessToken>,
    E: Into<BoxError>,
{
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>> {
        let token = (self.0)();
        Box::pin(async move { token.await.map(Into::into).map_err(Into::into) })
    }
}

/// The value of the `Authorization` header: always the same, or from a provider.
pub(super) enum Authorization {
    Fixed(HeaderValue),
    Provided {
        provider: Arc<dyn TokenProvider>,
        kept: Mutex<Kept>,
    },
}

/// What is known of the last token.
pub(super) enum Kept {
    /// There was none yet.
    Nothing,
    /// Its end is not known: the provider is asked each time, and keeps what it wants to keep.
    Unknown,
    /// It is good until its end, and another is wanted some time before.
    Until {
        end: SystemTime,
        replaced_at: SystemTime,
        header: HeaderValue,
    },
}

impl Authorization {
    pub(super) fn fixed(token: &str) -> Result<Self> {
        bearer(token).map(Self::Fixed)
    }

    pub(super) fn provided(provider: impl TokenProvider) -> Self {
        Self::Provided {
            provider: Arc::new(provider),
            kept: Mutex::new(Kept::Nothing),
        }
    }

    /// The same source, which keeps a token of its own: who waits for one does not wait for those
    /// who ask for the other.
    #[cfg(feature = "blocking")]
    pub(super) fn apart(&self) -> Self {
        match self {
            Self::Fixed(header) => Self::Fixed(header.clone()),
            Self::Provided { provider, .. } => Self::Provided {
                provider: provider.clone(),
                kept: Mutex::new(Kept::Nothing),
            },
        }
    }

    /// The header for a request.
    pub(super) async fn header(&self) -> Result<HeaderValue> {
        let (provider, kept) = match self {
            Self::Fixed(header) => return Ok(header.clone()),
            Self::Provided { provider, kept } => (provider, kept),
        };
        let mut kept = kept.lock().await;
        match &*kept {
            Kept::Until {
                replaced_at,
                header,
                ..
            } if is_before(*replaced_at) => return Ok(header.clone()),
            Kept::Unknown => {
                // Nothing can be shared, so that nobody has to wait for another.
                drop(kept);
                return Ok(read(provider.token().await)?.1);
            }
            Kept::Nothing | Kept::Until { .. } => {}
        }
        let (end, header) = match (read(provider.token().await), &*kept) {
            (Ok((end, header)), _) => (end, header),
            (Err(_), Kept::Until { end, header, .. }) if is_before(*end) => {
                (Some(*end), header.clone())
            }
            (Err(error), _) => return Err(error),
        };
        *kept = Kept::new(end, header.clone());
        Ok(header)
    }

    /// A header in place of one that the service refused; `None` where there is no other.
    pub(super) async fn renewed(&self, refused: &HeaderValue) -> Result<Option<HeaderValue>> {
        let Self::Provided { provider, kept } = self else {
            return Ok(None);
        };
        let mut kept = kept.lock().await;
        if let Kept::Until { end, header, .. } = &*kept
            && header != refused
            && is_before(*end)
        {
            // Another call was refused as well, and has asked already.
            return Ok(Some(header.clone()));
        }
        let (end, header) = read(provider.fresh_token().await)?;
        *kept = Kept::new(end, header.clone());
        Ok((header != refused).then_some(header))
    }
}

impl Kept {
    fn new(end: Option<SystemTime>, header: HeaderValue) -> Self {
        let Some(end) = end else {
            return Self::Unknown;
        };
        let now = SystemTime::now();
        let left = end.duration_since(now).unwrap_or_default();
        let kept = left.saturating_sub(MARGIN).max(left / 2);
        Self::Until {
            end,
            replaced_at: now.checked_add(kept).unwrap_or(end),
            header,
        }
    }
}

fn is_before(time: SystemTime) -> bool {
    SystemTime::now() < time
}

/// What a provider gave: the end of the token, and the header.
fn read(given: Result<AccessToken, BoxError>) -> Result<(Option<SystemTime>, HeaderValue)> {
    match given {
        Ok(token) => Ok((token.expires_at, bearer(&token.secret)?)),
        Err(source) => {
            let error = Error::new(ErrorKind::Token, "there is no token");
            Err(error.with_source(source))
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
