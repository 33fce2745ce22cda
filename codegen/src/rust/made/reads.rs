//! What a file is made of: the things of the API that it asks for while it is made.
//!
//! A later run need not make a file again of which no such thing has changed. So that none can be
//! forgotten, it is noted where it is asked for, by the [`View`](super::view::View) of the API and by
//! the tables of names and paths, and not told by the file. A file is made on one thread from
//! beginning to end, and that thread keeps the notes: passed from hand to hand, they would be an
//! argument of every function that writes a line of code.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::model::{EnumId, OperationId, ResourceId, RouteId};

/// A thing that a file may be made of. What a thing is called in the crate is one of its own: most
/// files that name a type do not care what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::rust) enum Thing {
    Operation(OperationId),
    OperationNames(OperationId),
    /// The lists of an operation's permissions, which are made of it and of its routes.
    Permissions(OperationId),
    Route(RouteId),
    RouteName(RouteId),
    Resource(ResourceId),
    ResourceName(ResourceId),
    /// What a resource extends, and what extends it.
    Inheritance(ResourceId),
    Enumeration(EnumId),
    EnumerationName(EnumId),
    /// A type of paths, by its index.
    Path(usize),
    PathName(usize),
    /// The API as a whole.
    All,
}

thread_local! {
    static NOTES: RefCell<Option<BTreeSet<Thing>>> = const { RefCell::new(None) };
}

/// Notes that a thing was asked for, where anybody wants to know.
pub(in crate::rust) fn note(thing: Thing) {
    NOTES.with_borrow_mut(|notes| {
        if let Some(notes) = notes {
            notes.insert(thing);
        }
    });
}

/// What `make` gives, and what it asked for.
pub(in crate::rust) fn noted<T>(make: impl FnOnce() -> T) -> (T, BTreeSet<Thing>) {
    NOTES.set(Some(BTreeSet::new()));
    let made = make();
    (made, NOTES.take().unwrap_or_default())
}
