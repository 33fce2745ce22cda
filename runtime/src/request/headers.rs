//! Headers that any request may carry, whether its page documents them or not.

use std::ops::{Bound, RangeBounds};

use http::header::{IF_MATCH, IF_NONE_MATCH, RANGE};

use super::Request;
use crate::{Error, ErrorKind};

impl<T> Request<T> {
    /// `Prefer`: adds a preference, such as `return=minimal`, to those that are there (RFC 7240).
    pub fn prefer(self, preference: impl AsRef<str>) -> Self {
        let present = self.headers().get("prefer");
        match present.and_then(|value| value.to_str().ok()) {
            Some(present) => {
                let both = format!("{present}, {}", preference.as_ref());
                self.header("Prefer", both)
            }
            None => self.header("Prefer", preference),
        }
    }

    /// `Prefer: odata.maxpagesize`: at most so many items a page (OData 4.01, section 8.2.8.5).
    pub fn max_page_size(self, items: u32) -> Self {
        self.prefer(format!("odata.maxpagesize={items}"))
    }

    /// `If-Match`: only if what is there still has this entity tag (RFC 9110, section 13.1.1).
    ///
    /// Tags come in answers as the header `ETag` or the property `@odata.etag`.
    pub fn if_match(self, tag: impl AsRef<str>) -> Self {
        self.header(IF_MATCH.as_str(), tag)
    }

    /// `If-None-Match`: only if what is there has another entity tag (RFC 9110, section 13.1.2).
    pub fn if_none_match(self, tag: impl AsRef<str>) -> Self {
        self.header(IF_NONE_MATCH.as_str(), tag)
    }

    /// `Range`: only these bytes, counted from zero (RFC 9110, section 14.2).
    ///
    /// A service that gives them answers `206 Partial Content` with a `Content-Range` header; one
    /// that does not answers `200` with all bytes.
    pub fn range(mut self, bytes: impl RangeBounds<u64>) -> Self {
        let first = match bytes.start_bound() {
            Bound::Included(&first) => Some(first),
            Bound::Excluded(&before) => before.checked_add(1),
            Bound::Unbounded => Some(0),
        };
        let last = match bytes.end_bound() {
            Bound::Included(&last) => Some(Some(last)),
            Bound::Excluded(&end) => end.checked_sub(1).map(Some),
            Bound::Unbounded => Some(None),
        };
        match (first, last) {
            (Some(first), Some(None)) => self.header(RANGE.as_str(), format!("bytes={first}-")),
            (Some(first), Some(Some(last))) if first <= last => {
                self.header(RANGE.as_str(), format!("bytes={first}-{last}"))
            }
            _ => {
                let message = "the range has no byte";
                self.fault(Error::new(ErrorKind::InvalidParameter, message));
                self
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Body, Client, MemoryTransport, Method, Operation, Request};

    static OPERATION: Operation = Operation {
        name: "Get photo",
        method: Method::GET,
        doc: "docs-src/api/photo-get.md:12",
        idempotent: false,
    };

    fn request() -> Request<Body> {
        let nowhere = MemoryTransport::new(|_| http::Response::new(""));
        let client = Client::builder("https://api.example.com").transport(nowhere);
        let client: Client = client.build().unwrap();
        Request::new(&OPERATION, &client.root())
    }

    #[test]
    fn ranges_are_written_inclusive_and_empty_ones_refused() {
        let cases = [
            (request().range(0..26), "bytes=0-25"),
            (request().range(5..=5), "bytes=5-5"),
            (request().range(26..), "bytes=26-"),
            (request().range(..10), "bytes=0-9"),
            (request().range(..), "bytes=0-"),
        ];
        for (request, expected) in cases {
            assert_eq!(request.headers()["range"], expected);
        }
        for empty in [request().range(5..5), request().range(..0)] {
            let error = empty.into_http().unwrap_err();
            assert!(error.to_string().contains("the range has no byte"));
        }
    }

    #[test]
    fn preferences_add_up() {
        let request = request().prefer("return=minimal").max_page_size(2);
        assert_eq!(
            request.headers()["prefer"],
            "return=minimal, odata.maxpagesize=2"
        );
        assert_eq!(request.headers().get_all("prefer").iter().count(), 1);
    }
}
