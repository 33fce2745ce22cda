//! The path by which a thing is kept: that of its route, with names as they are documented and values
//! escaped, so that a thing has one path and two things have two.

use std::borrow::Cow;

use docwright::model::{Piece, Segment};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What of a value is escaped: whatever means something in a path.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The place where segments lead with values for their parameters.
pub(super) fn of(segments: &[Segment], values: &[String]) -> String {
    let mut values = values.iter();
    let mut place = String::new();
    for segment in segments {
        place.push('/');
        if let Some(collection) = segment.collection() {
            let id = values.next().map_or(Cow::default(), |value| key(value));
            place.extend([collection, "/", &*id]);
            continue;
        }
        place.extend(segment.pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => Cow::from(text.as_str()),
            Piece::Parameter(_) => values.next().map_or(Cow::default(), |value| key(value)),
        }));
    }
    place
}

/// The place of the thing with an id in a collection.
pub(super) fn below(collection: &str, id: &str) -> String {
    format!("{collection}/{}", key(id))
}

/// An id as the last segment of a place.
pub(super) fn key(id: &str) -> Cow<'_, str> {
    utf8_percent_encode(id, ESCAPED).into()
}

/// Whether the last segment of a place is an id, and not the call of a function.
pub(super) fn is_key(segment: &str) -> bool {
    !segment.contains(['/', '('])
}

/// The place of what a thing belongs to.
pub(super) fn parent(place: &str) -> Option<&str> {
    place.rfind('/').map(|at| &place[..at])
}
