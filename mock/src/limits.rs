//! Bounds on what clients can make a server keep.

use std::time::Duration;

/// Bounds on what clients can make a server keep, and on how long they may take.
///
/// What is over a bound is refused with an error or with the end of the connection; connections
/// over theirs wait until others have ended.
///
/// ```
/// use docwright_mock::Limits;
///
/// let limits = Limits { body_bytes: 64 << 20, ..Limits::default() };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many connections are served at a time.
    pub connections: usize,
    /// How long a client may take for the head of a request, and between two requests.
    pub head_time: Duration,
    /// How long a client may take for a body.
    pub body_time: Duration,
    /// How long a client may leave an answer standing without taking anything of it.
    pub answer_time: Duration,
    /// How many bytes the head of a request may have; 8,192 where it is less.
    pub head_bytes: usize,
    /// How many bytes a body may have.
    pub body_bytes: usize,
    /// How many bytes the bodies of all requests may have that are read at a time.
    pub all_bodies_bytes: usize,
    /// How many bytes of JSON are kept of what requests create and change.
    pub state_bytes: usize,
}

impl Default for Limits {
    /// 4,096 connections; 10 seconds for a head and 30 for a body or an answer; 64 KiB for a head, 8 MiB
    /// for a body, 256 MiB for all of them; 64 MiB for what is kept.
    fn default() -> Self {
        Self {
            connections: 4096,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(30),
            answer_time: Duration::from_secs(30),
            head_bytes: 64 << 10,
            body_bytes: 8 << 20,
            all_bodies_bytes: 256 << 20,
            state_bytes: 64 << 20,
        }
    }
}
