//! The words that pages and the model share: what a path, a primitive type, a query option and a kind
//! of caller are, whoever speaks of them.

mod path;
mod permission_kind;
mod primitive;
mod query_option;

pub use path::{Encoding, PathParameter, PathTemplate, Piece, Segment, SegmentKind};
pub use permission_kind::PermissionKind;
pub use primitive::Primitive;
pub use query_option::QueryOption;
