//! What the server answers at paths that no page documents.

use bytes::Bytes;
use http::{Request, Response};

use super::Service;
use crate::explorer::{Explorer, Subject};

impl Service {
    /// The answer of the server's own to a request; nothing where it has none. A documented route
    /// goes before it, save that of a batch.
    pub(super) fn own(&self, request: &Request<Bytes>, origin: &str) -> Option<Response<Bytes>> {
        let path = request.uri().path();
        if self.is_batch(request) {
            return Some(self.batch(request, origin));
        }
        if Explorer::is_asked(path, request.headers()) {
            let subject = Subject {
                api: &self.api,
                base_path: self.base_path(),
                find: &|method, path| Some(self.locator.find(&self.api, method, path)?.1),
            };
            return self.explorer.answer(&subject, request);
        }
        None
    }
}
