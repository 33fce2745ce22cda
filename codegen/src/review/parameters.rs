//! The names in the tables of parameters, beside those in the paths.

use super::finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Operation, PathParameter};
use crate::page::Page;
use crate::words::nearest;

/// Reports rows about parameters that no path of the page has, where one like it has no row: a slip in the
/// name, which leaves one of the two without a description, and makes an option of the query string of the
/// other.
pub(super) fn check(
    page: &Page<'_>,
    operations: &[Operation],
    api: &Api,
    found: &mut Vec<Diagnostic>,
) {
    let rows = || page.function_parameters.iter().chain(&page.path_parameters);
    // Few pages describe parameters of paths.
    if rows().next().is_none() {
        return;
    }
    let routes = operations.iter().flat_map(|operation| &operation.routes);
    let parameters = routes.flat_map(|&route| api.route(route).path.parameters());
    let parameters: Vec<&PathParameter> = parameters.collect();
    let described = || rows().chain(&page.query_parameters);
    let undescribed = parameters.iter().filter(|parameter| {
        let mut described = described();
        !described.any(|row| parameter.is_called(&row.name))
    });
    let undescribed: Vec<&str> = undescribed
        .filter_map(|parameter| parameter.documented.first())
        .map(|name| name.as_str())
        .collect();
    for row in rows() {
        let is_parameter = parameters.iter().any(|it| it.is_called(&row.name));
        let near = nearest(&row.name, undescribed.iter().copied());
        if let (false, Some(near)) = (is_parameter, near) {
            let message = format!("no path of the page has a parameter `{}`", row.name);
            let help = format!("did you mean `{near}`?");
            found.push(finding(Code::ParameterUnknown, page, row.span, message).with_help(help));
        }
    }
}
