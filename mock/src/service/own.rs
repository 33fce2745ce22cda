//! What the server answers at paths that no page documents.

use bytes::Bytes;
use docwright::model::RouteDifference;
use docwright::routing::Found;
use http::{Request, Response};

use super::Service;
use super::call::Call;
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

    /// The answer to a request that goes where an answer of this server has led. Nothing documented is there, whatever
    /// a route may have for its segments.
    pub(super) fn follow_up(&self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        self.upload(request).or_else(|| self.progress(request))
    }

    /// The documented route that a link of an answer leads to, with the path behind the base URL; nothing where
    /// it leads to another host, or to a place that only types tell of.
    pub(super) fn documented_at<'l>(
        &self,
        method: &str,
        link: &'l str,
        call: &Call<'_>,
    ) -> Option<(&'l str, Found)> {
        let path = link.split(['?', '#']).next()?;
        let own = path.strip_prefix(call.home());
        let path = own.or_else(|| path.starts_with('/').then_some(path))?;
        let found = self.locator.find(&self.api, method, path)?;
        let is_itself = |difference: &RouteDifference| {
            let beside = [
                RouteDifference::KeyInParentheses,
                RouteDifference::SignedInUser,
            ];
            beside.contains(difference)
        };
        let difference = found.1.difference.as_ref();
        difference.is_none_or(is_itself).then_some(found)
    }
}
