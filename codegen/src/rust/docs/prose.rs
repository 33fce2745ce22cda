//! The Markdown of pages as Markdown that rustdoc takes without a warning.
//!
//! Rustdoc runs code blocks as tests, resolves brackets to items and warns of HTML tags and bare
//! URLs. So the prose is read and written anew: text is escaped, code is marked as text, links
//! stay only where they lead to the web.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd, TextMergeStream};

use super::{code, escape, fence, plain, wrap};
use crate::vocabulary::is_whole_url;

/// HTML elements that pages use for layout: their tags say nothing in prose. What else stands in
/// angle brackets is mostly a placeholder, such as `<id>`, and stays as text.
const LAYOUT: &[&str] = &[
    "a", "b", "br", "code", "div", "em", "hr", "i", "img", "li", "ol", "p", "span", "strong",
    "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
];

/// Those of them whose tags stand between words.
const BREAKS: &[&str] = &["br", "div", "hr", "li", "ol", "p", "td", "th", "tr", "ul"];

/// Renders the prose of a page, with `lead` (rendered already) before its first word.
pub(super) fn render(lead: &str, markdown: &str) -> Vec<String> {
    let mut prose = Prose::default();
    prose.atom(lead);
    prose.space();
    for event in TextMergeStream::new(Parser::new(markdown)) {
        prose.event(event);
    }
    prose.flush();
    prose.lines
}

/// Prose on its way from events to lines.
#[derive(Default)]
struct Prose {
    lines: Vec<String>,
    /// The words of the paragraph that is being read.
    words: Vec<String>,
    /// Whether the next text goes on with the last word.
    joined: bool,
    /// What stands before each line: the indentation of lists, the marks of quotes.
    indents: Vec<Indent>,
    /// The number of the next item of each open list; none where the list has marks.
    lists: Vec<Option<u64>>,
    /// The text of the code block that is being read.
    block: Option<String>,
    /// The text of the block of HTML that is being read.
    html_block: String,
    /// What is written behind the text of each open link.
    links: Vec<String>,
}

/// What a list item or a quote puts before each of its lines.
struct Indent {
    /// The mark of a list item that no line of it has been written of yet.
    marker: Option<String>,
    /// What stands before the other lines.
    rest: String,
}

impl Prose {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.block {
                Some(block) => block.push_str(&text),
                None => self.text(&text),
            },
            Event::Code(text) => self.atom(&code(&text)),
            // A block of HTML comes line by line.
            Event::Html(html) => self.html_block.push_str(&html),
            Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak | Event::HardBreak => self.space(),
            Event::Rule => self.flush(),
            // Extensions of Markdown, none of which the parser is asked for.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph if !self.begins_item() && !self.lines.is_empty() => self.blank(),
            Tag::Heading { .. } => self.blank(),
            Tag::BlockQuote(_) => {
                self.blank();
                self.indents.push(Indent {
                    marker: None,
                    rest: "> ".to_owned(),
                });
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.blank();
                self.block = Some(String::new());
            }
            Tag::List(number) => {
                // With another number than 1 it would be text of the paragraph before it.
                let interrupts = number.is_none_or(|number| number == 1);
                match self.lists.is_empty() {
                    true if interrupts => self.blank(),
                    false if interrupts => self.flush(),
                    _ => {
                        self.flush();
                        self.blank();
                    }
                }
                self.lists.push(number);
            }
            Tag::Item => {
                self.flush();
                let number = self.lists.last_mut().and_then(Option::as_mut);
                let marker = match number {
                    Some(number) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    None => "- ".to_owned(),
                };
                self.indents.push(Indent {
                    rest: " ".repeat(marker.len()),
                    marker: Some(marker),
                });
            }
            Tag::Emphasis => self.atom("*"),
            Tag::Strong => self.atom("**"),
            Tag::Link { dest_url, .. } => {
                let web = is_whole_url(&dest_url);
                let target = plain(&dest_url).replace([' ', '<', '>', '\\'], "");
                if web {
                    self.atom("[");
                }
                // Parentheses in a target may end it.
                self.links.push(match web {
                    true if target.contains(['(', ')']) => format!("](<{target}>)"),
                    true => format!("]({target})"),
                    false => String::new(),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.flush(),
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.flush();
                self.indents.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html_block);
                self.html(html.trim());
                self.flush();
            }
            TagEnd::Emphasis => self.atom("*"),
            TagEnd::Strong => self.atom("**"),
            TagEnd::Link => {
                let target = self.links.pop().unwrap_or_default();
                self.atom(&target);
            }
            _ => {}
        }
    }

    /// Text whose spaces may become line ends. URLs in it become links, but for those within the
    /// text of a link, where no other may stand.
    fn text(&mut self, text: &str) {
        let text = plain(text);
        let mut rest = text.as_str();
        while let Some(at) = web_address(rest) {
            let (before, url) = rest.split_at(at);
            let ends = |c: char| {
                c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | ')' | ']' | '`')
            };
            let end = url.find(ends).unwrap_or(url.len());
            let end = url[..end]
                .trim_end_matches(['.', ',', ';', ':', '*', '_'])
                .len();
            let (url, behind) = url.split_at(end);
            self.words_of(before);
            let whole = url
                .chars()
                .all(|c| c.is_ascii_graphic() && !matches!(c, '{' | '}' | '\\'));
            match (whole && url.len() > "https://".len(), self.links.is_empty()) {
                (true, true) => self.atom(&format!("<{url}>")),
                (false, true) => self.atom(&code(url)),
                (_, false) => self.atom(&escape(url)),
            }
            rest = behind;
        }
        self.words_of(rest);
    }

    fn words_of(&mut self, text: &str) {
        for (index, word) in text.split(char::is_whitespace).enumerate() {
            if index > 0 {
                self.space();
            }
            self.atom(&escape(word));
        }
    }

    /// Comments and tags of layout are left out, those that begin a line or a cell are a space, and the rest is text.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.text(&rest[..at]);
            rest = &rest[at..];
            let comment = rest.starts_with("<!--");
            let close = if comment { "-->" } else { ">" };
            let end = rest.find(close).map_or(rest.len(), |at| at + close.len());
            let (tag, behind) = rest.split_at(end);
            rest = behind;
            let name = tag.trim_start_matches(['<', '/']);
            let name = name
                .split(|c: char| !c.is_ascii_alphanumeric())
                .next()
                .unwrap_or("");
            let name = name.to_ascii_lowercase();
            match name.as_str() {
                _ if comment => {}
                name if BREAKS.contains(&name) => self.space(),
                name if LAYOUT.contains(&name) => {}
                _ => self.words_of(&plain(tag)),
            }
        }
        self.text(rest);
    }

    /// Text without a place for a line end in it.
    fn atom(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.words.last_mut() {
            Some(word) if self.joined => word.push_str(text),
            _ => self.words.push(text.to_owned()),
        }
        self.joined = true;
    }

    fn space(&mut self) {
        self.joined = false;
    }

    /// Ends the paragraph, and leaves a blank line behind it.
    fn blank(&mut self) {
        // A lead that no paragraph has followed yet belongs to the first one.
        if self.lines.is_empty() && self.lists.is_empty() && self.indents.is_empty() {
            return;
        }
        self.flush();
        if self
            .lines
            .last()
            .is_some_and(|line| !line.trim_matches(['>', ' ']).is_empty())
        {
            self.lines.push(self.indent().trim_end().to_owned());
        }
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        self.joined = false;
        if words.is_empty() {
            return;
        }
        let first = self.first_indent();
        let rest = self.indent();
        self.lines.extend(wrap(words, &first, &rest));
    }

    /// Whether the next line is the first of a list item.
    fn begins_item(&self) -> bool {
        self.indents.iter().any(|indent| indent.marker.is_some())
    }

    /// What stands before the next line, with the marks of all items that begin there: indentation
    /// alone would make code of it, which rustdoc runs.
    fn first_indent(&mut self) -> String {
        let indents = self.indents.iter_mut();
        let texts = indents.map(|it| it.marker.take().unwrap_or_else(|| it.rest.clone()));
        texts.collect()
    }

    /// What stands before a line that begins nothing.
    fn indent(&self) -> String {
        self.indents.iter().map(|it| it.rest.as_str()).collect()
    }

    /// A code block is marked as text: rustdoc would run it.
    fn code_block(&mut self) {
        let text = self.block.take().unwrap_or_default();
        self.flush();
        let first = self.first_indent();
        let indent = self.indent();
        let fence = fence(&text, 3);
        self.lines.push(format!("{first}{fence}text"));
        self.lines
            .extend(text.lines().map(|line| format!("{indent}{}", plain(line))));
        self.lines.push(format!("{indent}{fence}"));
    }
}

/// Where in a text the first address of the web begins.
fn web_address(text: &str) -> Option<usize> {
    let mut starts = text.match_indices("http").map(|(at, _)| at);
    starts.find(|&at| is_whole_url(&text[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_safe_for_rustdoc() {
        let table = [
            (
                "See [photo](../resources/photo.md) of [x].",
                "See photo of \\[x\\].",
            ),
            (
                "See [the RFC](https://a.org/x y).",
                "See \\[the RFC\\](<https://a.org/x> y).",
            ),
            (
                "See [the RFC](https://a.org/x).",
                "See [the RFC](https://a.org/x).",
            ),
            (
                "See [the RFC](https://a.org/x_(y)).",
                "See [the RFC](<https://a.org/x_(y)>).",
            ),
            (
                "At https://a.org/x_y, or http://b.org/{id}.",
                "At <https://a.org/x_y>, or `http://b.org/{id}`.",
            ),
            (
                "GET /users/<id>/photo<br>or *me*",
                "GET /users/\\<id\\>/photo or *me*",
            ),
            (
                "Vec<u8> and `Vec<u8>` & more",
                "Vec\\<u8\\> and `Vec<u8>` & more",
            ),
            ("<!-- a\nnote --> text", "text"),
            ("<div>a<br/>b <x></div>", "a b \\<x\\>"),
            (
                "One of<ul><li>`a`</li><li>`b`</li></ul>, in <b>t</b>ime",
                "One of `a` `b` , in time",
            ),
        ];
        for (markdown, rendered) in table {
            assert_eq!(render("", markdown).join("\n"), rendered, "{markdown}");
        }
    }

    #[test]
    fn blocks_keep_their_shape() {
        let markdown =
            "Intro:\n\n- one\n- two\n  1. nested\n\n```\nlet x;\n```\n\n    indented\n\n> quoted";
        let rendered = "Lead: Intro:\n\n- one\n- two\n  1. nested\n\n```text\nlet x;\n```\n\n\
                        ```text\nindented\n```\n\n> quoted";
        assert_eq!(render("Lead:", markdown).join("\n"), rendered);
    }

    #[test]
    fn what_begins_a_list_item_is_no_code() {
        let table = [
            ("1. - one\n   - two", "1. - one\n   - two"),
            ("1. > quoted\n\n   more", "1. > quoted\n\n   more"),
            (
                "1.     let x;\n\n   more",
                "1. ```text\n   let x;\n   ```\n\n   more",
            ),
            ("- ```\n  let x;\n  ```", "- ```text\n  let x;\n  ```"),
            ("1. 2. 3. 4. 5. one", "1. 2. 3. 4. 5. one"),
            ("> 1. - one", "> 1. - one"),
            ("10. ten\n\n    - one", "10. ten\n    - one"),
            (
                "- a\n\n  10. ten\n\n      ```\n      let x;\n      ```",
                "- a\n\n  10. ten\n\n      ```text\n      let x;\n      ```",
            ),
        ];
        for (markdown, rendered) in table {
            assert_eq!(render("", markdown).join("\n"), rendered, "{markdown}");
        }
    }
}
