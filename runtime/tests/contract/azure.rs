//! Tokens from credentials of the Azure SDK.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use azure_core::error::{Error, ErrorKind};
use docwright_client::MemoryTransport;

use crate::photos::Client;

/// Keeps the scopes that tokens were asked for, and gives one that is good for an hour.
#[derive(Debug, Default)]
struct Credential {
    asked: Mutex<Vec<Vec<String>>>,
}

#[async_trait]
impl TokenCredential for Credential {
    async fn get_token(
        &self,
        scopes: &[&str],
        _: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        self.asked.lock().unwrap().push(scopes);
        let end = SystemTime::now() + Duration::from_secs(3600);
        Ok(AccessToken::new("from-azure".to_owned(), end.into()))
    }
}

/// Has no token.
#[derive(Debug)]
struct SignedOut;

#[async_trait]
impl TokenCredential for SignedOut {
    async fn get_token(
        &self,
        _: &[&str],
        _: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        Err(Error::with_message(ErrorKind::Credential, "signed out"))
    }
}

fn service() -> MemoryTransport<impl Fn(http::Request<bytes::Bytes>) -> http::Response<String>> {
    MemoryTransport::new(|request: http::Request<bytes::Bytes>| {
        let token = request.headers()["authorization"].to_str().unwrap();
        http::Response::new(format!("{{ \"id\": \"{token}\" }}"))
    })
}

#[tokio::test]
async fn tokens_are_for_the_host_and_kept() {
    let credential = Arc::new(Credential::default());
    let builder = Client::builder("https://graph.microsoft.com/v1.0").transport(service());
    let client = builder.azure(credential.clone()).build().unwrap();
    for _ in 0..2 {
        let photo = client.me().photo().get().await.unwrap();
        assert_eq!(photo.id, "Bearer from-azure".into());
    }
    let asked = credential.asked.lock().unwrap().clone();
    assert_eq!(asked, [["https://graph.microsoft.com/.default"]]);
}

#[tokio::test]
async fn scopes_can_be_given() {
    let credential = Arc::new(Credential::default());
    let builder = Client::builder("https://api.example.com:8443/v1").transport(service());
    let builder = builder.azure_with_scopes(credential.clone(), ["api://photos/Photo.Read"]);
    builder.build().unwrap().me().photo().get().await.unwrap();
    let builder = Client::builder("https://api.example.com:8443/v1").transport(service());
    let client = builder.azure(credential.clone()).build().unwrap();
    client.me().photo().get().await.unwrap();
    let asked = credential.asked.lock().unwrap().clone();
    assert_eq!(
        asked,
        [
            ["api://photos/Photo.Read"],
            ["https://api.example.com:8443/.default"]
        ]
    );
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let transport = MemoryTransport::new(|_| -> http::Response<&'static str> {
        panic!("a request was sent without a token")
    });
    let builder = Client::builder("https://api.example.com").transport(transport);
    let client = builder.azure(Arc::new(SignedOut)).build().unwrap();
    let error = client.me().photo().get().await.unwrap_err();
    assert_eq!(error.kind(), docwright_client::ErrorKind::Token);
    let reason = std::error::Error::source(&error).unwrap().to_string();
    assert!(reason.contains("signed out"), "{reason}");
}
