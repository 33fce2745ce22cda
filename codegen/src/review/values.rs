//! The values of a body beside the types that pages give them.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;

use super::finding;
use super::placeholders::{can_stand_for, may_be_template_text, template_texts};
use crate::assemble::types::references::unknown_type;
use crate::conformance::{Departure, Fault, Json, JsonPath, Kind, Owner, Step, Types, Walk};
use crate::diagnostic::{Code, Diagnostic};
use crate::json;
use crate::model::{EnumId, Primitive, Type, TypeKind};
use crate::nearness::nearest;
use crate::page::Page;
use crate::page::body::Value;
use crate::page::excerpt::Excerpt;
use crate::source::Span;
use crate::vocabulary::Number;

/// How many characters of a text are told.
const TOLD: usize = 60;

/// A body that is reviewed. What is wrong with each item of an array is said once.
pub(super) struct Body<'w, 'a> {
    page: &'w Page<'a>,
    types: &'w Types<'w>,
    excerpt: &'w Excerpt<'a>,
    /// The body with the places of its values, read when one of them is reported.
    placed: OnceCell<Option<ast::Value<'w>>>,
    said: BTreeSet<(Code, String)>,
    found: &'w mut Vec<Diagnostic>,
}

/// Reports what is wrong with a body that is JSON, which `walk` leads through.
pub(super) fn check<'w, 'a>(
    page: &'w Page<'a>,
    types: &'w Types<'w>,
    (excerpt, value): (&'w Excerpt<'a>, Value<'w>),
    found: &'w mut Vec<Diagnostic>,
    walk: impl FnOnce(&mut Walk<'_, 'w, Value<'w>>, Value<'w>),
) {
    let mut body = Body {
        page,
        types,
        excerpt,
        placed: OnceCell::new(),
        said: BTreeSet::new(),
        found,
    };
    let mut report = |departure: Departure<'_, '_, Value<'_>>| body.report(departure);
    let walker = Walk::new(types, &mut report);
    walk(&mut walker.within(page.namespace.as_deref()), value);
    if value.strings().any(may_be_template_text) {
        body.report_template(value);
    }
}

impl Body<'_, '_> {
    fn report(&mut self, departure: Departure<'_, '_, Value<'_>>) {
        let Departure {
            path, name, value, ..
        } = departure;
        match departure.fault {
            Fault::UnknownProperty(owner) => self.report_unknown(path, name, owner),
            Fault::WrongType(ty) => self.report_type(path, name, value.kind(), ty),
            Fault::UnknownType(written) => self.report_unknown_type(path, written),
            Fault::NotNullable => self.report_null(path, name),
            Fault::WrongForm(primitive) => {
                if let Kind::String(text) = value.kind() {
                    self.report_form(path, name, text, primitive);
                }
            }
            Fault::UnknownMember(id) => {
                if let Kind::String(text) = value.kind() {
                    self.report_member(path, name, text, id);
                }
            }
        }
    }

    fn report_unknown(&mut self, path: &JsonPath<'_>, name: &str, owner: Owner<'_, Value<'_>>) {
        let shape = owner.shape;
        let label = match (shape.rows, shape.resources) {
            ([], [id, ..]) => self.types.label(Type::single(TypeKind::Resource(*id))),
            _ => "the table of the request body".to_owned(),
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
        let span = self
            .excerpt
            .quoted(name)
            .unwrap_or_else(|| self.name_span(path));
        self.say(Code::PropertyUnknown, &message.clone(), span, message, help);
    }

    fn report_type(&mut self, path: &JsonPath<'_>, name: &str, shown: Kind<'_>, ty: Type) {
        let is_template = matches!(shown, Kind::String(text) if can_stand_for(ty.kind, name, text));
        // Pages write null for whatever there is none of.
        if shown == Kind::Null || (is_template && !ty.collection) {
            return;
        }
        let expected = self.types.label(ty);
        let what = match name {
            "" => "the body".to_owned(),
            name => format!("`{name}`"),
        };
        let message = format!("{what} is documented as {expected}, and the example shows {shown}");
        let span = self.value_span(path);
        let is_whole = matches!(
            ty.kind,
            TypeKind::Primitive(Primitive::Int64 | Primitive::Int32 | Primitive::Int16)
        );
        let has_fraction = matches!(shown, Kind::Number(Number::Fraction));
        self.say(Code::ValueType, &message.clone(), span, message, || {
            let help = "numbers with fractions are of the type `Double` or `Decimal`";
            (is_whole && has_fraction).then(|| help.to_owned())
        });
    }

    fn report_null(&mut self, path: &JsonPath<'_>, name: &str) {
        let message = format!("`{name}` is documented as never null, and the example shows null");
        let span = self.value_span(path);
        self.say(Code::ValueType, &message.clone(), span, message, || None);
    }

    fn report_form(&mut self, path: &JsonPath<'_>, name: &str, text: &str, primitive: Primitive) {
        if can_stand_for(TypeKind::Primitive(primitive), name, text) {
            return;
        }
        let (message, help) = form(name, primitive, text);
        let span = self.text_span(path, text);
        self.say(Code::ValueForm, &message.clone(), span, message, || {
            Some(help)
        });
    }

    fn report_member(&mut self, path: &JsonPath<'_>, name: &str, text: &str, id: EnumId) {
        let kind = TypeKind::Enum(id);
        // Pages seldom say that a value may be several members at once.
        if can_stand_for(kind, name, text) || self.types.are_members(id, text) {
            return;
        }
        let (message, help) = member(self.types, id, text);
        let span = self.text_span(path, text);
        self.say(Code::MemberUnknown, &message.clone(), span, message, || {
            help
        });
    }

    fn report_unknown_type(&mut self, path: &JsonPath<'_>, name: &str) {
        if self.said.insert((Code::TypeUnknown, name.to_owned())) {
            let (span, help) = (self.value_span(path), self.types.suggestion(name));
            self.found.push(unknown_type(self.page, name, span, help));
        }
    }

    /// Reports text of a template: one finding stands for all of a body.
    fn report_template(&mut self, value: Value<'_>) {
        let Some((text, count)) = template(value) else {
            return;
        };
        let more = match count {
            1 => String::new(),
            _ => format!(", with {} more like it", count - 1),
        };
        let Kind::String(shown) = text.kind() else {
            return;
        };
        let message = format!("`{shown}` is text of a template{more}");
        let help = "show values that the service could give";
        let span = self.excerpt.quoted(shown).unwrap_or_else(|| {
            let placed = self.placed().and_then(template);
            self.span(placed.map(|(text, _)| range(text)))
        });
        let note = finding(Code::PlaceholderText, self.page, span, message);
        self.found.push(note.with_help(help));
    }

    /// The place of a text that a path leads to.
    fn text_span(&self, path: &JsonPath<'_>, text: &str) -> Span {
        let own = self.excerpt.quoted(text);
        own.unwrap_or_else(|| self.value_span(path))
    }

    /// The place of the value that a path leads to.
    fn value_span(&self, path: &JsonPath<'_>) -> Span {
        self.span(self.at(&path.0).map(range))
    }

    /// The place of the name of the property that a path leads to.
    fn name_span(&self, path: &JsonPath<'_>) -> Span {
        let property = path.0.split_last().and_then(|(last, before)| {
            let Step::Property(name) = last else {
                return None;
            };
            self.at(before)?.as_object()?.get(name)
        });
        self.span(property.map(json::name_range))
    }

    /// The place of a part of the body, or that of all of it.
    fn span(&self, part: Option<(usize, usize)>) -> Span {
        let whole = || self.excerpt.whole();
        part.map_or_else(whole, |(start, end)| self.excerpt.span(start, end))
    }

    /// The value that some steps lead to.
    fn at(&self, steps: &[Step<'_>]) -> Option<&ast::Value<'_>> {
        let mut steps = steps.iter();
        steps.try_fold(self.placed()?, |value, step| match *step {
            Step::Property(name) => Some(&value.as_object()?.get(name)?.value),
            Step::Item(index) => value.as_array()?.elements.get(index),
        })
    }

    fn placed(&self) -> Option<&ast::Value<'_>> {
        let read = || json::value(&self.excerpt.text);
        self.placed.get_or_init(read).as_ref()
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

/// What is said of a text that is no member of an enumeration, or has a word in it that is none, and which
/// one may be meant.
pub(super) fn member(types: &Types<'_>, id: EnumId, text: &str) -> (String, Option<String>) {
    let label = types.label(Type::single(TypeKind::Enum(id)));
    let mut words = text.split(',').map(str::trim);
    let text = match types.may_be_several(id) {
        true => words
            .find(|word| !types.is_member(id, word))
            .unwrap_or(text),
        false => text,
    };
    let near = nearest(text, types.members(id));
    let help = near.map(|near| format!("did you mean `{near}`?"));
    (format!("{label} has no member `{}`", told(text)), help)
}

/// A text as messages tell it: bytes and prose may be long.
fn told(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(TOLD) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// What is said of a text that has not the form of the values of its type, and how these are written.
pub(super) fn form(name: &str, primitive: Primitive, text: &str) -> (String, String) {
    let text = told(text);
    let message = format!("`{name}` is documented as `{primitive:?}`, and `{text}` is none");
    let sample = match primitive {
        Primitive::DateTimeOffset => "2014-01-01T00:00:00Z",
        Primitive::Date => "2014-01-01",
        Primitive::TimeOfDay => "08:30:00",
        Primitive::Duration => "P1DT12H",
        Primitive::Guid => "8fcb5dbc-d5aa-4681-8e31-b001d5168d79",
        Primitive::Boolean => "true",
        Primitive::Binary => "c3RvcnlzaGlw",
        _ => "5",
    };
    (message, format!("one is written like `{sample}`"))
}

fn range(value: &ast::Value<'_>) -> (usize, usize) {
    let range = value.range();
    (range.start, range.end)
}

/// The first text of a template in a body, and how many there are.
fn template<'v, N: Json<'v>>(body: N) -> Option<(N, usize)> {
    let mut first = None;
    let mut count = 0;
    template_texts("", body, &mut |text| {
        first.get_or_insert(text);
        count += 1;
    });
    Some((first?, count))
}
