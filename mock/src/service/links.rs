//! Links to more of an answer.

use std::borrow::Cow;

use serde_json::Value;

use super::call::Call;
use crate::exchange::Exchange;
use crate::query::option;

const NEXT: &str = "@odata.nextLink";
const DELTA: &str = "@odata.deltaLink";

/// Has links lead back here, whose documented base is `base`; behind the last documented page there
/// is none.
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
    let Some(base) = base else {
        return;
    };
    let home = call.here.strip_suffix(call.path).unwrap_or(&call.here);
    for name in [NEXT, DELTA] {
        if has(value, name)
            && let Some(Value::String(link)) = value.to_mut().get_mut(name)
            && let Some(start) = link.get(..base.len())
            && start.eq_ignore_ascii_case(base)
        {
            *link = format!("{home}{}", &link[base.len()..]);
        }
    }
}
