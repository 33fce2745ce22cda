//! A service on loopback that behaves as API reference pages say.
//!
//! Requests are matched as the service would match them, held against the pages, and answered with
//! the documented example that fits them best. A request that the pages do not allow is answered
//! with an error that names the page and the line.
//!
//! ```no_run
//! use std::path::Path;
//! use docwright_mock::Mock;
//!
//! # async fn serve() -> Result<(), Box<dyn std::error::Error>> {
//! let server = Mock::of(Path::new("docs-src"))?.start(0).await?;
//! let user = reqwest::get(format!("{}/users/7", server.base_url())).await?;
//! server.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! At `/` it shows a browser all that is documented, to be read, searched and tried.

mod answer;
mod check;
mod error;
mod exchange;
mod explorer;
mod fault;
mod limits;
mod prefer;
mod query;
mod sample;
mod server;
mod service;

pub use check::Violation;
pub use fault::{Faults, ParseFaultsError};
pub use limits::Limits;
pub use server::Server;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use docwright::model::Api;
use docwright::progress::Progress;
use docwright::source::SourceFile;
use explorer::Pages;
use service::Service;

/// What is told of a request that the pages do not allow.
type Listener = Arc<dyn Fn(&Violation) + Send + Sync>;

/// A documented service that has not been started.
pub struct Mock {
    api: Api,
    settings: Settings,
}

/// How a service behaves.
#[derive(Default)]
struct Settings {
    lenient: bool,
    stateful: bool,
    wakeful: bool,
    faults: Faults,
    limits: Limits,
    listener: Option<Listener>,
    explorer: explorer::Settings,
}

impl Mock {
    /// The service that a documentation set describes: [`docwright::read_api`] gives it.
    pub fn new(api: Api) -> Self {
        let settings = Settings::default();
        Self { api, settings }
    }

    /// The service that the pages below a folder describe. What is wrong with them is told by
    /// `docwright check`.
    ///
    /// # Errors
    ///
    /// Where the folder has no page that can be read.
    pub fn of(pages: &Path) -> io::Result<Self> {
        let (api, findings) = docwright::read_api(pages, "pages", &Progress::default());
        if api.pages.is_empty() {
            let why = findings.first().map_or("", |found| &found.message);
            let message = format!("{}: {why}", pages.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        Ok(Self::new(api).pages(pages, "pages"))
    }

    /// The service that pages in memory describe: a name and a text for each. Links between pages
    /// are paths from one name to the other.
    pub fn of_texts<N: Into<String>, T: Into<Cow<'static, str>>>(
        pages: impl IntoIterator<Item = (N, T)>,
    ) -> Self {
        let pages = pages.into_iter();
        let texts: BTreeMap<String, Cow<'static, str>> = pages
            .map(|(name, text)| (name.into(), text.into()))
            .collect();
        let pages = texts.iter();
        let pages = pages.map(|(name, text)| SourceFile::new(name, text.as_ref()));
        let (api, _) = docwright::read_api_of(pages.collect(), Vec::new(), &Progress::default());
        let mut mock = Self::new(api);
        mock.settings.explorer.pages = Some(Pages::Texts(texts));
        mock
    }

    /// Answers requests that the pages do not allow as well as it can, instead of refusing them.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.settings.lenient = lenient;
        self
    }

    /// Keeps what requests create, change and delete, until the server stops.
    pub fn stateful(mut self, stateful: bool) -> Self {
        self.settings.stateful = stateful;
        self
    }

    /// Fails now and then, on purpose.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.settings.faults = faults;
        self
    }

    /// Is as quick as it can be for a client in another process that asks one after the other: on a
    /// machine of two processors these stay awake for a fifth of a millisecond after each answer.
    pub fn wakeful(mut self, wakeful: bool) -> Self {
        self.settings.wakeful = wakeful;
        self
    }

    /// Bounds what clients can make the server keep.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = limits;
        self
    }

    /// Is told of every request that the pages do not allow, whether it is refused or not.
    pub fn on_violation(mut self, listener: impl Fn(&Violation) + Send + Sync + 'static) -> Self {
        self.settings.listener = Some(Arc::new(listener));
        self
    }

    /// Shows the text of the pages beside what was read from them, to those who look at `/` with a
    /// browser. Folder and label are those that the pages were read with.
    pub fn pages(mut self, folder: impl Into<PathBuf>, label: impl Into<String>) -> Self {
        self.settings.explorer.pages = Some(Pages::Folder(folder.into(), label.into()));
        self
    }

    /// The name of the crate that is generated of the pages: browsers are shown its calls.
    pub fn crate_name(mut self, name: impl Into<String>) -> Self {
        self.settings.explorer.crate_name = Some(name.into());
        self
    }

    /// Serves on loopback; port 0 picks one that is free.
    ///
    /// # Errors
    ///
    /// Where the port cannot be listened on.
    pub async fn start(self, port: u16) -> io::Result<Server> {
        self.start_at((Ipv4Addr::LOCALHOST, port)).await
    }

    /// Serves at another address than loopback, for whoever can reach it.
    ///
    /// # Errors
    ///
    /// Where the address cannot be listened on.
    pub async fn start_at(self, address: (impl Into<IpAddr>, u16)) -> io::Result<Server> {
        let (ip, port) = address;
        let address = SocketAddr::new(ip.into(), port);
        Server::start(address, Service::new(self.api, self.settings)).await
    }
}

/// Pages as [`Mock::of_texts`] takes them, compiled into the program: `pages!("../pages/", ["a.md",
/// "b.md"])` is an array of the names, each with the text of the file of that name in the folder,
/// which is relative to the file of the call.
#[macro_export]
macro_rules! pages {
    ($folder:literal, [$($name:literal),* $(,)?]) => {
        [$(($name, ::std::include_str!(::std::concat!($folder, $name)))),*]
    };
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").finish_non_exhaustive()
    }
}
