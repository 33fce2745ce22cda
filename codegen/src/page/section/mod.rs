//! The sections of a page, and what each is for.

mod title;
mod type_in_words;

use std::borrow::Cow;
use std::cell::LazyCell;
use std::ops::Range;

use super::bold_title;
use super::request_heading::{is_above_routes, is_around_routes};
use super::route::table::lists_routes;
use super::route::written::{WrittenRoute, in_heading};
use crate::markdown::{Block, BlockKind, Document, Inlines};
use crate::source::Span;

use title::{is_http_request, is_request, kind, without_numbers};
pub(super) use title::{is_routes, kind_of_parameters, named as named_kind, without_number};

/// How many blocks may stand between the heading of a section with a number and the first with one below it.
const MOST_BETWEEN: usize = 16;

/// A heading and the blocks up to the next one.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// The heading as plain text; empty before the first one.
    pub title: Cow<'a, str>,
    /// The place of the heading.
    pub span: Span,
    /// What the section is for, its parents considered.
    pub kind: SectionKind,
    /// Whether its own title says so, and not that of a section around it.
    pub is_named: bool,
    /// The title that its own is, but for a slip.
    pub meant: Option<&'static str>,
    /// The route that its heading is, where it is nothing else.
    pub route: Option<WrittenRoute<'a>>,
    /// Its own blocks, without the heading and without those of its subsections.
    pub blocks: Range<usize>,
    /// The title of the section around it that its own stands for, as `HTTP request` does.
    around: Option<Cow<'a, str>>,
    level: u8,
    /// Whether its heading is none to Markdown, but a line in bold, or a sentence.
    is_in_bold: bool,
}

/// What a section is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// Below the title, or before it; or below a heading that announces a description.
    Introduction,
    /// Who may call the operation.
    Permissions,
    /// The routes of the operation.
    HttpRequest,
    /// Values in the path.
    PathParameters,
    /// Arguments of a function.
    FunctionParameters,
    /// Values in the query string.
    QueryParameters,
    /// Request headers.
    RequestHeaders,
    /// What is sent.
    RequestBody,
    /// What comes back.
    Response,
    /// Examples, their requests and their responses.
    Example,
    /// A type that has a section of its own, or a table right below the title of its page: what it is, and its
    /// properties.
    Type,
    /// Properties of a resource.
    Properties,
    /// Navigation properties of a resource.
    Relationships,
    /// A resource as JSON.
    Json,
    /// What can be done with a resource.
    Methods,
    /// Members of an enumeration.
    Members,
    /// Anything else.
    Other,
}

impl SectionKind {
    /// Whether tables are read in a section.
    pub(super) fn is_of_tables(self) -> bool {
        use SectionKind::*;
        self.is_of_operation() || matches!(self, Type | Properties | Relationships | Members)
    }

    /// Whether a heading there may be the route of an operation.
    fn may_hold_routes(self) -> bool {
        use SectionKind::*;
        matches!(self, Introduction | HttpRequest | Methods | Other)
    }

    /// Whether the rows of a table may say themselves of which parameters those below them are.
    pub(super) fn may_have_groups(self) -> bool {
        use SectionKind::*;
        matches!(
            self,
            Introduction | PathParameters | QueryParameters | RequestBody | Other
        )
    }

    /// Whether a section says how an operation is called and answered.
    pub(super) fn is_of_operation(self) -> bool {
        use SectionKind::*;
        matches!(
            self,
            Permissions
                | PathParameters
                | FunctionParameters
                | QueryParameters
                | RequestHeaders
                | RequestBody
                | Response
        )
    }
}

/// The sections of a page in their order. The first may have no heading.
pub fn sections<'a>(document: &Document<'a>) -> Vec<Section<'a>> {
    // About as many as pages have.
    let mut sections = Vec::with_capacity(16);
    sections.push(Section {
        title: Cow::Borrowed(""),
        span: Span::default(),
        kind: SectionKind::Introduction,
        is_named: false,
        meant: None,
        route: None,
        blocks: 0..0,
        around: None,
        level: 0,
        is_in_bold: false,
    });
    // The sections that are open: a heading closes those of its level and below.
    let mut parents: Vec<(u8, SectionKind)> = Vec::new();
    // The last heading below the title of the page that stands for no usual section.
    let mut subject: Option<(u8, Cow<'a, str>)> = None;
    let has_http_request = LazyCell::new(|| has_http_request(document));
    let has_request_in_bold = LazyCell::new(|| has_request_in_bold(document));
    // Whether the section that is open shows the routes of an operation.
    let mut has_routes = false;
    for (index, block) in document.blocks.iter().enumerate() {
        let BlockKind::Heading(level, run) = &block.kind else {
            if let Some(section) = sections.last_mut() {
                has_routes |= section.is_subject() && bold_title::is_routes(document, block);
                // Where routes have a heading, others are only spoken of, unless that is in bold too.
                if let Some(in_bold) = in_bold(document, section, index)
                    && (has_routes && !*has_http_request || *has_request_in_bold)
                {
                    sections.push(in_bold);
                } else if let Some(of_type) = type_in_words::section(document, section, index) {
                    sections.push(of_type);
                } else {
                    section.blocks.end = index + 1;
                }
            }
            continue;
        };
        if is_tab(document, run) {
            if let Some(section) = sections.last_mut() {
                section.blocks.end = index + 1;
            }
            continue;
        }
        let is_numbered = |title: &str| has_numbers_below(document, index, title);
        let title = match document.plain(run) {
            Cow::Borrowed(title) => Cow::Borrowed(without_numbers(title, is_numbered)),
            Cow::Owned(title) => Cow::Owned(without_numbers(&title, is_numbered).to_owned()),
        };
        let level = *level;
        parents.retain(|&(parent, _)| parent < level);
        let route = in_heading(document.slice(block.span));
        // A route is no title, whatever words it has: `GET /kites/{id}/permissions`.
        let mut kind = kind(route.as_ref().map_or(&*title, |_| ""), level, &parents);
        let route = route.filter(|_| kind.is.may_hold_routes());
        if route.is_some() && kind.is == SectionKind::Methods {
            kind.is = SectionKind::Other;
        }
        let is_request = kind.is_named && is_request(&title);
        let is_around = is_request && is_around_routes(document, index, level);
        let is_above = || is_above_routes(document, index, level) && !*has_http_request;
        if is_around || is_request && is_above() {
            kind.is = SectionKind::HttpRequest;
        }
        // Beside those of the body, the parameters of the request are those of its URL.
        if title.eq_ignore_ascii_case("Request parameters") && has_request_body(document) {
            kind.is = SectionKind::QueryParameters;
        }
        parents.push((level, kind.is));
        has_routes = false;
        subject = subject.filter(|&(above, _)| above < level);
        let is_usual = kind.is == SectionKind::HttpRequest && is_http_request(&title);
        let around = subject.as_ref().filter(|_| is_usual);
        let around = around.map(|(_, title)| title.clone());
        // What routes are written below, or stands for one, says nothing of any operation.
        let is_bare = is_around || is_routes(&title) || route.is_some();
        let around = around.or_else(|| is_bare.then_some(Cow::Borrowed("")));
        if level > 1 && kind.is == SectionKind::Other {
            subject = Some((level, title.clone()));
        }
        sections.push(Section {
            title,
            span: block.span,
            kind: kind.is,
            is_named: kind.is_named,
            meant: kind.meant,
            route,
            blocks: index + 1..index + 1,
            around,
            level,
            is_in_bold: false,
        });
    }
    leave_overview(&mut sections);
    sections
}

/// Takes headings such as *Endpoints*, and what stands below them, for nothing usual where they list the routes of other pages
/// or of other sections: the page says nothing else of how an operation is called or answered, or others announce routes.
fn leave_overview(sections: &mut [Section<'_>]) {
    let is_list = |section: &Section<'_>| section.is_named && title::is_of_several(&section.title);
    // Hardly any page has one.
    if !sections.iter().any(is_list) {
        return;
    }
    let is_of_operation = |section: &Section<'_>| {
        section.kind.is_of_operation() || section.kind == SectionKind::Example
    };
    let announces = |section: &Section<'_>| {
        let is_announced = section.is_named && section.kind == SectionKind::HttpRequest;
        section.route.is_some() || is_announced && !is_list(section)
    };
    if sections.iter().any(is_of_operation) && !sections.iter().any(announces) {
        return;
    }
    let mut lists = None;
    for section in sections {
        // What stands below such a heading is of its kind.
        lists = lists.filter(|&level| level < section.level);
        if is_list(section) {
            lists = Some(section.level);
            section.around = None;
        }
        if lists.is_some() && section.kind == SectionKind::HttpRequest {
            section.kind = SectionKind::Other;
            section.is_named = false;
        }
    }
}

/// Whether headings behind one that begins with a number go on with numbers below it, as `2.1 Permissions` does behind `2
/// Kites`: then it is that of a section.
fn has_numbers_below(document: &Document<'_>, heading: usize, number: &str) -> bool {
    let behind = document.blocks[heading + 1..].iter();
    behind.take(MOST_BETWEEN).any(|block| match &block.kind {
        BlockKind::Heading(_, run) => {
            let title = document.plain(run);
            let rest = title.strip_prefix(number);
            rest.is_some_and(|rest| rest.starts_with(".1 "))
        }
        _ => false,
    })
}

/// The section that a line in bold begins behind the routes of an operation, within the section that is open.
fn in_bold<'a>(document: &Document<'a>, open: &Section<'a>, index: usize) -> Option<Section<'a>> {
    let title = bold_title::of(document, &document.blocks[index])?;
    Some(Section {
        kind: named_kind(title)?,
        title: Cow::Borrowed(title),
        span: document.blocks[index].span,
        is_named: true,
        meant: None,
        route: None,
        blocks: index + 1..index + 1,
        around: is_routes(title).then_some(Cow::Borrowed("")),
        level: open.level + u8::from(!open.is_in_bold),
        is_in_bold: true,
    })
}

impl<'a> Section<'a> {
    /// Its own blocks.
    pub(super) fn own_blocks<'d>(&self, document: &'d Document<'a>) -> &'d [Block<'a>] {
        &document.blocks[self.blocks.clone()]
    }

    /// What the section is about: its title says so, or that of the section around it.
    pub fn about(&self) -> &Cow<'a, str> {
        self.around.as_ref().unwrap_or(&self.title)
    }

    /// The same section as that of a page's title.
    pub(super) fn as_title(&self) -> Self {
        Self {
            kind: SectionKind::Introduction,
            ..self.clone()
        }
    }

    /// The same section as that of a type which its heading names.
    pub(super) fn as_type(&self) -> Self {
        Self {
            kind: SectionKind::Type,
            ..self.clone()
        }
    }

    /// The section of parameters below a title within a table of this one.
    pub(super) fn of_parameters(&self, title: Cow<'a, str>, kind: SectionKind, span: Span) -> Self {
        Self {
            title,
            span,
            kind,
            is_named: true,
            ..self.clone()
        }
    }

    /// The level of its heading, which is 0 before the first one.
    pub(super) fn level(&self) -> u8 {
        self.level
    }

    /// Whether its heading is the title of the page, or stands for nothing usual.
    pub(super) fn is_subject(&self) -> bool {
        self.is_title() || self.kind == SectionKind::Other && self.level > 0 && !self.is_in_bold
    }

    /// Whether its heading stands for nothing usual and is not the title, so that it may be the name of a type.
    pub(super) fn may_be_of_type(&self) -> bool {
        use SectionKind::{Json, Other, Properties, Relationships, RequestBody, Response};
        let may_be = match self.kind {
            Other => true,
            Properties | Relationships | Json | RequestBody | Response => !self.is_named,
            _ => false,
        };
        may_be && self.level > 1
    }

    /// Whether this is the title of the page.
    pub fn is_title(&self) -> bool {
        self.level == 1
    }
}

/// Whether a heading is the header of a tab, as `# [HTTP](#tab/http)` is.
fn is_tab(document: &Document<'_>, run: &Inlines) -> bool {
    let first = document.links(run).next();
    first.is_some_and(|link| link.destination.starts_with("#tab/"))
}

/// Whether a heading of a page announces its routes.
fn has_http_request(document: &Document<'_>) -> bool {
    document.blocks.iter().any(|block| match &block.kind {
        BlockKind::Heading(level, run) if *level > 1 => {
            kind(without_number(&document.plain(run)), *level, &[]).is == SectionKind::HttpRequest
        }
        _ => false,
    })
}

/// Whether a heading of a page announces what is sent, and not only parameters.
fn has_request_body(document: &Document<'_>) -> bool {
    document.blocks.iter().any(|block| match &block.kind {
        BlockKind::Heading(level, run) if *level > 1 => {
            let title = document.plain(run);
            without_number(&title).eq_ignore_ascii_case("Request body")
        }
        _ => false,
    })
}

/// Whether a line in bold announces the routes of a page, right above a table of them.
fn has_request_in_bold(document: &Document<'_>) -> bool {
    document.blocks.windows(2).any(|pair| {
        let title = bold_title::of(document, &pair[0]);
        title.and_then(named_kind) == Some(SectionKind::HttpRequest)
            && matches!(&pair[1].kind, BlockKind::Table(table) if lists_routes(document, table))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;

    #[test]
    fn sections_know_what_they_are_for() {
        let text = "text\n# Get a photo\n### Prerequisites\n### HTTP request to get the photo\n\
                    ## HTTP request\n### Get the photo\n## Response\n## Example\n# [HTTP](#tab/http)\n\
                    ##### Response\n## Remarks\n## Properties\n### kind values\n## Error responses\n";
        let document = parse(text, 0);
        let sections = sections(&document);
        let kinds: Vec<_> = sections.iter().map(|section| section.kind).collect();
        use SectionKind::*;
        assert_eq!(
            kinds,
            [
                Introduction,
                Introduction,
                Permissions,
                HttpRequest,
                HttpRequest,
                HttpRequest,
                Response,
                Example,
                Example,
                Other,
                Properties,
                Members,
                Other
            ]
        );
    }
}
