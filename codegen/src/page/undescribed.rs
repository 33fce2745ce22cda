//! Pages that are called after a type and describe none.

use super::Page;
use super::context::Context;
use super::resource::named_type;
use crate::diagnostic::Code;

/// Reports a page whose title calls it a type, where nothing else on it says anything of one. A list of methods says that
/// there is nothing more to it, and what was found wrong on the page tells why.
pub(super) fn report(cx: &mut Context<'_>, page: &Page<'_>) {
    let is_described = !(page.resources.is_empty()
        && page.properties.is_empty()
        && page.relationships.is_empty()
        && page.members.is_empty()
        && page.methods.is_empty());
    if is_described || !page.routes.is_empty() || !cx.diagnostics.is_empty() {
        return;
    }
    let Some((name, true)) = named_type(&page.title) else {
        return;
    };
    let message = format!("nothing on the page describes `{name}`");
    let help = "list its properties in a table below *Properties*, or its members below *Members*";
    cx.report_with_help(Code::TypeUndescribed, page.title_span, message, help);
}
