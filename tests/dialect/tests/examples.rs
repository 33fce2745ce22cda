//! The documented examples of all cases, each made by the client over a loopback connection.

include!(concat!(env!("OUT_DIR"), "/examples.rs"));
