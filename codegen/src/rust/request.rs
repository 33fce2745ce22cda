//! `src/request.rs`: the type of all requests.

use super::docs::Docs;
use super::file::{Pages, RustFile};

/// The file with the type of requests, which only this crate can give methods of its own.
pub(super) fn file() -> RustFile {
    RustFile {
        path: "src/request.rs".to_owned(),
        pages: Pages::All,
        docs: Docs::new().text("Requests for the operations of the API."),
        tail:
            "docwright_client::requests! {\n    /// A request for an operation: a value that can \
               be changed, cloned, and sent by awaiting it.\n    pub struct Request;\n}\n"
                .to_owned(),
        ..RustFile::default()
    }
}
