//! What the title of a section says that it is for.

use super::SectionKind;
use crate::nearness::nearest;
use crate::text::{is_of_several_words, strip_start};

/// What is known of what a section is for.
pub(super) struct Said {
    pub(super) is: SectionKind,
    pub(super) is_named: bool,
    pub(super) meant: Option<&'static str>,
}

/// What a section is for: what its title says, unless it stands within an example; and where the
/// title says nothing, not even with a slip in it, what the section around it is for.
pub(super) fn kind(title: &str, level: u8, parents: &[(u8, SectionKind)]) -> Said {
    let unnamed = |is| Said {
        is,
        is_named: false,
        meant: None,
    };
    if parents
        .iter()
        .any(|&(_, kind)| kind == SectionKind::Example)
    {
        return unnamed(SectionKind::Example);
    }
    if level == 1 {
        return unnamed(SectionKind::Introduction);
    }
    let named = named(title).filter(|_| !is_of_several_words(title));
    let around = parents.last().map(|&(_, kind)| kind);
    // Below *Request body*, a heading may say with which permissions the body is sent.
    let in_body = around == Some(SectionKind::RequestBody);
    let named = named.filter(|&kind| !in_body || kind != SectionKind::Permissions);
    // And below *Response*, headers are those of the response.
    let in_answer = around == Some(SectionKind::Response);
    let named = named.filter(|&kind| !in_answer || kind != SectionKind::RequestHeaders);
    let meant = match named {
        Some(_) => None,
        None => {
            nearest(title, USUAL.iter().map(|&(usual, _)| usual)).or_else(|| meant_ending(title))
        }
    };
    if let Some(is) = named.or_else(|| usual(meant?).or(Some(SectionKind::Members))) {
        return Said {
            is,
            is_named: true,
            meant,
        };
    }
    let inherited = around.filter(|&kind| kind != SectionKind::Introduction);
    unnamed(inherited.unwrap_or(SectionKind::Other))
}

/// The titles of most sections, which are soon told apart.
const USUAL: [(&str, SectionKind); 16] = [
    ("Permissions", SectionKind::Permissions),
    ("HTTP request", SectionKind::HttpRequest),
    ("Path parameters", SectionKind::PathParameters),
    ("Function parameters", SectionKind::FunctionParameters),
    ("Query parameters", SectionKind::QueryParameters),
    ("Optional query parameters", SectionKind::QueryParameters),
    ("Request headers", SectionKind::RequestHeaders),
    ("Request body", SectionKind::RequestBody),
    ("Response", SectionKind::Response),
    ("Example", SectionKind::Example),
    ("Examples", SectionKind::Example),
    ("Properties", SectionKind::Properties),
    ("Relationships", SectionKind::Relationships),
    ("JSON representation", SectionKind::Json),
    ("Methods", SectionKind::Methods),
    ("Members", SectionKind::Members),
];

/// What a title says by itself.
pub(in crate::page) fn named(title: &str) -> Option<SectionKind> {
    usual(title).or_else(|| named_kind(&title.to_ascii_lowercase()))
}

/// What one of the usual titles says.
fn usual(title: &str) -> Option<SectionKind> {
    let mut usual = USUAL.iter();
    let found = usual.find(|(usual, _)| usual.eq_ignore_ascii_case(title));
    found.map(|&(_, kind)| kind)
}

/// What titles that announce the members of an enumeration end with.
const MEMBER_ENDINGS: [&str; 5] = ["values", "members", "enumeration", "flags", "options"];

/// What another title says that its section is for. The spellings are those that documentation sets use.
fn named_kind(title: &str) -> Option<SectionKind> {
    // A page may have a chapter for each way to call an operation, of which HTTP is one.
    let title = title.strip_prefix("rest ").unwrap_or(title);
    let has = |words: &str| title.contains(words);
    let is_numbered = |word: &str| {
        let rest = title.strip_prefix(word);
        rest.is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_digit()))
    };
    Some(if title.starts_with("example") || is_sample(title) {
        SectionKind::Example
    } else if has("http request") || is_routes(title) {
        SectionKind::HttpRequest
    } else if has("response header") || has("error") && !title.ends_with("properties") {
        SectionKind::Other
    } else if has("request header") || matches!(title, "headers" | "header parameters") {
        SectionKind::RequestHeaders
    } else if has("path parameter") || has("route parameter") {
        SectionKind::PathParameters
    } else if has("function parameter") {
        SectionKind::FunctionParameters
    } else if has("query parameter") || has("query string parameter") || has("query option") {
        SectionKind::QueryParameters
    } else if is_of_url(title) {
        // Those in the path are told from the others by their names.
        SectionKind::QueryParameters
    } else if has("request body")
        || matches!(
            title,
            "parameters" | "request parameters" | "body parameters"
        )
    {
        SectionKind::RequestBody
    } else if title == "members" || is_member_title(title) {
        SectionKind::Members
    } else if has("permission")
        || has("prerequisites")
        || matches!(title, "scopes" | "required scopes" | "authorization")
    {
        SectionKind::Permissions
    } else if title.starts_with("response")
        || title.starts_with("http response")
        || matches!(
            title,
            "status codes" | "http status codes" | "returns" | "return value" | "return values"
        )
    {
        SectionKind::Response
    } else if is_numbered("request") || title == "initial request" {
        SectionKind::Example
    } else if has("json representation") {
        SectionKind::Json
    } else if has("relationships") || matches!(title, "navigation" | "navigation properties") {
        SectionKind::Relationships
    } else if title.ends_with("properties") || has("instance attributes") || title == "attributes" {
        SectionKind::Properties
    } else if title == "methods" {
        SectionKind::Methods
    } else if is_description(title) {
        SectionKind::Introduction
    } else {
        return None;
    })
}

/// Whether a title announces the values in a URL, of the path and of the query: `uri parameters`, `url filter parameters`.
fn is_of_url(title: &str) -> bool {
    let mut words = title.split(' ');
    words.any(|word| matches!(word, "uri" | "url"))
        && words.any(|word| matches!(word, "parameter" | "parameters"))
}

/// The titles of sections that show how requests are written, and are no part of what an operation is called.
const ROUTES: [&str; 6] = [
    "URL",
    "Request URL",
    "Request URI",
    "Request syntax",
    "Endpoint",
    "Route",
];

/// Those of them that may stand above a list of all that there is, too.
const SEVERAL_ROUTES: [&str; 2] = ["Endpoints", "Routes"];

/// Whether a title announces how requests are written: `request syntax`, `endpoint`.
pub(in crate::page) fn is_routes(title: &str) -> bool {
    let mut titles = ROUTES.iter();
    titles.any(|it| it.eq_ignore_ascii_case(title)) || is_of_several(title)
}

/// Whether a title may announce what other pages are about: `endpoints`.
pub(super) fn is_of_several(title: &str) -> bool {
    let mut titles = SEVERAL_ROUTES.iter();
    titles.any(|it| it.eq_ignore_ascii_case(title))
}

/// What a title says of the parameters below it: `URL parameters`, `body parameters`.
pub(in crate::page) fn kind_of_parameters(title: &str) -> Option<SectionKind> {
    use SectionKind::{
        FunctionParameters, PathParameters, QueryParameters, RequestBody, RequestHeaders,
    };
    let kind = named(title)?;
    let of_parameters = [
        PathParameters,
        FunctionParameters,
        QueryParameters,
        RequestHeaders,
        RequestBody,
    ];
    of_parameters.contains(&kind).then_some(kind)
}

/// Whether a title announces a message of an example, or several: `sample request`, `response sample`, `request examples`.
fn is_sample(title: &str) -> bool {
    let one = title.strip_suffix('s').unwrap_or(title);
    let shown = title.strip_prefix("sample ");
    let shown = shown.or_else(|| one.strip_suffix(" sample"));
    let shown = shown.or_else(|| one.strip_suffix(" example"));
    shown.is_some_and(|shown| matches!(shown, "request" | "requests" | "response" | "responses"))
}

/// Whether a title announces what an operation does: `description`, `api method description`. That of something else,
/// as `field description` is, says nothing of that.
fn is_description(title: &str) -> bool {
    const OPERATIONS: [&str; 4] = ["api", "method", "operation", "function"];
    title.strip_suffix("description").is_some_and(|of| {
        let mut words = of.split_whitespace();
        words
            .next_back()
            .is_none_or(|word| OPERATIONS.contains(&word))
    })
}

/// Whether a title announces the members of an enumeration, as `sensitivity values` does.
fn is_member_title(title: &str) -> bool {
    let mut endings = MEMBER_ENDINGS.iter();
    endings.any(|ending| {
        title
            .strip_suffix(ending)
            .is_some_and(|it| it.ends_with(' '))
    })
}

/// The ending that a title of two words has but for a slip: `sensitivity vaules`. One in the singular is
/// about something else.
fn meant_ending(title: &str) -> Option<&'static str> {
    let (_, last) = title.split_once(' ')?;
    let meant = nearest(last, MEMBER_ENDINGS)?;
    let is_singular = meant
        .strip_suffix('s')
        .is_some_and(|one| one.eq_ignore_ascii_case(last));
    (!is_singular).then_some(meant)
}

/// Whether a title says that a request follows, and not of what.
pub(super) fn is_http_request(title: &str) -> bool {
    let usual = ["HTTP request", "HTTP requests"];
    is_request(title) || usual.iter().any(|usual| usual.eq_ignore_ascii_case(title))
}

/// Whether a title says no more than that it is about a request, which may be an example.
pub(super) fn is_request(title: &str) -> bool {
    let title = strip_start(title, "REST ").unwrap_or(title);
    title.eq_ignore_ascii_case("Request")
}

/// A heading without the number of its section, too, where that has no full stop and `is_of_section` knows it.
pub(super) fn without_numbers(title: &str, is_of_section: impl Fn(&str) -> bool) -> &str {
    let title = without_number(title);
    // Hardly any heading has one.
    if !title.starts_with(|c: char| c.is_ascii_digit()) {
        return title;
    }
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    match title.split_once(' ') {
        Some((number, rest)) if is_number(number) && is_of_section(number) => rest.trim_start(),
        _ => title,
    }
}

/// A heading without the number of its section: `1.2 Permissions`. A number without a full stop is a part of it, as
/// that of a status is.
pub(in crate::page) fn without_number(title: &str) -> &str {
    let is_number = |word: &str| {
        let mut bytes = word.bytes();
        word.contains('.') && bytes.all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    // Hardly any heading has one.
    if !title.starts_with(|c: char| c.is_ascii_digit()) {
        return title;
    }
    match title.split_once(' ') {
        Some((first, rest)) if is_number(first) => rest.trim_start(),
        _ => title,
    }
}
