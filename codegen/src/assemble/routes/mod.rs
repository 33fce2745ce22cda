//! The route lines of all pages put together, and the routes that the examples take.

pub(super) mod asides;
mod function_arguments;
mod function_calls;
pub(super) mod groups;
pub(super) mod other_places;
mod parameter_names;
mod signed_in;
mod spellings;
mod tree;

use std::mem;
use std::ops::Range;

use super::examples::targets::{self, Target};
use super::{finding, operations};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Route, RouteId};
use crate::page::Page;
use crate::page::route::RouteLine;
use crate::page::route::base_path::BasePath;
use crate::parallel;
use crate::routing::Router;
use crate::source::Span;
use groups::{Group, groups_of};
use tree::{MergedLines, RouteTree};

/// The routes of all pages.
pub(super) struct Routes<'a> {
    tree: RouteTree<'a>,
    /// Which lines are one operation.
    pub(super) groups: Vec<Group>,
    /// The name of the operation of each group.
    pub(super) names: Vec<String>,
    /// What the lines were merged to; the model has the routes as soon as there is one.
    pub(super) merged: MergedLines,
    pub(super) router: Router,
    /// What paths begin with that belongs to the base.
    base_path: BasePath,
    /// The base that most of the examples call.
    pub(super) base: Option<String>,
    /// What the example requests of each page can take.
    pub(super) targets: Vec<Vec<Target<'a>>>,
    /// The few pages with a request that takes no route as it is written.
    pub(super) unmatched: Vec<usize>,
}

/// A line that is a route of an operation: the index of its group, and what the line says.
pub(super) type FurtherLine<'a> = (usize, RouteLine<'a>);

impl<'a> Routes<'a> {
    /// Merges the lines of all pages.
    pub(super) fn merge(
        pages: &[Page<'a>],
        base_path: BasePath,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut tree = RouteTree::default();
        let mut groups = groups::groups(pages, &base_path, &mut tree, diagnostics);
        let names = operations::names::of_groups(pages, &groups);
        let merged = tree.routes(pages, MergedLines::default());
        let router = Router::new(&merged.routes);
        let mut targets = targets(pages, &base_path, &router);
        let base = targets::usual_base(&targets);
        if let Some(base) = &base {
            targets::split_at_base(&router, &base_path, base, pages, &mut targets);
        }
        let base = base.or_else(|| base_path.path());
        assign(pages, &mut groups, &merged, &targets, base.as_deref());
        let departs = |index: &usize| !targets[*index].iter().all(Target::is_exact);
        let unmatched = (0..targets.len()).filter(departs).collect();
        Self {
            tree,
            groups,
            names,
            merged,
            router,
            base_path,
            base,
            targets,
            unmatched,
        }
    }

    /// Merges lines that are known only now. `routes` are those before.
    pub(super) fn add(
        &mut self,
        pages: &[Page<'a>],
        routes: Vec<Route>,
        lines: Vec<FurtherLine<'a>>,
    ) {
        for (group, line) in lines {
            let group = &mut self.groups[group];
            group.lines.push(self.tree.add(&pages[group.page], &line));
        }
        let mut moved = vec![RouteId(0); routes.len()];
        let before = self.merged.ids.clone();
        self.merged.routes = routes;
        self.merged = self.tree.routes(pages, mem::take(&mut self.merged));
        for (before, &now) in before.iter().zip(&self.merged.ids) {
            moved[before.0 as usize] = now;
        }
        self.router.add(&self.merged.routes, &moved);
        // A request that takes a route goes on to take it, and may find it at another place.
        for (page, targets) in pages.iter().zip(&mut self.targets) {
            for (request, target) in page.examples.requests.iter().zip(targets) {
                if target.is_exact() {
                    for candidate in &mut target.found {
                        candidate.route = moved[candidate.route.0 as usize];
                    }
                } else {
                    *target = targets::read(&self.router, &self.base_path, request);
                }
            }
        }
        if let Some(base) = &self.base {
            targets::split_at_base(
                &self.router,
                &self.base_path,
                base,
                pages,
                &mut self.targets,
            );
        }
    }

    /// The groups of a page.
    pub(super) fn groups_of(&self, page: usize) -> Range<usize> {
        groups_of(&self.groups, page)
    }

    /// Reports the lines that are written in another spelling than others.
    pub(super) fn report_spellings(&self, pages: &[Page<'_>], diagnostics: &mut Vec<Diagnostic>) {
        self.tree.report_spellings(pages, diagnostics);
    }

    /// The routes of each group, in the order of its lines.
    pub(super) fn of_groups(&self) -> impl Iterator<Item = Vec<RouteId>> {
        self.groups.iter().map(|group| {
            let mut routes = Vec::with_capacity(group.lines.len());
            for line in &group.lines {
                let id = self.merged.ids[line.0];
                if !routes.contains(&id) {
                    routes.push(id);
                }
            }
            routes
        })
    }
}

/// The finding that a route is documented by a request alone, which stands at a place.
fn from_request(page: &Page<'_>, request: Span) -> Diagnostic {
    let message = "the route is documented by this request alone";
    finding(Code::RouteFromRequest, page, request, message)
}

/// Gives the groups the example requests that show them.
fn assign(
    pages: &[Page<'_>],
    groups: &mut [Group],
    merged: &MergedLines,
    targets: &[Vec<Target<'_>>],
    base: Option<&str>,
) {
    for (index, (page, targets)) in pages.iter().zip(targets).enumerate() {
        let own = groups_of(groups, index);
        let leaves = |request: usize| targets[request].leaves(base);
        groups::assign(page, &mut groups[own], merged, targets, leaves);
    }
}

fn targets<'a>(pages: &[Page<'a>], base_path: &BasePath, router: &Router) -> Vec<Vec<Target<'a>>> {
    parallel::map(pages, |_, page| {
        let requests = page.examples.requests.iter();
        requests
            .map(|request| targets::read(router, base_path, request))
            .collect()
    })
}
