//! What the table under *Request body* says of the properties of what is sent.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::Documented;
use crate::assemble::examples::targets::Target;
use crate::assemble::source;
use crate::model::{Api, Property, ResourceId};
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::table::NamedRow;
use crate::text::lower;
use crate::vocabulary::Json as _;

/// The properties of a resource that is sent, of which the page says more than that of the resource does: that
/// they must be given, or in other words what they are.
pub(super) fn described(of: &Documented<'_>, id: ResourceId) -> Vec<Property> {
    let &Documented { page, types, .. } = of;
    let all_required = requires_all(of);
    let rows = page.body_rows.iter();
    let described = rows.filter_map(|row| {
        let resources = types.lineage(id).map(|id| &types.resources[id.0 as usize]);
        let mut properties = resources.flat_map(|resource| &resource.properties);
        let known = properties.find(|property| property.name == row.name)?;
        let required = (all_required || is_required(page, row)) && !is_left_out(of, &row.name);
        let is_more = required || says_more(&row.description, &known.description);
        is_more.then(|| Property {
            required,
            deprecated: known.deprecated || row.deprecated,
            description: row.description.clone().into_owned(),
            source: source(page, row.span),
            ..known.clone()
        })
    });
    described.collect()
}

/// The requests of a page that the table of its body is held against: not those that go to another server, nor
/// those that carry anything but JSON, nor, beside others that do, those that take no route.
pub(in crate::assemble) fn shown<'p, 'a>(
    page: &'p Page<'a>,
    targets: &[Target<'_>],
    api: &Api,
) -> Vec<&'p ExampleMessage<'a>> {
    if page.body_rows.is_empty() {
        return Vec::new();
    }
    let takes_route = targets.iter().any(|target| !target.found.is_empty());
    let requests = page.examples.requests.iter().zip(targets);
    let own = requests.filter(|(request, target)| {
        let is_other = request.message.body.is_some() && !request.message.has_json();
        let is_astray = takes_route && target.found.is_empty();
        !is_other && !is_astray && !target.leaves(api.base_url.as_deref())
    });
    own.map(|(request, _)| request).collect()
}

/// Whether a request of the page is shown without a property: then the page does not mean, whatever its table
/// says, that each must have it. Often the property is one of something within the body.
pub(super) fn is_left_out(of: &Documented<'_>, name: &str) -> bool {
    let mut requests = of.shown.iter();
    requests.any(|request| {
        let mut members = request.json_value().into_iter().flat_map(|it| it.members());
        let is_sent = request.message.body.is_some() || of.group.is_shown_by(request);
        is_sent && !members.any(|(shown, _)| shown.eq_ignore_ascii_case(name))
    })
}

/// Whether a row says that its property must be given, and no other row of the property says otherwise.
fn is_required(page: &Page<'_>, row: &NamedRow<'_>) -> bool {
    let mut rows = page.body_rows.iter();
    row.required == Some(true)
        && rows.all(|other| other.name != row.name || other.required == Some(true))
}

/// Whether a sentence says of all that the table lists that it must be given, and nothing speaks against that.
/// Pages that are made from others say it of all that there is, where their examples and rows know better.
/// Of a change it is not believed, as what is not sent is left as it is.
fn requires_all(of: &Documented<'_>) -> bool {
    matches!(&*of.group.method, "POST" | "PUT")
        && of.page.request_prose.iter().any(|it| it.requires_all)
        && of.shown.iter().any(|it| it.json.is_some())
        && { of.page.body_rows.iter() }
            .all(|row| !is_told_apart(row) && !is_left_out(of, &row.name))
}

/// Whether a row says by itself when its property is to be given.
fn is_told_apart(row: &NamedRow<'_>) -> bool {
    const WORDS: [&str; 8] = [
        "required",
        "optional",
        "read-only",
        "readonly",
        "applicable",
        "only if",
        "only when",
        "only for",
    ];
    let text = lower(&row.description);
    row.required.is_some() || WORDS.iter().any(|words| text.contains(words))
}

/// Whether a description says anything else than the first words of another one, or a part of it. Of which type
/// the property is inherited is nothing about it, nor are marks.
fn says_more(text: &str, known: &str) -> bool {
    if text == known {
        return false;
    }
    let text = without_origin(text);
    let mut first = letters(known);
    !known.contains(&*text) && !letters(&text).all(|letter| first.next() == Some(letter))
}

/// A description without the link to the type that the property is inherited from.
fn without_origin(text: &str) -> Cow<'_, str> {
    static ORIGIN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("Inherited from ["));
    let Some(at) = ORIGIN.find(text.as_bytes()) else {
        return Cow::Borrowed(text.trim());
    };
    let (before, origin) = text.split_at(at);
    let behind = origin.split_once(')').map_or("", |(_, behind)| behind);
    let text = [before, behind.trim_start_matches(['.', ' '])].concat();
    Cow::Owned(text.trim().to_owned())
}

/// The letters and digits of a description, of ASCII's in lower case, without where its links lead.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let pieces = text.split("](").enumerate();
    let shown = pieces.map(|(at, piece)| match piece.split_once(')') {
        Some((_, behind)) if at > 0 => behind,
        _ => piece,
    });
    let letters = shown.flat_map(str::chars).filter(|c| c.is_alphanumeric());
    letters.map(|c| c.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_says_more_by_other_words_only() {
        let known = "How long it is. In **metres**, see [units](u.md). Never null.";
        for text in [
            "",
            "how long it is (",
            "How long it is. In metres, see [units](../u.md)",
            "How long it is. Inherited from [other](x.md). In **metres**",
            "In **metres** Inherited from [other](x.md).",
            "Never null.",
        ] {
            assert!(!says_more(text, known), "{text}");
        }
        for text in ["How long it is. Required.", "Its length ](", "Long"] {
            assert!(says_more(text, known), "{text}");
        }
    }
}
