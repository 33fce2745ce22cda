//! The values of a body beside the types that pages give them.

use std::collections::BTreeSet;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;

use super::finding;
use super::placeholders::{can_stand_for, template_texts};
use crate::conformance::{Departure, Fault, Json, Kind, Owner, Types, Walk};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Type, TypeKind};
use crate::page::Page;
use crate::page::excerpt::Excerpt;
use crate::page::json;
use crate::source::Span;
use crate::words::nearest;

/// A body that is reviewed. What is wrong with each item of an array is said once.
pub(super) struct Body<'w, 'a> {
    page: &'w Page<'a>,
    types: &'w Types<'w>,
    excerpt: &'w Excerpt<'a>,
    said: BTreeSet<(Code, String)>,
    found: &'w mut Vec<Diagnostic>,
}

/// Reads a body and reports what is wrong with it, which `walk` leads through.
pub(super) fn check<'w, 'a>(
    page: &'w Page<'a>,
    types: &'w Types<'w>,
    excerpt: &'w Excerpt<'a>,
    found: &'w mut Vec<Diagnostic>,
    walk: impl for<'v, 't> FnOnce(&mut Walk<'_, 'v, &'v Value<'t>>, &'v Value<'t>),
) {
    let Some(value) = json::value(&excerpt.text) else {
        return;
    };
    let mut body = Body {
        page,
        types,
        excerpt,
        said: BTreeSet::new(),
        found,
    };
    let mut report = |departure: Departure<'_, '_, &Value<'_>>| body.report(departure);
    let walker = Walk::new(types, &mut report);
    walk(&mut walker.within(page.namespace.as_deref()), &value);
    body.report_template(&value);
}

impl Body<'_, '_> {
    fn report(&mut self, departure: Departure<'_, '_, &Value<'_>>) {
        let Departure { name, value, .. } = departure;
        match departure.fault {
            Fault::UnknownProperty(owner) => self.report_unknown(name, owner),
            Fault::WrongType(ty) => self.report_type(name, value, ty),
            Fault::UnknownType(written) => self.report_unknown_type(written, value),
            // Pages name new members in examples first: clients keep them.
            Fault::UnknownMember(_) => {}
        }
    }

    fn report_unknown(&mut self, name: &str, owner: Owner<'_, &Value<'_>>) {
        let Owner { object, shape } = owner;
        let Some(property) = object.as_object().and_then(|object| object.get(name)) else {
            return;
        };
        let (start, end) = json::name_range(property);
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
        let span = self.excerpt.span(start, end);
        self.say(Code::PropertyUnknown, &message.clone(), span, message, help);
    }

    fn report_type(&mut self, name: &str, value: &Value<'_>, ty: Type) {
        let shown = value.kind();
        let is_template = matches!(shown, Kind::String(text) if can_stand_for(ty.kind, name, text));
        // Pages write null for whatever there is none of.
        if shown == Kind::Null || (is_template && !ty.collection) {
            return;
        }
        let expected = self.types.label(ty);
        let message =
            format!("`{name}` is documented as {expected}, and the example shows {shown}");
        let span = self.span(value);
        self.say(Code::ValueType, &message.clone(), span, message, || None);
    }

    fn report_unknown_type(&mut self, name: &str, value: &Value<'_>) {
        let message = format!("no page defines the type `{name}`");
        let types = self.types;
        let help = || types.suggestion(name);
        self.say(Code::TypeUnknown, name, self.span(value), message, help);
    }

    /// Reports text of a template: one finding stands for all of a body.
    fn report_template(&mut self, value: &Value<'_>) {
        let mut first = None;
        let mut count = 0;
        template_texts("", value, &mut |text| {
            first.get_or_insert(text);
            count += 1;
        });
        let Some(text) = first else { return };
        let more = match count {
            1 => String::new(),
            _ => format!(", with {} more like it", count - 1),
        };
        let message = format!("`{}` is text of a template{more}", text.value);
        let help = "show values that the service could give";
        let span = self.excerpt.span(text.range.start, text.range.end);
        let note = finding(Code::PlaceholderText, self.page, span, message);
        self.found.push(note.with_help(help));
    }

    fn span(&self, value: &Value<'_>) -> Span {
        let range = value.range();
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
            let found = finding(code, self.page, span, message);
            self.found.push(match help() {
                Some(help) => found.with_help(help),
                None => found,
            });
        }
    }
}
