//! Makes one file, or leaves it as an earlier run has made it.

pub(super) mod contents;
pub(super) mod draft;
pub(super) mod keys;
pub(super) mod reads;
pub(super) mod things;
pub(super) mod view;

use super::Context;
use crate::cache::{Entry, Known, MadeOf};
use crate::digest::Digest;
use draft::Draft;
use reads::noted;
use things::Things;

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
            made_of: MadeOf::Tokens(digest),
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
    let left = |path: &str, entry: &Entry| {
        let entry = entry.clone();
        (path.to_owned(), MadeFile { entry, text: None })
    };
    let known_by = draft.known_by.as_ref();
    if let Some(known_by) = known_by
        && let Some(entry) = known.get(&known_by.path)
        && let MadeOf::Things(reads) = &entry.made_of
        && things.are_as(known_by.subject, reads)
    {
        return left(&known_by.path, entry);
    }
    let (file, asked_for) = noted(|| draft.make());
    let path = file.path.clone();
    debug_assert!(known_by.is_none_or(|it| it.path == path), "{path}");
    let header = file.header(context.api.all(), context.options);
    let made_of = match known_by.and_then(|it| things.reads(it.subject, &asked_for)) {
        Some(reads) => MadeOf::Things(reads),
        None => MadeOf::Tokens(file.tokens(&header)),
    };
    if let Some(entry) = known.get(&path)
        && entry.made_of == made_of
    {
        return left(&path, entry);
    }
    let text = file.text(header);
    let digest = Digest::of(text.as_bytes());
    let entry = Entry {
        made_of,
        text: digest,
    };
    let text = Some(text);
    (path, MadeFile { entry, text })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{Api, Primitive, ResourceId, Segment, Type};
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

    /// Whether a file is as soon made as looked up.
    fn is_plain(path: &str) -> bool {
        path.ends_with(".toml")
    }

    #[test]
    fn what_is_made_of_something_that_has_changed_is_made_again() {
        let first = made(&sample::api(), &Known::default());
        let edits: [fn(&mut Api); 18] = [
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
            |api| api.operations[0].failure = Some(Type::primitive(Primitive::String)),
            |api| api.operations[0].permissions.clear(),
            |api| {
                let path = &mut api.routes[0].path;
                path.segments[0] = Segment::name("x");
            },
        ];
        for (index, edit) in edits.into_iter().enumerate() {
            let mut changed = sample::api();
            edit(&mut changed);
            let again = made(&changed, &known(&first));
            let anew = made(&changed, &Known::default());
            assert!(again.keys().eq(anew.keys()), "edit {index}");
            for (path, again) in &again {
                let anew = &anew[path];
                assert_eq!(again.entry, anew.entry, "edit {index}: {path}");
                let is_known = first.get(path).is_some_and(|it| it.entry == again.entry);
                let text = anew.text.as_ref().filter(|_| !is_known || is_plain(path));
                assert_eq!(again.text.as_ref(), text, "edit {index}: {path}");
            }
        }
    }

    #[test]
    fn what_names_a_type_is_not_made_of_what_is_in_it() {
        let first = made(&sample::api(), &Known::default());
        let mut changed = sample::api();
        changed.resources[1].description.push('x');
        let again = made(&changed, &known(&first));
        let new = again.iter();
        let new = new.filter(|(path, file)| !is_plain(path) && file.text.is_some());
        let new: Vec<&str> = new.map(|(path, _)| path.as_str()).collect();
        assert_eq!(new, ["src/resources/profile_photo.rs"]);
    }

    #[test]
    fn a_file_that_shows_the_whole_api_is_known_by_its_tokens() {
        let api = sample::api();
        let first = made(&api, &Known::default());
        let path = "src/client.rs";
        let known = |of: &str| Known::from_iter([(path, &first[of].entry)]);
        let again = made(&api, &known(path));
        assert_eq!(again[path].text, None);
        assert_eq!(again[path].entry, first[path].entry);

        let mut changed = options();
        changed.command = "another command".to_owned();
        let changed = generate_new(&api, &[], &changed, &known(path));
        assert!(changed.files[path].text.is_some());
        assert!(made(&api, &known("src/lib.rs")) == first);
    }
}
