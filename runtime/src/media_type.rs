//! Media types, as `Content-Type` names them.

/// A media type without its parameters (RFC 9110, section 8.3.1), in lower case; of several, the first.
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split([';', ',']).next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
