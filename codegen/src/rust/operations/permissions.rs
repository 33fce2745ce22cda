//! Who may make the requests of an operation: constants of its type, which its routes refer to.

use std::collections::BTreeSet;

use crate::model::{Api, Operation, OperationId, PathTemplate, Permission, PermissionKind, Route};
use crate::rust::Context;
use crate::rust::macros;
use crate::rust::made::contents::Contents;
use crate::rust::names::{Case, Ident, Scope};

/// The sets of an operation's permissions that its routes need, each once.
#[derive(Debug)]
pub(in crate::rust) struct PermissionLists<'a>(Vec<PermissionList<'a>>);

/// Some of an operation's permissions, the paths that need them, and the constant that holds them.
#[derive(Debug)]
struct PermissionList<'a> {
    name: Ident,
    paths: Vec<&'a PathTemplate>,
    permissions: Vec<&'a Permission>,
}

impl<'a> PermissionLists<'a> {
    /// The lists of an operation. That of all permissions is `PERMISSIONS`, others are named after
    /// their subjects too.
    pub(in crate::rust) fn new(api: &'a Api, operation: &'a Operation) -> Self {
        let mut scope = Scope::new(Case::Shouty, &[]);
        let mut lists: Vec<PermissionList<'_>> = Vec::new();
        for &route in &operation.routes {
            let path = &api.route(route).path;
            let permissions = Permission::for_route(api, operation, path);
            if permissions.is_empty() {
                continue;
            }
            let mut known = lists.iter_mut();
            if let Some(list) = known.find(|list| list.permissions == permissions) {
                list.paths.push(path);
                continue;
            }
            let mut words = String::new();
            if permissions.len() < operation.permissions.len() {
                let subjects = permissions.iter().filter_map(|it| it.subject.as_deref());
                let subjects: BTreeSet<&str> = subjects.collect();
                words.extend(subjects.iter().map(|subject| format!("{subject} ")));
            }
            let name = scope.claim(&[words + "permissions"]).ident;
            lists.push(PermissionList {
                name,
                paths: vec![path],
                permissions,
            });
        }
        Self(lists)
    }

    /// Adds all of the lists.
    pub(in crate::rust) fn digest(&self, into: &mut Contents<'_>) {
        into.list(&self.0, |into, list| {
            into.value(&(&list.name, &list.paths));
            into.list(&list.permissions, |into, it| into.permission(it));
        });
    }

    /// The constant with the permissions that a route of the operation needs.
    fn of_route(&self, route: &Route) -> Option<&Ident> {
        let found = self.0.iter().find(|list| list.paths.contains(&&route.path));
        found.map(|list| &list.name)
    }
}

/// The constants with the permissions that a route needs, as paths.
pub(in crate::rust) fn of_route(context: &Context<'_>, route: &Route) -> Vec<String> {
    let name = |id: &OperationId| {
        let list = context.permissions(*id).of_route(route)?;
        let ty = &context.names.operation(*id).ty;
        Some(format!("operations::{ty}::{list}"))
    };
    route.operations.iter().filter_map(name).collect()
}

/// The call of the macro that gives the types of some operations their permissions.
pub(in crate::rust) fn text(context: &Context<'_>, ids: &[OperationId]) -> String {
    let lists = ids.iter().flat_map(|&id| {
        let ty = &context.names.operation(id).ty;
        let lists = context.permissions(id).0.iter();
        lists.map(move |list| list_text(ty, list))
    });
    let lists: Vec<String> = lists.collect();
    match lists.as_slice() {
        [] => String::new(),
        lists => format!(
            "docwright_client::permissions! {{\n{}}}\n",
            lists.join("\n")
        ),
    }
}

fn list_text(ty: &Ident, list: &PermissionList<'_>) -> String {
    let rows = list.permissions.iter().map(|permission| {
        let scopes: Vec<&str> = permission.scopes.alternatives().collect();
        macros::words(2, &format!("{}:", caller(permission)), &scopes)
    });
    let rows: String = rows.collect();
    format!("    {ty}::{} = \"\n{rows}    \";\n", list.name)
}

/// Who is permitted something, in words on one line: the next line is the next permission.
fn caller(permission: &Permission) -> String {
    let kind = match permission.kind {
        PermissionKind::DelegatedWork => "DelegatedWork",
        PermissionKind::DelegatedPersonal => "DelegatedPersonal",
        PermissionKind::Application => "Application",
        PermissionKind::Unspecified => "Unspecified",
    };
    let subject = permission.subject.iter().flat_map(|subject| {
        let words = subject.split_whitespace();
        ["for"].into_iter().chain(words)
    });
    let words: Vec<&str> = [kind].into_iter().chain(subject).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::sample;

    #[test]
    fn an_owner_is_on_one_line_whatever_a_page_calls_it() {
        let mut permission = sample::api().operations[0].permissions[0].clone();
        permission.kind = PermissionKind::Application;
        permission.subject = Some("a\nDelegatedWork:  b".to_owned());
        assert_eq!(caller(&permission), "Application for a DelegatedWork: b");
        permission.subject = None;
        assert_eq!(caller(&permission), "Application");
    }
}
