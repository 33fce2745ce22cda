//! What the last run made, so that the next one makes only what is new.
//!
//! The cache is one small [`Record`] in the target folder: a digest of everything that the run read,
//! and for each file that it made, what that was made of and what its text was. The texts
//! themselves are in the output folder, where those that need not be made again stay. Beside the record lies
//! what was seen of the files in both folders, so that a file which nobody has touched is not read.
//!
//! A cache never changes what comes out: a record that cannot be read, is damaged or is of another
//! build is no record, and a file is only left as it is where it has the very text that was made of
//! the very same.

mod folder;
mod identity;
mod known;
mod pages;
mod reads;
mod record;
mod seal;
mod stamps;

pub(crate) use folder::{Cache, Kept};
pub(crate) use identity::Inputs;
pub(crate) use known::Known;
pub(crate) use pages::Pages;
pub(crate) use reads::{Key, Reads};
pub(crate) use record::{Entry, MadeOf, Record};
