//! Files that pages include: `[!INCLUDE [label](../includes/note.md)]`, alone in its line or within one.
//!
//! As in API Doctor, the text of the file stands in the place of the line before anything else is
//! read, inside code blocks too, without its front matter. Within a line, as DocFX has it, the file is a word
//! or two, as a rule the name of a product. What is found in it is reported where it
//! is written. A line whose file is not there stays as it is. And as in API Doctor, what stands between the lines
//! `[TAGS=internal]` and `[END]` is for those who ask for it, and is left out.

mod directive;

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use foldhash::HashMap;
use memchr::memmem::Finder;

use super::context::locate;
use super::front_matter;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Piece, SourceFile, Span, resolve, slashed};
use crate::text::{line_end, line_start, strip_start, trimmed};
use directive::{Directive, directives};

pub(super) use directive::is_included;

/// How many bytes a page may include, all its files taken together: some hundred times what is
/// usual, and little enough that files which include each other many times do no harm.
const MAX_INCLUDED: usize = 256 * 1024;

/// How deep files may include each other.
const MAX_DEPTH: usize = 16;

/// What a line begins with that hides those behind it.
const TAGS: &str = "[TAGS=";

/// Puts the files that are there to be included behind the pages, and counts the pages. Such files
/// lie in a folder called `includes`.
fn set_apart(files: &mut [SourceFile]) -> usize {
    let is_part = |file: &SourceFile| {
        let mut folders = file.path.as_bytes().rsplit(|&byte| byte == b'/').skip(1);
        folders.any(|folder| folder.eq_ignore_ascii_case(b"includes"))
    };
    files.sort_by_cached_key(is_part);
    files.partition_point(|file| !is_part(file))
}

/// Pages and the files that are there to be included.
pub(crate) struct Includes<'f> {
    pages: &'f [SourceFile],
    by_path: HashMap<&'f str, &'f SourceFile>,
    /// The pages that include something, with its text in them.
    expanded: Vec<OnceLock<SourceFile>>,
}

impl<'f> Includes<'f> {
    /// Tells the pages among the files from what they may include. The pages come first from then on.
    pub(crate) fn new(files: &'f mut [SourceFile]) -> Self {
        let pages = set_apart(files);
        let files: &'f [SourceFile] = files;
        let by_path = files.iter().map(|file| (file.path.as_str(), file));
        Self {
            pages: &files[..pages],
            by_path: by_path.collect(),
            expanded: vec![OnceLock::new(); pages],
        }
    }

    /// The pages as they are written.
    pub(crate) fn pages(&self) -> &'f [SourceFile] {
        self.pages
    }

    /// A page with what it includes in its place, and what was found on the way. This is where a page is
    /// looked at first, just before it is read: its text is still at hand then.
    pub(crate) fn expand(&self, page: usize) -> (&SourceFile, Included<'_>) {
        let mut expansion = Expansion::new(&self.pages[page], &self.by_path);
        expansion.add(&self.pages[page], 0, None);
        let file = match expansion.changed {
            true => {
                let text = || SourceFile::of_pieces(&self.pages[page].path, &expansion.pieces);
                self.expanded[page].get_or_init(text)
            }
            false => &self.pages[page],
        };
        (file, expansion.included)
    }
}

/// What was found while pages were put together.
#[derive(Default)]
pub(crate) struct Included<'f> {
    outside: Absent<'f>,
    missing: Absent<'f>,
    diagnostics: Vec<Diagnostic>,
}

impl Included<'_> {
    /// Adds what was found in the next page.
    pub(crate) fn join(&mut self, next: Self) {
        self.outside.join(next.outside);
        self.missing.join(next.missing);
        self.diagnostics.extend(next.diagnostics);
    }

    /// The findings, of which one is about all files of a kind that cannot be had.
    pub(crate) fn report(self) -> Vec<Diagnostic> {
        let mut found = self.diagnostics;
        let folder = "outside of the documentation folder";
        let outside = self.outside;
        found.extend(outside.report(&format!("lies {folder}"), &format!("lie {folder}")));
        found.extend(self.missing.report("is not there", "are not there"));
        found
    }
}

/// Included files that cannot be had. Documentation sets keep notes for several versions outside of
/// each, and snippets for other languages elsewhere: one line says so for all of them.
#[derive(Default)]
struct Absent<'f> {
    count: usize,
    /// The file that names the first of them, and where.
    first: Option<(&'f SourceFile, Span)>,
}

impl<'f> Absent<'f> {
    fn add(&mut self, file: &'f SourceFile, name: &str) {
        self.count += 1;
        self.first
            .get_or_insert_with(|| (file, Span::of(name, &file.text)));
    }

    fn join(&mut self, other: Self) {
        self.count += other.count;
        self.first = self.first.or(other.first);
    }

    fn report(self, one: &str, many: &str) -> Option<Diagnostic> {
        let (file, span) = self.first?;
        let message = match self.count {
            1 => format!("an included file {one}"),
            count => format!("{count} included files {many}; this is the first"),
        };
        let place = locate(file, span);
        Some(Diagnostic::new(Code::IncludeMissing, place, message))
    }
}

/// A page while what it includes is put into it.
struct Expansion<'f> {
    by_path: &'f HashMap<&'f str, &'f SourceFile>,
    pieces: Vec<Piece<'f>>,
    /// The files that are being read, each included by the one before it.
    open: Vec<&'f str>,
    /// How many bytes are read to be included.
    size: usize,
    /// Whether a line of the page gives way to something.
    changed: bool,
    included: Included<'f>,
}

impl<'f> Expansion<'f> {
    fn new(page: &'f SourceFile, by_path: &'f HashMap<&'f str, &'f SourceFile>) -> Self {
        Self {
            by_path,
            pieces: Vec::new(),
            open: vec![&page.path],
            size: 0,
            changed: false,
            included: Included::default(),
        }
    }

    /// Adds a file from a byte on, with what it includes.
    fn add(&mut self, file: &'f SourceFile, start: usize, included_at: Option<u32>) {
        let hidden = self.hidden(file, start);
        self.changed |= !hidden.is_empty();
        let mut start = start;
        for part in &hidden {
            start = self.add_lines(file, start..part.start, included_at);
            self.piece(file, start..part.start, included_at);
            start = part.end;
        }
        start = self.add_lines(file, start..file.text.len(), included_at);
        self.piece(file, start..file.text.len(), included_at);
    }

    /// Adds the lines of a range up to the last that includes a file, and says where that ends.
    fn add_lines(
        &mut self,
        file: &'f SourceFile,
        range: Range<usize>,
        included_at: Option<u32>,
    ) -> usize {
        let mut start = range.start;
        for directive in directives(&file.text[..range.end], start) {
            let target = self.target(file, &directive);
            if matches!(target, Target::None) {
                continue;
            }
            self.piece(file, start..directive.range.start, included_at);
            start = directive.range.end;
            self.changed = true;
            let Target::File(included) = target else {
                continue;
            };
            let at = included_at.unwrap_or_else(|| file.position(directive.range.start as u32).0);
            self.size += included.text.len();
            if !directive.is_line {
                self.words(included, at);
                continue;
            }
            let (_, begin) = front_matter::parse(&included.text);
            self.open.push(&included.path);
            self.add(included, begin, Some(at));
            self.open.pop();
        }
        start
    }

    /// The parts of a file that are for some readers only, each with the lines around it.
    fn hidden(&mut self, file: &'f SourceFile, start: usize) -> Vec<Range<usize>> {
        let text = file.text.as_str();
        let mut hidden = Vec::new();
        let mut from = start;
        // Hardly any page has one, and to make a finder takes as long as to look through a page.
        static TAGS_IN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(TAGS));
        while let Some(at) = TAGS_IN.find(&text.as_bytes()[from..]) {
            let at = from + at;
            let begin = line_start(text, at);
            from = line_end(text, at);
            if !begins_part(&text[begin..from]) {
                continue;
            }
            match part_end(text, begin) {
                Some(end) => {
                    hidden.push(begin..end);
                    from = end;
                }
                None => {
                    let place = locate(file, Span::from(at..from));
                    let message = "the part for some readers has no `[END]`";
                    let found = Diagnostic::new(Code::CommentUnclosed, place, message);
                    self.included.diagnostics.push(found);
                    break;
                }
            }
        }
        hidden
    }

    fn piece(&mut self, file: &'f SourceFile, lines: Range<usize>, included_at: Option<u32>) {
        if !lines.is_empty() {
            let goes_on = !file.text[..lines.start].ends_with('\n') && lines.start > 0;
            self.pieces.push(Piece {
                file,
                lines: Span::from(lines),
                goes_on,
                included_at,
            });
        }
    }

    /// Adds the words of a file to a line that it is included in.
    fn words(&mut self, file: &'f SourceFile, included_at: u32) {
        if let Some(words) = words(&file.text) {
            self.pieces.push(Piece {
                file,
                lines: Span::of(words, &file.text),
                goes_on: true,
                included_at: Some(included_at),
            });
        }
    }

    fn target(&mut self, file: &'f SourceFile, directive: &Directive<'_>) -> Target<'f> {
        // Nothing says where the root of a site or of a repository is.
        let path = match directive.destination.starts_with(['/', '~']) {
            true => None,
            false => resolve(file.label(), &file.path, &slashed(directive.destination)),
        };
        let Some(path) = path else {
            self.included.outside.add(file, directive.destination);
            return Target::None;
        };
        let Some(&included) = self.by_path.get(path.as_str()) else {
            self.included.missing.add(file, directive.link);
            return Target::None;
        };
        if !directive.is_line && words(&included.text).is_none() {
            return Target::None;
        }
        let message = if self.open.contains(&&*included.path) {
            format!("`{path}` includes itself")
        } else if self.open.len() > MAX_DEPTH {
            format!("`{path}` is included through more than {MAX_DEPTH} files")
        } else if self.size + included.text.len() > MAX_INCLUDED {
            format!("the page includes more than {} KiB", MAX_INCLUDED / 1024)
        } else {
            return Target::File(included);
        };
        let place = locate(file, Span::of(directive.destination, &file.text));
        let refused = Diagnostic::new(Code::IncludeRefused, place, message);
        self.included.diagnostics.push(refused);
        Target::Refused
    }
}

/// Whether a line begins a part for some readers.
fn begins_part(line: &str) -> bool {
    let line = trimmed(line);
    strip_start(line, TAGS).is_some() && line.ends_with(']')
}

/// Where the line ends that closes a part, which may have others in it.
fn part_end(text: &str, begin: usize) -> Option<usize> {
    let (mut depth, mut at) = (0_u32, begin);
    while at < text.len() {
        let end = line_end(text, at);
        let line = &text[at..end];
        if begins_part(line) {
            depth += 1;
        } else if trimmed(line).eq_ignore_ascii_case("[END]") {
            depth -= 1;
        }
        if depth == 0 {
            return Some(end);
        }
        at = end;
    }
    None
}

/// What a directive stands for.
enum Target<'f> {
    /// The text of a file.
    File(&'f SourceFile),
    /// Nothing: it is reported, and the line is left out.
    Refused,
    /// Nothing that is there: the line stays.
    None,
}

/// What a file says where it is included within a line: all that is there, if that is no more than a part of a line.
fn words(text: &str) -> Option<&str> {
    let (_, begin) = front_matter::parse(text);
    let words = trimmed(&text[begin..]);
    // A bar would end the cell of a table.
    let may_be = !words.is_empty() && memchr::memchr2(b'\n', b'|', words.as_bytes()).is_none();
    may_be.then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_included_is_bounded() {
        let twice = |name: &str| format!("[!INCLUDE [x]({name}.md)]\n[!INCLUDE [x]({name}.md)]\n");
        let mut files = vec![SourceFile::new("docs/page.md", twice("includes/0"))];
        for depth in 0..40 {
            let text = twice(&(depth + 1).to_string());
            files.push(SourceFile::new(format!("docs/includes/{depth}.md"), text));
        }
        let text = "word ".repeat(1000);
        files.push(SourceFile::new("docs/includes/10.md", text));
        let includes = Includes::new(&mut files);
        assert_eq!(includes.pages().len(), 1);
        let (page, included) = includes.expand(0);
        let diagnostics = included.report();
        assert!(page.text.len() < MAX_INCLUDED + 40 * 200);
        let is_refused = |found: &Diagnostic| found.code == Code::IncludeRefused;
        assert!(!diagnostics.is_empty() && diagnostics.iter().all(is_refused));
    }

    #[test]
    fn front_matter_is_read_like_all_that_is_included() {
        let note = format!("---\nnote: {}\n---\n", "x".repeat(MAX_INCLUDED / 2));
        let page = "[!INCLUDE [x](includes/note.md)]\n".repeat(3);
        let mut files = [
            SourceFile::new("docs/page.md", page),
            SourceFile::new("docs/includes/note.md", note),
        ];
        let includes = Includes::new(&mut files);
        let (_, included) = includes.expand(0);
        let codes = included.report().into_iter().map(|found| found.code);
        assert_eq!(codes.collect::<Vec<_>>(), [Code::IncludeRefused; 2]);
    }
}
