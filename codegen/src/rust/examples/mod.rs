//! `tests/examples/`: a test for each documented request and response, one file for each page, which lies
//! there as the one with the page's operations does in `src/operations/`.

mod answer;
mod body;
mod call;
mod exchange;
mod literal;
mod message;
mod misfit;
mod request;
mod route;
mod uses;

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{Docs, code, escape};
use super::file::{Pages, RustFile};
use super::made::draft::Draft;
use super::names::{Case, Ident, Scope, file_name, library};
use super::plan::Plan;
use super::plan::areas::AreaId;
use super::plan::layout::PageFile;
use crate::model::{Contradiction, Example, OperationId};

use exchange::Test;

pub(super) use literal::literal;
pub(super) use request::ClientCode;
pub(super) use uses::Uses;

const FOLDER: &str = "tests/examples";

/// What is said of examples of which nothing is listed.
const INTRODUCTION: &str = "The documented examples: each request is made by the client against a \
                            server that expects it as documented, and answers as documented.";

/// An example and the operation that its page shows it for.
type Shown<'a> = (OperationId, &'a Example);

/// The files with the tests, and those that they are modules of: the main one, and one for each area
/// where the crate is split.
pub(super) fn files<'a>(context: &'a Context<'_>, plan: &'a Plan) -> Vec<Draft<'a>> {
    let api = context.api.all();
    let shown = |page: &'a PageFile| -> Vec<Shown<'a>> {
        let operations = page.operations.iter();
        let examples = operations.map(|&id| (id, &api.operations[id.0 as usize].examples));
        let examples = examples.flat_map(|(id, examples)| examples.iter().map(move |it| (id, it)));
        examples.collect()
    };
    let mut files: Vec<Draft<'a>> = Vec::new();
    let mut all: Vec<Shown<'a>> = Vec::new();
    let mut by_area: BTreeMap<AreaId, Vec<&Ident>> = BTreeMap::new();
    for page in &plan.layout.pages {
        let shown = shown(page);
        if !shown.is_empty() {
            all.extend(shown);
            by_area.entry(page.area).or_default().push(&page.module);
            let path = page.path_in(FOLDER, &context.areas);
            files.push(Draft::of(context, path, page, page_file));
        }
    }
    let modules: Vec<&Ident> = match context.areas.is_split() {
        false => by_area.into_values().flatten().collect(),
        true => {
            let areas = by_area.into_iter().map(|(id, pages)| {
                let area = &context.areas.get(id).module;
                files.push(Draft::of_all(move || area_file(area, &pages)));
                area
            });
            areas.collect()
        }
    };
    files.push(Draft::of_all(move || main_file(context, &modules, &all)));
    files
}

fn area_file(area: &Ident, pages: &[&Ident]) -> RustFile {
    RustFile {
        path: format!("{FOLDER}/{}/mod.rs", file_name(area)),
        pages: Pages::All,
        docs: Docs::new().text("The examples of one area of the API."),
        items: quote! { #(mod #pages;)* },
        ..RustFile::default()
    }
}

/// The module of all, with the list of the examples that contradict their pages.
fn main_file(context: &Context<'_>, modules: &[&Ident], examples: &[Shown<'_>]) -> RustFile {
    let count = examples.len();
    let listed: Vec<String> = examples
        .iter()
        .filter(|(_, example)| !example.contradictions.is_empty())
        .filter_map(|&(operation, example)| {
            let finding = exchange::test(context, operation, example).contradiction?;
            let place = place(context, operation, example);
            Some(listing(context, example, &place, finding))
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
    // What is deprecated is shown all the same.
    let has_deprecated = context.api.all().has_deprecated();
    let allowed = has_deprecated.then(|| quote! { #![allow(deprecated)] });
    RustFile {
        path: format!("{FOLDER}/main.rs"),
        pages: Pages::All,
        docs,
        items: quote! { #allowed #(mod #modules;)* #account },
        tail: String::new(),
    }
}

fn page_file(context: &Context<'_>, file: &PageFile) -> RustFile {
    let page = file.page;
    let mut scope = Scope::new(Case::Snake, &[]);
    let mut tests = TokenStream::new();
    let mut uses = Uses::default();
    let operations = file.operations.iter();
    let examples = operations.flat_map(|&id| {
        let examples = context.api.operation(id).examples.iter();
        examples.map(move |example| (id, example))
    });
    for (operation, example) in examples {
        let test = exchange::test(context, operation, example);
        uses.add(&test.uses);
        let name = scope.claim(std::slice::from_ref(&example.name)).ident;
        let place = place(context, operation, example);
        tests.extend(item(context, example, &place, &name, test));
    }
    let uses = uses.items(&library(&context.options.name));
    RustFile {
        path: file.path_in(FOLDER, &context.areas),
        pages: page.into(),
        docs: Docs::new().text(format!("The examples of {}.", code(context.api.path(page)))),
        items: quote! {
            #uses
            #tests
        },
        tail: String::new(),
    }
}

/// What the list says of an example that contradicts its page.
fn listing(
    context: &Context<'_>,
    example: &Example,
    place: &str,
    finding: &Contradiction,
) -> String {
    format!(
        "{} ({}): {} at {}, {}.",
        code(place),
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

/// Where an example stands: its request, or of several answers to one request its own.
fn place(context: &Context<'_>, id: OperationId, example: &Example) -> String {
    let request = example.request.source;
    let all = &context.api.operation(id).examples;
    let answers = all.iter().filter(|other| other.request.source == request);
    let source = match &example.response {
        Some(response) if answers.count() > 1 => response.source,
        _ => request,
    };
    context.api.locate(source)
}

fn item(
    context: &Context<'_>,
    example: &Example,
    place: &str,
    name: &Ident,
    test: Test<'_>,
) -> TokenStream {
    let docs = match example.title.trim() {
        "" => Docs::new(),
        title => Docs::new().text(format!("{}.", escape(title))),
    };
    let docs = docs.text(format!("{}, {}.", code(&example.name), code(place)));
    let docs = test.remarks.into_iter().fold(docs, Docs::text);
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
    use crate::model::{Api, PageId, RouteDifference, Source};
    use crate::output::Files;
    use crate::rust::checks::options;
    use crate::rust::{CrateAreas, CrateOptions, generate, sample};

    fn files_of(api: &Api, areas: CrateAreas) -> Files {
        let options = CrateOptions { areas, ..options() };
        generate(api, &[], &options).0
    }

    /// The tests of the page with the photos.
    fn tests_of(api: &Api) -> (String, String) {
        let files = files_of(api, CrateAreas::One);
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

    /// A text without the marks and the ends of comment lines.
    fn words(text: &str) -> String {
        let text = text.replace("///", "");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_tests_of_an_area_have_a_folder_and_no_page_takes_the_place_of_the_main_file() {
        let mut api = sample::api();
        api.pages[0].path = "docs-src/api/main.md".to_owned();
        for (areas, folder) in [(CrateAreas::One, ""), (CrateAreas::Features, "groups/")] {
            let files = files_of(&api, areas);
            let file = |path: &str| files.get(&format!("tests/examples/{path}"));
            let main = file("main.rs").unwrap();
            assert!(main.contains("account("), "{main}");
            assert_eq!(main.contains("mod groups;"), !folder.is_empty());
            assert!(file(&format!("{folder}main_2.rs")).is_some());
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
        // Nothing keeps a value that is none of its type where there is no object around it; an error is
        // not read as one.
        shown.contradictions = vec![finding(Code::ValueType, 62)];
        shown.response.as_mut().unwrap().body = Some("[96]".to_owned());
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
    fn what_is_none_of_its_type_is_kept_and_what_is_not_sent_is_said() {
        let mut api = sample::api();
        let [shown, ..] = api.operations[0].examples.as_mut_slice() else {
            panic!("the sample has examples of a photo")
        };
        shown.contradictions = vec![finding(Code::ValueType, 62)];
        shown.response.as_mut().unwrap().body = Some("{ \"height\": \"tall\" }".to_owned());
        let (main, tests) = tests_of(&api);
        assert!(main.contains("account(5, 0)"));
        assert_eq!(tests.matches("example.check_misfit_json(").count(), 1);
        assert!(words(&tests).contains("it is kept as it came"), "{tests}");

        let [shown, ..] = api.operations[0].examples.as_mut_slice() else {
            panic!("the sample has examples of a photo")
        };
        shown.contradictions = vec![finding(Code::StatusBody, 62)];
        shown.response.as_mut().unwrap().status = 204;
        let (main, tests) = tests_of(&api);
        assert!(main.contains("account(5, 0)"));
        assert!(words(&tests).contains("so it is not sent"), "{tests}");
        assert_eq!(tests.matches("HTTP/1.1 204").count(), 1);
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

    #[test]
    fn several_answers_to_one_request_have_places_of_their_own() {
        let mut api = sample::api();
        let examples = &mut api.operations[0].examples;
        examples[1].response.as_mut().unwrap().source.line = 70;
        examples[2].request.source.line = 90;
        let (_, tests) = tests_of(&api);
        for line in [60, 70, 90] {
            let place = format!(".at(\"docs-src/api/profilephoto-get.md:{line}\")");
            assert_eq!(tests.matches(&place).count(), 1, "{place} in {tests}");
        }
    }

    #[test]
    fn an_answer_that_no_page_shows_is_not_looked_at() {
        let (_, tests) = tests_of(&sample::api());
        let (_, silent) = tests.split_once("fn get_photo_silently").unwrap();
        let silent = silent.split("#[test]").next().unwrap();
        assert!(silent.contains(".untyped()"), "{silent}");
        assert!(!silent.contains("example.check"), "{silent}");
    }
}
