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
            target.query = source.text(&example.request.query, &segment)?;
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
    source.text(text, &str::to_owned)
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
                path: self.text(written, &segment)?,
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
        // A slash in it is encoded, but there are services that decode it before they resolve the path.
        let is_step = |part: &str| part == "." || part == "..";
        (!given.is_empty() && !given.split('/').any(is_step)).then_some(given)
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
    fn text(&self, text: &str, encode: &dyn Fn(&str) -> String) -> Result<String, NoValue> {
        let mut filled = String::with_capacity(text.len());
        for piece in placeholder::pieces(text) {
            match piece {
                placeholder::Piece::Text(text) => filled.push_str(text),
                placeholder::Piece::Placeholder(written, name) => {
                    match self.settings.parameters.get(&self.route, [name]) {
                        Some(value) => filled.push_str(&encode(value)),
                        None if self.settings.placeholders => filled.push_str(written),
                        None => return Err(NoValue(name.to_owned())),
                    }
                }
            }
        }
        Ok(filled)
    }
}

fn segment(value: &str) -> String {
    encoded(value, Encoding::Segment)
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
