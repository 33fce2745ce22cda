//! Where a link of the service leads.

use url::Url;

/// A link as an absolute URL; `None` where HTTP cannot ask there.
///
/// A path that the base URL's own path does not begin is taken as one behind the base URL: services
/// that live below a path, such as `/v1.0`, write `/teams(…)/operations(…)` and mean it so. By
/// RFC 3986 that would be a place outside of the service, where nothing of it can be.
pub(crate) fn resolve(base: &str, link: &str) -> Option<Url> {
    let service = Url::parse(&format!("{base}/")).ok()?;
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let outside = path.starts_with('/')
        && !path.starts_with("//")
        && !format!("{path}/").starts_with(service.path());
    let url = match outside {
        true => Url::parse(&format!("{base}{link}")).ok()?,
        false => service.join(link).ok()?,
    };
    askable(url)
}

/// A link in what was answered at a URL, as an absolute one: another service than that at the base URL means its
/// links as RFC 9110 does (section 10.2.2), relative to what was asked.
pub(crate) fn resolve_at(asked: &Url, base: &str, link: &str) -> Option<Url> {
    let service = Url::parse(base).ok()?;
    match asked.origin() == service.origin() {
        true => resolve(base, link),
        false => askable(asked.join(link).ok()?),
    }
}

/// A URL without its fragment, if HTTP can ask there.
fn askable(mut url: Url) -> Option<Url> {
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_where_services_mean_them() {
        let base = "https://api.example.com/v1.0";
        let cases = [
            (
                "https://other.test/monitor/1?t=a#x",
                Some("https://other.test/monitor/1?t=a"),
            ),
            (
                "/teams('1')/operations('2')",
                Some("https://api.example.com/v1.0/teams('1')/operations('2')"),
            ),
            ("/v1.0/jobs/1", Some("https://api.example.com/v1.0/jobs/1")),
            ("/v1.0?a=/", Some("https://api.example.com/v1.0?a=/")),
            (
                "/v1.01/jobs",
                Some("https://api.example.com/v1.0/v1.01/jobs"),
            ),
            ("jobs/1", Some("https://api.example.com/v1.0/jobs/1")),
            ("//other.test/1", Some("https://other.test/1")),
            ("ftp://other.test/1", None),
            ("http://", None),
        ];
        for (link, expected) in cases {
            let url = resolve(base, link);
            assert_eq!(url.as_ref().map(Url::as_str), expected, "{link}");
        }
        let root = resolve("https://api.example.com", "/jobs/1").unwrap();
        assert_eq!(root.as_str(), "https://api.example.com/jobs/1");
    }

    #[test]
    fn another_service_means_its_own_places() {
        let cases = [
            (
                "https://api.example.com/v1.0/jobs/1",
                "/jobs/2",
                "https://api.example.com/v1.0/jobs/2",
            ),
            (
                "https://other.test/jobs/1",
                "/jobs/2",
                "https://other.test/jobs/2",
            ),
            (
                "https://other.test/jobs/1?t=a",
                "2#x",
                "https://other.test/jobs/2",
            ),
            (
                "https://other.test/jobs/1",
                "https://api.example.com/v1.0/items/7",
                "https://api.example.com/v1.0/items/7",
            ),
        ];
        for (asked, link, expected) in cases {
            let asked = Url::parse(asked).unwrap();
            let url = resolve_at(&asked, "https://api.example.com/v1.0", link);
            assert_eq!(
                url.as_ref().map(Url::as_str),
                Some(expected),
                "{asked} {link}"
            );
        }
    }
}
