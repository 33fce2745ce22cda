//! Pages: what one Markdown file says, in the terms of the dialect.
//!
//! A page is read without knowledge of any other page. It knows names, not what they stand for;
//! to resolve them is the business of the model.
//!
//! The files here are about a page as a whole. What stands on it has a folder for each kind: annotations, route lines,
//! permissions, tables, sentences, examples, JSON with its places (`body/`), and the JSON of a resource.

pub mod annotation;
pub mod body;
mod bold_title;
pub mod context;
mod divided;
pub mod example;
pub mod excerpt;
pub mod front_matter;
pub(crate) mod include;
mod introduction;
mod links;
pub mod permission;
pub mod prose;
mod query_options;
mod read;
mod reader;
mod request_heading;
pub mod resource;
pub mod route;
pub mod section;
pub mod table;
pub mod type_name;
mod type_sections;
mod undescribed;

use std::borrow::Cow;
use std::sync::Arc;

use memchr::memmem;

use annotation::PageAnnotation;
use context::Context;
use example::Examples;
use example::sample::Sample;
use permission::ScopeSet;
use prose::Sentence;
use resource::ResourceBlock;
use route::RouteLine;
use table::NamedRow;
use table::methods::MethodRow;

use crate::accounting::Accounting;
use crate::diagnostic::Diagnostic;
use crate::source::{PageId, SourceFile, Span};
use crate::text::is_blank;

pub use links::PageLink;
pub use query_options::QueryOptions;
pub use route::block::RouteBlock;
pub use table::members::MemberTable;

/// How many tables of a page have rows about values with a type.
const TYPED_TABLES: usize = 6;

/// What one page says.
#[derive(Debug)]
pub struct Page<'a> {
    /// The file.
    pub file: &'a SourceFile,
    /// Its index.
    pub id: PageId,
    /// The first heading; empty where there is none.
    pub title: Cow<'a, str>,
    /// The place of the first heading.
    pub title_span: Span,
    /// Whether it is a section of a page, which has one for each of several operations, or for a type.
    pub is_section: bool,
    /// What stands below the title, as Markdown.
    pub description: Cow<'a, str>,
    /// Whether it says of what it documents that it is deprecated.
    pub deprecated: bool,
    /// The namespace of the resources that the page defines, where it names one.
    pub namespace: Option<String>,
    /// What the page's own annotation says.
    pub annotation: PageAnnotation,
    /// The route lines, by block.
    pub routes: Vec<RouteBlock<'a>>,
    /// Who may call the operation.
    pub permissions: Vec<ScopeSet>,
    /// Values in the path that a table describes.
    pub path_parameters: Vec<NamedRow<'a>>,
    /// Arguments of a function.
    pub function_parameters: Vec<NamedRow<'a>>,
    /// Parameters of the query string that a table describes, without OData's own.
    pub query_parameters: Vec<NamedRow<'a>>,
    /// OData's query options.
    pub query_options: QueryOptions,
    /// Request headers.
    pub headers: Vec<NamedRow<'a>>,
    /// Rows of the table under *Request body*.
    pub body_rows: Vec<NamedRow<'a>>,
    /// What the sentences under *Request body* say.
    pub request_prose: Vec<Sentence<'a>>,
    /// What the sentences under *Response* say.
    pub response_prose: Vec<Sentence<'a>>,
    /// Rows of the table under *Response*, where nothing names the type of the answer.
    pub answer_rows: Vec<NamedRow<'a>>,
    /// Whether JSON below *Response*, without a status line, shows what comes back.
    pub shows_answer: bool,
    /// Whether JSON below *Request body* shows that something is sent.
    pub shows_body: bool,
    /// The examples.
    pub examples: Examples<'a>,
    /// Bodies that it shows by themselves.
    pub samples: Vec<Sample<'a>>,
    /// The resources that the page defines.
    pub resources: Vec<ResourceBlock>,
    /// Rows of the table of properties.
    pub properties: Vec<NamedRow<'a>>,
    /// Rows of the table of navigation properties.
    pub relationships: Vec<NamedRow<'a>>,
    /// Tables of members of enumerations.
    pub members: Vec<MemberTable<'a>>,
    /// Tables of the values of options that sentences name.
    pub option_values: Vec<MemberTable<'a>>,
    /// Rows of the tables of what can be done with a resource.
    pub(crate) methods: Vec<MethodRow>,
    /// Links to other pages. Operations that share a page share them.
    pub links: Arc<Vec<PageLink<'a>>>,
}

impl<'a> Page<'a> {
    /// The route lines, in the order of their blocks.
    pub fn route_lines(&self) -> impl Iterator<Item = &RouteLine<'a>> {
        self.routes.iter().flat_map(|block| &block.lines)
    }

    /// The rows under *Request body* where they are arguments of a function: it is called with GET, which
    /// has no body, and no other route of the page has one.
    pub fn arguments_in_body(&self) -> &[NamedRow<'a>] {
        let mut lines = self.route_lines();
        match lines.all(|line| matches!(line.method, "GET" | "DELETE")) {
            true => &self.body_rows,
            false => &[],
        }
    }

    /// What the sentences under *Response* say, but for those about failures alone.
    pub fn answer_prose(&self) -> impl Iterator<Item = &Sentence<'a>> + Clone {
        let sentences = self.response_prose.iter();
        sentences.filter(|sentence| !sentence.of_failures)
    }

    /// Whether a sentence under *Response* names the type of what comes back.
    fn names_answer(&self) -> bool {
        self.answer_prose().any(|sentence| sentence.ty.is_some())
    }

    /// Whether what stands below *Response* is about a failure: the paragraph right above it names failures alone.
    fn is_failure(&self, block: Span) -> bool {
        let above = self.response_prose.last();
        let above = above.filter(|sentence| sentence.of_failures);
        above.is_some_and(|above| {
            let between = above.span.end as usize..block.start as usize;
            self.file.text.get(between).is_some_and(is_blank)
        })
    }

    /// The status of a success that brings something, as the sentences about the response have it.
    fn success(&self) -> u16 {
        let sentences = self.response_prose.iter();
        let mut statuses = sentences.flat_map(|sentence| &sentence.statuses);
        let found = statuses.find(|(status, _)| (200..300).contains(status) && *status != 204);
        found.map_or(200, |(status, _)| *status)
    }

    /// The tables that have rows about values with a type.
    fn typed_tables(&self) -> [&Vec<NamedRow<'a>>; TYPED_TABLES] {
        [
            &self.properties,
            &self.body_rows,
            &self.function_parameters,
            &self.path_parameters,
            &self.query_parameters,
            &self.answer_rows,
        ]
    }

    /// The rows about values that have a type, in whichever table.
    pub fn typed_rows(&self) -> impl Iterator<Item = &NamedRow<'a>> {
        self.typed_tables().into_iter().flatten()
    }

    /// The rows about values of types of the set's own, and the names of the types.
    pub fn rows_of_own_types(&self) -> impl Iterator<Item = (&NamedRow<'a>, &str)> {
        let rows = self.typed_rows();
        rows.filter_map(|row| Some((row, row.ty.as_ref()?.name.documented()?.as_str())))
    }

    /// Whether a name stands for a value anywhere on the page, as in the filter of an example.
    pub(crate) fn has_placeholder(&self, name: &str) -> bool {
        let written = [format!("{{{name}}}"), format!("<{name}>")];
        let text = self.file.text.as_bytes();
        let mut written = written.iter();
        written.any(|written| memmem::find(text, written.as_bytes()).is_some())
    }
}

/// A page, what was found wrong with it, and what became of each part of it.
#[derive(Debug)]
pub struct PageReading<'a> {
    /// The page, or what it says beside its operations where it has a section for each of several, and beside the
    /// types that have sections of their own.
    pub page: Page<'a>,
    /// Those operations and types, as if each had a page of its own.
    pub parts: Vec<Page<'a>>,
    /// The findings, in the order in which they were made.
    pub diagnostics: Vec<Diagnostic>,
    /// The counts.
    pub accounting: Accounting,
}

/// Reads a page.
pub fn read(file: &SourceFile, id: PageId) -> PageReading<'_> {
    let mut cx = Context::new(file, id);
    let (page, parts) = read::read(&mut cx);
    PageReading {
        page,
        parts,
        diagnostics: cx.diagnostics,
        accounting: cx.accounting,
    }
}
