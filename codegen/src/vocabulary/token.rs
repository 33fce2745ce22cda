//! Tokens of HTTP.

/// Whether a text is a token (RFC 9110, section 5.6.2), as names of headers are, and both parts of a media type.
pub(crate) fn is_token(text: &str) -> bool {
    let is_of_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !text.is_empty() && text.bytes().all(is_of_token)
}
