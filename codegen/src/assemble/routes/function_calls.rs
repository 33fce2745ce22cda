//! Calls of functions: what a route line does not say of their arguments, a table or an example does.

use std::borrow::Cow;

use foldhash::HashMap;
use smol_str::SmolStr;

use crate::assemble::findings::OfPage;
use crate::diagnostic::Code;
use crate::model::Operation;
use crate::page::Page;
use crate::page::route::{RouteLine, parse_target, path_segments};
use crate::vocabulary::{Call, Encoding, Segment, SegmentKind, split_query};

/// The requests of a page's examples that may call functions, by method and target: hardly any do.
pub(super) fn shown<'a>(page: &Page<'a>) -> Vec<(&'a str, &'a str)> {
    let requests = page.examples.requests.iter();
    let requests = requests.filter_map(|request| request.message.request());
    requests
        .filter(|(_, target)| target.contains('('))
        .collect()
}

/// The route line with what it leaves out of the calls of functions: their arguments, or the name of one.
pub(super) fn complete<'l, 'a>(
    of: &mut OfPage<'_, '_>,
    calls: &[(&str, &str)],
    named: &HashMap<String, &Segment>,
    mut line: Cow<'l, RouteLine<'a>>,
) -> Cow<'l, RouteLine<'a>> {
    if calls.is_empty() && named.is_empty() {
        return line;
    }
    for at in 0..line.path.segments.len() {
        let segment = &line.path.segments[at];
        let found = match segment.kind {
            SegmentKind::Name => with_arguments(of.page, calls, line.method, segment),
            SegmentKind::Item => with_name(named, segment),
            _ => None,
        };
        let Some((function, message, help)) = found else {
            continue;
        };
        of.report_with_help(Code::RouteArguments, line.span, message, help);
        line.to_mut().path.segments[at] = function;
    }
    line
}

/// The call of the function that a segment names, where the page's examples call it with arguments only: without
/// them, such a function cannot be called. Beside it, what to say of that.
fn with_arguments(
    page: &Page<'_>,
    calls: &[(&str, &str)],
    method: &str,
    segment: &Segment,
) -> Option<(Segment, String, String)> {
    let name = segment.literal()?;
    let call = call(page, calls, method, name)?;
    let message = format!("the function `{name}` is written without its arguments");
    let help = format!("an example calls it as `{call}`");
    Some((function(&call)?, message, help))
}

/// The call of a function that a segment is with a value in parentheses. Such a segment picks one thing out of a
/// collection, unless other routes of the set call a function of that name with an argument of the value's name.
fn with_name(
    named: &HashMap<String, &Segment>,
    segment: &Segment,
) -> Option<(Segment, String, String)> {
    let name = segment.collection()?;
    let &function = named.get(&name.to_lowercase())?;
    let is_argument = |value: &SmolStr| function.parameters().any(|it| it.is_called(value));
    let mut values = segment.parameters().flat_map(|value| &value.documented);
    if !values.any(is_argument) {
        return None;
    }
    let message = format!("the function `{name}` is called without the name of its argument");
    let help = format!("other routes call it as `{function}`");
    Some((function.clone(), message, help))
}

/// The calls of functions with one argument, by the names of the functions in lower case. They are of use
/// where a route has a value in parentheses that has no name; hardly any does.
pub(super) fn named<'p>(pages: &'p [Page<'_>]) -> HashMap<String, &'p Segment> {
    if !segments(pages).any(|segment| segment.collection().is_some()) {
        return HashMap::default();
    }
    let calls = segments(pages).filter(|segment| {
        segment.kind == SegmentKind::Function && segment.parameters().count() == 1
    });
    let is_quoted = |segment: &Segment| {
        let mut values = segment.parameters();
        values.any(|value| value.encoding == Encoding::Quoted)
    };
    let mut named = HashMap::default();
    for segment in calls {
        let text = segment.to_string();
        let call = Call::read(&text).filter(|call| call.names().is_some());
        if let Some(call) = call {
            let known = named.entry(call.name.to_lowercase()).or_insert(segment);
            // Some routes leave the quotes out, and none has too many.
            if is_quoted(segment) && !is_quoted(known) {
                *known = segment;
            }
        }
    }
    named
}

/// The line of a request with the placeholders that route lines of any page have where it calls a function: a request
/// shows one of the many values that an argument can have, as in `search(q='red')`.
pub(super) fn as_elsewhere<'a>(pages: &[Page<'_>], mut line: RouteLine<'a>) -> RouteLine<'a> {
    for segment in &mut line.path.segments {
        if let Some(function) = elsewhere(pages, segment) {
            *segment = function.clone();
        }
    }
    line
}

/// The segment of a route line that calls the function of a request's segment with the same arguments, all of them
/// placeholders, where that has a value for one.
fn elsewhere<'p>(pages: &'p [Page<'_>], segment: &Segment) -> Option<&'p Segment> {
    // Hardly any request is a route, and few of those call a function.
    if segment.kind != SegmentKind::Function {
        return None;
    }
    let written = segment.to_string();
    let call = Call::read(&written)?;
    let names = sorted_names(call)?;
    if segment.parameters().count() == names.len() {
        return None;
    }
    segments(pages).find(|it| {
        let is_open = it.kind == SegmentKind::Function && it.parameters().count() == names.len();
        let text = is_open.then(|| it.to_string());
        let known = text.as_deref().and_then(Call::read);
        known.is_some_and(|known| {
            known.name.eq_ignore_ascii_case(call.name) && sorted_names(known) == Some(names.clone())
        })
    })
}

/// The segments of all route lines.
fn segments<'p>(pages: &'p [Page<'_>]) -> impl Iterator<Item = &'p Segment> {
    let lines = pages.iter().flat_map(|page| page.route_lines());
    lines.flat_map(|line| &line.path.segments)
}

/// The names of a call's arguments in lower case, whatever their order is.
fn sorted_names(call: Call<'_>) -> Option<Vec<String>> {
    let names = call.names()?.into_iter();
    let mut names: Vec<String> = names.map(str::to_lowercase).collect();
    names.sort_unstable();
    Some(names)
}

/// The segment that a call is: what has the form of one is a path of one segment.
pub(super) fn function(call: &str) -> Option<Segment> {
    let (path, _) = parse_target(call).ok()?;
    <[Segment; 1]>::try_from(path.segments)
        .ok()
        .map(|[function]| function)
}

/// An argument with a placeholder in place of a value, between the quotes and behind the type that
/// the value has.
pub(super) fn placeholder(name: &str, value: &str) -> String {
    let is_type = |ty: &&str| {
        ty.chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'))
    };
    let quoted = value
        .strip_suffix('\'')
        .and_then(|value| value.split_once('\''));
    match quoted.map(|(ty, _)| ty).filter(is_type) {
        Some(ty) => format!("{name}={ty}'{{{name}}}'"),
        None => format!("{name}={{{name}}}"),
    }
}

/// The template of a function that an example calls: `between(start='{start}',days={days})`. There
/// is none where the arguments may be left out, and where a route line writes them.
fn call(page: &Page<'_>, calls: &[(&str, &str)], method: &str, name: &str) -> Option<String> {
    let call = calls.iter().find_map(|&(shown, target)| {
        // Each is asked about every segment of a route.
        let target = Some(target).filter(|target| may_call(target, name))?;
        let (path, _) = split_query(target);
        let mut segments = path_segments(path).into_iter();
        let call = segments.find_map(|segment| {
            let call = Call::read(segment.trim())?;
            call.name.eq_ignore_ascii_case(name).then_some(call)
        })?;
        let arguments = template(call)?;
        (shown == method).then(|| format!("{name}({arguments})"))
    })?;
    let lines = page.route_lines();
    let mut written = lines.flat_map(|line| &line.path.segments);
    let is_written = |text: &str| Call::read(text).is_some_and(|call| call.name == name);
    let needless =
        written.any(|segment| is_written(&segment.to_string())) || is_called_bare(page, name);
    (!needless).then_some(call)
}

/// The segment that a text is one of, where it calls the function of a route's segment with more
/// arguments or with fewer: with such as may be left out, as a table of the operation says.
pub(super) fn with_other_arguments(
    operation: &Operation,
    segment: &Segment,
    text: &str,
) -> Option<Segment> {
    if !matches!(segment.kind, SegmentKind::Name | SegmentKind::Function) {
        return None;
    }
    let written = segment.to_string();
    let read = |text| Call::read(text).unwrap_or(Call::bare(text));
    let (own, called) = (read(&written), read(text));
    if !own.name.eq_ignore_ascii_case(called.name) {
        return None;
    }
    let (name, own, shown) = (own.name, own.names()?, called.names()?);
    let in_one = |name: &&&str| own.contains(*name) != shown.contains(*name);
    let mut differing = own.iter().chain(&shown).filter(in_one).peekable();
    differing.peek()?;
    let rows = [&operation.function_parameters, &operation.path_parameters];
    let is_optional = |name: &&str| {
        let mut rows = rows.into_iter().flatten();
        rows.any(|row| row.name == *name && !row.required)
    };
    if !differing.all(is_optional) {
        return None;
    }
    // The order of the route line is kept, whatever that of the example is.
    let mut ordered: Vec<&str> = own.into_iter().filter(|it| shown.contains(it)).collect();
    let more: Vec<&str> = shown
        .into_iter()
        .filter(|it| !ordered.contains(it))
        .collect();
    ordered.extend(more);
    let call = called.in_order(&ordered)?;
    match template(Call::read(&call)?) {
        Some(arguments) => function(&format!("{name}({arguments})")),
        None => Some(Segment::name(name)),
    }
}

/// Whether a target has the name of a function before a parenthesis.
fn may_call(target: &str, name: &str) -> bool {
    target.match_indices('(').any(|(at, _)| {
        let start = at.checked_sub(name.len());
        let before = start.and_then(|start| target.get(start..at));
        before.is_some_and(|before| before.eq_ignore_ascii_case(name))
    })
}

/// Whether an example takes a path with the name of the function and no arguments.
fn is_called_bare(page: &Page<'_>, name: &str) -> bool {
    page.examples.requests.iter().any(|request| {
        let Some((_, target)) = request.message.request() else {
            return false;
        };
        let mut segments = path_segments(split_query(target).0).into_iter();
        segments.any(|segment| segment.trim().eq_ignore_ascii_case(name))
    })
}

/// The arguments of a call with placeholders for their values; absent where there are none, and where
/// one has no name.
fn template(call: Call<'_>) -> Option<String> {
    call.names().filter(|names| !names.is_empty())?;
    let arguments = call.arguments().map(|it| placeholder(it.name, it.value));
    let arguments: Vec<String> = arguments.collect();
    Some(arguments.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_become_placeholders_and_keep_their_quotes() {
        let cases = [
            ("a='x, y',b=2", Some("a='{a}',b={b}")),
            ("a={id}", Some("a={a}")),
            ("a = 1, b = 2", Some("a={a},b={b}")),
            ("a=[1,2],b=['x','y']", Some("a={a},b={b}")),
            ("a='O''Neil',b=ns.t'x'", Some("a='{a}',b=ns.t'{b}'")),
            ("a=['x',b='c']", Some("a={a}")),
            ("'x'", None),
            ("", None),
        ];
        for (arguments, expected) in cases {
            let call = format!("f({arguments})");
            let template = template(Call::read(&call).unwrap());
            assert_eq!(template.as_deref(), expected, "{arguments}");
        }
    }
}
