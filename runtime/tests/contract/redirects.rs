//! Redirects, and who gets the token.

use docwright_client::{Body, Error};

use crate::memory::{json, service, trail};

fn redirect(location: &str) -> http::Response<Body> {
    let response = http::Response::builder()
        .status(302)
        .header("Location", location);
    response.body(Body::empty()).unwrap()
}

#[tokio::test]
async fn the_token_stays_at_its_origin_across_redirects() -> Result<(), Error> {
    let (client, seen) = service(|url| match url {
        "https://api.example.com/v1/me/photo" => redirect("/v2/photo"),
        "https://api.example.com/v2/photo" => redirect("https://api.example.com:444/photo"),
        "https://api.example.com:444/photo" => redirect("https://api.example.com/v1/last"),
        _ => json("{}"),
    });
    client.me().photo().get().await?;
    let expected = [
        ("https://api.example.com/v1/me/photo", true, true),
        ("https://api.example.com/v2/photo", true, true),
        ("https://api.example.com:444/photo", false, false),
        // What leads back is where others chose.
        ("https://api.example.com/v1/last", false, false),
    ];
    assert_eq!(
        trail(&seen),
        expected.map(|(url, a, b)| (url.to_owned(), a, b))
    );

    // A scheme or a host of its own makes another origin, too.
    for foreign in [
        "http://api.example.com/x",
        "https://api.example.com.evil.test/x",
    ] {
        let (client, seen) = service(move |url| match url == foreign {
            true => json("{}"),
            false => redirect(foreign),
        });
        client.me().photo().get().header("X-Key", "secret").await?;
        assert_eq!(trail(&seen)[1], (foreign.to_owned(), false, false));
        assert!(!seen.lock().unwrap()[1].headers().contains_key("x-key"));
    }
    Ok(())
}

#[tokio::test]
async fn redirects_end_and_uploads_are_not_sent_twice() {
    let (client, seen) = service(|_| redirect("/again"));
    let error = client.me().photo().get().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert!(
        error
            .to_string()
            .contains("302 Found: too many redirects: 10 were followed"),
        "{error}"
    );
    assert_eq!(seen.lock().unwrap().len(), 11);

    let (client, seen) = service(|_| redirect("/again"));
    let error = client.me().photo().value().put("jpeg").await.unwrap_err();
    assert_eq!(error.headers()["location"], "/again");
    assert_eq!(seen.lock().unwrap().len(), 1);
}
