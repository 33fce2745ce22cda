//! Headers that are no part of what is asked for.

/// Whether a header is for each client to write, whatever a page shows: who asks, whom, and how the
/// message is carried.
pub fn is_clients_own(name: &str) -> bool {
    const OWN: [&str; 5] = [
        "authorization",
        "connection",
        "content-length",
        "host",
        "transfer-encoding",
    ];
    OWN.iter().any(|own| name.eq_ignore_ascii_case(own))
}
