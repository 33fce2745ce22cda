//! The contract between generated code and the runtime, from the side of generated code.

#[cfg(feature = "reqwest")]
mod loopback;
mod memory;
mod photos;
