//! Names of things in addresses.

use std::collections::BTreeMap;

/// The name of each thing of a list in the page's addresses, and back.
#[derive(Debug)]
pub(super) struct Slugs {
    names: Vec<String>,
    index_of: BTreeMap<String, usize>,
}

impl Slugs {
    /// Names in words become lower case with hyphens: `get profilePhoto` is `get-profilephoto`.
    pub(super) fn of_names<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self::new(names.map(|name| {
            let words = name.split(|c: char| !c.is_alphanumeric());
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            words.join("-").to_lowercase()
        }))
    }

    /// Names as they are. Those that are taken get a number.
    pub(super) fn new(wanted: impl Iterator<Item = String>) -> Self {
        let mut slugs = Self {
            names: Vec::new(),
            index_of: BTreeMap::new(),
        };
        for wanted in wanted {
            let numbered = (2..).map(|number| format!("{wanted}~{number}"));
            let mut free = std::iter::once(wanted.clone()).chain(numbered);
            let name = free.find(|name| !slugs.index_of.contains_key(name));
            let name = name.expect("there are more numbers than names");
            slugs.index_of.insert(name.clone(), slugs.names.len());
            slugs.names.push(name);
        }
        slugs
    }

    /// The name of the thing at an index.
    pub(super) fn get(&self, index: usize) -> &str {
        &self.names[index]
    }

    /// The index of the thing with a name.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.index_of.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thing_has_an_address_of_its_own() {
        let names = [
            "get profilePhoto",
            "Get profilephoto",
            "a/../b?#",
            "get  PROFILEPHOTO",
        ];
        let slugs = Slugs::of_names(names.into_iter());
        let expected = [
            "get-profilephoto",
            "get-profilephoto~2",
            "a-b",
            "get-profilephoto~3",
        ];
        for (index, expected) in expected.into_iter().enumerate() {
            assert_eq!(slugs.get(index), expected);
            assert_eq!(slugs.find(expected), Some(index));
        }
        assert_eq!(slugs.find("get profilePhoto"), None);
    }
}
