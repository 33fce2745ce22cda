//! Requests from code that is not asynchronous.

use std::io::{self, Read};

use bytes::{Buf, Bytes};

use super::{Items, Pages, Request};
use crate::client::wait;
use crate::{Blocking, Body, BodyStream, FromResponse, Page, Response, Result};

impl<T: FromResponse> Request<T> {
    /// Sends the request, and waits for the answer.
    ///
    /// This is for code that is not asynchronous. Elsewhere it works as well, but keeps the thread
    /// from everything else.
    ///
    /// Such calls go through connections of their own, but for a client that was given its
    /// [transport](crate::ClientBuilder::transport): that must not depend on the thread that waits.
    pub fn send_blocking(self) -> Result<Response<T>> {
        wait(self.blocking()?.send())
    }
}

impl<T> Request<T> {
    /// The same request by way of the client that sends while a thread is blocked.
    pub(crate) fn blocking(self) -> Result<Self> {
        let client = self.client().blocking();
        let client = client.map_err(|error| error.during(self.operation()))?;
        Ok(self.with_client(&client))
    }
}

impl<P: Page> Request<P> {
    /// [`pages`](Self::pages) as an iterator, which waits for each.
    pub fn pages_blocking(self) -> Blocking<Pages<P>> {
        Blocking::new(self.blocking().map(Request::pages))
    }

    /// [`items`](Self::items) as an iterator, which waits for each page.
    pub fn items_blocking(self) -> Blocking<Items<P>> {
        Blocking::new(self.blocking().map(Request::items))
    }
}

impl Response<Body> {
    /// Waits until the body is in memory, up to the client's
    /// [`max_body`](crate::ClientBuilder::max_body).
    pub fn bytes_blocking(self) -> Result<Bytes> {
        wait(self.bytes())
    }

    /// The body as it comes, for code that reads.
    pub fn reader(self) -> BodyReader {
        BodyReader {
            stream: self.stream(),
            chunk: Bytes::new(),
        }
    }
}

/// Reads a body as it comes; see [`Response::reader`].
#[derive(Debug)]
pub struct BodyReader {
    stream: BodyStream,
    chunk: Bytes,
}

impl Read for BodyReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() && !into.is_empty() {
            match wait(self.stream.chunk()).map_err(io::Error::other)? {
                Some(chunk) => self.chunk = chunk,
                None => return Ok(0),
            }
        }
        let length = into.len().min(self.chunk.len());
        self.chunk.copy_to_slice(&mut into[..length]);
        Ok(length)
    }
}
