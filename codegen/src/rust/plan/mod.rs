//! Which areas and files a crate has, decided before the first file is made.

pub(super) mod areas;
pub(super) mod layout;
mod reach;

use super::tree::Tree;
use crate::model::Api;
use areas::Areas;
use layout::Layout;
use reach::Reach;

/// Which files there are, and who needs them.
pub(super) struct Plan {
    pub(super) layout: Layout,
    pub(super) reach: Reach,
}

impl Plan {
    pub(super) fn new(api: &Api, areas: &Areas, tree: &Tree) -> Self {
        let layout = Layout::new(api, areas, tree);
        let reach = Reach::new(api, areas, tree, &layout);
        Self { layout, reach }
    }
}
