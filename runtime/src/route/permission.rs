//! Who may take a route.

use std::fmt;

/// A documented set of scopes, any one of which suffices, but for those that are needed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The kind of owner that the set is for, where the page tells kinds apart.
    pub subject: Option<&'static str>,
    /// The kind of caller.
    pub kind: PermissionKind,
    /// The scopes in the order of the page, with a space between them as OAuth has it (RFC 6749,
    /// section 3.3), and `+` between those that are needed together; empty where callers of this kind are
    /// not supported.
    pub scope: &'static str,
}

impl Permission {
    /// What suffices: for each alternative the scopes that are needed together, which mostly is one.
    ///
    /// ```
    /// use docwright_client::Permissions;
    ///
    /// let permissions = Permissions::new("Application: Ward.Read+Nurse.Read Hospital.Read");
    /// let alternatives = permissions.iter().flat_map(|it| it.alternatives());
    /// let alternatives: Vec<Vec<&str>> = alternatives.map(Iterator::collect).collect();
    /// assert_eq!(alternatives, [vec!["Ward.Read", "Nurse.Read"], vec!["Hospital.Read"]]);
    /// ```
    pub fn alternatives(
        &self,
    ) -> impl Iterator<Item = impl Iterator<Item = &'static str> + Clone + use<>> + Clone + use<>
    {
        let alternatives = self.scope.split_ascii_whitespace();
        alternatives.map(|alternative| alternative.split('+'))
    }

    /// The scopes one by one, whether each suffices by itself or not.
    pub fn scopes(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.alternatives().flatten()
    }
}

/// The kind of caller that a [`Permission`] is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PermissionKind {
    /// A signed-in user with a work or school account.
    DelegatedWork,
    /// A signed-in user with a personal account.
    DelegatedPersonal,
    /// An application without a user.
    Application,
    /// The page does not say.
    Unspecified,
}

/// Who may make the requests of an operation: all that its page says.
///
/// It is the text of the page's table and is read when it is asked for: lists in thousands of constants
/// are slow to compile, and most programs never look at them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Permissions(&'static str);

impl Permissions {
    /// Permissions as text, one in each line that is not empty: the kind of caller by its name in
    /// [`PermissionKind`], behind `for` the kind of owner if the page tells kinds apart, and behind a
    /// colon the scopes, with `+` between those that are needed together.
    ///
    /// ```
    /// use docwright_client::Permissions;
    ///
    /// let permissions = Permissions::new("
    ///     DelegatedWork for user: User.Read User.Read.All
    ///     Application:
    /// ");
    /// let [delegated, application] = *permissions.iter().collect::<Vec<_>>() else { unreachable!() };
    /// assert_eq!((delegated.subject, application.subject), (Some("user"), None));
    /// assert!(delegated.scopes().eq(["User.Read", "User.Read.All"]));
    /// assert_eq!(application.scopes().count(), 0);
    /// ```
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    /// The permissions in the order of the page.
    pub fn iter(&self) -> impl Iterator<Item = Permission> + Clone + use<> {
        let lines = self.0.lines().map(str::trim);
        lines.filter(|line| !line.is_empty()).map(Permission::read)
    }
}

impl fmt::Debug for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Permission {
    fn read(line: &'static str) -> Self {
        // A scope may have a colon in it, but no space, and none at its end.
        let (caller, scope) = match line.strip_suffix(':') {
            Some(caller) => (caller, ""),
            None => line.rsplit_once(": ").unwrap_or((line, "")),
        };
        let (kind, subject) = match caller.split_once(" for ") {
            Some((kind, subject)) => (kind, Some(subject)),
            None => (caller, None),
        };
        let kind = match kind {
            "DelegatedWork" => PermissionKind::DelegatedWork,
            "DelegatedPersonal" => PermissionKind::DelegatedPersonal,
            "Application" => PermissionKind::Application,
            _ => PermissionKind::Unspecified,
        };
        Self {
            subject,
            kind,
            scope,
        }
    }
}

/// Gives the types of operations constants with the [`Permissions`](crate::Permissions) that their
/// pages list.
///
/// ```
/// # struct GetPhoto;
/// docwright_client::permissions! {
///     GetPhoto::PERMISSIONS = "
///         DelegatedWork: User.Read User.Read.All
///         Application: User.Read.All
///     ";
/// }
/// assert_eq!(GetPhoto::PERMISSIONS.iter().count(), 2);
/// ```
#[macro_export]
macro_rules! permissions {
    ($($operation:ident :: $name:ident = $text:literal;)*) => {$(
        impl $operation {
            /// Who may make the request.
            pub const $name: $crate::Permissions = $crate::Permissions::new($text);
        }
    )*};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colons_are_read_where_they_divide() {
        let cases = [
            ("Application: photos:read a.b", None, "photos:read a.b"),
            (
                "Application for a: b for c: photos:read",
                Some("a: b for c"),
                "photos:read",
            ),
            ("Application for a: b:", Some("a: b"), ""),
            ("Application:", None, ""),
        ];
        for (line, subject, scope) in cases {
            let kind = PermissionKind::Application;
            let expected = Permission {
                subject,
                kind,
                scope,
            };
            let read: Vec<Permission> = Permissions::new(line).iter().collect();
            assert_eq!(read, [expected]);
        }
    }
}
