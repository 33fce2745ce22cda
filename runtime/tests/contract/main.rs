//! The contract between generated code and the runtime, from the side of generated code.

#[cfg(feature = "reqwest")]
mod batch;
#[cfg(feature = "reqwest")]
mod changes;
#[cfg(feature = "reqwest")]
mod host;
#[cfg(feature = "reqwest")]
mod loopback;
mod memory;
#[cfg(feature = "reqwest")]
mod monitor;
mod photos;
#[cfg(feature = "reqwest")]
mod upload;
