//! Where the bytes of an upload come from.

use bytes::{Bytes, BytesMut};

use crate::{Body, BodyStream, Error, ErrorKind, Result};

/// Bytes that can be asked for by place: all of them in memory, or a window over a stream.
pub(super) enum Source {
    Bytes(Bytes),
    Stream(Window),
}

/// The part of a stream that was read last, and may have to be sent again.
pub(super) struct Window {
    stream: BodyStream,
    /// The place of the first byte in `held`.
    start: u64,
    held: BytesMut,
}

impl Source {
    pub(super) fn new(body: Body) -> Self {
        match body.as_bytes() {
            Some(bytes) => Self::Bytes(bytes.clone()),
            None => Self::Stream(Window {
                stream: body.stream(),
                start: 0,
                held: BytesMut::new(),
            }),
        }
    }

    /// So many bytes from a place on; fewer than there are is an error.
    pub(super) async fn read(&mut self, first: u64, length: usize) -> Result<Bytes> {
        let bytes = match self {
            Self::Bytes(bytes) => usize::try_from(first).ok().and_then(|first| {
                let end = first.checked_add(length)?;
                (end <= bytes.len()).then(|| bytes.slice(first..end))
            }),
            Self::Stream(window) => window.read(first, length).await?,
        };
        bytes.ok_or_else(|| invalid("the body is shorter than was said"))
    }
}

impl Window {
    /// Moves on to a place, and reads from there; `None` where the stream ends before.
    async fn read(&mut self, first: u64, length: usize) -> Result<Option<Bytes>> {
        let Some(mut passed) = first.checked_sub(self.start) else {
            return Err(invalid(
                "the service asks for bytes that a stream has only once: start a new upload",
            ));
        };
        // Bytes that the service has already are passed over, as when an upload is resumed.
        while passed > self.held.len() as u64 {
            passed -= self.held.len() as u64;
            self.start += self.held.len() as u64;
            self.held.clear();
            match self.stream.chunk().await? {
                Some(chunk) => self.held.extend_from_slice(&chunk),
                None => return Ok(None),
            }
        }
        let passed = passed as usize;
        let _ = self.held.split_to(passed);
        self.start += passed as u64;
        while self.held.len() < length {
            match self.stream.chunk().await? {
                Some(chunk) => self.held.extend_from_slice(&chunk),
                None => return Ok(None),
            }
        }
        Ok(Some(Bytes::copy_from_slice(&self.held[..length])))
    }
}

fn invalid(message: &str) -> Error {
    Error::new(ErrorKind::InvalidParameter, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8; 10] = b"0123456789";

    fn sources() -> [Source; 2] {
        let streamed = Body::from_stream(Body::from(TEXT).stream());
        [Source::new(Body::from(TEXT)), Source::new(streamed)]
    }

    #[tokio::test]
    async fn bytes_are_read_again_and_passed_over() {
        for mut source in sources() {
            for (first, length) in [(0, 3), (0, 3), (2, 4), (6, 0), (8, 2), (9, 1)] {
                let read = source.read(first as u64, length).await.unwrap();
                assert_eq!(read, TEXT[first..first + length]);
            }
        }
        for mut source in sources() {
            assert!(source.read(9, 2).await.is_err());
            assert!(source.read(11, 1).await.is_err());
        }
    }

    #[tokio::test]
    async fn a_stream_does_not_go_back() {
        let [mut bytes, mut stream] = sources();
        for source in [&mut bytes, &mut stream] {
            source.read(4, 2).await.unwrap();
        }
        assert_eq!(bytes.read(3, 1).await.unwrap(), "3");
        let error = stream.read(3, 1).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    }
}
