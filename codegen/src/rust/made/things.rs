//! Digests of the things that files are made of, and whether those of a file are as they were.

use std::collections::{BTreeSet, HashMap};

use super::contents::Contents;
use super::keys::Keys;
use super::reads::Thing;
use crate::cache::{Key, Reads};
use crate::digest::{Digest, Digester};
use crate::parallel;
use crate::rust::{Context, CrateOptions};

/// The things of an API as they are in this run.
pub(in crate::rust) struct Things<'a> {
    keys: &'a Keys,
    /// Of what all files are made: the settings, the areas, the address of the service.
    frame: Digest,
    digests: HashMap<Key, Digest>,
}

impl<'a> Things<'a> {
    pub(in crate::rust) fn new(context: &'a Context<'_>) -> Self {
        let keys = &context.keys;
        let all: Vec<Thing> = all(context).collect();
        let found = parallel::map(&all, |_, &thing| {
            let mut contents = Contents::new(keys);
            contents.thing(context, thing);
            (keys.of(thing), contents.finish())
        });
        let mut digests: HashMap<Key, Digest> = HashMap::with_capacity(found.len());
        for (key, digest) in found {
            // Should two things have one key, then it stands for both.
            let known = digests.entry(key).or_insert(digest);
            if *known != digest {
                let mut both = Digester::default();
                both.digest(*known);
                both.digest(digest);
                *known = both.finish();
            }
        }
        Self {
            keys,
            frame: frame(context),
            digests,
        }
    }

    /// What is kept of a file that was made for a subject and asked for some things; nothing where
    /// it has to be made in every run.
    pub(in crate::rust) fn reads(
        &self,
        subject: Digest,
        things: &BTreeSet<Thing>,
    ) -> Option<Reads> {
        if things.contains(&Thing::All) {
            return None;
        }
        let keys: Vec<Key> = things.iter().map(|&thing| self.keys.of(thing)).collect();
        let digest = self.digest(subject, keys.iter().copied())?;
        Some(Reads::new(digest, &keys))
    }

    /// Whether everything that a file asked for is as it was.
    pub(super) fn are_as(&self, subject: Digest, reads: &Reads) -> bool {
        let now = self.digest(subject, reads.keys());
        now.is_some_and(|now| reads.digest() == Some(now))
    }

    /// The digest of a subject and of things; `None` where one of them is not there.
    fn digest(&self, subject: Digest, keys: impl Iterator<Item = Key>) -> Option<Digest> {
        let mut all = Digester::default();
        all.digest(self.frame);
        all.digest(subject);
        for key in keys {
            all.digest(*self.digests.get(&key)?);
        }
        Some(all.finish())
    }
}

fn frame(context: &Context<'_>) -> Digest {
    let mut frame = Digester::default();
    let options: &CrateOptions = context.options;
    frame.text(format_args!("{options:?}"));
    context.areas.digest(&mut frame);
    frame.value(&(context.api.base_url(), context.api.base_path()));
    frame.finish()
}

fn all(context: &Context<'_>) -> impl Iterator<Item = Thing> {
    let api = context.api.all();
    let operations = api.operation_ids().flat_map(|id| {
        [
            Thing::Operation(id),
            Thing::OperationNames(id),
            Thing::Permissions(id),
        ]
    });
    let routes = api
        .route_ids()
        .flat_map(|id| [Thing::Route(id), Thing::RouteName(id)]);
    let resources = api.resource_ids().flat_map(|id| {
        [
            Thing::Resource(id),
            Thing::ResourceName(id),
            Thing::Inheritance(id),
        ]
    });
    let enums = api.enum_ids();
    let enums = enums.flat_map(|id| [Thing::Enumeration(id), Thing::EnumerationName(id)]);
    let paths = 0..context.tree.count();
    let paths = paths.flat_map(|index| [Thing::Path(index), Thing::PathName(index)]);
    operations
        .chain(routes)
        .chain(resources)
        .chain(enums)
        .chain(paths)
}
