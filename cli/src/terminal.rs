//! Standard output and standard error.
//!
//! Colours are left out where nobody sees them: the output is no terminal, or `NO_COLOR` is set.

use std::borrow::Cow;
use std::char::REPLACEMENT_CHARACTER;
use std::io::{self, BufWriter, ErrorKind, Write};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};

/// How many bytes of results are written at once.
const AT_ONCE: usize = 1 << 16;

/// Where results go. Nothing is taken out on the way, so that colours are for those to write who
/// have asked [`shows_colours`].
pub(crate) fn stdout() -> impl Write {
    let stdout = AutoStream::always_ansi(io::stdout().lock());
    BufWriter::with_capacity(AT_ONCE, UntilClosed(stdout))
}

/// Where faults and remarks go, without colours unless [`shows_colours`] was asked.
pub(crate) fn stderr() -> impl Write {
    UntilClosed(AutoStream::always_ansi(io::stderr().lock()))
}

/// Whether somebody sees the colours that are written to the standard output or error.
pub(crate) fn shows_colours(stream: &impl RawStream) -> bool {
    AutoStream::choice(stream) != ColorChoice::Never
}

/// A text without the characters that a terminal obeys: pages and requests may hold any. Control
/// characters become their pictures, and those that turn the direction of a text the replacement
/// character, as in the findings for people.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    let is_harmful =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|c| match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        c if is_harmful(c) => REPLACEMENT_CHARACTER,
        c => c,
    });
    Cow::Owned(shown.collect())
}

/// Passes text on for as long as somebody reads it.
///
/// `docwright check | head` closes the pipe early. That is no fault, and must not change what the
/// command does or its exit status.
struct UntilClosed<W>(W);

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        match self.0.write(text) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(text.len()),
            result => result,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn a_terminal_obeys_nothing_in_a_text() {
        let text = "a\u{1b}[2Jb\u{7f}c\u{9b}d\u{202e}e\r\n";
        assert_eq!(harmless(text), "a␛[2Jb␡c\u{fffd}d\u{fffd}e␍␊");
        assert!(matches!(harmless("Größe 名"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_closed_pipe_is_no_fault_and_a_full_disk_is() {
        let mut closed = UntilClosed(Failing(ErrorKind::BrokenPipe));
        assert!(writeln!(closed, "x").and_then(|()| closed.flush()).is_ok());
        let mut full = UntilClosed(Failing(ErrorKind::StorageFull));
        assert!(writeln!(full, "x").is_err());
    }
}
