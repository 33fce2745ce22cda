//! Options that the query strings of route lines show.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt as _, HashSet};

use crate::page::Page;
use crate::page::table::NamedRow;
use crate::vocabulary::QueryOption;

/// Takes what stands in the query strings of route lines as documented, where no table does so. OData's options need
/// no row for that.
pub(super) fn add(page: &mut Page<'_>) {
    name_by_placeholders(page);
    let lines = page.routes.iter().flat_map(|block| &block.lines);
    let mut shown = lines
        .flat_map(|line| line.query.iter().map(|option| (option.name, line.span)))
        .peekable();
    // Hardly any page has one.
    if shown.peek().is_none() {
        return;
    }
    let rows = page.query_parameters.iter();
    let mut known: HashSet<Cow<'_, str>> = rows.map(|row| row.name.clone()).collect();
    for (name, span) in shown {
        if QueryOption::sent_as(name).is_none() && known.insert(Cow::Borrowed(name)) {
            page.query_parameters
                .push(NamedRow::undescribed(name, span));
        }
    }
}

/// Gives rows that describe an option by its placeholder, as one of `start` does in `?from={start}`, the name of the
/// option. What is a name in the path or of another option too is meant as that.
fn name_by_placeholders<'a>(page: &mut Page<'a>) {
    let Page {
        routes,
        query_parameters: rows,
        ..
    } = page;
    let lines = || routes.iter().flat_map(|block| &block.lines);
    let options = || lines().flat_map(|line| &line.query);
    let mut renamed: HashMap<&str, &'a str> = HashMap::new();
    for option in options() {
        if let Some(placeholder) = option.placeholder.filter(|&it| it != option.name) {
            renamed.entry(placeholder).or_insert(option.name);
        }
    }
    // Hardly any page has such an option, and a table.
    if renamed.is_empty() || rows.is_empty() {
        return;
    }
    for option in options() {
        renamed.remove(option.name);
    }
    for parameter in lines().flat_map(|line| line.path.parameters()) {
        renamed.remove(&*parameter.name);
    }
    let described: HashSet<String> = rows.iter().map(|row| row.name.to_string()).collect();
    for row in rows {
        let name = renamed.remove(&*row.name);
        if let Some(name) = name.filter(|&name| !described.contains(name)) {
            row.name = Cow::Borrowed(name);
        }
    }
}
