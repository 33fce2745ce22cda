//! The API of `docs-src` as its pages say it now.
//!
//! The build script has just compiled it: an edited page shows here at once, in `cargo check` as
//! in an editor, before `cargo xtask regen` brings `generated/` up to it.

include!(concat!(env!("OUT_DIR"), "/api.rs"));

pub use api::*;
