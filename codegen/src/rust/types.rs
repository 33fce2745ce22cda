//! Types of the API as types of Rust.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Context;
use super::names::table::Names;
use crate::model::{Content, Operation, Outcome, Primitive, Type, TypeKind};

/// The names that a file takes from elsewhere.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// From the runtime.
    pub(super) runtime: BTreeSet<String>,
    /// From the module around: resources from resources.
    pub(super) siblings: BTreeSet<String>,
    /// Whether the module of resources is named.
    pub(super) resources: bool,
    /// Whether the module of enumerations is named.
    pub(super) enums: bool,
    /// Whether the module of operations is named.
    pub(super) operations: bool,
    /// Whether the module of paths is named.
    pub(super) paths: bool,
    /// Whether the type of requests is named.
    pub(super) request: bool,
}

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

impl Uses {
    /// Runtime names that a file always takes.
    pub(super) fn runtime(names: &[&str]) -> Self {
        let runtime = names.iter().map(|&name| name.to_owned()).collect();
        Self {
            runtime,
            ..Self::default()
        }
    }

    /// A name of the runtime.
    pub(super) fn take(&mut self, name: &str) -> TokenStream {
        self.runtime.insert(name.to_owned());
        let ident = Ident::new(name, Span::call_site());
        quote! { #ident }
    }

    /// `use` of the names from the runtime.
    pub(super) fn runtime_items(&self) -> TokenStream {
        group(quote! { docwright_client }, &self.runtime)
    }

    /// `use` of whole modules and of the type of requests, which are found at `root`.
    pub(super) fn module_items(&self, root: &TokenStream) -> TokenStream {
        let modules = [
            ("enums", self.enums),
            ("operations", self.operations),
            ("paths", self.paths),
            ("Request", self.request),
            ("resources", self.resources),
        ];
        let used = modules.into_iter().filter(|&(_, used)| used);
        let used: Vec<Ident> = used
            .map(|(name, _)| Ident::new(name, Span::call_site()))
            .collect();
        match used.as_slice() {
            [] => TokenStream::new(),
            [name] => quote! { use #root::#name; },
            names => quote! { use #root::{#(#names),*}; },
        }
    }

    /// `use` of the names from the module around.
    pub(super) fn sibling_items(&self) -> TokenStream {
        group(quote! { super }, &self.siblings)
    }
}

fn group(path: TokenStream, names: &BTreeSet<String>) -> TokenStream {
    let names: Vec<Ident> = names
        .iter()
        .map(|name| Ident::new(name, Span::call_site()))
        .collect();
    match names.as_slice() {
        [] => TokenStream::new(),
        [name] => quote! { use #path::#name; },
        names => quote! { use #path::{#(#names),*}; },
    }
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
    let good = |outcome: &&Outcome| (200..300).contains(&outcome.status);
    let outputs = operation
        .outcomes
        .iter()
        .filter(good)
        .map(|outcome| match outcome.content {
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
