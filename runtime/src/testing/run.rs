//! How a test is run, and what is expected of one whose page contradicts itself.

use std::future::Future;
use std::io::Write;
use std::pin::Pin;

use bytes::Bytes;
use serde::de::IgnoredAny;

use super::{Mismatch, Result};
use crate::{BoxError, Error, ErrorKind};

/// How much stack a test has, in bytes: as much as the main thread of most systems. Code that is
/// not optimised takes hundreds of kilobytes to read one large resource within another.
const STACK: usize = 8 << 20;

type Test = Pin<Box<dyn Future<Output = Result> + Send>>;

/// Runs a test to its end, on a thread with a runtime of its own.
pub fn run(test: impl Future<Output = Result> + Send + 'static) -> Result {
    block_on(Box::pin(test))
}

/// Runs a test that has to fail, since its page contradicts itself: `finding` is what `check` says,
/// as the place and the code.
///
/// Only a value that is none of its type, or an answer that is not as documented, is such a
/// failure. A test that succeeds is an error: the page has been mended, or was right all along.
pub fn contradicts(finding: &str, test: impl Future<Output = Result> + Send + 'static) -> Result {
    match block_on(Box::pin(test)) {
        Err(error) if is_contradiction(&error) => Ok(()),
        Err(error) => Err(error),
        Ok(()) => Err(mended(finding)),
    }
}

/// Expects that no documented route fits a request, as `finding` says.
pub fn no_route<R, E>(finding: &str, parsed: std::result::Result<R, E>) -> Result {
    match parsed {
        Err(_) => Ok(()),
        Ok(_) => Err(mended(finding)),
    }
}

/// Says how many examples there are, and how many of them are listed; in the output of the tests,
/// where it is seen without being asked for.
pub fn account(examples: usize, listed: usize) -> Result {
    let pass = examples - listed;
    let mut out = std::io::stdout();
    match (examples, listed) {
        (1, 0) => writeln!(out, "1 documented example agrees with its page")?,
        (1, _) => writeln!(
            out,
            "1 documented example is listed as contradicting its page"
        )?,
        _ => writeln!(
            out,
            "{examples} documented examples: {pass} agree with their pages, {listed} are listed as \
             contradicting them"
        )?,
    }
    Ok(out.flush()?)
}

fn mended(finding: &str) -> BoxError {
    let what = format!("{finding}: the example agrees with its page: generate the crate anew");
    Mismatch(what).into()
}

/// Not generic, so that what runs a test is compiled once and not for every test.
fn block_on(test: Test) -> Result {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build()?;
    let thread = std::thread::Builder::new().stack_size(STACK);
    let running = thread.spawn(move || runtime.block_on(test))?;
    running
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Whether an error says that a page shows what it does not document.
fn is_contradiction(error: &BoxError) -> bool {
    // An answer that cannot be read, although it is JSON, has a value that is none of its type.
    let is_json = |body: &Bytes| serde_json::from_slice::<IgnoredAny>(body).is_ok();
    let answer = error.downcast_ref::<Error>();
    let answer = answer.filter(|error| error.kind() == ErrorKind::Response);
    let json = error.downcast_ref::<serde_json::Error>();
    error.is::<Mismatch>()
        || json.is_some_and(serde_json::Error::is_data)
        || answer.and_then(Error::body).is_some_and(is_json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_contradiction_is_an_expected_failure() {
        let number = || async { Ok(serde_json::from_str::<()>("\"a\"")?) };
        let mismatch = || async { Err(Mismatch("other".to_owned()).into()) };
        let other = || async { Err("other".into()) };
        assert!(contradicts("page.md:1: value-type", number()).is_ok());
        assert!(contradicts("page.md:1: status-body", mismatch()).is_ok());
        assert!(contradicts("page.md:1: value-type", other()).is_err());
        assert!(run(number()).is_err());
    }

    #[test]
    fn what_is_mended_is_said() {
        let error = contradicts("page.md:1: value-type", async { Ok(()) }).unwrap_err();
        let expected =
            "page.md:1: value-type: the example agrees with its page: generate the crate anew";
        assert_eq!(error.to_string(), expected);
        assert!(no_route("page.md:1: example-route", Ok::<_, BoxError>(())).is_err());
        assert!(no_route("page.md:1: example-route", Err::<(), _>("unknown")).is_ok());
    }
}
