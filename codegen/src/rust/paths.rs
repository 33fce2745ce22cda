//! `src/paths/`: where one can go, one struct for each kind of place.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{self, Docs, code};
use super::file::{Pages, RustFile};
use super::made::draft::Draft;
use super::modules::{self, Module};
use super::names::{Ident, file_name};
use super::operations::{self, Argument};
use super::plan::Plan;
use super::plan::layout::PathFile;
use super::tree::{Call, PathType, Step, StepArgument};
use super::uses::Uses;
use crate::model::{Encoding, Piece, Segment};

/// The paths that the docs of a type list.
const LISTED: usize = 3;

/// The files with the types of paths, and the module of them.
pub(super) fn files<'a>(context: &'a Context<'_>, plan: &'a Plan) -> Vec<Draft<'a>> {
    let all = &plan.layout.paths;
    let modules = all.iter().enumerate().map(|(index, file)| Module {
        name: &file.module,
        items: file.types.iter().map(|&ty| context.tree.name(ty)).collect(),
        areas: plan.reach.of_paths(index),
    });
    let modules: Vec<_> = modules.collect();
    let docs = "Where one can go: a struct for each kind of place in the API.";
    let module = modules::draft(context, "paths".to_owned(), Pages::All, docs, modules);
    let files = all
        .iter()
        .map(|file| Draft::of(context, path_of(file), file, path_file));
    files.chain([module]).collect()
}

fn path_of(file: &PathFile) -> String {
    format!("src/paths/{}.rs", file_name(&file.module))
}

fn path_file(context: &Context<'_>, file: &PathFile) -> RustFile {
    let types = file.types.iter().map(|&ty| context.tree.path(ty));
    let mut uses = Uses::runtime(&["Path"]);
    let items: TokenStream = types
        .clone()
        .map(|ty| path_type(context, ty, &mut uses))
        .collect();
    for ty in types.clone() {
        uses.siblings.remove(&ty.name.to_string());
    }
    let (runtime, siblings) = (uses.runtime_items(), uses.sibling_items());
    let modules = uses.module_items(&quote! { super::super });
    let calls = types.flat_map(|ty| &ty.calls);
    RustFile {
        path: path_of(file),
        pages: calls
            .map(|call| context.api.operation(call.operation).source.page)
            .collect(),
        items: quote! { #runtime #siblings #modules #items },
        ..RustFile::default()
    }
}

fn path_type(context: &Context<'_>, ty: &PathType, uses: &mut Uses) -> TokenStream {
    let name = &ty.name;
    let docs = Docs::new().text(places(ty)).outer();
    let members = members(context, ty, uses);
    let members = (!members.is_empty()).then(|| quote! { impl #name { #members } });
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name(pub(crate) Path);

        #members
    }
}

/// The paths that lead to a type, as a sentence.
fn places(ty: &PathType) -> String {
    let text = |step: &Vec<_>| {
        step.iter()
            .map(|segment| format!("/{segment}"))
            .collect::<String>()
    };
    let path = |place: &Vec<Vec<_>>| code(&place.iter().map(text).collect::<String>());
    let listed = ty.places.iter().take(LISTED).map(path).collect::<Vec<_>>();
    match (listed.as_slice(), ty.places.len().saturating_sub(LISTED)) {
        ([], _) => String::new(),
        ([only], _) => format!("The path {only}."),
        ([first @ .., last], 0) => format!("The paths {} and {last}.", first.join(", ")),
        (all, more) => format!("The paths {} and {more} more.", all.join(", ")),
    }
}

/// The methods of a type: steps and requests.
fn members(context: &Context<'_>, ty: &PathType, uses: &mut Uses) -> TokenStream {
    let path = quote! { self.0 };
    let steps = ty.steps.iter().map(|step| {
        uses.siblings
            .insert(context.tree.name(step.target).to_string());
        self::step(context, step, &path, &quote! {}, uses)
    });
    let steps: TokenStream = steps.collect();
    let calls = ty.calls.iter();
    let calls: TokenStream = calls
        .map(|it| call(context, it, &path, "super::super", uses))
        .collect();
    quote! { #steps #calls }
}

/// The method that makes a request. `path` is the expression of its path; links to other modules
/// begin with `root`.
pub(super) fn call(
    context: &Context<'_>,
    call: &Call,
    path: &TokenStream,
    root: &str,
    uses: &mut Uses,
) -> TokenStream {
    uses.operations = true;
    uses.request = true;
    let method = &call.method;
    let operation = &context.names.operation(call.operation).ty;
    let arguments = operations::arguments(context, call.operation, uses);
    let described = arguments.iter().map(|it| (&it.name, it.description));
    let docs = docs::operation::summary(context, call.operation, root);
    let docs = argument_docs(docs, described).outer();
    let declared = arguments.iter().map(Argument::declaration);
    let passing = arguments.iter().map(|argument| &argument.passing);
    let deprecated = docs::deprecated(context.api.operation(call.operation).deprecated);
    quote! {
        #docs
        #deprecated
        pub fn #method(&self, #(#declared),*) -> Request<operations::#operation> {
            Request::new(&#path) #(#passing)*
        }
    }
}

/// The method that goes on to another place. `path` is the expression of the path so far; `scope`
/// stands before the name of the type.
pub(super) fn step(
    context: &Context<'_>,
    step: &Step,
    path: &TokenStream,
    scope: &TokenStream,
    uses: &mut Uses,
) -> TokenStream {
    let Step {
        method,
        arguments,
        segments,
        ..
    } = step;
    let target = context.tree.name(step.target);
    let text = segments
        .iter()
        .map(|segment| format!("/{segment}"))
        .collect::<String>();
    let described = arguments
        .iter()
        .map(|it| (&it.name, it.described.description.as_str()));
    let docs = argument_docs(Docs::new().text(code(&text)), described).outer();
    let mut names = arguments.iter();
    let mut going = path.clone();
    for segment in segments {
        let is_parameter = |piece: &&Piece| matches!(piece, Piece::Parameter(_));
        let parameters = segment.pieces.iter().filter(is_parameter).count();
        let values: Vec<&StepArgument> = names.by_ref().take(parameters).collect();
        let key = segment.key().map(|key| key.encoding);
        going = match (segment.literal(), key, values.as_slice()) {
            (Some(text), ..) => quote! { #going.literal(#text) },
            (None, Some(Encoding::Segment), [value]) => {
                let value = value.described.ty.passed(&value.name);
                quote! { #going.key(#value) }
            }
            _ => {
                let template = template(segment);
                let values = values
                    .iter()
                    .map(|value| value.described.ty.text(&value.name));
                quote! { #going.segment(#template, &[#(#values),*]) }
            }
        };
    }
    let arguments = arguments.iter().map(|argument| {
        let ty = argument.described.ty.declared(&context.names, uses);
        let name = &argument.name;
        quote! { #name: #ty }
    });
    quote! {
        #docs
        pub fn #method(&self, #(#arguments),*) -> #scope #target {
            #scope #target(#going)
        }
    }
}

/// Adds what the pages say of the arguments of a method.
fn argument_docs<'a>(docs: Docs, arguments: impl Iterator<Item = (&'a Ident, &'a str)>) -> Docs {
    let described = arguments.filter(|(_, description)| !description.trim().is_empty());
    described.fold(docs, |docs, (name, description)| {
        docs.prose(&format!("{}:", code(name.as_ref())), description)
    })
}

/// A segment as the runtime has it, which tells by a plus sign what is a path of its own.
fn template(segment: &Segment) -> String {
    let pieces = segment.pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => text.to_string(),
        Piece::Parameter(parameter) => match parameter.encoding {
            Encoding::Path => format!("{{+{}}}", parameter.name),
            Encoding::Segment | Encoding::Quoted => format!("{{{}}}", parameter.name),
        },
    });
    pieces.collect()
}
