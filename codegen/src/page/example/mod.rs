//! Examples: which requests and responses a page shows, and which belong together.

pub mod message;
pub(super) mod message_check;
pub mod sample;
pub(super) mod status_reason;

use std::borrow::Cow;

use super::annotation::{BlockAnnotation, BlockType};
use super::body::{self, JsonBody, Value};
use super::context::Context;
use super::excerpt::Excerpt;
use crate::diagnostic::Code;
use crate::lists::push;
use crate::nearness::nearest;
use crate::source::Span;
use crate::text::{first_byte, is_blank, trimmed};
use crate::vocabulary::{Json as _, Kind};
use message::{Message, Start, looks_like_json};

/// The requests and responses that a page shows.
#[derive(Debug, Default)]
pub struct Examples<'a> {
    /// The requests in their order.
    pub requests: Vec<ExampleMessage<'a>>,
    /// The responses in their order.
    pub responses: Vec<ExampleMessage<'a>>,
    /// Which belong together.
    pub exchanges: Vec<Exchange>,
    /// How each request is answered so far.
    answers: Vec<Answers>,
}

/// How a request is answered.
#[derive(Clone, Copy, Debug)]
struct Answers {
    /// The first exchange of the request.
    exchange: usize,
    /// How many responses it has.
    count: usize,
}

/// How many responses a request has at the most, and how many requests a response answers: more than pages
/// show, and few enough that a page cannot make much of little, since each exchange has its own messages in
/// the model.
const MOST_ANSWERS: usize = 32;

/// A message and what is known about it beside its text.
#[derive(Debug)]
pub struct ExampleMessage<'a> {
    /// The message.
    pub message: Message<'a>,
    /// Its annotation.
    pub annotation: Option<BlockAnnotation>,
    /// The heading that says what the example shows.
    pub title: Cow<'a, str>,
    /// What the body is if it is JSON.
    pub json: Option<JsonBody>,
    /// How many requests stand before it in its block.
    position: usize,
}

/// A request and a response to it, as indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The request.
    pub request: usize,
    /// The response, where there is one.
    pub response: Option<usize>,
}

impl<'a> Examples<'a> {
    /// Takes the messages of a block. A response finds its request at once: the one of its name,
    /// or else the nearest before it. API Doctor leaves out blocks that are not annotated and all
    /// but the first response to a request; here nothing is left out.
    pub fn add(
        &mut self,
        cx: &mut Context<'a>,
        lines: &[Span],
        mut annotation: Option<BlockAnnotation>,
        title: Cow<'a, str>,
    ) {
        let kind = annotation.as_ref().map(|annotation| annotation.kind);
        let mut requests = 0;
        for (index, part) in split(&cx.file.text, lines).into_iter().enumerate() {
            cx.accounting.examples.read += 1;
            let Some(message) = message::parse(&cx.file.text, part) else {
                message_check::report_unread(cx, part, annotation.as_ref());
                cx.accounting.examples.reported += 1;
                continue;
            };
            message_check::check(cx, &message, kind);
            let annotation = annotation.take().filter(|_| index == 0);
            let example = ExampleMessage::new(cx, message, annotation, title.clone(), requests);
            match example.message.start {
                Start::Request { .. } => {
                    requests += 1;
                    self.add_request(cx, example);
                }
                Start::Response { .. } => self.add_response(cx, example),
            }
        }
    }

    fn add_response(&mut self, cx: &mut Context<'a>, example: ExampleMessage<'a>) {
        let names = example
            .annotation
            .as_ref()
            .map_or(&[][..], |annotation| &annotation.names);
        let mut answered: Vec<usize> = Vec::new();
        for name in names.iter().take(MOST_ANSWERS) {
            let mut requests = self.requests.iter();
            answered.extend(requests.rposition(|request| request.name() == Some(name)));
        }
        // One response below several requests in one block answers each of them.
        if answered.is_empty()
            && let Some(last) = self.requests.last()
        {
            if let (Some(name), Some(annotation)) = (names.first(), &example.annotation)
                && last.name().is_some()
            {
                self.report_name(cx, name, annotation.span);
            }
            let several = last.position.min(MOST_ANSWERS - 1);
            answered.extend(self.requests.len() - 1 - several..self.requests.len());
        }
        if answered.is_empty() && example.block_type() == Some(BlockType::Ignored) {
            // The page itself takes it for no example, and nothing shows what it would be the answer to.
            cx.accounting.examples.aside += 1;
            return;
        }
        let is_full = |request: &usize| self.answers[*request].count == MOST_ANSWERS;
        if answered.iter().all(is_full) {
            let (message, help) = match answered.is_empty() {
                true => (
                    "the response answers no request: there is none before it".to_owned(),
                    "show the request first, or give the response the name of one",
                ),
                false => (
                    format!("the request before the response has {MOST_ANSWERS} others already"),
                    "show the request again",
                ),
            };
            let code = Code::ResponseWithoutRequest;
            cx.report_with_help(code, example.message.span, message, help);
            cx.accounting.examples.reported += 1;
            return;
        }
        answered.retain(|request| !is_full(request));
        cx.accounting.examples.used += 1;
        let response = Some(self.responses.len());
        push(&mut self.responses, example);
        for request in answered {
            let answers = &mut self.answers[request];
            match answers.count {
                0 => self.exchanges[answers.exchange].response = response,
                _ => self.exchanges.push(Exchange { request, response }),
            }
            answers.count += 1;
        }
    }

    /// Takes an answer of which a sentence says the status: what else it has, if anything, is shown behind that.
    pub fn add_status(
        &mut self,
        cx: &mut Context<'a>,
        status: u16,
        span: Span,
        title: Cow<'a, str>,
    ) {
        cx.accounting.examples.read += 1;
        let message = Message::of_status(status, span);
        let example = ExampleMessage::new(cx, message, None, title, 0);
        self.add_response(cx, example);
    }

    /// Takes a URL that is all of a block for a request, of which the page does not say that it reads what is there.
    pub fn add_url(&mut self, cx: &mut Context<'a>, url: &'a str, title: Cow<'a, str>) {
        let span = Span::of(url, &cx.file.text);
        cx.report_with_help(
            Code::MessageUnread,
            span,
            "the request has no method, and is taken for one with `GET`",
            "write `GET` before the URL",
        );
        cx.accounting.examples.read += 1;
        let example = ExampleMessage::new(cx, Message::of_url(url, span), None, title, 0);
        self.add_request(cx, example);
    }

    fn add_request(&mut self, cx: &mut Context<'a>, example: ExampleMessage<'a>) {
        cx.accounting.examples.used += 1;
        push(&mut self.requests, example);
        self.answers.push(Answers {
            exchange: self.exchanges.len(),
            count: 0,
        });
        self.exchanges.push(Exchange {
            request: self.requests.len() - 1,
            response: None,
        });
    }

    /// Takes headers that have a block of their own, maybe with a body below them: they are those of the answer before
    /// it, of which only the status is known. Tells whether there is one.
    pub fn add_headers(&mut self, cx: &mut Context<'a>, lines: &[Span]) -> bool {
        let last = self.responses.last_mut();
        let Some(last) = last.filter(|last| last.message.is_of_status()) else {
            return false;
        };
        let mut message = last.message.clone();
        message.read_rest(&cx.file.text, lines);
        if message.headers.is_empty() || !message.stray.is_empty() {
            return false;
        }
        let filled = lines.iter().filter(|line| !is_blank(cx.slice(**line)));
        message.lines = filled.count() as u32;
        cx.accounting.http_lines.used += message.lines;
        last.json = read_json(cx, &message);
        last.message = message;
        true
    }

    /// Takes JSON that has a block of its own. It is the body of the message before it, where that is shown
    /// without one; or else it answers the request before it, if nothing has yet, with the status that the
    /// page gives a success. `brings_value` is whether the page says that a value comes back.
    pub fn add_json(
        &mut self,
        cx: &mut Context<'a>,
        lines: &[Span],
        is_answer: bool,
        brings_value: bool,
        status: u16,
        title: Cow<'a, str>,
    ) {
        let body = message::body_of(&cx.file.text, lines).filter(looks_like_json);
        let (Some(request), Some(body)) = (self.requests.last_mut(), body) else {
            return;
        };
        let sends = matches!(
            request.message.request(),
            Some(("POST" | "PATCH" | "PUT", _))
        );
        let is_answered = self.answers.last().is_some_and(|answers| answers.count > 0);
        if !is_answered && (is_answer || !sends) {
            cx.accounting.examples.read += 1;
            let message = Message::answer(status, body);
            let example = ExampleMessage::new(cx, message, None, title, 0);
            self.add_response(cx, example);
            return;
        }
        let shown = match is_answered {
            true => self.responses.last_mut(),
            false => Some(request),
        };
        // What is behind the place to which an answer leads is another answer's.
        let is_without = |shown: &&mut ExampleMessage<'_>| {
            shown.message.body.is_none() && (brings_value || !shown.message.leads_elsewhere())
        };
        if let Some(shown) = shown.filter(is_without) {
            shown.message.body = Some(body);
            shown.json = read_json(cx, &shown.message);
        }
    }

    /// Reports a response that has the name of no request before it.
    fn report_name(&self, cx: &mut Context<'a>, name: &str, annotation: Span) {
        let message = format!("no request before the response is named `{name}`");
        let names = self.requests.iter().filter_map(ExampleMessage::name);
        let near = nearest(name, names.map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "give it the name of the request that it answers".to_owned(),
        };
        cx.report_with_help(Code::ResponseName, annotation, message, help);
    }

    /// Reports the requests that are annotated as such and have no response.
    pub fn finish(&self, cx: &mut Context<'a>) {
        let unanswered = self.exchanges.iter().filter(|it| it.response.is_none());
        let requests = unanswered.map(|it| &self.requests[it.request]);
        for request in requests.filter(|it| it.block_type() == Some(BlockType::Request)) {
            let message = "the page shows no response to the request";
            cx.report(Code::RequestWithoutResponse, request.message.span, message);
        }
    }
}

impl<'a> ExampleMessage<'a> {
    fn new(
        cx: &mut Context<'a>,
        message: Message<'a>,
        annotation: Option<BlockAnnotation>,
        title: Cow<'a, str>,
        position: usize,
    ) -> Self {
        Self {
            json: read_json(cx, &message),
            message,
            annotation,
            title,
            position,
        }
    }

    /// The body as strict JSON, or as it is written where it is none.
    pub fn body(&self) -> Option<&str> {
        let rewritten = self
            .json
            .as_ref()
            .and_then(|json| json.rewritten.as_deref());
        rewritten.or_else(|| self.message.body.as_ref().map(|body| &*body.text))
    }

    /// Whether the body is a collection: an array, or an object whose `value` is one.
    pub fn is_collection(&self) -> bool {
        self.json.as_ref().is_some_and(|body| body.collection)
    }

    /// Whether the body is an array, without an object around it.
    pub fn is_array(&self) -> bool {
        self.is_collection() && self.json_value().is_some_and(|it| it.kind() == Kind::Array)
    }

    /// Whether the body is an object with nothing in it.
    pub fn is_empty_object(&self) -> bool {
        let body = self.json_value();
        body.is_some_and(|it| it.kind() == Kind::Object && it.members().next().is_none())
    }

    /// The body and what is in it, if it is JSON.
    pub fn shown(&self) -> Option<(&Excerpt<'a>, Value<'_>)> {
        Some((self.message.body.as_ref()?, self.json_value()?))
    }

    /// What is in the body, if it is JSON.
    pub fn json_value(&self) -> Option<Value<'_>> {
        let body = self.message.body.as_ref()?;
        Some(self.json.as_ref()?.value(&body.text))
    }

    /// Whether this is a request that is made with a method.
    pub fn is_of_method(&self, wanted: &str) -> bool {
        matches!(self.message.request(), Some((method, _)) if method == wanted)
    }

    /// The first name in the annotation.
    pub fn name(&self) -> Option<&String> {
        self.annotation.as_ref()?.names.first()
    }

    /// What its annotation says that it is.
    pub fn block_type(&self) -> Option<BlockType> {
        Some(self.annotation.as_ref()?.kind)
    }

    /// The name of the type that its annotation gives it.
    pub fn annotated_as(&self) -> Option<&str> {
        self.annotation.as_ref()?.ty.as_deref()
    }
}

/// Reads the body of a message, if it is JSON.
fn read_json(cx: &mut Context<'_>, message: &Message<'_>) -> Option<JsonBody> {
    let body = message.body.as_ref().filter(|_| message.has_json());
    body.and_then(|body| body::read(cx, body))
}

/// Splits a block that holds several messages: requests one below the other, without bodies; and
/// responses, each below its request, and behind a blank line where that has a body.
fn split<'l>(page: &str, lines: &'l [Span]) -> Vec<&'l [Span]> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut filled = false;
    let mut in_body = false;
    let mut after_blank = false;
    for (at, &line) in lines.iter().enumerate() {
        let text = &page[line.range()];
        // Most lines are those of bodies, and few bytes can begin anything else in one.
        let first = first_byte(text);
        if in_body && first.is_some_and(|byte| byte.is_ascii_graphic() && !b"-H".contains(&byte)) {
            after_blank = false;
            continue;
        }
        let text = trimmed(text);
        if filled && text.starts_with("--") {
            // The parts of a body of several are messages too.
            break;
        }
        in_body |= filled && text.starts_with(['{', '[', '<', '-']);
        // Within a body, only a status line behind a blank one is looked for.
        let may_begin = filled && (!in_body || after_blank && text.starts_with("HTTP"));
        let begins = match may_begin.then(|| message::parse_start(text)).flatten() {
            Some(Start::Request { .. }) => !in_body,
            Some(Start::Response { well_formed, .. }) => well_formed && (after_blank || !in_body),
            None => false,
        };
        if begins {
            parts.push(&lines[start..at]);
            start = at;
            in_body = false;
        }
        filled |= !text.is_empty();
        after_blank = text.is_empty();
    }
    parts.push(&lines[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    /// How many examples the operation of a page has that shows so many requests in one block, and so many
    /// responses below it; and how many findings about responses there are.
    fn exchanges(requests: usize, responses: usize) -> (usize, usize) {
        let requests = "GET https://api.example.com/v1.0/mills\n".repeat(requests);
        let responses = "```http\nHTTP/1.1 200 OK\n```\n".repeat(responses);
        let page = format!(
            "# List mills\n\n## HTTP request\n```http\nGET /mills\n```\n\n\
             ## Example\n```http\n{requests}```\n{responses}"
        );
        let reading = crate::read_files(vec![SourceFile::new("docs/list.md", page)], Vec::new());
        let found = reading.diagnostics.iter();
        let found = found.filter(|found| found.code == Code::ResponseWithoutRequest);
        (reading.api.operations[0].examples.len(), found.count())
    }

    #[test]
    fn a_response_answers_all_requests_of_the_block_above_it() {
        assert_eq!(exchanges(2, 1), (2, 0));
        assert_eq!(exchanges(2, 2), (4, 0));
    }

    #[test]
    fn few_messages_do_not_make_many_exchanges() {
        let most = MOST_ANSWERS;
        assert_eq!(exchanges(1, most + 3), (most, 3));
        // The first of so many requests have no response.
        assert_eq!(exchanges(most + 3, 2), (2 * most + 3, 0));
    }
}
