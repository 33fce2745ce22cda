//! Targets of requests: a path, and a query string behind it.

use std::borrow::Cow;

/// Whether a text begins as a URL with its scheme does.
pub(crate) fn is_whole_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Splits at the first `?` outside of braces. `[?a=b]` says that the query may be left out.
pub(crate) fn split_query(target: &str) -> (&str, &str) {
    // Most targets have no query string.
    if memchr::memchr(b'?', target.as_bytes()).is_none() {
        return (target, "");
    }
    let mut depth = 0_u32;
    for at in memchr::memchr3_iter(b'{', b'}', b'?', target.as_bytes()) {
        match target.as_bytes()[at] {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                return (target[..at].trim_end_matches('['), &target[at + 1..]);
            }
            _ => {}
        }
    }
    (target, "")
}

/// A target, or a segment of one, without the spaces behind the commas between the arguments of
/// functions: they are for the reader, and no URL has one.
pub(crate) fn without_spaces(target: &str) -> Cow<'_, str> {
    // Hardly any has a space at all.
    if memchr::memchr(b' ', target.as_bytes()).is_none() {
        return Cow::Borrowed(target);
    }
    let (path, _) = split_query(target);
    if !path.contains('(') || !path.contains(", ") {
        return Cow::Borrowed(target);
    }
    let (mut quoted, mut behind_comma) = (false, false);
    let is_kept = |c: &char| {
        quoted ^= *c == '\'';
        let is_space = behind_comma && *c == ' ';
        behind_comma = !quoted && (*c == ',' || is_space);
        !is_space
    };
    let mut kept: String = path.chars().filter(is_kept).collect();
    kept.push_str(&target[path.len()..]);
    Cow::Owned(kept)
}

/// Scheme and host of a URL.
pub(crate) fn origin(url: &str) -> Option<&str> {
    let mut colons = memchr::memchr_iter(b':', url.as_bytes());
    let host = colons.find(|&at| url[at..].starts_with("://"))? + "://".len();
    let end = memchr::memchr(b'/', &url.as_bytes()[host..]).map_or(url.len(), |at| host + at);
    Some(&url[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_ends_where_the_path_begins() {
        assert_eq!(origin("https://a.b/c/d"), Some("https://a.b"));
        assert_eq!(origin("https://a.b"), Some("https://a.b"));
        assert_eq!(origin("/c/d"), None);
    }
}
