//! `tests/examples/`: a test for each documented request and response, one file for each page.

mod answer;
mod body;
mod call;
mod exchange;
mod literal;
mod message;
mod route;
mod uses;

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{Docs, code, escape};
use super::file::RustFile;
use super::names::{Case, Scope, file_name, single};
use crate::model::{Contradiction, Example, OperationId, PageId};
use crate::words::file_stem;

use exchange::Test;
use uses::Uses;

/// What is said of examples of which nothing is listed.
const INTRODUCTION: &str = "The documented examples: each request is made by the client against a \
                            server that expects it as documented, and answers as documented.";

/// An example and the operation that its page shows it for.
type Shown<'a> = (OperationId, &'a Example);

/// The files with the tests, and the one that they are modules of.
pub(super) fn files(context: &Context<'_>) -> Vec<RustFile> {
    let mut by_page: BTreeMap<PageId, Vec<Shown<'_>>> = BTreeMap::new();
    for (operation, index) in context.api.operations.iter().zip(0..) {
        for example in &operation.examples {
            let page = by_page.entry(example.request.source.page).or_default();
            page.push((OperationId(index), example));
        }
    }
    let mut scope = Scope::new(Case::Module, &["main"]);
    let mut modules = TokenStream::new();
    let mut listed = Vec::new();
    let mut files = Vec::new();
    let count = by_page.values().map(Vec::len).sum();
    for (page, examples) in by_page {
        let stem = file_stem(&context.api.pages[page.0 as usize].path);
        let module = scope.claim(&[stem]).ident;
        modules.extend(quote! { mod #module; });
        files.push(page_file(context, page, &module, &examples, &mut listed));
    }
    files.push(main_file(context, modules, count, listed));
    files
}

/// The module of all, with the list of the examples that contradict their pages.
fn main_file(
    context: &Context<'_>,
    modules: TokenStream,
    count: usize,
    listed: Vec<String>,
) -> RustFile {
    let mut docs = Docs::new().text(INTRODUCTION);
    let [examples, listed_count] = [count, listed.len()].map(Literal::usize_unsuffixed);
    if count > 0 {
        docs = docs.text(format!(
            "There are {count} examples: {} agree with their pages, and {} contradict them.",
            count - listed.len(),
            listed.len()
        ));
    }
    if !listed.is_empty() {
        docs = docs
            .text(
                "Those are listed here with what `docwright check` says of them. Their tests expect \
                 the contradiction, and fail when the page is mended and the crate is not:",
            )
            .list(listed);
    }
    let account = (count > 0).then(|| {
        quote! {
            #[test]
            fn examples_are_accounted_for() -> docwright_client::testing::Result {
                docwright_client::testing::account(#examples, #listed_count)
            }
        }
    });
    RustFile {
        path: "tests/examples/main.rs".to_owned(),
        pages: context.pages(),
        docs,
        items: quote! { #modules #account },
    }
}

fn page_file(
    context: &Context<'_>,
    page: PageId,
    module: &Ident,
    examples: &[Shown<'_>],
    listed: &mut Vec<String>,
) -> RustFile {
    let mut scope = Scope::new(Case::Snake, &[]);
    let mut tests = TokenStream::new();
    let mut uses = Uses::default();
    for &(operation, example) in examples {
        let test = exchange::test(context, operation, example);
        uses.add(&test.uses);
        let name = scope.claim(&[example.name.clone()]).ident;
        if let Some(finding) = test.contradiction {
            listed.push(listing(context, example, finding));
        }
        tests.extend(item(context, example, &name, test));
    }
    let uses = uses.items(&single(Case::Snake, &context.options.name));
    RustFile {
        path: format!("tests/examples/{}.rs", file_name(module)),
        pages: [page].into(),
        docs: Docs::new().text(format!(
            "The examples of {}.",
            code(&context.api.pages[page.0 as usize].path)
        )),
        items: quote! {
            #uses
            #tests
        },
    }
}

/// What the list says of an example that contradicts its page.
fn listing(context: &Context<'_>, example: &Example, finding: &Contradiction) -> String {
    format!(
        "{} ({}): {} at {}, {}.",
        code(&context.api.locate(example.request.source)),
        escape(&example.name),
        code(finding.code.as_str()),
        code(&context.api.locate(finding.source)),
        plain_words(&finding.message),
    )
}

/// What a finding says, without the marks around what it quotes.
fn plain_words(message: &str) -> String {
    escape(&message.replace('`', ""))
}

/// Place and code of a finding.
fn finding_text(context: &Context<'_>, finding: &Contradiction) -> String {
    format!("{}: {}", context.api.locate(finding.source), finding.code)
}

fn item(context: &Context<'_>, example: &Example, name: &Ident, test: Test<'_>) -> TokenStream {
    let docs = match example.title.trim() {
        "" => Docs::new(),
        title => Docs::new().text(format!("{}.", escape(title))),
    };
    let place = context.api.locate(example.request.source);
    let docs = docs.text(format!("{}, {}.", code(&example.name), code(&place)));
    let docs = match test.remark {
        Some(remark) => docs.text(remark),
        None => docs,
    };
    let docs = match test.contradiction {
        Some(finding) => docs.text(format!(
            "Contradicts its page: {} at {}, {}.",
            code(finding.code.as_str()),
            code(&context.api.locate(finding.source)),
            plain_words(&finding.message),
        )),
        None => docs,
    };
    let docs = docs.outer();
    let body = test.body;
    let run = match test.contradiction.filter(|_| test.fails) {
        None => quote! { testing::run(async { #body }) },
        Some(finding) => {
            let finding = finding_text(context, finding);
            quote! { testing::contradicts(#finding, async { #body }) }
        }
    };
    quote! {
        #docs
        #[test]
        fn #name() -> testing::Result {
            #run
        }
    }
}
