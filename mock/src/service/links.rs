//! Links in an answer.

use std::borrow::Cow;

use docwright::model::Operation;
use http::HeaderValue;
use serde_json::Value;

use super::call::Call;
use super::paging::Names;
use super::texts;
use crate::answer::Answer;
use crate::exchange::Exchange;
use crate::query::{option, pairs};

const DELTA: &str = "@odata.deltaLink";

/// What such a link asks for the changes with.
const DELTA_TOKEN: &str = "$deltatoken";

/// The token of links that pages have no place for.
const MORE: &str = "more";

/// Names what the answer, or a property of it, is by its place in a document that is not served here: nobody
/// follows it.
const CONTEXT: &str = "@odata.context";

/// Has links lead back here, whose documented base is `base`: those to more of the answer wherever
/// the page shows that they lead, all others where they lead below the base.
pub(super) fn turn(
    answer: &mut Answer<'_>,
    exchange: Option<&Exchange>,
    call: &Call<'_>,
    base: Option<&str>,
    names: Names<'_>,
) {
    if let Some(value) = answer.body.json_mut() {
        to_more(value, exchange, call, base, names);
    }
    let Some(base) = base else {
        return;
    };
    let home = call.home();
    if let Some(value) = answer.body.json_mut() {
        texts::change(value, &|name, text| match name.ends_with(CONTEXT) {
            true => None,
            false => turned(text, base, home),
        });
    }
    for value in answer.headers.values_mut() {
        let turned = value.to_str().ok().and_then(|it| turned(it, base, home));
        if let Some(turned) = turned.and_then(|it| HeaderValue::try_from(it).ok()) {
            *value = turned;
        }
    }
}

/// Has links to more of the answer lead to this collection where the page shows no place for them;
/// behind the last documented page there is none.
fn to_more(
    value: &mut Cow<'_, Value>,
    exchange: Option<&Exchange>,
    call: &Call<'_>,
    base: Option<&str>,
    names: Names<'_>,
) {
    let token = option(&call.query, "$skiptoken").or(option(&call.query, "$skip"));
    let documented = exchange.is_some_and(|it| it.query == call.query);
    if token.is_some()
        && !documented
        && names.links().any(|name| value.get(name).is_some())
        && let Some(properties) = value.to_mut().as_object_mut()
    {
        names.leave_out_link(properties);
    }
    for name in names.links().chain([DELTA]) {
        let link = value.get(name).and_then(Value::as_str);
        let leads_here = |link| base.is_some_and(|base| below(base, link).is_some());
        if link.is_some_and(|link| !leads_here(link)) {
            value.to_mut()[name] = format!("{}?$skiptoken={MORE}", call.here).into();
        }
    }
}

/// Whether a request follows a link to more of a collection behind all that the pages show: `shown` is the
/// exchange that answers with `value`, and `exchanges` are all that could.
pub(super) fn is_behind_all(
    call: &Call<'_>,
    shown: Option<&Exchange>,
    exchanges: &[Exchange],
    value: &Value,
    names: Names<'_>,
) -> bool {
    // What is skipped is left out of what a page shows, and may leave something.
    if option(&call.query, "$skip").is_some() {
        return false;
    }
    let documented = shown.map_or(&[][..], |it| &it.query);
    let has = |query: &[(String, String)], name: &str| option(query, name).is_some();
    let is_given = |name| has(&call.query, name) && !has(documented, name);
    if is_given("$skiptoken") || is_given(DELTA_TOKEN) {
        return true;
    }
    // What a page shows is not also what is behind it, nor is it where the page has no place for more.
    let is_behind_shown = || {
        option(&call.query, "$skiptoken") == Some(MORE)
            || shown.is_some_and(|it| leads_to(it, &call.query, names))
    };
    if documented != call.query && is_behind_shown() || leads_back(value, call, names) {
        return true;
    }
    let is_shown = call.query.iter().all(|(name, _)| has(documented, name));
    !is_shown && exchanges.iter().any(|it| leads_to(it, &call.query, names))
}

/// Whether an answer links to the very request that it is given to, as where its path has the number of the page.
fn leads_back(value: &Value, call: &Call<'_>, names: Names<'_>) -> bool {
    let links = names.links().filter_map(|name| value.get(name)?.as_str());
    let mut split = links.map(|link| link.split_once('?').unwrap_or((link, "")));
    split.any(|(path, query)| path == call.here && pairs(query) == call.query)
}

/// Leaves out the link of a page that leads to itself, as some are documented: it would be asked for without an
/// end.
pub(super) fn leave_out_own(value: &mut Cow<'_, Value>, call: &Call<'_>, names: Names<'_>) {
    if leads_back(value, call, names)
        && let Some(properties) = value.to_mut().as_object_mut()
    {
        names.leave_out_link(properties);
    }
}

/// Whether the answer of an exchange links to more of it by this query.
fn leads_to(exchange: &Exchange, query: &[(String, String)], names: Names<'_>) -> bool {
    let answer = exchange.answer.as_ref().and_then(|it| it.body.json());
    let links = names.links().filter_map(|name| answer?.get(name)?.as_str());
    let mut behind = links.filter_map(|link| link.split_once('?'));
    behind.any(|(_, behind)| pairs(behind) == query)
}

/// Leaves all items out of a collection, and the link to more: who follows the links of pages to the end
/// would have the same items again, and a service has none twice.
pub(super) fn empty(value: &mut Cow<'_, Value>, names: Names<'_>) {
    if !value.get(names.items).is_some_and(Value::is_array) {
        return;
    }
    if let Some(properties) = value.to_mut().as_object_mut() {
        properties.insert(names.items.to_owned(), Value::Array(Vec::new()));
        names.leave_out_link(properties);
    }
}

/// Has the last page of what tracks changes, as an operation does that documents how they are asked for, lead
/// on to them: who stores that link would else never see one.
pub(super) fn to_changes(value: &mut Cow<'_, Value>, operation: &Operation, call: &Call<'_>) {
    let mut options = operation.query_parameters.iter();
    if options.any(|option| option.name == DELTA_TOKEN)
        && value.get(DELTA).is_none()
        && let Some(properties) = value.to_mut().as_object_mut()
    {
        let link = format!("{}?{DELTA_TOKEN}={MORE}", call.here);
        properties.insert(DELTA.to_owned(), link.into());
    }
}

/// A text with links below `home` in the place of those below the base; nothing where there are none.
/// A link begins the text, or stands in angle brackets (RFC 8288, section 3).
fn turned(text: &str, base: &str, home: &str) -> Option<String> {
    if !text.contains("://") {
        return None;
    }
    let parts = text.split_inclusive('<');
    let parts = parts.map(|part| match below(base, part) {
        Some(rest) => Cow::from(format!("{home}{rest}")),
        None => part.into(),
    });
    let turned: String = parts.collect();
    (turned != text).then_some(turned)
}

/// What of a link is behind the base.
fn below<'l>(base: &str, link: &'l str) -> Option<&'l str> {
    let start = link.get(..base.len())?;
    let rest = &link[start.len()..];
    let is_below =
        start.eq_ignore_ascii_case(base) && (rest.is_empty() || rest.starts_with(['/', '?', '>']));
    is_below.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_below_the_base_or_not() {
        let base = "https://api.example.com/v1.0";
        let cases = [
            (
                "https://api.example.com/v1.0/users?$skip=1",
                Some("/users?$skip=1"),
            ),
            ("HTTPS://API.example.com/v1.0", Some("")),
            ("https://api.example.com/v1.01/users", None),
            ("https://example.com/v1.0/users", None),
            ("https://…", None),
        ];
        for (link, expected) in cases {
            assert_eq!(below(base, link), expected, "{link}");
        }
    }

    #[test]
    fn links_that_begin_a_text_or_stand_in_angle_brackets_lead_here() {
        let turned = |text| turned(text, "https://api.example.com/v1.0", "http://localhost:1");
        let cases = [
            (
                "https://api.example.com/v1.0/jobs/1",
                Some("http://localhost:1/jobs/1"),
            ),
            (
                "<https://api.example.com/v1.0/a?b>; rel=next, <https://api.example.com/v1.0>",
                Some("<http://localhost:1/a?b>; rel=next, <http://localhost:1>"),
            ),
            ("see https://api.example.com/v1.0/jobs", None),
            ("https://files.example.com/v1.0/a", None),
        ];
        for (text, expected) in cases {
            assert_eq!(turned(text).as_deref(), expected, "{text}");
        }
    }
}
