//! Walks the blocks of a section and hands each to the reader of its kind.

use std::borrow::Cow;
use std::sync::Arc;

use super::annotation::pending::Pending;
use super::annotation::{self, Annotation, BlockAnnotation, BlockType, PageAnnotation};
use super::context::Context;
use super::example::message::{Start, looks_like_json, parse_start};
use super::example::message_check;
use super::example::sample::Sample;
use super::excerpt::Excerpt;
use super::permission::ScopeSet;
use super::prose::{Sentence, deprecation};
use super::query_options::query_option;
use super::route::block::{self, is_of_requests};
use super::route::{join_targets, split_method};
use super::section::{Section, SectionKind};
use super::table::{NamedRow, by_section, undivided, unowned};
use super::{Page, PageLink, QueryOptions, introduction, permission, prose, resource};
use crate::diagnostic::Code;
use crate::lists::push;
use crate::markdown::{
    Block, BlockKind, Container, Document, Fence, FenceEnd, InlineKind, Inlines,
};
use crate::source::Span;
use crate::text::{is_blank, strip_start, trimmed};

/// A page while its sections are read.
pub(super) struct Reader<'a> {
    pub(super) page: Page<'a>,
    pending: Pending,
    /// The heading of the example that is being read.
    example_title: Cow<'a, str>,
    /// Where the last message of an example ends, or the heading stands that is behind it.
    behind_message: usize,
    /// The permissions that sentences and bullets name.
    spoken_permissions: Vec<ScopeSet>,
    /// The words of a note that says that what the page is about is deprecated.
    deprecation: Option<String>,
    /// Whether routes stand below the title: no section is there for them.
    pub(super) routes_below_title: bool,
    /// Whether a section says what comes back.
    pub(super) has_response: bool,
    /// Whether any section says how an operation is called or answered.
    has_sections: bool,
    /// Whether the last message was put aside.
    behind_ignored: bool,
}

impl<'a> Reader<'a> {
    /// The reader of a page of which only the title is known.
    pub(super) fn new(
        cx: &Context<'a>,
        title: Cow<'a, str>,
        title_span: Span,
        links: Arc<Vec<PageLink<'a>>>,
    ) -> Self {
        Self {
            page: Page {
                file: cx.file,
                id: cx.id,
                title,
                title_span,
                is_section: false,
                description: Cow::Borrowed(""),
                deprecated: false,
                namespace: None,
                annotation: PageAnnotation::default(),
                routes: Vec::new(),
                permissions: Vec::new(),
                path_parameters: Vec::new(),
                function_parameters: Vec::new(),
                query_parameters: Vec::new(),
                query_options: QueryOptions::default(),
                headers: Vec::new(),
                body_rows: Vec::new(),
                request_prose: Vec::new(),
                response_prose: Vec::new(),
                shows_answer: false,
                examples: Default::default(),
                samples: Vec::new(),
                resources: Vec::new(),
                properties: Vec::new(),
                relationships: Vec::new(),
                members: Vec::new(),
                methods: Vec::new(),
                links,
            },
            pending: Pending::default(),
            example_title: Cow::Borrowed(""),
            behind_message: 0,
            spoken_permissions: Vec::new(),
            deprecation: None,
            routes_below_title: false,
            has_response: false,
            has_sections: false,
            behind_ignored: false,
        }
    }

    /// Notes which sections there are besides that of the title.
    pub(super) fn look_ahead(&mut self, sections: &[Section<'a>]) {
        let has = |kind: SectionKind| sections.iter().any(|section| section.kind == kind);
        self.routes_below_title = !has(SectionKind::HttpRequest);
        self.has_response = has(SectionKind::Response);
        let is_of_operation = |section: &Section<'_>| section.kind.is_of_operation();
        self.has_sections = !self.routes_below_title || sections.iter().any(is_of_operation);
    }

    /// Reads the next section.
    pub(super) fn section(
        &mut self,
        cx: &mut Context<'a>,
        document: &Document<'a>,
        section: &Section<'a>,
    ) {
        self.pending.detach();
        if let Some(meant) = section.meant {
            let message = format!("the heading is read as *{meant}*");
            let help = format!("write `{meant}`");
            cx.report_with_help(Code::HeadingSpelling, section.span, message, help);
        }
        // A description with a heading of its own takes the place of what stands below the title.
        let is_description = section.kind == SectionKind::Introduction && section.is_named;
        let below_title = is_description.then(|| std::mem::take(&mut self.page.description));
        if section.kind != SectionKind::Example {
            self.example_title = Cow::Borrowed("");
        } else if starts_with_example(&section.title) {
            self.example_title = section.title.clone();
        }
        self.behind_message = section.span.start as usize;
        let blocks = &document.blocks[section.blocks.clone()];
        for (at, block) in blocks.iter().enumerate() {
            match &block.kind {
                // A heading within a section is the header of a tab.
                BlockKind::Heading(..) => {}
                BlockKind::Comment(comment) => match annotation::parse(cx, comment, block.span) {
                    Some(Annotation::Page(annotation)) => self.page.annotation.add(annotation),
                    Some(Annotation::Block(annotation)) => self.pending.hold(cx, annotation),
                    None => {}
                },
                BlockKind::Fence(fence) => {
                    let annotation = self.pending.bind(cx, block.span);
                    self.fence(cx, fence, annotation, section, block.span);
                }
                BlockKind::Table(table) => {
                    self.pending.pass_table();
                    by_section::read(cx, &mut self.page, document, table, section);
                }
                BlockKind::HtmlTable(rows) => {
                    undivided::report_html(cx, block.span, *rows, section)
                }
                BlockKind::Paragraph(run, container) => {
                    self.pending.detach();
                    undivided::report(cx, block.span);
                    self.paragraph(cx, document, run, *container, section, block.span);
                    if section.kind == SectionKind::Example
                        && prose::may_be_status(cx.slice(block.span))
                    {
                        let plain = document.plain(run);
                        self.said_status(cx, &plain, blocks.get(at + 1), section, block.span);
                    }
                }
            }
        }
        if let Some(below_title) = below_title.filter(|_| self.page.description.is_empty()) {
            self.page.description = below_title;
        }
    }

    /// The page, when all of its sections are read.
    pub(super) fn finish(mut self, cx: &mut Context<'a>) -> Page<'a> {
        self.pending.give_up(cx);
        self.add_query_of_routes();
        let mut page = self.page;
        page.examples.finish(cx);
        let documents = !page.routes.is_empty() || !page.resources.is_empty();
        if page.title.is_empty() && documents {
            let message = "the page has no title";
            let help = "begin it with a heading, such as `# Get kite` or `# kite resource type`";
            cx.report_with_help(Code::TitleMissing, page.title_span, message, help);
        }
        unowned::report(cx, &page);
        // Beside a table, sentences only speak of scopes: that one is not enough, or what stands in its place.
        if page.permissions.is_empty() {
            page.permissions = self.spoken_permissions;
        }
        deprecation::note(&mut page, self.deprecation);
        if page.namespace.is_none() {
            let full_name = page.resources.first().map(|block| block.name.as_str());
            let namespace = full_name.and_then(|name| name.rsplit_once('.'));
            page.namespace = namespace.map(|(namespace, _)| namespace.to_owned());
        }
        if page.annotation.namespace.is_some() {
            page.namespace = page.annotation.namespace.clone();
        }
        page
    }

    fn fence(
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
        if section.kind == SectionKind::Permissions && fence.language.is_empty() {
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
        let is_http = fence.language.eq_ignore_ascii_case("http");
        // A block that is annotated as one of messages is one, whatever its language.
        let is_message =
            start.is_some() || matches!(kind, Some(BlockType::Request | BlockType::Response));
        let is_samples = kind == Some(BlockType::Samples);
        if is_http || is_message || is_samples {
            cx.accounting.http_lines.read += filled.count() as u32;
        }
        let is_request = matches!(start, Some(Start::Request { .. }));
        let has_routes = match section.kind {
            SectionKind::HttpRequest => is_request || is_http && start.is_none(),
            SectionKind::Introduction | SectionKind::Type => {
                // Pages that say what comes back are about a request, whatever the block is fenced as.
                let may_be_route = is_http || fence.language.is_empty() && self.has_response;
                self.routes_below_title
                    && may_be_route
                    && kind.is_none()
                    && is_of_requests(&cx.file.text, fence)
            }
            _ => false,
        };
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
            self.behind_message = span.end as usize;
        } else if is_http {
            if !self.page.examples.add_headers(cx, &lines) {
                message_check::report_unread(cx, &lines, None);
            }
        } else if section.kind == SectionKind::Response && is_json(fence) {
            self.page.shows_answer = true;
        } else if section.kind == SectionKind::Example && is_json(fence) && annotation.is_none() {
            self.lone_body(cx, fence, section, span);
        }
    }

    /// Takes JSON in an example for a body of which no message is shown.
    fn lone_body(
        &mut self,
        cx: &mut Context<'a>,
        fence: &Fence<'a>,
        section: &Section<'a>,
        span: Span,
    ) {
        let status = self.page.success();
        let title = self.example_title(section);
        // A heading or a sentence before it says that it is an answer.
        let before = cx.file.text.get(self.behind_message..span.start as usize);
        let is_answer = before.is_some_and(|text| text.contains("esponse"));
        let examples = &mut self.page.examples;
        examples.add_json(cx, &fence.lines, is_answer, status, title);
    }

    /// Takes a paragraph of an example that is nothing but a status for the status line of an answer, unless the answer
    /// behind it is shown with its own.
    fn said_status(
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
    fn routes(&mut self, cx: &mut Context<'a>, lines: &[Span], section: &Section<'a>) {
        let block = block::read(cx, lines, section.about());
        push(&mut self.page.routes, block);
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
        if let (true, Some(line), None) = (
            self.page.examples.requests.is_empty(),
            lines.next(),
            lines.next(),
        ) {
            let span = line.span;
            let title = self.example_title(section);
            // The line is counted as a route.
            let counted = cx.accounting;
            self.page.examples.add(cx, &[span], None, title);
            cx.accounting = counted;
        }
    }

    /// Takes what stands in the query strings of route lines as documented, where no table does so.
    fn add_query_of_routes(&mut self) {
        let page = &mut self.page;
        for line in page.routes.iter().flat_map(|block| &block.lines) {
            for &name in &line.query {
                if let Some(option) = query_option(name) {
                    page.query_options.add(option);
                } else if !page.query_parameters.iter().any(|row| row.name == name) {
                    page.query_parameters
                        .push(NamedRow::undescribed(name, line.span));
                }
            }
        }
    }

    fn paragraph(
        &mut self,
        cx: &mut Context<'a>,
        document: &Document<'a>,
        run: &Inlines,
        container: Container,
        section: &Section<'a>,
        span: Span,
    ) {
        let page = &mut self.page;
        match section.kind {
            SectionKind::Introduction | SectionKind::Type => {
                let note = introduction::introduce(page, document, run, container, span);
                self.deprecation = self.deprecation.take().or(note);
            }
            SectionKind::Permissions => {
                let set = match container {
                    Container::Item => permission::read_bullet(document, run, span),
                    Container::Page => permission::read_sentence(document, run, span),
                    Container::Quote => None,
                };
                if let Some(set) = set {
                    push(&mut self.spoken_permissions, set);
                }
            }
            SectionKind::HttpRequest => {
                // A paragraph may be nothing but a route.
                if let [inline] = document.inlines(run)
                    && let InlineKind::Code(Cow::Borrowed(text)) = inline.kind
                    && split_method(trimmed(text)).is_some()
                {
                    let line = Span::of(text, &cx.file.text);
                    cx.accounting.http_lines.read += 1;
                    self.routes(cx, &[line], section);
                }
            }
            SectionKind::QueryParameters => {
                page.query_options.read(&document.plain(run));
            }
            SectionKind::RequestBody => {
                let sentence = prose::read(document, run, span, &section.title);
                push(&mut page.request_prose, sentence);
            }
            SectionKind::Response => {
                let sentence = prose::read(document, run, span, &section.title);
                prose::check(cx, &sentence);
                push(&mut page.response_prose, sentence);
            }
            _ => {}
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

/// Whether a code block is fenced as JSON.
fn is_json(fence: &Fence<'_>) -> bool {
    fence.language.eq_ignore_ascii_case("json")
}

fn starts_with_example(title: &str) -> bool {
    strip_start(title, "example").is_some()
}
