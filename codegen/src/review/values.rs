//! The values of a body beside the types that pages give them.

use std::collections::BTreeSet;

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;

use super::finding;
use super::placeholders::is_template_text;
use super::representation::{contradiction, kind_of};
use super::types::Types;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ResourceId, Type, TypeKind};
use crate::page::Page;
use crate::page::excerpt::Excerpt;
use crate::page::json;
use crate::page::type_name::{self, Name};
use crate::source::Span;
use crate::words::nearest;

/// What an object may hold: what a table lists, by name, and the properties of resources. Where there
/// is neither, nothing is known of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape<'s> {
    pub(super) rows: &'s [(&'s str, Type)],
    pub(super) resources: &'s [ResourceId],
}

/// A walk through one body. What is wrong with each item of an array is said once.
pub(super) struct Walk<'w, 'a> {
    page: &'w Page<'a>,
    types: &'w Types<'w>,
    body: &'w Excerpt<'a>,
    said: BTreeSet<(Code, String)>,
    /// The first template text, with its place, and how much of it there is.
    template: Option<(String, Span, u32)>,
    found: &'w mut Vec<Diagnostic>,
}

impl<'w, 'a> Walk<'w, 'a> {
    pub(super) fn new(
        page: &'w Page<'a>,
        types: &'w Types<'w>,
        body: &'w Excerpt<'a>,
        found: &'w mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            page,
            types,
            body,
            said: BTreeSet::new(),
            template: None,
            found,
        }
    }

    /// Walks through an object, whose own `@odata.type` says more than where it stands.
    pub(super) fn object(&mut self, object: &Object<'_>, shape: Shape<'_>) {
        let named = self.named_type(object);
        let own;
        let shape = match named {
            None => shape,
            Some(Some(id)) if !shape.is_unknown() => {
                own = [id];
                Shape {
                    resources: &own,
                    ..shape
                }
            }
            Some(_) => Shape::default(),
        };
        for property in &object.properties {
            let name = property.name.as_str();
            if name.contains('@') {
                continue;
            }
            let ty = shape.type_of(name, self.types);
            if ty.is_none() && !shape.is_unknown() && !shape.is_open(self.types) {
                let (start, end) = json::name_range(property);
                self.report_unknown(name, self.body.span(start, end), shape);
            }
            self.value(name, &property.value, ty);
        }
    }

    /// Walks through the value of a property, or through an item of it.
    pub(super) fn value(&mut self, name: &str, value: &Value<'_>, ty: Option<Type>) {
        let ty = ty.filter(|ty| {
            let expected = contradiction(name, value, *ty, self.types);
            if let Some(expected) = &expected {
                self.report_type(name, value, expected);
            }
            expected.is_none()
        });
        match value {
            Value::Array(array) => {
                let item = ty.map(|ty| Type::single(ty.kind));
                for element in &array.elements {
                    self.value(name, element, item);
                }
            }
            Value::Object(object) => match ty.map(|ty| ty.kind) {
                Some(TypeKind::Resource(id)) => {
                    let resources = &[id];
                    let rows = &[];
                    self.object(object, Shape { rows, resources });
                }
                _ => self.object(object, Shape::default()),
            },
            Value::StringLit(text) if is_template_text(name, &text.value) => {
                let range = &text.range;
                let span = || self.body.span(range.start, range.end);
                let first = || (text.value.to_string(), span(), 0);
                self.template.get_or_insert_with(first).2 += 1;
            }
            _ => {}
        }
    }

    /// Ends the walk: template text is one finding a body.
    pub(super) fn finish(self) {
        if let Some((text, span, count)) = self.template {
            let more = match count {
                1 => String::new(),
                _ => format!(", with {} more like it", count - 1),
            };
            let message = format!("`{text}` is text of a template{more}");
            let help = "show values that the service could give";
            let note = finding(Code::PlaceholderText, self.page, span, message);
            self.found.push(note.with_help(help));
        }
    }

    /// The resource that an object says it is: `None` where it does not say, and `Some(None)` where
    /// what it says is no resource.
    fn named_type(&mut self, object: &Object<'_>) -> Option<Option<ResourceId>> {
        let mut properties = object.properties.iter();
        let property = properties.find(|property| property.name.as_str() == "@odata.type")?;
        let written = json::string(&property.value)?;
        let short = written.trim_start_matches('#');
        let parsed = type_name::parse(short)?;
        let Name::Documented(name) = &parsed.name else {
            return Some(None);
        };
        let kind = self.types.find(name, self.page.namespace.as_deref());
        let known = kind.map(|kind| self.types.full_name(kind).1);
        if known != Some(name.rsplit('.').next().unwrap_or(name)) {
            let range = property.value.range();
            let span = self.body.span(range.start, range.end);
            let message = format!("no page defines the type `{name}`");
            let types = self.types;
            let help = || types.suggestion(name);
            self.say(Code::TypeUnknown, name, span, message, help);
        }
        match kind {
            Some(TypeKind::Resource(id)) => Some(Some(id)),
            _ => Some(None),
        }
    }

    fn report_unknown(&mut self, name: &str, span: Span, shape: Shape<'_>) {
        let ids = shape.resources.iter().copied();
        let owner = match shape.resources {
            [id, ..] => format!("`{}`", self.types.full_name(TypeKind::Resource(*id)).1),
            [] => "the table of the request body".to_owned(),
        };
        let message = format!("{owner} has no property `{name}`");
        let types = self.types;
        let help = || {
            let lineages = ids.clone().flat_map(|id| types.lineage(id));
            let properties = lineages.flat_map(|resource| &resource.properties);
            let rows = shape.rows.iter().map(|(name, _)| *name);
            let known = properties
                .map(|property| property.name.as_str())
                .chain(rows);
            let mut heirs = ids.clone().filter_map(|id| types.heir_with(id, name));
            match (nearest(name, known), heirs.next()) {
                (Some(near), _) => Some(format!("did you mean `{near}`?")),
                (None, Some(heir)) => Some(format!(
                    "`{}`, which extends it, has one: show its `@odata.type`",
                    heir.name
                )),
                (None, None) => None,
            }
        };
        self.say(Code::PropertyUnknown, &message.clone(), span, message, help);
    }

    fn report_type(&mut self, name: &str, value: &Value<'_>, expected: &str) {
        let range = value.range();
        let span = self.body.span(range.start, range.end);
        let shown = kind_of(value);
        let message =
            format!("`{name}` is documented as {expected}, and the example shows {shown}");
        self.say(Code::ValueType, &message.clone(), span, message, || None);
    }

    /// Reports what has not been said yet about this body; `help` is only asked then.
    fn say(
        &mut self,
        code: Code,
        key: &str,
        span: Span,
        message: String,
        help: impl FnOnce() -> Option<String>,
    ) {
        if self.said.insert((code, key.to_owned())) {
            let found = finding(code, self.page, span, message);
            self.found.push(match help() {
                Some(help) => found.with_help(help),
                None => found,
            });
        }
    }
}

impl Shape<'_> {
    fn is_unknown(&self) -> bool {
        self.rows.is_empty() && self.resources.is_empty()
    }

    fn is_open(&self, types: &Types<'_>) -> bool {
        self.resources.iter().any(|&id| types.is_open(id))
    }

    fn type_of(&self, name: &str, types: &Types<'_>) -> Option<Type> {
        let mut rows = self.rows.iter();
        if let Some((_, ty)) = rows.find(|(row, _)| *row == name) {
            return Some(*ty);
        }
        let properties = self.resources.iter().map(|&id| types.property(id, name));
        properties.flatten().map(|property| property.ty).next()
    }
}
