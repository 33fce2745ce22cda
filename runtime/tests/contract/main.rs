//! The contract between generated code and the runtime, from the side of generated code.

#[cfg(feature = "azure")]
mod azure;
#[cfg(all(feature = "blocking", feature = "reqwest"))]
mod blocking;
#[cfg(feature = "reqwest")]
mod loopback;
mod memory;
mod photos;
#[cfg(feature = "reqwest")]
mod retry;
#[cfg(feature = "reqwest")]
mod service;
#[cfg(all(feature = "tracing", feature = "reqwest"))]
mod spans;
#[cfg(feature = "reqwest")]
mod tokens;
