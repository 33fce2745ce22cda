//! What departs, told once for each place of the pages.

use std::collections::BTreeMap;

use docwright::diagnostic::{Code, Diagnostic, Location};

use crate::Token;

/// Something in an answer that departs from a place in the pages.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) code: Code,
    /// What of the place it is about: the same thing in many answers is one finding.
    pub(crate) subject: String,
    pub(crate) location: Location,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// All that departs.
#[derive(Debug, Default)]
pub(crate) struct Findings(BTreeMap<(Location, Code, String), (Diagnostic, u32)>);

impl Findings {
    /// Adds what departs in one answer.
    pub(crate) fn extend(&mut self, found: Vec<Found>) {
        // Items of an array depart alike: that counts as once for the answer.
        let mut here = BTreeMap::new();
        for it in found {
            let key = (it.location.clone(), it.code, it.subject);
            here.entry(key).or_insert_with(|| {
                let finding = Diagnostic::new(it.code, it.location, it.message);
                match it.help {
                    Some(help) => finding.with_help(help),
                    None => finding,
                }
            });
        }
        for (key, finding) in here {
            self.0.entry(key).or_insert((finding, 0)).1 += 1;
        }
    }

    /// The findings by place, without the secrets anywhere.
    pub(crate) fn finish<'t>(
        self,
        secrets: impl IntoIterator<Item = &'t Token> + Clone,
    ) -> Vec<Diagnostic> {
        let hide = |text: String| {
            let secrets = secrets.clone().into_iter();
            secrets.fold(text, |text, secret| secret.hidden_in(&text))
        };
        let told = self.0.into_values().map(|(mut finding, count)| {
            let others = match count {
                1 => None,
                2 => Some("so does another answer".to_owned()),
                _ => Some(format!("so do {} other answers", count - 1)),
            };
            finding.help = match (finding.help, others) {
                (Some(help), Some(others)) => Some(format!("{help}; {others}")),
                (help, others) => help.or(others),
            };
            finding.help = finding.help.map(hide);
            finding.message = hide(finding.message);
            finding
        });
        told.collect()
    }
}
