//! Answers that are pages of something longer.

use crate::{FromResponse, Properties, Property, PropertyValue, Result};

/// An answer with some of many items, which tells where the next of them are.
///
/// A [`Collection`](crate::Collection) is one. So are generated types with a property for the items
/// and one for a link, such as `value` and `nextLink`. Calls that are answered so are gone through
/// with [`Request::pages`](crate::Request::pages) and [`Request::items`](crate::Request::items).
pub trait Page: FromResponse {
    /// What there is many of.
    type Item;

    /// Where the next page is; `None` or an empty text behind the last. An error where what came as
    /// the link or as the items is something else: a page that is not the last must not pass for it,
    /// nor one with items for one without.
    fn next_link(&self) -> Result<Option<&str>>;

    /// Where the changes from now on can be asked for.
    fn delta_link(&self) -> Option<&str> {
        None
    }

    /// How many items all pages have.
    fn count(&self) -> Option<i64> {
        None
    }

    /// The items of this page.
    fn into_items(self) -> Vec<Self::Item>;
}

/// The link of a generated page, given its properties for the items and for the link with their
/// names: a value of another type is kept beside them, and would be missed.
#[doc(hidden)]
pub fn page_link<'p, T: PropertyValue>(
    items: (&Property<Vec<T>>, &str),
    link: (&'p Property<String>, &str),
    other: &Properties,
) -> Result<Option<&'p str>> {
    if items.0.is_absent() {
        other.get::<Vec<T>>(items.1)?;
    }
    if link.0.is_absent() {
        other.get::<String>(link.1)?;
    }
    Ok(link.0.as_deref())
}
