use docwright_client::{
    DateTimeOffset, Decimal, MapAccess, Properties, Property, Resource, SerializeMap,
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProfilePhoto {
    pub height: Property<i32>,
    pub id: Property<String>,
    pub width: Property<i32>,
    pub other: Properties,
}

impl Resource for ProfilePhoto {
    const TYPE: &str = "microsoft.graph.profilePhoto";

    fn read_property<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        value: &mut A,
    ) -> Result<bool, A::Error> {
        match name {
            "height" => self.height = value.next_value()?,
            "id" => self.id = value.next_value()?,
            "width" => self.width = value.next_value()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn write_properties<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.height.write("height", map)?;
        self.id.write("id", map)?;
        self.width.write("width", map)
    }

    fn other(&self) -> &Properties {
        &self.other
    }

    fn other_mut(&mut self) -> &mut Properties {
        &mut self.other
    }
}

docwright_client::resource!(ProfilePhoto);

#[derive(Clone, Debug, Default, PartialEq)]
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

    fn read_property<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        value: &mut A,
    ) -> Result<bool, A::Error> {
        match name {
            "balance" => self.balance = value.next_value()?,
            "created" => self.created = value.next_value()?,
            "kind" => self.kind = value.next_value()?,
            "manager" => self.manager = value.next_value()?,
            "name" => self.name = value.next_value()?,
            "photos" => self.photos = value.next_value()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn write_properties<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.balance.write("balance", map)?;
        self.created.write("created", map)?;
        self.kind.write("kind", map)?;
        self.manager.write("manager", map)?;
        self.name.write("name", map)?;
        self.photos.write("photos", map)
    }

    fn other(&self) -> &Properties {
        &self.other
    }

    fn other_mut(&mut self) -> &mut Properties {
        &mut self.other
    }
}

docwright_client::resource!(User);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum UserKind {
    Member,
    Guest,
    Other(String),
}

impl UserKind {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Member => "member",
            Self::Guest => "guest",
            Self::Other(word) => word,
        }
    }
}

impl From<&str> for UserKind {
    fn from(word: &str) -> Self {
        match word {
            "member" => Self::Member,
            "guest" => Self::Guest,
            other => Self::Other(other.to_owned()),
        }
    }
}

docwright_client::text_enum!(UserKind);
