//! References that are sent.

use super::Documented;
use crate::assemble::source;
use crate::model::{Primitive, Property, Type, TypeKind};
use crate::vocabulary::{Json as _, Kind};

/// The property of a reference, where that is what is sent to `$ref`, as an example shows it: the URL of a thing that
/// is there, under a name of OData's own, whatever thing the page speaks of (OData protocol 4.01, section 11.4.6).
pub(super) fn sent(of: &Documented<'_>) -> Option<Property> {
    let &Documented { page, group, .. } = of;
    let is_set = matches!(&*group.method, "POST" | "PUT") && page.body_rows.is_empty();
    if !is_set || group.tail.as_deref() != Some("$ref") {
        return None;
    }
    // Operations of one page are rarely all shown.
    let shown = of.example().or_else(|| {
        let mut requests = page.examples.requests.iter();
        requests.find(|request| request.is_of_method(&group.method))
    })?;
    let mut members = shown.json_value()?.members();
    let (Some((name, value)), None) = (members.next(), members.next()) else {
        return None;
    };
    let is_reference =
        matches!(name, "@odata.id" | "@id") && matches!(value.kind(), Kind::String(_));
    let text = Type::single(TypeKind::Primitive(Primitive::String));
    is_reference.then(|| Property {
        description: "The URL of what is referred to.".to_owned(),
        required: true,
        nullable: false,
        ..Property::shown(name, text, source(page, shown.message.span))
    })
}
