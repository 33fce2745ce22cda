//! What is in a thing of the API, as a digest.
//!
//! Each thing is taken apart field by field, so that none can be added and forgotten here. Where one
//! thing speaks of another, that is known by its key: what is in the other is a matter of whoever
//! asks for it.

use super::keys::Keys;
use super::reads::Thing;
use crate::digest::{Digest, Digester};
use crate::model::{
    BodyContent, Content, Contradiction, Enumeration, Example, ExampleRequest, ExampleResponse,
    Member, Operation, Outcome, Parameter, Permission, Property, RequestBody, Resource, Route,
    RouteMatch, Source, Type, TypeKind,
};
use crate::rust::Context;
use crate::rust::names::table::TypeName;
use crate::rust::tree::{Call, Described, PathType, Step, StepArgument};

/// A digest of contents.
pub(in crate::rust) struct Contents<'a> {
    keys: &'a Keys,
    digester: Digester,
}

impl<'a> Contents<'a> {
    pub(in crate::rust) fn new(keys: &'a Keys) -> Self {
        Self {
            keys,
            digester: Digester::default(),
        }
    }

    pub(in crate::rust) fn finish(&self) -> Digest {
        self.digester.finish()
    }

    pub(in crate::rust) fn thing(&mut self, context: &Context<'_>, thing: Thing) {
        match thing {
            Thing::Operation(id) => self.operation(context.api.operation(id)),
            Thing::OperationNames(id) => {
                let names = context.names.operation(id);
                self.value(&names.ty);
                self.option(names.body.as_ref(), Self::type_name);
            }
            Thing::Permissions(id) => context.permissions(id).digest(self),
            Thing::Route(id) => self.route(context.api.route(id)),
            Thing::RouteName(id) => self.value(context.names.route(id)),
            Thing::Resource(id) => self.resource(context.api.resource(id)),
            Thing::ResourceName(id) => self.type_name(context.names.resource(id)),
            Thing::Inheritance(id) => {
                let inheritance = context.inheritance(id);
                for ids in [&inheritance.bases, &inheritance.derived] {
                    self.list(ids, |it, &id| it.value(&it.keys.resource(id)));
                }
            }
            Thing::Enumeration(id) => self.enumeration(context.api.enumeration(id)),
            Thing::EnumerationName(id) => self.type_name(context.names.enumeration(id)),
            Thing::Path(index) => self.path(context.tree.path(index)),
            Thing::PathName(index) => self.value(context.tree.name(index)),
            Thing::All => {}
        }
    }

    /// Adds a value that speaks of no other thing.
    pub(in crate::rust) fn value(&mut self, value: &(impl std::hash::Hash + ?Sized)) {
        self.digester.value(value);
    }

    /// Adds a list.
    pub(in crate::rust) fn list<T>(&mut self, items: &[T], mut add: impl FnMut(&mut Self, &T)) {
        self.value(&items.len());
        items.iter().for_each(|item| add(self, item));
    }

    fn option<T>(&mut self, item: Option<&T>, add: impl FnOnce(&mut Self, &T)) {
        self.value(&item.is_some());
        if let Some(item) = item {
            add(self, item);
        }
    }

    fn source(&mut self, source: &Source) {
        let Source { page, line, column } = *source;
        let page = self.keys.page(page);
        self.value(&(page, line, column));
    }

    fn ty(&mut self, ty: &Type) {
        let Type { kind, collection } = *ty;
        self.value(&collection);
        self.kind(kind);
    }

    fn kind(&mut self, kind: TypeKind) {
        match kind {
            TypeKind::Primitive(primitive) => self.value(&(0, primitive)),
            TypeKind::Resource(id) => self.value(&(1, self.keys.resource(id))),
            TypeKind::Enum(id) => self.value(&(2, self.keys.enumeration(id))),
            TypeKind::Json => self.value(&3),
        }
    }

    fn type_name(&mut self, name: &TypeName) {
        let TypeName { ty, module } = name;
        self.value(&(ty, module));
    }

    fn operation(&mut self, operation: &Operation) {
        let Operation {
            name,
            title,
            description,
            method,
            idempotent,
            deprecated,
            routes,
            source,
            path_parameters,
            function_parameters,
            query_options,
            query_parameters,
            headers,
            keys,
            request_body,
            outcomes,
            failure,
            permissions,
            examples,
        } = operation;
        self.value(&(name, title, description, method, query_options));
        self.value(&(idempotent, deprecated));
        self.list(routes, |it, &id| it.value(&it.keys.route(id)));
        self.source(source);
        for parameters in [
            path_parameters,
            function_parameters,
            query_parameters,
            headers,
            keys,
        ] {
            self.list(parameters, Self::parameter);
        }
        self.option(request_body.as_ref(), Self::request_body);
        self.list(outcomes, Self::outcome);
        self.option(failure.as_ref(), Self::ty);
        self.list(permissions, Self::permission);
        self.list(examples, Self::example);
    }

    fn parameter(&mut self, parameter: &Parameter) {
        let Parameter {
            name,
            ty,
            number: _,
            required,
            deprecated,
            description,
            source,
        } = parameter;
        self.value(&(name, required, deprecated, description));
        self.ty(ty);
        self.source(source);
    }

    fn request_body(&mut self, body: &RequestBody) {
        let RequestBody {
            content,
            properties,
            media_type,
            description,
            source,
        } = body;
        self.value(&(media_type, description));
        match content {
            BodyContent::Bytes => self.value(&0),
            BodyContent::Value(ty) => {
                self.value(&1);
                self.ty(ty);
            }
            BodyContent::Object(properties) => {
                self.value(&2);
                self.list(properties, Self::property);
            }
        }
        self.list(properties, Self::property);
        self.source(source);
    }

    fn outcome(&mut self, outcome: &Outcome) {
        let Outcome {
            status,
            content,
            source,
        } = outcome;
        self.value(status);
        match content {
            Content::Empty => self.value(&0),
            Content::Bytes => self.value(&1),
            Content::Value(ty) => {
                self.value(&2);
                self.ty(ty);
            }
            Content::Count => self.value(&3),
            Content::Array(kind) => {
                self.value(&4);
                self.kind(*kind);
            }
        }
        self.source(source);
    }

    pub(in crate::rust) fn permission(&mut self, permission: &Permission) {
        let Permission {
            subject,
            kind,
            scopes,
        } = permission;
        self.value(&(subject, kind, scopes));
    }

    fn example(&mut self, example: &Example) {
        let Example {
            name,
            title,
            request,
            response,
            contradictions,
        } = example;
        self.value(&(name, title));
        self.request(request);
        self.option(response.as_ref(), Self::response);
        self.list(contradictions, Self::contradiction);
    }

    fn request(&mut self, request: &ExampleRequest) {
        let ExampleRequest {
            method,
            target,
            path,
            query,
            headers,
            body,
            route,
            leaves,
            source,
        } = request;
        self.value(&(method, target, path, query, headers, body, leaves));
        self.option(route.as_ref(), |it, matched| {
            let RouteMatch {
                route,
                arguments,
                difference,
            } = matched;
            it.value(&(it.keys.route(*route), arguments, difference));
        });
        self.source(source);
    }

    fn response(&mut self, response: &ExampleResponse) {
        let ExampleResponse {
            status,
            headers,
            body,
            ty,
            truncated,
            source,
        } = response;
        self.value(&(status, headers, body, truncated));
        self.option(ty.as_ref(), Self::ty);
        self.source(source);
    }

    fn contradiction(&mut self, contradiction: &Contradiction) {
        let Contradiction {
            code,
            in_response,
            source,
            message,
        } = contradiction;
        self.value(&(code, in_response, message));
        self.source(source);
    }

    fn route(&mut self, route: &Route) {
        let Route {
            method,
            path,
            operations,
            sources,
        } = route;
        self.value(&(method, path));
        self.list(operations, |it, &id| it.value(&it.keys.operation(id)));
        self.list(sources, Self::source);
    }

    fn resource(&mut self, resource: &Resource) {
        let Resource {
            name,
            namespace,
            description,
            base,
            deprecated,
            open,
            properties,
            restated,
            source,
        } = resource;
        self.value(&(name, namespace, description, deprecated, open));
        self.option(base.as_ref(), |it, &id| it.value(&it.keys.resource(id)));
        self.list(properties, Self::property);
        self.list(restated, Self::property);
        self.source(source);
    }

    fn property(&mut self, property: &Property) {
        let Property {
            name,
            ty,
            number: _,
            description,
            navigation,
            read_only,
            required,
            nullable,
            deprecated,
            source,
        } = property;
        self.value(&(name, description, navigation));
        self.value(&(read_only, required, nullable, deprecated));
        self.ty(ty);
        self.source(source);
    }

    fn enumeration(&mut self, enumeration: &Enumeration) {
        let Enumeration {
            name,
            namespace,
            description,
            deprecated,
            flags,
            text,
            members,
            source,
        } = enumeration;
        self.value(&(name, namespace, description, deprecated, flags, text));
        self.list(members, |it, member| {
            let Member {
                name,
                value,
                description,
                source,
            } = member;
            it.value(&(name, value, description));
            it.source(source);
        });
        self.source(source);
    }

    fn path(&mut self, ty: &PathType) {
        let PathType {
            name,
            places,
            steps,
            calls,
        } = ty;
        self.value(&(name, places));
        self.list(steps, |it, step| {
            let Step {
                method,
                segments,
                arguments,
                collection,
                target,
            } = step;
            let target = it.keys.path(*target);
            it.value(&(method, segments, collection, target));
            it.list(arguments, |it, argument| {
                let StepArgument { name, described } = argument;
                let Described { ty, description } = described;
                it.value(&(name, description));
                it.kind(ty.kind());
            });
        });
        self.list(calls, |it, call| {
            let Call { method, operation } = call;
            it.value(&(method, it.keys.operation(*operation)));
        });
    }
}
