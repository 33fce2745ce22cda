//! The names in the tables of parameters, beside those in the paths.

use foldhash::HashSet;

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Operation, PathParameter};
use crate::nearness::nearest;
use crate::page::Page;
use crate::words::folded;

/// Reports rows about parameters that no path of the page has, where one like it has no row: a slip in the
/// name, which leaves one of the two without a description, and makes an option of the query string of the
/// other. Rows about parameters of paths are reported as well where nothing is left that they could be about.
pub(super) fn check(
    page: &Page<'_>,
    operations: &[Operation],
    api: &Api,
    found: &mut Vec<Diagnostic>,
) {
    let rows = || {
        let functions = page.function_parameters.iter().map(|row| (row, false));
        functions.chain(page.path_parameters.iter().map(|row| (row, true)))
    };
    // Few pages describe parameters of paths.
    if rows().next().is_none() {
        return;
    }
    let routes = operations.iter().flat_map(|operation| &operation.routes);
    let parameters = routes.flat_map(|&route| api.route(route).path.parameters());
    let parameters: Vec<&PathParameter> = parameters.collect();
    let names = parameters.iter().flat_map(|it| it.folded_names());
    let names: HashSet<String> = names.collect();
    let described = rows().map(|(row, _)| row).chain(&page.query_parameters);
    let described: HashSet<String> = described.map(|row| folded(&row.name)).collect();
    let is_described = |it: &PathParameter| it.folded_names().any(|name| described.contains(&name));
    let undescribed = parameters
        .iter()
        .filter(|parameter| !is_described(parameter));
    let all_described = undescribed.clone().next().is_none();
    let undescribed: Vec<&str> = undescribed
        .filter_map(|parameter| parameter.documented.first())
        .map(|name| name.as_str())
        .collect();
    for (row, is_of_path) in rows() {
        if names.contains(&folded(&row.name)) {
            continue;
        }
        let near = nearest(&row.name, undescribed.iter().copied());
        let help = near.map(|near| format!("did you mean `{near}`?"));
        // A page may call a parameter otherwise in its table than in its paths, so that a row without a
        // likeness may be about any that has no row of its own.
        let is_of_none = || {
            let documents = !operations.is_empty();
            is_of_path && documents && all_described && !page.has_placeholder(&row.name)
        };
        if help.is_some() || is_of_none() {
            let message = format!("no path of the page has a parameter `{}`", row.name);
            let help = help.unwrap_or_else(|| "remove the row, or name it in a path".to_owned());
            found.push(finding(Code::ParameterUnknown, page, row.span, message).with_help(help));
        }
    }
}
