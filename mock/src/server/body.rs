//! Bodies of requests, read into memory within bounds.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::timeout;

use crate::Limits;

/// Reads the bodies of all requests.
#[derive(Debug)]
pub(super) struct Reader {
    time: Duration,
    /// How many bytes one body may have.
    each: usize,
    /// How many bytes all bodies may have that are being read.
    all: usize,
    /// How many bytes they have.
    held: AtomicUsize,
}

/// Why a body was not read.
#[derive(Debug)]
pub(super) enum Unread {
    /// It is larger than a body may be.
    TooLarge,
    /// Together with other bodies it is larger than all may be.
    TooMany,
    /// It ended before its end, or took too long.
    Broken,
}

/// The bytes that one body takes of those for all; given back when this is dropped.
struct Share<'r> {
    reader: &'r Reader,
    bytes: usize,
}

impl Reader {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            time: limits.body_time,
            each: limits.body_bytes,
            all: limits.all_bodies_bytes,
            held: AtomicUsize::new(0),
        }
    }

    /// A whole body.
    pub(super) async fn read(&self, body: Incoming) -> Result<Bytes, Unread> {
        let read = timeout(self.time, self.collect(body)).await;
        read.unwrap_or(Err(Unread::Broken))
    }

    async fn collect(&self, mut body: Incoming) -> Result<Bytes, Unread> {
        let mut share = Share {
            reader: self,
            bytes: 0,
        };
        let mut bytes = BytesMut::new();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Unread::Broken)?;
            let Ok(data) = frame.into_data() else {
                continue;
            };
            if bytes.len() + data.len() > self.each {
                return Err(Unread::TooLarge);
            }
            share.take(data.len())?;
            bytes.extend_from_slice(&data);
        }
        Ok(bytes.freeze())
    }
}

impl Unread {
    /// The status, the code and the message of the answer; nothing where nobody waits for one.
    pub(super) fn refusal(&self) -> Option<(StatusCode, &'static str, &'static str)> {
        match self {
            Self::TooLarge => Some((
                StatusCode::PAYLOAD_TOO_LARGE,
                "bodyTooLarge",
                "the body is larger than the server reads",
            )),
            Self::TooMany => Some((
                StatusCode::SERVICE_UNAVAILABLE,
                "tooManyBodies",
                "the server reads as many bodies as it can hold",
            )),
            Self::Broken => None,
        }
    }
}

impl Share<'_> {
    fn take(&mut self, bytes: usize) -> Result<(), Unread> {
        self.bytes += bytes;
        let before = self.reader.held.fetch_add(bytes, Ordering::Relaxed);
        match before + bytes > self.reader.all {
            true => Err(Unread::TooMany),
            false => Ok(()),
        }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        self.reader.held.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}
