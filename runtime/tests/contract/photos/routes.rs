use docwright_client::{Method, Permission, PermissionKind, RouteInfo, RouteTable, UnknownRoute};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Route {
    GetMePhoto,
    GetUserPhoto { user_id: String },
}

const GET_PROFILE_PHOTO_PERMISSIONS: &[Permission] = &[
    Permission {
        subject: Some("user"),
        kind: PermissionKind::Unspecified,
        scopes: &["User.Read", "User.Read.All"],
    },
    Permission {
        subject: Some("contact"),
        kind: PermissionKind::Unspecified,
        scopes: &["Contacts.Read", "User.Read"],
    },
];

static GET_ME_PHOTO: RouteInfo = RouteInfo {
    method: Method::GET,
    template: "/me/photo",
    doc: "docs-src/api/photo.md:1",
    permissions: GET_PROFILE_PHOTO_PERMISSIONS,
};

static GET_USER_PHOTO: RouteInfo = RouteInfo {
    method: Method::GET,
    template: "/users/{user-id}/photo",
    doc: "docs-src/api/photo.md:2",
    permissions: GET_PROFILE_PHOTO_PERMISSIONS,
};

static ROUTES: RouteTable<Route> = RouteTable::new(&[
    (&GET_ME_PHOTO, |_| Route::GetMePhoto),
    (&GET_USER_PHOTO, |arguments| Route::GetUserPhoto {
        user_id: arguments.take(),
    }),
]);

impl Route {
    pub fn parse(method: Method, path: &str) -> Result<Self, UnknownRoute> {
        ROUTES.find(&method, path)
    }

    pub fn info(&self) -> &'static RouteInfo {
        self.parts().0
    }

    pub fn path(&self) -> String {
        let (info, values) = self.parts();
        info.path(&values)
    }

    pub fn scopes(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.info().scopes()
    }

    fn parts(&self) -> (&'static RouteInfo, Vec<&str>) {
        match self {
            Self::GetMePhoto => (&GET_ME_PHOTO, vec![]),
            Self::GetUserPhoto { user_id } => (&GET_USER_PHOTO, vec![user_id]),
        }
    }
}
