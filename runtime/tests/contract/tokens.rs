//! Where tokens come from, and when the client asks for another.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::photos::Client;
use crate::service::{Say, Service, json, say};
use docwright_client::{
    AccessToken, Body, BoxError, BoxFuture, ErrorKind, RetryPolicy, TokenProvider,
};

/// Gives `token-1`, `token-2` and so on, each good for this long.
struct Numbered {
    asked: Arc<AtomicUsize>,
    lifetime: Option<Duration>,
}

impl TokenProvider for Numbered {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>> {
        Box::pin(async {
            // Others that want a token get the chance to ask meanwhile.
            tokio::task::yield_now().await;
            let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
            let token = AccessToken::from(format!("token-{number}"));
            Ok(match self.lifetime {
                Some(lifetime) => token.expires_in(lifetime),
                None => token,
            })
        })
    }
}

fn client(service: &Service, lifetime: Option<Duration>) -> (Client, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let provider = Numbered {
        asked: asked.clone(),
        lifetime,
    };
    let builder = Client::builder(&service.origin).token_provider(provider);
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    (client, asked)
}

const HOUR: Option<Duration> = Some(Duration::from_secs(3600));

#[tokio::test]
async fn a_token_is_kept_until_shortly_before_its_end() {
    let service = Service::start(|_, _| json(200, "{}"));
    let (client, _) = client(&service, HOUR);
    let ask = || client.me().photo().get().send();
    let (a, b, c) = tokio::join!(ask(), ask(), ask());
    a.and(b).and(c).unwrap();
    ask().await.unwrap();
    assert_eq!(service.header("authorization"), ["Bearer token-1"; 4]);

    // Of a token that ends soon, half of the time is used: otherwise each call would wait for one.
    let service = Service::start(|_, _| json(200, "{}"));
    let (client, asked) = self::client(&service, Some(Duration::from_secs(30)));
    let ask = || client.me().photo().get().send();
    let (a, b, c) = tokio::join!(ask(), ask(), ask());
    a.and(b).and(c).unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    let (client, asked) = self::client(&service, Some(Duration::ZERO));
    client.me().photo().get().await.unwrap();
    client.me().photo().get().await.unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_token_that_is_good_goes_on_where_there_is_no_other() {
    let service = Service::start(|_, _| json(200, "{}"));
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let once = move || {
        let first = count.fetch_add(1, Ordering::Relaxed) == 0;
        async move {
            let token = AccessToken::from("first").expires_in(Duration::from_secs(1));
            first.then_some(token).ok_or("signed out")
        }
    };
    let builder = Client::builder(&service.origin).token(once);
    let client = builder.build().unwrap();
    client.me().photo().get().await.unwrap();
    tokio::time::sleep(Duration::from_millis(600)).await;
    client.me().photo().get().await.unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 2);
    assert_eq!(service.header("authorization"), ["Bearer first"; 2]);
    tokio::time::sleep(Duration::from_millis(600)).await;
    let error = client.me().photo().get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Token);
}

#[tokio::test]
async fn a_token_that_is_refused_is_replaced_once() {
    let service = Service::start(|number, _| match number {
        1 | 2 => json(200, "{}"),
        3 => json(401, ""),
        _ => json(200, "{}"),
    });
    let (client, asked) = client(&service, HOUR);
    for _ in 0..3 {
        client.me().photo().get().await.unwrap();
    }
    // What was refused was not done, so that any request is sent again that can be.
    let tokens = ["token-1", "token-1", "token-1", "token-2"].map(|it| format!("Bearer {it}"));
    assert_eq!(service.header("authorization"), tokens);
    client.me().photo().get().await.unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 2);

    let service = Service::start(|_, _| json(401, r#"{ "error": { "code": "denied" } }"#));
    let (client, asked) = self::client(&service, HOUR);
    let change = crate::photos::resources::User::default();
    let error = client.me().patch(&change).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(error.code(), Some("denied"));
    assert_eq!(service.requests(), ["PATCH /me"; 2]);
    assert_eq!(asked.load(Ordering::Relaxed), 2);

    let stream = Body::from_stream(Body::from("jpeg").stream());
    let error = client.me().photo().value().put(stream).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(service.requests().len(), 3);
}

#[tokio::test]
async fn calls_that_are_refused_together_ask_once() {
    let service = Service::start(|number, _| match number {
        1..=3 => json(401, ""),
        _ => json(200, "{}"),
    });
    let (client, asked) = client(&service, HOUR);
    let ask = || client.me().photo().get().send();
    let (a, b, c) = tokio::join!(ask(), ask(), ask());
    a.and(b).and(c).unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn the_same_token_is_not_tried_twice() {
    let service = Service::start(|_, _| json(401, ""));
    let fixed = Client::builder(&service.origin).bearer("secret");
    let same = Client::builder(&service.origin).token(async || Ok::<_, BoxError>("secret"));
    let own = Client::builder(&service.origin).token(async || Ok::<_, BoxError>("other"));
    let own = own.build().unwrap().me().photo().get();
    for request in [
        fixed.build().unwrap().me().photo().get(),
        same.build().unwrap().me().photo().get(),
        // A token of the caller's own is the caller's to replace.
        own.header("Authorization", "Bearer mine"),
    ] {
        let before = service.requests().len();
        assert!(request.await.unwrap_err().is_unauthorized());
        assert_eq!(service.requests().len(), before + 1);
    }
}

#[tokio::test]
async fn a_fresh_token_stays_at_home_as_the_first_did() {
    // The other host refuses as well, and is no reason to ask for a token, let alone to send it.
    let elsewhere = Service::start(|_, _| json(401, ""));
    let location = format!("{}/photo", elsewhere.origin);
    let home = Service::start(move |number, _| match number {
        1 => json(401, ""),
        _ => say(302, ("Location", &location), ""),
    });
    let (client, asked) = client(&home, HOUR);
    let error = client.me().photo().get().await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(
        home.header("authorization"),
        ["Bearer token-1", "Bearer token-2"]
    );
    assert_eq!(elsewhere.header("authorization"), [""]);
    assert_eq!(asked.load(Ordering::Relaxed), 2);
    let shown = format!(
        "{error:?} {error} {client:?} {:?}",
        client.me().photo().get()
    );
    assert!(!shown.contains("token-"), "{shown}");
    let token = AccessToken::from("secret").expires_in(Duration::MAX);
    assert!(!format!("{token:?}").contains("secret"));
}

#[tokio::test]
async fn a_provider_that_hangs_is_bounded_in_time() {
    let service = Service::start(|_, _| Say::HangUp);
    let silent = || std::future::pending::<Result<String, BoxError>>();
    let builder = Client::builder(&service.origin).token(silent);
    let builder = builder.retry(RetryPolicy::none());
    let client = builder
        .attempt_timeout(Duration::from_millis(5))
        .build()
        .unwrap();
    let error = client.me().photo().get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(service.requests().is_empty());
}
