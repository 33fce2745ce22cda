//! What was verified, and what was not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use docwright::model::OperationId;

use crate::plan::Plan;

/// Why a documented request was not sent, or its answer says nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skip {
    /// It would change something.
    Changes,
    /// It takes no route that its page documents.
    NoRoute,
    /// Its example shows a failure, and not how to come by it.
    Failure,
    /// No example shows it, and the route alone is not enough.
    NoExample,
    /// A placeholder of this name has no value.
    NoValue(String),
    /// It cannot be sent, for this reason.
    Unsendable(String),
    /// As many were sent as may be.
    Limit,
    /// The service gave no answers any more.
    Unreachable,
    /// The service refused it, and not for what it is.
    Refused,
}

/// How much was verified.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// How many requests were sent, without those that were sent again.
    pub requests: usize,
    /// How many operations there are on the pages that are verified.
    pub operations: usize,
    /// How many operations gave an answer that could be compared.
    pub covered: usize,
    /// How many requests were skipped for each reason.
    pub skipped: BTreeMap<Skip, usize>,
    verified: BTreeSet<OperationId>,
}

/// How many names of placeholders are told.
const TOLD: usize = 10;

impl Summary {
    pub(crate) fn of(plan: &Plan<'_>) -> Self {
        let mut summary = Self {
            operations: plan.operations,
            ..Self::default()
        };
        for (_, skip) in &plan.skipped {
            summary.skip(skip.clone());
        }
        summary
    }

    pub(crate) fn skip(&mut self, skip: Skip) {
        *self.skipped.entry(skip).or_default() += 1;
    }

    pub(crate) fn cover(&mut self, operation: OperationId) {
        self.verified.insert(operation);
        self.covered = self.verified.len();
    }

    /// How many requests were skipped for a reason.
    fn count(&self, wanted: impl Fn(&Skip) -> bool) -> usize {
        let counts = self.skipped.iter();
        counts
            .filter(|(skip, _)| wanted(skip))
            .map(|(_, count)| count)
            .sum()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            requests,
            operations,
            covered,
            ..
        } = self;
        let requests = counted(*requests, "request");
        let operations = counted(*operations, "operation");
        write!(f, "{requests} sent, {covered} of {operations} verified")?;
        // Each count, and what is said of one and of many.
        let reasons = [
            (
                self.count(|it| *it == Skip::Changes),
                ["would change something"; 2],
            ),
            (
                self.count(|it| *it == Skip::NoRoute),
                ["takes no route of its page", "take no route of their page"],
            ),
            (
                self.count(|it| *it == Skip::Failure),
                ["shows a failure", "show a failure"],
            ),
            (
                self.count(|it| *it == Skip::NoExample),
                ["has no example", "have no example"],
            ),
            (
                self.count(|it| matches!(it, Skip::NoValue(_))),
                [
                    "lacks a value for a placeholder",
                    "lack a value for a placeholder",
                ],
            ),
            (
                self.count(|it| matches!(it, Skip::Unsendable(_))),
                [
                    "cannot be sent as it is written",
                    "cannot be sent as they are written",
                ],
            ),
            (
                self.count(|it| *it == Skip::Limit),
                ["is more than may be sent", "are more than may be sent"],
            ),
            (
                self.count(|it| *it == Skip::Unreachable),
                ["came when no answers did"; 2],
            ),
            (
                self.count(|it| *it == Skip::Refused),
                ["was refused", "were refused"],
            ),
        ];
        for (count, [one, many]) in reasons.into_iter().filter(|(count, _)| *count > 0) {
            let reason = if count == 1 { one } else { many };
            write!(f, "\n{count:>6} {reason}")?;
        }
        let mut names: Vec<(usize, &str)> = Vec::new();
        for (skip, count) in &self.skipped {
            if let Skip::NoValue(name) = skip {
                names.push((*count, name));
            }
        }
        // The names that most requests wait for come first.
        names.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let told = names.iter().take(TOLD);
        let told: Vec<String> = told
            .map(|(count, name)| format!("{name} ({count})"))
            .collect();
        let told = told.join(", ");
        match names.len() {
            0 => Ok(()),
            1 => write!(f, "\na value is missing for {told}"),
            2..=TOLD => write!(f, "\nvalues are missing for {told}"),
            more => {
                let others = counted(more - TOLD, "other");
                write!(f, "\nvalues are missing for {told} and {others}")
            }
        }
    }
}

fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_spoken_of_as_one() {
        let mut summary = Summary {
            requests: 1,
            operations: 1,
            ..Summary::default()
        };
        let skips = [
            Skip::NoRoute,
            Skip::NoExample,
            Skip::NoValue("id".to_owned()),
            Skip::Unsendable("why".to_owned()),
            Skip::Limit,
            Skip::Refused,
        ];
        skips.iter().for_each(|skip| summary.skip(skip.clone()));
        let one = "\
1 request sent, 0 of 1 operation verified
     1 takes no route of its page
     1 has no example
     1 lacks a value for a placeholder
     1 cannot be sent as it is written
     1 is more than may be sent
     1 was refused
a value is missing for id (1)";
        assert_eq!(summary.to_string(), one);
        (summary.requests, summary.operations) = (2, 2);
        skips.iter().for_each(|skip| summary.skip(skip.clone()));
        (0..TOLD).for_each(|index| summary.skip(Skip::NoValue(format!("key-{index}"))));
        let many = "\
2 requests sent, 0 of 2 operations verified
     2 take no route of their page
     2 have no example
    12 lack a value for a placeholder
     2 cannot be sent as they are written
     2 are more than may be sent
     2 were refused
values are missing for id (2), key-0 (1), ";
        let shown = summary.to_string();
        assert!(shown.starts_with(many), "{shown}");
        assert!(shown.ends_with("key-8 (1) and 1 other"), "{shown}");
    }
}
