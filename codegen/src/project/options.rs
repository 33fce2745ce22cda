//! What the settings say of the generated crate and of the OpenAPI document.

use std::path::{Path, PathBuf};

use super::Overrides;
use super::paths::{as_argument, last_name, relative, with_slashes};
use crate::config::{self, Config, CrateSource, Metadata, OpenApi, Publish, Said};
use crate::openapi::{self, OAuth};
use crate::rust::{CrateAreas, CrateOptions, Dependency, PackageKey, PackageValue};
use crate::source::shown_folder;

/// The command that makes a crate, unless the settings name another.
pub(super) const COMMAND: &str = "docwright regen";

/// The command that makes a crate without settings, run where it was run.
pub(super) fn command_of(from: &Path, overrides: &Overrides) -> String {
    let mut command = COMMAND.to_owned();
    for (option, given) in [("--docs", &overrides.docs), ("--out", &overrides.out)] {
        if let Some(path) = given {
            let path = with_slashes(&relative(from, &from.join(path)));
            command += &format!(" {option} {}", as_argument(shown_folder(&path)));
        }
    }
    command
}

/// What the crate in the folder `out` is to be; paths of the settings begin at `root`.
pub(super) fn crate_options(
    config: &Config,
    command: String,
    root: &Path,
    out: &Path,
) -> CrateOptions {
    let package = &config.package;
    let or = |set: &Option<String>, usual: &str| set.as_deref().unwrap_or(usual).to_owned();
    CrateOptions {
        name: package.name.clone().unwrap_or_else(|| crate_name_of(out)),
        version: or(&package.version, "0.1.0"),
        description: package.description.clone(),
        package: package_keys(&package.metadata, |path| {
            with_slashes(&relative(out, &root.join(path)))
        }),
        command,
        runtime: dependency(&package.runtime, root, out),
        mock: package
            .mock
            .as_ref()
            .map(|mock| dependency(mock, root, out)),
        areas: match package.areas {
            true => CrateAreas::Features,
            false => CrateAreas::One,
        },
    }
}

/// What else the manifest says of the crate, with paths as its folder sees them.
fn package_keys(metadata: &Metadata, seen: impl Fn(&PathBuf) -> String) -> Vec<PackageKey> {
    fn key<T>(
        name: &'static str,
        said: &Option<Said<T>>,
        value: impl Fn(&T) -> PackageValue,
    ) -> Option<PackageKey> {
        let value = match said.as_ref()? {
            Said::Here(it) => value(it),
            Said::Workspace(_) => PackageValue::Workspace,
        };
        Some(PackageKey { name, value })
    }
    let text = |it: &String| PackageValue::Text(it.clone());
    let path = |it: &PathBuf| PackageValue::Text(seen(it));
    let list = |it: &Vec<String>| PackageValue::List(it.clone());
    let keys = [
        key("license", &metadata.license, text),
        key("license-file", &metadata.license_file, path),
        key("readme", &metadata.readme, path),
        key("repository", &metadata.repository, text),
        key("homepage", &metadata.homepage, text),
        key("documentation", &metadata.documentation, text),
        key("authors", &metadata.authors, list),
        key("keywords", &metadata.keywords, list),
        key("categories", &metadata.categories, list),
        key("publish", &metadata.publish, |it| match it {
            Publish::Anywhere(is_allowed) => PackageValue::Flag(*is_allowed),
            Publish::Registries(names) => PackageValue::List(names.clone()),
        }),
    ];
    keys.into_iter().flatten().collect()
}

/// A crate of docwright's, as one in the folder `out` asks for it.
fn dependency(source: &CrateSource, root: &Path, out: &Path) -> Dependency {
    let version = source.version.as_deref();
    let path = source.path.as_ref();
    Dependency {
        version: version.unwrap_or(env!("CARGO_PKG_VERSION")).to_owned(),
        path: path.map(|path| with_slashes(&relative(out, &root.join(path)))),
    }
}

/// What the OpenAPI document is to say of the API that `package` is a client of.
pub(super) fn openapi_options(config: &OpenApi, package: &CrateOptions) -> openapi::Options {
    let addresses = (&config.authorization_url, &config.token_url);
    openapi::Options {
        title: package.name.clone(),
        version: package.version.clone(),
        description: package.description.clone(),
        oauth: match addresses {
            (Some(authorization_url), Some(token_url)) => Some(OAuth {
                authorization_url: authorization_url.clone(),
                token_url: token_url.clone(),
            }),
            _ => None,
        },
    }
}

/// A crate name made of a folder's name.
fn crate_name_of(out: &Path) -> String {
    let name: String = last_name(out)
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    if config::is_crate_name(&name) {
        name
    } else {
        format!("api-{name}")
    }
}
