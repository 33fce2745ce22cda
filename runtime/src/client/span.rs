//! What a call tells to `tracing`.
//!
//! Fields are those of OpenTelemetry's semantic conventions for HTTP client spans that are stable,
//! and of the address the template alone: values of paths and queries may be private.

#[cfg(not(feature = "tracing"))]
pub(crate) use off::CallSpan;
#[cfg(feature = "tracing")]
pub(crate) use on::CallSpan;

#[cfg(feature = "tracing")]
mod on {
    use std::pin::Pin;
    use std::time::Duration;

    use tracing::field::{Empty, display};
    use tracing::{Instrument, Span};
    use url::Url;

    use crate::client::call::Answer;
    use crate::{Error, ErrorKind, Operation, Result};

    /// The span of a call.
    #[derive(Clone)]
    pub(crate) struct CallSpan(Span);

    impl CallSpan {
        pub(crate) fn new(base: &Url, operation: &Operation, template: &str) -> Self {
            let method = &operation.method;
            Self(tracing::info_span!(
                "call",
                otel.kind = "client",
                otel.name = format!("{method} {template}").trim_end(),
                operation.name = operation.name,
                http.request.method = method.as_str(),
                url.template = template,
                server.address = base.host_str(),
                server.port = base.port_or_known_default(),
                http.request.resend_count = Empty,
                http.response.status_code = Empty,
                error.type = Empty,
            ))
        }

        /// Runs a call in the span, and records what came of it.
        pub(crate) async fn around(
            &self,
            call: Pin<&mut impl Future<Output = Result<Answer>>>,
        ) -> Result<Answer> {
            let outcome = call.instrument(self.0.clone()).await;
            match &outcome {
                Ok(answer) => {
                    let status = answer.parts.status;
                    self.0.record("http.response.status_code", status.as_u16());
                    match &answer.body {
                        _ if !status.is_success() => {
                            self.0.record("error.type", status.as_str());
                        }
                        Err(error) => self.failed(error),
                        Ok(_) => {}
                    }
                }
                Err(error) => self.failed(error),
            }
            outcome
        }

        fn failed(&self, error: &Error) {
            self.0.record("error.type", kind(error.kind()));
        }

        /// Records how many requests were sent.
        pub(in crate::client) fn sent(&self, requests: u32) {
            if requests > 1 {
                self.0.record("http.request.resend_count", requests - 1);
            }
        }

        /// Tells that the request is sent again after a wait.
        pub(in crate::client) fn again(&self, outcome: &Result<Answer>, delay: Duration) {
            let reason = match outcome {
                Ok(answer) if !answer.parts.status.is_success() => {
                    answer.parts.status.as_str().to_owned()
                }
                Ok(answer) => {
                    let failure = answer.body.as_ref().err();
                    failure.map_or("", |error| kind(error.kind())).to_owned()
                }
                Err(error) => kind(error.kind()).to_owned(),
            };
            let reason = display(reason);
            tracing::debug!(parent: &self.0, error.type = reason, ?delay, "sent again");
        }
    }

    /// A word of few for an error.
    fn kind(kind: ErrorKind) -> &'static str {
        match kind {
            ErrorKind::Configuration => "configuration",
            ErrorKind::InvalidParameter => "invalid_parameter",
            ErrorKind::Token => "token",
            ErrorKind::Transport => "transport",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Status => "status",
            ErrorKind::Response => "response",
            ErrorKind::ForeignLink => "foreign_link",
            ErrorKind::Operation => "operation",
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use url::Url;

    use crate::client::call::Answer;
    use crate::{Operation, Result};

    /// Nothing: the feature `tracing` is off.
    #[derive(Clone)]
    pub(crate) struct CallSpan;

    impl CallSpan {
        pub(crate) fn new(_: &Url, _: &Operation, _: &str) -> Self {
            Self
        }

        pub(crate) fn around<F: Future>(&self, call: F) -> F {
            call
        }

        pub(in crate::client) fn sent(&self, _: u32) {}

        pub(in crate::client) fn again(&self, _: &Result<Answer>, _: Duration) {}
    }
}
