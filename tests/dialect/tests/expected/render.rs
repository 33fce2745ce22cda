//! A reading as text: short enough to review, and with everything that a page can change.

use std::fmt::{self, Write};

use docwright::Reading;
use docwright::model::{
    Api, BodyContent, Content, Encoding, Enumeration, Example, Operation, Parameter, Permission,
    Property, QueryOption, RequestBody, Resource, Route, Source, Type, TypeKind,
};

/// Everything that was read: the model, the findings, and the counts.
pub(crate) fn reading(reading: &Reading) -> String {
    let mut text = String::new();
    let model = Model(&reading.api);
    model.write(&mut text).expect("a string takes all text");
    for finding in &reading.diagnostics {
        text.push_str(&format!("{finding}\n"));
    }
    if !reading.diagnostics.is_empty() {
        text.push('\n');
    }
    let counts = &reading.accounting;
    let tallies = [
        counts.http_lines,
        counts.annotations,
        counts.table_rows,
        counts.examples,
    ];
    for tally in tallies.into_iter().filter(|tally| tally.lost() != 0) {
        text.push_str(&format!("lost on the way: {}\n", tally.lost()));
    }
    for line in counts.to_string().lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

struct Model<'a>(&'a Api);

impl Model<'_> {
    fn write(&self, out: &mut String) -> fmt::Result {
        let api = self.0;
        if let Some(base) = &api.base_url {
            writeln!(out, "base {base}\n")?;
        }
        for route in &api.routes {
            self.route(out, route)?;
        }
        if !api.routes.is_empty() {
            writeln!(out)?;
        }
        for operation in &api.operations {
            self.operation(out, operation)?;
        }
        for resource in &api.resources {
            self.resource(out, resource)?;
        }
        for enumeration in &api.enums {
            self.enumeration(out, enumeration)?;
        }
        Ok(())
    }

    /// `GET /users/{user-id} -> get user @input.md:4`, a line for each place that documents it.
    fn route(&self, out: &mut String, route: &Route) -> fmt::Result {
        let operations = route.operations.iter().map(|&id| self.0.operation(id));
        let operations: Vec<_> = operations.map(|operation| &*operation.name).collect();
        let places: Vec<_> = route.sources.iter().map(|&at| self.at(at)).collect();
        let (method, path) = (&route.method, &route.path);
        let (operations, places) = (operations.join(", "), places.join(" "));
        writeln!(out, "{method} {path} -> {operations} {places}")?;
        for parameter in path.parameters() {
            let encoding = match parameter.encoding {
                Encoding::Segment => "",
                Encoding::Quoted => ", quoted",
                Encoding::Path => ", spans segments",
            };
            let documented = parameter.documented.join(", ");
            writeln!(out, "  {{{}}} from {documented}{encoding}", parameter.name)?;
        }
        Ok(())
    }

    fn operation(&self, out: &mut String, operation: &Operation) -> fmt::Result {
        writeln!(
            out,
            "operation {} {}",
            operation.name,
            self.at(operation.source)
        )?;
        writeln!(out, "  title: {}", operation.title)?;
        if operation.idempotent {
            writeln!(out, "  idempotent")?;
        }
        if operation.deprecated {
            writeln!(out, "  deprecated")?;
        }
        self.description(out, &operation.description)?;
        self.parameters(out, "path", &operation.path_parameters)?;
        self.parameters(out, "argument", &operation.function_parameters)?;
        let options: Vec<_> = operation
            .query_options
            .iter()
            .copied()
            .map(option)
            .collect();
        if !options.is_empty() {
            writeln!(out, "  options: {}", options.join(" "))?;
        }
        self.parameters(out, "query", &operation.query_parameters)?;
        self.parameters(out, "header", &operation.headers)?;
        self.parameters(out, "key", &operation.keys)?;
        if let Some(body) = &operation.request_body {
            self.body(out, body)?;
        }
        for outcome in &operation.outcomes {
            let content = match outcome.content {
                Content::Empty => "nothing".to_owned(),
                Content::Bytes => "bytes".to_owned(),
                Content::Count => "the number of items".to_owned(),
                Content::Value(ty) => self.ty(ty),
                Content::Array(kind) => format!("an array of {}", self.ty(Type::single(kind))),
            };
            writeln!(
                out,
                "  {}: {content} {}",
                outcome.status,
                self.at(outcome.source)
            )?;
        }
        if let Some(ty) = operation.failure {
            writeln!(out, "  failures: {}", self.ty(ty))?;
        }
        for permission in &operation.permissions {
            self.permission(out, permission)?;
        }
        for example in &operation.examples {
            self.example(out, example)?;
        }
        writeln!(out)
    }

    fn description(&self, out: &mut String, description: &str) -> fmt::Result {
        description
            .lines()
            .try_for_each(|line| writeln!(out, "  | {line}"))
    }

    fn parameters(&self, out: &mut String, kind: &str, parameters: &[Parameter]) -> fmt::Result {
        for parameter in parameters {
            let required = if parameter.required { ", required" } else { "" };
            let deprecated = deprecated(parameter.deprecated);
            let (name, ty) = (&parameter.name, self.ty(parameter.ty));
            writeln!(
                out,
                "  {kind} {name}: {ty}{required}{deprecated}{}",
                quoted(&parameter.description)
            )?;
        }
        Ok(())
    }

    fn body(&self, out: &mut String, body: &RequestBody) -> fmt::Result {
        let told = body.media_type.as_deref();
        let sent = match &body.content {
            BodyContent::Bytes => "bytes".to_owned(),
            BodyContent::Value(ty) => self.ty(*ty),
            BodyContent::Object(_) => "an object".to_owned(),
        };
        match (told, &body.content) {
            (Some(media_type), _) => writeln!(out, "  sends {sent}, {media_type}")?,
            (None, BodyContent::Bytes) => writeln!(out, "  sends {sent}, no media type")?,
            (None, _) => writeln!(out, "  sends {sent}")?,
        }
        let properties = match &body.content {
            BodyContent::Object(properties) => properties,
            BodyContent::Bytes | BodyContent::Value(_) => &body.properties,
        };
        let mut properties = properties.iter();
        properties.try_for_each(|property| self.property(out, "    ", property))
    }

    fn permission(&self, out: &mut String, permission: &Permission) -> fmt::Result {
        let subject = permission.subject.as_deref();
        let subject = subject.map_or(String::new(), |subject| format!(" for {subject}"));
        let scopes = if permission.scopes.is_empty() {
            "not supported".to_owned()
        } else {
            permission.scopes.to_string()
        };
        writeln!(out, "  permission {:?}{subject}: {scopes}", permission.kind)
    }

    fn example(&self, out: &mut String, example: &Example) -> fmt::Result {
        let request = &example.request;
        let title = quoted(&example.title);
        writeln!(
            out,
            "  example {}{title} {}",
            example.name,
            self.at(request.source)
        )?;
        writeln!(out, "    {} {}", request.method, request.target)?;
        headers(out, &request.headers)?;
        body_line(out, request.body.as_deref())?;
        match &request.route {
            None => writeln!(out, "    takes no route")?,
            Some(taken) => {
                let route = self.0.route(taken.route);
                write!(out, "    takes {} {}", route.method, route.path)?;
                if !taken.arguments.is_empty() {
                    write!(out, " with {:?}", taken.arguments)?;
                }
                writeln!(out)?;
            }
        }
        let Some(response) = &example.response else {
            return writeln!(out, "    no response");
        };
        let ty = response
            .ty
            .map_or(String::new(), |ty| format!(" {}", self.ty(ty)));
        let truncated = if response.truncated {
            ", truncated"
        } else {
            ""
        };
        writeln!(
            out,
            "    {}{ty}{truncated} {}",
            response.status,
            self.at(response.source)
        )?;
        headers(out, &response.headers)?;
        body_line(out, response.body.as_deref())
    }

    fn resource(&self, out: &mut String, resource: &Resource) -> fmt::Result {
        let name = full_name(&resource.namespace, &resource.name);
        let base = resource.base.map(|base| &self.0.resource(base).name);
        let base = base.map_or(String::new(), |base| format!(" extends {base}"));
        let open = if resource.open { ", open" } else { "" };
        let deprecated = deprecated(resource.deprecated);
        writeln!(
            out,
            "resource {name}{base}{open}{deprecated} {}",
            self.at(resource.source)
        )?;
        self.description(out, &resource.description)?;
        for property in &resource.properties {
            self.property(out, "  ", property)?;
        }
        for property in &resource.restated {
            self.property(out, "  of its base, ", property)?;
        }
        writeln!(out)
    }

    fn property(&self, out: &mut String, indent: &str, property: &Property) -> fmt::Result {
        let flags = [
            (property.navigation, ", navigation"),
            (property.read_only, ", read-only"),
            (property.required, ", required"),
            (property.deprecated, ", deprecated"),
        ];
        let flags = flags.iter().filter(|(set, _)| *set).map(|(_, flag)| *flag);
        let flags: String = flags.collect();
        let (name, ty) = (&property.name, self.ty(property.ty));
        writeln!(
            out,
            "{indent}{name}: {ty}{flags}{}",
            quoted(&property.description)
        )
    }

    fn enumeration(&self, out: &mut String, enumeration: &Enumeration) -> fmt::Result {
        let name = full_name(&enumeration.namespace, &enumeration.name);
        let flags = if enumeration.flags { ", flags" } else { "" };
        let deprecated = deprecated(enumeration.deprecated);
        let place = self.at(enumeration.source);
        writeln!(out, "enum {name}{flags}{deprecated} {place}")?;
        self.description(out, &enumeration.description)?;
        for member in &enumeration.members {
            let value = member
                .value
                .map_or(String::new(), |value| format!(" = {value}"));
            writeln!(
                out,
                "  {}{value}{}",
                member.name,
                quoted(&member.description)
            )?;
        }
        writeln!(out)
    }

    fn ty(&self, ty: Type) -> String {
        let name = match ty.kind {
            TypeKind::Primitive(primitive) => format!("{primitive:?}"),
            TypeKind::Resource(id) => self.0.resource(id).name.clone(),
            TypeKind::Enum(id) => self.0.enumeration(id).name.clone(),
            TypeKind::Json => "JSON".to_owned(),
        };
        if ty.collection {
            format!("[{name}]")
        } else {
            name
        }
    }

    fn at(&self, source: Source) -> String {
        format!("@{}", self.0.locate(source))
    }
}

fn full_name(namespace: &str, name: &str) -> String {
    if namespace.is_empty() {
        name.to_owned()
    } else {
        format!("{namespace}.{name}")
    }
}

fn deprecated(deprecated: bool) -> &'static str {
    if deprecated { ", deprecated" } else { "" }
}

fn option(option: QueryOption) -> String {
    format!("{option:?}")
}

/// A description behind a line, with its line ends made visible.
fn quoted(description: &str) -> String {
    if description.is_empty() {
        String::new()
    } else {
        format!(" {description:?}")
    }
}

fn headers(out: &mut String, headers: &[(String, String)]) -> fmt::Result {
    let mut headers = headers.iter();
    headers.try_for_each(|(name, value)| writeln!(out, "    {name}: {value}"))
}

/// A body without its line ends and indentation: what it holds matters here, not its looks.
fn body_line(out: &mut String, body: Option<&str>) -> fmt::Result {
    let Some(body) = body else { return Ok(()) };
    let lines: Vec<_> = body.lines().map(str::trim).collect();
    writeln!(out, "    {}", lines.join(" ").trim())
}
