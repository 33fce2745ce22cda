//! Values for the placeholders of requests, as whoever runs a verification gives them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::{fmt, fs};

use serde_json::Value;

/// What the names of environment variables begin with that hold values.
const PREFIX: &str = "DOCWRIGHT_PARAM_";

/// Values by the names of placeholders. Names are compared without case, and `-` is `_`: the value of
/// `{user-id}` is that of `user-id` in a file, and of `DOCWRIGHT_PARAM_USER_ID` in the environment.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    /// Those for all routes.
    values: Values,
    /// Those for the routes that begin in a way, the longest beginning first.
    of_routes: Vec<(String, Values)>,
    environment: Values,
}

type Values = BTreeMap<String, String>;

/// Why a file gives no parameters.
#[derive(Debug)]
pub struct ParametersError(String);

impl Parameters {
    /// Those of a file: TOML, or JSON where it is called so. A name has a value, or a table whose name
    /// is the beginning of a route has values for the routes that begin so:
    ///
    /// ```toml
    /// user-id = "42"
    ///
    /// ["/groups/{group-id}/members"]
    /// user-id = "43"
    /// ```
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, or holds anything else.
    pub fn read(path: &Path) -> Result<Self, ParametersError> {
        let fault =
            |what: &dyn fmt::Display| ParametersError(format!("{}: {what}", path.display()));
        let text = fs::read_to_string(path).map_err(|error| fault(&error))?;
        let is_json = path
            .extension()
            .is_some_and(|it| it.eq_ignore_ascii_case("json"));
        let value: Value = match is_json {
            true => serde_json::from_str(&text).map_err(|error| fault(&error))?,
            false => toml::from_str(&text).map_err(|error| fault(&error))?,
        };
        Self::of(&value).map_err(|what| fault(&what))
    }

    fn of(value: &Value) -> Result<Self, String> {
        let table = value.as_object().ok_or("it is no table")?;
        let mut parameters = Self::default();
        for (name, value) in table {
            if let (Some(values), true) = (value.as_object(), name.starts_with('/')) {
                let values = values.iter().map(|(name, value)| pair(name, value));
                let values = values.collect::<Result<Values, String>>()?;
                parameters.of_routes.push((name.to_lowercase(), values));
            } else {
                parameters.values.extend([pair(name, value)?]);
            }
        }
        let routes = &mut parameters.of_routes;
        routes.sort_by_key(|(route, _)| std::cmp::Reverse(route.len()));
        Ok(parameters)
    }

    /// The same with those of an environment, which count where the file has none.
    pub fn with_environment(
        mut self,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Self {
        for (name, value) in variables {
            if let (Some(name), Some(value)) = (name.to_str(), value.to_str())
                && let Some(name) = name.strip_prefix(PREFIX)
                && !value.is_empty()
            {
                self.environment.insert(key(name), value.to_owned());
            }
        }
        self
    }

    /// The value for a placeholder of a route that goes by any of some names.
    pub(crate) fn get<'n>(
        &self,
        route: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<&str> {
        let route = route.to_lowercase();
        let begins = |(beginning, _): &&(String, Values)| {
            let rest = route.strip_prefix(beginning.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let of_route = self.of_routes.iter().filter(begins).map(|(_, it)| it);
        let sources: Vec<&Values> = of_route.chain([&self.values, &self.environment]).collect();
        let names: Vec<String> = names.into_iter().map(key).collect();
        let mut found = sources.iter().flat_map(|values| {
            let named = names.iter();
            named.filter_map(|name| values.get(name))
        });
        found.next().map(String::as_str)
    }
}

/// A name as values are found by it.
fn key(name: &str) -> String {
    let part = |c: char| match c.is_alphanumeric() {
        true => c.to_ascii_uppercase(),
        false => '_',
    };
    name.chars().map(part).collect()
}

fn pair(name: &str, value: &Value) -> Result<(String, String), String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(boolean) => boolean.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            return Err(format!(
                "`{name}` is neither a value nor the beginning of a route with values"
            ));
        }
    };
    Ok((key(name), text))
}

impl fmt::Display for ParametersError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ParametersError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Parameters, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        Parameters::read(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn the_nearest_value_counts() {
        let text = "user-id = \"1\"\nsize = 2\n[\"/groups/{id}\"]\nuser_id = \"3\"\n";
        let environment = [
            ("DOCWRIGHT_PARAM_USER_ID", "4"),
            ("DOCWRIGHT_PARAM_ITEM", "5"),
        ];
        let environment = environment.map(|(name, value)| (name.into(), value.into()));
        let parameters = read("p.toml", text).unwrap().with_environment(environment);
        let cases = [
            ("/users/{user-id}", "user-id", Some("1")),
            ("/Groups/{id}/members/{user-id}", "user-id", Some("3")),
            ("/groups/{id}s", "user-id", Some("1")),
            ("/users/{user-id}", "Size", Some("2")),
            ("/users/{user-id}", "item", Some("5")),
            ("/users/{user-id}", "id", None),
        ];
        for (route, name, expected) in cases {
            assert_eq!(parameters.get(route, [name]), expected, "{route} {name}");
        }
    }

    #[test]
    fn files_are_toml_or_json_and_hold_nothing_but_values() {
        let json = read("p.json", "{ \"user-id\": \"1\", \"/me\": { \"id\": 7 } }").unwrap();
        assert_eq!(json.get("/me/x", ["id"]), Some("7"));
        let error = read("p.toml", "user-id = [1]").unwrap_err();
        assert!(error.contains("`user-id` is neither a value"), "{error}");
        assert!(read("p.json", "user-id = 1").is_err());
    }
}
