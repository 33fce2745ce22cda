//! Walks the blocks of a section and hands each to the reader of its kind.

mod block_use;
mod code_block;
mod lead;
mod listed;
mod requirement;
mod said_options;
mod said_request;
mod shown_options;

use std::borrow::Cow;
use std::sync::Arc;

use super::annotation::pending::Pending;
use super::annotation::{self, Annotation, PageAnnotation};
use super::context::Context;
use super::permission::ScopeSet;
use super::prose::deprecation;
use super::resource::slip;
use super::route::written::{in_paragraph, is_labelled};
use super::section::{Section, SectionKind, is_routes};
use super::table::NamedRow;
use super::table::{answer, by_section, capitals, undivided, unowned};
use super::{Page, PageLink, QueryOptions, introduction, permission, prose};
use crate::diagnostic::Code;
use crate::lists::push;
use crate::markdown::{BlockKind, Container, Document, Inlines, closed_up};
use crate::source::Span;
use crate::text::{strip_start, trimmed};
use lead::Lead;

/// A page while its sections are read.
pub(super) struct Reader<'a> {
    pub(super) page: Page<'a>,
    pending: Pending,
    /// The heading of the example that is being read.
    example_title: Cow<'a, str>,
    /// What leads to the next code block of an example.
    lead: Lead,
    /// The permissions that sentences and bullets name.
    spoken_permissions: Vec<ScopeSet>,
    /// The options of the query string that sentences name.
    said_options: Vec<NamedRow<'a>>,
    /// The words of a note that says that what the page is about is deprecated.
    deprecation: Option<String>,
    /// Whether what the next table of a section lists must be given, as the heading or a paragraph says.
    requires_all: Option<bool>,
    /// Whether a route of the page is called with another method than `GET`.
    writes: bool,
    /// Which sections there are besides that of the title.
    outline: Outline,
    /// Whether the table of the answer is about other operations of the page as well, with one of which it is counted.
    pub(super) shares_answer: bool,
    /// The heading below which routes are announced.
    request_heading: Option<Span>,
    /// The first request of an example that is shown as a command line.
    command_line: Option<Span>,
    /// Whether the last message was put aside.
    behind_ignored: bool,
    /// Whether what was read last is a list of what the page applies to.
    behind_scope: bool,
}

/// Which sections a page has besides that of the title.
#[derive(Clone, Copy, Debug, Default)]
struct Outline {
    /// Whether routes stand below the title: no section is there for them.
    routes_below_title: bool,
    /// Whether a section says what comes back.
    has_response: bool,
    /// Whether a section has examples.
    has_examples: bool,
    /// Whether any section says how an operation is called or answered, apart from that of its routes.
    is_of_operation: bool,
}

impl Outline {
    fn of(sections: &[Section<'_>]) -> Self {
        let has = |kind: SectionKind| sections.iter().any(|section| section.kind == kind);
        let is_of_operation = |section: &Section<'_>| section.kind.is_of_operation();
        Self {
            routes_below_title: !has(SectionKind::HttpRequest),
            has_response: has(SectionKind::Response),
            has_examples: has(SectionKind::Example),
            is_of_operation: sections.iter().any(is_of_operation),
        }
    }

    /// Whether any section says that the page is about an operation.
    fn has_sections(self) -> bool {
        self.is_of_operation || !self.routes_below_title
    }
}

impl<'a> Reader<'a> {
    /// The reader of a page of which only the title is known.
    pub(super) fn new(
        cx: &mut Context<'a>,
        title: Cow<'a, str>,
        title_span: Span,
        links: Arc<Vec<PageLink<'a>>>,
    ) -> Self {
        cx.known_rows = None;
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
                answer_rows: Vec::new(),
                shows_answer: false,
                shows_body: false,
                examples: Default::default(),
                samples: Vec::new(),
                resources: Vec::new(),
                properties: Vec::new(),
                relationships: Vec::new(),
                members: Vec::new(),
                option_values: Vec::new(),
                methods: Vec::new(),
                links,
            },
            pending: Pending::default(),
            example_title: Cow::Borrowed(""),
            lead: Lead::default(),
            spoken_permissions: Vec::new(),
            said_options: Vec::new(),
            deprecation: None,
            requires_all: None,
            writes: false,
            outline: Outline::default(),
            shares_answer: false,
            request_heading: None,
            command_line: None,
            behind_ignored: false,
            behind_scope: false,
        }
    }

    /// Notes which sections there are besides that of the title.
    pub(super) fn look_ahead(&mut self, sections: &[Section<'a>]) {
        self.outline = Outline::of(sections);
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
        report_closed_up(cx, section);
        // Below *URL* or *Endpoint*, a page that is about no operation may say where the service is.
        if section.kind == SectionKind::HttpRequest
            && section.is_named
            && (self.outline.is_of_operation || !is_routes(&section.title))
        {
            self.request_heading = Some(section.span);
        }
        if let Some(route) = &section.route {
            self.outline.routes_below_title = false;
            self.written_routes(cx, std::slice::from_ref(route), section);
        }
        // A description with a heading of its own takes the place of what stands below the title.
        let is_description = section.kind == SectionKind::Introduction && section.is_named;
        let below_title = is_description.then(|| std::mem::take(&mut self.page.description));
        if section.kind != SectionKind::Example {
            self.example_title = Cow::Borrowed("");
        } else if starts_with_example(&section.title) {
            self.example_title = section.title.clone();
        }
        self.lead = Lead::behind(section.span.start);
        self.requires_all = requirement::of_heading(&section.title);
        let blocks = section.own_blocks(document);
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
                    if section.kind == SectionKind::QueryParameters
                        && let Some(above) = at.checked_sub(1)
                        && said_options::read_values(
                            cx,
                            &mut self.page.option_values,
                            &mut self.said_options,
                            document,
                            table,
                            blocks[above].span,
                        )
                    {
                        continue;
                    }
                    let routes = self.page.routes.len();
                    let known = self.page.query_parameters.len();
                    by_section::read(cx, &mut self.page, document, table, section);
                    self.note_methods(routes);
                    requirement::take(&mut self.page.query_parameters[known..], self.requires_all);
                    // A paragraph is about the table behind it.
                    self.requires_all = requirement::of_heading(&section.title);
                }
                BlockKind::HtmlTable(rows) => {
                    undivided::report_html(cx, block.span, *rows, section)
                }
                BlockKind::Paragraph(run, container) => {
                    self.pending.detach();
                    undivided::report(cx, block.span);
                    let routes = match self.may_be_route(document, section, block.span) {
                        true => in_paragraph(document, block),
                        false => Vec::new(),
                    };
                    match routes.is_empty() {
                        true => self.paragraph(cx, document, run, *container, section, block.span),
                        false => self.written_routes(cx, &routes, section),
                    }
                    if section.kind == SectionKind::Example
                        && prose::may_be_status(cx.slice(block.span))
                    {
                        let plain = document.plain(run);
                        self.said_status(cx, &plain, blocks.get(at + 1), section, block.span);
                    }
                }
            }
        }
        listed::report(cx, document, section);
        if let Some(below_title) = below_title.filter(|_| self.page.description.is_empty()) {
            self.page.description = below_title;
        }
    }

    /// The page, when all of its sections are read.
    pub(super) fn finish(mut self, cx: &mut Context<'a>) -> Page<'a> {
        self.pending.give_up(cx);
        let mut page = self.page;
        said_options::add(&mut page, self.said_options);
        shown_options::add(&mut page);
        page.examples.finish(cx);
        capitals::settle(cx, &mut page);
        let documents = !page.routes.is_empty() || !page.resources.is_empty();
        if page.title.is_empty() && documents {
            let message = "the page has no title";
            let help = "begin it with a heading, such as `# Get kite` or `# kite resource type`";
            cx.report_with_help(Code::TitleMissing, page.title_span, message, help);
        }
        let is_shown = !page.examples.requests.is_empty();
        if let Some(span) = self.command_line.filter(|_| !is_shown) {
            let message = "the request is shown as a command line, of which nothing is made";
            let help = "show it as HTTP: `GET https://…`, its headers, a blank line and its body";
            cx.report_with_help(Code::MessageUnread, span, message, help);
        }
        if let Some(span) = self.request_heading.filter(|_| page.routes.is_empty()) {
            let message = "there is no route below the heading";
            let help = "write a method and a path on each line of a code block: `GET /kites/{id}`";
            cx.report_with_help(Code::RoutesMissing, span, message, help);
        }
        if let Some((word, kind)) = slip(&page.title) {
            let message = format!("`{word}` in the title is read as *{kind}*");
            let help = format!("write `{kind}`");
            cx.report_with_help(Code::HeadingSpelling, page.title_span, message, help);
        }
        unowned::report(cx, &page);
        let counted = cx.accounting;
        answer::settle(cx, &mut page);
        if self.shares_answer {
            cx.accounting = counted;
        }
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

    /// Whether a paragraph may be a route: a heading says that there are some, or, where none does, a label.
    fn may_be_route(&self, document: &Document<'a>, section: &Section<'a>, span: Span) -> bool {
        match section.kind {
            SectionKind::HttpRequest => true,
            SectionKind::Introduction | SectionKind::Other => {
                self.outline.routes_below_title && is_labelled(document, span)
            }
            _ => false,
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
                // Of which products a page is says nothing of what it is about.
                if introduction::names_scope(document, run, span) {
                    self.behind_scope = true;
                    return;
                }
                self.behind_scope &= container == Container::Item;
                if self.behind_scope {
                    return;
                }
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
            SectionKind::QueryParameters => {
                let text = document.plain(run);
                page.query_options.read(&text);
                if text.contains(" query ") {
                    let said = said_options::read(document, run, span);
                    self.said_options.extend(said);
                }
                self.requires_all = requirement::of_paragraph(&text).or(self.requires_all);
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
            SectionKind::Other | SectionKind::Methods => said_request::report(cx, document, run),
            _ => {}
        }
    }
}

/// Reports a heading without the space that makes one of its line.
fn report_closed_up(cx: &mut Context<'_>, section: &Section<'_>) {
    let text = trimmed(cx.slice(section.span));
    let Some((level, title)) = closed_up(text) else {
        return;
    };
    let marks = &text[..level];
    let message = "the heading has no space behind its marks, and is shown as text";
    let help = format!("write `{marks} {title}`");
    cx.report_with_help(Code::HeadingSpelling, section.span, message, help);
}

fn starts_with_example(title: &str) -> bool {
    strip_start(title, "example").is_some()
}
