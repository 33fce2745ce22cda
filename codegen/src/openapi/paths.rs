//! Routes as path items.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::{Serialize, Serializer};

use super::document::{PathItem, Tag};
use super::{Context, names, operations};
use crate::model::{PathTemplate, Piece, RouteId};

/// The methods of a path item, as the specification lists them (OpenAPI 3.1.0, section 4.8.9.1).
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The routes with one path.
struct Group<'a> {
    path: &'a PathTemplate,
    methods: BTreeMap<&'a str, Vec<RouteId>>,
}

/// The path items by their templates. Each is made when it is written: all of them together are many
/// times the size of the API.
pub(super) struct Paths<'a> {
    context: &'a Context<'a>,
    ids: BTreeMap<RouteId, String>,
    groups: BTreeMap<String, Group<'a>>,
}

impl<'a> Paths<'a> {
    /// Templates that differ only in the names of parameters are the same to OpenAPI (3.1.0, section
    /// 4.8.8), and have one item under the names of the first.
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        let ids = names::operation_ids(context.api);
        let mut groups: BTreeMap<String, Group<'a>> = BTreeMap::new();
        for (route, index) in context.api.routes.iter().zip(0..) {
            let id = RouteId(index);
            if ids.contains_key(&id) {
                let group = match groups.entry(template(&route.path, |_| "")) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(free) => free.insert(Group {
                        path: &route.path,
                        methods: BTreeMap::new(),
                    }),
                };
                group.methods.entry(&route.method).or_default().push(id);
            }
        }
        let groups = groups.into_values();
        let groups = groups.map(|group| (template(group.path, |name| name), group));
        Self {
            context,
            ids,
            groups: groups.collect(),
        }
    }

    /// The names of the first segments of all paths.
    pub(super) fn tags(&self) -> Vec<Tag> {
        let names: BTreeSet<String> = self.groups.values().map(|it| tag(it.path)).collect();
        names.into_iter().map(|name| Tag { name }).collect()
    }

    fn item(&self, group: &Group<'a>) -> PathItem<'a> {
        let methods = group.methods.iter();
        let mut methods: Vec<_> = methods
            .map(|(method, routes)| (method.to_lowercase(), routes))
            .collect();
        methods.sort_by_key(|(method, _)| METHODS.iter().position(|known| known == method));
        let mut item = PathItem::default();
        for (method, routes) in methods {
            // What is no method to OpenAPI can still be told in an extension.
            let key = match METHODS.contains(&method.as_str()) {
                true => method,
                false => format!("x-{method}"),
            };
            let id = self.ids[&routes[0]].clone();
            let operation = operations::operation(self.context, group.path, routes, id);
            item.insert(key, operation);
        }
        item
    }
}

impl Serialize for Paths<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let groups = self.groups.iter();
        serializer.collect_map(groups.map(|(template, group)| (template, self.item(group))))
    }
}

/// The name of the first segment of a path, without arguments.
pub(super) fn tag(path: &PathTemplate) -> String {
    let first = path.segments.first().map(ToString::to_string);
    let first = first.unwrap_or_default();
    let name = first.split(['(', ':']).next().unwrap_or_default();
    match name {
        "" => "/".to_owned(),
        _ => name.to_owned(),
    }
}

/// A path as OpenAPI writes it. Fixed text is percent-encoded where it could be no path (RFC 3986,
/// section 3.3), or could be taken for a parameter.
fn template<'p>(path: &'p PathTemplate, name: impl Fn(&'p str) -> &'p str) -> String {
    let mut text = String::new();
    for segment in &path.segments {
        text.push('/');
        for piece in &*segment.pieces {
            match piece {
                Piece::Literal(literal) => encode(literal, &mut text),
                Piece::Parameter(parameter) => {
                    text.push('{');
                    text.push_str(name(&parameter.name));
                    text.push('}');
                }
            }
        }
    }
    match text.as_str() {
        "" => "/".to_owned(),
        _ => text,
    }
}

fn encode(literal: &str, text: &mut String) {
    for byte in literal.bytes() {
        let is_path = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%".contains(&byte);
        if is_path {
            text.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Encoding, PathParameter, Segment, SegmentKind};

    #[test]
    fn fixed_text_is_encoded_where_it_could_be_taken_for_something_else() {
        let parameter = PathParameter {
            name: "item-path".into(),
            documented: Vec::new(),
            encoding: Encoding::Path,
        };
        let parameter = Piece::Parameter(parameter.into());
        let literal = |text: &str| Piece::Literal(text.into());
        let cases = [
            (vec![literal("root:")], "/root:"),
            (vec![parameter.clone(), literal(":")], "/{item-path}:"),
            (
                vec![literal("range(address='"), parameter, literal("')")],
                "/range(address='{item-path}')",
            ),
            (vec![literal("$value")], "/$value"),
            (vec![literal("a {b}?ü")], "/a%20%7Bb%7D%3F%C3%BC"),
        ];
        for (pieces, expected) in cases {
            let segments = vec![Segment::new(SegmentKind::Name, pieces)];
            assert_eq!(template(&PathTemplate { segments }, |name| name), expected);
        }
        assert_eq!(template(&PathTemplate::default(), |name| name), "/");
    }
}
