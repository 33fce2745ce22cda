//! The README shows code: here it is compiled and run, and held against what the README says.

use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::service::{Service, TOKEN};

// From here on as the README shows it.
use profile_photo::{Client, Method, Route};

async fn application(base_url: &str, token: &str) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(base_url).bearer(token).build()?;

    let photo = client.me().photo().get().await?;
    println!("{:?} x {:?}", photo.width, photo.height);

    let hers = client.users("ada@contoso.com").photo();
    let jpeg = hers.value().get().await?.bytes().await?;
    client.me().photo().value().put(jpeg).await?;

    match client.groups("engineers").photo().get().await {
        Err(error) if error.is_not_found() => println!("no photo yet"),
        other => println!("{:?}", other?.id),
    }

    let route = Route::parse(Method::GET, "/users/42/photo/$value")?;
    println!("{} is documented in {}", route.template(), route.doc());
    Ok(())
}

#[tokio::test]
async fn the_application_of_the_readme_runs() -> Outcome {
    let owners: [&[&str]; 2] = [&["me"], &["users", "ada@contoso.com"]];
    let service = Service::start(&owners, b"a photo").await?;
    application(&service.base_url(), TOKEN).await?;
    assert_eq!(service.seen().len(), 4);
    Ok(())
}

/// Each block of the README that shows a file shows it as it is.
#[test]
fn the_readme_shows_what_is_there() -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path));
    let shown = [
        "build.rs",
        "docs-src/api/profilephoto-get.md",
        "docs-src/resources/profilephoto.md",
        "generated/src/paths/photo.rs",
        "generated/src/resources/profile_photo.rs",
        "generated/tests/examples/profilephoto_get.rs",
        "src/lib.rs",
        "tests/application/mock.rs",
        "tests/application/readme.rs",
    ];
    let files = shown.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let readme = read("README.md")?;
    let blocks = blocks(&readme);
    assert!(blocks.len() >= 8, "{} blocks", blocks.len());
    for block in blocks {
        assert!(
            files.iter().any(|file| file.contains(&block)),
            "the README shows what no file has any more:\n{block}"
        );
    }
    Ok(())
}

/// The contents of the blocks of Rust and of Markdown.
fn blocks(readme: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, Vec<&str>)> = None;
    for line in readme.lines() {
        match &mut open {
            Some((fence, lines)) if line == *fence => {
                blocks.push(lines.join("\n"));
                open = None;
            }
            Some((_, lines)) => lines.push(line),
            None if line == "```rust" => open = Some(("```", Vec::new())),
            None if line == "````markdown" => open = Some(("````", Vec::new())),
            None => {}
        }
    }
    blocks
}
