//! Answers that are of one kind of a resource in one example, and of another in the next.

use crate::assemble::examples::content::annotated;
use crate::assemble::types::Types;
use crate::model::{self, Type, TypeKind};
use crate::page::Page;
use crate::page::example::ExampleMessage;

/// The resource that the page speaks of, where an answer is of one kind of it, and another example shows another kind:
/// each is what came back that time.
pub(super) fn shared<'p, 'a: 'p>(
    page: &Page<'_>,
    kind: TypeKind,
    said: Option<Type>,
    mut shown: impl Iterator<Item = &'p &'p ExampleMessage<'a>>,
    types: &Types,
) -> Option<TypeKind> {
    let said = said?.kind;
    let (TypeKind::Resource(one), TypeKind::Resource(whole)) = (kind, said) else {
        return None;
    };
    let extends = |kind, base| model::extends(&types.resources, kind, base);
    if one == whole || !extends(one, whole) {
        return None;
    }
    let is_other = |response: &ExampleMessage<'_>| match annotated(page, response, types) {
        Some(Type {
            kind: TypeKind::Resource(other),
            ..
        }) => extends(other, whole) && !extends(other, one),
        _ => false,
    };
    shown.any(|response| is_other(response)).then_some(said)
}
