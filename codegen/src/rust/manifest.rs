//! `Cargo.toml` of the generated crate, and `rustfmt.toml` beside it.

use super::docs::plain;
use super::file::{Pages, header};
use super::{Context, Dependency, PackageValue};

/// The settings of rustfmt, which leave the crate as it is: it is formatted when it is written, and
/// formatted again it would differ from what the pages give.
pub(super) fn rustfmt(context: &Context<'_>) -> String {
    let header = header("#", context.api.all(), context.options, &Pages::All);
    header + "\ndisable_all_formatting = true\n"
}

/// The text of the manifest.
pub(super) fn text(context: &Context<'_>) -> String {
    let options = context.options;
    let api = context.api.all();
    let mut text = header("#", api, options, &Pages::All);
    let name = string(&options.name);
    let version = string(&options.version);
    text += &format!("\n[package]\nname = {name}\nversion = {version}\n");
    // The runtime is released with docwright and needs the same version of Rust.
    let rust = env!("CARGO_PKG_RUST_VERSION");
    text += &format!("edition = \"2024\"\nrust-version = \"{rust}\"\n");
    if let Some(description) = &options.description {
        text += &format!("description = {}\n", string(description));
    }
    for key in &options.package {
        text += &match &key.value {
            PackageValue::Text(value) => format!("{} = {}\n", key.name, string(value)),
            PackageValue::List(values) => format!("{} = {}\n", key.name, list(values)),
            PackageValue::Flag(value) => format!("{} = {value}\n", key.name),
            PackageValue::Workspace => format!("{}.workspace = true\n", key.name),
        };
    }
    let runtime = source(&options.runtime);
    let areas = context.areas.is_gated();
    let default = if areas {
        "\"reqwest\", \"routes\", \"full\""
    } else {
        "\"reqwest\""
    };
    text += &format!(
        "\n[features]\n\
         default = [{default}]\n\
         # Sends requests with reqwest, where the client is given no other transport.\n\
         reqwest = [\"docwright-client/reqwest\"]\n\
         # Takes tokens from the credentials of the Azure SDK.\n\
         azure = [\"docwright-client/azure\"]\n\
         # Sends requests from code that is not asynchronous.\n\
         blocking = [\"docwright-client/blocking\"]\n\
         # Asks for answers in gzip, and reads them.\n\
         gzip = [\"docwright-client/gzip\"]\n\
         # A span for each call, with the fields that OpenTelemetry gives to HTTP clients.\n\
         tracing = [\"docwright-client/tracing\"]\n"
    );
    if options.mock.is_some() {
        text += "# Serves what the pages document on loopback, for tests.\n\
                 mock = [\"dep:docwright-mock\"]\n";
    }
    if areas {
        text += &area_features(context);
    }
    text += &format!(
        "\n[dependencies]\n\
         docwright-client = {{ {runtime}, default-features = false }}\n"
    );
    if let Some(mock) = &options.mock {
        let mock = source(mock);
        text += &format!("docwright-mock = {{ {mock}, optional = true }}\n");
    }
    text += &format!(
        "\n[dev-dependencies]\n\
         docwright-client = {{ {runtime}, features = [\"testing\"] }}\n"
    );
    if areas {
        text += "\n[[test]]\nname = \"examples\"\nrequired-features = [\"routes\", \"full\"]\n";
    }
    text += "\n[lints.rust]\n\
             # Names are those of the pages, in whichever script these have them.\n\
             confusable_idents = \"allow\"\n\
             mixed_script_confusables = \"allow\"\n\
             uncommon_codepoints = \"allow\"\n";
    text
}

/// Where a crate is found.
fn source(dependency: &Dependency) -> String {
    let version = string(&dependency.version);
    match &dependency.path {
        Some(path) => format!("version = {version}, path = {}", string(path)),
        None => format!("version = {version}"),
    }
}

/// The features of areas, and the one of all.
fn area_features(context: &Context<'_>) -> String {
    let features = || context.areas.iter().map(|(_, area)| string(&area.feature));
    let mut text = "# The enum of routes, in which servers and tools look requests up. Calls need none of it.\n\
                    routes = []\n\
                    # The whole API, with types that only pages of types speak of. Without it, and with some \
                    of the\n# features below, only what these areas need is compiled.\n\
                    full = [\n"
        .to_owned();
    text.extend(features().map(|feature| format!("    {feature},\n")));
    text += "]\n";
    for (_, area) in context.areas.iter() {
        let paths = match area.segment.as_str() {
            "" => "paths that begin with a value".to_owned(),
            segment => format!("/{}", plain(segment)),
        };
        text += &format!("# {paths}\n{} = []\n", area.feature);
    }
    text
}

/// A basic string of TOML (TOML 1.0, "String"): quotes, backslashes and control characters are
/// escaped, which JSON does alike, but for U+007F.
fn string(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007F")
}

/// An array of basic strings.
fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| string(text)).collect();
    format!("[{}]", texts.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::rust::checks::options;
    use crate::rust::{PackageKey, PackageValue, generate, sample};

    #[test]
    fn what_the_settings_say_of_the_package_stands_in_it() {
        let mut options = options();
        let key = |name, value| PackageKey { name, value };
        options.package = vec![
            key(
                "license",
                PackageValue::Text("\"\n[dependencies]".to_owned()),
            ),
            key("publish", PackageValue::Flag(false)),
            key(
                "keywords",
                PackageValue::List(vec!["a\"".to_owned(), "b".to_owned()]),
            ),
            key("readme", PackageValue::Workspace),
        ];
        let (files, _) = generate(&sample::api(), &[], &options);
        let manifest: toml::Table = files.get("Cargo.toml").unwrap().parse().unwrap();
        let package = manifest["package"].as_table().unwrap();
        let expected: toml::Table = r#"
            license = "\"\n[dependencies]"
            publish = false
            keywords = ["a\"", "b"]
            readme.workspace = true
        "#
        .parse()
        .unwrap();
        for (key, value) in expected {
            assert_eq!(package[&key], value);
        }
        assert_eq!(package["name"].as_str(), Some("profile-photo"));
    }

    #[test]
    fn strings_cannot_be_left() {
        assert_eq!(super::string("a\"]\n\\\u{7f}"), r#""a\"]\n\\\u007F""#);
    }
}
