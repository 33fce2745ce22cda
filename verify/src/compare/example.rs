//! Properties that a page shows, and an answer lacks or has otherwise.
//!
//! What is documented is what every comparable object of the example shows with a value. It is no
//! departure that an array has other items, fewer of them or none; that a property is null, or left
//! out where the example has null; that control information (OData JSON Format 4.01, section 4.6) is
//! left out; or that a property was not asked for.

use std::mem;

use docwright::conformance::{Json, JsonPath, Kind, Step};
use docwright::diagnostic::Code;
use docwright::model::{ExampleResponse, ResourceId, Type, TypeKind};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::Comparison;
use crate::findings::Found;

/// A walk through an answer beside what the page shows.
struct Walk<'w> {
    comparison: &'w Comparison<'w>,
    shown: &'w ExampleResponse,
    selected: Vec<String>,
    expanded: Vec<String>,
    path: JsonPath<'w>,
    found: Vec<Found>,
}

impl Comparison<'_> {
    /// Where a body parts from the one that a page shows.
    pub(super) fn example(
        &self,
        shown: &ExampleResponse,
        documented: &Value,
        value: &Value,
        ty: Option<Type>,
    ) -> Vec<Found> {
        let mut walk = Walk {
            comparison: self,
            shown,
            selected: self.option("$select"),
            expanded: self.option("$expand"),
            path: JsonPath::default(),
            found: Vec::new(),
        };
        // The items of a collection are of the type, and the object around them is of none.
        let item = ty.map(|ty| Type::single(ty.kind));
        let has_value = |id| self.types.property(id, "value").is_some();
        let is_shown = documented
            .get("value")
            .is_some_and(|value| !value.is_null());
        let is_around = is_shown && !resource(item).is_some_and(has_value);
        match is_around {
            true => walk.around(documented, value, item),
            false => walk.value(&[documented], value, item, true),
        }
        walk.found
    }

    /// The names in a query option of the request.
    fn option(&self, name: &str) -> Vec<String> {
        let bare = |name: &str| name.trim_start_matches('$').to_ascii_lowercase();
        let pairs = self
            .target
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let values = pairs.filter(|(other, _)| bare(&decode(other)) == bare(name));
        let names = values.flat_map(|(_, value)| {
            let value = decode(value).replace('+', " ");
            let names = value.split(',').map(|name| {
                let end = name.find(['/', '(']).unwrap_or(name.len());
                name[..end].trim().to_ascii_lowercase()
            });
            names.collect::<Vec<_>>()
        });
        names.collect()
    }
}

impl<'w> Walk<'w> {
    /// The object around a collection, which no option of the query selects from.
    fn around(&mut self, documented: &'w Value, value: &'w Value, item: Option<Type>) {
        let Some(inner) = value.get("value") else {
            return self.report("value");
        };
        self.path.0.push(Step::Property("value"));
        let shown = [&documented["value"]];
        self.value(&shown, inner, item, true);
        self.path.0.pop();
    }

    /// A value beside those that the page shows in its place. `is_selected` says that options of the
    /// query choose the properties of the objects in it.
    fn value(
        &mut self,
        shown: &[&'w Value],
        value: &'w Value,
        ty: Option<Type>,
        is_selected: bool,
    ) {
        match value.kind() {
            Kind::Array => {
                let shown: Vec<&Value> = shown.iter().flat_map(|shown| shown.items()).collect();
                for (index, item) in value.items().enumerate() {
                    self.path.0.push(Step::Item(index));
                    self.value(&shown, item, ty, is_selected);
                    self.path.0.pop();
                }
            }
            Kind::Object => {
                let shown = shown
                    .iter()
                    .copied()
                    .filter(|shown| self.is_comparable(shown, value, ty));
                let shown: Vec<&Value> = shown.collect();
                self.object(&shown, value, ty, is_selected);
            }
            _ => {}
        }
    }

    fn object(
        &mut self,
        shown: &[&'w Value],
        value: &'w Value,
        ty: Option<Type>,
        is_selected: bool,
    ) {
        let Some((first, others)) = shown.split_first() else {
            return;
        };
        let types = &self.comparison.types;
        let named = type_name(value).or_else(|| type_name(first));
        let named = named
            .and_then(|name| types.find(name, None))
            .map(Type::single);
        let id = resource(named.or(ty));
        for (name, _) in first.members() {
            let property = id.and_then(|id| types.property(id, name));
            let documented: Vec<&Value> = shown.iter().filter_map(|it| it.get(name)).collect();
            match value.get(name) {
                Some(inner) => {
                    if property.is_none() && !name.contains('@') {
                        self.kind(name, &documented, inner);
                    }
                    let ty = property.map(|property| Type::single(property.ty.kind));
                    self.path.0.push(Step::Property(name));
                    self.value(&documented, inner, ty, false);
                    self.path.0.pop();
                }
                None => {
                    let lower = name.to_ascii_lowercase();
                    let is_navigation = property.is_some_and(|property| property.navigation);
                    let is_asked = match is_selected {
                        _ if is_navigation => self.expanded.contains(&lower),
                        true => self.selected.is_empty() || self.selected.contains(&lower),
                        false => true,
                    };
                    let is_always = documented.len() == others.len() + 1;
                    let has_value = documented.iter().all(|it| !it.is_null());
                    if is_always && has_value && is_asked && !name.contains('@') {
                        self.report(name);
                    }
                }
            }
        }
    }

    /// A value whose type no page gives is of the kind that the page shows.
    fn kind(&mut self, name: &'w str, documented: &[&Value], value: &Value) {
        let is_alike = |shown: &&Value| {
            shown.is_null() || mem::discriminant(&shown.kind()) == mem::discriminant(&value.kind())
        };
        let Some(shown) = documented
            .first()
            .filter(|_| !documented.iter().any(is_alike))
        else {
            return;
        };
        if !value.is_null() {
            self.path.0.push(Step::Property(name));
            let message = format!(
                "`{}` is {} on the page, and the answer to `{}` has {}",
                self.path,
                shown.kind(),
                self.comparison.label,
                value.kind()
            );
            self.found(Code::ServiceValueType, name, message);
            self.path.0.pop();
        }
    }

    /// Whether two objects are of one type, as far as they say: an answer that says nothing is of the
    /// documented type, and no more than that.
    fn is_comparable(&self, shown: &Value, value: &Value, ty: Option<Type>) -> bool {
        match (type_name(shown), type_name(value)) {
            (Some(shown), Some(value)) => shown.eq_ignore_ascii_case(value),
            (Some(shown), None) => {
                let shown = self.comparison.types.find(shown, None);
                shown.is_none() || ty.is_none_or(|ty| shown == Some(ty.kind))
            }
            _ => shown.is_object(),
        }
    }

    fn report(&mut self, name: &'w str) {
        self.path.0.push(Step::Property(name));
        let (path, label) = (&self.path, &self.comparison.label);
        let message =
            format!("`{path}` is shown on the page, and the answer to `{label}` lacks it");
        self.found(Code::ServicePropertyMissing, name, message);
        self.path.0.pop();
    }

    /// Adds what departs from the property of the page that the walk is at.
    fn found(&mut self, code: Code, name: &str, message: String) {
        let place = self.comparison.pages.property(self.shown, &self.path.0);
        self.found
            .push(self.comparison.found(code, name, place, message));
    }
}

fn type_name(value: &Value) -> Option<&str> {
    let name = value.get("@odata.type")?.as_str()?;
    Some(name.trim_start_matches('#'))
}

fn resource(ty: Option<Type>) -> Option<ResourceId> {
    match ty?.kind {
        TypeKind::Resource(id) => Some(id),
        _ => None,
    }
}
