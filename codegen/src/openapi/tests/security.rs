//! Who may call.

use serde_json::{Value, json};

use super::{LIST, all, documented};
use crate::openapi::{OAuth, Options};

#[test]
fn any_one_scope_suffices_and_schemes_are_kinds_of_callers() {
    let listed = all();
    let security = &listed["paths"]["/events"]["get"]["security"];
    assert_eq!(
        *security,
        json!([{ "delegatedWork": ["Events.Read"] }, { "delegatedWork": ["Events.ReadWrite"] }])
    );
    let schemes = &listed["components"]["securitySchemes"];
    assert_eq!(schemes["delegatedWork"]["scheme"], "bearer");
    assert!(schemes["application"].is_null());

    let options = Options {
        oauth: Some(OAuth {
            authorization_url: "https://login.example.com/authorize".to_owned(),
            token_url: "https://login.example.com/token".to_owned(),
        }),
        ..Options::default()
    };
    let document = documented(&[("d/list.md", LIST)], &options);
    let scheme = &document["components"]["securitySchemes"]["delegatedWork"];
    assert_eq!(scheme["type"], "oauth2");
    let flow = &scheme["flows"]["authorizationCode"];
    assert_eq!(flow["tokenUrl"], "https://login.example.com/token");
    assert_eq!(
        flow["scopes"],
        json!({ "Events.Read": "", "Events.ReadWrite": "" })
    );

    let together = LIST.replace("Events.Read, ", "Events.Read and Rooms.Read, ");
    let document = documented(&[("d/list.md", &together)], &options);
    let security = &document["paths"]["/events"]["get"]["security"];
    assert_eq!(
        security[0],
        json!({ "delegatedWork": ["Events.Read", "Rooms.Read"] })
    );
    let scheme = &document["components"]["securitySchemes"]["delegatedWork"];
    let scopes = &scheme["flows"]["authorizationCode"]["scopes"];
    assert_eq!(scopes["Rooms.Read"], "");
}

#[test]
fn a_key_of_the_caller_is_a_scheme_and_no_parameter() {
    let page = |headers: &str, permissions: &str| {
        format!(
            "# List kites\n\n{permissions}## HTTP request\n```http\nGET /kites\n```\n\n## Request headers\n\
             | Header | Description |\n|:--|:--|\n{headers}\n\n## Response\nA `200 OK` response code.\n"
        )
    };
    let both = "| X-Api-Key | Your key. Required. |\n| X-Colour | Its colour. Required. |";
    let keyed = page(both, "");
    let document = documented(&[("docs/list.md", &keyed)], &Options::default());
    let list = &document["paths"]["/kites"]["get"];
    assert_eq!(list["security"], json!([{ "X-Api-Key": [] }]));
    let parameters = list["parameters"].as_array().unwrap();
    let names: Vec<&Value> = parameters.iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["X-Colour"]);
    let scheme = &document["components"]["securitySchemes"]["X-Api-Key"];
    assert_eq!(scheme["type"], "apiKey");
    assert_eq!(
        (&scheme["in"], &scheme["name"]),
        (&json!("header"), &json!("X-Api-Key"))
    );

    // A token is needed as well, and another page writes the header in lower case.
    let scopes = "## Permissions\n| Permission type | Permissions |\n|:--|:--|\n| Application | Kites.Read, Kites.All |\n\n";
    let small = page("| x-api-key | Your key. |", scopes)
        .replace("/kites", "/planes")
        .replace("kites", "planes");
    let pages = [("docs/list.md", keyed.as_str()), ("docs/planes.md", &small)];
    let document = documented(&pages, &Options::default());
    let security = |path: &str| document["paths"][path]["get"]["security"].clone();
    assert_eq!(
        security("/planes"),
        json!([
            { "application": ["Kites.Read"], "X-Api-Key": [] },
            { "application": ["Kites.All"], "X-Api-Key": [] },
        ])
    );
    assert_eq!(
        security("/kites"),
        json!([{ "application": [], "X-Api-Key": [] }])
    );
}
