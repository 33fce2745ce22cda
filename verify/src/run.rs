//! A verification from the first request to the last.

use std::collections::BTreeSet;
use std::fmt;

use docwright::Reading;
use docwright::diagnostic::{Code, Diagnostic};
use docwright::json;
use docwright::model::Api;
use docwright::progress::Progress;
use docwright::vocabulary::{is_api_key, is_clients_own};
use http::StatusCode;
use serde_json::Value;

use crate::compare::{Comparison, Verdict};
use crate::findings::{Findings, Found};
use crate::known::Known;
use crate::place::Pages;
use crate::plan::{self, Plan, Planned};
use crate::send::{Answer, Failure, Outgoing, Sender};
use crate::target::{NoValue, Target, filled};
use crate::{Settings, Skip, Summary};

/// After so many requests without an answer, or refused for the token, no more are sent.
const PATIENCE: u32 = 3;

/// What a verification came to.
#[derive(Clone, Debug)]
pub struct Report {
    /// Where the service and the pages part, by place in the pages.
    pub findings: Vec<Diagnostic>,
    /// How much was verified.
    pub summary: Summary,
}

/// Why nothing could be verified.
#[derive(Debug)]
pub enum VerifyError {
    /// The base URL or the token is no such thing.
    Settings(String),
    /// Only this was to be verified, and there is no such page or area.
    NothingCalled(String),
    /// The service gives no answer at all.
    Unreachable(String),
    /// The service takes no request without another token, or without any.
    Unauthorized,
}

/// Sends the documented requests to a service, and compares its answers with the pages. The requests are
/// the steps of `progress`.
///
/// # Errors
///
/// Where the settings cannot work, or the service answers nothing or to nobody.
pub async fn verify(
    reading: &Reading,
    settings: &Settings,
    progress: &Progress,
) -> Result<Report, VerifyError> {
    let keys = reading.api.operations.iter().flat_map(|it| &it.keys);
    let sender = Sender::new(settings, keys.map(|key| key.name.as_str()));
    let sender = sender.map_err(|error| VerifyError::Settings(error.to_string()))?;
    if let Some(name) = plan::unknown(&reading.api, &settings.only) {
        return Err(VerifyError::NothingCalled(name.to_owned()));
    }
    let plan = Plan::new(&reading.api, settings);
    progress.expect(plan.requests.len());
    let mut run = Run {
        pages: Pages {
            api: &reading.api,
            files: &reading.files,
        },
        settings,
        sender,
        known: Known::default(),
        sent: BTreeSet::new(),
        silent: 0,
        unauthorized: 0,
        last_failure: None,
        findings: Findings::default(),
        summary: Summary::of(&plan),
    };
    for planned in &plan.requests {
        run.request(planned).await;
        progress.step();
        if run.unauthorized >= PATIENCE && run.summary.covered == 0 {
            return Err(VerifyError::Unauthorized);
        }
    }
    if let (0, Some(reason)) = (run.summary.requests, run.last_failure) {
        return Err(VerifyError::Unreachable(reason));
    }
    Ok(Report {
        findings: run.findings.finish(settings.secrets()),
        summary: run.summary,
    })
}

/// A verification under way.
struct Run<'r> {
    pages: Pages<'r>,
    settings: &'r Settings,
    sender: Sender,
    known: Known,
    /// Method, target and body of what was sent.
    sent: BTreeSet<(String, String, Option<String>)>,
    /// How many requests in a row had no answer.
    silent: u32,
    /// How many requests were refused for the token.
    unauthorized: u32,
    /// Why the last one without an answer had none.
    last_failure: Option<String>,
    findings: Findings,
    summary: Summary,
}

impl Run<'_> {
    async fn request(&mut self, planned: &Planned<'_>) {
        let api = self.pages.api;
        let made = Target::of(api, self.settings, &self.known, planned);
        let made = made.and_then(|target| {
            let request = outgoing(api, self.settings, planned, target.text())?;
            Ok((target, request))
        });
        let (target, request) = match made {
            Ok(made) => made,
            Err(NoValue(name)) => {
                self.summary.skip(Skip::NoValue(name));
                return;
            }
        };
        let key = (
            request.method.to_owned(),
            request.target.clone(),
            request.body.clone(),
        );
        // Examples of one request are compared with its answer all together.
        if self.sent.contains(&key) {
            self.summary.cover(planned.operation);
            return;
        }
        if self.silent >= PATIENCE {
            self.summary.skip(Skip::Unreachable);
            return;
        }
        if self.summary.requests >= self.settings.max_requests {
            self.summary.skip(Skip::Limit);
            return;
        }
        match self.sender.send(&request).await {
            Ok(answer) => {
                self.sent.insert(key);
                self.summary.requests += 1;
                self.silent = 0;
                self.compare(planned, &target, &request, &answer);
            }
            Err(Failure::Unsendable(reason)) => self.summary.skip(Skip::Unsendable(reason)),
            Err(Failure::Unreachable(reason)) => {
                self.silent += 1;
                self.summary.skip(Skip::Unreachable);
                self.findings
                    .extend(vec![self.unreachable(planned, &request, &reason)]);
                self.last_failure = Some(reason);
            }
        }
    }

    fn compare(
        &mut self,
        planned: &Planned<'_>,
        target: &Target,
        request: &Outgoing<'_>,
        answer: &Answer,
    ) {
        let comparison = Comparison::new(self.pages, planned, target, request);
        match comparison.judge(answer) {
            Verdict::Refused(found) => {
                let is_unauthorized = answer.status == StatusCode::UNAUTHORIZED;
                self.unauthorized += u32::from(is_unauthorized);
                self.summary.skip(Skip::Refused);
                self.findings.extend(vec![found]);
            }
            Verdict::Compared(found) => {
                self.summary.cover(planned.operation);
                self.findings.extend(found);
            }
        }
        if answer.status.is_success()
            && let Ok(value) = serde_json::from_slice::<Value>(&answer.body)
        {
            self.known.learn(request.method, &target.path, &value);
        }
    }

    fn unreachable(&self, planned: &Planned<'_>, request: &Outgoing<'_>, reason: &str) -> Found {
        let api = self.pages.api;
        let source = match planned.example {
            Some(example) => example.request.source,
            None => api.route(planned.route).sources[0],
        };
        Found {
            code: Code::ServiceUnreachable,
            subject: request.target.clone(),
            location: self.pages.at(source),
            message: format!("`{}` has no answer: {reason}", request.label()),
            help: None,
        }
    }
}

/// A planned request as it is sent to a target.
fn outgoing<'m>(
    api: &'m Api,
    settings: &Settings,
    planned: &Planned<'m>,
    target: String,
) -> Result<Outgoing<'m>, NoValue> {
    let Some(example) = planned.example else {
        return Ok(Outgoing {
            method: &api.route(planned.route).method,
            target,
            headers: Vec::new(),
            body: None,
        });
    };
    let shown = example.request.headers.iter();
    let has_key = settings.api_key.is_some();
    let shown = shown.filter(|(name, _)| !(is_clients_own(name) || has_key && is_api_key(name)));
    let headers = shown.map(|(name, value)| {
        let value = filled(api, settings, planned, value)?;
        Ok((name.clone(), value))
    });
    // What a lenient reader sees through, a service does not.
    let body = example.request.body.as_deref();
    let body = body.map(|body| match json::strict(body) {
        Some((strict, _)) => strict.into_owned(),
        None => body.to_owned(),
    });
    Ok(Outgoing {
        method: &example.request.method,
        target,
        headers: headers.collect::<Result<_, NoValue>>()?,
        body,
    })
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(what) => f.write_str(what),
            Self::NothingCalled(name) => {
                write!(
                    f,
                    "no page with an operation and no area is called `{name}`"
                )
            }
            Self::Unauthorized => f.write_str("the service asks for a token that it knows"),
            Self::Unreachable(reason) => write!(f, "the service gives no answer: {reason}"),
        }
    }
}

impl std::error::Error for VerifyError {}
