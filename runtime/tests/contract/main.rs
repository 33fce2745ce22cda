//! The contract between generated code and the runtime, from the side of generated code.

mod answers;
#[cfg(feature = "azure")]
mod azure;
#[cfg(feature = "reqwest")]
mod batch;
#[cfg(all(feature = "blocking", feature = "reqwest"))]
mod blocking;
#[cfg(feature = "reqwest")]
mod changes;
mod collections;
#[cfg(feature = "reqwest")]
mod host;
mod limits;
#[cfg(feature = "reqwest")]
mod loopback;
mod memory;
#[cfg(feature = "reqwest")]
mod monitor;
#[cfg(feature = "reqwest")]
mod pages;
mod photos;
mod redirects;
mod requests;
#[cfg(feature = "reqwest")]
mod retry;
mod routes;
#[cfg(feature = "reqwest")]
mod service;
#[cfg(all(feature = "tracing", feature = "reqwest"))]
mod spans;
#[cfg(feature = "reqwest")]
mod tokens;
#[cfg(feature = "reqwest")]
mod upload;
