//! Types of the API as types of Rust.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::names::table::Names;
use super::uses::Uses;
use crate::model::{Content, Operation, Primitive, Type, TypeKind};

/// What an operation's answer is decoded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Output {
    /// JSON of a type.
    Json(Type),
    /// JSON that is an array of values by itself.
    Array(TypeKind),
    /// The number of items.
    Count,
    /// Bytes.
    Bytes,
    /// Nothing.
    Empty,
}

/// The Rust type of a single value. Resources are siblings in their own module.
pub(super) fn value(names: &Names, kind: TypeKind, siblings: bool, uses: &mut Uses) -> TokenStream {
    match kind {
        TypeKind::Primitive(primitive) => self::primitive(primitive, uses),
        TypeKind::Json => uses.take("Json"),
        TypeKind::Resource(id) => {
            let name = &names.resource(id).ty;
            if siblings {
                uses.siblings.insert(name.to_string());
                quote! { #name }
            } else {
                uses.resources = true;
                quote! { resources::#name }
            }
        }
        TypeKind::Enum(id) => {
            uses.enums = true;
            let name = &names.enumeration(id).ty;
            quote! { enums::#name }
        }
    }
}

/// The Rust type of a primitive value.
pub(super) fn primitive(primitive: Primitive, uses: &mut Uses) -> TokenStream {
    let name = match primitive {
        // The value of a stream property is a link or base64 text; only the service knows which.
        Primitive::String | Primitive::Stream => return quote! { String },
        Primitive::Boolean => return quote! { bool },
        Primitive::Byte => return quote! { u8 },
        Primitive::Int16 => return quote! { i16 },
        Primitive::Int32 => return quote! { i32 },
        Primitive::Int64 => return quote! { i64 },
        Primitive::Single => return quote! { f32 },
        Primitive::Double => return quote! { f64 },
        Primitive::Decimal => "Decimal",
        Primitive::DateTimeOffset => "DateTimeOffset",
        Primitive::Date => "Date",
        Primitive::TimeOfDay => "TimeOfDay",
        Primitive::Duration => "Duration",
        Primitive::Guid => "Guid",
        Primitive::Binary => "Binary",
    };
    uses.take(name)
}

/// What comes back where all goes well: of several documented answers the one that carries most.
/// Where the page documents none, the bytes are handed over as they come.
pub(super) fn output(operation: &Operation) -> Output {
    let outputs = operation.successes().map(|outcome| match outcome.content {
        Content::Empty => Output::Empty,
        Content::Bytes => Output::Bytes,
        Content::Count => Output::Count,
        Content::Value(ty) => Output::Json(ty),
        Content::Array(kind) => Output::Array(kind),
    });
    let carries = |output: &Output| match output {
        Output::Json(_) | Output::Array(_) => 0,
        Output::Count => 1,
        Output::Bytes => 2,
        Output::Empty => 3,
    };
    outputs.min_by_key(carries).unwrap_or(Output::Bytes)
}

/// The Rust type of an answer.
pub(super) fn output_type(context: &Context<'_>, output: Output, uses: &mut Uses) -> TokenStream {
    match output {
        Output::Empty => quote! { () },
        Output::Bytes => uses.take("Body"),
        Output::Count => quote! { i64 },
        Output::Array(kind) => {
            let item = value(&context.names, kind, false, uses);
            quote! { Vec<#item> }
        }
        Output::Json(Type {
            kind,
            collection: true,
        }) => {
            let item = value(&context.names, kind, false, uses);
            let collection = uses.take("Collection");
            quote! { #collection<#item> }
        }
        Output::Json(Type {
            kind: kind @ TypeKind::Resource(_),
            ..
        }) => value(&context.names, kind, false, uses),
        Output::Json(Type {
            kind: TypeKind::Json,
            ..
        }) => uses.take("Json"),
        Output::Json(Type { kind, .. }) => {
            let value = value(&context.names, kind, false, uses);
            let single = uses.take("Single");
            quote! { #single<#value> }
        }
    }
}
