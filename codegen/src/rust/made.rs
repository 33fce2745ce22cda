//! Makes one file, or takes it as an earlier run has made it.

use super::Context;
use super::draft::Draft;
use super::reads::noted;
use super::things::Things;
use crate::cache::{Known, Reads};
use crate::digest::Digest;

/// What a file was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MadeOf {
    /// The things of the API that it asked for; absent where it has to be made in every run.
    pub(crate) reads: Option<Reads>,
    /// The tokens that were formatted.
    pub(crate) tokens: Digest,
}

/// The path of a file, what it is made of, and its text.
pub(super) fn file(
    draft: &Draft<'_>,
    context: &Context<'_>,
    things: &Things<'_>,
    known: &Known<'_>,
) -> (String, MadeOf, String) {
    if let Some(known_by) = &draft.known_by
        && let Some(known) = known.get(&known_by.path)
        && let Some(reads) = &known.entry.reads
        && things.are_as(known_by.subject, reads)
    {
        let made_of = MadeOf {
            reads: Some(reads.clone()),
            tokens: known.entry.made_of,
        };
        return (known_by.path.clone(), made_of, known.text.to_owned());
    }
    let (file, asked_for) = noted(|| draft.make());
    let path = file.path.clone();
    let known_by = draft.known_by.as_ref();
    debug_assert!(known_by.is_none_or(|it| it.path == path), "{path}");
    let header = file.header(context.api.all(), context.options);
    let made_of = MadeOf {
        reads: known_by.and_then(|it| things.reads(it.subject, &asked_for)),
        tokens: file.made_of(&header),
    };
    let text = match known.text(&path, made_of.tokens) {
        Some(text) => text.to_owned(),
        None => file.text(header),
    };
    (path, made_of, text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::cache::{Entry, KnownText};
    use crate::model::{Api, Piece, ResourceId};
    use crate::rust::checks::options;
    use crate::rust::{Made, generate_new, sample};

    /// What a run keeps of a crate, with texts that show that they were kept.
    fn kept(made: &Made) -> BTreeMap<&str, (Entry, String)> {
        let files = made.files.iter().filter_map(|(path, text)| {
            let MadeOf { reads, tokens } = made.made_of.get(path)?.clone();
            let entry = Entry {
                reads,
                made_of: tokens,
                text: Digest::of(text.as_bytes()),
            };
            Some((path, (entry, format!("{text}// kept"))))
        });
        files.collect()
    }

    #[test]
    fn what_is_made_of_something_that_has_changed_is_made_again() {
        let api = sample::api();
        let first = generate_new(&api, &[], &options(), &Known::default());
        let kept = kept(&first);
        let edits: [fn(&mut Api); 17] = [
            |_| {},
            |api| api.pages[0].path.push('x'),
            |api| api.base_url = None,
            |api| api.resources[1].description.push('x'),
            |api| api.resources[1].name.push('x'),
            |api| api.resources[1].properties[0].name.push('x'),
            |api| api.resources[1].properties[0].source.line += 1,
            |api| api.resources[1].properties[0].ty.collection = true,
            |api| api.resources[1].base = Some(ResourceId(0)),
            |api| api.enums[0].name.push('x'),
            |api| api.enums[0].members[0].description.push('x'),
            |api| api.operations[0].title.push('x'),
            |api| api.operations[0].name.push('x'),
            |api| api.operations[0].examples[0].request.headers.clear(),
            |api| api.operations[0].outcomes.clear(),
            |api| api.operations[0].permissions.clear(),
            |api| {
                let path = &mut api.routes[0].path;
                path.segments[0].pieces = vec![Piece::Literal("x".to_owned())];
            },
        ];
        for (index, edit) in edits.into_iter().enumerate() {
            let mut changed = sample::api();
            edit(&mut changed);
            let known = kept
                .iter()
                .map(|(&path, (entry, text))| (path, KnownText { entry, text }));
            let again = generate_new(&changed, &[], &options(), &known.collect());
            let anew = generate_new(&changed, &[], &options(), &Known::default());
            assert_eq!(again.made_of, anew.made_of, "edit {index}");
            let expected = |path, text: &str| match kept.get(path) {
                Some((entry, known)) if entry.text == Digest::of(text.as_bytes()) => known.clone(),
                _ => text.to_owned(),
            };
            for (path, text) in anew.files.iter() {
                let expected = expected(path, text);
                assert_eq!(
                    again.files.get(path),
                    Some(&*expected),
                    "edit {index}: {path}"
                );
            }
        }
    }

    #[test]
    fn what_names_a_type_is_not_made_of_what_is_in_it() {
        let api = sample::api();
        let first = generate_new(&api, &[], &options(), &Known::default());
        let kept = kept(&first);
        let mut changed = sample::api();
        changed.resources[1].description.push('x');
        let known = kept
            .iter()
            .map(|(&path, (entry, text))| (path, KnownText { entry, text }));
        // A text that is kept by its tokens alone has been put together of them again.
        let known = known.filter(|(path, _)| first.made_of[*path].reads.is_some());
        let again = generate_new(&changed, &[], &options(), &known.collect());
        let files = again.files.iter();
        let made = files.filter(|(path, text)| {
            let is_known = first
                .made_of
                .get(*path)
                .is_some_and(|it| it.reads.is_some());
            is_known && !text.ends_with("// kept")
        });
        let made: Vec<&str> = made.map(|(path, _)| path).collect();
        assert_eq!(made, ["src/resources/profile_photo.rs"]);
    }

    #[test]
    fn a_text_is_known_where_it_was_made_of_the_same() {
        let api = sample::api();
        let first = generate_new(&api, &[], &options(), &Known::default());
        let path = "src/routes.rs";
        let entry = |of: &str| Entry {
            reads: None,
            made_of: first.made_of[of].tokens,
            text: Digest::of(b"known"),
        };
        let [same, other] = [entry(path), entry("src/lib.rs")];
        let known = |entry| {
            Known::from_iter([(
                path,
                KnownText {
                    entry,
                    text: "known",
                },
            )])
        };
        let again = generate_new(&api, &[], &options(), &known(&same));
        assert_eq!(again.files.get(path), Some("known"));
        assert_eq!(again.made_of, first.made_of);

        let mut changed = options();
        changed.command = "another command".to_owned();
        let changed = generate_new(&api, &[], &changed, &known(&same));
        assert_ne!(changed.files.get(path), Some("known"));
        let others = generate_new(&api, &[], &options(), &known(&other));
        assert!(others.files == first.files);
    }
}
