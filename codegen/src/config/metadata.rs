//! `[crate.package]`: what else the manifest of the generated crate says, in Cargo's own words, so that it can be
//! published.

use std::path::PathBuf;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// The keys of a manifest's `[package]` that docwright has no opinion about (The Cargo Book, "The Manifest Format").
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Metadata {
    /// The licence, as an expression of SPDX.
    pub license: Option<Said<String>>,
    /// A file with the text of the licence.
    pub license_file: Option<Said<PathBuf>>,
    /// A file that registries show.
    pub readme: Option<Said<PathBuf>>,
    /// Where its sources are.
    pub repository: Option<Said<String>>,
    /// Where it is told about.
    pub homepage: Option<Said<String>>,
    /// Where its documentation is.
    pub documentation: Option<Said<String>>,
    /// Who made it.
    pub authors: Option<Said<Vec<String>>>,
    /// Words by which it is found.
    pub keywords: Option<Said<Vec<String>>>,
    /// What registries list it under.
    pub categories: Option<Said<Vec<String>>>,
    /// Where it may be published.
    pub publish: Option<Said<Publish>>,
}

/// What is said of a key: here, or once for all crates of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a value as Cargo has it, or `{ workspace = true }`"
)]
pub enum Said<T> {
    /// The value.
    Here(T),
    /// The value is the workspace's.
    Workspace(Workspace),
}

/// Stands for a value that the workspace has.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workspace {
    /// Nothing but `true`, as Cargo has it.
    #[serde(deserialize_with = "nothing_but_true")]
    pub workspace: bool,
}

fn nothing_but_true<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match bool::deserialize(deserializer)? {
        true => Ok(true),
        false => Err(D::Error::custom("`workspace` is `true` or left out")),
    }
}

/// Where a crate may be published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Publish {
    /// In any registry, or in none.
    Anywhere(bool),
    /// In these registries.
    Registries(Vec<String>),
}
