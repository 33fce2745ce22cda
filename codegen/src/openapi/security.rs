//! Who may call: a security scheme for each kind of caller, with scopes, and for each header with a key.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashSet;

use super::document::{Flow, Requirement, SecurityScheme};
use super::operations::Use;
use super::{Context, OAuth};
use crate::model::{Api, Operation, PathTemplate, Permission, PermissionKind, Scopes};

/// The headers that carry a key of the caller, by their names in lower case, each as the first page writes it.
pub(super) fn keys(api: &Api) -> BTreeMap<String, &str> {
    let mut keys = BTreeMap::new();
    for key in api.operations.iter().flat_map(|it| &it.keys) {
        let name = key.name.to_ascii_lowercase();
        keys.entry(name).or_insert(key.name.as_str());
    }
    keys
}

/// A scheme for each kind of caller that a page names, and for each header with a key.
///
/// With known endpoints it is an OAuth 2.0 flow with the scopes that pages name. Without them all
/// that is known is the token in the header, and scopes are only what operations ask for.
pub(super) fn schemes<'a>(
    context: &Context<'a>,
    oauth: Option<&'a OAuth>,
) -> BTreeMap<&'a str, SecurityScheme<'a>> {
    let mut scopes: BTreeMap<PermissionKind, BTreeSet<&str>> = BTreeMap::new();
    for permission in permissions(context.api) {
        let known = scopes.entry(permission.kind).or_default();
        known.extend(permission.scopes.iter());
    }
    let schemes = scopes.into_iter().map(|(kind, scopes)| {
        let description = description(kind);
        let scheme = match oauth {
            Some(oauth) => SecurityScheme::OAuth2 {
                description,
                flows: flows(kind, scopes, oauth),
            },
            None => SecurityScheme::Http {
                description,
                scheme: "bearer",
            },
        };
        (name(kind), scheme)
    });
    let keys = context.keys_of_callers.values().map(|&name| {
        let scheme = SecurityScheme::ApiKey {
            description: "A key of the caller.",
            name,
            place: "header",
        };
        (name, scheme)
    });
    schemes.chain(keys).collect()
}

/// What operations need whose pages do not tell: a token of any kind.
pub(super) fn fallback<'a>(api: &Api) -> Vec<Requirement<'a>> {
    let kinds: BTreeSet<PermissionKind> = permissions(api).map(|it| it.kind).collect();
    let requirement = |kind| Requirement(vec![(name(kind), Vec::new())]);
    kinds.into_iter().map(requirement).collect()
}

/// The alternatives of an operation: any one of them suffices. A key is needed with each.
pub(super) fn requirements<'a>(
    context: &Context<'a>,
    path: &PathTemplate,
    uses: &[Use<'a>],
) -> Vec<Requirement<'a>> {
    let mut requirements = Vec::new();
    let mut known = HashSet::default();
    for used in uses {
        for requirement in alternatives(context, path, used.operation) {
            if known.insert(requirement.clone()) {
                requirements.push(requirement);
            }
        }
    }
    requirements
}

/// What an operation alone needs; nothing where its page does not tell.
fn alternatives<'a>(
    context: &Context<'a>,
    path: &PathTemplate,
    operation: &'a Operation,
) -> Vec<Requirement<'a>> {
    let mut found = Vec::new();
    for permission in Permission::for_route(context.api, operation, path) {
        for alternative in permission.scopes.alternatives() {
            let scopes = Scopes::together(alternative).collect();
            found.push(Requirement(vec![(name(permission.kind), scopes)]));
        }
    }
    let keys = operation.keys.iter().filter_map(|key| {
        let known = context.keys_of_callers.get(&key.name.to_ascii_lowercase());
        Some((*known?, Vec::new()))
    });
    let keys: Vec<_> = keys.collect();
    if found.is_empty() && !keys.is_empty() {
        found = fallback(context.api);
        // The key alone, where no page speaks of tokens.
        found.resize_with(found.len().max(1), Requirement::default);
    }
    for requirement in &mut found {
        requirement.0.extend(keys.iter().cloned());
    }
    found
}

/// The permissions that let anybody call.
fn permissions(api: &Api) -> impl Iterator<Item = &Permission> {
    let all = api.operations.iter().flat_map(|it| &it.permissions);
    all.filter(|permission| !permission.scopes.is_empty())
}

fn name(kind: PermissionKind) -> &'static str {
    match kind {
        PermissionKind::DelegatedWork => "delegatedWork",
        PermissionKind::DelegatedPersonal => "delegatedPersonal",
        PermissionKind::Application => "application",
        PermissionKind::Unspecified => "caller",
    }
}

fn description(kind: PermissionKind) -> &'static str {
    match kind {
        PermissionKind::DelegatedWork => "A signed-in user with a work or school account.",
        PermissionKind::DelegatedPersonal => "A signed-in user with a personal account.",
        PermissionKind::Application => "An application without a user.",
        PermissionKind::Unspecified => "A caller of a kind that the page does not tell.",
    }
}

/// The grant of RFC 6749 for a kind of caller: section 4.1 for users, 4.4 for applications.
fn flows<'a>(
    kind: PermissionKind,
    scopes: BTreeSet<&'a str>,
    oauth: &'a OAuth,
) -> BTreeMap<&'static str, Flow<'a>> {
    let is_application = kind == PermissionKind::Application;
    let flow = Flow {
        authorization_url: (!is_application).then_some(&oauth.authorization_url),
        token_url: &oauth.token_url,
        scopes: scopes.into_iter().map(|scope| (scope, "")).collect(),
    };
    let grant = match is_application {
        true => "clientCredentials",
        false => "authorizationCode",
    };
    BTreeMap::from([(grant, flow)])
}
