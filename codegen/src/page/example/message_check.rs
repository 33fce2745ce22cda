//! What is wrong with the messages of a page in themselves.

use serde::de::IgnoredAny;

use super::message::{Message, Start, looks_like_json};
use super::status_reason;
use crate::diagnostic::Code;
use crate::page::annotation::{BlockAnnotation, BlockType};
use crate::page::context::Context;
use crate::page::route::report_slashes;
use crate::source::Span;
use crate::text::{is_blank, trimmed};

/// Reports what is wrong with a message in itself.
pub(in crate::page) fn check(
    cx: &mut Context<'_>,
    message: &Message<'_>,
    annotated: Option<BlockType>,
) {
    let stray = message.stray.len() as u32;
    cx.accounting.http_lines.used += message.lines.saturating_sub(stray);
    cx.accounting.http_lines.reported += stray;
    for &line in &message.stray {
        cx.report(
            Code::HeaderUnread,
            line,
            "the line among the headers is no header",
        );
    }
    match message.start {
        Start::Response {
            well_formed: false,
            status,
        } => report_status_line(cx, message.span, status),
        Start::Request { .. } if annotated == Some(BlockType::Response) => {
            cx.report(
                Code::MessageKind,
                message.span,
                "the block is annotated as a response and is a request",
            );
        }
        Start::Response { .. } if annotated == Some(BlockType::Request) => {
            cx.report(
                Code::MessageKind,
                message.span,
                "the block is annotated as a request and is a response",
            );
        }
        _ => {}
    }
    match message.start {
        Start::Request { target, .. } => report_slashes(cx, target),
        Start::Response {
            status,
            well_formed: true,
        } => status_reason::check(cx, status, cx.slice(message.span)),
        Start::Response { .. } => {}
    }
    check_content_type(cx, message);
    check_content_length(cx, message);
}

/// Reports a status line of another form, with what it says in the right one.
fn report_status_line(cx: &mut Context<'_>, line: Span, status: u16) {
    let reason = cx.slice(line).split_once(&status.to_string());
    let reason = reason.map_or("", |(_, reason)| reason);
    let line_of_http = format!("HTTP/1.1 {status} {}", trimmed(reason));
    let message = "the status line has another form than HTTP gives it";
    let help = format!("write `{}`", line_of_http.trim_end());
    cx.report_with_help(Code::StatusLine, line, message, help);
}

/// Reports a `Content-Type` that contradicts the body: readers take it at its word. What is sent as mere bytes may
/// be a file of any sort.
fn check_content_type(cx: &mut Context<'_>, message: &Message<'_>) {
    let (Some(header), Some(body)) = (message.header("Content-Type"), &message.body) else {
        return;
    };
    let is_json = || serde_json::from_str::<IgnoredAny>(&body.text).is_ok();
    let (message, help) = match (message.says_json(), looks_like_json(body)) {
        (Some(true), false) if !is_json() => (
            "the header says that the body is JSON, and it is none",
            "give the media type of the body",
        ),
        (Some(false), true) if !header.value.contains("octet-stream") && is_json() => (
            "the body is JSON, and the header says something else",
            "write `application/json`",
        ),
        _ => return,
    };
    cx.report_with_help(Code::ContentType, header.span, message, help);
}

/// Reports a `Content-Length` that is not the length of the body, with either kind of line end. Of bytes that a page
/// only names, it may well be the length.
fn check_content_length(cx: &mut Context<'_>, message: &Message<'_>) {
    let Some(header) = message.header("Content-Length") else {
        return;
    };
    let text = message.body.as_ref().map_or("", |body| &body.text);
    if names_bytes(text) {
        return;
    }
    let length = text.len();
    // Pages have line feeds alone at the ends of lines.
    let with_crlf = || length + memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let stated = header.value.parse().ok();
    if !stated.is_some_and(|stated: usize| stated == length || stated == with_crlf()) {
        let message = format!(
            "the header says {} and the body has {length} bytes",
            header.value
        );
        cx.report_with_help(
            Code::ContentLength,
            header.span,
            message,
            "leave the header out",
        );
    }
}

/// Whether a body stands for the bytes that are sent, which a page cannot show: words in brackets, as in
/// `<the first half of the film>`.
fn names_bytes(body: &str) -> bool {
    let body = body.trim();
    let within = |open, close| body.strip_prefix(open)?.strip_suffix(close);
    let words = within('<', '>').or_else(|| within('[', ']'));
    words.is_some_and(|words| {
        let is_said = |c: char| c.is_alphanumeric() || " -".contains(c);
        words.contains(' ') && words.chars().all(is_said)
    })
}

/// Reports lines that are neither a request nor a response, or that there are none.
pub(in crate::page) fn report_unread(
    cx: &mut Context<'_>,
    lines: &[Span],
    annotation: Option<&BlockAnnotation>,
) {
    let filled = lines.iter().filter(|line| !is_blank(cx.slice(**line)));
    let filled: Vec<Span> = filled.copied().collect();
    let Some(&first) = filled.first() else {
        if let Some(annotation) = annotation {
            let message = "the block that is annotated as a message is empty";
            cx.report(Code::MessageUnread, annotation.span, message);
        }
        return;
    };
    let message = "the block is neither a request nor a response";
    let help = "begin it with `METHOD URL` or with `HTTP/1.1 STATUS`";
    cx.report_with_help(Code::MessageUnread, first, message, help);
    cx.accounting.http_lines.reported += filled.len() as u32;
}
