//! Outcomes: the statuses that may come back, and what a successful answer carries.

use super::{Documented, aside, kinds};
use crate::assemble::examples::{content, wrapped};
use crate::assemble::routes::asides::Aside;
use crate::assemble::routes::groups::Group;
use crate::assemble::source;
use crate::assemble::types::references::unknown;
use crate::model::{Content, Outcome, Primitive, Type, TypeKind};
use crate::page::Page;
use crate::page::example::ExampleMessage;
use crate::page::prose::Sentence;
use crate::page::type_name::TypeName;
use crate::source::Span;
use crate::words::folded;

/// What may come back: the statuses that the sentences name, and those of the examples but for those of other
/// hosts; and the type of what failures are answered with, where the page gives it.
pub(super) fn outcomes(of: &mut Documented<'_>) -> (Vec<Outcome>, Option<Type>) {
    let &mut Documented {
        page, group, types, ..
    } = of;
    let sentences = sentences_for(&page.response_prose, group);
    let shown = responses(page, group);
    let statuses = sentences.iter().flat_map(|sentence| &sentence.statuses);
    let statuses: Vec<(u16, Span)> = statuses
        .copied()
        .chain(shown.iter().map(|it| (it.0, it.1.message.span)))
        .collect();
    let (failures, sentences): (Vec<_>, Vec<_>) =
        sentences.into_iter().partition(|it| it.of_failures);
    let contents = contents(of, sentences, shown);
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (status, span) in statuses {
        if !outcomes.iter().any(|outcome| outcome.status == status) {
            outcomes.push(Outcome {
                status,
                content: contents.of(status).clone(),
                source: source(page, span),
            });
        }
    }
    // A page that only names redirects sends its readers elsewhere for the answer.
    if !outcomes.iter().any(|outcome| outcome.status < 400) {
        outcomes.push(Outcome {
            status: match contents.result {
                Content::Empty => 204,
                _ => 200,
            },
            content: contents.result,
            source: source(page, page.title_span),
        });
    }
    outcomes.sort_by_key(|outcome| outcome.status);
    // One that is known: a link in what is said of failures may also lead to what readers are to know of errors.
    let failure = types.said(page, failures.iter().copied());
    (outcomes, failure)
}

/// The status of work that is not done yet.
const ACCEPTED: u16 = 202;

/// What the answers carry.
struct Contents {
    /// What was asked for.
    result: Content,
    /// What tells of work that is not done yet.
    accepted: Content,
}

impl Contents {
    fn of(&self, status: u16) -> &Content {
        match status {
            ACCEPTED => &self.accepted,
            _ if carries_result(status) => &self.result,
            _ => &Content::Empty,
        }
    }
}

/// What the answers of an operation carry. Where nothing but 202 comes back, it carries what is said of any
/// answer, if an example shows that it has a body at all; beside another answer, it carries something else.
fn contents(
    of: &mut Documented<'_>,
    sentences: Vec<&Sentence<'_>>,
    shown: Vec<(u16, &ExampleMessage<'_>)>,
) -> Contents {
    let said = sentences.iter().flat_map(|sentence| &sentence.statuses);
    let mut statuses = said.map(|it| it.0).chain(shown.iter().map(|it| it.0));
    if !statuses.any(carries_result) {
        let result = success_content(of, &sentences, &shown);
        let has_body = of.is_answer_described() || accepted_bodies(of.page).next().is_some();
        let accepted = match has_body {
            true => result.clone(),
            false => Content::Empty,
        };
        return Contents { result, accepted };
    }
    let of_accepted = |sentence: &&Sentence<'_>| speaks_of_accepted(sentence);
    let (waiting, done): (Vec<_>, Vec<_>) = sentences.into_iter().partition(of_accepted);
    let (later, at_once): (Vec<_>, Vec<_>) = shown.into_iter().partition(|it| it.0 == ACCEPTED);
    let accepted = accepted_content(of, &waiting, &later);
    let shown = [at_once, later].concat();
    let result = success_content(of, &done, &shown);
    let accepted = match accepted {
        // What is read is there, whatever the server goes on with.
        Content::Empty if of.group.method == "GET" && waiting.iter().any(|it| is_done(it)) => {
            result.clone()
        }
        accepted => accepted,
    };
    Contents { result, accepted }
}

/// Whether an answer of a status carries what was asked for.
fn carries_result(status: u16) -> bool {
    matches!(status, 200 | 201 | 203 | 206 | 207)
}

/// Whether a paragraph is about work that is not done yet, and about no other answer.
fn speaks_of_accepted(sentence: &Sentence<'_>) -> bool {
    matches!(sentence.statuses.as_slice(), [(ACCEPTED, _)])
}

/// Whether a paragraph says that a request has been dealt with, and not that nothing comes back.
fn is_done(sentence: &Sentence<'_>) -> bool {
    let mut words = ["processed successfully", "successfully processed"].iter();
    !sentence.nothing && words.any(|words| sentence.text.contains(words))
}

/// The examples of a page, whatever requests they answer, that show a body for accepted work.
fn accepted_bodies<'p, 'a>(page: &'p Page<'a>) -> impl Iterator<Item = &'p ExampleMessage<'a>> {
    let responses = page.examples.responses.iter();
    responses.filter(|response| {
        let message = &response.message;
        message.status() == Some(ACCEPTED) && message.body.is_some()
    })
}

/// What 202 carries beside an answer with the result: what an example of it shows, the operation's own before
/// others of the page, of the type that the annotation or a paragraph about 202 alone gives it.
fn accepted_content(
    of: &mut Documented<'_>,
    sentences: &[&Sentence<'_>],
    shown: &[(u16, &ExampleMessage<'_>)],
) -> Content {
    let &mut Documented { page, types, .. } = of;
    let said = kinds::said(of, sentences.iter().copied());
    let own = shown.iter().map(|&(_, response)| response);
    let own = own.filter(|response| response.message.body.is_some());
    let content = own
        .chain(accepted_bodies(page))
        .find_map(|response| content::of(&mut of.of_page(), response, said, types));
    content.unwrap_or(Content::Empty)
}

/// The sentences about an operation: those below the heading that speaks of it, where a page has
/// several; where no heading tells, those that speak of bytes for bytes, and the others otherwise.
fn sentences_for<'p, 'a>(sentences: &'p [Sentence<'a>], group: &Group) -> Vec<&'p Sentence<'a>> {
    let sentences = sentences.iter();
    let sentences = sentences.filter(|sentence| group.is_about(sentence.span));
    let mut headings: Vec<&str> = sentences
        .clone()
        .map(|sentence| &*sentence.heading)
        .collect();
    headings.dedup();
    if headings.len() < 2 || group.title.is_empty() {
        return sentences.collect();
    }
    let binary = group.tail.as_deref() == Some("$value");
    let score = |heading: &str| {
        let under = sentences
            .clone()
            .filter(|sentence| sentence.heading == heading);
        let fits = under.clone().any(|sentence| sentence.binary) == binary;
        let speaks = under.clone().any(|sentence| !sentence.statuses.is_empty());
        (speaks, fits, shared_words(heading, &group.title))
    };
    let best = headings.iter().map(|heading| score(heading)).max();
    let chosen = headings
        .into_iter()
        .find(|heading| Some(score(heading)) == best);
    sentences
        .filter(|sentence| Some(&*sentence.heading) == chosen)
        .collect()
}

/// How many words two headings share, `getting` and `get` counted as one.
fn shared_words(a: &str, b: &str) -> usize {
    let stems = |text: &str| -> Vec<String> {
        let words = text.split_whitespace().map(folded);
        words
            .map(|word| {
                word.strip_suffix("ting")
                    .or(word.strip_suffix("ing"))
                    .unwrap_or(&word)
                    .to_owned()
            })
            .collect()
    };
    let b = stems(b);
    stems(a).iter().filter(|word| b.contains(word)).count()
}

/// What a successful answer carries: what the path says, then the annotation of an example, then
/// the sentence about the response, then a table of methods, then the body of an example.
fn success_content(
    of: &mut Documented<'_>,
    sentences: &[&Sentence<'_>],
    shown: &[(u16, &ExampleMessage<'_>)],
) -> Content {
    let &mut Documented { page, group, .. } = of;
    match group.tail.as_deref() {
        Some("$value") if group.method == "GET" => return Content::Bytes,
        Some("$count") if group.method == "GET" => return Content::Count,
        _ => {}
    }
    // An answer to HEAD never has a body (RFC 9110, section 9.3.2).
    if group.method == "HEAD" {
        return Content::Empty;
    }
    let written = sentences.iter().find_map(|sentence| sentence.ty.as_ref());
    let said = kinds::said(of, sentences.iter().copied());
    if let Some(content) = aside::content(of, said, shown) {
        return content;
    }
    let said = aside::said(of, said);
    if let Some(content) = shown_content(of, said, written, shown) {
        return content;
    }
    if let Some(ty) = said {
        return Content::Value(ty);
    }
    let leads_to_bytes = redirects(shown).any(|response| {
        let annotated = content::annotated(page, response, of.types);
        annotated.is_some_and(|ty| ty.kind == TypeKind::Primitive(Primitive::Stream))
    });
    if leads_to_bytes {
        return Content::Bytes;
    }
    if let Some((ty, _)) = written {
        report_unknown(of, written);
        let collection = ty.collection;
        let kind = TypeKind::Json;
        return Content::Value(Type { kind, collection });
    }
    let mut bodies = successes(shown).filter(|response| response.message.has_json());
    if let Some(response) = bodies.next() {
        let collection = response.is_collection();
        let kind = TypeKind::Json;
        return content::value(response, Type { kind, collection });
    }
    untold_content(of, sentences, shown)
}

/// What examples show a successful answer to carry, beside the type that sentences speak of and the one that they
/// name.
fn shown_content(
    of: &mut Documented<'_>,
    said: Option<Type>,
    written: Option<&(TypeName, Span)>,
    shown: &[(u16, &ExampleMessage<'_>)],
) -> Option<Content> {
    let &mut Documented {
        page,
        group,
        listed,
        types,
        ..
    } = of;
    let is_named = said.is_some() || written.is_some();
    let listed = || listed.of(page, group, is_named, types);
    // Where many are asked for, an example of one is no example of the answer.
    let of_many = matches!(group.aside, Some(Aside::Collection(_)))
        && successes(shown).any(ExampleMessage::is_collection);
    for response in successes(shown).filter(|it| !of_many || it.is_collection()) {
        let annotation = response.annotation.as_ref();
        let is_annotated = response.annotated_as().is_some();
        let supposed = match response.message.has_json() && !is_annotated {
            true => said.or_else(listed),
            false => said,
        };
        let Some(content) = content::of(&mut of.of_page(), response, supposed, types) else {
            continue;
        };
        if said.is_none() && !is_annotated {
            report_unknown(of, written);
        }
        // The path, the sentence and the annotation are three that speak of one thing.
        let flagged = annotation.is_some_and(|annotation| annotation.collection == Some(true));
        return Some(match content {
            Content::Value(ty)
                if group.of_one
                    && said.is_some_and(|said| !said.collection)
                    && is_annotated
                    && !flagged
                    && wrapped::is_list_of_one(response) =>
            {
                Content::Value(Type::single(ty.kind))
            }
            Content::Value(Type { kind, collection }) => {
                let kind = kinds::shared(of, kind, said, successes(shown)).unwrap_or(kind);
                Content::Value(Type { kind, collection })
            }
            content => content,
        });
    }
    None
}

/// What a successful answer carries of which no sentence names the type, and no example shows anything that has one.
fn untold_content(
    of: &Documented<'_>,
    sentences: &[&Sentence<'_>],
    shown: &[(u16, &ExampleMessage<'_>)],
) -> Content {
    let &Documented { page, group, .. } = of;
    let says_bytes = sentences.iter().any(|sentence| sentence.binary);
    // Where nothing is said of what a redirect leads to, it may be anything.
    let only_redirects = group.method == "GET" && redirects(shown).next().is_some();
    if says_bytes || only_redirects {
        return Content::Bytes;
    }
    let listed = || of.listed.of(page, group, false, of.types);
    let any = Type::single(TypeKind::Json);
    if page.shows_answer {
        return Content::Value(listed().unwrap_or(any));
    }
    let brings_nothing = |sentence: &&Sentence<'_>| {
        let mut statuses = sentence.statuses.iter();
        sentence.nothing || statuses.any(|(status, _)| matches!(status, 202 | 204))
    };
    let is_described = of.is_answer_described();
    // What a table describes does not come with each of the statuses.
    if !is_described && sentences.iter().any(brings_nothing) {
        return Content::Empty;
    }
    match group.method == "GET" || sentences.iter().any(|it| it.brings_body()) {
        true => Content::Value(listed().unwrap_or(any)),
        // An example without a body shows that nothing comes back.
        false if group.several || !is_described && shows_nothing(page) => Content::Empty,
        false => listed().map_or(Content::Empty, Content::Value),
    }
}

/// The responses of some that have a status of success.
fn successes<'s, 'a>(
    shown: &'s [(u16, &'s ExampleMessage<'a>)],
) -> impl Iterator<Item = &'s ExampleMessage<'a>> {
    let successes = shown.iter().filter(|(status, _)| *status < 300);
    successes.map(|&(_, response)| response)
}

/// The responses of some that lead to another place.
fn redirects<'s, 'a>(
    shown: &'s [(u16, &'s ExampleMessage<'a>)],
) -> impl Iterator<Item = &'s ExampleMessage<'a>> {
    let redirects = shown
        .iter()
        .filter(|(status, _)| matches!(status, 300..400));
    redirects.map(|&(_, response)| response)
}

/// Whether an example of a page, whatever request it answers, shows a success without a body.
fn shows_nothing(page: &Page<'_>) -> bool {
    let mut shown = page.examples.responses.iter().map(|it| &it.message);
    shown.any(|it| it.status().is_some_and(|status| status < 300) && it.body.is_none())
}

/// Reports the type that a sentence links to, which no page defines.
fn report_unknown(of: &mut Documented<'_>, written: Option<&(TypeName, Span)>) {
    if let Some((ty, span)) = written
        && let Some(name) = ty.name.documented()
    {
        of.found.push(unknown(of.page, name, *span, of.types));
    }
}

/// The responses to requests of a group, with their statuses.
fn responses<'p, 'a>(page: &'p Page<'a>, group: &Group) -> Vec<(u16, &'p ExampleMessage<'a>)> {
    let examples = &page.examples;
    let pairs = examples.exchanges.iter();
    let responses = pairs.filter_map(|pair| {
        let response = &examples.responses[pair.response?];
        let status = response.message.status()?;
        let is_shown = group.requests.contains(&pair.request);
        is_shown.then_some((status, response))
    });
    responses.collect()
}
