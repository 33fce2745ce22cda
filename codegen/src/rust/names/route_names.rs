//! The names of routes: `GetUserPhoto` for `GET /users/{user-id}/photo`.

use std::iter;

use super::{Case, Ident, Scope};
use crate::model::{PathTemplate, Route, SegmentKind, Source};
use crate::rust::tree::nodes::is_key;
use crate::rust::tree::path_names::{overload, picked, words};
use crate::words::singular;

/// Names for the variant of a route whose [best](short) is another's, the best first.
pub(in crate::rust) fn longer(
    route: &Route,
    holder: Option<&Route>,
) -> impl Iterator<Item = String> {
    let names = iter::once_with(move || by_key(route, holder?))
        .chain(iter::once_with(|| Some(full(route))))
        .chain(iter::once_with(|| overloaded(route)));
    names.flatten()
}

/// Where a route stands among those that get their names one after the other: of the calls of one function,
/// the first that the pages write has its name alone.
pub(in crate::rust) fn turn(route: &Route) -> Option<Source> {
    let mut segments = route.path.segments.iter();
    let is_call = segments.any(|segment| overload(segment).is_some());
    route.sources.first().copied().filter(|_| is_call)
}

/// The best name for the variant of a route. A collection with a key behind it is named in the singular; keys have no name
/// of their own, and functions not those of their arguments, unless two routes are told apart by nothing else.
pub(in crate::rust) fn short(route: &Route) -> String {
    with_key(route, None)
}

/// The short name with what picks the first thing that another route does not lead to: `get drive by id`, where `/drive`
/// is one too.
fn by_key(route: &Route, other: &Route) -> Option<String> {
    let others = other
        .path
        .segments
        .iter()
        .map(Some)
        .chain(iter::repeat(None));
    let mut own = route.path.segments.iter().zip(others).enumerate().skip(1);
    let mut parted = route.path.segments.first() != other.path.segments.first();
    let key = own.find(|(_, (segment, other))| {
        parted |= *other != Some(segment);
        parted && is_key(segment)
    });
    key.map(|(at, _)| with_key(route, Some(at)))
}

/// The short name, with what picks a thing where its key is the one at an index.
fn with_key(route: &Route, key: Option<usize>) -> String {
    let segments = &route.path.segments;
    // Few segments have longer names.
    let mut name = String::with_capacity(20 * (segments.len() + 1));
    name.push_str(&route.method);
    for (index, segment) in segments.iter().enumerate() {
        if is_key(segment) && (index > 0 || segments.len() > 1) {
            continue;
        }
        let step = segments.get(index..=index + 1);
        let picked = step.filter(|_| key == Some(index + 1)).and_then(picked);
        if let Some(picked) = picked {
            name.push(' ');
            name.push_str(&picked);
            continue;
        }
        let said = words(segment);
        let keyed = segments.get(index + 1).is_some_and(is_key);
        let picks = match segment.kind {
            SegmentKind::Name => keyed,
            kind => kind == SegmentKind::Item,
        };
        name.push(' ');
        match picks {
            true => name.push_str(&singular(&said)),
            false => name.push_str(&said),
        }
    }
    name
}

fn full(route: &Route) -> String {
    let mut name = route.method.to_lowercase();
    for segment in &route.path.segments {
        name.push(' ');
        name.push_str(&words(segment));
        if is_key(segment) {
            name.push_str(" key");
        }
    }
    name
}

/// The short name with what tells calls of its functions apart.
fn overloaded(route: &Route) -> Option<String> {
    let overloads: Vec<String> = route.path.segments.iter().filter_map(overload).collect();
    (!overloads.is_empty()).then(|| format!("{} {}", short(route), overloads.join(" ")))
}

/// The fields of a route's variant: one for each parameter of its path.
pub(in crate::rust) fn fields(path: &PathTemplate) -> Vec<Ident> {
    let mut scope = Scope::new(Case::Snake, &[]);
    let parameters = path.parameters();
    parameters.map(|it| scope.claim([&it.name]).ident).collect()
}

#[cfg(test)]
mod tests {
    use crate::rust::checks::options;
    use crate::rust::generate;
    use crate::source::SourceFile;

    /// The variants of the routes that a page lists.
    fn names(routes: &str) -> Vec<String> {
        let page = format!("# Get kite\n\n## HTTP request\n```http\n{routes}\n```\n");
        let files = vec![SourceFile::new("docs/get.md", page)];
        let (files, _) = generate(&crate::read_files(files, Vec::new()).api, &[], &options());
        let text = files.get("src/routes.rs").unwrap();
        let variants = text.lines().filter(|line| line.contains(" = \"GET "));
        let names = variants.map(|line| line.split_whitespace().next().unwrap().to_owned());
        names.collect()
    }

    #[test]
    fn routes_of_one_name_are_told_apart_by_what_picks_a_thing() {
        for (routes, expected) in [
            (
                "GET /kite\nGET /kites/{kite-id}\nGET /kite/tails/{tail-id}\nGET /kites/{kite-id}/tails/{tail-id}",
                &["GetKite", "GetKiteTail", "GetKiteById", "GetKiteByIdTail"][..],
            ),
            (
                "GET /yards/{id}/kiteSails\nGET /yards/{id}/kites/{tag}/sails",
                &["GetYardKiteSails", "GetYardKiteByTagSails"],
            ),
            // What has a plural like its singular.
            (
                "GET /fleece\nGET /fleece/{fleeceId}",
                &["GetFleece", "GetFleeceById"],
            ),
            // No key tells these two apart.
            (
                "GET /kites/{id}/tailRibbons\nGET /kites/{id}/tail/ribbons",
                &["GetKiteTailRibbons", "GetKitesKiteIdKeyTailRibbons"],
            ),
        ] {
            let mut names = names(routes);
            let mut expected: Vec<_> = expected.iter().copied().map(str::to_owned).collect();
            names.sort();
            expected.sort();
            assert_eq!(names, expected, "{routes}");
        }
    }
}
