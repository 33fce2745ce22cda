//! Names that stand in one object twice.

use std::collections::BTreeSet;

use super::Value;
use crate::diagnostic::Code;
use crate::page::context::Context;
use crate::page::excerpt::Excerpt;

/// Reports each name that stands in one object of a body twice, where it stands again. The objects of an
/// array often share a fault: that is said once.
pub(in crate::page) fn report(cx: &mut Context<'_>, body: &Excerpt<'_>, value: Value<'_>) {
    let mut said = BTreeSet::new();
    let mut names = Vec::with_capacity(FEW);
    for object in value.objects() {
        names.clear();
        names.extend(object.children().map(|(name, _)| name));
        for name in again(&mut names) {
            if !said.insert(name) {
                continue;
            }
            let place = body.quoted(name).unwrap_or_else(|| body.whole());
            let message = format!("`{name}` stands in the same object before");
            let help =
                "most readers keep the last value alone: leave one out, or call it what it is";
            cx.report_with_help(Code::KeyTwice, place, message, help);
        }
    }
}

/// The most names that are compared with one another: in the objects of most pages that takes a tenth of what it
/// takes to sort them, and of many it would take for ever.
const FEW: usize = 32;

/// Each name that stands among others before it, which may be in another order then.
fn again<'n, 'v>(names: &'n mut [&'v str]) -> impl Iterator<Item = &'v str> + use<'n, 'v> {
    let is_sorted = names.len() > FEW;
    if is_sorted {
        names.sort_unstable();
    }
    let names = &*names;
    let stands_before = move |at: usize| match is_sorted {
        true => names[at - 1] == names[at],
        false => names[..at].contains(&names[at]),
    };
    let again = (1..names.len()).filter(move |&at| stands_before(at));
    again.map(move |at| names[at])
}
