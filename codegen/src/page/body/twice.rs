//! Names that stand in one object twice.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::page::context::Context;
use crate::page::excerpt::Excerpt;
use crate::vocabulary::{Json, Kind};

/// Reports each name that stands in one object of a body twice, where it stands again. The objects of an
/// array often share a fault: that is said once.
pub(in crate::page) fn report<'v>(cx: &mut Context<'_>, body: &Excerpt<'_>, value: impl Json<'v>) {
    let mut said = BTreeSet::new();
    find(value, &mut Vec::with_capacity(FEW), &mut |name| {
        if !said.insert(name) {
            return;
        }
        let place = body.quoted(name).unwrap_or_else(|| body.whole());
        let message = format!("`{name}` stands in the same object before");
        let help = "most readers keep the last value alone: leave one out, or call it what it is";
        cx.report_with_help(Code::KeyTwice, place, message, help);
    });
}

/// The most names that are compared with one another: in the objects of most pages that takes a tenth of what it
/// takes to sort them, and of many it would take for ever.
const FEW: usize = 32;

/// Hands over each name that an object has already, of a value and of those in it. `names` holds those of the
/// objects around it.
fn find<'v, N: Json<'v>>(value: N, names: &mut Vec<&'v str>, each: &mut impl FnMut(&'v str)) {
    match value.kind() {
        Kind::Array => value.items().for_each(|item| find(item, names, each)),
        Kind::Object => {
            let first = names.len();
            for (name, member) in value.members() {
                names.push(name);
                find(member, names, each);
            }
            let own = &mut names[first..];
            if own.len() > FEW {
                own.sort_unstable();
                let again = own.windows(2).filter(|pair| pair[0] == pair[1]);
                again.for_each(|pair| each(pair[1]));
            } else {
                let again = (1..own.len()).filter(|&at| own[..at].contains(&own[at]));
                again.for_each(|at| each(own[at]));
            }
            names.truncate(first);
        }
        _ => {}
    }
}
