//! Files that pages include: `[!INCLUDE [label](../includes/note.md)]`, alone in its line.
//!
//! As in API Doctor, the text of the file stands in the place of the line before anything else is
//! read, inside code blocks too, without its front matter. What is found in it is reported where it
//! is written. A line whose file is not there stays as it is, and is a link that leads nowhere.

use std::collections::HashMap;
use std::ops::Range;

use super::context::locate;
use super::front_matter;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::parallel;
use crate::source::{Piece, SourceFile, Span, resolve, slashed};

/// How many bytes a page may include, all its files taken together: some hundred times what is
/// usual, and little enough that files which include each other many times do no harm.
const MAX_INCLUDED: usize = 256 * 1024;

/// How deep files may include each other.
const MAX_DEPTH: usize = 16;

/// Puts the files that are there to be included behind the pages, and counts the pages. Such files
/// lie in a folder called `includes`.
pub(crate) fn set_apart(files: &mut [SourceFile]) -> usize {
    let is_part = |file: &SourceFile| {
        let mut folders = file.path.split('/').rev().skip(1);
        folders.any(|folder| folder.eq_ignore_ascii_case("includes"))
    };
    files.sort_by_cached_key(is_part);
    files.partition_point(|file| !is_part(file))
}

/// The pages with what they include; `None` for each that includes nothing.
pub(crate) fn expand(
    files: &[SourceFile],
    pages: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<SourceFile>> {
    let by_path = files.iter().map(|file| (file.path.as_str(), file));
    let by_path: HashMap<&str, &SourceFile> = by_path.collect();
    let mut outside = Vec::new();
    let mut expanded = Vec::with_capacity(pages);
    for page in parallel::map(&files[..pages], |_, page| Expansion::of(page, &by_path)) {
        diagnostics.extend(page.diagnostics);
        outside.extend(page.outside);
        expanded.push(page.file);
    }
    // Documentation sets keep notes for several versions outside of each: one line says so for all.
    let count = outside.len();
    if let Some(first) = outside.into_iter().next() {
        let message = match count {
            1 => "an included file lies outside of the documentation folder".to_owned(),
            _ => format!(
                "{count} included files lie outside of the documentation folder; this is the first"
            ),
        };
        diagnostics.push(Diagnostic::new(Code::IncludeMissing, first, message));
    }
    expanded
}

/// A page while what it includes is put into it.
struct Expansion<'f> {
    by_path: &'f HashMap<&'f str, &'f SourceFile>,
    pieces: Vec<Piece<'f>>,
    /// The files that are being read, each included by the one before it.
    open: Vec<&'f str>,
    /// How many bytes are included.
    size: usize,
    /// Whether a line of the page gives way to something.
    changed: bool,
    outside: Vec<Location>,
    diagnostics: Vec<Diagnostic>,
}

/// What became of a page.
struct Expanded {
    file: Option<SourceFile>,
    outside: Vec<Location>,
    diagnostics: Vec<Diagnostic>,
}

impl<'f> Expansion<'f> {
    fn of(page: &'f SourceFile, by_path: &'f HashMap<&'f str, &'f SourceFile>) -> Expanded {
        let mut expansion = Self {
            by_path,
            pieces: Vec::new(),
            open: vec![&page.path],
            size: 0,
            changed: false,
            outside: Vec::new(),
            diagnostics: Vec::new(),
        };
        expansion.add(page, 0, None);
        Expanded {
            file: expansion
                .changed
                .then(|| SourceFile::of_pieces(&page.path, &expansion.pieces)),
            outside: expansion.outside,
            diagnostics: expansion.diagnostics,
        }
    }

    /// Adds a file from a byte on, with what it includes.
    fn add(&mut self, file: &'f SourceFile, start: usize, included_at: Option<u32>) {
        let mut start = start;
        for directive in directives(&file.text, start) {
            let target = self.target(file, &directive);
            if matches!(target, Target::None) {
                continue;
            }
            self.piece(file, start..directive.line.start, included_at);
            start = directive.line.end;
            self.changed = true;
            let Target::File(included) = target else {
                continue;
            };
            let at = included_at.unwrap_or_else(|| file.position(directive.line.start as u32).0);
            let (_, begin) = front_matter::parse(&included.text);
            self.size += included.text.len() - begin;
            self.open.push(&included.path);
            self.add(included, begin, Some(at));
            self.open.pop();
        }
        self.piece(file, start..file.text.len(), included_at);
    }

    fn piece(&mut self, file: &'f SourceFile, lines: Range<usize>, included_at: Option<u32>) {
        if !lines.is_empty() {
            self.pieces.push(Piece {
                file,
                lines: Span::from(lines),
                included_at,
            });
        }
    }

    fn target(&mut self, file: &SourceFile, directive: &Directive<'_>) -> Target<'f> {
        let place = || locate(file, Span::of(directive.destination, &file.text));
        // Nothing says where the root of a site or of a repository is.
        let is_relative = !directive.destination.starts_with(['/', '~']);
        let path = resolve(file.label(), &file.path, &slashed(directive.destination));
        let Some(path) = path.filter(|_| is_relative) else {
            self.outside.push(place());
            return Target::None;
        };
        let Some(&included) = self.by_path.get(path.as_str()) else {
            return Target::None;
        };
        let message = if self.open.contains(&&*included.path) {
            format!("`{path}` includes itself")
        } else if self.open.len() > MAX_DEPTH {
            format!("`{path}` is included through more than {MAX_DEPTH} files")
        } else if self.size + included.text.len() > MAX_INCLUDED {
            format!("the page includes more than {} KiB", MAX_INCLUDED / 1024)
        } else {
            return Target::File(included);
        };
        let refused = Diagnostic::new(Code::IncludeRefused, place(), message);
        self.diagnostics.push(refused);
        Target::Refused
    }
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

/// A line that includes a file.
struct Directive<'t> {
    /// The line with its end.
    line: Range<usize>,
    /// The path of the file as it is written.
    destination: &'t str,
}

/// The lines of a text that include files, from a byte on.
fn directives(text: &str, start: usize) -> impl Iterator<Item = Directive<'_>> {
    let bytes = text.as_bytes();
    let marks = memchr::memmem::find_iter(&bytes[start..], "[!").map(move |at| start + at);
    marks.filter_map(move |mark| {
        let begin = memchr::memrchr(b'\n', &bytes[..mark]).map_or(0, |at| at + 1);
        let end = memchr::memchr(b'\n', &bytes[mark..]).map_or(bytes.len(), |at| mark + at + 1);
        // The line is nothing else, so it begins with the mark.
        let is_first = text[begin..mark].trim().is_empty();
        let destination = destination(&text[mark..end]).filter(|_| is_first)?;
        Some(Directive {
            line: begin..end,
            destination,
        })
    })
}

/// The path in `[!INCLUDE [label](path)]`.
fn destination(line: &str) -> Option<&str> {
    let (word, rest) = line.split_at_checked("[!INCLUDE".len())?;
    let link = rest.trim().strip_prefix('[')?.strip_suffix(")]")?;
    let mut opens = memchr::memrchr_iter(b'(', link.as_bytes());
    let open = opens.find(|&at| link[..at].ends_with(']'))?;
    word.eq_ignore_ascii_case("[!INCLUDE")
        .then(|| link[open + 1..].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_is_a_line_of_its_own() {
        let path = |line: &str| {
            let mut found = directives(line, 0);
            found.next().map(|found| found.destination.to_owned())
        };
        let note = Some("../includes/note.md".to_owned());
        assert_eq!(path("[!INCLUDE [n](../includes/note.md)]"), note);
        assert_eq!(path("a\n  [!include [n](../includes/note.md)] \r\nb"), note);
        assert_eq!(path("| id | [!INCLUDE [n](../includes/note.md)] |"), None);
        assert_eq!(path("[!INCLUDE [n](../includes/note.md)] and"), None);
        assert_eq!(path("[!NOTE]\n[!INCLUDE"), None);
    }

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
        let pages = set_apart(&mut files);
        let mut diagnostics = Vec::new();
        let expanded = expand(&files, pages, &mut diagnostics);
        assert_eq!(pages, 1);
        let page = expanded[0].as_ref().unwrap();
        assert!(page.text.len() < MAX_INCLUDED + 40 * 200);
        let is_refused = |found: &Diagnostic| found.code == Code::IncludeRefused;
        assert!(!diagnostics.is_empty() && diagnostics.iter().all(is_refused));
    }
}
