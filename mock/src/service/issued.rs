//! What the server goes on with behind links that it has given.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many are kept; the oldest is forgotten for one more.
const LIMIT: usize = 1000;

/// Things of one kind, each at a path of its own.
#[derive(Debug)]
pub(super) struct Issued<T> {
    /// The path that their numbers stand behind.
    folder: &'static str,
    all: Mutex<All<T>>,
}

#[derive(Debug)]
struct All<T> {
    by_number: BTreeMap<u64, T>,
    last: u64,
}

impl<T> Issued<T> {
    pub(super) fn new(folder: &'static str) -> Self {
        let by_number = BTreeMap::new();
        let all = Mutex::new(All { by_number, last: 0 });
        Self { folder, all }
    }

    /// Keeps one more; where it is at the server.
    pub(super) fn issue(&self, thing: T, origin: &str) -> String {
        let mut all = self.lock();
        all.last += 1;
        let number = all.last;
        all.by_number.insert(number, thing);
        if all.by_number.len() > LIMIT {
            all.by_number.pop_first();
        }
        format!("{origin}{}{number}", self.folder)
    }

    /// What comes of the one at a path; nothing where there is none.
    pub(super) fn at<R>(&self, path: &str, then: impl FnOnce(&mut T) -> R) -> Option<R> {
        let number = self.number(path)?;
        self.lock().by_number.get_mut(&number).map(then)
    }

    pub(super) fn forget(&self, path: &str) {
        if let Some(number) = self.number(path) {
            self.lock().by_number.remove(&number);
        }
    }

    fn number(&self, path: &str) -> Option<u64> {
        path.strip_prefix(self.folder)?.parse().ok()
    }

    fn lock(&self) -> MutexGuard<'_, All<T>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_forgotten() {
        let issued = Issued::new("/-/things/");
        let first = issued.issue(0, "");
        assert_eq!(first, "/-/things/1");
        assert_eq!(issued.at(&first, |it| *it), Some(0));
        let last = (0..LIMIT).map(|number| issued.issue(number, "")).last();
        assert_eq!(issued.at(&first, |it| *it), None);
        assert_eq!(issued.at("/-/things/2", |it| *it), Some(0));
        assert_eq!(issued.at(&last.unwrap(), |it| *it), Some(LIMIT - 1));
        issued.forget("/-/things/2");
        assert_eq!(issued.at("/-/things/2", |it| *it), None);
    }
}
