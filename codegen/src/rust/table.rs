//! The table of all names outside of paths, made before anything is emitted.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::names::{Case, Claim, Scope};
use super::route_names;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::model::{
    Api, BodyContent, EnumId, Operation, OperationId, Permission, ResourceId, RouteId, Source,
};

/// What files of resources use beside resources. No type may take these names.
const TYPES_IN_USE: &[&str] = &[
    "Binary",
    "Box",
    "Date",
    "DateTimeOffset",
    "Decimal",
    "DerivedFrom",
    "Duration",
    "Err",
    "Guid",
    "Json",
    "MapAccess",
    "None",
    "Ok",
    "Option",
    "Properties",
    "Property",
    "Resource",
    "Result",
    "SerializeMap",
    "Some",
    "String",
    "TimeOfDay",
    "Vec",
];

/// What files of operations use beside operations.
const OPERATIONS_IN_USE: &[&str] = &[
    "Body",
    "Collection",
    "Into",
    "Json",
    "Method",
    "Operation",
    "Path",
    "Request",
    "String",
];

/// The names of the crate's items.
#[derive(Debug)]
pub(super) struct Names {
    operations: Vec<OperationNames>,
    resources: Vec<TypeName>,
    enums: Vec<TypeName>,
    routes: Vec<RouteNames>,
}

/// The names of an operation.
#[derive(Debug)]
pub(super) struct OperationNames {
    /// The struct of its requests.
    pub(super) ty: Ident,
    /// The static with what the pages say about it.
    pub(super) operation: Ident,
    /// The constants with its permissions: one for each set that a route of it needs.
    pub(super) permissions: Vec<PermissionList>,
    /// The type of its body, where no page names that.
    pub(super) body: Option<TypeName>,
}

/// Some of an operation's permissions, and the constant that holds them.
#[derive(Debug)]
pub(super) struct PermissionList {
    /// The constant.
    pub(super) name: Ident,
    /// The permissions.
    pub(super) permissions: Vec<Permission>,
}

/// The name of a type and of the module that it is in.
#[derive(Clone, Debug)]
pub(super) struct TypeName {
    /// The type.
    pub(super) ty: Ident,
    /// The module, and the file.
    pub(super) module: Ident,
}

/// The names of a route.
#[derive(Debug)]
pub(super) struct RouteNames {
    /// The variant.
    pub(super) variant: Ident,
    /// The static with what the pages say about it.
    pub(super) info: Ident,
    /// A field for each parameter.
    pub(super) fields: Vec<Ident>,
}

impl Names {
    /// Names everything. What only a number tells apart is reported.
    pub(super) fn new(api: &Api, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut report = |claim: Claim, source: Source, text: &str| {
            if claim.numbered {
                diagnostics.push(collision(api, source, text, &claim.ident));
            }
            claim.ident
        };
        let mut types = Scope::new(Case::Camel, TYPES_IN_USE);
        let mut modules = Scope::new(Case::Module, &["mod"]);
        let mut type_name = |wanted: &[String], source| {
            let ty = report(types.claim(wanted), source, &wanted[0]);
            let module = modules.claim(&[ty.to_string()]).ident;
            TypeName { ty, module }
        };
        let resources = api.resources.iter();
        let resources =
            resources.map(|it| type_name(&qualified(&it.namespace, &it.name), it.source));
        let resources = resources.collect();
        let body = |operation: &Operation| {
            let body = operation.request_body.as_ref()?;
            let made = matches!(body.content, BodyContent::Object(_));
            made.then(|| type_name(&[format!("{} body", operation.name)], body.source))
        };
        let bodies: Vec<Option<TypeName>> = api.operations.iter().map(body).collect();

        let mut types = Scope::new(
            Case::Camel,
            &["Err", "From", "Ok", "Result", "Self", "String"],
        );
        let mut modules = Scope::new(Case::Module, &["mod"]);
        let enums = api.enums.iter().map(|it| {
            let wanted = qualified(&it.namespace, &it.name);
            let ty = report(types.claim(&wanted), it.source, &it.name);
            let module = modules.claim(&[ty.to_string()]).ident;
            TypeName { ty, module }
        });
        let enums = enums.collect();

        let mut types = Scope::new(Case::Camel, OPERATIONS_IN_USE);
        let mut statics = Scope::new(Case::Shouty, &[]);
        let mut constants = Scope::new(Case::Shouty, &["ALL", "TABLE"]);
        let operations = api.operations.iter().zip(bodies).map(|(it, body)| {
            let ty = report(types.claim(&[&it.name]), it.source, &it.name);
            let operation = statics.claim(&[ty.to_string()]).ident;
            let permissions = permission_lists(api, it, &mut constants);
            OperationNames {
                ty,
                operation,
                permissions,
                body,
            }
        });
        let operations = operations.collect();

        let mut variants = Scope::new(Case::Camel, &[]);
        let routes = api.routes.iter().map(|route| {
            let wanted = route_names::variants(route);
            let claim = variants.claim(&wanted);
            let path = route.path.to_string();
            let variant = match route.sources.first() {
                Some(&source) => report(claim, source, &path),
                None => claim.ident,
            };
            let info = constants.claim(&[variant.to_string()]).ident;
            let mut scope = Scope::new(Case::Snake, &[]);
            let fields = route
                .path
                .parameters()
                .map(|it| scope.claim(&[&it.name]).ident);
            RouteNames {
                variant,
                info,
                fields: fields.collect(),
            }
        });
        let routes = routes.collect();
        Self {
            operations,
            resources,
            enums,
            routes,
        }
    }

    /// The names of an operation.
    pub(super) fn operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.0 as usize]
    }

    /// The name of a resource.
    pub(super) fn resource(&self, id: ResourceId) -> &TypeName {
        &self.resources[id.0 as usize]
    }

    /// The name of an enumeration.
    pub(super) fn enumeration(&self, id: EnumId) -> &TypeName {
        &self.enums[id.0 as usize]
    }

    /// The names of a route.
    pub(super) fn route(&self, id: RouteId) -> &RouteNames {
        &self.routes[id.0 as usize]
    }
}

/// The sets of an operation's permissions that its routes need. The one of all of them is named
/// after the operation, the others after their subjects too.
fn permission_lists(
    api: &Api,
    operation: &Operation,
    constants: &mut Scope,
) -> Vec<PermissionList> {
    let mut lists: Vec<PermissionList> = Vec::new();
    for &route in &operation.routes {
        let path = &api.route(route).path;
        let needed = Permission::for_route(&operation.permissions, path);
        let is_known = |list: &PermissionList| list.permissions.iter().eq(needed.iter().copied());
        if needed.is_empty() || lists.iter().any(is_known) {
            continue;
        }
        let mut words = operation.name.clone();
        if needed.len() < operation.permissions.len() {
            let subjects = needed.iter().filter_map(|it| it.subject.as_deref());
            let subjects: BTreeSet<&str> = subjects.collect();
            subjects
                .iter()
                .for_each(|subject| words += &format!(" {subject}"));
        }
        lists.push(PermissionList {
            name: constants.claim(&[words + " permissions"]).ident,
            permissions: needed.into_iter().cloned().collect(),
        });
    }
    lists
}

/// Names for a type, the best first: its own, with the last word of its namespace, with all of it.
fn qualified(namespace: &str, name: &str) -> Vec<String> {
    let last = namespace.rsplit('.').next().unwrap_or("");
    vec![
        name.to_owned(),
        format!("{last} {name}"),
        format!("{namespace} {name}"),
    ]
}

fn collision(api: &Api, source: Source, text: &str, ident: &Ident) -> Diagnostic {
    let location = Location {
        path: api.pages[source.page.0 as usize].path.clone(),
        line: source.line,
        column: source.column,
        length: 1,
    };
    let message = format!("`{text}` has the name of another one in Rust, and is called `{ident}`");
    Diagnostic::new(Code::NameCollision, location, message)
        .with_help("tell the two apart by more than case and punctuation")
}
