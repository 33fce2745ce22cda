//! Values of the API as JSON has them, read and written without loss.

pub(crate) mod binary;
mod collection;
mod decimal;
mod derived;
mod fields;
mod misfit;
mod number;
mod page;
mod properties;
mod property;
mod property_value;
mod removed;
mod resource;
mod single;
mod text;
mod word;

pub use collection::Collection;
pub use decimal::{Decimal, NotDecimal};
pub use derived::{DerivedFrom, downcast, upcast};
pub use fields::{clone_resource, same_resource};
#[cfg(feature = "testing")]
pub(crate) use misfit::fits;
pub use misfit::from_json;
pub use page::{Page, page_link};
pub use properties::Properties;
pub use property::Property;
pub use property_value::PropertyValue;
pub use removed::Removed;
pub use resource::{
    PropertyReader, PropertyWriter, Resource, debug_resource, deserialize_resource,
    serialize_resource,
};
pub use single::Single;
pub use text::{Binary, Date, DateTimeOffset, Duration, Guid, Text, TextValue, TimeOfDay};
pub use word::deserialize_word;
