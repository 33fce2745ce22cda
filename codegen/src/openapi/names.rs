//! Names in the document: keys of schemas and identifiers of operations.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, EnumId, Piece, ResourceId, Route, RouteId};
use crate::words::{lower_camel, upper_camel};

/// The schema of an error (OData JSON Format 4.01, section 21).
pub(super) const ERROR: &str = "odata.error";

/// The keys of schemas: full names of types.
pub(super) struct SchemaKeys {
    resources: Vec<String>,
    enums: Vec<String>,
}

impl SchemaKeys {
    pub(super) fn new(api: &Api) -> Self {
        let mut taken = BTreeSet::from([ERROR.to_owned()]);
        let mut key = |namespace: &str, name: &str| {
            let full = match namespace {
                "" => name.to_owned(),
                _ => format!("{namespace}.{name}"),
            };
            claim(component_key(&full), &mut taken)
        };
        let resources = api.resources.iter();
        let resources = resources.map(|it| key(&it.namespace, &it.name)).collect();
        let enums = api.enums.iter();
        let enums = enums.map(|it| key(&it.namespace, &it.name)).collect();
        Self { resources, enums }
    }

    pub(super) fn resource(&self, id: ResourceId) -> &str {
        &self.resources[id.0 as usize]
    }

    pub(super) fn enumeration(&self, id: EnumId) -> &str {
        &self.enums[id.0 as usize]
    }
}

/// A name of letters, digits, dots, hyphens and underscores, as keys of components are (OpenAPI
/// 3.1.0, section 4.8.7).
fn component_key(name: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let key = name.chars().map(|c| if allowed(c) { c } else { '_' });
    key.collect()
}

/// An identifier for each route: the name of its operation where it is the first route that leads
/// there, so that a page may add routes without a change of what is there, and otherwise with the
/// names in its path behind it.
pub(super) fn operation_ids(api: &Api) -> BTreeMap<RouteId, String> {
    let mut ids = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let mut rest = Vec::new();
    for (route, index) in api.routes.iter().zip(0..) {
        let Some(&operation) = route.operations.first() else {
            continue;
        };
        let id = RouteId(index);
        let operation = api.operation(operation);
        let name = match ascii(&lower_camel(&operation.name)) {
            // A title may be in letters that no identifier has.
            name if name.is_empty() => route.method.to_lowercase() + &words(route, true),
            name => name,
        };
        if operation.routes.first() == Some(&id) {
            ids.insert(id, claim(name, &mut taken));
        } else {
            rest.push((id, name, route));
        }
    }
    for (id, name, route) in rest {
        let short = format!("{name}_{}", words(route, false));
        let id_text = match taken.contains(&short) {
            true => format!("{name}_{}", words(route, true)),
            false => short,
        };
        ids.insert(id, claim(id_text, &mut taken));
    }
    ids
}

/// The names in a path, with or without those of its parameters.
fn words(route: &Route, parameters: bool) -> String {
    let pieces = route.path.segments.iter().flat_map(|it| &*it.pieces);
    let words = pieces.filter_map(|piece| match piece {
        Piece::Literal(text) => Some(upper_camel(text)),
        Piece::Parameter(it) if parameters => Some(format!("By{}", upper_camel(&it.name))),
        Piece::Parameter(_) => None,
    });
    ascii(&words.collect::<String>())
}

/// The part of a name that can stand in a URL as it is, as tools expect of an identifier.
fn ascii(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// A name that is not taken: the given one, or with a number behind it.
fn claim(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut free = name.clone();
    let mut number = 2;
    while !taken.insert(free.clone()) {
        free = format!("{name}_{number}");
        number += 1;
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn an_operation_whose_title_has_no_letters_of_ascii_is_called_after_its_route() {
        let page = "# Змей\n\n## HTTP request\n```http\nGET /kites/{id}\n```\n";
        let files = vec![SourceFile::new("docs/get.md", page.to_owned())];
        let api = crate::read_files(files, Vec::new()).api;
        let ids: Vec<String> = operation_ids(&api).into_values().collect();
        assert_eq!(ids, ["getKitesByKiteId"]);
    }

    #[test]
    fn keys_are_legal_and_names_are_given_once() {
        assert_eq!(
            component_key("microsoft.graph.a-b_c"),
            "microsoft.graph.a-b_c"
        );
        assert_eq!(component_key("größe <t>"), "gr__e__t_");
        let mut taken = BTreeSet::new();
        let names = ["a", "a", "a_2", "a"].map(|name| claim(name.to_owned(), &mut taken));
        assert_eq!(names, ["a", "a_2", "a_2_2", "a_3"]);
    }
}
