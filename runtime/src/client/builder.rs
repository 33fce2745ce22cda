//! Building a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::{Host, Url};

#[cfg(feature = "blocking")]
use super::blocking::Twin;
use super::token::{Authorization, Callback};
use super::{AccessToken, Client, Inner, Limits, RetryPolicy, Settings, TokenProvider};
use crate::{BoxError, Error, ErrorKind, Result, Transport, body};

/// Who asks, where nothing else is said (RFC 9110, section 10.1.5).
const OWN_NAME: HeaderValue =
    HeaderValue::from_static(concat!("docwright-client/", env!("CARGO_PKG_VERSION")));

/// A client in the making; see [`Client::builder`].
///
/// What is wrong with a value is told by [`build`](Self::build).
#[must_use = "a builder makes no client until `build` is called"]
pub struct ClientBuilder<C = Client> {
    base_url: String,
    authorization: Result<Option<Authorization>>,
    token_over_http: bool,
    headers: Result<HeaderMap>,
    has_key: bool,
    retry: RetryPolicy,
    limits: Limits,
    read_timeout: Option<Duration>,
    max_body: usize,
    max_redirects: usize,
    transport: Option<Arc<dyn Transport>>,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    pub(super) fn new(base_url: String) -> Self {
        Self {
            base_url,
            authorization: Ok(None),
            token_over_http: false,
            headers: Ok(HeaderMap::new()),
            has_key: false,
            retry: RetryPolicy::default(),
            limits: Limits {
                call: None,
                attempt: Some(Duration::from_secs(100)),
            },
            read_timeout: Some(Duration::from_secs(60)),
            max_body: body::DEFAULT_LIMIT,
            max_redirects: 10,
            transport: None,
            client: PhantomData,
        }
    }

    /// The bearer token that requests carry.
    ///
    /// It goes to the origin of the base URL (scheme, host and port) and to no other, and over plain
    /// http only to this machine itself, unless [`token_over_http`](Self::token_over_http) lets it.
    pub fn bearer(self, token: impl AsRef<str>) -> Self {
        let authorization = Authorization::fixed(token.as_ref()).map(Some);
        Self {
            authorization,
            ..self
        }
    }

    /// Asks for the bearer token before each request, as tokens do not last.
    ///
    /// The callback decides how long it keeps one, and is asked once more where the service refuses
    /// a token with `401 Unauthorized`. With [`AccessToken::expires_in`] it can leave the keeping to
    /// the client.
    pub fn token<F, U, T, E>(self, callback: F) -> Self
    where
        F: Fn() -> U + Send + Sync + 'static,
        U: Future<Output = Result<T, E>> + Send + 'static,
        T: Into<AccessToken>,
        E: Into<BoxError>,
    {
        self.token_provider(Callback(callback))
    }

    /// Takes bearer tokens from a provider.
    pub fn token_provider(self, provider: impl TokenProvider) -> Self {
        Self {
            authorization: Ok(Some(Authorization::provided(provider))),
            ..self
        }
    }

    /// Takes bearer tokens from a credential of the Azure SDK, for all that was granted to it at the
    /// host of the base URL: for the scope `https://graph.microsoft.com/.default`, for example.
    #[cfg(feature = "azure")]
    pub fn azure(self, credential: Arc<dyn azure_core::credentials::TokenCredential>) -> Self {
        let scope = super::azure::default_scope(&self.base_url);
        self.azure_with_scopes(credential, scope)
    }

    /// Takes bearer tokens from a credential of the Azure SDK, for these scopes.
    #[cfg(feature = "azure")]
    pub fn azure_with_scopes(
        self,
        credential: Arc<dyn azure_core::credentials::TokenCredential>,
        scopes: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let scopes = scopes.into_iter().map(Into::into).collect();
        self.token_provider(super::azure::AzureTokens { credential, scopes })
    }

    /// The key of the caller that requests carry in a header, such as `X-Api-Key`; one that a request sets itself goes
    /// before it.
    ///
    /// Like the token, it goes to no other origin than the base URL's, and over plain http only to this machine itself, unless
    /// [`token_over_http`](Self::token_over_http) lets it.
    pub fn api_key(mut self, header: impl AsRef<str>, key: impl AsRef<str>) -> Self {
        self.headers = self.headers.and_then(|mut headers| {
            let (name, mut key) =
                self::header(header.as_ref(), key.as_ref(), ErrorKind::Configuration)?;
            key.set_sensitive(true);
            self.has_key = true;
            headers.insert(name, key);
            Ok(headers)
        });
        self
    }

    /// Whether a token or a key may go over plain http to other machines, where everybody on the way can read and
    /// use it: RFC 6750, section 5.3, asks for TLS. Where this is not called, building such a client is
    /// an error.
    pub fn token_over_http(self, allowed: bool) -> Self {
        Self {
            token_over_http: allowed,
            ..self
        }
    }

    /// What carries the requests, in place of the default.
    pub fn transport(self, transport: impl Transport) -> Self {
        let transport = Some(Arc::new(transport) as Arc<dyn Transport>);
        Self { transport, ..self }
    }

    /// How often requests are sent again that failed for the moment.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        Self {
            retry: policy,
            ..self
        }
    }

    /// How long a call may take, with everything that is sent again and the waits between; as long
    /// as it takes where this is not called.
    ///
    /// A call ends when its answer was read into memory, or when a stream of it begins.
    /// [`Request::timeout`](crate::Request::timeout) sets another limit for one call.
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.call = limit.into();
        self
    }

    /// How long one attempt of a call may take; 100 seconds where this is not called, and as long
    /// as it takes with `None`.
    ///
    /// What takes longer is sent again as the [retry policy](Self::retry) says. A request whose body
    /// is a stream has no such limit, nor has an answer that is a stream once it has begun, for which
    /// there is [`read_timeout`](Self::read_timeout). Each part
    /// of an [upload](crate::Upload) is an attempt.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.attempt = limit.into();
        self
    }

    /// How long to wait for the next bytes of an answer's body; 60 seconds where this is not called,
    /// and as long as it takes with `None`.
    ///
    /// A download may so take any time as a whole, but not stand still. The error is one of the kind
    /// [`Timeout`](ErrorKind::Timeout).
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.read_timeout = limit.into();
        self
    }

    /// A header of every request that does not set it itself.
    ///
    /// Like the token, it goes to no other origin than the base URL's.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.headers = self.headers.and_then(|mut headers| {
            let (name, value) = header(name.as_ref(), value.as_ref(), ErrorKind::Configuration)?;
            headers.append(name, value);
            Ok(headers)
        });
        self
    }

    /// How many bytes of an answer are read into memory at most; 64 MiB where this is not called.
    ///
    /// Streams are not limited.
    pub fn max_body(self, bytes: usize) -> Self {
        Self {
            max_body: bytes,
            ..self
        }
    }

    /// How many redirects in a row are followed; 10 where this is not called.
    ///
    /// With none a redirect is an error with the status and its `Location` header, as is one too many.
    pub fn max_redirects(self, max_redirects: usize) -> Self {
        Self {
            max_redirects,
            ..self
        }
    }

    /// The client.
    ///
    /// Where no `User-Agent` is among its headers, it says the name and version of this crate.
    ///
    /// An error of the kind [`Configuration`](ErrorKind::Configuration) where the base URL is none that
    /// paths can be written behind, a header cannot be sent, the token or a key would go over plain http, or
    /// there is no transport; one of the kind [`Token`](ErrorKind::Token) where no header can hold the
    /// token.
    pub fn build(self) -> Result<C> {
        let (base, authorization) = (base_url(&self.base_url)?, self.authorization?);
        let has_secret = authorization.is_some() || self.has_key;
        if has_secret && !self.token_over_http && is_overheard(&base) {
            let message = "the token or the key would go over plain http to another machine: use https, or \
                `token_over_http` where the way is safe";
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        let mut headers = self.headers?;
        headers.entry(USER_AGENT).or_insert(OWN_NAME);
        let settings = Settings {
            base,
            headers,
            retry: self.retry,
            limits: self.limits,
            read_timeout: self.read_timeout,
            max_body: self.max_body,
            max_redirects: self.max_redirects,
        };
        let inner = Inner {
            settings: Arc::new(settings),
            authorization,
            #[cfg(feature = "blocking")]
            blocking: Twin::new(self.transport.is_some()),
            transport: match self.transport {
                Some(transport) => transport,
                None => default_transport()?,
            },
        };
        Ok(C::from(Client(Arc::new(inner))))
    }
}

#[cfg(feature = "reqwest")]
pub(super) fn default_transport() -> Result<Arc<dyn Transport>> {
    match crate::ReqwestTransport::new() {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(source) => {
            let error = Error::new(ErrorKind::Configuration, "reqwest cannot be set up");
            Err(error.with_source(source))
        }
    }
}

#[cfg(not(feature = "reqwest"))]
pub(super) fn default_transport() -> Result<Arc<dyn Transport>> {
    let message = "the client has no transport: give it one, or enable the feature `reqwest`";
    Err(Error::new(ErrorKind::Configuration, message))
}

/// Checks that paths can be written behind a URL, and that it holds nothing that is not sent.
fn base_url(text: &str) -> Result<Url> {
    let fault = |what: &str| {
        let message = format!("the base URL {what}");
        Error::new(ErrorKind::Configuration, message)
    };
    let no_url = |source| {
        let message = format!("the base URL `{}` is no URL", without_credentials(text));
        Error::new(ErrorKind::Configuration, message).with_source(source)
    };
    let url = Url::parse(text).map_err(no_url)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(fault("is neither http nor https"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(fault("has a query or a fragment"));
    }
    if has_credentials(&url) {
        return Err(fault("has a user name or a password"));
    }
    Ok(url)
}

/// Whether what is sent to a URL can be read on the way: it is not encrypted, and leaves this machine.
fn is_overheard(url: &Url) -> bool {
    let stays = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        // Names that end so are this machine's own (RFC 6761, section 6.3).
        Some(Host::Domain(name)) => name.rsplit('.').next() == Some("localhost"),
        None => false,
    };
    url.scheme() == "http" && !stays
}

/// A header from its text. The value is not shown on failure: it may be a secret. No `Debug` shows
/// one that its name says is.
pub(crate) fn header(
    name: &str,
    value: &str,
    kind: ErrorKind,
) -> Result<(HeaderName, HeaderValue)> {
    let fault = |what: &str| Error::new(kind, format!("the header {name:?} {what}"));
    let key = HeaderName::try_from(name).map_err(|_| fault("has no name of a header"))?;
    let mut value = HeaderValue::try_from(value).map_err(|_| fault("cannot hold its value"))?;
    value.set_sensitive(is_secret(&key));
    Ok((key, value))
}

/// Whether a header has a secret, as far as its name tells.
fn is_secret(name: &HeaderName) -> bool {
    let known = [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE];
    let words = ["key", "token", "secret"];
    known.contains(name) || words.iter().any(|word| name.as_str().contains(word))
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &without_credentials(&self.base_url))
            .finish_non_exhaustive()
    }
}

/// A URL without the user and the password in it, if there are any: what is behind them.
fn without_credentials(text: &str) -> &str {
    match Url::parse(text) {
        Ok(url) if !has_credentials(&url) => text,
        _ => text.rsplit('@').next().unwrap_or_default(),
    }
}

fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemoryTransport;

    fn builder(base_url: &str) -> ClientBuilder {
        Client::builder(base_url).transport(MemoryTransport::new(|_| http::Response::new("")))
    }

    #[test]
    fn what_cannot_work_is_told_when_the_client_is_built() {
        let good = "https://api.example.com/v1/";
        assert_eq!(
            builder(good).build().unwrap().base_url(),
            "https://api.example.com/v1"
        );
        for wrong in [
            builder("api.example.com/v1"),
            builder("ftp://api.example.com"),
            builder("https://api.example.com/v1?a=b"),
            builder("https://ada:secret@api.example.com"),
            builder(good).header("no name", "x"),
            builder(good).header("x", "a\nb"),
        ] {
            assert_eq!(wrong.build().unwrap_err().kind(), ErrorKind::Configuration);
        }
        let error = builder(good).bearer("a\nsecret").build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Token);
        assert!(!format!("{error:?} {error}").contains("secret"));
    }

    #[test]
    fn no_user_and_password_of_a_base_url_are_shown() {
        for base_url in ["https://ada:secret@a.b/v1", "https://ada:secret@a.b:port"] {
            let shown = format!("{:?}", builder(base_url));
            assert!(
                shown.contains("a.b") && !shown.contains("secret"),
                "{shown}"
            );
            let error = builder(base_url).build().unwrap_err();
            assert!(!format!("{error:?} {error}").contains("secret"));
        }
        let shown = format!("{:?}", builder("https://a.b/users/ada@a.b"));
        assert!(shown.contains("https://a.b/users/ada@a.b"), "{shown}");
    }

    #[test]
    fn no_token_goes_over_plain_http_to_other_machines_unasked() {
        for (base_url, stays) in [
            ("https://api.example.com/v1", true),
            ("http://127.0.0.1:8080/v1", true),
            ("http://127.8.0.1", true),
            ("http://[::1]:8080", true),
            ("http://[::ffff:127.0.0.1]", true),
            ("http://localhost:8080", true),
            ("http://api.localhost", true),
            ("http://api.example.com/v1", false),
            ("http://localhost.example.com", false),
            ("http://10.0.0.1", false),
            ("http://[::2]", false),
        ] {
            let fixed = builder(base_url).bearer("secret").build();
            let asked = builder(base_url).token(async || Ok::<_, BoxError>("secret"));
            let keyed = builder(base_url).api_key("X-Caller", "secret").build();
            for client in [fixed, asked.build(), keyed] {
                let kind = client.err().map(|error| error.kind());
                assert_eq!(
                    kind,
                    (!stays).then_some(ErrorKind::Configuration),
                    "{base_url}"
                );
            }
            let allowed = builder(base_url).bearer("secret").token_over_http(true);
            assert!(allowed.build().is_ok());
            let allowed = builder(base_url)
                .api_key("X-Caller", "secret")
                .token_over_http(true);
            assert!(allowed.build().is_ok());
            assert!(builder(base_url).build().is_ok());
        }
    }
}
