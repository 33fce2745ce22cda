//! When a request is sent again that failed.

use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::Operation;
use crate::response::retry_after;

/// How often a request is sent again, and how long the client waits before it is.
///
/// Any request is sent again that was not carried out: where its answer is `429 Too Many Requests`,
/// or `503 Service Unavailable` with a `Retry-After`, or where there was no connection to send it
/// over.
///
/// Where it may have been carried out, only a request is sent again that does the same when it
/// arrives twice (see [`Operation::is_idempotent`](crate::Operation::is_idempotent) and
/// [`Request::idempotent`](crate::Request::idempotent)): where its answer is `408 Request Timeout`,
/// `503 Service Unavailable` or `504 Gateway Timeout`, for GET and its like `502 Bad Gateway`, or
/// where none came. Either way its body has to be in memory: a stream is gone once it was read.
///
/// The client waits as long as the service asks for with `Retry-After`. Where it does not, the wait
/// is a random time up to a bound that doubles each time ("full jitter"), so that clients that
/// failed together do not come back together.
///
/// ```
/// use std::time::Duration;
/// use docwright_client::{Client, RetryPolicy};
///
/// # fn main() -> docwright_client::Result<()> {
/// let patient = RetryPolicy::new(6).longest_wait(Duration::from_secs(300));
/// # #[cfg(feature = "reqwest")]
/// let client: Client = Client::builder("https://api.example.com/v1").retry(patient).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    retries: u32,
    first_delay: Duration,
    longest_delay: Duration,
    longest_wait: Duration,
}

/// Three times, with delays from half a second up to eight, and a minute of waiting at most.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new(3)
    }
}

impl RetryPolicy {
    /// Sends a request again so many times at most, and otherwise as the default.
    pub const fn new(retries: u32) -> Self {
        Self {
            retries,
            first_delay: Duration::from_millis(500),
            longest_delay: Duration::from_secs(8),
            longest_wait: Duration::from_secs(60),
        }
    }

    /// Sends nothing again.
    pub const fn none() -> Self {
        Self::new(0)
    }

    /// The bound of the first delay, which doubles with each, and the longest that it grows to.
    ///
    /// They are for services that do not say how long to wait.
    pub const fn delays(self, first: Duration, longest: Duration) -> Self {
        Self {
            first_delay: first,
            longest_delay: longest,
            ..self
        }
    }

    /// How long a call waits at most, all its waits together.
    ///
    /// Where a service asks for more, or for more than the call [may take](crate::ClientBuilder::timeout),
    /// its answer is given to the caller at once, who can see
    /// [for how long](crate::Error::retry_after).
    pub const fn longest_wait(self, longest: Duration) -> Self {
        Self {
            longest_wait: longest,
            ..self
        }
    }
}

/// What may be done twice (RFC 9110, section 9.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeatable {
    /// Nothing is changed by it.
    Safe,
    /// Twice does the same as once.
    Idempotent,
    No,
}

impl Repeatable {
    /// What an operation may be, or a request for it that its caller [says](crate::Request::idempotent) to
    /// be idempotent.
    pub(crate) fn of(operation: &Operation, idempotent: bool) -> Self {
        match operation {
            _ if operation.method.is_safe() => Self::Safe,
            _ if idempotent || operation.is_idempotent() => Self::Idempotent,
            _ => Self::No,
        }
    }

    /// Whether a request may be sent again that was answered so.
    pub(crate) fn passes(self, status: StatusCode, headers: &HeaderMap) -> bool {
        match status {
            // The service says that it did nothing, which is all that matters (RFC 9110, section
            // 9.2.2).
            StatusCode::TOO_MANY_REQUESTS => true,
            StatusCode::SERVICE_UNAVAILABLE if retry_after(headers).is_some() => true,
            StatusCode::REQUEST_TIMEOUT
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT => self != Self::No,
            StatusCode::BAD_GATEWAY => self == Self::Safe,
            _ => false,
        }
    }
}

/// What a call has made of its policy so far.
pub(crate) struct Retries {
    policy: RetryPolicy,
    made: u32,
    waited: Duration,
}

impl Retries {
    pub(crate) fn new(policy: RetryPolicy) -> Self {
        Self {
            policy,
            made: 0,
            waited: Duration::ZERO,
        }
    }

    /// How long to wait before the request is sent again; `None` where the answer stands.
    pub(super) fn after_answer(
        &mut self,
        repeatable: Repeatable,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<Duration> {
        match repeatable.passes(status, headers) {
            true => self.next(retry_after(headers)),
            false => None,
        }
    }

    /// How long to wait before the next time, as the service asked or else a random time; `None`
    /// where there is none.
    pub(crate) fn next(&mut self, asked: Option<Duration>) -> Option<Duration> {
        if self.made == self.policy.retries {
            return None;
        }
        let delay = asked.unwrap_or_else(|| self.bound().mul_f64(fastrand::f64()));
        let waited = self.waited.saturating_add(delay);
        if waited > self.policy.longest_wait {
            return None;
        }
        (self.made, self.waited) = (self.made + 1, waited);
        Some(delay)
    }

    /// The longest that the next delay may be.
    fn bound(&self) -> Duration {
        let factor = 1_u32.checked_shl(self.made).unwrap_or(u32::MAX);
        let grown = self.policy.first_delay.saturating_mul(factor);
        grown.min(self.policy.longest_delay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use http::header::RETRY_AFTER;

    const SECOND: Duration = Duration::from_secs(1);

    fn asking(seconds: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(seconds));
        headers
    }

    #[test]
    fn delays_stay_below_a_bound_that_doubles() {
        let policy = RetryPolicy::new(u32::MAX).delays(SECOND, 5 * SECOND);
        let mut retries = Retries::new(policy.longest_wait(Duration::MAX));
        for bound in [1, 2, 4, 5, 5] {
            assert_eq!(retries.bound(), bound * SECOND);
            assert!(retries.next(None).unwrap() <= bound * SECOND);
        }
        retries.made = 1000;
        assert_eq!(retries.bound(), 5 * SECOND);
    }

    #[test]
    fn what_passes_is_waited_for_as_the_service_asks() {
        let headers = asking("7");
        let all = [Repeatable::Safe, Repeatable::Idempotent, Repeatable::No];
        // Which of them are sent again, and which where the service does not say when.
        for (status, asked, silent) in [
            (429, 3, 3),
            (503, 3, 2),
            (408, 2, 2),
            (504, 2, 2),
            (502, 1, 1),
            (200, 0, 0),
            (404, 0, 0),
            (500, 0, 0),
            (501, 0, 0),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            for (index, repeatable) in all.into_iter().enumerate() {
                let mut retries = Retries::new(RetryPolicy::default());
                let delay = retries.after_answer(repeatable, status, &headers);
                assert_eq!(delay, (index < asked).then_some(7 * SECOND), "{status}");
                let delay = retries.after_answer(repeatable, status, &HeaderMap::new());
                assert_eq!(delay.is_some(), index < silent, "{status}");
            }
        }
    }

    #[test]
    fn neither_tries_nor_waits_go_on_for_ever() {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        let mut retries = Retries::new(RetryPolicy::new(2));
        assert!(retries.next(None).is_some());
        assert!(retries.next(None).is_some());
        assert!(retries.next(None).is_none());
        assert!(Retries::new(RetryPolicy::none()).next(None).is_none());

        let policy = RetryPolicy::new(9).longest_wait(10 * SECOND);
        let mut retries = Retries::new(policy);
        assert_eq!(
            retries.after_answer(Repeatable::Safe, status, &asking("6")),
            Some(6 * SECOND)
        );
        assert_eq!(
            retries.after_answer(Repeatable::Safe, status, &asking("5")),
            None
        );
        assert_eq!(
            retries.after_answer(Repeatable::Safe, status, &asking("4")),
            Some(4 * SECOND)
        );
        let never = asking("99999999999999999999");
        assert_eq!(
            Retries::new(policy).after_answer(Repeatable::Safe, status, &never),
            None
        );
    }
}
