//! `docwright verify`: a running service, held against the pages.

use std::env;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use docwright_verify::{Parameters, Settings, Token, verify};

use super::{ProjectArguments, Result, outcome_of, outcome_of_findings};
use crate::report::{self, Format};
use crate::{progress, terminal};

/// Where the token is.
const TOKEN: &str = "DOCWRIGHT_TOKEN";

/// Where the key is.
const API_KEY: &str = "DOCWRIGHT_API_KEY";

/// Sends the documented requests to a service and reports where it and the pages part
///
/// A token is taken from the environment variable DOCWRIGHT_TOKEN, and a key for headers such as X-Api-Key from
/// DOCWRIGHT_API_KEY. Both go to the origin of the base URL only. Placeholders of requests take their values
/// from --params, from variables such as DOCWRIGHT_PARAM_USER_ID, from earlier answers, or from the page's
/// example.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// The URL of the service, in the place of the documented base URL
    #[arg(long, value_name = "URL")]
    base_url: String,
    /// Lets the token and the key go over plain http to other machines, where everybody on the way can read them
    #[arg(long)]
    token_over_http: bool,
    /// A TOML or JSON file with values for placeholders
    #[arg(long, value_name = "FILE")]
    params: Option<PathBuf>,
    /// Sends placeholders that have no value as they are written, as a mock takes them
    #[arg(long)]
    placeholders: bool,
    /// Also sends requests that create, change and delete
    #[arg(long)]
    r#unsafe: bool,
    /// Verifies only a page, by its path or the end of it, or an area, by the first segment of its
    /// paths; can be given more than once
    #[arg(long, value_name = "PAGE|AREA")]
    only: Vec<String>,
    /// How many requests are sent in a second at most
    #[arg(long, value_name = "N", default_value_t = 10.0, value_parser = rate)]
    rate: f64,
    /// How many requests are sent at most
    #[arg(long, value_name = "N", default_value_t = 1000)]
    max_requests: usize,
    /// How many seconds an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
    /// How findings are written, as `check` does; the summary then goes to the standard error
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(super) fn run(arguments: Arguments) -> Result {
    let parameters = match &arguments.params {
        Some(path) => Parameters::read(path)?,
        None => Parameters::default(),
    };
    let settings = Settings {
        token: secret(TOKEN),
        api_key: secret(API_KEY),
        token_over_http: arguments.token_over_http,
        parameters: parameters.with_environment(env::vars_os()),
        changes: arguments.r#unsafe,
        placeholders: arguments.placeholders,
        only: arguments.only,
        rate: arguments.rate,
        max_requests: arguments.max_requests,
        timeout: Duration::from_secs(arguments.timeout),
        ..Settings::new(arguments.base_url)
    };
    let project = arguments.project.load(None)?;
    let reading = progress::shown(&project.progress, || project.read());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let sent = docwright::progress::Progress::default();
    let report = progress::shown(&sent, || {
        runtime.block_on(verify(&reading, &settings, &sent))
    })?;
    let mut findings = report.findings;
    project.settle_some(&mut findings);

    let mut out = terminal::stdout();
    arguments
        .format
        .write(&mut out, &findings, &reading.files)?;
    let counts = report::Counts::of(&findings);
    match arguments.format {
        Format::Human => writeln!(out, "{counts}\n\n{}", report.summary)?,
        _ => writeln!(terminal::stderr(), "{counts}\n\n{}", report.summary)?,
    }
    out.flush()?;
    drop(out);

    // What could not be read was not verified either.
    let pages = outcome_of(&reading.diagnostics)?;
    Ok(pages.max(outcome_of_findings(&findings)))
}

/// What a variable of the environment holds, if anything.
fn secret(variable: &str) -> Option<Token> {
    let held = env::var(variable).ok().filter(|it| !it.is_empty());
    held.map(Token::new)
}

/// A number of requests a second.
fn rate(text: &str) -> std::result::Result<f64, String> {
    let rate: f64 = text.parse().map_err(|_| "it is no number".to_owned())?;
    match rate.is_finite() && rate > 0.0 {
        true => Ok(rate),
        false => Err("it has to be more than nothing".to_owned()),
    }
}
