//! Where the rows of parameters belong: to a path, to the call of a function or to the query string.

use std::cell::LazyCell;

use foldhash::{HashMap, HashMapExt as _, HashSet};

use crate::model::{
    Api, Operation, Parameter, PathParameter, PathTemplate, Route, Segment, SegmentKind,
};
use crate::page::Page;
use crate::vocabulary::split_query;
use crate::words::{folded, same_folded};

/// Puts each row of a parameter where that is sent, whichever table describes it: with the arguments of
/// a function that a path of the operation calls, with the other parameters of its paths, or with those
/// of the query string, where what a function takes and no path has is sent (OData 4.01 Protocol, section
/// 11.5.4.1.1).
pub(in crate::assemble) fn place(pages: &[Page<'_>], api: &mut Api) {
    let of_pages = api
        .operations
        .chunk_by_mut(|one, next| one.source.page == next.source.page);
    for operations in of_pages {
        name_as_in_paths(pages, operations, &api.routes);
    }
    let placeholders = LazyCell::new(|| placeholders(pages));
    for operation in &mut api.operations {
        let page = &pages[operation.source.page.0 as usize];
        place_rows(page, operation, &api.routes);
        if page.is_section {
            leave_out_of_others(page, operation, &placeholders);
        }
    }
}

/// The folded names of what files have placeholders for in sections of operations, by the path of the file.
type Placeholders<'a> = HashMap<&'a str, HashSet<String>>;

/// The placeholders in paths, and those that stand for options of other names.
fn placeholders<'a>(pages: &'a [Page<'_>]) -> Placeholders<'a> {
    let mut placeholders = Placeholders::new();
    for page in pages.iter().filter(|page| page.is_section) {
        let names = placeholders.entry(page.file.path.as_str()).or_default();
        for line in page.route_lines() {
            names.extend(line.path.parameters().flat_map(PathParameter::folded_names));
            let options = line
                .query
                .iter()
                .filter(|it| it.placeholder != Some(it.name));
            names.extend(options.filter_map(|it| it.placeholder).map(folded));
        }
    }
    placeholders
}

/// Leaves out the rows of a table about all operations of a page that are about placeholders of other ones.
fn leave_out_of_others<'a>(
    page: &Page<'_>,
    operation: &mut Operation,
    placeholders: &LazyCell<Placeholders<'a>, impl FnOnce() -> Placeholders<'a>>,
) {
    let (title, _) = page.file.position(page.title_span.start);
    let is_shared = |row: &Parameter| row.source.line < title;
    // Hardly any page has such a table.
    if !operation.query_parameters.iter().any(is_shared) {
        return;
    }
    let Some(names) = placeholders.get(page.file.path.as_str()) else {
        return;
    };
    let lines = || page.route_lines();
    let is_shown = |name: &str| lines().any(|line| line.query.iter().any(|it| it.name == name));
    let rows = &mut operation.query_parameters;
    rows.retain(|row| {
        !is_shared(row) || is_shown(&row.name) || !names.contains(&folded(&row.name))
    });
}

/// Puts each row of an operation in the list of where its parameter is sent.
fn place_rows(page: &Page<'_>, operation: &mut Operation, routes: &[Route]) {
    let tables = [
        &mut operation.function_parameters,
        &mut operation.path_parameters,
        &mut operation.query_parameters,
    ];
    // Few pages describe parameters.
    if tables.iter().all(|rows| rows.is_empty()) {
        return;
    }
    let [functions, mut paths, queries] = tables.map(std::mem::take);
    let templates = operation.routes.iter();
    let templates = templates.map(|id| &routes[id.0 as usize].path);
    tell_apart(&mut paths, templates.clone());
    let names = |in_call: bool| -> HashSet<String> {
        let segments = templates.clone().flat_map(|path| &path.segments);
        let segments = segments.filter(|it| (it.kind == SegmentKind::Function) == in_call);
        let parameters = segments.flat_map(Segment::parameters);
        parameters.flat_map(PathParameter::folded_names).collect()
    };
    let (in_calls, elsewhere) = (names(true), names(false));
    let has = |row: &Parameter, in_call: bool| {
        let names = if in_call { &in_calls } else { &elsewhere };
        names.contains(&folded(&row.name))
    };
    let is_get = operation.method == "GET";
    // An example may show both: one path with the argument, and another that leaves it to the query string.
    let rows = functions.iter().chain(&queries);
    let asked = rows.filter(|row| is_get && has(row, true) && is_in_query(page, &row.name));
    for row in asked {
        operation.query_parameters.push(row.clone());
    }
    for row in functions {
        let list = if !has(&row, true) && has(&row, false) {
            &mut operation.path_parameters
        } else if is_get && !has(&row, true) {
            &mut operation.query_parameters
        } else {
            &mut operation.function_parameters
        };
        list.push(row);
    }
    for row in paths {
        let list = match has(&row, true) && !has(&row, false) {
            true => &mut operation.function_parameters,
            false => &mut operation.path_parameters,
        };
        list.push(row);
    }
    for row in queries {
        let list = if has(&row, true) {
            &mut operation.function_parameters
        } else if has(&row, false) && !row.name.starts_with('$') {
            &mut operation.path_parameters
        } else {
            &mut operation.query_parameters
        };
        list.push(row);
    }
    keep_first(&mut operation.function_parameters);
    keep_first(&mut operation.path_parameters);
    keep_first(&mut operation.query_parameters);
}

/// Whether a page shows a request with an option of a name in its query string.
fn is_in_query(page: &Page<'_>, name: &str) -> bool {
    page.examples.requests.iter().any(|request| {
        let Some((_, target)) = request.message.request() else {
            return false;
        };
        let mut pairs = split_query(target).1.split('&');
        pairs.any(|pair| pair.split('=').next() == Some(name))
    })
}

/// Where one row of a page's table is about no parameter of its paths, and about nothing else that the page has a
/// placeholder for, and one parameter of them has no row, the table only calls it otherwise: gives the row the name
/// that it has in the paths.
fn name_as_in_paths(pages: &[Page<'_>], operations: &mut [Operation], routes: &[Route]) {
    // The tables are those of the page, and so they are the same for all of its operations.
    let Some(first) = operations
        .first()
        .filter(|it| !it.path_parameters.is_empty())
    else {
        return;
    };
    let leading = operations.iter().flat_map(|operation| &operation.routes);
    let paths = leading.map(|id| &routes[id.0 as usize].path);
    let parameters: Vec<&PathParameter> = paths.flat_map(PathTemplate::parameters).collect();
    let tables = [
        &first.path_parameters,
        &first.function_parameters,
        &first.query_parameters,
    ];
    let rows = tables.into_iter().flatten();
    let described: HashSet<String> = rows.map(|row| folded(&row.name)).collect();
    let has_row = |it: &PathParameter| it.folded_names().any(|name| described.contains(&name));
    let names = parameters.iter().flat_map(|it| it.folded_names());
    let names: HashSet<String> = names.collect();
    let is_of_path = |row: &Parameter| names.contains(&folded(&row.name));
    // An option of the query string stands in the wrong table, and is no parameter of a path.
    let rows = first.path_parameters.iter();
    let rows = rows.filter(|row| !is_of_path(row) && !row.name.starts_with('$'));
    let undescribed = parameters.iter().filter(|it| !has_row(it));
    let (Some(written), Some(meant)) = (
        only(rows.map(|row| row.name.as_str())),
        only(undescribed.map(|it| it.name.as_str())),
    ) else {
        return;
    };
    if pages[first.source.page.0 as usize].has_placeholder(written) {
        return;
    }
    let (written, meant) = (written.to_owned(), meant.to_owned());
    let rows = operations.iter_mut().flat_map(|it| &mut it.path_parameters);
    rows.filter(|row| row.name == written)
        .for_each(|row| row.name.clone_from(&meant));
}

/// The one name that all of these are, where there is one.
fn only<'n>(mut names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}

/// Gives rows that have one name, as those of `/racks/{id}/locks/{id}` do, the names that the parameters of a path
/// have each for itself, in their order.
fn tell_apart<'p>(rows: &mut [Parameter], templates: impl Iterator<Item = &'p PathTemplate>) {
    let mut known = HashSet::default();
    let names = rows.iter().map(|row| folded(&row.name));
    let twice: HashSet<String> = names.filter(|name| !known.insert(name.clone())).collect();
    if twice.is_empty() {
        return;
    }
    for path in templates {
        let names = path.parameters().flat_map(|it| &it.documented);
        for name in names.filter(|name| twice.contains(&folded(name))) {
            let called = path.parameters().filter(|it| it.is_called(name));
            let called: Vec<&PathParameter> = called.collect();
            let same = rows.iter_mut().filter(|row| same_folded(&row.name, name));
            let same: Vec<&mut Parameter> = same.collect();
            if same.len() > 1 && same.len() == called.len() {
                for (row, parameter) in same.into_iter().zip(called) {
                    row.name = parameter.name.to_string();
                }
            }
        }
    }
}

/// Takes out the rows that have the name of one before them.
fn keep_first(rows: &mut Vec<Parameter>) {
    let mut known = HashSet::default();
    rows.retain(|row| known.insert(folded(&row.name)));
}
