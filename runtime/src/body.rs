//! Bodies of requests and answers: bytes in memory, or a stream of them.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::transport;
use crate::{BoxError, BoxFuture, Client, Error, ErrorKind, Result};

/// How many bytes of an answer are read into memory where the client sets no other limit.
pub(crate) const DEFAULT_LIMIT: usize = 64 << 20;

/// A body: nothing, bytes in memory, or a stream.
///
/// Bytes are shared by clones, and cheap to clone. A stream can be read once: of several clones
/// whichever is read first has it, and the others give an error.
#[derive(Clone)]
pub struct Body {
    content: Content,
    /// Whose limits of length and time it has.
    client: Option<Client>,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    Stream {
        // The mutex makes a body `Sync` for any stream; it is locked once, to take the stream out.
        shared: Arc<Mutex<Option<BoxStream>>>,
        /// How many bytes it has, where that is known.
        length: Option<u64>,
    },
}

type BoxStream = Pin<Box<dyn Chunks>>;

/// The bytes of a [`Body`] as they come.
pub struct BodyStream(Source);

enum Source {
    Bytes(Bytes),
    Stream(BoxStream, Option<Client>, Option<BoxFuture<'static, ()>>),
    Failed(Option<Error>),
}

impl Body {
    /// No bytes.
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }

    /// Bytes that come one chunk after the other.
    ///
    /// Without [`with_length`](Self::with_length) they are sent in chunks (RFC 9112, section 7.1),
    /// which not every service takes.
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        let stream: BoxStream = Box::pin(stream);
        Self {
            content: Content::Stream {
                shared: Arc::new(Mutex::new(Some(stream))),
                length: None,
            },
            client: None,
        }
    }

    /// Says how many bytes a stream has, such as the size of the file that it reads.
    ///
    /// Requests then have a `Content-Length`. Of bytes in memory the length is known.
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Content::Stream { length, .. } = &mut self.content {
            *length = Some(bytes);
        }
        self
    }

    /// How many bytes there are, where that is known.
    pub fn length(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Stream { length, .. } => *length,
        }
    }

    /// The bytes, where they are in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream { .. } => None,
        }
    }

    /// Reads everything into memory.
    ///
    /// A stream longer than the client's [`max_body`](crate::ClientBuilder::max_body), in bytes,
    /// is an error.
    pub async fn bytes(self) -> Result<Bytes> {
        let limit = self.client.as_ref().map_or(DEFAULT_LIMIT, Client::max_body);
        let mut stream = self.stream();
        if let Source::Bytes(bytes) = &mut stream.0 {
            return Ok(std::mem::take(bytes));
        }
        let mut read = Read::Nothing;
        while let Some(chunk) = stream.chunk().await? {
            within(limit, read.length() + chunk.len())?;
            read = read.and(chunk);
        }
        Ok(read.into_bytes())
    }

    /// The bytes as they come.
    pub fn stream(self) -> BodyStream {
        let stream = match self.content {
            Content::Bytes(bytes) => return BodyStream(Source::Bytes(bytes)),
            Content::Stream { shared, .. } => {
                let mut stream = shared.lock().unwrap_or_else(PoisonError::into_inner);
                stream.take()
            }
        };
        BodyStream(match stream {
            Some(stream) => Source::Stream(stream, self.client, None),
            None => Source::Failed(Some(Error::new(
                ErrorKind::Transport,
                "the body is a stream that has been read already",
            ))),
        })
    }

    /// The body of an answer, with the limits of length and time that the client sets.
    pub(crate) fn limited_by(self, client: &Client) -> Self {
        let client = Some(client.clone());
        Self { client, ..self }
    }
}

/// What has been read of a stream. Most answers come in one chunk, which then needs no copy.
enum Read {
    Nothing,
    One(Bytes),
    Several(BytesMut),
}

impl Read {
    fn length(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::One(chunk) => chunk.len(),
            Self::Several(chunks) => chunks.len(),
        }
    }

    fn and(self, chunk: Bytes) -> Self {
        let mut chunks = match self {
            Self::Nothing => return Self::One(chunk),
            Self::One(first) => BytesMut::from(first),
            Self::Several(chunks) => chunks,
        };
        chunks.extend_from_slice(&chunk);
        Self::Several(chunks)
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Nothing => Bytes::new(),
            Self::One(chunk) => chunk,
            Self::Several(chunks) => chunks.freeze(),
        }
    }
}

fn within(limit: usize, length: usize) -> Result<()> {
    if length <= limit {
        return Ok(());
    }
    let message = format!("the body is longer than {limit} bytes, the most that the client reads");
    Err(Error::new(ErrorKind::Response, message))
}

impl BodyStream {
    /// The next bytes, or `None` at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        let next = poll_fn(|context| Pin::new(&mut *self).poll_next(context));
        next.await.transpose()
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(match &mut self.0 {
            Source::Bytes(bytes) if bytes.is_empty() => None,
            Source::Bytes(bytes) => Some(Ok(std::mem::take(bytes))),
            Source::Failed(error) => error.take().map(Err),
            Source::Stream(stream, client, timer) => match stream.as_mut().poll_chunk(context) {
                Poll::Ready(Some(Ok(chunk))) => {
                    *timer = None;
                    Some(Ok(chunk))
                }
                Poll::Ready(Some(Err(source))) => {
                    self.0 = Source::Failed(None);
                    let error = Error::new(transport::kind(&source), "the body broke off");
                    Some(Err(error.with_source(source)))
                }
                Poll::Ready(None) => None,
                Poll::Pending => {
                    let patience = client
                        .as_ref()
                        .and_then(|it| Some((it, it.read_timeout()?)));
                    let Some((client, limit)) = patience else {
                        return Poll::Pending;
                    };
                    let timer = timer.get_or_insert_with(|| {
                        let client = client.clone();
                        Box::pin(async move { client.transport().sleep(limit).await })
                    });
                    ready!(timer.as_mut().poll(context));
                    let message = format!("nothing more came within {limit:?}");
                    self.0 = Source::Failed(None);
                    Some(Err(Error::new(ErrorKind::Timeout, message)))
                }
            },
        })
    }
}

/// A stream of any chunks and errors, as one of bytes and boxed errors.
trait Chunks: Send {
    fn poll_chunk(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, BoxError>>>;
}

impl<S, B, E> Chunks for S
where
    S: Stream<Item = Result<B, E>> + Send,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    fn poll_chunk(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, BoxError>>> {
        let next = ready!(self.poll_next(context));
        Poll::Ready(next.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self {
            content: Content::Bytes(bytes),
            client: None,
        }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Self::from(Bytes::from_static(bytes))
    }
}

impl<const N: usize> From<&'static [u8; N]> for Body {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::from(Bytes::from_static(bytes))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::from(Bytes::from(text))
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Self::from(Bytes::from(text))
    }
}

/// The length, and not the content, which may be long and is the caller's own.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Content::Bytes(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Content::Stream { .. } => f.write_str("Body(stream)"),
        }
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyStream")
    }
}
