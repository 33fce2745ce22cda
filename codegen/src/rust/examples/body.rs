//! The body of an example's request.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::literal::literal;
use super::uses::Uses;
use crate::model::{BodyContent, ExampleRequest, OperationId, TypeKind};
use crate::rust::names::table::Names;
use crate::rust::types;

/// A body that an operation takes.
#[derive(Default)]
pub(super) struct Body {
    /// The type that it is read as, where it is JSON.
    pub(super) ty: Option<TokenStream>,
    /// The argument that passes it.
    pub(super) argument: Option<TokenStream>,
}

/// The body as an operation takes it; `None` where the example shows no JSON for it.
pub(super) fn taken(
    names: &Names,
    id: OperationId,
    content: &BodyContent,
    request: &ExampleRequest,
    uses: &mut Uses,
) -> Option<Body> {
    let body = request.body.as_deref();
    let ty = match content {
        BodyContent::Bytes => {
            let text = literal(body.unwrap_or(""));
            return Some(Body {
                argument: Some(quote! { #text }),
                ..Body::default()
            });
        }
        BodyContent::Value(ty) => {
            let value = types::value(
                names,
                ty.kind,
                false,
                &mut crate::rust::uses::Uses::default(),
            );
            let value = qualify(ty.kind, value, uses);
            match ty.collection {
                true => quote! { Vec<#value> },
                false => value,
            }
        }
        BodyContent::Object(_) => {
            let name = names.operation(id).body.as_ref().map(|body| &body.ty);
            let module = uses.own("resources");
            quote! { #module::#name }
        }
    };
    // What a page shows in place of an object or of an item, such as a number or null, is not read as one.
    let is_read = match serde_json::from_str(body?).ok()? {
        Value::Object(_) => true,
        Value::Array(items) => !items.contains(&Value::Null),
        _ => matches!(
            content,
            BodyContent::Value(ty) if !ty.collection && !matches!(ty.kind, TypeKind::Resource(_))
        ),
    };
    if !is_read {
        return None;
    }
    Some(Body {
        ty: Some(ty),
        argument: Some(quote! { &body }),
    })
}

/// The call that adds a body to a request of the runtime, where the example shows one.
pub(super) fn added(request: &ExampleRequest) -> TokenStream {
    let Some(body) = request.body.as_deref().filter(|body| !body.is_empty()) else {
        return TokenStream::new();
    };
    let mut headers = request.headers.iter();
    let media_type = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok();
    let media_type = match media_type {
        Some((_, value)) => value,
        None if is_json() => "application/json",
        None => "application/octet-stream",
    };
    let [media_type, body] = [media_type, body].map(literal);
    quote! { .bytes(#media_type, #body) }
}

/// The type of a body where nothing of the runtime is in scope.
fn qualify(kind: TypeKind, ty: TokenStream, uses: &mut Uses) -> TokenStream {
    let plain = ["String", "bool", "u8", "i16", "i32", "i64", "f32", "f64"];
    match kind {
        TypeKind::Resource(_) => {
            uses.own("resources");
            ty
        }
        TypeKind::Enum(_) => {
            uses.own("enums");
            ty
        }
        TypeKind::Primitive(_) if plain.contains(&ty.to_string().as_str()) => ty,
        TypeKind::Primitive(_) | TypeKind::Json => {
            let runtime = uses.runtime();
            quote! { #runtime::#ty }
        }
    }
}
