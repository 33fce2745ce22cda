use docwright_client::{
    DateTimeOffset, Decimal, Properties, Property, PropertyReader, PropertyWriter, Resource,
};

#[derive(Clone, Default, PartialEq)]
pub struct ProfilePhoto {
    pub height: Property<i32>,
    pub id: Property<String>,
    pub width: Property<i32>,
    pub other: Properties,
}

impl Resource for ProfilePhoto {
    const TYPE: &str = "microsoft.graph.profilePhoto";

    fn read_properties<R: PropertyReader>(&mut self, reader: R) -> R {
        reader
            .property("height", &mut self.height)
            .property("id", &mut self.id)
            .property("width", &mut self.width)
    }

    fn write_properties<W: PropertyWriter>(&self, writer: W) -> W {
        writer
            .property("height", &self.height)
            .property("id", &self.id)
            .property("width", &self.width)
    }

    fn other(&self) -> &Properties {
        &self.other
    }

    fn other_mut(&mut self) -> &mut Properties {
        &mut self.other
    }
}

docwright_client::resource!(ProfilePhoto);

#[derive(Clone, Default, PartialEq)]
pub struct User {
    pub balance: Property<Decimal>,
    pub created: Property<DateTimeOffset>,
    pub kind: Property<UserKind>,
    pub manager: Property<Box<User>>,
    pub name: Property<String>,
    pub photos: Property<Vec<ProfilePhoto>>,
    pub other: Properties,
}

impl Resource for User {
    const TYPE: &str = "microsoft.graph.user";

    fn read_properties<R: PropertyReader>(&mut self, reader: R) -> R {
        reader
            .property("balance", &mut self.balance)
            .property("created", &mut self.created)
            .property("kind", &mut self.kind)
            .property("manager", &mut self.manager)
            .property("name", &mut self.name)
            .property("photos", &mut self.photos)
    }

    fn write_properties<W: PropertyWriter>(&self, writer: W) -> W {
        writer
            .property("balance", &self.balance)
            .property("created", &self.created)
            .property("kind", &self.kind)
            .property("manager", &self.manager)
            .property("name", &self.name)
            .property("photos", &self.photos)
    }

    fn other(&self) -> &Properties {
        &self.other
    }

    fn other_mut(&mut self) -> &mut Properties {
        &mut self.other
    }
}

docwright_client::resource!(User);

docwright_client::words! {
    pub enum UserKind {
        Member = "member" at "docs/user.md:9",
        Guest = "guest" at "docs/user.md:10",
    }
}
