//! Names of properties that a table begins with a capital, and JSON with a small letter.
//!
//! Clients tell names apart by case (RFC 8259, section 8.3), and whoever writes a table may begin each row as one begins a
//! sentence. What all examples write is what the service sends.

use foldhash::{HashMap, HashMapExt as _};

use super::numbers::holding;
use crate::assemble::{finding, source};
use crate::diagnostic::Diagnostic;
use crate::json;
use crate::model::{
    Api, BodyContent, Example, Operation, Property, Resource, ResourceId, Source, Type, TypeKind,
    lineage, property,
};
use crate::page::Page;
use crate::page::table::capitals::{begins_with_capital, is_small, misspelt};
use crate::vocabulary::{Json, Kind};

/// Gives properties the names that all examples write, and reports the rows that have others.
pub(in crate::assemble) fn settle(
    pages: &[Page<'_>],
    api: &mut Api,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut shown = Shown {
        resources: &api.resources,
        holding: holding(&api.resources, |it| begins_with_capital(&it.name)),
        names: HashMap::new(),
    };
    // Most sets have no such name.
    if !shown.holding.contains(&true) {
        return;
    }
    for operation in &api.operations {
        shown.bodies(operation);
    }
    let names = shown.names.into_iter();
    let small: HashMap<Source, String> = names
        .filter_map(|(place, name)| Some((place, name?)))
        .collect();
    if small.is_empty() {
        return;
    }
    rename(api, &small);
    for page in pages {
        let tables = [&page.properties, &page.relationships, &page.answer_rows];
        for row in tables.into_iter().flatten() {
            if let Some(name) = small.get(&source(page, row.span)) {
                let (code, message, help) = misspelt(&row.name, name);
                diagnostics.push(finding(code, page, row.span, message).with_help(help));
            }
        }
    }
}

/// Gives the properties of which rows tell the names that are shown, wherever the model speaks of them.
fn rename(api: &mut Api, small: &HashMap<Source, String>) {
    let mut renamed: HashMap<(u32, String), String> = HashMap::new();
    for (id, resource) in api.resources.iter_mut().enumerate() {
        for property in &mut resource.properties {
            if let Some(name) = small.get(&property.source) {
                let known = std::mem::replace(&mut property.name, name.clone());
                renamed.insert((id as u32, known), name.clone());
            }
        }
    }
    let restate = |resources: &[Resource], id: ResourceId, properties: &mut [Property]| {
        for restated in properties {
            let mut owners = lineage(resources, id);
            let name = owners.find_map(|id| renamed.get(&(id.0, restated.name.clone())));
            if let Some(name) = name {
                restated.name.clone_from(name);
            }
        }
    };
    for id in 0..api.resources.len() {
        let mut restated = std::mem::take(&mut api.resources[id].restated);
        restate(&api.resources, ResourceId(id as u32), &mut restated);
        api.resources[id].restated = restated;
    }
    let bodies = api.operations.iter_mut();
    for body in bodies.filter_map(|it| it.request_body.as_mut()) {
        if let BodyContent::Value(Type {
            kind: TypeKind::Resource(id),
            ..
        }) = body.content
        {
            restate(&api.resources, id, &mut body.properties);
        }
    }
}

/// What examples write in the place of names that begin with a capital.
struct Shown<'m> {
    resources: &'m [Resource],
    /// Which of them have such names, in whatever is within them.
    holding: Vec<bool>,
    /// What is written for the property that is described at a place; `None` where that is its name, or is not always
    /// the same.
    names: HashMap<Source, Option<String>>,
}

impl Shown<'_> {
    /// Looks at what the examples of an operation send and are answered.
    fn bodies(&mut self, operation: &Operation) {
        let sent = operation.request_body.as_ref();
        let sent = sent.and_then(|body| match body.content {
            BodyContent::Value(ty) => Some(ty),
            _ => None,
        });
        for Example {
            request, response, ..
        } in &operation.examples
        {
            self.text(request.body.as_deref(), sent);
            if let Some(response) = response {
                self.text(response.body.as_deref(), response.ty);
            }
        }
    }

    /// Looks at a body, and at the items in it.
    fn text(&mut self, body: Option<&str>, ty: Option<Type>) {
        let ty = ty.filter(|ty| self.may_hold(*ty));
        let body = body.filter(|_| ty.is_some()).and_then(json::read);
        if let (Some(body), Some(ty)) = (&body, ty) {
            self.value(body, ty);
            if let Some(items) = body.member("value") {
                self.value(items, ty);
            }
        }
    }

    fn may_hold(&self, ty: Type) -> bool {
        matches!(ty.kind, TypeKind::Resource(id) if self.holding[id.0 as usize])
    }

    /// Looks at what is within a value.
    fn value<'v>(&mut self, value: impl Json<'v>, ty: Type) {
        match (value.kind(), ty.kind) {
            (Kind::Array, _) => value.items().for_each(|item| self.value(item, ty)),
            (Kind::Object, TypeKind::Resource(id)) if self.may_hold(ty) => {
                for (name, value) in value.members() {
                    if let Some(meant) = self.meant(id, name) {
                        self.value(value, meant);
                    }
                }
            }
            _ => {}
        }
    }

    /// Notes how a name is written, and tells the type of its property.
    fn meant(&mut self, id: ResourceId, name: &str) -> Option<Type> {
        if let Some(known) = property(self.resources, id, name) {
            if begins_with_capital(name) {
                self.names.insert(known.source, None);
            }
            return Some(known.ty);
        }
        let owners = lineage(self.resources, id).map(|id| &self.resources[id.0 as usize]);
        let mut properties = owners.flat_map(|owner| &owner.properties);
        let known = properties.find(|it| is_small(name, &it.name))?;
        let shown = self.names.entry(known.source);
        let shown = shown.or_insert_with(|| Some(name.to_owned()));
        if shown.as_deref() != Some(name) {
            *shown = None;
        }
        Some(known.ty)
    }
}
