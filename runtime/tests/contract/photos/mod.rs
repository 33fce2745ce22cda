//! A client as docwright generates it, written by hand and small: what the runtime promises to
//! generated code is compiled and used here.

#![expect(unreachable_pub, reason = "generated modules are those of a library")]

mod client;
pub mod operations;
pub mod paths;
pub mod resources;
mod routes;

pub use client::Client;
pub use routes::{AnyRoute, Route};
