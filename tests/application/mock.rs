//! The client of an application against the mock of the pages, in the process of the test.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use docwright_mock::Mock;
use profile_photo::runtime::{RetryPolicy, StatusCode};
use profile_photo::{Client, mock};

#[tokio::test]
async fn the_mock_answers_what_the_pages_say() -> Result<(), Box<dyn Error>> {
    let server = Mock::of(Path::new("docs-src"))?.start(0).await?;
    let client = Client::builder(server.base_url()).build()?;

    let photo = client.users("ada@contoso.com").photo().get().await?;
    assert!(photo.width.value().is_some_and(|&width| width > 0));
    let missing = client.users("ada@contoso.com").photo().get();
    let error = missing.header("Prefer", "code=404").await.unwrap_err();
    assert!(error.is_not_found());
    server.stop().await;
    Ok(())
}

#[tokio::test]
async fn the_generated_crate_needs_no_folder_of_pages() -> Result<(), Box<dyn Error>> {
    let server = mock::start().await?;
    let client = Client::builder(server.base_url()).build()?;

    let photo = client.users("ada@contoso.com").photo().get().await?;
    assert!(photo.width.value().is_some_and(|&width| width > 0));
    let pages = Mock::of(Path::new("docs-src"))?.start(0).await?;
    let same = Client::builder(pages.base_url()).build()?;
    let same = same.users("ada@contoso.com").photo().get().await?;
    assert_eq!(photo.value(), same.value());
    server.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_failure_that_passes_is_tried_again_when_the_mock_says() -> Result<(), Box<dyn Error>> {
    let server = mock::start().await?;
    let client = Client::builder(server.base_url()).retry(RetryPolicy::new(1));
    let client = client.build()?;
    let (mut begun, mut asked) = (Instant::now(), 0);
    for (code, status) in [("code=429", 429), ("code=503", 503)] {
        // Nothing was done, so that a change is sent again as well.
        let put = client.me().photo().value().put(b"a photo".to_vec());
        let error = put.header("Prefer", code).await.unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
        assert_eq!(server.requests() - asked, 2);
        assert!(begun.elapsed() >= Duration::from_secs(1));
        (begun, asked) = (Instant::now(), server.requests());
    }
    // Who does not want to wait that long has the answer at once.
    let impatient = RetryPolicy::new(3).longest_wait(Duration::from_millis(500));
    let get = client.me().photo().get().retry(impatient);
    let error = get.header("Prefer", "code=429").await.unwrap_err();
    assert!(error.is_throttled());
    assert_eq!(server.requests() - asked, 1);
    // What does not pass is not tried again.
    let get = client.me().photo().get();
    let error = get.header("Prefer", "code=500").await.unwrap_err();
    assert_eq!(error.retry_after(), None);
    assert_eq!(server.requests() - asked, 2);
    server.stop().await;
    Ok(())
}

#[tokio::test]
async fn the_mock_of_the_generated_crate_can_be_set_up() -> Result<(), Box<dyn Error>> {
    let mock = mock::service().faults("503=1".parse()?);
    let server = mock.start(0).await?;
    let client = Client::builder(server.base_url()).retry(RetryPolicy::none());
    let client = client.build()?;

    let error = client.me().photo().get().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    server.stop().await;
    Ok(())
}
