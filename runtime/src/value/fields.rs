//! Resources copied and compared property by property, by code that is the same for all of them.

use std::any::Any;

use super::resource::{PropertyReader, PropertyWriter, Resource};
use super::{Properties, Property, PropertyValue};

/// A copy of a resource, as `Clone` makes it.
pub fn clone_resource<T: Resource>(resource: &T) -> T {
    let mut copy = T::default();
    copy.read_properties(Copied {
        originals: fields(resource),
        other: resource.other(),
    });
    copy
}

/// Whether two resources have the same properties, as `PartialEq` says it.
pub fn same_resource<T: Resource>(one: &T, other: &T) -> bool {
    let compared = one.write_properties(Compared {
        others: fields(other),
        same: true,
    });
    compared.same && one.other() == other.other()
}

/// The properties of a resource that have not been taken yet, the last one first.
type Fields<'a> = Vec<&'a dyn Any>;

fn fields<T: Resource>(resource: &T) -> Fields<'_> {
    let Listed(mut fields) = resource.write_properties(Listed(Vec::new()));
    fields.reverse();
    fields
}

/// The next property. A type shows its properties always in one order.
fn next<'a, T: PropertyValue>(fields: &mut Fields<'a>) -> Option<&'a Property<T>> {
    fields.pop()?.downcast_ref()
}

struct Listed<'a>(Fields<'a>);

impl<'a> PropertyWriter<'a> for Listed<'a> {
    fn property<T: PropertyValue>(mut self, _: &str, property: &'a Property<T>) -> Self {
        self.0.push(property);
        self
    }

    fn other(self, _: &'a Properties) -> Self {
        self
    }
}

struct Copied<'a> {
    originals: Fields<'a>,
    other: &'a Properties,
}

impl PropertyReader for Copied<'_> {
    fn property<T: PropertyValue>(mut self, _: &str, property: &mut Property<T>) -> Self {
        if let Some(original) = next::<T>(&mut self.originals) {
            property.clone_from(original);
        }
        self
    }

    fn other(self, other: &mut Properties) -> Self {
        other.clone_from(self.other);
        self
    }
}

struct Compared<'a> {
    others: Fields<'a>,
    same: bool,
}

impl<'a> PropertyWriter<'a> for Compared<'_> {
    fn property<T: PropertyValue>(mut self, _: &str, property: &'a Property<T>) -> Self {
        self.same = self.same && next(&mut self.others) == Some(property);
        self
    }

    fn other(self, _: &'a Properties) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use crate::{Properties, Property};

    struct Book {
        title: Property<String>,
        pages: Property<i32>,
        sequel: Property<Box<Book>>,
        other: Properties,
    }

    crate::resource! { Book = "book" { title: "title", pages: "pages", sequel: "sequel" } }

    #[test]
    fn copies_are_equal_until_a_property_changes() {
        let sequel = Book {
            pages: 7.into(),
            ..Book::default()
        };
        let mut book = Book {
            title: "x".into(),
            pages: Property::Null,
            sequel: sequel.into(),
            ..Book::default()
        };
        book.other.insert("shelf", 3).unwrap();
        let changes: [fn(&mut Book); 4] = [
            |book| book.title = "y".into(),
            |book| book.pages = Property::Absent,
            |book| book.sequel.value_mut().unwrap().pages = 8.into(),
            |book| book.other.insert("shelf", 4).unwrap(),
        ];
        let copy = book.clone();
        assert_eq!(
            serde_json::to_string(&copy).unwrap(),
            serde_json::to_string(&book).unwrap()
        );
        assert_eq!(copy, book);
        for change in changes {
            let mut copy = book.clone();
            change(&mut copy);
            assert_ne!(copy, book);
        }
    }
}
