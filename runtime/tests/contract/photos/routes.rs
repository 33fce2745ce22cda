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
        /// Get the photo of the signed-in user.
        GetMePhoto
            = "GET /me/photo"
            at "docs-src/api/photo.md:1", operations::GetProfilePhoto::PERMISSIONS;
        /// Get the photo of a user.
        GetUserPhoto { user_id: "`id`, `userPrincipalName`" }
            = "GET /users/{user-id}/photo"
            at "docs-src/api/photo.md:2", operations::GetProfilePhoto::PERMISSIONS;
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
