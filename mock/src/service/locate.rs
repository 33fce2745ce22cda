//! Where in a path the base URL ends, and which route begins there.

use docwright::model::{Api, PathTemplate};
use docwright::page::route::behind_version;
use docwright::routing::{Found, Places, Router};

/// The routes of a service, behind its base URL.
pub(super) struct Locator {
    router: Router,
    /// The path of the documented base URL, such as `/v1.0`.
    base_path: String,
}

impl Locator {
    pub(super) fn new(api: &Api) -> Self {
        Self {
            router: Router::new(&api.routes),
            base_path: api.base_path().to_owned(),
        }
    }

    /// The path of the documented base URL.
    pub(super) fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The part of a path behind the base URL, and the route that it takes.
    pub(super) fn find<'p>(
        &self,
        api: &Api,
        method: &str,
        path: &'p str,
    ) -> Option<(&'p str, Found)> {
        let router = &self.router;
        self.behind_base(path).find_map(|path| {
            let found = Places { router, api }.find(method, path)?;
            Some((path, found))
        })
    }

    /// The methods that are documented for a path.
    pub(super) fn methods(&self, path: &str) -> Vec<&str> {
        let methods = self.behind_base(path).map(|path| self.router.methods(path));
        { methods }
            .find(|methods| !methods.is_empty())
            .unwrap_or_default()
    }

    /// What of a path may be behind the base: behind the documented base, behind any version, or all.
    /// Nothing of a path that is longer than any.
    pub(super) fn behind_base<'p>(&self, path: &'p str) -> impl Iterator<Item = &'p str> {
        let base = &self.base_path;
        let start = path.get(..base.len()).filter(|_| !base.is_empty());
        let is_base = start.is_some_and(|start| start.eq_ignore_ascii_case(base));
        let documented = is_base.then(|| &path[base.len()..]);
        let versioned = Some(behind_version(path));
        let versioned = versioned.filter(|&rest| rest != path && documented != Some(rest));
        let is_short = path.split('/').count() <= PathTemplate::MOST_SEGMENTS;
        let candidates = [documented, versioned, Some(path)];
        candidates.into_iter().flatten().filter(move |_| is_short)
    }
}
