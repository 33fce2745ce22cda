//! Numbers of which a page does not say of which kind they are.
//!
//! JSON has one type for all of them (RFC 8259, section 6), and a client has two. What pages call a `number` is an `Int64`,
//! as a service that means a whole number may refuse `1.0`; where any example or JSON of a resource shows it with a
//! fraction or an exponent, it is a `Double`. A `timestamp` is a point in time as text, unless all that is shown of it are whole
//! numbers, as seconds are: then it is an `Int64`.

use std::collections::HashSet;
use std::mem;

use crate::json;
use crate::model::{
    Api, BodyContent, Example, Operation, Parameter, Primitive, Property, Resource, ResourceId,
    Source, Type, TypeKind, property,
};
use crate::page::Page;
use crate::page::type_name::{self, Name};
use crate::vocabulary::{Json, Kind, Number};

const DOUBLE: TypeKind = TypeKind::Primitive(Primitive::Double);
const WHOLE: TypeKind = TypeKind::Primitive(Primitive::Int64);
const TIMESTAMP: TypeKind = TypeKind::Primitive(Primitive::DateTimeOffset);

/// Gives the numbers of all tables the types that they are shown to be of.
pub(in crate::assemble) fn settle(pages: &[Page<'_>], api: &mut Api) {
    let mut shown = Shown {
        resources: &api.resources,
        holding: holding(&api.resources, |it| it.number),
        fractions: HashSet::new(),
        whole: HashSet::new(),
        others: HashSet::new(),
    };
    if shown.holding.contains(&true) {
        pages.iter().for_each(|page| shown.page(page, api));
    }
    for operation in &api.operations {
        shown.parameters(operation, api);
        shown.bodies(operation);
    }
    let (fractions, mut seconds) = (shown.fractions, shown.whole);
    seconds.retain(|place| !shown.others.contains(place));
    if !fractions.is_empty() || !seconds.is_empty() {
        set(api, &fractions, &seconds);
    }
}

/// Makes those numbers `Double` whose places are given, and those timestamps `Int64`, wherever the model speaks of them.
fn set(api: &mut Api, fractions: &HashSet<Source>, seconds: &HashSet<Source>) {
    let settled = |ty: Type, place: &Source| {
        let kind = match ty.kind {
            TIMESTAMP if seconds.contains(place) => WHOLE,
            _ if fractions.contains(place) => DOUBLE,
            kind => kind,
        };
        Type { kind, ..ty }
    };
    let settle = |property: &mut Property| {
        if property.number {
            property.ty = settled(property.ty, &property.source);
        }
    };
    for resource in &mut api.resources {
        resource.properties.iter_mut().for_each(settle);
    }
    for id in api.resource_ids() {
        let at = id.0 as usize;
        let mut restated = mem::take(&mut api.resources[at].restated);
        restate(&mut restated, &api.resources, id);
        api.resources[at].restated = restated;
    }
    for operation in &mut api.operations {
        let parameters = [
            &mut operation.path_parameters,
            &mut operation.function_parameters,
            &mut operation.query_parameters,
            &mut operation.headers,
        ];
        for parameter in parameters.into_iter().flatten() {
            if parameter.number {
                parameter.ty = settled(parameter.ty, &parameter.source);
            }
        }
        let Some(body) = &mut operation.request_body else {
            continue;
        };
        match &mut body.content {
            BodyContent::Object(rows) => rows.iter_mut().for_each(settle),
            BodyContent::Value(ty) => {
                if let Some(id) = ty.kind.resource() {
                    restate(&mut body.properties, &api.resources, id);
                }
            }
            BodyContent::Bytes => {}
        }
    }
}

/// Gives what is said once more of properties of a resource the types of these.
fn restate(properties: &mut [Property], resources: &[Resource], id: ResourceId) {
    for restated in properties.iter_mut().filter(|it| it.number) {
        if let Some(known) = property(resources, id, &restated.name) {
            restated.ty = known.ty;
        }
    }
}

/// Which resources have properties of some kind, such as numbers, or values of other resources that do.
pub(super) fn holding(resources: &[Resource], is_one: impl Fn(&Property) -> bool) -> Vec<bool> {
    let own = |resource: &Resource| resource.properties.iter().any(&is_one);
    let mut holding: Vec<bool> = resources.iter().map(own).collect();
    // Most sets have none.
    if !holding.contains(&true) {
        return holding;
    }
    let mut users = vec![Vec::new(); resources.len()];
    for (at, resource) in resources.iter().enumerate() {
        let kinds = resource.properties.iter().map(|it| it.ty.kind);
        for kind in kinds.chain(resource.base.map(TypeKind::Resource)) {
            if let Some(id) = kind.resource() {
                users[id.0 as usize].push(at);
            }
        }
    }
    let mut found: Vec<usize> = (0..holding.len()).filter(|&at| holding[at]).collect();
    while let Some(at) = found.pop() {
        for &user in &users[at] {
            if !holding[user] {
                holding[user] = true;
                found.push(user);
            }
        }
    }
    holding
}

/// What is shown of numbers.
struct Shown<'m> {
    resources: &'m [Resource],
    /// Which of them have numbers, in whatever is within them.
    holding: Vec<bool>,
    /// Where those are documented that have fractions.
    fractions: HashSet<Source>,
    /// Where timestamps are documented that are shown as whole numbers.
    whole: HashSet<Source>,
    /// Where those are that are shown as anything else.
    others: HashSet<Source>,
}

impl Shown<'_> {
    /// Looks at the JSON of resources on a page, and at samples of them.
    fn page(&mut self, page: &Page<'_>, api: &Api) {
        let namespace = page.namespace.as_deref();
        for block in &page.resources {
            let found = api.types.find(&block.name, namespace);
            let found = found.and_then(TypeKind::resource);
            let Some(id) = found.filter(|id| self.holding[id.0 as usize]) else {
                continue;
            };
            for shown in &block.properties {
                let has_fraction = matches!(
                    shown.ty.name,
                    Name::Primitive(Primitive::Single | Primitive::Double | Primitive::Decimal)
                );
                let known = property(self.resources, id, &shown.name);
                let Some(known) = known.filter(|it| it.number) else {
                    continue;
                };
                match shown.ty.name {
                    _ if known.ty.kind != TIMESTAMP => {
                        self.fractions.extend(has_fraction.then_some(known.source));
                    }
                    Name::Primitive(primitive) => {
                        self.timestamp(known.source, primitive == Primitive::Int64);
                    }
                    _ => {}
                }
            }
        }
        for sample in &page.samples {
            let ty = sample.annotation.ty.as_deref().and_then(type_name::parse);
            if let Some(ty) = ty.and_then(|ty| api.types.resolve(&ty, namespace)) {
                self.answer(sample.value(), ty);
            }
        }
    }

    /// Looks at the parameters of an operation in its examples.
    fn parameters(&mut self, operation: &Operation, api: &Api) {
        for example in &operation.examples {
            let request = &example.request;
            if let Some(taken) = &request.route {
                let path = &api.route(taken.route).path;
                for (row, value) in operation.described_values(path, &taken.arguments) {
                    self.parameter(row, value);
                }
            }
            for row in operation.query_parameters.iter().filter(|it| it.number) {
                let pairs = request.query_pairs();
                let own = pairs.iter().filter(|(name, _)| *name == row.name);
                own.for_each(|(_, value)| self.parameter(row, value));
            }
            for row in operation.headers.iter().filter(|it| it.number) {
                let headers = request.headers.iter();
                let own = headers.filter(|(name, _)| name.eq_ignore_ascii_case(&row.name));
                own.for_each(|(_, value)| self.parameter(row, value));
            }
        }
    }

    fn parameter(&mut self, row: &Parameter, value: &str) {
        let is_number = value.parse::<f64>().is_ok();
        if row.number && row.ty.kind == TIMESTAMP {
            // What stands for a value shows nothing of it.
            if !value.contains(['{', '<']) {
                self.timestamp(row.source, is_number && !is_fraction(Number::of(value)));
            }
        } else if row.number && is_number && is_fraction(Number::of(value)) {
            self.fractions.insert(row.source);
        }
    }

    /// Notes what a timestamp is shown as.
    fn timestamp(&mut self, place: Source, is_whole: bool) {
        match is_whole {
            true => self.whole.insert(place),
            false => self.others.insert(place),
        };
    }

    /// Looks at what the examples of an operation send and are answered.
    fn bodies(&mut self, operation: &Operation) {
        let sent = operation.request_body.as_ref().map(|body| &body.content);
        // To read all bodies once more would take a sixteenth of the time of `check`.
        let sent = sent.filter(|content| match content {
            BodyContent::Value(ty) => self.may_hold(*ty),
            BodyContent::Object(rows) => rows.iter().any(|row| row.number || self.may_hold(row.ty)),
            BodyContent::Bytes => false,
        });
        for Example {
            request, response, ..
        } in &operation.examples
        {
            let body = request.body.as_deref().filter(|_| sent.is_some());
            let body = body.and_then(json::read);
            match (sent, &body) {
                (Some(BodyContent::Value(ty)), Some(body)) => self.value(body, *ty),
                (Some(BodyContent::Object(rows)), Some(body)) => {
                    for row in rows {
                        if let Some(value) = body.member(&row.name) {
                            self.property(row, value);
                        }
                    }
                }
                _ => {}
            }
            let Some(response) = response else { continue };
            let ty = response.ty.filter(|ty| self.may_hold(*ty));
            let body = response.body.as_deref().filter(|_| ty.is_some());
            if let (Some(body), Some(ty)) = (body.and_then(json::read), ty) {
                self.answer(&body, ty);
            }
        }
    }

    /// Whether a value of a type may have a number in it whose kind is not known.
    fn may_hold(&self, ty: Type) -> bool {
        ty.kind
            .resource()
            .is_some_and(|id| self.holding[id.0 as usize])
    }

    /// Looks at an answer, and at the items in it.
    fn answer<'v>(&mut self, body: impl Json<'v>, ty: Type) {
        self.value(body, ty);
        if let Some(items) = body.member("value") {
            self.value(items, ty);
        }
    }

    fn property<'v>(&mut self, property: &Property, value: impl Json<'v>) {
        if property.number && property.ty.kind == TIMESTAMP {
            self.timestamps(property.source, value);
        } else if property.number && has_fraction(value) {
            self.fractions.insert(property.source);
        }
        self.value(value, property.ty);
    }

    /// Looks at a timestamp, or at many of them.
    fn timestamps<'v>(&mut self, place: Source, value: impl Json<'v>) {
        match value.kind() {
            Kind::Null => {}
            Kind::Array => value.items().for_each(|item| self.timestamps(place, item)),
            Kind::Number(number) => self.timestamp(place, !is_fraction(number)),
            _ => self.timestamp(place, false),
        }
    }

    /// Looks at what is within a value.
    fn value<'v>(&mut self, value: impl Json<'v>, ty: Type) {
        match (value.kind(), ty.kind) {
            (Kind::Array, _) => value.items().for_each(|item| self.value(item, ty)),
            (Kind::Object, TypeKind::Resource(id)) if self.holding[id.0 as usize] => {
                for (name, value) in value.members() {
                    if let Some(known) = property(self.resources, id, name) {
                        self.property(known, value);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a value is a number with a fraction or an exponent, or has one among its items.
fn has_fraction<'v>(value: impl Json<'v>) -> bool {
    match value.kind() {
        Kind::Number(number) => is_fraction(number),
        Kind::Array => value.items().any(has_fraction),
        _ => false,
    }
}

/// Whether a number is written with a fraction or an exponent.
fn is_fraction(number: Number) -> bool {
    !matches!(number, Number::Whole(_))
}
