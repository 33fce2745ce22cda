//! JSON held against the types of an API: which properties an object may have, and which values they
//! may take.
//!
//! Whoever has JSON asks here, be it the body of an example, of a request or of an answer, and each
//! says in its own words what departs. Values are read by way of [`Json`], so that a reader of JSON
//! that knows where things are serves as well as one that does not.
//!
//! ```
//! use docwright::conformance::{Fault, Types, Walk};
//! use docwright::model::Type;
//! use docwright::{read_files, source::SourceFile};
//!
//! let rows = ["# user resource type", "## Properties", "|Property|Type|", "|:-|:-|", "|age|Int32|"];
//! let page = SourceFile::new("user.md", rows.join("\n"));
//! let api = read_files(vec![page], Vec::new()).api;
//! let types = Types::new(&api);
//! let user = types.find("user", None).map(Type::single);
//!
//! let value = serde_json::json!({ "age": "36", "name": "Ada" });
//! let mut found = Vec::new();
//! Walk::new(&types, &mut |departure| {
//!     let what = match departure.fault {
//!         Fault::UnknownProperty(_) => "unknown",
//!         _ => "wrong",
//!     };
//!     found.push((departure.path.to_string(), what));
//! })
//! .value("", &value, user);
//! assert_eq!(found, [("$.age".to_owned(), "wrong"), ("$.name".to_owned(), "unknown")]);
//! ```

mod path;
mod representation;
mod types;
mod walk;

pub use crate::vocabulary::{Json, Kind, Number};
pub use path::{JsonPath, Step};
pub use representation::is_written_as;
pub use types::Types;
pub use walk::{COUNT, Departure, Fault, Owner, Shape, Walk};
