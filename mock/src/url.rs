//! Paths and query strings of requests.

use percent_encoding::percent_decode_str;

/// The pairs of a query string in their order, decoded. A plus is a space, as forms write it.
pub(crate) fn query_pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
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
        let pairs = query_pairs("$filter=a%20eq%20'b'&top=5&flag&&x=a+b");
        assert_eq!(option(&pairs, "$filter"), Some("a eq 'b'"));
        assert_eq!(option(&pairs, "$top"), Some("5"));
        assert_eq!(option(&pairs, "flag"), Some(""));
        assert_eq!(option(&pairs, "x"), Some("a b"));
        assert_eq!(option(&pairs, "$skip"), None);
    }
}
