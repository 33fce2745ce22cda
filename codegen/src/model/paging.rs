//! Types that are pages of something longer.

use super::{Primitive, Property, Type};
use crate::words::snake;

/// Where the next page of a collection is (OData JSON Format 4.01, section 4.6).
pub const NEXT_LINK: &str = "@odata.nextLink";

/// What services that are not quite of OData call it.
pub const PLAIN_NEXT_LINK: &str = "nextLink";

/// The properties by which a type is a page: what it has many of, and where the next page is.
#[derive(Clone, Copy, Debug)]
pub struct Paging<'p> {
    /// The items.
    pub items: &'p Property,
    /// The link to the next page.
    pub link: &'p Property,
}

impl<'p> Paging<'p> {
    /// Those of a type with certain properties; `None` where it is no page. The items are in `value`, or in
    /// the only property with many of something.
    pub fn of(properties: impl Iterator<Item = &'p Property> + Clone) -> Option<Self> {
        let link = properties.clone().find(|it| is_next_link(it))?;
        let many = properties.filter(|it| it.ty.collection);
        let items = match many.clone().find(|it| it.name == "value") {
            Some(value) => value,
            None => {
                let mut many = many;
                many.next().filter(|_| many.next().is_none())?
            }
        };
        Some(Self { items, link })
    }
}

/// Whether a property says where the next page is: by its name, such as `nextLink` and `nextPageUrl`, or
/// where that leaves open whether it is a link or a token, as `next` does, by what the page says about it.
fn is_next_link(property: &Property) -> bool {
    if property.ty != Type::primitive(Primitive::String) {
        return false;
    }
    // What has a name before the mark is a link to more of that property alone, `lines@odata.nextLink`.
    if property.name.find('@').is_some_and(|at| at > 0) {
        return false;
    }
    let name = snake(&property.name);
    let words: Vec<&str> = name.split('_').collect();
    match words.as_slice() {
        ["next"] | ["next", "page"] => {
            let said = property.description.split(|c: char| !c.is_alphanumeric());
            let mut said = said.map(str::to_ascii_lowercase);
            said.any(|word| is_link(&word))
        }
        [.., "next", last] | [.., "next", "page", last] => is_link(last),
        _ => false,
    }
}

fn is_link(word: &str) -> bool {
    matches!(word, "link" | "url" | "uri")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageId, Source, TypeKind};

    fn property(name: &str, ty: Type, description: &str) -> Property {
        let source = Source {
            page: PageId(0),
            line: 1,
            column: 1,
        };
        Property {
            description: description.to_owned(),
            ..Property::shown(name, ty, source)
        }
    }

    #[test]
    fn a_link_is_told_from_a_token() {
        let cases = [
            ("nextLink", "", true),
            ("@odata.nextLink", "", true),
            ("next_page_url", "", true),
            ("NextUri", "", true),
            ("next", "The URL of the next page.", true),
            ("nextPage", "A link to more.", true),
            ("next", "Where to go on.", false),
            ("lines@odata.nextLink", "", false),
            ("nextToken", "Goes into the link.", false),
            ("nextPageToken", "", false),
            ("nextRetentionLink", "", false),
            ("previousLink", "", false),
        ];
        for (name, description, expected) in cases {
            let link = property(name, Type::primitive(Primitive::String), description);
            assert_eq!(is_next_link(&link), expected, "{name}");
        }
        let number = Type::primitive(Primitive::Int32);
        assert!(!is_next_link(&property("nextLink", number, "")));
    }

    #[test]
    fn the_items_are_the_value_or_the_only_many() {
        let many = Type::collection(TypeKind::Json);
        let link = Type::primitive(Primitive::String);
        let cases: [(&[&str], _); 4] = [
            (&["items"], Some("items")),
            (&["errors", "value"], Some("value")),
            (&["errors", "items"], None),
            (&[], None),
        ];
        for (names, expected) in cases {
            let properties = names.iter().map(|name| property(name, many, ""));
            let link = property("nextLink", link, "");
            let properties: Vec<_> = properties.chain([link]).collect();
            let paging = Paging::of(properties.iter());
            assert_eq!(paging.map(|it| &*it.items.name), expected, "{names:?}");
        }
    }
}
