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

/// Whether a header carries a key that tells who asks, as far as its name says: `X-Api-Key`,
/// `Ocp-Apim-Subscription-Key`, `x-functions-key`. Other keys, as `Idempotency-Key`, are of one request.
pub fn is_api_key(name: &str) -> bool {
    const OWNERS: [&str; 3] = ["api", "subscription", "functions"];
    let plain = name.to_ascii_lowercase().replace(['-', '_'], "");
    let owner = plain.strip_suffix("key");
    let owner = owner.filter(|owner| owner.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    owner.is_some_and(|owner| OWNERS.iter().any(|known| owner.ends_with(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_callers_are_known_by_their_names() {
        for name in [
            "X-Api-Key",
            "api-key",
            "ApiKey",
            "X_API_KEY",
            "X-RapidAPI-Key",
            "Ocp-Apim-Subscription-Key",
            "x-functions-key",
        ] {
            assert!(is_api_key(name), "{name}");
        }
        for name in [
            "Idempotency-Key",
            "Key",
            "X-Api-Key-Version",
            "X-Api",
            "an api key",
            "X!Api-Key",
            "x-ms-encryption-key",
            "Partition-Key",
        ] {
            assert!(!is_api_key(name), "{name}");
        }
    }
}
