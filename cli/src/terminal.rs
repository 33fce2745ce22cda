//! Standard output and standard error.
//!
//! Colours are left out where nobody sees them: the output is no terminal, or `NO_COLOR` is set.

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
    fn a_closed_pipe_is_no_fault_and_a_full_disk_is() {
        let mut closed = UntilClosed(Failing(ErrorKind::BrokenPipe));
        assert!(writeln!(closed, "x").and_then(|()| closed.flush()).is_ok());
        let mut full = UntilClosed(Failing(ErrorKind::StorageFull));
        assert!(writeln!(full, "x").is_err());
    }
}
