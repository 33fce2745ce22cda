//! The values of a body beside the types that pages give them.

use std::collections::BTreeSet;

use super::finding;
use super::placeholders::{can_stand_for, template_texts};
use crate::conformance::{Departure, Fault, Kind, Owner, Placed, Shape, Types, Walk};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ResourceId, Type, TypeKind};
use crate::page::Page;
use crate::page::excerpt::Excerpt;
use crate::page::json;
use crate::page::plain_json::PlainJson;
use crate::source::Span;
use crate::words::nearest;

/// What a body is documented as.
pub(super) enum Expected<'e> {
    /// The answer with a type.
    Answer(Type),
    /// A value of a type; of any, where there is none.
    Value(Option<Type>),
    /// An object with the rows of a table, and with what some resources have.
    Object(Vec<(&'e str, Type)>, Vec<ResourceId>),
}

/// A body that is reviewed. What is wrong with each item of an array is said once.
struct Body<'w, 'a> {
    page: &'w Page<'a>,
    types: &'w Types<'w>,
    excerpt: &'w Excerpt<'a>,
    said: BTreeSet<(Code, String)>,
    found: &'w mut Vec<Diagnostic>,
}

/// Reads a body and reports what is wrong with it.
pub(super) fn check<'w, 'a>(
    page: &'w Page<'a>,
    types: &'w Types<'w>,
    excerpt: &'w Excerpt<'a>,
    expected: &Expected<'_>,
    found: &'w mut Vec<Diagnostic>,
) {
    let mut body = Body {
        page,
        types,
        excerpt,
        said: BTreeSet::new(),
        found,
    };
    if let Some(json) = PlainJson::read(&excerpt.text) {
        body.review(json.value(), expected);
    } else if let Some(value) = json::value(&excerpt.text) {
        body.review(&value, expected);
    }
}

impl Body<'_, '_> {
    fn review<'v, N: Placed<'v>>(&mut self, value: N, expected: &Expected<'_>) {
        let (types, namespace) = (self.types, self.page.namespace.as_deref());
        let mut report = |departure: Departure<'_, 'v, N>| self.report(departure);
        let mut walk = Walk::new(types, &mut report).within(namespace);
        match expected {
            Expected::Answer(ty) => walk.answer(value, *ty),
            Expected::Value(ty) => walk.value("", value, *ty),
            Expected::Object(rows, resources) => match value.kind() {
                Kind::Object => walk.object(value, Shape { rows, resources }),
                _ => walk.value("", value, None),
            },
        }
        self.report_template(value);
    }

    fn report<'v, N: Placed<'v>>(&mut self, departure: Departure<'_, 'v, N>) {
        let Departure { name, value, .. } = departure;
        match departure.fault {
            Fault::UnknownProperty(owner) => self.report_unknown(name, owner),
            Fault::WrongType(ty) => self.report_type(name, value, ty),
            Fault::UnknownType(written) => self.report_unknown_type(written, value),
            // Pages name new members in examples first: clients keep them.
            Fault::UnknownMember(_) => {}
        }
    }

    fn report_unknown<'v, N: Placed<'v>>(&mut self, name: &str, owner: Owner<'_, N>) {
        let Owner { object, shape } = owner;
        let Some(span) = object.span_of_name(name) else {
            return;
        };
        let label = match shape.resources {
            [id, ..] => self.types.label(Type::single(TypeKind::Resource(*id))),
            [] => "the table of the request body".to_owned(),
        };
        let message = format!("{label} has no property `{name}`");
        let types = self.types;
        let help = || {
            let mut heirs = shape.resources.iter();
            let heir = heirs.find_map(|&id| types.heir_with(id, name));
            match (nearest(name, shape.names(types)), heir) {
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

    fn report_type<'v, N: Placed<'v>>(&mut self, name: &str, value: N, ty: Type) {
        let shown = value.kind();
        let is_template = matches!(shown, Kind::String(text) if can_stand_for(ty.kind, name, text));
        // Pages write null for whatever there is none of.
        if shown == Kind::Null || (is_template && !ty.collection) {
            return;
        }
        let expected = self.types.label(ty);
        let message =
            format!("`{name}` is documented as {expected}, and the example shows {shown}");
        let span = value.span();
        self.say(Code::ValueType, &message.clone(), span, message, || None);
    }

    fn report_unknown_type<'v, N: Placed<'v>>(&mut self, name: &str, value: N) {
        let message = format!("no page defines the type `{name}`");
        let types = self.types;
        let help = || types.suggestion(name);
        self.say(Code::TypeUnknown, name, value.span(), message, help);
    }

    /// Reports text of a template: one finding stands for all of a body.
    fn report_template<'v, N: Placed<'v>>(&mut self, value: N) {
        let mut first = None;
        let mut count = 0;
        template_texts("", value, &mut |text, value| {
            first.get_or_insert((text, value));
            count += 1;
        });
        let Some((text, value)) = first else { return };
        let more = match count {
            1 => String::new(),
            _ => format!(", with {} more like it", count - 1),
        };
        let message = format!("`{text}` is text of a template{more}");
        let help = "show values that the service could give";
        let span = self.in_page(value.span());
        let note = finding(Code::PlaceholderText, self.page, span, message);
        self.found.push(note.with_help(help));
    }

    /// The place in the page of a span of the body.
    fn in_page(&self, span: Span) -> Span {
        let range = span.range();
        self.excerpt.span(range.start, range.end)
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
            let found = finding(code, self.page, self.in_page(span), message);
            self.found.push(match help() {
                Some(help) => found.with_help(help),
                None => found,
            });
        }
    }
}
