//! One finding for people: what is wrong, the line of the page with a mark below the place, and what
//! could be done. The form is that of rustc's messages, which programs and people know.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use docwright::diagnostic::{Diagnostic, Severity};
use docwright::source::SourceFile;
use unicode_width::UnicodeWidthChar;

/// How many columns a line of a page takes with its number, before it is cut.
const WIDTH: usize = 140;

/// How many columns of a line that is cut stay on either side of the mark.
const BESIDE: usize = 6;

/// What stands where something is cut.
const DOTS: &str = "...";

/// What the parts of a finding look like.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Styles {
    error: Style,
    warning: Style,
    note: Style,
    message: Style,
    frame: Style,
}

impl Styles {
    /// Those of a terminal that shows colours; the default has none.
    pub(super) fn coloured() -> Self {
        let bold = |colour: AnsiColor| colour.on_default().bold();
        Self {
            error: bold(AnsiColor::BrightRed),
            warning: bold(AnsiColor::Yellow),
            note: bold(AnsiColor::BrightGreen),
            message: Style::new().bold(),
            frame: bold(AnsiColor::BrightBlue),
        }
    }

    fn severity(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Note => self.note,
        }
    }
}

/// A finding, and the page that it is about where there is one.
pub(super) struct Snippet<'a> {
    pub(super) finding: &'a Diagnostic,
    pub(super) page: Option<&'a SourceFile>,
    pub(super) styles: &'a Styles,
}

impl Display for Snippet<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let finding = self.finding;
        let place = &finding.location;
        let level = self.styles.severity(finding.severity);
        let Styles { message, frame, .. } = self.styles;
        let (severity, code) = (finding.severity, finding.code);
        let text = visible(&finding.message);
        writeln!(
            f,
            "{level}{severity}[{code}]{level:#}{message}: {text}{message:#}"
        )?;

        let number = self.page.map(|_| place.line.to_string());
        let indent = number.as_ref().map_or(0, String::len);
        let (path, line, column) = (visible(&place.path), place.line, place.column);
        write!(
            f,
            "{:indent$}{frame}-->{frame:#} {path}:{line}:{column}",
            ""
        )?;
        let bar = format!("\n{:indent$} {frame}|{frame:#}", "");
        if let (Some(page), Some(number)) = (self.page, &number) {
            let room = WIDTH.saturating_sub(indent + " | ".len());
            let line = page.line(place.line);
            let Marked { line, start, mark } = marked(line, place.column, place.length, room);
            write!(f, "{bar}\n{frame}{number} |{frame:#} {line}")?;
            write!(f, "{bar} {:start$}{level}{mark}{level:#}", "")?;
        }
        if let Some(help) = &finding.help {
            let help = visible(help);
            write!(f, "{bar}\n{:indent$} {frame}={frame:#} ", "")?;
            write!(f, "{message}help{message:#}: {help}")?;
        }
        Ok(())
    }
}

/// A line of a page as it is shown, and the mark below it.
#[derive(Debug, PartialEq, Eq)]
struct Marked {
    line: String,
    /// The column where the mark begins.
    start: usize,
    mark: String,
}

fn marked(line: &str, column: u32, length: u32, room: usize) -> Marked {
    let range = character_range(line, column, length);
    let before = visible(&line[..range.start]);
    let mut under = visible(&line[range.clone()]);
    let behind = visible(&line[range.end..]);
    let mut mark = "^".repeat(width(&under).max(1));
    if mark.len() > 2 * room {
        under = Cow::Owned(fold(&under, room / 3));
        mark = fold(&mark, room / 3);
    }
    let start = width(&before);
    let whole = start + width(&under) + width(&behind);
    let line = [before, under, behind].concat();
    let indent = line.len() - line.trim_start().len();
    let window = window(whole, indent, start..start + mark.len(), room);
    Marked {
        line: cut(&line, whole, &window),
        start: start - window.start,
        mark,
    }
}

/// The bytes of the characters from a column counted from one.
fn character_range(line: &str, column: u32, length: u32) -> Range<usize> {
    let offset = |characters: u32| {
        let found = line.char_indices().nth(characters as usize);
        found.map_or(line.len(), |(at, _)| at)
    };
    let first = column.saturating_sub(1);
    offset(first)..offset(first.saturating_add(length))
}

/// The columns of a line that are shown: all of them where there is room, or else those around the
/// mark; as many from the left as there is room for, where the mark is among these.
fn window(width: usize, indent: usize, mark: Range<usize>, room: usize) -> Range<usize> {
    let indent = indent.min(mark.start).saturating_sub(BESIDE);
    // Much white space tells nobody anything.
    let left = if indent > 20 { indent - 16 } else { 0 };
    if width - left <= room {
        return left..width;
    }
    let (start, end) = (mark.start.saturating_sub(BESIDE), mark.end + BESIDE);
    if end - indent <= room {
        return indent..(indent + room).min(width);
    }
    let wanted = match room.checked_sub(end - start) {
        Some(free) => start.saturating_sub(free / 2),
        None => return start..end.min(width),
    };
    wanted..(wanted + room).min(width)
}

/// The given columns of a line, with dots where it is cut.
fn cut(line: &str, width: usize, window: &Range<usize>) -> String {
    let whole = (0..width) == *window;
    if whole {
        return line.to_owned();
    }
    let dots_before = match window.start {
        0 => 0,
        start => start + DOTS.len(),
    };
    let dots_behind = match window.end {
        end if end < width => end - DOTS.len(),
        end => end,
    };
    let mut shown = String::with_capacity(window.len());
    for (c, columns) in columns(line) {
        if columns.start < dots_before || columns.end > dots_behind {
            let cut = columns.start.max(window.start)..columns.end.min(window.end);
            shown.extend(cut.map(|_| '.'));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// A text with dots for all but some columns at either end.
fn fold(text: &str, kept: usize) -> String {
    let end = width(text) - kept;
    let first = columns(text).take_while(|(_, columns)| columns.end <= kept);
    let last = columns(text).skip_while(|(_, columns)| columns.start < end);
    let dots = DOTS.chars();
    let first = first.map(|(c, _)| c);
    first.chain(dots).chain(last.map(|(c, _)| c)).collect()
}

/// How many columns a text takes that has been made visible.
fn width(text: &str) -> usize {
    match text.is_ascii() {
        true => text.len(),
        false => text.chars().filter_map(UnicodeWidthChar::width).sum(),
    }
}

/// The characters of a text with the columns that they take.
fn columns(text: &str) -> impl Iterator<Item = (char, Range<usize>)> {
    text.chars().scan(0, |column, c| {
        let start = *column;
        *column += c.width().unwrap_or(0);
        Some((c, start..*column))
    })
}

/// A text without characters that would do something to a terminal: pages are not to be trusted.
fn visible(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~');
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let is_odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{200d}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => visible.push_str("    "),
            // Unicode has pictures of the control characters of ASCII, in their order.
            '\0'..='\u{1f}' => visible.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => visible.push('␡'),
            '\u{200d}' => {}
            c if is_odd(c) => visible.push(char::REPLACEMENT_CHARACTER),
            c => visible.push(c),
        }
    }
    Cow::Owned(visible)
}

#[cfg(test)]
mod tests {
    use docwright::diagnostic::{Code, Location};

    use super::*;

    fn shown(line: &str, column: u32, length: u32) -> String {
        let page = SourceFile::new("docs/a.md", format!("# A\n\n{line}\n"));
        let location = Location {
            path: "docs/a.md".to_owned(),
            line: 3,
            column,
            length,
        };
        let finding = Diagnostic::new(Code::DocsEmpty, location, "odd path").with_help("mend it");
        let snippet = Snippet {
            finding: &finding,
            page: Some(&page),
            styles: &Styles::default(),
        };
        snippet.to_string()
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(character_range("äb|c", 2, 2), 2..4);
        assert_eq!(character_range("äb", 3, 5), 3..3);
        assert_eq!(character_range("", 1, 1), 0..0);
    }

    #[test]
    fn a_finding_is_shown_with_its_line() {
        let expected = "\
error[docs-empty]: odd path
 --> docs/a.md:3:5
  |
3 | GET /ü x
  |     ^^
  |
  = help: mend it";
        assert_eq!(shown("GET /ü x", 5, 2), expected);
    }

    #[test]
    fn the_mark_stands_below_wide_characters_and_tabs() {
        let text = shown("\t漢字 \u{1b}[1m", 3, 3);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[3..5], ["3 |     漢字 ␛[1m", "  |       ^^^^"]);
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let long = format!("{}{}{}", "a".repeat(200), "bcd", "e".repeat(200));
        let check = |column, length, line: String, start, mark: &str| {
            let mark = mark.to_owned();
            let expected = Marked { line, start, mark };
            assert_eq!(marked(&long, column, length, 30), expected);
        };
        let (a, e) = ("a".repeat(200), "e".repeat(200));
        check(1, 3, format!("{}...", &a[..27]), 0, "^^^");
        check(
            201,
            3,
            format!("...{}bcd{}...", &a[..10], &e[..11]),
            13,
            "^^^",
        );
        check(401, 3, format!("...{}", &e[..13]), 13, "^^^");
        let folded = "aaaaaaaaaa...eeeeeeeeee";
        check(1, 403, folded.to_owned(), 0, "^^^^^^^^^^...^^^^^^^^^^");
    }
}
