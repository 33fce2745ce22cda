//! `docwright mock`: the documented API on loopback.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;
use docwright::diagnostic::harmless;
use docwright_mock::{Faults, Mock};

use super::{Outcome, ProjectArguments, Result, outcome_of};
use crate::report::number_of;
use crate::{progress, terminal};

/// Serves the documented API from the documented examples
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// The port to listen on; 0 picks one that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// The address to listen on
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Only tells of requests that the pages do not allow, and answers them
    #[arg(long)]
    lenient: bool,
    /// Keeps what requests create, change and delete
    #[arg(long)]
    stateful: bool,
    /// Fails on purpose, such as 429=0.1,503=0.05,latency=200ms@0.3,cut=0.01
    #[arg(
        long,
        value_name = "LIST",
        default_value = "",
        hide_default_value = true
    )]
    fault: Faults,
    /// Where the sequence of failures begins
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
}

pub(super) fn run(arguments: Arguments) -> Result {
    take_small_pages();
    let project = arguments.project.load(None)?;
    let (api, findings) = progress::shown(&project.progress, || project.read_api());
    // What could be read is served all the same.
    outcome_of(&findings)?;
    let operations = number_of(api.operations.len(), "operation");
    let docs = project.docs_name();
    writeln!(terminal::stderr(), "{operations} of {docs}")?;
    let faults = Faults {
        seed: arguments.seed,
        ..arguments.fault
    };
    let mock = Mock::new(api)
        .lenient(arguments.lenient)
        .stateful(arguments.stateful)
        .wakeful(true)
        .faults(faults)
        .pages(project.docs, project.docs_label)
        .crate_name(project.options.name)
        .on_violation(|violation| {
            // A closed standard error is no reason to stop serving.
            let told = violation.to_string();
            let _ = writeln!(terminal::stderr(), "{}", harmless(&told));
        });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let address = SocketAddr::new(arguments.host, arguments.port);
        let server = mock.start_at((address.ip(), address.port())).await;
        let server = server.map_err(|error| format!("{address}: {error}"))?;
        let mut out = terminal::stdout();
        writeln!(out, "{}", server.base_url())?;
        out.flush()?;
        stop_signal().await?;
        server.stop().await;
        Ok(Outcome::Clean)
    })
}

/// Has the kernel give memory in pages of 4 KB. The allocator asks for pages of 2 MB, with which reading
/// is faster; but what is read stays as long as the server runs, and a server of a few pages would
/// hold 20 MB more than it uses.
///
/// The first pages are taken before `main`, so that the program begins anew: those alone were 3 MB
/// more than are used. What has been asked of the kernel outlives that.
#[cfg(target_os = "linux")]
fn take_small_pages() {
    use rustix::thread::{
        disable_transparent_huge_pages, transparent_huge_pages_are_disabled as are_small,
    };
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    // Where the kernel refuses, more memory is taken, and nothing else is different.
    if are_small() != Ok(false) || disable_transparent_huge_pages(true).is_err() {
        return;
    }
    let mut arguments = std::env::args_os();
    if let (Ok(program), Some(name)) = (std::env::current_exe(), arguments.next()) {
        // This comes back only where the program cannot begin anew.
        let _ = Command::new(program).arg0(name).args(arguments).exec();
    }
}

/// Elsewhere the allocator asks for no larger pages.
#[cfg(not(target_os = "linux"))]
fn take_small_pages() {}

/// Waits until the process is asked to end.
#[cfg(unix)]
async fn stop_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

/// Waits until the process is asked to end.
#[cfg(not(unix))]
async fn stop_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
