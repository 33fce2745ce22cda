//! What the last run made, so that the next one makes only what is new.
//!
//! The cache is one small [`Record`] in the target folder: a digest of everything that the run read,
//! and for each file that it made, what that was made of and what its text was. The texts
//! themselves are in the output folder, which has to be read anyway to see what differs there.
//!
//! A cache never changes what comes out: a record that cannot be read, is damaged or is of another
//! build is no record, and a text is only taken from the output folder where it is the very text
//! that was made of the very same.

mod folder;
mod identity;
mod known;
mod reads;
mod record;
mod seal;
mod stamps;

pub(crate) use folder::{Cache, Kept};
pub(crate) use identity::Inputs;
pub(crate) use known::Known;
pub(crate) use reads::{Key, Reads};
pub(crate) use record::{Entry, MadeOf, Record};
