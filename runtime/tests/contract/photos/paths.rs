use docwright_client::{Body, Path};

use super::operations::{
    GetPhotoValue, GetProfilePhoto, GetRange, ListPhotos, ListUsers, Request, UpdatePhotoValue,
    UpdateUser,
};
use super::resources;

#[derive(Clone, Debug)]
pub struct Photos(pub(super) Path);

impl Photos {
    pub fn get(&self) -> Request<ListPhotos> {
        Request::new(&self.0)
    }
}

#[derive(Clone, Debug)]
pub struct Users(pub(super) Path);

impl Users {
    pub fn get(&self) -> Request<ListUsers> {
        Request::new(&self.0)
    }
}

#[derive(Clone, Debug)]
pub struct User(pub(super) Path);

impl User {
    pub fn photo(&self) -> Photo {
        Photo(self.0.literal("photo"))
    }

    pub fn range(&self, address: impl AsRef<str>) -> Range {
        let segment = "range(address='{address}')";
        Range(self.0.segment(segment, &[address.as_ref()]))
    }

    pub fn patch(&self, body: &resources::User) -> Request<UpdateUser> {
        Request::new(&self.0).json(body)
    }
}

#[derive(Clone, Debug)]
pub struct Range(pub(super) Path);

impl Range {
    pub fn get(&self) -> Request<GetRange> {
        Request::new(&self.0)
    }
}

#[derive(Clone, Debug)]
pub struct Photo(pub(super) Path);

impl Photo {
    pub fn value(&self) -> PhotoValue {
        PhotoValue(self.0.literal("$value"))
    }

    pub fn get(&self) -> Request<GetProfilePhoto> {
        Request::new(&self.0)
    }
}

#[derive(Clone, Debug)]
pub struct PhotoValue(pub(super) Path);

impl PhotoValue {
    pub fn get(&self) -> Request<GetPhotoValue> {
        Request::new(&self.0)
    }

    pub fn put(&self, body: impl Into<Body>) -> Request<UpdatePhotoValue> {
        Request::new(&self.0).bytes("image/jpeg", body)
    }
}
