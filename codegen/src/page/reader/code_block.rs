//! What a code block of a section is: route lines, a message of an example, the JSON of a resource or a sample of one,
//! a body of which no message is shown, or lines of permissions.

use std::borrow::Cow;

use super::Reader;
use super::lead::Lead;
use crate::diagnostic::Code;
use crate::lists::push;
use crate::markdown::{Block, BlockKind, Document, Fence, FenceEnd, Inlines};
use crate::page::annotation::{BlockAnnotation, BlockType};
use crate::page::context::Context;
use crate::page::example::message::{Start, looks_like_json, parse_start};
use crate::page::example::message_check;
use crate::page::example::sample::Sample;
use crate::page::excerpt::Excerpt;
use crate::page::prose::{self, Sentence};
use crate::page::route::block::{self, RouteBlock, is_of_requests};
use crate::page::route::written::{WrittenRoute, in_plain_text};
use crate::page::route::{join_targets, split_method};
use crate::page::section::{Section, SectionKind};
use crate::page::{permission, resource};
use crate::source::Span;
use crate::text::{is_blank, strip_start, trimmed};
use crate::vocabulary::is_whole_url;

impl<'a> Reader<'a> {
    /// Reads a code block.
    pub(super) fn fence(
        &mut self,
        cx: &mut Context<'a>,
        fence: &Fence<'a>,
        annotation: Option<BlockAnnotation>,
        section: &Section<'a>,
        span: Span,
    ) {
        report_unclosed(cx, fence, span);
        if let Some(annotation) = &annotation
            && self.json(cx, fence, annotation)
        {
            return;
        }
        if section.kind == SectionKind::Permissions && fence.is_plain() {
            let lines = fence.lines.iter();
            let sets = lines.filter_map(|&line| permission::read_line(cx.slice(line), line));
            self.spoken_permissions.extend(sets);
            return;
        }
        self.http(cx, fence, annotation, section, span);
    }

    /// Reads a block that its annotation calls the JSON of a resource, or a sample of one. Tells whether it is that.
    fn json(
        &mut self,
        cx: &mut Context<'a>,
        fence: &Fence<'a>,
        annotation: &BlockAnnotation,
    ) -> bool {
        if !matches!(annotation.kind, BlockType::Resource | BlockType::Example) {
            return false;
        }
        let text = Excerpt::new(&cx.file.text, &fence.lines);
        if annotation.kind == BlockType::Resource {
            if let Some(resource) = resource::parse(cx, annotation, &text) {
                push(&mut self.page.resources, resource);
            }
            return true;
        }
        let is_json = looks_like_json(&text);
        if is_json && let Some(sample) = Sample::read(cx, annotation.clone(), text) {
            push(&mut self.page.samples, sample);
        }
        is_json
    }

    /// Reads a block of route lines or of a message, and JSON without a message around it.
    fn http(
        &mut self,
        cx: &mut Context<'a>,
        fence: &Fence<'a>,
        annotation: Option<BlockAnnotation>,
        section: &Section<'a>,
        span: Span,
    ) {
        let kind = annotation.as_ref().map(|annotation| annotation.kind);
        let lines = join_targets(&cx.file.text, &fence.lines);
        let texts = lines.iter().map(|&line| cx.slice(line));
        let filled = texts.filter(|text| !is_blank(text));
        let start = parse_start(trimmed(filled.clone().next().unwrap_or("")));
        let is_alone = filled.clone().nth(1).is_none();
        let is_json = is_fenced_as(fence, "json")
            || start.is_none() && kind.is_none() && is_json_as_http(cx, fence, section);
        let is_http = is_fenced_as(fence, "http") && !is_json;
        // A block that is annotated as one of messages is one, whatever its language.
        let is_message =
            start.is_some() || matches!(kind, Some(BlockType::Request | BlockType::Response));
        let is_samples = kind == Some(BlockType::Samples);
        let has_routes = self.has_routes(cx, fence, kind, start.as_ref(), section, span);
        if is_http || is_message || is_samples || has_routes {
            cx.accounting.http_lines.read += filled.count() as u32;
        }
        if has_routes && kind == Some(BlockType::Request) {
            self.routes_of_example(cx, &lines, section);
        } else if has_routes || is_samples {
            self.routes(cx, &lines, section);
            return;
        }
        if let Some(Start::Response { status, .. }) = start
            && section.kind == SectionKind::Response
            && annotation.is_none()
            && self.page.examples.requests.is_empty()
            && is_alone
        {
            // Before any request, a status line only says what the answer will be.
            let sentence = Sentence::of_status(status, span, &section.title);
            push(&mut self.page.response_prose, sentence);
            cx.accounting.http_lines.used += 1;
            return;
        }
        if is_message && self.is_for_others(kind, start.as_ref()) {
            let count = lines.iter().filter(|line| !is_blank(cx.slice(**line)));
            cx.accounting.http_lines.aside += count.count() as u32;
            return;
        }
        if is_message {
            let is_answer = matches!(start, Some(Start::Response { .. }));
            if is_answer && annotation.is_none() && section.title.contains("esponse") {
                self.request_route(cx, section);
            }
            let title = self.example_title(section);
            self.page.examples.add(cx, &lines, annotation, title);
            self.lead = Lead::behind(span.end);
        } else if is_alone && let Some(url) = self.url_alone(cx, &lines, kind, section, span) {
            cx.accounting.http_lines.read += u32::from(!is_http);
            cx.accounting.http_lines.used += 1;
            let title = self.example_title(section);
            self.page.examples.add_url(cx, url, title);
            self.lead = Lead::behind(span.end);
        } else if is_http {
            if !self.page.examples.add_headers(cx, &lines) {
                message_check::report_unread(cx, &lines, None);
            }
        } else if section.kind == SectionKind::Response && is_json && !self.page.is_failure(span) {
            self.page.shows_answer = true;
            if annotation.is_none() {
                // Where nothing shows an example, this is the answer to what the only route asks for. Otherwise the request
                // may have been shown with what is sent, before there is a word of the answer.
                if !self.has_examples && !self.writes {
                    self.request_route(cx, section);
                }
                self.lone_body(cx, fence, section, span);
            }
        } else if section.kind == SectionKind::Example
            && (is_json || fence.is_plain())
            && annotation.is_none()
        {
            // The request may be shown as the command line of some program.
            self.page.shows_answer |= is_json
                && self.page.examples.requests.is_empty()
                && self.lead.to(cx, span).of_answer;
            self.lone_body(cx, fence, section, span);
        }
    }

    /// Whether a block has the route lines of an operation, by the section that it stands in.
    fn has_routes(
        &self,
        cx: &Context<'a>,
        fence: &Fence<'a>,
        kind: Option<BlockType>,
        start: Option<&Start<'_>>,
        section: &Section<'a>,
        span: Span,
    ) -> bool {
        let is_http = is_fenced_as(fence, "http");
        match section.kind {
            SectionKind::HttpRequest => {
                matches!(start, Some(Start::Request { .. })) || is_http && start.is_none()
            }
            SectionKind::Introduction | SectionKind::Type => {
                // Pages that say what comes back are about a request, whatever the block is fenced as.
                let is_answered = self.has_response || self.page.is_section;
                let may_be_route = is_http || fence.is_plain() && is_answered;
                self.routes_below_title
                    && may_be_route
                    && kind.is_none()
                    && is_of_requests(&cx.file.text, fence)
                    && !(self.has_examples && is_called_example(&cx.file.text, span))
            }
            _ => false,
        }
    }

    /// The URL that is all of a block which the words before it call a request and no response, on a page of which all
    /// routes are read with `GET`.
    fn url_alone(
        &mut self,
        cx: &Context<'a>,
        lines: &[Span],
        kind: Option<BlockType>,
        section: &Section<'a>,
        span: Span,
    ) -> Option<&'a str> {
        if section.kind != SectionKind::Example || kind.is_some() {
            return None;
        }
        let mut texts = lines.iter().map(|&line| trimmed(cx.slice(line)));
        let url = texts.find(|text| !text.is_empty())?;
        if !is_whole_url(url) || url.contains(char::is_whitespace) {
            return None;
        }
        let lead = self.lead.to(cx, span);
        let is_called_so = lead.of_request && !lead.of_answer;
        let reads = !self.page.routes.is_empty() && !self.writes;
        (is_called_so && reads).then_some(url)
    }

    /// Takes JSON in an example, or behind one, for a body of which no message is shown.
    fn lone_body(
        &mut self,
        cx: &mut Context<'a>,
        fence: &Fence<'a>,
        section: &Section<'a>,
        span: Span,
    ) {
        let status = self.page.success();
        let title = self.example_title(section);
        let is_answer = self.lead.to(cx, span).of_answer;
        let brings_value = self.page.names_answer();
        let examples = &mut self.page.examples;
        examples.add_json(cx, &fence.lines, is_answer, brings_value, status, title);
    }

    /// Takes a paragraph of an example that is nothing but a status for the status line of an answer, unless the answer
    /// behind it is shown with its own.
    pub(super) fn said_status(
        &mut self,
        cx: &mut Context<'a>,
        text: &str,
        next: Option<&Block<'a>>,
        section: &Section<'a>,
        span: Span,
    ) {
        let Some(status) = prose::only_status(text) else {
            return;
        };
        let lines = match next.map(|next| &next.kind) {
            Some(BlockKind::Fence(fence)) => &*fence.lines,
            _ => &[],
        };
        let mut starts = lines
            .iter()
            .map(|&line| parse_start(trimmed(cx.slice(line))));
        if !starts.any(|start| start.is_some()) && !self.page.examples.requests.is_empty() {
            let title = self.example_title(section);
            self.page.examples.add_status(cx, status, span, title);
        }
    }

    /// Whether a message is ignored, or answers one that is, on a page of which neither a section nor a route says that
    /// it is about an operation. It may be sent by someone else, as the calls of a webhook are.
    fn is_for_others(&mut self, kind: Option<BlockType>, start: Option<&Start<'_>>) -> bool {
        let page = &self.page;
        let is_about_operation =
            self.has_sections || !page.routes.is_empty() || !page.examples.requests.is_empty();
        let is_answer = kind.is_none() && matches!(start, Some(Start::Response { .. }));
        let is_ignored = kind == Some(BlockType::Ignored) || is_answer && self.behind_ignored;
        self.behind_ignored = is_ignored && !is_about_operation;
        self.behind_ignored
    }

    /// The heading that says what the example of a section shows.
    fn example_title(&self, section: &Section<'a>) -> Cow<'a, str> {
        match self.example_title.is_empty() {
            true => section.about().clone(),
            false => self.example_title.clone(),
        }
    }

    /// Reads route lines.
    pub(super) fn routes(&mut self, cx: &mut Context<'a>, lines: &[Span], section: &Section<'a>) {
        let block = block::read(cx, lines, section.about());
        let known = self.page.routes.len();
        push(&mut self.page.routes, block);
        self.note_methods(known);
    }

    /// Reads routes that are written in text.
    pub(super) fn written_routes(
        &mut self,
        cx: &mut Context<'a>,
        routes: &[WrittenRoute<'a>],
        section: &Section<'a>,
    ) {
        let block = block::read_written(cx, routes, section.about());
        let known = self.page.routes.len();
        push(&mut self.page.routes, block);
        self.note_methods(known);
    }

    /// Reads the route that a paragraph is, in plain text.
    pub(super) fn route_in_plain_text(
        &mut self,
        cx: &mut Context<'a>,
        document: &Document<'a>,
        run: &Inlines,
        section: &Section<'a>,
        span: Span,
    ) {
        if let Some(line) = in_plain_text(document, run, span) {
            cx.accounting.http_lines.read += 1;
            cx.accounting.http_lines.used += 1;
            let block = RouteBlock {
                title: section.about().clone(),
                lines: vec![line],
                has_unread: false,
            };
            let known = self.page.routes.len();
            push(&mut self.page.routes, block);
            self.note_methods(known);
        }
    }

    /// Reads the route that a heading is.
    pub(super) fn route_of_heading(
        &mut self,
        cx: &mut Context<'a>,
        route: WrittenRoute<'a>,
        section: &Section<'a>,
    ) {
        self.routes_below_title = false;
        let has_entity = route.target.contains('&') && route.target.contains(';');
        if !route.target.contains('\\') && !has_entity {
            return self.written_routes(cx, &[route], section);
        }
        let message = "the heading is a route with marks of Markdown in it";
        let help = "write it in code, as it is: ``## `GET /users/{id}` ``";
        let span = Span::of(route.line, &cx.file.text);
        cx.report_with_help(Code::RouteLineUnread, span, message, help);
        cx.accounting.http_lines.read += 1;
        cx.accounting.http_lines.reported += 1;
    }

    /// Notes the methods of the routes behind those that were known.
    pub(super) fn note_methods(&mut self, known: usize) {
        let mut lines = self.page.routes[known..].iter().flat_map(|it| &it.lines);
        self.writes |= lines.any(|line| line.method != "GET");
    }

    /// Reads the request lines of an example that documents its route as well.
    fn routes_of_example(&mut self, cx: &mut Context<'a>, lines: &[Span], section: &Section<'a>) {
        let start = |line: &Span| parse_start(trimmed(cx.slice(*line)));
        let is_request = |line: &Span| matches!(start(line), Some(Start::Request { .. }));
        let lines: Vec<Span> = lines.iter().copied().filter(is_request).collect();
        // The lines count as those of the example.
        let counted = cx.accounting.http_lines;
        self.routes(cx, &lines, section);
        cx.accounting.http_lines = counted;
    }

    /// Takes the route of the page for the request that a response answers, where none is shown before it.
    fn request_route(&mut self, cx: &mut Context<'a>, section: &Section<'a>) {
        let mut lines = self.page.routes.iter().flat_map(|block| &block.lines);
        // The heading of a page may be the route that stands below *HTTP request*, too.
        if let (true, Some(line), again, None) = (
            self.page.examples.requests.is_empty(),
            lines.next(),
            lines.next(),
            lines.next(),
        ) && again.is_none_or(|it| (it.method, &it.path) == (line.method, &line.path))
        {
            let span = line.span;
            // In a table of routes, the method stands in a cell of its own.
            if split_method(cx.slice(span)).is_none() {
                return;
            }
            let title = self.example_title(section);
            // The line is counted as a route.
            let counted = cx.accounting;
            self.page.examples.add(cx, &[span], None, title);
            cx.accounting = counted;
        }
    }
}

/// Reports a code block without a closing fence.
fn report_unclosed(cx: &mut Context<'_>, fence: &Fence<'_>, span: Span) {
    let (code, message, place) = match fence.end {
        FenceEnd::Closed => return,
        FenceEnd::Shown => (
            Code::FenceOverrun,
            "the code block is not closed before what follows it",
            format!(" above line {}", cx.file.position(span.end).0),
        ),
        FenceEnd::Unknown => (
            Code::FenceUnclosed,
            "the code block is never closed",
            String::new(),
        ),
    };
    let text = cx.slice(span);
    let mark = &text[..text.len() - text.trim_start_matches(['`', '~']).len()];
    cx.report_with_help(code, span, message, format!("end it with {mark}{place}"));
}

/// Whether the paragraph before a block begins with the word: *Example: all kites that are red*.
fn is_called_example(page: &str, block: Span) -> bool {
    let before = page[..block.start as usize].trim_end();
    let paragraph = before.rsplit("\n\n").next().unwrap_or(before);
    let words = paragraph.trim_start_matches(|c: char| !c.is_alphanumeric());
    strip_start(words, "example").is_some()
}

/// Whether the language of a code block is the given one.
fn is_fenced_as(fence: &Fence<'_>, language: &str) -> bool {
    fence.language.eq_ignore_ascii_case(language)
}

/// Whether a code block that is fenced as a message is JSON alone, where a body may stand. Headers within braces are none.
fn is_json_as_http(cx: &Context<'_>, fence: &Fence<'_>, section: &Section<'_>) -> bool {
    use SectionKind::{Example, RequestBody, Response};
    if !matches!(section.kind, Example | RequestBody | Response) || !is_fenced_as(fence, "http") {
        return false;
    }
    let text = Excerpt::new(&cx.file.text, &fence.lines);
    let inner = text.text.trim_start().trim_start_matches(['{', '[']);
    looks_like_json(&text) && !inner.trim_start().starts_with(char::is_alphabetic)
}
