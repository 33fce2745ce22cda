use docwright_client::{Body, Collection, Endpoint, Json, Method, Operation, option};

use super::resources::{PhotoPage, ProfilePhoto, User};

docwright_client::requests! {
    /// A request for an operation of the pages.
    pub struct Request;
}

macro_rules! operations {
    ($($name:ident($output:ty) $title:literal $method:ident;)*) => {$(
        pub enum $name {}

        impl Endpoint for $name {
            type Output = $output;

            const OPERATION: &'static Operation = &Operation {
                name: $title,
                method: Method::$method,
                doc: "docs-src/api/photo.md:1",
                idempotent: false,
            };
        }
    )*};
}

operations! {
    GetProfilePhoto(ProfilePhoto) "Get profilePhoto" GET;
    GetPhotoValue(Body) "Get photo value" GET;
    UpdatePhotoValue(()) "Update photo value" PUT;
    UpdateUser(User) "Update user" PATCH;
    ListUsers(Collection<User>) "List users" GET;
    ListPhotos(PhotoPage) "List photos" GET;
    GetRange(Json) "Get range" GET;
}

impl option::Select for GetProfilePhoto {}
impl option::Filter for ListUsers {}

impl Request<GetProfilePhoto> {
    pub fn if_none_match(self, value: impl AsRef<str>) -> Self {
        self.header("If-None-Match", value)
    }
}
