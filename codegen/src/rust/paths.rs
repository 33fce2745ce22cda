//! `src/paths.rs`: where one can go, one struct for each kind of place.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{Docs, code};
use super::file::RustFile;
use super::operations::{self, Argument};
use super::tree::{PathType, Step};
use super::types::Uses;
use crate::model::{Encoding, PathParameter, Piece};

/// The paths that the docs of a type list.
const LISTED: usize = 3;

/// The file with the types of paths.
pub(super) fn file(context: &Context<'_>) -> RustFile {
    let mut types = context.tree.paths().iter().collect::<Vec<_>>();
    types.sort_by_key(|ty| ty.name.to_string());
    let mut uses = match types.is_empty() {
        true => Uses::default(),
        false => Uses::runtime(&["Path"]),
    };
    let items: TokenStream = types
        .iter()
        .map(|ty| path_type(context, ty, &mut uses))
        .collect();
    let runtime = uses.runtime_items();
    let modules = uses.module_items(&quote! { super });
    RustFile {
        path: "src/paths.rs".to_owned(),
        pages: context.pages(),
        docs: Docs::new().text("Where one can go: a struct for each kind of place in the API."),
        items: quote! { #runtime #modules #items },
    }
}

fn path_type(context: &Context<'_>, ty: &PathType, uses: &mut Uses) -> TokenStream {
    let name = &ty.name;
    let docs = Docs::new().text(places(ty)).outer();
    let members = members(context, ty, &quote! { self.0 }, &quote! {}, uses);
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

/// The methods of a type: steps and requests. `path` is the expression of its path; `scope`
/// stands before the names of types.
pub(super) fn members(
    context: &Context<'_>,
    ty: &PathType,
    path: &TokenStream,
    scope: &TokenStream,
    uses: &mut Uses,
) -> TokenStream {
    let steps = ty
        .steps
        .iter()
        .map(|step| self::step(context, step, path, scope, uses));
    let steps: TokenStream = steps.collect();
    let calls: TokenStream = ty
        .calls
        .iter()
        .map(|call| {
            uses.operations = true;
            let method = &call.method;
            let operation = &context.names.operation(call.operation).ty;
            let docs = operations::summary(context, call.operation, "super").outer();
            let arguments = operations::arguments(context, call.operation, uses);
            let declared = arguments.iter().map(Argument::declaration);
            let passed = arguments.iter().map(|argument| &argument.name);
            quote! {
                #docs
                pub fn #method(&self, #(#declared),*) -> operations::#operation {
                    operations::#operation::new(&#path, #(#passed),*)
                }
            }
        })
        .collect();
    quote! { #steps #calls }
}

fn step(
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
    let target = &context.tree.types[step.target].name;
    let text = segments
        .iter()
        .map(|segment| format!("/{segment}"))
        .collect::<String>();
    let docs = Docs::new().text(code(&text)).outer();
    let mut names = arguments.iter();
    let mut going = path.clone();
    for segment in segments {
        let name = |parameter: &PathParameter, names: &mut std::slice::Iter<'_, _>| {
            let name = names.next().cloned();
            (
                parameter.encoding,
                name.expect("a step has an argument for each parameter"),
            )
        };
        if let Some(text) = segment.literal() {
            going = quote! { #going.literal(#text) };
        } else if let Some(key) = segment
            .key()
            .filter(|key| key.encoding == Encoding::Segment)
        {
            let (_, name) = name(key, &mut names);
            going = quote! { #going.key(#name) };
        } else {
            uses.take("Piece");
            let pieces = segment.pieces.iter().map(|piece| match piece {
                Piece::Literal(text) => quote! { Piece::Literal(#text) },
                Piece::Parameter(parameter) => match name(parameter, &mut names) {
                    (Encoding::Segment, name) => quote! { Piece::Value(#name.as_ref()) },
                    (Encoding::Quoted, name) => quote! { Piece::Quoted(#name.as_ref()) },
                    (Encoding::Path, name) => quote! { Piece::Path(#name.as_ref()) },
                },
            });
            let pieces = pieces.collect::<Vec<_>>();
            going = quote! { #going.segment(&[#(#pieces),*]) };
        }
    }
    quote! {
        #docs
        pub fn #method(&self, #(#arguments: impl AsRef<str>),*) -> #scope #target {
            #scope #target(#going)
        }
    }
}
