//! Methods of requests for the headers and query options that a page documents.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code};
use super::names::{Case, Ident, Scope};
use crate::model::{Operation, QueryOption};

/// The methods for headers and query options, by the name that is sent.
#[derive(Debug, Default)]
pub(super) struct OptionNames {
    /// OData's own options.
    pub(super) system: Vec<(QueryOption, Ident)>,
    /// Other options of the query string.
    pub(super) queries: BTreeMap<String, Ident>,
    /// Headers.
    pub(super) headers: BTreeMap<String, Ident>,
}

/// Names the methods for what an operation can be given but need not.
pub(super) fn option_names(operation: &Operation) -> OptionNames {
    let taken = [
        "header",
        "query",
        "timeout",
        "send",
        "send_blocking",
        "pages_blocking",
        "items_blocking",
        "new",
        "clone",
        "into_future",
        "into",
        "from",
        "read_as",
        "pages",
        "items",
        "resume",
    ];
    let mut scope = Scope::new(Case::Snake, &taken);
    let mut names = OptionNames::default();
    for &option in &operation.query_options {
        if names.system.iter().all(|(known, _)| *known != option) {
            names
                .system
                .push((option, scope.claim(&[system(option).1]).ident));
        }
    }
    for parameter in operation.query_parameters.iter().filter(|it| !it.required) {
        let name = parameter.name.clone();
        let wanted = [name.clone(), format!("{name} option")];
        names
            .queries
            .entry(name)
            .or_insert_with(|| scope.claim(&wanted).ident);
    }
    for parameter in operation.headers.iter().filter(|it| !it.required) {
        let name = parameter.name.clone();
        let wanted = [name.clone(), format!("{name} header")];
        names
            .headers
            .entry(name)
            .or_insert_with(|| scope.claim(&wanted).ident);
    }
    names
}

/// The methods for headers and query options.
pub(super) fn methods(operation: &Operation) -> TokenStream {
    let names = option_names(operation);
    let mut methods = TokenStream::new();
    for (option, name) in &names.system {
        let (sent, _, effect, kind) = system(*option);
        let docs = Docs::new().text(format!("`{sent}`: {effect}")).outer();
        let (argument, ty) = match kind {
            OptionKind::List => (
                quote! { items },
                quote! { impl IntoIterator<Item = impl AsRef<str>> },
            ),
            OptionKind::Text => (quote! { value }, quote! { impl AsRef<str> }),
            OptionKind::Number => (quote! { items }, quote! { u32 }),
            OptionKind::Switch => (quote! { value }, quote! { bool }),
        };
        methods.extend(quote! {
            #docs
            pub fn #name(self, #argument: #ty) -> Self {
                Self(self.0.#name(#argument))
            }
        });
    }
    let groups = [
        (&operation.query_parameters, &names.queries, "query"),
        (&operation.headers, &names.headers, "header"),
    ];
    for (parameters, names, setter) in groups {
        for (sent, name) in names {
            let described = parameters.iter().find(|parameter| parameter.name == *sent);
            let description = described.map_or("", |parameter| parameter.description.as_str());
            let lead = match description.trim() {
                "" => format!("{}.", code(sent)),
                _ => format!("{}:", code(sent)),
            };
            let docs = Docs::new().prose(&lead, description).outer();
            // Preferences add up, since pages document several of them in rows of their own.
            let call = match setter {
                "header" if sent.eq_ignore_ascii_case("prefer") => quote! { prefer(value) },
                _ => {
                    let setter = super::names::single(Case::Snake, setter);
                    quote! { #setter(#sent, value) }
                }
            };
            methods.extend(quote! {
                #docs
                pub fn #name(self, value: impl AsRef<str>) -> Self {
                    Self(self.0.#call)
                }
            });
        }
    }
    methods
}

/// What an option of OData takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OptionKind {
    /// A list with commas.
    List,
    /// Text as it is.
    Text,
    /// A number of items.
    Number,
    /// True or false.
    Switch,
}

/// An option of OData: as it is sent, its method, what it does, what it takes.
pub(super) fn system(
    option: QueryOption,
) -> (&'static str, &'static str, &'static str, OptionKind) {
    use OptionKind::{List, Number, Switch, Text};
    match option {
        QueryOption::Select => (
            "$select",
            "select",
            "only these properties come back.",
            List,
        ),
        QueryOption::Expand => (
            "$expand",
            "expand",
            "these related resources come along.",
            List,
        ),
        QueryOption::Filter => (
            "$filter",
            "filter",
            "only items for which this holds.",
            Text,
        ),
        QueryOption::OrderBy => (
            "$orderby",
            "order_by",
            "items in the order of these properties, each with ` desc` behind it or not.",
            List,
        ),
        QueryOption::Top => ("$top", "top", "at most so many items.", Number),
        QueryOption::Skip => ("$skip", "skip", "without the first so many items.", Number),
        QueryOption::Search => (
            "$search",
            "search",
            "only items that match these words.",
            Text,
        ),
        QueryOption::Count => (
            "$count",
            "count",
            "with the number of all items, or without.",
            Switch,
        ),
        QueryOption::SkipToken => (
            "$skiptoken",
            "skip_token",
            "from the place that an earlier answer named.",
            Text,
        ),
        QueryOption::Format => (
            "$format",
            "format",
            "in this media type, or its short name.",
            Text,
        ),
    }
}
