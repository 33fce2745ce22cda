//! Values that are none of their documented type.
//!
//! Services send a number as a string, or one thing where several are documented, and the rest of
//! the answer is right all the same. Such a value is kept as it came, and so its text has to be
//! found before anybody tries to read it. That takes a second look at every value, for what hardly
//! ever happens: [`from_json`] first reads a text on trust, and only one that breaks the trust is
//! read once more with care.

use std::cell::Cell;
use std::thread::LocalKey;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::PropertyValue;

use super::Property;

// serde hands nothing of the caller's down to the types that it reads. These are set while a text is
// read, which a thread does from beginning to end.
thread_local! {
    /// Whether all values are taken to be of their types, so that one that is not is an error.
    static TRUSTED: Cell<bool> = const { Cell::new(false) };
    /// How many properties within each other are being read with care.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// How deep properties are read within each other: as deep as serde_json goes by itself. What lies
/// deeper is kept as it came, so that no answer takes more stack than a thread has.
const MAX_DEPTH: usize = 127;

/// Reads JSON as the client reads answers: the same value that serde reads, and sooner.
///
/// A property of a resource whose value is none of its type is not an error. The property is
/// absent, and its value is kept in `other` under the same name, as it came.
///
/// ```
/// # use docwright_client::{Properties, Property, from_json};
/// # pub struct Photo { width: Property<i32>, height: Property<i32>, other: Properties }
/// # docwright_client::resource! { Photo = "photo" { width: "width", height: "height" } }
/// let photo: Photo = from_json(r#"{ "width": "wide", "height": 96 }"#)?;
/// assert_eq!((photo.width, photo.height), (Property::Absent, 96.into()));
/// assert_eq!(photo.other.json("width"), Some(r#""wide""#));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn from_json<T: DeserializeOwned>(json: &str) -> serde_json::Result<T> {
    trusting(true, || serde_json::from_str(json))
        .or_else(|_| trusting(false, || serde_json::from_str(json)))
}

/// Whether JSON is a value of a type, and so are all the properties in it.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn fits<T: DeserializeOwned>(json: &str) -> bool {
    trusting(true, || serde_json::from_str::<T>(json)).is_ok()
}

/// Whether all values are taken to be of their types.
pub(super) fn is_trusted() -> bool {
    TRUSTED.get()
}

/// A value as a property; `None` where it is none of its type.
pub(super) fn read<T: PropertyValue>(json: &RawValue) -> Option<Property<T>> {
    let depth = DEPTH.get();
    if depth == MAX_DEPTH {
        return None;
    }
    setting(&DEPTH, depth + 1, || serde_json::from_str(json.get()).ok())
}

fn trusting<R>(trusted: bool, read: impl FnOnce() -> R) -> R {
    setting(&TRUSTED, trusted, read)
}

/// Runs a function while a cell has another value; also a panic sets it back.
fn setting<V: Copy, R>(cell: &'static LocalKey<Cell<V>>, value: V, run: impl FnOnce() -> R) -> R {
    struct Reset<V: Copy + 'static>(&'static LocalKey<Cell<V>>, V);

    impl<V: Copy> Drop for Reset<V> {
        fn drop(&mut self) {
            self.0.set(self.1);
        }
    }

    let _reset = Reset(cell, cell.replace(value));
    run()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Collection, Json, Properties, resource};

    struct Shelf {
        label: Property<String>,
        is_full: Property<bool>,
        sizes: Property<Vec<i32>>,
        shelves: Property<Vec<Shelf>>,
        next: Property<Box<Shelf>>,
        other: Properties,
    }

    resource! { Shelf = "shelf" {
        label: "label", is_full: "isFull", sizes: "sizes", shelves: "shelves", next: "next",
    } }

    /// Reads a shelf on trust and with care, which has to come to the same.
    fn shelf(json: &str) -> Shelf {
        let shelf: Shelf = from_json(json).unwrap();
        assert_eq!(serde_json::from_str::<Shelf>(json).unwrap(), shelf);
        shelf
    }

    #[test]
    fn what_is_none_of_its_type_is_kept_as_it_came_and_the_rest_is_read() {
        for (name, value) in [
            ("label", "1.10"),
            ("label", r#"{"b":1,"a":2.50}"#),
            ("isFull", r#""true""#),
            ("sizes", r#"[1,"2",3]"#),
            ("sizes", "1e999"),
            ("sizes", r#"{"value":[]}"#),
            ("shelves", r#"[{"label":"a"},"b"]"#),
            ("next", "[]"),
        ] {
            let json = format!(r#"{{"{name}":{value},"extra":0,"next2":1}}"#);
            let read = shelf(&json);
            assert_eq!(read.other.json(name), Some(value));
            assert_eq!(read.other.len(), 3);
            assert!(!fits::<Shelf>(&json));
            let written = serde_json::to_string(&read).unwrap();
            assert_eq!(shelf(&written), read);
        }
        assert!(fits::<Shelf>(
            r#"{"label":null,"isFull":true,"sizes":[1.0]}"#
        ));
    }

    #[test]
    fn it_is_kept_where_it_stands() {
        let json = r#"{"value":[{"label":"a"},{"next":{"label":"b","isFull":"no","sizes":[1]}}]}"#;
        let shelves: Collection<Shelf> = from_json(json).unwrap();
        assert_eq!(shelves[0].label, "a".into());
        let next = shelves[1].next.value().unwrap();
        assert_eq!((&next.label, &next.sizes), (&"b".into(), &vec![1].into()));
        assert_eq!(next.is_full, Property::Absent);
        assert_eq!(
            next.other.get::<Json>("isFull").unwrap(),
            Json::from("no").into()
        );
        assert_eq!(
            serde_json::to_value(&shelves).unwrap(),
            serde_json::from_str::<Json>(json).unwrap()
        );
    }

    #[test]
    fn a_count_that_is_no_number_is_kept_and_a_link_that_is_no_text_is_an_error() {
        let json = r#"{"@odata.count":"2","value":[{"label":"a"}]}"#;
        let mut shelves: Collection<Shelf> = from_json(json).unwrap();
        assert_eq!(shelves[0].label, "a".into());
        assert_eq!(shelves.count, Property::Absent);
        assert_eq!(serde_json::to_string(&shelves).unwrap(), json);
        shelves.count = 2.into();
        assert_eq!(
            serde_json::to_string(&shelves).unwrap(),
            r#"{"@odata.count":2,"value":[{"label":"a"}]}"#
        );
        // Without it, a page that is not the last would pass for it.
        let json = r#"{"@odata.nextLink":2,"value":[]}"#;
        assert!(from_json::<Collection<Shelf>>(json).is_err());
    }

    #[test]
    fn a_value_that_is_set_takes_the_place_of_one_that_was_kept() {
        let mut read = shelf(r##"{"@odata.type":"#shelf","isFull":"no","label":"a"}"##);
        read.is_full = false.into();
        assert_eq!(
            serde_json::to_string(&read).unwrap(),
            r##"{"@odata.type":"#shelf","label":"a","isFull":false}"##
        );
        read.is_full = Property::Absent;
        assert!(
            serde_json::to_string(&read)
                .unwrap()
                .contains(r#""isFull":"no""#)
        );
    }

    #[test]
    fn what_is_no_json_or_no_object_is_an_error() {
        for json in [
            r#"{"label":tru}"#,
            r#"{"label":"a""#,
            r#"{"label":"a"}}"#,
            "[]",
            "1",
        ] {
            assert!(from_json::<Shelf>(json).is_err(), "{json}");
            assert!(serde_json::from_str::<Shelf>(json).is_err(), "{json}");
        }
        assert!(!is_trusted());
    }

    #[test]
    fn what_lies_too_deep_is_kept() {
        let deep = 1_000;
        let json = format!("{}{}", r#"{"next":"#.repeat(deep) + "{}", "}".repeat(deep));
        let read: Shelf = from_json(&json).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }
}
