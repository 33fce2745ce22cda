//! The words that pages and the model share: what a path, the target of a request, the call of a function, the name of a type, a
//! primitive type, a query option, a kind of caller, a client's own header, a token of HTTP, a media type and a JSON
//! value are, and what a status is called, whoever speaks of them.

mod call;
mod headers;
mod json;
mod media_type;
mod path;
mod permission_kind;
mod primitive;
mod query_option;
mod reason;
mod scopes;
mod target;
mod token;
mod type_name;

pub use call::{Argument, Call};
pub(crate) use call::{is_argument_name, split_arguments};
pub use headers::{is_api_key, is_clients_own};
pub use json::{Json, Kind, Number};
pub use media_type::{essence, is_json};
pub use path::{Encoding, PathParameter, PathTemplate, Piece, Pieces, Segment, SegmentKind};
pub use permission_kind::PermissionKind;
pub use primitive::{Primitive, is_guid};
pub use query_option::QueryOption;
pub(crate) use reason::{reason, status_called};
pub use scopes::Scopes;
pub(crate) use target::{is_whole_url, origin, split_query, without_spaces};
pub(crate) use token::is_token;
pub use type_name::{Name, TypeName};
pub(crate) use type_name::{is_keyed, is_qualified, is_type_name, split_name};
