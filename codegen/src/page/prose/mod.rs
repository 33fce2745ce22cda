//! What sentences say: which statuses an operation answers with, and what it takes and gives.

pub(super) mod deprecation;
mod spoken_type;
mod status;

use std::borrow::Cow;

use super::context::Context;
use super::example::status_reason;
use super::type_name::{Name, TypeName};
use crate::markdown::{Document, Inlines};
use crate::source::Span;
use crate::text::lower;
use crate::words::singular;
use spoken_type::SpokenType;
use status::statuses;

pub(super) use status::{may_be_status, named_status, only_status};

/// What a sentence about responses or requests says.
#[derive(Clone, Debug)]
pub struct Sentence<'a> {
    /// The heading of its section.
    pub heading: Cow<'a, str>,
    /// The statuses that it names, each with its place.
    pub statuses: Vec<(u16, Span)>,
    /// Whether it speaks of nothing but failures.
    pub of_failures: bool,
    /// The type of the value that it speaks of, with the place of its link, or that of the paragraph where
    /// the type is a primitive one.
    pub ty: Option<(TypeName, Span)>,
    /// The types that the value may be of as well, one of which it is.
    pub others: Vec<TypeName>,
    /// What it may speak of: what it has in bold and calls an object, or the page to which its link leads. It is a
    /// type, if there is one of the name.
    pub supposed: Option<TypeName>,
    /// Whether it speaks of bytes.
    pub binary: bool,
    /// Whether it says that nothing is to be sent, or that nothing comes back.
    pub nothing: bool,
    /// Whether it says of all that a table lists that it must be given.
    pub requires_all: bool,
    /// The paragraph, as Markdown.
    pub text: Cow<'a, str>,
    /// The place of the paragraph.
    pub span: Span,
}

impl<'a> Sentence<'a> {
    /// What a status line says that stands alone.
    pub fn of_status(status: u16, span: Span, heading: &Cow<'a, str>) -> Self {
        Self {
            statuses: vec![(status, span)],
            of_failures: status >= 400,
            ..Self::of_failures(span, heading)
        }
    }

    /// What is said of failures of any status.
    pub(super) fn of_failures(span: Span, heading: &Cow<'a, str>) -> Self {
        Self {
            heading: heading.clone(),
            statuses: Vec::new(),
            of_failures: true,
            ty: None,
            others: Vec::new(),
            supposed: None,
            binary: false,
            nothing: false,
            requires_all: false,
            text: Cow::Borrowed(""),
            span,
        }
    }

    /// Whether it says of a success that something is in the body of the response, whatever that is: *the updated entity in
    /// the response body*.
    pub fn brings_body(&self) -> bool {
        const PLACES: [&str; 2] = [" in the response body", "response body contains"];
        const OTHERS: [&str; 7] = ["not ", "n't ", "no ", "nothing", "empty", "error", "fail"];
        let text = lower(&self.text);
        let has = |sentence: &str, words: &[&str]| words.iter().any(|it| sentence.contains(it));
        let mut sentences = text.split(". ");
        !self.of_failures && sentences.any(|it| has(it, &PLACES) && !has(it, &OTHERS))
    }
}

/// Reads a paragraph of a *Response* or *Request body* section.
pub fn read<'a>(
    document: &Document<'a>,
    run: &Inlines,
    span: Span,
    heading: &Cow<'a, str>,
) -> Sentence<'a> {
    let plain = document.plain(run);
    let text = lower(&plain);
    let has = |words: &str| text.contains(words);
    let statuses = statuses(document, run);
    let is_of_answer = !statuses.is_empty();
    let SpokenType {
        ty,
        others,
        supposed,
    } = spoken_type::read(document, run, &text, is_of_answer);
    // What comes back is said in the sentence with the status.
    let primitive = || match statuses.is_empty() {
        true => None,
        false => Some((spoken_type::primitive(&text)?, span)),
    };
    let is_failure = |&(status, _): &(u16, Span)| status >= 400;
    let in_place = || {
        let mut links = document.links(run);
        links.any(|link| fails_instead(document, link.span))
    };
    Sentence {
        heading: heading.clone(),
        of_failures: is_of_answer && statuses.iter().all(is_failure) && !in_place(),
        supposed,
        ty: ty.or_else(primitive),
        others,
        statuses,
        binary: has("binary")
            || has("byte") && (has("bytes") || has("byte stream"))
            || has("raw content"),
        nothing: has("supply") && (has("do not supply") || has("don't supply"))
            || has("request body")
                && (has("not require any request body")
                    || has("not require a request body")
                    || has("no request body is required"))
            || has("return anything")
                && (has("does not return anything")
                    || has("doesn't return anything")
                    || has("not return anything in the response")),
        requires_all: requires_all(&text),
        text: document.markdown(span),
        span,
    }
}

/// The type that sentences speak of, if `resolve` knows it: the first that one of them links to, by its text or by
/// its page, or else the first known one that they may speak of. What is no name of a type may be that of many of one.
pub fn said<'s, 'a: 's, T>(
    sentences: impl IntoIterator<Item = &'s Sentence<'a>> + Clone,
    resolve: impl Fn(&TypeName) -> Option<T>,
) -> Option<T> {
    let resolve = |ty: &TypeName| {
        let one = || match &ty.name {
            Name::Documented(name) => {
                let name = Name::Documented(singular(name).into());
                resolve(&TypeName { name, ..*ty })
            }
            _ => None,
        };
        resolve(ty).or_else(one)
    };
    let mut linking = sentences.clone().into_iter();
    let linked = linking.find_map(|it| Some((&it.ty.as_ref()?.0, &it.supposed)));
    if let Some((ty, page)) = linked {
        return resolve(ty).or_else(|| resolve(page.as_ref()?));
    }
    let supposed = sentences.into_iter();
    let mut supposed = supposed.filter_map(|sentence| sentence.supposed.as_ref());
    supposed.find_map(resolve)
}

/// Reports what is wrong with the statuses that a sentence names as code: in running text, nothing says where the
/// words that belong to a status end.
pub(super) fn check(cx: &mut Context<'_>, sentence: &Sentence<'_>) {
    for &(status, span) in &sentence.statuses {
        let text = cx.slice(span);
        if text.starts_with('`') {
            status_reason::check(cx, status, text.trim_matches('`'));
        }
    }
}

/// Whether a paragraph says of all that a table lists that it must be given, as *the following table shows the
/// properties that are required when you create the photo* does. One that says when, or of which not, does not.
fn requires_all(text: &str) -> bool {
    const WORDS: [&str; 6] = [
        "properties that are required",
        "following properties are required",
        "following required properties",
        "following table are required",
        "lists the required properties",
        "shows the required properties",
    ];
    let has = |words: &&str| text.contains(words);
    text.contains("required") && WORDS.iter().any(has) && !is_limited(text)
}

/// Whether what a paragraph says of all is only so at times, or for some.
pub(super) fn is_limited(text: &str) -> bool {
    const LIMITS: [&str; 7] = ["not ", "n't ", "only ", "some ", "if ", "unless ", "except"];
    LIMITS.iter().any(|words| text.contains(words))
}

/// Whether a status stands for what comes back in the place of what a link speaks of: *the [photo](photo.md), or `404 Not
/// Found`*.
fn fails_instead(document: &Document<'_>, link: Span) -> bool {
    const THING: [&str; 4] = [" object", " resource", " in the response body", ","];
    let mut behind = &document.text[link.end as usize..];
    for words in THING {
        behind = behind.strip_prefix(words).unwrap_or(behind);
    }
    let is_word = |rest: &&str| !rest.starts_with(char::is_alphanumeric);
    let Some(instead) = behind.strip_prefix(" or").filter(is_word) else {
        return false;
    };
    let end = instead.find(|c: char| matches!(c, '[' | '.' | '\n') || c.is_ascii_digit());
    end.is_some_and(|end| instead.as_bytes()[end].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{BlockKind, parse};

    #[test]
    fn a_failure_may_come_in_the_place_of_what_is_spoken_of() {
        let cases = [
            ("The [photo](photo.md), or `404 Not Found`.", true),
            (
                "A [photo](photo.md) object or, if there is none, `404`.",
                true,
            ),
            ("An [error](error.md) with `404 Not Found`.", false),
            (
                "An [error](error.md) or a [fault](fault.md) with `404`.",
                false,
            ),
            ("An [error](error.md) or less. `404 Not Found`.", false),
            ("The [photo](photo.md) orders are gone: `404`.", false),
        ];
        for (text, is_instead) in cases {
            let of_failures = of(text, |read| read.of_failures);
            assert_eq!(!of_failures, is_instead, "{text}");
        }
    }

    #[test]
    fn what_comes_with_a_status_may_be_in_plain_words() {
        let cases = [
            ("`201 Created` and the new photo.", Some("photo")),
            (
                "Returns 200 OK and a photo object. It may be large.",
                Some("photo"),
            ),
            ("`200 OK` and the photos.", None),
            ("`200 OK` and the photo is there.", None),
            (
                "`204 No Content`. The old and the new photo are kept.",
                None,
            ),
            ("The time and the photo.", None),
        ];
        for (text, name) in cases {
            let supposed = of(text, |read| read.supposed.map(|ty| ty.name));
            let expected = name.map(|name| Name::Documented(name.into()));
            assert_eq!(supposed, expected, "{text}");
        }
    }

    /// What a paragraph below *Response* is read as.
    fn of<T>(text: &str, what: impl FnOnce(Sentence<'_>) -> T) -> T {
        let document = parse(text, 0);
        let BlockKind::Paragraph(run, _) = &document.blocks[0].kind else {
            panic!("no paragraph");
        };
        what(read(
            &document,
            run,
            Span::default(),
            &Cow::Borrowed("Response"),
        ))
    }

    fn sentence(text: &str) -> String {
        of(text, |read| {
            let statuses: Vec<_> = read.statuses.iter().map(|(status, _)| *status).collect();
            let ty = read.ty.map(|(ty, _)| (ty.name, ty.collection));
            format!("{statuses:?} {ty:?} {}", read.binary)
        })
    }

    #[test]
    fn a_sentence_may_require_all_that_a_table_lists() {
        for text in [
            "the following table shows the properties that are required when you create the photo.",
            "all the properties listed in the following table are required.",
            "provide the following required properties.",
        ] {
            assert!(requires_all(text), "{text}");
        }
        for text in [
            "the following table shows the properties that can be set.",
            "the properties that are required when you create a user. not all are when you invite one.",
            "these are the properties that are required if the photo is a film.",
            "the photo must contain size, which is a required property.",
        ] {
            assert!(!requires_all(text), "{text}");
        }
    }

    #[test]
    fn sentences_tell_statuses_and_types() {
        let cases = [
            (
                "Returns `200 OK` and binary data. If none exists, `404 Not Found`.",
                "[200, 404] None true",
            ),
            (
                "Returns a `200 OK` code and [photo](../resources/photo.md) object.",
                "[200] Some((Documented(\"photo\"), false)) false",
            ),
            (
                "Returns 200 OK and a collection of [user](../resources/user.md) objects.",
                "[200] Some((Documented(\"user\"), true)) false",
            ),
            (
                "Returns `HTTP/1.1 204 OK`, `HTTP 202 Accepted` or a 200 Ok response code.",
                "[204, 202, 200] None false",
            ),
            (
                "If there is one, 200 OK. If 30 days have passed - 400 Bad Request, otherwise 404 Not Found.",
                "[200, 400, 404] None false",
            ),
            (
                "Returns `http/1.1 204` or ` 404 `.",
                "[204, 404] None false",
            ),
            (
                "Returns `200 OK` and a `Boolean` in the response body.",
                "[200] Some((Primitive(Boolean), false)) false",
            ),
            (
                "Returns `200 OK` and a new String collection object in the response body.",
                "[200] Some((Primitive(String), true)) false",
            ),
            (
                "Returns `200 OK` and the requested date in the response body.",
                "[200] None false",
            ),
            (
                "Returns 200 OK, 404 not found with 500 items, or status code 409.",
                "[200, 404, 409] None false",
            ),
            (
                "Returns 200 OK. A page has up to 100 responses, or 150 founders. The 404 responses have none.",
                "[200, 404] None false",
            ),
            (
                "See [errors](https://a.b/errors.md) with 100 items.",
                "[] None false",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(sentence(text), expected, "{text}");
        }
    }
}
