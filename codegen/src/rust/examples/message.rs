//! Messages and paths as text.

use std::fmt::Write;

use crate::model::{Encoding, ExampleRequest, ExampleResponse, PathTemplate, Piece};

/// A request as its page shows it.
pub(super) fn request(request: &ExampleRequest) -> String {
    let start = format!("{} {}", request.method, request.target);
    message(start, &request.headers, request.body.as_deref())
}

/// A response as its page shows it, with as much of its body as is sent.
pub(super) fn response(response: &ExampleResponse, body: Option<&str>) -> String {
    let start = format!("HTTP/1.1 {}", response.status);
    message(start, &response.headers, body)
}

/// A message as HTTP/1.1 writes it (RFC 9112, section 2.1), with the line ends of the page.
fn message(start: String, headers: &[(String, String)], body: Option<&str>) -> String {
    let headers = headers
        .iter()
        .map(|(name, value)| format!("\n{name}: {value}"));
    let head = start + &headers.collect::<String>();
    match body {
        Some(body) => format!("{head}\n\n{body}"),
        None => head,
    }
}

/// The path as the enum of routes writes it: values encoded so that they stay in their place.
pub(super) fn written_path(path: &PathTemplate, arguments: &[String]) -> String {
    let mut values = arguments.iter();
    let mut written = String::new();
    for segment in &path.segments {
        written.push('/');
        let start = written.len();
        for piece in &*segment.pieces {
            match piece {
                Piece::Literal(text) => written.push_str(text),
                Piece::Parameter(parameter) => {
                    encode(
                        values.next().map_or("", String::as_str),
                        parameter.encoding,
                        &mut written,
                    );
                }
            }
        }
        let parts = written[start..].split('/');
        let dots = |part| {
            if matches!(part, "." | "..") {
                part.replace('.', "%2E")
            } else {
                part.to_owned()
            }
        };
        let parts: Vec<String> = parts.map(dots).collect();
        written.replace_range(start.., &parts.join("/"));
    }
    written
}

fn encode(value: &str, encoding: Encoding, out: &mut String) {
    let (value, kept) = match encoding {
        Encoding::Segment => (value.to_owned(), "-._~!,=@"),
        Encoding::Quoted => (value.replace('\'', "''"), "-._~!,=@':"),
        Encoding::Path => (value.to_owned(), "-._~!,=@/"),
    };
    for &byte in value.as_bytes() {
        match byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte) {
            true => out.push(char::from(byte)),
            false => write!(out, "%{byte:02X}").expect("a string takes any text"),
        }
    }
}
