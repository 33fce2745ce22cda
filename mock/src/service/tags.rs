//! Entity tags of things (RFC 9110, section 8.8.3), by which clients change only what they know (OData
//! Protocol 4.01, section 11.4.1.1).

use http::header::{ETAG, Entry, HeaderValue, IF_MATCH};

use super::Service;
use super::call::Call;
use super::place::parent;
use super::state::{Content, TAG};
use super::verbatim::is_shown;
use super::{collection, id};
use crate::answer::Answer;
use crate::prefer::split;

impl Service {
    /// Whether a request may change the thing at a place, which `path` leads to: it says no tag, or the
    /// one that the thing has now. Things have tags where the pages show some.
    pub(super) fn is_current(&self, call: &Call<'_>, path: &str, place: &str) -> bool {
        let given = call.headers.get_all(IF_MATCH).iter();
        let given = given.filter_map(|value| value.to_str().ok());
        let given: Vec<&str> = given.flat_map(|value| split(value, ',')).collect();
        if given.is_empty() {
            return true;
        }
        let is_given = |tag: &str| {
            let mut given = given.iter().map(|given| given.trim());
            given.any(|given| given == "*" || opaque(given) == opaque(tag))
        };
        if let (Some(tag), Some(kept)) = (self.state.tag(place), self.state.get(place)) {
            let shown = self.answer_at(path, call);
            let has_tag = matches!(&kept, Content::Json(value) if value.get(TAG).is_some())
                || shown.is_some_and(|shown| shown.headers.contains_key(ETAG));
            return !has_tag || is_given(&tag);
        }
        let shown = self.shown_tags(call, path);
        shown.is_empty()
            || shown.iter().any(|tag| is_given(tag))
            // Pages show other tags where they change a thing than where they read it.
            || is_shown(call, self.exchanges_at(call.found.route))
    }

    /// The tags that pages show for a thing, which `path` leads to: where it is read, and among others.
    fn shown_tags(&self, call: &Call<'_>, path: &str) -> Vec<String> {
        let thing = self.answer_at(path, call);
        let list = parent(path.trim_end_matches('/')).and_then(|list| self.answer_at(list, call));
        let header = thing.as_ref().and_then(|thing| thing.headers.get(ETAG));
        let header = header.and_then(|header| header.to_str().ok());
        let body = |answer: &Option<Answer<'_>>| answer.as_ref()?.body.json().cloned();
        let listed = body(&list).and_then(|list| collection::items(&list).cloned());
        let id = call.id(&self.api);
        let listed = listed.into_iter().flatten();
        let listed = listed.filter(|item| id.is_some() && id::of(item).as_deref() == id);
        let things = body(&thing).into_iter().chain(listed);
        let tags = things.filter_map(|thing| Some(thing.get(TAG)?.as_str()?.to_owned()));
        tags.chain(header.map(str::to_owned)).collect()
    }

    /// Whether the pages show tags in the things of a collection, which `path` leads to.
    pub(super) fn has_tags(&self, call: &Call<'_>, path: &str) -> bool {
        let any = format!("{}/any", path.trim_end_matches('/'));
        let shown = self.answer_at(&any, call);
        let thing = shown.as_ref().and_then(|shown| shown.body.json());
        thing.is_some_and(|thing| thing.get(TAG).is_some())
    }

    /// Has an answer that shows the tag of the thing at a place show the one that it has now.
    pub(super) fn show_tag(&self, answer: &mut Answer<'_>, place: &str) {
        let tag = self.state.tag(place).map(HeaderValue::try_from);
        if let (Entry::Occupied(mut shown), Some(Ok(tag))) = (answer.headers.entry(ETAG), tag) {
            shown.insert(tag);
        }
    }
}

/// A tag as it is compared: OData's are weak, and conditions of a change all the same.
fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}
