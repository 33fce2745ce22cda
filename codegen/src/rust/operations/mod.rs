//! `src/operations/`: a type for each operation, one file for each page.

pub(super) mod options;
pub(super) mod permissions;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::arguments::ArgumentType;
use super::docs::{self, Docs};
use super::file::{Pages, RustFile};
use super::made::draft::Draft;
use super::modules::{self, Module};
use super::names::{Case, Ident, Scope, file_name};
use super::plan::Plan;
use super::plan::layout::PageFile;
use super::types::{self, Output};
use super::uses::Uses;
use crate::model::{BodyContent, Content, Operation, OperationId, Parameter};

const FOLDER: &str = "src/operations";

const DOCS: &str = "Operations of the API: a type for each, which its requests have.";

/// An argument that a request cannot be made without.
#[derive(Clone, Debug)]
pub(super) struct Argument<'a> {
    /// Its name.
    pub(super) name: Ident,
    /// Its type.
    ty: TokenStream,
    /// What the page says of it: of a body, the type of that or of the operation says it.
    pub(super) description: &'a str,
    /// The call that puts it into the request.
    pub(super) passing: TokenStream,
}

impl Argument<'_> {
    /// The argument in a signature.
    pub(super) fn declaration(&self) -> TokenStream {
        let Self { name, ty, .. } = self;
        quote! { #name: #ty }
    }
}

/// The files with the operations, and the modules of them: a folder for each area where the crate
/// is split.
pub(super) fn files<'a>(context: &'a Context<'_>, plan: &'a Plan) -> Vec<Draft<'a>> {
    let pages = &plan.layout.pages;
    let mut files: Vec<Draft<'a>> = Vec::new();
    for file in pages {
        files.push(Draft::of(
            context,
            file.path_in(FOLDER, &context.areas),
            file,
            page_file,
        ));
    }
    let indexed = pages.iter().enumerate();
    let modules: Vec<Module<'a>> = match context.areas.is_split() {
        false => indexed
            .map(|(index, file)| page_module(context, plan, index, file))
            .collect(),
        true => {
            let folders = context.areas.iter().filter_map(|(id, area)| {
                let own = indexed.clone().filter(|(_, file)| file.area == id);
                let own: Vec<Module<'a>> = own
                    .map(|(index, file)| page_module(context, plan, index, file))
                    .collect();
                let areas = own.iter().flat_map(|module| &module.areas).copied();
                let folder = Module {
                    name: &area.module,
                    items: Vec::new(),
                    areas: areas.collect(),
                };
                let path = format!("operations/{}", file_name(&area.module));
                let docs = "Operations of one area of the API.";
                if own.is_empty() {
                    return None;
                }
                let draft = modules::draft(context, path, Pages::All, docs, own);
                Some((folder, draft))
            });
            let (folders, drafts): (Vec<_>, Vec<_>) = folders.unzip();
            files.extend(drafts);
            folders
        }
    };
    let folder = "operations".to_owned();
    files.push(modules::draft(context, folder, Pages::All, DOCS, modules));
    files
}

fn page_module<'a>(
    context: &'a Context<'_>,
    plan: &Plan,
    index: usize,
    file: &'a PageFile,
) -> Module<'a> {
    let ids = file.operations.iter();
    Module {
        name: &file.module,
        items: ids.map(|&id| &context.names.operation(id).ty).collect(),
        areas: plan.reach.of_page(index),
    }
}

fn page_file(context: &Context<'_>, file: &PageFile) -> RustFile {
    let mut uses = Uses::runtime(&["Endpoint", "Method", "Operation"]);
    let (root, root_text) = match context.areas.is_split() {
        true => (quote! { super::super::super }, "super::super::super"),
        false => (quote! { super::super }, "super::super"),
    };
    let ids = file.operations.iter();
    let items = ids.map(|&id| operation(context, id, root_text, &mut uses));
    let items = items.collect::<TokenStream>();
    let runtime = uses.runtime_items();
    let modules = uses.module_items(&root);
    RustFile {
        path: file.path_in(FOLDER, &context.areas),
        pages: file.page.into(),
        docs: Docs::new(),
        items: quote! { #runtime #modules #items },
        tail: permissions::text(context, &file.operations),
    }
}

fn operation(context: &Context<'_>, id: OperationId, root: &str, uses: &mut Uses) -> TokenStream {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let name = &names.ty;
    let output = types::output_type(context, types::output(operation), uses);
    let output = match may_be_empty(operation) {
        true => quote! { Option<#output> },
        false => output,
    };
    let docs = docs::operation::full(context, id, root).outer();
    let title = &operation.title;
    let method = method(&operation.method);
    let doc = context.api.locate(operation.source);
    let idempotent = operation.idempotent;
    let traits = options::traits(operation, name, uses);
    let methods = options::methods(&context.names, operation, uses);
    let methods = (!methods.is_empty()).then(|| {
        uses.request = true;
        quote! { impl Request<#name> { #methods } }
    });
    quote! {
        #docs
        pub enum #name {}

        impl Endpoint for #name {
            type Output = #output;
            const OPERATION: &'static Operation = &Operation {
                name: #title,
                method: #method,
                doc: #doc,
                idempotent: #idempotent,
            };
        }

        #traits

        #methods
    }
}

/// Whether the page documents two good answers, one with a single value and one with nothing. An
/// empty collection and no bytes say as much by themselves.
pub(super) fn may_be_empty(operation: &Operation) -> bool {
    let single = matches!(types::output(operation), Output::Json(ty) if !ty.collection);
    let mut good = operation.successes();
    single && good.any(|outcome| outcome.content == Content::Empty)
}

/// An HTTP method as the runtime has it. Those without a constant are refused before: routes are
/// read with the methods of RFC 9110 and RFC 5789 only.
pub(super) fn method(method: &str) -> TokenStream {
    let name = super::names::single(Case::Shouty, method);
    quote! { Method::#name }
}

/// What must be given to make a request: required options and headers, and the body.
pub(super) fn arguments<'a>(
    context: &Context<'a>,
    id: OperationId,
    uses: &mut Uses,
) -> Vec<Argument<'a>> {
    let operation = context.api.operation(id);
    let mut scope = Scope::new(Case::Snake, &["path", "body"]);
    let mut arguments = Vec::new();
    let mut add = |parameter: &'a Parameter, setter: &str| {
        let name = scope.claim([&parameter.name]).ident;
        let ty = ArgumentType::of(parameter.ty);
        let value = ty.passed(&name);
        let setter = super::names::single(Case::Snake, setter);
        let text = &parameter.name;
        let passing = quote! { .#setter(#text, #value) };
        arguments.push(Argument {
            name,
            ty: ty.declared(&context.names, uses),
            description: &parameter.description,
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
        let json = match body.sent_as() {
            "application/json" => quote! { .json(body) },
            kind => quote! { .json(body).header("Content-Type", #kind) },
        };
        let (ty, passing) = match &body.content {
            BodyContent::Bytes => {
                let media_type = body.sent_as();
                let passing = quote! { .bytes(#media_type, body) };
                (quote! { impl Into<docwright_client::Body> }, passing)
            }
            BodyContent::Value(ty) => {
                let value = types::value(&context.names, ty.kind, false, uses);
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
        arguments.push(Argument {
            name,
            ty,
            description: "",
            passing,
        });
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
