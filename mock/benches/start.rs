//! Measures how long the mock of a whole documentation set takes until its port is ready, against
//! the floor: to read the same files and to run pulldown-cmark over them on one thread. See the
//! README beside this file.

#[path = "../../cli/src/allocator.rs"]
mod allocator;
#[path = "../../codegen/benches/common/mod.rs"]
mod common;

use std::mem;
use std::net::TcpStream;
use std::path::Path;
use std::process::ExitCode;

use docwright::project::{Overrides, Project};
use docwright_mock::Mock;

use common::{Bench, Result};

fn main() -> ExitCode {
    // The floor has the allocator of the command too.
    allocator::keep_freed_memory();
    let bench = Bench {
        measured: &[
            ("the floor", "floor", "1"),
            ("`mock` on one thread", "mock", "1"),
            ("`mock` on two threads", "mock", "2"),
        ],
        prepare: common::in_place,
        work,
        readme: concat!(env!("CARGO_MANIFEST_DIR"), "/benches/README.md"),
        table: "the table",
    };
    bench.main()
}

fn work(what: &str, docs: &Path) -> Result<()> {
    match what {
        "floor" => common::floor(docs),
        _ => mock(docs),
    }
}

/// The work of `docwright mock` until somebody can connect.
fn mock(docs: &Path) -> Result<()> {
    let overrides = Overrides {
        docs: Some(docs.to_owned()),
        ..Overrides::default()
    };
    let (api, _) = Project::load(docs, &overrides)?.read_api();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let server = Mock::new(api).start(0).await?;
        TcpStream::connect(server.address())?;
        // What comes behind the start is not measured.
        mem::forget(server);
        Ok(())
    })
}
