use super::*;
use crate::markdown::{self, BlockKind};
use crate::page::context::Context;
use crate::page::section::sections;
use crate::source::{PageId, SourceFile};

type Case = (&'static str, Option<BlockType>, BlockUse<'static>);

/// Checks what the only code block of each page is for.
fn check(so_far: SoFar, cases: &[Case]) {
    for &(page, annotation, expected) in cases {
        let file = SourceFile::new("docs/kite.md", page.to_owned());
        let cx = Context::new(&file, PageId(0));
        let document = markdown::parse(&file.text, 0);
        let found = sections(&document).into_iter().find_map(|section| {
            let mut blocks = section.own_blocks(&document).iter();
            blocks.find_map(|it| match &it.kind {
                BlockKind::Fence(fence) => {
                    let block = CodeBlock {
                        page: &file.text,
                        fence,
                        lines: &fence.lines,
                        annotation,
                        section: &section,
                        span: it.span,
                    };
                    let mut lead = Lead::behind(section.span.start);
                    Some(classify(&block, &so_far, || lead.to(&cx, it.span)))
                }
                _ => None,
            })
        });
        assert_eq!(found, Some(expected), "{annotation:?} {page}");
    }
}

/// A page with routes of which none writes, and no example yet.
fn reads() -> SoFar {
    SoFar {
        has_routes: true,
        ..SoFar::default()
    }
}

#[test]
fn an_annotation_may_say_it() {
    use BlockType::*;
    let cases: &[Case] = &[
        ("## JSON\n```\nkites", Some(Resource), BlockUse::Resource),
        (
            "## Permissions\n```\n{}",
            Some(Resource),
            BlockUse::Resource,
        ),
        ("## JSON\n```\n\n [1]", Some(Example), BlockUse::Sample),
        ("## JSON\n```\nkites", Some(Example), BlockUse::Nothing),
        (
            "## Example\n```\nGET /kites\n{}",
            Some(Example),
            BlockUse::Messages,
        ),
        ("## Example\n```\n/kites", Some(Samples), BlockUse::Routes),
        ("## Example\n```json\n{}", Some(Request), BlockUse::Messages),
        ("## Other\n```\nkites", Some(Response), BlockUse::Messages),
        ("## Example\n```json\n{}", Some(Ignored), BlockUse::Nothing),
    ];
    check(SoFar::default(), cases);
}

#[test]
fn permissions_are_code_of_no_language() {
    let cases: &[Case] = &[
        (
            "## Permissions\n```text\nKite.Read",
            None,
            BlockUse::Permissions,
        ),
        (
            "## Permissions\n```json\nKite.Read",
            None,
            BlockUse::Nothing,
        ),
    ];
    check(SoFar::default(), cases);
}

#[test]
fn routes_have_a_section_of_their_own() {
    let request = Some(BlockType::Request);
    let cases: &[Case] = &[
        (
            "## HTTP request\n```http\nGET /kites",
            None,
            BlockUse::Routes,
        ),
        ("## HTTP request\n```\nGET /kites", None, BlockUse::Routes),
        ("## HTTP request\n```http\n/kites", None, BlockUse::Routes),
        ("## HTTP request\n```\n/kites", None, BlockUse::Nothing),
        (
            "## HTTP request\n```\nHTTP/1.1 200 OK",
            None,
            BlockUse::Messages,
        ),
        (
            "## HTTP request\n```http\nGET /kites",
            request,
            BlockUse::RequestWithRoutes,
        ),
    ];
    check(SoFar::default(), cases);
}

#[test]
fn routes_may_stand_below_the_title() {
    let ignored = Some(BlockType::Ignored);
    let fenced = "# List kites\n```http\nGET /kites";
    let plain = "# List kites\n```\nGET /kites";
    let called = "# List kites\n\nExample: all of them\n```http\nGET /kites";
    let with_header = "# List kites\n```http\nGET /kites\nAccept: */*";
    let mut outline = Outline::default();
    let check = |outline: Outline, cases: &[Case]| {
        let so_far = SoFar {
            outline,
            ..SoFar::default()
        };
        check(so_far, cases);
    };
    check(outline, &[(fenced, None, BlockUse::Messages)]);
    outline.routes_below_title = true;
    let cases: &[Case] = &[
        (fenced, None, BlockUse::Routes),
        (fenced, ignored, BlockUse::ForOthers),
        (plain, None, BlockUse::Messages),
        (called, None, BlockUse::Routes),
        (with_header, None, BlockUse::Messages),
    ];
    check(outline, cases);
    outline.has_response = true;
    check(outline, &[(plain, None, BlockUse::Routes)]);
    outline.has_examples = true;
    let cases: &[Case] = &[
        (fenced, None, BlockUse::Routes),
        (called, None, BlockUse::Messages),
    ];
    check(outline, cases);
}

#[test]
fn a_status_before_any_request_is_what_will_come() {
    let response = Some(BlockType::Response);
    let alone = "## Response\n```http\n\nHTTP/1.1 204 No Content\n";
    let more = "## Response\n```http\nHTTP/1.1 200 OK\nETag: 1";
    let cases: &[Case] = &[
        (alone, None, BlockUse::Status(204)),
        (alone, response, BlockUse::Messages),
        (more, None, BlockUse::AnswerToRoute),
        (
            "## Example\n```http\nHTTP/1.1 204",
            None,
            BlockUse::Messages,
        ),
        (
            "## Example response\n```http\nHTTP/1.1 204",
            None,
            BlockUse::AnswerToRoute,
        ),
    ];
    check(SoFar::default(), cases);
    let so_far = SoFar {
        has_requests: true,
        ..SoFar::default()
    };
    check(so_far, &[(alone, None, BlockUse::AnswerToRoute)]);
}

#[test]
fn what_is_ignored_may_be_for_others() {
    let ignored = Some(BlockType::Ignored);
    let request = "# Webhooks\n```http\nPOST /hook\nHost: kites";
    let answer = "# Webhooks\n```http\nHTTP/1.1 202 Accepted\nHost: kites";
    let mut so_far = SoFar::default();
    so_far.outline.routes_below_title = true;
    let cases: &[Case] = &[
        (request, ignored, BlockUse::ForOthers),
        (request, None, BlockUse::Messages),
        (answer, None, BlockUse::Messages),
    ];
    check(so_far, cases);
    so_far.behind_ignored = true;
    let cases: &[Case] = &[
        (answer, None, BlockUse::ForOthers),
        (answer, Some(BlockType::Response), BlockUse::Messages),
        (request, None, BlockUse::Messages),
    ];
    check(so_far, cases);
    let about_operation: [fn(&mut SoFar); 3] = [
        |it| it.outline.is_of_operation = true,
        |it| it.has_routes = true,
        |it| it.has_requests = true,
    ];
    for set in about_operation {
        let mut so_far = so_far;
        set(&mut so_far);
        let cases: &[Case] = &[
            (request, ignored, BlockUse::Messages),
            (answer, None, BlockUse::Messages),
        ];
        check(so_far, cases);
    }
}

#[test]
fn a_url_alone_is_called_a_request() {
    let url = BlockUse::Url("https://kites.test/a");
    let lone = BlockUse::LoneBody { is_answer: false };
    let of_request = "## Example\nThe request:\n```\n https://kites.test/a\n";
    let of_response =
        "## Example\nThe request comes before the response:\n```\nhttps://kites.test/a";
    let fenced = "## Example\nThe request:\n```http\nhttps://kites.test/a";
    let with_more = "## Example\nThe request:\n```\nhttps://kites.test/a\nred";
    let cases: &[Case] = &[
        (of_request, None, url),
        (fenced, None, url),
        (fenced, Some(BlockType::Ignored), BlockUse::Headers),
        (of_response, None, lone),
        (with_more, None, lone),
    ];
    check(reads(), cases);
    let writes = SoFar {
        writes: true,
        ..reads()
    };
    for so_far in [writes, SoFar::default()] {
        let cases: &[Case] = &[(of_request, None, lone), (fenced, None, BlockUse::Headers)];
        check(so_far, cases);
    }
}

#[test]
fn json_fenced_as_a_message_is_a_body_where_one_may_stand() {
    let lone = BlockUse::LoneBody { is_answer: false };
    let cases: &[Case] = &[
        ("## Example\n```HTTP\n{ \"a\": 1 }", None, lone),
        (
            "## Example\n```http\n{ \"a\": 1 }",
            Some(BlockType::Ignored),
            BlockUse::Headers,
        ),
        (
            "## Example\n```http\n{\n  Accept: */*\n}",
            None,
            BlockUse::Headers,
        ),
        (
            "## Request body\n```http\n{ \"a\": 1 }",
            None,
            BlockUse::ShownBody,
        ),
        ("## Other\n```http\n{ \"a\": 1 }", None, BlockUse::Headers),
        ("## Other\n```http\nAccept: */*", None, BlockUse::Headers),
    ];
    check(SoFar::default(), cases);
}

#[test]
fn json_below_response_is_the_body_of_the_answer() {
    let json = "## Response\n```json\n{}";
    let cases: &[Case] = &[
        (json, None, BlockUse::AnswerBodyToRoute),
        (json, Some(BlockType::Ignored), BlockUse::ShownAnswer),
        ("## Response\n```\n{}", None, BlockUse::Nothing),
    ];
    check(reads(), cases);
    let writes = SoFar {
        writes: true,
        ..reads()
    };
    check(writes, &[(json, None, BlockUse::AnswerBody)]);
    let mut has_examples = reads();
    has_examples.outline.has_examples = true;
    check(has_examples, &[(json, None, BlockUse::AnswerBody)]);
    let behind_failure = SoFar {
        behind_failure: true,
        ..reads()
    };
    check(behind_failure, &[(json, None, BlockUse::Nothing)]);
}

#[test]
fn json_below_request_body_shows_that_something_is_sent() {
    let cases: &[Case] = &[
        ("## Request body\n```json\n{}", None, BlockUse::ShownBody),
        ("## Request body\n```\n{}", None, BlockUse::Nothing),
    ];
    check(SoFar::default(), cases);
    check(reads(), cases);
}

#[test]
fn a_request_may_be_a_command_line() {
    let cases: &[Case] = &[
        (
            "## Example\n```sh\ncurl https://kites.test/a",
            None,
            BlockUse::CommandLine,
        ),
        (
            "## Example\n```\ncurl -X POST kites.test",
            None,
            BlockUse::CommandLine,
        ),
        ("## Example\n```sh\ncurly", None, BlockUse::Nothing),
        (
            "## Other\n```sh\ncurl https://kites.test/a",
            None,
            BlockUse::Nothing,
        ),
    ];
    check(reads(), cases);
}

#[test]
fn json_in_an_example_may_be_a_body() {
    let lone = BlockUse::LoneBody { is_answer: false };
    let answer = BlockUse::LoneBody { is_answer: true };
    let of_answer = "## Example\nThe response:\n```json\n{}";
    let cases: &[Case] = &[
        (of_answer, None, answer),
        ("## Example\nThe request:\n```json\n{}", None, lone),
        ("## Example\nThe response:\n```\n{}", None, lone),
        ("## Example\n```csharp\nvar a = 1;", None, BlockUse::Nothing),
        (of_answer, Some(BlockType::Ignored), BlockUse::Nothing),
    ];
    check(reads(), cases);
    let has_requests = SoFar {
        has_requests: true,
        ..reads()
    };
    check(has_requests, &[(of_answer, None, lone)]);
}
