//! The target of a request: a documented path and query with values of the service in them.

use docwright::model::{Api, Encoding, PathParameter, Piece, RouteDifference, SegmentKind};
use docwright_client::encode;

use crate::known::Known;
use crate::plan::Planned;
use crate::{Settings, placeholder};

/// Where a request goes.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The path behind the base URL, encoded as far as values of others stand in it.
    pub(crate) path: String,
    /// The query string without its `?`.
    pub(crate) query: String,
    /// The names of the placeholders that have the values of the page's example.
    pub(crate) shown: Vec<String>,
}

/// Nobody gives a value for a placeholder of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoValue(pub(crate) String);

impl Target {
    /// The target of a request. Values come from the settings, or else from earlier answers, or else
    /// from the example.
    pub(crate) fn of(
        api: &Api,
        settings: &Settings,
        known: &Known,
        planned: &Planned<'_>,
    ) -> Result<Self, NoValue> {
        let source = Values {
            settings,
            known,
            route: api.route(planned.route).path.to_string(),
        };
        let mut target = source.path(api, planned)?;
        if let Some(example) = planned.example {
            target.query = source.text(&example.request.query, &in_url)?;
        }
        Ok(target)
    }

    /// Path and query as they are sent.
    pub(crate) fn text(&self) -> String {
        match self.query.as_str() {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }
}

/// A text of a request without placeholders, for a header.
pub(crate) fn filled(
    api: &Api,
    settings: &Settings,
    planned: &Planned<'_>,
    text: &str,
) -> Result<String, NoValue> {
    let source = Values {
        settings,
        known: &Known::default(),
        route: api.route(planned.route).path.to_string(),
    };
    source.text(text, &|value, _| Some(value.to_owned()))
}

/// Where values come from.
struct Values<'s> {
    settings: &'s Settings,
    known: &'s Known,
    /// The template of the route.
    route: String,
}

impl Values<'_> {
    fn path(&self, api: &Api, planned: &Planned<'_>) -> Result<Target, NoValue> {
        let taken = planned.example.and_then(|it| it.request.route.as_ref());
        let difference = taken.and_then(|it| it.difference.as_ref());
        let written = planned.example.map(|it| it.request.path.as_str());
        // What the route does not show has no names for which values could be given.
        if let Some(RouteDifference::Arguments | RouteDifference::SignedInUser) = difference {
            let written = written.unwrap_or_default();
            return Ok(Target {
                path: self.text(written, &in_path)?,
                query: String::new(),
                shown: vec!["the path".to_owned()],
            });
        }
        let mut arguments = taken.map(|it| it.arguments.iter()).unwrap_or_default();
        let (mut path, mut shown, mut is_as_written) = (String::new(), Vec::new(), true);
        for segment in &api.route(planned.route).path.segments {
            let collection = match segment.kind {
                SegmentKind::Key => Some(path.clone()),
                _ => segment.collection().map(|name| format!("{path}/{name}")),
            };
            path.push('/');
            for piece in &*segment.pieces {
                let parameter = match piece {
                    Piece::Literal(text) => {
                        path.push_str(text);
                        continue;
                    }
                    Piece::Parameter(parameter) => parameter,
                };
                let documented = arguments.next().map(String::as_str);
                let value = match self.given(parameter, collection.as_deref(), documented) {
                    Some(value) => {
                        is_as_written &= documented == Some(value);
                        value.to_owned()
                    }
                    None => {
                        shown.push(parameter.name.to_string());
                        self.shown(parameter, documented)?
                    }
                };
                path.push_str(&encoded(&value, parameter.encoding));
            }
        }
        match (difference, written) {
            (_, Some(written)) if is_as_written => path = written.to_owned(),
            (Some(RouteDifference::Behind(more)), _) => {
                more.iter()
                    .for_each(|segment| path.push_str(&format!("/{segment}")));
            }
            _ => {}
        }
        let query = String::new();
        Ok(Target { path, query, shown })
    }

    /// The value that the settings or earlier answers give. None can lead out of its place in the path.
    fn given(
        &self,
        parameter: &PathParameter,
        collection: Option<&str>,
        documented: Option<&str>,
    ) -> Option<&str> {
        let names = [&parameter.name].into_iter().chain(&parameter.documented);
        let set = self
            .settings
            .parameters
            .get(&self.route, names.map(|name| name.as_str()));
        let given = set.or_else(|| self.known.id(collection?, documented))?;
        stays(given).then_some(given)
    }

    /// The value of the page's example, which may be a placeholder where those are sent.
    fn shown(
        &self,
        parameter: &PathParameter,
        documented: Option<&str>,
    ) -> Result<String, NoValue> {
        match documented.filter(|it| !placeholder::is_in(it)) {
            Some(value) => Ok(value.to_owned()),
            None if self.settings.placeholders => Ok(match documented {
                Some(written) => written.to_owned(),
                None => format!("{{{}}}", parameter.name),
            }),
            None => Err(NoValue(parameter.name.to_string())),
        }
    }

    /// A text with values in the place of placeholders.
    fn text(&self, text: &str, write: Write<'_>) -> Result<String, NoValue> {
        let mut filled = String::with_capacity(text.len());
        for piece in placeholder::pieces(text) {
            match piece {
                placeholder::Piece::Text(text) => filled.push_str(text),
                placeholder::Piece::Placeholder(written, name) => {
                    let is_quoted = QUOTES.iter().any(|quote| filled.ends_with(quote));
                    let value = self.settings.parameters.get(&self.route, [name]);
                    match value.and_then(|value| write(value, is_quoted)) {
                        Some(value) => filled.push_str(&value),
                        None if self.settings.placeholders => filled.push_str(written),
                        None => return Err(NoValue(name.to_owned())),
                    }
                }
            }
        }
        Ok(filled)
    }
}

/// Writes a value that is given for a placeholder, behind a quote or not; nothing where it cannot stand there.
type Write<'w> = &'w dyn Fn(&str, bool) -> Option<String>;

/// What a text between quotes begins with, as it is or encoded.
const QUOTES: [&str; 2] = ["'", "%27"];

/// A value in a query.
fn in_url(value: &str, is_quoted: bool) -> Option<String> {
    let encoding = match is_quoted {
        true => Encoding::Quoted,
        false => Encoding::Segment,
    };
    Some(encoded(value, encoding))
}

/// A value in a path.
fn in_path(value: &str, is_quoted: bool) -> Option<String> {
    in_url(value, is_quoted).filter(|_| stays(value))
}

/// Whether a value stays in its place in a path. A slash in it is encoded, but there are services that decode it
/// before they resolve the path.
fn stays(value: &str) -> bool {
    let is_step = |part: &str| part == "." || part == "..";
    !value.is_empty() && !value.split('/').any(is_step)
}

fn encoded(value: &str, encoding: Encoding) -> String {
    let mut written = String::with_capacity(value.len());
    match encoding {
        Encoding::Segment => encode::segment(value, &mut written),
        Encoding::Quoted => encode::quoted(value, &mut written),
        Encoding::Path => encode::path(value, &mut written),
    }
    written
}
