//! Collections, page by page.

use std::sync::Mutex;

use docwright_client::{Body, Collection, ErrorKind, Request};

use crate::memory::{json, service, trail};
use crate::photos::resources::User;

#[tokio::test]
async fn collections_are_followed_at_their_origin_only() {
    let (client, seen) = service(|url| match url {
        "https://api.example.com/v1/users" => json(
            r#"{"@odata.nextLink":"https://api.example.com/v1/users?$skiptoken=x%2By","value":[{"name":"a"},{"name":"b"}]}"#,
        ),
        "https://api.example.com/v1/users?$skiptoken=x%2By" => {
            json(r#"{"@odata.nextLink":"https://evil.test/users","value":[{"name":"c"}]}"#)
        }
        url => panic!("{url} was asked for"),
    });
    let request = client
        .users_collection()
        .get()
        .header("Prefer", "odata.maxpagesize=2");
    let mut items = docwright_client::Request::from(request.clone()).items();
    let mut names = Vec::new();
    let error = loop {
        match items.next().await {
            Some(Ok(user)) => names.push(user.name.into_value().unwrap()),
            Some(Err(error)) => break error,
            None => panic!("the foreign link was overlooked"),
        }
    };
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(error.kind(), ErrorKind::ForeignLink);
    assert!(items.next().await.is_none());
    assert!(
        seen.lock()
            .unwrap()
            .iter()
            .all(|request| request.headers().contains_key("prefer"))
    );

    let mut pages = docwright_client::Request::from(request).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 2);
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 1);
    assert_eq!(
        pages.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::ForeignLink
    );
}

#[tokio::test]
async fn a_page_that_could_not_be_had_is_asked_for_again() {
    let asked = Mutex::new(0);
    let next = "https://api.example.com/v1/users?$skiptoken=2";
    let (client, seen) = service(move |_| {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        match *asked {
            1 => {
                let next = "https://api.example.com/v1/users?$skiptoken=2";
                let page = format!(r#"{{ "@odata.nextLink": "{next}", "value": [{{}}] }}"#);
                http::Response::new(Body::from(page))
            }
            2 => {
                let failed = http::Response::builder().status(500);
                failed.body(Body::empty()).unwrap()
            }
            _ => json(r#"{ "value": [{ "name": "b" }] }"#),
        }
    });
    let mut items = Request::<Collection<User>>::from(client.users_collection().get()).items();
    assert_eq!(items.next_link(), None);
    items.next().await.unwrap().unwrap();
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), items.next_link()),
        (500, Some(next))
    );
    assert_eq!(items.next().await.unwrap().unwrap().name, "b".into());
    assert_eq!(items.next_link(), None);
    assert!(items.next().await.is_none());
    let urls: Vec<_> = trail(&seen).into_iter().map(|(url, ..)| url).collect();
    assert_eq!(urls[1..], [next, next]);
}
