//! Tables of what a type has, on pages that do not say which type that is.

use super::NamedRow;
use crate::diagnostic::Code;
use crate::page::Page;
use crate::page::context::Context;

/// Reports the tables that nothing on a page gives to a type.
pub(in crate::page) fn report(cx: &mut Context<'_>, page: &Page<'_>) {
    let members = page.members.iter().filter(|table| table.name.is_none());
    let members = members.map(|table| &*table.rows);
    // JSON says of which type properties are.
    let properties = [&*page.properties, &*page.relationships].into_iter();
    let properties = properties.filter(|rows| !rows.is_empty() && page.resources.is_empty());
    let (members, properties): (Vec<_>, Vec<_>) = (members.collect(), properties.collect());
    // Hardly any page has either, and few of those have no name.
    if members.is_empty() && properties.is_empty() || page.type_in_title().is_some() {
        return;
    }
    for rows in properties {
        // An overview tells what types of other pages have.
        if rows.iter().all(|row| row.ty.is_none()) {
            cx.accounting.table_rows.used -= rows.len() as u32;
            cx.accounting.table_rows.aside += rows.len() as u32;
            continue;
        }
        let message = "nothing says of which type these are the properties";
        let help = "begin the page with the name of the type, such as `# kite resource type`";
        report_rows(cx, rows, message, help);
    }
    for rows in members {
        let message = "nothing says of which enumeration these are the members";
        let help = "begin the page with its name, such as `# kiteColor enum type`";
        report_rows(cx, rows, message, help);
    }
}

/// Reports rows that were read and come to nothing, at the first of them.
fn report_rows(cx: &mut Context<'_>, rows: &[NamedRow<'_>], message: &str, help: &str) {
    cx.accounting.table_rows.used -= rows.len() as u32;
    cx.accounting.table_rows.reported += rows.len() as u32;
    cx.report_with_help(Code::TableUnread, rows[0].span, message, help);
}
