//! Contradictions between what pages say and what they show, looked for once the API is known.
//!
//! Reading a page finds what is wrong with it in itself, and assembling finds what cannot be put
//! together. What is left is that which can be read, and still misleads whoever reads it: an example
//! with a property that its type does not have, a status without the body that belongs to it, a name
//! that two requests share. Nothing here changes the model.

mod arguments;
mod bodies;
mod lists;
mod methods;
mod names;
mod parameters;
mod placeholders;
mod repeated;
mod requirements;
mod resources;
mod selections;
mod statuses;
mod values;

use crate::conformance::Types;
use crate::diagnostic::Diagnostic;
use crate::model::{Api, Operation};
use crate::page::Page;
use crate::page::context::finding;
use crate::parallel;

/// Looks over the pages and what was made of them. The pages must be in the order of their ids.
pub(crate) fn review(pages: &[Page<'_>], api: &Api) -> Vec<Diagnostic> {
    let types = Types::new(api);
    let defined_twice = resources::defined_twice(pages);
    let by_page = parallel::map(pages, |_, page| {
        let mut found = Vec::new();
        let operations = operations(page, api);
        statuses::check(page, operations, &types, &mut found);
        resources::check(page, &types, &defined_twice, &mut found);
        lists::check(page, &mut found);
        requirements::check(page, operations, &mut found);
        parameters::check(page, operations, api, &mut found);
        arguments::check(page, operations, api, &types, &mut found);
        selections::check(page, operations, &types, &mut found);
        bodies::check(page, operations, &types, &mut found);
        found
    });
    let mut found: Vec<Diagnostic> = by_page.into_iter().flatten().collect();
    names::check(pages, &mut found);
    repeated::check(pages, api, &mut found);
    methods::check(pages, api, &types, &mut found);
    found
}

/// What a page documents; operations are in the order of pages.
fn operations<'m>(page: &Page<'_>, api: &'m Api) -> &'m [Operation] {
    let all = &api.operations;
    let start = all.partition_point(|operation| operation.source.page < page.id);
    let end = all.partition_point(|operation| operation.source.page <= page.id);
    &all[start..end]
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Diagnostic, Location};
    use crate::source::SourceFile;

    const WINDMILL: &str = "# windmill resource type\n\n## Properties\n\
        | Property | Type | Description |\n|---|---|---|\n\
        | turns | Boolean | Whether it is windy. |\n\
        | height | Double | In metres. |\n\
        | names | String collection | What it is called. |\n";

    /// The findings about a page that updates a windmill and is answered in the given way.
    fn findings(answer: &str) -> Vec<String> {
        let text = |found: &Diagnostic| format!("{}: {}", found.location.line, found.message);
        found(answer).iter().map(text).collect()
    }

    fn found(answer: &str) -> Vec<Diagnostic> {
        let page = format!(
            "# Update windmill\n\n## HTTP request\n```http\nPATCH /windmills/{{id}}\n```\n\n\
             ## Response\nA `200 OK` or `204 No Content` response code and a \
             [windmill](windmill.md).\n\n## Example\n```http\n\
             PATCH https://api.example.com/v1.0/windmills/1\n```\n```http\n{answer}\n```\n"
        );
        let files = vec![
            SourceFile::new("docs/update.md", page),
            SourceFile::new("docs/windmill.md", WINDMILL),
        ];
        crate::read_files(files, Vec::new()).diagnostics
    }

    #[test]
    fn values_are_held_against_their_types() {
        let head = "HTTP/1.1 200 OK\nContent-type: application/json\n\n";
        let answer = |body: &str| findings(&format!("{head}{body}"));
        assert_eq!(
            answer("{\n\"turns\": \"true\",\n\"height\": \"{height}\",\n\"names\": \"De Kat\" }"),
            [
                "20: `turns` is documented as `Boolean`, and the example shows a string",
                "21: `height` is documented as `Double`, and the example shows a string",
                "22: `names` is documented as a collection of `String`, and the example shows a \
                 string",
            ]
        );
        let fitting = r#"{ "turns": true, "height": null, "names": ["De Kat"] }"#;
        assert!(answer(fitting).is_empty());
    }

    #[test]
    fn a_finding_is_where_the_name_or_the_value_is_written() {
        let places = |body: &str| -> Vec<(Code, u32, u32)> {
            let answer = format!("HTTP/1.1 200 OK\nContent-type: application/json\n\n{body}");
            let of_body = found(&answer).into_iter();
            let of_body = of_body.filter(|found| found.code != Code::BodyLenient);
            let place = |found: Diagnostic| {
                let Location { column, length, .. } = found.location;
                (found.code, column, length)
            };
            of_body.map(place).collect()
        };
        use Code::{PlaceholderText, PropertyUnknown, ValueType};
        let unknown = [(PropertyUnknown, 3, 6)];
        assert_eq!(places(r#"{ "mill": 1 }"#), unknown);
        assert_eq!(places(r#"{ 'mill': 1 }"#), unknown);
        assert_eq!(places("{ mill: 1 }"), [(PropertyUnknown, 3, 4)]);
        assert_eq!(places(r#"{ "mi\u006cl": 1 }"#), [(PropertyUnknown, 3, 11)]);
        let value = r#"{ "names": ["De Kat", 1], "turns": "x" }"#;
        assert_eq!(places(value), [(ValueType, 23, 1), (ValueType, 36, 3)]);
        let template = [(PlaceholderText, 13, 13)];
        assert_eq!(places(r#"{ "names": ["names-value"] }"#), template);
        let escaped = [(PlaceholderText, 13, 18)];
        assert_eq!(places(r#"{ "names": ["n\u0061mes-value"] }"#), escaped);
    }

    #[test]
    fn a_status_that_means_no_body_has_none() {
        let answer = "HTTP/1.1 204 No Content\nContent-type: application/json\n\n{}";
        assert_eq!(
            findings(answer),
            ["19: the response has the status 204, which means that there is no body"]
        );
        assert!(findings("HTTP/1.1 204 No Content").is_empty());
    }
}
