//! Who may call: a security scheme for each kind of caller, and scopes.

use std::collections::{BTreeMap, BTreeSet};

use super::OAuth;
use super::document::{Flow, Requirement, SecurityScheme};
use super::operations::Use;
use crate::model::{Api, PathTemplate, Permission, PermissionKind, Scopes};

/// A scheme for each kind of caller that a page names.
///
/// With known endpoints it is an OAuth 2.0 flow with the scopes that pages name. Without them all
/// that is known is the token in the header, and scopes are only what operations ask for.
pub(super) fn schemes<'a>(
    api: &'a Api,
    oauth: Option<&'a OAuth>,
) -> BTreeMap<&'static str, SecurityScheme<'a>> {
    let mut scopes: BTreeMap<PermissionKind, BTreeSet<&str>> = BTreeMap::new();
    for permission in permissions(api) {
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
    schemes.collect()
}

/// What operations need whose pages do not tell: a token of any kind.
pub(super) fn fallback<'a>(api: &Api) -> Vec<Requirement<'a>> {
    let kinds: BTreeSet<PermissionKind> = permissions(api).map(|it| it.kind).collect();
    let requirement = |kind| Requirement {
        scheme: name(kind),
        scopes: Vec::new(),
    };
    kinds.into_iter().map(requirement).collect()
}

/// The alternatives of an operation: any one of them suffices.
pub(super) fn requirements<'a>(
    api: &Api,
    path: &PathTemplate,
    uses: &[Use<'a>],
) -> Vec<Requirement<'a>> {
    let mut requirements = Vec::new();
    for used in uses {
        for permission in Permission::for_route(api, used.operation, path) {
            for alternative in permission.scopes.alternatives() {
                let requirement = Requirement {
                    scheme: name(permission.kind),
                    scopes: Scopes::together(alternative).collect(),
                };
                if !requirements.contains(&requirement) {
                    requirements.push(requirement);
                }
            }
        }
    }
    requirements
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
