//! Values of documented types, where the pages show no example.

use docwright::model::{Api, Primitive, ResourceId, Type, TypeKind};
use serde_json::{Map, Value, json};

/// How far properties of properties are filled in.
const DEPTH: usize = 3;

/// How many values there are from which on no more resources are filled in: types of many properties of
/// each other's types would make a sample that grows with the cube.
const VALUES: usize = 1000;

/// A value of a type.
pub(crate) fn value(api: &Api, ty: Type) -> Value {
    let sample = &mut Sample {
        api,
        within: Vec::new(),
        values: 0,
    };
    sample.of(ty)
}

/// A value that is being made.
struct Sample<'a> {
    api: &'a Api,
    /// The types of the resources that the next value is in. None of them has a value within itself.
    within: Vec<ResourceId>,
    /// How many values there are.
    values: usize,
}

impl Sample<'_> {
    fn of(&mut self, ty: Type) -> Value {
        self.values += 1;
        let single = match ty.kind {
            TypeKind::Primitive(primitive) => Some(of_primitive(primitive)),
            TypeKind::Enum(id) => Some(match self.api.enumeration(id).members.first() {
                Some(member) => member.name.clone().into(),
                None => Value::Null,
            }),
            TypeKind::Resource(id) => self.has_room(id).then(|| self.of_resource(id)),
            TypeKind::Json => Some(json!({})),
        };
        match (single, ty.collection) {
            (Some(single), true) => json!([single]),
            (None, true) => json!([]),
            (single, false) => single.unwrap_or_default(),
        }
    }

    fn has_room(&self, id: ResourceId) -> bool {
        self.within.len() < DEPTH && self.values < VALUES && !self.within.contains(&id)
    }

    fn of_resource(&mut self, id: ResourceId) -> Value {
        self.within.push(id);
        let mut properties = Map::new();
        for resource in self.api.lineage(id).map(|id| self.api.resource(id)) {
            for property in resource.properties.iter().filter(|it| !it.navigation) {
                let entry = properties.entry(property.name.clone());
                entry.or_insert_with(|| self.of(property.ty));
            }
        }
        self.within.pop();
        Value::Object(properties)
    }
}

/// As OData's JSON format writes it (section 7.1).
fn of_primitive(primitive: Primitive) -> Value {
    match primitive {
        Primitive::Boolean => true.into(),
        Primitive::Byte | Primitive::Int16 | Primitive::Int32 => 1.into(),
        Primitive::Int64 => 1.into(),
        Primitive::Single | Primitive::Double | Primitive::Decimal => 1.5.into(),
        Primitive::Guid => "00000000-0000-0000-0000-000000000001".into(),
        Primitive::DateTimeOffset => "2024-01-01T00:00:00Z".into(),
        Primitive::Date => "2024-01-01".into(),
        Primitive::TimeOfDay => "12:00:00".into(),
        Primitive::Duration => "PT1H".into(),
        Primitive::Binary | Primitive::Stream => "AAAA".into(),
        Primitive::String => "text".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docwright::conformance::Types;
    use docwright::source::SourceFile;

    fn page(name: &str, rows: impl IntoIterator<Item = String>) -> SourceFile {
        let rows: String = rows.into_iter().collect();
        let text = format!(
            "# {name} resource type\n\n## Properties\n| Property | Type |\n|:-|:-|\n{rows}"
        );
        SourceFile::new(format!("{name}.md"), text)
    }

    fn sample(pages: Vec<SourceFile>, name: &str) -> Value {
        let api = docwright::read_files(pages, Vec::new()).api;
        let kind = Types::new(&api).find(name, None).unwrap();
        value(&api, Type::single(kind))
    }

    #[test]
    fn no_type_has_a_value_within_itself() {
        let rows = [
            "| name | String |\n",
            "| next | node |\n",
            "| all | node collection |\n",
        ];
        let node = page("node", rows.map(str::to_owned));
        let expected = json!({ "name": "text", "next": null, "all": [] });
        assert_eq!(sample(vec![node], "node"), expected);
    }

    #[test]
    fn a_sample_has_a_bound() {
        let names = ["one", "two", "three", "four"];
        let pages = names.iter().enumerate().map(|(at, name)| {
            let ty = names.get(at + 1).unwrap_or(&"String");
            page(
                name,
                (0..100).map(|number| format!("| p{number} | {ty} |\n")),
            )
        });
        let sample = sample(pages.collect(), "one");
        assert_eq!(sample["p99"], Value::Null);
        assert_eq!(sample["p0"]["p0"].as_object().map(Map::len), Some(100));
        assert!(sample.to_string().len() < 100_000);
    }
}
