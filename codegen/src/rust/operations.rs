//! `src/operations/`: requests, one struct for each operation, one file for each page.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{Docs, code, escape};
use super::file::RustFile;
use super::names::{Case, Scope, file_name};
use super::options;
use super::types::{self, Output, Uses};
use crate::model::{
    BodyContent, Content, Operation, OperationId, Outcome, PageId, Parameter, TypeKind,
};
use crate::words::file_stem;

/// An argument that a request cannot be made without.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    /// Its name.
    pub(super) name: Ident,
    /// Its type.
    ty: TokenStream,
    /// The call that puts it into the request.
    passing: TokenStream,
}

impl Argument {
    /// The argument in a signature.
    pub(super) fn declaration(&self) -> TokenStream {
        let Self { name, ty, .. } = self;
        quote! { #name: #ty }
    }
}

/// The files with the operations, and the module of them.
pub(super) fn files(context: &Context<'_>) -> Vec<RustFile> {
    let mut by_page: BTreeMap<PageId, Vec<OperationId>> = BTreeMap::new();
    for (index, operation) in context.api.operations.iter().enumerate() {
        by_page
            .entry(operation.source.page)
            .or_default()
            .push(OperationId(index as u32));
    }
    let mut scope = Scope::new(Case::Module, &["mod"]);
    let mut modules = TokenStream::new();
    let mut exports = TokenStream::new();
    let mut files = Vec::new();
    for (page, ids) in by_page {
        let stem = file_stem(&context.api.pages[page.0 as usize].path);
        let module = scope.claim(&[stem]).ident;
        let types: Vec<&Ident> = ids
            .iter()
            .map(|&id| &context.names.operation(id).ty)
            .collect();
        modules.extend(quote! { mod #module; });
        exports.extend(match types.as_slice() {
            [only] => quote! { pub use #module::#only; },
            several => quote! { pub use #module::{#(#several),*}; },
        });
        files.push(page_file(context, page, &module, &ids));
    }
    files.push(RustFile {
        path: "src/operations/mod.rs".to_owned(),
        pages: context.pages(),
        docs: Docs::new().text("Requests: a struct for each operation of the API."),
        items: quote! { #modules #exports },
    });
    files
}

fn page_file(context: &Context<'_>, page: PageId, module: &Ident, ids: &[OperationId]) -> RustFile {
    let mut uses = Uses::runtime(&["Method", "Operation", "Path", "Request"]);
    let items = ids.iter().map(|&id| operation(context, id, &mut uses));
    let items = items.collect::<TokenStream>();
    let runtime = uses.runtime_items();
    let modules = uses.module_items(&quote! { super::super });
    RustFile {
        path: format!("src/operations/{}.rs", file_name(module)),
        pages: [page].into(),
        docs: Docs::new(),
        items: quote! { #runtime #modules #items },
    }
}

fn operation(context: &Context<'_>, id: OperationId, uses: &mut Uses) -> TokenStream {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let (name, info) = (&names.ty, &names.operation);
    let output = types::output_type(context, types::output(operation), uses);
    let output = match may_be_empty(operation) {
        true => quote! { Option<#output> },
        false => output,
    };
    let docs = docs(context, id, "super::super").outer();
    let info_docs = format!(" What the pages say about [`{name}`].");
    let title = &operation.title;
    let method = method(&operation.method);
    let doc = context.api.locate(operation.source);
    let idempotent = operation.idempotent;
    let arguments = arguments(context, id, uses);
    let declared = arguments.iter().map(Argument::declaration);
    let passing = arguments.iter().map(|argument| &argument.passing);
    let options = options::methods(operation);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is awaited"]
        pub struct #name(Request<#output>);

        impl #name {
            pub(crate) fn new(path: &Path, #(#declared),*) -> Self {
                Self(Request::new(&#info, path) #(#passing)*)
            }

            #options
        }

        docwright_client::operation!(#name, #output);

        #[doc = #info_docs]
        static #info: Operation = Operation {
            name: #title,
            method: #method,
            doc: #doc,
            idempotent: #idempotent,
        };
    }
}

/// Whether the page documents two good answers, one with a single value and one with nothing. An
/// empty collection and no bytes say as much by themselves.
pub(super) fn may_be_empty(operation: &Operation) -> bool {
    let single = matches!(types::output(operation), Output::Json(ty) if !ty.collection);
    let good = |outcome: &&Outcome| (200..300).contains(&outcome.status);
    let mut good = operation.outcomes.iter().filter(good);
    single && good.any(|outcome| outcome.content == Content::Empty)
}

/// An HTTP method as the runtime has it. Those without a constant are refused before: routes are
/// read with the methods of RFC 9110 and RFC 5789 only.
pub(super) fn method(method: &str) -> TokenStream {
    let name = super::names::single(Case::Shouty, method);
    quote! { Method::#name }
}

/// The docs of an operation's struct. Links to other modules begin with `root`.
fn docs(context: &Context<'_>, id: OperationId, root: &str) -> Docs {
    let operation = context.api.operation(id);
    let body = operation.request_body.as_ref();
    let docs = title(operation)
        .prose("", &operation.description)
        .prose("", body.map_or("", |body| &body.description));
    answers_and_place(context, operation, root, docs)
}

/// The docs of the methods that make an operation's request: what its struct says in full.
pub(super) fn summary(context: &Context<'_>, id: OperationId, root: &str) -> Docs {
    let operation = context.api.operation(id);
    answers_and_place(context, operation, root, title(operation))
}

fn title(operation: &Operation) -> Docs {
    let title = escape(operation.title.trim().trim_end_matches('.'));
    Docs::new().text(format!("{title}."))
}

fn answers_and_place(context: &Context<'_>, operation: &Operation, root: &str, docs: Docs) -> Docs {
    let place = code(&context.api.locate(operation.source));
    docs.text(answers(context, operation, root))
        .text(format!("Documented in {place}."))
}

/// The documented answers as a sentence.
fn answers(context: &Context<'_>, operation: &Operation, root: &str) -> String {
    let output = types::output(operation);
    let carried = match output {
        Output::Empty => String::new(),
        Output::Bytes => " with bytes".to_owned(),
        Output::Text => " with text".to_owned(),
        Output::Json(ty) => {
            let name = match ty.kind {
                TypeKind::Resource(id) => {
                    let name = &context.names.resource(id).ty;
                    format!("[`{name}`]({root}::resources::{name})")
                }
                TypeKind::Enum(id) => {
                    let name = &context.names.enumeration(id).ty;
                    format!("[`{name}`]({root}::enums::{name})")
                }
                TypeKind::Primitive(_) | TypeKind::Json => "JSON".to_owned(),
            };
            format!(
                " with {}{name}",
                if ty.collection {
                    "a collection of "
                } else {
                    ""
                }
            )
        }
    };
    let mut good: Vec<u16> = Vec::new();
    let mut empty: Vec<u16> = Vec::new();
    let mut other: Vec<u16> = Vec::new();
    let may_be_empty = may_be_empty(operation);
    for outcome in &operation.outcomes {
        let list = match (200..300).contains(&outcome.status) {
            true if may_be_empty && outcome.content == Content::Empty => &mut empty,
            true => &mut good,
            false => &mut other,
        };
        if !list.contains(&outcome.status) {
            list.push(outcome.status);
        }
    }
    let all = |list: &[u16]| {
        list.iter()
            .map(|status| format!("`{status}`"))
            .collect::<Vec<_>>()
            .join(" or ")
    };
    let carried = match empty.as_slice() {
        [] => carried,
        statuses => format!("{carried}, {} with nothing", all(statuses)),
    };
    match (good.is_empty(), other.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("Answers {}{carried}.", all(&good)),
        (true, false) => format!("Fails with {}.", all(&other)),
        (false, false) => format!(
            "Answers {}{carried}, or fails with {}.",
            all(&good),
            all(&other)
        ),
    }
}

/// What must be given to make a request: required options and headers, and the body.
pub(super) fn arguments(context: &Context<'_>, id: OperationId, uses: &mut Uses) -> Vec<Argument> {
    let operation = context.api.operation(id);
    let mut scope = Scope::new(Case::Snake, &["path", "body"]);
    let mut arguments = Vec::new();
    let mut add = |parameter: &Parameter, setter: &str| {
        let name = scope.claim(&[&parameter.name]).ident;
        let setter = super::names::single(Case::Snake, setter);
        let text = &parameter.name;
        let passing = quote! { .#setter(#text, #name) };
        arguments.push(Argument {
            name,
            ty: quote! { impl AsRef<str> },
            passing,
        });
    };
    for parameter in required_queries(operation) {
        add(parameter, "query");
    }
    for parameter in required_headers(operation) {
        add(parameter, "header");
    }
    if let Some(body) = &operation.request_body {
        let json = quote! { .json(body) };
        let (ty, passing) = match &body.content {
            BodyContent::Bytes => {
                let media_type = body
                    .media_type
                    .as_deref()
                    .unwrap_or("application/octet-stream");
                let passing = quote! { .bytes(#media_type, body) };
                (quote! { impl Into<docwright_client::Body> }, passing)
            }
            BodyContent::Value(ty) => {
                let value = types::value(context, ty.kind, false, uses);
                (
                    if ty.collection {
                        quote! { &[#value] }
                    } else {
                        quote! { &#value }
                    },
                    json,
                )
            }
            BodyContent::Object(_) => {
                let names = context.names.operation(id);
                let name = &names.body.as_ref().expect("an object has a name").ty;
                uses.resources = true;
                (quote! { &resources::#name }, json)
            }
        };
        let name = super::names::single(Case::Snake, "body");
        arguments.push(Argument { name, ty, passing });
    }
    arguments
}

/// The options of the query string that must be given.
pub(super) fn required_queries(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation
        .query_parameters
        .iter()
        .filter(|parameter| parameter.required)
}

/// The headers that must be given.
pub(super) fn required_headers(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation
        .headers
        .iter()
        .filter(|parameter| parameter.required)
}
