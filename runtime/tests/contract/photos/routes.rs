use super::operations;

docwright_client::permissions! {
    GetProfilePhoto::PERMISSIONS = "
        Unspecified for user: User.Read User.Read.All
        Unspecified for contact: Contacts.Read User.Read
    ";
}

use operations::GetProfilePhoto;

docwright_client::routes! {
    /// Routes with photos.
    pub enum Route {
        GetMePhoto = "GET /me/photo"
            as "Get the photo of the signed-in user."
            at "docs-src/api/photo.md:1" for operations::GetProfilePhoto::PERMISSIONS;
        GetUserPhoto { user_id: "`id`, `userPrincipalName`" } = "GET /users/{user-id}/photo"
            as "Get the photo of a user."
            at "docs-src/api/photo.md:2" for operations::GetProfilePhoto::PERMISSIONS;
    }
}

docwright_client::routes! {
    /// No routes at all.
    pub enum NoRoute {}
}

docwright_client::route_areas! {
    /// The routes of an API with two areas.
    pub enum AnyRoute {
        Photos(Route),
        Nothing(NoRoute),
    }
}
