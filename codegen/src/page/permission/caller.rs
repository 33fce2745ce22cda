//! Kinds of callers, as rows and columns of permissions name them.

use crate::diagnostic::Code;
use crate::nearness::nearest;
use crate::page::context::Context;
use crate::source::Span;
use crate::text::lower;
use crate::vocabulary::PermissionKind;

/// The words that tell kinds of callers apart.
const CALLERS: [&str; 3] = ["delegated", "personal", "application"];

/// The kind of caller that a text names. It is in lower case.
pub(super) fn named(text: &str) -> PermissionKind {
    if text.contains("application") {
        PermissionKind::Application
    } else if text.contains("personal") {
        PermissionKind::DelegatedPersonal
    } else if text.contains("delegated") {
        PermissionKind::DelegatedWork
    } else {
        PermissionKind::Unspecified
    }
}

/// The word of a text, in lower case, that names a kind of caller but for a slip, and what it is meant to be. `named` is
/// the kind that the text names as it is.
pub(super) fn slip(text: &str, named: PermissionKind) -> Option<(&str, &'static str)> {
    let may_have_slip = match named {
        PermissionKind::Unspecified => true,
        PermissionKind::DelegatedWork => !text.contains("work"),
        _ => false,
    };
    if !may_have_slip {
        return None;
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.find_map(|word| {
        let meant = nearest(word, CALLERS)?;
        (!text.contains(meant)).then_some((word, meant))
    })
}

/// The kind of caller that a cell names; one with a slip in it, which is reported, is taken for what it is meant to be.
pub(super) fn meant(cx: &mut Context<'_>, text: &str, span: Span) -> PermissionKind {
    let text = lower(text);
    let kind = named(&text);
    let Some((word, meant)) = slip(&text, kind) else {
        return kind;
    };
    let message = format!("`{word}` is no kind of caller");
    let help = format!("did you mean `{meant}`? It is taken for that");
    cx.report_with_help(Code::PermissionUnread, span, message, help);
    named(&text.replace(word, meant))
}

/// Reports what stands in the place of a kind of caller. `advice` is what to do with one.
pub(super) fn report_none(cx: &mut Context<'_>, text: &str, span: Span, advice: &str) {
    let message = format!("`{text}` is no kind of caller");
    let help = format!("{advice} with one of: {}", CALLERS.join(", "));
    cx.report_with_help(Code::PermissionUnread, span, message, help);
}
