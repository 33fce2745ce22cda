//! `tests/examples/`: a test for each documented request and response, one file for each page.

mod answer;
mod body;
mod call;
mod exchange;
mod literal;
mod message;
mod request;
mod route;
mod uses;

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{Docs, code, escape};
use super::file::{Draft, RustFile};
use super::names::{Case, Ident, Scope, file_name, single};
use crate::model::{Contradiction, Example, OperationId, PageId};
use crate::words::file_stem;

use exchange::Test;

pub(super) use literal::literal;
pub(super) use request::ClientCode;
pub(super) use uses::Uses;

/// What is said of examples of which nothing is listed.
const INTRODUCTION: &str = "The documented examples: each request is made by the client against a \
                            server that expects it as documented, and answers as documented.";

/// An example and the operation that its page shows it for.
type Shown<'a> = (OperationId, &'a Example);

/// The files with the tests, and the one that they are modules of.
pub(super) fn files<'a>(context: &'a Context<'_>) -> Vec<Draft<'a>> {
    let mut by_page: BTreeMap<PageId, Vec<Shown<'a>>> = BTreeMap::new();
    for (operation, index) in context.api.operations.iter().zip(0..) {
        for example in &operation.examples {
            let page = by_page.entry(example.request.source.page).or_default();
            page.push((OperationId(index), example));
        }
    }
    let mut scope = Scope::new(Case::Module, &["main"]);
    let mut modules = Vec::new();
    let mut files: Vec<Draft<'a>> = Vec::new();
    let all: Vec<Shown<'a>> = by_page.values().flatten().copied().collect();
    for (page, examples) in by_page {
        let stem = file_stem(&context.api.pages[page.0 as usize].path);
        let module = scope.claim([stem]).ident;
        modules.push(module.clone());
        files.push(Box::new(move || {
            page_file(context, page, &module, &examples)
        }));
    }
    files.push(Box::new(move || main_file(context, &modules, &all)));
    files
}

/// The module of all, with the list of the examples that contradict their pages.
fn main_file(context: &Context<'_>, modules: &[Ident], examples: &[Shown<'_>]) -> RustFile {
    let count = examples.len();
    let listed: Vec<String> = examples
        .iter()
        .filter(|(_, example)| !example.contradictions.is_empty())
        .filter_map(|&(operation, example)| {
            let finding = exchange::test(context, operation, example).contradiction?;
            Some(listing(context, example, finding))
        })
        .collect();
    let mut docs = Docs::new().text(INTRODUCTION);
    let [examples, listed_count] = [count, listed.len()].map(Literal::usize_unsuffixed);
    if count > 0 {
        docs = docs.text(match (count, listed.len()) {
            (1, 0) => "There is one example, and it agrees with its page.".to_owned(),
            (1, _) => "There is one example, and it contradicts its page.".to_owned(),
            (_, listed) => format!(
                "There are {count} examples: {} agree with their pages, and {listed} contradict \
                 them.",
                count - listed
            ),
        });
    }
    if !listed.is_empty() {
        docs = docs
            .text(
                "What contradicts its page is listed here with what `docwright check` says of it. \
                 Its test expects the contradiction, and fails when the page is mended and the \
                 crate is not:",
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
        items: quote! { #(mod #modules;)* #account },
        tail: String::new(),
    }
}

fn page_file(
    context: &Context<'_>,
    page: PageId,
    module: &Ident,
    examples: &[Shown<'_>],
) -> RustFile {
    let mut scope = Scope::new(Case::Snake, &[]);
    let mut tests = TokenStream::new();
    let mut uses = Uses::default();
    for &(operation, example) in examples {
        let test = exchange::test(context, operation, example);
        uses.add(&test.uses);
        let name = scope.claim(std::slice::from_ref(&example.name)).ident;
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
        tail: String::new(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::model::{Api, RouteDifference, Source};
    use crate::rust::{CrateAreas, CrateOptions, Dependency, generate, sample};

    /// The tests of the page with the photos.
    fn tests_of(api: &Api) -> (String, String) {
        let options = CrateOptions {
            name: "profile-photo".to_owned(),
            version: "0.1.0".to_owned(),
            areas: CrateAreas::One,
            description: None,
            command: "cargo xtask regen".to_owned(),
            mock: None,
            runtime: Dependency {
                version: "0.1.0".to_owned(),
                path: None,
            },
        };
        let (files, _) = generate(api, &[], &options);
        let text = |path: &str| files.get(path).unwrap().to_owned();
        (
            text("tests/examples/main.rs"),
            text("tests/examples/profilephoto_get.rs"),
        )
    }

    fn finding(code: Code, line: u32) -> Contradiction {
        Contradiction {
            code,
            in_response: true,
            source: Source {
                page: PageId(0),
                line,
                column: 1,
            },
            message: "`width` is no number".to_owned(),
        }
    }

    #[test]
    fn every_example_is_counted_and_those_that_contradict_their_page_are_listed() {
        let mut api = sample::api();
        let (main, _) = tests_of(&api);
        assert!(main.contains("There are 5 examples: 5 agree with their pages, and 0 contradict"));
        assert!(main.contains("account(5, 0)"));

        let [shown, missing, _] = api.operations[0].examples.as_mut_slice() else {
            panic!("the sample has three examples of a photo")
        };
        // A value that is none of its type stops the client; an error is not read as one.
        shown.contradictions = vec![finding(Code::ValueType, 62)];
        missing.contradictions = vec![finding(Code::ValueType, 62)];
        let created = &mut api.operations[4].examples[0];
        created.request.route = None;
        created.contradictions = vec![finding(Code::ExampleRoute, 57)];
        let (main, tests) = tests_of(&api);
        assert!(
            main.contains("3 agree with their pages, and 2 contradict them"),
            "{main}"
        );
        let list = main
            .replace("\n//!", "")
            .split_whitespace()
            .collect::<String>();
        assert!(list.contains("`value-type`at`docs-src/api/profilephoto-get.md:62`,width"));
        let expected = "\"docs-src/api/profilephoto-get.md:62: value-type\"";
        assert_eq!(tests.matches(expected).count(), 1);
        assert_eq!(tests.matches("testing::contradicts(").count(), 1);
        assert_eq!(tests.matches("testing::no_route(").count(), 1);
        assert_eq!(tests.matches("example.send(&server)").count(), 1);
    }

    #[test]
    fn what_odata_lets_one_ask_behind_a_route_is_a_call_of_the_client() {
        let mut api = sample::api();
        let behind = ["sample.photo", "$count"].map(str::to_owned).to_vec();
        let shown = &mut api.operations[0].examples[0];
        let route = shown.request.route.as_mut().unwrap();
        route.difference = Some(RouteDifference::Behind(behind));
        let (_, tests) = tests_of(&api);
        let calls = tests.split_whitespace().collect::<String>();
        assert!(
            calls.contains(".cast(\"sample.photo\").count_only()"),
            "{tests}"
        );

        let shown = &mut api.operations[0].examples[0];
        let route = shown.request.route.as_mut().unwrap();
        route.difference = Some(RouteDifference::SignedInUser);
        let (_, tests) = tests_of(&api);
        assert_eq!(tests.matches("example.send(&server)").count(), 1);
    }
}
