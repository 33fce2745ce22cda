//! Several operations on one page, each in a section of its own.

use super::Page;
use super::context::Context;
use super::section::Section;
use crate::diagnostic::Code;

/// Reports sections of which each documents an operation, with its request and its response: all that a page says is
/// about all of its operations, unless the annotations of its responses tell them apart.
pub(super) fn report(cx: &mut Context<'_>, page: &Page<'_>, sections: &[Section<'_>]) {
    let mut annotations = page
        .examples
        .responses
        .iter()
        .filter_map(|it| it.annotation.as_ref());
    if annotations.any(|annotation| annotation.ty.is_some()) {
        return;
    }
    let mut operations = sections.iter().enumerate().filter_map(|(at, section)| {
        let subject = section.subject()?;
        let is_whole = section.has_response(&sections[at + 1..]);
        is_whole.then_some((section, subject))
    });
    if let (Some((_, first)), Some((section, second))) = (operations.next(), operations.next())
        && first != second
    {
        let message = format!(
            "*{first}* and *{second}* are on one page: what is said of one is taken to be about both"
        );
        let help = "document each operation on a page of its own";
        cx.report_with_help(Code::PageUndivided, section.span, message, help);
    }
}
