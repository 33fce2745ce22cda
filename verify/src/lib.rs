//! Holds a running service against API reference pages.
//!
//! The documented requests are sent, only those that change nothing unless more is asked for, and each
//! answer is compared with what the pages say of it: its status, its headers, and its body by the
//! types and by the example. What departs is a finding like any other, at the line of the page that
//! says otherwise.
//!
//! ```no_run
//! use std::path::Path;
//! use docwright_verify::{Settings, Token, verify};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let reading = docwright::read(Path::new("docs-src"), "docs-src", &Default::default());
//! let settings = Settings {
//!     token: Some(Token::new(std::env::var("DOCWRIGHT_TOKEN")?)),
//!     ..Settings::new("https://api.example.com/v1.0")
//! };
//! let report = verify(&reading, &settings, &Default::default()).await?;
//! for finding in &report.findings {
//!     println!("{finding}");
//! }
//! println!("{}", report.summary);
//! # Ok(())
//! # }
//! ```

mod compare;
mod findings;
mod known;
mod parameters;
mod place;
mod placeholder;
mod plan;
mod run;
mod send;
mod summary;
mod target;
mod token;

pub use parameters::{Parameters, ParametersError};
pub use run::{Report, VerifyError, verify};
pub use summary::{Skip, Summary};
pub use token::Token;

use std::time::Duration;

/// What is sent, and where to.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The URL that stands for the documented base URL, such as `https://api.example.com/v1.0`.
    pub base_url: String,
    /// The token that goes with each request: to the origin of the base URL and nowhere else.
    pub token: Option<Token>,
    /// The key that goes with each request in the headers which the pages have for one, such as `X-Api-Key`: to where the
    /// token goes.
    pub api_key: Option<Token>,
    /// Whether both may go over plain http to other machines, where everybody on the way can read and use
    /// them.
    pub token_over_http: bool,
    /// Values for the placeholders of requests.
    pub parameters: Parameters,
    /// Whether requests are sent that change something: all but `GET`, `HEAD` and `OPTIONS` (RFC 9110,
    /// section 9.2.1).
    pub changes: bool,
    /// Whether a placeholder without a value is sent as the page writes it, as a mock takes it.
    pub placeholders: bool,
    /// What is verified, where that is not all: pages by their path or the end of it, and areas of
    /// the API by the first segment of their paths.
    pub only: Vec<String>,
    /// How many requests are sent in a second at most.
    pub rate: f64,
    /// How many requests are sent at most, without those that are sent again.
    pub max_requests: usize,
    /// How long an answer may take.
    pub timeout: Duration,
}

impl Settings {
    /// What nobody but the service is to see.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &Token> + Clone {
        self.token.iter().chain(&self.api_key)
    }

    /// Settings for a service, of which nobody complains: ten requests a second, a thousand at most,
    /// and none that changes anything.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            token: None,
            api_key: None,
            token_over_http: false,
            parameters: Parameters::default(),
            changes: false,
            placeholders: false,
            only: Vec::new(),
            rate: 10.0,
            max_requests: 1000,
            timeout: Duration::from_secs(30),
        }
    }
}
