//! Makes one file, or leaves it as an earlier run has made it.

use super::Context;
use super::draft::Draft;
use super::reads::noted;
use super::things::Things;
use crate::cache::{Entry, Known};
use crate::digest::Digest;

/// A file of a crate.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MadeFile {
    /// What a later run knows of it.
    pub(crate) entry: Entry,
    /// Its text; absent where the output folder has it already.
    pub(crate) text: Option<String>,
}

impl MadeFile {
    /// A file that is as soon made as looked up.
    pub(super) fn plain(text: String) -> Self {
        let digest = Digest::of(text.as_bytes());
        let entry = Entry {
            reads: None,
            made_of: digest,
            text: digest,
        };
        Self {
            entry,
            text: Some(text),
        }
    }
}

/// The path of a file, and the file.
pub(super) fn file(
    draft: &Draft<'_>,
    context: &Context<'_>,
    things: &Things<'_>,
    known: &Known<'_>,
) -> (String, MadeFile) {
    if let Some(known_by) = &draft.known_by
        && let Some(entry) = known.get(&known_by.path)
        && let Some(reads) = &entry.reads
        && things.are_as(known_by.subject, reads)
    {
        let file = MadeFile {
            entry: entry.clone(),
            text: None,
        };
        return (known_by.path.clone(), file);
    }
    let (file, asked_for) = noted(|| draft.make());
    let path = file.path.clone();
    let known_by = draft.known_by.as_ref();
    debug_assert!(known_by.is_none_or(|it| it.path == path), "{path}");
    let header = file.header(context.api.all(), context.options);
    let reads = known_by.and_then(|it| things.reads(it.subject, &asked_for));
    let made_of = file.made_of(&header);
    let (digest, text) = match known.text(&path, made_of) {
        Some(digest) => (digest, None),
        None => {
            let text = file.text(header);
            (Digest::of(text.as_bytes()), Some(text))
        }
    };
    let entry = Entry {
        reads,
        made_of,
        text: digest,
    };
    (path, MadeFile { entry, text })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{Api, Piece, ResourceId};
    use crate::rust::checks::options;
    use crate::rust::{generate_new, sample};

    type MadeFiles = BTreeMap<String, MadeFile>;

    fn made(api: &Api, known: &Known<'_>) -> MadeFiles {
        generate_new(api, &[], &options(), known).files
    }

    /// All files of a crate, as they are known while the output folder holds them.
    fn known(files: &MadeFiles) -> Known<'_> {
        let files = files.iter();
        files.map(|(path, file)| (&**path, &file.entry)).collect()
    }

    #[test]
    fn what_is_made_of_something_that_has_changed_is_made_again() {
        let first = made(&sample::api(), &Known::default());
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
            let again = made(&changed, &known(&first));
            let anew = made(&changed, &Known::default());
            assert!(again.keys().eq(anew.keys()), "edit {index}");
            for (path, again) in &again {
                assert_eq!(again.entry, anew[path].entry, "edit {index}: {path}");
                let is_new = first
                    .get(path)
                    .is_none_or(|it| it.entry.text != again.entry.text);
                assert!(
                    is_new || again.entry.made_of == again.entry.text || again.text.is_none(),
                    "edit {index}: {path}"
                );
                let text = again.text.as_ref();
                assert!(
                    text.is_none_or(|_| text == anew[path].text.as_ref()),
                    "edit {index}: {path}"
                );
                assert!(text.is_some() || !is_new, "edit {index}: {path}");
            }
        }
    }

    #[test]
    fn what_names_a_type_is_not_made_of_what_is_in_it() {
        let first = made(&sample::api(), &Known::default());
        let mut changed = sample::api();
        changed.resources[1].description.push('x');
        // A file that is known by its tokens alone would be left as it is all the same.
        let mut by_things = first;
        by_things.retain(|_, file| file.entry.reads.is_some());
        let again = made(&changed, &known(&by_things));
        let new = again
            .iter()
            .filter(|(path, file)| by_things.contains_key(*path) && file.text.is_some());
        let new: Vec<&str> = new.map(|(path, _)| path.as_str()).collect();
        assert_eq!(new, ["src/resources/profile_photo.rs"]);
    }

    #[test]
    fn a_text_is_known_where_it_was_made_of_the_same() {
        let api = sample::api();
        let first = made(&api, &Known::default());
        let path = "src/routes.rs";
        let entry = |of: &str| Entry {
            reads: None,
            ..first[of].entry.clone()
        };
        let [same, other] = [entry(path), entry("src/lib.rs")];
        let known = |entry| Known::from_iter([(path, entry)]);
        let again = made(&api, &known(&same));
        assert_eq!(again[path].text, None);
        assert_eq!(again[path].entry, first[path].entry);

        let mut changed = options();
        changed.command = "another command".to_owned();
        let changed = generate_new(&api, &[], &changed, &known(&same));
        assert!(changed.files[path].text.is_some());
        assert!(made(&api, &known(&other)) == first);
    }
}
