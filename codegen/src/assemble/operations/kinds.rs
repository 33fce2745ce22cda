//! Values of several kinds: of one in one example and of another in the next, or of either as a sentence says.

use super::Documented;
use crate::assemble::examples::content::annotated;
use crate::model::{Type, TypeKind};
use crate::page::example::ExampleMessage;
use crate::page::prose::Sentence;

/// The resource that the page speaks of, where an answer is of one kind of it, and another example shows another kind:
/// each is what came back that time.
pub(super) fn shared<'p, 'a: 'p>(
    of: &Documented<'_>,
    kind: TypeKind,
    said: Option<Type>,
    mut shown: impl Iterator<Item = &'p ExampleMessage<'a>>,
) -> Option<TypeKind> {
    let types = of.types;
    let said = said?.kind;
    let (one, whole) = (kind.resource()?, said.resource()?);
    if one == whole || !types.extends(one, whole) {
        return None;
    }
    let is_other = |response: &ExampleMessage<'_>| {
        let other = annotated(of.page, response, types).and_then(|ty| ty.kind.resource());
        other.is_some_and(|other| types.extends(other, whole) && !types.extends(other, one))
    };
    shown.any(is_other).then_some(said)
}

/// The type that sentences speak of. Where one speaks of a thing of one type or another, this is what both are.
pub(super) fn said<'s, 'a: 's>(
    of: &Documented<'_>,
    sentences: impl IntoIterator<Item = &'s Sentence<'a>> + Clone,
) -> Option<Type> {
    let &Documented { page, types, .. } = of;
    let said = types.said(page, sentences.clone())?;
    let mut linking = sentences.into_iter();
    let others = &linking
        .find(|sentence| sentence.ty.is_some())
        .map_or(&[][..], |it| &it.others);
    if others.is_empty() {
        return Some(said);
    }
    let others = others.iter().filter_map(|ty| types.resolve(page, ty));
    let kinds = [said].into_iter().chain(others);
    let kinds = kinds.filter_map(|ty| ty.kind.resource());
    let base = types.common_base(&kinds.collect::<Vec<_>>());
    let kind = base.map_or(said.kind, TypeKind::Resource);
    Some(Type { kind, ..said })
}
