//! Path templates: the part of a route behind the base URL.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use smol_str::SmolStr;

/// A documented path, such as `/users/{user-id}/photo/$value`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathTemplate {
    /// What stands between the slashes.
    pub segments: Vec<Segment>,
}

/// One segment of a path template.
#[derive(Clone, Debug, Eq, PartialOrd, Ord)]
pub struct Segment {
    /// What the segment means to the service.
    pub kind: SegmentKind,
    /// Fixed text and parameters in the order in which they are written. The routes of one place begin
    /// with the same segments, and share what these are made of.
    pub pieces: Arc<[Piece]>,
}

/// What a segment of a path means to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SegmentKind {
    /// A name: a collection, a singleton, a property or an action.
    Name,
    /// A parameter that stands alone and picks one thing out of a collection.
    Key,
    /// A call with arguments in parentheses, such as `range(address='{address}')`.
    Function,
    /// A qualified type name, which asks for a derived type, or a qualified action.
    Cast,
    /// One of OData's own segments: `$value`, `$ref`, `$count`…
    System,
    /// A piece of a path by name between colons, such as `root:` or `{item-path}:`.
    ColonPath,
}

/// A part of a segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece {
    /// Text that is written as it stands: short, as names in paths are, so that it takes no memory of
    /// its own.
    Literal(SmolStr),
    /// A value that the caller gives.
    Parameter(PathParameter),
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

impl PathTemplate {
    /// The parameters in the order in which they stand in the path.
    pub fn parameters(&self) -> impl Iterator<Item = &PathParameter> {
        self.segments.iter().flat_map(Segment::parameters)
    }
}

impl Segment {
    /// A segment of some pieces.
    pub fn new(kind: SegmentKind, pieces: impl Into<Arc<[Piece]>>) -> Self {
        let pieces = pieces.into();
        Self { kind, pieces }
    }

    /// A name.
    pub fn name(text: &str) -> Self {
        Self::new(SegmentKind::Name, [Piece::Literal(text.into())])
    }

    /// Adds fixed text at the end.
    pub fn push_text(&mut self, text: &str) {
        let mut pieces = self.pieces.to_vec();
        match pieces.last_mut() {
            Some(Piece::Literal(last)) => *last = [last, text].concat().into(),
            _ => pieces.push(Piece::Literal(text.into())),
        }
        self.pieces = pieces.into();
    }

    /// The parameters in the order in which they stand in the segment.
    pub fn parameters(&self) -> impl Iterator<Item = &PathParameter> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Parameter(parameter) => Some(parameter),
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

    /// The parameter of a segment that is nothing else.
    pub fn key(&self) -> Option<&PathParameter> {
        match &*self.pieces {
            [Piece::Parameter(parameter)] => Some(parameter),
            _ => None,
        }
    }
}

impl PartialEq for Segment {
    fn eq(&self, other: &Self) -> bool {
        // What two segments share need not be looked at.
        let are_one = Arc::ptr_eq(&self.pieces, &other.pieces);
        self.kind == other.kind && (are_one || self.pieces == other.pieces)
    }
}

impl Hash for Segment {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.kind, &self.pieces).hash(state);
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
