use docwright_client::{DateTimeOffset, Decimal, Properties, Property};

pub struct ProfilePhoto {
    pub height: Property<i32>,
    pub id: Property<String>,
    pub width: Property<i32>,
    pub other: Properties,
}

docwright_client::resource! {
    ProfilePhoto = "microsoft.graph.profilePhoto" {
        height: "height",
        id: "id",
        width: "width",
    }
}

pub struct PhotoPage {
    pub photos: Property<Vec<ProfilePhoto>>,
    pub next: Property<String>,
    pub other: Properties,
}

impl docwright_client::Page for PhotoPage {
    type Item = ProfilePhoto;

    fn next_link(&self) -> docwright_client::Result<Option<&str>> {
        let items = (&self.photos, "photos");
        let link = (&self.next, "next");
        docwright_client::macros::page_link(items, link, &self.other)
    }

    fn into_items(self) -> Vec<ProfilePhoto> {
        self.photos.into_value().unwrap_or_default()
    }
}

docwright_client::resource! {
    PhotoPage = "microsoft.graph.photoPage" {
        photos: "photos",
        next: "next",
    }
}

pub struct User {
    pub balance: Property<Decimal>,
    pub created: Property<DateTimeOffset>,
    pub kind: Property<UserKind>,
    pub manager: Property<Box<User>>,
    pub name: Property<String>,
    pub photos: Property<Vec<ProfilePhoto>>,
    pub other: Properties,
}

docwright_client::resource! {
    User = "microsoft.graph.user" {
        balance: "balance",
        created: "created",
        kind: "kind",
        manager: "manager",
        name: "name",
        photos: "photos",
    }
}

docwright_client::words! {
    pub enum UserKind {
        Member = "member",
        Guest = "guest",
    }
}
