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
    option_text(option).0
}

/// The option's key among the components: its name without the `$`.
pub(super) fn key(option: QueryOption) -> &'static str {
    name(option).trim_start_matches('$')
}

fn parameter<'a>(option: QueryOption) -> Parameter<'a> {
    let (name, description) = option_text(option);
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
        explode,
        schema,
        examples: Entries::default(),
        x_source: None,
    }
}

/// An option as it is sent, and what it does (OData 4.01 URL Conventions, section 5.1).
fn option_text(option: QueryOption) -> (&'static str, &'static str) {
    match option {
        QueryOption::Select => ("$select", "The properties to answer with."),
        QueryOption::Expand => ("$expand", "The related resources to answer with as well."),
        QueryOption::Filter => (
            "$filter",
            "What has to hold for an item to be in the answer.",
        ),
        QueryOption::OrderBy => (
            "$orderby",
            "The properties to sort by, each with ` desc` behind it or not.",
        ),
        QueryOption::Top => ("$top", "The most items to answer with."),
        QueryOption::Skip => (
            "$skip",
            "The number of items to leave out at the beginning.",
        ),
        QueryOption::Search => ("$search", "Words that items have to match."),
        QueryOption::Count => ("$count", "Whether to answer with the number of all items."),
        QueryOption::SkipToken => (
            "$skiptoken",
            "The place to go on from, as an earlier answer named it.",
        ),
        QueryOption::Format => (
            "$format",
            "The media type of the answer, or its short name.",
        ),
    }
}
