//! Routes of generated code.

use docwright_client::Method;

use crate::photos::{AnyRoute, Route};

#[test]
fn routes_are_read_and_written() {
    let route = Route::parse(Method::GET, "/Users/%7Bid%7D/photo?$select=id").unwrap();
    assert_eq!(
        route,
        Route::GetUserPhoto {
            user_id: "{id}".into()
        }
    );
    assert_eq!(route.path(), "/users/%7Bid%7D/photo");
    assert_eq!(route.info().template, "/users/{user-id}/photo");
    let scopes: Vec<_> = route.scopes().collect();
    assert_eq!(scopes, ["User.Read", "User.Read.All", "Contacts.Read"]);
    assert_eq!(
        Route::parse(Method::GET, "/ME/photo").unwrap(),
        Route::GetMePhoto
    );
    assert!(Route::parse(Method::POST, "/me/photo").is_err());
    assert_eq!(
        Route::GetUserPhoto {
            user_id: "..".into()
        }
        .path(),
        "/users/%2E%2E/photo"
    );
}

#[test]
fn areas_share_one_enum_of_routes() {
    let route = AnyRoute::parse(Method::GET, "/users/7/photo").unwrap();
    let user_id = "7".to_owned();
    assert_eq!(route, AnyRoute::Photos(Route::GetUserPhoto { user_id }));
    assert_eq!(
        (route.path().as_str(), route.doc()),
        ("/users/7/photo", "docs-src/api/photo.md:2")
    );
    assert_eq!(route.permissions().count(), 2);
    assert_eq!(AnyRoute::all().count(), 2);
    let unknown = AnyRoute::parse(Method::PUT, "/users/7/photo").unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "no documented route is `PUT /users/7/photo`"
    );
}
