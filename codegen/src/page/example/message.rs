//! HTTP messages as pages show them.

use crate::page::excerpt::Excerpt;
use crate::page::route::split_method;
use crate::source::Span;
use crate::text::{all_bytes, is_blank, strip_end, strip_start, trimmed};
use crate::vocabulary::{is_json, is_token};

/// A request or response as a page shows it.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// The first line.
    pub start: Start<'a>,
    /// The place of the first line.
    pub span: Span,
    /// The headers in their order.
    pub headers: Vec<Header<'a>>,
    /// What follows them.
    pub body: Option<Excerpt<'a>>,
    /// Lines among the headers that are none.
    pub stray: Vec<Span>,
    /// How many lines are not blank.
    pub lines: u32,
}

/// The first line of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start<'a> {
    /// A request line.
    Request {
        /// The method, in capitals.
        method: &'a str,
        /// The URL or path.
        target: &'a str,
    },
    /// A status line.
    Response {
        /// The status.
        status: u16,
        /// Whether the line has the form that HTTP gives it (RFC 9112, section 4).
        well_formed: bool,
    },
}

/// A header line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header<'a> {
    /// The name as it is written.
    pub name: &'a str,
    /// The value.
    pub value: &'a str,
    /// The place of the line.
    pub span: Span,
}

/// Reads the first line of a message.
pub fn parse_start(line: &str) -> Option<Start<'_>> {
    if let Some((method, target)) = split_method(line) {
        return Some(Start::Request { method, target });
    }
    strip_start(line, "HTTP")?;
    let mut words = line.split_whitespace();
    let version = words.next()?;
    let status = words.next()?;
    let well_formed = version.starts_with("HTTP/") && status.len() == 3;
    // The reason may be written together with the status.
    let end = status.find(|c: char| c.is_ascii_alphabetic());
    let status = status[..end.unwrap_or(status.len())]
        .parse()
        .ok()
        .filter(|status| (100..600).contains(status))?;
    Some(Start::Response {
        status,
        well_formed,
    })
}

/// Reads a message: its first line, its headers, and the rest as the body.
///
/// A blank line may stand between the first line and the headers, and none before a body that
/// begins with a bracket: pages do both.
pub fn parse<'a>(page: &'a str, lines: &[Span]) -> Option<Message<'a>> {
    let text = |line: Span| &page[line.range()];
    let is_blank = |line: &&Span| is_blank(text(**line));
    let first = lines.iter().position(|line| !is_blank(&line))?;
    let span = lines[first];
    let mut start = parse_start(trimmed(text(span)))?;
    let mut at = first + 1;

    // A query string may go on in the next lines, which then begin with `?` or `&`.
    if let Start::Request { method, target } = start {
        let mut end = span;
        while at < lines.len() && text(lines[at]).trim_start().starts_with(['?', '&']) {
            end = lines[at];
            at += 1;
        }
        if end != span {
            let from = Span::of(target, page).start;
            let target = page[from as usize..end.end as usize].trim_end();
            start = Start::Request { method, target };
        }
    }

    let mut message = Message::of_start(start, span);
    message.read_rest(page, &lines[at..]);
    let blank = lines.iter().filter(is_blank).count();
    message.lines = (lines.len() - blank) as u32;
    Some(message)
}

/// The lines of a body, without blank ones around them; `None` where there are no others.
pub(super) fn body_of<'a>(page: &'a str, lines: &[Span]) -> Option<Excerpt<'a>> {
    let is_filled = |line: &Span| !is_blank(&page[line.range()]);
    let first = lines.iter().position(is_filled)?;
    let last = lines.iter().rposition(is_filled)?;
    Some(Excerpt::new(page, &lines[first..=last]))
}

impl<'a> Message<'a> {
    /// Whether an answer leads to another place, which is what it tells and all that it does: to where accepted work is
    /// watched, or to where the thing is.
    pub(super) fn leads_elsewhere(&self) -> bool {
        let leads = matches!(self.status(), Some(202 | 300..400));
        // `Content-Location` is the place of what the answer itself has.
        let is_place = |header: &Header<'_>| {
            let before = strip_end(header.name, "location");
            before.is_some_and(|before| !before.eq_ignore_ascii_case("content-"))
        };
        leads && self.headers.iter().any(is_place)
    }

    /// The message of which only the first line is known.
    fn of_start(start: Start<'a>, span: Span) -> Self {
        Self {
            start,
            span,
            headers: Vec::new(),
            body: None,
            stray: Vec::new(),
            lines: 0,
        }
    }

    /// The answer of which only the status is known, and a place that speaks of it.
    pub(in crate::page) fn of_status(status: u16, span: Span) -> Self {
        let well_formed = true;
        let start = Start::Response {
            status,
            well_formed,
        };
        Self::of_start(start, span)
    }

    /// The request that only asks for what is at a URL.
    pub(super) fn of_url(url: &'a str, span: Span) -> Self {
        let (method, target) = ("GET", url);
        Self {
            lines: 1,
            ..Self::of_start(Start::Request { method, target }, span)
        }
    }

    /// The answer of which only the body is shown.
    pub(in crate::page) fn answer(status: u16, body: Excerpt<'a>) -> Self {
        let span = body.span(0, body.text.len());
        Self {
            body: Some(body),
            ..Self::of_status(status, span)
        }
    }

    /// Whether nothing but its status is known.
    pub(super) fn is_of_status(&self) -> bool {
        self.lines == 0 && self.headers.is_empty() && self.body.is_none()
    }

    /// Reads what follows the first line.
    pub(super) fn read_rest(&mut self, page: &'a str, lines: &[Span]) {
        let text = |line: Span| &page[line.range()];
        let mut blanks = 0;
        let mut at = 0;
        while at < lines.len() {
            let line = trimmed(text(lines[at]));
            if line.is_empty() {
                if blanks > 0 || !self.headers.is_empty() {
                    break;
                }
                blanks += 1;
            } else if let Some((name, value)) = parse_header(line) {
                let span = lines[at];
                self.headers.push(Header { name, value, span });
            } else if blanks > 0 || begins_body(line) {
                break;
            } else {
                self.stray.push(lines[at]);
            }
            at += 1;
        }
        self.body = body_of(page, &lines[at..]);
    }

    /// The method and the target, if it is a request.
    pub fn request(&self) -> Option<(&'a str, &'a str)> {
        match self.start {
            Start::Request { method, target } => Some((method, target)),
            Start::Response { .. } => None,
        }
    }

    /// The status, if it is a response.
    pub fn status(&self) -> Option<u16> {
        match self.start {
            Start::Response { status, .. } => Some(status),
            Start::Request { .. } => None,
        }
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&Header<'a>> {
        self.headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name))
    }

    /// Whether the message has a body that is meant to be JSON: by its look, unless the media type
    /// says that it is something else.
    pub fn has_json(&self) -> bool {
        self.says_json() != Some(false) && self.body.as_ref().is_some_and(looks_like_json)
    }

    /// Whether the media type is that of JSON; `None` where there is none.
    pub(super) fn says_json(&self) -> Option<bool> {
        self.header("Content-Type")
            .map(|header| is_json(header.value))
    }
}

/// Whether a body begins as JSON does.
pub(in crate::page) fn looks_like_json(body: &Excerpt<'_>) -> bool {
    body.text.trim_start().starts_with(['{', '['])
}

/// A header line: a token, a colon and a value.
fn parse_header(line: &str) -> Option<(&str, &str)> {
    let colon = memchr::memchr(b':', line.as_bytes())?;
    let (name, value) = (line[..colon].trim_end(), &line[colon + 1..]);
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_name = begins && is_token(name);
    // `http://…` on a line of its own is no header, and no header can hold control characters.
    let is_url = value.starts_with("//");
    let value = trimmed(value);
    // Nearly all values are ASCII's letters and signs.
    let is_plain = all_bytes(value, |byte| (b' '..=b'~').contains(&byte));
    let is_value = is_plain || !value.chars().any(|c| c.is_control() && c != '\t');
    (is_name && !is_url && is_value).then_some((name, value))
}

fn begins_body(line: &str) -> bool {
    line.starts_with(['{', '[', '<', '"']) || line.starts_with("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Message<'_> {
        let lines: Vec<_> = text.split('\n').map(|line| Span::of(line, text)).collect();
        parse(text, &lines).unwrap()
    }

    #[test]
    fn a_request_may_have_a_version_and_a_blank_line_before_its_headers() {
        let message = read("POST /a b HTTP/1.1\n\nContent-type: text/plain\n\nx: y\n\nz\n");
        let method = "POST";
        assert_eq!(
            message.start,
            Start::Request {
                method,
                target: "/a b"
            }
        );
        assert_eq!(message.headers.len(), 1);
        assert_eq!(message.body.unwrap().text, "x: y\n\nz");
    }

    #[test]
    fn a_body_may_follow_the_headers_at_once() {
        let message = read("HTTP/1.1 200\nContent-type: application/json\n{\n  \"a\": 1\n}");
        let well_formed = true;
        assert_eq!(
            message.start,
            Start::Response {
                status: 200,
                well_formed
            }
        );
        assert_eq!(message.body.unwrap().text, "{\n  \"a\": 1\n}");
    }

    #[test]
    fn a_target_may_go_on_in_the_next_line() {
        let message = read("GET /a?x=1\n  &y=2\nAccept: */*");
        let Start::Request { target, .. } = message.start else {
            panic!("not a request");
        };
        assert_eq!(target, "/a?x=1\n  &y=2");
        assert_eq!(message.headers[0].name, "Accept");
    }

    #[test]
    fn what_is_no_message_is_none() {
        for line in ["Prefer: x", "{", "GETTING /a", "HTTP/1.1 OK", "GET"] {
            assert_eq!(parse_start(line), None, "{line}");
        }
        for line in ["HTTP 201 Created", "HTTP/1.1 201Created"] {
            let loose = Start::Response {
                status: 201,
                well_formed: false,
            };
            assert_eq!(parse_start(line), Some(loose), "{line}");
        }
    }
}
