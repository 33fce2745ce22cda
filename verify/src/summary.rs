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
        let plural = if *requests == 1 { "" } else { "s" };
        write!(
            f,
            "{requests} request{plural} sent, {covered} of {operations} operations verified"
        )?;
        let reasons = [
            (
                self.count(|it| *it == Skip::Changes),
                "would change something",
            ),
            (
                self.count(|it| *it == Skip::NoRoute),
                "take no route of their page",
            ),
            (self.count(|it| *it == Skip::Failure), "show a failure"),
            (self.count(|it| *it == Skip::NoExample), "have no example"),
            (
                self.count(|it| matches!(it, Skip::NoValue(_))),
                "lack a value for a placeholder",
            ),
            (
                self.count(|it| matches!(it, Skip::Unsendable(_))),
                "cannot be sent as they are written",
            ),
            (
                self.count(|it| *it == Skip::Limit),
                "are more than may be sent",
            ),
            (
                self.count(|it| *it == Skip::Unreachable),
                "came when no answers did",
            ),
            (self.count(|it| *it == Skip::Refused), "were refused"),
        ];
        for (count, reason) in reasons.into_iter().filter(|(count, _)| *count > 0) {
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
        match (told.len(), names.len()) {
            (0, _) => Ok(()),
            (told_of, all) if told_of < all => {
                write!(f, "\nvalues are missing for {} and others", told.join(", "))
            }
            _ => write!(f, "\nvalues are missing for {}", told.join(", ")),
        }
    }
}
