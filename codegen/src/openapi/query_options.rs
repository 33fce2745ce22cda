//! OData's system query options, which many operations share.

use std::collections::BTreeMap;

use super::document::{Entries, Parameter, Schema};
use super::schemas::{array, typed};
use crate::model::{Api, QueryOption};

/// The options that any operation takes, by the names that [`key`] gives them.
pub(super) fn shared(api: &Api) -> BTreeMap<&'static str, Parameter<'_>> {
    let options = api.operations.iter().flat_map(|it| &it.query_options);
    options.map(|&it| (key(it), parameter(it))).collect()
}

/// The option as it is sent.
pub(super) fn name(option: QueryOption) -> &'static str {
    option.name()
}

/// The option's key among the components: its name without the `$`.
pub(super) fn key(option: QueryOption) -> &'static str {
    name(option).trim_start_matches('$')
}

fn parameter<'a>(option: QueryOption) -> Parameter<'a> {
    let (name, description) = (option.name(), option.effect());
    let (schema, explode) = match option {
        QueryOption::Select | QueryOption::Expand | QueryOption::OrderBy => {
            (array(typed("string", None)), Some(false))
        }
        QueryOption::Top | QueryOption::Skip => {
            let minimum = Some(0);
            let number = typed("integer", None);
            (Schema { minimum, ..number }, None)
        }
        QueryOption::Count => (typed("boolean", None), None),
        QueryOption::Filter
        | QueryOption::Search
        | QueryOption::SkipToken
        | QueryOption::Format => (typed("string", None), None),
    };
    Parameter {
        name,
        place: "query",
        description: description.into(),
        required: false,
        deprecated: false,
        explode,
        schema,
        examples: Entries::default(),
        x_source: None,
    }
}
