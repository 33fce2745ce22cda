//! What is made of a code block: route lines, a message of an example, the JSON of a resource or a sample of one,
//! a body of which no message is shown, or lines of permissions.

use std::borrow::Cow;

use super::Reader;
use super::block_use::{BlockUse, CodeBlock, SoFar, classify};
use super::lead::Lead;
use crate::diagnostic::Code;
use crate::lists::push;
use crate::markdown::{Block, BlockKind, Fence, FenceEnd};
use crate::page::annotation::BlockAnnotation;
use crate::page::context::Context;
use crate::page::example::message::{Start, parse_start};
use crate::page::example::message_check;
use crate::page::example::sample::Sample;
use crate::page::excerpt::Excerpt;
use crate::page::prose::{self, Sentence};
use crate::page::route::block;
use crate::page::route::written::WrittenRoute;
use crate::page::route::{join_targets, split_method};
use crate::page::section::Section;
use crate::page::{permission, resource};
use crate::source::Span;
use crate::text::trimmed;

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
        let lines = join_targets(&cx.file.text, &fence.lines);
        let block = CodeBlock {
            page: &cx.file.text,
            fence,
            lines: &lines,
            annotation: annotation.as_ref().map(|annotation| annotation.kind),
            section,
            span,
        };
        let so_far = self.so_far(span);
        let block_use = classify(&block, &so_far, || self.lead.to(cx, span));
        let lines_of_http = match block_use.is_http() {
            true => block.count(),
            false => 0,
        };
        cx.accounting.http_lines.read += lines_of_http;
        match block_use {
            BlockUse::Resource => self.resource(cx, fence, annotation),
            BlockUse::Sample => self.sample(cx, fence, annotation),
            BlockUse::Permissions => {
                let lines = fence.lines.iter();
                let sets = lines.filter_map(|&line| permission::read_line(cx.slice(line), line));
                self.spoken_permissions.extend(sets);
            }
            BlockUse::Routes => self.routes(cx, &lines, section),
            BlockUse::RequestWithRoutes => {
                self.routes_of_example(cx, &lines, section);
                self.messages(cx, &lines, annotation, section, span);
            }
            BlockUse::Messages => self.messages(cx, &lines, annotation, section, span),
            BlockUse::AnswerToRoute => {
                self.request_route(cx, section);
                self.messages(cx, &lines, annotation, section, span);
            }
            BlockUse::ForOthers => {
                self.behind_ignored = true;
                cx.accounting.http_lines.aside += lines_of_http;
            }
            BlockUse::Status(status) => {
                let sentence = Sentence::of_status(status, span, &section.title);
                push(&mut self.page.response_prose, sentence);
                cx.accounting.http_lines.used += 1;
            }
            BlockUse::Url(url) => {
                cx.accounting.http_lines.used += 1;
                let title = self.example_title(section);
                self.page.examples.add_url(cx, url, title);
                self.lead = Lead::behind(span.end);
            }
            BlockUse::Headers => {
                if !self.page.examples.add_headers(cx, &lines) {
                    message_check::report_unread(cx, &lines, None);
                }
            }
            BlockUse::ShownBody => self.page.shows_body = true,
            BlockUse::ShownAnswer => self.page.shows_answer = true,
            BlockUse::AnswerBody => {
                self.page.shows_answer = true;
                self.lone_body(cx, fence, section, span);
            }
            BlockUse::AnswerBodyToRoute => {
                self.page.shows_answer = true;
                self.request_route(cx, section);
                self.lone_body(cx, fence, section, span);
            }
            BlockUse::CommandLine => self.command_line = self.command_line.or(Some(span)),
            BlockUse::LoneBody { is_answer } => {
                self.page.shows_answer |= is_answer;
                self.lone_body(cx, fence, section, span);
            }
            BlockUse::Nothing => {}
        }
    }

    /// What has been read before a code block, as far as it tells what that is for.
    fn so_far(&self, block: Span) -> SoFar {
        SoFar {
            outline: self.outline,
            is_section: self.page.is_section,
            has_routes: !self.page.routes.is_empty(),
            writes: self.writes,
            has_requests: !self.page.examples.requests.is_empty(),
            behind_ignored: self.behind_ignored,
            behind_failure: self.page.is_failure(block),
        }
    }

    /// Reads the JSON of a resource.
    fn resource(
        &mut self,
        cx: &mut Context<'a>,
        fence: &Fence<'a>,
        annotation: Option<BlockAnnotation>,
    ) {
        let text = Excerpt::new(&cx.file.text, &fence.lines);
        let resource = annotation.and_then(|it| resource::parse(cx, &it, &text));
        if let Some(resource) = resource {
            push(&mut self.page.resources, resource);
        }
    }

    /// Reads a sample of JSON.
    fn sample(
        &mut self,
        cx: &mut Context<'a>,
        fence: &Fence<'a>,
        annotation: Option<BlockAnnotation>,
    ) {
        let text = Excerpt::new(&cx.file.text, &fence.lines);
        let sample = annotation.and_then(|it| Sample::read(cx, it, text));
        if let Some(sample) = sample {
            push(&mut self.page.samples, sample);
        }
    }

    /// Reads messages of an example.
    fn messages(
        &mut self,
        cx: &mut Context<'a>,
        lines: &[Span],
        annotation: Option<BlockAnnotation>,
        section: &Section<'a>,
        span: Span,
    ) {
        self.behind_ignored = false;
        let title = self.example_title(section);
        self.page.examples.add(cx, lines, annotation, title);
        self.lead = Lead::behind(span.end);
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
