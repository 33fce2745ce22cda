//! Values of the API as JSON has them, read and written without loss.

mod collection;
mod decimal;
mod properties;
mod property;
mod removed;
mod resource;
mod text;
mod word;

pub use collection::Collection;
pub use decimal::{Decimal, NotDecimal};
pub use properties::Properties;
pub use property::Property;
pub use removed::Removed;
pub use resource::{Resource, deserialize_resource, serialize_resource};
pub use text::{Binary, Date, DateTimeOffset, Duration, Guid, Text, TextValue, TimeOfDay};
pub use word::deserialize_word;
