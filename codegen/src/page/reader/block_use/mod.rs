//! What a code block of a section is for, by itself, its annotation, its section and what was read before it.

#[cfg(test)]
mod tests;

use super::Outline;
use super::lead::Lead;
use crate::markdown::Fence;
use crate::page::annotation::BlockType;
use crate::page::example::message::{Start, looks_like_json, parse_start};
use crate::page::excerpt::Excerpt;
use crate::page::route::block::is_of_requests;
use crate::page::section::{Section, SectionKind};
use crate::source::Span;
use crate::text::{is_blank, strip_start, trimmed};
use crate::vocabulary::is_whole_url;

/// What a code block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockUse<'a> {
    /// It is the JSON of a resource, as its annotation says, and is reported where it is none.
    Resource,
    /// It is JSON that its annotation calls a sample.
    Sample,
    /// Its lines name permissions.
    Permissions,
    /// Its lines are routes.
    Routes,
    /// It is the request of an example, and documents the route as well.
    RequestWithRoutes,
    /// It holds messages of an example.
    Messages,
    /// It holds an answer of an example, and may be the first that shows one: then the route of the page is what it answers.
    AnswerToRoute,
    /// It holds messages that somebody else sends or answers.
    ForOthers,
    /// It is a status line that only says what the answer will be, since there is no request yet.
    Status(u16),
    /// It is nothing but the URL of a request that reads.
    Url(&'a str),
    /// It is fenced as a message and does not begin as one: headers, maybe with a body, or what cannot be read.
    Headers,
    /// It is JSON that shows that something is sent, where no request of an example does.
    ShownBody,
    /// It is JSON that shows that something comes back, and its annotation calls it something else than the body of that.
    ShownAnswer,
    /// It is the body of an answer.
    AnswerBody,
    /// It is the body of the answer to what the route of the page asks for.
    AnswerBodyToRoute,
    /// It is the request of an example as the command line of a program.
    CommandLine,
    /// It may be the body of a message of an example.
    LoneBody {
        /// Whether it shows what comes back where no request does: that may be shown as the command line of some program.
        is_answer: bool,
    },
    /// Nothing is made of it.
    Nothing,
}

impl BlockUse<'_> {
    /// Whether the lines count as those of HTTP.
    pub(super) fn is_http(self) -> bool {
        use BlockUse::*;
        matches!(
            self,
            Routes
                | RequestWithRoutes
                | Messages
                | AnswerToRoute
                | ForOthers
                | Status(_)
                | Url(_)
                | Headers
        )
    }
}

/// A code block, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodeBlock<'b, 'a> {
    /// The text of the page.
    pub(super) page: &'a str,
    /// The block.
    pub(super) fence: &'b Fence<'a>,
    /// Its lines, with a method and the target below it in one.
    pub(super) lines: &'b [Span],
    /// What its annotation says that it is.
    pub(super) annotation: Option<BlockType>,
    /// The section in which it stands.
    pub(super) section: &'b Section<'a>,
    /// Its place.
    pub(super) span: Span,
}

/// What has been read of a page before a code block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SoFar {
    /// Which sections the page has, before the block and behind it.
    pub(super) outline: Outline,
    /// Whether the page is a section of one.
    pub(super) is_section: bool,
    /// Whether it has routes.
    pub(super) has_routes: bool,
    /// Whether one of them is called with another method than `GET`.
    pub(super) writes: bool,
    /// Whether an example has shown a request.
    pub(super) has_requests: bool,
    /// Whether the last message was put aside.
    pub(super) behind_ignored: bool,
    /// Whether the paragraph right above the block is about failures.
    pub(super) behind_failure: bool,
}

/// Says what a code block is for. Few blocks need the words that lead to them.
pub(super) fn classify<'a>(
    block: &CodeBlock<'_, 'a>,
    so_far: &SoFar,
    mut lead: impl FnMut() -> Lead,
) -> BlockUse<'a> {
    let first = trimmed(block.filled().next().unwrap_or(""));
    match block.annotation {
        Some(BlockType::Resource) => return BlockUse::Resource,
        Some(BlockType::Example) if first.starts_with(['{', '[']) => return BlockUse::Sample,
        _ => {}
    }
    let section = block.section.kind;
    let is_plain = || block.fence.is_plain();
    if section == SectionKind::Permissions && is_plain() {
        return BlockUse::Permissions;
    }
    let start = parse_start(first);
    if block.has_routes(so_far, start) {
        return match block.annotation {
            Some(BlockType::Request) => BlockUse::RequestWithRoutes,
            _ => BlockUse::Routes,
        };
    }
    match (block.annotation, start) {
        (Some(BlockType::Samples), _) => return BlockUse::Routes,
        // A block that is annotated as one of messages is one, whatever its language.
        (Some(BlockType::Request | BlockType::Response), _) | (_, Some(_)) => {
            return block.use_of_messages(so_far, start);
        }
        _ => {}
    }
    if let Some(url) = block.url()
        && so_far.has_routes
        && !so_far.writes
    {
        let lead = lead();
        if lead.of_request && !lead.of_answer {
            return BlockUse::Url(url);
        }
    }
    let is_json = block.is_fenced_as("json") || block.is_json_as_http();
    if block.is_fenced_as("http") && !is_json {
        return BlockUse::Headers;
    }
    let is_annotated = block.annotation.is_some();
    match section {
        SectionKind::RequestBody if is_json => BlockUse::ShownBody,
        SectionKind::Response if is_json && !so_far.behind_failure => {
            // Where nothing shows an example, this is the answer to what the only route asks for. Otherwise the request
            // may have been shown with what is sent, before there is a word of the answer.
            let is_only_example = !so_far.outline.has_examples && !so_far.writes;
            match (is_annotated, is_only_example) {
                (true, _) => BlockUse::ShownAnswer,
                (false, true) => BlockUse::AnswerBodyToRoute,
                (false, false) => BlockUse::AnswerBody,
            }
        }
        SectionKind::Example if first.starts_with("curl ") => BlockUse::CommandLine,
        SectionKind::Example if (is_json || is_plain()) && !is_annotated => BlockUse::LoneBody {
            is_answer: is_json && !so_far.has_requests && lead().of_answer,
        },
        _ => BlockUse::Nothing,
    }
}

impl<'a> CodeBlock<'_, 'a> {
    /// The lines that are not blank.
    fn filled(&self) -> impl Iterator<Item = &'a str> {
        let page = self.page;
        let lines = self.lines.iter().map(move |line| &page[line.range()]);
        lines.filter(|line| !is_blank(line))
    }

    /// How many lines are not blank.
    pub(super) fn count(&self) -> u32 {
        self.filled().count() as u32
    }

    /// Whether it has one line at most.
    fn is_alone(&self) -> bool {
        self.filled().nth(1).is_none()
    }

    /// Whether its language is the given one.
    fn is_fenced_as(&self, language: &str) -> bool {
        self.fence.language.eq_ignore_ascii_case(language)
    }

    /// Whether it has the route lines of an operation, by the section that it stands in.
    fn has_routes(&self, so_far: &SoFar, start: Option<Start<'_>>) -> bool {
        let is_http = self.is_fenced_as("http");
        let outline = so_far.outline;
        match self.section.kind {
            SectionKind::HttpRequest => {
                matches!(start, Some(Start::Request { .. })) || is_http && start.is_none()
            }
            SectionKind::Introduction | SectionKind::Type => {
                // Pages that say what comes back are about a request, whatever the block is fenced as.
                let is_answered = outline.has_response || so_far.is_section;
                let may_be_route = is_http || self.fence.is_plain() && is_answered;
                outline.routes_below_title
                    && may_be_route
                    && self.annotation.is_none()
                    && is_of_requests(self.page, self.fence)
                    && !(outline.has_examples && self.is_called_example())
            }
            _ => false,
        }
    }

    /// Whether the paragraph before it begins with the word: *Example: all kites that are red*.
    fn is_called_example(&self) -> bool {
        let before = self.page[..self.span.start as usize].trim_end();
        let paragraph = before.rsplit("\n\n").next().unwrap_or(before);
        let words = paragraph.trim_start_matches(|c: char| !c.is_alphanumeric());
        strip_start(words, "example").is_some()
    }

    /// What it is for if it holds messages.
    fn use_of_messages(&self, so_far: &SoFar, start: Option<Start<'_>>) -> BlockUse<'a> {
        // The status of an answer of which no annotation tells anything.
        let status = match start {
            Some(Start::Response { status, .. }) if self.annotation.is_none() => Some(status),
            _ => None,
        };
        if let Some(status) = status
            && self.section.kind == SectionKind::Response
            && !so_far.has_requests
            && self.is_alone()
        {
            return BlockUse::Status(status);
        }
        // A message that is ignored, or answers one that is, on a page of which neither a section nor a route says that it
        // is about an operation, may be sent by someone else, as the calls of a webhook are.
        let is_about_operation =
            so_far.outline.has_sections() || so_far.has_routes || so_far.has_requests;
        let is_ignored = self.annotation == Some(BlockType::Ignored)
            || status.is_some() && so_far.behind_ignored;
        if is_ignored && !is_about_operation {
            return BlockUse::ForOthers;
        }
        match status {
            Some(_) if self.section.title.contains("esponse") => BlockUse::AnswerToRoute,
            _ => BlockUse::Messages,
        }
    }

    /// The URL that is all of it, in an example.
    fn url(&self) -> Option<&'a str> {
        if self.section.kind != SectionKind::Example || self.annotation.is_some() {
            return None;
        }
        let mut filled = self.filled();
        let url = trimmed(filled.next()?);
        let is_url = is_whole_url(url) && !url.contains(char::is_whitespace);
        (is_url && filled.next().is_none()).then_some(url)
    }

    /// Whether it is fenced as a message and is JSON alone, where a body may stand. Headers within braces are none.
    fn is_json_as_http(&self) -> bool {
        use SectionKind::{Example, RequestBody, Response};
        let may_be_body = matches!(self.section.kind, Example | RequestBody | Response);
        if !may_be_body || self.annotation.is_some() || !self.is_fenced_as("http") {
            return false;
        }
        let text = Excerpt::new(self.page, &self.fence.lines);
        let inner = text.text.trim_start().trim_start_matches(['{', '[']);
        looks_like_json(&text) && !inner.trim_start().starts_with(char::is_alphabetic)
    }
}
