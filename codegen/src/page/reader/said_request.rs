//! Requests that a sentence writes as a whole, as some pages of resources do for what else can be done with one.

use std::borrow::Cow;

use crate::diagnostic::Code;
use crate::markdown::{Document, InlineKind, Inlines};
use crate::page::context::Context;
use crate::page::route::split_method;
use crate::source::Span;
use crate::text::trimmed;
use crate::vocabulary::is_whole_url;

/// Reports the requests of a paragraph below a heading of which nothing is made. A path alone is what readers are told
/// of; with its host, it is what they are to call.
pub(super) fn report(cx: &mut Context<'_>, document: &Document<'_>, run: &Inlines) {
    for inline in document.inlines(run) {
        let InlineKind::Code(Cow::Borrowed(text)) = inline.kind else {
            continue;
        };
        if !is_request(text) {
            continue;
        }
        let message = match split_method(text) {
            Some(_) => "nothing is made of a request in a sentence",
            None => {
                "nothing is made of a request in a sentence, and its method is none of HTTP's own"
            }
        };
        let help = "show it in a block below *HTTP request*, on a page about what it does";
        let place = Span::of(text, &cx.file.text);
        cx.report_with_help(Code::RouteLineUnread, place, message, help);
        cx.accounting.http_lines.read += 1;
        cx.accounting.http_lines.reported += 1;
    }
}

/// Whether a text is a word in capitals, and a whole URL behind it.
fn is_request(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(method, target)| {
        let mut bytes = method.bytes();
        !method.is_empty()
            && bytes.all(|byte| byte.is_ascii_uppercase())
            && is_whole_url(trimmed(target))
    })
}
