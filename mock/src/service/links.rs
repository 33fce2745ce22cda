//! Links to more of an answer.

use std::borrow::Cow;

use serde_json::Value;

use super::call::Call;
use crate::exchange::Exchange;
use crate::query::option;

const NEXT: &str = "@odata.nextLink";
const DELTA: &str = "@odata.deltaLink";

/// Has links lead back here, whose documented base is `base`, wherever the page shows that they lead;
/// behind the last documented page there is none.
pub(super) fn turn(
    value: &mut Cow<'_, Value>,
    exchange: Option<&Exchange>,
    call: &Call<'_>,
    base: Option<&str>,
) {
    let has = |value: &Value, name| value.get(name).is_some();
    let token = option(&call.query, "$skiptoken").or(option(&call.query, "$skip"));
    let documented = exchange.is_some_and(|it| it.query == call.query);
    if token.is_some()
        && !documented
        && has(value, NEXT)
        && let Some(properties) = value.to_mut().as_object_mut()
    {
        properties.remove(NEXT);
    }
    let home = call.here.strip_suffix(call.path).unwrap_or(&call.here);
    for name in [NEXT, DELTA] {
        if has(value, name)
            && let Some(Value::String(link)) = value.to_mut().get_mut(name)
        {
            *link = match base.and_then(|base| below(base, link)) {
                Some(rest) => format!("{home}{rest}"),
                None => format!("{}?$skiptoken=more", call.here),
            };
        }
    }
}

/// What of a link is behind the base.
fn below<'l>(base: &str, link: &'l str) -> Option<&'l str> {
    let start = link.get(..base.len())?;
    let rest = &link[start.len()..];
    let is_below =
        start.eq_ignore_ascii_case(base) && (rest.is_empty() || rest.starts_with(['/', '?']));
    is_below.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_below_the_base_or_not() {
        let base = "https://api.example.com/v1.0";
        let cases = [
            (
                "https://api.example.com/v1.0/users?$skip=1",
                Some("/users?$skip=1"),
            ),
            ("HTTPS://API.example.com/v1.0", Some("")),
            ("https://api.example.com/v1.01/users", None),
            ("https://example.com/v1.0/users", None),
            ("https://…", None),
        ];
        for (link, expected) in cases {
            assert_eq!(below(base, link), expected, "{link}");
        }
    }
}
