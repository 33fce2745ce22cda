//! The call that the docs of a crate begin with.

use proc_macro2::TokenStream;
use quote::quote;

use super::credentials::{self, Credentials};
use crate::model::{Operation, OperationId, PathTemplate};
use crate::rust::Context;
use crate::rust::client::base_url;
use crate::rust::names::{Case, Ident, Scope, library};
use crate::rust::types::{Output, output};

/// What the code of the call has under names of its own.
const NAMES_IN_USE: &[&str] = &["answer", "client", "key", "token"];

/// A call, and what it has to be given.
struct Call {
    call: TokenStream,
    /// The names of the arguments, with their types.
    arguments: Vec<(Ident, TokenStream)>,
    credentials: Credentials,
}

/// The call as the docs of a crate show it: what stands around it is compiled, and is not shown.
pub(in crate::rust) fn code(context: &Context<'_>) -> Option<String> {
    let Call {
        call,
        arguments,
        credentials,
    } = first_call(context)?;
    let library = library(&context.options.name);
    let base_url = base_url(context.api.all(), &quote! { Client });
    let arguments = arguments.iter().map(|(name, ty)| quote! { #name: #ty });
    let parameters = credentials.parameters.into_iter().chain(arguments);
    let credentials = credentials.calls;
    let function = quote! {
        async fn first_call(#(#parameters),*) -> #library::Result<()> {
            let client = Client::builder(#base_url)#credentials.build()?;
            let answer = #call.await?;
            Ok(())
        }
    };
    let function = prettyplease::unparse(&syn::parse2(function).ok()?);
    let (signature, rest) = function.split_once("{\n")?;
    let (statements, end) = rest.split_once("    Ok(())\n")?;
    let hidden = |text: &str| -> String {
        let lines = text.lines().map(|line| format!("# {line}\n"));
        lines.collect()
    };
    let statements = statements.lines();
    let statements =
        statements.map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned() + "\n");
    Some(format!(
        "use {library}::Client;\n\n{}{}{}",
        hidden(&format!("{signature}{{")),
        statements.collect::<String>(),
        hidden(&format!("Ok(())\n{end}")),
    ))
}

/// Of the operations that need nothing but a path, the one with the shortest that answers with a value, or
/// else the one with the shortest; with the names of parameters as their values.
fn first_call(context: &Context<'_>) -> Option<Call> {
    let operations = context.api.all().operations.iter();
    let simple = operations.filter(|operation| {
        operation.request_body.is_none() && !operation.options().any(|it| it.required)
    });
    let calls = simple.filter_map(|operation| Some((operation, shortest(context, operation)?)));
    let (operation, path) = calls.min_by_key(|(operation, path)| {
        let has_value = matches!(output(operation), Output::Json(_) | Output::Array(_));
        (!has_value, length(path))
    })?;
    let (steps, ty) = context.tree.walk(path)?;
    let mut call = quote! { client };
    let mut arguments = Vec::new();
    let mut scope = Scope::new(Case::Snake, NAMES_IN_USE);
    for step in steps {
        let own = step.arguments.iter();
        let own = own.map(|it| {
            let name = it.name.as_ref().trim_start_matches("r#");
            (scope.claim([name]).ident, it.described.ty.simplest())
        });
        let first = arguments.len();
        arguments.extend(own);
        let names = arguments[first..].iter().map(|(name, _)| name);
        let method = &step.method;
        call = quote! { #call.#method(#(#names),*) };
    }
    let is_it = |id: OperationId| std::ptr::eq(context.api.operation(id), operation);
    let method = &ty.calls.iter().find(|call| is_it(call.operation))?.method;
    let call = quote! { #call.#method() };
    Some(Call {
        call,
        arguments,
        credentials: credentials::of(operation),
    })
}

/// The shortest path of an operation.
fn shortest<'c>(context: &'c Context<'_>, operation: &Operation) -> Option<&'c PathTemplate> {
    let routes = operation.routes.iter();
    let paths = routes.map(|&id| &context.api.route(id).path);
    paths.min_by_key(|path| length(path))
}

/// How much there is to a path: what it has to be given, and its segments.
fn length(path: &PathTemplate) -> (usize, usize) {
    (path.parameters().count(), path.segments.len())
}

#[cfg(test)]
mod tests {
    use crate::read_files;
    use crate::rust::checks::options;
    use crate::rust::generate;
    use crate::source::SourceFile;

    #[test]
    fn the_first_call_is_a_short_one_and_its_arguments_hide_nothing() {
        let page = |name: &str, route: &str| {
            let text = format!(
                "# {name}\n\n## HTTP request\n```http\nGET {route}\n```\n\n## Response\n\
                 If successful, this method returns a `200 OK` response code and a String.\n"
            );
            SourceFile::new(format!("docs/{name}.md"), text)
        };
        let long =
            "/clients/{client}/tokens/{token}/of-a-rather-long-name/{type}/described-at-length";
        let crate_docs = |pages: &[SourceFile]| {
            let api = read_files(pages.to_vec(), Vec::new()).api;
            let (files, _) = generate(&api, &[], &options());
            files.get("src/lib.rs").unwrap().to_owned()
        };
        let long = page("long", long);
        let text = crate_docs(std::slice::from_ref(&long));
        let expected = "\
//! # async fn first_call(
//! #     token: String,
//! #     client_2: &str,
//! #     token_2: &str,
//! #     r#type: &str,
//! # ) -> profile_photo::Result<()> {
//! let client = Client::builder(\"https://…\").bearer(token).build()?;
//! let answer = client
//!     .clients(client_2)
//!     .tokens(token_2)
//!     .of_a_rather_long_name(r#type)
//!     .described_at_length()
//!     .get()
//!     .await?;
//! # Ok(())
//! # }
";
        assert!(text.contains(expected), "{text}");
        let keyed = "## HTTP request\n```http\nGET /keys/{key}\n```\n\n## Request headers\n| Header |\n|:--|\n| X-Api-Key |";
        let keyed = SourceFile::new("docs/keyed.md", format!("# Keyed\n\n{keyed}\n"));
        let text = crate_docs(&[keyed]);
        assert!(
            text.contains("first_call(key: &str, key_2: &str)"),
            "{text}"
        );
        let built = "Client::builder(\"https://…\").api_key(\"X-Api-Key\", key).build()?;";
        assert!(text.contains(built), "{text}");
        let text = crate_docs(&[long, page("short", "/clients/{id}")]);
        assert!(
            text.contains("client.clients(client_id).get().await?;"),
            "{text}"
        );
    }
}
