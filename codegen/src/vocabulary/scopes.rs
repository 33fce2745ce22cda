//! Scopes of permissions.

use std::fmt;

/// Scopes in their order, any one of which suffices, but for those that are needed together.
///
/// They are kept as one text with a space between them, as OAuth writes scopes (RFC 6749, section 3.3), and `+`
/// between those that are needed together, as no scope of a page has it in it: `Ward.Read+Nurse.Read Hospital.Read`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scopes(String);

impl Scopes {
    /// None yet, with room for a text of so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Adds an alternative at the end: a scope, or several with `+` between them.
    pub fn push(&mut self, scope: &str) {
        debug_assert!(!scope.contains(' '));
        if !self.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(scope);
    }

    /// Adds an alternative at the end, unless it is there already or empty.
    pub fn push_new(&mut self, alternative: &str) {
        if !alternative.is_empty() && self.alternatives().all(|other| other != alternative) {
            self.push(alternative);
        }
    }

    /// What suffices, each by itself: a scope, or several that are needed together.
    pub fn alternatives(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split_ascii_whitespace()
    }

    /// The scopes of an alternative.
    pub fn together(alternative: &str) -> impl Iterator<Item = &str> {
        alternative.split('+')
    }

    /// The scopes, each by itself.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.alternatives().flat_map(Self::together)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them is this one.
    pub fn contains(&self, scope: &str) -> bool {
        self.iter().any(|other| other == scope)
    }
}

impl<'s> Extend<&'s str> for Scopes {
    fn extend<I: IntoIterator<Item = &'s str>>(&mut self, scopes: I) {
        scopes.into_iter().for_each(|scope| self.push(scope));
    }
}

impl<'s> FromIterator<&'s str> for Scopes {
    fn from_iter<I: IntoIterator<Item = &'s str>>(scopes: I) -> Self {
        let mut all = Self::default();
        all.extend(scopes);
        all
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
