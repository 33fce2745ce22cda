//! Why a request brought no answer.

use std::error::Error;
use std::io;

use crate::{BoxError, ErrorKind};

/// What is known of a request that brought no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It would fail in the same way the next time.
    Lasting,
    /// There was no connection to send it over: the service knows nothing of it.
    Unsent,
    /// It may have arrived.
    Unknown,
}

impl Failure {
    /// What an error says, where it is one of reqwest's or a refused connection.
    pub(crate) fn of(error: &(dyn Error + 'static)) -> Self {
        if error.is::<url::ParseError>() {
            return Self::Lasting;
        }
        if let Some(error) = error.downcast_ref::<io::Error>()
            && error.kind() == io::ErrorKind::ConnectionRefused
        {
            return Self::Unsent;
        }
        #[cfg(feature = "reqwest")]
        if let Some(error) = error.downcast_ref::<::reqwest::Error>() {
            return match error {
                error if error.is_builder() => Self::Lasting,
                error if error.is_connect() => Self::Unsent,
                _ => Self::Unknown,
            };
        }
        Self::Unknown
    }
}

/// The kind of an error that a transport gave.
pub(crate) fn kind(error: &BoxError) -> ErrorKind {
    #[cfg(feature = "reqwest")]
    if let Some(error) = error.downcast_ref::<::reqwest::Error>()
        && error.is_timeout()
    {
        return ErrorKind::Timeout;
    }
    let _ = error;
    ErrorKind::Transport
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_failure_is_what_its_error_says() {
        let of_kind = |kind: io::ErrorKind| Failure::of(&io::Error::from(kind));
        // Nobody listens there, so that nothing has arrived; a connection that broke may have brought it.
        assert_eq!(of_kind(io::ErrorKind::ConnectionRefused), Failure::Unsent);
        assert_eq!(of_kind(io::ErrorKind::ConnectionReset), Failure::Unknown);
        let no_url = url::Url::parse("nowhere").unwrap_err();
        assert_eq!(Failure::of(&no_url), Failure::Lasting);
        assert_eq!(Failure::of(&std::fmt::Error), Failure::Unknown);
    }
}
