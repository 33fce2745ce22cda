//! Requests from code that is not asynchronous.

use std::io::{self, Read};

use bytes::{Buf, Bytes};

use super::{Items, Pages, Request};
use crate::client::wait;
use crate::{Blocking, Body, BodyStream, Client, Collection, FromResponse, Response, Result};

impl<T: FromResponse> Request<T> {
    /// Sends the request, and waits for the answer.
    ///
    /// This is for code that is not asynchronous. Elsewhere it works as well, but keeps the thread
    /// from everything else.
    ///
    /// Such calls go through connections of their own, but for a client that was given its
    /// [transport](crate::ClientBuilder::transport): that must not depend on the thread that waits.
    pub fn send_blocking(self) -> Result<Response<T>> {
        let (client, request) = self.blocking()?;
        wait(client.send(request))
    }
}

impl<T> Request<T> {
    fn blocking(mut self) -> Result<(Client, Self)> {
        let client = self.client.blocking();
        self.client = client.map_err(|error| error.during(self.operation))?;
        Ok((self.client.clone(), self))
    }
}

impl<T> Request<Collection<T>>
where
    Collection<T>: FromResponse,
{
    /// [`pages`](Self::pages) as an iterator, which waits for each.
    pub fn pages_blocking(self) -> Blocking<Pages<T>> {
        Blocking::new(self.blocking().map(|(_, request)| request.pages()))
    }

    /// [`items`](Self::items) as an iterator, which waits for each page.
    pub fn items_blocking(self) -> Blocking<Items<T>> {
        Blocking::new(self.blocking().map(|(_, request)| request.items()))
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
