//! What OData lets one ask of any place, whether or not a page documents it.

use super::Request;
use crate::route::encode;
use crate::{Body, Error, ErrorKind};

impl<T> Request<T> {
    /// Asks for the items of a derived type alone, or for a thing as one of that type:
    /// `/microsoft.graph.user` (OData URL conventions 4.01, section 4.11).
    pub fn cast(self, type_name: impl AsRef<str>) -> Self {
        self.behind(type_name.as_ref())
    }

    /// Asks how many items there are, and not for the items: `/$count` (section 4.8).
    ///
    /// Services answer with a number as plain text.
    pub fn count_only(self) -> Request<i64> {
        self.behind("$count").read_as()
    }

    /// Asks for the bytes that a thing stands for, and not for its properties: `/$value` (sections
    /// 4.7 and 4.12).
    pub fn raw_value(self) -> Request<Body> {
        self.behind("$value").read_as()
    }

    /// Asks for one property of a thing, and not for the thing: `/displayName` (section 4.6).
    ///
    /// The answer is handed over as it comes: an object whose `value` is that of the property, or the
    /// bytes of a stream.
    pub fn property(self, name: impl AsRef<str>) -> Request<Body> {
        self.behind(name.as_ref()).read_as()
    }

    /// The same request, whose answer is handed over as it comes: for a service that answers with
    /// something else than is documented.
    pub fn untyped(self) -> Request<Body> {
        self.read_as()
    }

    /// Adds a segment to the path, in front of a query that a link to a further page has.
    ///
    /// The name of a property may come from elsewhere, and must not lead to another place either.
    fn behind(mut self, segment: &str) -> Self {
        if encode::vanishes(segment.as_bytes()) {
            let message =
                format!("a segment behind the path would be {segment:?}, which a URL cannot hold");
            self.fault(Error::new(ErrorKind::InvalidParameter, message));
        }
        let mut added = String::from("/");
        match segment.strip_prefix('$') {
            Some(name) => {
                added.push('$');
                encode::segment(name, &mut added);
            }
            None => encode::segment(segment, &mut added),
        }
        let url = &mut self.parts.url;
        let end = url.find('?').unwrap_or(url.len());
        url.insert_str(end, &added);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Client, Json, MemoryTransport, Method, Operation};
    use http::header::ACCEPT;

    const LIST: Operation = Operation {
        name: "List members",
        method: Method::GET,
        doc: "docs-src/api/members.md:3",
        idempotent: false,
    };

    #[test]
    fn segments_stand_behind_the_path_and_in_front_of_the_query() {
        let silent = MemoryTransport::new(|_| http::Response::new(""));
        let client = Client::builder("https://api.example.com/v1").transport(silent);
        let client: Client = client.build().unwrap();
        let path = client.root().literal("members");
        let members = || Request::<Json>::new(&LIST, &path).top(5);
        let base = "https://api.example.com/v1/members";
        assert_eq!(
            members().cast("example.user").url(),
            format!("{base}/example.user?$top=5")
        );
        let count = members().cast("example.user/x").count_only();
        assert_eq!(
            count.url(),
            format!("{base}/example.user%2Fx/$count?$top=5")
        );
        assert_eq!(count.headers()[ACCEPT], "text/plain");
        assert_eq!(
            members().property("a/b").url(),
            format!("{base}/a%2Fb?$top=5")
        );
        assert_eq!(members().raw_value().url(), format!("{base}/$value?$top=5"));
        for name in ["", ".", ".."] {
            let error = members().property(name).into_http().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{name:?}");
            assert!(members().cast(name).into_http().is_err(), "{name:?}");
        }
    }
}
