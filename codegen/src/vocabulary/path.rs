//! Path templates: the part of a route behind the base URL.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::ptr;
use std::slice;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::words::{folded, same_folded};

/// A documented path, such as `/users/{user-id}/photo/$value`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathTemplate {
    /// What stands between the slashes.
    pub segments: Vec<Segment>,
}

/// One segment of a path template.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Segment {
    /// What the segment means to the service.
    pub kind: SegmentKind,
    /// Fixed text and parameters in the order in which they are written.
    pub pieces: Pieces,
}

/// What a segment of a path means to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SegmentKind {
    /// A name: a collection, a singleton, a property or an action.
    Name,
    /// A parameter that stands alone and picks one thing out of a collection.
    Key,
    /// A collection with the key of one of its things in parentheses, such as `orders({order-id})` (OData URL
    /// conventions 4.01, section 4.3.1).
    Item,
    /// A call with arguments in parentheses, such as `range(address='{address}')`.
    Function,
    /// A qualified type name, which asks for a derived type, or a qualified action.
    Cast,
    /// One of OData's own segments: `$value`, `$ref`, `$count`…
    System,
    /// A piece of a path by name between colons, such as `root:` or `{item-path}:`.
    ColonPath,
}

/// The pieces of a segment: a slice of them.
#[derive(Clone, Debug)]
pub enum Pieces {
    /// The one of most segments, which takes no memory of its own.
    One(Piece),
    /// The routes of one place begin with the same segments, and share these.
    Shared(Arc<[Piece]>),
}

/// A part of a segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece {
    /// Text that is written as it stands: short, as names in paths are, so that it takes no memory of
    /// its own.
    Literal(SmolStr),
    /// A value that the caller gives: in memory of its own, since most pieces are text, which takes less.
    Parameter(Box<PathParameter>),
}

/// A value in a path that the caller gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathParameter {
    /// The name in the template, unique within it: `user-id`.
    pub name: SmolStr,
    /// The names under which pages document it: `id`, `userPrincipalName`.
    pub documented: Vec<SmolStr>,
    /// How a value is written into the path.
    pub encoding: Encoding,
}

/// How the value of a path parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// Percent-encoded so that it cannot leave its segment.
    Segment,
    /// Between single quotes that the template writes: quotes in the value are doubled, as the
    /// OData URL conventions say (section 5.1.1.6.1), and the rest percent-encoded.
    Quoted,
    /// A path by name that may span several segments: its slashes stay.
    Path,
}

impl PathParameter {
    /// Whether pages have a name for it, which they write in any case.
    pub fn is_called(&self, name: &str) -> bool {
        let mut names = std::iter::once(&self.name).chain(&self.documented);
        names.any(|known| same_folded(known, name))
    }

    /// The names that pages have for it, as [`folded`] makes one of all spellings.
    pub(crate) fn folded_names(&self) -> impl Iterator<Item = String> {
        let names = std::iter::once(&self.name).chain(&self.documented);
        names.map(|name| folded(name))
    }
}

impl PathTemplate {
    /// How many segments a path may have: more than any documented one, and few enough to go through them
    /// one within the other.
    pub const MOST_SEGMENTS: usize = 128;

    /// How many pieces its segments may have between them, for the same reasons: a function may be called with many
    /// arguments in one of them.
    pub const MOST_PIECES: usize = 512;

    /// The parameters in the order in which they stand in the path.
    pub fn parameters(&self) -> impl Iterator<Item = &PathParameter> {
        self.segments.iter().flat_map(Segment::parameters)
    }
}

impl Segment {
    /// A segment of some pieces.
    pub fn new(kind: SegmentKind, pieces: impl Into<Arc<[Piece]>>) -> Self {
        let pieces = Pieces::Shared(pieces.into());
        Self { kind, pieces }
    }

    /// A name.
    pub fn name(text: &str) -> Self {
        Self {
            kind: SegmentKind::Name,
            pieces: Pieces::One(Piece::Literal(text.into())),
        }
    }

    /// Adds fixed text at the end.
    pub fn push_text(&mut self, text: &str) {
        let mut pieces = self.pieces.to_vec();
        match pieces.last_mut() {
            Some(Piece::Literal(last)) => *last = [last, text].concat().into(),
            _ => pieces.push(Piece::Literal(text.into())),
        }
        self.pieces = Pieces::Shared(pieces.into());
    }

    /// The parameters in the order in which they stand in the segment.
    pub fn parameters(&self) -> impl Iterator<Item = &PathParameter> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Parameter(parameter) => Some(&**parameter),
            Piece::Literal(_) => None,
        })
    }

    /// The text of a segment without parameters.
    pub fn literal(&self) -> Option<&str> {
        match &*self.pieces {
            [Piece::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// The name of the collection whose thing the segment picks with a key in parentheses.
    pub fn collection(&self) -> Option<&str> {
        match self.pieces.first() {
            Some(Piece::Literal(text)) if self.kind == SegmentKind::Item => {
                text.split_once('(').map(|(name, _)| name)
            }
            _ => None,
        }
    }

    /// The parameter of a segment that is nothing else.
    pub fn key(&self) -> Option<&PathParameter> {
        match &*self.pieces {
            [Piece::Parameter(parameter)] => Some(parameter),
            _ => None,
        }
    }
}

impl Pieces {
    /// The pieces, to be changed. Those that are shared stay as they are elsewhere.
    pub(crate) fn make_mut(&mut self) -> &mut [Piece] {
        match self {
            Self::One(piece) => slice::from_mut(piece),
            Self::Shared(pieces) => Arc::make_mut(pieces),
        }
    }
}

impl Deref for Pieces {
    type Target = [Piece];

    fn deref(&self) -> &[Piece] {
        match self {
            Self::One(piece) => slice::from_ref(piece),
            Self::Shared(pieces) => pieces,
        }
    }
}

impl PartialEq for Pieces {
    fn eq(&self, other: &Self) -> bool {
        // What two segments share need not be looked at.
        ptr::eq(&**self, &**other) || **self == **other
    }
}

impl Eq for Pieces {}

impl PartialOrd for Pieces {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pieces {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for Pieces {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.segments {
            write!(f, "/{segment}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Literal(text) => f.write_str(text),
            // What spans segments without a colon before it is marked as in RFC 6570.
            Piece::Parameter(parameter)
                if parameter.encoding == Encoding::Path && self.kind == SegmentKind::Key =>
            {
                write!(f, "{{+{}}}", parameter.name)
            }
            Piece::Parameter(parameter) => write!(f, "{{{}}}", parameter.name),
        })
    }
}
