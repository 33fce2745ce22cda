//! The table of all names outside of paths, made before anything is emitted.

use std::borrow::Cow;
use std::{fmt, iter};

use foldhash::{HashMap, HashMapExt};

use super::route_names;
use super::{Case, Ident, Scope, in_turn};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::model::{
    Api, BodyContent, EnumId, Operation, OperationId, ResourceId, Route, RouteId, Source,
};
use crate::rust::made::reads::{Thing, note};
use crate::rust::plan::areas::Areas;

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

/// The names that things of the API have in the crate, in the order of the model. Everything else is
/// named after one of these.
#[derive(Debug)]
pub(in crate::rust) struct Claims {
    resources: Vec<Ident>,
    /// The types of bodies that no page names, by operation.
    bodies: Vec<Option<Ident>>,
    enums: Vec<Ident>,
    operations: Vec<Ident>,
    routes: Vec<Ident>,
}

/// The names of the crate's items.
#[derive(Debug)]
pub(in crate::rust) struct Names {
    operations: Vec<OperationNames>,
    resources: Vec<TypeName>,
    enums: Vec<TypeName>,
    routes: Vec<Ident>,
}

/// The names of an operation.
#[derive(Debug)]
pub(in crate::rust) struct OperationNames {
    /// The type that stands for it.
    pub(in crate::rust) ty: Ident,
    /// The type of its body, where no page names that.
    pub(in crate::rust) body: Option<TypeName>,
}

/// The name of a type and of the module that it is in.
#[derive(Clone, Debug)]
pub(in crate::rust) struct TypeName {
    /// The type.
    pub(in crate::rust) ty: Ident,
    /// The module, and the file.
    pub(in crate::rust) module: Ident,
}

/// A scope that knows what has each of its names and where that is documented, and reports those that only a
/// number tells apart.
struct Namer<'a, T> {
    api: &'a Api,
    scope: Scope,
    holders: HashMap<Ident, (T, Source)>,
    collisions: Vec<Diagnostic>,
}

impl<'a, T: Copy> Namer<'a, T> {
    /// A namer for so many things.
    fn new(api: &'a Api, case: Case, reserved: &[&str], count: usize) -> Self {
        let mut scope = Scope::new(case, reserved);
        scope.reserve(count);
        Self {
            api,
            scope,
            holders: HashMap::with_capacity(count),
            collisions: Vec::new(),
        }
    }

    /// The first of the wanted names that is free, for a thing at a place that is called `text`.
    fn claim<N: AsRef<str>>(
        &mut self,
        wanted: impl IntoIterator<Item = N>,
        (thing, source): (T, Source),
        text: impl fmt::Display,
    ) -> Ident {
        let claim = self.scope.claim(wanted);
        if let Some(taken) = claim.in_place_of {
            let holder = self.holders.get(&taken).map(|&(_, source)| source);
            let found = collision(self.api, source, text, &claim.ident, holder);
            self.collisions.push(found);
        }
        self.holders.insert(claim.ident.clone(), (thing, source));
        claim.ident
    }
}

impl Namer<'_, ()> {
    /// A name for a type: its own, or with the last word of its namespace, or with all of it.
    fn claim_type(&mut self, namespace: &str, name: &str, source: Source) -> Ident {
        let last = namespace.rsplit('.').next().unwrap_or("");
        let longer = [last, namespace].into_iter();
        let longer = longer.map(|before| Cow::Owned(format!("{before} {name}")));
        let wanted = iter::once(Cow::Borrowed(name)).chain(longer);
        self.claim(wanted, ((), source), name)
    }
}

impl Claims {
    /// Names everything that has a name of its own. What only a number tells apart is reported.
    pub(in crate::rust) fn new(
        api: &Api,
        areas: &Areas,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let resources = api.resources.iter();
        let mut types = Namer::new(api, Case::Camel, TYPES_IN_USE, resources.len());
        let resources = resources
            .map(|it| types.claim_type(&it.namespace, &it.name, it.source))
            .collect();
        let body = |operation: &Operation| {
            let body = operation.request_body.as_ref()?;
            let made = matches!(body.content, BodyContent::Object(_));
            let name = made.then(|| format!("{} body", operation.name))?;
            Some(types.claim([&name], ((), body.source), &name))
        };
        let bodies = api.operations.iter().map(body).collect();
        diagnostics.extend(types.collisions);

        let reserved = ["Err", "From", "Ok", "Result", "Self", "String"];
        let enums = api.enums.iter();
        let mut types = Namer::new(api, Case::Camel, &reserved, enums.len());
        let enums = enums
            .map(|it| types.claim_type(&it.namespace, &it.name, it.source))
            .collect();
        diagnostics.extend(types.collisions);

        let operations = api.operations.iter();
        let mut types = Namer::new(api, Case::Camel, OPERATIONS_IN_USE, operations.len());
        let operations = operations
            .map(|it| types.claim([&it.name], ((), it.source), &it.name))
            .collect();
        diagnostics.extend(types.collisions);

        let count = api.routes.len() / areas.list.len().max(1);
        let variants = || Namer::new(api, Case::Camel, &["Self"], count);
        let mut variants: Vec<Namer<'_, &Route>> = areas.list.iter().map(|_| variants()).collect();
        let turn = |index: usize| route_names::turn(&api.routes[index]);
        let routes = in_turn(api.routes.len(), turn, |index| {
            let route = &api.routes[index];
            let area = areas.of_route(RouteId(index as u32)).0;
            variant(&mut variants[area], route)
        });
        diagnostics.extend(variants.into_iter().flat_map(|it| it.collisions));
        Self {
            resources,
            bodies,
            enums,
            operations,
            routes,
        }
    }
}

impl Names {
    /// Names everything. What only a number tells apart is reported.
    pub(in crate::rust) fn new(
        api: &Api,
        areas: &Areas,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let claims = Claims::new(api, areas, diagnostics);
        // A module has the name of its type.
        let named = |ty: Ident, modules: &mut Scope| {
            let module = modules.claim([&ty]).ident;
            TypeName { ty, module }
        };
        let mut of_enums = Scope::of_modules("enums");
        let enums = claims.enums.into_iter();
        let enums = enums.map(|ty| named(ty, &mut of_enums)).collect();
        let mut modules = Scope::of_modules("resources");
        let resources = claims.resources.into_iter();
        let resources = resources.map(|ty| named(ty, &mut modules)).collect();
        let operations = claims.operations.into_iter().zip(claims.bodies);
        let operations = operations.map(|(ty, body)| OperationNames {
            ty,
            body: body.map(|ty| named(ty, &mut modules)),
        });
        Self {
            operations: operations.collect(),
            resources,
            enums,
            routes: claims.routes,
        }
    }

    /// The names of an operation.
    pub(in crate::rust) fn operation(&self, id: OperationId) -> &OperationNames {
        note(Thing::OperationNames(id));
        &self.operations[id.0 as usize]
    }

    /// The name of a resource.
    pub(in crate::rust) fn resource(&self, id: ResourceId) -> &TypeName {
        note(Thing::ResourceName(id));
        &self.resources[id.0 as usize]
    }

    /// The name of an enumeration.
    pub(in crate::rust) fn enumeration(&self, id: EnumId) -> &TypeName {
        note(Thing::EnumerationName(id));
        &self.enums[id.0 as usize]
    }

    /// The variant of a route in the enum of its area.
    pub(in crate::rust) fn route(&self, id: RouteId) -> &Ident {
        note(Thing::RouteName(id));
        &self.routes[id.0 as usize]
    }
}

/// The name of a route among those of its area.
fn variant<'a>(variants: &mut Namer<'a, &'a Route>, route: &'a Route) -> Ident {
    let place = route.sources.first().map(|&source| (route, source));
    let short = route_names::short(route);
    let taken = match variants.scope.claim_one(&short) {
        Ok(name) => {
            let held = place.map(|place| (name.clone(), place));
            variants.holders.extend(held);
            return name;
        }
        Err(taken) => taken,
    };
    let holder = variants.holders.get(&taken).map(|&(holder, _)| holder);
    let longer = route_names::longer(route, holder);
    let wanted = iter::once(short).chain(longer);
    match place {
        Some(place) => variants.claim(wanted, place, &route.path),
        None => variants.scope.claim(wanted).ident,
    }
}

fn collision(
    api: &Api,
    source: Source,
    text: impl fmt::Display,
    ident: &Ident,
    holder: Option<Source>,
) -> Diagnostic {
    let location = Location {
        path: api.pages[source.page.0 as usize].path.clone(),
        line: source.line,
        column: source.column,
        length: 1,
    };
    let Some(holder) = holder else {
        let message = format!(
            "`{text}` is called `{ident}` in Rust: its own name means something else there"
        );
        return Diagnostic::new(Code::NameCollision, location, message)
            .with_help("use it by that name, or give it another one in the pages");
    };
    let holder = api.locate(holder);
    let message =
        format!("`{text}` has the name of the one at {holder} in Rust, and is called `{ident}`");
    Diagnostic::new(Code::NameCollision, location, message)
        .with_help("tell the two apart by more than case and punctuation")
}
