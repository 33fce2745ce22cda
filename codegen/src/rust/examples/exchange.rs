//! The test of one example: how the request is made, and what is asked of the answer.

use proc_macro2::TokenStream;
use quote::quote;

use super::answer::{self, MISFIT, Request};
use super::literal::literal;
use super::misfit::{self, Misfit};
use super::request::{Call, behind};
use super::uses::Uses;
use super::{finding_text, message, place, route};
use crate::diagnostic::Code;
use crate::model::{
    Contradiction, Example, ExampleRequest, ExampleResponse, Operation, OperationId,
};
use crate::rust::Context;
use crate::rust::types::Output;
use crate::vocabulary::split_query;

/// The address that the paths of an example begin with, where it shows none and no other does.
const NO_BASE: &str = "http://localhost";

/// What is said of an example without an answer.
const UNANSWERED: &str = "The page shows no answer: what is tested is the request.";

/// What is said of a request that the client has an operation for, but no such call.
const UNCALLED: &str = "What the client must be given for this request is missing in it, or is \
                        written in another way than the client does: it is sent as it is shown.";

/// What is said of a request that goes elsewhere.
const ELSEWHERE: &str = "A request to another host than the API's.";

/// The test of an example.
pub(super) struct Test<'a> {
    /// Its statements.
    pub(super) body: TokenStream,
    /// The names that they use.
    pub(super) uses: Uses,
    /// What keeps the example from agreeing with its page.
    pub(super) contradiction: Option<&'a Contradiction>,
    /// Whether that is why the statements fail, and not only what they show.
    pub(super) fails: bool,
    /// What to say about how the example is tested.
    pub(super) remarks: Vec<&'static str>,
}

/// The test of an example: a call of the client, or where it has none for it, a request without an
/// operation.
pub(super) fn test<'a>(context: &Context<'_>, id: OperationId, example: &'a Example) -> Test<'a> {
    called(context, id, example).unwrap_or_else(|| sent(context, id, example))
}

/// The test of an example that calls the client as an application would.
fn called<'a>(context: &Context<'_>, id: OperationId, example: &'a Example) -> Option<Test<'a>> {
    let mut uses = Uses::default();
    let matched = example.request.route.as_ref()?;
    let Call {
        operation,
        request,
        body,
        output,
    } = context
        .client_code()
        .call(id, &example.request, &mut uses)?;
    let response = final_response(example);
    let shown = |in_response| {
        let mut found = example.contradictions.iter();
        found.find(|found| found.code == Code::ValueType && found.in_response == in_response)
    };
    let has_misfit = shown(true).is_some();
    let answer = match response {
        Some(response) => {
            let api = context.api;
            answer::answer(
                api, operation, response, has_misfit, output, &request, &mut uses,
            )
        }
        None => {
            let call = request.of_the_runtime(&mut uses);
            answer::unanswered(operation, &quote! { #call.untyped() })
        }
    };
    let of_body = match shown(false).and(body.as_ref()) {
        Some(_) => misfit_of_body(context, operation, &example.request),
        None => Misfit::Unread,
    };
    let is_kept = of_body == Misfit::Kept;
    let contradiction = shown(false)
        .filter(|_| of_body == Misfit::Refused)
        .or(shown(true).filter(|_| answer.refused));
    let read = match is_kept {
        true => quote! { example.misfit_body() },
        false => quote! { example.body() },
    };
    // A redirect is the documented answer here, so the client must not follow it.
    let is_redirect = response.is_some_and(|response| (300..400).contains(&response.status));
    let redirects = is_redirect.then(|| quote! { .max_redirects(0) });
    // Here an answer that asks to come again is the documented one.
    let passes = response.is_some_and(|response| matches!(response.status, 408 | 429 | 502..=504));
    let retry = passes.then(|| quote! { .retry(docwright_client::RetryPolicy::none()) });
    let client = uses.own("Client");
    let body = body.map(|ty| quote! { let body: #ty = #read?; });
    let send = answer.statements;
    let call = quote! {
        let client = #client::builder(server.base_url()) #redirects #retry .build()?;
        #body
        #send
    };
    let route = route::documented(context, example, matched, &mut uses);
    Some(Test {
        body: statements(context, id, example, &answer.text, &call, &route),
        uses,
        contradiction,
        fails: contradiction.is_some(),
        remarks: {
            let of_body = (is_kept && answer.remark != Some(MISFIT)).then_some(MISFIT);
            let unanswered = response.is_none().then_some(UNANSWERED);
            let remarks = of_body.into_iter().chain(answer.remark);
            remarks.chain(unanswered).collect()
        },
    })
}

/// What becomes of the body of a request that shows a value that is none of its type.
fn misfit_of_body(
    context: &Context<'_>,
    operation: &Operation,
    request: &ExampleRequest,
) -> Misfit {
    let content = operation.request_body.as_ref().map(|body| &body.content);
    match (content, &request.body) {
        (Some(content), Some(body)) => misfit::of_request(context.api, content, body),
        _ => Misfit::Unread,
    }
}

/// The test of an example that the client has no call for: its request is sent as it is shown, and
/// its answer comes as it is shown.
fn sent<'a>(context: &Context<'_>, id: OperationId, example: &'a Example) -> Test<'a> {
    let mut uses = Uses::default();
    let request = Request {
        call: quote! { example.send(&server) },
        wrapped: false,
    };
    let operation = context.api.operation(id);
    let response = final_response(example);
    let answer = match response {
        Some(response) => answer::answer(
            context.api,
            operation,
            response,
            false,
            Output::Bytes,
            &request,
            &mut uses,
        ),
        None => answer::unanswered(operation, &request.call),
    };
    let mut found = example.contradictions.iter();
    let contradiction = found.find(|found| found.code == Code::ExampleRoute);
    let matched = example.request.route.as_ref();
    let route = match (contradiction, matched) {
        (_, Some(matched)) if behind(matched).is_some() => {
            route::documented(context, example, matched, &mut uses)
        }
        (Some(found), _) => route::missing(example, &finding_text(context, found), &mut uses),
        (None, _) => TokenStream::new(),
    };
    let is_missing = matched.and_then(behind).is_none();
    Test {
        body: statements(
            context,
            id,
            example,
            &answer.text,
            &answer.statements,
            &route,
        ),
        uses,
        contradiction: contradiction.filter(|_| is_missing),
        fails: false,
        remarks: match (response, contradiction) {
            (None, _) => vec![UNANSWERED],
            (_, None) if is_missing => vec![ELSEWHERE],
            (_, None) => answer.remark.into_iter().chain([UNCALLED]).collect(),
            _ => answer.remark.into_iter().collect(),
        },
    }
}

/// The answer of an example. What it shows of the answer on the way, such as `100 Continue`, is none (RFC 9110,
/// section 15.2).
fn final_response(example: &Example) -> Option<&ExampleResponse> {
    let response = example.response.as_ref();
    response.filter(|response| response.status >= 200)
}

/// What every test does: a server is started, the request is made, and server, answer and routes are
/// asked whether all was as documented.
fn statements(
    context: &Context<'_>,
    id: OperationId,
    example: &Example,
    answer: &str,
    call: &TokenStream,
    route: &TokenStream,
) -> TokenStream {
    let request = literal(&message::request(&example.request));
    let answer = literal(answer);
    let place = place(context, id, example);
    let base = base(context, example);
    quote! {
        let request = #request;
        let answer = #answer;
        let example = Example::new(request, answer).at(#place).base(#base)?;
        let server = example.serve().await?;
        #call
        server.finish().await?;
        #route
        Ok(())
    }
}

/// What stands before the path of the example.
fn base(context: &Context<'_>, example: &Example) -> String {
    let (target, _) = split_query(&example.request.target);
    let own = target
        .trim_end()
        .strip_suffix(example.request.path.as_str())
        .filter(|own| own.contains("://"));
    let known = own.or(context.api.base_url());
    let without_host = || format!("{NO_BASE}{}", context.api.base_path());
    known.map_or_else(without_host, str::to_owned)
}
