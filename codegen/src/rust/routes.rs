//! `src/routes.rs`: the enum of routes, with what the pages say about each.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{Docs, code, escape};
use super::file::RustFile;
use super::operations;
use super::table::{PermissionList, RouteNames};
use crate::model::{OperationId, PathParameter, Permission, PermissionKind, Route, RouteId};

/// The file with the routes.
pub(super) fn file(context: &Context<'_>) -> RustFile {
    let routes = context.api.routes.iter().enumerate();
    let routes = routes.map(|(index, route)| (route, context.names.route(RouteId(index as u32))));
    let routes = routes.collect::<Vec<_>>();
    let variants = routes
        .iter()
        .map(|&(route, names)| variant(context, route, names));
    let methods = methods(&routes);
    let statics = routes
        .iter()
        .map(|&(route, names)| info(context, route, names));
    let entries = routes.iter().map(|&(_, names)| entry(names));
    let infos = routes.iter().map(|(_, names)| &names.info);
    let permissions = (0..context.api.operations.len())
        .map(|index| OperationId(index as u32))
        .flat_map(|id| permission_lists(context, id))
        .collect::<Vec<_>>();
    let kinds = (!permissions.is_empty()).then(|| quote! { PermissionKind, });
    RustFile {
        path: "src/routes.rs".to_owned(),
        pages: context.pages(),
        docs: Docs::new().text("The documented routes, and which of them a request takes."),
        items: quote! {
            use docwright_client::{Method, Permission, #kinds RouteInfo, RouteTable, UnknownRoute};

            /// A documented route with the values in its path.
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum Route {
                #(#variants)*
            }

            #methods

            static ALL: &[&RouteInfo] = &[#(&#infos),*];

            static TABLE: RouteTable<Route> = RouteTable::new(&[#(#entries),*]);

            #(#statics)*

            #(#permissions)*
        },
    }
}

fn variant(context: &Context<'_>, route: &Route, names: &RouteNames) -> TokenStream {
    let RouteNames {
        variant, fields, ..
    } = names;
    let titles = route
        .operations
        .iter()
        .map(|&id| context.api.operation(id).title.trim());
    let titles = titles.map(escape).collect::<Vec<_>>().join("; ");
    let call = code(&format!("{} {}", route.method, route.path));
    let docs = match titles.is_empty() {
        true => Docs::new().text(call),
        false => Docs::new().text(format!("{call}: {titles}.")),
    };
    let places = route.sources.first();
    let place = places.map_or_else(String::new, |&source| context.api.locate(source));
    let docs = docs
        .text(format!("Documented in {}.", code(&place)))
        .outer();
    let fields = fields
        .iter()
        .zip(route.path.parameters())
        .map(|(field, parameter)| {
            let docs = Docs::new().text(parameter_docs(parameter)).outer();
            quote! { #docs #field: String }
        });
    let fields = fields.collect::<Vec<_>>();
    let fields = (!fields.is_empty()).then(|| quote! { { #(#fields),* } });
    quote! { #docs #variant #fields, }
}

/// The name of a parameter in the template, and those under which pages document it.
fn parameter_docs(parameter: &PathParameter) -> String {
    let name = code(&format!("{{{}}}", parameter.name));
    let others = parameter
        .documented
        .iter()
        .filter(|it| **it != parameter.name);
    match others.map(|it| code(it)).collect::<Vec<_>>().as_slice() {
        [] => name,
        others => format!("{name}: {}", others.join(" or ")),
    }
}

fn methods(routes: &[(&Route, &RouteNames)]) -> TokenStream {
    let arms = routes.iter().map(
        |(
            _,
            RouteNames {
                variant,
                info,
                fields,
            },
        )| match fields.as_slice() {
            [] => quote! { Self::#variant => (&#info, Vec::new()), },
            fields => quote! { Self::#variant { #(#fields),* } => (&#info, vec![#(#fields),*]), },
        },
    );
    let parts = match routes.is_empty() {
        true => quote! { match *self {} },
        false => quote! { match self { #(#arms)* } },
    };
    quote! {
        impl Route {
            /// The route that a request takes.
            ///
            /// The path is the part of the URL behind the base URL; a query string does not matter.
            /// Text is compared without case, as the service does.
            pub fn parse(method: Method, path: &str) -> Result<Self, UnknownRoute> {
                TABLE.find(&method, path)
            }

            /// All documented routes.
            pub fn all() -> &'static [&'static RouteInfo] {
                ALL
            }

            /// What the pages say about the route.
            pub fn info(&self) -> &'static RouteInfo {
                self.parts().0
            }

            /// The HTTP method.
            pub fn method(&self) -> Method {
                self.info().method.clone()
            }

            /// The documented path, with parameters in braces.
            pub fn template(&self) -> &'static str {
                self.info().template
            }

            /// The path with the values in it, encoded.
            pub fn path(&self) -> String {
                let (info, values) = self.parts();
                info.path(&values)
            }

            /// The page and line that document the route.
            pub fn doc(&self) -> &'static str {
                self.info().doc
            }

            /// Who may take the route.
            pub fn permissions(&self) -> &'static [Permission] {
                self.info().permissions
            }

            /// The scopes of all permissions in their order, without repeats.
            pub fn scopes(&self) -> impl Iterator<Item = &'static str> {
                self.info().scopes()
            }

            fn parts(&self) -> (&'static RouteInfo, Vec<&str>) {
                #parts
            }
        }
    }
}

fn entry(names: &RouteNames) -> TokenStream {
    let RouteNames {
        variant,
        info,
        fields,
    } = names;
    match fields.as_slice() {
        [] => quote! { (&#info, |_| Route::#variant) },
        fields => quote! {
            (&#info, |values| Route::#variant { #(#fields: values.take()),* })
        },
    }
}

fn info(context: &Context<'_>, route: &Route, names: &RouteNames) -> TokenStream {
    let info = &names.info;
    let method = operations::method(&route.method);
    let template = route.path.to_string();
    let doc = route
        .sources
        .first()
        .map_or_else(String::new, |&source| context.api.locate(source));
    let lists = route.operations.iter().filter_map(|&id| {
        let needed = Permission::for_route(&context.api.operation(id).permissions, &route.path);
        let mut lists = context.names.operation(id).permissions.iter();
        lists.find(|list| list.permissions.iter().eq(needed.iter().copied()))
    });
    let permissions = match lists.collect::<Vec<_>>().as_slice() {
        [] => quote! { &[] },
        [PermissionList { name, .. }] => quote! { #name },
        several => {
            let all = several.iter().flat_map(|list| &list.permissions);
            let all = all.map(permission);
            quote! { &[#(#all),*] }
        }
    };
    quote! {
        static #info: RouteInfo = RouteInfo {
            method: #method,
            template: #template,
            doc: #doc,
            permissions: #permissions,
        };
    }
}

/// The constants with an operation's permissions: those that a route of this operation alone uses.
fn permission_lists(context: &Context<'_>, id: OperationId) -> impl Iterator<Item = TokenStream> {
    let alone = move |list: &&PermissionList| {
        let routes = context.api.operation(id).routes.iter();
        let mut paths = routes.map(|&route| context.api.route(route));
        paths.any(|route| {
            let others = route.operations.iter().filter(|&&other| other != id);
            let mut others = others.map(|&other| context.api.operation(other));
            let needed = Permission::for_route(&context.api.operation(id).permissions, &route.path);
            list.permissions.iter().eq(needed.iter().copied())
                && others.all(|other| other.permissions.is_empty())
        })
    };
    let lists = context.names.operation(id).permissions.iter().filter(alone);
    lists.map(|PermissionList { name, permissions }| {
        let permissions = permissions.iter().map(permission);
        quote! { const #name: &[Permission] = &[#(#permissions),*]; }
    })
}

fn permission(permission: &Permission) -> TokenStream {
    let subject = match &permission.subject {
        Some(subject) => quote! { Some(#subject) },
        None => quote! { None },
    };
    let kind = match permission.kind {
        PermissionKind::DelegatedWork => quote! { DelegatedWork },
        PermissionKind::DelegatedPersonal => quote! { DelegatedPersonal },
        PermissionKind::Application => quote! { Application },
        PermissionKind::Unspecified => quote! { Unspecified },
    };
    let scopes = &permission.scopes;
    quote! {
        Permission {
            subject: #subject,
            kind: PermissionKind::#kind,
            scopes: &[#(#scopes),*],
        }
    }
}
