//! The headers and query options that a page documents, as methods and traits of requests.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Operation, QueryOption};
use crate::rust::arguments::ArgumentType;
use crate::rust::docs::{self, Docs, code};
use crate::rust::names::table::Names;
use crate::rust::names::{Case, Ident, Scope, single};
use crate::rust::uses::Uses;

/// The methods for headers and query options, by the name that is sent.
#[derive(Debug, Default)]
pub(in crate::rust) struct OptionNames {
    /// OData's own options.
    pub(in crate::rust) system: Vec<(QueryOption, Ident)>,
    /// Other options of the query string.
    pub(in crate::rust) queries: BTreeMap<String, Ident>,
    /// Headers.
    pub(in crate::rust) headers: BTreeMap<String, Ident>,
}

/// Names the methods for what an operation can be given but need not.
pub(in crate::rust) fn option_names(operation: &Operation) -> OptionNames {
    let taken = [
        "add_preference",
        "bytes",
        "header",
        "json",
        "query",
        "timeout",
        "attempt_timeout",
        "retry",
        "idempotent",
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
                .push((option, scope.claim([system(option).0]).ident));
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

/// The traits that give the requests of an operation the system query options of its page.
pub(super) fn traits(operation: &Operation, ty: &Ident, uses: &mut Uses) -> TokenStream {
    let names = option_names(operation);
    let traits = names.system.iter().map(|&(option, _)| {
        let name = single(Case::Camel, system(option).0);
        let option = uses.take("option");
        quote! { impl #option::#name for #ty {} }
    });
    traits.collect()
}

/// The methods for headers and for other query options.
pub(in crate::rust) fn methods(
    types: &Names,
    operation: &Operation,
    uses: &mut Uses,
) -> TokenStream {
    let names = option_names(operation);
    let mut methods = TokenStream::new();
    let groups = [
        (&operation.query_parameters, &names.queries, "query"),
        (&operation.headers, &names.headers, "header"),
    ];
    for (parameters, names, setter) in groups {
        for (sent, name) in names {
            let mut rows = parameters.iter().filter(|row| row.name == *sent);
            let described = rows.clone().next();
            let description = described.map_or("", |parameter| parameter.description.as_str());
            let lead = match description.trim() {
                "" => format!("{}.", code(sent)),
                _ => format!("{}:", code(sent)),
            };
            let docs = Docs::new().prose(&lead, description).outer();
            let deprecated = docs::deprecated(rows.all(|row| row.deprecated));
            let ty = described.map_or(ArgumentType::TEXT, |row| ArgumentType::of(row.ty));
            let value = ty.passed(&quote! { value });
            // Preferences add up, since pages document several of them in rows of their own.
            let call = match setter {
                "header" if sent.eq_ignore_ascii_case("prefer") => {
                    quote! { add_preference(#value) }
                }
                _ => {
                    let setter = single(Case::Snake, setter);
                    quote! { #setter(#sent, #value) }
                }
            };
            let ty = ty.declared(types, uses);
            methods.extend(quote! {
                #docs
                #deprecated
                pub fn #name(self, value: #ty) -> Self {
                    self.#call
                }
            });
        }
    }
    methods
}

/// What an option of OData takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rust) enum OptionKind {
    /// A list with commas.
    List,
    /// Text as it is.
    Text,
    /// A number of items.
    Number,
    /// True or false.
    Switch,
}

/// The method of an option of OData, and what it takes.
pub(in crate::rust) fn system(option: QueryOption) -> (&'static str, OptionKind) {
    use OptionKind::{List, Number, Switch, Text};
    match option {
        QueryOption::Select => ("select", List),
        QueryOption::Expand => ("expand", List),
        QueryOption::Filter => ("filter", Text),
        QueryOption::OrderBy => ("order_by", List),
        QueryOption::Top => ("top", Number),
        QueryOption::Skip => ("skip", Number),
        QueryOption::Search => ("search", Text),
        QueryOption::Count => ("count", Switch),
        QueryOption::SkipToken => ("skip_token", Text),
        QueryOption::Format => ("format", Text),
    }
}
