//! `src/resources/`: types with properties, one file each.

pub(super) mod inheritance;
mod page;
mod upload_session;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{self, Docs, code};
use super::file::RustFile;
use super::macros::{self, literal};
use super::made::contents::Contents;
use super::made::draft::{Draft, Subject};
use super::made::keys::Keys;
use super::modules::{self, Module};
use super::names::table::TypeName;
use super::names::{Case, Ident, Scope, file_name};
use super::plan::Plan;
use super::types;
use super::uses::Uses;
use crate::model::{BodyContent, OperationId, Property, ResourceId, Source, TypeKind};
use inheritance::{Inheritance, all_properties, full_name};

/// A type with properties: a resource of the pages, or the body that an operation takes.
struct Record<'a> {
    names: &'a TypeName,
    /// The name with its namespace; empty where no page gives one.
    full_name: String,
    docs: Docs,
    properties: Vec<&'a Property>,
    /// Whether the pages leave it to others to add properties.
    open: bool,
    /// What it extends; a body extends nothing.
    inheritance: Option<&'a Inheritance>,
    source: Source,
}

/// What defines a type with properties: a resource, or the operation that takes it.
#[derive(Clone, Copy, Debug)]
enum Definition {
    Resource(ResourceId),
    Body(OperationId),
}

impl Subject for Definition {
    fn digest(&self, keys: &Keys, into: &mut Contents<'_>) {
        match *self {
            Self::Resource(id) => into.value(&(0, keys.resource(id))),
            Self::Body(id) => into.value(&(1, keys.operation(id))),
        }
    }
}

/// The files with the resources, and the module of them.
pub(super) fn files<'a>(context: &'a Context<'_>, plan: &Plan) -> Vec<Draft<'a>> {
    let api = context.api.all();
    let resources = api.resource_ids().map(|id| {
        let page = api.resource(id).source.page;
        let areas = plan.reach.of_resource(id);
        let definition = Definition::Resource(id);
        (context.names.resource(id), definition, page, areas)
    });
    let bodies = api.operation_ids().filter_map(|id| {
        let names = context.names.operation(id).body.as_ref()?;
        let page = api.operation(id).request_body.as_ref()?.source.page;
        let areas = plan.reach.of_body(id);
        Some((names, Definition::Body(id), page, areas))
    });
    let mut types: Vec<_> = resources.chain(bodies).collect();
    types.sort_by_key(|(names, ..)| file_name(&names.module));

    let pages = types.iter().map(|&(_, _, page, _)| page).collect();
    let files = types.iter();
    let files = files.map(|&(names, definition, ..)| {
        Draft::of(context, path_of(names), definition, record_file)
    });
    let mut files: Vec<Draft<'a>> = files.collect();
    let modules = types.into_iter().map(|(names, _, _, areas)| Module {
        name: &names.module,
        items: vec![&names.ty],
        areas,
    });
    let folder = "resources".to_owned();
    let docs = "Types with properties.";
    files.push(modules::draft(
        context,
        folder,
        pages,
        docs,
        modules.collect(),
    ));
    files
}

fn path_of(names: &TypeName) -> String {
    format!("src/resources/{}.rs", file_name(&names.module))
}

/// What is said of a type whose values may have any properties.
const OPEN: &str = "An open type: further properties are in [`other`](Self::other).";

fn resource<'a>(context: &'a Context<'_>, id: ResourceId) -> Record<'a> {
    let resource = context.api.resource(id);
    let full_name = full_name(context.api, id);
    let place = code(&context.api.locate(resource.source));
    let docs = match resource.description.trim() {
        "" => Docs::new().text(format!("The type {}.", code(&resource.name))),
        description => Docs::new().prose("", description),
    };
    Record {
        names: context.names.resource(id),
        docs: match resource.open {
            true => docs.text(OPEN),
            false => docs,
        }
        .text(format!("{}, documented in {place}.", code(&full_name))),
        full_name,
        properties: all_properties(context.api, id),
        open: resource.open,
        inheritance: Some(context.inheritance(id)),
        source: resource.source,
    }
}

fn body<'a>(context: &'a Context<'_>, id: OperationId) -> Option<Record<'a>> {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let body = operation.request_body.as_ref()?;
    let BodyContent::Object(properties) = &body.content else {
        return None;
    };
    let ty = &names.ty;
    let place = code(&context.api.locate(body.source));
    let lead =
        format!("What [`{ty}`](super::super::operations::{ty}) sends, documented in {place}.");
    Some(Record {
        names: names.body.as_ref()?,
        full_name: String::new(),
        docs: Docs::new().text(lead).prose("", &body.description),
        properties: properties.iter().collect(),
        open: false,
        inheritance: None,
        source: body.source,
    })
}

/// A property and the field for it.
struct Field<'a> {
    name: Ident,
    property: &'a Property,
}

fn record_file(context: &Context<'_>, &definition: &Definition) -> RustFile {
    let record = &match definition {
        Definition::Resource(id) => resource(context, id),
        Definition::Body(id) => body(context, id).expect("an operation with a body of its own"),
    };
    let names = record.names;
    let ty = &names.ty;
    let mut uses = Uses::runtime(&["Properties"]);
    let mut scope = Scope::new(Case::Snake, &["other"]);
    let fields = record.properties.iter().map(|&property| {
        let wanted = [property.name.clone(), format!("{} property", property.name)];
        Field {
            name: scope.claim(&wanted).ident,
            property,
        }
    });
    let fields = fields.collect::<Vec<_>>();
    let declared = fields
        .iter()
        .map(|field| declaration(context, field, &mut uses));
    let declared = declared.collect::<Vec<_>>();
    let inheritance = record.inheritance;
    let downcast = inheritance.map(|it| it.downcast(context, ty, &mut uses));
    let derived_from = inheritance.map(|it| it.derived_from(context, ty, &mut uses));
    let page = inheritance.and_then(|_| page::implementation(context, ty, &fields, &mut uses));
    let other = match record.open {
        true => "Further properties, by name: the type is open for any.",
        false => "Properties that the pages do not list, kept as they came.",
    };
    let other = Docs::new().text(other).outer();
    uses.siblings.remove(&ty.to_string());
    let runtime = uses.runtime_items();
    let siblings = uses.sibling_items();
    let modules = uses.module_items(&quote! { super::super });
    let docs = record.docs.outer();
    let pairs = fields.iter().map(|field| (&field.name, field.property));
    let upload_session = upload_session::implementation(ty, pairs);
    let items = quote! {
        #runtime
        #siblings
        #modules

        #docs
        pub struct #ty {
            #(#declared)*
            #other
            pub other: Properties,
        }

        #downcast

        #derived_from

        #upload_session

        #page
    };
    RustFile {
        path: path_of(names),
        pages: record.source.page.into(),
        docs: Docs::new(),
        items,
        tail: table(context, record, &fields),
    }
}

fn declaration(context: &Context<'_>, field: &Field<'_>, uses: &mut Uses) -> TokenStream {
    let Field { name, property } = field;
    let docs = match property.description.trim() {
        "" => Docs::new().text(format!("{}.", code(&property.name))),
        description => Docs::new().prose("", description),
    };
    let place = code(&context.api.locate(property.source));
    // A name that Rust writes in another way is shown as it is in JSON.
    let docs = match *name == property.name || property.description.trim().is_empty() {
        true => docs.text(format!("Documented in {place}.")),
        false => docs.text(format!(
            "In JSON {}, documented in {place}.",
            code(&property.name)
        )),
    };
    let docs = docs.outer();
    let value = types::value(&context.names, property.ty.kind, true, uses);
    let ty = if property.ty.collection {
        quote! { Vec<#value> }
    } else if property.ty.kind.resource().is_some() {
        // A type that holds itself has no size otherwise, and one that holds many has a large one.
        quote! { Box<#value> }
    } else {
        quote! { #value }
    };
    uses.take("Property");
    // The item type of JSON is never a resource, so that the name cannot clash with a sibling.
    debug_assert!(property.ty.kind != TypeKind::Json || !uses.siblings.contains("Json"));
    let deprecated = docs::deprecated(property.deprecated);
    quote! {
        #docs
        #deprecated
        pub #name: Property<#ty>,
    }
}

/// The call of the macro that makes a resource of the type.
fn table(context: &Context<'_>, record: &Record<'_>, fields: &[Field<'_>]) -> String {
    let head = format!("{} = {}", record.names.ty, literal(&record.full_name));
    let inheritance = record.inheritance.into_iter();
    let derived = inheritance.flat_map(|it| it.derived_names(context.api));
    let head = match derived.map(|name| literal(&name)).collect::<Vec<_>>() {
        names if names.is_empty() => format!("    {head} {{\n"),
        names => macros::list(1, &format!("{head}, extended by ["), names, "] {"),
    };
    let rows = fields
        .iter()
        .map(|Field { name, property }| format!("        {name}: {},\n", literal(&property.name)));
    let rows: String = rows.collect();
    format!("docwright_client::resource! {{\n{head}{rows}    }}\n}}\n")
}
