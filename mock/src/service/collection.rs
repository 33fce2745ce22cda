//! OData's query options, applied to documented answers.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::paging::Names;
use crate::query::option;

/// Where the items of a collection are.
pub(super) const VALUE: &str = "value";

/// Applies `$select`, `$skip` and `$top` to the value of an answer.
///
/// `query` is that of the request; `documented` that of the exchange which shows the answer: an
/// option that both have in common is in the answer already. `here` is the URL of the request
/// without its query, for the link to what is left out.
pub(super) fn shape(
    value: &mut Cow<'_, Value>,
    query: &[(String, String)],
    documented: &[(String, String)],
    here: &str,
    names: Names<'_>,
) {
    let wanted = |name| {
        let given = option(query, name)?;
        (option(documented, name) != Some(given)).then_some(given)
    };
    let number = |name| wanted(name).and_then(|text| text.parse::<usize>().ok());
    let (skip, top) = (number("$skip"), number("$top"));
    if (skip.is_some() || top.is_some()) && array(value, names.items).is_some() {
        page(value.to_mut(), query, skip.unwrap_or(0), top, here, names);
    }
    if let Some(selected) = wanted("$select") {
        let selected: Vec<&str> = selected.split(',').map(str::trim).collect();
        if !selected.contains(&"*") {
            select(value.to_mut(), names.items, &selected);
        }
    }
}

/// Whether an option is one of those that are applied here.
pub(super) fn shapes(name: &str) -> bool {
    let name = name.trim_start_matches('$');
    let own = ["select", "skip", "top"];
    own.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// How many items an answer has that is a collection.
pub(super) fn count(value: &Value) -> Option<usize> {
    items(value).map(Vec::len)
}

/// The items of an answer that is a collection: an array, or an object with one.
pub(super) fn items(value: &Value) -> Option<&Vec<Value>> {
    array(value, VALUE)
}

fn array<'v>(value: &'v Value, name: &str) -> Option<&'v Vec<Value>> {
    value.get(name).unwrap_or(value).as_array()
}

/// The items of an answer that has them in an array, or in a property of this name, to be changed.
pub(super) fn items_mut<'v>(value: &'v mut Value, name: &str) -> Option<&'v mut Vec<Value>> {
    match value {
        Value::Array(items) => Some(items),
        _ => value.get_mut(name)?.as_array_mut(),
    }
}

/// Leaves out items, and links to those behind the last.
fn page(
    value: &mut Value,
    query: &[(String, String)],
    skip: usize,
    top: Option<usize>,
    here: &str,
    names: Names<'_>,
) {
    let Some(items) = items_mut(value, names.items) else {
        return;
    };
    let skip = skip.min(items.len());
    items.drain(..skip);
    // Behind a page of no items is the same page.
    let more = top.is_some_and(|top| top > 0 && items.len() > top);
    if let Some(top) = top {
        items.truncate(top);
    }
    // Nothing stands beside the items of an array.
    let Some(answer) = value.as_object_mut() else {
        return;
    };
    names.leave_out_link(answer);
    if more {
        let link = next_link(here, query, skip + top.unwrap_or(0));
        answer.insert(names.link.to_owned(), link.into());
    }
}

/// The URL of the same request that begins behind some items.
fn next_link(here: &str, query: &[(String, String)], skip: usize) -> String {
    let encode = |text: &str| {
        let encoded =
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
        encoded.to_string().replace("%24", "$")
    };
    let is_skip = |name: &str| name.trim_start_matches('$').eq_ignore_ascii_case("skip");
    let kept = query.iter().filter(|(name, _)| !is_skip(name));
    let mut pairs: Vec<String> = kept
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    pairs.push(format!("$skip={skip}"));
    format!("{here}?{}", pairs.join("&"))
}

/// Keeps the named properties, control information, and what names a thing.
fn select(value: &mut Value, items: &str, names: &[&str]) {
    if let Some(items) = items_mut(value, items) {
        for item in items.iter_mut().filter_map(Value::as_object_mut) {
            keep(item, names);
        }
    } else if let Some(answer) = value.as_object_mut() {
        keep(answer, names);
    }
}

fn keep(properties: &mut Map<String, Value>, names: &[&str]) {
    properties.retain(|name, _| {
        let first = |path: &&str| path.split('/').next() == Some(name.as_str());
        name.contains('@') || name == "id" || names.iter().any(first)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::pairs;
    use crate::service::paging::OF_COLLECTION;
    use serde_json::json;

    const HERE: &str = "http://localhost/v1.0/users";

    fn shaped(value: Value, query: &str, documented: &str) -> Value {
        let mut value = Cow::Owned(value);
        shape(
            &mut value,
            &pairs(query),
            &pairs(documented),
            HERE,
            OF_COLLECTION,
        );
        value.into_owned()
    }

    #[test]
    fn selected_properties_stay() {
        let users =
            json!({ "@odata.context": "…", "value": [{ "id": "1", "name": "a", "age": 3 }] });
        let expected = json!({ "@odata.context": "…", "value": [{ "id": "1", "name": "a" }] });
        assert_eq!(shaped(users, "$select=name", ""), expected);
        let user = json!({ "name": "a", "age": 3 });
        assert_eq!(shaped(user.clone(), "$select=age", ""), json!({ "age": 3 }));
        // What the page shows for the same options is the answer.
        assert_eq!(shaped(user.clone(), "$select=age", "$select=age"), user);
        assert_eq!(shaped(user.clone(), "$select=*", ""), user);
    }

    #[test]
    fn a_page_links_to_the_next() {
        let items = json!({ "value": [1, 2, 3] });
        let first = shaped(items.clone(), "$top=2&$filter=a b", "");
        let link = format!("{HERE}?$top=2&$filter=a%20b&$skip=2");
        assert_eq!(first, json!({ "value": [1, 2], "@odata.nextLink": link }));
        let last = shaped(items, "$top=2&$filter=a b&$skip=2", "");
        assert_eq!(last, json!({ "value": [3] }));
        let none = json!({ "value": [1], "@odata.count": 1, "@odata.nextLink": "…" });
        let none = shaped(none, "$top=0", "");
        assert_eq!(none, json!({ "value": [], "@odata.count": 1 }));
    }
}
