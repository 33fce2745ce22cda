//! The client of an application against the mock of the pages, in the process of the test.

use std::error::Error;
use std::path::Path;

use docwright_mock::Mock;
use profile_photo::Client;

#[tokio::test]
async fn the_mock_answers_what_the_pages_say() -> Result<(), Box<dyn Error>> {
    let server = Mock::of(Path::new("docs-src")).start(0).await?;
    let client = Client::builder(server.base_url()).build()?;

    let photo = client.users("ada@contoso.com").photo().get().await?;
    assert!(photo.width.value().is_some_and(|&width| width > 0));
    let missing = client.users("ada@contoso.com").photo().get();
    let error = missing.header("Prefer", "code=404").await.unwrap_err();
    assert!(error.is_not_found());
    server.stop().await;
    Ok(())
}
