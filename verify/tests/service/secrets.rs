//! The token and the key, which nobody but the service is to see.

use docwright_verify::{Settings, Token, verify};
use hyper::StatusCode;
use hyper::header::{AUTHORIZATION, HeaderValue, LOCATION};

use super::server::{Altered, change};
use super::{reading, run, settings};

const SECRET: &str = "s3cr3t.token-0123";
const KEY: &str = "s3cr3t.key-4567";

#[tokio::test]
async fn secrets_go_to_the_service_and_nowhere_else() {
    let stranger = Altered::start(|_, _| {}).await;
    let elsewhere = stranger.base_url.clone();
    // A service that does all it can to make the token show.
    let server = Altered::start(move |seen, response| {
        let given = seen.headers[AUTHORIZATION].to_str().unwrap();
        assert_eq!(given, format!("Bearer {SECRET}"));
        assert_eq!(seen.headers["X-Api-Key"], KEY);
        match seen.line.as_str() {
            "GET /health" => {
                *response.status_mut() = StatusCode::FOUND;
                let location = HeaderValue::from_str(&format!("{elsewhere}/health")).unwrap();
                response.headers_mut().insert(LOCATION, location);
            }
            "GET /devices" => change(response, |body| {
                body["@odata.nextLink"] = format!("{elsewhere}/devices").into();
                body["value"][0][SECRET] = SECRET.into();
                body["value"][0]["status"] = SECRET.into();
                body["value"][0]["id"] = KEY.into();
            }),
            "GET /settings" => *response.body_mut() = given.to_owned().into(),
            _ => {}
        }
    })
    .await;
    let settings = Settings {
        token: Some(Token::new(format!("{SECRET}\n"))),
        api_key: Some(Token::new(KEY)),
        ..settings(&server.base_url)
    };
    let report = run(&settings).await;
    assert!(report.findings.len() >= 4, "{:#?}", report.findings);
    for text in [
        format!("{report:?}"),
        format!("{settings:?}"),
        report.summary.to_string(),
        super::told(&report).join("\n"),
    ] {
        assert!(!text.contains("s3cr3t"), "{text}");
    }
    assert!(stranger.seen().is_empty());
}

#[tokio::test]
async fn a_token_that_cannot_be_sent_is_an_error_that_does_not_tell_it() {
    let settings = Settings {
        token: Some(Token::new("s3cr3t\nx")),
        ..settings("http://127.0.0.1:9")
    };
    let error = verify(&reading(), &settings, &Default::default()).await;
    let error = error.unwrap_err();
    assert!(
        !format!("{error} {error:?}").contains("s3cr3t"),
        "{error:?}"
    );
}
