//! The enums of routes, written as a table with one entry a route.

/// Makes an enum of documented routes: a variant for each, with the values in its path. Behind a
/// value may stand what pages call it, in Markdown, where that is not its name. Behind the route stands
/// what it is for, in Markdown too, where it is documented, and what permits it.
///
/// ```
/// # pub mod operations {
/// #     pub struct GetPhoto;
/// #     docwright_client::permissions! { GetPhoto::PERMISSIONS = "Application: User.Read.All"; }
/// # }
/// docwright_client::routes! {
///     /// A documented route with the values in its path.
///     pub enum Route {
///         GetUserPhoto { user_id: "`id`, `userPrincipalName`" } = "GET /users/{user-id}/photo"
///             as "Get the photo." at "docs/photo.md:7" for operations::GetPhoto::PERMISSIONS;
///         GetUsers = "GET /users"
///             as "List the users." at "docs/user.md:9";
///     }
/// }
///
/// let route = Route::parse(docwright_client::Method::GET, "/users/7/photo")?;
/// assert_eq!(route, Route::GetUserPhoto { user_id: "7".to_owned() });
/// assert_eq!(route.scopes().collect::<Vec<_>>(), ["User.Read.All"]);
/// # Ok::<(), docwright_client::UnknownRoute>(())
/// ```
#[macro_export]
macro_rules! routes {
    ($(#[$attr:meta])* $vis:vis enum $name:ident {
        $(
            $variant:ident $({ $($field:ident $(: $known:literal)?),+ $(,)? })? = $route:literal
                $(as $title:literal)? at $place:literal $(for $($permissions:path),+)?;
        )*
    }) => {
        $(#[$attr])*
        #[non_exhaustive]
        $vis enum $name {
            $(
                $(
                    #[doc = $title]
                    #[doc = ""]
                )?
                #[doc = "```text"]
                #[doc = $route]
                #[doc = $place]
                #[doc = "```"]
                $variant $({
                    $(
                        #[doc = "A value in the path."]
                        $(
                            #[doc = "Documented as"]
                            #[doc = $known]
                        )?
                        $field: String,
                    )+
                })?,
            )*
        }

        const _: () = {
            use $crate::macros::route_values as values;

            // The position of each route in the table: the compiler counts, since a macro cannot.
            #[derive(Clone, Copy)]
            enum Index { $($variant),* }

            static INDEX: &[Index] = &[$(Index::$variant),*];

            static ROWS: &[$crate::macros::RouteRow] =
                &[$(($route, $place, &[$($($permissions),+)?])),*];

            // Made when a route is first looked for: most programs never do, and a constant would
            // be worked out each time that the crate is compiled.
            static TABLE: ::std::sync::LazyLock<$crate::RouteTable> =
                ::std::sync::LazyLock::new(|| $crate::RouteTable::new(ROWS));

            impl $name {
                #[doc(hidden)]
                pub fn table() -> &'static [$crate::RouteInfo] {
                    TABLE.routes()
                }

                /// The route at a position of the table, with its values.
                #[allow(unused_mut, unused_variables, unreachable_code)]
                fn new(index: usize, mut values: $crate::Arguments) -> Self {
                    match INDEX[index] {
                        $(Index::$variant => Self::$variant $({ $($field: values.take()),+ })?,)*
                    }
                }

                /// The position in the table, and the values in the order of the path.
                #[allow(unreachable_code)]
                fn parts(&self) -> $crate::RouteParts<'_> {
                    let (index, values): (Index, ::std::vec::Vec<&str>) = match *self {
                        $(Self::$variant $({ $(ref $field),+ })? => {
                            (Index::$variant, values([$($($field),+)?]))
                        })*
                    };
                    $crate::RouteParts { index: index as usize, values }
                }

                /// The route that a target takes, if any.
                pub fn find(target: &$crate::RouteTarget<'_>) -> Option<Self> {
                    let (index, values) = TABLE.find(target)?;
                    Some(Self::new(index, values))
                }

                /// All documented routes.
                pub fn all() -> ::std::slice::Iter<'static, $crate::RouteInfo> {
                    Self::table().iter()
                }

                /// What the pages say about the route.
                pub fn info(&self) -> &'static $crate::RouteInfo {
                    &Self::table()[self.parts().index]
                }

                /// The path with the values in it, encoded.
                pub fn path(&self) -> String {
                    let parts = self.parts();
                    Self::table()[parts.index].path(&parts.values)
                }
            }

            // What could be derived goes through the two functions above: derived, each would be
            // compiled for every route.

            impl ::std::clone::Clone for $name {
                fn clone(&self) -> Self {
                    let parts = self.parts();
                    Self::new(parts.index, $crate::Arguments::new(&parts.values))
                }
            }

            impl ::std::fmt::Debug for $name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    write!(f, "{} {}", self.method(), self.path())
                }
            }

            impl ::std::cmp::PartialEq for $name {
                fn eq(&self, other: &Self) -> bool {
                    self.parts() == other.parts()
                }
            }

            impl ::std::cmp::Eq for $name {}

            impl ::std::hash::Hash for $name {
                fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                    self.parts().hash(state);
                }
            }

            $crate::route_methods!($name);
        };
    };
}

/// Makes an enum of routes of enums of routes: a variant for each area of an API, which is there
/// where the feature of the area is on.
///
/// ```
/// # docwright_client::routes! {
/// #     pub enum UsersRoute {
/// #         GetUsers = "GET /users" at "docs/user.md:9";
/// #     }
/// # }
/// docwright_client::route_areas! {
///     /// A documented route with the values in its path.
///     pub enum Route {
///         Users(UsersRoute),
///         Groups(GroupsRoute) if "groups",
///     }
/// }
///
/// let route = Route::parse(docwright_client::Method::GET, "/users")?;
/// assert_eq!(route, Route::Users(UsersRoute::GetUsers));
/// # Ok::<(), docwright_client::UnknownRoute>(())
/// ```
#[macro_export]
macro_rules! route_areas {
    ($(#[$attr:meta])* $vis:vis enum $name:ident {
        $($area:ident($routes:ident) $(if $feature:literal)?),* $(,)?
    }) => {
        $(#[$attr])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $(
                $(#[cfg(feature = $feature)])?
                #[doc = concat!("A route of [`", stringify!($routes), "`].")]
                $area($routes),
            )*
        }

        impl $name {
            /// The route that a target takes, if any. Of two areas that have one, the first.
            #[allow(unused_variables)]
            pub fn find(target: &$crate::RouteTarget<'_>) -> Option<Self> {
                $(
                    $(#[cfg(feature = $feature)])?
                    if let Some(route) = $routes::find(target) {
                        return Some(Self::$area(route));
                    }
                )*
                None
            }

            /// All documented routes of the areas that are there.
            pub fn all() -> impl Iterator<Item = &'static $crate::RouteInfo> {
                let areas = [
                    &[] as &[$crate::RouteInfo],
                    $($(#[cfg(feature = $feature)])? $routes::table(),)*
                ];
                areas.into_iter().flatten()
            }

            /// What the pages say about the route.
            pub fn info(&self) -> &'static $crate::RouteInfo {
                match *self {
                    $($(#[cfg(feature = $feature)])? Self::$area(ref route) => route.info(),)*
                }
            }

            /// The path with the values in it, encoded.
            pub fn path(&self) -> String {
                match *self {
                    $($(#[cfg(feature = $feature)])? Self::$area(ref route) => route.path(),)*
                }
            }
        }

        $crate::route_methods!($name);
    };
}

/// What every enum of routes can do, given `find` and `info`.
#[doc(hidden)]
#[macro_export]
macro_rules! route_methods {
    ($name:ident) => {
        impl $name {
            /// The route that a request takes.
            ///
            /// The path is the part of the URL behind the base URL; a query string does not matter.
            /// Text is compared without case, as the service does.
            pub fn parse(
                method: $crate::Method,
                path: &str,
            ) -> ::std::result::Result<Self, $crate::UnknownRoute> {
                let target = $crate::RouteTarget::new(method, path);
                Self::find(&target).ok_or_else(|| target.unknown())
            }

            /// The HTTP method.
            pub fn method(&self) -> $crate::Method {
                self.info().method.clone()
            }

            /// The documented path, with parameters in braces.
            pub fn template(&self) -> &'static str {
                self.info().template
            }

            /// The page and line that document the route.
            pub fn doc(&self) -> &'static str {
                self.info().doc
            }

            /// Who may take the route.
            pub fn permissions(&self) -> impl Iterator<Item = $crate::Permission> + use<> {
                self.info().permissions()
            }

            /// The scopes of all permissions in their order, without repeats.
            pub fn scopes(&self) -> impl Iterator<Item = &'static str> + use<> {
                self.info().scopes()
            }
        }
    };
}

/// Declares modules and takes their items up, each list of them where one of its features is on.
///
/// ```text
/// docwright_client::modules! {
///     ["me", "users"] {
///         attendee::Attendee,
///         message::{Message, Messages},
///     }
///     ["groups"] {
///         group::Group,
///     }
/// }
/// ```
#[macro_export]
macro_rules! modules {
    ($([$($feature:literal),+ $(,)?] { $($module:ident :: $items:tt),* $(,)? })*) => {
        $(
            #[cfg(any($(feature = $feature),+))]
            $crate::modules! { @list $($module :: $items),* }
        )*
    };
    (@list $($module:ident :: $items:tt),*) => {
        $(
            mod $module;
            pub use $module::$items;
        )*
    };
}
