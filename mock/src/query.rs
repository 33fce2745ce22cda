//! Query strings of requests.

/// The pairs of a query string in their order, decoded. A plus is a space, as forms write it.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

/// The value of a query option; the `$` of OData's own may be left out (OData 4.01 URL conventions,
/// section 5.1).
pub(crate) fn option<'q>(pairs: &'q [(String, String)], name: &str) -> Option<&'q str> {
    let bare = name.trim_start_matches('$');
    let mut pairs = pairs.iter();
    let found = pairs.find(|(other, _)| other.trim_start_matches('$').eq_ignore_ascii_case(bare));
    found.map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_decoded() {
        let pairs = pairs("$filter=a%20eq%20'b'&top=5&flag&&x=a+b");
        assert_eq!(option(&pairs, "$filter"), Some("a eq 'b'"));
        assert_eq!(option(&pairs, "$top"), Some("5"));
        assert_eq!(option(&pairs, "flag"), Some(""));
        assert_eq!(option(&pairs, "x"), Some("a b"));
        assert_eq!(option(&pairs, "$skip"), None);
    }
}
