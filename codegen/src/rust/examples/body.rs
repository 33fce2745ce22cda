//! The body of an example's request.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::literal;
use super::uses::Uses;
use crate::model::{BodyContent, ExampleRequest, OperationId, TypeKind};
use crate::rust::{Context, types};

/// A body that an operation takes.
#[derive(Default)]
pub(super) struct Body {
    /// The statement that makes it.
    pub(super) statement: TokenStream,
    /// The argument that passes it.
    pub(super) argument: Option<TokenStream>,
    /// Whether it is of a type of the API.
    pub(super) typed: bool,
}

/// The body as an operation takes it; `None` where the example shows no JSON for it.
pub(super) fn taken(
    context: &Context<'_>,
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
            let value = types::value(context, ty.kind, false, &mut types::Uses::default());
            let value = qualify(ty.kind, value, uses);
            match ty.collection {
                true => quote! { Vec<#value> },
                false => value,
            }
        }
        BodyContent::Object(_) => {
            let names = &context.names.operation(id).body;
            let name = names.as_ref().map(|names| &names.ty);
            let module = uses.own("resources");
            quote! { #module::#name }
        }
    };
    serde_json::from_str::<serde::de::IgnoredAny>(body?).ok()?;
    Some(Body {
        statement: quote! { let body: #ty = example.body()?; },
        argument: Some(quote! { &body }),
        typed: true,
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
        TypeKind::Primitive(_) | TypeKind::Json => quote! { docwright_client::#ty },
    }
}
