//! What comes in pages, as an application goes through it: across whichever link the pages of the case show.

use std::sync::mpsc::{self, Receiver};

use dialect_cases::runtime::{MemoryTransport, http};
use dialect_cases::{Client, Result};

/// A client of a service that answers what has `page=2` in its query in another way than the rest, and what it
/// is asked for.
fn service(first: &'static str, second: &'static str) -> (Client, Receiver<String>) {
    let (sender, asked) = mpsc::channel();
    let transport = MemoryTransport::new(move |request| {
        let target = request.uri().path_and_query().unwrap().to_string();
        let is_second = target.ends_with("page=2");
        sender.send(target).unwrap();
        http::Response::new(if is_second { second } else { first })
    });
    let client = Client::builder("https://api.example.com/v1.0").transport(transport);
    (client.build().unwrap(), asked)
}

#[tokio::test]
async fn a_type_that_is_a_page_leads_to_the_next() -> Result<()> {
    let (client, asked) = service(
        r#"{ "funiculars": [{ "line": 4 }], "next": "https://api.example.com/v1.0/funiculars?page=2" }"#,
        r#"{ "funiculars": [{ "line": 9 }], "warnings": "Ice." }"#,
    );
    let mut funiculars = client.funiculars().get().items();
    let mut lines = Vec::new();
    while let Some(funicular) = funiculars.next().await {
        lines.push(funicular?.line);
    }
    assert_eq!(lines, [4.into(), 9.into()]);
    let targets: Vec<_> = asked.try_iter().collect();
    assert_eq!(targets, ["/v1.0/funiculars", "/v1.0/funiculars?page=2"]);

    let mut pages = client.funiculars().get().pages();
    pages.next().await.unwrap()?;
    let last = pages.next().await.unwrap()?;
    assert_eq!(last.warnings, "Ice.".into());
    assert!(pages.next().await.is_none());
    Ok(())
}

#[tokio::test]
async fn a_collection_is_gone_through_by_a_link_without_a_prefix() -> Result<()> {
    let (client, asked) = service(
        r#"{ "value": [{ "name": "Hilda" }], "nextLink": "https://api.example.com/v1.0/gondolas?page=2" }"#,
        r#"{ "value": [{ "name": "Ivo" }] }"#,
    );
    let mut gondolas = client.gondolas().get().items();
    let mut names = Vec::new();
    while let Some(gondola) = gondolas.next().await {
        names.push(gondola?.name);
    }
    assert_eq!(names, ["Hilda".into(), "Ivo".into()]);
    assert_eq!(asked.try_iter().count(), 2);
    Ok(())
}
