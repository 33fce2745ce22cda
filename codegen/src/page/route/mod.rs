//! Route lines: a method and a path template, as they stand under *HTTP request*.

pub(crate) mod base_name;
pub(crate) mod base_path;
pub(crate) mod block;
mod method;
pub(crate) mod sample_calls;
pub mod segment;
mod shown_option;
pub(super) mod table;
pub(crate) mod written;

use super::context::Context;
use crate::diagnostic::Code;
use crate::source::Span;
use crate::text::is_blank;
use crate::vocabulary::{PathTemplate, split_query};

pub(super) use method::join_targets;
pub use method::split_method;
pub use shown_option::ShownOption;

/// A line under *HTTP request*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteLine<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path, with the names of parameters as the line writes them.
    pub path: PathTemplate,
    /// The options in the query string that the line shows.
    pub query: Vec<ShownOption<'a>>,
    /// The place of the line.
    pub span: Span,
}

/// Why a line is no route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteFault {
    /// The byte of the line.
    pub offset: usize,
    /// What is wrong there.
    pub message: &'static str,
}

/// Reads what follows the method of a route line: the path template and the query's names.
pub fn parse_target(target: &str) -> Result<(PathTemplate, Vec<ShownOption<'_>>), RouteFault> {
    let path_start = host_end(target);
    let (path, query) = split_query(&target[path_start..]);
    let fault = |fault: RouteFault| RouteFault {
        offset: fault.offset + path_start,
        message: fault.message,
    };
    if let Some(offset) = fragment(path) {
        let message = "a `#` begins a fragment, which is never sent; within a path it is `%23`";
        return Err(fault(RouteFault { offset, message }));
    }
    let (path, query) = match option(path) {
        Some(at) => path.split_at(at),
        None => (path, query),
    };
    let segments = split_segments(path).map_err(fault)?;
    let mut template = PathTemplate {
        segments: Vec::with_capacity(segments.len()),
    };
    let mut after_colon = false;
    // Between two colons stands a path, and a colon before a name may be the one that ends it.
    let mut is_open = false;
    let mut pieces = 0;
    for (offset, text) in segments {
        let segment = match segment::behind_colon(text).filter(|_| !is_open) {
            Some(parameter) => parameter,
            None => segment::parse(text, after_colon).map_err(|inner| {
                fault(RouteFault {
                    offset: inner.offset + offset,
                    message: inner.message,
                })
            })?,
        };
        pieces += segment.pieces.len();
        if pieces > PathTemplate::MOST_PIECES {
            let message = "the path has more parts than can be read";
            return Err(fault(RouteFault { offset, message }));
        }
        after_colon = text.ends_with(':');
        is_open ^= after_colon;
        template.segments.push(segment);
    }
    if template.segments.is_empty() {
        let message = "the route has no path";
        return Err(RouteFault { offset: 0, message });
    }
    Ok((template, shown_option::all(query)))
}

/// Where a fragment begins (RFC 3986, section 3.5).
fn fragment(path: &str) -> Option<usize> {
    marks(path, b'#').next()
}

/// Where an option of OData's stands within a segment, as in `kites$filter=color eq {color}`.
fn option(path: &str) -> Option<usize> {
    marks(path, b'$').find(|&at| {
        let (before, behind) = (&path[..at], &path[at + 1..]);
        // Most begin a segment of their own.
        let is_within =
            before.ends_with(|it: char| it.is_ascii_alphanumeric() || ")}>".contains(it));
        let name = behind.bytes().take_while(u8::is_ascii_alphabetic).count();
        is_within && name > 0 && behind[name..].starts_with('=')
    })
}

/// Where a mark stands outside of placeholders, parentheses and quotes.
fn marks(path: &str, mark: u8) -> impl Iterator<Item = usize> {
    let begin = memchr::memchr(mark, path.as_bytes()).map(|_| path);
    let (mut is_quoted, mut depth) = (false, 0_usize);
    let bytes = begin.unwrap_or_default().bytes().enumerate();
    bytes.filter_map(move |(at, byte)| {
        match byte {
            b'\'' => is_quoted = !is_quoted,
            b'(' | b'{' | b'<' if !is_quoted => depth += 1,
            b')' | b'}' | b'>' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        (byte == mark && !is_quoted && depth == 0).then_some(at)
    })
}

/// Where the path begins: behind the host and version of a full URL, or behind dots in their place.
fn host_end(target: &str) -> usize {
    if let Some(path) = target.strip_prefix("...").filter(|it| it.starts_with('/')) {
        return target.len() - behind_version(path).len();
    }
    let scheme = memchr::memchr(b':', target.as_bytes());
    let scheme = scheme.filter(|&at| at <= "https".len() && target[at..].starts_with("://"));
    let Some(host) = scheme.map(|at| at + "://".len()) else {
        return 0;
    };
    let path = target[host..]
        .find('/')
        .map_or(target.len(), |at| host + at);
    target.len() - behind_version(&target[path..]).len()
}

/// What follows the version that a path begins with, which is no part of the route: all of it where there
/// is none.
pub fn behind_version(path: &str) -> &str {
    let bare = path.trim_start_matches('/');
    let end = memchr::memchr2(b'/', b'?', bare.as_bytes()).unwrap_or(bare.len());
    match is_version(&bare[..end]) {
        true => &bare[end..],
        false => path,
    }
}

/// Whether a segment is a version: `v1.0`, `beta`.
pub(super) fn is_version(segment: &str) -> bool {
    let numbered = segment.strip_prefix(['v', 'V']).is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    });
    numbered || segment.eq_ignore_ascii_case("beta")
}

/// The segments of a path that a request takes, as they are written.
pub fn path_segments(path: &str) -> Vec<&str> {
    match split_segments(path) {
        Ok(segments) => segments.into_iter().map(|(_, segment)| segment).collect(),
        // A stray brace is no placeholder in the path of a request, and one that is too long takes no route.
        Err(_) => path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect(),
    }
}

/// Reports an option of the query within the path of a target, which is a part of the page.
pub(super) fn report_option(cx: &mut Context<'_>, target: &str) {
    let (path, _) = split_query(target);
    if let Some(at) = option(path) {
        let name = path[at..].split('=').next().unwrap_or_default();
        let span = Span::of(name, &cx.file.text);
        let message = "an option of the query stands in the path: there is no `?` before it";
        let help = format!("write `?{name}`");
        cx.report_with_help(Code::QueryUnmarked, span, message, help);
    }
}

/// Reports two slashes in a row in the path of a target, which is a part of the page.
pub(super) fn report_slashes(cx: &mut Context<'_>, target: &str) {
    if let Some(at) = doubled_slash(target) {
        let at = Span::of(target, &cx.file.text).start as usize + at;
        let message = "two slashes stand in a row";
        cx.report(Code::SlashesDoubled, Span::new(at, at + 1), message);
    }
}

/// The second of two slashes that stand in a row in the path of a target.
fn doubled_slash(target: &str) -> Option<usize> {
    // Hardly any has two in a row anywhere but behind its scheme.
    let bytes = target.as_bytes();
    let mut slashes = memchr::memchr_iter(b'/', bytes);
    let is_doubled =
        |at: usize| at > 0 && bytes[at - 1] == b'/' && !bytes[..at - 1].ends_with(b":");
    slashes.find(|&at| is_doubled(at))?;
    let path_start = host_end(target);
    let (path, _) = split_query(&target[path_start..]);
    let mut end = 0;
    for (start, segment) in split_segments(path).ok()? {
        if start > end + 1 {
            return Some(path_start + end + 1);
        }
        end = start + segment.len();
    }
    path[end..]
        .starts_with("//")
        .then_some(path_start + end + 1)
}

/// Splits a path at the slashes outside of placeholders, parentheses and quotes.
fn split_segments(path: &str) -> Result<Vec<(usize, &str)>, RouteFault> {
    // Few paths have more.
    let mut segments = Vec::with_capacity(8);
    let mut start = 0;
    let mut brace = None;
    let mut parens = 0_u32;
    let mut quoted = false;
    // Pages forget to close a parenthesis or a quote, and then a slash behind it is none within it.
    let last_close = memchr::memrchr(b')', path.as_bytes());
    let last_quote = memchr::memrchr(b'\'', path.as_bytes());
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            _ if byte.is_ascii_alphanumeric() => {}
            b'{' | b'<' if brace.is_none() => brace = Some(at),
            b'{' => {
                let message = "a brace is opened within braces";
                return Err(RouteFault {
                    offset: at,
                    message,
                });
            }
            b'}' if brace.take().is_none() => {
                let message = "a brace is closed that was not opened";
                return Err(RouteFault {
                    offset: at,
                    message,
                });
            }
            b'>' => brace = None,
            _ if brace.is_some() => {}
            b'\'' if parens > 0 => quoted = !quoted && last_quote != Some(at),
            _ if quoted => {}
            b'(' => parens += 1,
            b')' => parens = parens.saturating_sub(1),
            b'/' if parens == 0 || last_close.is_none_or(|close| close < at) => {
                segments.push((start, &path[start..at]));
                start = at + 1;
                parens = 0;
                quoted = false;
            }
            _ => {}
        }
    }
    if let Some(offset) = brace {
        let message = "the placeholder is never closed";
        return Err(RouteFault { offset, message });
    }
    segments.push((start, &path[start..]));
    // Leading, trailing and doubled slashes make no segment.
    segments.retain(|(_, segment)| !is_blank(segment));
    match segments.get(PathTemplate::MOST_SEGMENTS) {
        Some(&(offset, _)) => {
            let message = "the path has more segments than can be read";
            Err(RouteFault { offset, message })
        }
        None => Ok(segments),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Encoding;

    fn read(target: &str) -> String {
        match parse_target(target) {
            Ok((path, query)) => {
                let query: Vec<&str> = query.iter().map(|option| option.name).collect();
                let kinds = path.segments.iter().map(|s| format!("{:?}", s.kind));
                let kinds: Vec<_> = kinds.collect();
                format!("{path} {} {query:?}", kinds.join(","))
            }
            Err(fault) => format!("{}: {}", fault.offset, fault.message),
        }
    }

    #[test]
    fn every_form_of_a_path_is_read() {
        let cases = [
            ("/me/photo/$value", "/me/photo/$value Name,Name,System []"),
            ("users/<id>/", "/users/{id} Name,Key []"),
            (
                "/users/{id | userPrincipalName}",
                "/users/{id | userPrincipalName} Name,Key []",
            ),
            (
                "https://graph.microsoft.com/v1.0/sites/{site id}",
                "/sites/{site id} Name,Key []",
            ),
            (
                "/range(address='<address>')",
                "/range(address='{address}') Function []",
            ),
            (
                "/range(address='<a>'/entireRow",
                "/range(address='{a}'/entireRow Function,Name []",
            ),
            (
                "/f(count=n,b=true,c=1)",
                "/f(count={count},b=true,c=1) Function []",
            ),
            (".../v1.0/sites/{id}", "/sites/{id} Name,Key []"),
            ("/f(a={a}, b={b})", "/f(a={a},b={b}) Function []"),
            (
                "/f(a={a},b='x/y')/g",
                "/f(a={a},b='x/y')/g Function,Name []",
            ),
            (
                "/f(a='(',b={b})/g(c=')/(')/h()",
                "/f(a='(',b={b})/g(c=')/(')/h() Function,Function,Function []",
            ),
            (
                "/root:/{item-path}:/children",
                "/root:/{item-path}:/children ColonPath,ColonPath,Name []",
            ),
            ("/root:/{path}", "/root:/{path} ColonPath,ColonPath []"),
            ("/teams/(team-id)/x", "/teams/{team-id}/x Name,Key,Name []"),
            (
                "/apps/microsoft.graph.mobileLobApp/x",
                "/apps/microsoft.graph.mobileLobApp/x Name,Cast,Name []",
            ),
            (
                "/a/{id}/.../b?$filter={x}&top=1",
                "/a/{id}/{+path}/b Name,Key,Key,Name [\"$filter\", \"top\"]",
            ),
        ];
        for (target, expected) in cases {
            assert_eq!(read(target), expected);
        }
    }

    #[test]
    fn doubled_slashes_are_those_between_segments() {
        for (target, slash) in [
            ("/a/b", None),
            ("https://x.org/v1.0/a", None),
            ("/a//b", Some(3)),
            ("//a", Some(1)),
            ("/a//", Some(3)),
            ("/a//?b", Some(3)),
            ("https://x.org/v1.0//a", Some(19)),
            ("https://x.org//v1.0/a", None),
            ("/a(url='https://x.org')/b?c=d//e", None),
            ("/a/{b//c}", None),
            ("/a(b='c')//d", Some(10)),
        ] {
            assert_eq!(doubled_slash(target), slash, "{target}");
        }
    }

    #[test]
    fn what_is_no_path_is_a_fault_with_its_place() {
        assert_eq!(
            read("/users/{id/photo"),
            "7: the placeholder is never closed"
        );
        assert_eq!(
            read("/users/id}/photo"),
            "9: a brace is closed that was not opened"
        );
        assert_eq!(read("** Collection URI not found"), "0: this is no path");
        assert_eq!(read("/users/{}/photo"), "7: the placeholder has no name");
        assert_eq!(read("/"), "0: the route has no path");
        assert_eq!(
            read("/users/../photo"),
            "7: a segment of dots leads to another path"
        );
        let most = "/a".repeat(PathTemplate::MOST_SEGMENTS);
        assert!(read(&most).starts_with(&most));
        assert_eq!(
            read(&format!("{most}/a")),
            "257: the path has more segments than can be read"
        );
        // Each argument is a piece with its name before it, and a parenthesis ends them.
        let call = |count: usize| format!("/f({})", vec!["a={a}"; count].join(","));
        let most = PathTemplate::MOST_PIECES / 2;
        assert!(read(&call(most - 1)).starts_with("/f("));
        assert_eq!(
            read(&call(most)),
            "1: the path has more parts than can be read"
        );
    }

    #[test]
    fn parameters_know_how_they_are_written() {
        let encodings = |target| {
            let (path, _) = parse_target(target).unwrap();
            path.parameters()
                .map(|parameter| parameter.encoding)
                .collect::<Vec<_>>()
        };
        assert_eq!(encodings("/a/{b}"), [Encoding::Segment]);
        assert_eq!(encodings("/f(a='{b}')"), [Encoding::Quoted]);
        assert_eq!(
            encodings("/{id}:/{path}:/content"),
            [Encoding::Segment, Encoding::Path]
        );
    }
}
