//! Calls of documented functions that lack arguments.

use docwright::model::{Api, Route, Segment, SegmentKind, Source};
use docwright::vocabulary::Call;
use percent_encoding::percent_decode_str;

/// A documented function that a path calls without all of its arguments.
pub(super) struct Lack {
    /// The name of the function.
    pub(super) function: String,
    /// The names of the arguments that it lacks.
    pub(super) arguments: Vec<String>,
    /// Where the function is documented.
    pub(super) source: Option<Source>,
}

/// The function that a path behind the base URL calls, where nothing but arguments is wrong with the call;
/// of several, the one that lacks the fewest.
pub(super) fn lack(api: &Api, method: &str, path: &str) -> Option<Lack> {
    let given: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    let routes = api.routes.iter().filter(|route| route.method == method);
    let lacks = routes.filter_map(|route| of_route(route, &given));
    lacks.min_by_key(|lack| lack.arguments.len())
}

fn of_route(route: &Route, given: &[&str]) -> Option<Lack> {
    let segments = &route.path.segments;
    let (last, before) = segments.split_last()?;
    if segments.len() != given.len() || last.kind != SegmentKind::Function {
        return None;
    }
    let (call, place) = given.split_last()?;
    let mut pairs = before.iter().zip(place);
    if !pairs.all(|(segment, given)| fits(segment, given)) {
        return None;
    }
    let call = percent_decode_str(call).decode_utf8().ok()?;
    let documented = last.to_string();
    // Without parentheses it may be anything else, such as the collection that has this alternate key.
    let (documented, called) = (Call::read(&documented)?, Call::read(&call)?);
    if !documented.name.eq_ignore_ascii_case(called.name) {
        return None;
    }
    let names = documented.names()?;
    let given = called.named(&names)?;
    let lacking = names.iter().zip(given).filter(|(_, it)| it.is_none());
    let arguments: Vec<String> = lacking.map(|(&name, _)| name.to_owned()).collect();
    (!arguments.is_empty()).then(|| Lack {
        function: documented.name.to_owned(),
        arguments,
        source: route.sources.first().copied(),
    })
}

/// Whether a segment is the documented one, or a value in its place.
fn fits(segment: &Segment, given: &str) -> bool {
    match segment.literal() {
        Some(text) => text.eq_ignore_ascii_case(given),
        None => segment.kind == SegmentKind::Key,
    }
}
