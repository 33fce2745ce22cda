use docwright_client::{Body, Collection, Json, Method, Operation, Path, Request};

use super::resources::{ProfilePhoto, User};

macro_rules! operations {
    ($($name:ident($($output:tt)+) $title:literal $method:ident;)*) => {$(
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is awaited"]
        pub struct $name(Request<$($output)+>);

        impl $name {
            const OPERATION: Operation = Operation {
                name: $title,
                method: Method::$method,
                doc: "docs-src/api/photo.md:1",
                idempotent: false,
            };
        }

        docwright_client::operation!($name, $($output)+);
    )*};
}

operations! {
    GetProfilePhoto(ProfilePhoto) "Get profilePhoto" GET;
    GetPhotoValue(Body) "Get photo value" GET;
    UpdatePhotoValue(()) "Update photo value" PUT;
    UpdateUser(User) "Update user" PATCH;
    ListUsers(Collection<User>) "List users" GET;
    GetRange(Json) "Get range" GET;
}

impl GetProfilePhoto {
    pub(super) fn new(path: &Path) -> Self {
        Self(Request::new(&Self::OPERATION, path))
    }

    pub fn select(self, properties: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        Self(self.0.select(properties))
    }

    pub fn if_none_match(self, value: impl AsRef<str>) -> Self {
        Self(self.0.header("If-None-Match", value))
    }
}

impl GetPhotoValue {
    pub(super) fn new(path: &Path) -> Self {
        Self(Request::new(&Self::OPERATION, path))
    }
}

impl UpdatePhotoValue {
    pub(super) fn new(path: &Path, body: impl Into<Body>) -> Self {
        Self(Request::new(&Self::OPERATION, path).bytes("image/jpeg", body))
    }
}

impl UpdateUser {
    pub(super) fn new(path: &Path, body: &User) -> Self {
        Self(Request::new(&Self::OPERATION, path).json(body))
    }
}

impl ListUsers {
    pub(super) fn new(path: &Path) -> Self {
        Self(Request::new(&Self::OPERATION, path))
    }

    pub fn filter(self, condition: impl AsRef<str>) -> Self {
        Self(self.0.filter(condition))
    }

    pub fn into_request(self) -> Request<Collection<User>> {
        self.into()
    }
}

impl GetRange {
    pub(super) fn new(path: &Path) -> Self {
        Self(Request::new(&Self::OPERATION, path))
    }
}
