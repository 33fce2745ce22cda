//! Compiles the API straight from `docs-src` whenever a page changes.

fn main() {
    docwright::build::Build::new().compile();
}
