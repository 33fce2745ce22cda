//! Media types, as `Content-Type` names them.

/// A media type without its parameters (RFC 9110, section 8.3.1); of several, the first.
pub fn essence(media_type: &str) -> &str {
    let end = media_type.find([';', ',']).unwrap_or(media_type.len());
    media_type[..end].trim()
}

/// Whether a media type says in its name that it is JSON, as `application/merge-patch+json` does.
pub fn is_json(media_type: &str) -> bool {
    let mut parts = media_type.as_bytes().windows("json".len());
    parts.any(|part| part.eq_ignore_ascii_case(b"json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_left_out() {
        assert_eq!(essence(" Text/HTML ; charset=utf-8"), "Text/HTML");
        assert_eq!(essence("image/png, image/jpeg"), "image/png");
        assert_eq!(essence("binary"), "binary");
    }

    #[test]
    fn json_is_told_by_name_in_any_case() {
        for json in ["Application/JSON; charset=utf-8", "application/a+json"] {
            assert!(is_json(json), "{json}");
        }
        assert!(!is_json("text/plain"));
    }
}
