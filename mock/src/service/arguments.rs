//! Calls of documented functions that lack arguments.

use std::borrow::Cow;

use docwright::model::{Api, Piece, Route, Segment, SegmentKind, Source};
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
    let (documented, called) = (written(last), parts(&call));
    let documented = parts(&documented);
    let knows = |names: &[&str], name: &str| names.iter().any(|it| it.eq_ignore_ascii_case(name));
    // Without parentheses it may be anything else, such as the collection that has this alternate key.
    let is_same = call.contains('(')
        && documented.0.eq_ignore_ascii_case(called.0)
        && called.1.iter().all(|name| knows(&documented.1, name));
    let lacking = documented.1.iter().filter(|name| !knows(&called.1, name));
    let arguments: Vec<String> = lacking.map(|&name| name.to_owned()).collect();
    (is_same && !arguments.is_empty()).then(|| Lack {
        function: documented.0.to_owned(),
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

/// A segment with nothing in the places of its parameters.
fn written(segment: &Segment) -> String {
    let texts = segment.pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => Cow::from(text.as_str()),
        Piece::Parameter(_) => Cow::default(),
    });
    texts.collect()
}

/// The name of a function, and those of the arguments in the parentheses behind it. A value with a comma in
/// it makes a name that no function has, and the call is none of one then.
fn parts(call: &str) -> (&str, Vec<&str>) {
    let (name, arguments) = call.split_once('(').unwrap_or((call, ""));
    let arguments = arguments.trim_end_matches(')').split(',');
    let names = arguments.filter_map(|argument| {
        let name = argument.split('=').next().unwrap_or(argument).trim();
        (!name.is_empty()).then_some(name)
    });
    (name, names.collect())
}
