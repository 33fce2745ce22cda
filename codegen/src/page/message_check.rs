//! What is wrong with the messages of a page in themselves.

use memchr::memmem;

use super::annotation::{BlockAnnotation, BlockType};
use super::context::Context;
use super::message::{Message, Start};
use super::route::report_slashes;
use crate::diagnostic::Code;
use crate::source::Span;
use crate::words::{is_blank, trimmed};

/// Reports what is wrong with a message in itself.
pub(super) fn check(cx: &mut Context<'_>, message: &Message<'_>, annotated: Option<BlockType>) {
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
    if let Start::Request { target, .. } = message.start {
        report_slashes(cx, target);
    }
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

/// Reports a `Content-Length` that is not the length of the body, with either kind of line end.
fn check_content_length(cx: &mut Context<'_>, message: &Message<'_>) {
    let Some(header) = message.header("Content-Length") else {
        return;
    };
    let text = message.body.as_ref().map_or("", |body| &body.text);
    let length = text.len();
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let with_crlf = length + ends - memmem::find_iter(text.as_bytes(), "\r\n").count();
    let stated = header.value.parse().ok();
    if !stated.is_some_and(|stated: usize| stated == length || stated == with_crlf) {
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

/// Reports lines that are neither a request nor a response, or that there are none.
pub(super) fn report_unread(
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
