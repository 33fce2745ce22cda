//! The status of an answer.

use std::collections::BTreeSet;

use docwright::diagnostic::Code;
use http::StatusCode;

use super::{Comparison, Verdict};

impl Comparison<'_> {
    /// What a status means on its own; nothing where it is documented, so that there is more to look
    /// at.
    pub(super) fn status(&self, status: StatusCode) -> Option<Verdict> {
        let documented = self.documented_statuses();
        let code = status.as_u16();
        // Where no page says what success is, any is.
        let is_good = |code: u16| code < 400;
        if documented.contains(&code)
            || (is_good(code) && !documented.iter().any(|&code| is_good(code)))
        {
            return None;
        }
        if let Some(reason) = self.refusal(status) {
            let message = format!("`{}` is refused with {code}: {reason}", self.label);
            let found = self.found(Code::ServiceRefused, "", self.place(), message);
            return Some(Verdict::Refused(found));
        }
        let names: Vec<String> = documented.iter().map(u16::to_string).collect();
        let names = match names.is_empty() {
            true => "success".to_owned(),
            false => names.join(" or "),
        };
        let message = format!(
            "`{}` is answered with {code}, and documented is {names}",
            self.label
        );
        let found = self.found(Code::ServiceStatus, "", self.place(), message);
        Some(Verdict::Compared(vec![found]))
    }

    fn documented_statuses(&self) -> BTreeSet<u16> {
        let shown = self.documented.iter().map(|response| response.status);
        let outcomes = self.operations.iter().flat_map(|it| &it.outcomes);
        shown
            .chain(outcomes.map(|outcome| outcome.status))
            .collect()
    }

    /// Why a failure says nothing about the page.
    fn refusal(&self, status: StatusCode) -> Option<String> {
        match status {
            StatusCode::UNAUTHORIZED => Some("it takes a token that it knows".to_owned()),
            StatusCode::FORBIDDEN => Some("the token does not permit it".to_owned()),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                Some("it comes at a bad time".to_owned())
            }
            StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::GONE => {
                let names = &self.target.shown;
                let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
                let names = Some(names.join(", ")).filter(|names| !names.is_empty())?;
                Some(format!(
                    "the page's own values may be unknown there; give {names} one"
                ))
            }
            _ => None,
        }
    }
}
