//! The table of all names outside of paths, made before anything is emitted.

use std::collections::BTreeMap;

use super::areas::Areas;
use super::names::{Case, Ident, Scope, single};
use super::route_names;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::model::{Api, BodyContent, EnumId, Operation, OperationId, ResourceId, RouteId, Source};

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
    "AsRef",
    "Body",
    "Collection",
    "Endpoint",
    "Json",
    "Method",
    "Operation",
    "Option",
    "Request",
    "String",
];

/// The names of the crate's items.
#[derive(Debug)]
pub(super) struct Names {
    operations: Vec<OperationNames>,
    resources: Vec<TypeName>,
    enums: Vec<TypeName>,
    routes: Vec<Ident>,
}

/// The names of an operation.
#[derive(Debug)]
pub(super) struct OperationNames {
    /// The type that stands for it.
    pub(super) ty: Ident,
    /// The type of its body, where no page names that.
    pub(super) body: Option<TypeName>,
}

/// The name of a type and of the module that it is in.
#[derive(Clone, Debug)]
pub(super) struct TypeName {
    /// The type.
    pub(super) ty: Ident,
    /// The module, and the file.
    pub(super) module: Ident,
}

/// A scope that knows where each of its names was claimed, and reports those that only a number
/// tells apart.
struct Namer<'a> {
    api: &'a Api,
    scope: Scope,
    holders: BTreeMap<Ident, Source>,
    collisions: Vec<Diagnostic>,
}

impl<'a> Namer<'a> {
    fn new(api: &'a Api, case: Case, reserved: &[&str]) -> Self {
        Self {
            api,
            scope: Scope::new(case, reserved),
            holders: BTreeMap::new(),
            collisions: Vec::new(),
        }
    }

    /// The first of the wanted names that is free, for the thing called `text` at a place.
    fn claim(&mut self, wanted: &[impl AsRef<str>], source: Source, text: &str) -> Ident {
        let claim = self.scope.claim(wanted);
        if claim.numbered {
            let best = wanted.first().map_or("", AsRef::as_ref);
            let holder = self.holders.get(&single(self.scope.case, best)).copied();
            let found = collision(self.api, source, text, &claim.ident, holder);
            self.collisions.push(found);
        }
        self.holders.insert(claim.ident.clone(), source);
        claim.ident
    }
}

impl Names {
    /// Names everything. What only a number tells apart is reported.
    pub(super) fn new(api: &Api, areas: &Areas, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut types = Namer::new(api, Case::Camel, TYPES_IN_USE);
        let mut modules = Scope::new(Case::Module, &["mod"]);
        let mut type_name = |wanted: &[String], source| {
            let ty = types.claim(wanted, source, &wanted[0]);
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
        diagnostics.extend(types.collisions);

        let reserved = ["Err", "From", "Ok", "Result", "Self", "String"];
        let mut types = Namer::new(api, Case::Camel, &reserved);
        let mut modules = Scope::new(Case::Module, &["mod"]);
        let enums = api.enums.iter().map(|it| {
            let ty = types.claim(&qualified(&it.namespace, &it.name), it.source, &it.name);
            let module = modules.claim(&[ty.to_string()]).ident;
            TypeName { ty, module }
        });
        let enums = enums.collect();
        diagnostics.extend(types.collisions);

        let mut types = Namer::new(api, Case::Camel, OPERATIONS_IN_USE);
        let operations = api.operations.iter().zip(bodies).map(|(it, body)| {
            let ty = types.claim(&[&it.name], it.source, &it.name);
            OperationNames { ty, body }
        });
        let operations = operations.collect();
        diagnostics.extend(types.collisions);

        let variants = || Namer::new(api, Case::Camel, &["Self"]);
        let mut variants: Vec<Namer<'_>> = areas.list.iter().map(|_| variants()).collect();
        let routes = api.routes.iter().map(|route| {
            let variants = &mut variants[areas.of_path(&route.path).0];
            let wanted = route_names::variants(route);
            match route.sources.first() {
                Some(&source) => variants.claim(&wanted, source, &route.path.to_string()),
                None => variants.scope.claim(&wanted).ident,
            }
        });
        let routes = routes.collect();
        diagnostics.extend(variants.into_iter().flat_map(|it| it.collisions));
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

    /// The variant of a route in the enum of its area.
    pub(super) fn route(&self, id: RouteId) -> &Ident {
        &self.routes[id.0 as usize]
    }
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

fn collision(
    api: &Api,
    source: Source,
    text: &str,
    ident: &Ident,
    holder: Option<Source>,
) -> Diagnostic {
    let location = Location {
        path: api.pages[source.page.0 as usize].path.clone(),
        line: source.line,
        column: source.column,
        length: 1,
    };
    let other = match holder {
        Some(holder) => format!("the one at {}", api.locate(holder)),
        None => "something else".to_owned(),
    };
    let message = format!("`{text}` has the name of {other} in Rust, and is called `{ident}`");
    Diagnostic::new(Code::NameCollision, location, message)
        .with_help("tell the two apart by more than case and punctuation")
}
